//! What figures are counted from: the rows of a window, read once, and counted in one pass for the
//! whole, its parts, each department and each urgency side by side.
//!
//! Moments are milliseconds since 1970, as they are stored: a long month has half a million of them.

mod people;
mod tally;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use self::tally::Tally;
use super::{Called, Figures, Ratings, Scope, Window};
use crate::domain::id::{DepartmentId, IncidentId, PersonId};
use crate::domain::incident::Urgency;

/// How much is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// What figures are counted from.
    Figures,
    /// Also who did what.
    People,
}

/// Everything that reports count of a group, or of several, in a window: what happened in it, and
/// of the incidents those that were open in it or are open now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Incidents, in no order.
    pub incidents: Vec<IncidentFact>,
    /// First claims after an arrival in a department.
    pub claims: Vec<ClaimFact>,
    /// Reopenings.
    pub reopenings: Vec<Fact>,
    /// Claims that came too late, and by whom.
    pub lost: Vec<(Fact, PersonId)>,
    /// What was said of calls, and of which incident.
    pub calls: Vec<(IncidentId, Fact, CallFact)>,
    /// Who claimed; only where people are asked for.
    pub takings: Vec<(Fact, PersonId)>,
    /// Who worked from when until when, or still; only where people are asked for.
    pub work: Vec<WorkFact>,
}

/// What an incident is counted under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Slice {
    /// Its department.
    pub department: Option<DepartmentId>,
    /// Its urgency.
    pub urgency: Option<Urgency>,
}

impl Slice {
    fn is_of(self, scope: Scope) -> bool {
        let there = scope.department.is_none() || scope.department == self.department;
        there && (scope.urgency.is_none() || scope.urgency == self.urgency)
    }
}

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// Under what it counts.
    pub of: Slice,
    /// When.
    pub at: i64,
}

/// An incident, as far as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IncidentFact {
    /// Which.
    pub id: IncidentId,
    /// Under what it counts: where it stands now.
    pub of: Slice,
    /// When it was raised.
    pub opened_at: i64,
    /// When it was closed, if it is.
    pub closed_at: Option<i64>,
    /// Whether the clock closed it.
    pub by_clock: bool,
    /// When it was last said to be done.
    pub done_at: Option<i64>,
    /// By whom.
    pub done_by: Option<PersonId>,
    /// Whether that was within its target; nothing if it had none, or was opened again.
    pub in_time: Option<bool>,
    /// For how long it was on hold.
    pub on_hold: i64,
    /// What triage said.
    pub said: Option<Urgency>,
    /// Whether its urgency is a person's word.
    pub rated_by_person: bool,
}

/// A first claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimFact {
    /// In which department, and of what urgency.
    pub of: Slice,
    /// When the department got it.
    pub assigned_at: i64,
    /// When it was claimed.
    pub claimed_at: i64,
}

/// What happened of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallFact {
    /// The group was warned that somebody will be called.
    Warned,
    /// Somebody was called.
    Called,
    /// A private call did not arrive.
    Undelivered,
    /// Somebody said that they look after it.
    Acknowledged {
        /// When it was called about first, if it was.
        called_at: Option<i64>,
    },
}

/// Some time of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkFact {
    /// On what.
    pub of: Slice,
    /// Whose.
    pub person: PersonId,
    /// From when.
    pub began_at: i64,
    /// Until when; still, if it has not ended.
    pub ended_at: Option<i64>,
}

/// The figures of a window, side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// All of it.
    pub whole: Figures,
    /// Its parts, in order.
    pub parts: Vec<(Window, Figures)>,
    /// By department.
    pub departments: BTreeMap<DepartmentId, Figures>,
    /// By urgency; the last is what was not rated.
    pub urgencies: [(Option<Urgency>, Figures); 4],
}

impl Facts {
    /// Adds those of another group.
    pub fn absorb(&mut self, other: Self) {
        self.incidents.extend(other.incidents);
        self.claims.extend(other.claims);
        self.reopenings.extend(other.reopenings);
        self.lost.extend(other.lost);
        self.calls.extend(other.calls);
        self.takings.extend(other.takings);
        self.work.extend(other.work);
    }

    /// The figures of a window that lies in the one that was read, and of its parts, each counted by
    /// itself.
    #[must_use]
    pub fn count(&self, window: Window, parts: &[Window]) -> Counted {
        let mut board = Board::new(Scope::ALL, window, parts);
        self.put_on(&mut board);
        board.counted(parts)
    }

    /// The same of a scope alone.
    #[must_use]
    pub fn figures(&self, scope: Scope, window: Window) -> Figures {
        let mut board = Board::new(scope, window, &[]);
        self.put_on(&mut board);
        board.whole.figures()
    }

    fn put_on(&self, board: &mut Board) {
        for fact in &self.incidents {
            board.incident(fact);
        }
        for claim in &self.claims {
            let took = claim.claimed_at - claim.assigned_at;
            board.note(claim.of, claim.claimed_at, |it| it.responses.note(took));
        }
        for fact in &self.reopenings {
            board.note(fact.of, fact.at, |it| it.counts.reopened += 1);
        }
        for (fact, _) in &self.lost {
            board.note(fact.of, fact.at, |it| it.counts.lost_claims += 1);
        }
        for (_, fact, call) in &self.calls {
            board.note(fact.of, fact.at, |it| it.called(*call, fact.at));
        }
    }

    /// Which incidents somebody was called about in the window, how often, and when somebody first
    /// looked after it.
    #[must_use]
    pub fn called(&self) -> BTreeMap<IncidentId, Called> {
        let mut all: BTreeMap<IncidentId, Called> = BTreeMap::new();
        for (incident, fact, call) in &self.calls {
            let called = all.entry(*incident).or_default();
            match call {
                CallFact::Called => called.calls += 1,
                CallFact::Acknowledged { .. } => {
                    let at = DateTime::from_timestamp_millis(fact.at);
                    let earlier = called.acknowledged_at.into_iter().chain(at).min();
                    called.acknowledged_at = earlier;
                }
                CallFact::Warned | CallFact::Undelivered => {}
            }
        }
        all
    }

    /// What triage said of what was raised in a window, beside what people set.
    #[must_use]
    pub fn ratings(&self, scope: Scope, window: Window) -> Ratings {
        let mut ratings = Ratings::default();
        for fact in self.raised(scope, window) {
            if let Some(said) = fact.said {
                ratings.note(said, fact.of.urgency.filter(|_| fact.rated_by_person), 1);
            }
        }
        ratings
    }

    /// Those of them that people called critical and triage had not, newest first.
    #[must_use]
    pub fn missed_criticals(&self, scope: Scope, window: Window) -> Vec<IncidentId> {
        let missed = self.raised(scope, window).filter(|fact| {
            let lesser = fact.said.is_some_and(|said| said != Urgency::Critical);
            lesser && fact.rated_by_person && fact.of.urgency == Some(Urgency::Critical)
        });
        let mut ids: Vec<_> = missed.map(|fact| fact.id).collect();
        ids.sort_unstable_by(|one, other| other.cmp(one));
        ids
    }

    fn raised(&self, scope: Scope, window: Window) -> impl Iterator<Item = &IncidentFact> {
        let (from, until) = (millis(window.from), millis(window.until));
        let facts = self.incidents.iter();
        facts.filter(move |it| it.of.is_of(scope) && from <= it.opened_at && it.opened_at < until)
    }
}

fn millis(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

/// What is counted side by side.
struct Board {
    scope: Scope,
    bounds: (i64, i64),
    /// Where the parts begin, and where the last one ends.
    edges: Vec<i64>,
    whole: Tally,
    parts: Vec<Tally>,
    departments: BTreeMap<DepartmentId, Tally>,
    urgencies: [Tally; 4],
}

impl Board {
    fn new(scope: Scope, window: Window, parts: &[Window]) -> Self {
        let ends = parts.last().map(|last| millis(last.until));
        let begins = parts.iter().map(|part| millis(part.from));
        Self {
            scope,
            bounds: (millis(window.from), millis(window.until)),
            edges: begins.chain(ends).collect(),
            whole: Tally::default(),
            parts: parts.iter().map(|_| Tally::default()).collect(),
            departments: BTreeMap::new(),
            urgencies: Default::default(),
        }
    }

    fn incident(&mut self, fact: &IncidentFact) {
        let of = fact.of;
        self.note(of, fact.opened_at, |it| it.counts.created += 1);
        match fact.closed_at {
            Some(at) => self.note(of, at, |it| {
                it.counts.closed += 1;
                it.counts.auto_closed += u32::from(fact.by_clock);
            }),
            None => self.note_now(of, |it| it.counts.open_now += 1),
        }
        if let Some(at) = fact.done_at {
            self.note(of, at, |it| it.done(fact, at));
        }
    }

    /// Notes something wherever it counts.
    fn note(&mut self, of: Slice, at: i64, note: impl Fn(&mut Tally)) {
        let (from, until) = self.bounds;
        if at < from || at >= until || !of.is_of(self.scope) {
            return;
        }
        let part = self.edges.partition_point(|edge| *edge <= at);
        if let Some(part) = part.checked_sub(1).and_then(|it| self.parts.get_mut(it)) {
            note(part);
        }
        self.note_sides(of, note);
    }

    /// Notes what is so now: it is so in each part.
    fn note_now(&mut self, of: Slice, note: impl Fn(&mut Tally)) {
        if of.is_of(self.scope) {
            self.parts.iter_mut().for_each(&note);
            self.note_sides(of, note);
        }
    }

    fn note_sides(&mut self, of: Slice, note: impl Fn(&mut Tally)) {
        note(&mut self.whole);
        if let Some(department) = of.department {
            note(self.departments.entry(department).or_default());
        }
        if let Some(tally) = self.urgencies.get_mut(place(of.urgency)) {
            note(tally);
        }
    }

    fn counted(self, parts: &[Window]) -> Counted {
        let counted = self.parts.into_iter().map(Tally::figures);
        let departments = self.departments.into_iter();
        let [critical, same_day, planned, unrated] = self.urgencies;
        Counted {
            whole: self.whole.figures(),
            parts: parts.iter().copied().zip(counted).collect(),
            departments: departments.map(|(id, it)| (id, it.figures())).collect(),
            urgencies: [
                (Some(Urgency::Critical), critical.figures()),
                (Some(Urgency::SameDay), same_day.figures()),
                (Some(Urgency::Planned), planned.figures()),
                (None, unrated.figures()),
            ],
        }
    }
}

fn place(urgency: Option<Urgency>) -> usize {
    match urgency {
        Some(Urgency::Critical) => 0,
        Some(Urgency::SameDay) => 1,
        Some(Urgency::Planned) => 2,
        None => 3,
    }
}
