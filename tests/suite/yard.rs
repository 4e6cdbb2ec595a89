//! People and groups that several conversations begin with, and presses that need a few words more
//! than the harness has.

use actors::domain::GroupConfig;
use actors::ports::{Commit, Record};
use deskbell::playground::{ChatId, MessageId, MessageView, PersonId, Toast};

use crate::world::World;

/// A yard: Mari added the bot, Jaan and Olga work there. Mari and Jaan have usernames, Mari has
/// started the bot.
pub(crate) struct Yard {
    pub(crate) chat: ChatId,
    pub(crate) mari: PersonId,
    pub(crate) jaan: PersonId,
    pub(crate) olga: PersonId,
}

impl Yard {
    /// The yard, set up as it comes.
    pub(crate) async fn new(world: &World) -> Self {
        let (mari, jaan, olga) = people(world);
        let chat = world.group("Northgate Yard", &[mari, jaan, olga]).await;
        world.telegram.start_bot(mari);
        world.settle().await;
        Self {
            chat,
            mari,
            jaan,
            olga,
        }
    }

    /// The set-up message.
    pub(crate) fn set_up(&self, world: &World) -> MessageView {
        world.said(self.chat, "I am the incident desk of this group")
    }

    /// What the store knows of the group.
    pub(crate) async fn config(&self, world: &World) -> GroupConfig {
        config(world, self.chat).await
    }

    /// Reports something and gives it to a department; the number is the next.
    pub(crate) async fn incident(
        &self,
        world: &World,
        words: &str,
        number: &str,
        department: &str,
    ) -> MessageView {
        world
            .say(self.chat, self.mari, &format!("/new_issue {words}"))
            .await;
        let card = world.card(self.chat, number);
        world
            .press(self.mari, self.chat, card.id, "Choose department")
            .await;
        world.press(self.mari, self.chat, card.id, department).await;
        world.card(self.chat, number)
    }

    /// Opens a page of the configuration by a command and a button, as Mari.
    pub(crate) async fn page(&self, world: &World, command: &str, button: &str) -> MessageId {
        world.say(self.chat, self.mari, command).await;
        let page = world.telegram.last_from_bot(self.chat).unwrap().id;
        world.press(self.mari, self.chat, page, button).await;
        page
    }
}

/// Mari, Jaan and Olga, in no group yet.
pub(crate) fn people(world: &World) -> (PersonId, PersonId, PersonId) {
    let telegram = &world.telegram;
    let mari = telegram.person("Mari").username("mari").started().add();
    let jaan = telegram.person("Jaan").username("jaan").add();
    let olga = telegram.person("Olga").add();
    (mari, jaan, olga)
}

/// What the store knows of the group behind a chat.
pub(crate) async fn config(world: &World, chat: ChatId) -> GroupConfig {
    let chat = actors::domain::ChatId(chat.0);
    world.store().group_of_chat(chat).await.unwrap().unwrap()
}

/// A press with any data, answered.
pub(crate) async fn forge(
    world: &World,
    person: PersonId,
    chat: ChatId,
    message: MessageId,
    data: &str,
) -> Toast {
    let press = world.telegram.press_data(chat, person, message, data);
    let toast = world.telegram.toast(press).await.unwrap();
    world.settle().await;
    toast
}

/// Everything the bot ever said in a chat, as it stands now.
pub(crate) fn words(world: &World, chat: ChatId) -> String {
    let messages = world.telegram.messages(chat).into_iter();
    let spoken = messages.filter(|message| message.from_bot);
    spoken.map(|message| message.text + "\n").collect()
}

/// How many messages of the bot in a chat contain these words.
pub(crate) fn count(world: &World, chat: ChatId, words: &str) -> usize {
    let messages = world.telegram.messages(chat).into_iter();
    messages
        .filter(|message| message.from_bot && message.text.contains(words))
        .count()
}

/// Brings a group that has had no incident yet under the company of another.
pub(crate) async fn unite(world: &World, with: ChatId, group: ChatId) {
    let (with, group) = (config(world, with).await, config(world, group).await);
    let mut commit = Commit::new(world.telegram.now(), None);
    commit.records.push(Record::GroupJoins {
        group: group.id,
        own: group.company,
        company: with.company,
        by: with.managers[0],
    });
    world.store().commit(commit).await.unwrap();
}
