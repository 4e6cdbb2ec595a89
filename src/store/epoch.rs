//! Which process may write. A lock keeps a second one out, but a lock can be lost without a word:
//! the server drops it with its connection, and a file can be removed. So each process that opens
//! the database counts its epoch up, and every transaction begins by asking whether it still is
//! that of this process. One that was overtaken can write nothing more.

use super::engine::Connection;
use super::fault::Fault;

const TAKE_OVER: &str = "UPDATE lease SET epoch = epoch + 1 RETURNING epoch";

const STILL_OURS: &str = "SELECT epoch FROM lease WHERE epoch = $1";

/// The lock makes whoever takes over wait for transactions that have begun, and this one wait for
/// whoever is taking over: there is no moment in which both may write.
const STILL_OURS_AND_STAYS: &str = "SELECT epoch FROM lease WHERE epoch = $1 FOR SHARE";

/// Ends the epoch of whoever had the database before; answers the new one.
pub(super) async fn take_over(connection: &mut Connection<'_>) -> Result<i64, sqlx::Error> {
    let (epoch,) = match connection {
        Connection::Sqlite(connection) => {
            let taken = sqlx::query_as(TAKE_OVER);
            taken.fetch_one(&mut **connection).await?
        }
        Connection::Postgres(connection) => {
            let taken = sqlx::query_as(TAKE_OVER);
            taken.fetch_one(&mut **connection).await?
        }
    };
    Ok(epoch)
}

/// Refuses the transaction that has just begun if another process has taken over.
pub(super) async fn confirm(connection: &mut Connection<'_>, epoch: i64) -> Result<(), Fault> {
    let ours: Option<(i64,)> = match connection {
        Connection::Sqlite(connection) => {
            let asked = sqlx::query_as(STILL_OURS).bind(epoch);
            asked.fetch_optional(&mut **connection).await?
        }
        Connection::Postgres(connection) => {
            let asked = sqlx::query_as(STILL_OURS_AND_STAYS).bind(epoch);
            asked.fetch_optional(&mut **connection).await?
        }
    };
    match ours {
        Some(_) => Ok(()),
        None => Err(Fault::TakenOver),
    }
}
