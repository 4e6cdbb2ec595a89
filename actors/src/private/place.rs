//! A place whose code somebody opened: their next report is made there, and one who is in no group
//! may report at all. That is all a guest may do, beside looking after what they reported.

use super::{Next, PrivateActor, row};
use crate::domain::group::GroupStatus;
use crate::domain::place::{Visit, token_of};
use crate::domain::{
    Class, GroupConfig, GroupId, Incident, MessageId, Person, PersonId, Refusal, Reporting, Says,
    id::MessageRef,
};
use crate::inbound::{Answer, Ask, Button, Inbound, Message, Verb, What};
use crate::outcome::Unanswered;
use crate::ports::Record;

impl PrivateActor {
    /// `/start`, with what the link carried.
    pub(super) async fn started(
        &self,
        inbound: &Inbound,
        person: &Person,
        message: &Message,
    ) -> Next {
        let to = message.id;
        let store = &self.context.store;
        let place = match token_of(&message.text) {
            Some(token) => store.place_of(token).await?,
            None => None,
        };
        // What is no code of ours, or is no longer, tells nothing: a greeting does.
        let Some(place) = place else {
            return self.say(inbound, to, Says::Welcome).await;
        };
        let config = store.group(place.group).await?;
        let Some(config) = config.filter(|config| config.status == GroupStatus::Active) else {
            return self.say(inbound, to, Says::Welcome).await;
        };
        if !self.may_come(person.id, &config).await? {
            return self.refuse(inbound, to, Refusal::NotInGroup).await;
        }
        let visit = Record::Visited {
            person: person.id,
            place: place.id,
        };
        let mut row = row(
            inbound,
            to,
            Class::Page,
            Says::AtPlace { place: place.name },
        );
        row.group = Some(config.id);
        self.keep(inbound, vec![visit], vec![row], Answer::Silent)
            .await
    }

    /// Whoever is in the group, and where everybody may report whoever has the code.
    async fn may_come(&self, person: PersonId, config: &GroupConfig) -> Result<bool, Unanswered> {
        let everyone = config.settings.reporting == Reporting::Everyone;
        Ok(everyone || self.groups_of(person).await?.contains(&config.id))
    }

    /// The group of the place where the person is, for a report that is made there.
    pub(super) async fn group_of_place(
        &self,
        person: PersonId,
        groups: &[GroupId],
    ) -> Result<Option<GroupId>, Unanswered> {
        let Some(visit) = self.context.store.visit_of(person).await? else {
            return Ok(None);
        };
        let group = visit.place.group;
        let now = self.context.clock.now();
        let member = visit.locates(now) && groups.contains(&group);
        let guest = visit.invites(now) && groups.is_empty() || visit.locates(now);
        let admitted = member || guest && self.admits(&visit).await?;
        Ok(admitted.then_some(group))
    }

    async fn admits(&self, visit: &Visit) -> Result<bool, Unanswered> {
        let config = self.context.store.group(visit.place.group).await?;
        Ok(config.is_some_and(|config| config.settings.reporting == Reporting::Everyone))
    }

    /// Whether a group takes this from somebody who is not in it: a report from a place whose code
    /// they opened, and what a reporter may do about such a report.
    pub(super) async fn is_guests_matter(
        &self,
        person: PersonId,
        inbound: &Inbound,
        config: &GroupConfig,
    ) -> Result<bool, Unanswered> {
        match &inbound.what {
            What::Ask {
                ask: Ask::NewIncident,
                ..
            } => {
                let group = self.group_of_place(person, &[]).await?;
                Ok(group == Some(config.id))
            }
            What::Press {
                button: Button::Card { incident, verb, .. },
                ..
            } if is_reporters(*verb) => {
                let incident = self.context.store.incident(*incident).await?;
                Ok(incident.is_some_and(|it| is_guests_own(&it, person)))
            }
            What::Said { message } => self.is_about_own(person, inbound, message).await,
            What::Edited { message } => self.is_origin_of_own(person, inbound, message.id).await,
            _ => Ok(false),
        }
    }

    /// An answer to what was said about it, or a further photo of the album it was made from.
    async fn is_about_own(
        &self,
        person: PersonId,
        inbound: &Inbound,
        message: &Message,
    ) -> Result<bool, Unanswered> {
        let store = &self.context.store;
        let chat = inbound.place.chat();
        let mut about = None;
        if let Some(answered) = message.reply_to.as_deref().filter(|it| it.by_bot) {
            let message = answered.message.id;
            let row = store.said_in(MessageRef { chat, message }).await?;
            let row = match row {
                Some(row) => Some(row),
                None => store.unsettled_prompt(chat, person).await?,
            };
            if let Some(incident) = row.and_then(|row| row.incident) {
                about = store.incident(incident).await?;
            }
        } else if let Some(album) = &message.album {
            about = store.incident_from_album(chat, album).await?;
        }
        Ok(about.is_some_and(|it| is_guests_own(&it, person)))
    }

    async fn is_origin_of_own(
        &self,
        person: PersonId,
        inbound: &Inbound,
        message: MessageId,
    ) -> Result<bool, Unanswered> {
        let chat = inbound.place.chat();
        let origin = MessageRef { chat, message };
        let incident = self.context.store.incident_from(origin).await?;
        Ok(incident.is_some_and(|it| is_guests_own(&it, person)))
    }
}

/// Reported by them, from a place.
fn is_guests_own(incident: &Incident, person: PersonId) -> bool {
    incident.report.reporter == person && incident.report.place.is_some()
}

/// What is a reporter's to do, member or not.
fn is_reporters(verb: Verb) -> bool {
    matches!(
        verb,
        Verb::Confirm | Verb::Reopen | Verb::Answer(_) | Verb::Skip | Verb::Department(_)
    )
}
