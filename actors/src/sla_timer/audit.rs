//! The audit: does every critical incident that nobody has taken have a call ahead, or calls behind
//! it? A deadline that is missing is an error, and is set again at once.

use chrono::{DateTime, TimeDelta, Utc};

use super::{SlaTimer, State};
use crate::domain::{DeadlineKind, Incident, IncidentId, sla};
use crate::incident;
use crate::nursery;
use crate::ports::StoreError;

/// How often it is looked: a lost call is found long before anybody would have missed it.
const EVERY: TimeDelta = TimeDelta::seconds(10);

/// How many incidents are read at once.
const PAGE: u32 = 500;

/// How many are read at most: more critical incidents that wait for nothing than this are no state
/// a desk can be in, and the look must end.
const MOST: u32 = 20_000;

impl SlaTimer {
    /// Looks, if it is time to.
    pub(super) async fn audit_in_time(
        &self,
        state: &mut State,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let looked_lately = |at: DateTime<Utc>| (now - at).abs() < EVERY;
        if state.audited.is_some_and(looked_lately) {
            return Ok(());
        }
        state.audited = Some(now);
        let mut missed = 0;
        let looked = self.audit(now, &mut missed).await;
        // What a look found before it failed was set anew, too.
        if looked.is_ok() || missed > 0 {
            self.context.audit.note(now, missed);
        }
        looked
    }

    /// Sets what is missing anew, and counts how many calls were.
    async fn audit(&self, now: DateTime<Utc>, missed: &mut u32) -> Result<(), StoreError> {
        let (mut after, mut read) = (IncidentId(0), 0);
        while read < MOST {
            let page = self.context.store.untimed(after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = last.identity.id;
            read += PAGE;
            for incident in page {
                if self.calls_somebody(&incident).await? {
                    *missed += 1;
                    self.repair(&incident, now);
                }
            }
        }
        Ok(())
    }

    /// Whether, by the rules, somebody is still to be called.
    async fn calls_somebody(&self, incident: &Incident) -> Result<bool, StoreError> {
        let group = self.context.store.group(incident.identity.group).await?;
        let Some(group) = group else { return Ok(false) };
        let deadlines = sla::deadlines(incident, &group.settings);
        let mut kinds = deadlines.iter().map(|deadline| deadline.kind);
        Ok(kinds.any(|kind| kind == DeadlineKind::Escalation))
    }

    fn repair(&self, incident: &Incident, now: DateTime<Utc>) {
        tracing::error!(
            incident = %incident.identity.number,
            group = %incident.identity.group,
            open_minutes = (now - incident.opened_at).num_minutes(),
            "a critical incident had no call ahead; its deadlines are set anew"
        );
        let (key, message) = (incident.identity.id, incident::Msg::LookAtClock);
        self.incidents.send(nursery::Msg::Pass { key, message });
    }
}
