//! The command menus and the profile of the bot: what Telegram shows beside the chat.
//!
//! Set at each start, since a new version may have other commands. A courtesy: nothing depends on
//! it, so a failure is logged and that is all.

use actors::domain::Language;
use serde::Serialize;
use teloxide::payloads::{SetMyCommands, SetMyDescription, SetMyShortDescription};
use teloxide::requests::Payload;
use teloxide::types::{BotCommand, BotCommandScope};

use super::client::{CALL_TIMEOUT, Client};
use super::text::{self, CommandScope};

/// Sets menus and profile in every language.
pub async fn set_up(client: &Client) {
    for language in Language::ALL {
        for scope in CommandScope::ALL {
            set(client, &menu(language, scope)).await;
        }
        let mut description = SetMyDescription::new();
        description.description = Some(text::description(language));
        description.language_code = code(language);
        set(client, &description).await;
        let mut short = SetMyShortDescription::new();
        short.short_description = Some(text::short_description(language));
        short.language_code = code(language);
        set(client, &short).await;
    }
}

async fn set<P: Payload + Serialize + Sync>(client: &Client, payload: &P) {
    if let Err(error) = client.order(payload, CALL_TIMEOUT).await {
        tracing::warn!(%error, "a menu or description was not set; the desk works without it");
    }
}

fn menu(language: Language, scope: CommandScope) -> SetMyCommands {
    let commands = text::commands(language, scope)
        .into_iter()
        .map(|entry| BotCommand::new(entry.command, entry.description));
    let mut payload = SetMyCommands::new(commands);
    payload.scope = Some(match scope {
        CommandScope::Private => BotCommandScope::AllPrivateChats,
        CommandScope::Group => BotCommandScope::AllGroupChats,
        CommandScope::GroupAdministrators => BotCommandScope::AllChatAdministrators,
    });
    payload.language_code = code(language);
    payload
}

/// English is also for everybody whose language the desk does not speak: Telegram's default, which
/// has no code.
fn code(language: Language) -> Option<String> {
    (language != Language::default()).then(|| language.tag().to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::telegram::testing::{Reply, StoppedClock, Stub};

    #[tokio::test]
    async fn every_scope_has_a_menu_in_every_language_whatever_fails() {
        let (stub, client) = Stub::start(StoppedClock::new()).await;
        stub.will("setMyCommands", [Reply::fault(429, "Too Many Requests")]);
        set_up(&client).await;
        let calls = stub.calls("setMyCommands");
        let mut set: Vec<(String, Value)> = calls
            .iter()
            .map(|call| {
                assert!(!call["commands"].as_array().unwrap().is_empty());
                let scope = call["scope"]["type"].as_str().unwrap().to_owned();
                (
                    scope,
                    call.get("language_code").cloned().unwrap_or_default(),
                )
            })
            .collect();
        set.sort_by_key(|(scope, language)| format!("{scope} {language}"));
        let mut expected = Vec::new();
        for scope in [
            "all_chat_administrators",
            "all_group_chats",
            "all_private_chats",
        ] {
            for language in [Value::from("et"), Value::from("ru"), Value::Null] {
                expected.push((scope.to_owned(), language));
            }
        }
        assert_eq!(set, expected);
        assert_eq!(stub.calls("setMyDescription").len(), 3);
        assert_eq!(stub.calls("setMyShortDescription").len(), 3);
    }
}
