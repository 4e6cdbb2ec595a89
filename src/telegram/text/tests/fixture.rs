//! A group, its people, and every letter and verdict that can be about them.

use std::sync::Arc;

use actors::domain::group::GroupStatus;
use actors::domain::id::MessageRef;
use actors::domain::incident::{DepartmentSession, Identity, Work};
use actors::domain::notice::{Draft, List, ListOf, Menu, Panel, Prompt, Role};
use actors::domain::{
    Access, Author, BlockKind, ChatId, Comment, CompanyId, Department, DepartmentId, Event,
    GroupConfig, GroupId, Incident, IncidentId, IncidentNumber, JoinRequestId, Language, MessageId,
    Person, PersonId, Photo, Recorded, Refusal, Report, Reporting, Resolution, Says, Settings,
    Stage, Urgency, Workflow,
};
use actors::inbound::{Answer, Verdict};
use actors::ports::{Act, Background, Letter};
use chrono::{DateTime, Duration, TimeZone, Utc};
use chrono_tz::Tz;

use super::super::Style;

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

    fn people(&self) -> Vec<Person> {
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
            report: Report {
                reporter: MARI,
                text: self.text.clone(),
                photos: Vec::new(),
                origin: None,
                thread: None,
                album: None,
            },
            opened_at: at(13, 58),
            urgency: None,
            summary: None,
            duplicate_of: None,
            sessions: department.map(session).into_iter().collect(),
            participations: Vec::new(),
            comments: 0,
            latest_comment: None,
            reopenings: 0,
        }
    }

    /// An incident with everything that a card can show.
    pub(super) fn full(&self, stage: Stage) -> Incident {
        let mut incident = self.incident(stage);
        incident.workflow = Workflow::Full;
        incident.urgency = Some(Urgency::Critical);
        incident.summary = Some(self.text.clone());
        incident.report.photos = vec![Photo("one".to_owned()), Photo("two".to_owned())];
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
            mention: None,
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

    /// Every letter there is, with a name for each.
    pub(super) fn letters(&self) -> Vec<(String, Letter)> {
        let mut letters = self.card_letters();
        letters.extend(self.call_letters());
        letters.extend(self.news_letters());
        letters.extend(self.prompt_letters());
        letters.extend(self.list_letters());
        letters.extend(self.panel_letters());
        letters.extend(self.guide_letters());
        letters.extend(self.answer_letters());
        letters
    }

    fn card_letters(&self) -> Vec<(String, Letter)> {
        let mut letters = Vec::new();
        let mut add = |name: String, menu, incident| {
            letters.push((name, self.letter(Says::Card { menu }, Some(incident))));
        };
        for stage in self.stages() {
            let name = format!("card {stage:?}").chars().take(60).collect();
            add(name, Menu::Main, self.incident(stage.clone()));
            add("card, full".to_owned(), Menu::Main, self.full(stage));
        }
        for menu in [Menu::Departments, Menu::Urgency, Menu::Block] {
            let stage = Stage::InProgress(work());
            add(format!("menu {menu:?}"), menu, self.full(stage));
        }
        let mut quiet = self.incident(Stage::Closed {
            resolution: Resolution::NoSummary,
            at: at(14, 31) - Duration::days(400),
            by: None,
        });
        quiet.report.text = String::new();
        quiet.report.reporter = NOBODY;
        quiet.opened_at = at(14, 0) - Duration::days(403);
        add("card, closed long ago".to_owned(), Menu::Main, quiet);
        let mut same_day = self.incident(Stage::InProgress(work()));
        same_day.urgency = Some(Urgency::SameDay);
        add("card, same day".to_owned(), Menu::Main, same_day);

        let mut duplicate = self.incident(Stage::Closed {
            resolution: Resolution::Duplicate,
            at: at(14, 31),
            by: Some(JAAN),
        });
        duplicate.duplicate_of = Some(IncidentId(117));
        let mut letter = self.letter(Says::Incident, Some(duplicate));
        letter.background.incidents = vec![self.other()];
        letters.push(("incident, shown".to_owned(), letter));

        let mut unset = self.letter(
            Says::Card { menu: Menu::Main },
            Some(self.incident(awaiting_summary())),
        );
        unset.background.group = None;
        letters.push(("card without its group".to_owned(), unset));
        letters.push(("card without incident".to_owned(), {
            let mut letter = self.letter(Says::Incident, None);
            letter.background.card = None;
            letter
        }));
        letters.push((
            "photos".to_owned(),
            self.letter(
                Says::Photos {
                    photos: vec![Photo("one".to_owned())],
                },
                Some(self.incident(new())),
            ),
        ));
        letters
    }

    fn other(&self) -> Incident {
        let mut other = self.incident(Stage::InProgress(work()));
        other.identity.id = IncidentId(117);
        other.identity.number = IncidentNumber(17);
        other
    }

    fn call_letters(&self) -> Vec<(String, Letter)> {
        let call = vec![MARI, JAAN, NOBODY];
        let nudge = |call, absent_minutes| Says::Nudge {
            department: MAINTENANCE,
            call,
            since: at(14, 5),
            absent_minutes,
        };
        let new_in = |released_by| Says::NewInDepartment {
            department: MAINTENANCE,
            call: call.clone(),
            released_by,
        };
        let missing = Says::DepartmentMissing {
            since: at(13, 58),
            call: call.clone(),
        };
        let says = [
            ("call", new_in(None), new()),
            ("call, released", new_in(Some(JAAN)), new()),
            ("nudge", nudge(call.clone(), None), new()),
            ("nudge, late, nobody", nudge(Vec::new(), Some(25)), new()),
            ("department missing", missing, awaiting_department()),
        ];
        says.map(|(name, says, stage)| {
            (
                name.to_owned(),
                self.letter(says, Some(self.incident(stage))),
            )
        })
        .to_vec()
    }

    fn news_letters(&self) -> Vec<(String, Letter)> {
        let by = JAAN;
        let comment = self.text.clone();
        let mut says = vec![
            Says::Claimed { by },
            Says::Assigned { by },
            Says::Resumed { by },
            Says::Transferred { to: KITCHEN, by },
            Says::Transferred {
                to: DepartmentId(99),
                by,
            },
            Says::Resolved { by },
            Says::ConfirmationAsked { by },
            Says::Reopened {
                by,
                comment: comment.clone(),
            },
            Says::Cancelled {
                by,
                reason: comment.clone(),
            },
            Says::MarkedDuplicate {
                of: IncidentId(117),
                by,
            },
            Says::DepartmentReminder {
                absent_minutes: None,
            },
            Says::DepartmentReminder {
                absent_minutes: Some(125),
            },
            Says::SummaryReminder { minutes_left: 5 },
            Says::ReportTaken,
        ];
        says.extend(RESOLUTIONS.map(|resolution| Says::AutoClosed { resolution }));
        says.extend(BlockKind::ALL.map(|kind| Says::Blocked {
            by,
            kind,
            comment: comment.clone(),
        }));
        let mut letters: Vec<(String, Letter)> = says
            .into_iter()
            .map(|says| {
                let name = named("news", &says);
                let mut incident = self.full(new());
                incident.report.text = comment.clone();
                (name, self.letter(says, Some(incident)))
            })
            .collect();
        let mut photo = self.incident(new());
        photo.report.text = " ".to_owned();
        let mut letter = self.letter(Says::Assigned { by }, Some(photo));
        letter.repeat = true;
        letter.mention = Some(Person::unknown(NOBODY));
        letters.push(("news, mention and repeat".to_owned(), letter));
        letters
    }

    fn prompt_letters(&self) -> Vec<(String, Letter)> {
        let mut prompts = vec![
            Prompt::Summary,
            Prompt::SummaryWords,
            Prompt::SummaryPhoto,
            Prompt::Reopen,
            Prompt::Report,
            Prompt::DepartmentName,
            Prompt::DepartmentRename {
                department: MAINTENANCE,
            },
            Prompt::TimeZone,
            Prompt::Role {
                role: Role::Manager,
            },
            Prompt::Role {
                role: Role::Dispatcher,
            },
        ];
        prompts.extend(BlockKind::ALL.map(|kind| Prompt::Block { kind }));
        prompts
            .into_iter()
            .map(|prompt| {
                let name = format!("prompt {prompt:?}");
                let says = Says::Prompt {
                    person: MARI,
                    prompt,
                };
                let mut letter = self.letter(says, Some(self.full(awaiting_summary())));
                letter.now = at(14, 21);
                (name, letter)
            })
            .collect()
    }

    fn list_letters(&self) -> Vec<(String, Letter)> {
        let mut letters = Vec::new();
        for of in [
            ListOf::Mine(MARI),
            ListOf::Open(None),
            ListOf::Open(Some(MAINTENANCE)),
        ] {
            let list = |page| Says::List {
                list: List { of, page },
            };
            letters.push((format!("list {of:?}, empty"), self.letter(list(0), None)));
            let mut letter = self.letter(list(1), None);
            letter.background.incidents = self
                .stages()
                .into_iter()
                .take(10)
                .map(|stage| self.incident(stage))
                .collect();
            letter.background.total = 23;
            letters.push((format!("list {of:?}"), letter));
        }
        for (page, history) in self.history().chunks(15).enumerate() {
            let page = u32::try_from(page).unwrap();
            let incident = self.incident(new());
            let mut letter = self.letter(Says::History { page }, Some(incident));
            letter.background.history = history.to_vec();
            letter.background.total = u32::try_from(self.history().len()).unwrap();
            letters.push((format!("history {page}"), letter));
        }
        letters
    }

    fn history(&self) -> Vec<Recorded> {
        let by = [Author::Person(MARI), Author::Clock, Author::Triage];
        let events = self.events().into_iter().enumerate();
        events
            .map(|(index, event)| Recorded {
                at: at(13, 58) + Duration::minutes(i64::try_from(index).unwrap()),
                by: if index < 20 { by[0] } else { by[index % 3] },
                event,
            })
            .collect()
    }

    /// Every event there is.
    pub(super) fn events(&self) -> Vec<Event> {
        let words = || self.text.clone();
        let photo = || Photo("one".to_owned());
        let mut events = vec![
            Event::Reported {
                report: self.incident(new()).report,
                workflow: Workflow::Quick,
                clarify: false,
            },
            Event::Answered { text: words() },
            Event::IntakeEnded,
            Event::DepartmentSet {
                department: MAINTENANCE,
            },
            Event::MembershipRequested {
                department: MAINTENANCE,
            },
            Event::Claimed,
            Event::Joined,
            Event::Left,
            Event::Assigned { person: JAAN },
            Event::Started,
            Event::Resumed,
            Event::ResolutionBegun,
            Event::SummaryPartGiven {
                comment: Some(words()),
                photo: None,
            },
            Event::SummaryPartGiven {
                comment: None,
                photo: Some(photo()),
            },
            Event::Summarised {
                comment: words(),
                photo: Some(photo()),
            },
            Event::Confirmed,
            Event::Reopened { comment: words() },
            Event::Cancelled { reason: words() },
            Event::MarkedDuplicate {
                of: IncidentId(117),
            },
            Event::Commented { text: words() },
            Event::PhotoAdded { photo: photo() },
            Event::ReportAmended { text: words() },
            Event::DepartmentReminded,
            Event::DispatchersTold,
            Event::Nudged { nudges: 1 },
            Event::SummaryReminded,
            Event::SummaryTimedOut,
            Event::ConfirmationTimedOut,
        ];
        events.extend(Urgency::ALL.map(|urgency| Event::UrgencySet { urgency }));
        events.extend(BlockKind::ALL.map(|kind| Event::Blocked {
            kind,
            comment: words(),
        }));
        events
    }

    fn panel_letters(&self) -> Vec<(String, Letter)> {
        let panels = [
            Panel::SetUp,
            Panel::Settings,
            Panel::Language,
            Panel::TimeZone,
            Panel::Clocks,
            Panel::Departments,
            Panel::Department(MAINTENANCE),
            Panel::Department(KITCHEN),
            Panel::Department(DepartmentId(3)),
            Panel::Department(DepartmentId(99)),
            Panel::DefaultDepartments,
            Panel::Managers,
        ];
        let mut letters = Vec::new();
        for panel in panels {
            let mut letter = self.letter(Says::Panel { panel }, None);
            letters.push((format!("panel {panel:?}"), letter.clone()));
            let mut group = self.group();
            group.settings.set_up = false;
            group.settings.workflow = Workflow::Full;
            group.settings.reporting = Reporting::Registered;
            group.departments.clear();
            group.managers = (100..140).map(PersonId).collect();
            letter.background.group = Some(Arc::new(group));
            letters.push((format!("panel {panel:?}, new group"), letter));
        }
        let mut unnamed = self.group();
        unnamed.title = "\u{200B}".to_owned();
        let panel = Panel::Settings;
        let mut letter = self.letter(Says::Panel { panel }, None);
        letter.background.group = Some(Arc::new(unnamed));
        letters.push(("panel of a group without a name".to_owned(), letter));
        let mut lost = self.letter(
            Says::Panel {
                panel: Panel::SetUp,
            },
            None,
        );
        lost.background.group = None;
        letters.push(("panel without its group".to_owned(), lost));
        letters
    }

    fn guide_letters(&self) -> Vec<(String, Letter)> {
        let mut letters = Vec::new();
        let everywhere = [
            Says::Welcome,
            Says::Help,
            Says::Privacy,
            Says::ForgetMeAsked,
            Says::Forgotten,
            Says::Registered { already: false },
            Says::Registered { already: true },
            Says::Membership,
            Says::ApprovalAsked { by: Some(MARI) },
            Says::ApprovalAsked { by: None },
            Says::ApprovalAnswered { approved: true },
            Says::ApprovalAnswered { approved: false },
            Says::ApprovalAwaited,
            Says::JoinAnswered {
                department: MAINTENANCE,
                approved: true,
            },
            Says::JoinAnswered {
                department: MAINTENANCE,
                approved: false,
            },
        ];
        for says in everywhere {
            let name = named("guide", &says);
            letters.push((name.clone(), self.letter(says.clone(), None)));
            letters.push((format!("{name}, privately"), self.private(says)));
        }
        let mut request = self.letter(
            Says::JoinRequested {
                person: MARI,
                department: MAINTENANCE,
            },
            None,
        );
        letters.push(("join requested, answered since".to_owned(), request.clone()));
        request.background.join_request = Some(JoinRequestId(5));
        letters.push(("join requested".to_owned(), request));
        let mut which = self.private(Says::WhichGroup {
            draft: Draft {
                text: self.text.clone(),
                photos: Vec::new(),
                origin: MessageRef {
                    chat: OLGA.private_chat(),
                    message: MessageId(1),
                },
                album: None,
            },
            groups: vec![GroupId(1)],
        });
        which.background.groups = vec![Arc::new(self.group())];
        letters.push(("which group".to_owned(), which));
        let mut alone = self.private(Says::Membership);
        alone.background.group = None;
        letters.push(("membership without a group".to_owned(), alone));
        letters
    }

    fn answer_letters(&self) -> Vec<(String, Letter)> {
        let incident = Some(self.incident(new()));
        let events = self.events().into_iter();
        let accepted = events.map(|event| {
            let says = Says::Accepted { event };
            (named("reply", &says), self.letter(says, incident.clone()))
        });
        let refused = refusals().into_iter().map(|refusal| {
            let says = Says::Refused { refusal };
            (named("reply", &says), self.letter(says, incident.clone()))
        });
        accepted.chain(refused).collect()
    }

    pub(super) fn verdict(&self, answer: Answer) -> Verdict {
        Verdict {
            answer,
            group: Some(Arc::new(self.group())),
            number: Some(IncidentNumber(42)),
            people: self.people(),
        }
    }

    /// Every verdict there is.
    pub(super) fn verdicts(&self) -> Vec<Verdict> {
        let mut answers = vec![Answer::Silent, Answer::Saved, Answer::Shown, Answer::Asked];
        answers.extend(self.events().into_iter().map(Answer::Accepted));
        answers.extend(refusals().into_iter().map(Answer::Refused));
        answers
            .into_iter()
            .flat_map(|answer| [Verdict::plain(answer.clone()), self.verdict(answer)])
            .collect()
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

pub(super) fn already_claimed(ago: Duration, may_join: bool) -> Refusal {
    Refusal::AlreadyClaimed {
        owner: MARI,
        at: at(14, 25) - ago,
        ago,
        may_join,
    }
}

/// Every refusal there is.
pub(super) fn refusals() -> Vec<Refusal> {
    vec![
        already_claimed(Duration::milliseconds(430), true),
        already_claimed(Duration::seconds(12), false),
        Refusal::AlreadyYours,
        Refusal::AlreadyHelping,
        Refusal::AlreadySo,
        Refusal::Closed {
            resolution: Resolution::Resolved,
            at: at(14, 31),
            by: Some(JAAN),
        },
        Refusal::Closed {
            resolution: Resolution::NoSummary,
            at: at(14, 31),
            by: None,
        },
        Refusal::StaleCard,
        Refusal::NoDepartmentYet,
        Refusal::NotClaimed,
        Refusal::NotNow,
        Refusal::MembersOnly {
            department: MAINTENANCE,
        },
        Refusal::AlreadyAsked {
            department: MAINTENANCE,
        },
        Refusal::WorkersOnly,
        Refusal::ResolverOnly { resolver: JAAN },
        Refusal::ReporterOrManagerOnly,
        Refusal::ManagersOnly,
        Refusal::DirectorsOnly,
        Refusal::NotConcerned,
        Refusal::NoSuchDepartment,
        Refusal::NotAMember { person: JAAN },
        Refusal::WordsMissing,
        Refusal::DuplicateOfItself,
        Refusal::TooLateToReopen {
            closed_at: at(14, 31) - Duration::days(8),
        },
        Refusal::EmptyReport,
        Refusal::RegistrationNeeded,
        Refusal::AlreadyReported {
            incident: IncidentId(117),
            number: IncidentNumber(17),
        },
        Refusal::NoSuchIncident,
        Refusal::Malformed,
        Refusal::NoSuchPerson,
        Refusal::GroupInactive,
        Refusal::NoGroup,
        Refusal::LastManager,
        Refusal::BadName,
        Refusal::Anonymous,
        Refusal::GroupOnly,
        Refusal::Trouble,
    ]
}

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
    }
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

fn named(kind: &str, says: &Says) -> String {
    format!("{kind} {says:?}").chars().take(70).collect()
}
