//! Parts that everything depends on: when restarting them does not help, the desk ends, so that
//! systemd starts it anew.

use deskbell::app::service::End;
use deskbell::telegram::listen::ListenError;
use tracing::Level;

use super::{ALWAYS, Shop, breakages, log};

breakages! {
    an_outbox_that_keeps_failing_ends_the_desk
    a_timer_that_keeps_failing_ends_the_desk
    an_outbox_that_fails_now_and_then_is_put_up_with
    another_poller_ends_the_desk
}

async fn an_outbox_that_keeps_failing_ends_the_desk(shop: Shop) {
    ends_by(shop, "outbox_heads", "outbox").await;
}

async fn a_timer_that_keeps_failing_ends_the_desk(shop: Shop) {
    ends_by(shop, "due", "sla timer").await;
}

async fn ends_by(mut shop: Shop, call: &'static str, part: &str) {
    let (words, panic) = shop.panic();
    shop.plan.next(ALWAYS, call, None, panic);
    shop.world.service().tree().wakes.all();
    match shop.world.end().await {
        End::GivenUp(reason) => assert!(reason.contains(part) && reason.contains(&words)),
        other => panic!("{other:?}"),
    }
    let lines = log::caused_by(&words);
    assert_eq!(lines.len(), 5, "one for each restart: {lines:#?}");
    assert!(lines.iter().all(|line| line.level == Level::WARN));
    assert!(lines.iter().all(|line| line.says("actor") == part));
    shop.world.halt().await;
}

async fn an_outbox_that_fails_now_and_then_is_put_up_with(shop: Shop) {
    let (words, panic) = shop.panic();
    shop.plan.next(3, "outbox_heads", None, panic);
    let card = shop.claimable("0001").await;
    assert_eq!(shop.claim(&card).await, "✋ 0001 is yours");
    assert_eq!(log::caused_by(&words).len(), 3);
    shop.world.finish().await;
}

async fn another_poller_ends_the_desk(mut shop: Shop) {
    let url = format!("{}/getUpdates?timeout=50", shop.world.bot_url());
    let rival = async {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        loop {
            client.get(&url).send().await.unwrap();
        }
    };
    let end = tokio::select! {
        end = shop.world.end() => end,
        () = rival => unreachable!("the rival never rests"),
    };
    assert!(
        matches!(end, End::Listen(ListenError::AnotherPoller)),
        "{end:?}"
    );
    shop.world.halt().await;
}
