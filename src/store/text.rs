//! How values stand in text columns: by the names they have in JSON, so that there is one spelling.
//! Text that means nothing to this version is an error, never a default.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::fault::Fault;

/// A value as JSON.
pub(super) fn json<T: Serialize>(what: &'static str, value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|source| Fault::Unreadable { what, source })
}

/// A value from its JSON.
pub(super) fn parse<T: DeserializeOwned>(what: &'static str, text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|source| Fault::Unreadable { what, source })
}

/// The name of an enum's variant, without what it carries.
pub(super) fn name<T: Serialize>(what: &'static str, value: &T) -> Result<String, Fault> {
    match serde_json::to_value(value).map_err(|source| Fault::Unreadable { what, source })? {
        Json::String(name) => Ok(name),
        Json::Object(fields) => fields
            .into_iter()
            .next()
            .map(|(name, _)| name)
            .ok_or(Fault::Inconsistent("a variant without a name")),
        _ => Err(Fault::Inconsistent("a value that is no variant")),
    }
}

/// The variant of that name, of an enum whose variants carry nothing.
pub(super) fn named<T: DeserializeOwned>(what: &'static str, name: &str) -> Result<T, Fault> {
    serde_json::from_value(Json::String(name.to_owned()))
        .map_err(|source| Fault::Unreadable { what, source })
}

/// The moment of that many milliseconds.
pub(super) fn moment(milliseconds: i64) -> Result<DateTime<Utc>, Fault> {
    DateTime::from_timestamp_millis(milliseconds).ok_or(Fault::NoMoment(milliseconds))
}
