//! What is to go wrong in a store, and what was asked of it so far.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use actors::domain::Event;
use actors::ports::{Commit, StoreError};
use tokio::sync::watch;

/// What is to happen, and what was called so far.
#[derive(Debug)]
pub(crate) struct Plan {
    state: Mutex<State>,
    /// Counts calls; whoever waits looks again at each.
    changes: watch::Sender<u64>,
}

/// A moment of a call: before it, or after it was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) call: &'static str,
    /// Which of those calls.
    pub(crate) number: u32,
    pub(crate) after: bool,
}

/// A call that is under way.
pub(super) struct Call {
    call: &'static str,
    number: u32,
}

#[derive(Debug, Default)]
struct State {
    rules: Vec<Rule>,
    bomb: Option<(Point, String)>,
    calls: HashMap<&'static str, u32>,
    boasts: bool,
}

#[derive(Debug)]
struct Rule {
    call: &'static str,
    about: Option<i64>,
    left: u32,
    fault: Fault,
}

/// How a call goes wrong.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// The caller panics with these words.
    Panic(String),
    /// The store is away.
    Fail,
    /// The store is there, and cannot do this one thing.
    Refuse,
    /// There is no answer until everything works again.
    Hang,
}

/// For ever, as far as a test is concerned.
pub(crate) const ALWAYS: u32 = u32::MAX;

impl Plan {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::default(),
            changes: watch::Sender::new(0),
        })
    }

    /// The next calls of that name go wrong; with `about`, only those about that row. `committed`
    /// is the moment after a commit, `settle_page` the end of a page's delivery, `settled` the moment
    /// after that of any.
    pub(crate) fn next(&self, times: u32, call: &'static str, about: Option<i64>, fault: Fault) {
        self.state.lock().unwrap().rules.push(Rule {
            call,
            about,
            left: times,
            fault,
        });
    }

    /// Claims are said to be kept before they are; whoever asks is gone before that comes.
    pub(crate) fn boast(&self) {
        self.state.lock().unwrap().boasts = true;
    }

    pub(super) fn boasts_of(&self, commit: &Commit) -> bool {
        let mut events = commit.incident.iter().flat_map(|write| &write.events);
        self.state.lock().unwrap().boasts && events.any(|recorded| recorded.event == Event::Claimed)
    }

    /// Everything works again, and nothing was called yet.
    pub(crate) fn clear(&self) {
        *self.state.lock().unwrap() = State::default();
        self.changes.send_modify(|count| *count += 1);
    }

    async fn cleared(&self) {
        let mut changes = self.changes.subscribe();
        while !self.state.lock().unwrap().rules.is_empty() {
            changes.changed().await.unwrap();
        }
    }

    /// How often that was called since.
    pub(crate) fn count(&self, call: &str) -> u32 {
        let state = self.state.lock().unwrap();
        state.calls.get(call).copied().unwrap_or_default()
    }

    /// Waits until that was called so often.
    pub(crate) async fn called(&self, call: &str, times: u32) {
        let mut changes = self.changes.subscribe();
        while self.count(call) < times {
            changes.changed().await.unwrap();
        }
    }

    /// Says what was called since, and how often.
    pub(crate) fn called_since(&self) -> Vec<(&'static str, u32)> {
        let state = self.state.lock().unwrap();
        let mut calls: Vec<_> = state
            .calls
            .iter()
            .map(|(call, count)| (*call, *count))
            .collect();
        calls.sort_unstable();
        calls
    }

    /// Plants a panic at one moment; nothing was called yet.
    pub(crate) fn blow_up_at(&self, point: Point, words: String) {
        let mut state = self.state.lock().unwrap();
        *state = State {
            bomb: Some((point, words)),
            ..State::default()
        };
    }

    /// Whether that panic is still to come.
    pub(crate) fn is_armed(&self) -> bool {
        self.state.lock().unwrap().bomb.is_some()
    }

    pub(super) async fn befall(
        &self,
        call: &'static str,
        about: Option<i64>,
    ) -> Result<Call, StoreError> {
        let (number, fault) = self.note(call, about);
        self.changes.send_modify(|count| *count += 1);
        self.go_off(Point {
            call,
            number,
            after: false,
        });
        match fault {
            None => Ok(Call { call, number }),
            Some(Fault::Hang) => {
                self.cleared().await;
                Ok(Call { call, number })
            }
            Some(Fault::Panic(words)) => panic!("{words}"),
            Some(Fault::Fail) => Err(StoreError {
                operation: "answer",
                away: true,
                source: "the test has taken it away".into(),
            }),
            Some(Fault::Refuse) => Err(StoreError {
                operation: "answer",
                away: false,
                source: "the test has made it unreadable".into(),
            }),
        }
    }

    /// The call was answered, and whoever made it does not know yet.
    pub(super) fn after(&self, Call { call, number }: Call) {
        let after = true;
        self.go_off(Point {
            call,
            number,
            after,
        });
    }

    fn go_off(&self, here: Point) {
        let words = {
            let mut state = self.state.lock().unwrap();
            let bomb = state.bomb.take_if(|(point, _)| *point == here);
            bomb.map(|(_, words)| words)
        };
        if let Some(words) = words {
            panic!("{words}");
        }
    }

    fn note(&self, call: &'static str, about: Option<i64>) -> (u32, Option<Fault>) {
        let mut state = self.state.lock().unwrap();
        let count = state.calls.entry(call).or_default();
        *count += 1;
        let number = *count;
        let rule = state.rules.iter_mut().find(|rule| {
            rule.left > 0 && rule.call == call && (rule.about.is_none() || rule.about == about)
        });
        let fault = rule.map(|rule| {
            rule.left -= 1;
            rule.fault.clone()
        });
        (number, fault)
    }
}
