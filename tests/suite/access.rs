//! Who may claim for a department, and who may report: open, on request, for members only.

use actors::domain::PersonId as DeskPerson;
use deskbell::playground::{MessageView, PersonId};

use crate::world::{World, conversations};
use crate::yard::{Yard, count, forge};

conversations! {
    a_first_claim_makes_a_member_where_access_is_open
    a_claim_from_outside_asks_to_be_let_in
    a_declined_outsider_is_told_and_may_ask_again
    a_request_is_answered_once_and_by_managers_only
    a_manager_who_never_started_the_bot_is_asked_in_the_group
    members_only_means_members_only
    people_join_and_leave_departments_by_button
    joining_by_button_asks_where_access_is_on_request
    only_registered_people_report_where_that_is_the_policy
    who_left_the_group_is_no_member_any_more
}

fn desk(person: PersonId) -> DeskPerson {
    DeskPerson(person.0)
}

async fn members(world: &World, yard: &Yard) -> Vec<DeskPerson> {
    let config = yard.config(world).await;
    let kitchen = config.department_named("Kitchen").unwrap();
    kitchen.members.clone()
}

/// The kitchen's access is changed, and an incident waits there.
async fn kitchen(world: &World, yard: &Yard, access: &str) -> MessageView {
    let page = yard.page(world, "/departments", "Kitchen").await;
    world.press(yard.mari, yard.chat, page, access).await;
    yard.incident(world, "The oven is cold", "0001", "Kitchen")
        .await
}

async fn a_first_claim_makes_a_member_where_access_is_open(world: World) {
    let yard = Yard::new(&world).await;
    let card = kitchen(&world, &yard, "Open").await;
    assert!(members(&world, &yard).await.is_empty());
    world.press(yard.jaan, yard.chat, card.id, "Claim").await;
    assert_eq!(members(&world, &yard).await, [desk(yard.jaan)]);
    world.finish().await;
}

async fn a_claim_from_outside_asks_to_be_let_in(world: World) {
    let yard = Yard::new(&world).await;
    let card = kitchen(&world, &yard, "On request").await;
    let toast = world.press(yard.jaan, yard.chat, card.id, "Claim").await;
    assert!(
        toast.text.contains("let you into Kitchen"),
        "{}",
        toast.text
    );
    let again = world.press(yard.jaan, yard.chat, card.id, "Claim").await;
    assert!(
        again.text.contains("asked to be let into Kitchen"),
        "{}",
        again.text
    );

    let own = world.telegram.private(yard.mari);
    assert_eq!(count(&world, own, "Jaan wants to join Kitchen"), 1);
    let request = world.said(own, "Jaan wants to join Kitchen").id;
    world.press(yard.mari, own, request, "Approve").await;
    // Jaan never started the bot, so he hears it in the group.
    let welcome = world.said(yard.chat, "Welcome to Kitchen");
    assert!(welcome.text.contains("Jaan"), "{}", welcome.text);
    let toast = world.press(yard.jaan, yard.chat, card.id, "Claim").await;
    assert_eq!(toast.text, "✋ 0001 is yours");
    world.finish().await;
}

async fn a_declined_outsider_is_told_and_may_ask_again(world: World) {
    let yard = Yard::new(&world).await;
    let own = world.telegram.start_bot(yard.jaan);
    let card = kitchen(&world, &yard, "On request").await;
    world.press(yard.jaan, yard.chat, card.id, "Claim").await;
    let desk = world.telegram.private(yard.mari);
    let request = world.said(desk, "wants to join Kitchen").id;
    world.press(yard.mari, desk, request, "Decline").await;
    world.said(own, "The answer from Kitchen was no");
    assert!(members(&world, &yard).await.is_empty());

    let toast = world.press(yard.jaan, yard.chat, card.id, "Claim").await;
    assert!(
        toast.text.contains("let you into Kitchen"),
        "{}",
        toast.text
    );
    let second = world.said(desk, "wants to join Kitchen").id;
    assert_ne!(second, request);
    world.press(yard.mari, desk, second, "Approve").await;
    assert_eq!(members(&world, &yard).await.len(), 1);
    world.finish().await;
}

async fn a_request_is_answered_once_and_by_managers_only(world: World) {
    let yard = Yard::new(&world).await;
    let card = kitchen(&world, &yard, "On request").await;
    world.press(yard.jaan, yard.chat, card.id, "Claim").await;
    let own = world.telegram.private(yard.mari);
    let request = world.said(own, "wants to join Kitchen");
    let approve = request.button("✅ Approve").unwrap().data.clone().unwrap();
    let decline = request.button("Decline").unwrap().data.clone().unwrap();

    let olgas = world.telegram.start_bot(yard.olga);
    world.settle().await;
    let welcome = world.telegram.last_from_bot(olgas).unwrap().id;
    for (person, place, message) in [
        (yard.olga, yard.chat, card.id),
        (yard.olga, olgas, welcome),
        (yard.jaan, yard.chat, card.id),
    ] {
        let toast = forge(&world, person, place, message, &approve).await;
        assert!(toast.text.contains("Only a manager"), "{}", toast.text);
    }
    assert!(members(&world, &yard).await.is_empty());

    forge(&world, yard.mari, own, request.id, &approve).await;
    let again = forge(&world, yard.mari, own, request.id, &decline).await;
    assert!(again.text.contains("it is so already"), "{}", again.text);
    assert_eq!(members(&world, &yard).await, [desk(yard.jaan)]);
    world.finish().await;
}

async fn a_manager_who_never_started_the_bot_is_asked_in_the_group(world: World) {
    let telegram = &world.telegram;
    let mari = telegram.person("Mari").add();
    let jaan = telegram.person("Jaan").username("jaan").add();
    let olga = telegram.person("Olga").add();
    let chat = world.group("Northgate Yard", &[mari, jaan, olga]).await;
    let yard = Yard {
        chat,
        mari,
        jaan,
        olga,
    };
    let card = kitchen(&world, &yard, "On request").await;
    world.press(jaan, chat, card.id, "Claim").await;
    let request = world.said(chat, "Jaan wants to join Kitchen");
    assert!(request.text.contains("Mari"), "{}", request.text);
    let toast = world.press(olga, chat, request.id, "Approve").await;
    assert!(toast.text.contains("Only a manager"), "{}", toast.text);
    world.press(mari, chat, request.id, "Approve").await;
    world.said(chat, "Welcome to Kitchen");
    world.finish().await;
}

async fn members_only_means_members_only(world: World) {
    let yard = Yard::new(&world).await;
    let card = kitchen(&world, &yard, "Members only").await;
    let toast = world.press(yard.jaan, yard.chat, card.id, "Claim").await;
    assert!(
        toast.text.contains("Only members of Kitchen"),
        "{}",
        toast.text
    );
    world.say(yard.chat, yard.jaan, "/join").await;
    let page = world.said(yard.chat, "Departments").id;
    let toast = world
        .press(yard.jaan, yard.chat, page, "Join Kitchen")
        .await;
    assert!(
        toast.text.contains("Only members of Kitchen"),
        "{}",
        toast.text
    );
    assert!(members(&world, &yard).await.is_empty());
    world.finish().await;
}

async fn people_join_and_leave_departments_by_button(world: World) {
    let yard = Yard::new(&world).await;
    world.say(yard.chat, yard.jaan, "/join").await;
    let page = world.said(yard.chat, "Departments").id;
    let toast = world
        .press(yard.jaan, yard.chat, page, "Join Kitchen")
        .await;
    assert_eq!(toast.text, "✓ Saved");
    let again = world
        .press(yard.jaan, yard.chat, page, "Join Kitchen")
        .await;
    assert!(again.text.contains("it is so already"), "{}", again.text);
    assert_eq!(members(&world, &yard).await, [desk(yard.jaan)]);

    let own = world.telegram.start_bot(yard.jaan);
    world.say(own, yard.jaan, "/leave_department").await;
    let page = world.said(own, "you belong to it");
    let buttons = page.labels();
    assert!(buttons.contains(&"Leave Kitchen") && !buttons.contains(&"Join Kitchen"));
    world.press(yard.jaan, own, page.id, "Leave Kitchen").await;
    assert!(members(&world, &yard).await.is_empty());
    let page = world.telegram.message(own, page.id).unwrap();
    assert!(page.labels().contains(&"Join Kitchen"), "{page:#?}");
    world.finish().await;
}

async fn joining_by_button_asks_where_access_is_on_request(world: World) {
    let yard = Yard::new(&world).await;
    kitchen(&world, &yard, "On request").await;
    world.say(yard.chat, yard.jaan, "/join").await;
    let page = world.said(yard.chat, "Departments").id;
    let toast = world
        .press(yard.jaan, yard.chat, page, "Join Kitchen")
        .await;
    assert!(
        toast.text.contains("let you into Kitchen"),
        "{}",
        toast.text
    );
    let again = world
        .press(yard.jaan, yard.chat, page, "Join Kitchen")
        .await;
    assert!(
        again.text.contains("asked to be let into Kitchen"),
        "{}",
        again.text
    );
    let own = world.telegram.private(yard.mari);
    let request = world.said(own, "Jaan wants to join Kitchen").id;
    world.press(yard.mari, own, request, "Approve").await;
    assert_eq!(members(&world, &yard).await, [desk(yard.jaan)]);
    world.finish().await;
}

async fn only_registered_people_report_where_that_is_the_policy(world: World) {
    let yard = Yard::new(&world).await;
    yard.page(&world, "/settings", "Registered only").await;
    world
        .say(yard.chat, yard.olga, "/new_issue The tap leaks")
        .await;
    world.said(yard.chat, "Only registered people can report here");
    for (command, answer) in [
        ("/register_driver", "You are registered and can report"),
        ("/register", "You are registered already"),
    ] {
        world.say(yard.chat, yard.olga, command).await;
        let said = world.telegram.last_from_bot(yard.chat).unwrap();
        assert!(said.text.contains(answer), "{command}: {}", said.text);
    }
    world
        .say(yard.chat, yard.olga, "/ticket The tap leaks")
        .await;
    world.card(yard.chat, "0001");
    world.finish().await;
}

async fn who_left_the_group_is_no_member_any_more(world: World) {
    let yard = Yard::new(&world).await;
    let card = kitchen(&world, &yard, "Open").await;
    let own = world.telegram.start_bot(yard.jaan);
    world.press(yard.jaan, yard.chat, card.id, "Claim").await;
    world.say(own, yard.jaan, "/open").await;
    world.said(own, "The oven is cold");
    let standing = deskbell::playground::Standing::Left;
    world
        .telegram
        .set_standing(yard.chat, yard.mari, yard.jaan, standing);
    world.settle().await;
    assert!(members(&world, &yard).await.is_empty());
    world.say(own, yard.jaan, "/open").await;
    let answer = world.telegram.last_from_bot(own).unwrap();
    assert!(
        answer.text.contains("which group you are in"),
        "{}",
        answer.text
    );
    world.finish().await;
}
