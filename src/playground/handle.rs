//! The world, shared between the Bot API, the page and the tests.

use std::fmt;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::Scene;
use super::world::{ChatId, State};
use super::{Advance, Options};

/// Has the shape of a real token, and is none.
const TOKEN: &str = "7100200300:playground-is-not-a-secret-token-00";
/// A wait that takes longer than this has failed.
const SAFETY_LIMIT: Duration = Duration::from_secs(10);

/// A handle to the simulated world. Clones are the same world.
#[derive(Clone)]
pub struct World {
    inner: Arc<Inner>,
}

struct Inner {
    state: Mutex<State>,
    /// Counts changes; whoever waits looks again at each.
    changes: watch::Sender<u64>,
    closing: CancellationToken,
    advance: Option<Advance>,
    claim_labels: Vec<String>,
    scene: Scene,
    /// Calls that wait for their answer, long polls aside.
    under_way: Arc<AtomicUsize>,
}

impl fmt::Debug for World {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("World").finish_non_exhaustive()
    }
}

/// Something a test waited for did not happen. Its text shows what did.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("waited {} s in vain for {wanted}\n{scene}", SAFETY_LIMIT.as_secs())]
pub struct WaitError {
    wanted: String,
    scene: String,
}

/// As its text, so that a test that unwraps shows the chats.
impl fmt::Debug for WaitError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl World {
    pub(super) fn new(options: Options) -> Self {
        let inner = Inner {
            state: Mutex::new(State::new(options.clock)),
            changes: watch::Sender::new(0),
            closing: CancellationToken::new(),
            advance: options.advance,
            claim_labels: options.claim_labels,
            scene: options.scene,
            under_way: Arc::default(),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    pub(super) fn token(&self) -> &str {
        TOKEN
    }

    pub(super) fn under_way(&self) -> &Arc<AtomicUsize> {
        &self.inner.under_way
    }

    pub(super) fn opened_as(&self) -> Scene {
        self.inner.scene
    }

    pub(super) fn claim_labels(&self) -> &[String] {
        &self.inner.claim_labels
    }

    /// Changes the world, and wakes whoever waits for a change.
    pub(super) fn act<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let result = self.look_mut(change);
        self.inner.changes.send_modify(|count| *count += 1);
        result
    }

    /// Looks, with book-keeping that concerns nobody else.
    pub(super) fn look_mut<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self
            .inner
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        look(&mut state)
    }

    /// Looks.
    pub(super) fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        self.look_mut(|state| look(state))
    }

    /// Tells of each change, and at once.
    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.inner.changes.subscribe()
    }

    /// Returns when the playground shuts down.
    pub(super) async fn closing(&self) {
        self.inner.closing.cancelled().await;
    }

    pub(super) fn close(&self) {
        self.inner.closing.cancel();
    }

    /// The present moment of this world.
    pub fn now(&self) -> DateTime<Utc> {
        self.look(State::now)
    }

    pub(super) fn can_advance(&self) -> bool {
        self.inner.advance.is_some()
    }

    /// Moves the desk's clock on; says whether there is one to move.
    pub(super) fn advance(&self, step: TimeDelta) -> bool {
        let Some(advance) = &self.inner.advance else {
            return false;
        };
        advance(step);
        // Whoever waits may be waiting for the time.
        self.act(|_| ());
        true
    }

    /// Waits until `condition` finds what it looks for, looking anew at each change.
    ///
    /// # Errors
    ///
    /// After ten seconds, with all chats as text.
    pub async fn wait_until<T>(
        &self,
        condition: impl Fn(&World) -> Option<T>,
    ) -> Result<T, WaitError> {
        self.wait_for("the condition", condition).await
    }

    pub(super) async fn wait_for<T>(
        &self,
        wanted: &str,
        condition: impl Fn(&World) -> Option<T>,
    ) -> Result<T, WaitError> {
        let mut changes = self.changes();
        let looking = async {
            loop {
                changes.borrow_and_update();
                if let Some(found) = condition(self) {
                    return Some(found);
                }
                changes.changed().await.ok()?;
            }
        };
        match tokio::time::timeout(SAFETY_LIMIT, looking).await {
            Ok(Some(found)) => Ok(found),
            Ok(None) | Err(_) => Err(WaitError {
                wanted: wanted.to_owned(),
                scene: self.scene(),
            }),
        }
    }

    /// Every chat as text.
    pub fn scene(&self) -> String {
        let chats: Vec<ChatId> = self.look(|state| state.chats.keys().copied().collect());
        let transcripts: Vec<String> = chats
            .into_iter()
            .map(|chat| self.transcript(chat))
            .collect();
        transcripts.join("\n")
    }
}
