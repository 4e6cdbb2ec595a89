//! Who did what.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};

use super::{Facts, millis};
use crate::domain::id::PersonId;
use crate::domain::kpi::{Deeds, Scope, Window};

impl Facts {
    /// What people did in a window, who did most first; work that goes on ends with `now`.
    #[must_use]
    pub fn deeds(
        &self,
        scope: Scope,
        window: Window,
        now: DateTime<Utc>,
    ) -> Vec<(PersonId, Deeds)> {
        let (from, until, now) = (millis(window.from), millis(window.until), millis(now));
        let inside = |at: i64| from <= at && at < until;
        let mut people: BTreeMap<PersonId, Deeds> = BTreeMap::new();
        let mut of = |person: PersonId, note: &dyn Fn(&mut Deeds)| {
            note(people.entry(person).or_default());
        };
        for (fact, person) in &self.takings {
            if fact.of.is_of(scope) && inside(fact.at) {
                of(*person, &|it| it.claims += 1);
            }
        }
        for fact in &self.incidents {
            let done = fact.done_at.is_some_and(inside);
            if let Some(person) = fact.done_by.filter(|_| done && fact.of.is_of(scope)) {
                of(person, &|it| it.resolved += 1);
            }
        }
        for (fact, person) in &self.lost {
            if fact.of.is_of(scope) && inside(fact.at) {
                of(*person, &|it| it.lost_claims += 1);
            }
        }
        for work in &self.work {
            let ended = work.ended_at.unwrap_or(now);
            let began = work.began_at < until && (work.ended_at.is_some() || work.began_at < now);
            if work.of.is_of(scope) && ended > from && began {
                let worked = ended.min(until) - work.began_at.max(from);
                of(work.person, &|it| {
                    it.active += Duration::milliseconds(worked)
                });
            }
        }
        let mut all: Vec<_> = people.into_iter().collect();
        all.sort_by_key(|(_, it)| std::cmp::Reverse((it.resolved, it.claims, it.active)));
        all
    }
}
