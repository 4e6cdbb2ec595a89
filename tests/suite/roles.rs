//! Departments, managers and dispatchers: made, changed and taken by those in charge.

use actors::domain::{Access, PersonId};
use deskbell::playground::MessageId;

use crate::world::{World, conversations};
use crate::yard::{Yard, forge};

conversations! {
    a_department_is_added_by_name
    names_that_do_not_work_are_refused
    a_department_is_renamed_also_by_case_alone
    a_department_changes_its_access
    a_retired_department_is_offered_no_more_and_its_incident_finds_another
    a_member_is_removed_from_a_department
    a_manager_lets_somebody_into_a_department_of_members_only
    a_manager_is_added_by_username
    a_manager_is_added_by_mention
    somebody_who_was_never_here_is_not_known
    the_last_manager_cannot_be_removed
    a_dispatcher_chooses_departments_and_assigns
    a_question_is_answered_by_who_was_asked_or_by_a_manager
    buttons_of_departments_that_are_no_more_are_refused
}

fn desk(person: deskbell::playground::PersonId) -> PersonId {
    PersonId(person.0)
}

/// Asks for a name or person by a button, and answers with the words.
async fn answered(world: &World, yard: &Yard, prompt: &str, words: &str) -> String {
    let prompt = world.said(yard.chat, prompt).id;
    world.reply(yard.chat, yard.mari, prompt, words).await;
    world.telegram.last_from_bot(yard.chat).unwrap().text
}

/// Opens the page of a department.
async fn department(world: &World, yard: &Yard, name: &str) -> MessageId {
    yard.page(world, "/departments", name).await
}

async fn a_department_is_added_by_name(world: World) {
    let yard = Yard::new(&world).await;
    yard.page(&world, "/departments", "Add…").await;
    let page = answered(&world, &yard, "new department called", "  Night\n shift ").await;
    assert!(page.contains("Night shift · nobody yet · open"), "{page}");
    let card = yard.incident(&world, "Dark", "0001", "Night shift").await;
    assert!(card.text.contains("Night shift"));
    world.finish().await;
}

async fn names_that_do_not_work_are_refused(world: World) {
    let yard = Yard::new(&world).await;
    yard.page(&world, "/departments", "Add…").await;
    let long = "x".repeat(41);
    for name in ["KITCHEN", " kitchen ", &long, "."] {
        let answer = answered(&world, &yard, "new department called", name).await;
        let refused = answer.contains("This name does not work");
        assert_eq!(refused, name != ".", "{name:?}: {answer}");
    }
    let names = yard.config(&world).await.departments;
    assert_eq!(names.len(), 6);
    world.finish().await;
}

async fn a_department_is_renamed_also_by_case_alone(world: World) {
    let yard = Yard::new(&world).await;
    let page = department(&world, &yard, "Kitchen").await;
    for (name, works) in [("kitchen", true), ("Galley", true), ("Reception", false)] {
        world.press(yard.mari, yard.chat, page, "Rename…").await;
        let answer = answered(&world, &yard, "be called?", name).await;
        assert_eq!(answer.contains("does not work"), !works, "{answer}");
    }
    let config = yard.config(&world).await;
    assert_eq!(config.departments[3].name, "Galley");
    world.finish().await;
}

async fn a_department_changes_its_access(world: World) {
    let yard = Yard::new(&world).await;
    let page = department(&world, &yard, "Kitchen").await;
    for (button, access) in [
        ("On request", Access::Request),
        ("Members only", Access::Members),
        ("Open", Access::Open),
    ] {
        let toast = world.press(yard.mari, yard.chat, page, button).await;
        assert_eq!(toast.text, "✓ Saved");
        assert_eq!(yard.config(&world).await.departments[3].access, access);
        let shown = world.telegram.message(yard.chat, page).unwrap();
        assert!(shown.labels().contains(&format!("✓ {button}").as_str()));
    }
    world.finish().await;
}

async fn a_retired_department_is_offered_no_more_and_its_incident_finds_another(world: World) {
    let yard = Yard::new(&world).await;
    let card = yard
        .incident(&world, "The oven is cold", "0001", "Kitchen")
        .await;
    let page = department(&world, &yard, "Kitchen").await;
    world.press(yard.mari, yard.chat, page, "Retire").await;
    let list = world.telegram.message(yard.chat, page).unwrap();
    assert!(!list.text.contains("Kitchen"), "{}", list.text);
    world
        .press(yard.mari, yard.chat, card.id, "Change department")
        .await;
    let menu = world.telegram.message(yard.chat, card.id).unwrap();
    assert!(!menu.labels().contains(&"Kitchen"), "{menu:#?}");
    world
        .press(yard.mari, yard.chat, card.id, "Maintenance")
        .await;
    let toast = world.press(yard.jaan, yard.chat, card.id, "Claim").await;
    assert_eq!(toast.text, "✋ 0001 is yours");

    // The name is free again.
    yard.page(&world, "/departments", "Add…").await;
    let answer = answered(&world, &yard, "new department called", "Kitchen").await;
    assert!(answer.contains("Kitchen · nobody yet"), "{answer}");
    world.finish().await;
}

async fn a_member_is_removed_from_a_department(world: World) {
    let yard = Yard::new(&world).await;
    let card = yard
        .incident(&world, "The oven is cold", "0001", "Kitchen")
        .await;
    world.press(yard.jaan, yard.chat, card.id, "Claim").await;
    let page = department(&world, &yard, "Kitchen").await;
    world.press(yard.mari, yard.chat, page, "✕ Jaan").await;
    let shown = world.telegram.message(yard.chat, page).unwrap();
    assert!(shown.text.contains("Members: nobody"), "{}", shown.text);
    assert!(yard.config(&world).await.departments[3].members.is_empty());
    world.finish().await;
}

async fn a_manager_lets_somebody_into_a_department_of_members_only(world: World) {
    let yard = Yard::new(&world).await;
    let card = yard
        .incident(&world, "The oven is cold", "0001", "Kitchen")
        .await;
    let page = department(&world, &yard, "Kitchen").await;
    world
        .press(yard.mari, yard.chat, page, "Members only")
        .await;
    let toast = world.press(yard.jaan, yard.chat, card.id, "Claim").await;
    assert!(toast.text.contains("Kitchen"), "{}", toast.text);
    let toast = world.press(yard.olga, yard.chat, page, "+ Member").await;
    assert!(toast.text.contains("Only a manager"), "{}", toast.text);

    world.press(yard.mari, yard.chat, page, "+ Member").await;
    let prompt = world.said(yard.chat, "who shall belong to Kitchen?").id;
    world.reply(yard.chat, yard.olga, prompt, "@olga").await;
    world.said(yard.chat, "Only a manager can do this");
    world.reply(yard.chat, yard.mari, prompt, "@nobody").await;
    world.said(yard.chat, "I do not know that person");
    world.reply(yard.chat, yard.mari, prompt, "@jaan").await;
    let shown = world.telegram.last_from_bot(yard.chat).unwrap();
    assert!(shown.text.contains("Members: Jaan"), "{}", shown.text);
    let toast = world.press(yard.jaan, yard.chat, card.id, "Claim").await;
    assert_eq!(toast.text, "✋ 0001 is yours");
    world.finish().await;
}

async fn a_manager_is_added_by_username(world: World) {
    let yard = Yard::new(&world).await;
    world.say(yard.chat, yard.jaan, "Morning").await;
    yard.page(&world, "/managers", "+ Manager").await;
    let page = answered(&world, &yard, "who shall be a manager?", "@JAAN").await;
    assert!(page.contains("Mari, Jaan"), "{page}");
    let managers = yard.config(&world).await.managers;
    assert_eq!(managers, [desk(yard.mari), desk(yard.jaan)]);
    world.say(yard.chat, yard.jaan, "/settings").await;
    world.said(yard.chat, "Settings · Northgate Yard");
    world.finish().await;
}

async fn a_manager_is_added_by_mention(world: World) {
    let yard = Yard::new(&world).await;
    yard.page(&world, "/managers", "+ Manager").await;
    let prompt = world.said(yard.chat, "who shall be a manager?");
    // Olga has no username and has never written: the mention carries who she is.
    world.telegram.deliver_raw(serde_json::json!({"message": {
        "message_id": 900, "date": 1_799_668_800,
        "from": {"id": yard.mari.0, "is_bot": false, "first_name": "Mari"},
        "chat": {"id": yard.chat.0, "type": "supergroup", "title": "Northgate Yard"},
        "text": "Olga", "entities": [{"type": "text_mention", "offset": 0, "length": 4,
            "user": {"id": yard.olga.0, "is_bot": false, "first_name": "Olga"}}],
        "reply_to_message": {
            "message_id": prompt.id.0, "date": 1_799_668_800, "text": "?",
            "from": {"id": world.telegram.bot().0, "is_bot": true, "first_name": "Deskbell"},
            "chat": {"id": yard.chat.0, "type": "supergroup", "title": "Northgate Yard"}}}}));
    world.settle().await;
    let page = world.telegram.last_from_bot(yard.chat).unwrap();
    assert!(page.text.contains("Mari, Olga"), "{}", page.text);
    world.finish().await;
}

async fn somebody_who_was_never_here_is_not_known(world: World) {
    let yard = Yard::new(&world).await;
    let boris = world
        .telegram
        .person("Boris")
        .username("boris")
        .started()
        .add();
    world.telegram.start_bot(boris);
    yard.page(&world, "/managers", "+ Manager").await;
    for name in ["@boris", "@nobody", "the tall one"] {
        let answer = answered(&world, &yard, "who shall be a manager?", name).await;
        assert!(answer.contains("I do not know that person yet"), "{answer}");
    }
    assert_eq!(yard.config(&world).await.managers, [desk(yard.mari)]);
    world.finish().await;
}

async fn the_last_manager_cannot_be_removed(world: World) {
    let yard = Yard::new(&world).await;
    world.say(yard.chat, yard.jaan, "Morning").await;
    let page = yard.page(&world, "/managers", "✕ Mari").await;
    assert_eq!(yard.config(&world).await.managers, [desk(yard.mari)]);
    let toast = world.press(yard.mari, yard.chat, page, "✕ Mari").await;
    assert!(
        toast.text.contains("There must be a manager"),
        "{}",
        toast.text
    );

    world.press(yard.mari, yard.chat, page, "+ Manager").await;
    answered(&world, &yard, "who shall be a manager?", "@jaan").await;
    world.press(yard.mari, yard.chat, page, "✕ Mari").await;
    assert_eq!(yard.config(&world).await.managers, [desk(yard.jaan)]);
    world.finish().await;
}

async fn a_dispatcher_chooses_departments_and_assigns(world: World) {
    let yard = Yard::new(&world).await;
    world.say(yard.chat, yard.jaan, "Morning").await;
    yard.page(&world, "/managers", "+ Dispatcher").await;
    let shown = answered(&world, &yard, "who shall be a dispatcher?", "@jaan").await;
    assert!(shown.contains("assign and rate: Jaan"), "{shown}");

    world
        .say(yard.chat, yard.mari, "/new_issue The gate jams")
        .await;
    let card = world.card(yard.chat, "0001").id;
    world.press(yard.jaan, yard.chat, card, "Choose").await;
    let refused = world.press(yard.olga, yard.chat, card, "Dispatch").await;
    assert!(!refused.text.contains("goes to"), "{}", refused.text);
    world.press(yard.jaan, yard.chat, card, "Dispatch").await;
    world.press(yard.jaan, yard.chat, card, "Claim").await;
    assert!(world.card(yard.chat, "0001").text.contains("Jaan"));

    world.say(yard.chat, yard.mari, "/managers").await;
    let page = world.telegram.last_from_bot(yard.chat).unwrap().id;
    world
        .press(yard.mari, yard.chat, page, "✕ Jaan (dispatcher)")
        .await;
    assert!(yard.config(&world).await.dispatchers.is_empty());
    world.finish().await;
}

async fn a_question_is_answered_by_who_was_asked_or_by_a_manager(world: World) {
    let yard = Yard::new(&world).await;
    yard.page(&world, "/departments", "Add…").await;
    let prompt = world.said(yard.chat, "new department called").id;
    world
        .reply(yard.chat, yard.olga, prompt, "Olga's den")
        .await;
    world.said(yard.chat, "Only a manager can do this");
    assert_eq!(yard.config(&world).await.departments.len(), 5);
    world.finish().await;
}

async fn buttons_of_departments_that_are_no_more_are_refused(world: World) {
    let yard = Yard::new(&world).await;
    let page = department(&world, &yard, "Kitchen").await;
    let old = world.telegram.message(yard.chat, page).unwrap();
    let buttons: Vec<String> = ["Rename…", "Retire", "On request", "Members only"]
        .iter()
        .map(|label| old.button(label).unwrap().data.clone().unwrap())
        .collect();
    world.press(yard.mari, yard.chat, page, "Retire").await;
    for data in &buttons {
        let toast = forge(&world, yard.mari, yard.chat, page, data).await;
        assert!(
            toast.text.contains("no such department"),
            "{data}: {}",
            toast.text
        );
    }
    world.finish().await;
}
