//! The desk was down, and much fell due meanwhile: it is said in one message, not in sixty. What is
//! critical calls by itself, and first.

use actors::domain::id::MessageRef;
use actors::domain::{By, Command, GroupConfig, Report, Urgency, decide, open};
use actors::ports::{Clock, Commit, IncidentWrite, Store};
use chrono::{DateTime, TimeDelta, Utc};
use deskbell::clock::SystemClock;
use deskbell::playground::{Call, ChatId, MessageView, Moment};

use crate::binary::on_both;
use crate::cast::Yard;
use crate::escalation::set_levels;
use crate::street::Street;
use crate::world::{World, conversations};

conversations! {
    sixty_that_nobody_claimed_are_one_message_and_what_is_critical_comes_first
    two_are_said_one_by_one
    a_manager_is_called_once_and_answers_for_each
    whom_the_message_does_not_reach_is_mentioned_once_and_counts_as_not_told
    who_is_called_after_somebody_who_does_not_hear_is_called_once_too
    a_restart_while_it_is_gathered_loses_and_doubles_nothing
    many_names_are_called_five_a_message
}

on_both! {
    killed_before_it_is_said_it_says_all_of_it_once
    killed_when_it_was_said_it_says_that_it_repeats_itself
}

const DOWN: &str = "The desk was down for 3 h";
const NUDGE: &str = "nobody has claimed";

/// What Olga reported to Maintenance, so many times and so urgent, all in one moment.
struct Reports {
    many: i64,
    urgency: Option<Urgency>,
}

const fn unrated(many: i64) -> Reports {
    Reports {
        many,
        urgency: None,
    }
}

/// The desk stops; this was reported just before, and it comes back three hours later.
async fn is_down_over(world: &mut World, yard: &Yard, reports: &[Reports]) {
    let config = world.config(yard.chat).await;
    world.halt().await;
    let at = world.telegram.now();
    let store = world.open_store().await;
    for reports in reports {
        for _ in 0..reports.many {
            report(&*store, &config, yard, reports.urgency, at).await;
        }
    }
    drop(store);
    world.clock.advance(TimeDelta::hours(3));
    world.wake().await;
}

async fn report(
    store: &dyn Store,
    config: &GroupConfig,
    yard: &Yard,
    urgency: Option<Urgency>,
    at: DateTime<Utc>,
) {
    let standing = config.standing(actors::domain::PersonId(yard.olga.0));
    let manager = config.standing(actors::domain::PersonId(yard.mari.0));
    let report = Report {
        origin: None::<MessageRef>,
        ..Report::of(
            standing.person,
            "The barrier of gate B does not open".to_owned(),
        )
    };
    let opening = open(report, &standing, at, config).unwrap();
    let mut incident = opening.incident;
    let mut events = opening.events;
    let department = config.departments[0].id;
    let choose = Command::ChooseDepartment { department };
    let rate = urgency.map(|urgency| Command::SetUrgency { urgency });
    let mut deadlines = opening.deadlines;
    for command in std::iter::once(choose).chain(rate) {
        let by = By::Person(manager.clone());
        let decision = decide(&incident, &command, &by, at, config).unwrap();
        incident = decision.incident;
        events.extend(decision.events);
        deadlines = decision.deadlines;
    }
    let mut commit = Commit::new(at, None);
    commit.incident = Some(IncidentWrite {
        expected: None,
        incident,
        events,
        deadlines,
        target: None,
    });
    store.commit(commit).await.unwrap();
}

/// What the desk has said in a chat since then.
fn said_since(world: &World, chat: ChatId, before: usize) -> Vec<MessageView> {
    let mut messages = world.telegram.messages(chat).split_off(before);
    messages.retain(|message| message.from_bot);
    messages
}

fn labels(message: &MessageView) -> Vec<String> {
    let buttons = message.buttons.iter().flatten();
    buttons.map(|button| button.label.clone()).collect()
}

async fn sixty_that_nobody_claimed_are_one_message_and_what_is_critical_comes_first(
    mut world: World,
) {
    let yard = Yard::open(&world).await;
    let (chat, office) = (yard.chat, world.telegram.private(yard.mari));
    world.enrol(chat, &[yard.jaan], "Maintenance").await;
    let before = world.telegram.messages(chat).len();
    let critical = Reports {
        many: 1,
        urgency: Some(Urgency::Critical),
    };
    let calls = world.telegram.call_count();
    is_down_over(&mut world, &yard, &[unrated(60), critical]).await;
    world.settle().await;
    let calls = world.telegram.calls_since(calls).into_iter();
    let text = |call: Call| call.parameters["text"].as_str().map(str::to_owned);
    let sent: Vec<String> = calls.filter_map(text).collect();

    let said = said_since(&world, chat, before);
    let told: Vec<&MessageView> = said.iter().filter(|it| it.text.contains(DOWN)).collect();
    assert_eq!(told.len(), 1, "{}", world.telegram.scene());
    let text = &told[0].text;
    for due in [
        "fell due meanwhile: 60",
        "👉 Jaan",
        "0001 · ",
        "0060",
        "/open",
    ] {
        assert!(text.contains(due), "{due}: {text}");
    }
    assert!(!text.contains("0061"), "{text}");
    assert_eq!(text.matches("The barrier").count(), 60, "{text}");
    assert_eq!(labels(told[0]).len(), 20);
    // The critical one: its nudge by itself, and its call before everything else.
    let single = said.iter().filter(|it| it.text.contains("0061"));
    assert!(single.count() >= 1, "{}", world.telegram.scene());
    world.said(office, "Nobody has taken 0061");
    let place = |words: &str| sent.iter().position(|text| text.contains(words));
    let (call, told_at) = (place("Nobody has taken"), place(DOWN));
    assert!(call.is_some() && call < told_at, "{sent:?}");

    let shown = world.press(yard.jaan, chat, told[0].id, "0007").await;
    assert!(shown.text.is_empty() || !shown.alert, "{shown:?}");
    let shown = world.said(chat, "0007 ·").id;
    let toast = world.press(yard.jaan, chat, shown, "Claim").await;
    assert_eq!(toast.text, "✋ 0007 is yours");
    world.finish().await;
}

async fn two_are_said_one_by_one(mut world: World) {
    let yard = Yard::open(&world).await;
    is_down_over(&mut world, &yard, &[unrated(2)]).await;
    world.settle().await;
    assert_eq!(world.times_said(yard.chat, NUDGE), 2);
    assert_eq!(world.times_said(yard.chat, DOWN), 0);
    let late = "This comes late: the desk was down for 3 h";
    assert_eq!(world.times_said(yard.chat, late), 2);
    world.finish().await;
}

const SAME_DAY: Reports = Reports {
    many: 4,
    urgency: Some(Urgency::SameDay),
};

async fn a_manager_is_called_once_and_answers_for_each(mut world: World) {
    let yard = Yard::open(&world).await;
    let office = world.telegram.private(yard.mari);
    is_down_over(&mut world, &yard, &[SAME_DAY]).await;
    world.settle().await;
    assert_eq!(world.times_said(office, DOWN), 1);
    assert_eq!(world.times_said(office, "Nobody has taken"), 0);
    let told = world
        .said(office, "Nobody takes these, and you are called")
        .id;
    world.press(yard.mari, office, told, "0002").await;
    let shown = world.said(office, "0002 ·").id;
    let toast = world.press(yard.mari, office, shown, "Acknowledge").await;
    assert_eq!(toast.text, "✋ You look after 0002: nobody else is called");
    world.press(yard.mari, office, told, "0003").await;
    let shown = world.said(office, "0003 ·").id;
    let toast = world.press(yard.mari, office, shown, "Claim").await;
    assert_eq!(toast.text, "✋ 0003 is yours");
    // Of the others the next call comes in its time, and knows who was told.
    world.pass(TimeDelta::minutes(15)).await;
    let again = world.said(office, "Nobody has taken 0001");
    assert!(again.text.contains("Told: Mari"), "{}", again.text);
    assert_eq!(world.times_said(office, "Nobody has taken 0002"), 0);
    assert_eq!(world.times_said(office, "Nobody has taken 0003"), 0);
    world.finish().await;
}

async fn whom_the_message_does_not_reach_is_mentioned_once_and_counts_as_not_told(
    mut world: World,
) {
    let yard = Yard::open(&world).await;
    world.telegram.block(yard.mari);
    is_down_over(&mut world, &yard, &[SAME_DAY]).await;
    world.settle().await;
    let calls = "and you are called";
    let told = world.said(yard.chat, calls);
    assert!(told.text.contains("👉 Mari"), "{}", told.text);
    assert!(told.text.contains("0001") && told.text.contains("0004"));
    let single = world.times_said(yard.chat, "Nobody has taken");
    assert_eq!(single, 0, "{}", world.telegram.scene());
    for number in 1..=4 {
        let incident = world.incident(yard.chat, number).await;
        let calls = incident.escalation.unwrap().calls;
        assert_eq!(calls[0].unheard.len(), 1, "{number}");
    }
    world.finish().await;
}

/// Jaan has never started the bot: he is mentioned in the group, and the managers are called at once.
async fn who_is_called_after_somebody_who_does_not_hear_is_called_once_too(mut world: World) {
    let yard = Yard::open(&world).await;
    let office = world.telegram.private(yard.mari);
    world.enrol(yard.chat, &[yard.jaan], "Maintenance").await;
    set_levels(&world, &yard, "same-day: @jaan 15 min > managers 15").await;
    is_down_over(&mut world, &yard, &[SAME_DAY]).await;
    world.settle().await;
    let scene = world.telegram.scene();
    assert_eq!(
        world.times_said(yard.chat, "and you are called"),
        1,
        "{scene}"
    );
    assert_eq!(world.times_said(office, "and you are called"), 1);
    assert_eq!(world.times_said(office, "Nobody has taken"), 0);
    for number in 1..=4 {
        let incident = world.incident(yard.chat, number).await;
        let levels = incident.escalation.unwrap().calls.into_iter();
        let levels: Vec<u8> = levels.map(|call| call.level).collect();
        assert_eq!(levels, [1, 2], "{number}");
    }
    world.finish().await;
}

async fn a_restart_while_it_is_gathered_loses_and_doubles_nothing(mut world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    is_down_over(&mut world, &yard, &[unrated(5)]).await;
    // Until all of it is committed, and none of it is said.
    loop {
        let now = world.telegram.now();
        let due = world.store().due(now, 1).await.unwrap();
        let waits = world.store().outbox_unfinished(now).await.unwrap();
        if due.is_empty() && waits == 5 {
            break;
        }
        assert_eq!(world.times_said(chat, DOWN), 0, "too late");
        world.go_on().await;
    }
    world.restart().await;
    world.settle().await;
    let told = world.said(chat, DOWN);
    assert!(told.text.contains("0001") && told.text.contains("0005"));
    assert_eq!(world.times_said(chat, DOWN), 1);
    assert_eq!(world.times_said(chat, "This comes late"), 0);
    world.restart().await;
    world.pass(TimeDelta::hours(1)).await;
    assert_eq!(world.times_said(chat, DOWN), 1);
    world.finish().await;
}

async fn many_names_are_called_five_a_message(mut world: World) {
    let crew: Vec<_> = (0..7)
        .map(|number| world.telegram.person(&format!("Crew {number}")).add())
        .collect();
    let yard = Yard::with(&world, &crew).await;
    world.enrol(yard.chat, &crew, "Maintenance").await;
    is_down_over(&mut world, &yard, &[unrated(8)]).await;
    world.settle().await;
    let messages = world.telegram.messages(yard.chat);
    let told = messages.iter().filter(|it| it.text.contains(DOWN));
    let names: Vec<usize> = told.map(|it| it.text.matches("Crew").count()).collect();
    assert_eq!(names, [5, 2], "{}", world.telegram.scene());
    world.finish().await;
}

/// The real binary comes back to five that nobody has claimed, and is killed at that moment of the
/// message that tells of them; then it comes back again. What it has said of them.
async fn killed_at(street: &Street, moment: Moment) -> Vec<String> {
    let [mari, jaan, olga] = ["Mari", "Jaan", "Olga"].map(|it| street.telegram.person(it).add());
    let desk = street.desk();
    let chat = street.group("Yard", &[mari, jaan, olga]);
    street.hears(chat, "Maintenance").await;
    street.all_is_said().await;
    assert_eq!(desk.stopped().await.code, Some(0));
    let yard = Yard {
        chat,
        mari,
        jaan,
        olga,
    };
    let store = street.store().await;
    let known = store.group_of_chat(actors::domain::ChatId(chat.0)).await;
    let config = known.unwrap().unwrap();
    let nudge = i64::from(config.settings.unclaimed_nudge_minutes);
    let due = SystemClock.now() + TimeDelta::seconds(1);
    for _ in 0..5 {
        let raised = due - TimeDelta::minutes(nudge);
        report(&*store, &config, &yard, None, raised).await;
    }
    drop(store);
    street.until(|| SystemClock.now() > due).await;

    street.telegram.stop_at("sendMessage", 0, moment);
    let desk = street.desk();
    street
        .awaits(|telegram| telegram.has_stopped().then_some(()))
        .await;
    desk.killed().await;
    street.telegram.go_on();
    let desk = street.desk();
    let late = "SELECT COUNT(*) FROM outbox WHERE says LIKE '%while_away%' AND state = 'sent'";
    while street.number(late).await == 0 {
        street.look_again().await;
    }
    street.all_is_said().await;
    assert_eq!(desk.stopped().await.code, Some(0));
    let messages = street.telegram.messages(chat).into_iter();
    let about = messages.filter(|it| it.from_bot && it.text.contains("0001"));
    about.map(|it| it.text).collect()
}

async fn killed_before_it_is_said_it_says_all_of_it_once(street: Street) {
    let said = killed_at(&street, Moment::Arrived).await;
    assert_eq!(said.len(), 1, "{said:#?}");
    assert!(said[0].contains("fell due meanwhile: 5"), "{said:#?}");
    assert!(said[0].contains("0005"), "{said:#?}");
}

async fn killed_when_it_was_said_it_says_that_it_repeats_itself(street: Street) {
    let said = killed_at(&street, Moment::Applied).await;
    assert_eq!(said.len(), 2, "{said:#?}");
    for told in &said {
        assert!(told.contains("fell due meanwhile: 5"), "{said:#?}");
    }
    assert!(!said[0].contains("(repeat)") && said[1].contains("(repeat)"));
}
