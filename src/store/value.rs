//! Values on their way into a statement. Only whole numbers and text, which both engines hold alike.

use actors::domain::{
    ChatId, CompanyId, DepartmentId, GroupId, IncidentId, IncidentNumber, JoinRequestId, MessageId,
    OutboxId, PersonId, PlaceId, RecurringId, ThreadId, UpdateId,
};
use chrono::{DateTime, Utc};

/// A value of a statement. Moments are milliseconds since 1970, flags are 0 or 1.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Number(Option<i64>),
    Text(Option<String>),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(Some(number))
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Number(Some(i64::from(flag)))
    }
}

impl From<DateTime<Utc>> for Value {
    fn from(moment: DateTime<Utc>) -> Self {
        Self::Number(Some(moment.timestamp_millis()))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Self::Number(number)
    }
}

impl From<Option<DateTime<Utc>>> for Value {
    fn from(moment: Option<DateTime<Utc>>) -> Self {
        Self::Number(moment.map(|moment| moment.timestamp_millis()))
    }
}

/// PostgreSQL cannot hold a NUL in a text, so neither engine gets one.
fn storable(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Some(storable(text)))
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        Self::Text(text.map(storable))
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Self::from(text.as_deref())
    }
}

macro_rules! identities {
    ($($name:ident),*) => {$(
        impl From<$name> for Value {
            fn from(id: $name) -> Self {
                Self::Number(Some(id.0))
            }
        }

        impl From<Option<$name>> for Value {
            fn from(id: Option<$name>) -> Self {
                Self::Number(id.map(|id| id.0))
            }
        }
    )*};
}

identities!(
    ChatId,
    CompanyId,
    DepartmentId,
    GroupId,
    IncidentId,
    IncidentNumber,
    JoinRequestId,
    MessageId,
    OutboxId,
    PersonId,
    PlaceId,
    RecurringId,
    ThreadId,
    UpdateId
);

/// The values of a statement, in the order of its `$1`, `$2`...
macro_rules! values {
    ($($value:expr),* $(,)?) => {
        &[$($crate::store::value::Value::from($value)),*]
    };
}
pub(super) use values;
