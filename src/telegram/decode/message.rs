//! Messages: who wrote what, as an answer to what, and which of them are commands.

use actors::domain::{ChatId, UpdateId};
use actors::inbound::{Answered, Ask, Inbound, Message, Place, Sender, What};
use chrono::{DateTime, Utc};

use super::command::{self, Typed};
use super::update::{self, ChatKind, Content, Sent};
use super::{Decoded, Ignored, Me, is_stand_in, person, place, sender};

/// Reads a new message.
pub(super) fn interpret(
    update: UpdateId,
    message: update::Message,
    me: &Me,
    received: DateTime<Utc>,
) -> Decoded {
    let Some(mut place) = place(&message.chat, message.topic) else {
        return Decoded::Nothing(Ignored::Chat);
    };
    let what = match &message.content {
        Content::Sent(sent) => match said(&message, sent, &place, me) {
            Ok(what) => what,
            Err(ignored) => return Decoded::Nothing(ignored),
        },
        Content::MigratedTo(to) => migrated(message.chat.id, *to),
        Content::MigratedFrom(from) => migrated(*from, message.chat.id),
        Content::Left(user) if user.id != me.id => What::Left { person: user.id },
        Content::Retitled(new) => match &mut place {
            Place::Group { title, .. } => {
                title.clone_from(new);
                What::Retitled
            }
            Place::Private { .. } => return Decoded::Nothing(Ignored::Service),
        },
        // The bot's own leaving is told by its membership.
        Content::Left(_) | Content::Service => return Decoded::Nothing(Ignored::Service),
    };
    super::inbound(Inbound {
        update,
        at: message.sent_at.unwrap_or(received),
        sender: author(&message),
        place,
        what,
    })
}

/// Reads an edited message.
pub(super) fn interpret_edited(
    update: UpdateId,
    message: update::Message,
    me: &Me,
    received: DateTime<Utc>,
) -> Decoded {
    let Some(place) = place(&message.chat, message.topic) else {
        return Decoded::Nothing(Ignored::Chat);
    };
    let Content::Sent(sent) = &message.content else {
        return Decoded::Nothing(Ignored::Service);
    };
    if is_from_bot(&message) {
        return Decoded::Nothing(Ignored::Bot);
    }
    let text = match command::read(&sent.text, &me.username) {
        Typed::Command { rest, .. } => rest,
        Typed::Words | Typed::Unknown { .. } | Typed::ForAnotherBot => &sent.text,
    };
    super::inbound(Inbound {
        update,
        at: message.edited_at.or(message.sent_at).unwrap_or(received),
        sender: author(&message),
        place,
        what: What::Edited {
            message: written(&message, sent, text, me),
        },
    })
}

fn migrated(from: ChatId, to: ChatId) -> What {
    What::Migrated { from, to }
}

fn said(message: &update::Message, sent: &Sent, place: &Place, me: &Me) -> Result<What, Ignored> {
    if is_from_bot(message) {
        return Err(Ignored::Bot);
    }
    let private = matches!(place, Place::Private { .. });
    let answers_bot = message
        .reply_to
        .as_deref()
        .is_some_and(|answered| is_by(answered, me));
    let asked = |ask: Ask, rest: &str| What::Ask {
        ask,
        message: written(message, sent, rest, me),
    };
    match typed(message, sent, me) {
        Typed::Command { ask, rest } => Ok(asked(ask, rest)),
        Typed::ForAnotherBot if !private => Err(Ignored::ForeignCommand),
        Typed::ForAnotherBot => Ok(asked(Ask::Unknown, "")),
        Typed::Unknown {
            addressed: true,
            rest,
        } => Ok(asked(Ask::Unknown, rest)),
        // An answer to what the bot asked is words, even if it begins like a command.
        Typed::Unknown { rest, .. } if private && !answers_bot => Ok(asked(Ask::Unknown, rest)),
        Typed::Unknown { .. } if !answers_bot => Err(Ignored::ForeignCommand),
        Typed::Words | Typed::Unknown { .. } => {
            // A sticker says nothing to the desk, but its sender may wait; a voice note in a group
            // is for those who are there, until somebody makes an incident of it.
            let wordless = sent.text.is_empty() && sent.photo.is_none();
            if wordless && !private && !answers_bot {
                return Err(Ignored::Wordless);
            }
            Ok(What::Said {
                message: written(message, sent, &sent.text, me),
            })
        }
    }
}

/// What was typed. What is passed on was meant for somebody else: its commands are words.
fn typed<'a>(message: &update::Message, sent: &'a Sent, me: &Me) -> Typed<'a> {
    if message.forwarded {
        Typed::Words
    } else {
        command::read(&sent.text, &me.username)
    }
}

fn written(message: &update::Message, sent: &Sent, text: &str, me: &Me) -> Message {
    Message {
        text: text.to_owned(),
        reply_to: message
            .reply_to
            .as_deref()
            .and_then(|answered| answered_by(answered, me))
            .map(Box::new),
        ..content(message, sent)
    }
}

/// In a topic every message answers the service message that opened it: that is no answer.
fn answered_by(answered: &update::Message, me: &Me) -> Option<Answered> {
    let Content::Sent(sent) = &answered.content else {
        return None;
    };
    Some(Answered {
        author: author(answered).person().cloned(),
        by_bot: is_by(answered, me),
        message: content(answered, sent),
    })
}

fn content(message: &update::Message, sent: &Sent) -> Message {
    Message {
        id: message.id,
        text: sent.text.clone(),
        photo: sent.photo.clone(),
        recording: sent.recording.clone(),
        album: sent.album.clone(),
        reply_to: None,
        named: sent
            .mentioned
            .iter()
            .filter(|user| !user.is_bot)
            .map(|user| person(user, false))
            .collect(),
    }
}

/// Whoever writes to the bot privately can be written to.
fn author(message: &update::Message) -> Sender {
    sender(
        message.from.as_ref(),
        message.on_behalf_of_chat,
        message.chat.kind == ChatKind::Private,
    )
}

fn is_by(message: &update::Message, me: &Me) -> bool {
    message.from.as_ref().is_some_and(|from| from.id == me.id)
}

/// Another bot; the accounts behind anonymous people are marked as bots too.
fn is_from_bot(message: &update::Message) -> bool {
    message
        .from
        .as_ref()
        .is_some_and(|from| from.is_bot && !is_stand_in(from.id) && !message.on_behalf_of_chat)
}
