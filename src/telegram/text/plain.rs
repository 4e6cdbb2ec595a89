//! The same words for a page in a browser: plain text, which the page makes safe by itself.

use actors::domain::id::MessageRef;
use actors::domain::kpi::{Overview, ReportForm, Span};
use actors::domain::{Incident, Language, PersonId, Recorded, Stage};
use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;

use super::history::Doer;
use super::markup::Medium;
use super::scene::Scene;
use super::voice::{Voice, link_to};
use super::wording::{self, Phrase};
use super::{card, history, marks, report};
use crate::words::{Filling, Happening, Reading, Table, Words};

/// How much of what somebody wrote is shown, in UTF-16 units: several times what a message holds.
const BLOCK_LIMIT: usize = 16_000;

/// The words of the chat.
#[derive(Debug, Clone, Copy, Default)]
pub struct ChatWords;

impl ChatWords {
    /// A voice that depends on no group and no moment.
    fn voice(language: Language) -> Voice {
        Voice {
            language,
            medium: Medium::Plain,
            time_zone: Tz::UTC,
            now: DateTime::UNIX_EPOCH,
        }
    }

    fn scene<'a>(reading: &Reading<'a>) -> Scene<'a> {
        Scene::of_page(reading)
    }

    /// A report to read: the figures, what they mean, and who did what.
    #[must_use]
    pub fn report(&self, reading: &Reading<'_>, span: Span, overview: &Overview) -> String {
        let scene = Self::scene(reading);
        let mut told = String::new();
        for form in [ReportForm::Picture, ReportForm::People] {
            let wanted = (span, overview.window.from, form);
            let page = report::page(&scene, wanted, Some(overview), None)
                .finish()
                .text;
            told.push_str(&without_marks(&page));
            told.push_str("\n\n");
        }
        told.push_str(&without_marks(
            &report::by_group(&scene, overview).finish().text,
        ));
        told
    }

    /// The chart of a report as PNG, made of nothing that people wrote. It takes a while.
    ///
    /// # Errors
    /// What it could not be made for.
    pub fn picture(
        &self,
        reading: &Reading<'_>,
        span: Span,
        overview: &Overview,
    ) -> Result<Vec<u8>, String> {
        report::picture(&Self::scene(reading), span, overview)
    }
}

/// Without the marks of messages, which terminals do not have.
fn without_marks(text: &str) -> String {
    ["<b>", "</b>", "<i>", "</i>"]
        .iter()
        .fold(text.to_owned(), |text, mark| text.replace(mark, ""))
}

impl Words for ChatWords {
    fn say(&self, language: Language, id: &str, fillings: &[(&'static str, Filling)]) -> String {
        let fillings: Vec<(&'static str, wording::Filling)> = fillings
            .iter()
            .map(|(name, filling)| {
                let filling = match filling {
                    Filling::Words(words) => Phrase::ready(words.clone()).into(),
                    Filling::Number(number) => (*number).into(),
                };
                (*name, filling)
            })
            .collect();
        wording::say(language, id, &fillings).into_string()
    }

    fn moment(&self, reading: &Reading<'_>, at: DateTime<Utc>) -> String {
        Self::scene(reading).moment(at).into_string()
    }

    fn duration(&self, language: Language, took: Duration) -> String {
        Self::voice(language).duration(took).into_string()
    }

    fn name(&self, reading: &Reading<'_>, person: PersonId) -> String {
        Self::scene(reading).name(person).into_string()
    }

    fn line(&self, written: &str, limit: usize) -> String {
        Medium::Plain.line(written, limit)
    }

    fn block(&self, written: &str) -> String {
        Medium::Plain.block(written, BLOCK_LIMIT)
    }

    fn stage(&self, language: Language, stage: &Stage) -> (&'static str, String) {
        let words = Self::voice(language).say(card::stage_id(stage), &[]);
        (marks::of_stage(stage), words.into_string())
    }

    fn excerpt(&self, language: Language, incident: &Incident) -> String {
        let reading = Reading {
            language,
            group: None,
            people: &[],
            now: DateTime::UNIX_EPOCH,
        };
        Self::scene(&reading).excerpt(incident).into_string()
    }

    fn link(&self, message: MessageRef) -> Option<String> {
        link_to(message)
    }

    fn history(&self, reading: &Reading<'_>, events: &[Recorded]) -> Vec<Happening> {
        let scene = Self::scene(reading);
        let happened = events.iter().map(|recorded| Happening {
            when: scene.moment(recorded.at).into_string(),
            what: history::what(&scene, &recorded.event).into_string(),
            who: match history::doer(recorded) {
                Doer::Person(person) => scene.name(person),
                Doer::Clock => scene.say("board-by-clock", &[]),
                Doer::Rule => scene.say("board-by-rule", &[]),
                Doer::Model => scene.say("board-by-triage", &[]),
            }
            .into_string(),
        });
        happened.collect()
    }

    fn title(&self, reading: &Reading<'_>, span: Span, overview: &Overview) -> String {
        let (from, until) = report::days(&Self::scene(reading), overview.window);
        match span {
            Span::Day => from.into_string(),
            Span::Week | Span::Month => format!("{} – {}", from.as_str(), until.as_str()),
        }
    }

    fn definitions(&self, reading: &Reading<'_>) -> [String; 3] {
        let scene = Self::scene(reading);
        let all = [
            report::definitions(&scene),
            scene.say("people-definitions", &[]),
            scene.say("ratings-definitions", &[]),
        ];
        // Nothing that people wrote stands in them, and messages have them in italics.
        all.map(|it| without_marks(it.as_str()))
    }

    fn chart(&self, reading: &Reading<'_>, span: Span, overview: &Overview) -> String {
        report::chart(&Self::scene(reading), span, overview)
    }

    fn table(
        &self,
        reading: &Reading<'_>,
        (span, form): (Span, ReportForm),
        overview: &Overview,
        incidents: &[Incident],
    ) -> Result<Option<Table>, String> {
        if !form.lists_incidents() {
            return Ok(None);
        }
        let wanted = (span, overview.window.from, form);
        let made = report::file(&Self::scene(reading), wanted, overview, incidents)?;
        Ok(made.map(|file| Table {
            name: file.name,
            media_type: file.media_type,
            bytes: file.bytes,
        }))
    }
}
