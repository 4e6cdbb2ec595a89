//! Whether a person is still in the groups their private chat speaks for: who was dismissed keeps
//! the chat, with all its buttons.

use super::{Next, PrivateActor, Step, refused, silent};
use crate::domain::{GroupConfig, GroupId, PersonId, Refusal};
use crate::group::is_at_home;
use crate::inbound::{Button, Change, Inbound, What};
use crate::outcome::Unanswered;
use crate::ports::{Commit, Record};

impl PrivateActor {
    /// The groups in which a person was seen, and is as far as can be told.
    pub(super) async fn groups_of(&self, person: PersonId) -> Result<Vec<GroupId>, Unanswered> {
        let mut groups = Vec::new();
        for group in self.context.store.groups_of(person).await? {
            if let Some(config) = self.context.store.group(group).await?
                && !self.is_gone(person, &config).await?
            {
                groups.push(group);
            }
        }
        Ok(groups)
    }

    /// Passes something on to a group, unless whoever sent it is not in that group any more.
    pub(super) async fn pass(&self, inbound: Box<Inbound>, config: &GroupConfig) -> Next {
        let Some(person) = inbound.sender.person().map(|person| person.id) else {
            return silent();
        };
        if is_approval(&inbound.what)
            || !self.is_gone(person, config).await?
            || self.is_guests_matter(person, &inbound, config).await?
        {
            return Ok(Step::Pass(config.id, inbound));
        }
        match &inbound.what {
            What::Ask { message, .. } | What::Said { message } => {
                self.refuse(&inbound, message.id, Refusal::NoGroup).await
            }
            What::Press { .. } => refused(Refusal::NotInGroup),
            _ => silent(),
        }
    }

    /// Whether the messenger says that a person is not in a group. That may be news to the desk.
    async fn is_gone(&self, person: PersonId, config: &GroupConfig) -> Result<bool, Unanswered> {
        if self.context.roll.is_in(config.chat, person).await != Some(false) {
            return Ok(false);
        }
        if is_at_home(&*self.context.store, config, person).await? {
            let group = config.id;
            let mut commit = Commit::new(self.context.clock.now(), None);
            commit.records.push(Record::Left { person, group });
            self.context.store.commit(commit).await?;
        }
        Ok(true)
    }
}

/// Platform administrators approve groups that they are not in.
fn is_approval(what: &What) -> bool {
    matches!(
        what,
        What::Press {
            button: Button::Configure {
                change: Change::Approve(_),
                ..
            },
            ..
        }
    )
}
