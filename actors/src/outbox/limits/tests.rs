use std::sync::Mutex;

use proptest::prelude::*;

use super::*;
use crate::domain::Photo;
use crate::ports::Rest;

struct Hand(Mutex<DateTime<Utc>>);

impl Clock for Hand {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("the clock")
    }
}

const GROUP_CHAT: ChatId = ChatId(-1);

fn limits() -> (Arc<Hand>, Limits) {
    let start = DateTime::from_timestamp(1_800_000_000, 0).expect("a moment");
    let hand = Arc::new(Hand(Mutex::new(start)));
    let clock: Arc<dyn Clock> = hand.clone();
    (hand, Limits::new(clock))
}

fn advance(hand: &Hand, step: TimeDelta) {
    *hand.0.lock().expect("the clock") += step;
}

fn goes(class: Class) -> Goes {
    Goes {
        in_chat: class,
        overall: class,
    }
}

/// Whether one message goes now; if so, it counts as gone.
fn sends(limits: &mut Limits, chat: ChatId, class: Class) -> bool {
    let free = limits.wait(chat, goes(class), 1).is_none();
    if free {
        limits.take(chat, 1);
    }
    free
}

/// Sends whenever there is room, for two minutes; answers when.
fn flood(chats: &[ChatId]) -> Vec<i64> {
    let (hand, mut limits) = limits();
    let start = hand.now();
    let mut sent = Vec::new();
    for _ in 0..1_200 {
        for chat in chats {
            while sends(&mut limits, *chat, Class::Escalation) {
                sent.push((hand.now() - start).num_milliseconds());
            }
        }
        advance(&hand, TimeDelta::milliseconds(100));
    }
    sent
}

fn most_within(sent: &[i64], window: i64) -> usize {
    let within = |first: usize| {
        let from = &sent[first..];
        from.iter().take_while(|at| **at < from[0] + window).count()
    };
    (0..sent.len()).map(within).max().unwrap_or(0)
}

#[test]
fn a_group_never_gets_more_than_twenty_a_minute_and_gets_nearly_that() {
    let sent = flood(&[GROUP_CHAT]);
    assert!(most_within(&sent, 60_000) <= 20, "{sent:?}");
    assert_eq!(sent.len(), 40, "all that two minutes allow");
}

#[test]
fn the_last_places_of_a_group_are_kept_for_what_is_more_urgent() {
    let (_, mut limits) = limits();
    let mut went = Vec::new();
    for class in Class::ALL.into_iter().rev() {
        let many = (0..20).filter(|_| sends(&mut limits, GROUP_CHAT, class));
        went.push(many.count());
    }
    assert_eq!(went, [12, 3, 2, 1, 1, 1], "from chatter up to escalations");
}

#[test]
fn a_private_chat_gets_short_bursts_and_one_a_second_on_the_whole() {
    let sent = flood(&[ChatId(1)]);
    assert!(most_within(&sent, 5_000) <= 5, "{sent:?}");
    assert!(sent.len() <= 125);
}

#[test]
fn all_chats_together_never_get_more_than_thirty_a_second() {
    let chats: Vec<ChatId> = (1..200).map(ChatId).collect();
    let sent = flood(&chats);
    assert!(most_within(&sent, 1_000) <= 30);
    assert!(sent.len() > 2_400, "{} in two minutes", sent.len());
}

#[test]
fn an_escalation_finds_a_place_whatever_else_goes() {
    let (_, mut limits) = limits();
    for chat in (1..100).map(ChatId) {
        sends(&mut limits, chat, Class::Page);
    }
    assert!(!sends(&mut limits, ChatId(100), Class::Page));
    assert!(sends(&mut limits, ChatId(100), Class::Escalation));
}

#[test]
fn each_photo_of_an_album_counts() {
    let (_, mut limits) = limits();
    let photos = vec![Photo("a".to_owned()); 10];
    let album = messages_of(&Says::Photos { photos });
    limits.take(GROUP_CHAT, album);
    assert_eq!(limits.wait(GROUP_CHAT, goes(Class::Page), 9), None);
    assert!(limits.wait(GROUP_CHAT, goes(Class::Page), album).is_some());
    // In an empty chat that takes less than that at once, it goes all the same.
    assert_eq!(limits.wait(ChatId(1), goes(Class::Page), album), None);
}

#[test]
fn a_chat_told_to_rest_rests_while_others_go_on() {
    let (hand, mut limits) = limits();
    limits.rest(Some(GROUP_CHAT), Duration::from_secs(30));
    let wait = limits.wait(GROUP_CHAT, goes(Class::Escalation), 1);
    assert_eq!(wait, Some(Duration::from_secs(30)));
    assert!(sends(&mut limits, ChatId(-2), Class::Chatter));
    advance(&hand, TimeDelta::seconds(30));
    assert!(sends(&mut limits, GROUP_CHAT, Class::Chatter));
}

#[test]
fn two_chats_told_to_rest_at_once_mean_all() {
    let (hand, mut limits) = limits();
    limits.rest(Some(ChatId(-1)), Duration::from_secs(30));
    advance(&hand, TimeDelta::seconds(10));
    limits.rest(Some(ChatId(-2)), Duration::from_secs(30));
    assert!(
        sends(&mut limits, ChatId(-3), Class::Page),
        "each for itself"
    );
    advance(&hand, TimeDelta::seconds(2));
    limits.rest(Some(ChatId(-4)), Duration::from_secs(10));
    let wait = limits.wait(ChatId(-3), goes(Class::Escalation), 1);
    assert_eq!(wait, Some(Duration::from_secs(28)), "until both are over");
}

#[test]
fn edits_gather_the_longer_the_less_room_is_left() {
    let (_, mut limits) = limits();
    let mut gathering = Vec::new();
    for _ in 0..16 {
        gathering.push(limits.gathering(GROUP_CHAT).as_secs());
        limits.take(GROUP_CHAT, 1);
    }
    assert_eq!(gathering, [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7]);
    limits.take(ChatId(1), 5);
    assert_eq!(limits.gathering(ChatId(1)), Duration::ZERO, "nobody else");
}

/// What befalls a desk.
#[derive(Debug, Clone)]
enum Step {
    /// Time goes by.
    Pass(i64),
    /// Somebody sets the clock back.
    SetBack(i64),
    /// So many messages are to go to a chat.
    Say {
        chat: usize,
        class: Class,
        many: usize,
    },
    /// The desk is killed and started again.
    Restart,
    /// The messenger wants to be left alone with a chat.
    Told { chat: usize, seconds: u64 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let class = proptest::sample::select(Class::ALL.to_vec());
    let step = prop_oneof![
        6 => (1_i64..9_000).prop_map(Step::Pass),
        1 => (1_i64..7_200).prop_map(Step::SetBack),
        9 => (0..CHATS.len(), class, 1_usize..25)
            .prop_map(|(chat, class, many)| Step::Say { chat, class, many }),
        1 => Just(Step::Restart),
        1 => (0..CHATS.len(), 1_u64..90)
            .prop_map(|(chat, seconds)| Step::Told { chat, seconds }),
    ];
    proptest::collection::vec(step, 1..160)
}

const CHATS: [ChatId; 5] = [ChatId(-1), ChatId(-2), ChatId(-3), ChatId(1), ChatId(2)];

/// A desk with its rows, and what really happened, in milliseconds of a time that no clock shows.
struct Desk {
    hand: Arc<Hand>,
    limits: Limits,
    passed: i64,
    sent: Vec<(i64, ChatId)>,
    told: Vec<(i64, i64, ChatId)>,
    rows: Pace,
}

impl Desk {
    fn new() -> Self {
        let (hand, limits) = limits();
        Self {
            hand,
            limits,
            passed: 0,
            sent: Vec::new(),
            told: Vec::new(),
            rows: Pace::default(),
        }
    }

    fn take(&mut self, step: &Step) {
        match *step {
            Step::Pass(milliseconds) => {
                self.passed += milliseconds;
                advance(&self.hand, TimeDelta::milliseconds(milliseconds));
            }
            Step::SetBack(seconds) => {
                // The desk looks at least once a second.
                self.limits.now();
                advance(&self.hand, -TimeDelta::seconds(seconds));
            }
            Step::Say { chat, class, many } => self.say(CHATS[chat], class, many),
            Step::Restart => {
                let clock: Arc<dyn Clock> = self.hand.clone();
                self.limits = Limits::new(clock);
                let since = self.hand.now() - LOOK_BACK;
                self.rows.sent.retain(|sent| sent.at > since);
                self.rows.rests.retain(|rest| rest.until > since);
                self.limits.take_up(&self.rows);
            }
            Step::Told { chat, seconds } => self.told(CHATS[chat], seconds),
        }
    }

    fn say(&mut self, chat: ChatId, class: Class, many: usize) {
        let at = self.hand.now();
        for _ in 0..many {
            if sends(&mut self.limits, chat, class) {
                self.sent.push((self.passed, chat));
                self.rows.sent.push(SentLately {
                    chat,
                    at,
                    attempts: 1,
                    says: Says::Help,
                });
            }
        }
    }

    fn told(&mut self, chat: ChatId, seconds: u64) {
        self.limits.rest(Some(chat), Duration::from_secs(seconds));
        let wait = TimeDelta::seconds(i64::try_from(seconds).unwrap());
        let until = self.passed + wait.num_milliseconds();
        self.told.push((self.passed, until, chat));
        let told_at = self.hand.now();
        self.rows.rests.push(Rest {
            chat: Some(chat),
            told_at,
            until: told_at + wait,
        });
    }

    fn check(&self) {
        let all: Vec<i64> = self.sent.iter().map(|(at, _)| *at).collect();
        assert!(most_within(&all, 1_000) <= 30, "overall: {all:?}");
        for chat in CHATS {
            let to_chat = self.sent.iter().filter(|(_, to)| *to == chat);
            let to_chat: Vec<i64> = to_chat.map(|(at, _)| *at).collect();
            let (window, limit) = if chat.is_group() {
                (60_000, 20)
            } else {
                (5_000, 5)
            };
            let most = most_within(&to_chat, window);
            assert!(most <= limit, "{most} to {chat}: {to_chat:?}");
        }
        for (from, until, chat) in &self.told {
            let early = self
                .sent
                .iter()
                .filter(|(at, to)| to == chat && *at > *from && at < until);
            assert_eq!(early.count(), 0, "inside a wait of {chat}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_window_is_exceeded_by_restarts_or_a_clock_set_back(steps in steps()) {
        let mut desk = Desk::new();
        for step in &steps {
            desk.take(step);
        }
        desk.check();
    }
}
