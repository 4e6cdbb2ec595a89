//! Commands, from how they are typed to what they ask for.

use actors::domain::IncidentNumber;
use actors::domain::kpi::Span;
use actors::inbound::Ask;

/// What a text turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Typed<'a> {
    /// No command.
    Words,
    /// A command of the desk.
    Command {
        ask: Ask,
        /// What follows it.
        rest: &'a str,
    },
    /// A command that the desk does not have.
    Unknown {
        /// Whether it names the bot as the one it is for.
        addressed: bool,
        /// What follows it.
        rest: &'a str,
    },
    /// A command that names another bot.
    ForAnotherBot,
}

/// Reads a text of a chat in which the bot goes by that username.
pub(super) fn read<'a>(text: &'a str, bot_username: &str) -> Typed<'a> {
    let Some(line) = text.trim_start().strip_prefix('/') else {
        return Typed::Words;
    };
    let (token, rest) = first_word(line);
    let (name, bot) = match token.split_once('@') {
        Some((name, bot)) => (name, Some(bot)),
        None => (token, None),
    };
    // `/etc/hosts` and `/ 5` begin with a stroke and are words all the same.
    if name.is_empty() || !name.chars().all(is_of_a_command) {
        return Typed::Words;
    }
    if bot.is_some_and(|bot| !bot.eq_ignore_ascii_case(bot_username)) {
        return Typed::ForAnotherBot;
    }
    match ask(&name.to_ascii_lowercase(), rest) {
        Some(ask) => Typed::Command { ask, rest },
        None => Typed::Unknown {
            addressed: bot.is_some(),
            rest,
        },
    }
}

fn is_of_a_command(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

fn ask(name: &str, rest: &str) -> Option<Ask> {
    let (number, words) = leading_number(rest);
    Some(match name {
        "new_issue" | "ticket" | "new" => Ask::NewIncident,
        "my" => Ask::My,
        "open" => Ask::Open {
            department: (!rest.is_empty()).then(|| rest.to_owned()),
        },
        "incident" => Ask::Incident { number },
        "history" => Ask::History { number },
        "comment" => Ask::Comment {
            number,
            text: words.to_owned(),
        },
        "assign" => Ask::Assign {
            number,
            username: username(words),
        },
        "reopen" => Ask::Reopen {
            number,
            comment: words.to_owned(),
        },
        "cancel" => Ask::Cancel {
            number,
            reason: words.to_owned(),
        },
        "duplicate" => Ask::Duplicate {
            number,
            of: leading_number(words).0,
        },
        "departments" => Ask::Departments,
        "settings" => Ask::Settings,
        "managers" => Ask::Managers,
        "report" => Ask::Report { span: span(rest) },
        "dashboard" => Ask::Dashboard,
        "home" => Ask::Home,
        "qr" => Ask::Qr,
        "recurring" => Ask::Recurring,
        "register" | "register_driver" => Ask::Register,
        "join" => Ask::Join,
        "leave_department" => Ask::LeaveDepartment,
        "duty" => Ask::Duty,
        "mute" => Ask::Mute,
        "language" => Ask::Language,
        "start" => Ask::Start,
        "help" => Ask::Help,
        "privacy" => Ask::Privacy,
        "forget_me" => Ask::ForgetMe,
        _ => return None,
    })
}

/// How far a report looks back; a week where nothing is said.
fn span(words: &str) -> Option<Span> {
    match words.to_ascii_lowercase().as_str() {
        "day" => Some(Span::Day),
        "" | "week" => Some(Span::Week),
        "month" => Some(Span::Month),
        _ => None,
    }
}

/// The number of an incident at the beginning, and what follows it; without one, all of it.
fn leading_number(words: &str) -> (Option<IncidentNumber>, &str) {
    let (token, rest) = first_word(words);
    match incident_number(token) {
        Some(number) => (Some(number), rest),
        None => (None, words),
    }
}

/// `42`, `0042` or `#0042`. Only the digits that cards show: a number that merely looks the same
/// in another script is more likely a mistake than a number.
fn incident_number(token: &str) -> Option<IncidentNumber> {
    let digits = token.strip_prefix('#').unwrap_or(token);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // Too many digits for a number are no number: parsing says so.
    let number = digits.parse().ok()?;
    (number > 0).then_some(IncidentNumber(number))
}

fn username(words: &str) -> Option<String> {
    let name = first_word(words).0.strip_prefix('@')?;
    (!name.is_empty() && name.chars().all(is_of_a_command)).then(|| name.to_owned())
}

/// What stands before the first white space, and what follows it.
fn first_word(text: &str) -> (&str, &str) {
    match text.split_once(char::is_whitespace) {
        Some((word, rest)) => (word, rest.trim()),
        None => (text, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Option<Ask> {
        match read(text, "desk_bot") {
            Typed::Command { ask, .. } => Some(ask),
            _ => None,
        }
    }

    #[test]
    fn aliases_and_case_ask_for_the_same() {
        for text in [
            "/new_issue tap leaks",
            "/ticket",
            "/new",
            "/NEW_ISSUE x",
            "  /new@Desk_Bot x",
        ] {
            assert_eq!(asked(text), Some(Ask::NewIncident), "{text}");
        }
        for text in ["/register", "/register_driver"] {
            assert_eq!(asked(text), Some(Ask::Register), "{text}");
        }
    }

    #[test]
    fn what_follows_a_command_may_span_lines() {
        let Typed::Command { rest, .. } = read("/new_issue\nTap leaks\nroom 7 ", "desk_bot") else {
            panic!("not read as a command");
        };
        assert_eq!(rest, "Tap leaks\nroom 7");
    }

    #[test]
    fn numbers_are_read_as_cards_write_them() {
        for text in ["42", "0042", "#0042", " #42 "] {
            assert_eq!(
                asked(&format!("/incident {text}")),
                Some(Ask::Incident {
                    number: Some(IncidentNumber(42))
                }),
                "{text}"
            );
        }
        for text in [
            "",
            "#",
            "+42",
            "-1",
            "0",
            "٤٢",
            "４２",
            "4 2x",
            "99999999999999999999",
        ] {
            let number = match asked(&format!("/incident {text}")) {
                Some(Ask::Incident { number }) => number,
                other => panic!("{text}: {other:?}"),
            };
            assert_ne!(number, Some(IncidentNumber(42)), "{text}");
            assert!(
                number.is_none() || text.starts_with("4 "),
                "{text}: {number:?}"
            );
        }
    }

    #[test]
    fn arguments_are_told_apart() {
        let number = Some(IncidentNumber(42));
        assert_eq!(
            asked("/comment #0042 two\nlines"),
            Some(Ask::Comment {
                number,
                text: "two\nlines".into()
            })
        );
        assert_eq!(
            asked("/comment no number"),
            Some(Ask::Comment {
                number: None,
                text: "no number".into()
            })
        );
        assert_eq!(
            asked("/assign 42 @mari"),
            Some(Ask::Assign {
                number,
                username: Some("mari".into())
            })
        );
        assert_eq!(
            asked("/assign 42 mari"),
            Some(Ask::Assign {
                number,
                username: None
            })
        );
        assert_eq!(
            asked("/duplicate 0042 #17"),
            Some(Ask::Duplicate {
                number,
                of: Some(IncidentNumber(17))
            })
        );
        assert_eq!(
            asked("/open House Keeping"),
            Some(Ask::Open {
                department: Some("House Keeping".into())
            })
        );
        assert_eq!(asked("/open"), Some(Ask::Open { department: None }));
    }

    #[test]
    fn other_bots_and_paths_are_not_commands_of_the_desk() {
        assert_eq!(read("/new@other_bot x", "desk_bot"), Typed::ForAnotherBot);
        assert_eq!(read("/new@ x", "desk_bot"), Typed::ForAnotherBot);
        for text in ["/etc/hosts", "/ 5", "/", "//new", "tap /new", "", "/é"] {
            assert_eq!(read(text, "desk_bot"), Typed::Words, "{text}");
        }
        assert_eq!(
            read("/weather Tallinn", "desk_bot"),
            Typed::Unknown {
                addressed: false,
                rest: "Tallinn"
            }
        );
    }
}
