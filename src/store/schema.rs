//! Whether a database has the tables of this version. Whoever only looks brings nothing up to date:
//! the service that runs beside may be of another version.

use sqlx::migrate::Migrator;

use super::OpenError;
use super::engine::Connection;
use super::statements::run as sql;
use super::value::values;

/// Refuses a database of another version.
pub(super) async fn confirm(
    connection: &mut Connection<'_>,
    migrations: &Migrator,
) -> Result<(), OpenError> {
    let (found,): (i64,) = connection.fetch_one(sql::SCHEMA_VERSION, values![]).await?;
    let known = migrations.iter().map(|it| it.version).max().unwrap_or(0);
    match found.cmp(&known) {
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Less => Err(OpenError::Older),
        std::cmp::Ordering::Greater => Err(OpenError::Newer(found)),
    }
}
