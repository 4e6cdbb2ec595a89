//! The page about reports that come by themselves.

use actors::domain::kpi::Span;
use actors::inbound::Change;

use super::super::page::Page;
use super::super::wording::Phrase;
use super::Panels;

/// The minutes of the day that are offered: before the day begins, and after it.
const TIMES: [u16; 5] = [6 * 60, 7 * 60, 8 * 60, 9 * 60, 18 * 60];

impl Panels<'_> {
    pub(super) fn reports(&self) -> Page {
        let policy = &self.group.settings.reports;
        let mut page = Page::of(self.say("panel-reports", &[]));
        page.line(self.say("panel-reports-explained", &[self.zone()]));
        page.row(Span::ALL.map(|span| {
            let label = match span {
                Span::Day => "button-report-daily",
                Span::Week => "button-report-weekly",
                Span::Month => "button-report-monthly",
            };
            let present = policy.wants(span);
            let wanted = !present;
            let change = Change::ReportSchedule { span, wanted };
            self.choice(self.say(label, &[]), present, change)
        }));
        page.row(TIMES.map(|minute| {
            let (hours, minutes) = (minute / 60, minute % 60);
            let label = Phrase::ready(format!("{hours:02}:{minutes:02}"));
            self.choice(label, policy.minute == minute, Change::ReportTime(minute))
        }));
        page.row([false, true].map(|in_group| {
            let label = match in_group {
                true => "button-reports-in-group",
                false => "button-reports-privately",
            };
            let present = policy.in_group == in_group;
            self.choice(
                self.say(label, &[]),
                present,
                Change::ReportPlace { in_group },
            )
        }));
        page.row([self.back()]);
        page
    }
}
