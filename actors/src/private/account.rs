//! What the desk knows of a person, in their own hands: erasing it, and the language.

use super::{Next, PrivateActor, row};
use crate::domain::{Class, Language, MessageId, Person, PersonId, Says};
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
