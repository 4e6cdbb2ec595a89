//! The message that a button stood on. Mostly that is the card; but an incident is also shown where
//! somebody asked for it, and a card may have arrived while Telegram's answer was lost, so that the
//! desk sent it again and does not know the first under its number.

use chrono::TimeDelta;

use super::rows::{card, to_asker};
use super::{Act, IncidentActor, Source, State};
use crate::domain::notice::Menu;
use crate::domain::{Class, Incident, Says};
use crate::ports::{Card, CommitError, Draft, Record, StoreError};

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

/// How long a change of the card may be on its way before a press on the old one draws it again. A
/// group takes a message every three seconds, so by then the change has arrived or was lost.
const REDRAW_PAUSE: TimeDelta = TimeDelta::seconds(15);

impl IncidentActor {
    /// Draws what somebody pressed on anew, since it was old. A card is left alone while its last
    /// change is still on its way: fifty who lose a race are no reason to draw it fifty-one times.
    pub(super) async fn redraw(
        &self,
        state: &mut State,
        incident: &Incident,
        act: &Act,
    ) -> Result<(), CommitError> {
        let pressed = self.pressed(state, incident, act, Menu::Main).await?;
        if let Some(instead) = pressed.copy.or(pressed.astray) {
            return self.say(act, None, vec![instead]).await;
        }
        let now = self.context.clock.now();
        if pressed.found.is_none()
            && state
                .drawn_at
                .is_some_and(|drawn| now - drawn < REDRAW_PAUSE)
        {
            return Ok(());
        }
        state.drawn_at = Some(now);
        let card = card(incident, act, Class::Card, Menu::Main);
        self.say(act, pressed.found, vec![card]).await
    }

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
            // A list of what somebody owns: the choice of others is a message of its own.
            Some(Says::ShiftEnding { .. }) if menu != Menu::Main => {
                let says = Says::Incident { menu };
                pressed.copy = Some(to_asker(Some(incident), act, Class::Awaited, says));
            }
            Some(says @ Says::ShiftEnding { .. }) => {
                pressed.copy = instead(says).map(|row| Draft {
                    incident: None,
                    ..row
                });
            }
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
