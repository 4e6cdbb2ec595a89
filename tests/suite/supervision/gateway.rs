//! The gateway owns nothing that could break, so it is broken by whoever waits for its answer.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

use actors::Unanswered;
use actors::domain::{ChatId, UpdateId};
use actors::inbound::{Inbound, Place, Sender, What};

use super::{Shop, breakages, log};

breakages! {
    a_panic_in_the_gateway_is_answered_as_if_nothing_had_been
    what_comes_while_nobody_is_at_the_door_is_not_to_blame
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

/// As between a fall and the start after it: it is handed over again, however often, and none of that
/// counts.
async fn what_comes_while_nobody_is_at_the_door_is_not_to_blame(mut shop: Shop) {
    let desk = shop.world.service().tree().desk.clone();
    shop.world.halt().await;
    let press = Inbound {
        update: UpdateId(1),
        at: shop.world.telegram.now(),
        sender: Sender::Anonymous,
        place: Place::Private {
            chat: ChatId(shop.jaan.0),
        },
        what: What::UnknownPress,
    };
    let outcome = desk.hand_over(press).await;
    let held = matches!(outcome, Err(Unanswered::Unavailable { .. }));
    assert!(held, "{outcome:?}");
    shop.world.wake().await;
    shop.world.finish().await;
}
