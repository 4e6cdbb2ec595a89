//! Triage as its group sees it: rules that rate at once, a model that asks, and people who are never
//! kept waiting by either.

mod api;
mod attacks;
mod dialogue;
pub(crate) mod model;
mod weather;

use actors::domain::{Rater, Stage, TriageMode, Urgency};
use chrono::TimeDelta;

use self::model::{Model, asks, says};
use crate::world::{World, conversations};
use crate::yard::Yard;

conversations! {
    a_rule_rates_without_any_model
    a_group_without_triage_goes_on_as_before
    a_person_overrides_the_rules
    the_model_asks_one_question_at_a_time
    who_skips_is_asked_no_more
    a_claim_ends_the_questions
    nobody_answers_and_the_incident_goes_on
    a_suggested_department_comes_first
    a_suggested_department_is_chosen_outright_where_the_group_wants_it
    an_unknown_department_is_refused_whole
    the_model_lowers_nothing_that_a_rule_calls_critical
    while_the_model_is_away_rules_rate_and_it_looks_again_when_it_is_back
    private_numbers_never_leave
    what_the_group_agreed_to_stands_in_privacy
    a_correction_makes_the_answer_stale
    the_days_budget_is_kept
}

/// The mode, set where people set it.
async fn mode(world: &World, yard: &Yard, button: &str) {
    let page = yard.page(world, "/settings", "Triage").await;
    world.press(yard.mari, yard.chat, page, button).await;
}

pub(crate) async fn with_model(world: &mut World, model: &Model) -> Yard {
    world.analyst = Some(model.analyst());
    world.restart().await;
    let yard = Yard::new(world).await;
    mode(world, &yard, "Claude").await;
    assert_eq!(
        yard.config(world).await.settings.triage.mode,
        TriageMode::Claude
    );
    yard
}

pub(crate) async fn report(world: &World, yard: &Yard, words: &str) {
    let words = format!("/new_issue {words}");
    world.say(yard.chat, yard.jaan, &words).await;
}

async fn urgency(world: &World, yard: &Yard, number: i64) -> (Option<Urgency>, Option<Rater>) {
    let incident = world.incident(yard.chat, number).await;
    (incident.urgency, incident.triage.rated_by)
}

async fn a_rule_rates_without_any_model(world: World) {
    let yard = Yard::new(&world).await;
    mode(&world, &yard, "Rules").await;
    report(&world, &yard, "Suitsu tuleb keldrist").await;
    let card = world.card(yard.chat, "0001");
    assert!(card.text.contains("Rated by rule: smoke"), "{}", card.text);
    assert!(card.text.contains("critical"), "{}", card.text);
    world.say(yard.chat, yard.mari, "/history 0001").await;
    let history = world.said(yard.chat, "What happened to").text;
    assert!(history.contains("rated 🔴 critical · by rule"), "{history}");
    world.finish().await;
}

async fn a_group_without_triage_goes_on_as_before(world: World) {
    let yard = Yard::new(&world).await;
    report(&world, &yard, "Fire in the kitchen").await;
    assert_eq!(urgency(&world, &yard, 1).await, (None, None));
    assert!(!world.card(yard.chat, "0001").text.contains("Rated"));
    world.finish().await;
}

async fn a_person_overrides_the_rules(world: World) {
    let yard = Yard::new(&world).await;
    mode(&world, &yard, "Rules").await;
    let card = yard
        .incident(&world, "Fire in the bin", "0001", "Kitchen")
        .await
        .id;
    world.press(yard.mari, yard.chat, card, "Urgency").await;
    world.press(yard.mari, yard.chat, card, "planned").await;
    let rated = (Some(Urgency::Planned), Some(Rater::Person));
    assert_eq!(urgency(&world, &yard, 1).await, rated);
    assert!(!world.card(yard.chat, "0001").text.contains("Rated by rule"));
    world.finish().await;
}

async fn the_model_asks_one_question_at_a_time(mut world: World) {
    let model = Model::new([
        asks("Which room?", &["Lobby", "Bar"]),
        asks("Since when?", &["Today"]),
        says(Urgency::SameDay, "Tap drips in the bar"),
    ]);
    let yard = with_model(&mut world, &model).await;
    report(&world, &yard, "The tap drips").await;
    let first = world.said(yard.chat, "Which room?");
    assert_eq!(first.labels()[..2], ["Lobby", "Bar"]);
    world.press(yard.olga, yard.chat, first.id, "Bar").await;
    assert!(world.heard(yard.chat, "Since when?").is_none());
    world.press(yard.jaan, yard.chat, first.id, "Bar").await;
    let second = world.said(yard.chat, "Since when?").id;
    let toast = world.press(yard.jaan, yard.chat, first.id, "Lobby").await;
    assert!(
        !toast.text.is_empty(),
        "an old answer says why it does nothing"
    );
    world
        .reply(yard.chat, yard.jaan, second, "Since noon")
        .await;

    let card = world.card(yard.chat, "0001");
    assert!(card.text.contains("Tap drips in the bar"), "{}", card.text);
    assert!(
        card.text.contains("Rated by AI: It matters"),
        "{}",
        card.text
    );
    let incident = world.incident(yard.chat, 1).await;
    assert!(matches!(incident.stage, Stage::AwaitingDepartment { .. }));
    assert_eq!(incident.report.text, "The tap drips\nBar\nSince noon");
    assert_eq!(model.asked(), 3);
    world.finish().await;
}

async fn who_skips_is_asked_no_more(mut world: World) {
    let model = Model::new([asks("Which room?", &[])]);
    let yard = with_model(&mut world, &model).await;
    report(&world, &yard, "The tap drips").await;
    let question = world.said(yard.chat, "Which room?").id;
    world.press(yard.jaan, yard.chat, question, "Skip").await;
    let incident = world.incident(yard.chat, 1).await;
    assert!(matches!(incident.stage, Stage::AwaitingDepartment { .. }));
    assert_eq!(incident.urgency, Some(Urgency::SameDay));
    assert_eq!(model.asked(), 1);
    world.finish().await;
}

async fn a_claim_ends_the_questions(mut world: World) {
    let model = Model::new([asks("Which room?", &["Bar"])]);
    let yard = with_model(&mut world, &model).await;
    report(&world, &yard, "The tap drips").await;
    let card = world.card(yard.chat, "0001").id;
    world
        .press(yard.jaan, yard.chat, card, "Choose department")
        .await;
    world.press(yard.jaan, yard.chat, card, "Maintenance").await;
    world.press(yard.olga, yard.chat, card, "Claim").await;
    let incident = world.incident(yard.chat, 1).await;
    assert_eq!(incident.work().unwrap().owner.0, yard.olga.0);
    let question = world.said(yard.chat, "Which room?").id;
    world
        .reply(yard.chat, yard.jaan, question, "In the bar")
        .await;
    let incident = world.incident(yard.chat, 1).await;
    assert_eq!(incident.latest_comment.unwrap().text, "In the bar");
    world.finish().await;
}

async fn nobody_answers_and_the_incident_goes_on(mut world: World) {
    let model = Model::new([asks("Which room?", &["Bar"])]);
    let yard = with_model(&mut world, &model).await;
    report(&world, &yard, "The tap drips").await;
    world.pass(TimeDelta::minutes(11)).await;
    let incident = world.incident(yard.chat, 1).await;
    assert!(matches!(incident.stage, Stage::AwaitingDepartment { .. }));
    world.said(yard.chat, "nothing more needs to be answered");
    world.finish().await;
}

async fn a_suggested_department_comes_first(mut world: World) {
    let model = Model::new([says(Urgency::Planned, "Tap drips").in_department("Kitchen")]);
    let yard = with_model(&mut world, &model).await;
    report(&world, &yard, "The tap drips").await;
    let card = world.card(yard.chat, "0001").id;
    world
        .press(yard.jaan, yard.chat, card, "Choose department")
        .await;
    let card = world.card(yard.chat, "0001");
    let labels = card.labels();
    assert_eq!(labels[0], "💡 Kitchen");
    world.finish().await;
}

async fn a_suggested_department_is_chosen_outright_where_the_group_wants_it(mut world: World) {
    let model = Model::new([says(Urgency::Planned, "Tap drips").in_department("Kitchen")]);
    let yard = with_model(&mut world, &model).await;
    mode(&world, &yard, "Choose department").await;
    report(&world, &yard, "The tap drips").await;
    let incident = world.incident(yard.chat, 1).await;
    let department = incident.department().unwrap();
    let config = yard.config(&world).await;
    assert_eq!(config.department(department).unwrap().name, "Kitchen");
    assert!(matches!(incident.stage, Stage::New { .. }));
    world.finish().await;
}

async fn an_unknown_department_is_refused_whole(mut world: World) {
    let model = Model::always(says(Urgency::Planned, "Tap drips").in_department("Board"));
    let yard = with_model(&mut world, &model).await;
    report(&world, &yard, "The tap drips").await;
    let incident = world.incident(yard.chat, 1).await;
    assert!(matches!(incident.stage, Stage::AwaitingDepartment { .. }));
    let rated = (Some(Urgency::SameDay), Some(Rater::Rules));
    assert_eq!((incident.urgency, incident.triage.rated_by), rated);
    world.finish().await;
}

async fn the_model_lowers_nothing_that_a_rule_calls_critical(mut world: World) {
    let model = Model::always(says(Urgency::Planned, "Nothing of interest"));
    let yard = with_model(&mut world, &model).await;
    report(&world, &yard, "Пожар на кухне").await;
    let rated = (Some(Urgency::Critical), Some(Rater::Rules));
    assert_eq!(urgency(&world, &yard, 1).await, rated);
    let card = world.card(yard.chat, "0001");
    assert!(card.text.contains("Nothing of interest"), "{}", card.text);
    assert!(card.text.contains("Rated by rule: fire"), "{}", card.text);
    world.finish().await;
}

async fn while_the_model_is_away_rules_rate_and_it_looks_again_when_it_is_back(mut world: World) {
    let model = Model::away();
    let yard = with_model(&mut world, &model).await;
    for at in 0..5 {
        report(&world, &yard, &format!("Tap {at} drips")).await;
    }
    let rules = (Some(Urgency::SameDay), Some(Rater::Rules));
    for number in 1..=5 {
        assert_eq!(urgency(&world, &yard, number).await, rules, "{number}");
    }
    let (asked, then) = (model.asked(), world.telegram.now());
    report(&world, &yard, "Tap 6 drips").await;
    world.pass(TimeDelta::minutes(5)).await;
    let passed = (world.telegram.now() - then).num_seconds() / 30 + 1;
    let more = i64::try_from(model.asked() - asked).unwrap();
    assert!(
        more <= passed,
        "an open breaker lets one in 30 s through, not {more} in {passed}"
    );
    model.comes_back(says(Urgency::Planned, "Tap drips"));
    world.pass(TimeDelta::seconds(61)).await;
    model.settled(&world, 6).await;
    let by_model = (Some(Urgency::Planned), Some(Rater::Model));
    for number in 1..=6 {
        assert_eq!(urgency(&world, &yard, number).await, by_model, "{number}");
    }
    world.finish().await;
}

async fn private_numbers_never_leave(mut world: World) {
    let model = Model::always(says(Urgency::Planned, "Call back"));
    let yard = with_model(&mut world, &model).await;
    let words = "Leak, call +372 5123 4567 or mari@example.com, card 4111 1111 1111 1111";
    report(&world, &yard, words).await;
    let seen = model.seen();
    for private in ["5123", "4567", "example.com", "4111"] {
        assert!(!seen.contains(private), "{seen}");
    }
    assert!(
        seen.contains("[phone 1]") && seen.contains("[card 3]"),
        "{seen}"
    );
    let text = world.card(yard.chat, "0001").text;
    assert!(
        text.contains("+372 5123 4567"),
        "the group sees the original: {text}"
    );
    world.finish().await;
}

async fn what_the_group_agreed_to_stands_in_privacy(mut world: World) {
    let yard = with_model(&mut world, &Model::away()).await;
    world.say(yard.chat, yard.olga, "/privacy").await;
    world.said(yard.chat, "are sent to Anthropic's Claude");
    mode(&world, &yard, "Rules").await;
    world.say(yard.chat, yard.olga, "/privacy").await;
    world.said(yard.chat, "Nothing is sent elsewhere");
    world.finish().await;
}

async fn a_correction_makes_the_answer_stale(mut world: World) {
    let model = Model::held(says(Urgency::Planned, "Tap drips"));
    let yard = with_model(&mut world, &model).await;
    let message = world
        .telegram
        .say(yard.chat, yard.jaan, "/new_issue The tap drips");
    world.until(|_| model.asked() == 1).await;
    world.telegram.edit(
        yard.chat,
        yard.jaan,
        message,
        "/new_issue The tap drips, fast",
    );
    world
        .until(|world| world.telegram.pending_count() == 0)
        .await;
    model.lets_go();
    world.settle().await;
    model.settled(&world, 2).await;
    let assessment = world
        .incident(yard.chat, 1)
        .await
        .triage
        .assessment
        .unwrap();
    assert_eq!(assessment.by, Rater::Model);
    assert_eq!(model.asked(), 2, "the corrected words are looked at anew");
    world.finish().await;
}

async fn the_days_budget_is_kept(mut world: World) {
    world.triage_limits.daily_calls = 2;
    let model = Model::always(says(Urgency::Planned, "Tap drips"));
    let yard = with_model(&mut world, &model).await;
    for at in 0..4 {
        report(&world, &yard, &format!("Tap {at} drips")).await;
    }
    assert_eq!(model.asked(), 2);
    let rated = (Some(Urgency::SameDay), Some(Rater::Rules));
    assert_eq!(urgency(&world, &yard, 4).await, rated);
    world.finish().await;
}
