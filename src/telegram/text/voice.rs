//! How something is said: in which language, into which medium, with times of which zone.

use actors::domain::id::MessageRef;
use actors::domain::{Language, Person};
use chrono::{DateTime, Datelike, Duration, Utc};
use chrono_tz::Tz;

use super::markup::{self, Medium};
use super::wording::{self, Fillings, Phrase};

/// How much of a person's name is shown, in UTF-16 units: Telegram allows twice 64, nobody needs
/// them to be told apart.
const NAME_LIMIT: usize = 40;

/// Chats below are supergroups: their number is this, less the number that links carry.
const SUPERGROUP_BASE: i64 = -1_000_000_000_000;

/// How something is said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voice {
    pub(super) language: Language,
    pub(super) medium: Medium,
    pub(super) time_zone: Tz,
    pub(super) now: DateTime<Utc>,
}

impl Voice {
    /// A text of the language files.
    pub(super) fn say(&self, id: &str, fillings: Fillings<'_>) -> Phrase {
        wording::say(self.language, id, fillings)
    }

    /// The same voice for buttons and placeholders.
    pub(super) fn plain(&self) -> Self {
        Self {
            medium: Medium::Plain,
            ..*self
        }
    }

    /// Outside text on one line.
    pub(super) fn line(&self, untrusted: &str, limit: usize) -> Phrase {
        Phrase::ready(self.medium.line(untrusted, limit))
    }

    /// A name that something was given: of a department, of a group.
    pub(super) fn given_name(&self, untrusted: &str, limit: usize) -> Phrase {
        if markup::is_visible(untrusted) {
            self.line(untrusted, limit)
        } else {
            self.say("unnamed", &[])
        }
    }

    /// Outside text set apart as a quotation, with its line breaks. A long one can be unfolded.
    pub(super) fn quote(&self, untrusted: &str, limit: usize) -> Phrase {
        /// From how many UTF-16 units on: about six lines on a phone.
        const FOLDED_FROM: usize = 300;
        let text = self.medium.block(untrusted, limit);
        let kind = if markup::units(&text) > FOLDED_FROM {
            " expandable"
        } else {
            ""
        };
        Phrase::ready(format!("<blockquote{kind}>{text}</blockquote>"))
    }

    /// A person by name: in a message a link that also notifies them.
    pub(super) fn mention(&self, person: &Person) -> Phrase {
        let name = self.name(person);
        match self.medium {
            Medium::Plain => name,
            Medium::Html => Phrase::ready(format!(
                r#"<a href="tg://user?id={}">{}</a>"#,
                person.id,
                name.as_str()
            )),
        }
    }

    /// A person by name, without calling them: lists and panels name many who need not look.
    pub(super) fn name(&self, person: &Person) -> Phrase {
        if markup::is_visible(&person.name) {
            self.line(&person.name, NAME_LIMIT)
        } else {
            self.say("someone", &[])
        }
    }

    /// Several phrases in a row, with commas.
    pub(super) fn series(&self, phrases: &[Phrase]) -> Phrase {
        let all: Vec<&str> = phrases.iter().map(Phrase::as_str).collect();
        Phrase::ready(all.join(", "))
    }

    /// A number: in the zone's time of day, with the date when that is not today.
    pub(super) fn moment(&self, at: DateTime<Utc>) -> Phrase {
        let there = at.with_timezone(&self.time_zone);
        let today = self.now.with_timezone(&self.time_zone);
        let time = Phrase::ready(there.format("%H:%M").to_string());
        if there.date_naive() == today.date_naive() {
            return time;
        }
        let month = self.say("month", &[("month", i64::from(there.month()).into())]);
        let mut fillings = vec![
            ("day", i64::from(there.day()).into()),
            ("month", month.into()),
            ("time", time.into()),
        ];
        if there.year() == today.year() {
            return self.say("moment-this-year", &fillings);
        }
        fillings.push(("year", i64::from(there.year()).into()));
        self.say("moment", &fillings)
    }

    /// How long something took: two units at most, tenths below a second.
    pub(super) fn duration(&self, duration: Duration) -> Phrase {
        let milliseconds = duration.num_milliseconds().max(0);
        let seconds = milliseconds / 1_000;
        let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
        if seconds == 0 {
            let tenths = (milliseconds / 100).max(1);
            return self.say("duration-tenths", &[("tenths", tenths.into())]);
        }
        if minutes == 0 {
            return self.say("duration-seconds", &[("seconds", seconds.into())]);
        }
        let ((large, large_id), (small, small_id)) = if hours == 0 {
            return self.say("duration-minutes", &[("minutes", minutes.into())]);
        } else if days == 0 {
            (
                (("hours", hours), "duration-hours"),
                (("minutes", minutes % 60), "duration-minutes"),
            )
        } else {
            (
                (("days", days), "duration-days"),
                (("hours", hours % 24), "duration-hours"),
            )
        };
        let first = self.say(large_id, &[(large.0, large.1.into())]);
        if small.1 == 0 {
            return first;
        }
        let second = self.say(small_id, &[(small.0, small.1.into())]);
        Phrase::ready(format!("{} {}", first.as_str(), second.as_str()))
    }
}

/// The address of a message, where messages have one: not in basic groups and private chats.
pub(super) fn link_to(message: MessageRef) -> Option<String> {
    let chat = message.chat.0;
    (chat < SUPERGROUP_BASE).then(|| {
        let inner = SUPERGROUP_BASE.saturating_sub(chat);
        format!("https://t.me/c/{inner}/{}", message.message)
    })
}
