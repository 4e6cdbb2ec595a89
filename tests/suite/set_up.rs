//! A new group: nothing needs to be set up, and everything can be, by buttons.

use actors::domain::Language;
use chrono::TimeDelta;
use chrono_tz::Tz;

use crate::world::{World, conversations};
use crate::yard::{Yard, config, count, people, words};

conversations! {
    a_new_group_gets_one_message_with_buttons
    the_desk_works_before_any_button_is_pressed
    a_group_chooses_its_language_and_hears_it_from_then_on
    a_russian_who_adds_the_bot_is_greeted_in_russian
    the_time_zone_is_chosen_by_button
    the_time_zone_is_chosen_by_name_and_nonsense_is_refused
    default_departments_are_switched_off_and_on
    done_ends_the_set_up
    a_member_is_refused_and_an_administrator_is_not
    settings_are_shown_to_all_and_their_buttons_to_those_in_charge
    an_anonymous_administrator_sees_settings_and_presses_as_themselves
    a_shorter_reminder_holds_for_what_is_reported_next
    an_old_question_gives_no_rights_to_who_was_dismissed
    a_group_that_the_desk_never_saw_is_founded_by_its_first_command
    a_group_is_renamed
}

async fn a_new_group_gets_one_message_with_buttons(world: World) {
    let yard = Yard::new(&world).await;
    let set_up = yard.set_up(&world);
    let spoken = world.telegram.messages(yard.chat);
    assert_eq!(spoken.iter().filter(|message| message.from_bot).count(), 1);
    let labels = set_up.labels();
    assert_eq!(
        labels,
        ["🌐 Language", "🕒 Time zone", "👥 Departments", "Done"]
    );
    assert!(set_up.text.contains("Manager: Mari"), "{}", set_up.text);
    assert!(set_up.text.contains("Maintenance"), "{}", set_up.text);
    assert_eq!(yard.config(&world).await.managers.len(), 1);
    world.finish().await;
}

async fn the_desk_works_before_any_button_is_pressed(world: World) {
    let yard = Yard::new(&world).await;
    let card = yard
        .incident(&world, "The tap in 204 leaks", "0001", "Kitchen")
        .await;
    let toast = world.press(yard.olga, yard.chat, card.id, "Claim").await;
    assert_eq!(toast.text, "✋ 0001 is yours");
    world.finish().await;
}

async fn a_group_chooses_its_language_and_hears_it_from_then_on(world: World) {
    let yard = Yard::new(&world).await;
    let set_up = yard.set_up(&world).id;
    world.press(yard.mari, yard.chat, set_up, "Language").await;
    for (language, page, toast, help) in [
        (
            "Eesti",
            "Mis keeles ma siin räägin?",
            "Seda saab teha ainult",
            "Kuidas käib",
        ),
        (
            "Русский",
            "На каком языке мне здесь говорить?",
            "Это может только",
            "Как это работает",
        ),
    ] {
        world.press(yard.mari, yard.chat, set_up, language).await;
        let shown = world.telegram.message(yard.chat, set_up).unwrap();
        assert!(shown.text.contains(page), "{}", shown.text);
        let refused = world.press(yard.olga, yard.chat, set_up, "English").await;
        assert!(refused.text.contains(toast), "{}", refused.text);
        world.say(yard.chat, yard.olga, "/help").await;
        world.said(yard.chat, help);
    }
    assert_eq!(
        yard.config(&world).await.settings.language,
        Language::Russian
    );
    world.finish().await;
}

async fn a_russian_who_adds_the_bot_is_greeted_in_russian(world: World) {
    let ivan = world.telegram.person("Иван").language("ru").add();
    let chat = world.group("Двор", &[ivan]).await;
    world.said(chat, "я стол заявок этой группы");
    let departments = config(&world, chat).await.departments;
    assert_eq!(departments[3].name, "Кухня");
    world.finish().await;
}

async fn the_time_zone_is_chosen_by_button(world: World) {
    let yard = Yard::new(&world).await;
    let set_up = yard.set_up(&world).id;
    world.press(yard.mari, yard.chat, set_up, "Time zone").await;
    let toast = world.press(yard.mari, yard.chat, set_up, "Tallinn").await;
    assert_eq!(toast.text, "✓ Saved");
    let page = world.telegram.message(yard.chat, set_up).unwrap();
    assert!(
        page.text.contains("Time zone: Europe/Tallinn"),
        "{}",
        page.text
    );
    assert!(page.labels().contains(&"✓ Europe/Tallinn"));
    world.press(yard.mari, yard.chat, set_up, "Back").await;
    assert!(yard.set_up(&world).text.contains("Europe/Tallinn"));
    world.finish().await;
}

async fn the_time_zone_is_chosen_by_name_and_nonsense_is_refused(world: World) {
    let yard = Yard::new(&world).await;
    let page = yard.page(&world, "/settings", "Time zone").await;
    let asked = world.press(yard.mari, yard.chat, page, "Other…").await;
    assert!(asked.text.contains("Answer my question"), "{}", asked.text);
    let prompt = world.said(yard.chat, "which time zone?");
    assert!(prompt.force_reply.is_some());
    for nonsense in ["Mars/Olympus", "🕒", "../etc/passwd"] {
        world.reply(yard.chat, yard.mari, prompt.id, nonsense).await;
        let refusal = world.telegram.last_from_bot(yard.chat).unwrap();
        assert!(
            refusal.text.contains("This name does not work"),
            "{}",
            refusal.text
        );
    }
    assert_eq!(yard.config(&world).await.settings.time_zone, Tz::UTC);
    world
        .reply(yard.chat, yard.mari, prompt.id, " america/sao paulo ")
        .await;
    world.said(yard.chat, "Time zone: America/Sao_Paulo");
    let known = yard.config(&world).await.settings.time_zone;
    assert_eq!(known, Tz::America__Sao_Paulo);
    world.finish().await;
}

async fn default_departments_are_switched_off_and_on(world: World) {
    let yard = Yard::new(&world).await;
    let page = yard.page(&world, "/departments", "Default ones").await;
    let shown = || world.telegram.message(yard.chat, page).unwrap();
    assert!(shown().labels().contains(&"✓ Kitchen"));
    world.press(yard.mari, yard.chat, page, "Kitchen").await;
    assert!(shown().labels().contains(&"Kitchen"));
    assert_eq!(yard.config(&world).await.departments.len(), 4);
    world.press(yard.mari, yard.chat, page, "Kitchen").await;
    assert!(shown().labels().contains(&"✓ Kitchen"));
    assert_eq!(yard.config(&world).await.departments.len(), 5);
    world.finish().await;
}

async fn done_ends_the_set_up(world: World) {
    let yard = Yard::new(&world).await;
    let set_up = yard.set_up(&world).id;
    world.press(yard.mari, yard.chat, set_up, "Done").await;
    let done = world.telegram.message(yard.chat, set_up).unwrap();
    assert!(
        done.text.contains("/settings changes it at any time"),
        "{}",
        done.text
    );
    assert_eq!(done.labels(), ["⚙️ Settings"]);
    world.press(yard.mari, yard.chat, set_up, "Settings").await;
    world.press(yard.mari, yard.chat, set_up, "Clocks").await;
    world.press(yard.mari, yard.chat, set_up, "Back").await;
    let back = world.telegram.message(yard.chat, set_up).unwrap();
    assert!(
        back.text.contains("Settings · Northgate Yard"),
        "{}",
        back.text
    );
    world.finish().await;
}

async fn a_member_is_refused_and_an_administrator_is_not(world: World) {
    let (mari, jaan, olga) = people(&world);
    // Jaan owns the group in Telegram; Mari, who added the bot, is its manager.
    let chat = world.telegram.group("Northgate Yard", &[jaan, mari, olga]);
    world.telegram.add_bot(chat, mari);
    world.settle().await;
    let set_up = world.said(chat, "incident desk of this group").id;
    let refused = world.press(olga, chat, set_up, "Language").await;
    assert!(refused.text.contains("Only a manager"), "{}", refused.text);
    assert!(refused.alert);
    let before = world.telegram.message(chat, set_up).unwrap();
    world.press(jaan, chat, set_up, "Done").await;
    let after = world.telegram.message(chat, set_up).unwrap();
    assert_ne!(before.text, after.text);
    world.finish().await;
}

async fn settings_are_shown_to_all_and_their_buttons_to_those_in_charge(world: World) {
    let (mari, jaan, olga) = people(&world);
    let chat = world.telegram.group("Northgate Yard", &[jaan, mari, olga]);
    world.telegram.add_bot(chat, mari);
    world.settle().await;
    for (command, title) in [
        ("/settings", "Settings · Northgate Yard"),
        ("/departments", "Departments"),
        ("/managers", "Managers and dispatchers"),
    ] {
        for (person, in_charge) in [(mari, true), (jaan, true), (olga, false)] {
            let asked = world.say(chat, person, command).await;
            let answer = world.telegram.last_from_bot(chat).unwrap();
            assert_eq!(answer.reply_to, Some(asked), "{command}");
            assert!(answer.text.contains(title), "{}", answer.text);
            assert_eq!(answer.buttons.is_empty(), !in_charge, "{command}");
        }
    }
    world.finish().await;
}

async fn an_anonymous_administrator_sees_settings_and_presses_as_themselves(world: World) {
    let yard = Yard::new(&world).await;
    world
        .telegram
        .say_anonymously(yard.chat, yard.mari, "/settings");
    world.settle().await;
    let page = world.said(yard.chat, "Settings · Northgate Yard").id;
    let refused = world.press(yard.olga, yard.chat, page, "Clocks").await;
    assert!(refused.text.contains("Only a manager"), "{}", refused.text);
    world.press(yard.mari, yard.chat, page, "Clocks").await;
    let clocks = world.telegram.message(yard.chat, page).unwrap();
    assert!(clocks.text.contains("Clocks"), "{}", clocks.text);
    world.finish().await;
}

async fn a_shorter_reminder_holds_for_what_is_reported_next(world: World) {
    let yard = Yard::new(&world).await;
    let page = yard.page(&world, "/settings", "Clocks").await;
    world.press(yard.mari, yard.chat, page, "🔔 5 min").await;
    let shown = world.telegram.message(yard.chat, page).unwrap();
    assert!(shown.labels().contains(&"✓ 🔔 5 min"), "{shown:#?}");
    yard.incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    world.pass(TimeDelta::minutes(5)).await;
    world.said(yard.chat, "nobody has claimed 0001");
    world.finish().await;
}

async fn an_old_question_gives_no_rights_to_who_was_dismissed(world: World) {
    let yard = Yard::new(&world).await;
    yard.page(&world, "/managers", "+ Manager").await;
    let prompt = world.said(yard.chat, "who shall be a manager?").id;
    world.say(yard.chat, yard.jaan, "hello").await;
    world.reply(yard.chat, yard.mari, prompt, "@jaan").await;
    let page = yard.page(&world, "/managers", "+ Dispatcher").await;
    let old = world.said(yard.chat, "who shall be a dispatcher?").id;
    world.press(yard.jaan, yard.chat, page, "✕ Mari").await;
    let config = yard.config(&world).await;
    assert_eq!(config.managers, [actors::domain::PersonId(yard.jaan.0)]);
    world.pass(TimeDelta::minutes(11)).await;
    // Mari owns the chat in Telegram, so the desk must not take her word by habit alone.
    world.reply(yard.chat, yard.mari, old, "@mari").await;
    let answer = world.telegram.last_from_bot(yard.chat).unwrap();
    assert!(answer.text.contains("Only a manager"), "{}", answer.text);
    assert!(yard.config(&world).await.dispatchers.is_empty());
    world.finish().await;
}

async fn a_group_that_the_desk_never_saw_is_founded_by_its_first_command(mut world: World) {
    let (mari, jaan, olga) = people(&world);
    let chat = world.telegram.group("Old Yard", &[mari, jaan, olga]);
    world.telegram.add_bot(chat, mari);
    world.settle().await;
    world.begin_anew().await;
    world.say(chat, olga, "/new_issue The lamp is broken").await;
    world.card(chat, "0001");
    assert_eq!(count(&world, chat, "incident desk of this group"), 2);
    assert!(config(&world, chat).await.managers.is_empty());
    world.say(chat, mari, "/managers").await;
    let page = world.said(chat, "Managers and dispatchers");
    assert!(page.labels().contains(&"+ Manager"));
    world.finish().await;
}

async fn a_group_is_renamed(world: World) {
    let yard = Yard::new(&world).await;
    let mari = serde_json::json!({"id": yard.mari.0, "is_bot": false, "first_name": "Mari"});
    world.telegram.deliver_raw(serde_json::json!({"message": {
        "message_id": 900, "date": 1_799_668_800, "from": mari,
        "chat": {"id": yard.chat.0, "type": "supergroup", "title": "Southgate Yard"},
        "new_chat_title": "Southgate Yard"}}));
    world.settle().await;
    world.say(yard.chat, yard.mari, "/settings").await;
    assert!(words(&world, yard.chat).contains("Settings · Southgate Yard"));
    world.finish().await;
}
