//! What somebody is in a group, by Telegram's word: whether they are in it, and administer it.
//!
//! A button stays on a screen when its group does not, and anybody may press in a public group. So
//! a press asks who presses. Configuration asks as well whether they administer the group: the
//! person who set it up may not be known to the desk yet. A lookup costs a round trip, so its
//! answer is kept for a moment.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use actors::domain::{ChatId, PersonId};
use actors::inbound::{Ask, Inbound, Place, Sender, What};
use actors::ports::{Clock, Roll};
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::client::Client;

/// How long an answer is kept: a panel of buttons takes several presses, and who was dismissed may
/// go on for no longer than that.
const KEPT_FOR: TimeDelta = TimeDelta::seconds(60);

/// How many answers are kept: people who press buttons within the same minute.
const KEPT_LIMIT: usize = 4_096;

/// How long a lookup may take: a person waits, and so does what came in the same batch.
const LOOKUP_TIMEOUT: Duration = Duration::from_secs(2);

/// Finds out what people are in groups.
pub struct Rights {
    client: Arc<Client>,
    clock: Arc<dyn Clock>,
    kept: Mutex<HashMap<(ChatId, PersonId), Kept>>,
}

/// What somebody is in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Standing {
    present: bool,
    administrator: bool,
}

#[derive(Clone, Copy)]
struct Kept {
    standing: Standing,
    at: DateTime<Utc>,
}

impl Kept {
    /// A clock that was set back makes answers old, not eternal.
    fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        (TimeDelta::zero()..KEPT_FOR).contains(&now.signed_duration_since(self.at))
    }
}

impl Rights {
    /// Asks through that line.
    #[must_use]
    pub fn new(client: Arc<Client>, clock: Arc<dyn Clock>) -> Self {
        Self {
            client,
            clock,
            kept: Mutex::default(),
        }
    }

    /// Notes what the sender is in the group, where that matters.
    pub(super) async fn fill_in(&self, inbound: &mut Inbound) {
        let Place::Group { chat, .. } = inbound.place else {
            return;
        };
        if let What::Left { person } = inbound.what {
            self.kept().remove(&(chat, person));
        }
        if !matters(&inbound.what) {
            return;
        }
        if let Sender::Person {
            person,
            administrator,
            present,
        } = &mut inbound.sender
        {
            let standing = self.standing(chat, person.id).await;
            *administrator = standing.is_some_and(|standing| standing.administrator);
            *present = standing.map(|standing| standing.present);
        }
    }

    /// What somebody is in a group; `None` where Telegram does not say, as it may where the bot
    /// administers nothing.
    async fn standing(&self, chat: ChatId, person: PersonId) -> Option<Standing> {
        let now = self.clock.now();
        let known = self.kept().get(&(chat, person)).copied();
        if let Some(kept) = known.filter(|kept| kept.is_fresh(now)) {
            return Some(kept.standing);
        }
        let ask = GetChatMember {
            chat_id: chat,
            user_id: person,
        };
        let timeout = LOOKUP_TIMEOUT.min(self.client.timeouts().call);
        let member: Result<Member, _> = self.client.call("getChatMember", &ask, timeout).await;
        match member {
            Ok(member) => {
                let standing = member.standing();
                self.keep(chat, person, standing, now);
                Some(standing)
            }
            Err(error) => {
                tracing::info!(%chat, %person, %error, "what somebody is in a group is not known");
                None
            }
        }
    }

    /// Who is absent is asked about again: they may be let in at any moment, and then wait.
    fn keep(&self, chat: ChatId, person: PersonId, standing: Standing, at: DateTime<Utc>) {
        let mut kept = self.kept();
        if kept.len() >= KEPT_LIMIT {
            kept.retain(|_, kept| kept.is_fresh(at));
        }
        if standing.present && kept.len() < KEPT_LIMIT {
            kept.insert((chat, person), Kept { standing, at });
        } else {
            kept.remove(&(chat, person));
        }
    }

    /// Answers stay answers, whatever thread panicked while it held them.
    fn kept(&self) -> MutexGuard<'_, HashMap<(ChatId, PersonId), Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Roll for Rights {
    async fn is_in(&self, chat: ChatId, person: PersonId) -> Option<bool> {
        let standing = self.standing(chat, person).await;
        standing.map(|standing| standing.present)
    }
}

#[derive(Serialize)]
struct GetChatMember {
    chat_id: ChatId,
    user_id: PersonId,
}

#[derive(Deserialize)]
struct Member {
    status: String,
    /// Of somebody restricted only: they may have left.
    is_member: Option<bool>,
}

impl Member {
    fn standing(&self) -> Standing {
        let administrator = matches!(self.status.as_str(), "creator" | "administrator");
        let absent = match self.status.as_str() {
            "left" | "kicked" => true,
            "restricted" => self.is_member != Some(true),
            _ => false,
        };
        Standing {
            present: !absent,
            administrator,
        }
    }
}

fn matters(what: &What) -> bool {
    matches!(
        what,
        What::Ask {
            ask: Ask::Departments | Ask::Settings | Ask::Managers,
            ..
        } | What::Press { .. }
    )
}

#[cfg(test)]
mod tests {
    use actors::domain::{Person, UpdateId};
    use actors::inbound::Message;
    use serde_json::json;

    use super::*;
    use crate::telegram::testing::{Reply, StoppedClock, Stub};

    fn asked(ask: Ask) -> Inbound {
        Inbound {
            update: UpdateId(1),
            at: DateTime::UNIX_EPOCH,
            sender: Sender::Person {
                person: Person::unknown(PersonId(42)),
                administrator: false,
                present: None,
            },
            place: Place::Group {
                chat: ChatId(-1007),
                title: "Hotel".into(),
                thread: None,
            },
            what: What::Ask {
                ask,
                message: Message {
                    id: actors::domain::MessageId(3),
                    text: String::new(),
                    photo: None,
                    album: None,
                    reply_to: None,
                    named: Vec::new(),
                },
            },
        }
    }

    #[tokio::test]
    async fn rights_are_looked_up_where_they_matter_and_kept_for_a_moment() {
        let clock = StoppedClock::new();
        let (stub, client) = Stub::start(clock.clone()).await;
        let rights = Rights::new(client, clock.clone());
        stub.will(
            "getChatMember",
            [
                Reply::Good(json!({"status": "creator", "user": {"id": 42}})),
                Reply::Good(json!({"status": "member", "user": {"id": 42}})),
                Reply::fault(400, "Bad Request: chat not found"),
            ],
        );
        for (ask, seconds_later, expected, calls) in [
            (Ask::My, 0, false, 0),
            (Ask::Settings, 0, true, 1),
            (Ask::Managers, 59, true, 1),
            (Ask::Departments, 2, false, 2),
            (Ask::Settings, 61, false, 3),
        ] {
            clock.advance(TimeDelta::seconds(seconds_later));
            let mut inbound = asked(ask.clone());
            rights.fill_in(&mut inbound).await;
            assert_eq!(inbound.sender.is_administrator(), expected, "{ask:?}");
            assert_eq!(stub.calls("getChatMember").len(), calls, "{ask:?}");
        }
        let lookup = stub.calls("getChatMember").remove(0);
        assert_eq!(lookup, json!({"chat_id": -1007, "user_id": 42}));
    }

    fn pressed(person: i64) -> Inbound {
        let mut inbound = asked(Ask::My);
        inbound.sender = Sender::Person {
            person: Person::unknown(PersonId(person)),
            administrator: false,
            present: None,
        };
        inbound.what = What::Press {
            button: actors::inbound::Button::ForgetMe,
            on: actors::domain::MessageId(3),
        };
        inbound
    }

    fn present(inbound: &Inbound) -> Option<bool> {
        match inbound.sender {
            Sender::Person { present, .. } => present,
            Sender::Anonymous => None,
        }
    }

    #[tokio::test]
    async fn who_presses_is_looked_up_again_within_a_minute_and_at_once_where_they_were_gone() {
        let clock = StoppedClock::new();
        let (stub, client) = Stub::start(clock.clone()).await;
        let rights = Rights::new(client, clock.clone());
        let member = |status: &str, more: serde_json::Value| {
            let mut member = json!({"status": status, "user": {"id": 42}});
            if let Some(is_member) = more.as_bool() {
                member["is_member"] = json!(is_member);
            }
            Reply::Good(member)
        };
        stub.will(
            "getChatMember",
            [
                member("member", json!(null)),
                member("left", json!(null)),
                member("restricted", json!(true)),
                member("restricted", json!(false)),
                member("kicked", json!(null)),
                Reply::fault(400, "Bad Request: CHAT_ADMIN_REQUIRED"),
            ],
        );
        for (seconds_later, expected, calls) in [
            (0, Some(true), 1),
            (59, Some(true), 1),
            (1, Some(false), 2),
            (0, Some(true), 3),
            (60, Some(false), 4),
            (0, Some(false), 5),
            (0, None, 6),
        ] {
            clock.advance(TimeDelta::seconds(seconds_later));
            let mut inbound = pressed(42);
            rights.fill_in(&mut inbound).await;
            assert_eq!(present(&inbound), expected);
            assert_eq!(stub.calls("getChatMember").len(), calls);
        }
    }

    #[tokio::test]
    async fn whoever_leaves_is_looked_up_anew() {
        let clock = StoppedClock::new();
        let (stub, client) = Stub::start(clock.clone()).await;
        let rights = Rights::new(client, clock.clone());
        let member = |status| Reply::Good(json!({"status": status, "user": {"id": 42}}));
        stub.will("getChatMember", [member("member"), member("left")]);
        rights.fill_in(&mut pressed(42)).await;
        let mut left = pressed(7);
        left.what = What::Left {
            person: PersonId(42),
        };
        rights.fill_in(&mut left).await;
        assert_eq!(rights.is_in(ChatId(-1007), PersonId(42)).await, Some(false));
    }

    #[tokio::test]
    async fn who_posts_as_the_group_is_never_looked_up() {
        let clock = StoppedClock::new();
        let (stub, client) = Stub::start(clock.clone()).await;
        let mut inbound = asked(Ask::Settings);
        inbound.sender = Sender::Anonymous;
        Rights::new(client, clock).fill_in(&mut inbound).await;
        assert!(!inbound.sender.is_administrator());
        assert!(stub.all_calls().is_empty());
    }
}
