//! Where whoever runs the desk approves new groups: nothing works before, and no way round it.

use actors::domain::group::GroupStatus;
use deskbell::playground::{ChatId, PersonId};

use crate::world::{World, conversations};
use crate::yard::{config, count, people};

conversations! {
    a_group_waits_until_it_is_approved
    a_declined_group_stays_declined
    nobody_else_approves
    who_approves_and_was_not_reachable_is_asked_when_the_bot_is_added_again
    a_group_found_by_a_command_says_once_that_it_waits
}

/// Rita runs the desk, and a yard has just added the bot.
async fn waiting(world: &mut World, started: bool) -> (PersonId, ChatId, PersonId, PersonId) {
    let rita = world.telegram.person("Rita");
    let rita = if started {
        rita.started().add()
    } else {
        rita.add()
    };
    world.halt().await;
    world.approved_by(rita);
    world.wake().await;
    let (mari, jaan, olga) = people(world);
    let chat = world.group("Northgate Yard", &[mari, jaan, olga]).await;
    (rita, chat, mari, olga)
}

async fn a_group_waits_until_it_is_approved(mut world: World) {
    let (rita, chat, mari, olga) = waiting(&mut world, true).await;
    world.said(chat, "I may not work here yet");
    world.say(chat, olga, "/new_issue The tap leaks").await;
    assert_eq!(count(&world, chat, "I may not work here yet"), 2);
    assert_eq!(count(&world, chat, "0001"), 0);

    let desk = world.telegram.private(rita);
    let asked = world.said(desk, "has added me to the group");
    assert!(asked.text.contains("Mari") && asked.text.contains("Northgate Yard"));
    world.press(rita, desk, asked.id, "Approve").await;
    let answered = world.telegram.message(desk, asked.id).unwrap();
    assert!(
        answered.text.contains("I may work here now"),
        "{answered:#?}"
    );
    assert!(answered.buttons.is_empty());

    let set_up = world.said(chat, "incident desk of this group");
    world.press(mari, chat, set_up.id, "Done").await;
    world.say(chat, olga, "/new_issue The tap leaks").await;
    world.card(chat, "0001");
    world.finish().await;
}

async fn a_declined_group_stays_declined(mut world: World) {
    let (rita, chat, mari, olga) = waiting(&mut world, true).await;
    let desk = world.telegram.private(rita);
    let asked = world.said(desk, "has added me to the group").id;
    world.press(rita, desk, asked, "Decline").await;
    world.said(chat, "Whoever runs me has declined");

    world.telegram.kick_bot(chat, mari);
    world.settle().await;
    world.telegram.add_bot(chat, mari);
    world.settle().await;
    assert_eq!(config(&world, chat).await.status, GroupStatus::Refused);
    world.say(chat, olga, "/new_issue The tap leaks").await;
    assert_eq!(count(&world, chat, "0001"), 0);
    world.said(chat, "I do not work in this group");
    world.finish().await;
}

async fn nobody_else_approves(mut world: World) {
    let (rita, chat, mari, _) = waiting(&mut world, true).await;
    let desk = world.telegram.private(rita);
    let asked = world.said(desk, "has added me to the group");
    let approve = asked.button("✅ Approve").unwrap().data.clone().unwrap();
    let own = world.telegram.start_bot(mari);
    world.settle().await;
    let welcome = world.telegram.last_from_bot(own).unwrap().id;
    let here = world.telegram.last_from_bot(chat).unwrap().id;
    for (place, message) in [(own, welcome), (chat, here)] {
        let toast = crate::yard::forge(&world, mari, place, message, &approve).await;
        assert!(toast.text.contains("Only a manager"), "{}", toast.text);
    }
    let status = config(&world, chat).await.status;
    assert_eq!(status, GroupStatus::AwaitingApproval);
    world.finish().await;
}

async fn who_approves_and_was_not_reachable_is_asked_when_the_bot_is_added_again(mut world: World) {
    let (rita, chat, mari, _) = waiting(&mut world, false).await;
    let desk = world.telegram.start_bot(rita);
    world.settle().await;
    assert!(world.heard(desk, "has added me to the group").is_none());
    world.telegram.kick_bot(chat, mari);
    world.settle().await;
    world.telegram.add_bot(chat, mari);
    world.settle().await;
    let status = config(&world, chat).await.status;
    assert_eq!(status, GroupStatus::AwaitingApproval);
    let asked = world.said(desk, "has added me to the group").id;
    world.press(rita, desk, asked, "Approve").await;
    world.said(chat, "incident desk of this group");
    world.finish().await;
}

async fn a_group_found_by_a_command_says_once_that_it_waits(mut world: World) {
    let (rita, chat, _, olga) = waiting(&mut world, true).await;
    let before = count(&world, chat, "I may not work here yet");
    world.begin_anew().await;
    world.say(chat, olga, "/open").await;
    assert_eq!(count(&world, chat, "I may not work here yet"), before + 1);
    let desk = world.telegram.private(rita);
    world.said(desk, "has added me to the group");
    world.finish().await;
}
