//! When a group is open, and when it wants quiet.

use super::{Next, Turn, refused};
use crate::domain::calendar::{Days, QuietHours, Week};
use crate::domain::duty::week_of_words;
use crate::domain::notice::{Panel, Prompt};
use crate::domain::{MessageId, Refusal, Settings};
use crate::inbound::{Change, Message};
use crate::ports::Record;

impl Turn<'_> {
    pub(super) async fn configure_hours(self, change: Change, on: MessageId) -> Next {
        let page = Panel::Hours;
        match change {
            Change::QuietHours { from, until } => match QuietHours::new(from, until) {
                Some(quiet) => {
                    let quiet = Some(quiet);
                    self.set(on, page, |it| it.calendar.quiet_hours = quiet)
                        .await
                }
                None => refused(Refusal::NotNow),
            },
            Change::NoQuietHours => {
                self.set(on, page, |it| it.calendar.quiet_hours = None)
                    .await
            }
            Change::AlwaysOpen => {
                self.set(on, page, |it| it.calendar.business_hours = None)
                    .await
            }
            Change::Holidays(country) => {
                self.set(on, page, |it| it.calendar.holidays.country = country)
                    .await
            }
            Change::AskQuietHours => self.prompt(Prompt::QuietHours, on).await,
            Change::AskBusinessHours => self.prompt(Prompt::BusinessHours, on).await,
            _ => refused(Refusal::NotNow),
        }
    }

    pub(super) fn quiet_by_words(&self, message: &Message) -> Result<(Record, Panel), Refusal> {
        let quiet = quiet_of_words(&message.text).ok_or(Refusal::NotASchedule)?;
        Ok(self.hours(|it| it.calendar.quiet_hours = Some(quiet)))
    }

    pub(super) fn open_by_words(&self, message: &Message) -> Result<(Record, Panel), Refusal> {
        let week = week_of_words(&message.text).map_err(|_| Refusal::NotASchedule)?;
        Ok(self.hours(|it| it.calendar.business_hours = Some(week)))
    }

    fn hours(&self, change: impl FnOnce(&mut Settings)) -> (Record, Panel) {
        let mut settings = self.config.settings.clone();
        change(&mut settings);
        let group = self.config.id;
        (Record::Settings { group, settings }, Panel::Hours)
    }
}

/// "22-7", the same every day.
fn quiet_of_words(text: &str) -> Option<QuietHours> {
    let Week(spans) = week_of_words(text).ok()?;
    match spans.as_slice() {
        [span] if span.days == Days::ALL => QuietHours::new(span.from, span.until),
        _ => None,
    }
}
