//! Work that cannot go on, and work that nobody hears of.

use chrono::{DateTime, Utc};

use super::{Router, workers};
use crate::domain::incident::{BlockKind, Incident, Stage};
use crate::domain::notice::{Audience, Class, Says};
use crate::domain::sla::{self, DeadlineKind};

impl Router<'_> {
    pub(super) fn blocked(&mut self, kind: BlockKind, comment: &str) {
        let Some(by) = self.actor else { return };
        let says = Says::Blocked {
            by,
            kind,
            comment: comment.to_owned(),
        };
        let mut hearers = self.reporters();
        hearers.extend(workers(Some(self.after)));
        if kind != BlockKind::Waiting {
            hearers.extend(self.config.managers.iter().copied());
        }
        self.tell_each(hearers, &says);
        let person = by;
        self.say(Audience::Asker, Class::Page, Says::WakeUpAsked { person });
    }

    pub(super) fn wait_questioned(&mut self) {
        if let Stage::Blocked { work, since, .. } = &self.after.stage {
            let (owner, since) = (work.owner, *since);
            self.tell(owner, Says::WaitQuestioned { since });
        }
    }

    pub(super) fn lease_questioned(&mut self) {
        if let Some(owner) = self.after.work().map(|work| work.owner) {
            let minutes_left = i64::from(self.config.settings.leases.grace_minutes.max(1));
            self.tell(owner, Says::LeaseQuestioned { minutes_left });
        }
    }

    /// In public, as when somebody leaves; and whoever had it is told.
    pub(super) fn lease_ended(&mut self) {
        let Some(work) = self.before.and_then(Incident::work) else {
            return;
        };
        let before = work.owner;
        let over = |until: DateTime<Utc>| until <= self.at;
        let shift = work.shift_ends_at.is_some_and(over);
        self.tell(before, Says::LeaseEnded { shift });
        match (&self.after.stage, self.after.work().map(|work| work.owner)) {
            (Stage::New { department, .. }, _) => {
                self.call_department(*department, Some(before));
            }
            (_, Some(heir)) => self.tell(heir, Says::Assigned { by: before }),
            _ => {}
        }
    }

    pub(super) fn overdue(&mut self) {
        let kind = DeadlineKind::ResolutionOverdue;
        let Some(due) = sla::due_before(self.before, kind, self.config) else {
            return;
        };
        let absent_minutes = self.absent_minutes(kind);
        let owner = self.after.work().map(|work| work.owner);
        let hearers = owner
            .into_iter()
            .chain(self.config.managers.iter().copied());
        self.tell_each(
            hearers.collect(),
            &Says::Overdue {
                due,
                absent_minutes,
            },
        );
    }

    pub(super) fn resumed(&mut self) {
        let Some(by) = self.actor else { return };
        let mut hearers = self.reporters();
        hearers.extend(workers(Some(self.after)));
        self.tell_each(hearers, &Says::Resumed { by });
    }
}
