//! The chat page's own small API.

use serde_json::{Value, json};

use super::Bench;

impl Bench {
    async fn page(&self, path: &str) -> Value {
        let url = format!("{}{path}", self.playground.page_url());
        self.client
            .get(url)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    async fn act(&self, path: &str, body: Value) -> Value {
        let url = format!("{}playground/{path}", self.playground.page_url());
        self.client
            .post(url)
            .json(&body)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn the_page_lets_no_stranger_in() {
    let bench = Bench::set_up().await;
    let page = bench
        .client
        .get(bench.playground.page_url())
        .send()
        .await
        .unwrap();
    let policy = page.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"));
    let html = page.text().await.unwrap();
    let addresses = html.split(['"', ' ']).filter(|word| word.contains("://"));
    assert_eq!(addresses.count(), 0);
    for asset in html
        .split('"')
        .filter(|word| word.starts_with("/playground/assets/"))
    {
        let url = format!("{}{}", bench.playground.api_url(), asset);
        assert_eq!(
            bench.client.get(url).send().await.unwrap().status(),
            200,
            "{asset}"
        );
    }
}

#[tokio::test]
async fn a_snapshot_shows_what_the_person_sees_and_counts_what_is_unread() {
    let bench = Bench::set_up().await;
    let (yard, mari, jaan) = bench.yard();
    bench
        .act(
            "say",
            json!({"person": mari.0, "chat": yard.0, "text": "hello"}),
        )
        .await;
    let private = bench.world().start_bot(jaan);
    bench
        .done(
            "sendMessage",
            json!({"chat_id": private.0, "text": "welcome"}),
        )
        .await;
    let seen = bench
        .page(&format!(
            "playground/state?person={}&chat={}",
            jaan.0, yard.0
        ))
        .await;
    assert_eq!(seen["me"], jaan.0);
    assert_eq!(
        seen["messages"].as_array().unwrap().last().unwrap()["text"],
        "hello"
    );
    let unread = |chat: i64| {
        let chats = seen["chats"].as_array().unwrap();
        chats.iter().find(|one| one["id"] == chat).unwrap()["unread"].clone()
    };
    assert_eq!((unread(yard.0), unread(private.0)), (json!(0), json!(1)));
}

#[tokio::test]
async fn a_selective_prompt_is_for_whom_it_mentions() {
    let bench = Bench::set_up().await;
    let (yard, mari, jaan) = bench.yard();
    bench.world().say(yard, jaan, "/my");
    let text = format!(
        "<a href=\"tg://user?id={}\">Jaan</a>, what was done?",
        jaan.0
    );
    let prompt = json!({"chat_id": yard.0, "text": text, "parse_mode": "HTML",
                        "reply_markup": {"force_reply": true, "selective": true}});
    let sent = bench.done("sendMessage", prompt).await["message_id"].clone();
    let asked = async |person: i64| {
        bench
            .page(&format!("playground/state?person={person}&chat={}", yard.0))
            .await["prompt"]
            .clone()
    };
    assert_eq!(
        (asked(mari.0).await, asked(jaan.0).await),
        (Value::Null, sent.clone())
    );
    let answer = json!({"person": jaan.0, "chat": yard.0, "text": "fixed", "reply_to": sent});
    bench.act("say", answer).await;
    assert_eq!(asked(jaan.0).await, Value::Null);
}

#[tokio::test]
async fn a_race_of_fifty_has_the_winner_whom_the_losers_name() {
    let bench = Bench::set_up().await;
    let (yard, ..) = bench.yard();
    let none = bench.act("race", json!({"chat": yard.0})).await;
    assert!(
        none["error"]
            .as_str()
            .unwrap()
            .contains("raise an incident")
    );
    let card = json!({"chat_id": yard.0, "text": "card", "reply_markup":
                      {"inline_keyboard": [[{"text": "🙋 Claim", "callback_data": "c"}]]}});
    bench.done("sendMessage", card).await;
    let desk = async {
        let presses = bench
            .world()
            .wait_until(|world| {
                let presses: Vec<Value> = world
                    .pending_updates()
                    .iter()
                    .filter_map(|update| update.get("callback_query").cloned())
                    .collect();
                (presses.len() == 50).then_some(presses)
            })
            .await
            .unwrap();
        let winner = presses[17]["from"]["first_name"]
            .as_str()
            .unwrap()
            .to_owned();
        for press in &presses {
            let won = press["from"]["first_name"] == winner.as_str();
            let text = if won {
                "Yours".to_owned()
            } else {
                format!("{winner} was first")
            };
            let answer = json!({"callback_query_id": press["id"], "text": text});
            bench.done("answerCallbackQuery", answer).await;
        }
        winner
    };
    let (result, winner) = tokio::join!(bench.act("race", json!({"chat": yard.0})), desk);
    let racers = result["racers"].as_array().unwrap();
    assert_eq!(racers.len(), 50);
    assert_eq!(
        (&racers[0]["name"], &racers[0]["won"]),
        (&json!(winner), &json!(true))
    );
    assert_eq!(
        racers.iter().filter(|racer| racer["won"] == true).count(),
        1
    );
}

#[tokio::test]
async fn an_open_event_stream_does_not_hold_the_shutdown_back() {
    let bench = Bench::set_up().await;
    let url = format!("{}playground/events", bench.playground.page_url());
    let mut stream = bench.client.get(url).send().await.unwrap();
    assert!(stream.chunk().await.unwrap().is_some());
    bench.playground.shutdown().await;
    assert_eq!(stream.chunk().await.ok().flatten(), None);
}
