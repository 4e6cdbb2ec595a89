//! Tables to take away: a row an incident, and the figures.
//!
//! Values are the terms the desk stores, the same in every language, so that tables can be put
//! together; times are the group's own, in ISO 8601.

use actors::domain::kpi::{Figures, Overview};
use actors::domain::{Incident, Stage, Urgency};
use chrono::{DateTime, Utc};
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use serde::Serialize;

use super::super::scene::Scene;

/// How much of a text stands in a cell, in characters: a spreadsheet takes 32,767.
const CELL_LIMIT: usize = 8_000;

/// What the columns are called.
const COLUMNS: [&str; 19] = [
    "number",
    "created_at",
    "first_claimed_at",
    "done_at",
    "closed_at",
    "on_hold_minutes",
    "stage",
    "resolution",
    "urgency",
    "rated_by",
    "triage_said",
    "triage_by",
    "department",
    "reporter",
    "owner",
    "reopened",
    "calls",
    "acknowledged_at",
    "report",
];

/// The incidents as comma-separated values.
pub(super) fn csv(
    scene: &Scene<'_>,
    overview: &Overview,
    incidents: &[Incident],
) -> Result<Vec<u8>, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |cells: &[String]| writer.write_record(cells).map_err(|it| it.to_string());
    write(&columns(overview))?;
    for incident in incidents {
        write(&line(scene, overview, incident))?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}

/// The same as a spreadsheet, with the figures on a sheet of their own.
pub(super) fn xlsx(
    scene: &Scene<'_>,
    overview: &Overview,
    incidents: &[Incident],
) -> Result<Vec<u8>, String> {
    write_workbook(scene, overview, incidents).map_err(|error| error.to_string())
}

fn write_workbook(
    scene: &Scene<'_>,
    overview: &Overview,
    incidents: &[Incident],
) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = workbook.add_worksheet().set_name("incidents")?;
    for (column, title) in (0_u16..).zip(columns(overview)) {
        sheet.write_string_with_format(0, column, title, &bold)?;
    }
    for (number, incident) in (1_u32..).zip(incidents) {
        for (column, cell) in (0_u16..).zip(line(scene, overview, incident)) {
            sheet.write_string(number, column, cell)?;
        }
    }
    let sheet = workbook.add_worksheet().set_name("figures")?;
    write_figures(sheet, &bold, scene, overview)?;
    let sheet = workbook.add_worksheet().set_name("people")?;
    write_people(sheet, &bold, scene, overview)?;
    let sheet = workbook.add_worksheet().set_name("ratings")?;
    write_ratings(sheet, &bold, overview)?;
    workbook.save_to_buffer()
}

/// Figures, a row each: of all, of each group where there are several, of each department, of each
/// urgency.
fn write_figures(
    sheet: &mut Worksheet,
    bold: &Format,
    scene: &Scene<'_>,
    overview: &Overview,
) -> Result<(), rust_xlsxwriter::XlsxError> {
    let several = !overview.groups.is_empty();
    let named = |group: String, department: String, urgency: String| match several {
        true => vec![group, department, urgency],
        false => vec![department, urgency],
    };
    let none = String::new;
    let whole = std::iter::once((named(none(), none(), none()), &overview.whole));
    let groups = overview.groups.iter().map(|group| {
        let title = safe(&group.title);
        (named(title, none(), none()), &group.figures)
    });
    let departments = overview.departments.iter().map(|(id, figures)| {
        let known = scene.group.and_then(|group| group.department(*id));
        // One that is gone has no name any more.
        let name = known.map_or_else(|| id.0.to_string(), |it| safe(&it.name));
        (named(none(), name, none()), figures)
    });
    let urgencies = overview.urgencies.iter().map(|(urgency, figures)| {
        let name = urgency.map_or_else(|| "unrated".to_owned(), |it| term(&it));
        (named(none(), none(), name), figures)
    });
    let titles = ["group", "department", "urgency"];
    let titles = titles.into_iter().skip(usize::from(!several));
    let first = 2 + u16::from(several);
    let all = whole.chain(groups).chain(departments).chain(urgencies);
    for (line, (names, figures)) in (1_u32..).zip(all) {
        for (column, name) in (0_u16..).zip(names) {
            sheet.write_string(line, column, name)?;
        }
        for (column, (title, value)) in (first..).zip(cells(figures)) {
            sheet.write_string_with_format(0, column, title, bold)?;
            if let Some(value) = value {
                sheet.write_number(line, column, value)?;
            }
        }
    }
    for (column, title) in (0_u16..).zip(titles) {
        sheet.write_string_with_format(0, column, title, bold)?;
    }
    Ok(())
}

/// What people did, a row each.
fn write_people(
    sheet: &mut Worksheet,
    bold: &Format,
    scene: &Scene<'_>,
    overview: &Overview,
) -> Result<(), rust_xlsxwriter::XlsxError> {
    let titles = [
        "person",
        "claims",
        "resolved",
        "lost_claims",
        "active_minutes",
    ];
    for (column, title) in (0_u16..).zip(titles) {
        sheet.write_string_with_format(0, column, title, bold)?;
    }
    for (line, (person, deeds)) in (1_u32..).zip(&overview.people) {
        sheet.write_string(line, 0, safe(scene.plain_name(*person).as_str()))?;
        let counts = [deeds.claims, deeds.resolved, deeds.lost_claims];
        for (column, count) in (1_u16..).zip(counts) {
            sheet.write_number(line, column, f64::from(count))?;
        }
        let minutes = f64::from(small(deeds.active.num_seconds())) / 60.0;
        sheet.write_number(line, 4, minutes)?;
    }
    Ok(())
}

/// What triage said, a row each, beside what people set; then the criticals that were missed.
fn write_ratings(
    sheet: &mut Worksheet,
    bold: &Format,
    overview: &Overview,
) -> Result<(), rust_xlsxwriter::XlsxError> {
    let titles = ["triage_said", "critical", "same-day", "planned", "left_so"];
    for (column, title) in (0_u16..).zip(titles) {
        sheet.write_string_with_format(0, column, title, bold)?;
    }
    for (line, said) in (1_u32..).zip(Urgency::ALL) {
        sheet.write_string(line, 0, term(&said))?;
        let sets = Urgency::ALL.map(Some).into_iter().chain([None]);
        for (column, set) in (1_u16..).zip(sets) {
            let times = overview.ratings.times(said, set);
            sheet.write_number(line, column, f64::from(times))?;
        }
    }
    for (column, title) in (0_u16..).zip(["missed_critical", "triage_said", "title"]) {
        sheet.write_string_with_format(5, column, title, bold)?;
    }
    for (line, incident) in (6_u32..).zip(&overview.missed) {
        let found = incident.triage.assessment.as_ref();
        let said = found.and_then(|it| it.urgency);
        sheet.write_string(line, 0, incident.identity.number.to_string())?;
        sheet.write_string(line, 1, said.map(|it| term(&it)).unwrap_or_default())?;
        sheet.write_string(
            line,
            2,
            found.map_or_else(String::new, |it| safe(&it.title)),
        )?;
    }
    Ok(())
}

/// Figures with their names; times in minutes.
fn cells(figures: &Figures) -> Vec<(&'static str, Option<f64>)> {
    let count = |count: u32| Some(f64::from(count));
    let response = figures.response.as_ref();
    let resolution = figures.resolution.as_ref();
    let on_hold = figures.on_hold.as_ref();
    let acknowledging = figures.acknowledging.as_ref();
    let minutes = |time: chrono::Duration| f64::from(small(time.num_seconds())) / 60.0;
    vec![
        ("created", count(figures.created)),
        ("closed", count(figures.closed)),
        ("open_now", count(figures.open_now)),
        ("auto_closed", count(figures.auto_closed)),
        ("done", count(figures.done)),
        ("reopened", count(figures.reopened)),
        ("rated", count(figures.with_target)),
        ("in_time", count(figures.within_target)),
        ("response_count", response.and_then(|it| count(it.count))),
        ("response_mean_minutes", response.map(|it| minutes(it.mean))),
        (
            "response_median_minutes",
            response.map(|it| minutes(it.median)),
        ),
        ("response_p90_minutes", response.map(|it| minutes(it.p90))),
        (
            "resolution_mean_minutes",
            resolution.map(|it| minutes(it.mean)),
        ),
        (
            "resolution_median_minutes",
            resolution.map(|it| minutes(it.median)),
        ),
        (
            "resolution_p90_minutes",
            resolution.map(|it| minutes(it.p90)),
        ),
        ("on_hold_count", on_hold.and_then(|it| count(it.count))),
        ("on_hold_mean_minutes", on_hold.map(|it| minutes(it.mean))),
        (
            "on_hold_median_minutes",
            on_hold.map(|it| minutes(it.median)),
        ),
        ("lost_claims", count(figures.lost_claims)),
        ("escalation_warnings", count(figures.warnings)),
        ("escalation_calls", count(figures.calls)),
        ("calls_not_delivered", count(figures.undelivered_calls)),
        ("acknowledged", count(figures.acknowledged)),
        (
            "acknowledge_mean_minutes",
            acknowledging.map(|it| minutes(it.mean)),
        ),
        (
            "acknowledge_median_minutes",
            acknowledging.map(|it| minutes(it.median)),
        ),
        (
            "acknowledge_p90_minutes",
            acknowledging.map(|it| minutes(it.p90)),
        ),
        ("impossible_times", count(figures.impossible)),
    ]
}

/// Seconds as a number that a cell can hold exactly; 68 years are enough.
fn small(seconds: i64) -> i32 {
    i32::try_from(seconds).unwrap_or(i32::MAX)
}

/// What the columns of a report are called: which group, where it is about several.
fn columns(overview: &Overview) -> Vec<String> {
    let mut columns = COLUMNS.map(str::to_owned).to_vec();
    if !overview.groups.is_empty() {
        columns.insert(1, "group".to_owned());
    }
    columns
}

/// The cells of an incident.
fn line(scene: &Scene<'_>, overview: &Overview, incident: &Incident) -> Vec<String> {
    let mut cells = row(scene, overview, incident).to_vec();
    if !overview.groups.is_empty() {
        let mut groups = overview.groups.iter();
        let group = groups.find(|it| it.id == incident.identity.group);
        cells.insert(1, group.map_or_else(String::new, |it| safe(&it.title)));
    }
    cells
}

fn row(scene: &Scene<'_>, overview: &Overview, incident: &Incident) -> [String; 19] {
    let (resolution, closed_at) = match &incident.stage {
        Stage::Closed { resolution, at, .. } => (term(resolution), Some(*at)),
        _ => (String::new(), None),
    };
    let paused = incident.paused_since(incident.opened_at);
    let triage = &incident.triage;
    let found = triage.assessment.as_ref();
    let said = found.and_then(|it| it.urgency);
    let called = overview.called.get(&incident.identity.id);
    let called = called.copied().unwrap_or_default();
    let claimed = incident.sessions.iter().find_map(|it| it.claimed_at);
    let owner = incident.participations.last().map(|part| part.person);
    let session = incident.sessions.last().map(|session| session.department);
    let department = session
        .and_then(|id| scene.group?.department(id))
        .map_or("", |department| department.name.as_str());
    [
        incident.identity.number.to_string(),
        moment(scene, Some(incident.opened_at)),
        moment(scene, claimed),
        moment(scene, incident.done_at),
        moment(scene, closed_at),
        paused.num_minutes().to_string(),
        term(&incident.stage),
        resolution,
        incident.urgency.as_ref().map(term).unwrap_or_default(),
        triage.rated_by.as_ref().map(term).unwrap_or_default(),
        said.map(|it| term(&it)).unwrap_or_default(),
        found.map(|it| term(&it.rater())).unwrap_or_default(),
        safe(department),
        safe(scene.plain_name(incident.report.reporter).as_str()),
        owner.map_or_else(String::new, |it| safe(scene.plain_name(it).as_str())),
        incident.reopenings.to_string(),
        called.calls.to_string(),
        moment(scene, called.acknowledged_at),
        safe(incident.report.words()),
    ]
}

fn moment(scene: &Scene<'_>, at: Option<DateTime<Utc>>) -> String {
    let zone = scene.voice.time_zone;
    at.map(|at| at.with_timezone(&zone).format("%Y-%m-%dT%H:%M:%S%:z"))
        .map_or_else(String::new, |text| text.to_string())
}

/// A variant's name as it is stored, without what it carries.
fn term(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        Ok(serde_json::Value::Object(fields)) => fields.keys().next().cloned().unwrap_or_default(),
        _ => String::new(),
    }
}

/// Outside text as a cell that no spreadsheet takes for a formula: an apostrophe before what begins
/// like one, whatever blanks stand before it (CWE-1236). Cut, and without what no file can hold.
fn safe(text: &str) -> String {
    let held = text
        .chars()
        .filter(|it| !it.is_control() || matches!(it, '\t' | '\n' | '\r'));
    let cell: String = held.take(CELL_LIMIT).collect();
    let begins = cell
        .chars()
        .find(|it| !matches!(it, ' ' | '\u{A0}' | '\u{FEFF}'));
    let formula = |first: char| {
        matches!(
            first,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'
        )
    };
    if begins.is_some_and(formula) {
        format!("'{cell}")
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::safe;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn no_cell_is_taken_for_a_formula(
            blanks in "[ \u{A0}]{0,2}",
            first in "[=+\\-@\t\r\n＝＋－＠a-z]",
            rest in ".{0,20}",
        ) {
            let cell = safe(&format!("{blanks}{first}{rest}"));
            let begins = cell.trim_start_matches([' ', '\u{A0}']).chars().next();
            prop_assert!(!begins.is_some_and(|it| "=+-@\t\r\n＝＋－＠".contains(it)), "{cell:?}");
        }
    }
}
