//! Which command menu a person sees in a chat.

use serde_json::json;

use super::super::world::{ChatId, ChatKind, MenuCommand, PersonId, State};

impl State {
    /// The narrowest menu there is, in the person's language before no language, as Telegram
    /// chooses.
    pub(super) fn menu(&self, person: PersonId, chat: ChatId) -> &[MenuCommand] {
        let language = self
            .people
            .get(&person)
            .and_then(|one| one.language_code.as_deref());
        for scope in self.menu_scopes(person, chat) {
            for language in language.into_iter().chain([""]) {
                let key = (scope.clone(), language.to_owned());
                if let Some(menu) = self.menus.get(&key).filter(|menu| !menu.is_empty()) {
                    return menu;
                }
            }
        }
        &[]
    }

    /// From the narrowest to the widest, written as they are kept.
    fn menu_scopes(&self, person: PersonId, chat: ChatId) -> Vec<String> {
        let here = self.chats.get(&chat);
        let private = here.is_some_and(|chat| chat.kind == ChatKind::Private);
        let admin = here.is_some_and(|chat| chat.standing(person).is_admin());
        let mut scopes = Vec::new();
        if private {
            scopes.push(json!({"type": "chat", "chat_id": chat.0}));
            scopes.push(json!({"type": "all_private_chats"}));
        } else {
            scopes.push(json!({"type": "chat_member", "chat_id": chat.0, "user_id": person.0}));
            if admin {
                scopes.push(json!({"type": "chat_administrators", "chat_id": chat.0}));
            }
            scopes.push(json!({"type": "chat", "chat_id": chat.0}));
            if admin {
                scopes.push(json!({"type": "all_chat_administrators"}));
            }
            scopes.push(json!({"type": "all_group_chats"}));
        }
        scopes.push(json!({"type": "default"}));
        scopes.iter().map(ToString::to_string).collect()
    }
}
