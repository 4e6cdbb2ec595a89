//! `deskbell qr`: pictures of the codes of places, to print. It only looks, so a running service is
//! not disturbed; the places themselves are made in Telegram, by `/qr`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use actors::domain::Place;
use actors::domain::place::{folded, tidy_name};
use anyhow::{Context as _, anyhow};
use clap::Args;
use secrecy::SecretString;

use super::serve::{refused, url_of};
use crate::clock::SystemClock;
use crate::config::{Database, Telegram};
use crate::exit::Exit;
use crate::store;
use crate::telegram::client::{Client, Timeouts};
use crate::telegram::text::code;

/// How long a file's name may be beside its number, in characters.
const NAME_LIMIT: usize = 60;

/// Which codes, and where they go.
#[derive(Debug, Clone, Args)]
pub struct QrOptions {
    /// Names of places, one a line; without it, all places that have a code
    pub file: Option<PathBuf>,
    /// Only the places of the group with this title
    #[arg(long, value_name = "TITLE")]
    pub group: Option<String>,
    /// The folder the pictures are written to
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub out: PathBuf,
    /// SVG, which can be enlarged at will, instead of PNG
    #[arg(long)]
    pub svg: bool,
    /// The bot's username; without it, Telegram is asked by the bot's token
    #[arg(long, value_name = "USERNAME")]
    pub bot: Option<String>,
}

/// The bot's username, by its token.
///
/// # Errors
/// When Telegram does not say.
pub async fn bot_username(telegram: &Telegram) -> Result<String, Exit> {
    let token = SecretString::from(telegram.token.expose().to_owned());
    let url = telegram.api_url.clone();
    let client = Client::new(&token, url, Arc::new(SystemClock), Timeouts::default())
        .context("no HTTP client")
        .map_err(Exit::Internal)?;
    let me = client.get_me().await.map_err(|error| Exit::Unavailable {
        what: "Telegram",
        source: anyhow!(error).context("give the bot's username by --bot to do without it"),
    })?;
    Ok(me.username)
}

/// Writes the pictures; answers with what was written.
///
/// # Errors
/// When a named place has no code, or something cannot be read or written.
pub async fn print_codes(
    options: &QrOptions,
    database: &Database,
    bot: &str,
) -> Result<String, Exit> {
    let known = store::places(&url_of(database)).await.map_err(refused)?;
    let chosen = chosen(options, known).map_err(Exit::Temporary)?;
    let bot = bot.trim_start_matches('@');
    let mut told = String::new();
    for (number, (place, _)) in (1..).zip(&chosen) {
        let path = written(options, number, place, bot).map_err(Exit::Temporary)?;
        // Writing into a string cannot fail.
        let _ = writeln!(told, "{}", path.display());
    }
    if chosen.is_empty() {
        told.push_str("No place has a code yet: a manager sends the bot /qr and its name.\n");
    }
    Ok(told)
}

type Known = Vec<(Place, String)>;

fn chosen(options: &QrOptions, mut known: Known) -> anyhow::Result<Known> {
    if let Some(title) = &options.group {
        known.retain(|(_, of)| of == title);
    }
    let Some(file) = &options.file else {
        return Ok(known);
    };
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut chosen = Vec::new();
    let mut missing = Vec::new();
    for name in text.lines().filter_map(tidy_name) {
        let wanted = folded(&name);
        let before = chosen.len();
        let named = known.iter().filter(|(it, _)| folded(&it.name) == wanted);
        chosen.extend(named.cloned());
        if chosen.len() == before {
            missing.push(name);
        }
    }
    match missing.is_empty() {
        true => Ok(chosen),
        false => Err(anyhow!(
            "these places have no code yet: {}. A manager makes them by sending the bot /qr and \
             their names, one a line",
            missing.join(", ")
        )),
    }
}

fn written(
    options: &QrOptions,
    number: usize,
    place: &Place,
    bot: &str,
) -> anyhow::Result<PathBuf> {
    let link = code::link(bot, place);
    let (ending, bytes) = match options.svg {
        true => ("svg", code::svg(&place.name, &link).map(String::into_bytes)),
        false => ("png", code::picture(&place.name, &link)),
    };
    let bytes = bytes.map_err(|reason| anyhow!(reason))?;
    let path = options.out.join(file_name(number, &place.name, ending));
    write(&path, &bytes)?;
    Ok(path)
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// A name that any file system takes; the number tells those apart that would be the same.
fn file_name(number: usize, name: &str, ending: &str) -> String {
    let plain: String = name
        .chars()
        .take(NAME_LIMIT)
        .map(|sign| if sign.is_alphanumeric() { sign } else { '-' })
        .collect();
    format!("{number:03}-{plain}.{ending}")
}

#[cfg(test)]
mod tests {
    use actors::domain::{GroupId, PlaceId};

    use super::*;

    fn place(id: i64, name: &str, group: &str) -> (Place, String) {
        let place = Place {
            id: PlaceId(id),
            group: GroupId(1),
            name: name.to_owned(),
            token: format!("Token{id}"),
        };
        (place, group.to_owned())
    }

    fn options(folder: &Path, names: Option<&str>) -> QrOptions {
        let file = names.map(|names| {
            let path = folder.join("names.txt");
            std::fs::write(&path, names).unwrap();
            path
        });
        QrOptions {
            file,
            group: None,
            out: folder.to_owned(),
            svg: false,
            bot: None,
        }
    }

    #[test]
    fn places_are_chosen_by_file_and_group() {
        let folder = tempfile::tempdir().unwrap();
        let known = vec![place(1, "Room 1", "Hotel"), place(2, "Room 2", "Villa")];
        let all = options(folder.path(), None);
        assert_eq!(chosen(&all, known.clone()).unwrap(), known);
        let named = options(folder.path(), Some("ROOM  2\n\n"));
        assert_eq!(chosen(&named, known.clone()).unwrap(), known[1..]);
        let villa = QrOptions {
            group: Some("Villa".to_owned()),
            ..options(folder.path(), None)
        };
        assert_eq!(chosen(&villa, known.clone()).unwrap(), known[1..]);
        let unknown = options(folder.path(), Some("Room 2\nBar\nPool"));
        let said = chosen(&unknown, known).unwrap_err().to_string();
        assert!(said.contains("Bar, Pool") && said.contains("/qr"), "{said}");
    }

    #[test]
    fn pictures_are_written_under_names_that_any_system_takes() {
        let folder = tempfile::tempdir().unwrap();
        let mut options = options(folder.path(), None);
        let (place, _) = place(1, "../Saun: «üks»", "Hotel");
        let path = written(&options, 7, &place, "deskbell_bot").unwrap();
        assert_eq!(path.file_name().unwrap(), "007----Saun---üks-.png");
        assert!(std::fs::read(&path).unwrap().starts_with(b"\x89PNG"));
        options.svg = true;
        let path = written(&options, 8, &place, "deskbell_bot").unwrap();
        let svg = std::fs::read_to_string(path).unwrap();
        assert!(svg.starts_with("<svg") && svg.contains("üks"));
    }
}
