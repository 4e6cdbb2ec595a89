//! What an incident remembers of being called about: for as long as it lies unclaimed and is rated as
//! it was then.

use crate::domain::escalation::{Acknowledgement, Call, Escalation, unclaimed_since};
use crate::domain::event::{Event, Recorded};
use crate::domain::incident::Incident;

impl Incident {
    pub(super) fn note_escalation(&mut self, recorded: &Recorded) {
        let since = unclaimed_since(self);
        self.escalation = self.escalation.take().filter(|it| Some(it.since) == since);
        let Some(since) = since else { return };
        let said = || Escalation::beginning(since);
        let at = recorded.at;
        match &recorded.event {
            Event::EscalationWarned => {
                self.escalation.get_or_insert_with(said).warned_at = Some(at);
            }
            Event::Escalated { level, people } => {
                self.escalation.get_or_insert_with(said).calls.push(Call {
                    level: *level,
                    at,
                    people: people.clone(),
                    unheard: Vec::new(),
                    failed_at: None,
                });
            }
            Event::CallUnheard { people } => {
                if let Some(escalation) = &mut self.escalation {
                    escalation.note_unheard(people, at);
                }
            }
            Event::Acknowledged => {
                let by = recorded.person();
                self.escalation.get_or_insert_with(said).acknowledged =
                    by.map(|by| Acknowledgement { by, at });
            }
            _ => {}
        }
    }
}
