//! What the dashboard needs: who is signed in to it, what is open, and how a person gets in.

use std::fmt;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::failure::StoreError;
use crate::domain::{DepartmentId, GroupId, Incident, PersonId, Urgency};

/// The SHA-256 of a secret, in hexadecimal. The store knows no more of links and sessions than
/// that, so nobody gets in by a copy of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretDigest(pub String);

/// The address by which a person signs in, once. Whoever has it is that person, so no formatting
/// shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct SignInLink(pub String);

impl fmt::Debug for SignInLink {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SignInLink([REDACTED])")
    }
}

/// Lets people in. Asked at the moment a letter is delivered, so that a link is as young as can be
/// and stands in no row.
#[async_trait]
pub trait SignIn: Send + Sync + 'static {
    /// A new link for a person; their earlier ones are good no more.
    ///
    /// # Errors
    /// When the store does not keep it.
    async fn link_for(&self, person: PersonId) -> Result<SignInLink, StoreError>;
}

/// What lasts of the dashboard.
#[async_trait]
pub trait Dashboard: Send + Sync + 'static {
    /// Keeps a link in place of earlier ones of that person.
    async fn keep_sign_in(
        &self,
        link: SecretDigest,
        person: PersonId,
        until: DateTime<Utc>,
    ) -> Result<(), StoreError>;

    /// Whose link that is, while it is good. It stays so.
    async fn sign_in_of(
        &self,
        link: &SecretDigest,
        now: DateTime<Utc>,
    ) -> Result<Option<PersonId>, StoreError>;

    /// Uses a link up and begins a session of its person: of many who try at once, one does.
    async fn begin_session(
        &self,
        link: SecretDigest,
        session: SecretDigest,
        (now, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<Option<PersonId>, StoreError>;

    /// Whose session that is, while it lasts.
    async fn session_of(
        &self,
        session: &SecretDigest,
        now: DateTime<Utc>,
    ) -> Result<Option<PersonId>, StoreError>;

    /// Ends a session.
    async fn end_session(&self, session: SecretDigest) -> Result<(), StoreError>;

    /// Open incidents of these groups, what presses first: critical and late, critical, late, the
    /// rest; of each the oldest first.
    async fn board(&self, wanted: &BoardFilter, now: DateTime<Utc>) -> Result<Board, StoreError>;
}

/// How many groups a board holds at most: few people are in more.
pub const BOARD_GROUPS: usize = 8;

/// Which open incidents are looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BoardFilter {
    /// Of which groups; of more than [`BOARD_GROUPS`] the first.
    pub groups: Vec<GroupId>,
    /// Only of this department.
    pub department: Option<DepartmentId>,
    /// Only of this urgency.
    pub urgency: Option<Urgency>,
    /// Only those that stand so.
    pub lane: Option<Lane>,
    /// Only those that are late.
    pub late: bool,
    /// How many to leave out.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

/// Where an open incident stands, as coarsely as a board tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lane {
    /// Nobody has it.
    Unclaimed,
    /// Somebody has it.
    Underway,
    /// Somebody has it and cannot go on.
    OnHold,
    /// It is done but for a summary or a confirmation.
    Finishing,
}

impl Lane {
    /// Each, in the order of work.
    pub const ALL: [Self; 4] = [
        Self::Unclaimed,
        Self::Underway,
        Self::OnHold,
        Self::Finishing,
    ];

    /// Its name in addresses and statements.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unclaimed => "unclaimed",
            Self::Underway => "underway",
            Self::OnHold => "on-hold",
            Self::Finishing => "finishing",
        }
    }

    /// The lane of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lane| lane.name() == name)
    }
}

/// What is open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Board {
    /// A page of it.
    pub incidents: Vec<Incident>,
    /// How many the filter lets through.
    pub total: u32,
    /// How many there are of each kind without any filter.
    pub tally: Tally,
}

/// How many are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// All of them.
    pub open: u32,
    /// Critical ones.
    pub critical: u32,
    /// Those whose target has passed while somebody could have worked on them.
    pub late: u32,
    /// Those that nobody has.
    pub unclaimed: u32,
}
