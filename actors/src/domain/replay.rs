//! How an incident changes with each event: the only place that moves a stage.

mod escalation;
mod followers;
mod lease;
mod triage;

use std::mem::{Discriminant, discriminant};

use chrono::{DateTime, Utc};

use super::event::{Author, Event, Recorded};
use super::id::{DepartmentId, PersonId};
use super::incident::{
    BlockKind, Comment, DepartmentSession, Identity, Incident, Participation, ParticipationEnd,
    ParticipationRole, Photo, Resolution, SessionEnd, Stage, Work, Workflow,
};
use super::report::Report;
use super::triage::{Rater, Triage};

impl Recorded {
    /// The person who did it, if the desk did not.
    #[must_use]
    pub fn person(&self) -> Option<PersonId> {
        match self.by {
            Author::Person(person) => Some(person),
            Author::Clock | Author::Triage => None,
        }
    }
}

impl Incident {
    /// The incident that these events add up to; `None` if they do not begin with a report.
    #[must_use]
    pub fn replay(identity: Identity, events: &[Recorded]) -> Option<Self> {
        let (first, rest) = events.split_first()?;
        let mut incident = Self::begin(identity, first)?;
        for recorded in rest {
            incident.apply(recorded);
        }
        Some(incident)
    }

    /// The incident that a first event makes; `None` if it is not a report.
    #[must_use]
    pub fn begin(identity: Identity, first: &Recorded) -> Option<Self> {
        let Event::Reported {
            report,
            workflow,
            clarify,
            rate,
        } = &first.event
        else {
            return None;
        };
        let since = first.at;
        Some(Self {
            identity,
            version: 1,
            edition: 1,
            workflow: *workflow,
            stage: if *clarify {
                Stage::Intake { since, answers: 0 }
            } else {
                awaiting_department(since)
            },
            report: Report::clone(report),
            opened_at: since,
            urgency: None,
            summary: None,
            duplicate_of: None,
            sessions: Vec::new(),
            participations: Vec::new(),
            comments: 0,
            latest_comment: None,
            reopenings: 0,
            triage: Triage {
                wanted: *rate,
                ..Triage::default()
            },
            pauses: Vec::new(),
            counted_from: None,
            done_at: None,
            overdue_at: None,
            escalation: None,
            followers: Vec::new(),
        })
    }

    /// Applies one more event. Total: an event that does not fit the stage leaves it as it is;
    /// `decide` never makes one.
    pub fn apply(&mut self, recorded: &Recorded) {
        let page = self.page();
        self.take(recorded);
        self.note_pause(recorded.at);
        self.note_life(recorded);
        self.note_escalation(recorded);
        self.version += 1;
        if self.page() != page {
            self.edition += 1;
        }
    }

    /// What a card's buttons act on: where the incident stands, whose it is, who has it, and what
    /// the reporter was asked last.
    fn page(
        &self,
    ) -> (
        Discriminant<Stage>,
        Option<DepartmentId>,
        Option<PersonId>,
        u8,
    ) {
        let owner = self.work().map(|work| work.owner);
        let asked = self.triage.asked;
        (discriminant(&self.stage), self.department(), owner, asked)
    }

    fn take(&mut self, recorded: &Recorded) {
        let at = recorded.at;
        match &recorded.event {
            Event::Reported { .. } | Event::MembershipRequested { .. } => {}
            Event::Answered { text } => self.answer(text, at),
            Event::QuestionAsked { question } => self.ask(question, at),
            Event::Assessed { assessment } => self.assess(assessment, at),
            Event::AssessmentGivenUp => self.triage.give_up(),
            Event::IntakeEnded => {
                self.triage.question = None;
                self.stage = awaiting_department(at);
            }
            Event::DepartmentSet { department } => self.hand_to(*department, at),
            Event::Claimed => self.give_to(recorded.person(), at),
            Event::Assigned { person } => self.give_to(Some(*person), at),
            Event::Joined => self.join(recorded.person(), at),
            Event::Left => self.leave(recorded.person(), at),
            Event::Started | Event::Resumed => self.restage(Stage::InProgress),
            Event::Blocked { kind, comment } => self.block(*kind, comment, at),
            Event::WakeUpSet { wake } => self.set_wake_up(*wake),
            Event::WokenUp | Event::WaitQuestioned => self.note_wait_question(),
            Event::StillOnIt
            | Event::EscalationWarned
            | Event::Escalated { .. }
            | Event::CallUnheard { .. }
            | Event::Acknowledged => {}
            Event::LeaseQuestioned => self.question_lease(at),
            Event::ShiftEnding { until } => self.note_shift_ending(*until),
            Event::LeaseEnded => {
                let owner = self.work().map(|work| work.owner);
                self.leave(owner, at);
            }
            Event::OverdueNoted => self.overdue_at = Some(at),
            Event::ResolutionBegun => self.begin_resolution(recorded.person(), at),
            Event::SummaryPartGiven { comment, photo } => self.keep_part(comment, photo),
            Event::Summarised { comment, photo } => self.summarise(comment, photo.as_ref(), at),
            Event::Confirmed => self.close(Resolution::Confirmed, recorded),
            Event::Reopened { .. } => self.reopen(at),
            Event::Cancelled { .. } => self.close(Resolution::Cancelled, recorded),
            Event::MarkedDuplicate { of } => {
                self.duplicate_of = Some(*of);
                self.close(Resolution::Duplicate, recorded);
            }
            Event::Commented { text } => self.comment(recorded, text),
            Event::Followed => self.follow(recorded.person()),
            Event::PhotoAdded { photo } => self.report.photos.push(photo.clone()),
            Event::RecordingAdded { recording } => self.report.recordings.push(recording.clone()),
            Event::UrgencySet { urgency } => {
                self.urgency = Some(*urgency);
                self.triage.rated_by = recorded.person().map(|_| Rater::Person);
                self.count_from(at);
            }
            Event::ReportAmended { text, addition } => self.amend(text, addition.as_deref()),
            Event::DepartmentReminded
            | Event::DispatchersTold
            | Event::Nudged { .. }
            | Event::SummaryReminded => self.note_reminder(&recorded.event),
            Event::SummaryTimedOut => self.close(Resolution::NoSummary, recorded),
            Event::ConfirmationTimedOut => self.close(Resolution::Unconfirmed, recorded),
        }
    }

    fn comment(&mut self, recorded: &Recorded, text: &str) {
        self.comments += 1;
        self.latest_comment = recorded.person().map(|by| Comment {
            by,
            at: recorded.at,
            text: text.to_owned(),
        });
    }

    fn hand_to(&mut self, department: DepartmentId, at: DateTime<Utc>) {
        self.end_participations(ParticipationEnd::Transferred, at);
        self.end_session(SessionEnd::Transferred, at);
        self.sessions.push(DepartmentSession {
            department,
            assigned_at: at,
            claimed_at: None,
            ended_at: None,
            end: None,
        });
        self.stage = Stage::New {
            department,
            since: at,
            nudges: 0,
        };
    }

    fn give_to(&mut self, person: Option<PersonId>, at: DateTime<Utc>) {
        let (Some(owner), Some(department)) = (person, self.department()) else {
            return;
        };
        let mut helpers = Vec::new();
        if let Some(work) = self.work() {
            let previous = work.owner;
            helpers = work.helpers.clone();
            helpers.retain(|helper| *helper != owner);
            self.end_participation(previous, ParticipationEnd::Transferred, at);
            self.end_participation(owner, ParticipationEnd::Transferred, at);
        }
        self.begin_participation(owner, ParticipationRole::Owner, at);
        if let Some(session) = self.sessions.last_mut() {
            session
                .claimed_at
                .get_or_insert(at.max(session.assigned_at));
        }
        let work = Work {
            department,
            owner,
            since: at,
            helpers,
            seen_at: None,
            asked_at: None,
            shift_ends_at: None,
        };
        self.stage = match (&self.stage, self.workflow) {
            (Stage::InProgress(_) | Stage::Blocked { .. }, _) | (_, Workflow::Quick) => {
                Stage::InProgress(work)
            }
            (_, Workflow::Full) => Stage::Accepted(work),
        };
    }

    fn join(&mut self, person: Option<PersonId>, at: DateTime<Utc>) {
        let Some(person) = person else { return };
        if let Some(work) = self.work_mut() {
            work.helpers.push(person);
            self.begin_participation(person, ParticipationRole::Helper, at);
        }
    }

    fn leave(&mut self, person: Option<PersonId>, at: DateTime<Utc>) {
        let (Some(person), Some(work)) = (person, self.work_mut()) else {
            return;
        };
        work.helpers.retain(|helper| *helper != person);
        if work.owner != person {
            self.end_participation(person, ParticipationEnd::Released, at);
        } else if work.helpers.is_empty() {
            let department = work.department;
            self.end_participation(person, ParticipationEnd::Released, at);
            self.stage = Stage::New {
                department,
                since: at,
                nudges: 0,
            };
        } else {
            let heir = work.helpers.remove(0);
            work.owner = heir;
            work.since = at;
            (work.seen_at, work.asked_at) = (None, None);
            self.end_participation(person, ParticipationEnd::Released, at);
            self.end_participation(heir, ParticipationEnd::Transferred, at);
            self.begin_participation(heir, ParticipationRole::Owner, at);
        }
    }

    fn block(&mut self, kind: BlockKind, comment: &str, at: DateTime<Utc>) {
        let comment = comment.to_owned();
        self.restage(|work| Stage::Blocked {
            kind,
            work,
            since: at,
            comment,
            wake: None,
            asked: false,
        });
    }

    fn begin_resolution(&mut self, resolver: Option<PersonId>, at: DateTime<Utc>) {
        let Some(resolver) = resolver else { return };
        self.restage(|work| Stage::AwaitingSummary {
            work,
            resolver,
            since: at,
            reminded: false,
            comment: None,
            photo: None,
        });
    }

    fn keep_part(&mut self, words: &Option<String>, picture: &Option<Photo>) {
        if let Stage::AwaitingSummary { comment, photo, .. } = &mut self.stage {
            *comment = words.clone().or_else(|| comment.take());
            *photo = picture.clone().or_else(|| photo.take());
        }
    }

    fn summarise(&mut self, comment: &str, photo: Option<&Photo>, at: DateTime<Utc>) {
        let Stage::AwaitingSummary { work, resolver, .. } = self.stage.clone() else {
            return;
        };
        self.summary = Some(comment.to_owned());
        self.done_at = Some(at);
        self.report.photos.extend(photo.cloned());
        self.end_participation(resolver, ParticipationEnd::ResolvedSelf, at);
        self.end_participations(ParticipationEnd::ResolvedOther, at);
        if self.workflow == Workflow::Full {
            self.stage = Stage::Done {
                work,
                resolver,
                since: at,
            };
        } else {
            self.end_session(SessionEnd::Closed, at);
            self.stage = Stage::Closed {
                resolution: Resolution::Resolved,
                at,
                by: Some(resolver),
            };
        }
    }

    fn close(&mut self, resolution: Resolution, recorded: &Recorded) {
        self.end_participations(ParticipationEnd::Closed, recorded.at);
        self.end_session(SessionEnd::Closed, recorded.at);
        self.triage.wanted = false;
        self.triage.question = None;
        self.stage = Stage::Closed {
            resolution,
            at: recorded.at,
            by: recorded.person(),
        };
    }

    fn reopen(&mut self, at: DateTime<Utc>) {
        self.reopenings += 1;
        self.summary = None;
        self.done_at = None;
        self.count_from(at);
        self.duplicate_of = None;
        match self.stage.clone() {
            Stage::Done { work, .. } => {
                self.begin_participation(work.owner, ParticipationRole::Owner, at);
                let work = Work {
                    since: at,
                    helpers: Vec::new(),
                    seen_at: None,
                    asked_at: None,
                    shift_ends_at: None,
                    ..work
                };
                self.stage = Stage::InProgress(work);
            }
            _ => match self.department() {
                Some(department) => self.hand_to(department, at),
                None => self.stage = awaiting_department(at),
            },
        }
    }

    fn note_reminder(&mut self, event: &Event) {
        match (&mut self.stage, event) {
            (Stage::AwaitingDepartment { reminded, .. }, Event::DepartmentReminded)
            | (Stage::AwaitingSummary { reminded, .. }, Event::SummaryReminded) => *reminded = true,
            (
                Stage::AwaitingDepartment {
                    dispatchers_told, ..
                },
                Event::DispatchersTold,
            ) => *dispatchers_told = true,
            (Stage::New { nudges, .. }, Event::Nudged { nudges: total }) => *nudges = *total,
            _ => {}
        }
    }

    fn work_mut(&mut self) -> Option<&mut Work> {
        match &mut self.stage {
            Stage::Accepted(work)
            | Stage::InProgress(work)
            | Stage::Blocked { work, .. }
            | Stage::AwaitingSummary { work, .. }
            | Stage::Done { work, .. } => Some(work),
            _ => None,
        }
    }

    fn restage(&mut self, stage: impl FnOnce(Work) -> Stage) {
        if let Some(work) = self.work().cloned() {
            self.stage = stage(work);
        }
    }

    fn begin_participation(
        &mut self,
        person: PersonId,
        role: ParticipationRole,
        at: DateTime<Utc>,
    ) {
        self.participations.push(Participation {
            person,
            role,
            began_at: at,
            ended_at: None,
            end: None,
        });
    }

    fn end_participation(&mut self, person: PersonId, end: ParticipationEnd, at: DateTime<Utc>) {
        for part in &mut self.participations {
            if part.person == person {
                part.close(end, at);
            }
        }
    }

    fn end_participations(&mut self, end: ParticipationEnd, at: DateTime<Utc>) {
        for part in &mut self.participations {
            part.close(end, at);
        }
    }

    fn end_session(&mut self, end: SessionEnd, at: DateTime<Utc>) {
        if let Some(session) = self.sessions.last_mut()
            && session.ended_at.is_none()
        {
            let began_at = session.claimed_at.unwrap_or(session.assigned_at);
            session.ended_at = Some(at.max(began_at));
            session.end = Some(end);
        }
    }
}

impl Participation {
    /// Ends it if it is open; never before it began, even when the machine's clock was set back.
    fn close(&mut self, end: ParticipationEnd, at: DateTime<Utc>) {
        if self.ended_at.is_none() {
            self.ended_at = Some(at.max(self.began_at));
            self.end = Some(end);
        }
    }
}

fn awaiting_department(since: DateTime<Utc>) -> Stage {
    Stage::AwaitingDepartment {
        since,
        reminded: false,
        dispatchers_told: false,
    }
}
