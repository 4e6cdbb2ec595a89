//! While the reporter is asked for what is missing: answers, and those who will not wait for them.

use super::super::super::event::Event;
use super::super::super::id::DepartmentId;
use super::super::super::incident::Stage;
use super::super::super::refusal::Refusal;
use super::super::QUESTION_LIMIT;
use super::super::triage::onward;
use super::{Asking, Verdict, words};

impl Asking<'_> {
    pub(super) fn answer(&self, text: &str) -> Verdict {
        let Stage::Intake { answers, .. } = &self.incident.stage else {
            return Err(Refusal::NotNow);
        };
        if !self.is_reporter() {
            return Err(Refusal::ReporterOrManagerOnly);
        }
        let mut events = vec![Event::Answered { text: words(text)? }];
        if answers + 1 >= QUESTION_LIMIT {
            let mut after = self.incident.clone();
            after.triage.question = None;
            events.extend(onward(&after, self.config));
        }
        Ok(events)
    }

    pub(super) fn answer_with(&self, choice: u8) -> Verdict {
        let question = self.incident.triage.question.as_ref();
        let answer = question.and_then(|it| it.answers.get(usize::from(choice)));
        answer.map_or(Err(Refusal::NotNow), |answer| self.answer(answer))
    }

    pub(super) fn end_intake(&self) -> Verdict {
        match &self.incident.stage {
            Stage::Intake { .. } if self.is_reporter() || self.standing.directs() => {
                Ok(onward(self.incident, self.config))
            }
            Stage::Intake { .. } => Err(Refusal::ReporterOrManagerOnly),
            _ => Err(Refusal::NotNow),
        }
    }

    /// Whose it becomes if this person claims it before anybody said so: the only department, the
    /// suggested one if they belong to it, the only one they belong to.
    pub(super) fn own_department(&self) -> Option<DepartmentId> {
        if let [only] = self.config.departments.as_slice() {
            return Some(only.id);
        }
        let assessment = self.incident.triage.assessment.as_ref();
        let suggested = assessment.and_then(|it| it.department);
        let mine = self.standing.departments.as_slice();
        match (suggested.filter(|it| mine.contains(it)), mine) {
            (Some(suggested), _) => Some(suggested),
            (None, [only]) => Some(*only),
            _ => None,
        }
    }

    /// The questions end, with what is known, and it lies with that department.
    pub(super) fn past_intake(&self, department: DepartmentId) -> Vec<Event> {
        let mut events = onward(self.incident, self.config);
        events.retain(|event| !matches!(event, Event::DepartmentSet { .. }));
        events.push(Event::DepartmentSet { department });
        events
    }
}
