//! The full workflow, as far as it has buttons: accepted, started, blocked, done, confirmed.

use actors::domain::Stage;

use crate::cast::Yard;
use crate::world::{World, conversations};

conversations! {
    the_full_workflow_goes_from_accepted_to_confirmed
    what_is_not_fixed_goes_back_to_its_owner
    work_that_cannot_go_on_says_why
}

/// Mari chooses the workflow of the maintenance desk.
pub(crate) async fn full_workflow(world: &World, yard: &Yard) {
    let asked = world.say(yard.chat, yard.mari, "/settings").await;
    let panel = world.answer(yard.chat, asked).id;
    world.press(yard.mari, yard.chat, panel, "Full").await;
}

async fn the_full_workflow_goes_from_accepted_to_confirmed(world: World) {
    let yard = Yard::open(&world).await;
    full_workflow(&world, &yard).await;
    let private = world.start(yard.olga).await;
    let card = yard.claimed(&world).await;
    assert!(yard.see(&world, card).text.contains("accepted"));
    let toast = world.press(yard.jaan, yard.chat, card, "Start").await;
    assert_eq!(toast.text, "▶️ 0001 is started");
    world.press(yard.jaan, yard.chat, card, "Resolve").await;
    let prompt = world.said(yard.chat, "how was 0001 resolved").id;
    world
        .reply(yard.chat, yard.jaan, prompt, "Oiled the hinge")
        .await;
    assert!(
        yard.see(&world, card)
            .text
            .contains("done, to be confirmed")
    );

    let toast = world.press(yard.jaan, yard.chat, card, "Confirm").await;
    assert!(
        toast.text.contains("Only the person who reported it"),
        "{toast:?}"
    );
    let asked = world.said(private, "Is it fixed?").id;
    let toast = world.press(yard.olga, private, asked, "Confirm").await;
    assert_eq!(toast.text, "👍 Thank you, 0001 is closed");
    let card = yard.see(&world, card);
    assert!(card.text.contains("fixed and confirmed") && !card.pinned);
    world.finish().await;
}

async fn what_is_not_fixed_goes_back_to_its_owner(world: World) {
    let yard = Yard::open(&world).await;
    full_workflow(&world, &yard).await;
    let private = world.start(yard.olga).await;
    let card = yard.resolved(&world).await;
    let asked = world.said(private, "Is it fixed?").id;
    world.press(yard.olga, private, asked, "Not fixed").await;
    let prompt = world.said(private, "what is still wrong with 0001").id;
    world.reply(private, yard.olga, prompt, "It squeaks").await;

    let text = yard.see(&world, card).text;
    assert!(
        text.contains("in progress") && text.contains("🙋 Jaan"),
        "{text}"
    );
    let told = world.said(yard.chat, "Olga has reopened 0001");
    assert!(
        told.text.contains("Jaan") && told.text.contains("It squeaks"),
        "{}",
        told.text
    );
    world.said(world.telegram.private(yard.mari), "Olga has reopened 0001");
    world.finish().await;
}

async fn work_that_cannot_go_on_says_why(world: World) {
    let yard = Yard::open(&world).await;
    let (chat, jaan) = (yard.chat, yard.jaan);
    full_workflow(&world, &yard).await;
    let card = yard.claimed(&world).await;
    let main = yard.see(&world, card).buttons;
    world.press(jaan, chat, card, "Block…").await;
    world.press(jaan, chat, card, "‹ Back").await;
    assert_eq!(yard.see(&world, card).buttons, main);
    world.press(jaan, chat, card, "Block…").await;
    world.press(jaan, chat, card, "Needs a purchase").await;
    let prompt = world.said(chat, "what must be bought for 0001").id;
    world.reply(chat, jaan, prompt, "A new hinge").await;

    let text = yard.see(&world, card).text;
    assert!(
        text.contains("needs a purchase") && text.contains("A new hinge"),
        "{text}"
    );
    let told = world.said(
        world.telegram.private(yard.mari),
        "needs a purchase, says Jaan",
    );
    assert!(told.text.contains("A new hinge"));
    world.press(jaan, chat, card, "Resume").await;
    let stage = world.incident(chat, 1).await.stage;
    assert!(matches!(stage, Stage::InProgress(_)), "{stage:?}");
    world.finish().await;
}
