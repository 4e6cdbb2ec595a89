//! `deskbell triage eval FILE`: how well the configured analyst rates a labelled set of reports.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use actors::domain::assessment::{by_rules, with_floor};
use actors::domain::mask::mask;
use actors::domain::{Language, TriagePolicy, Urgency};
use actors::ports::{Analyst, Inquiry};
use anyhow::{Context as _, anyhow};
use serde::Deserialize;

use crate::exit::Exit;

/// A report, and how a person rates it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Labelled {
    text: String,
    urgency: Urgency,
    #[serde(default)]
    language: Option<String>,
}

/// What became of all of them.
#[derive(Debug, Default)]
struct Tally {
    /// How often each (by a person, by the analyst) occurred; nothing is "not rated".
    pairs: BTreeMap<(usize, usize), u32>,
    languages: BTreeMap<String, (u32, u32)>,
    missed: Vec<String>,
    failures: BTreeMap<&'static str, u32>,
    latencies: Vec<Duration>,
    micros: u64,
}

/// Puts a set of reports through the analyst, or the rules alone, and says what came of it.
///
/// # Errors
/// When the file cannot be read.
pub async fn evaluate(file: &Path, analyst: Option<&dyn Analyst>) -> Result<String, Exit> {
    let reports = read(file).map_err(Exit::Temporary)?;
    let mut tally = Tally::default();
    for report in &reports {
        let began = Instant::now();
        let rated = rate(report, analyst, &mut tally).await;
        tally.latencies.push(began.elapsed());
        tally.count(report, rated);
    }
    let name = analyst.map_or_else(
        || "rules".to_owned(),
        |it| {
            let identity = it.identity();
            format!(
                "{} (prompt {}), over the rules",
                identity.model, identity.prompt
            )
        },
    );
    Ok(tally.told(&name))
}

fn read(file: &Path) -> anyhow::Result<Vec<Labelled>> {
    let name = file.display();
    let text = std::fs::read_to_string(file).with_context(|| format!("{name} cannot be read"))?;
    let lines = (1..)
        .zip(text.lines())
        .filter(|(_, it)| !it.trim().is_empty());
    let reports = lines.map(|(number, line)| {
        serde_json::from_str(line).map_err(|error| anyhow!("{name}, line {number}: {error}"))
    });
    reports.collect()
}

/// As in a group: what a rule calls critical stays so, and where the model fails, rules rate.
async fn rate(
    report: &Labelled,
    analyst: Option<&dyn Analyst>,
    tally: &mut Tally,
) -> Option<Urgency> {
    let policy = TriagePolicy::default();
    let rules = by_rules(&report.text, &policy);
    let Some(analyst) = analyst else {
        return rules.urgency;
    };
    let inquiry = Inquiry {
        text: mask(&report.text).text,
        picture: None,
        dialogue: Vec::new(),
        questions_left: 0,
        departments: Vec::new(),
        places: Vec::new(),
        open: Vec::new(),
        language: Language::English,
    };
    let reply = analyst.assess(&inquiry).await;
    tally.micros = tally.micros.saturating_add(reply.usage.micros);
    match reply.opinion {
        Ok(opinion) => {
            let rated = actors::domain::Assessment {
                urgency: Some(opinion.urgency),
                ..rules
            };
            with_floor(rated, &report.text, &policy).urgency
        }
        Err(error) => {
            *tally.failures.entry(error.name()).or_default() += 1;
            rules.urgency
        }
    }
}

fn column(urgency: Option<Urgency>) -> usize {
    let known = urgency.and_then(|it| Urgency::ALL.iter().position(|one| *one == it));
    known.unwrap_or(Urgency::ALL.len())
}

impl Tally {
    fn count(&mut self, report: &Labelled, rated: Option<Urgency>) {
        let right = rated == Some(report.urgency);
        *self
            .pairs
            .entry((column(Some(report.urgency)), column(rated)))
            .or_default() += 1;
        let language = report.language.clone().unwrap_or_else(|| "?".to_owned());
        let (of, hits) = self.languages.entry(language).or_default();
        *of += 1;
        *hits += u32::from(right);
        if report.urgency == Urgency::Critical && !right {
            self.missed.push(report.text.clone());
        }
    }

    fn told(&self, name: &str) -> String {
        const NAMES: [&str; 4] = ["critical", "same-day", "planned", "not rated"];
        let total: u32 = self.pairs.values().sum();
        let right: u32 = (0..NAMES.len())
            .filter_map(|it| self.pairs.get(&(it, it)))
            .sum();
        let mut told = String::new();
        let share = f64::from(right) * 100.0 / f64::from(total.max(1));
        let _ = writeln!(
            told,
            "{name}: {right} of {total} rated as people did ({share:.1} %)"
        );
        let _ = writeln!(
            told,
            "\nset by people \\ said{:>11}{:>11}{:>11}{:>11}",
            NAMES[0], NAMES[1], NAMES[2], NAMES[3]
        );
        for (row, label) in (0..).zip(NAMES).take(Urgency::ALL.len()) {
            let _ = write!(told, "{label:<20}");
            for cell in 0..NAMES.len() {
                let count = self.pairs.get(&(row, cell)).copied().unwrap_or(0);
                let _ = write!(told, "{count:>11}");
            }
            told.push('\n');
        }
        told.push('\n');
        for (language, (of, hits)) in &self.languages {
            let _ = writeln!(told, "{language}: {hits} of {of}");
        }
        for (outcome, times) in &self.failures {
            let _ = writeln!(
                told,
                "no usable opinion ({outcome}): {times}, rated by rules"
            );
        }
        let _ = writeln!(told, "missed criticals: {}", self.missed.len());
        for text in &self.missed {
            let _ = writeln!(told, "  {text}");
        }
        let mut latencies = self.latencies.clone();
        latencies.sort_unstable();
        let at = |percent: usize| {
            let place = latencies.len().saturating_sub(1) * percent / 100;
            latencies.get(place).copied().unwrap_or_default()
        };
        let _ = writeln!(told, "latency: median {:?}, p90 {:?}", at(50), at(90));
        let (whole, part) = (self.micros / 1_000_000, self.micros % 1_000_000);
        let _ = writeln!(told, "cost: {whole}.{part:06} by the price table");
        told
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;
    use crate::claude::{Claude, Options, Prices};
    use crate::messages_api::{self, MessagesApi, Mood};

    /// The set that ships: how well the rules rate it is written down, misses and all.
    #[tokio::test]
    async fn the_rules_rate_the_set_that_ships_as_written_down() {
        let set = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/triage-reports.jsonl");
        let reports = read(&set).unwrap();
        assert!(reports.len() >= 60, "{}", reports.len());
        let told = evaluate(&set, None).await.unwrap();
        let first = told.lines().next().unwrap();
        assert_eq!(
            first, "rules: 67 of 72 rated as people did (93.1 %)",
            "{told}"
        );
        assert!(told.contains("missed criticals: 3"), "{told}");
    }

    /// The stand-in answers by the same lists: what differs is the way there and back.
    #[tokio::test]
    async fn a_model_is_asked_over_the_wire_and_its_cost_and_failures_are_counted() {
        let set = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/triage-reports.jsonl");
        let api = MessagesApi::start().await.unwrap();
        let prices = Prices {
            input: 100_000,
            output: 500_000,
        };
        let claude = Claude::new(Options {
            api_key: SecretString::from(messages_api::KEY),
            base_url: api.url().parse().unwrap(),
            model: "claude-haiku-5-5".to_owned(),
            prices,
            prompt: None,
            timeout: Duration::from_secs(20),
        });
        let claude = claude.unwrap();
        let told = evaluate(&set, Some(&claude)).await.unwrap();
        assert_eq!(api.calls(), 72);
        let name = "claude-haiku-5-5 (prompt ";
        assert!(told.starts_with(name), "{told}");
        for part in ["of 72 rated as people did", "latency: median", "en: "] {
            assert!(told.contains(part), "{part}: {told}");
        }
        assert!(!told.contains("cost: 0.000000"), "{told}");
        api.be(Mood::Malformed);
        let told = evaluate(&set, Some(&claude)).await.unwrap();
        let failed = "no usable opinion (malformed): 72, rated by rules";
        assert!(told.contains(failed), "{told}");
        assert!(told.contains("67 of 72 rated as people did"), "{told}");
    }
}
