//! The command line: what a person can type, and what each command sets going.

mod flags;
#[cfg(test)]
mod tests;

use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use actors::ports::{Clock as _, Store};
use anyhow::Context;
use clap::{Args, Parser, Subcommand};

pub use flags::SettingFlags;

use crate::clock::SystemClock;
use crate::config::{self, Inputs, Log};
use crate::exit::Exit;
use crate::{app, telemetry};

pub use crate::app::{DemoOptions, QrOptions, ReportOptions};

const EXIT_CODES: &str = "\
Exit codes:
  0   asked to stop, or done
  64  the command line cannot be understood
  65  the database was refused (newer version, failed migration)
  69  the database or Telegram cannot be reached
  70  a central part kept failing; start anew
  75  cannot run at this moment; try again
  76  another process receives this bot's updates
  77  Telegram refused the bot token
  78  the configuration cannot be used
After 64, 65, 77 and 78 a restart does not help.";

/// Turns a Telegram group chat into an incident desk.
#[derive(Debug, Parser)]
#[command(name = "deskbell", version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the service
    #[command(after_help = SETTINGS_HELP)]
    Serve(ServeOptions),
    /// Try everything in the browser: no token, no network, nothing to set up
    Demo(DemoOptions),
    /// Look at the configuration
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Make pictures of the codes of places, to print
    #[command(after_help = SETTINGS_HELP)]
    Qr {
        /// Which, and where to.
        #[command(flatten)]
        codes: QrOptions,
        /// The rest of the settings.
        #[command(flatten)]
        options: ServeOptions,
    },
    /// Count what happened in a day, a week, a month or any other time
    #[command(after_help = SETTINGS_HELP)]
    Report {
        /// Which report, in which form.
        #[command(flatten)]
        report: ReportOptions,
        /// The rest of the settings.
        #[command(flatten)]
        options: ServeOptions,
    },
    /// Look at triage
    #[command(subcommand)]
    Triage(TriageCommand),
}

/// What to do with triage.
#[derive(Debug, Subcommand)]
pub enum TriageCommand {
    /// Put a labelled set of reports through the configured analyst: accuracy, cost, latency
    #[command(after_help = SETTINGS_HELP)]
    Eval {
        /// JSON lines with `text` and `urgency` (critical, same-day, planned)
        file: PathBuf,
        /// The rule lists alone, though there is a key
        #[arg(long)]
        rules: bool,
        /// The rest of the settings.
        #[command(flatten)]
        options: ServeOptions,
    },
}

/// What to do with the configuration.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Check the configuration and say where each value comes from; secrets are not shown
    #[command(after_help = SETTINGS_HELP)]
    Check(ServeOptions),
}

const SETTINGS_HELP: &str = "\
Each setting can also be an environment variable (LOG_LEVEL), a line in .env, or a key of the
--config file (log_level). The command line wins, then the environment, .env, the file.

Secrets are not taken from the command line, where everybody on the machine could read them:
TELEGRAM_BOT_TOKEN (required), WEBHOOK_SECRET, DATABASE_URL, ANTHROPIC_API_KEY. Set them in the
environment, in the file, as NAME_FILE with the path of a file, or as a systemd credential.";

/// How to run the service.
#[derive(Debug, Default, Args)]
pub struct ServeOptions {
    /// Read settings from this TOML file
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The settings given as flags.
    #[command(flatten)]
    pub settings: SettingFlags,
}

/// Does what the command line says.
#[must_use]
pub fn run() -> ExitCode {
    let outcome = match Cli::try_parse() {
        Ok(cli) => dispatch(cli.command),
        Err(error) => say_usage(&error).and(usage_outcome(&error)),
    };
    ExitCode::from(told(outcome))
}

/// Runs the service on the settings of this process, as `deskbell serve` does to its last words,
/// with something put between the desk and its store; answers the exit code. No command leads here:
/// it is for programs that measure and test how the desk gets over a fault.
#[must_use]
pub fn serve_behind(between: impl FnOnce(Arc<dyn Store>) -> Arc<dyn Store>) -> u8 {
    told(serve(&ServeOptions::default(), between))
}

/// Says why it ended, if not as it should; answers the exit code.
fn told(outcome: Result<(), Exit>) -> u8 {
    match outcome {
        Ok(()) => 0,
        Err(exit) => {
            tell(&exit);
            exit.code()
        }
    }
}

fn dispatch(command: Command) -> Result<(), Exit> {
    match command {
        Command::Serve(options) => serve(&options, |store| store),
        Command::Demo(options) => demo(options),
        Command::Config(ConfigCommand::Check(options)) => check(&options),
        Command::Qr { codes, options } => print_codes(&codes, &options),
        Command::Report { report, options } => make_report(&report, &options),
        Command::Triage(TriageCommand::Eval {
            file,
            rules,
            options,
        }) => evaluate(&file, rules, &options),
    }
}

fn serve(
    options: &ServeOptions,
    between: impl FnOnce(Arc<dyn Store>) -> Arc<dyn Store>,
) -> Result<(), Exit> {
    let config = config::resolve(&options.inputs()?)?.config;
    block_on(&config.log.clone(), app::serve(config, between))
}

fn demo(options: DemoOptions) -> Result<(), Exit> {
    let inputs = ServeOptions::default().inputs()?;
    block_on(&config::resolve_log(&inputs)?, app::demo(options))
}

fn check(options: &ServeOptions) -> Result<(), Exit> {
    let resolved = config::resolve(&options.inputs()?)?;
    let lines: String = resolved
        .settings
        .iter()
        .map(|setting| format!("{setting}\n"))
        .collect();
    say(
        &mut io::stdout(),
        &format!("{lines}The configuration is complete.\n"),
    )
}

fn print_codes(codes: &QrOptions, options: &ServeOptions) -> Result<(), Exit> {
    let inputs = options.inputs()?;
    let (database, telegram) = config::resolve_look(&inputs, codes.bot.is_none())?;
    block_on(&config::resolve_log(&inputs)?, async {
        let bot = match (&codes.bot, &telegram) {
            (None, Some(telegram)) => app::bot_username(telegram).await?,
            (given, _) => given.clone().unwrap_or_default(),
        };
        let told = app::print_codes(codes, &database, &bot).await?;
        say(&mut io::stdout(), &told)
    })
}

fn make_report(report: &ReportOptions, options: &ServeOptions) -> Result<(), Exit> {
    let inputs = options.inputs()?;
    let (database, _) = config::resolve_look(&inputs, false)?;
    if report.out.is_none() && report.format.is_for_programs() && io::stdout().is_terminal() {
        let what = "a terminal cannot show this: name a file by --out";
        return Err(Exit::Temporary(anyhow::anyhow!(what)));
    }
    block_on(&config::resolve_log(&inputs)?, async {
        let made = app::report(report, &database, SystemClock.now()).await?;
        match &report.out {
            None => say_bytes(&mut io::stdout(), &made),
            Some(path) => std::fs::write(path, made)
                .with_context(|| format!("cannot write {}", path.display()))
                .map_err(Exit::Temporary),
        }
    })
}

fn evaluate(file: &Path, rules: bool, options: &ServeOptions) -> Result<(), Exit> {
    let inputs = options.inputs()?;
    let (anthropic, triage) = config::resolve_triage(&inputs)?;
    let analyst = match rules {
        true => None,
        false => app::analyst(&anthropic, &triage)?,
    };
    block_on(&config::resolve_log(&inputs)?, async {
        let told = app::evaluate(file, analyst.as_deref()).await?;
        say(&mut io::stdout(), &told)
    })
}

impl ServeOptions {
    fn inputs(&self) -> Result<Inputs, Exit> {
        let flags = self.settings.0.clone();
        Ok(Inputs::of_process(flags, self.config.as_deref())?)
    }
}

/// Runs a command to its end, with logging switched on.
fn block_on(log: &Log, work: impl Future<Output = Result<(), Exit>>) -> Result<(), Exit> {
    telemetry::init(log).map_err(Exit::Internal)?;
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the threads of the asynchronous runtime")
        .map_err(Exit::Internal)?
        .block_on(work)
}

fn say_usage(error: &clap::Error) -> Result<(), Exit> {
    error
        .print()
        .context("cannot write to the terminal")
        .map_err(Exit::Internal)
}

/// Help and version are wishes, not mistakes.
fn usage_outcome(error: &clap::Error) -> Result<(), Exit> {
    if error.use_stderr() {
        Err(Exit::Usage)
    } else {
        Ok(())
    }
}

/// The last words: in the log once there is one, before that to whoever typed the command.
fn tell(exit: &Exit) {
    if tracing::dispatcher::has_been_set() {
        let (exit_code, restart_helps) = (exit.code(), exit.restart_helps());
        tracing::error!(exit_code, restart_helps, "stopped: {}", exit.explain());
    } else if !matches!(exit, Exit::Usage) {
        // Without a standard error there is nobody left to tell; the exit code remains.
        let _ = say(
            &mut io::stderr(),
            &format!("deskbell: {}\n", exit.explain()),
        );
    }
}

fn say(output: &mut impl Write, text: &str) -> Result<(), Exit> {
    say_bytes(output, text.as_bytes())
}

fn say_bytes(output: &mut impl Write, bytes: &[u8]) -> Result<(), Exit> {
    output
        .write_all(bytes)
        .and_then(|()| output.flush())
        .context("cannot write the answer")
        .map_err(Exit::Internal)
}
