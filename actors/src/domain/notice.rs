//! What the desk has to say, and to whom: stored as meaning, put into words when it is delivered,
//! so that it is said in the reader's language and as things stand then.

mod about;
mod choice;
mod draft;
mod prompt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::event::Event;
use super::id::{DepartmentId, GroupId, IncidentId, PersonId};
use super::incident::{BlockKind, Resolution};
use super::kpi::{ReportForm, Span};
use super::refusal::Refusal;
use super::report::{Photo, Recording};

pub use about::{Late, Role};
pub use choice::{List, ListOf, Menu, Panel, WakeUp};
pub use draft::{Draft, JoinAnswer, ReplyTo};
pub use prompt::Prompt;

/// How many names one message may call: more are not notified by the messenger anyway.
pub const NAMES_PER_MESSAGE: usize = 5;

/// How many photos one message may show: what an album holds. Each counts as a message, so more at
/// once would burst a group's limit.
pub const PHOTOS_PER_MESSAGE: usize = 10;

/// How many messages one call to a department may take: a group allows about twenty a minute, and
/// the card and its answers need room too.
pub const CALL_MESSAGE_LIMIT: usize = 4;

/// How many incidents a page of a list shows: a screen of a phone.
pub const LIST_PAGE_SIZE: u32 = 10;

/// How many events a page of a history shows: with their words they fit one message.
pub const HISTORY_PAGE_SIZE: u32 = 15;

/// Something to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// To whom.
    pub audience: Audience,
    /// How hard to try.
    pub class: Class,
    /// What.
    pub says: Says,
}

/// To whom something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody in the incident's group.
    Group,
    /// One person: privately if they can be reached so, else by a mention in the group.
    Person(PersonId),
    /// One person, privately or not at all.
    PersonPrivately(PersonId),
    /// Where the command came from, as a reply to it.
    Asker,
}

/// How hard a delivery is tried, what a crash in its middle may do, and what goes first where not
/// everything may go at once: in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Somebody has to act now. Like a page, and before all pages.
    Escalation,
    /// At least once; a repeat after a crash says that it is one.
    Page,
    /// Idempotent, and whoever pressed looks at the screen: a menu, the next page of a list.
    Awaited,
    /// The card: the newest state replaces older ones that still wait.
    Card,
    /// Idempotent, and nobody waits for it: pins.
    Edit,
    /// At most once.
    Chatter,
}

impl Class {
    /// All of them, first things first.
    pub const ALL: [Self; 6] = [
        Self::Escalation,
        Self::Page,
        Self::Awaited,
        Self::Card,
        Self::Edit,
        Self::Chatter,
    ];
}

/// What is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "says", rename_all = "snake_case")]
pub enum Says {
    /// The incident's one card, as it stands at delivery.
    Card {
        /// Which buttons it shows.
        menu: Menu,
    },
    /// In place of a copy of the card that went astray: the card is elsewhere.
    CardElsewhere,
    /// Pin the card.
    Pin,
    /// Unpin the card.
    Unpin,
    /// The photos of a report that came from elsewhere, for the group to see.
    Photos {
        /// The photos.
        photos: Vec<Photo>,
    },
    /// Something recorded about it elsewhere, for the group to hear.
    Recording {
        /// It.
        recording: Recording,
        /// Whose it is.
        by: PersonId,
    },
    /// A department has it and should claim.
    NewInDepartment {
        /// Which department.
        department: DepartmentId,
        /// Whom to call.
        call: Vec<PersonId>,
        /// Who gave it back, if it was claimed before.
        released_by: Option<PersonId>,
    },
    /// Nobody has claimed it.
    Nudge {
        /// Which department.
        department: DepartmentId,
        /// Whom to call.
        call: Vec<PersonId>,
        /// Since when it waits.
        since: DateTime<Utc>,
        /// Minutes for which the desk was down when this was due.
        absent_minutes: Option<i64>,
    },
    /// To managers: a department has it, and nobody there is on duty.
    NobodyOnDuty {
        /// Which department.
        department: DepartmentId,
    },
    /// To the reporter: somebody has it.
    Claimed {
        /// Who.
        by: PersonId,
    },
    /// To the assigned person.
    Assigned {
        /// By whom.
        by: PersonId,
    },
    /// It cannot go on.
    Blocked {
        /// Who says so.
        by: PersonId,
        /// Why.
        kind: BlockKind,
        /// In their words.
        comment: String,
    },
    /// To who says that it cannot go on: when shall the desk come back to it?
    WakeUpAsked {
        /// Whom.
        person: PersonId,
    },
    /// To who works on it: its wake-up date has come.
    WokenUp,
    /// To the owner: does it still wait?
    WaitQuestioned {
        /// Since when it does.
        since: DateTime<Utc>,
    },
    /// To the owner: is it still being worked on?
    LeaseQuestioned {
        /// Minutes that are left for an answer.
        minutes_left: i64,
    },
    /// To who owned it: it was given back, since no sign of life came.
    LeaseEnded {
        /// Whether that is because their shift is over.
        #[serde(default)]
        shift: bool,
    },
    /// To owner and managers: it is not resolved in time.
    Overdue {
        /// When it should have been.
        due: DateTime<Utc>,
        /// Minutes for which the desk was down then.
        absent_minutes: Option<i64>,
    },
    /// To the group: if nobody takes it, somebody will be called.
    EscalationWarned {
        /// Whom to call upon.
        call: Vec<PersonId>,
        /// When that will be.
        due: DateTime<Utc>,
    },
    /// To who is called: nobody takes it.
    Escalated {
        /// Which level is called, from 1.
        level: u8,
        /// Who is called at once.
        people: Vec<PersonId>,
        /// When it was due.
        due: DateTime<Utc>,
        /// Minutes for which the desk was down then.
        absent_minutes: Option<i64>,
    },
    /// To those who were called: somebody looks after it.
    Acknowledged {
        /// Who.
        by: PersonId,
    },
    /// It goes on.
    Resumed {
        /// Who says so.
        by: PersonId,
    },
    /// It went to another department.
    Transferred {
        /// Which.
        to: DepartmentId,
        /// Who did it.
        by: PersonId,
    },
    /// To the reporter: it is closed, with the summary.
    Resolved {
        /// By whom.
        by: PersonId,
    },
    /// To the reporter: it is done, please confirm.
    ConfirmationAsked {
        /// By whom it was done.
        by: PersonId,
    },
    /// It is open again.
    Reopened {
        /// Who did it.
        by: PersonId,
        /// Why.
        comment: String,
    },
    /// It was called off.
    Cancelled {
        /// Who did it.
        by: PersonId,
        /// Why.
        reason: String,
    },
    /// It repeats another.
    MarkedDuplicate {
        /// Which.
        of: IncidentId,
        /// Who said so.
        by: PersonId,
    },
    /// The clock closed it.
    AutoClosed {
        /// How.
        resolution: Resolution,
        /// Minutes for which the desk was down when this was due.
        absent_minutes: Option<i64>,
    },
    /// To the reporter: choose a department.
    DepartmentReminder {
        /// Minutes for which the desk was down when this was due.
        absent_minutes: Option<i64>,
    },
    /// To dispatchers: nobody chose a department.
    DepartmentMissing {
        /// Since when.
        since: DateTime<Utc>,
        /// Whom to call.
        call: Vec<PersonId>,
        /// Minutes for which the desk was down when this was due.
        absent_minutes: Option<i64>,
    },
    /// To the resolver: the summary is still missing.
    SummaryReminder {
        /// Minutes that are left.
        minutes_left: i64,
    },
    /// To managers: somebody wants to be let into a department.
    JoinRequested {
        /// Who.
        person: PersonId,
        /// Where.
        department: DepartmentId,
    },
    /// To the person: a manager answered.
    JoinAnswered {
        /// Where.
        department: DepartmentId,
        /// Whether they are in.
        approved: bool,
    },
    /// Words are wanted: the reply to this message is the answer.
    Prompt {
        /// From whom.
        person: PersonId,
        /// For what.
        prompt: Prompt,
    },
    /// A command that came by message was done.
    Accepted {
        /// What that made happen.
        event: Event,
    },
    /// A command that came by message was refused.
    Refused {
        /// Why.
        refusal: Refusal,
    },
    /// One incident, shown where it was asked for.
    Incident {
        /// Which buttons it shows.
        #[serde(default)]
        menu: Menu,
    },
    /// What happened to an incident.
    History {
        /// Which page, from 0.
        page: u32,
    },
    /// A list of incidents.
    List {
        /// Which.
        list: List,
    },
    /// A page of a group's configuration, with buttons.
    Panel {
        /// Which.
        panel: Panel,
    },
    /// The same page for those who may look at it and change nothing.
    PanelShown {
        /// Which.
        panel: Panel,
    },
    /// What the desk does, to a person who starts it.
    Welcome,
    /// How it is used.
    Help,
    /// What it keeps.
    Privacy,
    /// Asks whether to erase what is known of a person.
    ForgetMeAsked {
        /// Who asked: in a group, others see the button too.
        person: PersonId,
    },
    /// What is known of a person was erased.
    Forgotten,
    /// The person registered.
    Registered {
        /// Whether they had before.
        already: bool,
    },
    /// The departments one may join or leave.
    Membership,
    /// To who begins to work: what waits in their departments and nobody has claimed.
    Digest {
        /// Which departments.
        departments: Vec<DepartmentId>,
        /// Minutes for which the desk was down when the shift began.
        absent_minutes: Option<i64>,
    },
    /// To who ends their work: what becomes of the incidents that are theirs?
    ShiftEnding {
        /// Who.
        person: PersonId,
        /// When it ends.
        until: DateTime<Utc>,
        /// Minutes for which the desk was down when this was due.
        absent_minutes: Option<i64>,
    },
    /// What a person wants to hear of what is said to many, with buttons for them.
    Mutes {
        /// Who asked.
        person: PersonId,
    },
    /// In which language the private chat is.
    MyLanguage,
    /// Who is on duty, and a person's own schedule, with buttons for them.
    Duty {
        /// Who asked.
        person: PersonId,
    },
    /// When somebody works, as it was just set.
    Schedule {
        /// Who.
        person: PersonId,
    },
    /// A private report: for which group is it?
    WhichGroup {
        /// The report.
        draft: Draft,
        /// Among which.
        groups: Vec<GroupId>,
    },
    /// A private report was taken.
    ReportTaken,
    /// To which group shall private reports go?
    WhichHome {
        /// Among which.
        groups: Vec<GroupId>,
        /// To which they go now, if that was ever said.
        present: Option<GroupId>,
    },
    /// To who opened the code of a place: what is wrong there?
    AtPlace {
        /// What the place is called.
        place: String,
    },
    /// To who reports: is it the same as that one?
    LooksLike {
        /// The report, while it waits for their word.
        waiting: Option<i64>,
        /// What it looks like.
        like: IncidentId,
        /// Who reports.
        person: PersonId,
    },
    /// To who joined: their words are with it.
    Joined,
    /// What comes again in a group.
    Recurring {
        /// Whether the reader may change it.
        offered: bool,
    },
    /// The code of a place, to print.
    Code {
        /// What the place is called.
        place: String,
    },
    /// Private reports go to that group from now on.
    HomeChosen {
        /// Which.
        group: GroupId,
    },
    /// A platform administrator is asked whether the desk may work in a group.
    ApprovalAsked {
        /// Who added the bot.
        by: Option<PersonId>,
    },
    /// The group was approved or refused.
    ApprovalAnswered {
        /// Which.
        approved: bool,
    },
    /// Approval is being waited for.
    ApprovalAwaited,
    /// A way into the dashboard: made at delivery, so that it stands in no row.
    Dashboard,
    /// To the reporter: what was asked need not be answered any more.
    QuestionsOver,
    /// What fell due while the desk was away: many words, gathered into one message.
    WhileAway {
        /// Minutes for which it was.
        absent_minutes: i64,
    },
    /// What a group's figures were, as they are counted at delivery.
    Report {
        /// How far it looks back.
        span: Span,
        /// A moment within the day, week or month.
        at: DateTime<Utc>,
        /// In which form.
        form: ReportForm,
        /// Of all groups of the company in which the reader is: only in a private chat.
        #[serde(default)]
        all_groups: bool,
        /// Where it comes by itself and late: when it should have, and why it did not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        late: Option<Late>,
    },
}
