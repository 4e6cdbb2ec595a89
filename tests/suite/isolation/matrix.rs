//! Every command and every button, by everybody, everywhere: nothing of one company reaches another.
//!
//! The rows are generated from the kinds there are, so a command or a button that has no row here
//! does not compile.

use actors::domain::calendar::Country;
use actors::domain::kpi::{ReportForm, Span};
use actors::domain::notice::{JoinAnswer, ListOf, Menu, Panel, Role, WakeUp};
use actors::domain::recurring::Overlap;
use actors::domain::{
    Access, BlockKind, DepartmentId, GroupId, Language, Mute, PersonId as DeskPerson, RecurringId,
    Reporting, Settings, TriageMode, Urgency, Workflow,
};
use actors::inbound::{AskKind, Button, ButtonKind, Change, ChangeKind, Verb, VerbKind};
use actors::ports::{Commit, Record};
use chrono::TimeDelta;
use deskbell::playground::{ChatId, PersonId, Standing};
use deskbell::telegram::button::encode;
use strum::IntoEnumIterator;

use super::{Neighbours, SECRETS, any_message, secret_in};
use crate::world::{World, conversations};
use crate::yard::{config, words};

conversations! {
    whatever_strangers_press_or_write_the_hotel_keeps_to_itself
    whatever_the_hotels_own_people_do_the_yard_hears_nothing
}

/// How many are pressed or typed before the desk is given time to answer, and how much: a group
/// takes twenty messages a minute, and waiting for that is not what this is about.
const AT_ONCE: usize = 8;
const BREATH: TimeDelta = TimeDelta::seconds(31);

/// What is typed for a command, naming what only the hotel has wherever something can be named.
fn typed(kind: AskKind) -> &'static [&'static str] {
    match kind {
        AskKind::NewIncident => &["/new_issue", "/new_issue The gate jams"],
        AskKind::My => &["/my"],
        AskKind::Open => &["/open", "/open Cellar"],
        AskKind::Incident => &["/incident 0002", "/incident 0001", "/incident"],
        AskKind::History => &["/history 0002"],
        AskKind::Comment => &["/comment 0002 I was here"],
        AskKind::Assign => &[
            "/assign 0002 @mari",
            "/assign 0002 @anna",
            "/assign 0001 @anna",
        ],
        AskKind::Reopen => &["/reopen 0002 again"],
        AskKind::Cancel => &["/cancel 0002 never mind"],
        AskKind::Duplicate => &["/duplicate 0002 0001", "/duplicate 0001 0002"],
        AskKind::Departments => &["/departments"],
        AskKind::Settings => &["/settings"],
        AskKind::Managers => &["/managers"],
        AskKind::Report => &["/report", "/report day", "/report decade"],
        AskKind::Dashboard => &["/dashboard"],
        AskKind::Home => &["/home"],
        AskKind::Recurring => &["/recurring", "/recurring Mon 08:00 look"],
        AskKind::Qr => &["/qr", "/qr Pantry"],
        AskKind::Register => &["/register"],
        AskKind::Join => &["/join"],
        AskKind::LeaveDepartment => &["/leave_department"],
        AskKind::Duty => &[
            "/duty",
            "/duty off until 18:00",
            "/duty on",
            "/duty @anna Mon-Fri 8-16",
            "/duty @anna Cellar none",
        ],
        AskKind::Mute => &["/mute"],
        AskKind::Language => &["/language"],
        AskKind::Start => &["/start"],
        AskKind::Help => &["/help"],
        AskKind::Privacy => &["/privacy"],
        AskKind::ForgetMe => &["/forget_me"],
        AskKind::Unknown => &["/dance@deskbell_demo_bot"],
    }
}

fn lists(anna: DeskPerson, cellar: DepartmentId) -> Vec<Button> {
    [
        ListOf::Mine(anna),
        ListOf::Open(None),
        ListOf::Open(Some(cellar)),
        ListOf::Unclaimed(cellar),
        ListOf::Owned(anna),
    ]
    .map(|of| Button::List { of, page: 0 })
    .into()
}

fn daily(wanted: bool) -> Change {
    let span = Span::Day;
    Change::ReportSchedule { span, wanted }
}

fn hours(kind: ChangeKind) -> Vec<Change> {
    match kind {
        ChangeKind::QuietHours => vec![Change::QuietHours {
            from: 1_320,
            until: 420,
        }],
        ChangeKind::NoQuietHours => vec![Change::NoQuietHours],
        ChangeKind::AskQuietHours => vec![Change::AskQuietHours],
        ChangeKind::AlwaysOpen => vec![Change::AlwaysOpen],
        ChangeKind::AskBusinessHours => vec![Change::AskBusinessHours],
        ChangeKind::Holidays => [Some(Country::Estonia), None].map(Change::Holidays).into(),
        _ => Vec::new(),
    }
}

fn pages(cellar: DepartmentId, group: GroupId) -> Vec<Change> {
    let pages = [
        Panel::SetUp,
        Panel::Settings,
        Panel::Departments,
        Panel::Department(cellar),
        Panel::Managers,
        Panel::Escalation,
        Panel::Belong(group),
    ];
    pages.map(Change::Open).into()
}

fn mutes() -> Vec<Button> {
    let mutes = Mute::ALL.into_iter();
    mutes
        .flat_map(|mute| [true, false].map(|muted| Button::Mute(mute, muted)))
        .collect()
}

impl Neighbours {
    pub(super) fn buttons_of(&self, kind: ButtonKind) -> Vec<Button> {
        let incident = self.incident.identity.id;
        let anna = DeskPerson(self.anna.0);
        let cellar = self.incident.department().unwrap();
        let group = self.config.id;
        match kind {
            ButtonKind::Card => VerbKind::iter()
                .flat_map(|kind| self.verbs_of(kind))
                .map(|verb| Button::Card {
                    incident,
                    edition: self.incident.edition,
                    verb,
                })
                .collect(),
            ButtonKind::List => lists(anna, cellar),
            ButtonKind::Show => vec![Button::Show { incident }],
            ButtonKind::History => vec![Button::History { incident, page: 0 }],
            ButtonKind::Configure => ChangeKind::iter()
                .flat_map(|kind| self.changes_of(kind))
                .map(|change| Button::Configure { group, change })
                .collect(),
            ButtonKind::AnswerJoin => [true, false]
                .map(|approve| {
                    Button::AnswerJoin(JoinAnswer {
                        request: self.request,
                        approve,
                    })
                })
                .into(),
            ButtonKind::Membership => [true, false]
                .map(|join| Button::Membership {
                    department: cellar,
                    join,
                })
                .into(),
            ButtonKind::Duty => [true, false].map(Button::Duty).into(),
            ButtonKind::Mute => mutes(),
            ButtonKind::ReportTo => vec![Button::ReportTo { group }],
            ButtonKind::Home => vec![Button::Home],
            ButtonKind::Which => [true, false]
                .map(|same| Button::Which { waiting: 1, same })
                .into(),
            ButtonKind::Report => Span::ALL
                .into_iter()
                .zip(ReportForm::ALL)
                .map(|(span, form)| Button::Report {
                    group,
                    span,
                    at: 1_799_668_800,
                    form,
                    all_groups: span == Span::Week,
                })
                .collect(),
            ButtonKind::Language => vec![Button::Language(Language::English)],
            // Erases whoever presses it, so it has a turn of its own, after all others.
            ButtonKind::ForgetMe => Vec::new(),
        }
    }

    fn verbs_of(&self, kind: VerbKind) -> Vec<Verb> {
        match kind {
            VerbKind::Claim => vec![Verb::Claim],
            VerbKind::Join => vec![Verb::Join],
            VerbKind::Leave => vec![Verb::Leave],
            VerbKind::Start => vec![Verb::Start],
            VerbKind::Resume => vec![Verb::Resume],
            VerbKind::Resolve => vec![Verb::Resolve],
            VerbKind::Confirm => vec![Verb::Confirm],
            VerbKind::Reopen => vec![Verb::Reopen],
            VerbKind::Block => BlockKind::ALL.map(Verb::Block).into(),
            VerbKind::Department => self
                .config
                .departments
                .iter()
                .map(|department| Verb::Department(department.id))
                .collect(),
            VerbKind::Urgency => Urgency::ALL.map(Verb::Urgency).into(),
            VerbKind::Answer => vec![Verb::Answer(0)],
            VerbKind::Skip => vec![Verb::Skip],
            VerbKind::WakeUp => WakeUp::ALL.map(Verb::WakeUp).into(),
            VerbKind::AskWakeUp => vec![Verb::AskWakeUp],
            VerbKind::StillOnIt => vec![Verb::StillOnIt],
            VerbKind::HandOver => vec![Verb::HandOver(DeskPerson(self.anna.0))],
            VerbKind::Acknowledge => vec![Verb::Acknowledge],
            VerbKind::Menu => [
                Menu::Main,
                Menu::Departments,
                Menu::Urgency,
                Menu::Block,
                Menu::HandOver,
            ]
            .map(Verb::Menu)
            .into(),
        }
    }

    pub(super) fn changes_of(&self, kind: ChangeKind) -> Vec<Change> {
        let cellar = self.incident.department().unwrap();
        let anna = DeskPerson(self.anna.0);
        let group = self.config.id;
        match kind {
            ChangeKind::Open => pages(cellar, group),
            ChangeKind::Language => vec![Change::Language(Language::Estonian)],
            ChangeKind::TimeZone => vec![Change::TimeZone(3)],
            ChangeKind::AskTimeZone => vec![Change::AskTimeZone],
            ChangeKind::DefaultDepartment => [true, false]
                .map(|wanted| Change::DefaultDepartment { index: 0, wanted })
                .into(),
            ChangeKind::Finish => vec![Change::Finish],
            ChangeKind::AskDepartmentName => vec![Change::AskDepartmentName],
            ChangeKind::AskRename => vec![Change::AskRename(cellar)],
            ChangeKind::Access => Access::ALL.map(|it| Change::Access(cellar, it)).into(),
            ChangeKind::Retire => vec![Change::Retire(cellar)],
            ChangeKind::AskMember => vec![Change::AskMember(cellar)],
            ChangeKind::AskSchedule => vec![Change::AskSchedule(cellar)],
            ChangeKind::RemoveMember => vec![Change::RemoveMember(cellar, anna)],
            ChangeKind::Reporting => vec![Change::Reporting(Reporting::Registered)],
            ChangeKind::AskAboutAlike => vec![Change::AskAboutAlike(true)],
            ChangeKind::Workflow => vec![Change::Workflow(Workflow::Full)],
            ChangeKind::NudgeMinutes => vec![Change::NudgeMinutes(5)],
            ChangeKind::SummaryMinutes => vec![Change::SummaryMinutes(5)],
            ChangeKind::LeaseMinutes => vec![Change::LeaseMinutes(Urgency::Critical, 15)],
            ChangeKind::AskRole => vec![Change::AskRole(Role::Manager)],
            ChangeKind::TakeRole => vec![Change::TakeRole(Role::Manager, anna)],
            ChangeKind::TriageMode => TriageMode::ALL.map(Change::TriageMode).into(),
            ChangeKind::ChooseDepartment => [true, false].map(Change::ChooseDepartment).into(),
            ChangeKind::Hazard => [true, false]
                .map(|critical| Change::Hazard { index: 0, critical })
                .into(),
            ChangeKind::AskCriticalWord => vec![Change::AskCriticalWord],
            ChangeKind::DropCriticalWord => vec![Change::DropCriticalWord(7)],
            ChangeKind::CriticalMinutes => vec![Change::CriticalMinutes(5)],
            ChangeKind::AskChain => vec![Change::AskChain],
            ChangeKind::DropChain => vec![Change::DropChain(0)],
            ChangeKind::ReportSchedule => vec![daily(true)],
            ChangeKind::ReportTime => vec![Change::ReportTime(7 * 60)],
            ChangeKind::ReportPlace => vec![Change::ReportPlace { in_group: true }],
            ChangeKind::DropRecurring => vec![Change::DropRecurring(RecurringId(1))],
            ChangeKind::Overlap => [Overlap::Skip, Overlap::Stack]
                .map(|overlap| Change::Overlap(RecurringId(1), overlap))
                .into(),
            ChangeKind::QuietHours
            | ChangeKind::NoQuietHours
            | ChangeKind::AskQuietHours
            | ChangeKind::AlwaysOpen
            | ChangeKind::AskBusinessHours
            | ChangeKind::Holidays => hours(kind),
            ChangeKind::Belong => vec![Change::Belong(group)],
            ChangeKind::Approve => [true, false].map(Change::Approve).into(),
        }
    }

    /// Every button there is; what configures is tried on the yard as well.
    async fn every_button(&self, world: &World) -> Vec<Button> {
        let yard = config(world, self.yard).await.id;
        let mut buttons: Vec<Button> = ButtonKind::iter()
            .flat_map(|kind| self.buttons_of(kind))
            .collect();
        let named = [
            Change::AskRename(self.incident.department().unwrap()),
            Change::Retire(self.incident.department().unwrap()),
            Change::AskMember(self.incident.department().unwrap()),
            Change::Open(Panel::Department(self.incident.department().unwrap())),
            Change::Open(Panel::Belong(self.config.id)),
            Change::Belong(self.config.id),
        ];
        buttons.extend(named.map(|change| Button::Configure {
            group: yard,
            change,
        }));
        buttons
    }
}

/// The neighbours, with somebody of each role in the yard, and a hotel that stays quiet for a day.
pub(super) async fn neighbours(world: &World) -> (Neighbours, Vec<(&'static str, PersonId)>) {
    let mut neighbours = Neighbours::new(world).await;
    let paul = world
        .telegram
        .person("Paul")
        .username("paul")
        .started()
        .add();
    let [mari, jaan, former, outsider] = neighbours.strangers[..] else {
        panic!("other strangers than expected");
    };
    world
        .telegram
        .set_standing(neighbours.yard, mari, paul, Standing::Member);
    world.say(neighbours.yard, paul, "Good morning").await;
    world.start(paul).await;
    for text in ["/cancel 0001 Changed", "/settings"] {
        world.say(neighbours.hotel, neighbours.anna, text).await;
    }
    let yard = config(world, neighbours.yard).await;
    let mut commit = Commit::new(world.telegram.now(), None);
    commit.records = vec![
        Record::RoleGiven {
            company: yard.company,
            person: DeskPerson(jaan.0),
            role: Role::Dispatcher,
        },
        Record::Settings {
            group: neighbours.config.id,
            settings: Settings {
                unclaimed_nudge_minutes: 1_440,
                ..neighbours.config.settings.clone()
            },
        },
    ];
    world.store().commit(commit).await.unwrap();
    neighbours.config = config(world, neighbours.hotel).await;
    // Before the last of them, who is the outsider.
    neighbours.strangers.insert(3, paul);
    let cast = vec![
        ("member", paul),
        ("manager", mari),
        ("dispatcher", jaan),
        ("former member", former),
        ("outsider", outsider),
    ];
    (neighbours, cast)
}

/// Presses all of them, and answers with what the toasts said.
pub(super) async fn press_all(
    world: &World,
    person: PersonId,
    place: ChatId,
    buttons: &[Button],
) -> String {
    let on = any_message(world, place);
    let mut toasts = String::new();
    for some in buttons.chunks(AT_ONCE) {
        for button in some {
            let data = encode(button);
            let press = world.telegram.press_data(place, person, on, &data);
            let toast = world.telegram.toast(press).await.unwrap();
            toasts.push_str(&format!("{button:?}: {}\n", toast.text));
        }
        world.pass(BREATH).await;
    }
    toasts
}

/// Types all of them.
pub(super) async fn type_all(world: &World, place: ChatId, write: impl Fn(&str)) {
    let all: Vec<&str> = AskKind::iter().flat_map(typed).copied().collect();
    for some in all.chunks(AT_ONCE) {
        for text in some {
            write(text);
        }
        world.pass(BREATH).await;
    }
    assert!(!world.telegram.messages(place).is_empty());
}

async fn whatever_strangers_press_or_write_the_hotel_keeps_to_itself(world: World) {
    let (neighbours, cast) = neighbours(&world).await;
    let buttons = neighbours.every_button(&world).await;
    let hotel = world.telegram.messages(neighbours.hotel).len();
    for (role, person) in &cast {
        let own = world.telegram.private(*person);
        for place in [neighbours.hotel, neighbours.yard, own] {
            let what = format!("the {role} in {place}");
            let toasts = press_all(&world, *person, place, &buttons).await;
            assert_eq!(secret_in(&toasts), None, "{what}: {toasts}");
            world.settle().await;
            neighbours.assert_untouched(&world, &what).await;
        }
        for place in neighbours.places(&world, *person) {
            let write = |text: &str| {
                world.telegram.say(place, *person, text);
            };
            type_all(&world, place, write).await;
            let what = format!("words of the {role} in {place}");
            neighbours.assert_untouched(&world, &what).await;
        }
        let on = any_message(&world, own);
        let data = encode(&Button::ForgetMe);
        let press = world.telegram.press_data(own, *person, on, &data);
        world.telegram.toast(press).await.unwrap();
        world.settle().await;
        neighbours.assert_untouched(&world, role).await;
    }
    let mari = neighbours.strangers[0];
    let yard = neighbours.yard;
    let write = |text: &str| {
        world.telegram.say_anonymously(yard, mari, text);
    };
    type_all(&world, yard, write).await;
    neighbours
        .assert_untouched(&world, "an anonymous one")
        .await;
    let after = world.telegram.messages(neighbours.hotel).len();
    assert_eq!(hotel, after, "something was said in the hotel");
    world.finish().await;
}

async fn whatever_the_hotels_own_people_do_the_yard_hears_nothing(world: World) {
    let (neighbours, cast) = neighbours(&world).await;
    world
        .say(neighbours.yard, cast[1].1, "/new_issue The gate jams")
        .await;
    let boris = world.telegram.person("Boris Godunov").started().add();
    let telegram = &world.telegram;
    telegram.set_standing(neighbours.hotel, neighbours.anna, boris, Standing::Member);
    world.settle().await;
    let chats: Vec<ChatId> = cast
        .iter()
        .map(|(_, person)| telegram.private(*person))
        .chain([neighbours.yard])
        .collect();
    let heard = || {
        chats
            .iter()
            .map(|chat| words(&world, *chat))
            .collect::<Vec<_>>()
    };
    let before = (heard(), config(&world, neighbours.yard).await);
    let buttons = neighbours.every_button(&world).await;
    for person in [boris, neighbours.anna] {
        for place in [neighbours.hotel, world.telegram.private(person)] {
            if world.telegram.last_from_bot(place).is_none() {
                world.telegram.start_bot(person);
                world.settle().await;
            }
            press_all(&world, person, place, &buttons).await;
            let write = |text: &str| {
                world.telegram.say(place, person, text);
            };
            type_all(&world, place, write).await;
        }
    }
    let after = (heard(), config(&world, neighbours.yard).await);
    for (before, after) in before.0.iter().zip(&after.0) {
        // The yard's own clock may have spoken meanwhile.
        let news = after.strip_prefix(before.as_str()).unwrap_or(after);
        assert_eq!(secret_in(news), None, "{news}");
    }
    assert_eq!(after.1, before.1);
    let said = words(&world, neighbours.hotel);
    assert!(SECRETS.iter().all(|secret| said.contains(secret)), "{said}");
    world.finish().await;
}
