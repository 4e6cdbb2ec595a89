//! What fell due while the desk was away, in one message: what is due, and a line for each incident.

use actors::domain::{Incident, Resolution, Says};
use actors::inbound::Button;
use actors::ports::Gathered;
use chrono::{DateTime, Duration, Utc};

use super::markup::units;
use super::page::Page;
use super::scene::{Scene, number_of};
use super::wording::{Filling, Phrase};

/// How much of a report stands in a line, in UTF-16 units.
const LINE_LIMIT: usize = 32;

/// How long the lines may be together, in UTF-16 units: beside them the names, and the numbers of what
/// has no line any more, fit one message.
const LINES_LIMIT: usize = 3_400;

/// How many incidents have a button, a screen of a phone.
const KEYS_LIMIT: usize = 20;

/// How many buttons stand in a row: more would cut their numbers on a phone.
const KEYS_PER_ROW: usize = 5;

/// A word: under which heading it stands, and at what time.
struct Line<'a> {
    heading: Phrase,
    at: Option<DateTime<Utc>>,
    incident: &'a Incident,
}

/// What fell due.
pub(super) fn page(scene: &Scene<'_>, absent_minutes: i64, gathered: &[Gathered]) -> Page {
    let lines = lines(scene, gathered);
    let absent = scene.voice.duration(Duration::minutes(absent_minutes));
    let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let mut page = Page::of(scene.say(
        "away",
        &[("duration", absent.into()), ("count", count.into())],
    ));
    let shown = told(scene, &lines, &mut page);
    let others = lines.get(shown..).unwrap_or_default();
    if !others.is_empty() {
        let numbers: Vec<Phrase> = others.iter().map(|it| number(it.incident)).collect();
        let numbers = ("numbers", Filling::from(scene.voice.series(&numbers)));
        page.gap();
        page.line(scene.say("away-also", &[numbers]));
    }
    keys(scene, &lines, &mut page);
    page
}

/// What is most urgent comes first, and what is due likewise stands together.
fn lines<'a>(scene: &Scene<'_>, gathered: &'a [Gathered]) -> Vec<Line<'a>> {
    let mut ranked: Vec<(u8, Line<'a>)> = Vec::new();
    for Gathered { says, incident } in gathered {
        let (rank, heading) = heading(scene, says);
        let at = moment(says, incident);
        let line = Line {
            heading,
            at,
            incident,
        };
        // Two calls of five names each are about one incident.
        let same = |(_, it): &(u8, Line<'_>)| {
            it.heading == line.heading && it.incident.identity.id == incident.identity.id
        };
        if !ranked.iter().any(same) {
            ranked.push((rank, line));
        }
    }
    ranked.sort_by(|(rank, line), (other_rank, other)| {
        let place = |line: &Line<'_>| line.incident.identity.number;
        let words = line.heading.as_str().cmp(other.heading.as_str());
        let rank = rank.cmp(other_rank);
        rank.then(words).then(place(line).cmp(&place(other)))
    });
    ranked.into_iter().map(|(_, line)| line).collect()
}

/// Says as many lines as there is room for; answers how many.
fn told(scene: &Scene<'_>, lines: &[Line<'_>], page: &mut Page) -> usize {
    let mut room = LINES_LIMIT;
    let mut present: Option<&Phrase> = None;
    for (told, line) in lines.iter().enumerate() {
        let heading = (present != Some(&line.heading)).then_some(&line.heading);
        let text = line_of(scene, line);
        let taken = heading.map_or(0, |it| units(it.as_str()) + 2) + units(text.as_str()) + 1;
        match room.checked_sub(taken) {
            Some(left) => room = left,
            None => return told,
        }
        if let Some(heading) = heading {
            page.gap();
            page.line(heading.clone());
            present = Some(heading);
        }
        page.line(text);
    }
    lines.len()
}

fn line_of(scene: &Scene<'_>, line: &Line<'_>) -> Phrase {
    let text = scene.first_words(line.incident, LINE_LIMIT);
    let number = ("number", Filling::from(number(line.incident)));
    let text = ("text", text.into());
    match line.at {
        None => scene.say("away-line", &[number, text]),
        Some(at) => {
            let time = ("time", scene.moment(at).into());
            scene.say("away-line-at", &[number, time, text])
        }
    }
}

fn number(incident: &Incident) -> Phrase {
    let number = number_of(incident.identity.number);
    Phrase::ready(format!("<b>{}</b>", number.as_str()))
}

/// Each of them can be opened, with all that may be done with it.
fn keys(scene: &Scene<'_>, lines: &[Line<'_>], page: &mut Page) {
    let mut incidents: Vec<&Incident> = lines.iter().map(|line| line.incident).collect();
    let mut seen = Vec::new();
    incidents.retain(|it| {
        let id = it.identity.id;
        let new = !seen.contains(&id);
        seen.push(id);
        new
    });
    if incidents.len() > KEYS_LIMIT {
        page.gap();
        page.line(scene.say("away-others", &[]));
    }
    let keys = incidents.iter().take(KEYS_LIMIT).map(|it| {
        let incident = it.identity.id;
        scene.labelled(&number_of(it.identity.number), Button::Show { incident })
    });
    page.rows(keys.collect(), KEYS_PER_ROW);
}

/// What is due, and where it stands among the others.
fn heading(scene: &Scene<'_>, says: &Says) -> (u8, Phrase) {
    let department = |rank, id, department| {
        let department = ("department", Filling::from(scene.department(department)));
        (rank, scene.say(id, &[department]))
    };
    let plain = |rank, id| (rank, scene.say(id, &[]));
    match says {
        Says::Escalated { .. } => plain(0, "away-escalated"),
        Says::EscalationWarned { .. } => plain(1, "away-escalation-warning"),
        Says::Nudge { department: it, .. } => department(2, "away-nudge", *it),
        Says::NewInDepartment { department: it, .. } => department(3, "away-new", *it),
        Says::NobodyOnDuty { department: it } => department(4, "away-nobody-on-duty", *it),
        Says::DepartmentMissing { .. } | Says::DepartmentReminder { .. } => {
            plain(5, "away-no-department")
        }
        Says::LeaseQuestioned { minutes_left } => {
            let minutes = ("minutes", Filling::from(*minutes_left));
            (6, scene.say("away-lease", &[minutes]))
        }
        Says::WokenUp => plain(7, "away-woken-up"),
        Says::WaitQuestioned { .. } => plain(8, "away-waiting"),
        Says::LeaseEnded { shift: true } => plain(9, "away-shift-ended"),
        Says::LeaseEnded { shift: false } => plain(10, "away-lease-ended"),
        Says::AutoClosed {
            resolution: Resolution::NoSummary,
            ..
        } => plain(11, "away-closed-without-summary"),
        Says::AutoClosed { .. } => plain(12, "away-closed-unconfirmed"),
        // Nothing else is gathered.
        _ => plain(13, "away-overdue"),
    }
}

/// When it was due, or since when it waits.
fn moment(says: &Says, incident: &Incident) -> Option<DateTime<Utc>> {
    match says {
        Says::Nudge { since, .. } | Says::WaitQuestioned { since } => Some(*since),
        Says::DepartmentMissing { .. } | Says::DepartmentReminder { .. } => {
            Some(incident.opened_at)
        }
        Says::Escalated { due, .. }
        | Says::EscalationWarned { due, .. }
        | Says::Overdue { due, .. } => Some(*due),
        _ => None,
    }
}
