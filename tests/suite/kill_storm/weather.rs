//! The same people in bad weather: nobody is killed, but calls go wrong, one in ten or many in a
//! row. In the end everything is done as if the sky had been blue, by the same checker; and what
//! was said twice follows from a fault after which nobody can know.
//!
//! `DESKBELL_FAULT_SEEDS` sets how many skies of each kind there are, `DESKBELL_SEED` repeats one
//! that failed.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use deskbell::playground::{Fault, Violation};
use deskbell::telegram::client::Timeouts;

use super::people::Crowd;
use super::random::{self, Random};
use super::{checker, evidence, say, setting};
use crate::world::{Engine, World};

/// How many groups raise incidents and race for them.
const SITES: usize = 3;

/// How often people look at their screens. A fair day takes some hundred looks.
const LOOKS: usize = 20_000;

/// Seconds that Telegram wants to be left alone by a chat.
const RETRY_AFTER: i64 = 3;

/// After so many calls something goes wrong in any case: weather that spares everything proves
/// nothing.
const LONGEST_FAIR: u32 = 25;

/// The first comes after so many at the latest: there are few polls on a short day.
const FIRST_FAULT: u32 = 5;

/// How often something goes wrong.
#[derive(Debug, Clone, Copy)]
enum Sky {
    /// One call in ten.
    Showers,
    /// Seldom, and then many calls in a row.
    Storms,
}

macro_rules! skies {
    ($($name:ident: $faults:expr;)*) => {$(
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn now_and_then() {
                weather(Engine::Sqlite, Sky::Showers, &$faults).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn in_bursts() {
                weather(Engine::Sqlite, Sky::Storms, &$faults).await;
            }
        }
    )*};
}

skies! {
    too_many_requests: [Fault::TooManyRequests(RETRY_AFTER)];
    server_errors: [Fault::ServerError];
    pages_of_html: [Fault::BadGateway];
    calls_that_hang: [Fault::Hang];
    lost_replies: [Fault::ReplyLost];
    truncated_answers: [Fault::Truncated];
    updates_out_of_order_and_again: [Fault::OldBatch, Fault::Reordered];
}

const ALL: [Fault; 8] = [
    Fault::TooManyRequests(RETRY_AFTER),
    Fault::ServerError,
    Fault::BadGateway,
    Fault::Hang,
    Fault::ReplyLost,
    Fault::Truncated,
    Fault::OldBatch,
    Fault::Reordered,
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_at_once_on_sqlite() {
    weather(Engine::Sqlite, Sky::Showers, &ALL).await;
    weather(Engine::Sqlite, Sky::Storms, &ALL).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_at_once_on_postgres() {
    weather(Engine::Postgres, Sky::Showers, &ALL).await;
    weather(Engine::Postgres, Sky::Storms, &ALL).await;
}

/// A call that went wrong.
type Struck = (String, Fault);

/// What falls from the sky.
struct Clouds {
    random: Random,
    sky: Sky,
    faults: &'static [Fault],
    /// Calls since the last fault.
    fair: u32,
    left: u64,
    struck: Arc<Mutex<Vec<Struck>>>,
}

impl Clouds {
    fn strike(&mut self, method: &str) -> Option<Fault> {
        // Menus are set once, in the background, and nobody waits for them.
        if method.starts_with("setMy") {
            return None;
        }
        let fitting: Vec<Fault> = self
            .faults
            .iter()
            .filter_map(|fault| fitting(*fault, method))
            .collect();
        if fitting.is_empty() {
            return None;
        }
        if self.left == 0 {
            let (percent, least, most) = match self.sky {
                Sky::Showers => (10, 1, 2),
                Sky::Storms => (2, 3, 9),
            };
            self.fair += 1;
            if self.random.between(0, 100) >= percent && self.fair < LONGEST_FAIR {
                return None;
            }
            self.fair = 0;
            self.left = self.random.between(least, most);
        }
        self.left -= 1;
        let fault = *self.random.one_of(&fitting);
        self.struck.lock().unwrap().push((method.to_owned(), fault));
        Some(fault)
    }
}

/// A fault as that method knows it.
fn fitting(fault: Fault, method: &str) -> Option<Fault> {
    let about_a_chat = !matches!(
        method,
        "getUpdates" | "answerCallbackQuery" | "getMe" | "getChatMember"
    );
    match fault {
        Fault::OldBatch | Fault::Reordered if method != "getUpdates" => None,
        // These wait by the machine's clock, which is not moved by hand, or, where they ask who
        // presses, are on their way side by side before one of them is refused.
        Fault::TooManyRequests(_) if !about_a_chat => Some(Fault::TooManyRequests(0)),
        fault => Some(fault),
    }
}

async fn weather(engine: Engine, sky: Sky, faults: &'static [Fault]) {
    let skies = setting("DESKBELL_FAULT_SEEDS").unwrap_or(1);
    for _ in 0..skies {
        let seed = setting("DESKBELL_SEED").unwrap_or_else(random::seed);
        say(&format!(
            "{engine:?} {sky:?} {faults:?} DESKBELL_SEED={seed}"
        ));
        under(engine, sky, faults, seed).await;
    }
}

async fn under(engine: Engine, sky: Sky, faults: &'static [Fault], seed: u64) {
    let mut world = World::asleep(engine).await;
    world.timeouts = Timeouts {
        connect: Duration::from_secs(1),
        call: Duration::from_secs(1),
        hold: Duration::from_secs(1),
    };
    world.wake().await;
    let struck = Arc::default();
    let mut clouds = Clouds {
        random: Random::new(seed),
        sky,
        faults,
        fair: LONGEST_FAIR - FIRST_FAULT,
        left: 0,
        struck: Arc::clone(&struck),
    };
    world.telegram.duplicate_updates(true);
    world.telegram.duplicate_presses(true);
    world
        .telegram
        .weather_is(move |method| clouds.strike(method));
    let crowd = live(&world, seed).await;
    let struck = struck.lock().unwrap().clone();
    say(&format!("{} calls went wrong", struck.len()));
    obeyed(&world, &struck, seed);
    judge(world, &crowd, &struck, seed).await;
}

/// People go about their work until all of it is done.
async fn live(world: &World, seed: u64) -> Crowd {
    let mut crowd = Crowd::default();
    for _ in 0..LOOKS {
        let more = crowd.sites.len() < SITES;
        if more {
            crowd.act(&world.telegram);
        } else {
            crowd.go_on(&world.telegram);
        }
        let at_rest = world.go_on().await;
        if at_rest && !more && crowd.is_done(&world.telegram) {
            return crowd;
        }
    }
    let scene = world.telegram.scene();
    panic!("not everything is done, DESKBELL_SEED={seed}:\n{scene}");
}

/// No rule was broken. Only a press whose answers went wrong may have none.
fn obeyed(world: &World, struck: &[Struck], seed: u64) {
    let mut violations = world.telegram.violations();
    violations.retain(|violation| !matches!(violation, Violation::PressNeverAnswered(_)));
    assert_eq!(violations, [], "DESKBELL_SEED={seed}");
    let unanswered = world.telegram.unanswered_presses();
    assert!(
        unanswered.len() <= excused(struck),
        "{unanswered:?} have no answer, DESKBELL_SEED={seed}"
    );
}

async fn judge(world: World, crowd: &Crowd, struck: &[Struck], seed: u64) {
    let sends = || {
        struck
            .iter()
            .filter(|(method, _)| method.starts_with("send"))
    };
    // Telegram's own words say that nothing was done; after all else nobody can know.
    let doubtful = sends().filter(|(_, fault)| !matches!(fault, Fault::TooManyRequests(_)));
    let doubtful = doubtful.count();
    let lost = sends().filter(|(_, fault)| matches!(fault, Fault::ReplyLost | Fault::Truncated));
    let lost = lost.count();
    let street = world.into_street().await;
    let found = evidence::gather(&street, crowd, usize::from(lost > 0)).await;
    say(&found.to_string());
    let mut faults = checker::faults(&found);
    // Of how many a kill may lead to: weather may lead to more, as is asked below.
    faults.retain(|fault| !fault.starts_with("the end of life"));
    assert_eq!(faults, Vec::<String>::new(), "DESKBELL_SEED={seed}");
    let twice = found.posts.iter().filter(|post| !post.known).count();
    assert!(
        twice <= lost,
        "{twice} repeats of {lost} lost replies, DESKBELL_SEED={seed}"
    );
    let marked = found.posts.iter().filter(|post| post.is_marked());
    let marked = marked.count();
    assert!(
        marked <= doubtful,
        "{marked} are called repeats after {doubtful} doubts, DESKBELL_SEED={seed}"
    );
    assert!(!struck.is_empty(), "the sky was blue, DESKBELL_SEED={seed}");
}

/// Toasts that may not have been seen.
fn excused(struck: &[Struck]) -> usize {
    let toasts = struck
        .iter()
        .filter(|(method, _)| method == "answerCallbackQuery");
    toasts.count()
}
