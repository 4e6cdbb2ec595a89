//! A group looks at its clock: what is due on its agenda is handled, each item by what its kind asks
//! for, and is stored with its next time in the same commit.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{GroupActor, State, schedule};
use crate::domain::group::GroupStatus;
use crate::domain::{AgendaItem, AgendaKind, GroupConfig};
use crate::incident::record_in_log;
use crate::outcome::Unanswered;
use crate::ports::{Commit, CommitError};

/// How many items one look handles: less than a second's work. The rest is due at the next look.
const BATCH: u32 = 50;

impl GroupActor {
    /// Handles what is due. What fails stays due, and is found again by the next look.
    pub(super) async fn look_at_clock(&self, state: &mut State) {
        if let Err(Unanswered::Unavailable { reason }) = self.agenda(state).await {
            tracing::debug!(chat = %state.chat, reason, "what is due on the agenda waits");
        }
    }

    async fn agenda(&self, state: &mut State) -> Result<(), Unanswered> {
        self.refresh(state).await?;
        let Some(config) = state.config.clone() else {
            return Ok(());
        };
        if config.status != GroupStatus::Active {
            return Ok(());
        }
        let now = self.context.clock.now();
        for item in self.context.store.agenda(config.id, now, BATCH).await? {
            let Some(commit) = self.due(&config, item, now).await? else {
                continue;
            };
            let records = commit.records.clone();
            let events = commit.incident.as_ref().map(|write| write.events.clone());
            match self.context.store.commit(commit).await {
                Ok(committed) => {
                    if let (Some(incident), Some(events)) = (committed.incident, events) {
                        record_in_log(&incident, &events);
                    }
                    self.context.wakes.all();
                }
                // It was made an incident by another way: what is left is taken off the agenda.
                Err(CommitError::AlreadyReported) => {
                    let mut over = Commit::new(now, None);
                    over.records = records;
                    self.context.store.commit(over).await?;
                }
                // Somebody changed it meanwhile: the next look sees what is so now.
                Err(CommitError::Conflict) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// What follows from an item, and when it is due again; nothing while something else comes first,
    /// and then it stays due.
    async fn due(
        &self,
        config: &Arc<GroupConfig>,
        item: AgendaItem,
        now: DateTime<Utc>,
    ) -> Result<Option<Commit>, Unanswered> {
        let commit = match item.kind {
            AgendaKind::Report => {
                let mut commit = Commit::new(now, None);
                let when = (now, self.context.absence);
                schedule::report_due(config, item, when, &mut commit);
                commit
            }
            AgendaKind::Recurring => self.recur(config, item, now).await?,
            AgendaKind::Draft => self.ripen(config, item, now).await?,
            AgendaKind::ShiftStart => self.shift_start(config, item, now).await?,
            AgendaKind::ShiftEnding => return self.shift_ending(config, item, now).await,
        };
        Ok(Some(commit))
    }
}
