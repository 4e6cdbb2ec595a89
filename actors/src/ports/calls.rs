//! The part of the store that knows whom calls reached, and what would call nobody.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::failure::StoreError;
use crate::domain::{Incident, IncidentId, PersonId};

/// What lasts of calls about incidents that nobody takes.
#[async_trait]
pub trait Calls: Send + Sync + 'static {
    /// Incidents whose calls did not reach everybody, and that do not know it yet, oldest first.
    async fn unheard(&self, limit: u32) -> Result<Vec<IncidentId>, StoreError>;

    /// Whom an incident's calls did not reach, as far as it does not know it yet.
    async fn unheard_of(&self, incident: IncidentId) -> Result<Vec<PersonId>, StoreError>;

    /// Who was told about an incident in person and who could not be, oldest first; of many the
    /// newest.
    async fn tellings(&self, incident: IncidentId, limit: u32) -> Result<Vec<Telling>, StoreError>;

    /// Critical incidents that lie unclaimed and wait for no call, by their ids, which come after that
    /// one.
    async fn untimed(&self, after: IncidentId, limit: u32) -> Result<Vec<Incident>, StoreError>;
}

/// That somebody was told about an incident in person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Telling {
    /// Who.
    pub person: PersonId,
    /// When it was delivered; `None`: it could not be.
    pub at: Option<DateTime<Utc>>,
    /// Whether privately; otherwise by a mention in the group.
    pub privately: bool,
}
