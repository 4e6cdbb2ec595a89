//! What a test looks at.

use std::sync::atomic::Ordering;

use serde_json::Value;

use super::super::handle::World;
use super::super::view::MessageView;
use super::super::world::{Call, ChatId, Content, MessageId, PressId, Violation};

/// Looking.
impl World {
    /// Everything in a chat, oldest first.
    pub fn messages(&self, chat: ChatId) -> Vec<MessageView> {
        self.look(|state| state.views(chat))
    }

    /// One message.
    pub fn message(&self, chat: ChatId, id: MessageId) -> Option<MessageView> {
        self.look(|state| state.message(chat, id).map(|message| state.view(message)))
    }

    /// The newest message of the bot that is no service message.
    pub fn last_from_bot(&self, chat: ChatId) -> Option<MessageView> {
        self.messages(chat)
            .into_iter()
            .rfind(|message| message.from_bot && !matches!(message.content, Content::Service(_)))
    }

    /// What is pinned, in the order it was pinned.
    pub fn pinned(&self, chat: ChatId) -> Vec<MessageView> {
        self.look(|state| {
            let pins = state
                .chats
                .get(&chat)
                .into_iter()
                .flat_map(|chat| &chat.pins);
            pins.filter_map(|id| state.message(chat, *id))
                .map(|one| state.view(one))
                .collect()
        })
    }

    /// A chat as text.
    pub fn transcript(&self, chat: ChatId) -> String {
        self.look(|state| state.transcript(chat))
    }

    /// Every call the bot made.
    pub fn calls(&self) -> Vec<Call> {
        self.look(|state| state.audit.calls())
    }

    /// The calls that came after so many, by [`Self::call_count`].
    pub fn calls_since(&self, count: u64) -> Vec<Call> {
        self.look(|state| state.audit.calls_since(count))
    }

    /// How many calls the bot has made so far, without copying them.
    pub fn call_count(&self) -> u64 {
        self.look(|state| state.audit.made())
    }

    /// Calls that wait for their answer, long polls aside.
    pub fn calls_under_way(&self) -> usize {
        self.under_way().load(Ordering::SeqCst)
    }

    /// Every rule the bot broke.
    pub fn violations(&self) -> Vec<Violation> {
        self.look(|state| state.violations())
    }

    /// Presses the bot has not answered yet, in time or not.
    pub fn unanswered_presses(&self) -> Vec<PressId> {
        self.look(|state| {
            let open = state
                .presses
                .iter()
                .filter(|(_, press)| press.answer.is_none());
            open.map(|(id, _)| *id).collect()
        })
    }

    /// The offset after all that the bot has confirmed.
    pub fn confirmed_offset(&self) -> i64 {
        self.look(|state| state.queue.confirmed_offset())
    }

    /// How many updates the bot has not confirmed, without copying them.
    pub fn pending_count(&self) -> usize {
        self.look(|state| state.queue.len())
    }

    /// Updates the bot has not confirmed.
    pub fn pending_updates(&self) -> Vec<Value> {
        self.look(|state| state.queue.pending())
    }
}
