//! What was measured, as a table to read and as JSON to keep.

use std::fmt::Write;
use std::path::Path;

use actors::ports::Clock;
use deskbell::clock::SystemClock;
use serde::Serialize;

use crate::disk;
use crate::sample::Sample;

/// Where the table stands in a document.
const BEGIN: &str = "<!-- figures -->";
const END: &str = "<!-- end of figures -->";

/// Everything that was measured.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Report {
    begun: String,
    machine: String,
    quick: bool,
    figures: Vec<Figure>,
}

/// One thing that was measured.
#[derive(Debug, Serialize)]
pub(crate) struct Figure {
    engine: &'static str,
    what: String,
    values: Vec<Value>,
    /// The median of appending a page and waiting for the disk, in the same minute.
    fsync_p50_ms: f64,
    target: Option<Target>,
}

#[derive(Debug, Serialize)]
struct Value {
    name: &'static str,
    unit: &'static str,
    value: f64,
}

#[derive(Debug, Serialize)]
struct Target {
    words: String,
    met: bool,
}

impl Figure {
    /// A figure without values yet.
    pub(crate) fn new(engine: &'static str, what: impl Into<String>, yard: &Yardstick) -> Self {
        Self {
            engine,
            what: what.into(),
            values: Vec::new(),
            fsync_p50_ms: yard.fsync(),
            target: None,
        }
    }

    /// With one more value.
    pub(crate) fn with(mut self, name: &'static str, value: f64, unit: &'static str) -> Self {
        self.values.push(Value { name, unit, value });
        self
    }

    /// With the median and the 99th percentile of a sample.
    pub(crate) fn with_sample(self, sample: &Sample) -> Self {
        self.with("p50", sample.percentile(50), "ms")
            .with("p99", sample.percentile(99), "ms")
    }

    /// With what it should be.
    pub(crate) fn should(mut self, words: impl Into<String>, met: bool) -> Self {
        let words = words.into();
        self.target = Some(Target { words, met });
        self
    }

    fn shown(&self) -> String {
        let shown: Vec<String> = self.values.iter().map(Value::shown).collect();
        shown.join(", ")
    }

    fn verdict(&self) -> (&str, &str) {
        match &self.target {
            None => ("", ""),
            Some(target) if target.met => (&target.words, "yes"),
            Some(target) => (&target.words, "**no**"),
        }
    }
}

impl Value {
    fn shown(&self) -> String {
        let digits = match self.value {
            large if large >= 100.0 => 0,
            middle if middle >= 10.0 => 1,
            _ => 2,
        };
        let name = if self.name.is_empty() {
            String::new()
        } else {
            format!("{} ", self.name)
        };
        format!("{name}{:.digits$} {}", self.value, self.unit)
    }
}

impl Report {
    /// An empty one.
    pub(crate) fn new(quick: bool) -> Self {
        Self {
            begun: SystemClock.now().format("%Y-%m-%d %H:%M UTC").to_string(),
            machine: machine(),
            quick,
            figures: Vec::new(),
        }
    }

    /// Adds a figure and shows it.
    pub(crate) fn add(&mut self, figure: Figure) {
        let (target, met) = figure.verdict();
        println!(
            "{:<10} {:<52} {}   [fsync p50 {:.2} ms] {target} {met}",
            figure.engine,
            figure.what,
            figure.shown(),
            figure.fsync_p50_ms,
        );
        self.figures.push(figure);
    }

    /// As a table in Markdown.
    pub(crate) fn markdown(&self) -> String {
        let mut table = format!("Measured {} on {}", self.begun, self.machine);
        table.push_str(if self.quick {
            ", quickly.\n\n"
        } else {
            ".\n\n"
        });
        table.push_str("| engine | what | measured | fsync p50 | target | met |\n");
        table.push_str("|---|---|---|---|---|---|\n");
        for figure in &self.figures {
            let (target, met) = figure.verdict();
            writeln!(
                table,
                "| {} | {} | {} | {:.2} ms | {target} | {met} |",
                figure.engine,
                figure.what,
                figure.shown(),
                figure.fsync_p50_ms,
            )
            .unwrap();
        }
        table
    }

    /// Puts the table where a document has its place for it; a file that has none becomes the table.
    pub(crate) fn put_into(&self, path: &Path) {
        let document = std::fs::read_to_string(path).unwrap_or_default();
        let table = self.markdown();
        let whole = match (document.split_once(BEGIN), document.split_once(END)) {
            (Some((before, _)), Some((_, after))) => {
                format!("{before}{BEGIN}\n\n{table}\n{END}{after}")
            }
            _ => table,
        };
        std::fs::write(path, whole).unwrap();
    }

    /// Keeps it as JSON.
    pub(crate) fn keep(&self, path: &Path) {
        std::fs::write(path, serde_json::to_string_pretty(self).unwrap()).unwrap();
    }
}

/// What the disk could do around a measurement.
pub(crate) struct Yardstick(Sample);

impl Yardstick {
    /// Before it.
    pub(crate) fn before(folder: &Path) -> Self {
        Self(disk::probe(folder))
    }

    /// And after it.
    pub(crate) fn after(mut self, folder: &Path) -> Self {
        self.0.add(disk::probe(folder));
        self
    }

    /// The median, in milliseconds.
    pub(crate) fn fsync(&self) -> f64 {
        self.0.percentile(50)
    }
}

/// Processors, memory and system.
fn machine() -> String {
    let read = |path| std::fs::read_to_string(path).unwrap_or_default();
    let processors = read("/proc/cpuinfo");
    let models: Vec<&str> = processors
        .lines()
        .filter_map(|line| line.strip_prefix("model name"))
        .map(|model| model.trim_start_matches([' ', '\t', ':']))
        .collect();
    let memory = read("/proc/meminfo");
    let kilobytes: f64 = memory
        .split_whitespace()
        .nth(1)
        .and_then(|number| number.parse().ok())
        .unwrap_or(0.0);
    let system = read("/proc/sys/kernel/osrelease");
    format!(
        "{} × {}, {:.0} GB, Linux {}",
        models.len(),
        models.first().unwrap_or(&"an unknown processor"),
        kilobytes / 1e6,
        system.trim(),
    )
}
