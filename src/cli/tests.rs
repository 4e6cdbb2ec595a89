//! What can be typed, and with which code the process ends.

use anyhow::anyhow;
use clap::CommandFactory;

use super::*;
use crate::config::{ConfigError, KEYS};

fn parse(line: &str) -> Result<Command, clap::Error> {
    Cli::try_parse_from(line.split(' ')).map(|cli| cli.command)
}

#[test]
fn the_definition_is_sound() {
    Cli::command().debug_assert();
}

#[test]
fn serve_takes_a_file_and_settings() {
    let command = parse("deskbell serve --config desk.toml --log-level DEBUG").unwrap();
    let Command::Serve(options) = command else {
        panic!("not serve: {command:?}");
    };
    assert_eq!(options.config, Some(PathBuf::from("desk.toml")));
    let settings: Vec<_> = options.settings.0.into_iter().collect();
    assert_eq!(settings, [("LOG_LEVEL", "DEBUG".to_owned())]);
}

#[test]
fn the_demo_needs_nothing_and_takes_a_folder_and_a_port() {
    let demo = |line| match parse(line) {
        Ok(Command::Demo(options)) => options,
        other => panic!("not a demo: {other:?}"),
    };
    let plain = DemoOptions {
        scene: crate::app::DemoScene::Yard,
        data: None,
        port: 7878,
        open: false,
    };
    assert_eq!(demo("deskbell demo"), plain);
    let chosen = DemoOptions {
        scene: crate::app::DemoScene::Hotel,
        data: Some(PathBuf::from("kept")),
        port: 9000,
        open: true,
    };
    assert_eq!(
        demo("deskbell demo --data kept --port 9000 --open --scene hotel"),
        chosen
    );
}

#[test]
fn config_check_takes_what_serve_takes() {
    let command = parse("deskbell config check --config desk.toml --log-format json");
    assert!(matches!(
        command,
        Ok(Command::Config(ConfigCommand::Check(_)))
    ));
}

#[test]
fn secrets_are_not_taken_from_the_command_line() {
    for key in KEYS.iter().filter(|key| key.is_secret()) {
        let line = format!("deskbell serve --{} x", key.credential_name());
        assert!(parse(&line).is_err(), "{line}");
    }
}

#[test]
fn every_setting_is_explained_by_help() {
    let mut command = Cli::command();
    let serve = command.find_subcommand_mut("serve").unwrap();
    let help = serve.render_long_help().to_string();
    for key in KEYS {
        let name = key.flag.unwrap_or(key.name);
        assert!(help.contains(name), "{name} is missing in\n{help}");
    }
}

#[test]
fn a_wish_for_help_is_no_mistake_and_a_slip_is() {
    assert!(usage_outcome(&parse("deskbell --help").unwrap_err()).is_ok());
    let slip = usage_outcome(&parse("deskbell sevre").unwrap_err());
    assert!(matches!(slip, Err(Exit::Usage)));
}

/// One of each, so that the tests below cannot forget one.
fn every_exit() -> Vec<Exit> {
    vec![
        Exit::Usage,
        Exit::MigrationRefused(anyhow!("cause")),
        Exit::Unavailable {
            what: "the database",
            source: anyhow!("cause"),
        },
        Exit::Internal(anyhow!("cause")),
        Exit::Temporary(anyhow!("cause")),
        Exit::AnotherPoller,
        Exit::WrongToken,
        Exit::Configuration(ConfigError { problems: vec![] }),
    ]
}

#[test]
fn exit_codes_are_those_that_operators_rely_on() {
    let codes: Vec<_> = every_exit().iter().map(Exit::code).collect();
    assert_eq!(codes, [64, 65, 69, 70, 75, 76, 77, 78]);
}

#[test]
fn the_unit_restarts_exactly_when_a_restart_helps() {
    let unit = include_str!("../../deploy/deskbell.service");
    let hopeless: Vec<_> = every_exit()
        .iter()
        .filter(|exit| !exit.restart_helps())
        .map(|exit| exit.code().to_string())
        .collect();
    let line = format!("\nRestartPreventExitStatus={}\n", hopeless.join(" "));
    assert!(unit.contains(&line), "the unit lacks {line}");
}

#[test]
fn help_lists_every_exit_code() {
    for exit in every_exit() {
        let line = format!("\n  {}  ", exit.code());
        assert!(EXIT_CODES.contains(&line), "{exit:?}");
    }
}

#[test]
fn an_exit_explains_its_cause() {
    let exit = Exit::Internal(anyhow!("disk full").context("cannot write"));
    let told = exit.explain();
    assert!(told.ends_with(": cannot write: disk full"), "{told}");
}
