//! What lasts, in SQL: `actors::ports::Store` on SQLite or PostgreSQL, chosen by URL.
//!
//! Everything is written once, for both. `statements` holds the SQL, `engine` hides which of the
//! two runs it, `sqlite` and `postgres` know how each of them is opened and committed to.

mod agenda;
mod columns;
mod commit;
mod dashboard;
mod duty;
mod engine;
mod epoch;
mod escalation;
mod fault;
mod group;
mod health;
mod incident;
mod kpi;
mod memory;
mod open_error;
mod outbox;
mod people;
mod place;
mod port;
mod postgres;
mod records;
mod recurring;
mod row;
mod run;
mod schema;
mod sqlite;
mod statements;
mod text;
mod triage;
mod value;
mod waiting;

use std::path::Path;
use std::sync::Arc;

use actors::domain::Place;
use actors::ports::{Store, StoreError};
use tokio_util::sync::CancellationToken;

use self::engine::{Connection, Engine, Write};
use self::fault::{Fault, Refused};
use self::health::Health;
use self::memory::Memory;
pub use self::open_error::OpenError;
use self::postgres::PostgresEngine;
use self::sqlite::SqliteEngine;

/// Opens the database of that URL, `sqlite:PATH` or `postgres://...`, and brings its tables up to
/// date. Only one process may have it open.
///
/// # Errors
/// An [`OpenError`], which says what to do.
pub async fn open(url: &str) -> Result<Arc<dyn Store>, OpenError> {
    let engine = match url.split_once(':') {
        Some(("sqlite", path)) => {
            let path = path.strip_prefix("//").unwrap_or(path);
            Engine::Sqlite(SqliteEngine::open(Path::new(path)).await?)
        }
        Some(("postgres" | "postgresql", _)) => Engine::Postgres(PostgresEngine::open(url).await?),
        _ => return Err(OpenError::BadUrl),
    };
    Ok(Arc::new(SqlStore::of(engine)))
}

/// Opens it only to look, beside whoever has it open: whatever would change something is refused.
///
/// # Errors
/// An [`OpenError`], which says what to do.
pub async fn look(url: &str) -> Result<Arc<dyn Store>, OpenError> {
    let engine = match url.split_once(':') {
        Some(("sqlite", path)) => {
            let path = path.strip_prefix("//").unwrap_or(path);
            Engine::Sqlite(SqliteEngine::look(Path::new(path)).await?)
        }
        Some(("postgres" | "postgresql", _)) => Engine::Postgres(PostgresEngine::look(url).await?),
        _ => return Err(OpenError::BadUrl),
    };
    Ok(Arc::new(SqlStore::of(engine)))
}

/// All places that have a code, each with the title of its group. It only reads, so whoever has the
/// database open is not disturbed.
///
/// # Errors
/// An [`OpenError`], which says what to do.
pub async fn places(url: &str) -> Result<Vec<(Place, String)>, OpenError> {
    match url.split_once(':') {
        Some(("sqlite", path)) => {
            let path = path.strip_prefix("//").unwrap_or(path);
            let mut connection = sqlite::look(Path::new(path))?;
            Ok(place::all(&mut Connection::Sqlite(&mut connection)).await?)
        }
        Some(("postgres" | "postgresql", _)) => {
            let mut connection = postgres::look(url).await?;
            Ok(place::all(&mut Connection::Postgres(&mut connection)).await?)
        }
        _ => Err(OpenError::BadUrl),
    }
}

struct SqlStore {
    engine: Engine,
    reading: Health,
    writing: Health,
    /// Set for good once another process has the database.
    taken_over: CancellationToken,
    memory: Memory,
}

impl SqlStore {
    fn of(engine: Engine) -> Self {
        Self {
            engine,
            reading: Health::of("reading"),
            writing: Health::of("writing"),
            taken_over: CancellationToken::new(),
            memory: Memory::default(),
        }
    }

    /// Keeps a write that nothing can refuse.
    async fn keep<W: Write>(
        &self,
        operation: &'static str,
        write: W,
    ) -> Result<W::Answer, StoreError> {
        let kept = self.write(write).await;
        kept.map_err(|refused| refused.during(operation))
    }

    async fn write<W: Write>(&self, write: W) -> Result<W::Answer, Refused> {
        let begun = self.writing.begin();
        let kept = self.engine.write(write).await;
        let fault = kept.as_ref().err().and_then(Refused::fault);
        if fault.is_some_and(Fault::is_taken_over) {
            self.taken_over.cancel();
        }
        self.writing.note(begun, fault);
        kept
    }
}
