//! Buttons that no card ever had: a modified client can send any data.

use actors::domain::{Access, GroupConfig, IncidentId};
use actors::inbound::{Button, Change};
use deskbell::playground::{ChatId, MessageId};
use deskbell::telegram::button::encode;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::world::{World, conversations};
use crate::yard::{Yard, forge};

conversations! {
    made_up_buttons_change_nothing
    a_card_is_never_overwritten_by_a_page
}

/// How many are pressed in each chat.
const PRESSES: usize = 200;

/// Data like the desk's own, and data like nothing.
fn made_up(runner: &mut TestRunner) -> String {
    let patterns = [
        "1\\.[clshgjmrft](\\.[0-9a-z-]{1,13}){0,4}",
        "1\\.c\\.[12]\\.[1-9]\\.(cl|jo|le|st|re|ok|co|op|bl\\.[apcw]|de\\.[1-9]|ur\\.[csp]|me\\.[mdub])",
        "1\\.g\\.1\\.(op|la|tz|at|dd|fi|an|ar|ac|rt|rm|rp|wf|nm|sm|ro|tr|ap)(\\.[0-9a-z]{1,6}){0,2}",
        "1\\.[jm]\\.[1-9]\\.[yn]",
        "[ -~]{1,64}",
        "\\PC{1,16}",
    ];
    let chosen = (0..patterns.len()).new_tree(runner).unwrap().current();
    let strategy = proptest::string::string_regex(patterns[chosen]).unwrap();
    strategy.new_tree(runner).unwrap().current()
}

/// A yard whose departments take members only, and an incident that Jaan works on.
async fn closed_yard(world: &World) -> Yard {
    let yard = Yard::new(world).await;
    let card = yard
        .incident(world, "The gate jams", "0001", "Dispatch")
        .await;
    world.press(yard.jaan, yard.chat, card.id, "Claim").await;
    let (config, set_up) = (yard.config(world).await, yard.set_up(world).id);
    for department in &config.departments {
        let button = Button::Configure {
            group: config.id,
            change: Change::Access(department.id, Access::Members),
        };
        forge(world, yard.mari, yard.chat, set_up, &encode(&button)).await;
    }
    yard
}

/// What must stay as it is; the version only says that somebody looked for a change.
async fn config(world: &World, yard: &Yard) -> GroupConfig {
    GroupConfig {
        version: 0,
        ..yard.config(world).await
    }
}

async fn made_up_buttons_change_nothing(world: World) {
    let yard = closed_yard(&world).await;
    let own = world.telegram.start_bot(yard.olga);
    world.settle().await;
    let card = world.card(yard.chat, "0001").id;
    let welcome = world.telegram.last_from_bot(own).unwrap().id;
    let before = (config(&world, &yard).await, incident(&world).await);
    let mut runner = TestRunner::deterministic();
    for (chat, message) in [
        (yard.chat, card),
        (own, welcome),
        (yard.chat, MessageId(7_777)),
    ] {
        press_all(&world, &yard, chat, message, &mut runner).await;
        let after = (config(&world, &yard).await, incident(&world).await);
        assert_eq!(after, before);
    }
    world.finish().await;
}

async fn press_all(
    world: &World,
    yard: &Yard,
    chat: ChatId,
    message: MessageId,
    runner: &mut TestRunner,
) {
    for _ in 0..PRESSES {
        let data = made_up(runner);
        let press = world.telegram.press_data(chat, yard.olga, message, &data);
        let toast = world.telegram.toast(press).await.unwrap();
        assert!(toast.text.encode_utf16().count() <= 200, "{data:?}");
    }
    world.settle().await;
}

async fn incident(world: &World) -> Option<actors::domain::Incident> {
    world.store().incident(IncidentId(1)).await.unwrap()
}

async fn a_card_is_never_overwritten_by_a_page(world: World) {
    let yard = closed_yard(&world).await;
    let card = world.card(yard.chat, "0001");
    for data in ["1.h.1.0", "1.l.0.o", "1.g.1.op.se"] {
        let toast = forge(&world, yard.mari, yard.chat, card.id, data).await;
        assert!(!toast.text.is_empty(), "{data}");
        assert_eq!(world.card(yard.chat, "0001").text, card.text, "{data}");
    }
    world.finish().await;
}
