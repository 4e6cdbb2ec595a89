//! What triage said of reports, beside what people set.

use super::super::incident::Urgency;

/// How often each thing that triage said met each thing that people set, over the incidents that
/// were raised in a window and rated by triage, be it by its rules or by the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ratings {
    /// By what was said, then by what was set; the last of a row is what was left as it was.
    counts: [[u32; 4]; 3],
}

impl Ratings {
    /// Counts some more. `set` is nothing where no person rated.
    pub fn note(&mut self, said: Urgency, set: Option<Urgency>, times: u32) {
        let cell = self.counts.get_mut(place(said));
        if let Some(count) = cell.and_then(|row| row.get_mut(set.map_or(3, place))) {
            *count = count.saturating_add(times);
        }
    }

    /// How often this was said and that set.
    #[must_use]
    pub fn times(&self, said: Urgency, set: Option<Urgency>) -> u32 {
        let row = self.counts.get(place(said));
        let count = row.and_then(|row| row.get(set.map_or(3, place)));
        count.copied().unwrap_or_default()
    }

    /// How many triage rated.
    #[must_use]
    pub fn rated(&self) -> u32 {
        self.counts.iter().flatten().sum()
    }

    /// How many of them people set to something else.
    #[must_use]
    pub fn changed(&self) -> u32 {
        let pairs = Urgency::ALL.iter().flat_map(|said| {
            let others = Urgency::ALL.iter().filter(move |set| *set != said);
            others.map(move |set| self.times(*said, Some(*set)))
        });
        pairs.sum()
    }

    /// How many people set to critical that triage had not called so.
    #[must_use]
    pub fn missed_criticals(&self) -> u32 {
        let lesser = [Urgency::SameDay, Urgency::Planned];
        let missed = lesser.map(|said| self.times(said, Some(Urgency::Critical)));
        missed.iter().sum()
    }
}

fn place(urgency: Urgency) -> usize {
    match urgency {
        Urgency::Critical => 0,
        Urgency::SameDay => 1,
        Urgency::Planned => 2,
    }
}
