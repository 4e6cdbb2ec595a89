//! The figures of a company are those of its groups together, for its managers.

use actors::domain::kpi::{Depth, ReportForm, Scope, Span};
use actors::inbound::Button;
use actors::overview::{Subject, overview};
use chrono::TimeDelta;
use deskbell::playground::Standing;
use deskbell::telegram::button::encode;

use super::Chain;
use crate::dashboard::browser::Front;
use crate::figures::command::told;
use crate::figures::reference;
use crate::world::{World, conversations};
use crate::yard::count;

conversations! {
    the_figures_of_two_groups_add_up
    a_manager_asks_for_all_groups_in_private
    the_dashboard_shows_all_groups_to_who_manages_them
}

/// Three in the hotel, two in the garage; Vera claims some after a while, and resolves one of each.
async fn a_morning(world: &World) -> Chain {
    let chain = Chain::new(world).await;
    let (hotel, garage) = (chain.hotel, chain.garage);
    for (chat, text) in [
        (hotel, "A tap drips"),
        (garage, "The ramp is icy"),
        (hotel, "The lift squeaks"),
        (hotel, "A lamp is out"),
        (garage, "A car alarm"),
    ] {
        chain.report(world, chat, text).await;
    }
    for (chat, number, minutes) in [(hotel, "0001", 3), (garage, "0002", 9), (hotel, "0003", 31)] {
        world.pass(TimeDelta::minutes(minutes)).await;
        let card = world.card(chat, number).id;
        world.press(chain.vera, chat, card, "Claim").await;
    }
    for (chat, number) in [(hotel, "0001"), (garage, "0002")] {
        world.pass(TimeDelta::minutes(20)).await;
        let card = world.card(chat, number).id;
        world.press(chain.vera, chat, card, "Resolve").await;
        let prompt = world.said(chat, &format!("how was {number} resolved")).id;
        world.reply(chat, chain.vera, prompt, "Mended").await;
    }
    chain
}

/// Counts are sums, and times are of all of them, as the events have it.
async fn the_figures_of_two_groups_add_up(world: World) {
    let chain = a_morning(&world).await;
    let (hotel, garage) = (
        world.config(chain.hotel).await,
        world.config(chain.garage).await,
    );
    let (store, now) = (world.store(), world.telegram.now());
    let wanted = (Span::Day, now);
    let of = |groups| Subject::of(groups, &hotel, wanted, Depth::People);
    let mut alone = Vec::new();
    for group in [hotel.id, garage.id] {
        let counted = overview(&*store, &of(vec![group]), now).await.unwrap();
        assert_eq!(counted.groups, []);
        alone.push(counted.whole);
    }
    let both = of(vec![hotel.id, garage.id]);
    let window = both.window;
    let all = overview(&*store, &both, now).await.unwrap();
    let each: Vec<_> = all.groups.iter().map(|it| (it.id, it.figures)).collect();
    assert_eq!(each, [(hotel.id, alone[0]), (garage.id, alone[1])]);
    assert_eq!((alone[0].created, alone[1].created), (3, 2));
    assert_eq!((all.whole.created, all.whole.done), (5, 2));
    let responses = all.whole.response.unwrap();
    assert_eq!(responses.count, 3);
    assert_eq!(responses.median.num_minutes(), 12, "of all three");
    let mut logs = Vec::new();
    for number in 1..=5 {
        let incident = world.incident(chain.hotel, number).await;
        let log = store.events(incident.identity.id).await.unwrap();
        logs.push((incident, log));
    }
    let expected = reference::figures(&logs, &[], Scope::ALL, window, &hotel.settings);
    assert_eq!(all.whole, expected);
    assert_eq!(all.people.len(), 1, "Vera, for both");

    let line = format!("day --company {}", hotel.company.0);
    let text = told(&world, &line).await;
    for words in [
        "Groups: 2",
        "Created 5",
        "Hotel Aurora: created 3",
        "Aurora Garage: created 2",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    world.finish().await;
}

async fn a_manager_asks_for_all_groups_in_private(world: World) {
    let chain = a_morning(&world).await;
    let (anna, own) = (chain.anna, world.telegram.private(chain.anna));
    let asked = world.say(own, anna, "/report day").await;
    let one = world.answer(own, asked);
    assert!(one.text.contains("Created 3"), "{}", one.text);
    world.press(anna, own, one.id, "All groups").await;
    let all = world.said(own, "Groups: 2");
    for words in ["Created 5", "from raised to last done"] {
        assert!(all.text.contains(words), "{words}: {}", all.text);
    }
    world.press(anna, own, all.id, "CSV").await;
    let table = newest_table(&world, &chain).await;
    assert!(table.starts_with("number,group,created_at"), "{table}");
    assert_eq!(table.matches("Hotel Aurora").count(), 3, "{table}");
    assert_eq!(table.matches("Aurora Garage").count(), 2, "{table}");
    world.press(anna, own, all.id, "Only Hotel Aurora").await;
    let one = world.telegram.last_from_bot(own).unwrap();
    assert!(one.text.contains("Created 3"), "{}", one.text);
    figures_are_not_for_all(&world, &chain).await;
    let telegram = &world.telegram;
    telegram.set_standing(chain.garage, chain.vera, anna, Standing::Left);
    world.pass(TimeDelta::minutes(2)).await;
    world.press(anna, own, all.id, "CSV").await;
    let table = newest_table(&world, &chain).await;
    assert!(!table.contains("The ramp is icy"), "{table}");
    world.finish().await;
}

async fn newest_table(world: &World, chain: &Chain) -> String {
    let own = world.telegram.private(chain.anna);
    let file = world.telegram.last_from_bot(own).unwrap();
    String::from_utf8(world.document(&file).await).unwrap()
}

/// Not into a group, and not for who does not manage.
async fn figures_are_not_for_all(world: &World, chain: &Chain) {
    let forged = encode(&Button::Report {
        group: world.config(chain.hotel).await.id,
        span: Span::Day,
        at: world.telegram.now().timestamp(),
        form: ReportForm::Picture,
        all_groups: true,
    });
    let hers = world.telegram.private(chain.vera);
    for (person, chat, words) in [
        (chain.anna, chain.hotel, "private chat"),
        (chain.vera, hers, "Only a manager"),
    ] {
        let on = world.telegram.last_from_bot(chat).unwrap().id;
        let toast = world.press_old(person, chat, on, &forged).await;
        assert!(toast.contains(words), "{words}: {toast}");
        assert_eq!(count(world, chat, "🏢 Groups"), 0);
    }
}

async fn the_dashboard_shows_all_groups_to_who_manages_them(mut world: World) {
    let front = Front::open(&mut world).await;
    let chain = a_morning(&world).await;
    let hotel = world.config(chain.hotel).await.id;
    let page = format!("/groups/{hotel}/figures");
    let anna = front.enter(&world, chain.anna).await;
    let one = front.get(&page, anna.cookie()).await;
    assert!(one.place_of("of=all") > 0 && !one.text.contains("By group"));
    let all = front.get(&format!("{page}?of=all"), anna.cookie()).await;
    let (_, tables) = all.text.split_once("By group").unwrap();
    assert!(tables.contains("Aurora Garage"), "{tables}");
    let table = format!("/groups/{hotel}/table/csv?of=all&span=day");
    let table = front.get(&table, anna.cookie()).await;
    assert_eq!(table.text.matches("Aurora Garage").count(), 2);
    assert!(table.header("content-disposition").contains("all-groups"));
    let vera = front.enter(&world, chain.vera).await;
    let refused = front.get(&format!("{page}?of=all"), vera.cookie()).await;
    assert_eq!(refused.status, 404);
    world.finish().await;
}
