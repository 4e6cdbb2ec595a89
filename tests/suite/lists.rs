//! Finding incidents again: lists, single ones, and what happened to them.

use chrono::TimeDelta;

use crate::cast::Yard;
use crate::world::{World, conversations};

conversations! {
    my_and_open_list_what_is_open
    a_long_list_is_paged
    one_is_shown_where_it_is_asked_for
    buttons_of_a_shown_one_change_it_and_the_card
    a_history_is_paged
    unknown_numbers_and_half_commands_are_explained
    in_private_the_home_group_is_meant
    another_companys_incident_is_not_shown
}

async fn my_and_open_list_what_is_open(world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    for (asked, empty) in [
        ("/my", "You have nothing open."),
        ("/open", "Nothing is open."),
    ] {
        let said = world.say(chat, yard.olga, asked).await;
        assert!(world.answer(chat, said).text.contains(empty));
    }
    yard.claimed(&world).await;
    yard.report(&world, "The <tap> in 204 leaks").await;

    let mine = world.say(chat, yard.jaan, "/my").await;
    let mine = world.answer(chat, mine).text;
    assert!(
        mine.contains("Yours: 1 open") && mine.contains("0001"),
        "{mine}"
    );
    let open = world.say(chat, yard.mari, "/open").await;
    let open = world.answer(chat, open).text;
    assert!(
        open.contains("Open: 2") && open.contains("The <tap> in 204 leaks"),
        "{open}"
    );
    let some = world.say(chat, yard.mari, "/open mainTENance").await;
    let some = world.answer(chat, some).text;
    assert!(
        some.contains("Maintenance: 1 open") && !some.contains("0002"),
        "{some}"
    );
    let none = world.say(chat, yard.mari, "/open Kitchen").await;
    assert!(
        world
            .answer(chat, none)
            .text
            .contains("Nothing is open in Kitchen.")
    );
    let unknown = world.say(chat, yard.mari, "/open Casino").await;
    assert!(
        world
            .answer(chat, unknown)
            .text
            .contains("no such department")
    );
    world.finish().await;
}

async fn a_long_list_is_paged(world: World) {
    let yard = Yard::open(&world).await;
    for number in 1..=21 {
        world
            .telegram
            .say(yard.chat, yard.olga, &format!("/new_issue Tap {number}"));
    }
    world.settle().await;
    let said = world.say(yard.chat, yard.mari, "/open").await;
    let list = world.answer(yard.chat, said).id;
    let mut seen = Vec::new();
    for (page, turn) in [
        ("Page 1 of 3", "▶"),
        ("Page 2 of 3", "▶"),
        ("Page 3 of 3", "◀"),
    ] {
        let view = yard.see(&world, list);
        assert!(view.text.contains(page), "{}", view.text);
        let labels = view
            .labels()
            .into_iter()
            .filter(|label| label.starts_with("00"));
        seen.extend(labels.map(str::to_owned));
        world.press(yard.mari, yard.chat, list, turn).await;
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 21);
    world.press(yard.mari, yard.chat, list, "0005").await;
    let shown = world.answer(yard.chat, list);
    assert!(
        shown.text.contains("0005 · needs a department"),
        "{}",
        shown.text
    );
    world.finish().await;
}

async fn one_is_shown_where_it_is_asked_for(world: World) {
    let yard = Yard::open(&world).await;
    let card = yard.claimed(&world).await;
    for asked in ["/incident 0001", "/incident 1", "/incident #0001"] {
        let said = world.say(yard.chat, yard.mari, asked).await;
        let shown = world.answer(yard.chat, said);
        assert!(
            shown.text.contains("Truck 14 is stuck") && !shown.pinned,
            "{}",
            shown.text
        );
    }
    let said = world.reply(yard.chat, yard.mari, card, "/incident").await;
    assert!(
        world
            .answer(yard.chat, said)
            .text
            .contains("Truck 14 is stuck")
    );
    world.finish().await;
}

async fn buttons_of_a_shown_one_change_it_and_the_card(world: World) {
    let yard = Yard::open(&world).await;
    world.enrol(yard.chat, &[yard.mari], "Maintenance").await;
    let card = yard.waiting(&world).await;
    let private = world.telegram.private(yard.mari);
    let said = world.say(private, yard.mari, "/incident 0001").await;
    let shown = world.answer(private, said).id;
    let main = yard.see(&world, card).buttons;

    world.press(yard.mari, private, shown, "Urgency").await;
    assert_eq!(
        yard.see(&world, card).buttons,
        main,
        "others keep their buttons"
    );
    world.press(yard.mari, private, shown, "same day").await;
    let view = world.telegram.message(private, shown).unwrap();
    assert!(view.text.contains("🟠 same day"), "{}", view.text);
    assert!(yard.see(&world, card).text.contains("🟠 same day"));
    let toast = world.press(yard.mari, private, shown, "Claim").await;
    assert_eq!(toast.text, "✋ 0001 is yours");
    let view = world.telegram.message(private, shown).unwrap();
    assert!(view.text.contains("in progress") && view.labels().contains(&"📜 History"));

    world.press(yard.jaan, yard.chat, card, "Join").await;
    world.press(yard.mari, yard.chat, card, "Leave").await;
    let toast = world.press(yard.mari, private, shown, "Resolve").await;
    assert!(
        toast.text.contains("Only those who work on 0001"),
        "{toast:?}"
    );
    let view = world.telegram.message(private, shown).unwrap();
    assert!(
        view.text.contains("🙋 Jaan"),
        "an old copy is drawn anew: {}",
        view.text
    );
    world.finish().await;
}

async fn a_history_is_paged(world: World) {
    let yard = Yard::open(&world).await;
    let card = yard.claimed(&world).await;
    for number in 1..=20 {
        world
            .telegram
            .reply(yard.chat, yard.olga, card, &format!("Remark {number}"));
    }
    world.settle().await;
    let said = world.say(yard.chat, yard.mari, "/history 0001").await;
    let history = world.answer(yard.chat, said);
    for line in [
        "reported · Olga",
        "given to Maintenance · Olga",
        "claimed · Jaan",
        "Remark 1 ",
    ] {
        assert!(history.text.contains(line), "{line}: {}", history.text);
    }
    assert!(history.text.contains("Page 1 of 2") && !history.text.contains("Remark 20"));
    world.press(yard.mari, yard.chat, history.id, "▶").await;
    let second = yard.see(&world, history.id);
    assert!(second.text.contains("Remark 20"), "{}", second.text);
    world.press(yard.mari, yard.chat, history.id, "◀").await;
    assert_eq!(yard.see(&world, history.id).text, history.text);
    world
        .press(yard.mari, yard.chat, history.id, "Show the incident")
        .await;
    assert!(
        world
            .answer(yard.chat, history.id)
            .text
            .contains("Truck 14")
    );
    world.finish().await;
}

async fn unknown_numbers_and_half_commands_are_explained(world: World) {
    let yard = Yard::open(&world).await;
    yard.waiting(&world).await;
    let unknown = "no incident with that number";
    let missing = "Something is missing";
    for (asked, answer) in [
        ("/incident 0042", unknown),
        ("/incident 99999999999999999999", missing),
        ("/incident 0", missing),
        ("/incident -1", missing),
        ("/incident four", missing),
        ("/incident", missing),
        ("/history 0042", unknown),
        ("/history", missing),
        ("/comment 0042 x", unknown),
        ("/reopen 0042 x", unknown),
        ("/cancel 0042 x", unknown),
        ("/assign 0042 @mari", unknown),
        ("/assign", "I do not know that person"),
        ("/duplicate 0042 0001", unknown),
        ("/duplicate", missing),
    ] {
        // A group hears twenty messages a minute: no hurry.
        world.pass(TimeDelta::seconds(10)).await;
        let said = world.say(yard.chat, yard.mari, asked).await;
        let told = world.answer(yard.chat, said).text;
        assert!(told.contains(answer), "{asked}: {told}");
    }
    world.finish().await;
}

async fn in_private_the_home_group_is_meant(world: World) {
    let yard = Yard::open(&world).await;
    yard.claimed(&world).await;
    let private = world.start(yard.olga).await;
    for asked in ["/my", "/open", "/open Maintenance", "/incident 0001"] {
        let said = world.say(private, yard.olga, asked).await;
        let told = world.answer(private, said).text;
        assert!(told.contains("Truck 14 is stuck"), "{asked}: {told}");
    }
    let said = world.say(private, yard.olga, "/history 0001").await;
    assert!(world.answer(private, said).text.contains("claimed · Jaan"));
    let said = world
        .say(private, yard.olga, "/comment 0001 From the sofa")
        .await;
    assert_eq!(world.answer(private, said).text, "💬 Added to 0001");
    assert!(
        world
            .card(yard.chat, "0001")
            .text
            .contains("Olga: From the sofa")
    );
    world.finish().await;
}

async fn another_companys_incident_is_not_shown(world: World) {
    let yard = Yard::open(&world).await;
    let card = yard.claimed(&world).await;
    let history = world.say(yard.chat, yard.mari, "/history 0001").await;
    let show = world.answer(yard.chat, history).id;
    let show = world.data(yard.chat, show, "Show the incident");
    let stranger = world.telegram.person("Stranger").add();
    let elsewhere = world.group("Southgate", &[stranger]).await;
    let said = world.say(elsewhere, stranger, "/incident 0001").await;
    assert!(
        world
            .answer(elsewhere, said)
            .text
            .contains("no incident with that number")
    );

    let private = world.start(stranger).await;
    let said = world.say(private, stranger, "/incident 0001").await;
    assert!(
        world
            .answer(private, said)
            .text
            .contains("no incident with that number")
    );
    let claim = world.data(yard.chat, card, "Join");
    let welcome = world.said(private, "Hello").id;
    for data in [show, claim] {
        let toast = world.press_old(stranger, private, welcome, &data).await;
        assert!(toast.contains("no incident with that number"), "{toast}");
    }
    world.finish().await;
}
