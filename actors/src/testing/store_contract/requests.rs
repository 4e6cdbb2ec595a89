//! Places, who is at one, work that comes again, and reports that wait.

use std::sync::Arc;

use super::desk::{ANNA, Desk, JAAN, MARI, OTHER_CHAT, keep, later, noon};
use crate::domain::calendar::Days;
use crate::domain::recurring::{Overlap, Rule};
use crate::domain::{
    AgendaItem, AgendaKind, GroupConfig, GroupId, IncidentId, RecurringId, Report,
};
use crate::ports::{Record, Store, Waiting};

fn place(group: GroupId, name: &str) -> Record {
    let name = name.to_owned();
    Record::Place { group, name }
}

/// However often, and in whatever case, it is asked for; and another group has another.
pub async fn a_place_has_one_code(store: Arc<dyn Store>) {
    let hotel = Desk::new(store.clone()).await.group.id;
    let villa = Desk::in_chat(store.clone(), OTHER_CHAT).await.group.id;
    let named = async |group, name| store.place_named(group, name).await.unwrap();
    assert_eq!(named(hotel, "Tuba 204").await, None);
    keep(&store, [place(hotel, "Tuba 204"), place(villa, "Tuba 204")]).await;
    let first = named(hotel, "Tuba 204").await.unwrap();
    keep(&store, [place(hotel, "TUBA 204"), place(hotel, "Öö")]).await;
    assert_eq!(named(hotel, "tuba 204").await, Some(first.clone()));
    assert_eq!((first.name.as_str(), first.group), ("Tuba 204", hotel));
    let other = named(villa, "Tuba 204").await.unwrap();
    let night = named(hotel, "öÖ").await.unwrap();
    assert_ne!(first.token, other.token);
    assert_ne!(first.token, night.token);
    let of = async |token: &str| store.place_of(token).await.unwrap();
    assert_eq!(of(&other.token).await, Some(other.clone()));
    assert_eq!(of(&first.token.to_lowercase()).await, None);
    assert_eq!(of("").await, None);
    assert!((16..=60).contains(&first.token.len()), "{}", first.token);
}

/// Until they have reported there is no other; forgotten with the person, and after a while.
pub async fn a_visit_is_the_last_one(store: Arc<dyn Store>) {
    let hotel = Desk::new(store.clone()).await.group.id;
    keep(&store, [place(hotel, "One"), place(hotel, "Two")]).await;
    let one = store.place_named(hotel, "One").await.unwrap().unwrap();
    let two = store.place_named(hotel, "Two").await.unwrap().unwrap();
    let person = MARI;
    let visited = |place| Record::Visited { person, place };
    let visit = async || store.visit_of(MARI).await.unwrap();
    assert_eq!(visit().await, None);
    keep(&store, [visited(one.id), Record::ReportedThere { person }]).await;
    let found = visit().await.unwrap();
    assert_eq!((found.place, found.at, found.reported), (one, noon(), true));
    keep(&store, [visited(two.id)]).await;
    let found = visit().await.unwrap();
    assert_eq!((found.place, found.reported), (two.clone(), false));
    assert_eq!(store.visit_of(JAAN).await.unwrap(), None);
    store.prune(noon()).await.unwrap();
    assert!(visit().await.is_some());
    keep(&store, [Record::Forget { person }]).await;
    assert_eq!(visit().await, None);
    keep(&store, [visited(two.id)]).await;
    store.prune(later(1)).await.unwrap();
    assert_eq!(visit().await, None);
}

fn rule(config: &GroupConfig) -> Rule {
    Rule {
        days: Days::WORKING,
        minute: 480,
        department: Some(config.departments[0].id),
        text: "Count the \u{1F5DD} keys".to_owned(),
        overlap: Overlap::Skip,
    }
}

/// With what last came of it; what is dropped is not there any more.
pub async fn work_that_comes_again_is_kept(store: Arc<dyn Store>) {
    let desk = Desk::new(store.clone()).await;
    let villa = Desk::in_chat(store.clone(), OTHER_CHAT).await.group.id;
    let group = desk.group.id;
    let rule = rule(&desk.group);
    let new = Record::NewRecurring {
        group,
        rule: rule.clone(),
        by: ANNA,
        due: later(5),
    };
    keep(&store, [new.clone(), new]).await;
    let all = store.recurring_of(group).await.unwrap();
    assert_eq!(all.len(), 2);
    let first = all[0].clone();
    assert_eq!((&first.rule, first.by, first.last), (&rule, ANNA, None));
    assert_eq!(store.recurring_of(villa).await.unwrap(), []);
    let due = store.agenda(group, later(5), 10).await.unwrap();
    let item = |id: RecurringId| AgendaItem {
        kind: AgendaKind::Recurring,
        subject: id.0,
        due: later(5),
    };
    assert_eq!(due, [item(first.id), item(all[1].id)]);

    let mut commit = desk.report(7);
    commit.recurring = Some(first.id);
    let opened = store.commit(commit).await.unwrap().incident.unwrap();
    let stacked = Rule {
        overlap: Overlap::Stack,
        ..rule
    };
    let changed = Record::RecurringRule {
        recurring: first.id,
        rule: stacked.clone(),
    };
    let dropped = Record::RecurringDropped {
        recurring: all[1].id,
    };
    keep(&store, [changed, dropped]).await;
    let found = store.recurring(first.id).await.unwrap().unwrap();
    assert_eq!(
        (found.last, found.rule),
        (Some(opened.identity.id), stacked)
    );
    assert_eq!(store.recurring(all[1].id).await.unwrap(), None);
    assert_eq!(store.recurring_of(group).await.unwrap().len(), 1);
}

/// As it was, until it has waited enough.
pub async fn a_report_waits(store: Arc<dyn Store>) {
    let desk = Desk::new(store.clone()).await;
    let group = desk.group.id;
    let like = desk.open(1).await.identity.id;
    let waiting = Waiting {
        id: 77,
        report: Report {
            place: Some("Room 1".to_owned()),
            ..Report::of(MARI, "The tap\nleaks".to_owned())
        },
        like,
    };
    let waits = Record::Waits {
        group,
        waiting: Box::new(waiting.clone()),
        due: later(3),
    };
    keep(&store, [waits]).await;
    let found = async |id| store.waiting(group, id).await.unwrap();
    assert_eq!(found(77).await, Some(waiting));
    assert_eq!(found(78).await, None);
    assert_eq!(store.waiting(GroupId(0), 77).await.unwrap(), None);
    let due = store.agenda(group, later(3), 10).await.unwrap();
    assert_eq!((due[0].kind, due[0].subject), (AgendaKind::Draft, 77));
    assert_ne!(like, IncidentId(0));
    keep(&store, [Record::WaitsNoMore { group, id: 77 }]).await;
    assert_eq!(found(77).await, None);
}
