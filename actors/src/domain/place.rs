//! Places: what a code on a wall stands for, so that a report made from there knows where.

use chrono::{DateTime, Duration, Utc};

use super::id::{GroupId, PlaceId};

/// How long a place's name may be, in characters: what can be read below a code.
pub const NAME_LIMIT: usize = 60;

/// How many places one command may name: each becomes a message.
pub const PLACES_AT_ONCE: usize = 10;

/// How soon after a code was opened a report is taken to be made there.
pub const REPORT_WITHIN: Duration = Duration::hours(1);

/// How long somebody who is in no group may report from a place whose code they opened: a day in a
/// room. Then they open it again.
pub const GUEST_FOR: Duration = Duration::hours(24);

/// What tells a place's payload from others that a link may carry.
const PAYLOAD_PREFIX: &str = "p-";

/// A place of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which.
    pub id: PlaceId,
    /// Whose.
    pub group: GroupId,
    /// Its name, as people typed it.
    pub name: String,
    /// What its code says: made at random, so that nobody can guess another one.
    pub token: String,
}

impl Place {
    /// What a link to the desk carries for it.
    #[must_use]
    pub fn payload(&self) -> String {
        format!("{PAYLOAD_PREFIX}{}", self.token)
    }
}

/// The token in what a link carried, if that is for a place.
#[must_use]
pub fn token_of(payload: &str) -> Option<&str> {
    let token = payload.trim().strip_prefix(PAYLOAD_PREFIX)?;
    (!token.is_empty()).then_some(token)
}

/// A name on one line; `None` for none, and for one that is too long.
#[must_use]
pub fn tidy_name(words: &str) -> Option<String> {
    let name = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (1..=NAME_LIMIT)
        .contains(&name.chars().count())
        .then_some(name)
}

/// By what a place is found: its name, whatever the case.
#[must_use]
pub fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// That somebody opened the code of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Which place.
    pub place: Place,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether they have reported since.
    pub reported: bool,
}

impl Visit {
    /// Whether the next report is made there.
    #[must_use]
    pub fn locates(&self, now: DateTime<Utc>) -> bool {
        !self.reported && now - self.at <= REPORT_WITHIN
    }

    /// Whether it lets somebody report who is in no group.
    #[must_use]
    pub fn invites(&self, now: DateTime<Utc>) -> bool {
        now - self.at <= GUEST_FOR
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_line_of_some_length() {
        assert_eq!(tidy_name("  room \n 204 ").as_deref(), Some("room 204"));
        assert_eq!(tidy_name(" \n"), None);
        assert_eq!(
            tidy_name(&"ö".repeat(NAME_LIMIT)).map(|it| it.len()),
            Some(120)
        );
        assert_eq!(tidy_name(&"o".repeat(NAME_LIMIT + 1)), None);
    }

    #[test]
    fn only_payloads_of_places_have_a_token() {
        let place = Place {
            id: PlaceId(1),
            group: GroupId(1),
            name: "Room 204".to_owned(),
            token: "AbC-_9".to_owned(),
        };
        assert_eq!(token_of(&place.payload()), Some("AbC-_9"));
        for other in ["", "hello", "p-", "P-AbC", "from_a_poster"] {
            assert_eq!(token_of(other), None, "{other}");
        }
    }

    #[test]
    fn a_visit_locates_one_report_and_invites_for_a_day() {
        let at = DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default();
        let place = Place {
            id: PlaceId(1),
            group: GroupId(1),
            name: "Room 204".to_owned(),
            token: "AbC".to_owned(),
        };
        let visit = |reported| Visit {
            place: place.clone(),
            at,
            reported,
        };
        assert!(visit(false).locates(at + REPORT_WITHIN));
        assert!(!visit(false).locates(at + REPORT_WITHIN + Duration::seconds(1)));
        assert!(!visit(true).locates(at));
        assert!(visit(true).invites(at + GUEST_FOR));
        assert!(!visit(true).invites(at + GUEST_FOR + Duration::seconds(1)));
    }
}
