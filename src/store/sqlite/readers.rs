//! Connections that only read. A read is a function call on the thread that asks: by index and of a
//! few rows it takes some ten microseconds, less than handing it to another thread would. What reads
//! many rows goes to a thread for such work instead, see [`SqliteEngine::apart`].
//!
//! [`SqliteEngine::apart`]: super::SqliteEngine::apart

use std::sync::Arc;

use rusqlite::Connection;
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::direct::Opening;

/// A read does not wait for anything, so at most as many are under way as there are threads; of more
/// connections than this the caches would cost more memory than they save time.
const READERS: usize = 4;

/// How many kibibytes of pages each keeps. Whatever is written makes it forget them, so they serve one
/// look and the next; a program at rest need not hold more.
const PAGES_KEPT: i64 = 256;

/// A connection, until it is dropped.
pub(in crate::store) type Borrowed = OwnedMutexGuard<Connection>;

/// The connections.
pub(super) struct Readers([Arc<Mutex<Connection>>; READERS]);

impl Readers {
    /// Opens them.
    pub(super) fn open(opening: &Opening) -> rusqlite::Result<Self> {
        let reader = || {
            let connection = opening.read()?;
            // Negative: in kibibytes (`PRAGMA cache_size`).
            connection.pragma_update(None, "cache_size", -PAGES_KEPT)?;
            Ok::<_, rusqlite::Error>(Arc::new(Mutex::new(connection)))
        };
        Ok(Self([reader()?, reader()?, reader()?, reader()?]))
    }

    /// One that is free, or the first when it is.
    pub(super) async fn borrow(&self) -> Borrowed {
        let Self(all) = self;
        let free = |it: &Arc<Mutex<Connection>>| Arc::clone(it).try_lock_owned().ok();
        if let Some(free) = all.iter().find_map(free) {
            return free;
        }
        let [first, ..] = all;
        Arc::clone(first).lock_owned().await
    }
}
