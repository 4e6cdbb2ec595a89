//! The main line: from a message in a group to a closed incident.

use deskbell::playground::{ChatId, PersonId};

use crate::world::{World, conversations};

conversations! {
    from_a_message_to_a_closed_incident
}

/// Mari runs the yard, Jaan and Olga work there.
async fn yard(world: &World) -> (ChatId, PersonId, PersonId, PersonId) {
    let mari = world
        .telegram
        .person("Mari")
        .username("mari")
        .started()
        .add();
    let jaan = world.telegram.person("Jaan").username("jaan").add();
    let olga = world.telegram.person("Olga").add();
    let chat = world.group("Northgate Yard", &[mari, jaan, olga]).await;
    (chat, mari, jaan, olga)
}

async fn from_a_message_to_a_closed_incident(world: World) {
    let (chat, mari, jaan, olga) = yard(&world).await;
    let stuck = world.say(chat, olga, "Truck 14 is stuck at gate B").await;
    world.reply(chat, mari, stuck, "/new_issue").await;

    let card = world.card(chat, "0001");
    assert!(
        card.text.contains("Truck 14 is stuck at gate B"),
        "{card:#?}"
    );
    assert!(card.pinned && card.silent);
    assert_eq!(card.reply_to, Some(stuck));

    world.press(mari, chat, card.id, "Choose department").await;
    world.press(mari, chat, card.id, "Maintenance").await;
    let toast = world.press(jaan, chat, card.id, "Claim").await;
    assert_eq!(toast.text, "✋ 0001 is yours");

    world.press(jaan, chat, card.id, "Resolve").await;
    let prompt = world.said(chat, "how");
    assert!(prompt.force_reply.is_some());
    world.reply(chat, jaan, prompt.id, "Oiled the hinge").await;

    let card = world.card(chat, "0001");
    assert!(card.text.contains("resolved") && card.text.contains("Oiled the hinge"));
    assert!(!card.pinned);
    world.finish().await;
}
