//! Reads what a report says: for letters, and for whoever shows the same figures elsewhere.

use chrono::{DateTime, Utc};

use crate::context::Context;
use crate::domain::kpi::{Overview, ReportForm, Scope, Span};
use crate::domain::{GroupConfig, Incident};
use crate::ports::{Background, Store, StoreError};

/// How many incidents a table holds: a year of a busy group, in a few megabytes. Telegram takes 50.
const ROW_LIMIT: u32 = 20_000;

/// How many people are named: more than work for a group.
const PEOPLE_LIMIT: u32 = 200;

/// How many missed criticals are named: a screen of a phone.
const MISSED_LIMIT: u32 = 10;

/// Reads the figures of the window, of its parts and of each department; for a table also the
/// incidents.
pub(super) async fn compose(
    context: &Context,
    (span, at, form): (Span, DateTime<Utc>, ReportForm),
    found: &mut Background,
) -> Result<(), StoreError> {
    let Some(group) = &found.group else {
        return Ok(());
    };
    let now = context.clock.now();
    let mut overview = read(&*context.store, group, (span, at), now).await?;
    if form.lists_incidents() {
        found.incidents = list(&*context.store, group, &mut overview).await?;
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
    let zone = group.settings.time_zone;
    let window = span.around(at, zone);
    let scope = Scope::of(group.id);
    let whole = store.figures(scope, window).await?;
    let mut parts = Vec::new();
    for part in span.parts(window, zone) {
        parts.push((part, store.figures(scope, part).await?));
    }
    let ratings = store.ratings(scope, window).await?;
    let missed = match ratings.missed_criticals() {
        0 => Vec::new(),
        _ => store.missed_criticals(scope, window, MISSED_LIMIT).await?,
    };
    let people = store.deeds(scope, window, now, PEOPLE_LIMIT).await?;
    let mut departments = Vec::new();
    for department in &group.departments {
        let scope = Scope {
            department: Some(department.id),
            ..scope
        };
        departments.push((department.id, store.figures(scope, window).await?));
    }
    Ok(Overview {
        window,
        whole,
        parts,
        departments,
        people,
        ratings,
        missed,
        cut: false,
    })
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
    let window = overview.window;
    let mut incidents = store.incidents_in(group.id, window, ROW_LIMIT + 1).await?;
    let limit = usize::try_from(ROW_LIMIT).unwrap_or(usize::MAX);
    overview.cut = incidents.len() > limit;
    incidents.truncate(limit);
    Ok(incidents)
}
