//! The outbox's thrift: what need not be said, what can be said together, and what the messenger's
//! limits remember.

use std::sync::Arc;

use super::desk::{CHAT, Desk, JAAN, MARI, later, noon};
use super::outbox::{card, retry, says, seen, to_person, unfinished};
use crate::domain::notice::Menu;
use crate::domain::{Class, Incident, PersonId, Says, ThreadId};
use crate::ports::{Commit, Draft, Pace, Rest, Settled, Store};

fn pin(desk: &Desk, incident: &Incident, says: Says) -> Draft {
    Draft {
        incident: Some(incident.identity.id),
        ..desk.draft(Class::Edit, says)
    }
}

/// Where neither was tried yet. A card that is pinned already is not left so.
pub async fn a_pin_and_the_unpin_that_takes_it_back_are_not_sent(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let incident = desk.open(1).await;
    desk.say([pin(&desk, &incident, Says::Pin)]).await;
    desk.say([pin(&desk, &incident, Says::Unpin)]).await;
    assert_eq!(desk.heads().await, []);

    // Back within the week: the unpin that waits and the pin.
    desk.say([pin(&desk, &incident, Says::Unpin)]).await;
    desk.say([pin(&desk, &incident, Says::Pin)]).await;
    assert_eq!(desk.heads().await, []);

    // A pin put in later, or tried already, may be of a card that is pinned.
    let mut again = Commit::new(later(1), None);
    again.outbox.push(pin(&desk, &incident, Says::Pin));
    desk.store.commit(again).await.unwrap();
    desk.say([pin(&desk, &incident, Says::Unpin)]).await;
    assert_eq!(says(&desk.heads_at(later(1)).await), [Says::Unpin]);
    let tried = desk.heads_at(later(1)).await[0].id;
    let row = desk.begin_sending(tried).await;
    desk.settle(&row, retry(0)).await;
    desk.say([pin(&desk, &incident, Says::Pin)]).await;
    assert_eq!(says(&desk.heads().await), [Says::Pin]);
}

/// What somebody waits for stays as urgent as it was, whatever takes its place.
pub async fn newer_words_make_nothing_less_urgent(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let incident = desk.open(1).await;
    for (class, stays) in [
        (Class::Card, Class::Card),
        (Class::Awaited, Class::Awaited),
        (Class::Card, Class::Awaited),
        (Class::Page, Class::Page),
        (Class::Awaited, Class::Page),
    ] {
        let draft = Draft {
            class,
            ..card(&desk, &incident, Menu::Main)
        };
        desk.say([draft]).await;
        assert_eq!(desk.head().await.class, stays, "after {class:?}");
    }
}

/// In messages of five names; nothing else is put together.
pub async fn those_who_hear_the_same_in_the_group_hear_it_together(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let told = |person: i64, says| Draft {
        says,
        reply_to: None,
        ..to_person(&desk, PersonId(person))
    };
    for person in 11..=17 {
        desk.say([told(person, Says::Privacy)]).await;
    }
    desk.say([told(11, Says::Help)]).await;
    let mut heard = Vec::new();
    for message in 1..=3 {
        let row = desk.send_as(message).await;
        let people = row.person.iter().chain(&row.also).map(|person| person.0);
        heard.push((row.says, people.collect::<Vec<_>>()));
    }
    assert_eq!(
        heard,
        [
            (Says::Privacy, vec![11, 12, 13, 14, 15]),
            (Says::Privacy, vec![16, 17]),
            (Says::Help, vec![11]),
        ]
    );
    assert_eq!(unfinished(&desk).await, 0);
}

/// When their private chats turn out to be closed, too.
pub async fn redirected_messages_with_the_same_words_become_one(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    desk.keep([seen(MARI, true), seen(JAAN, true)]).await;
    desk.say([to_person(&desk, MARI), to_person(&desk, JAAN)])
        .await;
    for person in [MARI, JAAN] {
        let heads = desk.heads().await;
        let private = heads.iter().find(|row| row.chat == person.private_chat());
        let row = desk.begin_sending(private.unwrap().id).await;
        let redirect = Settled::Redirect {
            chat: CHAT,
            thread: None,
            unreachable: true,
            reason: "blocked".to_owned(),
        };
        desk.settle(&row, redirect).await;
    }
    let row = desk.head().await;
    assert_eq!((row.person, row.also), (Some(MARI), vec![JAAN]));
    assert_eq!((row.chat, row.thread), (CHAT, Some(ThreadId(7))));
}

/// A restart does not make the messenger forget either.
pub async fn what_was_sent_lately_and_what_rests_is_known(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    desk.say([
        desk.draft(Class::Page, Says::Help),
        desk.draft(Class::Page, Says::Privacy),
    ])
    .await;
    let pace = async |since| desk.store.outbox_pace(later(since)).await.unwrap();
    assert_eq!(pace(-1).await, Pace::default(), "nothing was sent yet");
    desk.send_as(1).await;
    let row = desk.begin_sending(desk.head().await.id).await;
    let sent: Vec<_> = pace(-1).await.sent;
    let sent: Vec<_> = sent
        .into_iter()
        .map(|it| (it.chat, it.at, it.says))
        .collect();
    assert_eq!(sent.len(), 2, "the one under way counts: {sent:?}");
    assert!(sent.contains(&(CHAT, noon(), Says::Privacy)), "{sent:?}");
    assert_eq!(pace(1).await, Pace::default());

    let told = |chat, minutes| Settled::Retry {
        not_before: later(minutes),
        doubtful: false,
        rest: Some(Rest {
            chat,
            told_at: noon(),
            until: later(minutes),
        }),
        reason: "too many requests".to_owned(),
    };
    desk.settle(&row, told(Some(CHAT), 9)).await;
    desk.settle(&row, told(Some(CHAT), 5)).await;
    desk.settle(&row, told(None, 2)).await;
    let mut rests = pace(1).await.rests;
    rests.sort_by_key(|rest| rest.until);
    let rests: Vec<_> = rests.iter().map(|rest| (rest.chat, rest.until)).collect();
    assert_eq!(rests, [(None, later(2)), (Some(CHAT), later(9))]);
    desk.store.prune(later(3)).await.unwrap();
    let rests = pace(1).await.rests;
    assert_eq!(rests.len(), 1, "what is over is forgotten: {rests:?}");
}
