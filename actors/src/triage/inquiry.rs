//! What the model is shown of an incident: one report, and as much of its group as helps to judge it.

use std::collections::HashSet;

use crate::context::Context;
use crate::domain::decide::QUESTION_LIMIT;
use crate::domain::mask::{Masked, mask};
use crate::domain::notice::ListOf;
use crate::domain::triage::Exchange;
use crate::domain::{CompanyId, GroupConfig, Incident, IncidentId, Photo, Stage};
use crate::ports::{Inquiry, StoreError};

/// How much of a report is sent, in characters: Telegram's longest message, and answers to it.
const TEXT_LIMIT: usize = 6_000;

/// How many of the newest open incidents are compared with the report: a company's busy day.
const OPEN_COMPARED: u32 = 100;

/// How many of them are shown, and how much of each, in characters: enough to see a repeat.
const OPEN_SHOWN: usize = 10;
const EXCERPT_LIMIT: usize = 80;

/// In how many of the newest incidents known places are looked for, and how many are named: the
/// rooms that a group speaks of in a week, in a tenth of what a report may take.
const RECENT_READ: u32 = 100;
const PLACES_SHOWN: usize = 30;

/// From how many letters on a word says what a report is about.
const TELLING_LETTERS: usize = 4;

/// How many departments are named.
const DEPARTMENTS_SHOWN: usize = 60;

/// A report, ready to be sent, and what is needed when the answer comes.
pub(super) struct Prepared {
    pub(super) incident: IncidentId,
    pub(super) company: CompanyId,
    /// The words as they were then.
    pub(super) text: String,
    pub(super) masked: Masked,
    pub(super) photo: Option<Photo>,
    pub(super) config: GroupConfig,
    pub(super) inquiry: Inquiry,
}

pub(super) async fn prepare(
    context: &Context,
    incident: &Incident,
    config: &GroupConfig,
) -> Result<Prepared, StoreError> {
    let company = incident.identity.company;
    let of = ListOf::Open(None);
    let (open, _) = context.store.list(config.id, of, 0, OPEN_COMPARED).await?;
    let itself = incident.identity.id;
    let others = open.iter().filter(|other| other.identity.id != itself);
    let recent = context.store.recent(config.id, RECENT_READ).await?;
    let masked = mask(&cut(&incident.report.text, TEXT_LIMIT));
    let answers = match incident.stage {
        Stage::Intake { answers, .. } => answers,
        _ => QUESTION_LIMIT,
    };
    let exchange = |it: &Exchange| Exchange {
        question: it.question.clone(),
        answer: mask(&it.answer).text,
    };
    let departments = config.departments.iter().take(DEPARTMENTS_SHOWN);
    let text = match &incident.report.place {
        Some(place) => format!("{place}: {}", masked.text),
        None => masked.text.clone(),
    };
    let inquiry = Inquiry {
        text,
        picture: None,
        dialogue: incident.triage.dialogue.iter().map(exchange).collect(),
        questions_left: QUESTION_LIMIT.saturating_sub(answers),
        departments: departments.map(|it| it.name.clone()).collect(),
        places: places(&recent),
        open: alike(incident, others.collect())
            .into_iter()
            .map(excerpt)
            .collect(),
        language: config.settings.language,
    };
    Ok(Prepared {
        incident: incident.identity.id,
        company,
        text: incident.report.text.clone(),
        masked,
        photo: incident.report.photos.first().cloned(),
        config: config.clone(),
        inquiry,
    })
}

/// Those that look most like the report, by the words they share; of equals the newer.
fn alike<'a>(incident: &Incident, mut others: Vec<&'a Incident>) -> Vec<&'a Incident> {
    let own = telling_words(&incident.report.text);
    let shared = |other: &Incident| telling_words(&other.report.text).intersection(&own).count();
    others.sort_by_cached_key(|other| std::cmp::Reverse(shared(other)));
    others.truncate(OPEN_SHOWN);
    others
}

fn telling_words(text: &str) -> HashSet<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    let telling = words.filter(|word| word.chars().count() >= TELLING_LETTERS);
    telling.map(str::to_lowercase).collect()
}

/// Where things happened lately, each place once, the newest first.
fn places(recent: &[Incident]) -> Vec<String> {
    let mut known = HashSet::new();
    let assessments = recent.iter().filter_map(|it| it.triage.assessment.as_ref());
    let places = assessments.filter_map(|it| it.place.as_deref());
    let each = places.filter(|place| known.insert(place.to_lowercase()));
    each.take(PLACES_SHOWN)
        .map(|place| mask(place).text)
        .collect()
}

fn excerpt(incident: &Incident) -> String {
    let title = incident
        .triage
        .assessment
        .as_ref()
        .map(|it| it.title.as_str());
    let text = title.unwrap_or(&incident.report.text);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    mask(&cut(&line, EXCERPT_LIMIT)).text
}

fn cut(text: &str, limit: usize) -> String {
    text.chars().take(limit).collect()
}
