//! Reading the real process: the only place of the program that looks at the environment.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

use super::key::{KEYS, Key};
use super::problem::{ConfigError, Problem};
use super::source::{Inputs, Origin, TextFile};

/// The file of the working directory that the Python claim desk read, too.
const DOTENV: &str = ".env";
/// Set by systemd for a unit with `LoadCredential=`.
const CREDENTIALS_DIRECTORY: &str = "CREDENTIALS_DIRECTORY";

impl Inputs {
    /// Reads the real environment, `.env`, the credentials and the given file.
    ///
    /// # Errors
    /// Names the file or the variable that cannot be read.
    pub fn of_process(
        flags: BTreeMap<&'static str, String>,
        config_file: Option<&Path>,
    ) -> Result<Self, ConfigError> {
        Self::gather(flags, config_file, std::env::vars_os(), Path::new(DOTENV))
    }

    pub(super) fn gather(
        flags: BTreeMap<&'static str, String>,
        config_file: Option<&Path>,
        variables: impl IntoIterator<Item = (OsString, OsString)>,
        dotenv: &Path,
    ) -> Result<Self, ConfigError> {
        let environment = readable(variables)?;
        let credentials = match environment.get(CREDENTIALS_DIRECTORY) {
            Some(directory) => read_credentials(Path::new(directory))?,
            None => BTreeMap::new(),
        };
        Ok(Self {
            flags,
            credentials,
            environment,
            dotenv: read_if_present(dotenv)?,
            file: config_file.map(read_config_file).transpose()?,
            ..Self::default()
        })
    }
}

/// Keeps what is Unicode. A known variable that is not would otherwise count as unset.
fn readable(
    variables: impl IntoIterator<Item = (OsString, OsString)>,
) -> Result<BTreeMap<String, String>, ConfigError> {
    let mut environment = BTreeMap::new();
    for (name, value) in variables {
        let Ok(name) = name.into_string() else {
            continue;
        };
        match value.into_string() {
            Ok(value) => {
                environment.insert(name, value);
            }
            Err(_) if is_known(&name) => {
                let origin = Some(Origin::Environment(name.clone()));
                return Err(Problem::new(&name, origin, "is not valid UTF-8").into());
            }
            Err(_) => {}
        }
    }
    Ok(environment)
}

fn is_known(name: &str) -> bool {
    KEYS.iter()
        .any(|key| key.name == name || key.path_name() == name)
}

fn read_if_present(path: &Path) -> Result<Option<TextFile>, ConfigError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(TextFile {
            path: path.to_owned(),
            text,
        })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(path, &error)),
    }
}

fn read_config_file(path: &Path) -> Result<TextFile, ConfigError> {
    read_if_present(path)?.ok_or_else(|| {
        let message = "no such file: give --config the path of a TOML file, or leave it out";
        Problem::new(&path.display().to_string(), None, message).into()
    })
}

fn read_credentials(directory: &Path) -> Result<BTreeMap<String, String>, ConfigError> {
    let mut credentials = BTreeMap::new();
    for name in KEYS
        .iter()
        .filter(|key| key.is_secret())
        .map(Key::credential_name)
    {
        if let Some(file) = read_if_present(&directory.join(&name))? {
            credentials.insert(name, file.text);
        }
    }
    Ok(credentials)
}

fn unreadable(path: &Path, error: &io::Error) -> ConfigError {
    let message = format!("cannot be read: {error}; check that this user may read it");
    Problem::new(&path.display().to_string(), None, message).into()
}
