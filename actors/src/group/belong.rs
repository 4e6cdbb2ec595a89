//! A group comes under another company, by who manages that and may configure this.

use std::sync::Arc;

use super::shift::agenda_of;
use super::{Next, Turn, refused};
use crate::company::{hindrance, is_full, managed_elsewhere};
use crate::domain::notice::Panel;
use crate::domain::{AgendaKind, GroupConfig, GroupId, MessageId, Refusal};
use crate::inbound::Answer;
use crate::outcome::Unanswered;
use crate::ports::Record;

impl Turn<'_> {
    /// The page that says what it means, and asks once more.
    pub(super) async fn ask_belong(self, to: GroupId, on: MessageId) -> Next {
        match self.joinable(to).await? {
            Ok(_) => {
                let panel = Panel::Belong(to);
                self.turn_to(panel, Vec::new(), on, Answer::Shown).await
            }
            Err(refusal) => refused(refusal),
        }
    }

    /// It is wanted.
    pub(super) async fn belong(self, to: GroupId, on: MessageId) -> Next {
        match self.joinable(to).await? {
            Ok(there) => self.join_company(&there, on).await,
            Err(refusal) => refused(refusal),
        }
    }

    /// The group whose company this one may come under; to who does not manage that, no other group
    /// exists.
    async fn joinable(&self, to: GroupId) -> Result<Result<Arc<GroupConfig>, Refusal>, Unanswered> {
        let Some(person) = self.inbound.sender.person().map(|person| person.id) else {
            return Ok(Err(Refusal::Anonymous));
        };
        let theirs = managed_elsewhere(self.context, &self.config, person).await?;
        let Some(there) = theirs.into_iter().find(|it| it.id == to) else {
            return Ok(Err(Refusal::ManagersOnly));
        };
        let hindrance = hindrance(&*self.context.store, &self.config).await?;
        let full = is_full(&there).then_some(Refusal::TooManyGroups);
        Ok(match hindrance.or(full) {
            Some(refusal) => Err(refusal),
            None => Ok(there),
        })
    }

    async fn join_company(self, there: &GroupConfig, on: MessageId) -> Next {
        let Some(by) = self.inbound.sender.person().map(|person| person.id) else {
            return refused(Refusal::Anonymous);
        };
        let (group, own, company) = (self.config.id, self.config.company, there.company);
        let mut records = vec![Record::GroupJoins {
            group,
            own,
            company,
            by,
        }];
        records.extend(self.planned_there(there).await?);
        records.extend(self.shifts_there(there));
        let panel = match self.config.settings.set_up {
            true => Panel::Settings,
            false => Panel::SetUp,
        };
        let next = self.turn_to(panel, records, on, Answer::Saved).await?;
        tracing::info!(%group, %own, %company, %by, "a group was brought under another company");
        Ok(next)
    }

    /// Planned work keeps its department where the company has one of that name.
    async fn planned_there(&self, there: &GroupConfig) -> Result<Vec<Record>, Unanswered> {
        let mut records = Vec::new();
        for known in self.context.store.recurring_of(self.config.id).await? {
            let Some(department) = known.rule.department else {
                continue;
            };
            let name = self.config.department(department).map(|it| &it.name);
            let same = name.and_then(|name| there.department_named(name));
            let mut rule = known.rule;
            rule.department = same.map(|it| it.id);
            records.push(Record::RecurringRule {
                recurring: known.id,
                rule,
            });
        }
        Ok(records)
    }

    /// Shifts are those of the company's people, by this group's clock.
    fn shifts_there(&self, there: &GroupConfig) -> Vec<Record> {
        let group = self.config.id;
        let off = |subject| {
            [AgendaKind::ShiftStart, AgendaKind::ShiftEnding].map(|kind| Record::Agenda {
                group,
                kind,
                subject,
                due: None,
            })
        };
        let before = self.config.roster.scheduled().into_iter();
        let over = before.flat_map(|person| off(person.0));
        let (zone, now) = (self.config.settings.time_zone, self.context.clock.now());
        let people = there.roster.scheduled().into_iter();
        let theirs = people.flat_map(|it| agenda_of(group, &there.roster, it, zone, now));
        over.chain(theirs).collect()
    }
}
