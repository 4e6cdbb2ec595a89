//! Panics in a process of its own: they end it where nothing else helps, and whatever they say, the
//! token is said nowhere.

use std::net::TcpListener;

use deskbell::exit::Exit;

use super::ends_with;
use crate::binary::on_both;
use crate::canary::{CANARY, assert_silent};
use crate::faulty_desk;
use crate::street::Street;
use crate::world::Engine;

on_both! {
    panics_all_over_are_got_over_and_none_tells_the_token
}

/// What a careless library would say as it panics: where it called, token and all.
fn words(street: &Street) -> String {
    let (url, token) = (street.playground.api_url(), street.playground.token());
    assert!(token.contains(CANARY));
    format!("planted on purpose: {url}/bot{token}/sendMessage gave nothing")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_part_that_keeps_panicking_ends_it_with_70() {
    for (call, part) in [("outbox_heads", "outbox"), ("next_due", "sla timer")] {
        let street = Street::new(Engine::Sqlite).await;
        let desk = faulty_desk::start(&street, call, &words(&street), &[]);
        let ended = desk.ended().await;
        let why = format!("the {part} keeps failing");
        let last = ["has to be started anew", &why, "restart_helps=true"];
        ends_with(&ended, 70, &last);
        let restarts = ended.said.matches("failed and is restarted").count();
        assert_eq!(restarts, 5, "{}", ended.said);
        assert!(ended.said.contains("planted on purpose"), "{}", ended.said);
    }
    assert!(Exit::Internal(anyhow::anyhow!("it fell")).restart_helps());
}

/// An incident, its group, a private chat, the timer, the outbox and the delivery of a page: each of
/// them falls, with the log at its most talkative. The incident that always panics is parked, what is
/// wanted of it is set aside, and everything else is served.
async fn panics_all_over_are_got_over_and_none_tells_the_token(street: Street) {
    let [mari, jaan] = ["Mari", "Jaan"].map(|it| street.telegram.person(it).started().add());
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap().to_string();
    drop(free);
    let planted = format!(
        "commit@1 company_version=1 groups_of@{}=1 next_due=1 outbox_heads=1 settle_page=1",
        jaan.0
    );
    let everything = "trace,hyper_util=trace,reqwest=trace";
    let more = [("LOG_LEVEL", everything), ("HEALTH_LISTEN", &address)];
    let desk = faulty_desk::start(&street, &planted, &words(&street), &more);
    let chat = street.group("Yard", &[mari, jaan]);
    street.telegram.say(chat, jaan, "Morning");
    street
        .telegram
        .say(chat, mari, "/new_issue The gate squeaks");
    let broken = street.sees(chat, "0001 ·", "Choose department").await;
    street.press(mari, chat, &broken, "Choose department").await;
    let broken = street.sees(chat, "0001 ·", "Maintenance").await;
    for _ in 0..3 {
        let told = street.press(mari, chat, &broken, "Maintenance").await;
        assert!(told.contains("went wrong"), "{told}");
    }
    street.until(|| desk.said().contains("is parked")).await;
    let own = street.telegram.private(jaan);
    street.telegram.say(own, jaan, "/new_issue The tap drips");
    let card = street.sees(chat, "0002 ·", "Choose department").await;
    street.press(jaan, chat, &card, "Choose department").await;
    let card = street.sees(chat, "0002 ·", "Maintenance").await;
    street.press(jaan, chat, &card, "Maintenance").await;
    let card = street.sees(chat, "0002 ·", "Claim").await;
    let told = street.press(jaan, chat, &card, "Claim").await;
    assert_eq!(told, "✋ 0002 is yours");

    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    for page in ["health", "metrics", "health/none"] {
        let asked = http.get(format!("http://{address}/{page}")).send().await;
        let shown = asked.unwrap().bytes().await.unwrap();
        assert_silent(page, &shown);
    }
    street.all_is_said().await;
    let causes = street.words("SELECT cause FROM updates_set_aside").await;
    assert_silent("what is set aside", causes.join("\n").as_bytes());
    assert_eq!(causes.len(), 3, "{causes:?}");
    let ended = desk.stopped().await;
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    for actor in ["incident", "group", "private chat", "outbox", "sla timer"] {
        let fell = format!("actor=\"{actor}\"");
        assert!(ended.said.contains(&fell), "{actor}: {}", ended.said);
    }
    assert!(ended.said.contains("a delivery panicked"), "{}", ended.said);
    let panics = ended.said.matches(": panicked").count();
    assert!(panics >= 11, "{panics}: {}", ended.said);
    assert_eq!(street.telegram.violations(), []);
}
