//! Reads what a report says: the rows of its window once, counted for all that it shows. Whoever
//! shows figures asks here, so that all show the same.

use chrono::{DateTime, Utc};

use crate::domain::kpi::{Depth, Facts, GroupFigures, Overview, Scope, Span, Window};
use crate::domain::{GroupConfig, GroupId, Incident};
use crate::ports::{Store, StoreError};

/// How many incidents a table holds: a year of a busy group, in a few megabytes. Telegram takes 50.
pub const ROW_LIMIT: u32 = 20_000;

/// How many people are named: more than work for a group.
const PEOPLE_LIMIT: usize = 200;

/// How many missed criticals are named: a screen of a phone.
const MISSED_LIMIT: usize = 10;

/// What a report is about.
#[derive(Debug, Clone)]
pub struct Subject {
    /// Of which groups.
    pub groups: Vec<GroupId>,
    /// Over which time.
    pub window: Window,
    /// Its parts, in order, without gaps.
    pub parts: Vec<Window>,
    /// Whether people are counted too.
    pub depth: Depth,
}

impl Subject {
    /// These groups, and the day, week or month around a moment by the clock of one of them.
    #[must_use]
    pub fn of(
        groups: Vec<GroupId>,
        group: &GroupConfig,
        (span, at): (Span, DateTime<Utc>),
        depth: Depth,
    ) -> Self {
        let zone = group.settings.time_zone;
        let window = span.around(at, zone);
        Self {
            groups,
            window,
            parts: span.parts(window, zone),
            depth,
        }
    }
}

/// Counts all of it. Work that goes on ends with `now`.
///
/// # Errors
/// When the store fails.
pub async fn overview(
    store: &dyn Store,
    subject: &Subject,
    now: DateTime<Utc>,
) -> Result<Overview, StoreError> {
    let window = subject.window;
    let mut facts = Facts::default();
    let mut groups = Vec::new();
    for id in &subject.groups {
        let theirs = store.facts(*id, window, subject.depth).await?;
        if subject.groups.len() > 1 {
            let known = store.group(*id).await?;
            groups.push(GroupFigures {
                id: *id,
                title: known.map_or_else(String::new, |it| it.title),
                figures: theirs.figures(Scope::ALL, window),
            });
        }
        facts.absorb(theirs);
    }
    let counted = facts.count(window, &subject.parts);
    let mut people = match subject.depth {
        Depth::Figures => Vec::new(),
        Depth::People => facts.deeds(Scope::ALL, window, now),
    };
    people.truncate(PEOPLE_LIMIT);
    let mut missed = Vec::new();
    let ids = facts.missed_criticals(Scope::ALL, window);
    for id in ids.into_iter().take(MISSED_LIMIT) {
        missed.extend(store.incident(id).await?);
    }
    Ok(Overview {
        window,
        whole: counted.whole,
        groups,
        parts: counted.parts,
        departments: counted.departments.into_iter().collect(),
        urgencies: counted.urgencies,
        people,
        ratings: facts.ratings(Scope::ALL, window),
        missed,
        called: facts.called(),
        cut: false,
    })
}

/// Incidents that were raised or closed in the window, by number, and whether there are more than a
/// table holds.
///
/// # Errors
/// When the store fails.
pub async fn listed(
    store: &dyn Store,
    subject: &Subject,
) -> Result<(Vec<Incident>, bool), StoreError> {
    let mut incidents = Vec::new();
    for group in &subject.groups {
        let found = store.incidents_in(*group, subject.window, ROW_LIMIT + 1);
        incidents.extend(found.await?);
        incidents.sort_by_key(|incident| incident.identity.number);
        incidents.truncate(usize::try_from(ROW_LIMIT).unwrap_or(usize::MAX) + 1);
    }
    Ok(cut(incidents))
}

/// What a table holds of that, and whether that is not all.
fn cut<T>(mut incidents: Vec<T>) -> (Vec<T>, bool) {
    let limit = usize::try_from(ROW_LIMIT).unwrap_or(usize::MAX);
    let more = incidents.len() > limit;
    incidents.truncate(limit);
    (incidents, more)
}

#[cfg(test)]
mod tests {
    use super::{ROW_LIMIT, cut};

    #[test]
    fn a_table_holds_twenty_thousand_and_says_when_there_are_more() {
        let limit = usize::try_from(ROW_LIMIT).expect("a small number");
        let (kept, more) = cut((0..limit).collect());
        assert!(kept.len() == 20_000 && !more);
        let (kept, more) = cut((0..=limit).collect());
        assert!(
            kept.len() == 20_000 && more,
            "one more was read, and is not listed"
        );
        assert_eq!(
            kept.last(),
            Some(&(limit - 1)),
            "the first by number are kept"
        );
    }
}
