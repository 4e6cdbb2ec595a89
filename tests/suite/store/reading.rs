//! How much a server reads for what is asked of it again and again.

use sqlx::{Connection, PgConnection};

use crate::databases::postgres_url;

/// What was said in a few weeks.
const SAID: &str = "INSERT INTO outbox \
        (state, class, chat_id, says, not_before, attempts, doubtful, created_at) \
    SELECT 'sent', 'edit', -n % 7, '\"pin\"', 0, 1, 0, 0 FROM generate_series(1, 20000) n";

/// What waits when a chat may be told nothing for a while.
const WAITING: &str = "INSERT INTO outbox \
        (state, class, chat_id, says, not_before, attempts, doubtful, created_at) \
    SELECT 'pending', 'edit', -n % 7, '\"pin\"', 0, 0, 0, 0 FROM generate_series(1, 2000) n";

/// How often the outbox is looked at: a server plans a statement once and for all at the sixth time.
const LOOKS: usize = 10;

#[tokio::test]
async fn looking_for_what_comes_next_does_not_read_all_that_was_ever_said() {
    let url = postgres_url().await;
    let store = deskbell::store::open(&url).await.unwrap();
    let mut beside = PgConnection::connect(&url).await.unwrap();
    for sql in [SAID, "ANALYZE outbox"] {
        sqlx::query(sql).execute(&mut beside).await.unwrap();
    }
    let now = chrono::Utc::now();
    for _ in 0..LOOKS {
        assert!(store.outbox_heads(now).await.unwrap().is_empty());
    }
    sqlx::query(WAITING).execute(&mut beside).await.unwrap();
    for _ in 0..LOOKS {
        assert_eq!(store.outbox_heads(now).await.unwrap().len(), 7);
    }
    drop(store);
    let read = read_from_outbox(&mut beside).await;
    assert!(read < 20_000, "{read} rows were read");
}

/// How many rows were read, whichever way, when whoever read has gone: a server counts then.
async fn read_from_outbox(beside: &mut PgConnection) -> i64 {
    let others = "SELECT COUNT(*) FROM pg_stat_activity \
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    while sqlx::query_scalar::<_, i64>(others)
        .fetch_one(&mut *beside)
        .await
        .unwrap()
        > 0
    {
        tokio::task::yield_now().await;
    }
    let read = "SELECT seq_tup_read + COALESCE(idx_tup_fetch, 0) FROM pg_stat_user_tables \
        WHERE relname = 'outbox'";
    sqlx::query_scalar(read).fetch_one(beside).await.unwrap()
}
