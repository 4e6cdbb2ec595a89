//! Who the bot is: `getMe`, its menus and its descriptions.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::parameters::Parameters;
use super::{Answer, Refusal, State};
use crate::playground::world::{BOT, MenuCommand, MenuKey};

/// A menu has at most this many commands.
const MOST_COMMANDS: usize = 100;

#[derive(Deserialize)]
struct SentCommand {
    command: String,
    description: String,
}

fn me(state: &State) -> Value {
    let mut user = state.user_json(BOT);
    if let Some(user) = user.as_object_mut() {
        user.insert("can_join_groups".into(), json!(true));
        user.insert(
            "can_read_all_group_messages".into(),
            json!(!state.privacy_mode),
        );
        for never in [
            "supports_inline_queries",
            "can_connect_to_business",
            "has_main_web_app",
        ] {
            user.insert(never.into(), json!(false));
        }
    }
    user
}

/// Menus, name, descriptions; `logOut` and `close` do nothing here.
pub(super) fn configure(state: &mut State, method: &str, parameters: &Parameters) -> Answer {
    match method {
        "getMe" => Ok(me(state)),
        "setMyCommands" => set_menu(state, parameters),
        "getMyCommands" => get_menu(state, parameters),
        "deleteMyCommands" => {
            state.menus.remove(&menu_key(parameters)?);
            Ok(json!(true))
        }
        _ => Ok(describe(state, method, parameters)),
    }
}

fn menu_key(parameters: &Parameters) -> Result<MenuKey, Refusal> {
    let scope: Option<Map<String, Value>> = parameters.nested("scope")?;
    let scope = scope.unwrap_or_else(|| Map::from_iter([("type".to_owned(), json!("default"))]));
    let language = parameters.text("language_code").unwrap_or_default();
    // A map of serde_json is sorted, so equal scopes are equal texts.
    Ok((Value::Object(scope).to_string(), language))
}

fn set_menu(state: &mut State, parameters: &Parameters) -> Answer {
    let sent: Vec<SentCommand> = parameters.nested("commands")?.unwrap_or_default();
    if sent.len() > MOST_COMMANDS {
        return Err(Refusal::bad_request("BOT_COMMANDS_TOO_MUCH"));
    }
    let mut menu = Vec::new();
    for SentCommand {
        command,
        description,
    } in sent
    {
        let command = command.trim_start_matches('/').to_owned();
        let named =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
        if !(1..=32).contains(&command.len()) || !command.chars().all(named) {
            return Err(Refusal::bad_request("BOT_COMMAND_INVALID"));
        }
        if !(1..=256).contains(&description.chars().count()) {
            return Err(Refusal::bad_request("BOT_COMMAND_DESCRIPTION_INVALID"));
        }
        menu.push(MenuCommand {
            command,
            description,
        });
    }
    let key = menu_key(parameters)?;
    state.menus.insert(key, menu);
    Ok(json!(true))
}

fn get_menu(state: &State, parameters: &Parameters) -> Answer {
    let menu = state.menus.get(&menu_key(parameters)?);
    let menu = menu.into_iter().flatten();
    Ok(menu
        .map(|one| json!({"command": one.command, "description": one.description}))
        .collect())
}

fn describe(state: &mut State, method: &str, parameters: &Parameters) -> Value {
    let (field, setting) = match method {
        "setMyName" => ("name", true),
        "getMyName" => ("name", false),
        "setMyDescription" => ("description", true),
        "getMyDescription" => ("description", false),
        "setMyShortDescription" => ("short_description", true),
        "getMyShortDescription" => ("short_description", false),
        _ => return json!(true),
    };
    let language = parameters.text("language_code").unwrap_or_default();
    let key = (field.to_owned(), language);
    if setting {
        state
            .profile
            .insert(key, parameters.text(field).unwrap_or_default());
        return json!(true);
    }
    json!({field: state.profile.get(&key).cloned().unwrap_or_default()})
}
