//! What nobody takes: a warning where everybody sees it, then calls to those whose turn it is.

use chrono::{DateTime, Utc};

use super::Router;
use crate::domain::id::PersonId;
use crate::domain::notice::{Audience, Class, Says};
use crate::domain::sla::{self, DeadlineKind};

impl Router<'_> {
    /// Those who can take it are called upon; before it has a department, nobody is named.
    pub(super) fn escalation_warned(&mut self) {
        let Some(due) = sla::deadlines(self.after, &self.config.settings)
            .into_iter()
            .find(|deadline| deadline.kind == DeadlineKind::Escalation)
            .map(|deadline| deadline.due)
        else {
            return;
        };
        let department = self.after.department();
        let calls = department.map_or_else(|| vec![Vec::new()], |it| self.called_upon(it));
        for call in calls {
            self.say(
                Audience::Group,
                Class::Page,
                Says::EscalationWarned { call, due },
            );
        }
    }

    /// One that was to be later is called now, since nobody heard the one before.
    pub(super) fn escalated(&mut self, level: u8, people: &[PersonId], at: DateTime<Utc>) {
        let kind = DeadlineKind::Escalation;
        let due = sla::due_before(self.before, kind, self.config).unwrap_or(at);
        let due = due.min(at);
        let says = Says::Escalated {
            level,
            people: people.to_vec(),
            due,
            absent_minutes: self.absent_minutes(kind),
        };
        for person in people {
            self.tell_as(Class::Escalation, *person, says.clone());
        }
        if people.is_empty() {
            self.say(Audience::Group, Class::Escalation, says);
        }
    }

    /// The others who were called need not come.
    pub(super) fn acknowledged(&mut self) {
        let Some(by) = self.actor else { return };
        let escalation = self.after.escalation.as_ref();
        let called = escalation.map_or_else(Vec::new, |it| it.called());
        self.tell_each(called, &Says::Acknowledged { by });
    }
}
