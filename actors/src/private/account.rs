//! What the desk knows of a person, in their own hands: erasing it, the language, and the way to see
//! more.

use super::{Next, PrivateActor, row};
use crate::domain::{Class, Language, MessageId, Person, PersonId, Refusal, Says};
use crate::group::cards_naming;
use crate::inbound::{Answer, Inbound};
use crate::ports::Record;

impl PrivateActor {
    pub(super) async fn forget(&self, inbound: &Inbound, person: &Person, on: MessageId) -> Next {
        let record = Record::Forget { person: person.id };
        let mut row = row(inbound, on, Class::Page, Says::Forgotten);
        row.edit = Some(on);
        row.reply_to = None;
        let mut rows = vec![row];
        for group in self.context.store.groups_of(person.id).await? {
            if let Some(config) = self.context.store.group(group).await? {
                rows.extend(cards_naming(&*self.context.store, &config, person.id).await?);
            }
        }
        self.keep(inbound, vec![record], rows, Answer::Shown).await
    }

    /// A way into the dashboard, for who belongs to a group.
    pub(super) async fn dashboard_asked(
        &self,
        inbound: &Inbound,
        person: &Person,
        to: MessageId,
    ) -> Next {
        match self.groups_of(person.id).await?.is_empty() {
            true => self.refuse(inbound, to, Refusal::NoGroup).await,
            false => self.say(inbound, to, Says::Dashboard).await,
        }
    }

    /// The page is drawn anew in the language that was chosen.
    pub(super) async fn speak(
        &self,
        inbound: &Inbound,
        (person, language): (PersonId, Language),
        on: MessageId,
        page: Says,
    ) -> Next {
        let record = Record::PersonLanguage { person, language };
        let mut row = row(inbound, on, Class::Awaited, page);
        row.edit = Some(on);
        row.reply_to = None;
        self.keep(inbound, vec![record], vec![row], Answer::Saved)
            .await
    }
}
