//! Calls to a department: those who are on duty hear them, five names a message, and of those only who
//! has not muted them. Where nobody is on duty, something critical wakes everybody; of anything else
//! the managers hear, once.

use chrono::{DateTime, Duration, Utc};

use super::{Router, distinct, in_messages};
use crate::domain::duty::Mute;
use crate::domain::id::{DepartmentId, PersonId};
use crate::domain::incident::{Stage, Urgency};
use crate::domain::notice::{Audience, Class, Says};
use crate::domain::sla::DeadlineKind;

/// Who hears a call.
enum Hearers {
    /// These.
    People(Vec<PersonId>),
    /// The department has no members at all.
    NoMembers,
    /// It has, but none of them is to be called now.
    NobodyOnDuty,
}

impl Router<'_> {
    /// Calls a department. One without members is called by its name, and what is given back is free
    /// for all to see: the card changes without a sound. Managers hear of what is critical even if
    /// they are no members, and before all else.
    pub(super) fn call_department(
        &mut self,
        department: DepartmentId,
        released_by: Option<PersonId>,
    ) {
        let calls = match self.hearers(department, Mute::NewInDepartment) {
            Hearers::People(people) => in_messages(&people),
            Hearers::NoMembers => vec![Vec::new()],
            Hearers::NobodyOnDuty => {
                self.nobody_on_duty(department);
                Vec::new()
            }
        };
        let nobody = calls.is_empty() && released_by.is_some();
        for call in calls.into_iter().chain(nobody.then(Vec::new)) {
            let says = Says::NewInDepartment {
                department,
                call,
                released_by,
            };
            self.say(Audience::Group, Class::Page, says);
        }
        if self.is_critical() {
            self.call_managers(department, released_by);
        }
    }

    pub(super) fn nudge(&mut self) {
        let Stage::New {
            department, since, ..
        } = self.after.stage
        else {
            return;
        };
        let absent_minutes = self.absent_minutes(DeadlineKind::UnclaimedNudge);
        let calls = match self.hearers(department, Mute::Nudges) {
            Hearers::People(people) => in_messages(&people),
            // Those who direct can give it some.
            Hearers::NoMembers => match in_messages(&self.config.managers) {
                calls if calls.is_empty() => vec![Vec::new()],
                calls => calls,
            },
            Hearers::NobodyOnDuty => {
                if !self.managers_know(department, since) {
                    self.nobody_on_duty(department);
                }
                Vec::new()
            }
        };
        for call in calls {
            let says = Says::Nudge {
                department,
                call,
                since,
                absent_minutes,
            };
            self.say(Audience::Group, Class::Page, says);
        }
    }

    /// Those who are called upon to take what nobody has taken; nobody by name where none can be.
    pub(super) fn called_upon(&self, department: DepartmentId) -> Vec<Vec<PersonId>> {
        match self.hearers(department, Mute::Nudges) {
            Hearers::People(people) if !people.is_empty() => in_messages(&people),
            _ => vec![Vec::new()],
        }
    }

    pub(super) fn members(&self, department: DepartmentId) -> &[PersonId] {
        let known = self.config.department(department);
        known
            .map(|known| known.members.as_slice())
            .unwrap_or_default()
    }

    fn is_critical(&self) -> bool {
        self.after.urgency == Some(Urgency::Critical)
    }

    fn hearers(&self, department: DepartmentId, mute: Mute) -> Hearers {
        if self.members(department).is_empty() {
            return Hearers::NoMembers;
        }
        let on_duty = || self.config.on_duty(department, self.at);
        let mut called = match self.is_critical() {
            false => self.who_listens(department, mute, self.at),
            true if on_duty().is_empty() => self.members(department).to_vec(),
            true => on_duty(),
        };
        if called.is_empty() {
            return Hearers::NobodyOnDuty;
        }
        called.retain(|member| Some(*member) != self.actor);
        Hearers::People(called)
    }

    /// Those on duty who have not muted it.
    fn who_listens(
        &self,
        department: DepartmentId,
        mute: Mute,
        at: DateTime<Utc>,
    ) -> Vec<PersonId> {
        let mut called = self.config.on_duty(department, at);
        called.retain(|member| !self.config.roster.is_muted(*member, mute));
        called
    }

    fn nobody_on_duty(&mut self, department: DepartmentId) {
        for manager in distinct(self.config.managers.clone()) {
            self.tell(manager, Says::NobodyOnDuty { department });
        }
    }

    /// Whether managers were told that nobody is on duty: when it was given to the department, or
    /// with an earlier nudge.
    fn managers_know(&self, department: DepartmentId, since: DateTime<Utc>) -> bool {
        let nudges = match self.before.map(|before| &before.stage) {
            Some(Stage::New { nudges, .. }) => *nudges,
            _ => 0,
        };
        let pause = Duration::minutes(i64::from(self.config.settings.unclaimed_nudge_minutes));
        let nudged_at = |number: u32| {
            let number = i32::try_from(number).ok()?;
            since.checked_add_signed(pause.checked_mul(number)?)
        };
        let nobody = |mute, at| self.who_listens(department, mute, at).is_empty();
        nobody(Mute::NewInDepartment, since)
            || (1..=nudges)
                .filter_map(nudged_at)
                .any(|at| nobody(Mute::Nudges, at))
    }
}
