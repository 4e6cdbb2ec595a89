//! Whether a group belongs to a company that has others.

use actors::domain::notice::Panel;
use actors::domain::{GroupConfig, GroupId};
use actors::inbound::Change;

use super::{Panels, title};
use crate::telegram::text::page::Page;
use crate::telegram::text::wording::Filling;

impl Panels<'_> {
    /// With how many others the group shares people and departments.
    pub(super) fn company(&self, page: &mut Page) {
        let others = i64::try_from(self.group.siblings.len()).unwrap_or(i64::MAX);
        if others > 0 {
            page.line(self.say("settings-company", &[("count", others.into())]));
        }
    }

    /// The companies it may come under.
    pub(super) fn companies(&self, page: &mut Page) {
        for group in self.scene.groups {
            let label = self.say("button-belongs-to", &[self.plainly(group)]);
            let button = self.button(Change::Open(Panel::Belong(group.id)));
            page.row([self.scene.labelled(&label, button)]);
        }
    }

    /// What that means, and once more whether it is wanted.
    pub(super) fn belong(&self, to: GroupId) -> Page {
        let Some(there) = self.scene.groups.iter().find(|it| it.id == to) else {
            return self.say("settings-unavailable", &[]).into();
        };
        let called = ("title", Filling::from(title(self.scene, there)));
        let mut page = Page::of(self.say("panel-belong", &[called]));
        page.gap();
        for id in [
            "panel-belong-shared",
            "panel-belong-goes",
            "panel-belong-stays",
            "panel-belong-apart",
            "panel-belong-final",
        ] {
            page.line(self.say(id, &[]));
        }
        let label = self.say("button-belong", &[self.plainly(there)]);
        page.row([self.scene.labelled(&label, self.button(Change::Belong(to)))]);
        page.row([self.back()]);
        page
    }

    /// A group's title, for a button.
    fn plainly(&self, group: &GroupConfig) -> (&'static str, Filling) {
        let voice = self.scene.voice.plain();
        let called = voice.given_name(&group.title, super::TITLE_LIMIT);
        ("title", called.into())
    }
}
