//! How a group's people set who is called: by buttons and one prompt.

use super::configure::MINUTES;
use super::{Next, Turn, refused};
use crate::domain::escalation::words::{BadChain, chain_of_words};
use crate::domain::escalation::{CHAIN_LIMIT, Chain, Hours};
use crate::domain::notice::{Panel, Prompt};
use crate::domain::{MessageId, Refusal};
use crate::inbound::{Change, Message};
use crate::outcome::Unanswered;
use crate::ports::Record;

impl Turn<'_> {
    pub(super) async fn configure_escalation(self, change: Change, on: MessageId) -> Next {
        let panel = Panel::Escalation;
        match change {
            Change::CriticalMinutes(minutes) if MINUTES.contains(&minutes) => {
                self.set(on, panel, |it| it.escalation.critical_minutes = minutes)
                    .await
            }
            Change::AskChain => self.prompt(Prompt::Chain, on).await,
            Change::DropChain(index) => {
                let index = usize::from(index);
                self.set(on, panel, |it| {
                    if index < it.escalation.chains.len() {
                        it.escalation.chains.remove(index);
                    }
                })
                .await
            }
            _ => refused(Refusal::NotNow),
        }
    }

    /// A chain for the same incidents and hours takes the place of the earlier one.
    pub(super) async fn chain_by_words(
        &self,
        message: &Message,
    ) -> Result<Result<(Record, Panel), Refusal>, Unanswered> {
        let staff = self.context.store.people(&self.config.staff()).await?;
        let chain = match chain_of_words(&message.text, &staff) {
            Ok(chain) => chain,
            Err(BadChain::Nobody(_)) => return Ok(Err(Refusal::NoSuchPerson)),
            Err(BadChain::Form | BadChain::TooMuch) => return Ok(Err(Refusal::NotAChain)),
        };
        let mut settings = self.config.settings.clone();
        let chains = &mut settings.escalation.chains;
        let place = |it: &Chain| (it.urgency, it.hours) == (chain.urgency, chain.hours);
        chains.retain(|it| !place(it));
        if chains.len() >= CHAIN_LIMIT {
            return Ok(Err(Refusal::NotAChain));
        }
        chains.push(chain);
        // The first that fits is called: what says more goes first.
        chains.sort_by_key(|it| (it.urgency.is_none(), it.hours == Hours::Any));
        let group = self.config.id;
        let record = Record::Settings { group, settings };
        Ok(Ok((record, Panel::Escalation)))
    }
}
