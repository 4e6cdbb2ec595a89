//! The client that production uses understands every answer.

use teloxide::payloads::{
    AnswerCallbackQuerySetters, EditMessageTextSetters, SendMessageSetters, SendPhotoSetters,
};
use teloxide::prelude::{Bot, Requester};
use teloxide::types::{
    CallbackQueryId, ChatId, ChatMemberKind, InlineKeyboardButton, InlineKeyboardMarkup, InputFile,
    MessageId, ParseMode, ReplyParameters, UpdateKind,
};
use teloxide::{ApiError, RequestError};

use super::Bench;
use crate::playground::Fault;

fn bot(bench: &Bench) -> Bot {
    let client = bench.client.clone();
    let url = bench.playground.api_url().parse().unwrap();
    Bot::with_client(bench.playground.token(), client).set_api_url(url)
}

fn keyboard() -> InlineKeyboardMarkup {
    InlineKeyboardMarkup::new([[InlineKeyboardButton::callback("Claim", "claim:1")]])
}

#[tokio::test]
async fn updates_of_every_kind_are_understood() {
    let bench = Bench::set_up().await;
    let world = bench.world();
    let bot = bot(&bench);
    assert_eq!(bot.get_me().await.unwrap().username(), world.bot_username());
    let (yard, mari, jaan) = bench.yard();
    world.promote_bot(yard, mari);
    let chat = ChatId(yard.0);
    let card = bot
        .send_message(chat, "card")
        .reply_markup(keyboard())
        .await
        .unwrap();
    bot.pin_chat_message(chat, card.id).await.unwrap();
    let photo = world.photo(yard, mari, "gate");
    world.reply(yard, jaan, photo, "seen");
    world.say(yard, jaan, "teh gate");
    world.edit(yard, mari, photo, "the gate");
    let card = crate::playground::MessageId(i64::from(card.id.0));
    let press = world.press(yard, jaan, card, "Claim").unwrap();
    world.delete(yard, card);
    world.press_again(press);
    world.block(mari);
    let updates = bot.get_updates().await.unwrap();
    assert_eq!(updates.len(), 11);
    for update in updates {
        assert!(!matches!(update.kind, UpdateKind::Error(_)), "{update:?}");
        if let UpdateKind::CallbackQuery(query) = update.kind {
            bot.answer_callback_query(CallbackQueryId(query.id.to_string()))
                .text("Yours")
                .await
                .unwrap();
        }
    }
    assert_eq!(world.toast(press).await.unwrap().text, "Yours");
}

#[tokio::test]
async fn what_is_sent_arrives_whole() {
    let bench = Bench::set_up().await;
    let (yard, mari, _) = bench.yard();
    let bot = bot(&bench);
    let question = bench.world().say(yard, mari, "/my");
    let chat = ChatId(yard.0);
    let question = MessageId(i32::try_from(question.0).unwrap());
    let sent = bot
        .send_message(chat, "<b>0001</b> <a href=\"tg://user?id=1\">nobody</a>")
        .parse_mode(ParseMode::Html)
        .reply_parameters(ReplyParameters::new(question).allow_sending_without_reply())
        .reply_markup(keyboard())
        .await
        .unwrap();
    assert_eq!(sent.text(), Some("0001 nobody"));
    assert_eq!(
        sent.reply_to_message().map(|message| message.id),
        Some(question)
    );
    // Nobody has met the user with id 1, so that link is gone.
    assert_eq!(sent.entities().map(<[_]>::len), Some(1));
    let edited = bot
        .edit_message_text(chat, sent.id, "done")
        .reply_markup(keyboard())
        .await;
    assert!(edited.unwrap().edit_date().is_some());
    let picture = InputFile::memory(b"\x89PNG\r\n\x1a\n0000IHDR\0\0\x03\x20\0\0\x02\x58".to_vec());
    let photo = bot
        .send_photo(chat, picture)
        .caption("chart")
        .await
        .unwrap();
    let sizes: Vec<(u32, u32)> = photo
        .photo()
        .unwrap()
        .iter()
        .map(|size| (size.width, size.height))
        .collect();
    assert_eq!(sizes, [(90, 67), (320, 240), (800, 600)]);
    let me = bot.get_me().await.unwrap();
    let member = bot.get_chat_member(chat, me.id).await.unwrap();
    assert!(matches!(member.kind, ChatMemberKind::Member(_)));
    let admins = bot.get_chat_administrators(chat).await.unwrap();
    assert_eq!(admins.len(), 1);
    assert_eq!(bot.get_chat(chat).await.unwrap().title(), Some("Yard"));
    assert_eq!(bench.world().violations(), []);
}

#[tokio::test]
async fn refusals_become_the_errors_they_become_with_telegram() {
    let bench = Bench::set_up().await;
    let (yard, mari, jaan) = bench.yard();
    let bot = bot(&bench);
    let chat = ChatId(yard.0);
    bench.world().fail_next(None, 1, Fault::TooManyRequests(5));
    let limited = bot.send_message(chat, "hi").await.unwrap_err();
    assert!(matches!(limited, RequestError::RetryAfter(wait) if wait.seconds() == 5));
    let gone = bot
        .edit_message_text(chat, MessageId(900), "x")
        .await
        .unwrap_err();
    assert!(
        matches!(gone, RequestError::Api(ApiError::MessageToEditNotFound)),
        "{gone}"
    );
    bench.world().say(yard, jaan, "/my");
    let stranger = bot.send_message(ChatId(jaan.0), "hi").await.unwrap_err();
    // As with Telegram: the client has no name for this one.
    assert!(
        matches!(stranger, RequestError::Api(ApiError::Unknown(_))),
        "{stranger}"
    );
    bench.world().kick_bot(yard, mari);
    let kicked = bot.send_message(chat, "hi").await.unwrap_err();
    assert!(
        matches!(kicked, RequestError::Api(ApiError::BotKickedFromSupergroup)),
        "{kicked}"
    );
}
