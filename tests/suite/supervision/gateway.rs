//! The gateway owns nothing that could break, so it is broken by whoever waits for its answer.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

use super::{Shop, breakages, log};

breakages! {
    a_panic_in_the_gateway_is_answered_as_if_nothing_had_been
}

/// Panics in whoever wakes it.
struct Bomb(String);

impl Wake for Bomb {
    fn wake(self: Arc<Self>) {
        panic!("{}", self.0);
    }
}

async fn a_panic_in_the_gateway_is_answered_as_if_nothing_had_been(shop: Shop) {
    let card = shop.claimable("0001").await;
    let (words, _) = shop.panic();
    let waker = Waker::from(Arc::new(Bomb(words.clone())));
    loop {
        let mut asked = pin!(shop.world.service().tree().desk.answers());
        // The gateway answers whoever waits here, and with that sets it off. It may also have been
        // so fast that nobody waited yet.
        let first = asked.as_mut().poll(&mut Context::from_waker(&waker));
        if first.is_pending() {
            while log::caused_by(&words).is_empty() {
                tokio::task::yield_now().await;
            }
            break;
        }
    }
    let [line] = &log::caused_by(&words)[..] else {
        panic!("not one line");
    };
    assert_eq!(line.says("actor"), "gateway");
    assert_eq!(line.says("restarts_in_window"), "1");
    assert_eq!(shop.claim(&card).await, "✋ 0001 is yours");
    shop.world.finish().await;
}
