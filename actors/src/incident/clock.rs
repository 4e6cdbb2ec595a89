//! Deadlines: what an incident does when it looks at the clock.

use super::{IncidentActor, State};
use crate::address::drafts;
use crate::domain::{By, Command, Incident, decide};
use crate::ports::{Commit, CommitError};

impl IncidentActor {
    pub(super) async fn look_at_clock(&self, state: &mut State, restate: bool) {
        match self.fire(state, restate).await {
            Ok(Some(incident)) => {
                state.incident = Some(incident);
                state.drawn_at = Some(self.context.clock.now());
            }
            Ok(None) => {}
            Err(CommitError::Conflict) => state.incident = None,
            Err(CommitError::Store(error)) => {
                let id = state.id;
                error.tell(&format!(
                    "a deadline of {id} could not be handled; it is tried again"
                ));
            }
            Err(error) => {
                tracing::warn!(incident = %state.id, error = &error as &dyn std::error::Error,
                    "a deadline could not be handled and is tried again at the next look");
            }
        }
    }

    /// Does what is due. With `restate` the deadlines are written anew even if nothing is due: the
    /// stored ones said otherwise, because the group's clocks were changed meanwhile.
    async fn fire(
        &self,
        state: &mut State,
        restate: bool,
    ) -> Result<Option<Box<Incident>>, CommitError> {
        let Some(incident) = self.known(state).await? else {
            return Ok(None);
        };
        let Some(config) = self.context.store.group(incident.identity.group).await? else {
            return Ok(None);
        };
        let now = self.context.clock.now();
        let absence = self.context.absence;
        let by = By::Clock { absence };
        let Ok(decision) = decide(&incident, &Command::LookAtClock, &by, now, &config) else {
            return Ok(None);
        };
        if decision.events.is_empty() && !restate {
            return Ok(None);
        }
        let mut commit = Commit::new(now, None);
        commit.outbox = drafts(&incident, &decision.notices, &config, None);
        let after = self
            .keep(commit, config.id, incident.version, decision)
            .await?;
        Ok(Some(after))
    }
}
