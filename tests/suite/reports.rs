//! How an incident begins, in the group and in private, and how it is found again.

use chrono::TimeDelta;
use deskbell::playground::{ChatId, Content, MessageId, PersonId, Rights, Standing};

use crate::cast::Yard;
use crate::world::{World, conversations};

conversations! {
    every_alias_reports
    commands_for_other_bots_are_theirs
    a_reply_reports_what_it_answers
    a_photo_with_a_caption_reports_both
    who_wrote_it_may_correct_what_somebody_else_reported
    who_only_corrected_something_is_known_by_name
    without_words_the_bot_asks_for_them
    an_album_is_one_incident
    an_album_that_is_answered_is_one_incident
    the_same_message_never_makes_two
    an_edited_report_amends_the_card
    numbers_have_no_gaps
    whatever_is_written_is_shown_as_written
    a_long_report_is_cut_on_the_card_and_kept_whole
    a_private_report_reaches_the_group
    a_private_album_is_one_incident
    who_has_several_groups_is_asked_for_which
    a_private_album_for_one_of_several_groups_is_asked_about_once
    who_has_no_group_is_told_so
    a_sticker_is_asked_for_words
}

/// Says something in the group and answers with the number on the card that answers it.
async fn reports(world: &World, yard: &Yard, who: PersonId, text: &str) -> String {
    let said = world.say(yard.chat, who, text).await;
    number_of(world, yard.chat, said)
}

/// The number on the card that answers this message.
fn number_of(world: &World, chat: ChatId, said: MessageId) -> String {
    let card = world.answer(chat, said);
    let title = card.text.lines().next().unwrap_or_default();
    let number = title.split_whitespace().nth(1).unwrap_or_default();
    number.to_owned()
}

async fn every_alias_reports(world: World) {
    let yard = Yard::open(&world).await;
    let addressed = format!("/new_issue@{} The fourth", world.telegram.bot_username());
    let commands = [
        "/new_issue The first",
        "/ticket The second",
        "/new\nThe third",
        &addressed,
    ];
    for (command, number) in commands.into_iter().zip(["0001", "0002", "0003", "0004"]) {
        assert_eq!(reports(&world, &yard, yard.olga, command).await, number);
    }
    assert_eq!(world.telegram.pinned(yard.chat).len(), 4);
    assert_eq!(world.incident(yard.chat, 3).await.report.text, "The third");
    world.finish().await;
}

async fn commands_for_other_bots_are_theirs(world: World) {
    let yard = Yard::open(&world).await;
    for text in [
        "/new_issue@other_bot Mine",
        "/weather Tallinn",
        "/etc/hosts is full",
    ] {
        let said = world.say(yard.chat, yard.olga, text).await;
        assert!(world.answers(yard.chat, said).is_empty(), "{text}");
    }
    assert!(world.telegram.pinned(yard.chat).is_empty());
    let typo = format!("/new_isue@{} x", world.telegram.bot_username());
    let said = world.say(yard.chat, yard.olga, &typo).await;
    let answer = world.answer(yard.chat, said).text;
    assert!(answer.contains("I do not know that command"), "{answer}");
    world.finish().await;
}

async fn a_reply_reports_what_it_answers(world: World) {
    let yard = Yard::open(&world).await;
    let (chat, olga) = (yard.chat, yard.olga);
    let said = world.say(chat, olga, "The tap in 204 leaks").await;
    world
        .reply(yard.chat, yard.jaan, said, "/new_issue since noon")
        .await;
    let card = world.answer(yard.chat, said);
    assert!(
        card.text.contains("The tap in 204 leaks\nsince noon"),
        "{}",
        card.text
    );
    let shown = world.telegram.photo(yard.chat, yard.olga, "");
    world.reply(yard.chat, yard.jaan, shown, "/new_issue").await;
    let card = world.answer(yard.chat, shown);
    assert!(card.text.contains("📷 1 photo"), "{}", card.text);
    world.finish().await;
}

async fn a_photo_with_a_caption_reports_both(world: World) {
    let yard = Yard::open(&world).await;
    let said = world
        .telegram
        .photo(yard.chat, yard.olga, "/new_issue It drips here");
    world.settle().await;
    let card = world.answer(yard.chat, said);
    assert!(card.text.contains("It drips here") && card.text.contains("📷 1 photo"));
    world.finish().await;
}

async fn without_words_the_bot_asks_for_them(world: World) {
    let yard = Yard::open(&world).await;
    let asked = world.say(yard.chat, yard.olga, "/new_issue").await;
    let prompt = world.answer(yard.chat, asked);
    assert!(
        prompt.text.contains("Olga, what is wrong, and where?"),
        "{}",
        prompt.text
    );
    let force = prompt.force_reply.clone().unwrap();
    assert!(force.selective && force.placeholder.is_some());
    let said = world
        .reply(yard.chat, yard.olga, prompt.id, "The tap in 204 leaks")
        .await;
    let card = world.answer(yard.chat, said);
    assert!(card.text.contains("The tap in 204 leaks"), "{}", card.text);

    let asked = world.say(yard.chat, yard.olga, "/new_issue").await;
    let prompt = world.answer(yard.chat, asked);
    let said = world
        .telegram
        .reply_photo(yard.chat, yard.olga, prompt.id, "");
    world.settle().await;
    assert_eq!(number_of(&world, yard.chat, said), "0002");
    world.finish().await;
}

async fn an_album_is_one_incident(world: World) {
    let yard = Yard::open(&world).await;
    let photos = world
        .telegram
        .album(yard.chat, yard.olga, "/new_issue All taps leak", 3);
    world.settle().await;
    let card = world.answer(yard.chat, photos[0]);
    assert!(card.text.contains("All taps leak") && card.text.contains("📷 3 photos"));
    assert_eq!(world.telegram.pinned(yard.chat).len(), 1);
    assert!(world.answers(yard.chat, photos[2]).is_empty());
    world.finish().await;
}

async fn an_album_that_is_answered_is_one_incident(world: World) {
    let yard = Yard::open(&world).await;
    let photos = world
        .telegram
        .album(yard.chat, yard.olga, "All taps leak", 3);
    world.settle().await;
    world
        .reply(yard.chat, yard.jaan, photos[0], "/new_issue")
        .await;
    let card = world.answer(yard.chat, photos[0]);
    assert!(card.text.contains("All taps leak") && card.text.contains("📷 3 photos"));
    let again = world
        .reply(yard.chat, yard.jaan, photos[1], "/new_issue")
        .await;
    assert_eq!(
        world.answer(yard.chat, again).text,
        "That message is 0001 already."
    );
    world.finish().await;
}

async fn the_same_message_never_makes_two(world: World) {
    let yard = Yard::open(&world).await;
    let said = world
        .say(yard.chat, yard.olga, "The tap in 204 leaks")
        .await;
    world
        .telegram
        .reply(yard.chat, yard.jaan, said, "/new_issue");
    world.telegram.reply(yard.chat, yard.mari, said, "/ticket");
    world.settle().await;
    let again = world.reply(yard.chat, yard.olga, said, "/new").await;
    assert_eq!(
        world.answer(yard.chat, again).text,
        "That message is 0001 already."
    );
    assert_eq!(
        world.times_said(yard.chat, "That message is 0001 already."),
        2
    );
    assert_eq!(world.telegram.pinned(yard.chat).len(), 1);
    world.finish().await;
}

async fn an_edited_report_amends_the_card(world: World) {
    let yard = Yard::open(&world).await;
    let told = world
        .say(yard.chat, yard.olga, "/new_issue The tap in 204 leaks")
        .await;
    world.telegram.edit(
        yard.chat,
        yard.olga,
        told,
        "/new_issue The tap in 205 leaks",
    );
    world.settle().await;
    let card = world.answer(yard.chat, told);
    assert!(
        card.text.contains("205") && !card.text.contains("204"),
        "{}",
        card.text
    );

    let said = world.say(yard.chat, yard.olga, "The gate squeaks").await;
    world.reply(yard.chat, yard.olga, said, "/new_issue").await;
    world
        .telegram
        .edit(yard.chat, yard.olga, said, "Gate B squeaks");
    world.settle().await;
    assert!(
        world
            .answer(yard.chat, said)
            .text
            .contains("Gate B squeaks")
    );
    let history = world.say(yard.chat, yard.mari, "/history 0002").await;
    assert!(
        world
            .answer(yard.chat, history)
            .text
            .contains("report corrected: Gate B squeaks")
    );
    world.finish().await;
}

async fn who_wrote_it_may_correct_what_somebody_else_reported(world: World) {
    let yard = Yard::open(&world).await;
    let said = world
        .say(yard.chat, yard.olga, "The tap in 204 leaks")
        .await;
    world.reply(yard.chat, yard.mari, said, "/new_issue").await;
    world
        .telegram
        .edit(yard.chat, yard.olga, said, "The tap in 205 leaks");
    world.settle().await;
    let card = world.answer(yard.chat, said);
    assert!(card.text.contains("The tap in 205 leaks") && card.text.contains("👤 Mari"));
    world.finish().await;
}

async fn who_only_corrected_something_is_known_by_name(world: World) {
    let yard = Yard::open(&world).await;
    world
        .telegram
        .set_standing(yard.chat, yard.mari, world.telegram.bot(), Standing::Member);
    world.settle().await;
    let said = world.telegram.say(yard.chat, yard.jaan, "Good morning");
    world.settle().await;
    let administrator = Standing::Administrator(Rights {
        pin: true,
        delete: true,
    });
    world
        .telegram
        .set_standing(yard.chat, yard.mari, world.telegram.bot(), administrator);
    world
        .telegram
        .edit(yard.chat, yard.jaan, said, "Good morning all");
    world.settle().await;
    yard.claimed(&world).await;
    assert!(world.card(yard.chat, "0001").text.contains("🙋 Jaan"));
    world.finish().await;
}

async fn numbers_have_no_gaps(world: World) {
    let yard = Yard::open(&world).await;
    let said = world
        .say(yard.chat, yard.jaan, "The tap in 204 leaks")
        .await;
    for (to, number) in [(said, "0001"), (said, "That"), (said, "That")] {
        let told = world.reply(yard.chat, yard.jaan, to, "/new_issue").await;
        let answer = world.answers(yard.chat, told).pop();
        let answer = answer.unwrap_or_else(|| world.answer(yard.chat, said));
        assert!(answer.text.contains(number), "{}", answer.text);
    }
    world.say(yard.chat, yard.jaan, "/new_issue").await;
    world.telegram.duplicate_updates(true);
    assert_eq!(
        reports(&world, &yard, yard.olga, "/new_issue The second").await,
        "0002"
    );
    world.telegram.duplicate_updates(false);
    assert_eq!(
        reports(&world, &yard, yard.olga, "/new_issue The third").await,
        "0003"
    );
    world.finish().await;
}

async fn whatever_is_written_is_shown_as_written(world: World) {
    let yard = Yard::open(&world).await;
    let texts = [
        "<b>Tap</b> & <script>alert('204')</script> &amp; </blockquote>",
        "الصنبور يسرب في الغرفة ٢٠٤",
        "\u{202e}kael pat\u{202c} 🚰🔥 👩‍🔧👨‍👩‍👧",
        "*tap* _leaks_ [here](http://example.com) `code`",
    ];
    for text in texts {
        let said = world
            .say(yard.chat, yard.olga, &format!("/new_issue {text}"))
            .await;
        let card = world.answer(yard.chat, said);
        // What could turn the rest of the card around goes; a word joiner keeps `/b` from being a
        // command.
        let invisible = ['\u{202e}', '\u{202c}', '\u{2060}'];
        let visible = text.replace(invisible, "");
        let shown = card.text.replace(invisible, "");
        assert!(shown.contains(&visible), "{text}\n{}", card.text);
        let number = number_of(&world, yard.chat, said).parse().unwrap();
        assert_eq!(world.incident(yard.chat, number).await.report.text, text);
    }
    world.finish().await;
}

async fn a_long_report_is_cut_on_the_card_and_kept_whole(world: World) {
    let yard = Yard::open(&world).await;
    for letter in ["a", "<", "👩‍🔧"] {
        let units = letter.encode_utf16().count();
        let text = letter.repeat(4_096 / units);
        let said = world.say(yard.chat, yard.olga, &text).await;
        world.reply(yard.chat, yard.olga, said, "/new_issue").await;
        let card = world.answer(yard.chat, said);
        assert!(card.text.contains('…') && card.text.encode_utf16().count() < 2_000);
        let number = number_of(&world, yard.chat, said).parse().unwrap();
        assert_eq!(world.incident(yard.chat, number).await.report.text, text);
    }
    world.finish().await;
}

async fn a_private_report_reaches_the_group(world: World) {
    let yard = Yard::open(&world).await;
    world.say(yard.chat, yard.olga, "Good morning").await;
    let private = world.start(yard.olga).await;
    let said = world.say(private, yard.olga, "The tap in 204 leaks").await;
    let taken = world.answer(private, said);
    assert_eq!(
        taken.text,
        "✅ Recorded as 0001. I will tell you here what happens.\n👉 Whose is it? Choose a department."
    );
    let card = world.card(yard.chat, "0001");
    assert!(card.text.contains("The tap in 204 leaks") && card.pinned);

    let shown = world.telegram.photo(private, yard.olga, "And here");
    world.settle().await;
    assert!(
        world
            .answer(private, shown)
            .text
            .contains("Recorded as 0002")
    );
    let photo = world.said(yard.chat, "📷 Photos of 0002");
    assert!(matches!(photo.content, Content::Photo { .. }));
    assert!(world.card(yard.chat, "0002").text.contains("📷 1 photo"));
    let command = world.say(private, yard.olga, "/new_issue And there").await;
    assert!(
        world
            .answer(private, command)
            .text
            .contains("Recorded as 0003")
    );
    world.finish().await;
}

async fn a_private_album_is_one_incident(world: World) {
    let yard = Yard::open(&world).await;
    world.say(yard.chat, yard.olga, "Good morning").await;
    let private = world.start(yard.olga).await;
    let photos = world.telegram.album(private, yard.olga, "All taps leak", 3);
    world.settle().await;
    assert!(
        world
            .answer(private, photos[0])
            .text
            .contains("Recorded as 0001")
    );
    assert!(world.card(yard.chat, "0001").text.contains("📷 3 photos"));
    assert_eq!(world.telegram.pinned(yard.chat).len(), 1);
    world.finish().await;
}

/// Olga speaks in the yard and in a second group; answers with that and her private chat.
async fn two_groups(world: &World, yard: &Yard) -> (ChatId, ChatId) {
    let other = world.group("Southgate Yard", &[yard.mari, yard.olga]).await;
    for chat in [yard.chat, other] {
        world.say(chat, yard.olga, "Good morning").await;
    }
    (other, world.start(yard.olga).await)
}

async fn who_has_several_groups_is_asked_for_which(world: World) {
    let yard = Yard::open(&world).await;
    let (other, private) = two_groups(&world, &yard).await;
    let said = world
        .telegram
        .photo(private, yard.olga, "The tap in 204 leaks");
    world.settle().await;
    let asked = world.answer(private, said);
    assert!(
        asked.text.contains("For which group is this?"),
        "{}",
        asked.text
    );
    world
        .press(yard.olga, private, asked.id, "Southgate Yard")
        .await;
    assert!(
        world
            .card(other, "0001")
            .text
            .contains("The tap in 204 leaks")
    );
    world.said(other, "📷 Photos of 0001");
    assert!(
        world
            .said(private, "Recorded as 0001")
            .text
            .contains("I will tell you")
    );
    assert!(world.telegram.pinned(yard.chat).is_empty());

    world
        .press(yard.olga, private, asked.id, "Northgate Yard")
        .await;
    assert!(
        world.telegram.pinned(yard.chat).is_empty(),
        "one message is one incident"
    );
    world.finish().await;
}

async fn a_private_album_for_one_of_several_groups_is_asked_about_once(world: World) {
    let yard = Yard::open(&world).await;
    let (other, private) = two_groups(&world, &yard).await;
    world.telegram.album(private, yard.olga, "All taps leak", 3);
    world.settle().await;
    assert_eq!(world.times_said(private, "For which group is this?"), 1);
    let asked = world.said(private, "For which group is this?").id;
    world
        .press(yard.olga, private, asked, "Southgate Yard")
        .await;
    assert!(world.card(other, "0001").text.contains("📷 3 photos"));
    world.finish().await;
}

async fn who_has_no_group_is_told_so(world: World) {
    let stranger = world.telegram.person("Stranger").add();
    let private = world.start(stranger).await;
    for text in [
        "The tap leaks",
        "/new_issue The tap leaks",
        "/my",
        "/open",
        "/incident 0001",
    ] {
        let said = world.say(private, stranger, text).await;
        let answer = world.answer(private, said);
        assert!(
            answer
                .text
                .contains("I do not know yet which group you are in"),
            "{text}: {}",
            answer.text
        );
    }
    world.finish().await;
}

async fn a_sticker_is_asked_for_words(world: World) {
    let yard = Yard::open(&world).await;
    world.say(yard.chat, yard.olga, "Good morning").await;
    let private = world.start(yard.olga).await;
    world.telegram.deliver_raw(serde_json::json!({ "message": {
        "message_id": 900, "date": world.telegram.now().timestamp(),
        "chat": { "id": private.0, "type": "private", "first_name": "Olga" },
        "from": { "id": yard.olga.0, "is_bot": false, "first_name": "Olga" },
        "sticker": { "file_id": "s", "file_unique_id": "u", "type": "regular", "width": 512,
            "height": 512, "is_animated": false, "is_video": false },
    }}));
    world.settle().await;
    world.pass(TimeDelta::seconds(1)).await;
    let answer = world.telegram.last_from_bot(private).unwrap();
    assert!(
        answer.text.contains("what is wrong, and where?"),
        "{}",
        answer.text
    );
    world.finish().await;
}
