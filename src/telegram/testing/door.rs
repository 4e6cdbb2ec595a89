//! The desk, for tests of how it is reached.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use actors::domain::{Language, PersonId, UpdateId};
use actors::inbound::{Answer, Inbound, Verdict};
use async_trait::async_trait;
use tokio::sync::{Notify, Semaphore};

use crate::telegram::listen::{Door, DoorError};

/// A desk that answers as it is told to, and remembers what it was given.
#[derive(Default)]
pub(crate) struct FakeDoor {
    pub(crate) given: Mutex<Vec<Inbound>>,
    pub(crate) failures: Mutex<HashMap<i64, u32>>,
    /// How often it can keep nothing, whatever it is given.
    pub(crate) closed: Mutex<u32>,
    pub(crate) answer: Mutex<Option<Answer>>,
    pub(crate) aside: Mutex<Vec<(i64, String, String)>>,
    pub(crate) refuses_aside: Mutex<u32>,
    pub(crate) languages: Mutex<HashMap<PersonId, Language>>,
    pub(crate) caught_up: Mutex<u32>,
    pub(crate) gate: Option<Semaphore>,
    pub(crate) entered: Notify,
}

impl FakeDoor {
    /// One that fails that update so many times.
    pub(crate) fn failing(update: i64, times: u32) -> Arc<Self> {
        let door = Self::default();
        door.failures.lock().unwrap().insert(update, times);
        Arc::new(door)
    }

    /// The updates it was given, in order.
    pub(crate) fn given(&self) -> Vec<i64> {
        let given = self.given.lock().unwrap();
        given.iter().map(|inbound| inbound.update.0).collect()
    }
}

#[async_trait]
impl Door for FakeDoor {
    async fn hand_over(&self, inbound: Inbound) -> Result<Verdict, DoorError> {
        let update = inbound.update.0;
        self.given.lock().unwrap().push(inbound);
        self.entered.notify_one();
        if let Some(gate) = &self.gate {
            gate.acquire().await.unwrap().forget();
        }
        {
            let mut closed = self.closed.lock().unwrap();
            if *closed > 0 {
                *closed -= 1;
                let reason = "the store is away".to_owned();
                return Err(DoorError::Closed { reason });
            }
        }
        if let Some(left) = self.failures.lock().unwrap().get_mut(&update)
            && *left > 0
        {
            *left -= 1;
            let reason = "the store is away".to_owned();
            return Err(DoorError::Failed { reason });
        }
        let answer = self.answer.lock().unwrap().clone();
        Ok(Verdict::plain(answer.unwrap_or(Answer::Silent)))
    }

    async fn set_aside(&self, update: UpdateId, raw: &str, cause: &str) -> Result<(), DoorError> {
        let mut refusals = self.refuses_aside.lock().unwrap();
        if *refusals > 0 {
            *refusals -= 1;
            let reason = "the store is away".to_owned();
            return Err(DoorError::Failed { reason });
        }
        let kept = (update.0, raw.to_owned(), cause.to_owned());
        self.aside.lock().unwrap().push(kept);
        Ok(())
    }

    async fn language_of(&self, person: PersonId) -> Option<Language> {
        self.languages.lock().unwrap().get(&person).copied()
    }

    fn caught_up(&self) {
        *self.caught_up.lock().unwrap() += 1;
    }
}
