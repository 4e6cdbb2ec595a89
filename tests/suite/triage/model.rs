//! A triage model that says what a test wants, as often as it is asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use actors::domain::{IncidentId, Opinion, Question, Urgency};
use actors::ports::analyst::Identity;
use actors::ports::{Analyst, AnalystError, Inquiry, Reply, Usage};
use async_trait::async_trait;
use tokio::sync::watch;

use crate::world::World;

/// What each call costs.
pub(crate) const COST: u64 = 100;

/// The model, as a test sees it.
#[derive(Clone)]
pub(crate) struct Model(Arc<State>);

struct State {
    script: Mutex<VecDeque<Said>>,
    always: Mutex<Option<Said>>,
    seen: Mutex<Vec<Inquiry>>,
    held: watch::Sender<bool>,
}

/// What it says once.
#[derive(Clone)]
pub(crate) struct Said(Opinion);

impl Said {
    pub(crate) fn in_department(mut self, name: &str) -> Self {
        self.0.department = Some(name.to_owned());
        self
    }
}

impl Said {
    pub(crate) fn at(mut self, place: &str) -> Self {
        self.0.place = Some(place.to_owned());
        self
    }

    pub(crate) fn lacks(mut self, missing: &str) -> Self {
        self.0.missing.push(missing.to_owned());
        self
    }

    pub(crate) fn translated(mut self, translation: &str) -> Self {
        self.0.translation = Some(translation.to_owned());
        self
    }
}

/// It is sure.
pub(crate) fn says(urgency: Urgency, title: &str) -> Said {
    Said(Opinion {
        urgency,
        title: title.to_owned(),
        place: None,
        department: None,
        reason: "It matters".to_owned(),
        missing: Vec::new(),
        translation: None,
        question: None,
    })
}

/// It asks first.
pub(crate) fn asks(question: &str, answers: &[&str]) -> Said {
    let mut said = says(Urgency::SameDay, "Something drips");
    said.0.question = Some(Question {
        text: question.to_owned(),
        answers: answers.iter().map(|it| (*it).to_owned()).collect(),
    });
    said
}

impl Model {
    fn with(script: impl IntoIterator<Item = Said>, always: Option<Said>, held: bool) -> Self {
        Self(Arc::new(State {
            script: Mutex::new(script.into_iter().collect()),
            always: Mutex::new(always),
            seen: Mutex::default(),
            held: watch::Sender::new(held),
        }))
    }

    /// One that says these, and then is away.
    pub(crate) fn new(script: impl IntoIterator<Item = Said>) -> Self {
        Self::with(script, None, false)
    }

    pub(crate) fn always(said: Said) -> Self {
        Self::with([], Some(said), false)
    }

    pub(crate) fn away() -> Self {
        Self::with([], None, false)
    }

    /// One that thinks until it is let go.
    pub(crate) fn held(said: Said) -> Self {
        Self::with([], Some(said), true)
    }

    pub(crate) fn lets_go(&self) {
        self.0.held.send_replace(false);
    }

    pub(crate) fn comes_back(&self, said: Said) {
        *self.0.always.lock().unwrap() = Some(said);
    }

    pub(crate) fn analyst(&self) -> Arc<dyn Analyst> {
        Arc::new(self.clone())
    }

    pub(crate) fn asked(&self) -> usize {
        self.0.seen.lock().unwrap().len()
    }

    /// What it was shown last.
    pub(crate) fn newest(&self) -> Inquiry {
        self.0.seen.lock().unwrap().last().unwrap().clone()
    }

    /// All that it was ever shown.
    pub(crate) fn seen(&self) -> String {
        format!("{:?}", self.0.seen.lock().unwrap())
    }

    /// Waits until so many incidents were looked at by it.
    pub(crate) async fn settled(&self, world: &World, looks: usize) {
        for _ in 0..40 {
            world.pass(chrono::TimeDelta::seconds(31)).await;
            let waits = world.store().triage_queue(IncidentId(0), 1).await.unwrap();
            if waits.is_empty() && self.asked() >= looks {
                return;
            }
        }
        panic!("the model was asked {} times", self.asked());
    }
}

#[async_trait]
impl Analyst for Model {
    async fn assess(&self, inquiry: &Inquiry) -> Reply {
        self.0.seen.lock().unwrap().push(inquiry.clone());
        let mut held = self.0.held.subscribe();
        let _ = held.wait_for(|held| !held).await;
        let said = self.0.script.lock().unwrap().pop_front();
        let said = said.or_else(|| self.0.always.lock().unwrap().clone());
        let away = || AnalystError::Transient {
            reason: "away".to_owned(),
        };
        Reply {
            opinion: said.map(|said| said.0).ok_or_else(away),
            usage: Usage {
                micros: COST,
                ..Usage::default()
            },
            request: None,
        }
    }

    fn identity(&self) -> Identity {
        Identity {
            model: "scripted".to_owned(),
            prompt: "none".to_owned(),
        }
    }

    fn dearest_call(&self) -> u64 {
        COST
    }
}
