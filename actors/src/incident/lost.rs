//! Races that were lost. The loser is answered at once, from memory; that they lost is kept just
//! after, with all who lost in the same moment, so that nobody waits for the disk to hear "no".

use chrono::{DateTime, Utc};
use ractor::ActorRef;

use super::{Act, IncidentActor, Msg, State, Wish};
use crate::domain::{Command, Incident, PersonId, Refusal};
use crate::ports::{Commit, Record};

/// How many lost races are kept at once: a group's worth. What a person presses beyond that was
/// counted already.
const LOST_AT_ONCE: usize = 200;

/// Who lost, and is not kept yet.
#[derive(Default)]
pub(super) struct Lost {
    races: Vec<(PersonId, DateTime<Utc>, DateTime<Utc>)>,
    /// Whether keeping them was asked for.
    asked: bool,
}

impl Lost {
    /// Notes a claim that was refused because somebody else was faster.
    pub(super) fn note(&mut self, act: &Act, refusal: &Refusal, now: DateTime<Utc>) {
        let Refusal::AlreadyClaimed { at, .. } = refusal else {
            return;
        };
        let claims = matches!(act.wish, Wish::Do(Command::Claim));
        let person = act.by.person().filter(|_| claims);
        let full = self.races.len() >= LOST_AT_ONCE;
        let known = |person| self.races.iter().any(|(other, ..)| *other == person);
        if let Some(person) = person.filter(|person| !full && !known(*person)) {
            self.races.push((person, *at, now));
        }
    }

    /// Has them kept once those who wait already were answered.
    pub(super) fn keep_soon(&mut self, myself: &ActorRef<Msg>) {
        if !self.races.is_empty() && !self.asked {
            self.asked = myself.cast(Msg::KeepLost).is_ok();
        }
    }
}

impl IncidentActor {
    /// Keeps who lost. They are figures of a report and change nothing: what cannot be kept is told
    /// and given up.
    pub(super) async fn keep_lost(&self, state: &mut State) {
        let races = std::mem::take(&mut state.lost).races;
        let department = match self.known(state).await {
            Ok(incident) => incident.as_deref().and_then(Incident::department),
            Err(error) => return error.tell("who lost a race for a claim could not be kept"),
        };
        let Some(department) = department else { return };
        let mut commit = Commit::new(self.context.clock.now(), None);
        let incident = state.id;
        let lost = races
            .into_iter()
            .map(|(person, won_at, at)| Record::ClaimLost {
                incident,
                department,
                person,
                won_at,
                at,
            });
        commit.records.extend(lost);
        if let Err(error) = self.context.store.commit(commit).await {
            tracing::warn!(%incident, error = &error as &dyn std::error::Error,
                "who lost a race for a claim could not be kept");
        }
    }
}
