//! What a person may do with an incident, verb by verb.

mod escalation;
mod intake;
mod work;

use chrono::{DateTime, Duration, Utc};

use super::super::command::Command;
use super::super::event::Event;
use super::super::group::{Access, GroupConfig, Standing};
use super::super::id::{DepartmentId, IncidentId, PersonId};
use super::super::incident::{Incident, Report, Stage, Urgency, Work};
use super::super::refusal::Refusal;
use super::super::report::{Photo, Recording};
use super::{Effect, REOPEN_WINDOW};

/// A person's command, with all that bears on it.
pub(super) struct Asking<'a> {
    pub(super) incident: &'a Incident,
    pub(super) standing: &'a Standing,
    pub(super) now: DateTime<Utc>,
    pub(super) config: &'a GroupConfig,
}

type Verdict = Result<Vec<Event>, Refusal>;

/// How a person comes into a department's work.
enum Admission {
    Member,
    Enrolment,
    Request,
}

impl Asking<'_> {
    pub(super) fn decide(&self, command: &Command, effects: &mut Vec<Effect>) -> Verdict {
        match command {
            Command::Reopen { comment } => return self.reopen(comment),
            Command::Confirm => return self.confirm(),
            _ => self.must_be_open()?,
        }
        match command {
            Command::Answer { text } => self.answer(text),
            Command::AnswerWith { choice } => self.answer_with(*choice),
            Command::EndIntake => self.end_intake(),
            Command::ChooseDepartment { department } => self.choose_department(*department),
            Command::Claim => self.claim(effects),
            Command::Join => self.join(effects),
            Command::Leave => self.leave(),
            Command::Assign { person, standing } => self.assign(*person, standing),
            Command::Start => self.start(),
            Command::Block { kind, comment } => self.block(*kind, comment),
            Command::SetWakeUp { at } => self.set_wake_up(*at),
            Command::StillOnIt => self.still_on_it(),
            Command::Resume => self.resume(),
            Command::ChangeDepartment { department } => self.change_department(*department),
            Command::Resolve => self.resolve(),
            Command::Summarise { comment, photo } => {
                self.summarise(comment.as_deref(), photo.as_ref())
            }
            Command::Cancel { reason } => self.cancel(reason),
            Command::DuplicateOf { incident } => self.duplicate_of(*incident),
            Command::Comment { text } => {
                self.must_be_concerned()?;
                Ok(vec![Event::Commented { text: words(text)? }])
            }
            Command::AddPhoto { photo, caption } => {
                let photo = photo.clone();
                self.add(Event::PhotoAdded { photo }, caption)
            }
            Command::AddRecording { recording, caption } => {
                let recording = recording.clone();
                self.add(Event::RecordingAdded { recording }, caption)
            }
            Command::Follow {
                text,
                photos,
                recordings,
            } => Ok(follow(text, photos, recordings)),
            Command::SetUrgency { urgency } => self.set_urgency(*urgency),
            Command::AmendReport { text, added } => self.amend(text, *added),
            Command::Acknowledge => self.acknowledge(),
            Command::LookAtClock
            | Command::NoteShiftEnding { .. }
            | Command::NoteUnheard { .. }
            | Command::Assess { .. }
            | Command::GiveUpAssessment
            | Command::Reopen { .. }
            | Command::Confirm => Err(Refusal::NotNow),
        }
    }

    fn me(&self) -> PersonId {
        self.standing.person
    }

    fn is_reporter(&self) -> bool {
        self.incident.report.reporter == self.me()
    }

    /// Who reported it, or the same and joined: they know whether it is fixed.
    fn reported_it(&self) -> bool {
        self.is_reporter() || self.incident.followers.contains(&self.me())
    }

    fn is_member(&self) -> bool {
        self.incident
            .department()
            .is_some_and(|department| self.standing.is_member(department))
    }

    fn must_be_open(&self) -> Result<(), Refusal> {
        match &self.incident.stage {
            Stage::Closed { resolution, at, by } => Err(Refusal::Closed {
                resolution: *resolution,
                at: *at,
                by: *by,
            }),
            _ => Ok(()),
        }
    }

    fn must_work_on_it(&self) -> Result<&Work, Refusal> {
        match self.incident.work() {
            Some(work) if work.includes(self.me()) => Ok(work),
            Some(_) => Err(Refusal::WorkersOnly),
            None => Err(self.unclaimed()),
        }
    }

    fn must_be_concerned(&self) -> Result<(), Refusal> {
        let concerned = self.standing.present
            || self.is_reporter()
            || self.incident.followers.contains(&self.me())
            || self.is_member()
            || self.standing.directs()
            || self.incident.is_worked_on_by(self.me());
        if concerned {
            Ok(())
        } else {
            Err(Refusal::NotConcerned)
        }
    }

    /// Why something that wants a claimed incident cannot be done yet.
    fn unclaimed(&self) -> Refusal {
        match &self.incident.stage {
            Stage::Intake { .. } | Stage::AwaitingDepartment { .. } => Refusal::NoDepartmentYet,
            _ => Refusal::NotClaimed,
        }
    }

    fn known(&self, department: DepartmentId) -> Result<DepartmentId, Refusal> {
        self.config
            .department(department)
            .map(|known| known.id)
            .ok_or(Refusal::NoSuchDepartment)
    }

    fn choose_department(&self, department: DepartmentId) -> Verdict {
        let department = self.known(department)?;
        match &self.incident.stage {
            Stage::AwaitingDepartment { .. } if self.is_reporter() || self.standing.directs() => {
                Ok(vec![Event::DepartmentSet { department }])
            }
            // Who knows whose it is need not be asked first.
            Stage::Intake { .. } if self.is_reporter() || self.standing.directs() => {
                Ok(self.past_intake(department))
            }
            Stage::AwaitingDepartment { .. } | Stage::Intake { .. } => {
                Err(Refusal::ReporterOrManagerOnly)
            }
            _ if self.incident.department() == Some(department) => Err(Refusal::AlreadySo),
            _ => Err(Refusal::NotNow),
        }
    }

    fn change_department(&self, department: DepartmentId) -> Verdict {
        let department = self.known(department)?;
        let claimed = match &self.incident.stage {
            Stage::AwaitingDepartment { .. } | Stage::New { .. } => false,
            Stage::Accepted(_) | Stage::InProgress(_) | Stage::Blocked { .. } => true,
            _ => return Err(Refusal::NotNow),
        };
        let reporter_may = self.is_reporter() && !claimed;
        if !(self.is_member() || self.standing.directs() || reporter_may) {
            return Err(match self.incident.department() {
                Some(department) => Refusal::MembersOnly { department },
                None => Refusal::ReporterOrManagerOnly,
            });
        }
        if self.incident.department() == Some(department) {
            return Err(Refusal::AlreadySo);
        }
        Ok(vec![Event::DepartmentSet { department }])
    }

    fn claim(&self, effects: &mut Vec<Effect>) -> Verdict {
        match &self.incident.stage {
            Stage::New { department, .. } => self.enter(*department, Event::Claimed, effects),
            // A claim never waits for questions.
            Stage::Intake { .. } => match self.own_department() {
                Some(department) => {
                    let mut events = self.past_intake(department);
                    events.extend(self.enter(department, Event::Claimed, effects)?);
                    Ok(events)
                }
                None => Err(Refusal::NoDepartmentYet),
            },
            Stage::AwaitingDepartment { .. } => Err(Refusal::NoDepartmentYet),
            _ => Err(self.lost()),
        }
    }

    /// What a loser is told: who has it, since when, and whether joining is open.
    fn lost(&self) -> Refusal {
        match self.incident.work() {
            Some(work) if work.owner == self.me() => Refusal::AlreadyYours,
            Some(work) if work.includes(self.me()) => Refusal::AlreadyHelping,
            Some(work) => Refusal::AlreadyClaimed {
                owner: work.owner,
                at: work.since,
                ago: (self.now - work.since).max(Duration::zero()),
                may_join: self.joinable() && self.admission(work.department).is_ok(),
            },
            None => Refusal::NotNow,
        }
    }

    fn joinable(&self) -> bool {
        matches!(
            self.incident.stage,
            Stage::Accepted(_) | Stage::InProgress(_) | Stage::Blocked { .. }
        )
    }

    fn join(&self, effects: &mut Vec<Effect>) -> Verdict {
        match self.incident.work() {
            Some(work) if work.owner == self.me() => Err(Refusal::AlreadyYours),
            Some(work) if work.includes(self.me()) => Err(Refusal::AlreadyHelping),
            Some(work) if self.joinable() => self.enter(work.department, Event::Joined, effects),
            Some(_) => Err(Refusal::NotNow),
            None => Err(self.unclaimed()),
        }
    }

    /// Lets a person take part in a department's work.
    fn enter(&self, department: DepartmentId, event: Event, effects: &mut Vec<Effect>) -> Verdict {
        let person = self.me();
        match self.admission(department)? {
            Admission::Member => Ok(vec![event]),
            Admission::Enrolment => {
                effects.push(Effect::Enrol { person, department });
                Ok(vec![event])
            }
            Admission::Request => {
                effects.push(Effect::RequestMembership { person, department });
                Ok(vec![Event::MembershipRequested { department }])
            }
        }
    }

    /// Whether a person may take part in a department's work, as its access says.
    fn admission(&self, department: DepartmentId) -> Result<Admission, Refusal> {
        // Who was called about it may take it, without belonging to the department from then on.
        if self.standing.is_member(department) || self.is_called() {
            return Ok(Admission::Member);
        }
        let access = self
            .config
            .department(department)
            .map_or(Access::Members, |known| known.access);
        match access {
            Access::Open => Ok(Admission::Enrolment),
            // Managers answer the requests: nobody would be told of an only manager's own.
            Access::Request if self.standing.manager => Ok(Admission::Enrolment),
            Access::Request if self.standing.requested.contains(&department) => {
                Err(Refusal::AlreadyAsked { department })
            }
            Access::Request => Ok(Admission::Request),
            Access::Members => Err(Refusal::MembersOnly { department }),
        }
    }

    fn assign(&self, person: PersonId, standing: &Standing) -> Verdict {
        // Who owns it may hand it over.
        let owns = self.incident.work().map(|work| work.owner) == Some(self.me());
        if !(self.standing.directs() || owns || self.is_called()) {
            return Err(Refusal::DirectorsOnly);
        }
        let open_to_assign = matches!(self.incident.stage, Stage::New { .. }) || self.joinable();
        let Some(department) = self.incident.department() else {
            return Err(Refusal::NoDepartmentYet);
        };
        if !open_to_assign {
            return Err(Refusal::NotNow);
        }
        if !standing.is_member(department) {
            return Err(Refusal::NotAMember { person });
        }
        match self.incident.work() {
            Some(work) if work.owner == person => Err(Refusal::AlreadySo),
            _ => Ok(vec![Event::Assigned { person }]),
        }
    }

    fn confirm(&self) -> Verdict {
        match &self.incident.stage {
            Stage::Done { .. } if self.reported_it() || self.standing.manager => {
                Ok(vec![Event::Confirmed])
            }
            Stage::Done { .. } => Err(Refusal::ReporterOrManagerOnly),
            _ => {
                self.must_be_open()?;
                Err(Refusal::NotNow)
            }
        }
    }

    fn reopen(&self, comment: &str) -> Verdict {
        if !(self.reported_it() || self.standing.manager) {
            return Err(Refusal::ReporterOrManagerOnly);
        }
        match &self.incident.stage {
            Stage::Done { .. } => {}
            Stage::Closed { at, .. } if self.now - *at <= REOPEN_WINDOW => {}
            Stage::Closed { at, .. } => {
                return Err(Refusal::TooLateToReopen { closed_at: *at });
            }
            _ => return Err(Refusal::AlreadySo),
        }
        Ok(vec![Event::Reopened {
            comment: words(comment)?,
        }])
    }

    fn cancel(&self, reason: &str) -> Verdict {
        let claimed = self.incident.work().is_some();
        if !(self.standing.manager || self.is_reporter() && !claimed) {
            return Err(if claimed {
                Refusal::ManagersOnly
            } else {
                Refusal::ReporterOrManagerOnly
            });
        }
        Ok(vec![Event::Cancelled {
            reason: words(reason)?,
        }])
    }

    fn duplicate_of(&self, other: IncidentId) -> Verdict {
        if other == self.incident.identity.id {
            return Err(Refusal::DuplicateOfItself);
        }
        if !(self.is_member() || self.standing.directs()) {
            return Err(match self.incident.department() {
                Some(department) => Refusal::MembersOnly { department },
                None => Refusal::DirectorsOnly,
            });
        }
        Ok(vec![Event::MarkedDuplicate { of: other }])
    }

    /// What is written under something is a comment.
    fn add(&self, added: Event, caption: &str) -> Verdict {
        self.must_be_concerned()?;
        let mut events = vec![added];
        events.extend(words(caption).map(|text| Event::Commented { text }));
        Ok(events)
    }

    fn set_urgency(&self, urgency: Urgency) -> Verdict {
        if !(self.is_member() || self.standing.directs()) {
            return Err(match self.incident.department() {
                Some(department) => Refusal::MembersOnly { department },
                None => Refusal::DirectorsOnly,
            });
        }
        if self.incident.urgency == Some(urgency) {
            return Err(Refusal::AlreadySo);
        }
        Ok(vec![Event::UrgencySet { urgency }])
    }

    /// Only who wrote a message can edit it, and that need not be who raised the incident from it.
    /// What was added to the message stays below it, whichever of the two is corrected.
    fn amend(&self, text: &str, added: bool) -> Verdict {
        self.must_be_concerned()?;
        let report = &self.incident.report;
        let before = report.addition.as_ref().map(|it| it.text.as_str());
        let (words_now, addition) = match (added, before) {
            (true, None) => return Err(Refusal::NotNow),
            (true, Some(_)) => (report.words(), Some(text)),
            (false, addition) => (text, addition),
        };
        let whole = Report::joined(words_now, addition.unwrap_or_default());
        if report.text.trim() == whole {
            return Err(Refusal::AlreadySo);
        }
        Ok(vec![Event::ReportAmended {
            text: words(&whole)?,
            addition: addition
                .filter(|_| added)
                .map(|text| text.trim().to_owned()),
        }])
    }
}

/// Who joins brings along what they said.
fn follow(text: &str, photos: &[Photo], recordings: &[Recording]) -> Vec<Event> {
    let mut events = vec![Event::Followed];
    events.extend(words(text).map(|text| Event::Commented { text }));
    let photos = photos.iter().cloned();
    events.extend(photos.map(|photo| Event::PhotoAdded { photo }));
    let recordings = recordings.iter().cloned();
    events.extend(recordings.map(|recording| Event::RecordingAdded { recording }));
    events
}

/// What somebody wrote, if they wrote anything.
fn words(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        Err(Refusal::WordsMissing)
    } else {
        Ok(text.to_owned())
    }
}
