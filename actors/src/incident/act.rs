//! What somebody wants of an incident, and where they said so.

use std::sync::Arc;

use crate::domain::notice::{Menu, Prompt, ReplyTo};
use crate::domain::{By, Command, DepartmentId, GroupConfig, UpdateId};
use crate::ports::{Draft, Record};

/// Something that somebody wants of an incident.
pub struct Act {
    /// What.
    pub wish: Wish,
    /// Who asks.
    pub by: By,
    /// The configuration of the incident's group.
    pub config: Arc<GroupConfig>,
    /// The update it came in.
    pub update: Option<UpdateId>,
    /// Where it came from.
    pub source: Source,
    /// What else is to be kept with it.
    pub records: Vec<Record>,
    /// What else is to be said, if it is done.
    pub rows: Vec<Draft>,
}

/// What somebody wants.
pub enum Wish {
    /// Do something.
    Do(Command),
    /// Give it to a department, be it the first or another.
    Route(DepartmentId),
    /// Ask for the words that the command still lacks, if it would be accepted with some.
    AskFor(Prompt, Command),
    /// Show other buttons on the card.
    Menu(Menu),
}

/// Where a wish came from, and how it is answered.
#[derive(Debug, Clone, Copy)]
pub enum Source {
    /// A button: answered by a toast. It carries the edition its card was drawn with.
    Press {
        /// The message the button stands on.
        on: ReplyTo,
        /// The edition.
        edition: i64,
    },
    /// A message: answered by a message.
    Message(ReplyTo),
    /// A button or message whose answer is the changed card alone.
    Quiet(ReplyTo),
}

impl Source {
    /// The message it came with.
    #[must_use]
    pub fn message(&self) -> ReplyTo {
        match self {
            Self::Press { on, .. } => *on,
            Self::Message(message) | Self::Quiet(message) => *message,
        }
    }
}
