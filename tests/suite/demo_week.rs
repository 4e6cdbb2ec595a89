//! The demo's hotel has a week behind it, lived by the service itself.

use actors::domain::{Settings, Workflow};
use chrono::TimeDelta;
use deskbell::app::week::{self, Desk, Hotel};

use crate::world::{Engine, World};

/// Fewer, and a report of the week has nothing to show.
const INCIDENTS: usize = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_week_in_the_hotel_gives_reports_something_to_show() {
    let mut world = World::asleep(Engine::Sqlite).await;
    world.new_groups_begin_with(Settings {
        workflow: Workflow::Full,
        time_zone: week::ZONE,
        ..Settings::default()
    });
    world.wake().await;
    let advance = |step: TimeDelta| {
        world.clock.advance(step);
        world.service().tree().wakes.all();
    };
    let desk = Desk {
        world: world.telegram.clone(),
        store: world.store(),
        advance: &advance,
    };
    let hotel = Hotel::open(&desk.world);
    let now = world.telegram.now();
    let incidents = week::live(&desk, &hotel, now + week::age(now)).await;
    assert!(incidents >= INCIDENTS, "{incidents}");
    let newest = i64::try_from(incidents).unwrap();
    let last = world.incident(hotel.group, newest).await;
    assert!(last.opened_at > now, "each was raised, and none twice");

    world.say(hotel.group, hotel.manager, "/report week").await;
    let report = world.telegram.last_from_bot(hotel.group).unwrap();
    assert!(
        report.labels().iter().any(|it| it.contains("Excel")),
        "{report:?}"
    );
    let said = |words| world.times_said(hotel.group, words);
    let private = world.telegram.private(hotel.manager);
    let called = world.times_said(private, "Nobody has taken");
    assert!(called > 0, "some of it was left lying");
    assert!(said("confirmed") > 0, "and some of it was fixed");
    world.finish().await;
}
