//! Identities as types of their own, so that a chat is never taken for a person.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! identity {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }
    )*};
}

identity! {
    /// A company: the tenant that owns departments, roles and groups.
    CompanyId;
    /// A group, by the desk's own number: the chat behind it may change when it is upgraded.
    GroupId;
    /// A department of a company.
    DepartmentId;
    /// An incident, unique over all companies; people see its [`IncidentNumber`].
    IncidentId;
    /// A person, as the messenger numbers them. Their private chat has the same number.
    PersonId;
    /// A chat, as the messenger numbers it.
    ChatId;
    /// A message within its chat.
    MessageId;
    /// A forum topic within its chat.
    ThreadId;
    /// An update, as the messenger numbers it. Only equality means something.
    UpdateId;
    /// A row of the outbox.
    OutboxId;
    /// A request to be let into a department.
    JoinRequestId;
    /// A place that has a code.
    PlaceId;
    /// Work that comes again.
    RecurringId;
}

impl PersonId {
    /// The person's private chat with the bot.
    #[must_use]
    pub fn private_chat(self) -> ChatId {
        ChatId(self.0)
    }
}

impl ChatId {
    /// Whether it is a group's chat: the messenger numbers those below zero.
    #[must_use]
    pub fn is_group(self) -> bool {
        self.0 < 0
    }
}

/// The number people use for an incident: sequential per company, without gaps, never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IncidentNumber(pub i64);

impl fmt::Display for IncidentNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.0)
    }
}

/// A message and the chat it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MessageRef {
    /// The chat.
    pub chat: ChatId,
    /// The message in it.
    pub message: MessageId,
}
