//! The files that `deploy/` offers say what the program does.

use super::*;

const EXAMPLE: &str = include_str!("../../../deploy/deskbell.example.toml");
const ENVIRONMENT_EXAMPLE: &str = include_str!("../../../deploy/deskbell.env.example");

/// The lines that become settings when their `#` is removed; remarks have a space after it.
fn settings_of_example() -> impl Iterator<Item = (&'static str, &'static str)> {
    EXAMPLE
        .lines()
        .filter_map(|line| line.strip_prefix('#'))
        .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        .map(|line| (line.split(' ').next().unwrap(), line))
}

#[test]
fn the_example_has_every_setting_once_and_nothing_switched_on() {
    let mut named: Vec<_> = settings_of_example()
        .map(|(name, _)| name.to_owned())
        .collect();
    named.retain(|name| !name.ends_with("_file"));
    let known: Vec<_> = KEYS.iter().map(Key::file_name).collect();
    assert_eq!(named, known);
    let active = EXAMPLE
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    assert_eq!(active.count(), 0);
}

#[test]
fn each_line_of_the_example_is_the_default_or_a_valid_example() {
    for (name, line) in settings_of_example() {
        let key = KEYS
            .iter()
            .find(|key| name.starts_with(&key.file_name()))
            .unwrap();
        let mut inputs = complete(key.name);
        inputs.file = toml(line);
        inputs.read_secret = |_| Ok(TOKEN.to_owned());
        let resolved = resolve(&inputs).unwrap_or_else(|error| panic!("{line}: {error}"));
        if key.default.is_some() {
            assert_eq!(
                setting(&resolved, key.name).shown.as_deref(),
                key.default,
                "{line}"
            );
        }
    }
}

#[test]
fn the_example_as_a_whole_changes_nothing() {
    let mut inputs = complete("");
    let before = resolve(&inputs).unwrap();
    inputs.file = toml(EXAMPLE);
    assert_eq!(resolve(&inputs).unwrap().settings, before.settings);
}

#[test]
fn the_example_of_the_environment_is_valid() {
    let inputs = Inputs {
        dotenv: toml(ENVIRONMENT_EXAMPLE),
        ..Inputs::default()
    };
    for setting in resolve(&inputs).unwrap().settings {
        let key = KEYS.iter().find(|key| key.name == setting.name).unwrap();
        if !key.is_secret() {
            assert_eq!(setting.shown.as_deref(), key.default, "{}", key.name);
        }
    }
}
