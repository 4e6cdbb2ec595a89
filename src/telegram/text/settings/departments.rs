//! The pages about departments.

use actors::domain::group::DEFAULT_DEPARTMENTS;
use actors::domain::notice::Panel;
use actors::domain::{Access, Department, DepartmentId};
use actors::inbound::Change;

use super::super::page::Page;
use super::super::wording::{Filling, Phrase};
use super::{NAMED, Panels, REMOVABLE};

/// How many departments have a button of their own: a message has room for 100.
const DEPARTMENTS_OFFERED: usize = 90;

impl Panels<'_> {
    /// All departments.
    pub(super) fn departments(&self) -> Page {
        let mut page = Page::of(self.say("panel-departments", &[]));
        page.gap();
        if self.group.departments.is_empty() {
            page.line(self.say("no-departments", &[]));
        }
        for department in self.group.departments.iter().take(NAMED) {
            page.line(self.department_line(department));
        }
        let offered = self.group.departments.iter().take(DEPARTMENTS_OFFERED);
        let keys = offered.map(|department| {
            let voice = self.scene.voice.plain();
            let name = self.scene.department_name(&voice, department);
            let open = Change::Open(Panel::Department(department.id));
            self.scene.labelled(&name, self.button(open))
        });
        page.rows(keys.collect(), 2);
        page.row([
            self.key("button-add-department", Change::AskDepartmentName),
            self.open("button-default-departments", Panel::DefaultDepartments),
        ]);
        page.row([self.back()]);
        page
    }

    fn department_line(&self, department: &Department) -> Phrase {
        let name = self.scene.department_name(&self.scene.voice, department);
        let members = i64::try_from(department.members.len()).unwrap_or(i64::MAX);
        let access = match department.access {
            Access::Open => "access-open",
            Access::Request => "access-request",
            Access::Members => "access-members",
        };
        let fillings = [
            ("department", name.into()),
            ("count", members.into()),
            ("access", self.say(access, &[]).into()),
        ];
        self.say("panel-departments-line", &fillings)
    }

    /// One department.
    pub(super) fn department(&self, id: DepartmentId) -> Page {
        let Some(department) = self.group.department(id) else {
            let mut page = Page::of(self.say("panel-department-gone", &[]));
            page.row([self.open("button-back", Panel::Departments)]);
            return page;
        };
        let name = self.scene.department_name(&self.scene.voice, department);
        let mut page = Page::of(self.say("panel-department", &[("department", name.into())]));
        page.gap()
            .line(self.say(access_explained(department.access), &[]));
        let members: Filling = self.scene.names(&department.members, NAMED).into();
        page.line(self.say("panel-department-members", &[("names", members)]));
        self.department_keys(department, &mut page);
        page
    }

    fn department_keys(&self, department: &Department, page: &mut Page) {
        let id = department.id;
        page.row(Access::ALL.map(|access| {
            let label = match access {
                Access::Open => "button-access-open",
                Access::Request => "button-access-request",
                Access::Members => "button-access-members",
            };
            let present = department.access == access;
            self.choice(self.say(label, &[]), present, Change::Access(id, access))
        }));
        let removals = department.members.iter().take(REMOVABLE).map(|member| {
            let change = Change::RemoveMember(id, *member);
            self.removal("button-remove-member", *member, change)
        });
        page.rows(removals.collect(), 2);
        page.row([
            self.key("button-add-member", Change::AskMember(id)),
            self.key("button-schedule", Change::AskSchedule(id)),
        ]);
        page.row([
            self.key("button-rename", Change::AskRename(id)),
            self.key("button-retire", Change::Retire(id)),
        ]);
        page.row([self.open("button-back", Panel::Departments)]);
    }

    /// The default departments, each wanted or not.
    pub(super) fn default_departments(&self) -> Page {
        let mut page = Page::of(self.say("panel-default-departments", &[]));
        let keys = DEFAULT_DEPARTMENTS
            .iter()
            .enumerate()
            .filter_map(|(index, default)| {
                let index = u8::try_from(index).ok()?;
                let name = default.name(self.group.settings.language);
                let present = default.within(self.group).is_some();
                let wanted = !present;
                let label = Phrase::ready(name.to_owned());
                Some(self.choice(label, present, Change::DefaultDepartment { index, wanted }))
            });
        page.rows(keys.collect(), 2);
        page.row([self.open("button-back", Panel::Departments)]);
        page
    }
}

fn access_explained(access: Access) -> &'static str {
    match access {
        Access::Open => "access-open-explained",
        Access::Request => "access-request-explained",
        Access::Members => "access-members-explained",
    }
}
