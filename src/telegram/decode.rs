//! From an update, as Telegram wrote it, to what the desk understands.
//!
//! Pure and total: whatever comes in, something sensible comes out, and nothing panics. Two readers
//! give the same facts: teloxide's types first, since they know the Bot API to the letter, and a
//! lenient one of our own where they give up. What is not for the desk ends here, with a reason
//! that is counted.

mod command;
mod lenient;
mod message;
mod rich;
mod surrogate;
#[cfg(test)]
mod tests;
mod typed;
mod update;

use actors::domain::{Language, Person, PersonId, UpdateId};
use actors::inbound::{Inbound, Place, Sender, What};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::button;
use super::client::Me;
use update::{Chat, ChatKind, Kind, MemberChange, Membership, Press, Update, User};

/// The account behind anonymous administrators, all of them.
const GROUP_ANONYMOUS_BOT: PersonId = PersonId(1_087_968_824);
/// The account behind everybody who posts as a channel.
const CHANNEL_BOT: PersonId = PersonId(136_817_688);
/// Telegram itself, which forwards the posts of a linked channel.
const TELEGRAM: PersonId = PersonId(777_000);

/// What an update is to the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decoded {
    /// Something to act on.
    Inbound(Box<Inbound>),
    /// A press, to be answered at once.
    Press {
        /// What was pressed.
        inbound: Box<Inbound>,
        /// The number under which Telegram waits for the answer.
        query: String,
    },
    /// Nothing.
    Nothing(Ignored),
}

/// Why an update is nothing to the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ignored {
    /// Not JSON, or without the least of what its kind needs.
    Unreadable,
    /// Of a kind the desk has no use for.
    Kind,
    /// From a channel, or a kind of chat that is not known.
    Chat,
    /// Written by a bot.
    Bot,
    /// A command for another bot, or one nobody has.
    ForeignCommand,
    /// A service message that changes nothing for the desk.
    Service,
    /// Neither words nor photo, and nobody waits for an answer.
    Wordless,
    /// A membership that is as before, for the desk.
    Membership,
}

/// Reads an update. What Telegram gives no time for happened when it was received.
#[must_use]
pub fn decode(raw: &str, me: &Me, received: DateTime<Utc>) -> Decoded {
    match read(raw) {
        Some(update) => interpret(update, me, received),
        None => Decoded::Nothing(Ignored::Unreadable),
    }
}

/// The number of an update, if nothing else of it: also of one that is nested too deeply to be
/// read, since without its number it could not be passed.
#[must_use]
pub fn update_id(raw: &str) -> Option<UpdateId> {
    #[derive(Deserialize)]
    struct Numbered {
        update_id: UpdateId,
    }
    // The parts of an array would be taken for fields by their places.
    if !raw.trim_start().starts_with('{') {
        return None;
    }
    let numbered: Numbered = serde_json::from_str(raw).ok()?;
    Some(numbered.update_id)
}

fn read(raw: &str) -> Option<Update> {
    read_well_formed(raw).or_else(|| read_well_formed(&surrogate::mended(raw)?))
}

fn read_well_formed(raw: &str) -> Option<Update> {
    typed::read(raw).or_else(|| lenient::read(&serde_json::from_str(raw).ok()?))
}

fn interpret(update: Update, me: &Me, received: DateTime<Utc>) -> Decoded {
    let id = update.id;
    match update.kind {
        Kind::Message(message) => message::interpret(id, message, me, received),
        Kind::EditedMessage(message) => message::interpret_edited(id, message, me, received),
        Kind::Press(press) => interpret_press(id, press, received),
        Kind::OwnMembership(change) => interpret_own_membership(id, &change, received),
        Kind::Membership(change) => interpret_membership(id, &change, me, received),
        Kind::Other => Decoded::Nothing(Ignored::Kind),
    }
}

/// A press is always a real person's, also where they write anonymously.
fn interpret_press(update: UpdateId, press: Press, received: DateTime<Utc>) -> Decoded {
    let here = press.on.as_ref().and_then(|on| {
        let place = place(&on.chat, on.topic)?;
        let button = press.data.as_deref().and_then(button::decode);
        let what = button.map_or(What::UnknownPress, |button| What::Press {
            button,
            on: on.message,
        });
        Some((place, what))
    });
    // Where it cannot be told on what they pressed, they still wait for an answer.
    let reachable = matches!(here, Some((Place::Private { .. }, _)));
    let (place, what) = here.unwrap_or_else(|| {
        let chat = press.from.id.private_chat();
        (Place::Private { chat }, What::UnknownPress)
    });
    Decoded::Press {
        inbound: Box::new(Inbound {
            update,
            at: received,
            sender: known(&press.from, reachable),
            place,
            what,
        }),
        query: press.id,
    }
}

fn interpret_own_membership(
    update: UpdateId,
    change: &MemberChange,
    received: DateTime<Utc>,
) -> Decoded {
    let Some(place) = place(&change.chat, None) else {
        return Decoded::Nothing(Ignored::Chat);
    };
    let blocked = change.after == Membership::Absent;
    let may_pin = change.may_pin_now;
    let what = match (&place, change.before, change.after) {
        (Place::Group { .. }, Membership::Present, Membership::Present) if may_pin => {
            What::BotMayPin
        }
        (_, before, after) if before == after => return Decoded::Nothing(Ignored::Membership),
        (Place::Private { .. }, _, _) => What::BotBlocked { blocked },
        (_, _, Membership::Absent) => What::BotRemoved,
        (_, _, Membership::Present) => What::BotAdded { may_pin },
        // It stays, and finds out that it may not write when it has something to say.
        (_, _, Membership::Muted) => return Decoded::Nothing(Ignored::Membership),
    };
    let reachable = matches!(place, Place::Private { .. }) && !blocked;
    inbound(Inbound {
        update,
        at: change.at.unwrap_or(received),
        sender: sender(Some(&change.from), false, reachable),
        place,
        what,
    })
}

fn interpret_membership(
    update: UpdateId,
    change: &MemberChange,
    me: &Me,
    received: DateTime<Utc>,
) -> Decoded {
    if change.member == me.id || change.after != Membership::Absent {
        return Decoded::Nothing(Ignored::Membership);
    }
    match place(&change.chat, None) {
        Some(place @ Place::Group { .. }) => inbound(Inbound {
            update,
            at: change.at.unwrap_or(received),
            sender: sender(Some(&change.from), false, false),
            place,
            what: What::Left {
                person: change.member,
            },
        }),
        Some(Place::Private { .. }) | None => Decoded::Nothing(Ignored::Chat),
    }
}

fn inbound(inbound: Inbound) -> Decoded {
    Decoded::Inbound(Box::new(inbound))
}

fn place(chat: &Chat, thread: Option<actors::domain::ThreadId>) -> Option<Place> {
    match chat.kind {
        ChatKind::Private => Some(Place::Private { chat: chat.id }),
        ChatKind::Group => Some(Place::Group {
            chat: chat.id,
            title: chat.title.clone(),
            thread,
        }),
        ChatKind::Other => None,
    }
}

/// Who did something; a bot counts as nobody in particular, like those who post as a chat.
fn sender(user: Option<&User>, on_behalf_of_chat: bool, reachable: bool) -> Sender {
    match user {
        Some(user) if !on_behalf_of_chat && !user.is_bot && !is_stand_in(user.id) => {
            known(user, reachable)
        }
        _ => Sender::Anonymous,
    }
}

fn known(user: &User, reachable: bool) -> Sender {
    Sender::Person {
        person: person(user, reachable),
        administrator: false,
        present: None,
    }
}

/// Accounts that many people share: never to be taken for one of them.
fn is_stand_in(id: PersonId) -> bool {
    [GROUP_ANONYMOUS_BOT, CHANNEL_BOT, TELEGRAM].contains(&id)
}

fn person(user: &User, reachable: bool) -> Person {
    let last_name = user.last_name.as_deref().unwrap_or_default();
    Person {
        id: user.id,
        name: format!("{} {last_name}", user.first_name).trim().to_owned(),
        username: user.username.clone(),
        language: user.language_code.as_deref().and_then(Language::from_tag),
        reachable,
    }
}
