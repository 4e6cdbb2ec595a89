//! Triage: how a group wants its reports looked through, and what triage has found about one.

use serde::{Deserialize, Serialize};

use super::assessment::{Assessment, Question};
use super::hazard::Hazard;

/// How many words of its own a group may add to the list of what is critical: what fits a panel.
pub const OWN_WORDS_LIMIT: usize = 40;

/// How long such a word may be, in characters.
pub const OWN_WORD_LIMIT: usize = 40;

/// Who looks through the reports of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TriageMode {
    /// Nobody: people rate.
    #[default]
    Off,
    /// The rule lists, on this machine. Nothing leaves it.
    Rules,
    /// The rule lists, and the model that asks for what is missing. The group's people have agreed
    /// that reports are sent to it.
    Claude,
}

impl TriageMode {
    /// Every mode, least first.
    pub const ALL: [Self; 3] = [Self::Off, Self::Rules, Self::Claude];
}

/// What a group may set about triage.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TriagePolicy {
    /// Who looks through reports.
    pub mode: TriageMode,
    /// Whether a suggested department is chosen outright; otherwise its button comes first.
    pub choose_department: bool,
    /// Hazards of the lists that are nothing special here, as fire is for a forge.
    pub ignored: Vec<Hazard>,
    /// Words that are critical here beside those of the lists.
    pub own_words: Vec<String>,
}

/// Who rated an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rater {
    /// A rule list.
    Rules,
    /// The model.
    Model,
    /// A person: overrides both.
    Person,
}

/// What triage has found about an incident, and what it still wants of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Triage {
    /// Whether the model is to look at it: new words came, or nobody has looked yet.
    pub wanted: bool,
    /// Whether the model was asked in vain so often that it is not asked any more.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub given_up: bool,
    /// The newest assessment.
    pub assessment: Option<Assessment>,
    /// What the reporter was asked and has not answered.
    pub question: Option<Question>,
    /// How many questions were asked.
    pub asked: u8,
    /// What was asked and answered, oldest first: the model asks nothing twice.
    pub dialogue: Vec<Exchange>,
    /// Who gave the present urgency.
    pub rated_by: Option<Rater>,
}

impl Triage {
    /// Whether there is nothing to keep: incidents without triage are stored as before.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// What was asked.
    pub question: String,
    /// What the reporter said: untrusted text.
    pub answer: String,
}

/// A number that tells a group's own words apart on buttons, which have no room for words
/// (FNV-1a).
#[must_use]
pub fn word_mark(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |mark, byte| {
        (mark ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
