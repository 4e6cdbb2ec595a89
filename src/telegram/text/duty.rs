//! Who is on duty, and when somebody works.

mod shift;

use actors::domain::calendar::{Days, Span, Week};
use actors::domain::{GroupConfig, Mute, PersonId, Says};
use actors::inbound::Button;
use actors::ports::Letter;
use chrono::Weekday;

use super::call;
use super::page::Page;
use super::scene::Scene;
use super::wording::{Filling, Phrase};

/// How many people of a department are named; beyond them it says how many more.
const NAMED: usize = 10;

/// How many departments are shown: a message has room for them with their names.
const DEPARTMENTS_SHOWN: usize = 20;

/// A letter about duty.
pub(super) fn letter(scene: &Scene<'_>, letter: &Letter) -> Page {
    let background = &letter.background;
    match &letter.says {
        Says::NobodyOnDuty { department } => call::nobody_on_duty(scene, *department),
        Says::Duty { person } => page(scene, *person),
        Says::Schedule { person } => schedule(scene, *person),
        Says::Mutes { person } => mutes(scene, *person),
        Says::Digest {
            departments,
            absent_minutes,
        } => shift::digest(scene, departments, *absent_minutes, background),
        Says::ShiftEnding {
            until,
            absent_minutes,
            ..
        } => shift::ending(scene, *until, *absent_minutes, background),
        // `render` sends no others here.
        _ => Page::default(),
    }
}

/// Who is on duty in each department, and what holds for whoever asked.
fn page(scene: &Scene<'_>, person: PersonId) -> Page {
    let Some(group) = scene.group else {
        return scene.say("settings-unavailable", &[]).into();
    };
    let mut page = Page::of(scene.say("duty-now", &[]));
    for department in group.departments.iter().take(DEPARTMENTS_SHOWN) {
        let on_duty = group.on_duty(department.id, scene.voice.now);
        let name = scene.department_name(&scene.voice, department);
        let fillings = [
            ("department", Filling::from(name)),
            ("names", names(scene, &on_duty).into()),
        ];
        page.line(scene.say("duty-line", &fillings));
    }
    page.gap();
    page.line(state(scene, group, person));
    schedules(scene, group, person, &mut page);
    page.row([
        scene.key("button-duty-on", Button::Duty(true)),
        scene.key("button-duty-off", Button::Duty(false)),
    ]);
    page
}

/// When somebody works.
fn schedule(scene: &Scene<'_>, person: PersonId) -> Page {
    let Some(group) = scene.group else {
        return scene.say("settings-unavailable", &[]).into();
    };
    let person_named = ("person", Filling::from(scene.name(person)));
    let mut page = Page::of(scene.say("duty-schedule-of", &[person_named]));
    schedules(scene, group, person, &mut page);
    page
}

fn names(scene: &Scene<'_>, people: &[PersonId]) -> Phrase {
    match people {
        [] => scene.say("duty-nobody", &[]),
        people => scene.names(people, NAMED),
    }
}

/// What somebody hears of what is said to many.
fn mutes(scene: &Scene<'_>, person: PersonId) -> Page {
    let Some(group) = scene.group else {
        return scene.say("settings-unavailable", &[]).into();
    };
    let person_named = ("person", Filling::from(scene.name(person)));
    let mut page = Page::of(scene.say("mutes", &[person_named]));
    for mute in Mute::ALL {
        let muted = group.roster.is_muted(person, mute);
        let id = match mute {
            Mute::NewInDepartment => "mute-new",
            Mute::Nudges => "mute-nudges",
            Mute::Digests => "mute-digests",
        };
        let what = ("what", Filling::from(scene.say(id, &[])));
        let label = scene.say(
            if muted {
                "button-muted"
            } else {
                "button-heard"
            },
            &[what],
        );
        page.row([scene.labelled(&label, Button::Mute(mute, !muted))]);
    }
    page
}

/// Whether somebody is on duty, wherever, and until when that holds.
fn state(scene: &Scene<'_>, group: &GroupConfig, person: PersonId) -> Phrase {
    let now = scene.voice.now;
    let zone = group.settings.time_zone;
    let departments = group.standing(person).departments;
    let on = match group.roster.word_of(person, now) {
        Some(word) => word.on,
        None => {
            let mut departments = departments.iter();
            departments.any(|it| group.roster.is_on(person, *it, zone, now))
        }
    };
    let person_named = ("person", Filling::from(scene.name(person)));
    if departments.is_empty() {
        return scene.say("duty-no-department", &[person_named]);
    }
    let until = match group.roster.word_of(person, now) {
        Some(word) => word.until,
        None => group.roster.next_change(person, zone, now),
    };
    match until {
        Some(until) => {
            let id = if on {
                "duty-on-until"
            } else {
                "duty-off-until"
            };
            let time = ("time", scene.moment(until).into());
            scene.say(id, &[person_named, time])
        }
        None => {
            let id = if on { "duty-on" } else { "duty-off" };
            scene.say(id, &[person_named])
        }
    }
}

/// A line for each of their departments.
fn schedules(scene: &Scene<'_>, group: &GroupConfig, person: PersonId, page: &mut Page) {
    let theirs = group.standing(person).departments;
    for department in theirs.into_iter().take(DEPARTMENTS_SHOWN) {
        let name = ("department", Filling::from(scene.department(department)));
        page.line(match group.roster.schedule(person, department) {
            Some(week) => {
                let week = ("week", week_in_words(scene, week).into());
                scene.say("duty-schedule", &[name, week])
            }
            None => scene.say("duty-always", &[name]),
        });
    }
}

/// "Mon–Fri 08:00–16:00, Sat 10:00–14:00".
pub(super) fn week_in_words(scene: &Scene<'_>, week: &Week) -> Phrase {
    let spans: Vec<Phrase> = week
        .0
        .iter()
        .map(|span| span_in_words(scene, span))
        .collect();
    scene.voice.series(&spans)
}

fn span_in_words(scene: &Scene<'_>, span: &Span) -> Phrase {
    let times = times(span.from, span.until);
    let days = days_in_words(scene, span.days);
    Phrase::ready(format!("{} {times}", days.as_str()))
}

/// "Mon–Fri Sun".
pub(super) fn days_in_words(scene: &Scene<'_>, days: Days) -> Phrase {
    match days {
        Days::ALL => scene.say("every-day", &[]),
        days => {
            let runs: Vec<String> = days.runs().into_iter().map(|it| run(scene, it)).collect();
            Phrase::ready(runs.join(" "))
        }
    }
}

fn run(scene: &Scene<'_>, (first, last): (Weekday, Weekday)) -> String {
    let name = |day: Weekday| {
        let number = ("day", i64::from(day.number_from_monday()).into());
        scene.say("weekday", &[number]).into_string()
    };
    match first == last {
        true => name(first),
        false => format!("{}–{}", name(first), name(last)),
    }
}

/// "22:00–07:00", from minutes of the day.
pub(super) fn times(from: u16, until: u16) -> String {
    let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    format!("{}–{}", time(from), time(until))
}
