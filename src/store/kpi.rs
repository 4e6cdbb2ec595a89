//! Reading for reports what `actors::domain::kpi` counts.

use std::collections::HashMap;

use actors::domain::kpi::{
    CallFact, ClaimFact, Depth, Fact, Facts, IncidentFact, Slice, Window, WorkFact,
};
use actors::domain::{DepartmentId, GroupId, Incident, IncidentId, PersonId, Urgency};

use super::columns::{Asked, Rows};
use super::engine::Engine;
use super::fault::Fault;
use super::statements::{Columns, kpi as sql};
use super::text::parse;
use super::value::values;

const UNLIKE: Fault = Fault::Inconsistent("a row for a report is not as it was asked for");

/// What reports count of a group in a window.
pub(super) async fn facts(
    engine: &Engine,
    group: GroupId,
    window: Window,
    depth: Depth,
) -> Result<Facts, Fault> {
    let moments = values![window.from, window.until, group];
    let asked = |columns: Columns, values| Asked {
        columns,
        values: moments.iter().take(values).cloned().collect(),
    };
    let mut all = vec![
        asked(sql::INCIDENTS_COUNTED, 3),
        asked(sql::CLAIMS_COUNTED, 3),
        asked(sql::REOPENINGS_COUNTED, 2),
        asked(sql::LOST_CLAIMS_COUNTED, 2),
        asked(sql::CALLS_COUNTED, 2),
        asked(sql::ACKNOWLEDGEMENTS_COUNTED, 2),
    ];
    if depth == Depth::People {
        all.push(asked(sql::TAKINGS_COUNTED, 2));
        all.push(asked(sql::WORK_COUNTED, 2));
    }
    let answers = engine.rows(all).await?;
    let [
        incidents,
        claims,
        reopenings,
        lost,
        calls,
        acknowledged,
        people @ ..,
    ] = answers.as_slice()
    else {
        return Err(UNLIKE);
    };
    let mut gathered = Gathered::of(incidents)?;
    gathered.claims(claims)?;
    gathered.reopenings(reopenings)?;
    gathered.lost(lost)?;
    gathered.calls(calls)?;
    gathered.acknowledged(acknowledged)?;
    if let [takings, work] = people {
        gathered.takings(takings)?;
        gathered.work(work)?;
    }
    Ok(gathered.facts)
}

/// What was read so far. Rows of incidents that are not among those of the group are another
/// group's: whatever happened to an incident in a window, it was open then, or it is open now.
struct Gathered {
    facts: Facts,
    slices: HashMap<i64, Slice>,
}

impl Gathered {
    fn of(rows: &Rows) -> Result<Self, Fault> {
        let mut gathered = Self {
            facts: Facts::default(),
            slices: HashMap::with_capacity(rows.cells.len() / rows.width.max(1)),
        };
        for row in rows.iter() {
            let fact = incident(row)?;
            gathered.slices.insert(fact.id.0, fact.of);
            gathered.facts.incidents.push(fact);
        }
        Ok(gathered)
    }

    /// Under what the incident counts that a row is about, if it is one of the group's.
    fn slice(&self, incident: i64) -> Option<Slice> {
        self.slices.get(&incident).copied()
    }

    fn claims(&mut self, rows: &Rows) -> Result<(), Fault> {
        self.facts.claims.reserve(rows.cells.len() / 4);
        for row in rows.iter() {
            let [
                Some(incident),
                department,
                Some(assigned_at),
                Some(claimed_at),
            ] = *row
            else {
                return Err(UNLIKE);
            };
            if let Some(slice) = self.slice(incident) {
                self.facts.claims.push(ClaimFact {
                    of: there(slice, department),
                    assigned_at,
                    claimed_at,
                });
            }
        }
        Ok(())
    }

    fn reopenings(&mut self, rows: &Rows) -> Result<(), Fault> {
        for row in rows.iter() {
            let [Some(incident), Some(at)] = *row else {
                return Err(UNLIKE);
            };
            let of = self.slice(incident);
            self.facts.reopenings.extend(of.map(|of| Fact { of, at }));
        }
        Ok(())
    }

    fn lost(&mut self, rows: &Rows) -> Result<(), Fault> {
        for row in rows.iter() {
            let [Some(incident), department, Some(person), Some(at)] = *row else {
                return Err(UNLIKE);
            };
            let of = self.slice(incident).map(|slice| there(slice, department));
            let lost = of.map(|of| (Fact { of, at }, PersonId(person)));
            self.facts.lost.extend(lost);
        }
        Ok(())
    }

    fn calls(&mut self, rows: &Rows) -> Result<(), Fault> {
        for row in rows.iter() {
            let (incident, at, call) = match *row {
                [Some(incident), Some(at), Some(1)] => (incident, at, CallFact::Warned),
                [Some(incident), Some(at), Some(2)] => (incident, at, CallFact::Called),
                [Some(incident), Some(at), Some(3)] => (incident, at, CallFact::Undelivered),
                _ => return Err(UNLIKE),
            };
            self.called(incident, at, call);
        }
        Ok(())
    }

    fn acknowledged(&mut self, rows: &Rows) -> Result<(), Fault> {
        for row in rows.iter() {
            let [Some(incident), Some(at), called_at] = *row else {
                return Err(UNLIKE);
            };
            self.called(incident, at, CallFact::Acknowledged { called_at });
        }
        Ok(())
    }

    fn called(&mut self, incident: i64, at: i64, call: CallFact) {
        let of = self.slice(incident);
        let call = of.map(|of| (IncidentId(incident), Fact { of, at }, call));
        self.facts.calls.extend(call);
    }

    fn takings(&mut self, rows: &Rows) -> Result<(), Fault> {
        for row in rows.iter() {
            let [Some(incident), Some(person), Some(at)] = *row else {
                return Err(UNLIKE);
            };
            let of = self.slice(incident);
            let taking = of.map(|of| (Fact { of, at }, PersonId(person)));
            self.facts.takings.extend(taking);
        }
        Ok(())
    }

    fn work(&mut self, rows: &Rows) -> Result<(), Fault> {
        for row in rows.iter() {
            let [Some(incident), Some(person), Some(began_at), ended_at] = *row else {
                return Err(UNLIKE);
            };
            let work = self.slice(incident).map(|of| WorkFact {
                of,
                person: PersonId(person),
                began_at,
                ended_at,
            });
            self.facts.work.extend(work);
        }
        Ok(())
    }
}

/// Where it was at the time.
fn there(slice: Slice, department: Option<i64>) -> Slice {
    Slice {
        department: department.map(DepartmentId),
        ..slice
    }
}

fn incident(row: &[Option<i64>]) -> Result<IncidentFact, Fault> {
    let [
        Some(id),
        Some(marks),
        Some(opened_at),
        closed_at,
        done_at,
        done_by,
        Some(on_hold),
    ] = *row
    else {
        return Err(UNLIKE);
    };
    let mut marks = Marks(marks);
    let rated_by_person = marks.next(2) == 1;
    let by_clock = marks.next(2) == 1;
    let in_time = match marks.next(3) {
        0 => None,
        in_time => Some(in_time == 2),
    };
    let said = urgency(marks.next(5))?;
    let rated = urgency(marks.next(5))?;
    let Marks(department) = marks;
    Ok(IncidentFact {
        id: IncidentId(id),
        of: Slice {
            department: (department > 0).then_some(DepartmentId(department)),
            urgency: rated,
        },
        opened_at,
        closed_at,
        by_clock,
        done_at,
        done_by: done_by.map(PersonId),
        in_time,
        on_hold,
        said,
        rated_by_person,
    })
}

/// Several small numbers in one, last things first.
struct Marks(i64);

impl Marks {
    /// The last of them, of so many values.
    fn next(&mut self, values: i64) -> i64 {
        let next = self.0.rem_euclid(values);
        self.0 = self.0.div_euclid(values);
        next
    }
}

/// By the number that the statement gave it.
fn urgency(number: i64) -> Result<Option<Urgency>, Fault> {
    match number {
        0 => Ok(None),
        1 => Ok(Some(Urgency::Critical)),
        2 => Ok(Some(Urgency::SameDay)),
        3 => Ok(Some(Urgency::Planned)),
        _ => Err(Fault::Inconsistent("an urgency is not known")),
    }
}

/// Incidents that were raised or closed in a window, by number.
pub(super) async fn incidents(
    engine: &Engine,
    group: GroupId,
    window: Window,
    limit: u32,
) -> Result<Vec<Incident>, Fault> {
    let values = values![group, window.from, window.until, i64::from(limit)];
    let rows = engine.texts(sql::IN_WINDOW, values.to_vec()).await?;
    rows.iter()
        .map(|(body,)| parse("an incident", body))
        .collect()
}
