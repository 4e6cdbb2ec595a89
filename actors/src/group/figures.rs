//! Reports of figures. They say who is slow, so managers get them and nobody else asks for them; one
//! that is asked for in the group is for the group to read.

use chrono::DateTime;

use super::{Next, Turn, refused};
use crate::domain::kpi::{ReportForm, Span};
use crate::domain::{Class, MessageId, Refusal, Says};
use crate::inbound::Answer;

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
                late,
            },
        )
        .await
    }

    pub(super) async fn report_pressed(
        self,
        span: Span,
        at: i64,
        form: ReportForm,
        on: MessageId,
    ) -> Next {
        if !self.may_configure() {
            return refused(Refusal::ManagersOnly);
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
            late,
        };
        let row = self.answer_row(None, on, Class::Page, says);
        self.keep(Vec::new(), vec![row], Answer::Shown).await
    }
}
