//! The world of these tests: a hotel with two departments, one person for every part that can be
//! played, and a clock moved by hand.

use std::ops::Range;

use actors::domain::decide::{decide, open};
use actors::domain::incident::Identity;
use actors::domain::sla::Absence;
use actors::domain::{
    Access, Author, BlockKind, By, ChatId, Command, CompanyId, Decision, Department, DepartmentId,
    Effect, Event, GroupConfig, GroupId, Incident, IncidentId, IncidentNumber, MessageId,
    MessageRef, Notice, PersonId, Photo, Recorded, Refusal, Report, Settings, Stage, Urgency,
    Workflow,
};
use chrono::{DateTime, Duration, TimeZone, Utc};

/// Reports; belongs to no department.
pub(crate) const MARI: PersonId = PersonId(1);
/// Claims; of maintenance.
pub(crate) const JAAN: PersonId = PersonId(2);
/// Helps; of maintenance.
pub(crate) const KATI: PersonId = PersonId(3);
/// Of maintenance, and does nothing unless a test says so.
pub(crate) const TOOMAS: PersonId = PersonId(4);
/// Of housekeeping.
pub(crate) const LIIS: PersonId = PersonId(5);
/// An outsider.
pub(crate) const RAIN: PersonId = PersonId(6);
/// The dispatcher.
pub(crate) const DINA: PersonId = PersonId(7);
/// The manager.
pub(crate) const MATI: PersonId = PersonId(8);

pub(crate) const EVERYBODY: [PersonId; 8] = [MARI, JAAN, KATI, TOOMAS, LIIS, RAIN, DINA, MATI];

pub(crate) const MAINTENANCE: DepartmentId = DepartmentId(1);
pub(crate) const HOUSEKEEPING: DepartmentId = DepartmentId(2);

pub(crate) const GROUP_CHAT: ChatId = ChatId(-100_500);

/// The incident that others are said to repeat.
pub(crate) const ANOTHER: IncidentId = IncidentId(17);

/// How much later the next person acts.
const HEARTBEAT: Duration = Duration::seconds(12);

pub(crate) fn maintenance() -> Department {
    Department {
        id: MAINTENANCE,
        name: "Maintenance".to_owned(),
        access: Access::Members,
        members: vec![JAAN, KATI, TOOMAS],
    }
}

pub(crate) fn housekeeping() -> Department {
    Department {
        id: HOUSEKEEPING,
        name: "Housekeeping".to_owned(),
        access: Access::Members,
        members: vec![LIIS],
    }
}

/// A group whose incidents are about to begin.
#[derive(Debug, Clone)]
pub(crate) struct Desk {
    pub(crate) config: GroupConfig,
}

/// A claim desk without departments.
pub(crate) fn desk() -> Desk {
    Desk {
        config: GroupConfig {
            id: GroupId(1),
            company: CompanyId(1),
            siblings: Vec::new(),
            version: 1,
            chat: GROUP_CHAT,
            title: "Hotel".to_owned(),
            status: actors::domain::group::GroupStatus::Active,
            settings: Settings::default(),
            departments: Vec::new(),
            managers: vec![MATI],
            dispatchers: vec![DINA],
            registered: Vec::new(),
            join_requests: Vec::new(),
            roster: actors::domain::Roster::default(),
        },
    }
}

/// A desk of two departments, so that somebody must choose.
pub(crate) fn hotel(workflow: Workflow) -> Desk {
    desk()
        .with(maintenance())
        .with(housekeeping())
        .workflow(workflow)
}

impl Desk {
    pub(crate) fn with(mut self, department: Department) -> Self {
        self.config.departments.push(department);
        self
    }

    pub(crate) fn workflow(mut self, workflow: Workflow) -> Self {
        self.config.settings.workflow = workflow;
        self
    }

    /// Sets who may claim, for every department.
    pub(crate) fn access(mut self, access: Access) -> Self {
        for department in &mut self.config.departments {
            department.access = access;
        }
        self
    }

    pub(crate) fn reporting(&self, person: PersonId, report: Report) -> Result<Case, Refusal> {
        let opened = open(report, &self.config.standing(person), noon(), &self.config)?;
        Ok(Case {
            config: self.config.clone(),
            now: noon(),
            log: opened.events.clone(),
            incident: opened.incident.clone(),
            last: opened,
        })
    }

    pub(crate) fn reported_by(self, person: PersonId) -> Case {
        self.reporting(person, report(person)).expect("a report")
    }

    /// Reported, and questions come first: triage is not part of the desk yet, so the event is
    /// made by hand.
    pub(crate) fn questioning(self, person: PersonId) -> Case {
        let mut case = self.reported_by(person);
        if let Event::Reported { clarify, .. } = &mut case.log[0].event {
            *clarify = true;
        }
        case.log.truncate(1);
        case.incident = Incident::replay(case.incident.identity, &case.log).expect("a report");
        case
    }
}

/// A report made in the group itself.
pub(crate) fn report(reporter: PersonId) -> Report {
    Report {
        origin: Some(MessageRef {
            chat: GROUP_CHAT,
            message: MessageId(1),
        }),
        ..Report::of(reporter, "The tap in 204 leaks".to_owned())
    }
}

/// One incident, its log, and the desk it lies on.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) config: GroupConfig,
    pub(crate) now: DateTime<Utc>,
    pub(crate) incident: Incident,
    pub(crate) log: Vec<Recorded>,
    pub(crate) last: Decision,
}

impl Case {
    /// What a command would come to; nothing changes.
    pub(crate) fn asks(&self, person: PersonId, command: &Command) -> Result<Decision, Refusal> {
        let by = By::Person(self.config.standing(person));
        decide(&self.incident, command, &by, self.now, &self.config)
    }

    /// What a look at the clock would come to.
    pub(crate) fn looks(&self, absence: Option<Absence>) -> Decision {
        let by = By::Clock { absence };
        decide(
            &self.incident,
            &Command::LookAtClock,
            &by,
            self.now,
            &self.config,
        )
        .expect("the clock is never refused")
    }

    /// Keeps a decision, as the store and the group would.
    pub(crate) fn keep(&mut self, decision: Decision) {
        self.incident = decision.incident.clone();
        self.log.extend(decision.events.iter().cloned());
        for effect in &decision.effects {
            self.bring_about(effect);
        }
        self.last = decision;
    }

    fn bring_about(&mut self, effect: &Effect) {
        match effect {
            Effect::Enrol { person, department } => self
                .config
                .departments
                .iter_mut()
                .filter(|known| known.id == *department)
                .for_each(|known| known.members.push(*person)),
            Effect::RequestMembership { person, department } => {
                self.config.join_requests.push((*person, *department));
            }
        }
    }

    /// A heartbeat later, somebody does something that must be accepted.
    pub(crate) fn does(mut self, person: PersonId, command: &Command) -> Self {
        self.now += HEARTBEAT;
        let decision = self.asks(person, command).unwrap_or_else(|refusal| {
            panic!(
                "{command:?} by {person} on {:?}: {refusal:?}",
                self.incident.stage
            )
        });
        self.keep(decision);
        self
    }

    /// The desk looks at the clock so many minutes after the last thing that happened.
    pub(crate) fn ticks_after(self, minutes: i64) -> Self {
        self.wakes_after(minutes, None)
    }

    /// As [`Case::ticks_after`], and the desk slept through all of it but the first minute.
    pub(crate) fn wakes_late(self, minutes: i64) -> Self {
        self.ticks_after_sleeping(minutes, 1..minutes)
    }

    /// As [`Case::ticks_after`], and the desk slept from this minute until that.
    pub(crate) fn ticks_after_sleeping(self, minutes: i64, slept: Range<i64>) -> Self {
        let absence = Absence {
            from: self.happened() + Duration::minutes(slept.start),
            until: self.happened() + Duration::minutes(slept.end),
        };
        self.wakes_after(minutes, Some(absence))
    }

    fn wakes_after(mut self, minutes: i64, absence: Option<Absence>) -> Self {
        self.now = self.happened() + Duration::minutes(minutes);
        let decision = self.looks(absence);
        self.keep(decision);
        self
    }

    /// When a person last did something; minutes of the clock tests count from here.
    fn happened(&self) -> DateTime<Utc> {
        self.log
            .iter()
            .rfind(|recorded| recorded.by != Author::Clock)
            .expect("a report")
            .at
    }

    pub(crate) fn sent_to(self, department: DepartmentId) -> Self {
        self.does(MARI, &Command::ChooseDepartment { department })
    }

    pub(crate) fn claimed_by(self, person: PersonId) -> Self {
        self.does(person, &Command::Claim)
    }

    pub(crate) fn joined_by(self, person: PersonId) -> Self {
        self.does(person, &Command::Join)
    }

    pub(crate) fn started_by(self, person: PersonId) -> Self {
        self.does(person, &Command::Start)
    }

    pub(crate) fn blocked_by(self, person: PersonId, kind: BlockKind) -> Self {
        self.does(person, &blocking(kind))
    }

    pub(crate) fn resolved_by(self, person: PersonId) -> Self {
        self.does(person, &Command::Resolve)
    }

    pub(crate) fn summarised_by(self, person: PersonId) -> Self {
        self.does(person, &summary("Washer replaced"))
    }

    pub(crate) fn rated(self, urgency: Urgency) -> Self {
        self.does(MATI, &Command::SetUrgency { urgency })
    }

    /// The deadline of the stage it is in, in whole minutes after the last thing that happened.
    pub(crate) fn due(&self) -> Vec<(&'static str, i64)> {
        self.last
            .deadlines
            .iter()
            .map(|deadline| {
                (
                    deadline.kind.name(),
                    (deadline.due - self.happened()).num_minutes(),
                )
            })
            .collect()
    }

    /// Whether what happened last is to be seen on the card: a reminder is not.
    pub(crate) fn shows_on_the_card(&self) -> bool {
        shows_on_the_card(&self.last.events)
    }

    /// What was said last, without the card, its pin and its unpinning.
    pub(crate) fn said(&self) -> Vec<Notice> {
        use actors::domain::Says;
        self.last
            .notices
            .iter()
            .filter(|notice| !matches!(notice.says, Says::Card { .. } | Says::Pin | Says::Unpin))
            .cloned()
            .collect()
    }
}

/// Whether one of these events is to be seen on the card.
pub(crate) fn shows_on_the_card(events: &[Recorded]) -> bool {
    events.iter().any(|recorded| {
        !matches!(
            recorded.event,
            Event::DepartmentReminded
                | Event::DispatchersTold
                | Event::Nudged { .. }
                | Event::SummaryReminded
                | Event::WokenUp
                | Event::WaitQuestioned
                | Event::StillOnIt
                | Event::LeaseQuestioned
                | Event::ShiftEnding { .. }
                | Event::EscalationWarned
                | Event::CallUnheard { .. }
                | Event::MembershipRequested { .. }
        )
    })
}

pub(crate) fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 12, 0, 0)
        .single()
        .expect("a moment")
}

pub(crate) fn identity() -> Identity {
    Identity {
        id: IncidentId(0),
        number: IncidentNumber(0),
        company: CompanyId(1),
        group: GroupId(1),
    }
}

pub(crate) fn blocking(kind: BlockKind) -> Command {
    Command::Block {
        kind,
        comment: "No washer of that size".to_owned(),
    }
}

pub(crate) fn summary(words: &str) -> Command {
    Command::Summarise {
        comment: Some(words.to_owned()),
        photo: None,
    }
}

pub(crate) fn photo() -> Photo {
    Photo("photo".to_owned())
}

pub(crate) fn showing() -> Command {
    Command::AddPhoto {
        photo: photo(),
        caption: String::new(),
    }
}

pub(crate) fn reopening() -> Command {
    Command::Reopen {
        comment: "It drips again".to_owned(),
    }
}

pub(crate) fn change_to(department: DepartmentId) -> Command {
    Command::ChangeDepartment { department }
}

/// Giving it to somebody, as what they are on this desk.
pub(crate) fn assignment(config: &GroupConfig, person: PersonId) -> Command {
    Command::Assign {
        person,
        standing: config.standing(person),
    }
}

/// The stage in one word, as the lifecycle table names it.
pub(crate) fn stage_name(stage: &Stage) -> &'static str {
    use actors::domain::Resolution;
    match stage {
        Stage::Intake { .. } => "intake",
        Stage::AwaitingDepartment { .. } => "awaiting",
        Stage::New { .. } => "new",
        Stage::Accepted(_) => "accepted",
        Stage::InProgress(_) => "progress",
        Stage::Blocked { kind, .. } => match kind {
            BlockKind::Attention => "attention",
            BlockKind::NeedsPurchase => "purchase",
            BlockKind::NeedsContractor => "contract",
            BlockKind::Waiting => "waiting",
        },
        Stage::AwaitingSummary { .. } => "summary",
        Stage::Done { .. } => "done",
        Stage::Closed { resolution, .. } => match resolution {
            Resolution::Resolved => "resolved",
            Resolution::Confirmed => "confirmed",
            Resolution::NoSummary => "nosummary",
            Resolution::Unconfirmed => "unconf",
            Resolution::Cancelled => "cancelled",
            Resolution::Duplicate => "duplicate",
        },
    }
}
