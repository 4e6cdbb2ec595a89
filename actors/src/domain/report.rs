//! What somebody reports: their words, and what they send with them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::id::{DepartmentId, MessageId, MessageRef, PersonId, ThreadId};

/// What somebody said was wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Who raised it.
    pub reporter: PersonId,
    /// Their words, with what they added: untrusted, stored whole, possibly empty when there is a
    /// photo or a recording.
    pub text: String,
    /// What they added below somebody's message, as the last lines of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addition: Option<Addition>,
    /// Photos, oldest first.
    pub photos: Vec<Photo>,
    /// Voice notes and the like, oldest first: kept and passed on, not written down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recordings: Vec<Recording>,
    /// Where it was made, if that is known from a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// For planned work: when it was due, and whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<Planned>,
    /// The message it was made from; the same message never makes two.
    pub origin: Option<MessageRef>,
    /// The forum topic of the group in which it is dealt with.
    pub thread: Option<ThreadId>,
    /// The album that message belongs to: later photos of it are added.
    pub album: Option<String>,
}

impl Report {
    /// A report of words alone, made from no message.
    #[must_use]
    pub fn of(reporter: PersonId, text: String) -> Self {
        Self {
            reporter,
            text,
            addition: None,
            photos: Vec::new(),
            recordings: Vec::new(),
            place: None,
            planned: None,
            origin: None,
            thread: None,
            album: None,
        }
    }

    /// Whether it says and shows nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.photos.is_empty() && self.recordings.is_empty()
    }

    /// The words of a message, with what was added below it.
    #[must_use]
    pub fn joined(words: &str, addition: &str) -> String {
        format!("{}\n{}", words.trim(), addition.trim())
            .trim()
            .to_owned()
    }

    /// The words of the message alone.
    #[must_use]
    pub fn words(&self) -> &str {
        let added = self.addition.as_ref().map(|addition| addition.text.trim());
        let words = added.and_then(|added| self.text.trim().strip_suffix(added));
        words.unwrap_or(&self.text).trim()
    }
}

/// Words that were added to a report with the command that raised it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addition {
    /// The message they stand in: correcting it corrects them.
    pub message: MessageId,
    /// They: untrusted text.
    pub text: String,
}

/// What is known of planned work beforehand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// When it was due.
    pub due: DateTime<Utc>,
    /// Whose it is, if that was said.
    pub department: Option<DepartmentId>,
}

/// A photo, by the name the messenger keeps it under.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Photo(pub String);

/// Something to listen to or to look at that is no photo, by the name the messenger keeps it under.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Recording {
    /// What it is: each kind is sent on in its own way.
    pub kind: RecordingKind,
    /// The messenger's name for it.
    pub file: String,
}

/// What a recording is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordingKind {
    /// A voice note.
    Voice,
    /// A round video note.
    VideoNote,
    /// A sound file.
    Audio,
    /// A video.
    Video,
    /// Any other file.
    Document,
}

impl RecordingKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Voice,
        Self::VideoNote,
        Self::Audio,
        Self::Video,
        Self::Document,
    ];
}
