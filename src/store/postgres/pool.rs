//! The connections to the server that are used again and again.

use std::time::Duration;

use deadpool::managed::{
    BuildError, Manager, Metrics, Object, Pool, PoolError, QueueMode, RecycleError, RecycleResult,
};
use tokio::time::timeout;

use super::line::Line;
use super::server::Server;
use crate::store::fault::Fault;

/// Enough for a burst of writes to share the server's fsyncs, and few beside a server's usual
/// limit of 100.
const CONNECTIONS: usize = 16;

/// How long anything may wait for one of them: longer means that the server is away.
const CONNECTION_TIMEOUT: Duration = Duration::from_secs(10);

/// How long after it was used a connection is believed to live; then it is asked before it is used
/// again, which takes as long as a statement.
const TRUSTED_FOR: Duration = Duration::from_secs(1);

/// How long a connection is kept that nobody needs: a burst opens some that the next hours do not.
const KEPT_FOR: Duration = Duration::from_secs(600);

/// All of them.
pub(super) struct Lines(Pool<Server>);

/// One of them, until it is dropped.
pub(in crate::store) type Borrowed = Object<Server>;

impl Lines {
    /// None is opened before it is needed. The one that was used last is used next: the server's process
    /// behind it has at hand what it needs.
    pub(super) fn to(server: Server) -> Result<Self, BuildError> {
        let lines = Pool::builder(server)
            .max_size(CONNECTIONS)
            .queue_mode(QueueMode::Lifo);
        lines.build().map(Self)
    }

    /// Closes those that nobody has needed for long. To be called now and then.
    pub(super) fn tidy_up(&self) {
        self.0.retain(|_, there| there.last_used() < KEPT_FOR);
    }

    /// One that is free and lives.
    pub(super) async fn borrow(&self) -> Result<Borrowed, Fault> {
        let borrowed = timeout(CONNECTION_TIMEOUT, self.0.get()).await;
        borrowed
            .map_err(|_| Fault::NoLine)?
            .map_err(|error| match error {
                PoolError::Backend(fault) => fault,
                PoolError::Timeout(_)
                | PoolError::Closed
                | PoolError::NoRuntimeSpecified
                | PoolError::PostCreateHook(_) => Fault::NoLine,
            })
    }
}

/// Gives a connection up at once.
pub(in crate::store) fn cut_off(borrowed: Borrowed) {
    drop(Object::take(borrowed));
}

impl Manager for Server {
    type Type = Line;
    type Error = Fault;

    async fn create(&self) -> Result<Line, Fault> {
        Ok(Line::to(self).await?)
    }

    async fn recycle(&self, line: &mut Line, there: &Metrics) -> RecycleResult<Fault> {
        if line.is_cut() {
            return Err(RecycleError::message("the line was cut"));
        }
        if there.last_used() >= TRUSTED_FOR {
            line.ping().await?;
        }
        Ok(())
    }
}
