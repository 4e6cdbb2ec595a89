//! Which group a command about an incident goes to: the one whose incident it is, if the person is
//! there.

use super::{Next, PrivateActor, Step};
use crate::domain::{IncidentNumber, MessageId, Person};
use crate::inbound::{Inbound, Message};

impl PrivateActor {
    /// Passes a command on to the group that has an incident of that number. Those of groups in which
    /// the person is not do not exist for them, also where the company is the same.
    pub(super) async fn by_number(
        &self,
        inbound: Inbound,
        person: &Person,
        number: IncidentNumber,
        to: MessageId,
    ) -> Next {
        let store = &self.context.store;
        let groups = self.groups_of(person.id).await?;
        for group in &groups {
            let Some(config) = store.group(*group).await? else {
                continue;
            };
            let found = store.incident_numbered(config.company, number).await?;
            let found = found.map(|incident| incident.identity.group);
            if let Some(group) = found.filter(|group| groups.contains(group)) {
                return Ok(Step::Pass(group, Box::new(inbound)));
            }
        }
        self.home(inbound, person, to).await
    }

    /// Passes a command without a number on to the group of the incident that the answered message is
    /// about.
    pub(super) async fn by_answered(
        &self,
        inbound: Inbound,
        person: &Person,
        message: &Message,
    ) -> Next {
        let answers = message.reply_to.as_deref().is_some_and(|it| it.by_bot);
        if answers
            && let Some(row) = self.answered_row(&inbound, person, message).await?
            && let (Some(group), Some(_)) = (row.group, row.incident)
        {
            return Ok(Step::Pass(group, Box::new(inbound)));
        }
        self.home(inbound, person, message.id).await
    }
}
