//! `deskbell report`: the figures of `/report` on the command line, for files and for other programs.
//! It only looks, so a running service is not disturbed.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use actors::domain::kpi::{Depth, Overview, ReportForm, Span, Window, divided};
use actors::domain::{CompanyId, GroupConfig, Incident, Person};
use actors::overview::{Subject, listed, overview};
use actors::ports::Store;
use anyhow::{anyhow, bail};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use clap::{Args, ValueEnum};

use super::serve::{refused, url_of};
use crate::config::Database;
use crate::exit::Exit;
use crate::store;
use crate::telegram::text::ChatWords;
use crate::words::{Reading, Words as _};

/// The longest time a report looks at, in days: with its parts in months, ten years fill a picture.
const LONGEST: i64 = 3_660;

/// Which report, in which form.
#[derive(Debug, Clone, Args)]
pub struct ReportOptions {
    /// Over which time: the present day, week or month, by the group's clock
    #[arg(value_enum, default_value_t = ReportSpan::Week)]
    pub span: ReportSpan,
    /// The day, week or month in which this day lies, as 2026-11-26
    #[arg(long, value_name = "DATE", conflicts_with = "from")]
    pub at: Option<NaiveDate>,
    /// Instead, from this day on
    #[arg(long, value_name = "DATE", requires = "to")]
    pub from: Option<NaiveDate>,
    /// To the end of this day
    #[arg(long, value_name = "DATE", requires = "from")]
    pub to: Option<NaiveDate>,
    /// Of the group with this number or title; not needed where there is only one
    #[arg(long, value_name = "NUMBER|TITLE")]
    pub group: Option<String>,
    /// Of all groups of the company with this number
    #[arg(long, value_name = "NUMBER", conflicts_with = "group")]
    pub company: Option<i64>,
    /// In which form
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub format: ReportFormat,
    /// The file it is written to, instead of standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Over which time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportSpan {
    /// A day.
    Day,
    /// A week, from Monday.
    Week,
    /// A calendar month.
    Month,
}

/// In which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// Figures and who did what, to read.
    Text,
    /// A table of the incidents.
    Csv,
    /// A spreadsheet of incidents, figures, people and ratings.
    Xlsx,
    /// The chart, as a picture.
    Png,
    /// The chart, as a picture that can be enlarged at will.
    Svg,
}

impl ReportFormat {
    /// Whether it is nothing to look at in a terminal.
    #[must_use]
    pub fn is_for_programs(self) -> bool {
        matches!(self, Self::Xlsx | Self::Png)
    }
}

/// Makes the report that the options ask for.
///
/// # Errors
/// When the database cannot be read, or what is asked for is not there.
pub async fn report(
    options: &ReportOptions,
    database: &Database,
    now: DateTime<Utc>,
) -> Result<Vec<u8>, Exit> {
    let store = store::look(&url_of(database)).await.map_err(refused)?;
    let wanted = Wanted::of(options, &*store, now).await;
    let wanted = wanted.map_err(Exit::Temporary)?;
    made(options.format, &wanted, &*store, now)
        .await
        .map_err(Exit::Temporary)
}

/// Whose figures, over which time.
struct Wanted {
    /// Whose language, clock and departments hold.
    group: Arc<GroupConfig>,
    span: Span,
    subject: Subject,
}

impl Wanted {
    async fn of(
        options: &ReportOptions,
        store: &dyn Store,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Self> {
        let groups = chosen(options, store).await?;
        let Some(group) = groups.first() else {
            bail!("there is no group yet: add the bot to one");
        };
        let zone = group.settings.time_zone;
        let window = window(options, zone, now)?;
        let (span, parts) = match options.from {
            Some(_) => divided(window, zone),
            None => (options.span.span(), options.span.span().parts(window, zone)),
        };
        let depth = match options.format {
            ReportFormat::Text | ReportFormat::Xlsx => Depth::People,
            ReportFormat::Csv | ReportFormat::Png | ReportFormat::Svg => Depth::Figures,
        };
        Ok(Self {
            group: Arc::clone(group),
            span,
            subject: Subject {
                groups: groups.iter().map(|it| it.id).collect(),
                window,
                parts,
                depth,
            },
        })
    }
}

impl ReportSpan {
    fn span(self) -> Span {
        match self {
            Self::Day => Span::Day,
            Self::Week => Span::Week,
            Self::Month => Span::Month,
        }
    }
}

async fn chosen(
    options: &ReportOptions,
    store: &dyn Store,
) -> anyhow::Result<Vec<Arc<GroupConfig>>> {
    let mut groups = Vec::new();
    for id in store.groups(options.company.map(CompanyId)).await? {
        groups.extend(store.group(id).await?.map(Arc::new));
    }
    if options.company.is_some() {
        return match groups.is_empty() {
            false => Ok(groups),
            true => Err(anyhow!(
                "no company has this number. {}",
                known(store).await?
            )),
        };
    }
    let named: Vec<_> = match &options.group {
        None => groups,
        Some(wanted) => groups.into_iter().filter(|it| is(it, wanted)).collect(),
    };
    match (named.len(), &options.group) {
        (0, Some(_)) => bail!("no group has this number or title. {}", known(store).await?),
        (0 | 1, _) => Ok(named),
        (_, None) => bail!("say which group by --group. {}", known(store).await?),
        (_, Some(_)) => bail!(
            "several groups are called so: say the number. {}",
            known(store).await?
        ),
    }
}

fn is(group: &GroupConfig, wanted: &str) -> bool {
    let by_number = wanted
        .parse::<i64>()
        .is_ok_and(|number| number == group.id.0);
    by_number || group.title.to_lowercase() == wanted.trim().to_lowercase()
}

/// All groups there are, to choose from.
async fn known(store: &dyn Store) -> anyhow::Result<String> {
    let mut told = String::from("There are:");
    for id in store.groups(None).await? {
        if let Some(group) = store.group(id).await? {
            // Writing into a string cannot fail.
            let _ = write!(
                told,
                "\n{} {} (company {})",
                id.0, group.title, group.company.0
            );
        }
    }
    Ok(told)
}

fn window(options: &ReportOptions, zone: Tz, now: DateTime<Utc>) -> anyhow::Result<Window> {
    // By noon every day has begun, wherever clocks are changed.
    let day = |date: NaiveDate| {
        let noon = date.and_time(chrono::NaiveTime::MIN) + TimeDelta::hours(12);
        let there = noon.and_local_timezone(zone).earliest();
        let at = there.map_or(noon.and_utc(), |it| it.with_timezone(&Utc));
        Span::Day.around(at, zone)
    };
    let (Some(from), Some(to)) = (options.from, options.to) else {
        let at = options.at.map_or(now, |date| day(date).from);
        return Ok(options.span.span().around(at, zone));
    };
    if to < from {
        bail!("--to lies before --from");
    }
    if (to - from).num_days() > LONGEST {
        bail!("a report looks at ten years at most: choose --from and --to closer");
    }
    Ok(Window {
        from: day(from).from,
        until: day(to).until,
    })
}

async fn made(
    format: ReportFormat,
    wanted: &Wanted,
    store: &dyn Store,
    now: DateTime<Utc>,
) -> anyhow::Result<Vec<u8>> {
    let mut overview = overview(store, &wanted.subject, now).await?;
    let mut incidents = Vec::new();
    if matches!(format, ReportFormat::Csv | ReportFormat::Xlsx) {
        (incidents, overview.cut) = listed(store, &wanted.subject).await?;
    }
    let people = people(store, &overview, &incidents).await?;
    let reading = Reading {
        language: wanted.group.settings.language,
        group: Some(&wanted.group),
        people: &people,
        now,
    };
    let (words, span) = (ChatWords, wanted.span);
    let table = |form| {
        let table = words.table(&reading, (span, form), &overview, &incidents);
        table.map(|table| table.map_or_else(Vec::new, |it| it.bytes))
    };
    let made = match format {
        ReportFormat::Text => Ok(words.report(&reading, span, &overview).into_bytes()),
        ReportFormat::Csv => table(ReportForm::Csv),
        ReportFormat::Xlsx => table(ReportForm::Xlsx),
        ReportFormat::Png => words.picture(&reading, span, &overview),
        ReportFormat::Svg => Ok(words.chart(&reading, span, &overview).into_bytes()),
    };
    if overview.cut {
        tracing::warn!("there are more incidents than a table holds: it lists the first 20,000");
    }
    made.map_err(|reason| anyhow!(reason))
}

async fn people(
    store: &dyn Store,
    overview: &Overview,
    incidents: &[Incident],
) -> anyhow::Result<Vec<Person>> {
    let mut named: Vec<_> = incidents.iter().flat_map(Incident::people).collect();
    named.extend(overview.people.iter().map(|(person, _)| *person));
    named.sort_unstable();
    named.dedup();
    Ok(store.people(&named).await?)
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        options: ReportOptions,
    }

    fn options(line: &str) -> ReportOptions {
        let words = std::iter::once("report").chain(line.split_whitespace());
        Line::try_parse_from(words).unwrap().options
    }

    fn window_of(line: &str) -> anyhow::Result<(String, String)> {
        let now = Utc.with_ymd_and_hms(2026, 11, 26, 18, 0, 0).unwrap();
        let found = window(&options(line), Tz::Europe__Tallinn, now)?;
        let shown = |at: DateTime<Utc>| {
            let local = at.with_timezone(&Tz::Europe__Tallinn);
            local.format("%Y-%m-%d %H:%M").to_string()
        };
        Ok((shown(found.from), shown(found.until)))
    }

    #[test]
    fn times_are_days_of_the_groups_clock() {
        let is = |line: &str, from: &str, until: &str| {
            let expected = (format!("{from} 00:00"), format!("{until} 00:00"));
            assert_eq!(window_of(line).unwrap(), expected, "{line}");
        };
        is("", "2026-11-23", "2026-11-30");
        is("day", "2026-11-26", "2026-11-27");
        is("month", "2026-11-01", "2026-12-01");
        is("month --at 2026-10-31", "2026-10-01", "2026-11-01");
        // Summer time ended in between.
        is(
            "--from 2026-10-24 --to 2026-10-26",
            "2026-10-24",
            "2026-10-27",
        );
    }

    #[test]
    fn a_time_that_is_none_is_refused_in_words() {
        let said = |line| window_of(line).unwrap_err().to_string();
        assert!(said("--from 2026-10-26 --to 2026-10-25").contains("before"));
        assert!(said("--from 1999-01-01 --to 2026-10-25").contains("ten years"));
        let line = ["report", "--from", "2026-10-26"];
        assert!(Line::try_parse_from(line).is_err());
    }
}
