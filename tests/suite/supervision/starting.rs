//! What a desk finds when it starts, and that it takes up where it was left.

use actors::domain::{Author, Event, Incident, IncidentId, Recorded};
use actors::ports::{Commit, IncidentWrite, RunEnd};
use chrono::TimeDelta;

use super::{Shop, breakages};
use crate::world::World;

breakages! {
    a_start_says_how_the_last_run_ended_and_what_it_left
    every_open_incident_is_looked_after_from_the_start
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
        held_until: None,
        absent_minutes: None,
        edit: None,
    });
    store.commit(commit).await.unwrap();
    let head = store.outbox_heads(now).await.unwrap().remove(0);
    assert!(store.outbox_sending(head.id, now).await.unwrap().is_some());
}

/// Also one whose stored deadline was lost, and that nobody has touched since the start.
async fn every_open_incident_is_looked_after_from_the_start(mut shop: Shop) {
    for number in ["0001", "0002", "0003"] {
        shop.claimable(number).await;
    }
    shop.world.halt().await;
    let store = shop.world.open_store().await;
    let incident = store.incident(IncidentId(2)).await.unwrap().unwrap();
    let text = "Mind the dog".to_owned();
    let comment = Recorded {
        at: shop.world.telegram.now(),
        by: Author::Clock,
        event: Event::Commented { text },
    };
    let mut events = store.events(IncidentId(2)).await.unwrap();
    events.push(comment.clone());
    let mut commit = Commit::new(shop.world.telegram.now(), None);
    commit.incident = Some(IncidentWrite {
        expected: Some(incident.version),
        incident: Incident::replay(incident.identity, &events).unwrap(),
        events: vec![comment],
        deadlines: Vec::new(),
        target: None,
    });
    store.commit(commit).await.unwrap();
    drop(store);
    shop.plan.clear();
    shop.world.wake().await;
    shop.world.settle().await;
    assert_eq!(shop.plan.count("incident"), 0, "none had to be woken");
    shop.world.clock.advance(TimeDelta::minutes(15));
    shop.world.service().tree().wakes.all();
    for number in ["0001", "0002", "0003"] {
        let words = format!("nobody has claimed {number}");
        let chat = shop.chat;
        shop.world
            .until(|world| {
                let messages = world.telegram.messages(chat);
                messages.iter().any(|message| message.text.contains(&words))
            })
            .await;
    }
    shop.world.finish().await;
}
