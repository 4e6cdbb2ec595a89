use std::collections::HashSet;

use actors::domain::kpi::{ReportForm, Span};
use actors::domain::notice::{JoinAnswer, ListOf, Menu, Panel, Role};
use actors::domain::{
    Access, BlockKind, DepartmentId, GroupId, IncidentId, JoinRequestId, Language, PersonId,
    Reporting, TriageMode, Urgency, Workflow,
};
use actors::inbound::{Button, Change, Verb};
use proptest::prelude::*;

use super::{decode, encode};

/// Telegram's limit for `callback_data`.
const DATA_LIMIT: usize = 64;

fn verbs(id: i64) -> Vec<Verb> {
    let mut verbs = vec![
        Verb::Claim,
        Verb::Join,
        Verb::Leave,
        Verb::Start,
        Verb::Resume,
        Verb::Resolve,
        Verb::Confirm,
        Verb::Reopen,
        Verb::Department(DepartmentId(id)),
        Verb::Answer(3),
        Verb::Skip,
        Verb::Acknowledge,
    ];
    verbs.extend(BlockKind::ALL.map(Verb::Block));
    verbs.extend(Urgency::ALL.map(Verb::Urgency));
    let menus = [Menu::Main, Menu::Departments, Menu::Urgency, Menu::Block];
    verbs.extend(menus.map(Verb::Menu));
    verbs
}

fn panels(id: i64) -> Vec<Panel> {
    vec![
        Panel::SetUp,
        Panel::Settings,
        Panel::Language,
        Panel::TimeZone,
        Panel::Clocks,
        Panel::Departments,
        Panel::Department(DepartmentId(id)),
        Panel::DefaultDepartments,
        Panel::Managers,
        Panel::Triage,
        Panel::Escalation,
        Panel::Belong(GroupId(id)),
    ]
}

fn changes(id: i64, small: u32) -> Vec<Change> {
    let department = DepartmentId(id);
    let person = PersonId(id);
    let mut changes = vec![
        Change::Belong(GroupId(id)),
        Change::TimeZone(u16::try_from(small % 65_536).unwrap()),
        Change::AskTimeZone,
        Change::Finish,
        Change::AskDepartmentName,
        Change::AskRename(department),
        Change::AskMember(department),
        Change::Retire(department),
        Change::RemoveMember(department, person),
        Change::NudgeMinutes(small),
        Change::SummaryMinutes(small),
        Change::LeaseMinutes(Urgency::SameDay, small),
        Change::AskCriticalWord,
        Change::DropCriticalWord(small),
        Change::CriticalMinutes(small),
        Change::AskChain,
        Change::DropChain(u8::try_from(small % 256).unwrap()),
    ];
    changes.extend(TriageMode::ALL.map(Change::TriageMode));
    changes.extend([true, false].map(Change::ChooseDepartment));
    for critical in [true, false] {
        let index = u8::try_from(small % 256).unwrap();
        changes.push(Change::Hazard { index, critical });
    }
    changes.extend(panels(id).into_iter().map(Change::Open));
    changes.extend(Language::ALL.map(Change::Language));
    changes.extend(Access::ALL.map(|access| Change::Access(department, access)));
    changes.extend([true, false].map(Change::AskAboutAlike));
    changes.extend([Reporting::Everyone, Reporting::Registered].map(Change::Reporting));
    changes.extend([Workflow::Quick, Workflow::Full].map(Change::Workflow));
    changes.extend([true, false].map(Change::Approve));
    for role in [Role::Manager, Role::Dispatcher] {
        changes.extend([Change::AskRole(role), Change::TakeRole(role, person)]);
    }
    for wanted in [true, false] {
        let index = u8::try_from(small % 256).unwrap();
        changes.push(Change::DefaultDepartment { index, wanted });
    }
    changes
}

/// Every kind of button there is.
fn every_button(id: i64, edition: i64, small: u32) -> Vec<Button> {
    let incident = IncidentId(id);
    let department = DepartmentId(id);
    let group = GroupId(id);
    let mut buttons = vec![
        Button::Show { incident },
        Button::History {
            incident,
            page: small,
        },
        Button::ReportTo { group },
        Button::ForgetMe,
    ];
    for (span, form) in Span::ALL.into_iter().zip(ReportForm::ALL) {
        for all_groups in [false, true] {
            buttons.push(Button::Report {
                group,
                span,
                at: edition,
                form,
                all_groups,
            });
        }
    }
    buttons.extend(verbs(id).into_iter().map(|verb| Button::Card {
        incident,
        edition,
        verb,
    }));
    let lists = [
        ListOf::Mine(PersonId(id)),
        ListOf::Open(None),
        ListOf::Open(Some(department)),
    ];
    buttons.extend(lists.map(|of| Button::List { of, page: small }));
    let changes = changes(id, small).into_iter();
    buttons.extend(changes.map(|change| Button::Configure { group, change }));
    for yes in [true, false] {
        let request = JoinRequestId(id);
        buttons.push(Button::AnswerJoin(JoinAnswer {
            request,
            approve: yes,
        }));
        buttons.push(Button::Membership {
            department,
            join: yes,
        });
    }
    buttons.extend(Language::ALL.map(Button::Language));
    buttons
}

#[test]
fn a_button_is_written_in_a_form_that_stays_the_same() {
    let claim = Button::Card {
        incident: IncidentId(42),
        edition: 4,
        verb: Verb::Claim,
    };
    assert_eq!(encode(&claim), "1.c.16.4.cl");
}

#[test]
fn every_button_fits_and_no_two_are_written_alike() {
    for (id, edition) in [(i64::MAX, i64::MAX), (i64::MIN, i64::MIN), (0, 0), (1, 2)] {
        let buttons = every_button(id, edition, u32::MAX);
        let written: HashSet<String> = buttons.iter().map(encode).collect();
        assert_eq!(written.len(), buttons.len());
        for data in written {
            assert!((1..=DATA_LIMIT).contains(&data.len()), "{data}");
        }
    }
}

#[test]
fn what_this_version_did_not_write_means_nothing() {
    for data in [
        "",
        "1",
        "1.",
        "0.c.16.4.cl",
        "2.c.16.4.cl",
        "1.c.16.4",
        "1.c.16.4.cl.x",
        "1.c.16.4.zz",
        "1.c.16.x!.cl",
        "1.c.zzzzzzzzzzzzzz.4.cl",
        "1.h.16.-1",
        "1.g.1.tz.1ekg",
        "1.j.1.maybe",
        "1.t.EN",
        "claim:42",
    ] {
        assert_eq!(decode(data), None, "{data}");
    }
}

proptest! {
    #[test]
    fn every_button_comes_back_as_it_went(id: i64, edition: i64, small: u32) {
        for button in every_button(id, edition, small) {
            prop_assert_eq!(decode(&encode(&button)), Some(button));
        }
    }

    #[test]
    fn anything_at_all_can_be_read_without_harm(data in any::<Vec<u8>>()) {
        let _ = decode(&String::from_utf8_lossy(&data));
    }

    #[test]
    fn a_garbled_button_is_another_button_or_none(
        data in "1\\.[cglhmjrfts](\\.[a-z0-9-]{0,14}){0,5}",
    ) {
        if let Some(button) = decode(&data) {
            prop_assert_eq!(decode(&encode(&button)), Some(button));
        }
    }
}
