//! What lasts, seen past the store: reopened, and with SQL.

use actors::testing::store_contract::desk::Desk;
use sqlx::{Connection, PgConnection, SqliteConnection};

use crate::databases::{folder, postgres_url, sqlite_path, sqlite_url};

const TAMPERING: [&str; 2] = [
    "UPDATE events SET body = '{}'",
    "DELETE FROM events WHERE sequence = 1",
];

#[tokio::test]
async fn what_was_acknowledged_is_there_after_reopening_sqlite() {
    let folder = folder();
    reopened(&sqlite_url(&folder)).await;
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_reopening_postgres() {
    reopened(&postgres_url().await).await;
}

async fn reopened(url: &str) {
    let desk = Desk::new(deskbell::store::open(url).await.unwrap()).await;
    let kept = desk.open(1).await;
    drop(desk);
    let store = deskbell::store::open(url).await.unwrap();
    let found = store.incident(kept.identity.id).await.unwrap();
    assert_eq!(found, Some(kept));
}

#[tokio::test]
async fn sqlite_refuses_to_change_or_remove_events() {
    let folder = folder();
    let desk = Desk::new(deskbell::store::open(&sqlite_url(&folder)).await.unwrap()).await;
    let incident = desk.open(1).await;
    let file = format!("sqlite:{}", sqlite_path(&folder).display());
    let mut connection = SqliteConnection::connect(&file).await.unwrap();
    for sql in TAMPERING {
        let refused = sqlx::query(sql).execute(&mut connection).await.unwrap_err();
        assert!(
            refused.to_string().contains("events are never"),
            "{refused}"
        );
    }
    assert_eq!(
        desk.store.events(incident.identity.id).await.unwrap().len(),
        1
    );
}

#[tokio::test]
async fn postgres_refuses_to_change_or_remove_events() {
    let url = postgres_url().await;
    let desk = Desk::new(deskbell::store::open(&url).await.unwrap()).await;
    let incident = desk.open(1).await;
    let mut connection = PgConnection::connect(&url).await.unwrap();
    for sql in TAMPERING.into_iter().chain(["TRUNCATE events"]) {
        let refused = sqlx::query(sql).execute(&mut connection).await.unwrap_err();
        assert!(
            refused.to_string().contains("events are never"),
            "{refused}"
        );
    }
    assert_eq!(
        desk.store.events(incident.identity.id).await.unwrap().len(),
        1
    );
}

/// Rather than taken for something else.
#[tokio::test]
async fn text_that_this_version_does_not_know_is_an_error() {
    let folder = folder();
    let desk = Desk::new(deskbell::store::open(&sqlite_url(&folder)).await.unwrap()).await;
    let group = desk.group.id;
    drop(desk);
    let file = format!("sqlite:{}", sqlite_path(&folder).display());
    let mut connection = SqliteConnection::connect(&file).await.unwrap();
    for (sql, what) in [
        ("UPDATE groups SET status = 'dreaming'", "a group's status"),
        (
            "UPDATE groups SET status = 'active', settings = '{\"mood\":1}'",
            "a group's settings",
        ),
    ] {
        sqlx::query(sql).execute(&mut connection).await.unwrap();
        // What one that is open has read before, it does not read again.
        let store = deskbell::store::open(&sqlite_url(&folder)).await.unwrap();
        let error = store.group(group).await.unwrap_err();
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert!(cause.contains(what), "{cause}");
    }
}
