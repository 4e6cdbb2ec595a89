//! People, as far as the desk knows them.

use serde::{Deserialize, Serialize};

use super::id::PersonId;

/// The languages the desk speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English, also for everybody whose language the desk does not speak.
    #[default]
    English,
    /// Estonian.
    Estonian,
    /// Russian.
    Russian,
}

impl Language {
    /// Every language, in the order in which people choose among them.
    pub const ALL: [Self; 3] = [Self::English, Self::Estonian, Self::Russian];

    /// The IETF tag, as messengers and localisation files write it.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Estonian => "et",
            Self::Russian => "ru",
        }
    }

    /// The language of an IETF tag such as `et` or `ru-RU`, if the desk speaks it.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?;
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(primary))
    }
}

/// A person who has spoken to the desk, or in a group of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// The name they show, as they write it: untrusted text.
    pub name: String,
    /// Their `@username`, without the `@`.
    pub username: Option<String>,
    /// The language of their private chat.
    pub language: Option<Language>,
    /// Whether a private message would reach them: they started the bot and have not blocked it.
    pub reachable: bool,
}

impl Person {
    /// Somebody the desk knows by number only, or who asked to be forgotten.
    #[must_use]
    pub fn unknown(id: PersonId) -> Self {
        Self {
            id,
            name: String::new(),
            username: None,
            language: None,
            reachable: false,
        }
    }
}
