//! Whoever waits for a write may be stopped at any moment, and so may what is sent ahead to a server.

use actors::domain::{Command, Stage};
use actors::testing::store_contract::desk::{Desk, JAAN};
use deskbell::store::open;
use sqlx::{Connection, PgConnection};

use crate::databases::postgres_url;

/// Whether somebody waits for somebody else.
const WAITS: &str = "SELECT COUNT(*) FROM pg_stat_activity \
    WHERE datname = current_database() AND wait_event_type = 'Lock'";

async fn until_somebody_waits(url: &str) {
    let mut watch = PgConnection::connect(url).await.unwrap();
    let asked = || sqlx::query_scalar::<_, i64>(WAITS);
    while asked().fetch_one(&mut watch).await.unwrap() == 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_write_that_is_broken_off_is_undone_and_nobody_elses_write_keeps_it() {
    let url = postgres_url().await;
    let desk = Desk::new(open(&url).await.unwrap()).await;
    let incident = desk.open_in(1, desk.department(0)).await;
    let mut beside = PgConnection::connect(&url).await.unwrap();
    let mut held = beside.begin().await.unwrap();
    sqlx::query("SELECT 1 FROM incidents FOR UPDATE")
        .execute(&mut *held)
        .await
        .unwrap();
    let claim = desk
        .store
        .commit(desk.decided(&incident, JAAN, &Command::Claim));
    tokio::select! {
        kept = claim => panic!("somebody else has that row: {kept:?}"),
        () = until_somebody_waits(&url) => {}
    }
    held.rollback().await.unwrap();

    let other = desk.open(2).await;
    assert_eq!(other.identity.number.0, 2);
    let found = desk.store.incident(incident.identity.id).await.unwrap();
    assert!(matches!(found.unwrap().stage, Stage::New { .. }));
    let claimed = desk.act(&incident, JAAN, Command::Claim).await;
    assert_eq!(claimed.version, incident.version + 1);
}
