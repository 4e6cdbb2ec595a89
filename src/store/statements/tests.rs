use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};

use super::all;
use crate::store::sqlite::{MIGRATIONS, check};

/// Without foreign keys: their checks, which mostly do not run, would stand in the plans too.
async fn migrated() -> SqliteConnection {
    let options = SqliteConnectOptions::new()
        .in_memory(true)
        .foreign_keys(false);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    MIGRATIONS.run(&mut connection).await.unwrap();
    connection
}

/// That all of them are prepared, on both engines, is proved by every test that opens a store.
#[test]
fn values_of_sqlite_are_numbered_and_nothing_else_is_touched() {
    let found = statement!("SELECT '$' || $1, '$.é' FROM it WHERE at = $12 AND cost = '5$'");
    let numbered = "SELECT '$' || ?1, '$.é' FROM it WHERE at = ?12 AND cost = '5$'";
    assert_eq!(found.numbered(), numbered);
}

#[test]
fn a_statement_that_does_not_fit_the_schema_is_found() {
    let memory = rusqlite::Connection::open_in_memory().unwrap();
    memory
        .execute_batch("CREATE TABLE incidents (number INTEGER)")
        .unwrap();
    let fitting = statement!("SELECT number FROM incidents");
    assert!(check(&memory, fitting).is_ok());
    let misspelt = statement!("SELECT numbr FROM incidents");
    assert!(check(&memory, misspelt).is_err());
}

/// Tables that grow without end are reached by an index, whatever is asked.
#[tokio::test]
async fn no_statement_reads_through_a_growing_table() {
    let growing = ["outbox", "incidents", "events", "handled_updates", "people"];
    let mut connection = migrated().await;
    for statement in all() {
        let explain = format!("EXPLAIN QUERY PLAN {}", statement.sql());
        let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(AssertSqlSafe(explain))
            .fetch_all(&mut connection)
            .await
            .unwrap();
        for (_, _, _, step) in plan {
            let scanned = step.strip_prefix("SCAN ").unwrap_or_default();
            let by_index = scanned.contains(" USING ");
            let table = scanned.split(' ').next().unwrap_or_default();
            assert!(
                by_index || !growing.contains(&table),
                "{step}: {}",
                statement.sql()
            );
        }
    }
}
