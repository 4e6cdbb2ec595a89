//! The group a person's private reports go to: asked for once where there are several, and
//! remembered with their being seen there, so that it is forgotten with that.

use super::report::message_of;
use super::{Next, PrivateActor, Step, row};
use crate::domain::{Class, GroupId, MessageId, Person, PersonId, Refusal, Says};
use crate::inbound::{Answer, Ask, Inbound, What};
use crate::outcome::Unanswered;
use crate::ports::{Commit, Record};

impl PrivateActor {
    /// The chosen one among these groups; the only one, where there is no choice.
    pub(super) async fn home_among(
        &self,
        person: PersonId,
        groups: &[GroupId],
    ) -> Result<Option<GroupId>, Unanswered> {
        if let [only] = groups {
            return Ok(Some(*only));
        }
        let chosen = self.context.store.home_of(person).await?;
        Ok(chosen.filter(|home| groups.contains(home)))
    }

    /// Shows which group it is, and offers the others.
    pub(super) async fn home_asked(
        &self,
        inbound: &Inbound,
        person: &Person,
        to: MessageId,
    ) -> Next {
        let groups = self.groups_of(person.id).await?;
        if groups.is_empty() {
            return self.refuse(inbound, to, Refusal::NoGroup).await;
        }
        let present = self.home_among(person.id, &groups).await?;
        let question = Says::WhichHome { groups, present };
        let row = row(inbound, to, Class::Page, question);
        self.keep(inbound, Vec::new(), vec![row], Answer::Shown)
            .await
    }

    /// A group was chosen, for a report that waits for that, or for all that will come.
    pub(super) async fn home_chosen(
        &self,
        mut inbound: Inbound,
        person: &Person,
        group: GroupId,
        (on, says): (MessageId, Option<Says>),
    ) -> Next {
        let Some(Says::WhichGroup { groups, .. } | Says::WhichHome { groups, .. }) = &says else {
            return super::refused(Refusal::NotNow);
        };
        // Those that were offered may not be theirs any more.
        if !groups.contains(&group) || !self.belongs(person.id, group).await? {
            return super::refused(Refusal::NotNow);
        }
        let person = person.id;
        let record = Record::Home { person, group };
        if let Some(Says::WhichGroup { draft, .. }) = says {
            // Its own commit, since the report is another group's to keep; twice is as once.
            let mut commit = Commit::new(self.context.clock.now(), None);
            commit.records.push(record);
            self.context.store.commit(commit).await?;
            let (ask, message) = (Ask::NewIncident, message_of(draft));
            inbound.what = What::Ask { ask, message };
            return Ok(Step::Pass(group, Box::new(inbound)));
        }
        let mut row = row(&inbound, on, Class::Awaited, Says::HomeChosen { group });
        row.reply_to = None;
        row.edit = Some(on);
        self.keep(&inbound, vec![record], vec![row], Answer::Saved)
            .await
    }
}
