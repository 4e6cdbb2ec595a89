//! A desk at work: its database filled, its Telegram stood in for, the real binary ready.

use std::time::Duration;

use actors::domain::PersonId;
use actors::inbound::Verb;

use crate::database::{Database, Engine};
use crate::estate::{self, Card, Plan};
use crate::people::Press;
use crate::process::Desk;
use crate::telegram::Telegram;

/// How long a desk is left alone before it is measured: what follows from the last thing, such as
/// edits of cards, is done by then, as it is in life.
const REST: Duration = Duration::from_millis(40);

/// A desk at work.
pub(crate) struct Site {
    pub(crate) telegram: Telegram,
    pub(crate) database: Database,
    pub(crate) desk: Desk,
    pub(crate) cards: Vec<Card>,
}

impl Site {
    /// Builds it.
    pub(crate) async fn open(engine: Engine<'_>, plan: &Plan) -> Self {
        Self::open_with(engine, plan, &[]).await
    }

    /// The same, with more settings.
    pub(crate) async fn open_with(
        engine: Engine<'_>,
        plan: &Plan,
        settings: &[(&str, &str)],
    ) -> Self {
        let telegram = Telegram::start().await;
        let database = Database::new(engine).await;
        let cards = estate::fill(&database, plan).await;
        if !settings.is_empty() {
            estate::triage_by_model(&database, &cards).await;
        }
        let desk = Desk::start_with(database.folder(), &database.url, &telegram, settings).await;
        telegram.idle().await;
        Self {
            telegram,
            database,
            desk,
            cards,
        }
    }

    /// Waits until the desk has nothing to do with updates, and a moment more.
    pub(crate) async fn at_rest(&self) {
        self.telegram.drained().await;
        tokio::time::sleep(REST).await;
    }

    /// Stops the desk.
    pub(crate) async fn close(self) {
        self.desk.stop().await;
    }
}

/// A press of that button on that card.
pub(crate) fn press(card: &Card, by: PersonId, verb: Verb) -> Press {
    Press {
        by,
        chat: card.chat,
        card: card.message,
        incident: card.incident,
        edition: card.edition,
        verb,
    }
}
