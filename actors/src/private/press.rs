//! Buttons that a person presses in their own chat: what belongs to a group is passed on to it, if the
//! person has anything to do with it, since a button can be made up.

use super::{Next, PrivateActor, Step, refused};
use crate::domain::id::MessageRef;
use crate::domain::{GroupId, IncidentId, MessageId, Person, PersonId, Refusal, Says};
use crate::inbound::{Button, Inbound};
use crate::outcome::Unanswered;
use crate::ports::OutboxRow;

impl PrivateActor {
    pub(super) async fn press(
        &self,
        inbound: Inbound,
        person: &Person,
        button: Button,
        on: MessageId,
    ) -> Next {
        let row = self.row_of(&inbound, on).await?;
        let of_row = row.as_ref().and_then(|row| row.group);
        match button {
            Button::Card { incident, .. }
            | Button::Show { incident }
            | Button::History { incident, .. } => self.by_incident(inbound, person, incident).await,
            // Their own rights decide there; of all configuration only approvals stand here.
            Button::Configure { group, .. } | Button::Report { group, .. } => {
                Ok(Step::Pass(group, Box::new(inbound)))
            }
            Button::AnswerJoin(answer) => {
                match self.context.store.join_request(answer.request).await? {
                    Some((group, _, _)) => Ok(Step::Pass(group, Box::new(inbound))),
                    None => refused(Refusal::AlreadySo),
                }
            }
            Button::List { .. }
            | Button::Membership { .. }
            | Button::Duty(_)
            | Button::Mute(..)
            | Button::Which { .. } => match of_row {
                Some(group) if self.belongs(person.id, group).await? => {
                    Ok(Step::Pass(group, Box::new(inbound)))
                }
                Some(_) => refused(Refusal::NoGroup),
                None => refused(Refusal::NotNow),
            },
            Button::ReportTo { group } => {
                let asked = (on, row.map(|row| row.says));
                self.home_chosen(inbound, person, group, asked).await
            }
            Button::Home => self.home_asked(&inbound, person, on).await,
            Button::ForgetMe => self.forget(&inbound, person, on).await,
            Button::Language(language) => {
                let page = row.map(|row| row.says);
                let page = page.filter(|says| *says == Says::MyLanguage);
                let page = page.unwrap_or(Says::Welcome);
                self.speak(&inbound, (person.id, language), on, page).await
            }
        }
    }

    async fn row_of(
        &self,
        inbound: &Inbound,
        on: MessageId,
    ) -> Result<Option<OutboxRow>, Unanswered> {
        let chat = inbound.place.chat();
        let said = MessageRef { chat, message: on };
        Ok(self.context.store.said_in(said).await?)
    }

    /// Passes a press on to the incident's group, if the person has anything to do with it: a
    /// button can be made up.
    async fn by_incident(&self, inbound: Inbound, person: &Person, id: IncidentId) -> Next {
        let Some(incident) = self.context.store.incident(id).await? else {
            return refused(Refusal::NoSuchIncident);
        };
        let group = incident.identity.group;
        let reported = incident.report.reporter == person.id;
        if reported || self.belongs(person.id, group).await? {
            Ok(Step::Pass(group, Box::new(inbound)))
        } else {
            refused(Refusal::NoSuchIncident)
        }
    }

    /// Whether a person is seen in a group, or has something to say there.
    pub(super) async fn belongs(
        &self,
        person: PersonId,
        group: GroupId,
    ) -> Result<bool, Unanswered> {
        let store = &self.context.store;
        if store.groups_of(person).await?.contains(&group) {
            return Ok(true);
        }
        let Some(config) = store.group(group).await?.filter(|it| it.is_staff(person)) else {
            return Ok(false);
        };
        // They may work for it in another of its groups alone.
        let roll = &self.context.roll;
        Ok(config.siblings.is_empty() || roll.is_in(config.chat, person).await == Some(true))
    }
}
