//! The dashboard, as people with a browser see it: over real HTTP, beside the chat that lets them in.

pub(crate) mod browser;
mod matrix;

use actors::domain::Urgency;
use chrono::TimeDelta;
use deskbell::playground::Standing;
use deskbell::web::dashboard::{SESSION_LASTS, SIGN_IN_LASTS};
use futures_util::future::join_all;

use self::browser::{Browser, Front, SAME_ORIGIN};
use crate::ratings::{raised, rate};
use crate::triage::model::{Model, says};
use crate::triage::with_model;
use crate::world::{World, conversations};
use crate::yard::Yard;

conversations! {
    a_link_lets_its_person_in_once
    a_session_ends_by_its_time_by_hand_and_with_membership
    what_other_pages_send_is_refused
    whoever_is_in_two_companies_sees_both_and_manages_one
    the_board_shows_what_presses_first
    an_incident_shows_what_the_chat_knows
    what_triage_missed_stands_before_all_other_figures
}

/// The yard; the desk has seen everybody there.
async fn yard(world: &World) -> Yard {
    let yard = Yard::new(world).await;
    for person in [yard.mari, yard.jaan, yard.olga] {
        world.telegram.start_bot(person);
        world.say(yard.chat, person, "Good morning").await;
    }
    yard
}

/// Looking at it, as previews do, uses nothing up; of many presses one counts; and the secret is in
/// no file.
async fn a_link_lets_its_person_in_once(mut world: World) {
    let yard = yard(&world).await;
    let private = world.telegram.private(yard.mari);
    world.say(private, yard.mari, "/dashboard").await;
    world.said(private, "This desk has no dashboard");
    let front = Front::open(&mut world).await;
    let link = front.link(&world, yard.mari).await;
    for _ in 0..10 {
        let seen = front.get(&link, None).await;
        assert_eq!(seen.status, 200);
        assert!(seen.text.contains("Sign in as Mari?"), "{}", seen.text);
    }
    let presses = (0..100).map(|_| front.post(&link, &SAME_ORIGIN, None));
    let pressed = join_all(presses).await;
    let let_in: Vec<_> = pressed.iter().filter(|it| it.status == 303).collect();
    assert_eq!(let_in.len(), 1);
    let turned_away = pressed.iter().filter(|it| [410, 503].contains(&it.status));
    assert_eq!(turned_away.count(), 99);
    let cookie = let_in[0].cookie().unwrap();
    let home = front.get("/", Some(&cookie)).await;
    assert_eq!(home.status, 200);
    assert!(home.text.contains("Mari"), "{}", home.text);
    assert_eq!(front.get(&link, None).await.status, 410, "it is used up");

    let earlier = front.link(&world, yard.mari).await;
    let newer = front.link(&world, yard.mari).await;
    assert_eq!(front.get(&earlier, None).await.status, 410);
    world.clock.advance(SIGN_IN_LASTS);
    let late = front.post(&newer, &SAME_ORIGIN, None).await;
    assert_eq!((late.status, late.cookie()), (410, None));
    let made_up = format!("/sign-in/{}", "A".repeat(43));
    for link in [made_up.as_str(), "/sign-in/short"] {
        assert_eq!(front.post(link, &SAME_ORIGIN, None).await.status, 410);
    }
    if let Some(path) = world.database_url().strip_prefix("sqlite:") {
        for file in [path.to_owned(), format!("{path}-wal")] {
            let bytes = std::fs::read(file).unwrap_or_default();
            let kept = String::from_utf8_lossy(&bytes);
            for secret in [&link, &earlier, &newer, &cookie] {
                let secret = secret.rsplit(['/', '=']).next().unwrap();
                assert!(!kept.contains(secret), "a secret is in a file");
            }
        }
    }
    world.finish().await;
}

async fn a_session_ends_by_its_time_by_hand_and_with_membership(mut world: World) {
    let front = Front::open(&mut world).await;
    let yard = yard(&world).await;
    let asked = world.say(yard.chat, yard.jaan, "/dashboard").await;
    let answer = world.telegram.last_from_bot(yard.chat).unwrap();
    assert!(
        answer.id.0 > asked.0 && answer.text.contains("private"),
        "{answer:?}"
    );

    let jaan = front.enter(&world, yard.jaan).await;
    assert_eq!(jaan.get(&front, "/").await.status, 200);
    let left = front.post("/sign-out", &SAME_ORIGIN, jaan.cookie()).await;
    assert_eq!(left.status, 303);
    assert!(left.set_cookie().unwrap().contains("Max-Age=0"));
    assert_eq!(jaan.get(&front, "/").await.status, 401);

    let jaan = front.enter(&world, yard.jaan).await;
    let olga = front.enter(&world, yard.olga).await;
    assert_eq!(olga.get(&front, "/").await.status, 200);
    world
        .telegram
        .set_standing(yard.chat, yard.mari, yard.olga, Standing::Left);
    world.pass(TimeDelta::seconds(60)).await;
    assert_eq!(olga.get(&front, "/").await.status, 401, "she left");
    let shut_out = world.telegram.private(yard.olga);
    world.say(shut_out, yard.olga, "/dashboard").await;
    let answer = world.telegram.last_from_bot(shut_out).unwrap();
    assert!(answer.labels().is_empty(), "{answer:?}");

    assert_eq!(jaan.get(&front, "/").await.status, 200);
    world.pass(SESSION_LASTS).await;
    assert_eq!(
        jaan.get(&front, "/").await.status,
        401,
        "it was a long shift"
    );
    world.finish().await;
}

async fn what_other_pages_send_is_refused(mut world: World) {
    let front = Front::open(&mut world).await;
    let yard = yard(&world).await;
    let mari = front.enter(&world, yard.mari).await;
    let link = front.link(&world, yard.mari).await;
    let foreign: [&[(&str, &str)]; 6] = [
        &[],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[
            ("sec-fetch-site", "same-origin"),
            ("origin", "https://evil.example"),
        ],
    ];
    for headers in foreign {
        for path in [link.as_str(), "/sign-out"] {
            let refused = front.post(path, headers, mari.cookie()).await;
            assert_eq!(refused.status, 403, "{path} {headers:?}");
            assert_eq!(refused.set_cookie(), None);
        }
    }
    assert_eq!(mari.get(&front, "/").await.status, 200, "still signed in");
    let own = [("origin", front.url.as_str())];
    assert_eq!(
        front.post(&link, &own, None).await.status,
        303,
        "the link is good"
    );
    world.finish().await;
}

/// Mari manages the yard, and is a guest of the hotel's group.
async fn whoever_is_in_two_companies_sees_both_and_manages_one(mut world: World) {
    let front = Front::open(&mut world).await;
    let yard = yard(&world).await;
    let anna = world.telegram.person("Anna").started().add();
    let hotel = world.group("Hotel Aurora", &[anna, yard.mari]).await;
    for (chat, person) in [(hotel, anna), (yard.chat, yard.mari)] {
        let report = match person == anna {
            true => "/new_issue The safe stands open",
            false => "/new_issue The gate jams",
        };
        world.say(chat, person, report).await;
    }
    world.say(hotel, yard.mari, "Good evening").await;
    let mari = front.enter(&world, yard.mari).await;
    let board = mari.get(&front, "/").await;
    for words in ["The safe stands open", "The gate jams", "Hotel Aurora"] {
        board.place_of(words);
    }
    let group = world.config(hotel).await.id;
    let only = mari.get(&front, &format!("/?group={group}")).await;
    only.place_of("The safe stands open");
    assert!(!only.text.contains("The gate jams"), "{}", only.text);
    let incident = format!("/groups/{group}/incidents/0001");
    assert_eq!(mari.get(&front, &incident).await.status, 200);
    for page in ["figures", "table/csv", "table/xlsx"] {
        let page = format!("/groups/{group}/{page}");
        assert_eq!(mari.get(&front, &page).await.status, 404, "{page}");
    }
    world.finish().await;
}

async fn the_board_shows_what_presses_first(mut world: World) {
    let front = Front::open(&mut world).await;
    let yard = yard(&world).await;
    two_incidents(&world, &yard).await;
    let mari = front.enter(&world, yard.mari).await;
    let board = mari.get(&front, "/").await;
    let at = |words| board.place_of(words);
    assert!(at("A lamp is dark") < at("at the gate"), "critical first");
    assert!(!board.text.contains("<script"), "{}", board.text);
    for words in [
        "&lt;script&gt;",
        "Kitchen",
        "Jaan",
        "in progress",
        "critical",
    ] {
        at(words);
    }
    let only = |query: &str| format!("/?{query}");
    for (query, there, gone) in [
        ("urgency=critical", "A lamp is dark", "at the gate"),
        ("state=unclaimed", "at the gate", "A lamp is dark"),
    ] {
        let page = mari.get(&front, &only(query)).await;
        page.place_of(there);
        assert!(!page.text.contains(gone), "{query}");
    }
    for nonsense in ["urgency=loud&state=x&page=-1&group=1e9", "page=99999999999"] {
        assert_eq!(mari.get(&front, &only(nonsense)).await.status, 200);
    }
    world.pass(TimeDelta::hours(5)).await;
    mari.get(&front, &only("late=yes"))
        .await
        .place_of("1 h late");
    world.finish().await;
}

/// One with words that a browser might obey, and a critical one that Jaan has.
async fn two_incidents(world: &World, yard: &Yard) {
    let hostile = "<script>alert(1)</script> at the gate";
    yard.incident(world, hostile, "0001", "Maintenance").await;
    yard.incident(world, "A lamp is dark", "0002", "Kitchen")
        .await;
    let card = world.card(yard.chat, "0002").id;
    for button in ["Urgency", "critical"] {
        world.press(yard.mari, yard.chat, card, button).await;
    }
    world.press(yard.jaan, yard.chat, card, "Claim").await;
}

async fn an_incident_shows_what_the_chat_knows(mut world: World) {
    let front = Front::open(&mut world).await;
    let yard = yard(&world).await;
    two_incidents(&world, &yard).await;
    let mari = front.enter(&world, yard.mari).await;
    let group = world.config(yard.chat).await.id;
    let page = mari
        .get(&front, &format!("/groups/{group}/incidents/0002"))
        .await;
    let card = world.card(yard.chat, "0002").id;
    let link = format!("/{card}\"");
    for words in [
        "A lamp is dark",
        "claimed",
        "reported",
        "https://t.me/c/",
        &link,
    ] {
        page.place_of(words);
    }
    let page = mari
        .get(&front, &format!("/groups/{group}/incidents/0001"))
        .await;
    page.place_of("&lt;script&gt;");
    assert!(!page.text.contains("<script"), "{}", page.text);
    world.finish().await;
}

async fn what_triage_missed_stands_before_all_other_figures(mut world: World) {
    let model = Model::always(says(Urgency::Planned, "Smell in the lobby"));
    let yard = with_model(&mut world, &model).await;
    let front = Front::open(&mut world).await;
    raised(&world, &yard, 1, "It smells in the lobby").await;
    rate(&world, &yard, "0001", "critical").await;
    let mari = front.enter(&world, yard.mari).await;
    let group = world.config(yard.chat).await.id;
    let found = mari.get(&front, "/figures").await;
    assert_eq!(found.header("location"), format!("/groups/{group}/figures"));
    let page = mari
        .get(&front, &format!("/groups/{group}/figures?span=day"))
        .await;
    let at = |words: &str| page.place_of(words);
    let missed = at("1 critical incident that AI called less");
    assert!(
        missed < at("Smell in the lobby") && missed < at("<svg"),
        "{}",
        page.text
    );
    at(&format!("/groups/{group}/incidents/0001"));
    at("Rated by triage: 1. Changed by people: 1.");
    for (form, begins) in [("csv", &b"number,"[..]), ("xlsx", &b"PK"[..])] {
        let file = mari
            .get(&front, &format!("/groups/{group}/table/{form}?span=day"))
            .await;
        assert_eq!(file.status, 200);
        assert!(file.bytes.starts_with(begins), "{form}");
        let name = file.header("content-disposition");
        assert!(
            name.starts_with("attachment; filename=\"deskbell-day-"),
            "{name}"
        );
    }
    let gone = mari
        .get(
            &front,
            &format!("/groups/{group}/figures?span=month&at=2020-02-30"),
        )
        .await;
    assert_eq!(gone.status, 200, "no such day: the present month");
    world.finish().await;
}

/// Whoever is signed in.
impl Browser {
    async fn get(&self, front: &Front, path: &str) -> browser::Answer {
        front.get(path, self.cookie()).await
    }
}
