//! Who hears what of triage: the reporter is asked, and managers hear of what is critical.

use super::super::assessment::Question;
use super::super::id::{DepartmentId, PersonId};
use super::super::incident::{Incident, Stage, Urgency};
use super::super::notice::{Audience, Class, Prompt, Says};
use super::{Router, distinct};

impl Router<'_> {
    /// Where the reporter spoke, as an answer to what they said.
    pub(super) fn question(&mut self, question: &Question) {
        let question = question.clone();
        let prompt = Prompt::Clarification { question };
        let person = self.after.report.reporter;
        let says = Says::Prompt { person, prompt };
        self.say(Audience::Asker, Class::Page, says);
    }

    /// A question that is still open is taken back, unless the reporter themselves ended it.
    pub(super) fn intake_ended(&mut self) {
        let open = self.before.and_then(|it| it.triage.question.as_ref());
        let answered = self.after.triage.dialogue.len();
        let before = self.before.map_or(0, |it| it.triage.dialogue.len());
        if open.is_some() && answered == before {
            self.tell(self.after.report.reporter, Says::QuestionsOver);
        }
    }

    /// What turns out to be critical after its department was called, managers hear of all the same.
    pub(super) fn assessed(&mut self) {
        let Some(before) = self.before else { return };
        let critical = |it: &Incident| it.urgency == Some(Urgency::Critical);
        if let Stage::New { department, .. } = before.stage
            && critical(self.after)
            && !critical(before)
        {
            self.call_managers(department, None);
        }
    }

    /// Managers who are no members hear of what is critical too.
    pub(super) fn call_managers(
        &mut self,
        department: DepartmentId,
        released_by: Option<PersonId>,
    ) {
        let members = self.members(department);
        let managers = self.config.managers.iter().copied();
        let others = managers.filter(|manager| !members.contains(manager));
        for manager in distinct(others.collect()) {
            let says = Says::NewInDepartment {
                department,
                call: Vec::new(),
                released_by,
            };
            self.tell_as(Class::Escalation, manager, says);
        }
    }
}
