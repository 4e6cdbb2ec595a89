//! Reads what a report says.

use chrono::{DateTime, Utc};

use crate::context::Context;
use crate::domain::kpi::{Overview, ReportForm, Scope, Span};
use crate::ports::{Background, StoreError};

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
    let store = &context.store;
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
    let now = context.clock.now();
    let people = store.deeds(scope, window, now, PEOPLE_LIMIT).await?;
    let mut departments = Vec::new();
    for department in &group.departments {
        let scope = Scope {
            department: Some(department.id),
            ..scope
        };
        departments.push((department.id, store.figures(scope, window).await?));
    }
    if form.lists_incidents() {
        found.incidents = store.incidents_in(group.id, window, ROW_LIMIT + 1).await?;
    }
    let limit = usize::try_from(ROW_LIMIT).unwrap_or(usize::MAX);
    let cut = found.incidents.len() > limit;
    found.incidents.truncate(limit);
    found.overview = Some(Overview {
        window,
        whole,
        parts,
        departments,
        people,
        ratings,
        missed,
        cut,
    });
    Ok(())
}
