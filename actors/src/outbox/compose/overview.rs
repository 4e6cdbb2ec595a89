//! Reads what a report says: for letters, and for whoever shows the same figures elsewhere.

use chrono::{DateTime, Utc};

use crate::context::Context;
use crate::domain::kpi::{Depth, Overview, ReportForm, Span};
use crate::domain::{GroupConfig, Incident};
use crate::overview::{Subject, listed, overview};
use crate::ports::{Background, Store, StoreError};

/// Reads the figures; for a table also the incidents.
pub(super) async fn compose(
    context: &Context,
    (span, at, form): (Span, DateTime<Utc>, ReportForm),
    found: &mut Background,
) -> Result<(), StoreError> {
    let Some(group) = &found.group else {
        return Ok(());
    };
    let depth = match form.names_people() {
        true => Depth::People,
        false => Depth::Figures,
    };
    let store = &*context.store;
    let subject = Subject::of(group, (span, at), depth);
    let mut overview = overview(store, &subject, context.clock.now()).await?;
    if form.lists_incidents() {
        (found.incidents, overview.cut) = listed(store, &subject).await?;
    }
    found.overview = Some(overview);
    Ok(())
}

/// The figures of a group in the day, week or month around a moment; work that goes on ends with
/// `now`.
///
/// # Errors
/// When the store does not answer.
pub async fn read(
    store: &dyn Store,
    group: &GroupConfig,
    (span, at): (Span, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<Overview, StoreError> {
    overview(store, &Subject::of(group, (span, at), Depth::People), now).await
}

/// The incidents that a table of these figures lists; notes there if it cannot hold all of them.
///
/// # Errors
/// When the store does not answer.
pub async fn list(
    store: &dyn Store,
    group: &GroupConfig,
    overview: &mut Overview,
) -> Result<Vec<Incident>, StoreError> {
    let subject = Subject {
        groups: vec![group.id],
        window: overview.window,
        parts: Vec::new(),
        depth: Depth::Figures,
    };
    let (incidents, cut) = listed(store, &subject).await?;
    overview.cut = cut;
    Ok(incidents)
}
