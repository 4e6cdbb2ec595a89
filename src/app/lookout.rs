//! How the desk is, looked at from outside of it.

use std::sync::Arc;

use actors::Tree;
use actors::ports::{Clock, Store};
use async_trait::async_trait;
use tokio::time::timeout;

use crate::telegram::client::Client;
use crate::web::{PATIENCE, Signs, Watch};

/// Looks at a running desk.
pub(super) struct Lookout {
    pub(super) tree: Arc<Tree>,
    pub(super) store: Arc<dyn Store>,
    pub(super) client: Arc<Client>,
    pub(super) clock: Arc<dyn Clock>,
}

#[async_trait]
impl Watch for Lookout {
    async fn look(&self) -> Signs {
        let at = self.clock.now();
        let asked = timeout(PATIENCE, self.store.backlog(at));
        let pinged = timeout(PATIENCE, self.tree.desk.answers());
        let (backlog, answers) = tokio::join!(asked, pinged);
        let backlog = match backlog {
            Ok(Ok(backlog)) => Some(backlog),
            // The store itself has said that it does not work.
            Ok(Err(error)) => {
                tracing::debug!(%error, "what waits could not be read for health");
                None
            }
            Err(_) => None,
        };
        Signs {
            at,
            clock_set_ahead: self.clock.set_ahead(),
            backlog,
            heard: self.client.last_round_trip(),
            actors_answer: answers.unwrap_or(false),
            triage: self.tree.triage(),
            audit: self.tree.audit.findings(),
            calls_nobody: self.tree.audit.fails(at),
        }
    }
}
