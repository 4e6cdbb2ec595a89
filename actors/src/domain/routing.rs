//! Who hears what. One card per incident shows its state to all; beyond it people hear only what
//! concerns them, and nobody is told what they did themselves.

mod call;
mod enclosed;
mod escalation;
mod triage;
mod work;

use chrono::{DateTime, Utc};

use super::event::{Author, Event, Recorded};
use super::group::GroupConfig;
use super::id::{DepartmentId, IncidentId, PersonId};
use super::incident::{Incident, Participation, ParticipationEnd, Resolution, Stage, Work};
use super::notice::{
    Audience, CALL_MESSAGE_LIMIT, Class, Menu, NAMES_PER_MESSAGE, Notice, Prompt, Says,
};
use super::sla::{self, Absence, DeadlineKind};

/// What is to be said after these events.
#[must_use]
pub fn notices(
    before: Option<&Incident>,
    after: &Incident,
    events: &[Recorded],
    absence: Option<Absence>,
    config: &GroupConfig,
) -> Vec<Notice> {
    let mut router = Router {
        before,
        after,
        absence,
        config,
        at: DateTime::<Utc>::MIN_UTC,
        actor: None,
        notices: Vec::new(),
    };
    if events.is_empty() {
        return router.notices;
    }
    router.card(events);
    for recorded in events {
        router.at = recorded.at;
        router.actor = match recorded.by {
            Author::Person(person) => Some(person),
            Author::Clock | Author::Triage => None,
        };
        let warned = events.iter().any(|it| it.event == Event::EscalationWarned);
        router.event(recorded, warned);
    }
    router.notices
}

struct Router<'a> {
    before: Option<&'a Incident>,
    after: &'a Incident,
    absence: Option<Absence>,
    config: &'a GroupConfig,
    /// When the present event happened.
    at: DateTime<Utc>,
    /// Who made the present event happen; nobody when the clock did.
    actor: Option<PersonId>,
    notices: Vec<Notice>,
}

impl Router<'_> {
    /// The card always shows the newest state; it is pinned while the incident is open. A new card
    /// is a page: whatever is said about the incident comes after it.
    fn card(&mut self, events: &[Recorded]) {
        if events.iter().all(|recorded| is_reminder(&recorded.event)) {
            return;
        }
        let class = match self.before {
            None => Class::Page,
            Some(_) => Class::Card,
        };
        self.say(Audience::Group, class, Says::Card { menu: Menu::Main });
        let was_open = self.before.is_some_and(Incident::is_open);
        match (was_open, self.after.is_open()) {
            (false, true) => self.say(Audience::Group, Class::Edit, Says::Pin),
            (true, false) => self.say(Audience::Group, Class::Edit, Says::Unpin),
            _ => {}
        }
    }

    fn event(&mut self, recorded: &Recorded, warned: bool) {
        match &recorded.event {
            Event::DepartmentSet { department } => self.department_set(*department),
            Event::MembershipRequested { department } => self.membership_requested(*department),
            Event::Claimed => self.claimed(),
            Event::Assigned { person } => self.assigned(*person),
            Event::Left => self.left(),
            Event::Blocked { kind, comment } => self.blocked(*kind, comment),
            Event::WokenUp => self.tell_each(workers(Some(self.after)), &Says::WokenUp),
            Event::WaitQuestioned => self.wait_questioned(),
            Event::LeaseQuestioned => self.lease_questioned(),
            Event::LeaseEnded => self.lease_ended(),
            Event::OverdueNoted => self.overdue(),
            Event::EscalationWarned => self.escalation_warned(),
            Event::Escalated { level, people } => self.escalated(*level, people, recorded.at),
            Event::Acknowledged => self.acknowledged(),
            Event::Resumed => self.resumed(),
            Event::ResolutionBegun => self.prompt(Prompt::Summary),
            Event::SummaryPartGiven { comment, .. } => self.prompt(match comment {
                Some(_) => Prompt::SummaryPhoto,
                None => Prompt::SummaryWords,
            }),
            Event::Summarised { .. } => self.summarised(),
            Event::Reopened { comment } => self.reopened(comment),
            Event::Cancelled { reason } => self.cancelled(reason),
            Event::MarkedDuplicate { of } => self.marked_duplicate(*of),
            Event::DepartmentReminded => self.department_reminder(),
            Event::DispatchersTold => self.department_missing(),
            // A warning of the same moment says it already.
            Event::Nudged { .. } if warned => {}
            Event::Nudged { .. } => self.nudge(),
            Event::SummaryReminded => self.summary_reminder(recorded.at),
            Event::SummaryTimedOut => {
                self.auto_closed(Resolution::NoSummary, DeadlineKind::SummaryTimeout);
            }
            Event::ConfirmationTimedOut => {
                self.auto_closed(Resolution::Unconfirmed, DeadlineKind::ConfirmationTimeout);
            }
            Event::Reported { report, .. } => self.reported(report),
            Event::PhotoAdded { photo } => self.photo_added(photo),
            Event::RecordingAdded { recording } => self.recording_added(recording),
            Event::QuestionAsked { question } => self.question(question),
            Event::Assessed { .. } => self.assessed(),
            Event::IntakeEnded => self.intake_ended(),
            Event::Answered { .. }
            | Event::Followed
            | Event::WakeUpSet { .. }
            | Event::CallUnheard { .. }
            | Event::StillOnIt
            | Event::ShiftEnding { .. }
            | Event::Joined
            | Event::Started
            | Event::Confirmed
            | Event::Commented { .. }
            | Event::UrgencySet { .. }
            | Event::ReportAmended { .. }
            | Event::AssessmentGivenUp => {}
        }
    }

    fn department_set(&mut self, department: DepartmentId) {
        if let (Some(by), Some(_)) = (self.actor, self.before.and_then(Incident::department)) {
            let transferred = Says::Transferred { to: department, by };
            let mut hearers = self.reporters();
            hearers.extend(workers(self.before));
            self.tell_each(hearers, &transferred);
        }
        // Who claims before anybody was called leaves nobody to call.
        if matches!(self.after.stage, Stage::New { .. }) {
            self.call_department(department, None);
        }
    }

    fn membership_requested(&mut self, department: DepartmentId) {
        let Some(person) = self.actor else { return };
        for manager in self.config.managers.clone() {
            self.tell(manager, Says::JoinRequested { person, department });
        }
    }

    fn claimed(&mut self) {
        self.tell_reporter(|by| Says::Claimed { by });
    }

    fn assigned(&mut self, person: PersonId) {
        if let Some(by) = self.actor {
            self.tell(person, Says::Assigned { by });
        }
        let mut hearers = self.reporters();
        hearers.retain(|hearer| *hearer != person);
        self.tell_each(hearers, &Says::Claimed { by: person });
    }

    fn left(&mut self) {
        match &self.after.stage {
            Stage::New { department, .. } => self.call_department(*department, self.actor),
            _ => {
                let heir = self.after.work().map(|work| work.owner);
                let was_owner = self.before.and_then(Incident::work).map(|work| work.owner);
                if let (Some(heir), Some(by)) = (heir, self.actor)
                    && was_owner == Some(by)
                {
                    self.tell(heir, Says::Assigned { by });
                }
            }
        }
    }

    fn prompt(&mut self, prompt: Prompt) {
        if let Some(person) = self.actor {
            self.say(
                Audience::Asker,
                Class::Page,
                Says::Prompt { person, prompt },
            );
        }
    }

    fn summarised(&mut self) {
        if matches!(self.after.stage, Stage::Done { .. }) {
            self.confirmation_asked();
        } else {
            self.tell_reporter(|by| Says::Resolved { by });
        }
    }

    fn reopened(&mut self, comment: &str) {
        let Some(by) = self.actor else { return };
        let says = Says::Reopened {
            by,
            comment: comment.to_owned(),
        };
        let mut hearers = who_finished(self.before);
        hearers.extend(self.config.managers.iter().copied());
        // Those who were asked as well need not answer any more.
        let reporters = self.reporters();
        if reporters.contains(&by) {
            hearers.extend(reporters);
        }
        self.tell_each(hearers, &says);
        if let Stage::New { department, .. } = self.after.stage {
            self.call_department(department, None);
        }
    }

    fn cancelled(&mut self, reason: &str) {
        let Some(by) = self.actor else { return };
        let says = Says::Cancelled {
            by,
            reason: reason.to_owned(),
        };
        let mut hearers = self.reporters();
        hearers.extend(workers(self.before));
        self.tell_each(hearers, &says);
    }

    fn marked_duplicate(&mut self, of: IncidentId) {
        let Some(by) = self.actor else { return };
        let mut hearers = self.reporters();
        hearers.extend(workers(self.before));
        self.tell_each(hearers, &Says::MarkedDuplicate { of, by });
    }

    fn department_reminder(&mut self) {
        let absent_minutes = self.absent_minutes(DeadlineKind::DepartmentReminder);
        self.tell(
            self.after.report.reporter,
            Says::DepartmentReminder { absent_minutes },
        );
    }

    fn department_missing(&mut self) {
        let Stage::AwaitingDepartment { since, .. } = self.after.stage else {
            return;
        };
        let directors = if self.config.dispatchers.is_empty() {
            &self.config.managers
        } else {
            &self.config.dispatchers
        };
        let absent_minutes = self.absent_minutes(DeadlineKind::DepartmentDispatchers);
        for call in in_messages(directors) {
            self.say(
                Audience::Group,
                Class::Page,
                Says::DepartmentMissing {
                    since,
                    call,
                    absent_minutes,
                },
            );
        }
    }

    fn summary_reminder(&mut self, at: DateTime<Utc>) {
        let Stage::AwaitingSummary {
            resolver, since, ..
        } = self.after.stage
        else {
            return;
        };
        let minutes_left = sla::summary_minutes_left(since, at, &self.config.settings);
        self.tell(resolver, Says::SummaryReminder { minutes_left });
    }

    fn auto_closed(&mut self, resolution: Resolution, deadline: DeadlineKind) {
        let mut hearers = self.reporters();
        hearers.extend(workers(self.before));
        let says = Says::AutoClosed {
            resolution,
            absent_minutes: self.absent_minutes(deadline),
        };
        self.tell_each(hearers, &says);
    }

    /// How long the desk was down when something was due, if that is why it is late.
    fn absent_minutes(&self, kind: DeadlineKind) -> Option<i64> {
        let absence = self.absence?;
        let due = sla::due_before(self.before, kind, self.config)?;
        absence.explains(due)
    }

    fn tell_reporter(&mut self, says: impl FnOnce(PersonId) -> Says) {
        if let Some(by) = self.actor {
            self.tell_each(self.reporters(), &says(by));
        }
    }

    /// Whoever reported it says whether it is fixed; the first word counts.
    fn confirmation_asked(&mut self) {
        let Some(by) = self.actor else { return };
        self.tell_each(self.reporters(), &Says::ConfirmationAsked { by });
    }

    /// Who reported it, and who reported the same.
    fn reporters(&self) -> Vec<PersonId> {
        let mut reporters = vec![self.after.report.reporter];
        reporters.extend(&self.after.followers);
        reporters
    }

    fn tell_each(&mut self, hearers: Vec<PersonId>, says: &Says) {
        for person in distinct(hearers) {
            self.tell(person, says.clone());
        }
    }

    fn tell(&mut self, person: PersonId, says: Says) {
        self.tell_as(Class::Page, person, says);
    }

    fn tell_as(&mut self, class: Class, person: PersonId, says: Says) {
        if Some(person) != self.actor {
            self.say(Audience::Person(person), class, says);
        }
    }

    fn say(&mut self, audience: Audience, class: Class, says: Says) {
        self.notices.push(Notice {
            audience,
            class,
            says,
        });
    }
}

/// Whether an event changes nothing that a card shows.
fn is_reminder(event: &Event) -> bool {
    matches!(
        event,
        Event::DepartmentReminded
            | Event::DispatchersTold
            | Event::Nudged { .. }
            | Event::SummaryReminded
            | Event::WokenUp
            | Event::WaitQuestioned
            | Event::LeaseQuestioned
            | Event::ShiftEnding { .. }
            | Event::StillOnIt
            | Event::EscalationWarned
            | Event::CallUnheard { .. }
            | Event::MembershipRequested { .. }
    )
}

fn workers(incident: Option<&Incident>) -> Vec<PersonId> {
    incident
        .and_then(Incident::work)
        .map(|work: &Work| work.people().collect())
        .unwrap_or_default()
}

/// Who still worked on it when it was done, or closed.
fn who_finished(incident: Option<&Incident>) -> Vec<PersonId> {
    let Some(incident) = incident else {
        return Vec::new();
    };
    let Some(session) = incident.sessions.last() else {
        return Vec::new();
    };
    let finished = |part: &&Participation| {
        let stayed = !matches!(
            part.end,
            Some(ParticipationEnd::Released | ParticipationEnd::Transferred)
        );
        stayed && part.began_at >= session.assigned_at
    };
    let parts = incident.participations.iter().filter(finished);
    parts.map(|part| part.person).collect()
}

fn distinct(mut people: Vec<PersonId>) -> Vec<PersonId> {
    people.sort_unstable();
    people.dedup();
    people
}

fn in_messages(people: &[PersonId]) -> Vec<Vec<PersonId>> {
    people
        .chunks(NAMES_PER_MESSAGE)
        .take(CALL_MESSAGE_LIMIT)
        .map(<[PersonId]>::to_vec)
        .collect()
}
