//! Why a command was refused: data, so that it can be said in any language.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::id::{DepartmentId, IncidentId, IncidentNumber, PersonId};
use super::incident::Resolution;

/// A refusal: nothing changed, and this is why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    /// Somebody else claimed first: who, when, how long before now, and by how much the asker
    /// lost if they lost a race.
    AlreadyClaimed {
        /// The owner.
        owner: PersonId,
        /// When the owner claimed.
        at: DateTime<Utc>,
        /// How long ago that was.
        #[serde(with = "milliseconds")]
        ago: Duration,
        /// Whether joining as a helper is open to the asker.
        may_join: bool,
    },
    /// It is the asker's already.
    AlreadyYours,
    /// Somebody else looks after it already.
    AlreadyAcknowledged {
        /// Who.
        by: PersonId,
        /// Since when.
        at: DateTime<Utc>,
    },
    /// The asker helps already.
    AlreadyHelping,
    /// It has that department, urgency or stage already.
    AlreadySo,
    /// It is over.
    Closed {
        /// How it ended.
        resolution: Resolution,
        /// When.
        at: DateTime<Utc>,
        /// By whom.
        by: Option<PersonId>,
    },
    /// The words are no levels of people to be called.
    NotAChain,
    /// The button stood on a card that has moved on; the card was drawn anew.
    StaleCard,
    /// No department was chosen yet.
    NoDepartmentYet,
    /// Nobody has claimed it yet.
    NotClaimed,
    /// It was not begun, or not blocked, or not done: the verb does not fit where it stands.
    NotNow,
    /// Only members of the department may.
    MembersOnly {
        /// Which.
        department: DepartmentId,
    },
    /// The asker waits for a manager's answer to be let in.
    AlreadyAsked {
        /// Which.
        department: DepartmentId,
    },
    /// Only those who work on it may.
    WorkersOnly,
    /// The asker has resolved it already and still owes the summary.
    SummaryOwed,
    /// Only the resolver may give the summary.
    ResolverOnly {
        /// Who.
        resolver: PersonId,
    },
    /// Only the reporter or a manager may.
    ReporterOrManagerOnly,
    /// Only a manager may.
    ManagersOnly,
    /// Only a dispatcher or a manager may.
    DirectorsOnly,
    /// The asker has nothing to do with it.
    NotConcerned,
    /// There is no such department in this company.
    NoSuchDepartment,
    /// That person is not a member of the department.
    NotAMember {
        /// Who.
        person: PersonId,
    },
    /// Words are missing.
    WordsMissing,
    /// What was written is no date.
    NotADate,
    /// What was written is no weekly schedule.
    NotASchedule,
    /// That moment has passed.
    NotInTheFuture,
    /// An incident cannot repeat itself.
    DuplicateOfItself,
    /// It was closed too long ago to be opened again.
    TooLateToReopen {
        /// When it was closed.
        closed_at: DateTime<Utc>,
    },
    /// Neither text nor photo was given.
    EmptyReport,
    /// Only those who registered may report here.
    RegistrationNeeded,
    /// That message was made an incident already.
    AlreadyReported {
        /// Which.
        incident: IncidentId,
        /// Its number.
        number: IncidentNumber,
    },
    /// There is no incident of that number here.
    NoSuchIncident,
    /// The command lacks something, such as the number.
    Malformed,
    /// There is no such command.
    UnknownCommand,
    /// Nobody of that name has spoken here.
    NoSuchPerson,
    /// The desk does not work here, or not yet.
    GroupInactive,
    /// The asker belongs to no group of the desk.
    NoGroup,
    /// The last manager cannot go.
    LastManager,
    /// A name is empty, too long or taken.
    BadName,
    /// Groups post as themselves: who asked cannot be told.
    Anonymous,
    /// It only works in a group.
    GroupOnly,
    /// It only works in a private chat.
    PrivateOnly,
    /// Words say neither when work comes again nor what is to be done.
    NotARule,
    /// More work comes again than a page shows.
    TooManyRules,
    /// A group that has had incidents stays with its company, whose numbers they carry.
    NumbersGiven,
    /// A company of several groups comes under no other.
    SeveralGroups,
    /// A company has as many groups as it may.
    TooManyGroups,
    /// No place was named.
    PlaceMissing,
    /// More places were named than are made at once.
    TooManyPlaces,
    /// Only for those who are in the group.
    NotInGroup,
    /// The button stands there for somebody else.
    NotYours,
    /// Something went wrong on our side; the same again later may work.
    Trouble,
}

/// Durations as whole milliseconds.
mod milliseconds {
    use chrono::Duration;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(value: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i64(value.num_milliseconds())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        i64::deserialize(from).map(Duration::milliseconds)
    }
}
