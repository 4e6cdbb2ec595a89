//! What people are told at once: answers, refusals, questions, and other buttons.

use std::sync::Arc;

use chrono::TimeDelta;

use super::{Act, Done, IncidentActor, Source, State};
use crate::address::draft;
use crate::domain::notice::{Menu, Prompt};
use crate::domain::{Audience, Class, Command, Incident, Notice, PersonId, Refusal, Says, decide};
use crate::gateway::{Outcome, Unanswered};
use crate::inbound::{Answer, Verdict};
use crate::ports::{Commit, CommitError, Draft, StoreError};

/// How long a change of the card may be on its way before a press on the old one draws it again. A
/// group takes a message every three seconds, so by then the change has arrived or was lost.
const REDRAW_PAUSE: TimeDelta = TimeDelta::seconds(15);

impl IncidentActor {
    /// Asks for words, if the command would be accepted with some.
    pub(super) async fn ask(
        &self,
        incident: &Incident,
        act: &Act,
        prompt: &Prompt,
        command: &Command,
    ) -> Result<Done, CommitError> {
        let now = self.context.clock.now();
        if let Err(refusal) = decide(incident, command, &act.by, now, &act.config) {
            return Ok(Done::Refused(refusal));
        }
        if is_stale(incident, act) {
            return Ok(Done::Refused(Refusal::StaleCard));
        }
        let Some(person) = act.by.person() else {
            return Ok(Done::Refused(Refusal::Anonymous));
        };
        let prompt = prompt.clone();
        let says = Says::Prompt { person, prompt };
        let prompt = to_asker(Some(incident), act, Class::Page, says);
        self.say(act, vec![prompt]).await?;
        Ok(Done::Same(verdict(incident, act, Answer::Asked)))
    }

    pub(super) async fn show(
        &self,
        incident: &Incident,
        act: &Act,
        menu: Menu,
    ) -> Result<Done, CommitError> {
        if is_stale(incident, act) {
            return Ok(Done::Refused(Refusal::StaleCard));
        }
        let copy = self.copy(incident, act, menu).await?;
        let shown = copy.unwrap_or_else(|| card(incident, act, menu));
        self.say(act, vec![shown]).await?;
        Ok(Done::Same(verdict(incident, act, Answer::Shown)))
    }

    /// The message that a button stood on, drawn anew, if that is not the card but the incident
    /// shown somewhere else: whose menu opens there is nobody else's business.
    pub(super) async fn copy(
        &self,
        incident: &Incident,
        act: &Act,
        menu: Menu,
    ) -> Result<Option<Draft>, StoreError> {
        let Source::Press { on, .. } = act.source else {
            return Ok(None);
        };
        let said = self.context.store.said_in(on.message).await?;
        let is_copy = said.is_some_and(|row| matches!(row.says, Says::Incident { .. }));
        Ok(is_copy.then(|| {
            let says = Says::Incident { menu };
            let mut row = to_asker(Some(incident), act, Class::Edit, says);
            row.edit = row.reply_to.take();
            row
        }))
    }

    /// Tells somebody why not. A press gets a toast; if its card was old, the card is drawn anew.
    pub(super) async fn refuse(
        &self,
        state: &mut State,
        incident: Option<&Incident>,
        act: &Act,
        refusal: Refusal,
    ) -> Outcome {
        let people = self.context.store.people(&named_in(&refusal)).await?;
        let mut verdict = Verdict {
            answer: Answer::Refused(refusal.clone()),
            group: Some(Arc::clone(&act.config)),
            number: incident.map(|incident| incident.identity.number),
            people,
        };
        let said = match (incident, &act.source) {
            (Some(incident), Source::Press { .. }) if is_stale(incident, act) => {
                self.redraw(state, incident, act).await
            }
            (_, Source::Press { .. } | Source::Quiet(_)) => Ok(()),
            (incident, Source::Message(_)) => {
                verdict.answer = Answer::Silent;
                let says = Says::Refused { refusal };
                let letter = to_asker(incident, act, Class::Page, says);
                self.say(act, vec![letter]).await
            }
        };
        match said {
            Ok(()) | Err(CommitError::AlreadyHandled) => Ok(verdict),
            Err(error) => Err(Unanswered::unavailable(&error)),
        }
    }

    /// Draws what somebody pressed on anew, since it was old. A card is left alone while its last
    /// change is still on its way: fifty who lose a race are no reason to draw it fifty-one times.
    async fn redraw(
        &self,
        state: &mut State,
        incident: &Incident,
        act: &Act,
    ) -> Result<(), CommitError> {
        if let Some(copy) = self.copy(incident, act, Menu::Main).await? {
            return self.say(act, vec![copy]).await;
        }
        let now = self.context.clock.now();
        if state
            .drawn_at
            .is_some_and(|drawn| now - drawn < REDRAW_PAUSE)
        {
            return Ok(());
        }
        state.drawn_at = Some(now);
        self.say(act, vec![card(incident, act, Menu::Main)]).await
    }

    async fn say(&self, act: &Act, outbox: Vec<Draft>) -> Result<(), CommitError> {
        let mut commit = Commit::new(self.context.clock.now(), act.update);
        commit.records.clone_from(&act.records);
        commit.outbox = outbox;
        self.context.store.commit(commit).await?;
        self.context.wakes.outbox.notify_one();
        Ok(())
    }
}

pub(super) fn verdict(incident: &Incident, act: &Act, answer: Answer) -> Verdict {
    Verdict {
        answer,
        group: Some(Arc::clone(&act.config)),
        number: Some(incident.identity.number),
        people: Vec::new(),
    }
}

/// Whether the button stood on a card that has moved on.
pub(super) fn is_stale(incident: &Incident, act: &Act) -> bool {
    matches!(act.source, Source::Press { edition, .. } if edition != incident.edition)
}

pub(super) fn to_asker(incident: Option<&Incident>, act: &Act, class: Class, says: Says) -> Draft {
    let notice = Notice {
        audience: Audience::Asker,
        class,
        says,
    };
    draft(incident, &notice, &act.config, Some(act.source.message()))
}

fn card(incident: &Incident, act: &Act, menu: Menu) -> Draft {
    let notice = Notice {
        audience: Audience::Group,
        class: Class::Card,
        says: Says::Card { menu },
    };
    draft(Some(incident), &notice, &act.config, None)
}

/// Who is named in a refusal.
fn named_in(refusal: &Refusal) -> Vec<PersonId> {
    match refusal {
        Refusal::AlreadyClaimed { owner, .. } => vec![*owner],
        Refusal::Closed { by, .. } => by.iter().copied().collect(),
        Refusal::ResolverOnly { resolver } => vec![*resolver],
        Refusal::NotAMember { person } => vec![*person],
        _ => Vec::new(),
    }
}
