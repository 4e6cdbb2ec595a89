//! The settings as flags, made from the schema so that the two cannot differ.

use std::collections::BTreeMap;

use clap::{Arg, ArgMatches, Args, Command, Error, FromArgMatches};

use crate::config::KEYS;

/// The settings that were given as flags, by the name of their key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettingFlags(pub BTreeMap<&'static str, String>);

impl Args for SettingFlags {
    fn augment_args(command: Command) -> Command {
        let flags = KEYS.iter().filter_map(|key| {
            let help = match key.default {
                Some(default) => format!("{} [default: {default}]", key.help),
                None => key.help.to_owned(),
            };
            let flag = Arg::new(key.name).long(key.flag?);
            Some(flag.value_name(key.placeholder).help(help))
        });
        command.args(flags)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for SettingFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut flags = Self::default();
        flags.update_from_arg_matches(matches)?;
        Ok(flags)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        for key in KEYS.iter().filter(|key| key.flag.is_some()) {
            if let Some(value) = matches.get_one::<String>(key.name) {
                self.0.insert(key.name, value.clone());
            }
        }
        Ok(())
    }
}
