//! The real binary from outside: what it does, how it ends, and what it must never print.

use std::path::Path;

use deskbell::playground::Fault;

use crate::canary::{self, CANARY};
use crate::databases;
use crate::process::{Desk, Ended};
use crate::street::{Street, said};
use crate::world::Engine;

macro_rules! on_both {
    ($($name:ident)*) => {$(
        mod $name {
            use $crate::street::Street;
            use $crate::world::Engine;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                super::$name(Street::new(Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                super::$name(Street::new(Engine::Postgres).await).await;
            }
        }
    )*};
}
pub(crate) use on_both;

on_both! {
    an_incident_is_closed_across_a_planned_restart_and_nothing_is_repeated
    a_second_process_on_the_same_database_is_refused
    a_start_after_a_kill_says_so_in_one_line
    updates_come_by_webhook_from_report_to_claim
}

async fn an_incident_is_closed_across_a_planned_restart_and_nothing_is_repeated(street: Street) {
    let mari = street.telegram.person("Mari").started().add();
    let jaan = street.telegram.person("Jaan").started().add();
    let desk = street.desk();
    let chat = street.group("Yard", &[mari, jaan]);
    street
        .telegram
        .say(chat, mari, "/new_issue The gate squeaks");
    let card = street.sees(chat, "0001 ·", "Choose department").await;
    street.press(mari, chat, &card, "Choose department").await;
    let card = street.sees(chat, "0001 ·", "Maintenance").await;
    street.press(mari, chat, &card, "Maintenance").await;
    let card = street.sees(chat, "0001 ·", "Claim").await;
    assert_eq!(
        street.press(jaan, chat, &card, "Claim").await,
        "✋ 0001 is yours"
    );
    // What the desk does makes updates as well: its pin, for one, is told to it.
    street.all_is_said().await;
    street
        .awaits(|telegram| telegram.pending_updates().is_empty().then_some(()))
        .await;
    in_order(desk.stopped().await);
    assert!(
        street.telegram.pending_updates().is_empty(),
        "all was confirmed"
    );

    let desk = street.desk();
    let card = street.sees(chat, "0001 ·", "Resolve").await;
    street.press(jaan, chat, &card, "Resolve").await;
    let prompt = street.hears(chat, "how was 0001").await;
    street
        .telegram
        .reply(chat, jaan, prompt.id, "Oiled the hinge");
    street
        .awaits(|telegram| said(telegram, chat, "0001 ·").filter(|card| !card.pinned))
        .await;
    street.all_is_said().await;
    in_order(desk.stopped().await);
    let card = said(&street.telegram, chat, "0001 ·").unwrap();
    assert!(card.text.contains("resolved") && card.text.contains("Oiled the hinge"));
    assert!(said(&street.telegram, chat, "(repeat)").is_none());
    let unfinished = street.store().await;
    let unfinished = unfinished.outbox_unfinished(street.telegram.now()).await;
    assert_eq!(unfinished.unwrap(), 0);
    assert_eq!(street.telegram.violations(), []);
    assert!(street.telegram.unanswered_presses().is_empty());
}

fn in_order(ended: Ended) {
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    assert!(
        ended.said.contains("the desk has stopped in order"),
        "{}",
        ended.said
    );
    assert!(
        !ended.said.contains(" WARN ") && !ended.said.contains("ERROR"),
        "{}",
        ended.said
    );
}

async fn a_second_process_on_the_same_database_is_refused(street: Street) {
    let first = street.desk();
    street.awaits(|telegram| polls(telegram, 1)).await;
    let second = street.desk().ended().await;
    assert_eq!(second.code, Some(75), "{}", second.said);
    assert!(
        second
            .said
            .contains("another process of the desk uses the database")
    );
    in_order(first.stopped().await);
}

fn polls(telegram: &deskbell::playground::World, least: usize) -> Option<()> {
    let calls = telegram.calls();
    let polls = calls
        .iter()
        .filter(|call| call.method == "getUpdates")
        .count();
    (polls >= least).then_some(())
}

async fn a_start_after_a_kill_says_so_in_one_line(street: Street) {
    let mari = street.telegram.person("Mari").started().add();
    let chat = street.group("Yard", &[mari]);
    let first = street.desk();
    street
        .telegram
        .say(chat, mari, "/new_issue The gate squeaks");
    street.sees(chat, "0001 ·", "Choose department").await;
    assert!(up(&first.killed().await.said).contains("there was none"));

    let before = street.telegram.call_count();
    let second = street.desk();
    street
        .awaits(|telegram| (telegram.call_count() >= before + 3).then_some(()))
        .await;
    let second = second.stopped().await;
    let line = up(&second.said);
    assert!(line.contains("open_incidents=1"), "{line}");
    assert!(
        line.contains("crashed or was killed") && line.contains("down_seconds="),
        "{line}"
    );
    for field in [
        "late_deadlines=0",
        "unfinished_deliveries=",
        "doubtful_deliveries=",
    ] {
        assert!(line.contains(field), "{line}");
    }
}

/// The one line of a start.
fn up(said: &str) -> String {
    let lines: Vec<&str> = said
        .lines()
        .filter(|line| line.contains("the desk is up"))
        .collect();
    let [line] = lines.as_slice() else {
        panic!("not one line says that the desk is up:\n{said}");
    };
    (*line).to_owned()
}

async fn updates_come_by_webhook_from_report_to_claim(street: Street) {
    let mari = street.telegram.person("Mari").started().add();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap().to_string();
    drop(free);
    let url = format!("http://{address}/telegram");
    let desk = street.desk_with(&[
        ("WEBHOOK_URL", &url),
        ("WEBHOOK_LISTEN", &address),
        ("WEBHOOK_SECRET", "only-telegram-knows-this"),
    ]);
    let chat = street.group("Yard", &[mari]);
    street
        .telegram
        .say(chat, mari, "/new_issue The gate squeaks");
    let card = street.sees(chat, "0001 ·", "Choose department").await;
    street.press(mari, chat, &card, "Choose department").await;
    let card = street.sees(chat, "0001 ·", "Maintenance").await;
    street.press(mari, chat, &card, "Maintenance").await;
    let card = street.sees(chat, "0001 ·", "Claim").await;
    assert_eq!(
        street.press(mari, chat, &card, "Claim").await,
        "✋ 0001 is yours"
    );
    let forged = reqwest::Client::builder().no_proxy().build().unwrap();
    let forged = forged
        .post(&url)
        .header("X-Telegram-Bot-Api-Secret-Token", "a-guess");
    let answer = forged.body("{}").send().await.unwrap();
    assert_eq!(answer.status(), 403);
    let ended = desk.stopped().await;
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    assert!(!ended.said.contains("only-telegram-knows-this"));
    assert!(polls(&street.telegram, 1).is_none(), "nothing was polled");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn health_and_metrics_are_shown_where_they_are_asked_for() {
    let street = Street::new(Engine::Sqlite).await;
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap().to_string();
    drop(free);
    let mari = street.telegram.person("Mari").started().add();
    let desk = street.desk_with(&[("HEALTH_LISTEN", &address)]);
    let chat = street.group("Yard", &[mari]);
    street
        .telegram
        .say(chat, mari, "/new_issue The gate squeaks");
    street.hears(chat, "0001 ·").await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    for page in ["health", "metrics"] {
        let asked = http.get(format!("http://{address}/{page}"));
        let answer = asked.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let page = answer.text().await.unwrap();
        assert!(!page.contains(CANARY) && !page.contains("gate"), "{page}");
        assert!(page.contains("triage"), "{page}");
    }
    let other = Street::new(Engine::Sqlite).await;
    let refused = other.desk_with(&[("HEALTH_LISTEN", &address)]);
    let refused = refused.ended().await;
    assert_eq!(refused.code, Some(69), "{}", refused.said);
    assert!(refused.said.contains("HEALTH_LISTEN"), "{}", refused.said);
    assert_eq!(desk.stopped().await.code, Some(0));
}

/// And neither a link nor a session stands in the log, whatever is logged.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_dashboard_is_shown_where_it_is_asked_for() {
    let street = Street::new(Engine::Sqlite).await;
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap().to_string();
    drop(free);
    let url = format!("http://{address}");
    let mari = street.telegram.person("Mari").started().add();
    let shown = [
        ("DASHBOARD_LISTEN", address.as_str()),
        ("DASHBOARD_URL", &url),
    ];
    let everything = [("LOG_LEVEL", "trace,hyper_util=trace,reqwest=trace")];
    let desk = street.desk_with(&[shown.as_slice(), &everything].concat());
    let chat = street.group("Yard", &[mari]);
    street
        .telegram
        .say(chat, mari, "/new_issue The gate squeaks");
    street.hears(chat, "0001 ·").await;
    let private = street.telegram.private(mari);
    street.telegram.say(private, mari, "/dashboard");
    street.hears(private, "dashboard").await;
    let answer = street.telegram.last_from_bot(private).unwrap();
    let link = answer.buttons[0][0].url.clone().unwrap();
    let no_redirects = reqwest::redirect::Policy::none();
    let http = reqwest::Client::builder().no_proxy().redirect(no_redirects);
    let http = http.build().unwrap();
    let pressed = http
        .post(&link)
        .header("origin", &url)
        .send()
        .await
        .unwrap();
    assert_eq!(pressed.status(), 303);
    let cookie = pressed.headers()["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let home = http
        .get(&url)
        .header("cookie", &cookie)
        .send()
        .await
        .unwrap();
    let home = home.text().await.unwrap();
    assert!(home.contains("The gate squeaks"), "{home}");

    let other = Street::new(Engine::Sqlite).await;
    let refused = other.desk_with(&shown).ended().await;
    assert_eq!(refused.code, Some(69), "{}", refused.said);
    assert!(
        refused.said.contains("DASHBOARD_LISTEN"),
        "{}",
        refused.said
    );
    let ended = desk.stopped().await;
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    assert!(ended.said.contains("TRACE"), "it did speak of everything");
    for secret in [&link, &cookie] {
        let secret = secret.rsplit(['/', '=']).next().unwrap();
        assert!(!ended.said.contains(secret), "a secret is in the log");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_token_ends_it_for_good() {
    let street = Street::new(Engine::Sqlite).await;
    let wrong = "7100200300:AAnot-the-token-of-this-bot-at-all0";
    let ended = street
        .desk_with(&[("TELEGRAM_BOT_TOKEN", wrong)])
        .ended()
        .await;
    assert_eq!(ended.code, Some(77), "{}", ended.said);
    assert!(ended.said.contains("TELEGRAM_BOT_TOKEN"), "{}", ended.said);
    assert!(!ended.said.contains("AAnot-the-token"), "{}", ended.said);
}

#[tokio::test]
async fn a_missing_token_is_named() {
    let folder = databases::folder();
    let ended = Desk::serve(folder.path(), &[]).ended().await;
    assert_eq!(ended.code, Some(78), "{}", ended.said);
    assert!(ended.said.contains("TELEGRAM_BOT_TOKEN"), "{}", ended.said);
}

#[tokio::test]
async fn every_command_explains_itself() {
    let folder = databases::folder();
    for (command, names) in [
        (&["--help"][..], "demo"),
        (&["serve", "--help"], "TELEGRAM_BOT_TOKEN"),
        (&["demo", "--help"], "--port"),
        (&["config", "--help"], "check"),
        (&["config", "check", "--help"], "--database-path"),
    ] {
        let ended = Desk::run(folder.path(), command, &[]).ended().await;
        assert_eq!(ended.code, Some(0), "{command:?}: {}", ended.said);
        assert!(ended.said.contains(names), "{command:?}: {}", ended.said);
    }
    let unknown = Desk::run(folder.path(), &["sing"], &[]).ended().await;
    assert_eq!(unknown.code, Some(64), "{}", unknown.said);
}

#[tokio::test]
async fn the_configuration_can_be_checked_without_starting_and_shows_no_secret() {
    let folder = databases::folder();
    let token = format!("7100200300:{CANARY}");
    let settings = [
        ("TELEGRAM_BOT_TOKEN", token.as_str()),
        ("LOG_LEVEL", "debug"),
    ];
    let ended = Desk::run(folder.path(), &["config", "check"], &settings)
        .ended()
        .await;
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    assert!(
        ended.said.contains("The configuration is complete."),
        "{}",
        ended.said
    );
    assert!(!ended.said.contains(CANARY), "{}", ended.said);
    assert!(!Path::new(&folder.path().join("incidents.db")).exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_token_is_never_printed_however_much_goes_wrong() {
    let street = Street::new(Engine::Sqlite).await;
    let mari = street.telegram.person("Mari").started().add();
    let path = databases::sqlite_path(&street.folder).display().to_string();
    let api_url = street.playground.api_url();
    let desk = Desk::serve(
        street.folder.path(),
        &[
            ("TELEGRAM_BOT_TOKEN", street.playground.token()),
            ("TELEGRAM_API_URL", &api_url),
            ("DATABASE_PATH", &path),
            // Not only the desk's own lines, as the word alone would mean.
            ("LOG_LEVEL", "trace,hyper_util=trace,reqwest=trace"),
        ],
    );
    street.awaits(|telegram| polls(telegram, 1)).await;
    let telegram = &street.telegram;
    telegram.fail_next(Some("getUpdates"), 1, Fault::BadGateway);
    telegram.fail_next(Some("getUpdates"), 1, Fault::TooManyRequests(1));
    telegram.fail_next(Some("getUpdates"), 1, Fault::Truncated);
    telegram.fail_next(Some("sendMessage"), 1, Fault::ReplyLost);
    telegram.fail_next(Some("pinChatMessage"), 1, Fault::ServerError);
    telegram.fail_next(Some("editMessageText"), 1, Fault::Truncated);
    telegram.fail_next(Some("answerCallbackQuery"), 1, Fault::ReplyLost);
    let chat = street.group("Yard", &[mari]);
    telegram.say(chat, mari, "/new_issue The gate squeaks");
    let card = street.sees(chat, "0001 ·", "Choose department").await;
    let label = "Choose department";
    let labels = card.labels();
    let label = labels.iter().find(|it| it.contains(label)).unwrap();
    telegram.press(chat, mari, card.id, label).unwrap();
    street.sees(chat, "0001 ·", "Maintenance").await;
    let ended = desk.stopped().await;
    assert_eq!(telegram.violations(), [], "it waits as long as it is told");
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    assert!(ended.said.contains("TRACE"), "it did speak of everything");
    assert!(ended.said.contains("WARN"), "it did speak of trouble");
}

/// The demo serves its page and the Bot API at one address, which holds the token; nobody who looks
/// at the page, or asks for what is not there, sees it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_of_the_demo_do_not_show_its_token() {
    let street = Street::new(Engine::Sqlite).await;
    let folder = street.folder.path();
    let data = folder.join("data").display().to_string();
    let arguments = ["demo", "--port", "0", "--data", &data];
    let everything = [("LOG_LEVEL", "trace,hyper_util=trace,reqwest=trace")];
    let desk = Desk::run(folder, &arguments, &everything);
    street.until(|| desk.said().contains("Try this")).await;
    let said = desk.said();
    let url = said.split_once("Open  ").unwrap().1;
    let url = url.lines().next().unwrap().trim_end_matches('/').to_owned();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let index = http.get(&url).send().await.unwrap().text().await.unwrap();
    let assets = index.split('"').filter(|word| word.contains("/assets/"));
    let mut paths: Vec<String> = assets.map(str::to_owned).collect();
    assert!(paths.len() > 2, "{index}");
    let others = [
        "/playground/state",
        "/nowhere",
        "/bot1:x/getMe",
        "/file/bot1:x/y",
    ];
    paths.extend(others.map(str::to_owned));
    canary::assert_silent("the page", index.as_bytes());
    for path in paths {
        let path = path.trim_start_matches('/');
        for request in [
            http.get(format!("{url}/{path}")),
            http.post(format!("{url}/{path}")),
        ] {
            let answer = request.send().await.unwrap();
            canary::assert_silent(path, format!("{:?}", answer.headers()).as_bytes());
            canary::assert_silent(path, &answer.bytes().await.unwrap());
        }
    }
    let ended = desk.stopped().await;
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    assert!(ended.said.contains("TRACE"), "it did speak of everything");
}
