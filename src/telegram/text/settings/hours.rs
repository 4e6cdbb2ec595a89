//! The page about business hours, holidays and quiet hours.

use actors::domain::calendar::{Country, QuietHours};
use actors::inbound::Change;

use super::super::duty::{times, week_in_words};
use super::super::page::Page;
use super::super::wording::Phrase;
use super::Panels;

/// The quiet hours that are offered, in hours of the day; others are written.
const QUIET: [(u16, u16); 3] = [(21, 8), (22, 7), (23, 6)];

impl Panels<'_> {
    pub(super) fn hours(&self) -> Page {
        let calendar = &self.group.settings.calendar;
        let mut page = Page::of(self.say("panel-hours", &[]));
        page.gap().line(match &calendar.business_hours {
            Some(week) => {
                let week = ("week", week_in_words(self.scene, week).into());
                self.say("hours-open", &[week])
            }
            None => self.say("hours-always-open", &[]),
        });
        page.line(match calendar.holidays.country {
            Some(country) => {
                let country = ("country", self.country(country).into());
                self.say("hours-holidays", &[country])
            }
            None => self.say("hours-no-holidays", &[]),
        });
        page.line(match calendar.quiet_hours {
            Some(quiet) => {
                let times = Phrase::ready(times(quiet.from, quiet.until));
                self.say("hours-quiet", &[("times", times.into())])
            }
            None => self.say("hours-never-quiet", &[]),
        });
        self.hours_keys(&mut page);
        page
    }

    fn hours_keys(&self, page: &mut Page) {
        let calendar = &self.group.settings.calendar;
        page.row([
            self.choice(
                self.say("button-always-open", &[]),
                calendar.business_hours.is_none(),
                Change::AlwaysOpen,
            ),
            self.key("button-business-hours", Change::AskBusinessHours),
        ]);
        let countries = [None].into_iter().chain(Country::ALL.map(Some));
        let holidays = countries.map(|country| {
            let label = match country {
                Some(country) => self.country(country),
                None => self.say("button-no-holidays", &[]),
            };
            let present = calendar.holidays.country == country;
            self.choice(label, present, Change::Holidays(country))
        });
        page.rows(holidays.collect(), 3);
        let quiet = QUIET.into_iter().filter_map(|(from, until)| {
            let quiet = QuietHours::new(from * 60, until * 60)?;
            let label = Phrase::ready(format!("🌙 {from}–{until}"));
            let present = calendar.quiet_hours == Some(quiet);
            let QuietHours { from, until } = quiet;
            Some(self.choice(label, present, Change::QuietHours { from, until }))
        });
        page.row(quiet);
        page.row([
            self.choice(
                self.say("button-never-quiet", &[]),
                calendar.quiet_hours.is_none(),
                Change::NoQuietHours,
            ),
            self.key("button-quiet-hours", Change::AskQuietHours),
        ]);
        page.row([self.back()]);
    }

    fn country(&self, country: Country) -> Phrase {
        let id = match country {
            Country::Estonia => "country-estonia",
            Country::Latvia => "country-latvia",
            Country::Lithuania => "country-lithuania",
            Country::Finland => "country-finland",
        };
        self.say(id, &[])
    }
}
