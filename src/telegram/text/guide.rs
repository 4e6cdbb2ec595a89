//! What the desk says about itself, and to people about themselves.

use std::sync::Arc;

use actors::domain::notice::JoinAnswer;
use actors::domain::{
    Access, ChatId, Department, GroupConfig, JoinRequestId, Language, PersonId, Says, Stage,
};
use actors::inbound::{Button, Change};
use actors::ports::{Letter, SignInLink};

use super::card::department_keys;
use super::page::Page;
use super::scene::Scene;
use super::settings::{language_name, title};
use super::triage;
use super::wording::{Filling, Phrase};
use super::{Key, Press};

/// How many groups are offered: who is in more than that names the group in the group.
pub(super) const GROUPS_OFFERED: usize = 20;

/// How many departments are offered to join or leave; with two buttons each they stay below the
/// 100 that a message may have.
const DEPARTMENTS_OFFERED: usize = 40;

/// What the desk says about itself.
pub(super) fn page(scene: &Scene<'_>, letter: &Letter) -> Page {
    let privately = is_private(letter.chat);
    match &letter.says {
        Says::Welcome if privately => welcome(scene, letter),
        Says::Welcome => with_private_chat(scene, scene.say("welcome-group", &[])),
        Says::MyLanguage => in_languages(Page::of(scene.say("my-language", &[])), scene, letter),
        Says::Dashboard => dashboard(scene, letter.background.sign_in.as_ref()),
        Says::Help if privately => scene.say("help-private", &[]).into(),
        Says::Help => with_private_chat(scene, scene.say("help-group", &[])),
        Says::Privacy => {
            let mut page = Page::of(scene.say("privacy", &[]));
            page.gap().line(triage::privacy(scene));
            page
        }
        Says::ForgetMeAsked { .. } => forget_me_asked(scene),
        Says::Forgotten => scene.say("forgotten", &[]).into(),
        Says::Registered { already } => registered(scene, *already, privately),
        Says::ReportTaken => report_taken(scene, &letter.background.groups),
        Says::ApprovalAsked { by } => approval_asked(scene, *by),
        Says::ApprovalAnswered { approved: true } => scene.say("approved", &[]).into(),
        Says::ApprovalAnswered { approved: false } => scene.say("not-approved", &[]).into(),
        Says::ApprovalAwaited => scene.say("approval-awaited", &[]).into(),
        // `render` sends no others here.
        _ => Page::default(),
    }
}

/// A person's private chat has the person's number; groups have negative ones.
fn is_private(chat: ChatId) -> bool {
    chat.0 > 0
}

fn welcome(scene: &Scene<'_>, letter: &Letter) -> Page {
    in_languages(Page::of(scene.say("welcome", &[])), scene, letter)
}

/// With a button for each language.
fn in_languages(mut page: Page, scene: &Scene<'_>, letter: &Letter) -> Page {
    page.row(Language::ALL.map(|language| {
        let present = letter.language == language;
        let name = language_name(scene, language);
        scene.choice(name, present, Button::Language(language))
    }));
    page
}

fn with_private_chat(scene: &Scene<'_>, text: Phrase) -> Page {
    let mut page = Page::of(text);
    page.row(scene.private_chat_key());
    page
}

/// A way into the dashboard, if there is one.
fn dashboard(scene: &Scene<'_>, link: Option<&SignInLink>) -> Page {
    let Some(SignInLink(address)) = link else {
        return scene.say("dashboard-none", &[]).into();
    };
    let mut page = Page::of(scene.say("dashboard-link", &[]));
    page.row([Key {
        label: scene.say("button-dashboard", &[]).into_string(),
        press: Press::Link(address.clone()),
    }]);
    page
}

fn forget_me_asked(scene: &Scene<'_>) -> Page {
    let mut page = Page::of(scene.say("forget-me", &[]));
    page.row([scene.key("button-forget-me", Button::ForgetMe)]);
    page
}

fn registered(scene: &Scene<'_>, already: bool, privately: bool) -> Page {
    let text = scene.say(
        if already {
            "registered-already"
        } else {
            "registered"
        },
        &[],
    );
    if privately {
        text.into()
    } else {
        with_private_chat(scene, text)
    }
}

fn report_taken(scene: &Scene<'_>, groups: &[Arc<GroupConfig>]) -> Page {
    let number = ("number", Filling::from(scene.subject()));
    let mut page = Page::of(scene.say("report-taken", &[number]));
    let elsewhere = (groups.len() > 1).then(|| {
        if let Some(group) = scene.group {
            let name = ("title", Filling::from(title(scene, group)));
            page.line(scene.say("report-taken-in", &[name]));
        }
        scene.key("button-home", Button::Home)
    });
    page.row(scene.card_key().into_iter().chain(elsewhere));
    if let Some(incident) = scene.incident
        && matches!(incident.stage, Stage::AwaitingDepartment { .. })
    {
        page.line(scene.say("report-needs-department", &[]));
        for row in department_keys(scene, incident) {
            page.row(row);
        }
    }
    page
}

fn approval_asked(scene: &Scene<'_>, by: Option<PersonId>) -> Page {
    let Some(group) = scene.group else {
        return scene.say("settings-unavailable", &[]).into();
    };
    let name = ("title", Filling::from(title(scene, group)));
    let mut page = Page::of(match by {
        Some(person) => {
            let person = ("person", scene.mention(person).into());
            scene.say("approval-asked-by", &[name, person])
        }
        None => scene.say("approval-asked", &[name]),
    });
    let key = |label, approve| {
        let change = Change::Approve(approve);
        scene.key(
            label,
            Button::Configure {
                group: group.id,
                change,
            },
        )
    };
    page.row([key("button-approve", true), key("button-decline", false)]);
    page
}

/// For which group is a private report?
pub(super) fn which_group(scene: &Scene<'_>, groups: &[Arc<GroupConfig>]) -> Page {
    let mut page = Page::of(scene.say("which-group", &[]));
    for group in groups.iter().take(GROUPS_OFFERED) {
        let name = scene.plain_title(group);
        page.row([scene.labelled(&name, Button::ReportTo { group: group.id })]);
    }
    page
}

/// Joining departments, leaving them, and letting people in.
pub(super) fn membership_page(scene: &Scene<'_>, letter: &Letter) -> Page {
    match &letter.says {
        Says::JoinRequested { person, department } => {
            let fillings = [
                ("person", scene.mention(*person).into()),
                ("department", scene.department(*department).into()),
            ];
            let mut page = Page::of(scene.say("join-requested", &fillings));
            page.row(answer_keys(scene, letter.background.join_request));
            page
        }
        Says::JoinAnswered {
            department,
            approved,
        } => {
            let id = if *approved {
                "join-approved"
            } else {
                "join-declined"
            };
            let department = ("department", scene.department(*department).into());
            scene.say(id, &[department]).into()
        }
        _ => membership(scene, letter),
    }
}

fn answer_keys(scene: &Scene<'_>, request: Option<JoinRequestId>) -> Vec<Key> {
    let Some(request) = request else {
        return Vec::new();
    };
    let key = |label, approve| {
        let answer = JoinAnswer { request, approve };
        scene.key(label, Button::AnswerJoin(answer))
    };
    vec![key("button-approve", true), key("button-decline", false)]
}

/// The departments one may join or leave: in a private chat the one of the two that fits the
/// reader, in a group, where anybody may press, both.
fn membership(scene: &Scene<'_>, letter: &Letter) -> Page {
    let reader = is_private(letter.chat).then_some(PersonId(letter.chat.0));
    let departments = departments_of(letter);
    if departments.is_empty() {
        return scene.say("membership-none", &[]).into();
    }
    let mut page = Page::of(scene.say("membership", &[]));
    for department in departments.into_iter().take(DEPARTMENTS_OFFERED) {
        page.line(membership_line(scene, department, reader));
        let belongs = reader.map(|reader| department.members.contains(&reader));
        let join = (belongs != Some(true)).then(|| membership_key(scene, department, true));
        let leave = (belongs != Some(false)).then(|| membership_key(scene, department, false));
        page.row(join.into_iter().chain(leave));
    }
    page
}

fn departments_of(letter: &Letter) -> Vec<&Department> {
    let background = &letter.background;
    match &background.group {
        Some(group) => group.departments.iter().collect(),
        None => background
            .groups
            .iter()
            .flat_map(|group| &group.departments)
            .collect(),
    }
}

fn membership_line(scene: &Scene<'_>, department: &Department, reader: Option<PersonId>) -> Phrase {
    let id = match department.access {
        _ if reader.is_some_and(|reader| department.members.contains(&reader)) => {
            "membership-line-yours"
        }
        Access::Open => "membership-line-open",
        Access::Request => "membership-line-request",
        Access::Members => "membership-line-members",
    };
    let name = scene.department_name(&scene.voice, department);
    scene.say(id, &[("department", name.into())])
}

fn membership_key(scene: &Scene<'_>, department: &Department, join: bool) -> Key {
    let name = scene.department_name(&scene.voice.plain(), department);
    let id = if join {
        "button-join-department"
    } else {
        "button-leave-department"
    };
    let label = scene.say(id, &[("department", name.into())]);
    let button = Button::Membership {
        department: department.id,
        join,
    };
    scene.labelled(&label, button)
}
