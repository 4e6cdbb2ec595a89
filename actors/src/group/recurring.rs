//! Planned work: managers say what comes again, and at its time it becomes an incident.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{GroupActor, Next, Turn, refused};
use crate::address::drafts;
use crate::domain::recurring::{Overlap, RULES_LIMIT, Recurring, rule_of_words};
use crate::domain::report::Planned;
use crate::domain::{
    AgendaItem, AgendaKind, Class, GroupConfig, IncidentId, MessageId, RecurringId, Refusal,
    Report, Says, open,
};
use crate::inbound::{Answer, Change, Message};
use crate::outcome::Unanswered;
use crate::ports::{Commit, IncidentWrite, Record};

impl Turn<'_> {
    /// `/recurring`: what comes again; with words, one more.
    pub(super) async fn recurring_asked(self, message: &Message) -> Next {
        let to = message.id;
        let manages = self.may_configure();
        let words = message.text.trim();
        if words.is_empty() {
            return self.say(to, Says::Recurring { offered: manages }).await;
        }
        if !manages {
            return self.refuse(to, Refusal::ManagersOnly).await;
        }
        let Some(by) = self.inbound.sender.person().map(|person| person.id) else {
            return self.refuse(to, Refusal::Anonymous).await;
        };
        let Ok(rule) = rule_of_words(words, &self.config.departments) else {
            return self.refuse(to, Refusal::NotARule).await;
        };
        let group = self.config.id;
        let known = self.context.store.recurring_of(group).await?;
        if known.len() >= RULES_LIMIT {
            return self.refuse(to, Refusal::TooManyRules).await;
        }
        let now = self.context.clock.now();
        let due = rule.next_after(self.config.settings.time_zone, now);
        let record = Record::NewRecurring {
            group,
            rule,
            by,
            due,
        };
        let says = Says::Recurring { offered: true };
        let row = self.answer_row(None, to, Class::Page, says);
        self.keep(vec![record], vec![row], Answer::Silent).await
    }

    /// One is dropped, or what happens while the last one is open.
    pub(super) async fn configure_recurring(self, change: Change, on: MessageId) -> Next {
        let (id, overlap) = match change {
            Change::DropRecurring(id) => (id, None),
            Change::Overlap(id, overlap) => (id, Some(overlap)),
            _ => return refused(Refusal::NotNow),
        };
        let store = &self.context.store;
        let known = store.recurring(id).await?;
        let Some(known) = known.filter(|it| it.group == self.config.id) else {
            return refused(Refusal::AlreadySo);
        };
        let records = match overlap {
            Some(overlap) if overlap == known.rule.overlap => return refused(Refusal::AlreadySo),
            Some(overlap) => vec![with_overlap(known, overlap)],
            None => self.without(known.id),
        };
        let row = self.edit_row(on, Says::Recurring { offered: true });
        self.keep(records, vec![row], Answer::Saved).await
    }

    fn without(&self, recurring: RecurringId) -> Vec<Record> {
        let off = Record::Agenda {
            group: self.config.id,
            kind: AgendaKind::Recurring,
            subject: recurring.0,
            due: None,
        };
        vec![Record::RecurringDropped { recurring }, off]
    }

    /// By another zone's clock everything comes at other moments.
    pub(super) async fn replanned(&self, zone: Tz) -> Result<Vec<Record>, Unanswered> {
        let group = self.config.id;
        let now = self.context.clock.now();
        let known = self.context.store.recurring_of(group).await?;
        let record = |it: Recurring| Record::Agenda {
            group,
            kind: AgendaKind::Recurring,
            subject: it.id.0,
            due: Some(it.rule.next_after(zone, now)),
        };
        Ok(known.into_iter().map(record).collect())
    }
}

fn with_overlap(known: Recurring, overlap: Overlap) -> Record {
    let mut rule = known.rule;
    rule.overlap = overlap;
    Record::RecurringRule {
        recurring: known.id,
        rule,
    }
}

impl GroupActor {
    /// Its time has come: it becomes an incident, in the same commit that says when it comes next.
    /// After an absence of the desk it comes once, however often it should have.
    pub(super) async fn recur(
        &self,
        config: &Arc<GroupConfig>,
        item: AgendaItem,
        now: DateTime<Utc>,
    ) -> Result<Commit, Unanswered> {
        let store = &self.context.store;
        let mut commit = Commit::new(now, None);
        let next = |due| Record::Agenda {
            group: config.id,
            kind: item.kind,
            subject: item.subject,
            due,
        };
        let known = store.recurring(RecurringId(item.subject)).await?;
        let Some(known) = known.filter(|it| it.group == config.id) else {
            commit.records.push(next(None));
            return Ok(commit);
        };
        let due = known.rule.next_after(config.settings.time_zone, now);
        commit.records.push(next(Some(due)));
        let last: Option<IncidentId> = known.last;
        let last = match last {
            Some(last) => store.incident(last).await?,
            None => None,
        };
        if known.rule.is_left_out(last.as_ref()) {
            tracing::info!(recurring = %known.id, group = %config.id, "planned work is left out");
        } else {
            begin(&mut commit, &known, item.due, now, config);
        }
        Ok(commit)
    }
}

/// Planned work is for whoever set it up to see to, whether or not they may report by themselves.
fn begin(
    commit: &mut Commit,
    known: &Recurring,
    due: DateTime<Utc>,
    now: DateTime<Utc>,
    config: &GroupConfig,
) {
    let report = Report {
        planned: Some(Planned {
            due,
            department: known.rule.department,
        }),
        ..Report::of(known.by, known.rule.text.clone())
    };
    match open(report, &config.standing(known.by), now, config) {
        Ok(opening) => {
            commit.outbox = drafts(&opening.incident, &opening, config, None);
            commit.recurring = Some(known.id);
            commit.incident = Some(IncidentWrite {
                expected: None,
                incident: opening.incident,
                events: opening.events,
                deadlines: opening.deadlines,
                target: opening.target,
            });
        }
        Err(refusal) => {
            tracing::error!(recurring = %known.id, ?refusal, "planned work cannot be begun");
        }
    }
}
