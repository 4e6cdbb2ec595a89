//! `getChat*`, `leaveChat` and `setMessageReaction`.

use serde_json::{Value, json};

use super::parameters::Parameters;
use super::{Answer, Refusal, State, chat_of};
use crate::playground::world::{ChatKind, PersonId};

/// Questions about a chat, and leaving it.
pub(super) fn ask(state: &mut State, method: &str, parameters: &Parameters) -> Answer {
    let chat = chat_of(parameters)?;
    match method {
        "leaveChat" => state.bot_leaves(chat).map(|()| json!(true)),
        "getChatMember" => member(state, parameters),
        "getChatAdministrators" => administrators(state, parameters),
        "getChatMemberCount" => {
            let place = state.bot_inside(chat)?;
            let present = place
                .members
                .values()
                .filter(|standing| standing.is_present());
            Ok(json!(present.count()))
        }
        _ => {
            state.bot_chat(chat)?;
            let place = state.chats.get(&chat);
            place
                .map(|place| state.full_chat_json(place))
                .ok_or_else(|| Refusal::bad_request("chat not found"))
        }
    }
}

fn member(state: &mut State, parameters: &Parameters) -> Answer {
    let chat = chat_of(parameters)?;
    let place = state.bot_inside(chat)?;
    let person = parameters.integer("user_id").map(PersonId);
    let person = person.ok_or_else(|| Refusal::bad_request("invalid user_id specified"))?;
    let standing = place.standing(person);
    let known = state.people.get(&person).is_some_and(|person| person.met);
    if !known && !standing.is_present() {
        return Err(Refusal::bad_request("member not found"));
    }
    Ok(state.member_json(person, standing))
}

fn administrators(state: &mut State, parameters: &Parameters) -> Answer {
    let chat = chat_of(parameters)?;
    let place = state.bot_inside(chat)?;
    if place.kind == ChatKind::Private {
        return Err(Refusal::bad_request(
            "there are no administrators in the private chat",
        ));
    }
    let with_bots = parameters.flag("return_bots");
    let admins: Vec<_> = place
        .members
        .iter()
        .filter(|(_, standing)| standing.is_admin())
        .map(|(person, standing)| (*person, *standing))
        .collect();
    let wanted = admins.into_iter().filter(|(person, _)| {
        with_bots
            || *person == crate::playground::world::BOT
            || state
                .people
                .get(person)
                .is_some_and(|person| !person.is_bot)
    });
    Ok(Value::Array(
        wanted
            .map(|(person, standing)| state.member_json(person, standing))
            .collect(),
    ))
}

/// A reaction is taken and not drawn.
pub(super) fn react(state: &mut State, parameters: &Parameters) -> Answer {
    let chat = chat_of(parameters)?;
    let place = state.bot_inside(chat)?;
    let known = parameters
        .message("message_id")
        .is_some_and(|id| place.messages.contains_key(&id));
    if !known {
        return Err(Refusal::bad_request("message to react not found"));
    }
    Ok(json!(true))
}
