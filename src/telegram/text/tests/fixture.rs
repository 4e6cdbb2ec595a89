//! A group, its people, and every letter and verdict that can be about them.

mod answers;
mod away;
mod companies;
mod dashboard;
mod duty;
mod figures;
mod letters;
mod requests;
mod work;

use std::sync::Arc;

use actors::domain::group::GroupStatus;
use actors::domain::id::MessageRef;
use actors::domain::incident::{DepartmentSession, Identity, Work};
use actors::domain::place::NAME_LIMIT;
use actors::domain::{
    Access, BlockKind, ChatId, Comment, CompanyId, Department, DepartmentId, GroupConfig, GroupId,
    Incident, IncidentId, IncidentNumber, Language, MessageId, Person, PersonId, Photo, Recording,
    RecordingKind, Report, Resolution, Says, Settings, Stage, Urgency, Workflow,
};
use actors::domain::{Assessment, Question, Rater, Triage};
use actors::ports::{Act, Background, Letter};
use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Tz;

use super::super::Style;

pub(super) use answers::{already_claimed, refusals};

pub(super) const MARI: PersonId = PersonId(11);
pub(super) const JAAN: PersonId = PersonId(12);
pub(super) const OLGA: PersonId = PersonId(13);
/// Somebody who asked to be forgotten.
pub(super) const NOBODY: PersonId = PersonId(14);
pub(super) const MAINTENANCE: DepartmentId = DepartmentId(1);
pub(super) const KITCHEN: DepartmentId = DepartmentId(2);
const GROUP_CHAT: ChatId = ChatId(-1_001_234_567_890);

/// The words that people used, and how the desk is set.
#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) name: String,
    pub(super) department: String,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) language: Language,
}

impl World {
    pub(super) fn new(language: Language) -> Self {
        Self {
            name: "Mari".to_owned(),
            department: "Maintenance".to_owned(),
            title: "Hotel Ranna".to_owned(),
            text: "Truck 14 is stuck at gate B, the barrier doesn't open".to_owned(),
            language,
        }
    }

    /// Everything that people write is this.
    pub(super) fn hostile(language: Language, words: &str) -> Self {
        Self {
            name: words.to_owned(),
            department: words.to_owned(),
            title: words.to_owned(),
            text: words.to_owned(),
            language,
        }
    }

    pub(super) fn people(&self) -> Vec<Person> {
        [(MARI, self.name.as_str()), (JAAN, "Jaan"), (OLGA, "Olga")]
            .map(|(id, name)| Person {
                name: name.to_owned(),
                ..Person::unknown(id)
            })
            .to_vec()
    }

    pub(super) fn group(&self) -> GroupConfig {
        let settings = Settings {
            language: self.language,
            time_zone: Tz::Europe__Tallinn,
            set_up: true,
            ..Settings::default()
        };
        GroupConfig {
            id: GroupId(1),
            company: CompanyId(1),
            siblings: Vec::new(),
            version: 1,
            chat: GROUP_CHAT,
            title: self.title.clone(),
            status: GroupStatus::Active,
            settings,
            departments: self.departments(),
            managers: vec![MARI],
            dispatchers: vec![OLGA],
            registered: Vec::new(),
            join_requests: Vec::new(),
            roster: actors::domain::Roster::default(),
        }
    }

    fn departments(&self) -> Vec<Department> {
        let department = |id, name: &str, access, members: &[PersonId]| Department {
            id,
            name: name.to_owned(),
            access,
            members: members.to_vec(),
        };
        vec![
            department(MAINTENANCE, &self.department, Access::Open, &[JAAN, OLGA]),
            department(KITCHEN, "Kitchen", Access::Request, &[]),
            department(DepartmentId(3), "Dispatch", Access::Members, &[MARI]),
        ]
    }

    pub(super) fn incident(&self, stage: Stage) -> Incident {
        let department = match &stage {
            Stage::Intake { .. } | Stage::AwaitingDepartment { .. } => None,
            _ => Some(MAINTENANCE),
        };
        let session = |department| DepartmentSession {
            department,
            assigned_at: at(14, 2),
            claimed_at: None,
            ended_at: None,
            end: None,
        };
        Incident {
            identity: Identity {
                id: IncidentId(142),
                number: IncidentNumber(42),
                company: CompanyId(1),
                group: GroupId(1),
            },
            version: 3,
            edition: 2,
            workflow: Workflow::Quick,
            stage,
            report: Report::of(MARI, self.text.clone()),
            opened_at: at(13, 58),
            urgency: None,
            summary: None,
            duplicate_of: None,
            sessions: department.map(session).into_iter().collect(),
            participations: Vec::new(),
            comments: 0,
            latest_comment: None,
            reopenings: 0,
            pauses: Vec::new(),
            counted_from: None,
            done_at: None,
            overdue_at: None,
            escalation: None,
            followers: Vec::new(),
            triage: Triage::default(),
        }
    }

    /// What a place is called, as far as that may be long.
    pub(super) fn place(&self) -> String {
        self.text.chars().take(NAME_LIMIT).collect()
    }

    /// What the model says, with words that people wrote.
    pub(super) fn assessment(&self) -> Assessment {
        Assessment {
            by: Rater::Model,
            urgency: Some(Urgency::SameDay),
            hazard: None,
            title: self.text.clone(),
            place: Some(self.text.clone()),
            department: Some(KITCHEN),
            reason: self.text.clone(),
            missing: vec![self.text.clone()],
            translation: Some(self.text.clone()),
        }
    }

    pub(super) fn asked(&self) -> Question {
        Question {
            text: self.text.clone(),
            answers: vec![self.text.clone(), "Yes".to_owned()],
        }
    }

    /// An incident with everything that a card can show.
    pub(super) fn full(&self, stage: Stage) -> Incident {
        let mut incident = self.incident(stage);
        incident.workflow = Workflow::Full;
        incident.urgency = Some(Urgency::Critical);
        incident.summary = Some(self.text.clone());
        incident.report.photos = vec![Photo("one".to_owned()), Photo("two".to_owned())];
        incident.report.recordings = vec![recording(RecordingKind::Voice)];
        incident.reopenings = 1;
        incident.comments = 3;
        incident.latest_comment = Some(Comment {
            by: OLGA,
            at: at(14, 10),
            text: self.text.clone(),
        });
        incident
    }

    /// One incident of every stage.
    pub(super) fn stages(&self) -> Vec<Stage> {
        let mut stages = vec![
            Stage::Intake {
                since: at(13, 58),
                answers: 0,
            },
            awaiting_department(),
            new(),
            Stage::Accepted(work()),
            Stage::InProgress(work()),
            awaiting_summary(),
            Stage::Done {
                work: work(),
                resolver: JAAN,
                since: at(14, 20),
            },
        ];
        stages.extend(BlockKind::ALL.map(|kind| Stage::Blocked {
            kind,
            work: work(),
            since: at(14, 10),
            comment: self.text.clone(),
            wake: Some(at(15, 0)),
            asked: false,
        }));
        stages.extend(RESOLUTIONS.map(|resolution| Stage::Closed {
            resolution,
            at: at(14, 31),
            by: Some(JAAN),
        }));
        stages
    }

    pub(super) fn letter(&self, says: Says, incident: Option<Incident>) -> Letter {
        Letter {
            act: Act::Send,
            chat: GROUP_CHAT,
            thread: None,
            reply_to: None,
            mentions: Vec::new(),
            repeat: false,
            language: self.language,
            time_zone: Tz::Europe__Tallinn,
            now: at(14, 25),
            says,
            background: Background {
                group: Some(Arc::new(self.group())),
                incident,
                card: Some(MessageRef {
                    chat: GROUP_CHAT,
                    message: MessageId(77),
                }),
                people: self.people(),
                ..Background::default()
            },
        }
    }

    /// The same letter in a private chat.
    pub(super) fn private(&self, says: Says) -> Letter {
        Letter {
            chat: OLGA.private_chat(),
            ..self.letter(says, None)
        }
    }
}

const RESOLUTIONS: [Resolution; 6] = [
    Resolution::Resolved,
    Resolution::Confirmed,
    Resolution::NoSummary,
    Resolution::Unconfirmed,
    Resolution::Cancelled,
    Resolution::Duplicate,
];
pub(super) fn style() -> Style {
    Style {
        bot_username: "deskbell_bot".to_owned(),
    }
}

/// A time of 22 November 2026 in Tallinn, two hours ahead of UTC then.
pub(super) fn at(hour: u32, minute: u32) -> DateTime<Utc> {
    let local = Tz::Europe__Tallinn.with_ymd_and_hms(2026, 11, 22, hour, minute, 0);
    local.unwrap().with_timezone(&Utc)
}

pub(super) fn work() -> Work {
    Work {
        department: MAINTENANCE,
        owner: JAAN,
        since: at(14, 3),
        helpers: vec![OLGA, NOBODY],
        seen_at: None,
        asked_at: None,
        shift_ends_at: None,
    }
}

pub(super) fn recording(kind: RecordingKind) -> Recording {
    let file = "said".to_owned();
    Recording { kind, file }
}

pub(super) fn new() -> Stage {
    Stage::New {
        department: MAINTENANCE,
        since: at(14, 2),
        nudges: 0,
    }
}

pub(super) fn awaiting_department() -> Stage {
    Stage::AwaitingDepartment {
        since: at(13, 58),
        reminded: false,
        dispatchers_told: false,
    }
}

pub(super) fn awaiting_summary() -> Stage {
    Stage::AwaitingSummary {
        work: work(),
        resolver: JAAN,
        since: at(14, 20),
        reminded: false,
        comment: None,
        photo: None,
    }
}
