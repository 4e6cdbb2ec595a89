//! What triage found: the incident decides whether it still holds.

use super::{IncidentActor, State};
use crate::address::drafts;
use crate::domain::notice::ReplyTo;
use crate::domain::{By, Command, Incident, decide};
use crate::ports::{Commit, CommitError};

impl IncidentActor {
    /// Does what triage says, if it still holds. What fails is found again in the rows.
    pub(super) async fn triage(&self, state: &mut State, command: &Command) {
        match self.follow(state, command).await {
            Ok(Some(incident)) => {
                state.incident = Some(incident);
                state.drawn_at = Some(self.context.clock.now());
            }
            Ok(None) => {}
            Err(CommitError::Conflict) => state.incident = None,
            Err(error) => {
                tracing::warn!(incident = %state.id, error = &error as &dyn std::error::Error,
                    "what triage found could not be kept; it is looked at again");
            }
        }
    }

    async fn follow(
        &self,
        state: &mut State,
        command: &Command,
    ) -> Result<Option<Box<Incident>>, CommitError> {
        let Some(incident) = self.known(state).await? else {
            return Ok(None);
        };
        let Some(config) = self.context.store.group(incident.identity.group).await? else {
            return Ok(None);
        };
        let now = self.context.clock.now();
        let decision = match decide(&incident, command, &By::Triage, now, &config) {
            Ok(decision) => decision,
            Err(refusal) => {
                tracing::info!(incident = %incident.identity.number, ?refusal,
                    "what triage found came too late and is not used");
                return Ok(None);
            }
        };
        let mut commit = Commit::new(now, None);
        let origin = incident.report.origin.map(|message| ReplyTo {
            message,
            thread: incident.report.thread,
        });
        commit.outbox = drafts(&incident, &decision, &config, origin);
        let kept = self.keep(state, commit, config.id, incident.version, decision);
        Ok(Some(kept.await?))
    }
}
