//! A group's configuration: pages whose buttons change it.

mod company;
mod departments;
mod escalation;
mod hours;
mod reports;

use actors::domain::group::TIME_ZONES;
use actors::domain::notice::{Panel, Role};
use actors::domain::{GroupConfig, Language, PersonId, Reporting, Urgency, Workflow};
use actors::inbound::{Button, Change};
use chrono_tz::Tz;

use super::Key;
use super::card::urgency_name;
use super::page::Page;
use super::scene::Scene;
use super::triage;
use super::wording::{Filling, Phrase};

/// How many people, or departments, a page names; beyond them it says how many more.
const NAMED: usize = 30;

/// How many people a page offers to remove: a message has room for 100 buttons.
const REMOVABLE: usize = 40;

/// How much of a group's title is shown, in UTF-16 units.
const TITLE_LIMIT: usize = 64;

/// The minutes that are offered between nudges, and for the summary.
const NUDGE_MINUTES: [u32; 4] = [5, 10, 15, 30];
const SUMMARY_MINUTES: [u32; 4] = [5, 10, 20, 60];

/// The minutes that are offered until whoever works on something is asked for a sign of life.
const LEASES: [(Urgency, [u32; 4]); 3] = [
    (Urgency::Critical, [15, 30, 60, 0]),
    (Urgency::SameDay, [120, 240, 480, 0]),
    (Urgency::Planned, [1_440, 3 * 1_440, 7 * 1_440, 0]),
];

fn lease_button(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Critical => "button-lease-critical",
        Urgency::SameDay => "button-lease-same-day",
        Urgency::Planned => "button-lease-planned",
    }
}

/// A page of the configuration.
pub(super) fn page(scene: &Scene<'_>, panel: Panel) -> Page {
    let Some(group) = scene.group else {
        return scene.say("settings-unavailable", &[]).into();
    };
    let panels = Panels { scene, group };
    match panel {
        Panel::SetUp => panels.set_up(),
        Panel::Settings | Panel::SettingsFor(_) => panels.overview(),
        Panel::Language => panels.language(),
        Panel::TimeZone => panels.time_zone(),
        Panel::Clocks => panels.clocks(),
        Panel::Hours => panels.hours(),
        Panel::Departments => panels.departments(),
        Panel::Department(department) => panels.department(department),
        Panel::DefaultDepartments => panels.default_departments(),
        Panel::Managers => panels.managers(),
        Panel::Escalation => panels.escalation(),
        Panel::Triage => triage::panel(scene, panels.back()),
        Panel::Reports => panels.reports(),
        Panel::Belong(group) => panels.belong(group),
    }
}

/// A group's title, as it is shown.
pub(super) fn title(scene: &Scene<'_>, group: &GroupConfig) -> Phrase {
    scene.voice.given_name(&group.title, TITLE_LIMIT)
}

/// A language in its own words.
pub(super) fn language_name(scene: &Scene<'_>, language: Language) -> Phrase {
    let id = match language {
        Language::English => "language-english",
        Language::Estonian => "language-estonian",
        Language::Russian => "language-russian",
    };
    scene.say(id, &[])
}

/// Pages about one group.
struct Panels<'a> {
    scene: &'a Scene<'a>,
    group: &'a GroupConfig,
}

impl Panels<'_> {
    /// The first message in a new group.
    fn set_up(&self) -> Page {
        let mut page = Page::of(self.say("set-up-welcome", &[]));
        page.line(self.say("set-up-what", &[])).gap();
        let departments = ("departments", self.department_names().into());
        page.line(self.say("set-up-ready", &[departments]));
        page.line(self.say("set-up-first", &[]));
        let managers = (
            "names",
            self.scene.names(&self.group.managers, NAMED).into(),
        );
        page.line(self.say("set-up-managers", &[managers])).gap();
        if self.group.settings.set_up {
            page.line(self.say("set-up-done", &[]));
            page.row([self.open("button-settings", Panel::Settings)]);
            return page;
        }
        page.line(self.tongue_and_zone());
        page.row([
            self.open("button-language", Panel::Language),
            self.open("button-time-zone", Panel::TimeZone),
        ]);
        page.row([self.open("button-departments", Panel::Departments)]);
        self.companies(&mut page);
        page.row([self.key("button-finish", Change::Finish)]);
        page
    }

    fn overview(&self) -> Page {
        let settings = &self.group.settings;
        let title = ("title", title(self.scene, self.group).into());
        let mut page = Page::of(self.say("settings-title", &[title]));
        page.gap().line(self.tongue_and_zone());
        let departments = ("departments", self.department_names().into());
        page.line(self.say("settings-departments", &[departments]));
        page.line(self.say(
            match settings.workflow {
                Workflow::Quick => "settings-workflow-quick",
                Workflow::Full => "settings-workflow-full",
            },
            &[],
        ));
        page.line(self.say(
            match settings.reporting {
                Reporting::Everyone => "settings-reporting-everyone",
                Reporting::Registered => "settings-reporting-registered",
            },
            &[],
        ));
        page.line(self.say(
            match settings.asks_about_alike() {
                true => "settings-alike-asked",
                false => "settings-alike-not-asked",
            },
            &[],
        ));
        page.line(self.clocks_line());
        let managers = self.scene.names(&self.group.managers, NAMED);
        page.line(self.say("settings-managers", &[("names", managers.into())]));
        self.company(&mut page);
        self.overview_keys(&mut page);
        page
    }

    fn overview_keys(&self, page: &mut Page) {
        let settings = &self.group.settings;
        page.row([
            self.open("button-language", Panel::Language),
            self.open("button-time-zone", Panel::TimeZone),
        ]);
        page.row([
            self.open("button-departments", Panel::Departments),
            self.open("button-managers", Panel::Managers),
        ]);
        page.row([
            self.open("button-clocks", Panel::Clocks),
            self.open("button-hours", Panel::Hours),
            self.open("button-triage", Panel::Triage),
        ]);
        page.row([
            self.open("button-escalation", Panel::Escalation),
            self.open("button-reports", Panel::Reports),
        ]);
        let workflow = |label, workflow| {
            let present = settings.workflow == workflow;
            self.choice(self.say(label, &[]), present, Change::Workflow(workflow))
        };
        page.row([
            workflow("button-workflow-quick", Workflow::Quick),
            workflow("button-workflow-full", Workflow::Full),
        ]);
        let reporting = |label, reporting| {
            let present = settings.reporting == reporting;
            self.choice(self.say(label, &[]), present, Change::Reporting(reporting))
        };
        page.row([
            reporting("button-reporting-everyone", Reporting::Everyone),
            reporting("button-reporting-registered", Reporting::Registered),
        ]);
        let asks = |label, asks| {
            let present = settings.asks_about_alike() == asks;
            self.choice(self.say(label, &[]), present, Change::AskAboutAlike(asks))
        };
        page.row([
            asks("button-alike-asked", true),
            asks("button-alike-not-asked", false),
        ]);
        self.companies(page);
    }

    fn language(&self) -> Page {
        let mut page = Page::of(self.say("panel-language", &[]));
        let languages = Language::ALL.map(|language| {
            let present = self.group.settings.language == language;
            let name = language_name(self.scene, language);
            self.choice(name, present, Change::Language(language))
        });
        page.row(languages);
        page.row([self.back()]);
        page
    }

    fn time_zone(&self) -> Page {
        let mut page = Page::of(self.say("panel-time-zone", &[self.zone(), self.now()]));
        let zones = TIME_ZONES
            .into_iter()
            .enumerate()
            .filter_map(|(index, zone)| {
                let present = self.group.settings.time_zone == zone;
                let change = Change::TimeZone(u16::try_from(index).ok()?);
                Some(self.choice(zone_name(zone), present, change))
            });
        page.rows(zones.collect(), 2);
        page.row([self.key("button-other-time-zone", Change::AskTimeZone)]);
        page.row([self.back()]);
        page
    }

    fn clocks(&self) -> Page {
        let settings = &self.group.settings;
        let mut page = Page::of(self.say("panel-clocks", &[]));
        page.line(self.clocks_line());
        page.row(NUDGE_MINUTES.map(|minutes| {
            let present = settings.unclaimed_nudge_minutes == minutes;
            let label = self.minutes("button-nudge-minutes", minutes);
            self.choice(label, present, Change::NudgeMinutes(minutes))
        }));
        page.row(SUMMARY_MINUTES.map(|minutes| {
            let present = settings.summary_timeout_minutes == minutes;
            let label = self.minutes("button-summary-minutes", minutes);
            self.choice(label, present, Change::SummaryMinutes(minutes))
        }));
        if settings.workflow == Workflow::Full {
            self.leases(&mut page);
        }
        page.row([self.back()]);
        page
    }

    /// How long claims last without a sign of life.
    fn leases(&self, page: &mut Page) {
        page.gap().line(self.say("panel-leases", &[]));
        for (urgency, offered) in LEASES {
            let name = ("urgency", urgency_name(self.scene, urgency).into());
            let lasts = self.group.settings.leases.minutes(urgency);
            let lasts = ("time", self.lasts(lasts).into());
            page.line(self.say("panel-lease", &[name, lasts]));
            page.row(offered.map(|minutes| {
                let present = self.group.settings.leases.minutes(urgency) == minutes;
                let mark = ("time", self.lasts(minutes).into());
                let label = self.say(lease_button(urgency), &[mark]);
                self.choice(label, present, Change::LeaseMinutes(urgency, minutes))
            }));
        }
    }

    /// Minutes, in the largest measure that is whole.
    fn lasts(&self, minutes: u32) -> Phrase {
        let (id, count) = match minutes {
            0 => ("lasts-for-ever", 0),
            _ if minutes.is_multiple_of(1_440) => ("lasts-days", minutes / 1_440),
            _ if minutes.is_multiple_of(60) => ("lasts-hours", minutes / 60),
            _ => ("lasts-minutes", minutes),
        };
        self.say(id, &[("count", i64::from(count).into())])
    }

    fn managers(&self) -> Page {
        let mut page = Page::of(self.say("panel-managers", &[]));
        let managers = self.scene.names(&self.group.managers, NAMED);
        page.line(self.say("panel-managers-are", &[("names", managers.into())]));
        let dispatchers = self.scene.names(&self.group.dispatchers, NAMED);
        page.line(self.say("panel-dispatchers-are", &[("names", dispatchers.into())]));
        for (role, people) in [
            (Role::Manager, &self.group.managers),
            (Role::Dispatcher, &self.group.dispatchers),
        ] {
            let removals = people.iter().take(REMOVABLE).map(|person| {
                let id = match role {
                    Role::Manager => "button-remove-manager",
                    Role::Dispatcher => "button-remove-dispatcher",
                };
                self.removal(id, *person, Change::TakeRole(role, *person))
            });
            page.rows(removals.collect(), 2);
        }
        page.row([
            self.key("button-add-manager", Change::AskRole(Role::Manager)),
            self.key("button-add-dispatcher", Change::AskRole(Role::Dispatcher)),
        ]);
        page.row([self.back()]);
        page
    }

    fn tongue_and_zone(&self) -> Phrase {
        let language = language_name(self.scene, self.group.settings.language);
        let fillings = [("language", language.into()), self.zone(), self.now()];
        self.say("settings-language-and-zone", &fillings)
    }

    fn clocks_line(&self) -> Phrase {
        let settings = &self.group.settings;
        let fillings = [
            ("nudge", i64::from(settings.unclaimed_nudge_minutes).into()),
            ("times", i64::from(settings.unclaimed_nudge_limit).into()),
            (
                "summary",
                i64::from(settings.summary_timeout_minutes).into(),
            ),
        ];
        self.say("settings-clocks", &fillings)
    }

    fn minutes(&self, id: &str, minutes: u32) -> Phrase {
        self.say(id, &[("minutes", i64::from(minutes).into())])
    }

    fn zone(&self) -> (&'static str, Filling) {
        ("zone", zone_name(self.group.settings.time_zone).into())
    }

    /// The time of day in the group's zone, for people to see whether it is right.
    fn now(&self) -> (&'static str, Filling) {
        let zone = self.group.settings.time_zone;
        let now = self.scene.voice.now.with_timezone(&zone);
        let now = Phrase::ready(now.format("%H:%M").to_string());
        ("time", now.into())
    }

    fn department_names(&self) -> Phrase {
        let departments = &self.group.departments;
        let mut names: Vec<Phrase> = departments
            .iter()
            .take(NAMED)
            .map(|department| self.scene.department_name(&self.scene.voice, department))
            .collect();
        let more = i64::try_from(departments.len().saturating_sub(NAMED)).unwrap_or(i64::MAX);
        if more > 0 {
            names.push(self.say("and-more", &[("count", more.into())]));
        }
        if names.is_empty() {
            names.push(self.say("no-departments", &[]));
        }
        self.scene.voice.series(&names)
    }

    fn say(&self, id: &str, fillings: &[(&'static str, Filling)]) -> Phrase {
        self.scene.say(id, fillings)
    }

    fn button(&self, change: Change) -> Button {
        Button::Configure {
            group: self.group.id,
            change,
        }
    }

    fn key(&self, id: &str, change: Change) -> Key {
        self.scene.key(id, self.button(change))
    }

    fn open(&self, id: &str, panel: Panel) -> Key {
        self.key(id, Change::Open(panel))
    }

    fn choice(&self, label: Phrase, present: bool, change: Change) -> Key {
        self.scene.choice(label, present, self.button(change))
    }

    /// A button that takes somebody off.
    fn removal(&self, id: &str, person: PersonId, change: Change) -> Key {
        let name = self.scene.plain_name(person);
        let label = self.say(id, &[("person", name.into())]);
        self.scene.labelled(&label, self.button(change))
    }

    /// Back to where one came from: the set-up while it lasts.
    fn back(&self) -> Key {
        let panel = if self.group.settings.set_up {
            Panel::Settings
        } else {
            Panel::SetUp
        };
        self.open("button-back", panel)
    }
}

fn zone_name(zone: Tz) -> Phrase {
    Phrase::ready(zone.name().to_owned())
}
