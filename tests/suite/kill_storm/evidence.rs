//! What is left after a storm: what people said and were told, and what the store knows of it.

use std::fmt;
use std::sync::Arc;

use actors::domain::id::MessageRef;
use actors::domain::{
    ChatId, GroupConfig, Incident, IncidentId, MessageId, PersonId, Recorded, Says,
};
use actors::ports::Store;
use deskbell::playground::World as Telegram;
use serde_json::Value;

use super::people::{Crowd, Site};
use crate::street::Street;

/// How a message says that an earlier one may have arrived.
pub(super) const REPEAT: &str = "(repeat)";

/// Everything that the checker judges by.
#[derive(Debug, Clone, Default)]
pub(super) struct Evidence {
    /// How often the desk was killed.
    pub(super) kills: usize,
    /// The messages that were to become incidents.
    pub(super) reports: Vec<MessageRef>,
    /// What was said once with `/comment`, and in which group.
    pub(super) remarks: Vec<(ChatId, String)>,
    /// Who was told "is yours", of which number in which group.
    pub(super) promises: Vec<(ChatId, i64, PersonId)>,
    /// The incidents as stored.
    pub(super) incidents: Vec<Filed>,
    /// Everything new that the bot has posted.
    pub(super) posts: Vec<Post>,
    /// Rows that still wait.
    pub(super) unfinished: i64,
    /// Rows that were given up, other than chatter.
    pub(super) given_up: Vec<String>,
    /// Chatter that a crash cut short: it may have arrived.
    pub(super) chatter_given_up: Vec<String>,
    /// Updates that were set aside.
    pub(super) set_aside: i64,
}

/// An incident, and what the chat shows of it.
#[derive(Debug, Clone)]
pub(super) struct Filed {
    pub(super) incident: Incident,
    pub(super) events: Vec<Recorded>,
    pub(super) card: Option<Shown>,
    /// The group as it is now.
    pub(super) group: GroupConfig,
    /// What was said about it and has arrived: to whom it was addressed, and what.
    pub(super) heard: Vec<(Option<PersonId>, Says)>,
}

/// A card as people see it.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) pinned: bool,
}

/// A message of the bot, as it was when it came.
#[derive(Debug, Clone)]
pub(super) struct Post {
    pub(super) at: MessageRef,
    pub(super) text: String,
    /// Whether the desk knows that it arrived.
    pub(super) known: bool,
    /// In which life of the desk it was sent.
    pub(super) life: usize,
}

impl Post {
    /// Whether it says that an earlier one may have arrived.
    pub(super) fn is_marked(&self) -> bool {
        self.text.contains(REPEAT)
    }
}

/// Gathers it all, while no desk runs.
pub(super) async fn gather(street: &Street, crowd: &Crowd, kills: usize) -> Evidence {
    let telegram = &street.telegram;
    let store = street.store().await;
    let sites = || crowd.sites.iter();
    Evidence {
        kills,
        reports: sites().flat_map(reports).collect(),
        remarks: sites().filter_map(remark).collect(),
        promises: sites().flat_map(|site| promises(telegram, site)).collect(),
        incidents: incidents(street, &store).await,
        posts: posts(telegram, &store).await,
        unfinished: street
            .number("SELECT COUNT(*) FROM outbox WHERE state IN ('pending', 'sending')")
            .await,
        given_up: street
            .words(
                "SELECT says || ' ' || COALESCE(reason, '') FROM outbox \
                 WHERE state = 'dead' AND class <> 'chatter'",
            )
            .await,
        chatter_given_up: street
            .words(
                "SELECT says || ' ' || COALESCE(reason, '') FROM outbox \
                 WHERE state = 'dead' AND class = 'chatter'",
            )
            .await,
        set_aside: street
            .number("SELECT COUNT(*) FROM updates_set_aside")
            .await,
    }
}

fn reports(site: &Site) -> impl Iterator<Item = MessageRef> {
    let chat = ChatId(site.chat.0);
    site.reports.iter().map(move |message| MessageRef {
        chat,
        message: MessageId(message.0),
    })
}

fn remark(site: &Site) -> Option<(ChatId, String)> {
    Some((ChatId(site.chat.0), site.remark.clone()?))
}

pub(super) fn promises(telegram: &Telegram, site: &Site) -> Vec<(ChatId, i64, PersonId)> {
    let toasts = site.claims.iter().filter_map(|(person, press)| {
        let text = telegram.toast_now(*press)?.text;
        Some((*person, text.strip_suffix(" is yours")?.to_owned()))
    });
    toasts
        .map(|(person, number)| {
            let number = number.trim_start_matches(|it: char| !it.is_ascii_digit());
            (
                ChatId(site.chat.0),
                number.parse().unwrap(),
                PersonId(person.0),
            )
        })
        .collect()
}

/// What the desk says of itself to have delivered about incidents.
const LETTERS: &str = "SELECT incident_id, person_id, chat_id, message_id, says FROM outbox \
    WHERE state = 'sent' AND incident_id IS NOT NULL AND message_id IS NOT NULL";

#[derive(sqlx::FromRow)]
struct RowOfLetter {
    incident_id: i64,
    person_id: Option<i64>,
    chat_id: i64,
    message_id: i64,
    says: String,
}

impl RowOfLetter {
    /// Whether it is where the desk says.
    fn arrived(&self, telegram: &Telegram) -> bool {
        let chat = deskbell::playground::ChatId(self.chat_id);
        let message = deskbell::playground::MessageId(self.message_id);
        telegram.message(chat, message).is_some()
    }

    fn meaning(&self) -> (Option<PersonId>, Says) {
        let says = serde_json::from_str(&self.says).unwrap();
        (self.person_id.map(PersonId), says)
    }
}

async fn incidents(street: &Street, store: &Arc<dyn Store>) -> Vec<Filed> {
    let newest = street
        .number("SELECT COALESCE(MAX(id), 0) FROM incidents")
        .await;
    let letters: Vec<RowOfLetter> = street.rows(LETTERS).await;
    let mut filed = Vec::new();
    for id in (1..=newest).map(IncidentId) {
        let Some(incident) = store.incident(id).await.unwrap() else {
            continue;
        };
        let shown = store.card(id).await.unwrap().and_then(|card| {
            let chat = deskbell::playground::ChatId(card.message.chat.0);
            let message = deskbell::playground::MessageId(card.message.message.0);
            street.telegram.message(chat, message)
        });
        let group = store.group(incident.identity.group).await.unwrap();
        let letters = letters.iter().filter(|letter| letter.incident_id == id.0);
        filed.push(Filed {
            group: group.unwrap(),
            heard: letters
                .filter(|letter| letter.arrived(&street.telegram))
                .map(RowOfLetter::meaning)
                .collect(),
            events: store.events(id).await.unwrap(),
            card: shown.map(|shown| Shown {
                text: shown.text,
                pinned: shown.pinned,
            }),
            incident,
        });
    }
    filed
}

/// Whatever the bot sent and Telegram took, whether the desk heard of that or not.
async fn posts(telegram: &Telegram, store: &Arc<dyn Store>) -> Vec<Post> {
    let mut posts = Vec::new();
    let mut life = 0;
    for call in telegram.calls() {
        // Every desk begins with asking who it is.
        if call.method == "getMe" {
            life += 1;
        }
        let sent = call.method.starts_with("send") && call.status == 200;
        let message = call
            .answer
            .pointer("/result/message_id")
            .and_then(Value::as_i64);
        let chat = call
            .answer
            .pointer("/result/chat/id")
            .and_then(Value::as_i64);
        let (true, Some(chat), Some(message)) = (sent, chat, message) else {
            continue;
        };
        let at = MessageRef {
            chat: ChatId(chat),
            message: MessageId(message),
        };
        let words = call
            .parameters
            .get("text")
            .or_else(|| call.parameters.get("caption"));
        posts.push(Post {
            at,
            text: words.and_then(Value::as_str).unwrap_or_default().to_owned(),
            known: store.said_in(at).await.unwrap().is_some(),
            life,
        });
    }
    posts
}

impl fmt::Display for Evidence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let twice = self.posts.iter().filter(|post| !post.known).count();
        let mean = twice as f64 / self.kills.max(1) as f64;
        write!(
            formatter,
            "kills {}, reports {}, incidents {}, promises {}, posts {}, repeated {twice} \
             ({mean:.2} a kill), chatter cut short {}",
            self.kills,
            self.reports.len(),
            self.incidents.len(),
            self.promises.len(),
            self.posts.len(),
            self.chatter_given_up.len(),
        )
    }
}
