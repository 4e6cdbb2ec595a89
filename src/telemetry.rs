//! Logging to standard output, where journald, a container platform or a person reads it.

mod scrub;

use std::any::Any;
use std::io::{self, IsTerminal};
use std::os::unix::fs::MetadataExt;
use std::panic::{self, PanicHookInfo};

use anyhow::Context;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry, fmt};

use crate::config::{Log, LogFormat, Surroundings};
use scrub::Scrubbed;

/// Switches logging on for the whole process, and sends panics to the same place.
///
/// # Errors
/// When the filter is not valid, or logging is already on.
pub fn init(log: &Log) -> anyhow::Result<()> {
    let filter = EnvFilter::builder()
        .parse(&log.filter)
        .with_context(|| format!("the log filter {} is not valid", log.filter))?;
    tracing_subscriber::registry()
        .with(layer(log.format, Look::of_stdout(&log.surroundings), io::stdout).with_filter(filter))
        .try_init()
        .context("logging is already switched on")?;
    panic::set_hook(Box::new(log_panic));
    Ok(())
}

/// What a line needs beside its message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    /// journald stamps each line itself.
    timestamps: bool,
    colours: bool,
}

impl Look {
    fn of_stdout(surroundings: &Surroundings) -> Self {
        Self::new(
            surroundings,
            io::stdout().is_terminal(),
            stdout_identity().as_deref(),
        )
    }

    /// `JOURNAL_STREAM` is inherited by everything a service or desktop starts, so it counts only
    /// while standard output is still that stream.
    fn new(surroundings: &Surroundings, terminal: bool, stdout: Option<&str>) -> Self {
        let journal = surroundings.journal_stream.as_deref();
        Self {
            timestamps: journal.is_none() || journal != stdout,
            colours: terminal && !surroundings.no_color,
        }
    }
}

/// Standard output as systemd writes it into `JOURNAL_STREAM`: device and inode.
fn stdout_identity() -> Option<String> {
    let metadata = std::fs::metadata("/dev/stdout").ok()?;
    Some(format!("{}:{}", metadata.dev(), metadata.ino()))
}

fn layer<W>(format: LogFormat, look: Look, output: W) -> Box<dyn Layer<Registry> + Send + Sync>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = fmt::layer()
        .with_ansi(look.colours)
        .with_writer(Scrubbed(output));
    match (format, look.timestamps) {
        (LogFormat::Json, _) => lines.json().with_ansi(false).flatten_event(true).boxed(),
        (LogFormat::Text, true) => lines.boxed(),
        (LogFormat::Text, false) => lines.without_time().boxed(),
    }
}

/// Actors are restarted after a panic; the operator must see one line that says where it was.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let location = panic.location().map(ToString::to_string);
    tracing::error!(
        location = location.as_deref().unwrap_or("unknown"),
        thread = std::thread::current().name().unwrap_or("unnamed"),
        // Debug, so that a message of several lines stays one line of the log.
        cause = ?panic_message(panic.payload()),
        "panicked"
    );
}

fn panic_message(payload: &(dyn Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::*;

    const TOKEN: &str = "123456789:AAabcdefghijklmnopqrstuvwxyz_012345";
    const PLAIN: Look = Look {
        timestamps: false,
        colours: false,
    };

    #[derive(Clone, Default)]
    struct Captured(Arc<Mutex<Vec<u8>>>);

    impl Captured {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    impl Write for Captured {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(format: LogFormat, look: Look, work: impl FnOnce()) -> String {
        let captured = Captured::default();
        let writer = captured.clone();
        let subscriber =
            tracing_subscriber::registry().with(layer(format, look, move || writer.clone()));
        tracing::subscriber::with_default(subscriber, work);
        captured.text()
    }

    #[test]
    fn text_has_level_and_message_and_neither_time_nor_colour_for_the_journal() {
        let line = logged(LogFormat::Text, PLAIN, || tracing::info!(open = 3, "ready"));
        assert_eq!(line, " INFO deskbell::telemetry::tests: ready open=3\n");
    }

    #[test]
    fn json_is_one_object_a_line_with_the_fields_beside_the_message() {
        let line = logged(LogFormat::Json, PLAIN, || tracing::warn!(open = 3, "late"));
        let object: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(object["level"], "WARN");
        assert_eq!(object["message"], "late");
        assert_eq!(object["open"], 3);
    }

    #[test]
    fn a_token_that_slips_into_a_message_is_blotted_out() {
        for format in [LogFormat::Text, LogFormat::Json] {
            let line = logged(format, PLAIN, || {
                tracing::error!("cannot reach https://api.telegram.org/bot{TOKEN}/getMe");
            });
            assert!(!line.contains("AAabc"), "{line}");
            assert!(line.contains("bot[token]/getMe"), "{line}");
        }
    }

    #[test]
    fn the_journal_stamps_lines_itself_but_only_when_it_is_standard_output() {
        let under = |stream: Option<&str>| {
            let surroundings = Surroundings {
                journal_stream: stream.map(str::to_owned),
                no_color: false,
            };
            Look::new(&surroundings, false, Some("8:42")).timestamps
        };
        assert!(!under(Some("8:42")));
        assert!(under(Some("8:41")), "standard output was redirected");
        assert!(under(None));
    }

    #[test]
    fn colours_need_a_terminal_and_nobody_who_forbids_them() {
        let colours = |terminal, no_color| {
            let surroundings = Surroundings {
                journal_stream: None,
                no_color,
            };
            Look::new(&surroundings, terminal, None).colours
        };
        assert!(colours(true, false));
        assert!(!colours(true, true));
        assert!(!colours(false, false));
    }

    #[test]
    fn the_message_of_a_panic_is_found_in_both_of_its_forms() {
        assert_eq!(panic_message(&"plain"), "plain");
        assert_eq!(panic_message(&"formatted".to_owned()), "formatted");
        assert_eq!(panic_message(&7_u8), "no message");
    }
}
