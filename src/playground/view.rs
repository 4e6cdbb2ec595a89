//! What a test sees of a chat.

use std::fmt::Write as _;

use super::formatted::Entity;
use super::world::{
    BOT, Button, ChatId, ChatKind, Content, ForceReply, Message, MessageId, PersonId, Service,
    State, ThreadId,
};

/// A message as a member of the chat sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageView {
    /// Its number in the chat.
    pub id: MessageId,
    /// Who wrote it.
    pub sender: PersonId,
    /// The sender's first name.
    pub name: String,
    /// Whether the bot wrote it.
    pub from_bot: bool,
    /// Text or caption, or what Telegram says for a service message.
    pub text: String,
    /// What is bold, what is a link...
    pub entities: Vec<Entity>,
    /// What it is.
    pub content: Content,
    /// Inline buttons by row.
    pub buttons: Vec<Vec<Button>>,
    /// The prompt, if it is one.
    pub force_reply: Option<ForceReply>,
    /// Whether it is pinned now.
    pub pinned: bool,
    /// What it answers.
    pub reply_to: Option<MessageId>,
    /// Its forum topic.
    pub thread: Option<ThreadId>,
    /// The album it belongs to.
    pub album: Option<String>,
    /// How often it was edited.
    pub edits: u32,
    /// Sent without a sound.
    pub silent: bool,
}

impl MessageView {
    /// Labels of all buttons, row after row.
    pub fn labels(&self) -> Vec<&str> {
        self.buttons
            .iter()
            .flatten()
            .map(|button| button.label.as_str())
            .collect()
    }

    /// The button with this label.
    pub fn button(&self, label: &str) -> Option<&Button> {
        self.buttons
            .iter()
            .flatten()
            .find(|button| button.label == label)
    }
}

impl State {
    pub(super) fn view(&self, message: &Message) -> MessageView {
        let words = message.words().cloned().unwrap_or_default();
        let text = match &message.content {
            Content::Service(service) => self.service_words(message, service),
            _ => words.text,
        };
        let chat = self.chats.get(&message.chat);
        MessageView {
            id: message.id,
            sender: message.sender,
            name: self.name(message.sender),
            from_bot: message.sender == BOT,
            text,
            entities: words.entities,
            content: message.content.clone(),
            buttons: message.keyboard.clone(),
            force_reply: message.force_reply.clone(),
            pinned: chat.is_some_and(|chat| chat.pins.contains(&message.id)),
            reply_to: message.reply_to,
            thread: message.thread,
            album: message.album.clone(),
            edits: message.edits,
            silent: message.silent,
        }
    }

    pub(super) fn views(&self, chat: ChatId) -> Vec<MessageView> {
        let messages = self
            .chats
            .get(&chat)
            .into_iter()
            .flat_map(|chat| chat.messages.values());
        messages.map(|message| self.view(message)).collect()
    }

    pub(super) fn name(&self, person: PersonId) -> String {
        self.people
            .get(&person)
            .map_or_else(String::new, |person| person.first_name.clone())
    }

    /// A service message in words, as clients show it.
    pub(super) fn service_words(&self, message: &Message, service: &Service) -> String {
        let by = self.name(message.sender);
        match service {
            Service::Pinned(id) => {
                let pinned = self.message(message.chat, *id).and_then(Message::words);
                let line = pinned
                    .and_then(|words| words.text.lines().next())
                    .unwrap_or("a message");
                format!("{by} pinned «{line}»")
            }
            Service::Joined(people) if people.contains(&message.sender) => {
                format!("{by} joined the group")
            }
            Service::Joined(people) => {
                let names: Vec<String> = people.iter().map(|person| self.name(*person)).collect();
                format!("{by} added {}", names.join(", "))
            }
            Service::Left(person) if *person == message.sender => format!("{by} left the group"),
            Service::Left(person) => format!("{by} removed {}", self.name(*person)),
            Service::MigratedTo(_) => "This group was upgraded to a supergroup".to_owned(),
            Service::MigratedFrom(_) => "This supergroup was a group".to_owned(),
            Service::TopicCreated(name) => format!("{by} opened the topic «{name}»"),
            Service::TopicClosed => format!("{by} closed the topic"),
        }
    }

    /// The name a chat goes by.
    pub(super) fn chat_title(&self, chat: ChatId) -> String {
        match self.chats.get(&chat) {
            Some(known) if known.kind == ChatKind::Private => {
                format!("{} and the bot", self.name(PersonId(chat.0)))
            }
            Some(known) => known.title.clone(),
            None => format!("chat {chat}"),
        }
    }

    /// The whole chat as text, for people who read failing tests.
    pub(super) fn transcript(&self, chat: ChatId) -> String {
        let mut out = format!("== {} ({chat})\n", self.chat_title(chat));
        for message in self.views(chat) {
            let reply = message
                .reply_to
                .map(|id| format!(" (to #{id})"))
                .unwrap_or_default();
            let marks = [
                (message.edits > 0, " [edited]"),
                (message.pinned, " [pinned]"),
            ];
            let marks: String = marks
                .iter()
                .filter(|(on, _)| *on)
                .map(|(_, mark)| *mark)
                .collect();
            let text = message.text.replace('\n', "\n      ");
            // Writing to a string does not fail.
            let _ = writeln!(
                out,
                "#{} {}{reply}: {text}{marks}",
                message.id, message.name
            );
            for row in &message.buttons {
                let labels: Vec<String> = row
                    .iter()
                    .map(|button| format!("[{}]", button.label))
                    .collect();
                let _ = writeln!(out, "      {}", labels.join(" "));
            }
        }
        out
    }
}
