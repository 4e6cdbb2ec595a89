//! Incidents: numbers, races, versions, lists, deadlines.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::desk::{ANNA, CHAT, Desk, JAAN, MARI, OTHER_CHAT, later, noon, of_update};
use crate::domain::id::MessageRef;
use crate::domain::incident::{Participation, ParticipationRole};
use crate::domain::notice::ListOf;
use crate::domain::{
    Class, Command, CompanyId, Deadline, DeadlineKind, Incident, IncidentNumber, MessageId,
    PersonId, Photo, Report, Says, UpdateId,
};
use crate::ports::{Commit, CommitError, Record, Store};

fn numbers(incidents: &[Incident]) -> Vec<i64> {
    let number = |incident: &Incident| incident.identity.number.0;
    incidents.iter().map(number).collect()
}

/// Open or not, and none of another group's.
pub async fn the_newest_of_a_group_come_first(store: Arc<dyn Store>) {
    let hotel = Desk::new(store.clone()).await;
    let garage = Desk::in_chat(store.clone(), OTHER_CHAT).await;
    hotel.open(1).await;
    garage.open(1).await;
    hotel.open(2).await;
    hotel.open(3).await;
    let recent = store.recent(hotel.group.id, 2).await.unwrap();
    assert_eq!(numbers(&recent), [3, 2]);
    let recent = store.recent(garage.group.id, 9).await.unwrap();
    assert_eq!(numbers(&recent), [1]);
}

/// Every company counts from one.
pub async fn numbers_follow_each_other_in_each_company(store: Arc<dyn Store>) {
    let hotel = Desk::new(store.clone()).await;
    let garage = Desk::in_chat(store, OTHER_CHAT).await;
    let opened = [
        hotel.open(1).await,
        hotel.open(2).await,
        garage.open(1).await,
        hotel.open(3).await,
    ];
    assert_eq!(numbers(&opened), [1, 2, 1, 3]);
    let company = garage.group.company;
    let found = garage
        .store
        .incident_numbered(company, IncidentNumber(1))
        .await;
    assert_eq!(found.unwrap().as_ref(), Some(&opened[2]));
}

/// A number taken in a transaction that is not kept is taken again.
pub async fn a_refused_report_leaves_no_gap(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let first = desk.open(1).await;
    let twice = desk.store.commit(desk.report(1)).await;
    assert!(
        matches!(twice, Err(CommitError::AlreadyReported)),
        "{twice:?}"
    );
    let mut broken = desk.report(2);
    broken.outbox = vec![desk.draft(Class::Page, Says::Help)];
    broken.outbox[0].group = Some(crate::domain::GroupId(999));
    let refused = desk.store.commit(broken).await;
    assert!(matches!(refused, Err(CommitError::Store(_))), "{refused:?}");
    let second = desk.open(3).await;
    assert_eq!(numbers(&[first, second]), [1, 2]);
    assert_eq!(desk.store.open_count().await.unwrap(), 2);
}

/// Sixty-four at once.
pub async fn many_reports_at_once_leave_no_gap(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let mut reports = JoinSet::new();
    for message in 1..=64 {
        let (store, report) = (desk.store.clone(), desk.report(message));
        reports.spawn(async move { store.commit(report).await.unwrap().incident.unwrap() });
    }
    let mut given = numbers(&reports.join_all().await);
    given.sort_unstable();
    assert_eq!(given, (1..=64).collect::<Vec<_>>());
}

/// Thirty-two press at once: one gets it, the others are told to look again, and who got it owns it.
pub async fn a_race_of_claims_has_one_winner(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let incident = desk.open_in(1, desk.department(0)).await;
    let mut racers = JoinSet::new();
    for racer in 100..132 {
        let person = PersonId(racer);
        let claim = desk.decided(&incident, person, &Command::Claim);
        let store = desk.store.clone();
        racers.spawn(async move { (person, store.commit(claim).await) });
    }
    let mut winners = Vec::new();
    for (person, outcome) in racers.join_all().await {
        match outcome {
            Ok(_) => winners.push(person),
            Err(CommitError::Conflict) => {}
            Err(other) => panic!("a loser should be told of the conflict: {other}"),
        }
    }
    assert_eq!(winners.len(), 1);
    let kept = desk.store.incident(incident.identity.id).await.unwrap();
    let owner = kept.unwrap().work().map(|work| work.owner);
    assert_eq!(owner, Some(winners[0]));
}

/// Neither event nor word nor record of a refused commit is kept.
pub async fn a_stale_decision_leaves_nothing_behind(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let incident = desk.open_in(1, desk.department(0)).await;
    let mut late = of_update(desk.decided(&incident, JAAN, &Command::Claim), 7);
    late.outbox = vec![desk.draft(Class::Page, Says::Help)];
    late.records = vec![Record::Member {
        department: desk.department(0),
        person: JAAN,
    }];
    let claimed = desk.act(&incident, ANNA, Command::Claim).await;

    let outcome = desk.store.commit(late).await;
    assert!(matches!(outcome, Err(CommitError::Conflict)), "{outcome:?}");
    let id = incident.identity.id;
    assert_eq!(desk.store.incident(id).await.unwrap(), Some(claimed));
    assert_eq!(desk.store.events(id).await.unwrap().len(), 3);
    assert_eq!(desk.heads().await, []);
    assert!(!desk.store.handled(UpdateId(7)).await.unwrap());
    let members = desk.group_now().await.departments[0].members.clone();
    assert_eq!(members, []);
}

/// The second time nothing happens.
pub async fn an_update_is_handled_once(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    desk.store
        .commit(of_update(desk.report(1), 7))
        .await
        .unwrap();
    let again = desk.store.commit(of_update(desk.report(2), 7)).await;
    assert!(
        matches!(again, Err(CommitError::AlreadyHandled)),
        "{again:?}"
    );
    assert_eq!(desk.store.open_count().await.unwrap(), 1);
    let empty = Commit::new(noon(), Some(UpdateId(8)));
    desk.store.commit(empty).await.unwrap();
    assert!(desk.store.handled(UpdateId(8)).await.unwrap());
    assert!(!desk.store.handled(UpdateId(9)).await.unwrap());
}

/// Also when many try at once.
pub async fn a_message_makes_one_incident(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let mut reports = JoinSet::new();
    for _ in 0..8 {
        let (store, report) = (desk.store.clone(), desk.report(5));
        reports.spawn(async move { store.commit(report).await });
    }
    let outcomes = reports.join_all().await;
    let made = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(made, 1, "{outcomes:?}");
    let origin = MessageRef {
        chat: CHAT,
        message: MessageId(5),
    };
    let found = desk.store.incident_from(origin).await.unwrap().unwrap();
    assert_eq!(found.report.origin, Some(origin));
    let elsewhere = MessageRef {
        chat: OTHER_CHAT,
        message: MessageId(5),
    };
    assert_eq!(desk.store.incident_from(elsewhere).await.unwrap(), None);
}

/// Its photos are found in the order of their messages, whatever order they came in.
pub async fn an_album_makes_one_incident(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let photo = |message: i64| Record::AlbumPhoto {
        chat: CHAT,
        album: "holiday".to_owned(),
        message: MessageId(message),
        photo: Photo(format!("photo {message}")),
    };
    desk.keep([photo(12), photo(11), photo(12)]).await;
    let photos = desk.store.album(CHAT, "holiday").await.unwrap();
    assert_eq!(
        photos,
        [Photo("photo 11".to_owned()), Photo("photo 12".to_owned())]
    );
    assert_eq!(desk.store.album(OTHER_CHAT, "holiday").await.unwrap(), []);

    let report = Report {
        album: Some("holiday".to_owned()),
        ..desk.report(11).incident.unwrap().incident.report
    };
    let opened = desk.store.commit(desk.report_as(report)).await.unwrap();
    let found = desk.store.incident_from_album(CHAT, "holiday").await;
    assert_eq!(found.unwrap(), opened.incident);
    let none = desk.store.incident_from_album(CHAT, "work").await;
    assert_eq!(none.unwrap(), None);
}

/// After each step of a life with transfers, helpers and a reopening.
pub async fn stored_events_add_up_to_the_stored_incident(store: Arc<dyn Store>) {
    let mut desk = Desk::new(store).await;
    let (department, person) = (desk.department(1), ANNA);
    desk.keep([Record::Member { department, person }]).await;
    desk.group = desk.group_now().await;
    let comment = || "it drips".to_owned();
    let change = Command::ChangeDepartment {
        department: desk.department(1),
    };
    let summarise = Command::Summarise {
        comment: Some("new washer".to_owned()),
        photo: Some(Photo("proof".to_owned())),
    };
    let steps = [
        (JAAN, Command::Claim),
        (MARI, Command::Comment { text: comment() }),
        (PersonId(9), Command::Join),
        (JAAN, Command::Leave),
        (ANNA, change),
        (ANNA, Command::Claim),
        (ANNA, Command::Resolve),
        (ANNA, summarise),
        (MARI, Command::Reopen { comment: comment() }),
    ];
    let mut incident = desk.open_in(1, desk.department(0)).await;
    for (person, command) in steps {
        incident = desk.act(&incident, person, command.clone()).await;
        let id = incident.identity.id;
        let events = desk.store.events(id).await.unwrap();
        assert_eq!(i64::try_from(events.len()).unwrap(), incident.version);
        let kept = desk.store.incident(id).await.unwrap().unwrap();
        assert_eq!(kept, incident, "after {command:?}");
        let replayed = Incident::replay(kept.identity, &events);
        assert_eq!(replayed, Some(kept), "after {command:?}");
    }
}

/// Mine are those I reported, own or help with; a department's are those that lie there now.
pub async fn lists_show_what_concerns_a_person_or_a_department(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let (maintenance, kitchen) = (desk.department(0), desk.department(1));
    let claimed = desk.open_in(1, maintenance).await;
    let claimed = desk.act(&claimed, JAAN, Command::Claim).await;
    let helped = desk.open_in(2, maintenance).await;
    let helped = desk.act(&helped, ANNA, Command::Claim).await;
    desk.act(&helped, JAAN, Command::Join).await;
    desk.open_in(3, kitchen).await;
    let cancelled = desk.open(4).await;
    let reason = "a mistake".to_owned();
    desk.act(&cancelled, MARI, Command::Cancel { reason }).await;

    let list = async |of| {
        let listed = desk.store.list(desk.group.id, of, 0, 10).await;
        let (page, total) = listed.unwrap();
        assert_eq!(usize::try_from(total).unwrap(), page.len());
        numbers(&page)
    };
    assert_eq!(list(ListOf::Mine(JAAN)).await, [2, 1]);
    assert_eq!(list(ListOf::Mine(MARI)).await, [3, 2, 1]);
    assert_eq!(list(ListOf::Open(None)).await, [3, 2, 1]);
    assert_eq!(list(ListOf::Open(Some(kitchen))).await, [3]);
    desk.act(&claimed, JAAN, Command::Leave).await;
    assert_eq!(list(ListOf::Mine(JAAN)).await, [2]);
}

/// With the number of all beside each page.
pub async fn lists_come_in_pages_newest_first(store: Arc<dyn Store>) {
    let desk = Desk::new(store.clone()).await;
    let neighbour = Desk::in_chat(store, OTHER_CHAT).await;
    neighbour.open(1).await;
    for message in 1..=5 {
        desk.open(message).await;
    }
    for of in [ListOf::Open(None), ListOf::Mine(MARI)] {
        let page = desk.store.list(desk.group.id, of, 2, 2).await;
        let (page, total) = page.unwrap();
        assert_eq!((numbers(&page), total), (vec![3, 2], 5));
    }
}

/// Of all companies, a page at a time.
pub async fn a_sweep_sees_each_open_incident_once(store: Arc<dyn Store>) {
    let desk = Desk::new(store.clone()).await;
    let neighbour = Desk::in_chat(store.clone(), OTHER_CHAT).await;
    let first = desk.open(1).await;
    let second = neighbour.open(2).await;
    let closed = desk.open(3).await;
    let reason = "a mistake".to_owned();
    desk.act(&closed, MARI, Command::Cancel { reason }).await;
    assert_eq!(store.open_count().await.unwrap(), 2);
    let mut seen = Vec::new();
    let mut after = (CompanyId(0), IncidentNumber(0));
    while let Some(found) = store.open_after(after, 1).await.unwrap().pop() {
        after = (found.identity.company, found.identity.number);
        seen.push(found);
    }
    assert_eq!(seen, [first, second]);
}

/// The longest overdue first; a new state has only the deadlines it says.
pub async fn deadlines_come_in_order_and_are_replaced(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    assert_eq!(desk.store.next_due().await.unwrap(), None);
    let mut opened = Vec::new();
    for (message, minutes) in [(1, 20), (2, 5), (3, 60)] {
        let mut report = desk.report(message);
        report.incident.as_mut().unwrap().deadlines = vec![
            Deadline {
                kind: DeadlineKind::DepartmentReminder,
                due: later(minutes),
            },
            Deadline {
                kind: DeadlineKind::DepartmentDispatchers,
                due: later(minutes + 10),
            },
        ];
        let committed = desk.store.commit(report).await.unwrap();
        opened.push(committed.incident.unwrap());
    }
    let due = async |minutes, limit| {
        let due = desk.store.due(later(minutes), limit).await.unwrap();
        assert!(due.iter().all(|(_, group)| *group == desk.group.id));
        due.into_iter().map(|(id, _)| id).collect::<Vec<_>>()
    };
    let ids: Vec<_> = opened.iter().map(|one| one.identity.id).collect();
    assert_eq!(due(4, 10).await, []);
    assert_eq!(due(30, 10).await, [ids[1], ids[0]]);
    assert_eq!(due(30, 1).await, [ids[1]]);
    assert_eq!(desk.store.next_due().await.unwrap(), Some(later(5)));

    let reason = "a mistake".to_owned();
    let cancel = Command::Cancel { reason };
    desk.act(&opened[1], MARI, cancel).await;
    assert_eq!(due(30, 10).await, [ids[0]]);
    assert_eq!(desk.store.next_due().await.unwrap(), Some(later(20)));
}

/// Even if the rules above the store were wrong.
pub async fn nobody_owns_what_somebody_owns(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let incident = desk.open_in(1, desk.department(0)).await;
    let incident = desk.act(&incident, JAAN, Command::Claim).await;
    let text = "mine too".to_owned();
    let mut second = desk.decided(&incident, MARI, &Command::Comment { text });
    let write = second.incident.as_mut().unwrap();
    write.incident.participations.push(Participation {
        person: ANNA,
        role: ParticipationRole::Owner,
        began_at: noon(),
        ended_at: None,
        end: None,
    });
    let outcome = desk.store.commit(second).await;
    assert!(matches!(outcome, Err(CommitError::Store(_))), "{outcome:?}");
    let kept = desk.store.incident(incident.identity.id).await.unwrap();
    assert_eq!(kept, Some(incident));
}

/// An incident whose version is not the number of its events could not be replayed.
pub async fn versions_count_events(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let mut report = desk.report(1);
    report.incident.as_mut().unwrap().incident.version = 5;
    let outcome = desk.store.commit(report).await;
    assert!(matches!(outcome, Err(CommitError::Store(_))), "{outcome:?}");
    assert_eq!(desk.store.open_count().await.unwrap(), 0);
}
