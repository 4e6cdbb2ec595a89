//! The main line: from a message in a group to a closed incident, and the race for it.

use actors::domain::incident::ParticipationRole;
use deskbell::playground::{PersonId, Toast};

use crate::cast::Yard;
use crate::world::{World, conversations};

conversations! {
    from_a_message_to_a_closed_incident
    fifty_race_and_one_wins
    the_winner_who_presses_again_is_told_it_is_theirs
    a_press_on_a_card_that_moved_on_never_acts
    every_press_may_come_twice
    a_nudge_is_claimed_once
    the_reporter_moves_it_before_a_claim
    made_up_buttons_do_nothing
    helpers_join_and_the_last_to_leave_gives_it_back
    who_leaves_hands_it_to_the_eldest_helper
    another_department_starts_anew
    only_the_resolver_says_how_it_was_resolved
    the_urgency_is_rated_by_button
    menus_lead_back
    a_critical_one_wants_a_photo_too
}

/// How many race.
const RACERS: usize = 50;

async fn from_a_message_to_a_closed_incident(world: World) {
    let Yard {
        chat,
        mari,
        jaan,
        olga,
    } = Yard::open(&world).await;
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

async fn fifty_race_and_one_wins(world: World) {
    let racers: Vec<PersonId> = (0..RACERS)
        .map(|number| world.telegram.person(&format!("Racer{number:02}")).add())
        .collect();
    let yard = Yard::with(&world, &racers).await;
    let chat = yard.chat;
    let card = yard.waiting(&world).await;
    let before = world.edits(card);

    let presses: Vec<_> = racers
        .iter()
        .map(|racer| (*racer, world.begin_press(*racer, chat, card, "Claim")))
        .collect();
    let mut winners = Vec::new();
    let mut losers = Vec::new();
    for (racer, press) in presses {
        match world.telegram.toast(press).await.unwrap() {
            toast if toast.text == "✋ 0001 is yours" => winners.push(racer),
            toast => losers.push(toast),
        }
    }
    world.settle().await;

    assert_eq!((winners.len(), losers.len()), (1, RACERS - 1));
    let winner = racers
        .iter()
        .position(|racer| *racer == winners[0])
        .unwrap();
    let taken = format!("0001 is already claimed by Racer{winner:02}, ");
    for Toast { text, alert } in losers {
        assert!(text.starts_with(&taken), "{text}");
        assert!(text.ends_with(" ago. You can Join."), "{text}");
        assert!(!alert, "fifty windows to close");
    }
    assert_eq!(
        world.edits(card) - before,
        1,
        "one race is one edit of the card"
    );
    assert!(
        yard.see(&world, card)
            .text
            .contains(&format!("Racer{winner:02}"))
    );
    let incident = world.incident(chat, 1).await;
    let owners = incident.participations.iter();
    let owners = owners.filter(|part| part.role == ParticipationRole::Owner);
    assert_eq!(owners.count(), 1);
    world.finish().await;
}

async fn the_winner_who_presses_again_is_told_it_is_theirs(world: World) {
    let yard = Yard::open(&world).await;
    let (chat, jaan) = (yard.chat, yard.jaan);
    let card = yard.waiting(&world).await;
    let claim = world.data(chat, card, "Claim");
    let press = world.begin_press(jaan, chat, card, "Claim");
    world.telegram.press_again(press);
    world.telegram.toast(press).await.unwrap();
    world.settle().await;
    let claimed = world.incident(chat, 1).await;

    world.telegram.press_again(press);
    world.settle().await;
    let toast = world.press_old(jaan, chat, card, &claim).await;
    assert_eq!(toast, "0001 is yours already.");
    assert_eq!(world.incident(chat, 1).await, claimed);
    world.finish().await;
}

async fn a_press_on_a_card_that_moved_on_never_acts(world: World) {
    let yard = Yard::open(&world).await;
    let (chat, jaan, mari) = (yard.chat, yard.jaan, yard.mari);
    let card = yard.waiting(&world).await;
    let claim = world.data(chat, card, "Claim");
    world.press(jaan, chat, card, "Claim").await;
    let resolve = world.data(chat, card, "Resolve");
    world.press(jaan, chat, card, "Leave").await;
    world.pass(chrono::TimeDelta::minutes(1)).await;

    let before = world.incident(chat, 1).await;
    let drawn = world.edits(card);
    let toast = world.press_old(mari, chat, card, &claim).await;
    assert!(toast.contains("has moved on"), "{toast}");
    assert_eq!(world.edits(card), drawn + 1, "the card is drawn anew");
    let toast = world.press_old(jaan, chat, card, &resolve).await;
    assert_eq!(toast, "Nobody has claimed 0001 yet. Claim it first.");
    assert_eq!(world.incident(chat, 1).await, before);

    world.press(mari, chat, card, "Claim").await;
    assert!(yard.see(&world, card).text.contains("in progress"));
    world.finish().await;
}

async fn every_press_may_come_twice(world: World) {
    let yard = Yard::open(&world).await;
    world.telegram.duplicate_updates(true);
    world.telegram.duplicate_presses(true);
    yard.resolved(&world).await;
    let incident = world.incident(yard.chat, 1).await;
    assert_eq!(incident.participations.len(), 1);
    assert_eq!(incident.sessions.len(), 1);
    assert_eq!(world.times_said(yard.chat, "how was 0001 resolved"), 1);
    assert_eq!(world.times_said(yard.chat, "Jaan has taken 0001"), 1);
    world.finish().await;
}

async fn a_nudge_is_claimed_once(world: World) {
    let yard = Yard::open(&world).await;
    yard.waiting(&world).await;
    world.pass(chrono::TimeDelta::minutes(10)).await;
    let nudge = world.said(yard.chat, "nobody has claimed 0001").id;
    let toast = world.press(yard.jaan, yard.chat, nudge, "Claim").await;
    assert_eq!(toast.text, "✋ 0001 is yours");
    world.pass(chrono::TimeDelta::minutes(3)).await;
    let toast = world.press(yard.mari, yard.chat, nudge, "Claim").await;
    let told = "0001 is already claimed by Jaan, 3 min ago. You can Join.";
    assert_eq!(toast.text, told);
    world.finish().await;
}

async fn the_reporter_moves_it_before_a_claim(world: World) {
    let yard = Yard::open(&world).await;
    let card = yard.waiting(&world).await;
    let toast = world
        .press(yard.jaan, yard.chat, card, "Change department")
        .await;
    assert!(
        toast.text.contains("Only members of Maintenance"),
        "{toast:?}"
    );
    world
        .press(yard.olga, yard.chat, card, "Change department")
        .await;
    let toast = world.press(yard.olga, yard.chat, card, "Kitchen").await;
    assert_eq!(toast.text, "👥 0001 goes to Kitchen");
    assert!(yard.see(&world, card).text.contains("👥 Kitchen"));
    assert_eq!(world.times_said(yard.chat, "passed 0001 on"), 0);
    world.finish().await;
}

async fn made_up_buttons_do_nothing(world: World) {
    let yard = Yard::open(&world).await;
    let card = yard.waiting(&world).await;
    let claim = world.data(yard.chat, card, "Claim");
    let elsewhere = world.group("Southgate", &[yard.olga]).await;
    let welcome = world.said(elsewhere, "incident desk").id;
    let before = world.incident(yard.chat, 1).await;

    let toast = world.press_old(yard.olga, elsewhere, welcome, &claim).await;
    assert!(toast.contains("no incident with that number"), "{toast}");
    for data in ["", "x", "💥", claim.trim_end_matches('l')] {
        let toast = world.press_old(yard.jaan, yard.chat, card, data).await;
        assert!(
            !toast.is_empty() && !toast.contains("yours"),
            "{data}: {toast}"
        );
    }
    assert_eq!(world.incident(yard.chat, 1).await, before);
    world.finish().await;
}

async fn helpers_join_and_the_last_to_leave_gives_it_back(world: World) {
    let yard = Yard::open(&world).await;
    let (chat, jaan, mari) = (yard.chat, yard.jaan, yard.mari);
    world.enrol(chat, &[jaan, mari], "Maintenance").await;
    let card = yard.claimed(&world).await;

    let toast = world.press(mari, chat, card, "Join").await;
    assert_eq!(toast.text, "🤝 You help with 0001");
    assert!(yard.see(&world, card).text.contains("🤝 Mari"));
    let toast = world.press(mari, chat, card, "Join").await;
    assert_eq!(toast.text, "You help with 0001 already.");
    let toast = world.press(jaan, chat, card, "Join").await;
    assert_eq!(toast.text, "0001 is yours already.");
    let toast = world.press(yard.olga, chat, card, "Leave").await;
    assert!(
        toast.text.contains("Only those who work on 0001"),
        "{toast:?}"
    );

    world.press(mari, chat, card, "Leave").await;
    assert!(!yard.see(&world, card).text.contains("🤝"));
    assert_eq!(world.times_said(chat, "is free again"), 0);
    let toast = world.press(jaan, chat, card, "Leave").await;
    assert_eq!(toast.text, "👋 You have left 0001");
    let call = world.said(chat, "is free again, Jaan let it go");
    assert!(call.text.contains("Maintenance: Mari"), "{}", call.text);
    assert!(yard.see(&world, card).text.contains("waiting for a claim"));
    world.press(mari, chat, card, "Claim").await;
    world.finish().await;
}

async fn who_leaves_hands_it_to_the_eldest_helper(world: World) {
    let yard = Yard::open(&world).await;
    let (chat, jaan, mari) = (yard.chat, yard.jaan, yard.mari);
    let card = yard.claimed(&world).await;
    world.press(mari, chat, card, "Join").await;
    world.press(yard.olga, chat, card, "Join").await;
    world.press(jaan, chat, card, "Leave").await;

    let text = yard.see(&world, card).text;
    assert!(
        text.contains("🙋 Mari") && text.contains("🤝 Olga"),
        "{text}"
    );
    let private = world.telegram.private(mari);
    assert!(
        world
            .said(private, "Jaan has given you 0001")
            .text
            .contains("Truck 14")
    );
    world.finish().await;
}

async fn another_department_starts_anew(world: World) {
    let yard = Yard::open(&world).await;
    let (chat, jaan, mari, olga) = (yard.chat, yard.jaan, yard.mari, yard.olga);
    world.enrol(chat, &[mari], "Kitchen").await;
    let private = world.start(olga).await;
    let card = yard.claimed(&world).await;

    let toast = world.press(olga, chat, card, "Change department").await;
    assert!(
        toast.text.contains("Only members of Maintenance"),
        "{toast:?}"
    );
    world.press(jaan, chat, card, "Change department").await;
    let toast = world.press(jaan, chat, card, "Maintenance").await;
    assert_eq!(toast.text, "Nothing to change, it is so already.");
    let toast = world.press(jaan, chat, card, "Kitchen").await;
    assert_eq!(toast.text, "👥 0001 goes to Kitchen");

    assert!(yard.see(&world, card).text.contains("waiting for a claim"));
    assert!(
        world
            .said(chat, "0001 is waiting")
            .text
            .contains("Kitchen: Mari")
    );
    world.said(private, "Jaan passed 0001 on to Kitchen");
    let incident = world.incident(chat, 1).await;
    assert!(
        incident
            .participations
            .iter()
            .all(|part| part.ended_at.is_some())
    );
    assert_eq!(incident.sessions.len(), 2);
    world.press(mari, chat, card, "Claim").await;
    assert!(yard.see(&world, card).text.contains("Kitchen · 🙋 Mari"));
    world.finish().await;
}

async fn only_the_resolver_says_how_it_was_resolved(world: World) {
    let yard = Yard::open(&world).await;
    let (chat, jaan, mari) = (yard.chat, yard.jaan, yard.mari);
    let card = yard.claimed(&world).await;
    world.press(mari, chat, card, "Join").await;
    let toast = world.press(yard.olga, chat, card, "Resolve").await;
    assert!(
        toast.text.contains("Only those who work on 0001"),
        "{toast:?}"
    );
    let toast = world.press(jaan, chat, card, "Resolve").await;
    assert!(
        toast.text.contains("say how 0001 was resolved"),
        "{toast:?}"
    );
    let prompt = world.said(chat, "Jaan, how was 0001 resolved?").id;

    let other = world.reply(chat, mari, prompt, "I did it").await;
    let answer = world.answer(chat, other);
    assert_eq!(answer.text, "Only Jaan can say how 0001 was resolved.");
    assert!(
        yard.see(&world, card)
            .text
            .contains("waiting for the summary")
    );

    world.reply(chat, jaan, prompt, "Oiled the hinge").await;
    assert!(yard.see(&world, card).text.contains("Oiled the hinge"));
    let late = world.reply(chat, jaan, prompt, "And the other one").await;
    assert!(
        world
            .answer(chat, late)
            .text
            .contains("0001: resolved by Jaan")
    );
    world.finish().await;
}

async fn the_urgency_is_rated_by_button(world: World) {
    let yard = Yard::open(&world).await;
    let (chat, mari, jaan) = (yard.chat, yard.mari, yard.jaan);
    let card = yard.waiting(&world).await;
    world.press(mari, chat, card, "Urgency").await;
    let toast = world.press(jaan, chat, card, "same day").await;
    assert!(
        toast.text.contains("Only members of Maintenance"),
        "{toast:?}"
    );
    let toast = world.press(mari, chat, card, "same day").await;
    assert_eq!(toast.text, "🟠 0001 is for today");
    assert!(yard.see(&world, card).text.contains("🟠 same day"));
    world.press(mari, chat, card, "Urgency").await;
    let toast = world.press(mari, chat, card, "✓ 🟠 same day").await;
    assert_eq!(toast.text, "Nothing to change, it is so already.");
    world.finish().await;
}

async fn menus_lead_back(world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    let card = yard.report(&world, "The tap in 204 leaks").await;
    for (who, menu) in [
        (yard.olga, "Choose department"),
        (yard.olga, "Change department"),
        (yard.mari, "Urgency"),
    ] {
        if menu == "Change department" {
            world
                .press(yard.olga, chat, card, "Choose department")
                .await;
            world.press(yard.olga, chat, card, "Maintenance").await;
        }
        let main = yard.see(&world, card);
        world.press(who, chat, card, menu).await;
        let shown = yard.see(&world, card);
        assert_ne!(shown.buttons, main.buttons);
        assert_eq!(shown.text, main.text);
        world.press(who, chat, card, "‹ Back").await;
        assert_eq!(yard.see(&world, card).buttons, main.buttons);
    }
    assert_eq!(world.telegram.pinned(chat).len(), 1);
    world.finish().await;
}

async fn a_critical_one_wants_a_photo_too(world: World) {
    let yard = Yard::open(&world).await;
    let (chat, jaan) = (yard.chat, yard.jaan);
    let card = yard.claimed(&world).await;
    world.press(jaan, chat, card, "Urgency").await;
    world.press(jaan, chat, card, "critical").await;
    world.press(jaan, chat, card, "Resolve").await;
    let prompt = world.said(chat, "how was 0001 resolved").id;
    world.reply(chat, jaan, prompt, "Oiled the hinge").await;
    assert!(
        yard.see(&world, card)
            .text
            .contains("waiting for the summary")
    );
    let prompt = world.said(chat, "with a photo of the result").id;
    world.telegram.reply_photo(chat, jaan, prompt, "");
    world.settle().await;

    let text = yard.see(&world, card).text;
    assert!(
        text.contains("resolved") && text.contains("Oiled the hinge"),
        "{text}"
    );
    assert!(text.contains("📷 1 photo"), "{text}");
    world.finish().await;
}
