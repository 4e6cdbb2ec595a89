//! The people most conversations are about, and what they do before a conversation begins.

use actors::domain::{GroupConfig, Incident, IncidentNumber};
use deskbell::playground::{ChatId, Content, MessageId, MessageView, PersonId};

use crate::world::World;

/// Northgate Yard: Mari runs it, Jaan works there, Olga reports. Only Mari has started the bot.
pub(crate) struct Yard {
    pub(crate) chat: ChatId,
    pub(crate) mari: PersonId,
    pub(crate) jaan: PersonId,
    pub(crate) olga: PersonId,
}

impl Yard {
    /// The yard, with the bot in it.
    pub(crate) async fn open(world: &World) -> Self {
        Self::with(world, &[]).await
    }

    /// The yard, with others in it as well.
    pub(crate) async fn with(world: &World, others: &[PersonId]) -> Self {
        let telegram = &world.telegram;
        let mari = telegram.person("Mari").username("mari").add();
        let jaan = telegram.person("Jaan").username("jaan").add();
        let olga = telegram.person("Olga").add();
        let mut people = vec![mari, jaan, olga];
        people.extend(others);
        let chat = world.group("Northgate Yard", &people).await;
        world.start(mari).await;
        Self {
            chat,
            mari,
            jaan,
            olga,
        }
    }

    /// Olga reports something; answers with its card.
    pub(crate) async fn report(&self, world: &World, text: &str) -> MessageId {
        let told = format!("/new_issue {text}");
        let said = world.say(self.chat, self.olga, &told).await;
        let messages = world.telegram.messages(self.chat);
        let card = messages
            .iter()
            .find(|it| it.from_bot && it.reply_to == Some(said));
        card.unwrap_or_else(|| panic!("no card:\n{}", world.telegram.scene()))
            .id
    }

    /// Olga reports something to Maintenance; answers with its card.
    pub(crate) async fn waiting(&self, world: &World) -> MessageId {
        let card = self.report(world, "Truck 14 is stuck at gate B").await;
        world
            .press(self.olga, self.chat, card, "Choose department")
            .await;
        world.press(self.olga, self.chat, card, "Maintenance").await;
        card
    }

    /// Jaan has claimed what Olga reported; answers with its card.
    pub(crate) async fn claimed(&self, world: &World) -> MessageId {
        let card = self.waiting(world).await;
        world.press(self.jaan, self.chat, card, "Claim").await;
        card
    }

    /// Jaan has resolved what Olga reported; answers with its card.
    pub(crate) async fn resolved(&self, world: &World) -> MessageId {
        let card = self.claimed(world).await;
        world.press(self.jaan, self.chat, card, "Resolve").await;
        let prompt = world.said(self.chat, "how was");
        world
            .reply(self.chat, self.jaan, prompt.id, "Oiled the hinge")
            .await;
        card
    }

    /// The card as it reads now.
    pub(crate) fn see(&self, world: &World, card: MessageId) -> MessageView {
        world.telegram.message(self.chat, card).unwrap()
    }
}

impl World {
    /// The person opens the bot and presses Start.
    pub(crate) async fn start(&self, person: PersonId) -> ChatId {
        let chat = self.telegram.start_bot(person);
        self.settle().await;
        chat
    }

    /// These people join a department of a group.
    pub(crate) async fn enrol(&self, chat: ChatId, people: &[PersonId], department: &str) {
        let asked = self.say(chat, people[0], "/join").await;
        let answer = self.answer(chat, asked);
        for person in people {
            let label = format!("Join {department}");
            self.press(*person, chat, answer.id, &label).await;
        }
    }

    /// A manager makes somebody a dispatcher.
    pub(crate) async fn make_dispatcher(&self, chat: ChatId, manager: PersonId, username: &str) {
        let asked = self.say(chat, manager, "/managers").await;
        let panel = self.answer(chat, asked).id;
        self.press(manager, chat, panel, "+ Dispatcher").await;
        let prompt = self.said(chat, "who shall be a dispatcher");
        self.reply(chat, manager, prompt.id, username).await;
    }

    /// What the bot answered to a message.
    pub(crate) fn answer(&self, chat: ChatId, to: MessageId) -> MessageView {
        self.answers(chat, to).pop().unwrap_or_else(|| {
            panic!("no answer to #{to}:\n{}", self.telegram.scene());
        })
    }

    /// All that the bot answered to a message.
    pub(crate) fn answers(&self, chat: ChatId, to: MessageId) -> Vec<MessageView> {
        let mut messages = self.telegram.messages(chat);
        messages.retain(|message| message.from_bot && message.reply_to == Some(to));
        messages
    }

    /// How many messages of the bot contain these words.
    pub(crate) fn times_said(&self, chat: ChatId, words: &str) -> usize {
        let messages = self.telegram.messages(chat);
        let said = messages
            .iter()
            .filter(|it| it.from_bot && it.text.contains(words));
        said.count()
    }

    /// What a button sends.
    pub(crate) fn data(&self, chat: ChatId, message: MessageId, words: &str) -> String {
        let view = self.telegram.message(chat, message).unwrap();
        let mut buttons = view.buttons.into_iter().flatten();
        let button = buttons.find(|button| button.label.contains(words)).unwrap();
        button.data.unwrap()
    }

    /// Presses with the data of a button that may be gone; answers with the toast.
    pub(crate) async fn press_old(
        &self,
        person: PersonId,
        chat: ChatId,
        message: MessageId,
        data: &str,
    ) -> String {
        let press = self.telegram.press_data(chat, person, message, data);
        let toast = self.telegram.toast(press).await.unwrap();
        self.settle().await;
        toast.text
    }

    /// How often the bot has called `editMessageText` on this message, as often as that changed
    /// anything or not.
    pub(crate) fn edits(&self, message: MessageId) -> usize {
        let calls = self.telegram.calls();
        let edits = calls.iter().filter(|call| {
            call.method == "editMessageText" && call.parameters["message_id"] == message.0
        });
        edits.count()
    }

    /// What the desk keeps about a group.
    pub(crate) async fn config(&self, chat: ChatId) -> GroupConfig {
        let chat = actors::domain::ChatId(chat.0);
        self.store().group_of_chat(chat).await.unwrap().unwrap()
    }

    /// An incident as it is stored.
    pub(crate) async fn incident(&self, chat: ChatId, number: i64) -> Incident {
        let company = self.config(chat).await.company;
        let number = IncidentNumber(number);
        let found = self.store().incident_numbered(company, number).await;
        found.unwrap().unwrap()
    }
}

impl World {
    /// The file of a message, as whoever takes it away has it.
    pub(crate) async fn document(&self, message: &MessageView) -> Vec<u8> {
        let Content::Document { file, .. } = &message.content else {
            panic!("no file: {message:?}");
        };
        let bot = self.bot_url();
        let (api, token) = bot.split_once("/bot").unwrap();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let asked = http.get(format!("{api}/file/bot{token}/files/{file}"));
        let answer = asked.send().await.unwrap().error_for_status().unwrap();
        answer.bytes().await.unwrap().to_vec()
    }
}
