//! What triage begins with, what it may do, and how its questions end.

use super::super::assessment::{self, Assessment, Finding, Question};
use super::super::command::Command;
use super::super::event::Event;
use super::super::group::GroupConfig;
use super::super::incident::{Incident, Report, Stage, Urgency};
use super::super::refusal::Refusal;
use super::super::triage::{Rater, TriageMode, TriagePolicy};
use super::{QUESTION_LIMIT, only_department};

/// How triage of a new report begins.
pub(super) struct Beginning {
    /// Whether questions come first.
    pub(super) clarify: bool,
    /// Whether the model is to look at it.
    pub(super) rate: bool,
    /// What the rules say at once.
    pub(super) rules: Option<Event>,
}

impl Beginning {
    fn none() -> Self {
        Self {
            clarify: false,
            rate: false,
            rules: None,
        }
    }
}

/// The rules speak at once, without any model. What they call critical is not held up by questions.
pub(super) fn begin(report: &Report, policy: &TriagePolicy) -> Beginning {
    let rules = || assessment::by_rules(&report.text, policy);
    // What can only be listened to says nothing to a model, and what is planned is no news.
    let silent = report.text.trim().is_empty() && report.photos.is_empty();
    match policy.mode {
        _ if report.planned.is_some() => Beginning {
            rules: Some(Event::UrgencySet {
                urgency: Urgency::Planned,
            }),
            ..Beginning::none()
        },
        _ if silent => Beginning::none(),
        TriageMode::Off => Beginning::none(),
        TriageMode::Rules => Beginning {
            clarify: false,
            rate: false,
            rules: telling(rules()),
        },
        TriageMode::Claude => {
            let found = rules();
            let critical = found.urgency == Some(Urgency::Critical);
            Beginning {
                clarify: !critical,
                rate: true,
                rules: telling(found).filter(|_| critical),
            }
        }
    }
}

/// An assessment by rules is worth a line only where it rates.
fn telling(found: Assessment) -> Option<Event> {
    found.urgency.is_some().then(|| assessed(found))
}

fn assessed(assessment: Assessment) -> Event {
    let assessment = Box::new(assessment);
    Event::Assessed { assessment }
}

/// What follows the last question: the rules rate if nobody has, and the department is chosen where
/// there is only one, or where the group lets triage choose.
pub(super) fn onward(incident: &Incident, config: &GroupConfig) -> Vec<Event> {
    let mut events = Vec::new();
    let policy = &config.settings.triage;
    if incident.triage.assessment.is_none() && policy.mode != TriageMode::Off {
        events.extend(telling(assessment::by_rules(&incident.report.text, policy)));
    }
    events.push(Event::IntakeEnded);
    let suggested = incident.triage.assessment.as_ref();
    events.extend(only_department(config).or_else(|| chosen(suggested, config)));
    events
}

/// The suggested department, where the group lets triage choose.
fn chosen(suggestion: Option<&Assessment>, config: &GroupConfig) -> Option<Event> {
    let department = suggestion?.department?;
    config.department(department)?;
    let chooses = config.settings.triage.choose_department;
    chooses.then_some(Event::DepartmentSet { department })
}

/// What triage does. It may say what it thinks and ask; it claims, assigns and closes nothing.
pub(super) fn events(
    incident: &Incident,
    command: &Command,
    config: &GroupConfig,
) -> Result<Vec<Event>, Refusal> {
    match (command, &incident.stage) {
        (_, Stage::Closed { .. }) => Err(Refusal::NotNow),
        (Command::EndIntake, Stage::Intake { .. }) => Ok(onward(incident, config)),
        (Command::GiveUpAssessment, _) if incident.triage.wanted => {
            Ok(vec![Event::AssessmentGivenUp])
        }
        (Command::Assess { finding, text }, _) => assess(incident, finding, text, config),
        _ => Err(Refusal::NotNow),
    }
}

fn assess(
    incident: &Incident,
    finding: &Finding,
    text: &str,
    config: &GroupConfig,
) -> Result<Vec<Event>, Refusal> {
    let policy = &config.settings.triage;
    // It was about other words, or the group wants no triage any more.
    if text != incident.report.text || policy.mode == TriageMode::Off {
        return Err(Refusal::NotNow);
    }
    let department = finding.assessment.department;
    if department.is_some_and(|department| config.department(department).is_none()) {
        return Err(Refusal::NoSuchDepartment);
    }
    let found = assessment::with_floor(finding.assessment.clone(), text, policy);
    let mut after = incident.clone();
    after.triage.assessment = Some(found.clone());
    let critical = found.hazard.is_some();
    let mut events = vec![assessed(found)];
    match &incident.stage {
        Stage::Intake { answers, .. } => match question(finding, *answers, critical) {
            Some(question) => events.push(Event::QuestionAsked { question }),
            None => events.extend(onward(&after, config)),
        },
        Stage::AwaitingDepartment { .. } => {
            events.extend(chosen(after.triage.assessment.as_ref(), config));
        }
        _ => {}
    }
    Ok(events)
}

fn question(finding: &Finding, answers: u8, critical: bool) -> Option<Question> {
    let may_ask = finding.assessment.by == Rater::Model && answers < QUESTION_LIMIT && !critical;
    finding.question.clone().filter(|_| may_ask)
}
