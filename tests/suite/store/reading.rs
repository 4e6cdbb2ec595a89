//! How much a server reads for what is asked of it again and again.

use actors::ports::Settled;
use actors::testing::store_contract::desk::noon;
use sqlx::{Connection, PgConnection};

use crate::databases::postgres_url;

/// What was said in a few weeks.
const SAID: &str = "INSERT INTO outbox \
        (state, class, chat_id, says, not_before, attempts, doubtful, created_at) \
    SELECT 'sent', 'edit', -n % 7, '{\"says\":\"pin\"}', 0, 1, 0, 0 FROM generate_series(1, 20000) n";

/// What waits when a chat may be told nothing for a while.
const WAITING: &str = "INSERT INTO outbox \
        (state, class, chat_id, says, not_before, attempts, doubtful, created_at) \
    SELECT 'pending', 'edit', -n % 7, '{\"says\":\"pin\"}', 0, 0, 0, 0 FROM generate_series(1, 2000) n";

/// How many chats that is.
const CHATS: usize = 7;

/// How often the outbox is looked at: a server plans a statement once and for all at the sixth time.
const LOOKS: usize = 10;

/// The server counts what there is when nothing waits, and then much does.
#[tokio::test]
async fn what_comes_next_is_found_and_sent_without_reading_all_that_was_said_or_waits() {
    let url = postgres_url().await;
    let store = deskbell::store::open(&url).await.unwrap();
    let mut beside = PgConnection::connect(&url).await.unwrap();
    for sql in [SAID, "ANALYZE outbox", WAITING] {
        sqlx::query(sql).execute(&mut beside).await.unwrap();
    }
    let now = noon();
    for _ in 0..LOOKS {
        let heads = store.outbox_heads(now).await.unwrap();
        assert_eq!(heads.len(), CHATS);
        for head in heads {
            assert!(store.outbox_waiting(head.id).await.unwrap().is_some());
            let row = store.outbox_sending(head.id, now).await.unwrap().unwrap();
            let sent = Settled::Sent { message: None };
            store.outbox_settle(&row, sent, now).await.unwrap();
        }
    }
    drop(store);
    let read = read_from_outbox(&mut beside).await;
    assert!(read < 5_000, "{read} rows were read");
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
