//! Which process may write. A lock keeps a second one out, but a lock can be lost without a word:
//! the server drops it with its connection, and a file can be removed. So each process that opens
//! the database counts its epoch up, and every transaction begins by asking whether it still is
//! that of this process. One that was overtaken can write nothing more.

use super::engine::Connection;
use super::fault::{Fault, Refused};
use super::statements::run as sql;
use super::value::values;

/// Ends the epoch of whoever had the database before; answers the new one.
pub(super) async fn take_over(connection: &mut Connection<'_>) -> Result<i64, Fault> {
    let (epoch,) = connection.fetch_one(sql::TAKE_OVER, values![]).await?;
    Ok(epoch)
}

/// Refuses the transaction that has just begun if another process has taken over.
pub(super) async fn confirm(connection: &mut Connection<'_>, epoch: i64) -> Result<(), Refused> {
    let taken_over = Fault::TakenOver.into();
    connection
        .require(sql::STILL_OURS, values![epoch], taken_over)
        .await
}
