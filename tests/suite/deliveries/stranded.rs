//! Rows that are noted as being sent while nobody sends them: by a fault that nobody has thought of.
//! They block their chats, so the desk finds them within ten seconds of its clock, and says it again.

use actors::domain::Class;
use actors::outbox::IN_FLIGHT_LIMIT;
use actors::ports::Commit;
use chrono::TimeDelta;
use deskbell::playground::ChatId;
use sqlx::{Connection, PgConnection, SqliteConnection};

use super::{draft, spoken};
use crate::world::{World, conversations};

conversations! {
    two_hundred_stranded_rows_are_found_and_said
}

/// How many are stranded, each in a chat of its own.
const STRANDED: usize = 200;

/// As if each had been begun, and whoever did that was gone.
const STRAND: &str = "UPDATE outbox SET state = 'sending', attempts = 1, held_until = NULL \
    WHERE held_until IS NOT NULL";

/// Changes rows behind the desk's back; answers how many.
async fn change(world: &World, sql: &'static str) -> u64 {
    let url = world.database_url();
    if url.starts_with("sqlite") {
        let mut connection = SqliteConnection::connect(url).await.unwrap();
        let done = sqlx::query(sql).execute(&mut connection).await.unwrap();
        done.rows_affected()
    } else {
        let mut connection = PgConnection::connect(url).await.unwrap();
        let done = sqlx::query(sql).execute(&mut connection).await.unwrap();
        done.rows_affected()
    }
}

async fn two_hundred_stranded_rows_are_found_and_said(world: World) {
    let chats: Vec<ChatId> = (0..STRANDED)
        .map(|number| {
            let name = format!("Guest {number}");
            let guest = world.telegram.person(&name).started().add();
            world.telegram.private(guest)
        })
        .collect();
    world.pass(TimeDelta::seconds(1)).await;
    let now = world.telegram.now();
    let mut commit = Commit::new(now, None);
    let held = |chat: &ChatId| {
        let mut held = draft(Class::Page, *chat);
        held.held_until = Some(now + TimeDelta::days(1));
        held
    };
    commit.outbox = chats.iter().map(held).collect();
    world.store().commit(commit).await.unwrap();
    assert_eq!(change(&world, STRAND).await, STRANDED as u64);

    world.clock.advance(TimeDelta::seconds(10));
    let first = |world: &World| chats.iter().any(|it| !spoken(world, *it, "").is_empty());
    world.until(first).await;
    assert_eq!(world.telegram.now() - now, TimeDelta::seconds(10));
    let sending = world.store().outbox_being_sent().await.unwrap();
    let waiting = world.store().outbox_unfinished(now).await.unwrap();
    assert!(sending.len() <= IN_FLIGHT_LIMIT, "only what is really sent");
    assert!(waiting as usize > STRANDED - 2 * IN_FLIGHT_LIMIT);
    world.settle().await;
    for chat in chats {
        let said = spoken(&world, chat, "");
        assert_eq!(said.len(), 1, "once in each chat");
        assert_eq!(
            spoken(&world, chat, "(repeat)"),
            said,
            "it may have come before"
        );
    }
    world.finish().await;
}
