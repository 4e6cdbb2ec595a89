//! What the bot does, and how Telegram refuses it.

mod edit;
mod pin;
mod send;
mod toast;

pub(in crate::playground) use edit::Change;
pub(in crate::playground) use send::{Markup, Outgoing, ReplyTarget};

use super::{BOT, Chat, ChatId, ChatKind, PersonId, Refusal, Standing, State};

impl State {
    /// The chat a bot names, or the refusal Telegram has for it.
    pub(in crate::playground) fn bot_chat(&mut self, id: ChatId) -> Result<&Chat, Refusal> {
        let not_found = || Refusal::bad_request("chat not found");
        if let Some(person) = self.people.get(&PersonId(id.0)) {
            // A person the bot never met does not exist for it.
            if !person.started && !person.met {
                return Err(not_found());
            }
            self.private_chat(PersonId(id.0));
        }
        let chat = self.chats.get(&id).ok_or_else(not_found)?;
        if !chat.members.contains_key(&BOT) {
            return Err(not_found());
        }
        Ok(chat)
    }

    /// As [`Self::bot_chat`], where the bot must still be inside.
    pub(in crate::playground) fn bot_inside(&mut self, id: ChatId) -> Result<&Chat, Refusal> {
        let chat = self.bot_chat(id)?;
        let kind = chat.kind_name();
        if let Some(to) = chat.migrated_to {
            return Err(Refusal::migrated(to));
        }
        match chat.standing(BOT) {
            Standing::Kicked => Err(Refusal::forbidden(format!(
                "bot was kicked from the {kind} chat"
            ))),
            Standing::Left => Err(Refusal::forbidden(format!(
                "bot is not a member of the {kind} chat"
            ))),
            _ => self.bot_chat(id),
        }
    }

    /// As [`Self::bot_inside`], where the bot must be able to write. `what` is "text messages",
    /// "photos", "documents".
    pub(super) fn bot_writes(&mut self, id: ChatId, what: &str) -> Result<(), Refusal> {
        let chat = self.bot_inside(id)?;
        let (kind, standing) = (chat.kind, chat.standing(BOT));
        if standing == Standing::Muted {
            let mut words = format!("not enough rights to send {what} to the chat");
            if what == "text messages" {
                words.push_str("; have no write access to the chat");
            }
            return Err(Refusal::bad_request(words));
        }
        self.is_heard(id, kind)
    }

    /// In a private chat the person must have started the bot and not blocked it since.
    pub(super) fn is_heard(&self, id: ChatId, kind: ChatKind) -> Result<(), Refusal> {
        if kind == ChatKind::Private {
            self.person_listens(PersonId(id.0))?;
        }
        Ok(())
    }

    fn person_listens(&self, id: PersonId) -> Result<(), Refusal> {
        let Some(person) = self.people.get(&id) else {
            return Err(Refusal::bad_request("chat not found"));
        };
        if person.deactivated {
            return Err(Refusal::forbidden("user is deactivated"));
        }
        if person.blocked_bot {
            return Err(Refusal::forbidden("bot was blocked by the user"));
        }
        if !person.started {
            return Err(Refusal::forbidden(
                "bot can't initiate conversation with a user",
            ));
        }
        Ok(())
    }

    /// Counts a write against Telegram's limits.
    pub(super) fn count_write(&mut self, id: ChatId) {
        let now = self.now();
        let private = self
            .chats
            .get(&id)
            .is_some_and(|chat| chat.kind == ChatKind::Private);
        self.audit.wrote(id, private, now);
    }

    /// The bot goes by itself.
    pub(in crate::playground) fn bot_leaves(&mut self, id: ChatId) -> Result<(), Refusal> {
        self.bot_inside(id)?;
        self.set_standing(id, BOT, BOT, Standing::Left)
            .map_err(|_| Refusal::bad_request("chat not found"))
    }
}
