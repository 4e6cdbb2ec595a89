//! A group's figures: a picture with words below, or a table to take away.

mod chart;
mod people;
mod ratings;
mod sheet;

use actors::domain::kpi::{Figures, Overview, ReportForm, Span, Times, Window};
use actors::domain::notice::Late;
use actors::domain::{GroupConfig, Incident};
use actors::inbound::Button;
use chrono::{DateTime, TimeDelta, Utc};

use super::page::Page;
use super::scene::Scene;
use super::wording::{Filling, Phrase};
use super::{Attachment, Key};

/// How much of a group's title is shown, in UTF-16 units.
const TITLE_LIMIT: usize = 64;

/// Which report, and in which form.
pub(super) type Wanted = (Span, DateTime<Utc>, ReportForm);

/// The words of a report: all of them below the picture, the title below a table.
pub(super) fn page(
    scene: &Scene<'_>,
    (span, at, form): Wanted,
    overview: Option<&Overview>,
    late: Option<Late>,
) -> Page {
    let (Some(group), Some(overview)) = (scene.group, overview) else {
        return scene.say("settings-unavailable", &[]).into();
    };
    let mut page = Page::of(title(scene, span, overview.window));
    of_groups(scene, &mut page, overview);
    match form {
        ReportForm::Picture => {
            lateness(scene, &mut page, late);
            ratings::missed(scene, &mut page, overview);
            figures(scene, &mut page, overview, late);
            keys(scene, &mut page, group, (span, at), overview);
            page
        }
        ReportForm::Ratings => ratings::table(scene, page, overview),
        ReportForm::People => people::table(scene, page, overview),
        ReportForm::Csv | ReportForm::Xlsx => {
            if overview.cut {
                page.line(scene.say("report-cut", &[]));
            }
            page
        }
    }
}

/// That it is about several groups, and how many.
fn of_groups(scene: &Scene<'_>, page: &mut Page, overview: &Overview) {
    let count = i64::try_from(overview.groups.len()).unwrap_or(i64::MAX);
    if count > 0 {
        page.line(scene.say("report-groups", &[("count", count.into())]));
    }
}

/// A line for each group of a report about several.
pub(super) fn by_group(scene: &Scene<'_>, overview: &Overview) -> Page {
    let mut page = Page::default();
    for group in &overview.groups {
        let title = scene.voice.given_name(&group.title, TITLE_LIMIT);
        let fillings = [
            ("title", title.into()),
            number("created", group.figures.created),
            number("closed", group.figures.closed),
            number("open", group.figures.open_now),
        ];
        page.line(scene.say("report-group", &fillings));
    }
    page
}

/// The picture of a report as SVG, for a page.
pub(super) fn chart(scene: &Scene<'_>, span: Span, overview: &Overview) -> String {
    chart::draw(scene, span, overview)
}

/// The chart as PNG.
pub(super) fn picture(
    scene: &Scene<'_>,
    span: Span,
    overview: &Overview,
) -> Result<Vec<u8>, String> {
    chart::picture(scene, span, overview)
}

/// The picture or table of a report, if it has one; an error says why it could not be made.
pub(super) fn file(
    scene: &Scene<'_>,
    (span, _, form): Wanted,
    overview: &Overview,
    incidents: &[Incident],
) -> Result<Option<Attachment>, String> {
    let (media_type, ending, bytes) = match form {
        ReportForm::Ratings | ReportForm::People => return Ok(None),
        // Axes without a bar would tell less than the words do.
        ReportForm::Picture if overview.whole.is_empty() => return Ok(None),
        ReportForm::Picture => ("image/png", "png", chart::picture(scene, span, overview)),
        ReportForm::Csv => ("text/csv", "csv", sheet::csv(scene, overview, incidents)),
        ReportForm::Xlsx => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
            sheet::xlsx(scene, overview, incidents),
        ),
    };
    Ok(Some(Attachment {
        shown: form == ReportForm::Picture,
        name: name(span, overview, scene, ending),
        media_type,
        bytes: bytes?,
    }))
}

/// The first and the last day, as ISO 8601 has them: the same in every language.
pub(super) fn days(scene: &Scene<'_>, window: Window) -> (Phrase, Phrase) {
    let day = |at: DateTime<Utc>| {
        let local = at.with_timezone(&scene.voice.time_zone);
        Phrase::ready(local.format("%Y-%m-%d").to_string())
    };
    (
        day(window.from),
        day(window.until - TimeDelta::milliseconds(1)),
    )
}

fn title(scene: &Scene<'_>, span: Span, window: Window) -> Phrase {
    let (from, until) = days(scene, window);
    let from = ("from", Filling::from(from));
    match span {
        Span::Day => scene.say("report-day", &[from]),
        Span::Week | Span::Month => {
            scene.say("report-days", &[from, ("until", Filling::from(until))])
        }
    }
}

fn name(span: Span, overview: &Overview, scene: &Scene<'_>, ending: &str) -> String {
    let span = match span {
        Span::Day => "day",
        Span::Week => "week",
        Span::Month => "month",
    };
    let of = match overview.groups.is_empty() {
        true => "",
        false => "all-groups-",
    };
    let (from, _) = days(scene, overview.window);
    format!("deskbell-{of}{span}-{}.{ending}", from.as_str())
}

fn figures(scene: &Scene<'_>, page: &mut Page, overview: &Overview, late: Option<Late>) {
    let whole = &overview.whole;
    if whole.is_empty() {
        page.line(scene.say("report-empty", &[number("open", whole.open_now)]));
        return;
    }
    let counts = [
        number("created", whole.created),
        number("closed", whole.closed),
        number("open", whole.open_now),
    ];
    page.line(scene.say("report-counts", &counts));
    // A caption has no room for this beside how late it is.
    if late.is_none() {
        rates(scene, page, overview);
    }
    if let Some(times) = &whole.response {
        page.line(measured(scene, "report-response", times));
    }
    if let Some(times) = &whole.resolution {
        page.line(measured(scene, "report-resolution", times));
    }
    if let Some(times) = &whole.on_hold {
        page.line(measured(scene, "report-on-hold", times));
    }
    if let Some(percent) = whole.target_met() {
        let rated = number("rated", whole.with_target);
        page.line(scene.say("report-in-time", &[number("percent", percent), rated]));
    }
    if let Some(percent) = whole.auto_closed_share().filter(|it| *it > 0) {
        page.line(scene.say("report-auto-closed", &[number("percent", percent)]));
    }
    if whole.reopened > 0 {
        let share = whole.reopened_share().unwrap_or(100);
        let fillings = [number("count", whole.reopened), number("percent", share)];
        page.line(scene.say("report-reopened", &fillings));
    }
    if whole.lost_claims > 0 {
        page.line(scene.say("report-lost", &[number("count", whole.lost_claims)]));
    }
    calls(scene, page, whole);
    if whole.impossible > 0 {
        page.line(scene.say("report-impossible", &[number("count", whole.impossible)]));
    }
    ratings::summary(scene, page, overview);
    page.gap();
    page.line(definitions(scene));
}

/// When it should have come, and why it did not.
fn lateness(scene: &Scene<'_>, page: &mut Page, late: Option<Late>) {
    let Some(late) = late else { return };
    let time = ("time", scene.moment(late.due).into());
    let (id, lasted) = match late.absent_minutes {
        Some(minutes) => ("report-late-absent", TimeDelta::minutes(minutes)),
        None => ("report-late", scene.voice.now - late.due),
    };
    let duration = ("duration", scene.voice.duration(lasted).into());
    page.line(scene.say(id, &[time, duration]));
}

/// Who was called because nobody took something, and how soon somebody looked after it.
fn calls(scene: &Scene<'_>, page: &mut Page, whole: &Figures) {
    if whole.calls + whole.acknowledged == 0 {
        return;
    }
    let mut fillings = vec![
        number("calls", whole.calls),
        number("undelivered", whole.undelivered_calls),
        number("acknowledged", whole.acknowledged),
    ];
    match &whole.acknowledging {
        None => page.line(scene.say("report-calls", &fillings)),
        Some(times) => {
            fillings.extend(lasted(scene, times));
            page.line(scene.say("report-calls-acknowledged", &fillings))
        }
    };
}

fn number(name: &'static str, count: u32) -> (&'static str, Filling) {
    (name, Filling::from(i64::from(count)))
}

/// What is meant by "in time" is the group's own.
pub(super) fn definitions(scene: &Scene<'_>) -> Phrase {
    let policy = scene.group.map(|group| group.settings.leases.clone());
    let policy = policy.unwrap_or_default();
    let fillings = [
        ("critical", i64::from(policy.critical_target_hours).into()),
        ("planned", i64::from(policy.planned_target_days).into()),
    ];
    scene.say("report-definitions", &fillings)
}

/// How many a day, where more than a day has passed.
fn rates(scene: &Scene<'_>, page: &mut Page, overview: &Overview) {
    let daily = |count| Figures::daily(count, overview.window, scene.voice.now);
    let whole = &overview.whole;
    if let (Some(created), Some(closed)) = (daily(whole.created), daily(whole.closed)) {
        let tenths = |tenths: u32| {
            let point = scene.voice.say("decimal-point", &[]);
            let (ones, tenth) = (tenths / 10, tenths % 10);
            Phrase::ready(format!("{ones}{}{tenth}", point.as_str()))
        };
        let fillings = [
            ("created", tenths(created).into()),
            ("closed", tenths(closed).into()),
        ];
        page.line(scene.say("report-rates", &fillings));
    }
}

fn measured(scene: &Scene<'_>, id: &str, times: &Times) -> Phrase {
    let mut fillings = Vec::from(lasted(scene, times));
    fillings.push(number("count", times.count));
    scene.say(id, &fillings)
}

fn lasted(scene: &Scene<'_>, times: &Times) -> [(&'static str, Filling); 3] {
    [
        ("median", scene.voice.duration(times.median).into()),
        ("most", scene.voice.duration(times.p90).into()),
        ("mean", scene.voice.duration(times.mean).into()),
    ]
}

fn keys(
    scene: &Scene<'_>,
    page: &mut Page,
    group: &GroupConfig,
    (span, at): (Span, DateTime<Utc>),
    overview: &Overview,
) {
    let all_groups = !overview.groups.is_empty();
    let button = |at: DateTime<Utc>, form| Button::Report {
        group: group.id,
        span,
        at: at.timestamp(),
        form,
        all_groups,
    };
    let before = overview.window.from - TimeDelta::seconds(1);
    let keys: [Key; 3] = [
        scene.key("button-report-earlier", button(before, ReportForm::Picture)),
        scene.key("button-report-csv", button(at, ReportForm::Csv)),
        scene.key("button-report-xlsx", button(at, ReportForm::Xlsx)),
    ];
    page.row(keys);
    let people = button(at, ReportForm::People);
    page.row([scene.key("button-report-people", people)]);
    if !scene.groups.is_empty() || all_groups {
        page.row([breadth(scene, group, (span, at), !all_groups)]);
    }
    if overview.ratings.rated() > 0 {
        let compared = button(at, ReportForm::Ratings);
        page.row([scene.key("button-report-ratings", compared)]);
    }
}

/// The same of all groups, or of the one alone.
fn breadth(
    scene: &Scene<'_>,
    group: &GroupConfig,
    (span, at): (Span, DateTime<Utc>),
    all_groups: bool,
) -> Key {
    let label = match all_groups {
        true => scene.say("button-report-all", &[]),
        false => {
            let title = scene.voice.plain().given_name(&group.title, TITLE_LIMIT);
            scene.say("button-report-only", &[("title", title.into())])
        }
    };
    let button = Button::Report {
        group: group.id,
        span,
        at: at.timestamp(),
        form: ReportForm::Picture,
        all_groups,
    };
    scene.labelled(&label, button)
}
