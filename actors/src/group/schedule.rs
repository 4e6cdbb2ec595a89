//! Reports that come by themselves: they stand on the group's agenda, and move when they are set
//! otherwise or the group's clock is.

use chrono::{DateTime, Duration, Utc};

use super::Turn;
use crate::address::draft;
use crate::domain::calendar::MINUTES_OF_DAY;
use crate::domain::kpi::{ReportForm, Span};
use crate::domain::notice::{Late, Panel};
use crate::domain::sla::Absence;
use crate::domain::{
    AgendaItem, AgendaKind, Audience, Class, GroupConfig, MessageId, Notice, Refusal, Says,
    Settings,
};
use crate::inbound::Change;
use crate::ports::{Commit, Record};

/// From which delay on a report says how late it is: less is how long a start of the desk takes.
const LATE: Duration = Duration::minutes(5);

impl Turn<'_> {
    pub(super) async fn configure_reports(self, change: Change, on: MessageId) -> super::Next {
        let panel = Panel::Reports;
        match change {
            Change::ReportSchedule { span, wanted } => {
                self.set(on, panel, |it| it.reports.set(span, wanted)).await
            }
            Change::ReportTime(minute) if minute < MINUTES_OF_DAY => {
                self.set(on, panel, |it| it.reports.minute = minute).await
            }
            Change::ReportPlace { in_group } => {
                self.set(on, panel, |it| it.reports.in_group = in_group)
                    .await
            }
            _ => super::refused(Refusal::NotNow),
        }
    }

    /// What stands on the agenda once the settings are these.
    pub(super) fn rescheduled(&self, settings: &Settings) -> Vec<Record> {
        let before = &self.config.settings;
        if before.reports == settings.reports && before.time_zone == settings.time_zone {
            return Vec::new();
        }
        let now = self.context.clock.now();
        let items = Span::ALL.map(|span| on_agenda(&self.config, settings, span, now));
        items.into()
    }
}

/// When the next report of that length is due.
fn on_agenda(
    config: &GroupConfig,
    settings: &Settings,
    span: Span,
    after: DateTime<Utc>,
) -> Record {
    Record::Agenda {
        group: config.id,
        kind: AgendaKind::Report,
        subject: span.number(),
        due: settings.reports.next(span, settings.time_zone, after),
    }
}

/// A report is due: it is given, and stands on the agenda for the next time.
pub(super) fn report_due(
    config: &GroupConfig,
    item: AgendaItem,
    (now, absence): (DateTime<Utc>, Option<Absence>),
    commit: &mut Commit,
) {
    let policy = &config.settings.reports;
    let Some(span) = Span::numbered(item.subject).filter(|span| policy.wants(*span)) else {
        commit.records.push(Record::Agenda {
            group: config.id,
            kind: item.kind,
            subject: item.subject,
            due: None,
        });
        return;
    };
    let zone = config.settings.time_zone;
    let due = policy.newest(span, zone, item.due, now);
    let at = span.before(due, zone);
    let late = (now - due >= LATE).then(|| Late {
        due,
        absent_minutes: absence.and_then(|absence| absence.explains(due)),
    });
    let form = ReportForm::Picture;
    let audiences = match policy.in_group {
        true => vec![Audience::Group],
        // They say who is slow: managers who cannot be reached ask for them.
        false => {
            let managers = config.managers.iter().copied();
            managers.map(Audience::PersonPrivately).collect()
        }
    };
    commit.outbox.extend(audiences.into_iter().map(|audience| {
        let says = Says::Report {
            span,
            at,
            form,
            all_groups: false,
            late,
        };
        let class = Class::Page;
        let notice = Notice {
            audience,
            class,
            says,
        };
        draft(None, &notice, config, None)
    }));
    commit
        .records
        .push(on_agenda(config, &config.settings, span, now));
}
