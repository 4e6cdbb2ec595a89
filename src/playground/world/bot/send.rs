//! Sending, copying, forwarding and deleting.

use chrono::TimeDelta;

use super::super::{
    BOT, Button, ChatId, ChatKind, Content, ForceReply, Message, MessageId, PersonId, Refusal,
    Standing, State, ThreadId,
};
use crate::playground::formatted::Formatted;

/// Longest text, in UTF-16 units, entities already taken out.
const LONGEST_TEXT: usize = 4_096;
/// Longest caption.
const LONGEST_CAPTION: usize = 1_024;
/// How long a bot may delete a message.
const DELETABLE_FOR: TimeDelta = TimeDelta::hours(48);

/// What hangs under a message.
#[derive(Debug, Clone, Default)]
pub(in crate::playground) struct Markup {
    pub(in crate::playground) keyboard: Vec<Vec<Button>>,
    pub(in crate::playground) force_reply: Option<ForceReply>,
}

/// What a message answers.
#[derive(Debug, Clone, Copy)]
pub(in crate::playground) struct ReplyTarget {
    pub(in crate::playground) message: MessageId,
    pub(in crate::playground) may_be_missing: bool,
}

/// A message the bot sends.
#[derive(Debug, Clone)]
pub(in crate::playground) struct Outgoing {
    pub(in crate::playground) chat: ChatId,
    pub(in crate::playground) thread: Option<ThreadId>,
    pub(in crate::playground) content: Content,
    pub(in crate::playground) reply: Option<ReplyTarget>,
    pub(in crate::playground) markup: Markup,
    pub(in crate::playground) album: Option<String>,
    pub(in crate::playground) silent: bool,
    pub(in crate::playground) forwarded_from: Option<PersonId>,
}

impl State {
    /// Sends, or refuses as Telegram does.
    pub(in crate::playground) fn bot_sends(
        &mut self,
        outgoing: Outgoing,
    ) -> Result<MessageId, Refusal> {
        check_words(&outgoing.content)?;
        let what = match &outgoing.content {
            Content::Photo { .. } => "photos",
            Content::Document { .. } => "documents",
            Content::Text(_) | Content::Service(_) => "text messages",
        };
        self.bot_writes(outgoing.chat, what)?;
        let reply_to = self.reply_target(outgoing.chat, outgoing.reply)?;
        let replied = reply_to.and_then(|id| self.message(outgoing.chat, id));
        // An answer goes into the topic of what it answers.
        let thread = outgoing
            .thread
            .or(replied.and_then(|message| message.thread));
        let thread = self.open_thread(outgoing.chat, thread)?;
        self.count_write(outgoing.chat);
        let content = self.without_unmet(outgoing.content);
        let now = self.now();
        let blank = self.blank(outgoing.chat, BOT, content);
        let message = Message {
            thread,
            reply_to,
            album: outgoing.album,
            keyboard: outgoing.markup.keyboard,
            force_reply: outgoing.markup.force_reply,
            forwarded_from: outgoing.forwarded_from.map(|author| (author, now)),
            silent: outgoing.silent,
            ..blank
        };
        Ok(self.append(message))
    }

    /// A bot can mention by id only whom it has met; other such links lose their meaning.
    pub(super) fn without_unmet(&self, mut content: Content) -> Content {
        let words = match &mut content {
            Content::Text(text) => text,
            Content::Photo { caption, .. } | Content::Document { caption, .. } => caption,
            Content::Service(_) => return content,
        };
        words.entities.retain(|entity| match entity.kind {
            crate::playground::formatted::EntityKind::TextMention(id) => self
                .people
                .get(&PersonId(id))
                .is_some_and(|person| person.met),
            _ => true,
        });
        content
    }

    fn open_thread(
        &self,
        chat: ChatId,
        thread: Option<ThreadId>,
    ) -> Result<Option<ThreadId>, Refusal> {
        let Some(thread) = thread else {
            return Ok(None);
        };
        let topic = self
            .chats
            .get(&chat)
            .and_then(|chat| chat.topics.get(&thread));
        match topic {
            None => Err(Refusal::bad_request("message thread not found")),
            Some(topic) if topic.closed => Err(Refusal::bad_request("TOPIC_CLOSED")),
            Some(_) => Ok(Some(thread)),
        }
    }

    fn reply_target(
        &self,
        chat: ChatId,
        reply: Option<ReplyTarget>,
    ) -> Result<Option<MessageId>, Refusal> {
        match reply {
            Some(reply) if self.message(chat, reply.message).is_some() => Ok(Some(reply.message)),
            Some(reply) if !reply.may_be_missing => {
                Err(Refusal::bad_request("message to be replied not found"))
            }
            _ => Ok(None),
        }
    }

    /// Deletes a message, within Telegram's rules for bots.
    pub(in crate::playground) fn bot_deletes(
        &mut self,
        chat: ChatId,
        id: MessageId,
    ) -> Result<(), Refusal> {
        let place = self.bot_inside(chat)?;
        let may_delete_all = match place.standing(BOT) {
            Standing::Administrator(rights) => rights.delete,
            _ => false,
        };
        let private = place.kind == ChatKind::Private;
        let message = place.messages.get(&id);
        let message = message
            .ok_or_else(|| Refusal::bad_request("message to delete not found"))?
            .clone();
        let fresh = self.now() - message.date <= DELETABLE_FOR;
        let own = message.sender == BOT || private;
        if !(may_delete_all || own && fresh) {
            return Err(Refusal::bad_request("message can't be deleted"));
        }
        self.remove(chat, id)
            .map_err(|_| Refusal::bad_request("message to delete not found"))
    }
}

/// Length rules, after the entities were taken out.
pub(super) fn check_words(content: &Content) -> Result<(), Refusal> {
    let check = |words: &Formatted, limit: usize, refusal: &str| {
        if words.utf16_len() > limit {
            return Err(Refusal::bad_request(refusal));
        }
        Ok(())
    };
    match content {
        Content::Text(text) if text.text.is_empty() => {
            Err(Refusal::bad_request("message text is empty"))
        }
        Content::Text(text) => check(text, LONGEST_TEXT, "message is too long"),
        Content::Photo { caption, .. } | Content::Document { caption, .. } => {
            check(caption, LONGEST_CAPTION, "message caption is too long")
        }
        Content::Service(_) => Ok(()),
    }
}
