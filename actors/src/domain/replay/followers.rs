//! Who hears of an incident beside its reporter.

use crate::domain::id::PersonId;
use crate::domain::incident::Incident;

impl Incident {
    /// Somebody reported the same. The reporter hears of it anyway, and nobody hears twice.
    pub(super) fn follow(&mut self, person: Option<PersonId>) {
        let Some(person) = person else { return };
        if person != self.report.reporter && !self.followers.contains(&person) {
            self.followers.push(person);
        }
    }
}
