//! What every actor is given: the ports, and what holds for the whole run.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use tokio::sync::Notify;

use crate::audit::Audit;
use crate::domain::sla::Absence;
use crate::domain::{PersonId, Settings};
use crate::outbox::UnderWay;
use crate::ports::{Clock, Roll, SignIn, Store};

/// The ports, and what holds for the whole run.
pub struct Context {
    /// What lasts.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Who is in a group.
    pub roll: Arc<dyn Roll>,
    /// Lets people into the dashboard, where there is one.
    pub sign_in: Option<Arc<dyn SignIn>>,
    /// Told when rows were written that somebody should read.
    pub wakes: Wakes,
    /// The desk's last absence, up to the start of this run.
    pub absence: Option<Absence>,
    /// Whether deadlines may act: not before the messenger's backlog is handled, since somebody may
    /// have claimed or summarised while the desk was away.
    pub deadlines_act: AtomicBool,
    /// Whether every critical incident will call somebody.
    pub audit: Arc<Audit>,
    /// What is being delivered.
    pub under_way: UnderWay,
    /// Who approves new groups; nobody means that they need no approval.
    pub platform_administrators: Vec<PersonId>,
    /// What a new group begins with.
    pub new_group_settings: Settings,
}

/// Taps on the shoulder. They carry no data: what to do is read from rows, so one tap too many is
/// harmless and one too few is made up for by the next regular look.
#[derive(Debug, Default, Clone)]
pub struct Wakes {
    /// There may be something to deliver.
    pub outbox: Arc<Notify>,
    /// There may be a new deadline, or the clock was moved.
    pub sla_timer: Arc<Notify>,
    /// There may be a report to look through.
    pub triage: Arc<Notify>,
}

impl Wakes {
    /// Wakes everybody who reads rows.
    pub fn all(&self) {
        self.outbox.notify_one();
        self.sla_timer.notify_one();
        self.triage.notify_one();
    }
}
