//! What is answered, and what waits for an answer.

use serde::{Deserialize, Serialize};

use crate::domain::id::{JoinRequestId, MessageRef, ThreadId};
use crate::domain::report::{Addition, Photo, Recording};

/// A report that waits for its group to be named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The words, with what was added to them.
    pub text: String,
    /// What was added to them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addition: Option<Addition>,
    /// The photos.
    pub photos: Vec<Photo>,
    /// The recordings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recordings: Vec<Recording>,
    /// The message.
    pub origin: MessageRef,
    /// The album.
    pub album: Option<String>,
}

/// Where an answer to somebody goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyTo {
    /// The message that is answered.
    pub message: MessageRef,
    /// The forum topic it stands in.
    pub thread: Option<ThreadId>,
}

/// A manager's answer to somebody who wants to be let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinAnswer {
    /// The request.
    pub request: JoinRequestId,
    /// Yes or no.
    pub approve: bool,
}
