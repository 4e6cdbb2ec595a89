//! What those who are called about an incident do.

use super::{Asking, Verdict};
use crate::domain::escalation::unclaimed_since;
use crate::domain::event::Event;
use crate::domain::refusal::Refusal;

impl Asking<'_> {
    /// Whether the person was called since it lies unclaimed.
    pub(super) fn is_called(&self) -> bool {
        let escalation = self.incident.escalation.as_ref();
        escalation.is_some_and(|it| it.has_called(self.me()))
    }

    pub(super) fn acknowledge(&self) -> Verdict {
        if !(self.standing.directs() || self.is_called()) {
            return Err(Refusal::DirectorsOnly);
        }
        if let Some(work) = self.incident.work()
            && work.owner != self.me()
        {
            return Err(self.lost());
        }
        let escalation = self.incident.escalation.as_ref();
        match escalation.and_then(|it| it.acknowledged) {
            Some(it) if it.by == self.me() => Err(Refusal::AlreadySo),
            Some(it) => Err(Refusal::AlreadyAcknowledged {
                by: it.by,
                at: it.at,
            }),
            None if unclaimed_since(self.incident).is_some() => Ok(vec![Event::Acknowledged]),
            None => Err(Refusal::NotNow),
        }
    }
}
