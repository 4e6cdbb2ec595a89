//! What somebody is in a group, by Telegram's word: whether they are in it, and administer it.
//!
//! A button stays on a screen when its group does not, and anybody may press in a public group. So
//! a press asks who presses. Configuration asks as well whether they administer the group: the
//! person who set it up may not be known to the desk yet. A lookup costs a round trip, so its
//! answer is kept: for a moment, or, where the bot administers the group and so is told who leaves,
//! until they do.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use actors::domain::{ChatId, PersonId};
use actors::inbound::{Ask, Button, Inbound, Place, Sender, What};
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

/// How long an answer is kept where Telegram tells who leaves: it is corrected at once then. It
/// does where the bot administers the group (the update `chat_member` of the Bot API).
const KEPT_WHERE_TOLD: TimeDelta = TimeDelta::hours(12);

/// Finds out what people are in groups.
pub struct Rights {
    client: Arc<Client>,
    clock: Arc<dyn Clock>,
    me: PersonId,
    kept: Mutex<HashMap<(ChatId, PersonId), Kept>>,
    own: Mutex<HashMap<ChatId, Own>>,
    resting: Mutex<HashMap<ChatId, DateTime<Utc>>>,
}

/// What the bot itself is in a group; locked while that is asked, since all who press at the same
/// moment want to know.
type Own = Arc<tokio::sync::Mutex<Option<Kept>>>;

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
    fn is_younger(&self, age: TimeDelta, now: DateTime<Utc>) -> bool {
        (TimeDelta::zero()..age).contains(&now.signed_duration_since(self.at))
    }
}

/// What is to be known of whoever did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    /// Whether they are in the group.
    Presence,
    /// Whether they administer it, too.
    Administration,
}

impl Rights {
    /// Asks through that line, as the bot of that number.
    #[must_use]
    pub fn new(client: Arc<Client>, clock: Arc<dyn Clock>, me: PersonId) -> Self {
        Self {
            client,
            clock,
            me,
            kept: Mutex::default(),
            own: Mutex::default(),
            resting: Mutex::default(),
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
        let Some(need) = need(&inbound.what) else {
            return;
        };
        if let Sender::Person {
            person,
            administrator,
            present,
        } = &mut inbound.sender
        {
            let standing = self.standing(chat, person.id, need).await;
            *administrator = standing.is_some_and(|standing| standing.administrator);
            *present = standing.map(|standing| standing.present);
        }
    }

    /// What somebody is in a group; `None` where Telegram does not say, as it may where the bot
    /// administers nothing.
    async fn standing(&self, chat: ChatId, person: PersonId, need: Need) -> Option<Standing> {
        let now = self.clock.now();
        let known = self.kept().get(&(chat, person)).copied();
        if let Some(kept) = known
            && self.still_holds(chat, kept, need, now).await
        {
            return Some(kept.standing);
        }
        let standing = self.ask(chat, person, now).await?;
        self.keep(chat, person, standing, now);
        Some(standing)
    }

    /// Who leaves is told at once where the bot administers the group; what else people are there
    /// is asked again all the same.
    async fn still_holds(&self, chat: ChatId, kept: Kept, need: Need, now: DateTime<Utc>) -> bool {
        kept.is_younger(KEPT_FOR, now)
            || (need == Need::Presence
                && kept.is_younger(KEPT_WHERE_TOLD, now)
                && self.is_told_who_leaves(chat, now).await)
    }

    async fn is_told_who_leaves(&self, chat: ChatId, now: DateTime<Utc>) -> bool {
        let own = self.own_in(chat);
        let mut known = own.lock().await;
        if known.is_none_or(|kept| !kept.is_younger(KEPT_FOR, now)) {
            let asked = self.ask(chat, self.me, now).await;
            *known = asked.map(|standing| Kept { standing, at: now });
        }
        known.is_some_and(|kept| kept.standing.administrator)
    }

    fn own_in(&self, chat: ChatId) -> Own {
        let mut own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        if own.len() >= KEPT_LIMIT {
            own.clear();
        }
        Arc::clone(own.entry(chat).or_default())
    }

    /// Asks Telegram, unless it wants to be left alone with questions about that chat.
    async fn ask(&self, chat: ChatId, person: PersonId, now: DateTime<Utc>) -> Option<Standing> {
        if self.resting().get(&chat).is_some_and(|until| now < *until) {
            return None;
        }
        let ask = GetChatMember {
            chat_id: chat,
            user_id: person,
        };
        let member: Result<Member, _> = self
            .client
            .call("getChatMember", &ask, LOOKUP_TIMEOUT)
            .await;
        match member {
            Ok(member) => Some(member.standing()),
            Err(error) => {
                tracing::info!(%chat, %person, %error, "what somebody is in a group is not known");
                if let Some(rest) = error.fault().and_then(|fault| fault.retry_after) {
                    self.rest(chat, now, rest);
                }
                None
            }
        }
    }

    fn rest(&self, chat: ChatId, now: DateTime<Utc>, rest: Duration) {
        let mut resting = self.resting();
        if resting.len() >= KEPT_LIMIT {
            resting.retain(|_, until| now < *until);
        }
        let rest = TimeDelta::from_std(rest).unwrap_or(KEPT_WHERE_TOLD);
        resting.insert(chat, now + rest);
    }

    fn resting(&self) -> MutexGuard<'_, HashMap<ChatId, DateTime<Utc>>> {
        self.resting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who is absent is asked about again: they may be let in at any moment, and then wait.
    fn keep(&self, chat: ChatId, person: PersonId, standing: Standing, at: DateTime<Utc>) {
        let mut kept = self.kept();
        if kept.len() >= KEPT_LIMIT {
            kept.retain(|_, kept| kept.is_younger(KEPT_FOR, at));
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
        let standing = self.standing(chat, person, Need::Presence).await;
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

fn need(what: &What) -> Option<Need> {
    match what {
        What::Ask {
            ask: Ask::Departments | Ask::Settings | Ask::Managers,
            ..
        }
        | What::Press {
            button: Button::Configure { .. },
            ..
        } => Some(Need::Administration),
        What::Press { .. } => Some(Need::Presence),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use actors::domain::{Person, UpdateId};
    use actors::inbound::Message;
    use serde_json::json;

    use super::*;
    use crate::telegram::testing::{Reply, StoppedClock, Stub};

    /// The bot itself.
    const DESK: PersonId = PersonId(1);

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
                    recording: None,
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
        let rights = Rights::new(client, clock.clone(), DESK);
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
        let rights = Rights::new(client, clock.clone(), DESK);
        let member = |status: &str, more: serde_json::Value| {
            let mut member = json!({"status": status, "user": {"id": 42}});
            if let Some(is_member) = more.as_bool() {
                member["is_member"] = json!(is_member);
            }
            Reply::Good(member)
        };
        let about_the_bot = || member("member", json!(null));
        stub.will(
            "getChatMember",
            [
                member("member", json!(null)),
                about_the_bot(),
                member("left", json!(null)),
                member("restricted", json!(true)),
                about_the_bot(),
                member("restricted", json!(false)),
                member("kicked", json!(null)),
                Reply::fault(400, "Bad Request: CHAT_ADMIN_REQUIRED"),
            ],
        );
        for (seconds_later, expected, calls) in [
            (0, Some(true), 1),
            (59, Some(true), 1),
            (1, Some(false), 3),
            (0, Some(true), 4),
            (60, Some(false), 6),
            (0, Some(false), 7),
            (0, None, 8),
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
        let rights = Rights::new(client, clock.clone(), DESK);
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
    async fn where_the_bot_hears_who_leaves_one_question_about_itself_does_for_all() {
        let clock = StoppedClock::new();
        let (stub, client) = Stub::start(clock.clone()).await;
        let rights = Rights::new(client, clock.clone(), DESK);
        let standing = |status| Reply::Good(json!({"status": status, "user": {"id": 42}}));
        stub.will(
            "getChatMember",
            [
                standing("member"),
                standing("member"),
                standing("administrator"),
                standing("left"),
            ],
        );
        for person in [42, 43] {
            rights.fill_in(&mut pressed(person)).await;
        }
        clock.advance(TimeDelta::seconds(61));
        let (mut one, mut other) = (pressed(42), pressed(43));
        tokio::join!(rights.fill_in(&mut one), rights.fill_in(&mut other));
        assert_eq!((present(&one), present(&other)), (Some(true), Some(true)));
        let asked: Vec<_> = stub.calls("getChatMember");
        let about = |call: usize| asked[call]["user_id"].as_i64();
        assert_eq!(asked.len(), 3, "{asked:?}");
        assert_eq!(about(2), Some(DESK.0));
        clock.advance(KEPT_WHERE_TOLD);
        let mut late = pressed(42);
        rights.fill_in(&mut late).await;
        assert_eq!(
            present(&late),
            Some(false),
            "half a day later it is asked again"
        );
    }

    #[tokio::test]
    async fn nobody_is_asked_about_while_telegram_wants_no_questions() {
        let clock = StoppedClock::new();
        let (stub, client) = Stub::start(clock.clone()).await;
        let rights = Rights::new(client, clock.clone(), DESK);
        let member = json!({"status": "member", "user": {"id": 42}});
        let wait = "Too Many Requests: retry after 30";
        let told_to_wait = Reply::Fault(429, wait, json!({"retry_after": 30}));
        stub.will("getChatMember", [told_to_wait, Reply::Good(member)]);
        for (seconds_later, expected, calls) in [(0, None, 1), (29, None, 1), (1, Some(true), 2)] {
            clock.advance(TimeDelta::seconds(seconds_later));
            let mut inbound = pressed(42);
            rights.fill_in(&mut inbound).await;
            assert_eq!(present(&inbound), expected);
            assert_eq!(stub.calls("getChatMember").len(), calls);
        }
    }

    #[tokio::test]
    async fn who_posts_as_the_group_is_never_looked_up() {
        let clock = StoppedClock::new();
        let (stub, client) = Stub::start(clock.clone()).await;
        let mut inbound = asked(Ask::Settings);
        inbound.sender = Sender::Anonymous;
        Rights::new(client, clock, DESK).fill_in(&mut inbound).await;
        assert!(!inbound.sender.is_administrator());
        assert!(stub.all_calls().is_empty());
    }
}
