//! Nobody takes an incident: the group is warned, somebody is called, and whom no message reached
//! counts as not told.

use actors::domain::decide::{decide, open};
use actors::domain::{By, Command, Decision, Incident, IncidentId, Report, Stage, Urgency};
use actors::ports::{Commit, IncidentWrite};
use chrono::TimeDelta;
use deskbell::playground::{ChatId, MessageId, MessageView};

use crate::cast::Yard;
use crate::world::{World, conversations};

conversations! {
    the_group_is_warned_and_the_manager_called_with_the_evidence
    whoever_acknowledges_stops_the_calls
    the_levels_of_a_group_are_called_in_their_order
    whom_no_private_message_reaches_counts_as_not_told
    a_manager_who_blocked_the_bot_is_passed_over_at_once
    it_is_taken_from_the_call
    it_is_given_away_from_the_call
    what_is_claimed_in_time_calls_nobody
    a_call_that_was_due_while_the_desk_was_down_says_so_and_comes_once
    a_lost_timer_is_found_and_set_again
    two_hundred_lost_timers_are_found_in_one_look
    levels_are_set_by_words_and_buttons
    without_a_department_it_calls_all_the_same
    it_begins_anew_when_it_is_given_back
}

const CALL: &str = "Nobody has taken 0001";

/// How often the world is waited for where nothing shows that the desk is at work.
const PATIENCE: usize = 100;

/// Olga has reported something critical to Maintenance; answers with its card.
async fn critical(world: &World, yard: &Yard) -> MessageId {
    let card = yard.waiting(world).await;
    rate(world, yard, card).await;
    card
}

async fn rate(world: &World, yard: &Yard, card: MessageId) {
    world.press(yard.mari, yard.chat, card, "Urgency").await;
    world.press(yard.mari, yard.chat, card, "critical").await;
}

/// Mari's private chat.
fn office(world: &World, yard: &Yard) -> ChatId {
    world.telegram.private(yard.mari)
}

/// Mari says who is called.
pub(crate) async fn set_levels(world: &World, yard: &Yard, words: &str) -> MessageView {
    let asked = world.say(yard.chat, yard.mari, "/settings").await;
    let panel = world.answer(yard.chat, asked).id;
    world.press(yard.mari, yard.chat, panel, "Escalation").await;
    world
        .press(yard.mari, yard.chat, panel, "Who is called")
        .await;
    let prompt = world.said(yard.chat, "who is called, one level").id;
    let answer = world.reply(yard.chat, yard.mari, prompt, words).await;
    world.answer(yard.chat, answer)
}

fn labels(message: &MessageView) -> Vec<String> {
    let buttons = message.buttons.iter().flatten();
    buttons.map(|button| button.label.clone()).collect()
}

async fn the_group_is_warned_and_the_manager_called_with_the_evidence(world: World) {
    let yard = Yard::open(&world).await;
    world.enrol(yard.chat, &[yard.jaan], "Maintenance").await;
    let card = critical(&world, &yard).await;
    let office = office(&world, &yard);
    world.pass(TimeDelta::minutes(9)).await;
    assert_eq!(world.times_said(yard.chat, "others are called"), 0);
    world.pass(TimeDelta::minutes(1)).await;
    let warning = world.said(yard.chat, "others are called");
    assert!(warning.text.contains("Jaan"), "{}", warning.text);
    assert_eq!(world.times_said(yard.chat, "nobody has claimed"), 0);
    world.pass(TimeDelta::minutes(4)).await;
    assert_eq!(world.times_said(office, CALL), 0, "early");
    world.pass(TimeDelta::minutes(1)).await;
    let call = world.said(office, CALL);
    for evidence in [
        "15 min",
        "level 1",
        "Truck 14 is stuck",
        "Maintenance",
        "on duty: Jaan",
    ] {
        assert!(call.text.contains(evidence), "{evidence}: {}", call.text);
    }
    assert!(!call.text.contains("late"), "{}", call.text);
    let labels = labels(&call);
    for label in ["Acknowledge", "Take", "Open", "Jaan"] {
        assert!(labels.iter().any(|it| it.contains(label)), "{labels:?}");
    }
    assert!(yard.see(&world, card).text.contains("Level 1 was called"));
    world.pass(TimeDelta::minutes(15)).await;
    let again = world.said(office, "for 30 min");
    assert!(again.text.contains("Told: Mari"), "{}", again.text);
    assert_eq!(world.times_said(yard.chat, CALL), 0, "and nobody else is");
    world.finish().await;
}

async fn whoever_acknowledges_stops_the_calls(world: World) {
    let yard = Yard::open(&world).await;
    let card = critical(&world, &yard).await;
    let office = office(&world, &yard);
    world.pass(TimeDelta::minutes(15)).await;
    let call = world.said(office, CALL).id;
    let stranger = world.telegram.person("Rain").started().add();
    let data = world.data(office, call, "Acknowledge");
    let toast = world.press_old(stranger, office, call, &data).await;
    assert!(!toast.contains("You look after"), "{toast}");
    let toast = world.press(yard.mari, office, call, "Acknowledge").await;
    assert_eq!(toast.text, "✋ You look after 0001: nobody else is called");
    let text = yard.see(&world, card).text;
    assert!(text.contains("✋ Mari looks after it"), "{text}");
    world.pass(TimeDelta::hours(3)).await;
    assert_eq!(world.times_said(office, CALL), 1);
    let toast = world.press(yard.jaan, yard.chat, card, "Claim").await;
    assert!(toast.text.contains("is yours"), "{toast:?}");
    world.finish().await;
}

async fn the_levels_of_a_group_are_called_in_their_order(world: World) {
    let yard = Yard::open(&world).await;
    world.enrol(yard.chat, &[yard.jaan], "Maintenance").await;
    let cabin = world.start(yard.jaan).await;
    let panel = set_levels(&world, &yard, "critical: @jaan 10 min x2 > managers 5").await;
    assert!(
        panel
            .text
            .contains("Jaan (10 min, 2 times) → managers (5 min)"),
        "{}",
        panel.text
    );
    critical(&world, &yard).await;
    let office = office(&world, &yard);
    for (minutes, jaan, mari) in [
        (14, 0, 0),
        (1, 1, 0),
        (10, 2, 0),
        (9, 2, 0),
        (1, 2, 1),
        (600, 2, 1),
    ] {
        world.pass(TimeDelta::minutes(minutes)).await;
        let found = (
            world.times_said(cabin, CALL),
            world.times_said(office, CALL),
        );
        assert_eq!(found, (jaan, mari));
    }
    let call = world.said(office, CALL);
    assert!(call.text.contains("level 2"), "{}", call.text);
    assert!(call.text.contains("Told: Jaan"), "{}", call.text);
    world.press(yard.mari, office, call.id, "Acknowledge").await;
    world.said(cabin, "Mari looks after 0001: you need not");
    world.finish().await;
}

async fn whom_no_private_message_reaches_counts_as_not_told(world: World) {
    let yard = Yard::open(&world).await;
    world.enrol(yard.chat, &[yard.jaan], "Maintenance").await;
    set_levels(&world, &yard, "@jaan 30 min x3 > managers").await;
    critical(&world, &yard).await;
    world.pass(TimeDelta::minutes(15)).await;
    // Jaan never started the bot: he is mentioned, and the manager is called without a wait.
    let mention = world.said(yard.chat, CALL);
    assert!(mention.text.contains("Jaan"), "{}", mention.text);
    let call = world.said(office(&world, &yard), CALL);
    assert!(
        call.text.contains("No private message reached: Jaan"),
        "{}",
        call.text
    );
    world.finish().await;
}

async fn a_manager_who_blocked_the_bot_is_passed_over_at_once(mut world: World) {
    let yard = Yard::open(&world).await;
    world.enrol(yard.chat, &[yard.jaan], "Maintenance").await;
    let cabin = world.start(yard.jaan).await;
    set_levels(&world, &yard, "@jaan 30 > @mari 30").await;
    critical(&world, &yard).await;
    // What tells the desk of it is lost.
    world.halt().await;
    world.telegram.block(yard.jaan);
    let forget = "deleteWebhook?drop_pending_updates=true";
    let forgotten = reqwest::get(format!("{}/{forget}", world.bot_url())).await;
    assert!(forgotten.unwrap().status().is_success());
    world.wake().await;
    world.pass(TimeDelta::minutes(15)).await;
    assert_eq!(world.times_said(cabin, CALL), 0);
    assert!(world.said(yard.chat, CALL).text.contains("Jaan"));
    world.said(office(&world, &yard), "No private message reached: Jaan");
    world.finish().await;
}

async fn it_is_taken_from_the_call(world: World) {
    let yard = Yard::open(&world).await;
    let card = critical(&world, &yard).await;
    let office = office(&world, &yard);
    world.pass(TimeDelta::minutes(15)).await;
    let call = world.said(office, CALL).id;
    world.press(yard.mari, office, call, "Open").await;
    world.said(office, "Truck 14 is stuck at gate B");
    let toast = world.press(yard.mari, office, call, "Take").await;
    assert!(toast.text.contains("is yours"), "{toast:?}");
    assert!(yard.see(&world, card).text.contains("🙋 Mari"));
    let toast = world.press(yard.mari, office, call, "Acknowledge").await;
    assert!(!toast.text.contains("You look after"), "{toast:?}");
    world.finish().await;
}

async fn it_is_given_away_from_the_call(world: World) {
    let yard = Yard::open(&world).await;
    world.enrol(yard.chat, &[yard.jaan], "Maintenance").await;
    let card = critical(&world, &yard).await;
    world.pass(TimeDelta::minutes(15)).await;
    let office = office(&world, &yard);
    let call = world.said(office, CALL).id;
    world.press(yard.mari, office, call, "Jaan").await;
    assert!(yard.see(&world, card).text.contains("🙋 Jaan"));
    world.pass(TimeDelta::minutes(20)).await;
    assert_eq!(world.times_said(office, CALL), 1);
    world.finish().await;
}

async fn what_is_claimed_in_time_calls_nobody(world: World) {
    let yard = Yard::open(&world).await;
    let card = critical(&world, &yard).await;
    world.pass(TimeDelta::minutes(14)).await;
    world.press(yard.jaan, yard.chat, card, "Claim").await;
    world.pass(TimeDelta::minutes(14)).await;
    assert_eq!(world.times_said(office(&world, &yard), CALL), 0);
    world.finish().await;
}

async fn a_call_that_was_due_while_the_desk_was_down_says_so_and_comes_once(mut world: World) {
    let yard = Yard::open(&world).await;
    critical(&world, &yard).await;
    world.halt().await;
    world.clock.advance(TimeDelta::hours(2));
    world.wake().await;
    world.settle().await;
    let office = office(&world, &yard);
    let call = world.said(office, CALL);
    for why in ["1 h 45 min late", "the desk was down for"] {
        assert!(call.text.contains(why), "{why}: {}", call.text);
    }
    world.restart().await;
    world.settle().await;
    assert_eq!(world.times_said(office, CALL), 1);
    world.pass(TimeDelta::minutes(15)).await;
    assert_eq!(world.times_said(office, CALL), 2, "and then in its time");
    world.finish().await;
}

/// As a bug, or somebody at the database, might.
async fn lose_timers(world: &World, chat: ChatId) -> IncidentId {
    let incident = world.incident(chat, 1).await;
    let mut commit = Commit::new(world.telegram.now(), None);
    commit.incident = Some(IncidentWrite {
        expected: Some(incident.version),
        incident: incident.clone(),
        events: Vec::new(),
        deadlines: Vec::new(),
        target: None,
    });
    world.store().commit(commit).await.unwrap();
    incident.identity.id
}

async fn a_lost_timer_is_found_and_set_again(world: World) {
    let yard = Yard::open(&world).await;
    critical(&world, &yard).await;
    world.pass(TimeDelta::seconds(15)).await;
    let before = world.service().tree().audit.findings();
    assert_eq!((before.missed, before.missed_in_all), (0, 0));
    let id = lose_timers(&world, yard.chat).await;
    let untimed = world.store().untimed(IncidentId(0), 10).await.unwrap();
    assert_eq!(untimed.len(), 1);
    world.pass(TimeDelta::seconds(11)).await;
    for _ in 0..PATIENCE {
        let found = world.service().tree().audit.findings();
        if found.missed_in_all > 0 && found.missed == 0 {
            break;
        }
        world.pass(TimeDelta::seconds(1)).await;
    }
    let found = world.service().tree().audit.findings();
    assert!(found.missed_in_all > 0, "{id} was left alone");
    assert_eq!(found.missed, 0, "and is well again");
    world.pass(TimeDelta::minutes(15)).await;
    world.said(office(&world, &yard), CALL);
    world.finish().await;
}

/// Keeps what was decided, without its deadlines.
async fn untimed(world: &World, decision: Decision, expected: Option<i64>) -> Incident {
    let mut commit = Commit::new(world.telegram.now(), None);
    commit.incident = Some(IncidentWrite {
        expected,
        incident: decision.incident,
        events: decision.events,
        deadlines: Vec::new(),
        target: decision.target,
    });
    let committed = world.store().commit(commit).await.unwrap();
    committed.incident.unwrap()
}

async fn two_hundred_lost_timers_are_found_in_one_look(world: World) {
    let yard = Yard::open(&world).await;
    world.pass(TimeDelta::seconds(15)).await;
    let (config, now) = (world.config(yard.chat).await, world.telegram.now());
    let mari = config.standing(actors::domain::PersonId(yard.mari.0));
    for number in 0..200 {
        let report = Report::of(mari.person, format!("Pump {number} stands still"));
        let opening = open(report, &mari, now, &config).unwrap();
        let raised = untimed(&world, opening, None).await;
        let urgency = Urgency::Critical;
        let by = By::Person(mari.clone());
        let rated = decide(&raised, &Command::SetUrgency { urgency }, &by, now, &config);
        untimed(&world, rated.unwrap(), Some(raised.version)).await;
    }
    let store = world.store();
    assert_eq!(store.untimed(IncidentId(0), 500).await.unwrap().len(), 200);
    world.pass(TimeDelta::seconds(11)).await;
    for _ in 0..PATIENCE {
        if store.untimed(IncidentId(0), 500).await.unwrap().is_empty() {
            break;
        }
        world.settle().await;
    }
    assert_eq!(store.untimed(IncidentId(0), 500).await.unwrap(), []);
    let found = world.service().tree().audit.findings();
    assert_eq!(found.missed_in_all, 200, "each once, and no other");
    world.finish().await;
}

async fn levels_are_set_by_words_and_buttons(world: World) {
    let yard = Yard::open(&world).await;
    world.enrol(yard.chat, &[yard.jaan], "Maintenance").await;
    let answer = set_levels(&world, &yard, "whoever is there").await;
    assert!(answer.text.contains("person"), "{}", answer.text);
    let answer = set_levels(&world, &yard, "urgent: @jaan").await;
    assert!(
        answer.text.contains("cannot read that as levels"),
        "{}",
        answer.text
    );
    set_levels(&world, &yard, "@jaan").await;
    let panel = set_levels(&world, &yard, "critical, closed hours: managers 5").await;
    let first = panel.text.find("in closed hours: managers (5 min)");
    let second = panel.text.find("At any time: Jaan (15 min)");
    assert!(first.is_some() && first < second, "{}", panel.text);
    world
        .press(yard.mari, yard.chat, panel.id, "🚨 5 min")
        .await;
    let toast = world
        .press(yard.jaan, yard.chat, panel.id, "Remove 1")
        .await;
    assert!(toast.text.contains("manager"), "{toast:?}");
    world
        .press(yard.mari, yard.chat, panel.id, "Remove 1")
        .await;
    let settings = world.config(yard.chat).await.settings;
    assert_eq!(settings.escalation.critical_minutes, 5);
    assert_eq!(settings.escalation.chains.len(), 1);
    critical(&world, &yard).await;
    world.pass(TimeDelta::minutes(5)).await;
    assert!(world.said(yard.chat, CALL).text.contains("Jaan"));
    world.finish().await;
}

async fn without_a_department_it_calls_all_the_same(world: World) {
    let yard = Yard::open(&world).await;
    let asked = world.say(yard.chat, yard.mari, "/settings").await;
    let panel = world.answer(yard.chat, asked).id;
    world.press(yard.mari, yard.chat, panel, "Triage").await;
    world.press(yard.mari, yard.chat, panel, "Rules").await;
    let card = yard
        .report(&world, "There is fire in the boiler room")
        .await;
    let incident = world.incident(yard.chat, 1).await;
    assert!(matches!(incident.stage, Stage::AwaitingDepartment { .. }));
    world.pass(TimeDelta::minutes(15)).await;
    let office = office(&world, &yard);
    let call = world.said(office, CALL);
    assert!(
        call.text.contains("No department chosen yet"),
        "{}",
        call.text
    );
    world.press(yard.mari, office, call.id, "Open").await;
    world
        .press(yard.mari, yard.chat, card, "Choose department")
        .await;
    world.finish().await;
}

async fn it_begins_anew_when_it_is_given_back(world: World) {
    let yard = Yard::open(&world).await;
    let card = critical(&world, &yard).await;
    let office = office(&world, &yard);
    world.pass(TimeDelta::minutes(15)).await;
    world.press(yard.jaan, yard.chat, card, "Claim").await;
    world.pass(TimeDelta::minutes(5)).await;
    world.press(yard.jaan, yard.chat, card, "Leave").await;
    world.pass(TimeDelta::minutes(14)).await;
    assert_eq!(world.times_said(office, CALL), 1);
    world.pass(TimeDelta::minutes(1)).await;
    assert_eq!(world.times_said(office, CALL), 2);
    world.finish().await;
}
