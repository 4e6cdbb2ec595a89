//! What a desk finds when it starts, and that it takes up where it was left.

use actors::domain::IncidentId;
use actors::ports::RunEnd;
use chrono::TimeDelta;

use super::{Shop, breakages};
use crate::world::World;

breakages! {
    a_start_says_how_the_last_run_ended_and_what_it_left
    every_open_incident_is_alive_after_a_start
}

async fn a_start_says_how_the_last_run_ended_and_what_it_left(mut shop: Shop) {
    let found = shop.world.service().tree().found.clone();
    assert_eq!(
        (found.last_run, found.open_incidents),
        (RunEnd::FirstRun, 0)
    );
    assert!(found.absence.is_none());
    shop.claimable("0001").await;

    shop.world.restart().await;
    let found = shop.world.service().tree().found.clone();
    assert_eq!((found.last_run, found.open_incidents), (RunEnd::Stopped, 1));
    assert_eq!((found.unfinished_deliveries, found.late_deadlines), (0, 0));

    crash_while_sending(&mut shop).await;
    shop.world.clock.advance(TimeDelta::minutes(30));
    shop.world.wake().await;
    let found = shop.world.service().tree().found.clone();
    assert_eq!((found.last_run, found.open_incidents), (RunEnd::Crashed, 1));
    assert_eq!(
        (found.unfinished_deliveries, found.doubtful_deliveries),
        (1, 1)
    );
    assert_eq!(found.late_deadlines, 1, "nobody was nudged meanwhile");
    let absence = found.absence.unwrap();
    assert_eq!(absence.until - absence.from, TimeDelta::minutes(30));
    shop.world.finish().await;
}

/// Leaves the database as a desk does that is killed while it sends its answer to `/open`.
async fn crash_while_sending(shop: &mut Shop) {
    let world: &mut World = &mut shop.world;
    world.halt().await;
    let store = world.open_store().await;
    let now = world.telegram.now();
    store.begin_run(now).await.unwrap();
    let config = store
        .group_of_chat(actors::domain::ChatId(shop.chat.0))
        .await
        .unwrap()
        .unwrap();
    let mut commit = actors::ports::Commit::new(now, None);
    commit.outbox.push(actors::ports::Draft {
        incident: None,
        about_opened: false,
        group: Some(config.id),
        address: actors::ports::Address::Chat {
            chat: config.chat,
            thread: None,
        },
        class: actors::domain::Class::Page,
        says: actors::domain::Says::Help,
        reply_to: None,
        edit: None,
    });
    store.commit(commit).await.unwrap();
    let head = store.outbox_heads().await.unwrap().remove(0);
    assert!(store.outbox_sending(head.id, now).await.unwrap().is_some());
}

async fn every_open_incident_is_alive_after_a_start(mut shop: Shop) {
    for number in ["0001", "0002", "0003"] {
        shop.claimable(number).await;
    }
    shop.world.restart().await;
    shop.world.settle().await;
    shop.plan.clear();
    // The sweep speaks only to those that live, and each of them looks at its group's clocks.
    shop.world.clock.advance(TimeDelta::minutes(5));
    shop.world.service().tree().wakes.all();
    shop.plan.called("group", 3).await;
    assert_eq!(shop.plan.count("incident"), 0, "none had to be found first");
    for id in 1..=3 {
        let stored = shop.world.store().incident(IncidentId(id)).await.unwrap();
        assert!(stored.unwrap().is_open());
    }
    shop.world.finish().await;
}
