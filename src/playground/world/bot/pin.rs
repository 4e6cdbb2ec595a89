//! Pinning and unpinning.

use super::super::{BOT, ChatId, ChatKind, MessageId, Refusal, Service, Standing, State};

impl State {
    /// Pins; the bot gets the service message of its own pin as an update.
    pub(in crate::playground) fn bot_pins(
        &mut self,
        chat: ChatId,
        id: MessageId,
    ) -> Result<(), Refusal> {
        self.bot_may_pin(chat)?;
        self.count_write(chat);
        let Some(place) = self.chats.get_mut(&chat) else {
            return Err(Refusal::bad_request("chat not found"));
        };
        let pinnable = place
            .messages
            .get(&id)
            .is_some_and(|message| message.words().is_some());
        if !pinnable {
            return Err(Refusal::bad_request("message to pin not found"));
        }
        if place.pins.contains(&id) {
            return Ok(());
        }
        place.pins.push(id);
        self.announce(chat, BOT, Service::Pinned(id))
            .map_err(|_| Refusal::bad_request("chat not found"))?;
        Ok(())
    }

    /// Unpins this message, or the newest by date when none is named. No update comes of it.
    pub(in crate::playground) fn bot_unpins(
        &mut self,
        chat: ChatId,
        id: Option<MessageId>,
    ) -> Result<(), Refusal> {
        self.bot_may_pin(chat)?;
        self.count_write(chat);
        let Some(place) = self.chats.get_mut(&chat) else {
            return Err(Refusal::bad_request("chat not found"));
        };
        let id = id.or_else(|| place.pins.iter().max().copied());
        let known = id.filter(|id| place.messages.contains_key(id));
        let Some(id) = known else {
            return Err(Refusal::bad_request("message to unpin not found"));
        };
        place.pins.retain(|pinned| *pinned != id);
        Ok(())
    }

    /// Unpins all.
    pub(in crate::playground) fn bot_unpins_all(&mut self, chat: ChatId) -> Result<(), Refusal> {
        self.bot_may_pin(chat)?;
        self.count_write(chat);
        if let Some(place) = self.chats.get_mut(&chat) {
            place.pins.clear();
        }
        Ok(())
    }

    fn bot_may_pin(&mut self, chat: ChatId) -> Result<(), Refusal> {
        let place = self.bot_inside(chat)?;
        let allowed = match place.standing(BOT) {
            Standing::Owner => true,
            Standing::Administrator(rights) => rights.pin,
            _ => place.kind == ChatKind::Private,
        };
        if allowed {
            return Ok(());
        }
        let words = "not enough rights to manage pinned messages in the chat";
        Err(Refusal::bad_request(words))
    }
}
