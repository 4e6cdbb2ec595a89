//! Reads what a report says: for letters, and for whoever shows the same figures elsewhere.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::context::Context;
use crate::domain::kpi::{Depth, Overview, Span};
use crate::domain::{GroupConfig, GroupId, Incident, PersonId, Says};
use crate::overview::{Subject, listed, overview};
use crate::ports::{Background, OutboxRow, Store, StoreError};
use crate::sight::groups_in_sight;

/// Reads the figures; for a table also the incidents.
pub(super) async fn compose(
    context: &Context,
    row: &OutboxRow,
    found: &mut Background,
) -> Result<(), StoreError> {
    let (
        Some(group),
        &Says::Report {
            span,
            at,
            form,
            all_groups,
            ..
        },
    ) = (found.group.clone(), &row.says)
    else {
        return Ok(());
    };
    let depth = match form.names_people() {
        true => Depth::People,
        false => Depth::Figures,
    };
    let store = &*context.store;
    // A group reads of itself alone.
    let sight = match row.chat.is_group() {
        true => vec![group.id],
        false => groups_in_sight(context, &group, PersonId(row.chat.0)).await?,
    };
    for other in sight.iter().skip(1) {
        found
            .groups
            .extend(store.group(*other).await?.map(Arc::new));
    }
    let groups = match all_groups {
        true => sight,
        false => vec![group.id],
    };
    let subject = Subject::of(groups, &group, (span, at), depth);
    let mut overview = overview(store, &subject, context.clock.now()).await?;
    if form.lists_incidents() {
        (found.incidents, overview.cut) = listed(store, &subject).await?;
    }
    found.overview = Some(overview);
    Ok(())
}

/// The figures of groups in the day, week or month around a moment by the clock of one of them; work
/// that goes on ends with `now`.
///
/// # Errors
/// When the store does not answer.
pub async fn read(
    store: &dyn Store,
    (group, groups): (&GroupConfig, &[GroupId]),
    (span, at): (Span, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<Overview, StoreError> {
    let subject = Subject::of(groups.to_vec(), group, (span, at), Depth::People);
    overview(store, &subject, now).await
}

/// The incidents that a table of these figures lists; notes there if it cannot hold all of them.
///
/// # Errors
/// When the store does not answer.
pub async fn list(
    store: &dyn Store,
    groups: &[GroupId],
    overview: &mut Overview,
) -> Result<Vec<Incident>, StoreError> {
    let subject = Subject {
        groups: groups.to_vec(),
        window: overview.window,
        parts: Vec::new(),
        depth: Depth::Figures,
    };
    let (incidents, cut) = listed(store, &subject).await?;
    overview.cut = cut;
    Ok(incidents)
}
