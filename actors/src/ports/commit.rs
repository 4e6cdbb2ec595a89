//! What one transaction keeps: everything that follows from one command.

use chrono::{DateTime, Utc};

use super::store::Card;
use crate::domain::calendar::Week;
use crate::domain::duty::{DutyOverride, Mute};
use crate::domain::group::GroupStatus;
use crate::domain::notice::Role;
use crate::domain::recurring::Rule;
use crate::domain::{
    Access, AgendaKind, ChatId, Class, CompanyId, Deadline, DepartmentId, GroupId, Incident,
    IncidentId, JoinRequestId, Language, MessageId, OutboxId, Person, PersonId, Photo, PlaceId,
    Recorded, RecurringId, Report, Says, Settings, ThreadId, UpdateId,
};

/// Everything that follows from one command.
#[derive(Debug, Clone)]
pub struct Commit {
    /// When.
    pub at: DateTime<Utc>,
    /// The update whose verdict this is; a second commit for it is refused.
    pub update: Option<UpdateId>,
    /// The incident, if it changes.
    pub incident: Option<IncidentWrite>,
    /// The planned work that the opened incident comes of.
    pub recurring: Option<RecurringId>,
    /// What changes beside it, in this order.
    pub records: Vec<Record>,
    /// What is to be said.
    pub outbox: Vec<Draft>,
}

impl Commit {
    /// An empty commit of that moment and update.
    #[must_use]
    pub fn new(at: DateTime<Utc>, update: Option<UpdateId>) -> Self {
        Self {
            at,
            update,
            incident: None,
            recurring: None,
            records: Vec::new(),
            outbox: Vec::new(),
        }
    }

    /// Whether it would change anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.incident.is_none() && self.records.is_empty() && self.outbox.is_empty()
    }
}

/// A new state of an incident.
#[derive(Debug, Clone)]
pub struct IncidentWrite {
    /// The version it was decided on; `None` opens it, and the store gives number and identity.
    pub expected: Option<i64>,
    /// The new state.
    pub incident: Incident,
    /// The events that led to it.
    pub events: Vec<Recorded>,
    /// All its deadlines from now on.
    pub deadlines: Vec<Deadline>,
    /// By when it is to be done; what held when it was done is kept.
    pub target: Option<DateTime<Utc>>,
}

/// What a commit gave.
#[derive(Debug, Clone, Default)]
pub struct Committed {
    /// The incident, with number and identity.
    pub incident: Option<Incident>,
    /// The group, if the commit made one.
    pub group: Option<GroupId>,
}

/// A row for the outbox.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The incident it is about; in a commit that opens one, `None` with `about_opened`.
    pub incident: Option<IncidentId>,
    /// Whether it is about the incident that this commit opens.
    pub about_opened: bool,
    /// The group whose configuration holds; in a commit that makes one, `None` means that one.
    pub group: Option<GroupId>,
    /// To whom.
    pub address: Address,
    /// How hard to try.
    pub class: Class,
    /// What.
    pub says: Says,
    /// Until when it stands outside the queue, so that it holds nothing else up.
    pub held_until: Option<DateTime<Utc>>,
    /// Minutes for which the desk was away when it was due, if that is why it is late: with others
    /// of its chat it becomes one message.
    pub absent_minutes: Option<i64>,
    /// As an answer to which message of the addressed chat.
    pub reply_to: Option<MessageId>,
    /// In place of which message of the addressed chat.
    pub edit: Option<MessageId>,
}

/// Where a row of the outbox goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address {
    /// Into a chat.
    Chat {
        /// Which.
        chat: ChatId,
        /// Into which forum topic.
        thread: Option<ThreadId>,
    },
    /// To a person privately; where that is impossible, as a mention into `otherwise`.
    Person {
        /// Who.
        person: PersonId,
        /// Where to mention them instead; nowhere: give up.
        otherwise: Option<ChatId>,
        /// The topic there.
        thread: Option<ThreadId>,
    },
}

/// Something beside an incident that changes. Each moves its company's version where it is
/// configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// A person spoke; in a group, they are seen there. This makes nobody unreachable, and gives a
    /// language only to those who have none: what a person chose outweighs what their client says.
    Seen {
        /// Who, as they show themselves now.
        person: Person,
        /// Where.
        group: Option<GroupId>,
    },
    /// A person left a group: they are no longer seen there, and belong to no department of the
    /// company unless they are seen in another of its groups.
    Left {
        /// Who.
        person: PersonId,
        /// What they left.
        group: GroupId,
    },
    /// Whether private messages reach a person.
    Reachable {
        /// Who.
        person: PersonId,
        /// Whether.
        reachable: bool,
    },
    /// The language a person chose.
    PersonLanguage {
        /// Who.
        person: PersonId,
        /// Which.
        language: Language,
    },
    /// The group to which a person's private reports go from now on, if they are seen there. It is
    /// forgotten with their being seen.
    Home {
        /// Whose.
        person: PersonId,
        /// Which.
        group: GroupId,
    },
    /// A group has a place of that name. Its code is made with it, and stays.
    Place {
        /// Whose.
        group: GroupId,
        /// Its name.
        name: String,
    },
    /// A report waits for its reporter's word, until then.
    Waits {
        /// In which group.
        group: GroupId,
        /// The report.
        waiting: Box<Waiting>,
        /// Until when.
        due: DateTime<Utc>,
    },
    /// A report has waited enough.
    WaitsNoMore {
        /// In which group.
        group: GroupId,
        /// Which.
        id: i64,
    },
    /// Work comes again in a group, for the first time then.
    NewRecurring {
        /// Where.
        group: GroupId,
        /// What, and when.
        rule: Rule,
        /// Who set it up.
        by: PersonId,
        /// When it comes first.
        due: DateTime<Utc>,
    },
    /// Other words for work that comes again.
    RecurringRule {
        /// Which.
        recurring: RecurringId,
        /// They.
        rule: Rule,
    },
    /// Work comes no more.
    RecurringDropped {
        /// Which.
        recurring: RecurringId,
    },
    /// Somebody opened the code of a place.
    Visited {
        /// Who.
        person: PersonId,
        /// Which.
        place: PlaceId,
    },
    /// Somebody reported from the place whose code they opened last.
    ReportedThere {
        /// Who.
        person: PersonId,
    },
    /// Erases name, username, language, memberships, roles and sightings of a person. Their
    /// number stays in the audit trail.
    Forget {
        /// Who.
        person: PersonId,
    },
    /// A new group, and its company.
    NewGroup {
        /// The chat behind it.
        chat: ChatId,
        /// Its title.
        title: String,
        /// Whether it may work.
        status: GroupStatus,
        /// What it begins with.
        settings: Settings,
        /// The departments it begins with, with what access.
        departments: Vec<(String, Access)>,
        /// Its first manager.
        manager: Option<PersonId>,
    },
    /// A group belongs to another company from now on. What its own owned is no more, but for who
    /// registered. A conflict, unless its own never had an incident and has no other group, and
    /// somebody who manages the other one wants it.
    GroupJoins {
        /// Which.
        group: GroupId,
        /// Its own company.
        own: CompanyId,
        /// The other one.
        company: CompanyId,
        /// Who manages that.
        by: PersonId,
    },
    /// A group's status.
    GroupStatus {
        /// Which.
        group: GroupId,
        /// What it is now.
        status: GroupStatus,
    },
    /// A group's title.
    GroupTitle {
        /// Which.
        group: GroupId,
        /// What it is now.
        title: String,
    },
    /// A chat has another number: group, cards' old messages, waiting rows all follow.
    ChatMigrated {
        /// From.
        from: ChatId,
        /// To.
        to: ChatId,
    },
    /// A group's settings, whole.
    Settings {
        /// Which.
        group: GroupId,
        /// What they are now.
        settings: Settings,
    },
    /// A new department.
    NewDepartment {
        /// Whose.
        company: CompanyId,
        /// Its name.
        name: String,
        /// Who may claim.
        access: Access,
    },
    /// A department's name.
    DepartmentName {
        /// Which.
        department: DepartmentId,
        /// What it is now.
        name: String,
    },
    /// A department's access.
    DepartmentAccess {
        /// Which.
        department: DepartmentId,
        /// What it is now.
        access: Access,
    },
    /// A department is no longer offered; incidents keep it in their history.
    DepartmentRetired {
        /// Which.
        department: DepartmentId,
    },
    /// Somebody belongs to a department.
    Member {
        /// Where.
        department: DepartmentId,
        /// Who.
        person: PersonId,
    },
    /// Somebody no longer belongs to a department.
    MemberGone {
        /// Where.
        department: DepartmentId,
        /// Who.
        person: PersonId,
    },
    /// Somebody waits to be let into a department.
    JoinRequested {
        /// In which group they asked.
        group: GroupId,
        /// Where.
        department: DepartmentId,
        /// Who.
        person: PersonId,
    },
    /// A request to be let in was answered.
    JoinAnswered {
        /// Which.
        request: JoinRequestId,
    },
    /// Somebody has a role.
    RoleGiven {
        /// In which company.
        company: CompanyId,
        /// Who.
        person: PersonId,
        /// Which.
        role: Role,
    },
    /// Somebody no longer has a role.
    RoleTaken {
        /// In which company.
        company: CompanyId,
        /// Who.
        person: PersonId,
        /// Which.
        role: Role,
    },
    /// When a member of a department works there, in place of what was; `None`: as everybody does who
    /// has no schedule.
    Schedule {
        /// Where.
        department: DepartmentId,
        /// Who.
        person: PersonId,
        /// When.
        week: Option<Week>,
    },
    /// Somebody's own word on whether they are on duty, in place of an earlier one.
    Duty {
        /// In which company.
        company: CompanyId,
        /// The word.
        word: DutyOverride,
    },
    /// Whether somebody does not want to hear something.
    Mute {
        /// In which company.
        company: CompanyId,
        /// Who.
        person: PersonId,
        /// What.
        mute: Mute,
        /// Whether they do not.
        muted: bool,
    },
    /// Somebody registered.
    Registered {
        /// In which company.
        company: CompanyId,
        /// Who.
        person: PersonId,
    },
    /// A photo of an album came.
    AlbumPhoto {
        /// In which chat.
        chat: ChatId,
        /// Which album.
        album: String,
        /// In which message.
        message: MessageId,
        /// The photo.
        photo: Photo,
    },
    /// A message turned out to be the card of an incident of which none was known.
    CardFound {
        /// Of which incident.
        incident: IncidentId,
        /// The message.
        card: Card,
    },
    /// When an item of a group's agenda is due, in place of when it was; `None`: it is off the
    /// agenda.
    Agenda {
        /// Whose agenda.
        group: GroupId,
        /// What the item is for.
        kind: AgendaKind,
        /// Which of that kind.
        subject: i64,
        /// When.
        due: Option<DateTime<Utc>>,
    },
    /// Somebody pressed Claim on what another had claimed.
    ClaimLost {
        /// Which incident.
        incident: IncidentId,
        /// Of which department it was.
        department: DepartmentId,
        /// Who.
        person: PersonId,
        /// When the other had claimed it: tells one race from another.
        won_at: DateTime<Utc>,
        /// When they pressed.
        at: DateTime<Utc>,
    },
    /// An incident knows whom its calls did not reach.
    UnheardNoted {
        /// Which incident.
        incident: IncidentId,
        /// Whom not.
        people: Vec<PersonId>,
    },
    /// A prompt has its answer.
    Answered {
        /// The prompt's row.
        prompt: OutboxId,
    },
}

/// A report that resembles an open incident, while its reporter is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Which, within its group.
    pub id: i64,
    /// The report.
    pub report: Report,
    /// What it resembles.
    pub like: IncidentId,
}
