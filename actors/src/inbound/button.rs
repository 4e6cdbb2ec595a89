//! What the buttons below the desk's messages mean.

use crate::domain::calendar::Country;
use crate::domain::kpi::{ReportForm, Span};
use crate::domain::notice::{JoinAnswer, ListOf, Menu, Panel, Role, WakeUp};
use crate::domain::recurring::Overlap;
use crate::domain::{
    Access, BlockKind, DepartmentId, GroupId, IncidentId, Language, Mute, PersonId, RecurringId,
    Reporting, TriageMode, Urgency, Workflow,
};

/// A button, and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumDiscriminants)]
#[strum_discriminants(
    name(ButtonKind),
    derive(strum::EnumIter),
    doc = "The kinds of buttons, to be gone through.",
    allow(missing_docs)
)]
pub enum Button {
    /// On a card.
    Card {
        /// Whose card.
        incident: IncidentId,
        /// The edition it was drawn with.
        edition: i64,
        /// The verb.
        verb: Verb,
    },
    /// Another page of a list.
    List {
        /// Which list.
        of: ListOf,
        /// Which page.
        page: u32,
    },
    /// One incident of a list.
    Show {
        /// Which.
        incident: IncidentId,
    },
    /// A page of a history.
    History {
        /// Of which.
        incident: IncidentId,
        /// Which page.
        page: u32,
    },
    /// Something of a group's configuration.
    Configure {
        /// Which group: buttons for platform administrators stand in private chats.
        group: GroupId,
        /// What.
        change: Change,
    },
    /// Let somebody into a department, or not.
    AnswerJoin(JoinAnswer),
    /// Ask to be let into, or leave, a department.
    Membership {
        /// Which.
        department: DepartmentId,
        /// Join or leave.
        join: bool,
    },
    /// The presser is on duty from now on, or is not.
    Duty(bool),
    /// The presser does not want to hear something, or does again.
    Mute(Mute, bool),
    /// A private report is for this group.
    ReportTo {
        /// Which.
        group: GroupId,
    },
    /// Private reports shall go to another group: asks which.
    Home,
    /// A report that waits is the same as what it resembles, or another.
    Which {
        /// Which report.
        waiting: i64,
        /// Whether it is the same.
        same: bool,
    },
    /// A report in another form, or an earlier one.
    Report {
        /// Of which group.
        group: GroupId,
        /// How far it looks back.
        span: Span,
        /// A moment within the day, week or month, in seconds since 1970.
        at: i64,
        /// In which form.
        form: ReportForm,
        /// Of all groups of the company in which the presser is.
        all_groups: bool,
    },
    /// Yes, forget me.
    ForgetMe,
    /// The language of a private chat.
    Language(Language),
}

/// A verb on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumDiscriminants)]
#[strum_discriminants(
    name(VerbKind),
    derive(strum::EnumIter),
    doc = "The kinds of verbs, to be gone through.",
    allow(missing_docs)
)]
pub enum Verb {
    /// Take it.
    Claim,
    /// Help.
    Join,
    /// Stop working on it.
    Leave,
    /// Begin.
    Start,
    /// Go on.
    Resume,
    /// Done.
    Resolve,
    /// It is fixed.
    Confirm,
    /// It is not: asks why.
    Reopen,
    /// It cannot go on: asks why.
    Block(BlockKind),
    /// Whose it is; the first time or again.
    Department(DepartmentId),
    /// How pressing it is.
    Urgency(Urgency),
    /// Answer a question of triage with one of the answers it offers, by its place from 0.
    Answer(u8),
    /// Answer no more questions.
    Skip,
    /// When the desk is to come back to it.
    WakeUp(WakeUp),
    /// At another time: asks when.
    AskWakeUp,
    /// Still on it.
    StillOnIt,
    /// Give it to a member of the department.
    HandOver(PersonId),
    /// Look after what nobody has taken.
    Acknowledge,
    /// Show other buttons.
    Menu(Menu),
}

/// A change of a group's configuration by button. Absolute: none toggles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumDiscriminants)]
#[strum_discriminants(
    name(ChangeKind),
    derive(strum::EnumIter),
    doc = "The kinds of changes, to be gone through.",
    allow(missing_docs)
)]
pub enum Change {
    /// Show a page.
    Open(Panel),
    /// The language.
    Language(Language),
    /// The time zone: its place in the list that is offered.
    TimeZone(u16),
    /// Ask for a time zone by name.
    AskTimeZone,
    /// One of the default departments, by its place in the list, is wanted or not.
    DefaultDepartment {
        /// Which.
        index: u8,
        /// Whether it is wanted.
        wanted: bool,
    },
    /// The set-up is done.
    Finish,
    /// Ask for the name of a new department.
    AskDepartmentName,
    /// Ask for another name.
    AskRename(DepartmentId),
    /// Who may claim.
    Access(DepartmentId, Access),
    /// No longer offer it.
    Retire(DepartmentId),
    /// Ask for somebody who shall belong to it.
    AskMember(DepartmentId),
    /// Somebody no longer belongs to it.
    RemoveMember(DepartmentId, PersonId),
    /// Ask for somebody's schedule in it.
    AskSchedule(DepartmentId),
    /// Who may report.
    Reporting(Reporting),
    /// Which way incidents go.
    Workflow(Workflow),
    /// Whether a report that resembles an open incident is asked about first.
    AskAboutAlike(bool),
    /// Minutes between nudges.
    NudgeMinutes(u32),
    /// Minutes for the summary.
    SummaryMinutes(u32),
    /// Minutes without a sign of life until whoever works on what is rated so is asked; 0 for never.
    LeaseMinutes(Urgency, u32),
    /// Ask for somebody to give a role to.
    AskRole(Role),
    /// Take a role.
    TakeRole(Role, PersonId),
    /// Who looks through reports.
    TriageMode(TriageMode),
    /// Whether a suggested department is chosen outright.
    ChooseDepartment(bool),
    /// Whether a hazard of the lists, by its place there, is critical here.
    Hazard {
        /// Which.
        index: u8,
        /// Whether it is critical.
        critical: bool,
    },
    /// Ask for a word that is critical here.
    AskCriticalWord,
    /// Such a word, by its mark, is nothing special any more.
    DropCriticalWord(u32),
    /// Minutes until a critical incident calls somebody.
    CriticalMinutes(u32),
    /// Ask who is called.
    AskChain,
    /// Those levels, by their place from 0, are called no more.
    DropChain(u8),
    /// Whether reports of that length come by themselves.
    ReportSchedule {
        /// Of which length.
        span: Span,
        /// Whether they come.
        wanted: bool,
    },
    /// At which minute of the day they come.
    ReportTime(u16),
    /// Whether they come into the group, or to managers privately.
    ReportPlace {
        /// Into the group.
        in_group: bool,
    },
    /// Work comes no more.
    DropRecurring(RecurringId),
    /// What happens while the last of it is open.
    Overlap(RecurringId, Overlap),
    /// When it is to be quiet: minutes of the day.
    QuietHours {
        /// From when.
        from: u16,
        /// Until when.
        until: u16,
    },
    /// Never quiet.
    NoQuietHours,
    /// Ask for quiet hours.
    AskQuietHours,
    /// Open at any time.
    AlwaysOpen,
    /// Ask for the hours in which the group is open.
    AskBusinessHours,
    /// Whose holidays it keeps.
    Holidays(Option<Country>),
    /// The group belongs to the company of that one.
    Belong(GroupId),
    /// A platform administrator's word on a new group.
    Approve(bool),
}
