//! What is late because the desk was away is said in one message, where it is much.

use std::sync::Arc;

use super::calls::{call, seen};
use super::desk::{CHAT, Desk, MARI, later, noon};
use crate::domain::away::GATHERING;
use crate::domain::{Class, Incident, MessageId, Says};
use crate::ports::{Draft, OutboxRow, Settled, Store};

fn late(draft: Draft) -> Draft {
    Draft {
        absent_minutes: Some(60),
        held_until: Some(noon() + GATHERING),
        ..draft
    }
}

fn reminder(desk: &Desk, incident: &Incident) -> Draft {
    let says = Says::DepartmentMissing {
        since: noon(),
        call: Vec::new(),
        absent_minutes: Some(60),
    };
    late(Draft {
        incident: Some(incident.identity.id),
        ..desk.draft(Class::Page, says)
    })
}

async fn opened(desk: &Desk) -> [Incident; 3] {
    [desk.open(1).await, desk.open(2).await, desk.open(3).await]
}

/// What is sent next, a moment later.
async fn next(desk: &Desk) -> OutboxRow {
    let heads = desk.heads_at(later(1)).await;
    desk.begin_sending(heads[0].id).await
}

fn incidents(row: &OutboxRow) -> Vec<i64> {
    let about = row.words.iter().filter_map(|word| word.incident);
    about.map(|incident| incident.0).collect()
}

/// And what a crash leaves in doubt stays one.
pub async fn late_words_become_one_message(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let [first, second, third] = opened(&desk).await;
    desk.say([reminder(&desk, &first), reminder(&desk, &second)])
        .await;
    desk.say([reminder(&desk, &third)]).await;
    assert_eq!(desk.heads_at(noon()).await, [], "they wait for each other");
    let ids = [&first, &second, &third].map(|it| it.identity.id.0);
    let row = next(&desk).await;
    let absent_minutes = 60;
    assert_eq!(row.says, Says::WhileAway { absent_minutes });
    assert_eq!((row.chat, row.class), (CHAT, Class::Page));
    assert_eq!(incidents(&row), ids);
    // Whoever began with the first of them sends the row that tells of all.
    let [told] = &desk.store.outbox_being_sent().await.unwrap()[..] else {
        panic!("one row is being sent");
    };
    let words: Vec<_> = row.words.iter().map(|word| word.id).collect();
    assert_eq!(told[..], [&[row.id], &words[..]].concat());
    let held = desk.store.outbox_recover(later(1), &words[..1]).await;
    assert_eq!(held.unwrap().doubtful, 0, "it is not stranded");

    let recovered = desk.store.outbox_recover(later(2), &[]).await.unwrap();
    assert_eq!((recovered.waiting, recovered.doubtful), (1, 1));
    let again = next(&desk).await;
    assert_eq!((again.id, again.doubtful), (row.id, true));
    assert_eq!(incidents(&again), ids);
    let message = Some(MessageId(9));
    desk.settle(&again, Settled::Sent { message }).await;
    assert_eq!(desk.heads_at(later(60)).await, []);
    assert_eq!(desk.store.outbox_unfinished(later(60)).await.unwrap(), 0);
}

/// So does what is late for another reason.
pub async fn two_late_words_stay_what_they_are(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let [first, second, third] = opened(&desk).await;
    let punctual = Draft {
        absent_minutes: None,
        ..reminder(&desk, &third)
    };
    desk.say([reminder(&desk, &first), reminder(&desk, &second), punctual])
        .await;
    for incident in [&first, &second, &third] {
        let row = next(&desk).await;
        assert_eq!(row.incident, Some(incident.identity.id));
        assert!(matches!(row.says, Says::DepartmentMissing { .. }));
        desk.settle(&row, Settled::Sent { message: None }).await;
    }
}

/// Given up, it has told nobody.
pub async fn what_is_given_up_was_told_to_nobody(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    desk.keep(seen(MARI, true)).await;
    let called = opened(&desk).await;
    desk.say(called.each_ref().map(|it| late(call(&desk, it, MARI))))
        .await;
    let row = next(&desk).await;
    let reason = "the chat is gone".to_owned();
    desk.settle(&row, Settled::Dead { reason }).await;
    for incident in &called {
        let id = incident.identity.id;
        assert_eq!(desk.store.unheard_of(id).await.unwrap(), [MARI]);
        let told = desk.store.tellings(id, 10).await.unwrap();
        assert_eq!((told.len(), told[0].at), (1, None));
    }
    assert_eq!(desk.heads_at(later(60)).await, []);
}

/// They are gathered anew where that person is mentioned, and it is remembered that they were told.
pub async fn whom_one_message_does_not_reach_is_known_of_each_word(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    desk.keep(seen(MARI, true)).await;
    let called = opened(&desk).await;
    desk.say(called.each_ref().map(|it| late(call(&desk, it, MARI))))
        .await;
    let private = next(&desk).await;
    assert_eq!(private.chat, MARI.private_chat());
    assert_eq!(
        (private.person, private.class),
        (Some(MARI), Class::Escalation)
    );
    let unheard = async |incident: &Incident| {
        let found = desk.store.unheard_of(incident.identity.id).await;
        found.unwrap()
    };
    assert!(unheard(&called[0]).await.is_empty(), "it is on its way");
    let blocked = Settled::Redirect {
        chat: CHAT,
        thread: None,
        unreachable: true,
        reason: "blocked".to_owned(),
    };
    desk.settle(&private, blocked).await;
    for incident in &called {
        assert_eq!(unheard(incident).await, [MARI]);
    }
    let mentioned = next(&desk).await;
    assert_eq!((mentioned.chat, mentioned.person), (CHAT, None));
    assert_eq!(incidents(&mentioned), incidents(&private));
    assert!(mentioned.words.iter().all(|word| word.person == Some(MARI)));
    desk.settle(&mentioned, Settled::Sent { message: None })
        .await;
    for incident in &called {
        let told = desk.store.tellings(incident.identity.id, 10).await.unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].person, told[0].at), (MARI, Some(noon())));
        assert!(!told[0].privately);
    }
    assert_eq!(desk.heads_at(later(60)).await, []);
}
