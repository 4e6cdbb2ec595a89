//! The command menu and the bot's profile: what Telegram shows beside the chat.

use actors::domain::Language;

use super::wording::say;

/// For whom a command menu is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CommandScope {
    /// Private chats.
    Private,
    /// Everybody in groups.
    Group,
    /// Those who administer a group.
    GroupAdministrators,
}

impl CommandScope {
    /// Every scope.
    pub const ALL: [Self; 3] = [Self::Private, Self::Group, Self::GroupAdministrators];
}

/// A command and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuEntry {
    /// The command without its slash.
    pub command: &'static str,
    /// What it does, in a few words.
    pub description: String,
}

const PRIVATE: &[&str] = &[
    "my",
    "open",
    "incident",
    "history",
    "comment",
    "duty",
    "home",
    "dashboard",
    "mute",
    "language",
    "join",
    "leave_department",
    "register_driver",
    "help",
    "privacy",
    "forget_me",
];

const GROUP: &[&str] = &[
    "new_issue",
    "my",
    "open",
    "incident",
    "history",
    "comment",
    "reopen",
    "cancel",
    "duplicate",
    "duty",
    "mute",
    "join",
    "leave_department",
    "register_driver",
    "help",
    "privacy",
];

const ADMINISTRATORS: &[&str] = &[
    "assign",
    "departments",
    "managers",
    "qr",
    "recurring",
    "report",
    "settings",
];

/// The command menu of a scope. Administrators see everybody's commands and their own.
#[must_use]
pub fn commands(language: Language, scope: CommandScope) -> Vec<MenuEntry> {
    let (first, second) = match scope {
        CommandScope::Private => (PRIVATE, &[][..]),
        CommandScope::Group => (GROUP, &[][..]),
        CommandScope::GroupAdministrators => (GROUP, ADMINISTRATORS),
    };
    first
        .iter()
        .chain(second)
        .map(|command| MenuEntry {
            command,
            description: description_of(language, command),
        })
        .collect()
}

fn description_of(language: Language, command: &str) -> String {
    let id = format!("command-{}", command.replace('_', "-"));
    say(language, &id, &[]).into_string()
}

/// What an empty private chat shows.
#[must_use]
pub fn description(language: Language) -> String {
    say(language, "bot-description", &[]).into_string()
}

/// What the button that claims an incident is labelled with.
#[must_use]
pub fn claim_label(language: Language) -> String {
    say(language, "button-claim", &[]).into_string()
}

/// What the bot's profile shows, and what is sent along when it is shared.
#[must_use]
pub fn short_description(language: Language) -> String {
    say(language, "bot-short-description", &[]).into_string()
}
