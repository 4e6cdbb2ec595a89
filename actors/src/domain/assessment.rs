//! What triage says about a report, validated. The report is somebody's free text, so whatever comes
//! of it may change its own rating and nothing else: every field is bounded, the department is one
//! of the group's, and what a rule calls critical stays critical.

use serde::{Deserialize, Serialize};

use super::group::GroupConfig;
use super::hazard::{self, Hazard};
use super::id::DepartmentId;
use super::incident::Urgency;
use super::triage::{Rater, TriagePolicy};

/// How long a title may be, in characters: one line of a card on a phone, twice.
pub const TITLE_LIMIT: usize = 80;

/// How long a place may be, in characters.
pub const PLACE_LIMIT: usize = 60;

/// How long a reason may be, in characters: one line that explains.
pub const REASON_LIMIT: usize = 160;

/// How long a question may be, in characters.
pub const QUESTION_LENGTH: usize = 200;

/// How long an offered answer may be, in characters: it must fit a button.
pub const ANSWER_LIMIT: usize = 40;

/// How many answers are offered at most: more are no help.
pub const ANSWERS_OFFERED: usize = 4;

/// How many missing things are named.
pub const MISSING_LIMIT: usize = 4;

/// How long a translation may be, in characters: what a message holds.
pub const TRANSLATION_LIMIT: usize = 4_000;

/// How many of a report's first words make its title by rule.
const TITLE_WORDS: usize = 9;

/// Something the reporter is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// In the reporter's language: the model's words, so untrusted.
    pub text: String,
    /// Likely answers, for buttons.
    pub answers: Vec<String>,
}

/// What is thought of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// Who looked: a rule list or the model.
    pub by: Rater,
    /// How pressing it is; nothing where no rule fits.
    pub urgency: Option<Urgency>,
    /// The hazard that a rule found: then the rule rated, whoever looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hazard: Option<Hazard>,
    /// It in a few words.
    pub title: String,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Whose it probably is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    /// Why it is rated so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// What the report still does not say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// The report in the group's language, where it was written in another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translation: Option<String>,
}

impl Assessment {
    /// Who gave its urgency: a hazard is the rules' word, whoever looked.
    #[must_use]
    pub fn rater(&self) -> Rater {
        match self.hazard {
            Some(_) => Rater::Rules,
            None => self.by,
        }
    }
}

/// An assessment, and what the reporter should be asked first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What is thought with what is known.
    pub assessment: Assessment,
    /// What is missing most.
    pub question: Option<Question>,
}

/// What a model said, in the fields it may fill: nothing is believed yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opinion {
    /// How pressing.
    pub urgency: Urgency,
    /// It in a few words.
    pub title: String,
    /// Where.
    pub place: Option<String>,
    /// The name of one of the group's departments.
    pub department: Option<String>,
    /// Why it is rated so.
    pub reason: String,
    /// What is still missing.
    pub missing: Vec<String>,
    /// The report in the group's language.
    pub translation: Option<String>,
    /// What should be asked.
    pub question: Option<Question>,
}

/// Why an opinion is refused whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// It names a department that the group does not have.
    #[error("it names a department that the group does not have")]
    UnknownDepartment,
    /// A field is longer than it may be.
    #[error("its {0} is longer than it may be")]
    TooLong(&'static str),
    /// A field that must not be empty is.
    #[error("its {0} is empty")]
    Empty(&'static str),
    /// It offers more than it may.
    #[error("it has too many {0}")]
    TooMany(&'static str),
}

impl Opinion {
    /// What holds of it.
    ///
    /// # Errors
    /// [`Invalid`]: nothing of it is used then.
    pub fn check(self, config: &GroupConfig) -> Result<Finding, Invalid> {
        let department = match said(self.department.as_deref()) {
            None => None,
            Some(name) => {
                let known = config.department_named(&name);
                Some(known.ok_or(Invalid::UnknownDepartment)?.id)
            }
        };
        if self.missing.len() > MISSING_LIMIT {
            return Err(Invalid::TooMany("missing things"));
        }
        let missing = self.missing.iter();
        let missing = missing.map(|it| bounded("missing thing", it, PLACE_LIMIT));
        let translation = self.translation.as_deref();
        let assessment = Assessment {
            by: Rater::Model,
            urgency: Some(self.urgency),
            hazard: None,
            title: bounded("title", &self.title, TITLE_LIMIT)?,
            place: optional("place", self.place.as_deref(), PLACE_LIMIT)?,
            department,
            reason: bounded("reason", &self.reason, REASON_LIMIT)?,
            missing: missing.collect::<Result<_, _>>()?,
            translation: optional("translation", translation, TRANSLATION_LIMIT)?,
        };
        let question = self.question.map(checked_question).transpose()?;
        Ok(Finding {
            assessment,
            question,
        })
    }
}

fn checked_question(question: Question) -> Result<Question, Invalid> {
    if question.answers.len() > ANSWERS_OFFERED {
        return Err(Invalid::TooMany("answers"));
    }
    let answers = question.answers.iter();
    let answers = answers.map(|answer| bounded("answer", answer, ANSWER_LIMIT));
    Ok(Question {
        text: bounded("question", &question.text, QUESTION_LENGTH)?,
        answers: answers.collect::<Result<_, _>>()?,
    })
}

fn said(text: Option<&str>) -> Option<String> {
    let text = one_line(text?);
    (!text.is_empty()).then_some(text)
}

fn optional(
    field: &'static str,
    text: Option<&str>,
    limit: usize,
) -> Result<Option<String>, Invalid> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| bounded(field, text, limit)).transpose()
}

fn bounded(field: &'static str, text: &str, limit: usize) -> Result<String, Invalid> {
    let text = if limit == TRANSLATION_LIMIT {
        text.trim().to_owned()
    } else {
        one_line(text)
    };
    match text.chars().count() {
        0 => Err(Invalid::Empty(field)),
        count if count > limit => Err(Invalid::TooLong(field)),
        _ => Ok(text),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the rule lists say about a report; a title by its first words.
#[must_use]
pub fn by_rules(text: &str, policy: &TriagePolicy) -> Assessment {
    let hazard = hazard::found_in(text, policy);
    let urgency = match hazard {
        Some(_) => Some(Urgency::Critical),
        None => hazard::lesser_urgency(text),
    };
    Assessment {
        by: Rater::Rules,
        urgency,
        hazard,
        title: first_words(text),
        place: None,
        department: None,
        reason: String::new(),
        missing: Vec::new(),
        translation: None,
    }
}

/// What a rule calls critical stays critical, whoever thinks otherwise.
#[must_use]
pub fn with_floor(mut assessment: Assessment, text: &str, policy: &TriagePolicy) -> Assessment {
    if let Some(hazard) = hazard::found_in(text, policy) {
        assessment.urgency = Some(Urgency::Critical);
        assessment.hazard = Some(hazard);
    }
    assessment
}

fn first_words(text: &str) -> String {
    let sentence = text.trim().lines().next().unwrap_or_default();
    let words: Vec<&str> = sentence.split_whitespace().take(TITLE_WORDS).collect();
    words.join(" ").chars().take(TITLE_LIMIT).collect()
}
