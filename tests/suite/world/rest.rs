//! How the world comes to rest: everything that was said is handled and answered, and the clock, which
//! only the tests move, is moved as little as that takes.

use std::sync::Arc;
use std::time::Duration;

use actors::domain::IncidentId;
use chrono::TimeDelta;

use super::World;
use crate::supervision::faulty_store::FaultyStore;
use crate::supervision::plan::Plan;

/// How far the clock is moved between two looks while waiting for deliveries: rate limits refill.
const STEP: TimeDelta = TimeDelta::milliseconds(500);

/// How far the clock is moved at a time where the desk is not waited for: outboxes look as often.
const LOOK: TimeDelta = TimeDelta::seconds(1);

/// How often the outbox is looked at until it is quiet. A row that was overtaken between two of its
/// questions never ends, and is not waited for.
const QUIET_LOOKS: usize = 400;

/// How often the model is waited for where nothing else is under way: it may be away.
const THOUGHTS: usize = 40;

/// How many such steps a settling world may take: ten minutes of its own time.
const STEPS: usize = 1_200;

impl World {
    /// Lets time pass at once, and everything that follows from it happen.
    pub(crate) async fn pass(&self, time: TimeDelta) {
        self.clock.advance(time);
        self.settle().await;
    }

    /// Waits until everything that was said has been handled and answered. The clock moves on a
    /// little where the desk waits for the messenger's limits.
    pub(crate) async fn settle(&self) {
        let (mut quiet, mut thinking) = (0, 0);
        for _ in 0..STEPS {
            quiet = if self.go_on().await { quiet + 1 } else { 0 };
            if quiet == 2 && (thinking == THOUGHTS || self.is_assessed().await) {
                return;
            }
            if quiet == 2 {
                (quiet, thinking) = (0, thinking + 1);
            }
        }
        panic!("the world does not come to rest:\n{}", self.scene());
    }

    /// Whether the model has looked at all that it is to look at. One that is away never has.
    async fn is_assessed(&self) -> bool {
        let store = self.store();
        self.analyst.is_none()
            || store
                .triage_queue(IncidentId(0), 1)
                .await
                .unwrap()
                .is_empty()
    }

    /// Lets time pass a little at a time, and the desk do what it can, without waiting for the rest.
    pub(crate) async fn pass_unsettled(&self, time: TimeDelta) {
        let until = self.telegram.now() + time;
        while self.telegram.now() < until {
            self.clock.advance(LOOK.min(until - self.telegram.now()));
            self.quiet().await;
        }
    }

    /// Starts the desk anew, so that its outbox can be watched.
    pub(crate) async fn watch(&mut self) {
        let plan = Plan::new();
        self.watched = Some(Arc::clone(&plan));
        self.put_between(move |inner| {
            let plan = Arc::clone(&plan);
            Arc::new(FaultyStore { inner, plan })
        });
        self.restart().await;
    }

    /// Waits until the outbox has nothing under way and, having looked, begins nothing. To be
    /// watched first.
    pub(crate) async fn quiet(&self) {
        let plan = self.watched.as_ref().unwrap();
        let mut quiet = 0;
        for _ in 0..QUIET_LOOKS {
            for _ in 0..2 {
                let looks = plan.count("outbox_heads");
                self.service().tree().wakes.all();
                plan.called("outbox_heads", looks + 1).await;
            }
            if plan.count("outbox_waiting") == plan.count("settled") {
                quiet += 1;
            } else {
                quiet = 0;
                self.breathe().await;
            }
            if quiet == 2 {
                return;
            }
        }
    }

    /// Lets the desk work for a moment, and time pass where the desk waits for it. Answers whether
    /// everything that was said has been handled and answered.
    pub(crate) async fn go_on(&self) -> bool {
        let (service, store) = self.desk.as_ref().unwrap();
        service.tree().wakes.all();
        self.breathe().await;
        let handled = self.telegram.pending_count() == 0;
        let now = self.telegram.now();
        let due = store.due(now, 1).await.unwrap();
        let agenda = store.agenda_due(now, 1).await.unwrap();
        let waits = self.telegram.calls_under_way() == 0;
        let unheard = store.unheard(1).await.unwrap();
        let nothing_due = due.is_empty() && agenda.is_empty() && unheard.is_empty();
        let idle = handled && nothing_due && waits;
        let at_rest = idle && store.outbox_unfinished(now).await.unwrap() == 0;
        if idle && !at_rest {
            self.clock.advance(STEP);
        }
        at_rest
    }

    /// Waits until something holds, where the world as a whole does not come to rest.
    pub(crate) async fn until(&self, condition: impl Fn(&Self) -> bool) {
        for _ in 0..STEPS {
            if condition(self) {
                return;
            }
            self.service().tree().wakes.all();
            self.breathe().await;
        }
        panic!("waited in vain:\n{}", self.scene());
    }

    /// Lets the desk's tasks run.
    async fn breathe(&self) {
        let changed = self.telegram.wait_until(|_| None::<()>);
        let _ = tokio::time::timeout(Duration::from_millis(4), changed).await;
    }
}
