//! What a page in a browser says, in the words of the chat: the pages ask, the chat's texts answer.
//!
//! Stands between the two so that neither knows the other, and there is one set of Fluent files.
//! Everything here is plain text; whoever shows it makes it safe for its own medium.

use actors::domain::id::MessageRef;
use actors::domain::kpi::{Overview, ReportForm, Span};
use actors::domain::{GroupConfig, Incident, Language, Person, PersonId, Recorded, Stage};
use chrono::{DateTime, Duration, Utc};

/// What fills a place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filling {
    /// Words, as they are to be read.
    Words(String),
    /// A number, which plural rules go by.
    Number(i64),
}

impl From<String> for Filling {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<i64> for Filling {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// Who reads, and what is known of what they read about.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// In which language.
    pub language: Language,
    /// The group, whose zone holds for times.
    pub group: Option<&'a GroupConfig>,
    /// Everybody who is named.
    pub people: &'a [Person],
    /// The present moment.
    pub now: DateTime<Utc>,
}

/// A line of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// When, by the group's clock.
    pub when: String,
    /// What.
    pub what: String,
    /// By whom.
    pub who: String,
}

/// A table to take away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its file's name, ending included: nothing but letters, digits, dots and hyphens.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The words.
pub trait Words: Send + Sync + 'static {
    /// A text of the language files.
    fn say(&self, language: Language, id: &str, fillings: &[(&'static str, Filling)]) -> String;

    /// A moment by the clock of the group, with the date when that is not today.
    fn moment(&self, reading: &Reading<'_>, at: DateTime<Utc>) -> String;

    /// How long something took, in two units at most.
    fn duration(&self, language: Language, took: Duration) -> String;

    /// A person by name.
    fn name(&self, reading: &Reading<'_>, person: PersonId) -> String;

    /// What people wrote, on one line of at most that many UTF-16 units.
    fn line(&self, written: &str, limit: usize) -> String;

    /// What people wrote, with its line breaks.
    fn block(&self, written: &str) -> String;

    /// Where an incident stands: its mark, and in words.
    fn stage(&self, language: Language, stage: &Stage) -> (&'static str, String);

    /// The first words of a report, or that it is a photo or a recording.
    fn excerpt(&self, language: Language, incident: &Incident) -> String;

    /// The address of a message in the chat, where messages have one.
    fn link(&self, message: MessageRef) -> Option<String>;

    /// What happened.
    fn history(&self, reading: &Reading<'_>, events: &[Recorded]) -> Vec<Happening>;

    /// The first and the last day of a report, or the only one.
    fn title(&self, reading: &Reading<'_>, span: Span, overview: &Overview) -> String;

    /// What figures, deeds and ratings mean, in this order.
    fn definitions(&self, reading: &Reading<'_>) -> [String; 3];

    /// The chart of a report as SVG, made of nothing that people wrote.
    fn chart(&self, reading: &Reading<'_>, span: Span, overview: &Overview) -> String;

    /// The table of a report; none where the form is no table. It takes a while.
    ///
    /// # Errors
    /// What it could not be made for.
    fn table(
        &self,
        reading: &Reading<'_>,
        wanted: (Span, ReportForm),
        overview: &Overview,
        incidents: &[Incident],
    ) -> Result<Option<Table>, String>;
}
