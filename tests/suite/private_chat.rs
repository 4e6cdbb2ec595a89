//! A person's own chat with the desk: greeting, language, reports, and being forgotten.

use chrono::TimeDelta;
use deskbell::playground::{ChatId, PersonId};

use crate::world::{World, conversations};
use crate::yard::{Yard, count, forge, words};

conversations! {
    start_greets_and_offers_languages
    help_and_privacy_say_what_they_should
    a_person_chooses_the_language_of_their_chat
    unknown_commands_are_answered_plainly
    settings_belong_into_the_group
    somebody_in_no_group_is_told_so
    plain_words_become_an_incident_of_the_group
    with_several_groups_the_desk_asks_which
    a_report_prompted_for_is_asked_about_too
    words_in_answer_to_the_greeting_are_a_report
    a_question_is_answered_without_replying
    a_blocked_desk_speaks_in_the_group_until_it_may_again
    forgetting_somebody_erases_their_name_everywhere
    being_forgotten_begins_anew_with_the_next_word
    forget_me_in_a_group_erases_whoever_asked_only
}

/// Olga's private chat, and a yard she was seen in.
async fn yard_and_chat(world: &World) -> (Yard, ChatId) {
    let yard = Yard::new(world).await;
    world.say(yard.chat, yard.olga, "Morning").await;
    let own = world.telegram.start_bot(yard.olga);
    world.settle().await;
    (yard, own)
}

async fn start_greets_and_offers_languages(world: World) {
    let liis = world.telegram.person("Liis").language("et").add();
    let own = world.telegram.start_bot(liis);
    world.settle().await;
    let welcome = world.said(own, "Tere, mina olen Deskbell");
    assert_eq!(welcome.labels(), ["English", "✓ Eesti", "Русский"]);
    let olga = world.telegram.person("Olga").language("fr").add();
    let own = world.telegram.private(olga);
    world.say(own, olga, "/start from_a_poster").await;
    let welcome = world.said(own, "Hello, I am Deskbell");
    assert_eq!(welcome.labels(), ["✓ English", "Eesti", "Русский"]);
    world.finish().await;
}

async fn help_and_privacy_say_what_they_should(world: World) {
    let (_, own) = yard_and_chat(&world).await;
    let olga = PersonId(own.0);
    world.say(own, olga, "/help").await;
    assert!(world.said(own, "Report").text.contains("/forget_me"));
    world.say(own, olga, "/privacy").await;
    world.said(own, "What I keep");
    world.finish().await;
}

async fn a_person_chooses_the_language_of_their_chat(world: World) {
    let (_, own) = yard_and_chat(&world).await;
    let olga = PersonId(own.0);
    let welcome = world.said(own, "Hello, I am Deskbell").id;
    let toast = world.press(olga, own, welcome, "Русский").await;
    assert_eq!(toast.text, "✓ Сохранено");
    let greeted = world.telegram.message(own, welcome).unwrap();
    assert!(greeted.text.contains("Здравствуйте"), "{}", greeted.text);
    // Telegram goes on saying that her client is English: what she chose outweighs that.
    world.say(own, olga, "/help").await;
    let help = world.telegram.last_from_bot(own).unwrap();
    assert!(help.text.contains("/forget_me") && !help.text.contains("Report"));
    let toast = forge(&world, olga, own, welcome, "made up").await;
    assert!(toast.text.contains("сейчас так нельзя"), "{}", toast.text);
    world.finish().await;
}

async fn unknown_commands_are_answered_plainly(world: World) {
    let (_, own) = yard_and_chat(&world).await;
    let olga = PersonId(own.0);
    for command in ["/dance", "/dance@another_bot", "/"] {
        let asked = world.say(own, olga, command).await;
        let answer = world.telegram.last_from_bot(own).unwrap();
        assert_eq!(answer.reply_to, Some(asked), "{command}: {}", answer.text);
    }
    world.finish().await;
}

async fn settings_belong_into_the_group(world: World) {
    let yard = Yard::new(&world).await;
    let own = world.telegram.start_bot(yard.mari);
    for command in ["/settings", "/departments", "/managers"] {
        world.say(own, yard.mari, command).await;
        let answer = world.telegram.last_from_bot(own).unwrap();
        assert_eq!(answer.text, "This works only in the group.", "{command}");
    }
    world.finish().await;
}

async fn somebody_in_no_group_is_told_so(world: World) {
    Yard::new(&world).await;
    let boris = world.telegram.person("Boris").add();
    let own = world.telegram.start_bot(boris);
    for text in [
        "The tap leaks",
        "/my",
        "/open",
        "/incident 0001",
        "/join",
        "/new_issue",
    ] {
        world.say(own, boris, text).await;
        let answer = world.telegram.last_from_bot(own).unwrap();
        assert!(
            answer.text.contains("which group you are in"),
            "{text}: {}",
            answer.text
        );
    }
    world.finish().await;
}

async fn plain_words_become_an_incident_of_the_group(world: World) {
    let (yard, own) = yard_and_chat(&world).await;
    world.say(own, yard.olga, "The sink is blocked").await;
    world.said(own, "Recorded as 0001");
    let card = world.card(yard.chat, "0001");
    assert!(card.text.contains("The sink is blocked") && card.pinned);
    world.finish().await;
}

/// Olga is in a hotel too.
async fn hotel(world: &World, olga: PersonId) -> ChatId {
    let anna = world.telegram.person("Anna").started().add();
    let chat = world.group("Hotel Aurora", &[anna, olga]).await;
    world.say(chat, olga, "Evening").await;
    chat
}

async fn with_several_groups_the_desk_asks_which(world: World) {
    let (yard, own) = yard_and_chat(&world).await;
    let hotel = hotel(&world, yard.olga).await;
    world.say(own, yard.olga, "The sink is blocked").await;
    let question = world.said(own, "For which group is this?");
    assert_eq!(question.labels(), ["Northgate Yard", "Hotel Aurora"]);
    world.press(yard.olga, own, question.id, "Aurora").await;
    assert!(world.card(hotel, "0001").text.contains("The sink"));
    assert_eq!(count(&world, yard.chat, "The sink"), 0);
    // Pressed again, it is no second incident.
    world.press(yard.olga, own, question.id, "Aurora").await;
    assert_eq!(count(&world, hotel, "0002"), 0);
    world.finish().await;
}

async fn a_report_prompted_for_is_asked_about_too(world: World) {
    let (yard, own) = yard_and_chat(&world).await;
    let hotel = hotel(&world, yard.olga).await;
    world.say(own, yard.olga, "/new_issue").await;
    let prompt = world.said(own, "what is wrong, and where?").id;
    world
        .reply(own, yard.olga, prompt, "The lift is stuck")
        .await;
    let question = world.said(own, "For which group is this?").id;
    world.press(yard.olga, own, question, "Aurora").await;
    world.card(hotel, "0001");
    world.finish().await;
}

async fn words_in_answer_to_the_greeting_are_a_report(world: World) {
    let (yard, own) = yard_and_chat(&world).await;
    let welcome = world.said(own, "Hello, I am Deskbell").id;
    world
        .reply(own, yard.olga, welcome, "The lift is stuck")
        .await;
    assert!(
        world
            .card(yard.chat, "0001")
            .text
            .contains("The lift is stuck")
    );
    world.say(own, yard.olga, "/open").await;
    let list = world.said(own, "Open: 1").id;
    world
        .reply(own, yard.olga, list, "And the lamp is broken")
        .await;
    assert!(world.card(yard.chat, "0002").text.contains("the lamp"));
    world.finish().await;
}

async fn a_question_is_answered_without_replying(world: World) {
    let (yard, own) = yard_and_chat(&world).await;
    world.say(own, yard.olga, "The tap leaks").await;
    let card = world.card(yard.chat, "0001").id;
    world.press(yard.olga, yard.chat, card, "Choose").await;
    world.press(yard.olga, yard.chat, card, "Maintenance").await;
    let claim = world
        .card(yard.chat, "0001")
        .button("✋ Claim")
        .unwrap()
        .data
        .clone();
    let claim = claim.unwrap();
    let welcome = world.said(own, "Hello, I am Deskbell").id;
    forge(&world, yard.olga, own, welcome, &claim).await;
    let resolve = world
        .card(yard.chat, "0001")
        .button("✅ Resolve")
        .unwrap()
        .data
        .clone();
    forge(&world, yard.olga, own, welcome, &resolve.unwrap()).await;
    world.said(own, "how was 0001 resolved?");
    world.say(own, yard.olga, "New washer").await;
    let card = world.card(yard.chat, "0001");
    assert!(
        card.text.contains("New washer") && !card.pinned,
        "{}",
        card.text
    );
    world.finish().await;
}

async fn a_blocked_desk_speaks_in_the_group_until_it_may_again(world: World) {
    let (yard, own) = yard_and_chat(&world).await;
    world.telegram.block(yard.olga);
    world.settle().await;
    world
        .say(yard.chat, yard.olga, "/new_issue The tap leaks")
        .await;
    let card = world.card(yard.chat, "0001").id;
    world.press(yard.olga, yard.chat, card, "Choose").await;
    world.press(yard.olga, yard.chat, card, "Maintenance").await;
    world.press(yard.jaan, yard.chat, card, "Claim").await;
    let told = world.said(yard.chat, "Jaan has taken 0001");
    assert!(told.text.contains("Olga"), "{}", told.text);

    world.telegram.unblock(yard.olga);
    world.settle().await;
    world.press(yard.jaan, yard.chat, card, "Resolve").await;
    let prompt = world.said(yard.chat, "how was 0001 resolved?").id;
    world
        .reply(yard.chat, yard.jaan, prompt, "New washer")
        .await;
    world.said(own, "Jaan has resolved 0001");
    world.finish().await;
}

async fn forgetting_somebody_erases_their_name_everywhere(world: World) {
    let (yard, own) = yard_and_chat(&world).await;
    world
        .say(yard.chat, yard.olga, "/new_issue The tap leaks")
        .await;
    assert!(world.card(yard.chat, "0001").text.contains("Olga"));
    world.say(own, yard.olga, "/forget_me").await;
    let question = world.said(own, "Erase you?").id;
    world.press(yard.olga, own, question, "erase me").await;
    let done = world.telegram.message(own, question).unwrap();
    assert!(done.text.contains("I no longer know you") && done.buttons.is_empty());

    world
        .say(yard.chat, yard.mari, "/comment 0001 Who can look?")
        .await;
    let card = world.card(yard.chat, "0001");
    assert!(!card.text.contains("Olga"), "{}", card.text);
    assert!(card.text.contains("someone"), "{}", card.text);
    for command in ["/open", "/incident 0001", "/history 0001", "/managers"] {
        world.say(yard.chat, yard.mari, command).await;
        let answer = world.telegram.last_from_bot(yard.chat).unwrap();
        assert!(!answer.text.contains("Olga"), "{command}: {}", answer.text);
    }
    world.finish().await;
}

async fn being_forgotten_begins_anew_with_the_next_word(world: World) {
    let (yard, own) = yard_and_chat(&world).await;
    world.say(own, yard.olga, "/forget_me").await;
    let question = world.said(own, "Erase you?").id;
    world.press(yard.olga, own, question, "erase me").await;
    world.say(own, yard.olga, "The tap leaks").await;
    world.said(own, "which group you are in");
    world
        .say(yard.chat, yard.olga, "/new_issue The tap leaks")
        .await;
    let card = world.card(yard.chat, "0001");
    assert!(card.text.contains("Olga"), "{}", card.text);
    world.pass(TimeDelta::minutes(1)).await;
    world.say(own, yard.olga, "The lamp too").await;
    world.card(yard.chat, "0002");
    world.finish().await;
}

async fn forget_me_in_a_group_erases_whoever_asked_only(world: World) {
    let (yard, _) = yard_and_chat(&world).await;
    world
        .say(yard.chat, yard.olga, "/new_issue The tap leaks")
        .await;
    world
        .say(yard.chat, yard.jaan, "/new_issue The lamp is out")
        .await;
    world.say(yard.chat, yard.olga, "/forget_me").await;
    let question = world.said(yard.chat, "Erase you?").id;
    let toast = world
        .press(yard.jaan, yard.chat, question, "erase me")
        .await;
    assert!(toast.text.contains("for somebody else"), "{}", toast.text);
    world
        .press(yard.olga, yard.chat, question, "erase me")
        .await;
    world.said(yard.chat, "I no longer know you");
    world.say(yard.chat, yard.mari, "/open").await;
    world.say(yard.chat, yard.mari, "/comment 0001 Soon").await;
    world.say(yard.chat, yard.mari, "/comment 0002 Soon").await;
    assert!(!world.card(yard.chat, "0001").text.contains("Olga"));
    assert!(world.card(yard.chat, "0002").text.contains("Jaan"));
    assert!(words(&world, yard.chat).contains("someone"));
    world.finish().await;
}
