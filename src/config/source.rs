//! Where settings are written, from the strongest source to the weakest.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::key::{KEYS, Key};
use super::problem::Problem;
use super::{Surroundings, file};

/// Everything that may hold a setting. No `Debug`: it holds secrets.
#[derive(Clone)]
pub struct Inputs {
    /// From the command line, by the name of the key.
    pub flags: BTreeMap<&'static str, String>,
    /// systemd credentials, by their names.
    pub credentials: BTreeMap<String, String>,
    /// The process environment.
    pub environment: BTreeMap<String, String>,
    /// The `.env` of the working directory.
    pub dotenv: Option<TextFile>,
    /// The TOML file named by `--config`.
    pub file: Option<TextFile>,
    /// Reads the file that a `NAME_FILE` setting names.
    pub read_secret: fn(&Path) -> io::Result<String>,
}

impl Default for Inputs {
    fn default() -> Self {
        Self {
            flags: BTreeMap::new(),
            credentials: BTreeMap::new(),
            environment: BTreeMap::new(),
            dotenv: None,
            file: None,
            read_secret: |path| fs::read_to_string(path),
        }
    }
}

/// A file that was read.
#[derive(Clone)]
pub struct TextFile {
    /// Its path, for messages.
    pub path: PathBuf,
    /// Its content.
    pub text: String,
}

impl Inputs {
    /// What the environment says about where standard output leads.
    #[must_use]
    pub fn surroundings(&self) -> Surroundings {
        let set = |name: &str| self.environment.get(name).filter(|text| !text.is_empty());
        Surroundings {
            journal_stream: set("JOURNAL_STREAM").cloned(),
            no_color: set("NO_COLOR").is_some(),
        }
    }

    /// The sources from the strongest to the weakest, and what is wrong in them.
    pub(super) fn layers(&self) -> (Vec<Layer>, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut layers = vec![self.flag_layer(), self.credential_layer()];
        let environment = named(&self.environment, Origin::Environment);
        layers.push(self.settle(environment, &mut problems));
        if let Some(dotenv) = &self.dotenv {
            let given = read_dotenv(dotenv, &mut problems);
            layers.push(self.settle(given, &mut problems));
        }
        if let Some(toml) = &self.file {
            let given = file::read(toml, &mut problems);
            layers.push(self.settle(given, &mut problems));
        }
        (layers, problems)
    }

    fn flag_layer(&self) -> Layer {
        KEYS.iter()
            .filter_map(|key| {
                let value = self.flags.get(key.name)?;
                let origin = Origin::Flag(key.flag?);
                Some((key.name, Given::new(value, origin)))
            })
            .filter(|(_, given)| given.is_set())
            .collect()
    }

    fn credential_layer(&self) -> Layer {
        KEYS.iter()
            .filter(|key| key.is_secret())
            .filter_map(|key| {
                let name = key.credential_name();
                let value = self.credentials.get(&name)?;
                Some((key.name, Given::new(value, Origin::Credential(name))))
            })
            .filter(|(_, given)| given.is_set())
            .collect()
    }

    /// Turns what one source says into a layer: files with secrets are read, and a secret that is
    /// written both ways is refused, since nobody could tell which one was meant.
    fn settle(&self, mut given: BTreeMap<String, Given>, problems: &mut Vec<Problem>) -> Layer {
        let mut layer = Layer::new();
        given.retain(|_, given| given.is_set());
        for key in KEYS {
            let path = given.remove(&key.path_name()).filter(|_| key.is_secret());
            match (given.remove(key.name), path) {
                (Some(direct), Some(path)) => problems.push(both(key, direct.origin, &path)),
                (Some(direct), None) => {
                    layer.insert(key.name, direct);
                }
                (None, Some(path)) => match self.read_secret_file(key, path) {
                    Ok(secret) => {
                        layer.insert(key.name, secret);
                    }
                    Err(problem) => problems.push(problem),
                },
                (None, None) => {}
            }
        }
        layer
    }

    fn read_secret_file(&self, key: &Key, path: Given) -> Result<Given, Problem> {
        let fail =
            |message: String| Problem::new(&key.path_name(), Some(path.origin.clone()), message);
        let text = (self.read_secret)(Path::new(&path.value))
            .map_err(|error| fail(format!("cannot read {}: {error}", path.value)))?;
        let secret = Given::new(&text, path.origin.clone());
        if secret.is_set() {
            Ok(secret)
        } else {
            Err(fail(format!(
                "{} is empty: write the secret into it",
                path.value
            )))
        }
    }
}

/// What one source sets.
pub(super) type Layer = BTreeMap<&'static str, Given>;

/// A value and where it was written.
pub(super) struct Given {
    pub(super) value: String,
    pub(super) origin: Origin,
}

impl Given {
    pub(super) fn new(value: &str, origin: Origin) -> Self {
        Self {
            value: value.trim().to_owned(),
            origin,
        }
    }

    /// Container platforms pass unset variables as empty ones.
    fn is_set(&self) -> bool {
        !self.value.is_empty()
    }
}

/// Where a setting was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A flag of the command line.
    Flag(&'static str),
    /// A systemd credential.
    Credential(String),
    /// A variable of the process environment.
    Environment(String),
    /// A variable in `.env`.
    Dotenv(String),
    /// A place in the TOML file.
    File {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in characters.
        column: usize,
    },
    /// Nowhere: the default holds.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => write!(formatter, "command line, --{flag}"),
            Self::Credential(name) => write!(formatter, "systemd credential {name}"),
            Self::Environment(name) => write!(formatter, "environment variable {name}"),
            Self::Dotenv(name) => write!(formatter, ".env, {name}"),
            Self::File { path, line, column } => {
                write!(
                    formatter,
                    "{}, line {line}, column {column}",
                    path.display()
                )
            }
            Self::Default => write!(formatter, "default"),
        }
    }
}

fn both(key: &Key, origin: Origin, path: &Given) -> Problem {
    let message = format!(
        "also set by {} ({}): keep one of the two",
        key.path_name(),
        path.origin
    );
    Problem::new(key.name, Some(origin), message)
}

fn named(
    variables: &BTreeMap<String, String>,
    origin: fn(String) -> Origin,
) -> BTreeMap<String, Given> {
    variables
        .iter()
        .map(|(name, value)| (name.clone(), Given::new(value, origin(name.clone()))))
        .collect()
}

fn read_dotenv(file: &TextFile, problems: &mut Vec<Problem>) -> BTreeMap<String, Given> {
    let mut variables = BTreeMap::new();
    for line in dotenvy::from_read_iter(file.text.as_bytes()) {
        match line {
            Ok((name, value)) => {
                variables.insert(name, value);
            }
            Err(error) => problems.push(dotenv_problem(file, &error)),
        }
    }
    named(&variables, Origin::Dotenv)
}

/// The parser's own message quotes the line, which may hold a secret.
fn dotenv_problem(file: &TextFile, error: &dotenvy::Error) -> Problem {
    let place = match error {
        dotenvy::Error::LineParse(wrong, _) => file
            .text
            .lines()
            .position(|line| line.trim() == wrong.trim())
            .map(|index| format!("line {}", index + 1)),
        _ => None,
    };
    let place = place.unwrap_or_else(|| "a line".to_owned());
    let message = format!("{place} cannot be read: write NAME=value, with quotes around spaces");
    Problem::new(&file.path.display().to_string(), None, message)
}
