//! What an incident remembers of triage: what was asked and answered, what was found, and whether
//! the model is to look at it.

use chrono::{DateTime, Utc};

use crate::domain::assessment::{Assessment, Question};
use crate::domain::incident::{Incident, Stage};
use crate::domain::triage::{Exchange, Rater, Triage};

impl Triage {
    /// The model is to look at new words.
    fn want(&mut self) {
        self.wanted = true;
        self.given_up = false;
    }

    /// The model is not asked about these words any more.
    pub(super) fn give_up(&mut self) {
        self.wanted = false;
        self.given_up = true;
    }
}

impl Incident {
    pub(super) fn answer(&mut self, text: &str, at: DateTime<Utc>) {
        if let Stage::Intake { answers, since } = &mut self.stage {
            *answers += 1;
            *since = at;
            self.report.text.push('\n');
            self.report.text.push_str(text);
            if let Some(question) = self.triage.question.take() {
                self.triage.dialogue.push(Exchange {
                    question: question.text,
                    answer: text.to_owned(),
                });
            }
            self.triage.want();
        }
    }

    pub(super) fn ask(&mut self, question: &Question, at: DateTime<Utc>) {
        if let Stage::Intake { since, .. } = &mut self.stage {
            *since = at;
            self.triage.asked = self.triage.asked.saturating_add(1);
            self.triage.question = Some(question.clone());
        }
    }

    /// A person's rating stays; one from before triage was kept is taken for a person's.
    pub(super) fn assess(&mut self, assessment: &Assessment, at: DateTime<Utc>) {
        let rated_by_person = match self.triage.rated_by {
            Some(rater) => rater == Rater::Person,
            None => self.urgency.is_some(),
        };
        if let (false, Some(urgency)) = (rated_by_person, assessment.urgency) {
            if self.urgency.replace(urgency) != Some(urgency) {
                self.count_from(at);
            }
            self.triage.rated_by = Some(assessment.rater());
        }
        if assessment.by == Rater::Model {
            self.triage.wanted = false;
        }
        self.triage.assessment = Some(assessment.clone());
    }

    pub(super) fn amend(&mut self, text: &str, addition: Option<&str>) {
        text.clone_into(&mut self.report.text);
        // What the model said was about other words.
        let model = |it: &Assessment| it.by == Rater::Model;
        if self.triage.given_up || self.triage.assessment.as_ref().is_some_and(model) {
            self.triage.want();
        }
        if let (Some(added), Some(corrected)) = (&mut self.report.addition, addition) {
            corrected.clone_into(&mut added.text);
        }
    }
}
