//! The outbox: one waiting row per key, order per chat, doubt after a crash, and where words go.

use std::sync::Arc;

use super::desk::{CHAT, Desk, JAAN, MARI, OTHER_CHAT, later, noon};
use crate::domain::id::MessageRef;
use crate::domain::notice::{Menu, Prompt};
use crate::domain::{ChatId, Class, Incident, MessageId, PersonId, Says, ThreadId};
use crate::ports::{Address, Card, Draft, OutboxRow, Record, Recovered, Settled, Store};

pub(super) fn card(desk: &Desk, incident: &Incident, menu: Menu) -> Draft {
    Draft {
        incident: Some(incident.identity.id),
        ..desk.draft(Class::Card, Says::Card { menu })
    }
}

pub(super) fn to_person(desk: &Desk, person: PersonId) -> Draft {
    Draft {
        address: Address::Person {
            person,
            otherwise: Some(CHAT),
            thread: Some(ThreadId(7)),
        },
        reply_to: Some(MessageId(40)),
        ..desk.draft(Class::Page, Says::Welcome)
    }
}

fn prompt(desk: &Desk, prompt: Prompt) -> Draft {
    let person = MARI;
    desk.draft(Class::Page, Says::Prompt { person, prompt })
}

pub(super) fn seen(person: PersonId, reachable: bool) -> Record {
    Record::Reachable { person, reachable }
}

pub(super) fn retry(minutes: i64) -> Settled {
    Settled::Retry {
        not_before: later(minutes),
        doubtful: false,
        rest: None,
        reason: "busy".to_owned(),
    }
}

pub(super) fn says(rows: &[OutboxRow]) -> Vec<Says> {
    rows.iter().map(|row| row.says.clone()).collect()
}

pub(super) async fn unfinished(desk: &Desk) -> u32 {
    desk.store.outbox_unfinished(noon()).await.unwrap()
}

/// They keep the place in the queue: a card that changes all the time is still sent.
pub async fn newer_words_take_the_place_of_waiting_ones(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let (first, second) = (desk.open(1).await, desk.open(2).await);
    let cards = [&first, &second].map(|incident| card(&desk, incident, Menu::Main));
    desk.say(cards).await;
    desk.say([card(&desk, &first, Menu::Urgency)]).await;
    assert_eq!(unfinished(&desk).await, 2);
    let sent = [desk.send_as(1).await, desk.send_as(2).await];
    let (menu, main) = (Menu::Urgency, Menu::Main);
    assert_eq!(
        says(&sent),
        [Says::Card { menu }, Says::Card { menu: main }]
    );
    assert_eq!(unfinished(&desk).await, 0);
}

/// Of another message it does not.
pub async fn an_edit_replaces_an_edit_of_the_same_message(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let edit = |message, says| Draft {
        edit: Some(MessageId(message)),
        ..desk.draft(Class::Edit, says)
    };
    let incident = Some(desk.open(1).await.identity.id);
    let newer = Draft {
        incident,
        ..edit(5, Says::Privacy)
    };
    desk.say([edit(5, Says::Help), edit(6, Says::Help)]).await;
    desk.say([newer]).await;
    let first = desk.send_as(5).await;
    let second = desk.send_as(6).await;
    assert_eq!((first.incident, second.incident), (incident, None));
    assert_eq!(
        (first.says, first.edit),
        (Says::Privacy, Some(MessageId(5)))
    );
    assert_eq!((second.says, second.edit), (Says::Help, Some(MessageId(6))));
    assert_eq!(unfinished(&desk).await, 0);
}

/// And nothing is sent twice.
pub async fn words_that_changed_since_they_were_looked_up_are_sent_as_they_are_now(
    store: Arc<dyn Store>,
) {
    let desk = Desk::new(store).await;
    let incident = desk.open(1).await;
    desk.say([card(&desk, &incident, Menu::Main)]).await;
    let looked_up = desk.head().await;
    assert_eq!(looked_up.attempts, 0);
    desk.say([card(&desk, &incident, Menu::Block)]).await;
    let sending = desk.begin_sending(looked_up.id).await;
    assert_eq!(sending.says, Says::Card { menu: Menu::Block });
    assert_eq!(sending.attempts, 1);
    let again = desk.store.outbox_sending(looked_up.id, noon()).await;
    assert_eq!(again.unwrap(), None);
}

/// Words that came while older ones were being sent make trying those again pointless.
pub async fn a_retry_gives_way_to_newer_words(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let incident = desk.open(1).await;
    desk.say([card(&desk, &incident, Menu::Main)]).await;
    let older = desk.begin_sending(desk.head().await.id).await;
    desk.say([card(&desk, &incident, Menu::Block)]).await;
    assert_eq!(unfinished(&desk).await, 2);
    assert_eq!(desk.heads().await, [], "the chat is busy");
    desk.settle(&older, retry(0)).await;
    assert_eq!(unfinished(&desk).await, 1);
    let newer = desk.send_as(1).await;
    assert_eq!(newer.says, Says::Card { menu: Menu::Block });
}

/// One at a time, oldest first; other chats do not wait for it.
pub async fn each_chat_speaks_in_order(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let elsewhere = Draft {
        address: Address::Chat {
            chat: OTHER_CHAT,
            thread: Some(ThreadId(3)),
        },
        ..desk.draft(Class::Chatter, Says::Welcome)
    };
    desk.say([
        desk.draft(Class::Chatter, Says::Help),
        desk.draft(Class::Chatter, Says::Privacy),
        elsewhere,
    ])
    .await;
    let heads = desk.heads().await;
    assert_eq!(says(&heads), [Says::Help, Says::Welcome]);
    assert_eq!(heads[1].thread, Some(ThreadId(3)));
    let first = desk.begin_sending(heads[0].id).await;
    assert_eq!(says(&desk.heads().await), [Says::Welcome]);
    let message = Some(MessageId(1));
    desk.settle(&first, Settled::Sent { message }).await;
    assert_eq!(says(&desk.heads().await), [Says::Privacy, Says::Welcome]);
}

/// Or words would overtake each other; and the time at which it is due is known.
pub async fn a_head_that_is_not_due_holds_its_chat_back(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    desk.say([
        desk.draft(Class::Page, Says::Help),
        desk.draft(Class::Page, Says::Privacy),
    ])
    .await;
    let row = desk.begin_sending(desk.head().await.id).await;
    desk.settle(&row, retry(5)).await;
    assert_eq!(desk.heads().await, []);
    let waiting = desk.store.outbox_heads(noon()).await.unwrap();
    assert_eq!(waiting.len(), 1, "one of each class: {waiting:?}");
    assert_eq!(waiting[0].not_before, later(5));
    let heads = desk.heads_at(later(5)).await;
    assert_eq!(says(&heads), [Says::Help]);
    assert_eq!((heads[0].attempts, heads[0].doubtful), (1, false));
}

/// Whatever their age, when their chat is free.
pub async fn pages_go_first(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let page = Draft {
        address: Address::Chat {
            chat: OTHER_CHAT,
            thread: None,
        },
        ..desk.draft(Class::Page, Says::Welcome)
    };
    desk.say([desk.draft(Class::Chatter, Says::Help), page])
        .await;
    assert_eq!(says(&desk.heads().await), [Says::Welcome, Says::Help]);
}

/// What was being sent may have arrived: it is sent again and says so, unless it is chatter.
pub async fn a_crash_leaves_doubt(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let elsewhere = Draft {
        address: Address::Chat {
            chat: OTHER_CHAT,
            thread: None,
        },
        ..desk.draft(Class::Chatter, Says::Help)
    };
    desk.say([desk.draft(Class::Page, Says::Welcome), elsewhere])
        .await;
    for row in desk.heads().await {
        desk.begin_sending(row.id).await;
    }
    desk.say([desk.draft(Class::Page, Says::Privacy)]).await;
    let sending = desk.store.outbox_being_sent().await.unwrap();
    assert_eq!(sending.len(), 2);
    let sending = sending.concat();
    let held = desk.store.outbox_recover(noon(), &sending).await.unwrap();
    assert_eq!(
        (held.doubtful, held.given_up),
        (0, 0),
        "somebody sends them"
    );
    let found = desk.store.outbox_recover(noon(), &[]).await.unwrap();
    let recovered = |waiting, doubtful, given_up| Recovered {
        waiting,
        doubtful,
        given_up,
    };
    assert_eq!(found, recovered(2, 1, 1));
    let row = desk.head().await;
    assert_eq!((&row.says, row.doubtful), (&Says::Welcome, true));
    let again = desk.store.outbox_recover(noon(), &[]).await.unwrap();
    assert_eq!(again, recovered(2, 0, 0));
}

/// Others are mentioned in the group at once, and no message of another chat is answered there.
pub async fn those_who_can_be_reached_are_told_privately(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    desk.keep([seen(MARI, true), seen(JAAN, false)]).await;
    let nowhere_else = Draft {
        address: Address::Person {
            person: PersonId(77),
            otherwise: None,
            thread: None,
        },
        ..to_person(&desk, PersonId(77))
    };
    desk.say([to_person(&desk, MARI), to_person(&desk, JAAN), nowhere_else])
        .await;
    let heads = desk.heads().await;
    let place = |row: &OutboxRow| (row.chat, row.thread, row.person, row.reply_to);
    let places: Vec<_> = heads.iter().map(place).collect();
    let (reply, topic) = (Some(MessageId(40)), Some(ThreadId(7)));
    assert_eq!(
        places,
        [
            (MARI.private_chat(), None, Some(MARI), reply),
            (CHAT, topic, Some(JAAN), None),
            (ChatId(77), None, Some(PersonId(77)), reply),
        ]
    );
    assert_eq!(heads[0].otherwise, Some(CHAT));
}

/// In the topic that was named for it; the person is remembered as out of reach.
pub async fn a_redirected_message_becomes_a_mention(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    desk.keep([seen(MARI, true)]).await;
    desk.say([to_person(&desk, MARI)]).await;
    let row = desk.begin_sending(desk.head().await.id).await;
    assert_eq!(row.chat, MARI.private_chat());
    let redirect = Settled::Redirect {
        chat: CHAT,
        thread: None,
        unreachable: true,
        reason: "blocked".to_owned(),
    };
    desk.settle(&row, redirect).await;
    let row = desk.head().await;
    assert_eq!((row.chat, row.thread), (CHAT, Some(ThreadId(7))));
    assert_eq!((row.person, row.reply_to), (Some(MARI), None));
    let person = desk.store.people(&[MARI]).await.unwrap();
    assert!(!person[0].reachable);

    desk.send_as(1).await;
    desk.say([to_person(&desk, MARI)]).await;
    assert_eq!(desk.head().await.chat, CHAT);
}

/// By the message it became; one that is gone is posted anew.
pub async fn a_card_is_remembered_and_forgotten(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let incident = desk.open(1).await;
    let id = incident.identity.id;
    assert_eq!(desk.store.card(id).await.unwrap(), None);
    let in_topic = Draft {
        address: Address::Chat {
            chat: CHAT,
            thread: Some(ThreadId(3)),
        },
        ..card(&desk, &incident, Menu::Main)
    };
    desk.say([in_topic]).await;
    desk.send_as(50).await;
    let message = |message| MessageRef {
        chat: CHAT,
        message: MessageId(message),
    };
    let kept = Card {
        message: message(50),
        thread: Some(ThreadId(3)),
    };
    assert_eq!(desk.store.card(id).await.unwrap(), Some(kept));

    desk.say([card(&desk, &incident, Menu::Main)]).await;
    let row = desk.begin_sending(desk.head().await.id).await;
    let reason = "the message is gone".to_owned();
    desk.settle(&row, Settled::Repost { reason }).await;
    assert_eq!(desk.store.card(id).await.unwrap(), None);
    desk.send_as(60).await;
    let card = desk.store.card(id).await.unwrap().unwrap();
    assert_eq!((card.message, card.thread), (message(60), None));
}

/// The group, what waits for it, what would be mentioned there. Its messages stay behind.
pub async fn an_upgraded_chat_takes_everything_along(store: Arc<dyn Store>) {
    const NEW: ChatId = ChatId(-100_777);
    let desk = Desk::new(store).await;
    let incident = desk.open(1).await;
    desk.keep([seen(MARI, true)]).await;
    desk.say([card(&desk, &incident, Menu::Main)]).await;
    desk.send_as(50).await;
    let panel = Draft {
        edit: Some(MessageId(51)),
        reply_to: Some(MessageId(49)),
        ..desk.draft(Class::Edit, Says::Help)
    };
    desk.say([panel, to_person(&desk, MARI)]).await;
    let [page, panel] = <[_; 2]>::try_from(desk.heads().await).unwrap();
    let row = desk.begin_sending(panel.id).await;
    desk.settle(&row, Settled::Migrated { to: NEW }).await;

    let [page_now, panel_now] = <[_; 2]>::try_from(desk.heads().await).unwrap();
    assert_eq!((page_now.id, page_now.otherwise), (page.id, Some(NEW)));
    assert_eq!((panel_now.id, panel_now.chat), (panel.id, NEW));
    assert_eq!((panel_now.edit, panel_now.reply_to), (None, None));
    let card = desk.store.card(incident.identity.id).await.unwrap();
    assert_eq!(card, None);
    assert_eq!(desk.group_now().await.chat, NEW);
    assert_eq!(desk.store.group_of_chat(CHAT).await.unwrap(), None);
    let version = desk.group_now().await.version;
    assert!(version > desk.group.version);
}

/// A pin says nothing of its own, though it is about the same message.
pub async fn what_was_said_is_known_by_its_message(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let incident = desk.open(1).await;
    desk.say([card(&desk, &incident, Menu::Main)]).await;
    desk.send_as(50).await;
    let pin = Draft {
        incident: Some(incident.identity.id),
        ..desk.draft(Class::Edit, Says::Pin)
    };
    desk.say([pin]).await;
    desk.send_as(50).await;
    let said = async |chat, message| {
        let message = MessageId(message);
        let said = desk.store.said_in(MessageRef { chat, message }).await;
        said.unwrap().map(|row| (row.says, row.incident))
    };
    let menu = Menu::Main;
    let about = Some(incident.identity.id);
    assert_eq!(said(CHAT, 50).await, Some((Says::Card { menu }, about)));
    assert_eq!(said(CHAT, 51).await, None);
    assert_eq!(said(OTHER_CHAT, 50).await, None);

    desk.say([desk.draft(Class::Chatter, Says::Help)]).await;
    desk.send_as(52).await;
    let edit = Draft {
        edit: Some(MessageId(52)),
        ..desk.draft(Class::Edit, Says::Privacy)
    };
    desk.say([edit]).await;
    let row = desk.begin_sending(desk.head().await.id).await;
    desk.settle(&row, Settled::Sent { message: None }).await;
    assert_eq!(said(CHAT, 52).await, Some((Says::Privacy, None)));
}

/// The newest that was really sent, to that person, in that chat.
pub async fn a_prompt_waits_for_its_answer(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    desk.say([
        prompt(&desk, Prompt::Summary),
        prompt(&desk, Prompt::Reopen),
    ])
    .await;
    let open = async |chat, person| {
        let prompt = desk.store.open_prompt(chat, person).await;
        prompt.unwrap().map(|row| row.id)
    };
    assert_eq!(open(CHAT, MARI).await, None, "none was sent yet");
    let first = desk.send_as(50).await;
    assert_eq!(open(CHAT, MARI).await, Some(first.id));
    let second = desk.send_as(51).await;
    assert_eq!(open(CHAT, MARI).await, Some(second.id));
    assert_eq!(open(CHAT, JAAN).await, None);
    assert_eq!(open(OTHER_CHAT, MARI).await, None);
    desk.keep([Record::Answered { prompt: second.id }]).await;
    assert_eq!(open(CHAT, MARI).await, Some(first.id));
    desk.keep([Record::Answered { prompt: first.id }]).await;
    assert_eq!(open(CHAT, MARI).await, None);
}

/// So that an answer finds its prompt even before it is known under which number that arrived.
pub async fn a_prompt_that_may_have_arrived_is_found(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let unsettled = async |person| {
        let prompt = desk.store.unsettled_prompt(CHAT, person).await;
        prompt.unwrap().map(|row| row.id)
    };
    desk.say([prompt(&desk, Prompt::Summary)]).await;
    assert_eq!(unsettled(MARI).await, None, "it cannot have arrived yet");
    let row = desk.begin_sending(desk.head().await.id).await;
    assert_eq!(unsettled(MARI).await, Some(row.id));
    assert_eq!(unsettled(JAAN).await, None);
    desk.store.outbox_recover(noon(), &[]).await.unwrap();
    assert_eq!(unsettled(MARI).await, Some(row.id), "a crash tells no more");
    desk.send_as(50).await;
    assert_eq!(unsettled(MARI).await, None, "now it is known");
}

/// As happens when the first answer of the store was lost.
pub async fn settling_twice_changes_nothing(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let incident = desk.open(1).await;
    desk.say([card(&desk, &incident, Menu::Main)]).await;
    let row = desk.send_as(50).await;
    desk.settle(&row, retry(0)).await;
    let message = Some(MessageId(99));
    desk.settle(&row, Settled::Sent { message }).await;
    assert_eq!(unfinished(&desk).await, 0);
    let card = desk.store.card(incident.identity.id).await.unwrap();
    assert_eq!(card.unwrap().message.message, MessageId(50));
}

/// And the next one of its chat comes.
pub async fn a_dead_row_waits_no_longer(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    desk.say([
        desk.draft(Class::Page, Says::Help),
        desk.draft(Class::Page, Says::Privacy),
    ])
    .await;
    let row = desk.begin_sending(desk.head().await.id).await;
    let reason = "refused for good".to_owned();
    desk.settle(&row, Settled::Dead { reason }).await;
    assert_eq!(says(&desk.heads().await), [Says::Privacy]);
    assert_eq!(unfinished(&desk).await, 1);
}
