//! One update, from Telegram's words to its verdict: the same for polling and for the webhook.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use actors::domain::{Language, PersonId, Refusal, UpdateId};
use actors::inbound::{Answer, Inbound, Place, Verdict, What};
use actors::ports::Clock;

use super::answers::Answers;
use super::{Door, DoorError};
use crate::telegram::client::{Client, Me};
use crate::telegram::decode::{Decoded, Ignored, decode};
use crate::telegram::rights::Rights;
use crate::telegram::text;

/// How long the desk may take for a verdict. A commit takes milliseconds, and actors that fail are
/// restarted within seconds; whoever has not answered by then lost the question.
const VERDICT_TIMEOUT: Duration = Duration::from_secs(30);

/// How often an update is handed over before it is set aside: a passing fault is over by then, and
/// an update that breaks what handles it must not do so for ever.
const HAND_OVER_LIMIT: u32 = 3;

/// How many failing updates are counted at a time: more than a batch, or a webhook's connections,
/// can hold. Past it the oldest count begins anew.
const FAILING_LIMIT: usize = 1_024;

/// Takes updates in.
pub struct Reception {
    client: Arc<Client>,
    door: Arc<dyn Door>,
    clock: Arc<dyn Clock>,
    me: Me,
    rights: Arc<Rights>,
    answers: Answers,
    failing: Mutex<BTreeMap<UpdateId, u32>>,
    skipped: AtomicU64,
}

/// An update that was read, with all that is to be known of its sender.
pub struct Opened(Decoded);

impl Opened {
    /// Whether it tells that a chat has another number: what comes from there means nothing before
    /// that is known.
    pub(super) fn renumbers(&self) -> bool {
        matches!(&self.0, Decoded::Inbound(inbound)
            if matches!(inbound.what, What::Migrated { .. }))
    }
}

/// What became of an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It has its verdict, or needs none: Telegram need not keep it.
    Done,
    /// It failed: it must be handed over again.
    Failed,
    /// The desk can keep nothing at present: it must be handed over again, and whatever came after
    /// it as well.
    Closed,
}

impl Reception {
    /// A reception for the bot `me`, before that door.
    #[must_use]
    pub fn new(
        client: Arc<Client>,
        door: Arc<dyn Door>,
        clock: Arc<dyn Clock>,
        rights: Arc<Rights>,
        me: Me,
    ) -> Self {
        Self {
            rights,
            answers: Answers::new(Arc::clone(&client)),
            client,
            door,
            clock,
            me,
            failing: Mutex::default(),
            skipped: AtomicU64::new(0),
        }
    }

    /// Reads an update, and asks what the desk has to know of its sender.
    pub async fn open(&self, raw: &str) -> Opened {
        let mut read = decode(raw, &self.me, self.clock.now());
        if let Decoded::Inbound(inbound) | Decoded::Press { inbound, .. } = &mut read {
            self.rights.fill_in(inbound).await;
        }
        Opened(read)
    }

    /// Takes an update to its verdict.
    pub async fn take(&self, raw: &str, Opened(read): Opened) -> Taken {
        match read {
            Decoded::Inbound(inbound) => self.hand_over(raw, *inbound, None).await,
            Decoded::Press { inbound, query } => self.hand_over(raw, *inbound, Some(query)).await,
            Decoded::Nothing(why) => {
                self.skip(why);
                Taken::Done
            }
        }
    }

    /// How many updates were nothing to the desk.
    #[must_use]
    pub fn skipped(&self) -> u64 {
        self.skipped.load(Ordering::Relaxed)
    }

    /// Says the door that what piled up is done.
    pub(crate) fn caught_up(&self) {
        self.door.caught_up();
    }

    /// The line on which updates come.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Waits for the answers that are on their way.
    pub(crate) async fn close(&self) {
        self.answers.close().await;
    }

    async fn hand_over(&self, raw: &str, inbound: Inbound, press: Option<String>) -> Taken {
        let update = inbound.update;
        let reader = Reader::of(&inbound);
        let verdict = tokio::time::timeout(VERDICT_TIMEOUT, self.door.hand_over(inbound))
            .await
            .unwrap_or_else(|_| {
                Err(DoorError::Failed {
                    reason: format!("no verdict within {VERDICT_TIMEOUT:?}"),
                })
            });
        let (taken, verdict) = match verdict {
            Ok(verdict) => {
                self.failing().remove(&update);
                (Taken::Done, Some(verdict))
            }
            Err(error) => self.fail(update, raw, &error).await,
        };
        if let (Some(query), Some(verdict)) = (press, verdict) {
            let language = reader.language(&verdict, &*self.door).await;
            self.answers
                .send(query, text::toast(&verdict, language, self.clock.now()));
            // The answer leaves before the next updates are asked for.
            tokio::task::yield_now().await;
        }
        taken
    }

    /// Counts a failure; the last one sets the update aside, and whoever waits hears of it. A desk
    /// that can keep nothing is not the update's fault: it waits, however long that takes.
    async fn fail(
        &self,
        update: UpdateId,
        raw: &str,
        error: &DoorError,
    ) -> (Taken, Option<Verdict>) {
        let DoorError::Failed { reason } = error else {
            tracing::debug!(%update, %error, "the desk can keep nothing at present; an update waits");
            return (Taken::Closed, None);
        };
        let failures = self.count_failure(update);
        if failures < HAND_OVER_LIMIT {
            tracing::warn!(%update, failures, %error, "no verdict on an update: trying again");
            return (Taken::Failed, None);
        }
        match self.door.set_aside(update, raw, reason).await {
            Ok(()) => {
                self.failing().remove(&update);
                tracing::error!(%update, failures, %error, "an update is set aside");
                let trouble = Verdict::plain(Answer::Refused(Refusal::Trouble));
                (Taken::Done, Some(trouble))
            }
            Err(cause) => {
                if failures == HAND_OVER_LIMIT {
                    tracing::error!(%update, %cause, "an update can neither be handled nor set aside");
                }
                (Taken::Closed, None)
            }
        }
    }

    fn count_failure(&self, update: UpdateId) -> u32 {
        let mut failing = self.failing();
        if failing.len() >= FAILING_LIMIT && !failing.contains_key(&update) {
            failing.pop_first();
        }
        let failures = failing.entry(update).or_insert(0);
        *failures = failures.saturating_add(1);
        *failures
    }

    /// Counts stay counts, whatever thread panicked while it held them.
    fn failing(&self) -> std::sync::MutexGuard<'_, BTreeMap<UpdateId, u32>> {
        self.failing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn skip(&self, why: Ignored) {
        let skipped = self.skipped.fetch_add(1, Ordering::Relaxed) + 1;
        if why == Ignored::Unreadable {
            tracing::warn!(skipped, "an update could not be read and is skipped");
        } else {
            tracing::debug!(?why, skipped, "an update is nothing to the desk");
        }
    }
}

/// Who reads a toast.
struct Reader {
    /// Whose private chat it is, where it is one.
    private: Option<PersonId>,
    /// What their client says.
    language: Option<Language>,
}

impl Reader {
    fn of(inbound: &Inbound) -> Self {
        let person = inbound.sender.person();
        let private = matches!(inbound.place, Place::Private { .. });
        Self {
            private: person.filter(|_| private).map(|person| person.id),
            language: person.and_then(|person| person.language),
        }
    }

    /// A group has a language; a private chat has its person's. Asked after the verdict, since the
    /// press may have chosen it.
    async fn language(&self, verdict: &Verdict, door: &dyn Door) -> Language {
        let group = verdict.group.as_ref().map(|group| group.settings.language);
        let language = match self.private {
            Some(person) => door.language_of(person).await.or(self.language).or(group),
            None => group.or(self.language),
        };
        language.unwrap_or_default()
    }
}
