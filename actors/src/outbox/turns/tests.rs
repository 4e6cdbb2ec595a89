use std::sync::{Arc, Mutex};

use proptest::prelude::*;

use super::*;
use crate::ports::Clock;

struct Hand(Mutex<DateTime<Utc>>);

impl Clock for Hand {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("the clock")
    }
}

/// How far time goes between two looks.
const STEP: TimeDelta = TimeDelta::milliseconds(250);

/// A desk that sends what its turn is, at once.
struct Desk {
    hand: Arc<Hand>,
    limits: Limits,
    turns: Turns,
    waiting: Vec<Head>,
    sent: Vec<(DateTime<Utc>, Head)>,
    last: i64,
}

impl Desk {
    fn new() -> Self {
        let start = DateTime::from_timestamp(1_800_000_000, 0).expect("a moment");
        let hand = Arc::new(Hand(Mutex::new(start)));
        let clock: Arc<dyn Clock> = hand.clone();
        Self {
            turns: Turns::default(),
            hand,
            limits: Limits::new(clock),
            waiting: Vec::new(),
            sent: Vec::new(),
            last: 0,
        }
    }

    fn now(&self) -> DateTime<Utc> {
        self.hand.now()
    }

    fn put(&mut self, chat: i64, class: Class) -> OutboxId {
        self.last += 1;
        let now = self.now();
        self.waiting.push(Head {
            id: OutboxId(self.last),
            chat: ChatId(chat),
            class,
            not_before: now,
            created_at: now,
        });
        OutboxId(self.last)
    }

    /// The oldest row of each class in each chat, as the store gives them.
    fn heads(&self) -> Vec<Head> {
        let mut seen = HashSet::new();
        let first = |head: &&Head| seen.insert((head.chat, head.class));
        self.waiting.iter().filter(first).copied().collect()
    }

    fn order(&mut self) -> Vec<Turn> {
        let (heads, now) = (self.heads(), self.now());
        self.turns
            .order(&heads, &HashSet::new(), &mut self.limits, now)
            .0
    }

    /// One look; each chat may send one message in it.
    fn look(&mut self) {
        let mut busy = HashSet::new();
        for turn in self.order() {
            let chat = turn.head.chat;
            if busy.contains(&chat) || self.limits.wait(chat, turn.goes, 1).is_some() {
                continue;
            }
            busy.insert(chat);
            self.limits.take(chat, 1);
            let now = self.limits.now();
            self.turns.had(&turn.head, now);
            self.waiting.retain(|head| head.id != turn.head.id);
            self.sent.push((self.now(), turn.head));
        }
    }

    fn pass(&mut self, time: TimeDelta) {
        *self.hand.0.lock().expect("the clock") += time;
    }

    /// When rows of that class went, in seconds since the start.
    fn times(&self, class: Class) -> Vec<i64> {
        let start = DateTime::from_timestamp(1_800_000_000, 0).expect("a moment");
        let of_class = self.sent.iter().filter(|(_, head)| head.class == class);
        of_class
            .map(|(at, _)| (*at - start).num_seconds())
            .collect()
    }
}

#[test]
fn an_escalation_is_the_next_of_five_thousand_and_finds_room() {
    let mut desk = Desk::new();
    for number in 0..5_000 {
        desk.put(-1 - number % 2_500, Class::Card);
    }
    desk.look();
    let before = desk.sent.len();
    let escalation = desk.put(7, Class::Escalation);
    desk.look();
    assert_eq!(desk.sent[before].1.id, escalation, "in the same moment");
}

#[test]
fn what_is_more_urgent_goes_first_across_all_chats() {
    let mut desk = Desk::new();
    for (chat, class) in (1_i64..).zip(Class::ALL.into_iter().rev()) {
        desk.put(chat, class);
    }
    let order = desk.order();
    let classes: Vec<Class> = order.iter().map(|turn| turn.head.class).collect();
    assert_eq!(classes, Class::ALL);
}

#[test]
fn chats_without_room_hide_nobody() {
    let mut desk = Desk::new();
    for chat in 1..=500 {
        desk.put(-chat, Class::Page);
        let hour = Duration::from_secs(3_600);
        desk.limits.rest(Some(ChatId(-chat)), hour);
        desk.pass(TimeDelta::seconds(6));
    }
    let free = desk.put(-9_999, Class::Chatter);
    desk.look();
    let sent: Vec<OutboxId> = desk.sent.iter().map(|(_, head)| head.id).collect();
    assert_eq!(sent, [free]);
}

#[test]
fn edits_do_not_hold_up_the_pages_of_their_chat() {
    let mut desk = Desk::new();
    desk.put(-1, Class::Edit);
    let card = desk.put(-1, Class::Card);
    let page = desk.put(-1, Class::Page);
    assert_eq!(desk.order()[0].head.id, page);
    desk.pass(TimeDelta::seconds(31));
    assert_eq!(desk.order()[0].head.id, card, "now it has waited");
}

#[test]
fn what_is_told_to_wait_holds_up_its_chat_but_no_escalation() {
    let mut desk = Desk::new();
    desk.put(-1, Class::Page);
    desk.waiting[0].not_before += TimeDelta::minutes(5);
    desk.put(-1, Class::Card);
    assert!(desk.order().is_empty());
    let escalation = desk.put(-1, Class::Escalation);
    assert_eq!(desk.order()[0].head.id, escalation);
    desk.waiting[2].not_before += TimeDelta::minutes(9);
    desk.waiting[0].not_before = desk.now();
    assert_eq!(desk.order()[0].head.class, Class::Page);
}

#[test]
fn a_clock_that_is_set_back_leaves_nothing_lying() {
    let mut desk = Desk::new();
    for _ in 0..12 {
        desk.put(-1, Class::Card);
        desk.look();
    }
    let page = desk.put(-2, Class::Page);
    desk.pass(-TimeDelta::hours(1));
    desk.look();
    assert!(desk.waiting.iter().all(|head| head.id != page), "it went");
    let cards = desk.times(Class::Card).len();
    desk.put(-1, Class::Card);
    for _ in 0..80 {
        desk.pass(STEP);
        desk.look();
    }
    assert!(desk.times(Class::Card).len() > cards, "and so do edits");
}

#[test]
fn the_last_class_of_a_chat_moves_though_pages_never_end() {
    let mut desk = Desk::new();
    for _ in 0..1_200 {
        for class in [Class::Page, Class::Page, Class::Card, Class::Chatter] {
            desk.put(-1, class);
        }
        desk.look();
        desk.pass(STEP);
    }
    for class in [Class::Card, Class::Chatter] {
        let times = desk.times(class);
        for minute in 1..5 {
            let within = times.iter().filter(|at| **at / 60 == minute);
            assert!(
                within.count() >= 1,
                "{class:?} in minute {minute}: {times:?}"
            );
        }
    }
    assert!(
        desk.times(Class::Page).len() > 60,
        "and pages go all the same"
    );
}

#[test]
fn the_last_class_of_a_desk_moves_though_pages_never_end() {
    let mut desk = Desk::new();
    desk.put(5_000, Class::Chatter);
    for round in 0..720 {
        for chat in 0..9 {
            desk.put(1 + (round * 9 + chat) % 400, Class::Page);
        }
        desk.put(5_000 + round, Class::Chatter);
        desk.look();
        desk.pass(STEP);
    }
    let times = desk.times(Class::Chatter);
    for minute in 0..3 {
        let within = times.iter().filter(|at| **at / 60 == minute).count();
        assert!(within >= 6, "{within} in minute {minute}: {times:?}");
    }
    let pages = desk.times(Class::Page).len();
    assert!(
        pages > 20 * times.len(),
        "{pages} pages, {} others",
        times.len()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever comes: each class keeps its order in a chat, an escalation leaves within a second
    /// of its chat having room, and nothing is left over when no more comes.
    #[test]
    fn order_is_kept_and_everything_goes(
        arrivals in proptest::collection::vec((0_u8..8, -4_i64..5, 0_usize..6), 1..200),
    ) {
        let mut desk = Desk::new();
        for (pause, chat, class) in arrivals {
            desk.put(if chat == 0 { -9 } else { chat }, Class::ALL[class]);
            for _ in 0..pause {
                desk.look();
                desk.pass(STEP);
            }
        }
        for _ in 0..8_000 {
            if desk.waiting.is_empty() {
                break;
            }
            desk.look();
            desk.pass(STEP);
        }
        prop_assert!(desk.waiting.is_empty(), "{} are left", desk.waiting.len());
        let mut last: HashMap<(ChatId, Class), OutboxId> = HashMap::new();
        for (_, head) in &desk.sent {
            let before = last.insert((head.chat, head.class), head.id);
            prop_assert!(before.is_none_or(|before| before < head.id), "{head:?}");
        }
    }
}
