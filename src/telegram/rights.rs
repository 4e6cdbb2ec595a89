//! Whether somebody administers a group, by Telegram's word.
//!
//! Only configuration asks for it: the person who set the group up may not be known to the desk
//! yet. A lookup costs a round trip, so its answer is kept for a moment.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use actors::domain::{ChatId, PersonId};
use actors::inbound::{Ask, Button, Inbound, Place, Sender, What};
use actors::ports::Clock;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::client::Client;

/// How long an answer is kept: a panel of buttons takes several presses, and who was dismissed may
/// go on for no longer than that.
const KEPT_FOR: TimeDelta = TimeDelta::seconds(60);

/// How many answers are kept: people who configure groups at the same moment are few.
const KEPT_LIMIT: usize = 1_024;

/// How long a lookup may take: a person waits.
const LOOKUP_TIMEOUT: Duration = Duration::from_secs(5);

/// Finds out who administers a group.
pub(super) struct Rights {
    client: Arc<Client>,
    clock: Arc<dyn Clock>,
    kept: Mutex<HashMap<(ChatId, PersonId), Kept>>,
}

#[derive(Clone, Copy)]
struct Kept {
    administrator: bool,
    at: DateTime<Utc>,
}

impl Kept {
    /// A clock that was set back makes answers old, not eternal.
    fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        (TimeDelta::zero()..KEPT_FOR).contains(&now.signed_duration_since(self.at))
    }
}

impl Rights {
    pub(super) fn new(client: Arc<Client>, clock: Arc<dyn Clock>) -> Self {
        Self {
            client,
            clock,
            kept: Mutex::default(),
        }
    }

    /// Notes whether the sender administers the group, where that matters.
    pub(super) async fn fill_in(&self, inbound: &mut Inbound) {
        let Place::Group { chat, .. } = inbound.place else {
            return;
        };
        if !matters(&inbound.what) {
            return;
        }
        if let Sender::Person {
            person,
            administrator,
        } = &mut inbound.sender
        {
            *administrator = self.is_administrator(chat, person.id).await;
        }
    }

    async fn is_administrator(&self, chat: ChatId, person: PersonId) -> bool {
        let now = self.clock.now();
        if let Some(kept) = self.kept(chat, person, now) {
            return kept;
        }
        let ask = GetChatMember {
            chat_id: chat,
            user_id: person,
        };
        let timeout = LOOKUP_TIMEOUT.min(self.client.timeouts().call);
        let member: Result<Member, _> = self.client.call("getChatMember", &ask, timeout).await;
        match member {
            Ok(member) => {
                let administrator = matches!(member.status.as_str(), "creator" | "administrator");
                self.keep(
                    chat,
                    person,
                    Kept {
                        administrator,
                        at: now,
                    },
                );
                administrator
            }
            Err(error) => {
                tracing::warn!(%chat, %person, %error, "rights could not be looked up: taken as none");
                false
            }
        }
    }

    fn kept(&self, chat: ChatId, person: PersonId, now: DateTime<Utc>) -> Option<bool> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&(chat, person))
            .filter(|kept| kept.is_fresh(now))
            .map(|kept| kept.administrator)
    }

    fn keep(&self, chat: ChatId, person: PersonId, answer: Kept) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT_LIMIT {
            kept.retain(|_, kept| kept.is_fresh(answer.at));
        }
        if kept.len() < KEPT_LIMIT {
            kept.insert((chat, person), answer);
        }
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
}

fn matters(what: &What) -> bool {
    matches!(
        what,
        What::Ask {
            ask: Ask::Departments | Ask::Settings | Ask::Managers,
            ..
        } | What::Press {
            button: Button::Configure { .. },
            ..
        }
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
