//! Clocks that stand still, signs of life, and what an incident remembers of being asked.

use chrono::{DateTime, Utc};

use crate::domain::event::Recorded;
use crate::domain::incident::{Incident, Pause, Stage};

impl Incident {
    /// Its target is counted anew from then.
    pub(super) fn count_from(&mut self, at: DateTime<Utc>) {
        self.counted_from = Some(at);
        self.overdue_at = None;
    }

    /// While it is blocked, its clocks stand still.
    pub(super) fn note_pause(&mut self, at: DateTime<Utc>) {
        let blocked = matches!(self.stage, Stage::Blocked { .. });
        match self.pauses.last_mut().filter(|last| last.until.is_none()) {
            Some(last) if !blocked => last.until = Some(at.max(last.from)),
            None if blocked => self.pauses.push(Pause {
                from: at,
                until: None,
            }),
            _ => {}
        }
    }

    /// Whatever somebody who works on it does is a sign of life.
    pub(super) fn note_life(&mut self, recorded: &Recorded) {
        let Some(person) = recorded.person() else {
            return;
        };
        if let Some(work) = self.work_mut().filter(|work| work.includes(person)) {
            work.seen_at = Some(recorded.at).filter(|at| *at > work.since);
            work.asked_at = None;
            work.shift_ends_at = None;
        }
    }

    pub(super) fn note_shift_ending(&mut self, until: DateTime<Utc>) {
        if let Some(work) = self.work_mut() {
            work.shift_ends_at = Some(until);
        }
    }

    pub(super) fn question_lease(&mut self, at: DateTime<Utc>) {
        if let Some(work) = self.work_mut() {
            work.asked_at = Some(at);
        }
    }

    pub(super) fn set_wake_up(&mut self, at: Option<DateTime<Utc>>) {
        if let Stage::Blocked { wake, asked, .. } = &mut self.stage {
            *wake = at;
            *asked = false;
        }
    }

    pub(super) fn note_wait_question(&mut self) {
        if let Stage::Blocked { asked, .. } = &mut self.stage {
            *asked = true;
        }
    }
}
