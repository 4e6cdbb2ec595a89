//! Reports of figures. They say who is slow, so managers get them and nobody else asks for them; one
//! that is asked for in the group is for the group to read.

use chrono::DateTime;

use super::{Next, Turn, refused};
use crate::domain::kpi::{ReportForm, Span};
use crate::domain::{Class, MessageId, Refusal, Says};
use crate::inbound::{Answer, Place};

impl Turn<'_> {
    pub(super) async fn report_asked(self, span: Option<Span>, to: MessageId) -> Next {
        if !self.may_configure() {
            return self.refuse(to, Refusal::ManagersOnly).await;
        }
        let Some(span) = span else {
            return self.refuse(to, Refusal::Malformed).await;
        };
        let at = self.context.clock.now();
        let form = ReportForm::Picture;
        let late = None;
        self.say(
            to,
            Says::Report {
                span,
                at,
                form,
                all_groups: false,
                late,
            },
        )
        .await
    }

    pub(super) async fn report_pressed(
        self,
        (span, at, form): (Span, i64, ReportForm),
        all_groups: bool,
        on: MessageId,
    ) -> Next {
        if !self.may_configure() || all_groups && !self.manages() {
            return refused(Refusal::ManagersOnly);
        }
        // Groups do not see each other's.
        if all_groups && matches!(self.inbound.place, Place::Group { .. }) {
            return refused(Refusal::PrivateOnly);
        }
        // A button can be made up: what is no moment is none.
        let Some(at) = DateTime::from_timestamp(at, 0).filter(|at| *at <= self.context.clock.now())
        else {
            return refused(Refusal::NotNow);
        };
        let late = None;
        let says = Says::Report {
            span,
            at,
            form,
            all_groups,
            late,
        };
        let row = self.answer_row(None, on, Class::Page, says);
        self.keep(Vec::new(), vec![row], Answer::Shown).await
    }
}
