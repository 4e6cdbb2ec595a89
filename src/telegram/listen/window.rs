//! The updates that are under way: handed over, and not yet known to have their verdicts.
//!
//! One that fails is handed over again at once. One that hangs, or that somebody thinks about for
//! long, must not keep the others waiting: they are fetched and handed over beside it. The offset
//! stays below it all the same, so Telegram offers it and up to 99 after it again and again; those
//! that are known here are passed over.
//! A desk that can keep nothing is another matter: then everything waits, in its order.

use std::collections::BTreeSet;
use std::time::Duration;

use actors::domain::UpdateId;
use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use serde_json::value::RawValue;

use super::reception::{Opened, Reception, Taken};
use super::setbacks::Pace;
use crate::telegram::decode::update_id;

/// An update, and what was made of it.
pub(super) type Incoming = (Box<RawValue>, Opened);

/// An update on its way.
struct Update {
    raw: Box<RawValue>,
    /// Read once; one that comes again is read anew.
    opened: Option<Opened>,
    id: Option<UpdateId>,
}

/// What is under way. It holds no more than Telegram offers at a time, a hundred or so.
pub(super) struct Window<'a> {
    reception: &'a Reception,
    pace: Pace,
    handed_over: FuturesUnordered<BoxFuture<'a, (Update, Taken)>>,
    /// Came when the desk could keep nothing, in their order.
    held: Vec<Update>,
    open: BTreeSet<UpdateId>,
    decided: BTreeSet<UpdateId>,
}

impl<'a> Window<'a> {
    pub(super) fn new(reception: &'a Reception, pace: Pace) -> Self {
        Self {
            reception,
            pace,
            handed_over: FuturesUnordered::new(),
            held: Vec::new(),
            open: BTreeSet::new(),
            decided: BTreeSet::new(),
        }
    }

    /// Hands over what is new of a batch, in its order: each is first polled in its turn and puts
    /// its update into the mailbox of its group then, so a group's updates stay in order. (One that
    /// failed may be overtaken.) Answers whether there is a number to go by.
    pub(super) fn take_in(&mut self, batch: Vec<Incoming>) -> bool {
        let mut numbered = false;
        for (raw, opened) in batch {
            // Telegram counts from one, and takes a negative offset for something else.
            let id = update_id(raw.get()).filter(|id| id.0 > 0);
            numbered |= id.is_some();
            let known = id.is_some_and(|id| self.decided.contains(&id) || !self.open.insert(id));
            if !known {
                self.hand_over(Update {
                    raw,
                    opened: Some(opened),
                    id,
                });
            }
        }
        numbered
    }

    /// Waits until everything has its verdict; for what fails or takes its time only for a while,
    /// and as long as it takes for a desk that can keep nothing.
    pub(super) async fn settle(&mut self) {
        self.settle_within(Some(self.pace.patience)).await;
    }

    /// Waits until everything has its verdict, however long that takes: three tries end in any case.
    pub(super) async fn settle_all(&mut self) {
        self.settle_within(None).await;
    }

    async fn settle_within(&mut self, patience: Option<Duration>) {
        let mut rounds = 0;
        loop {
            let patience = async {
                match patience {
                    Some(patience) => tokio::time::sleep(patience).await,
                    None => std::future::pending().await,
                }
            };
            tokio::pin!(patience);
            while !self.handed_over.is_empty() {
                tokio::select! {
                    biased;
                    () = self.step() => {}
                    () = &mut patience => break,
                }
            }
            if self.held.is_empty() {
                return;
            }
            rounds += 1;
            self.beside(tokio::time::sleep(self.pace.after(rounds)))
                .await;
            for update in std::mem::take(&mut self.held) {
                self.hand_over(update);
            }
        }
    }

    /// Waits for the verdicts of what was handed over; what has none then comes again.
    pub(super) async fn finish(&mut self) {
        while let Some((update, taken)) = self.handed_over.next().await {
            if taken == Taken::Done {
                self.note(update, taken);
            }
        }
    }

    /// Does something, and goes on meanwhile.
    pub(super) async fn beside<T>(&mut self, work: impl Future<Output = T>) -> T {
        tokio::pin!(work);
        loop {
            tokio::select! {
                biased;
                done = &mut work => return done,
                () = self.step() => {}
            }
        }
    }

    /// Whether everything has its verdict.
    pub(super) fn is_empty(&self) -> bool {
        self.handed_over.is_empty() && self.held.is_empty()
    }

    /// The newest update up to which all have their verdicts, if that has moved.
    pub(super) fn passed(&mut self) -> Option<UpdateId> {
        let Some(oldest) = self.open.first() else {
            return std::mem::take(&mut self.decided).pop_last();
        };
        let above = self.decided.split_off(oldest);
        std::mem::replace(&mut self.decided, above).pop_last()
    }

    /// Waits for the next thing to happen; for ever if there is nothing to wait for.
    async fn step(&mut self) {
        match self.handed_over.next().await {
            Some((update, taken)) => self.note(update, taken),
            None => std::future::pending().await,
        }
    }

    fn hand_over(&mut self, mut update: Update) {
        let reception = self.reception;
        self.handed_over.push(Box::pin(async move {
            let raw = update.raw.get();
            let opened = match update.opened.take() {
                Some(opened) => opened,
                None => reception.open(raw).await,
            };
            let taken = reception.take(raw, opened).await;
            (update, taken)
        }));
    }

    fn note(&mut self, update: Update, taken: Taken) {
        match taken {
            Taken::Done => {
                if let Some(id) = update.id {
                    self.open.remove(&id);
                    self.decided.insert(id);
                }
            }
            // At once: what fell is started again by then, and nothing else is fetched meanwhile.
            Taken::Failed => self.hand_over(update),
            Taken::Closed => self.held.push(update),
        }
    }
}
