//! Deadlines: what an incident does when it looks at the clock.

use chrono::{DateTime, Utc};

use super::{IncidentActor, State};
use crate::address::late_drafts;
use crate::domain::away::late_by;
use crate::domain::{By, Command, Incident, PersonId, decide};
use crate::ports::{Commit, CommitError, Record};

impl IncidentActor {
    pub(super) async fn look_at_clock(&self, state: &mut State, restate: bool) {
        let fired = self.fire(state, restate).await;
        self.after_look(state, fired);
    }

    /// Takes note of whom its calls did not reach.
    pub(super) async fn hear_of_unheard(&self, state: &mut State) {
        let fired = self.note_unheard(state).await;
        self.after_look(state, fired);
    }

    /// Takes note that its owner's shift ends.
    pub(super) async fn hear_of_shift(
        &self,
        state: &mut State,
        owner: PersonId,
        until: DateTime<Utc>,
    ) {
        let command = Command::NoteShiftEnding { owner, until };
        let fired = self.clock_says(state, &command, false, Vec::new()).await;
        self.after_look(state, fired);
    }

    fn after_look(&self, state: &mut State, fired: Result<Option<Box<Incident>>, CommitError>) {
        match fired {
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
        self.clock_says(state, &Command::LookAtClock, restate, Vec::new())
            .await
    }

    async fn note_unheard(&self, state: &mut State) -> Result<Option<Box<Incident>>, CommitError> {
        let incident = state.id;
        let people = self.context.store.unheard_of(incident).await?;
        if people.is_empty() {
            return Ok(None);
        }
        let noted = Record::UnheardNoted {
            incident,
            people: people.clone(),
        };
        // Noted even if nothing follows: somebody may have claimed it meanwhile.
        self.clock_says(state, &Command::NoteUnheard { people }, true, vec![noted])
            .await
    }

    async fn clock_says(
        &self,
        state: &mut State,
        command: &Command,
        restate: bool,
        records: Vec<Record>,
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
        let Ok(decision) = decide(&incident, command, &by, now, &config) else {
            return Ok(None);
        };
        if decision.events.is_empty() && !restate {
            return Ok(None);
        }
        let mut commit = Commit::new(now, None);
        commit.records = records;
        let late = absence.and_then(|it| late_by(&incident, command, it, now, &config.settings));
        commit.outbox = late_drafts(&incident, &decision, &config, late);
        let after = self
            .keep(state, commit, config.id, incident.version, decision)
            .await?;
        Ok(Some(after))
    }
}
