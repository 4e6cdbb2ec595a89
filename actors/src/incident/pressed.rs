//! The message that a button stood on. Mostly that is the card; but an incident is also shown where
//! somebody asked for it, and a card may have arrived while Telegram's answer was lost, so that the
//! desk sent it again and does not know the first under its number.

use super::rows::to_asker;
use super::{Act, IncidentActor, Source, State};
use crate::domain::notice::Menu;
use crate::domain::{Class, Incident, Says};
use crate::ports::{Card, Draft, Record, StoreError};

/// What is to be done with the message that a button stood on, beside what the button says.
#[derive(Default)]
pub(super) struct Pressed {
    /// It shows the incident elsewhere: it is drawn anew, and the card is left alone. Whose menu
    /// opens there is nobody else's business.
    pub(super) copy: Option<Draft>,
    /// It is a card that went astray, and shall say where the card is.
    pub(super) astray: Option<Draft>,
    /// It went astray, and no other is known: it is the card from now on.
    pub(super) found: Option<Record>,
}

impl IncidentActor {
    /// Looks the message up on which somebody pressed.
    pub(super) async fn pressed(
        &self,
        state: &mut State,
        incident: &Incident,
        act: &Act,
        menu: Menu,
    ) -> Result<Pressed, StoreError> {
        let Source::Press { on, .. } = act.source else {
            return Ok(Pressed::default());
        };
        if state.card == Some(on.message) {
            return Ok(Pressed::default());
        }
        let instead = |says| {
            let mut row = to_asker(Some(incident), act, Class::Awaited, says);
            row.edit = row.reply_to.take();
            Some(row)
        };
        let mut pressed = Pressed::default();
        let store = &self.context.store;
        match store.said_in(on.message).await?.map(|row| row.says) {
            Some(Says::Incident { .. }) => pressed.copy = instead(Says::Incident { menu }),
            Some(Says::Card { .. }) => state.card = Some(on.message),
            Some(_) => {}
            None => match store.card(incident.identity.id).await? {
                Some(card) if card.message == on.message => {}
                Some(_) => pressed.astray = instead(Says::CardElsewhere),
                None if on.message.chat == act.config.chat => {
                    pressed.found = Some(Record::CardFound {
                        incident: incident.identity.id,
                        card: Card {
                            message: on.message,
                            thread: incident.report.thread,
                        },
                    });
                }
                None => {}
            },
        }
        Ok(pressed)
    }
}
