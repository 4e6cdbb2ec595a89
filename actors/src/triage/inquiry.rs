//! What the model is shown of an incident: one report, and as much of its group as helps to judge it.

use crate::context::Context;
use crate::domain::decide::QUESTION_LIMIT;
use crate::domain::mask::{Masked, mask};
use crate::domain::notice::ListOf;
use crate::domain::triage::Exchange;
use crate::domain::{CompanyId, GroupConfig, Incident, IncidentId, Photo, Stage};
use crate::ports::{Inquiry, StoreError};

/// How much of a report is sent, in characters: Telegram's longest message, and answers to it.
const TEXT_LIMIT: usize = 6_000;

/// How many open incidents are shown, and how much of each, in characters: enough to see a repeat.
const OPEN_SHOWN: u32 = 10;
const EXCERPT_LIMIT: usize = 80;

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
    let (open, _) = context.store.list(company, of, 0, OPEN_SHOWN).await?;
    // Other groups of the company are none of this report's business.
    let open = open.iter().filter(|other| {
        other.identity.group == config.id && other.identity.id != incident.identity.id
    });
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
    let inquiry = Inquiry {
        text: masked.text.clone(),
        picture: None,
        dialogue: incident.triage.dialogue.iter().map(exchange).collect(),
        questions_left: QUESTION_LIMIT.saturating_sub(answers),
        departments: departments.map(|it| it.name.clone()).collect(),
        open: open.map(excerpt).collect(),
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
