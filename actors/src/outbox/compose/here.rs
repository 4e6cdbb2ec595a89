//! Groups of a company share its people, and each speaks only to those, and of those, who are in it. The
//! configuration knows who works for the company, and only the messenger who is where, so it is asked
//! when a letter is composed.

use std::sync::Arc;

use super::{away, is_private, offers_members};
use crate::context::Context;
use crate::domain::{DepartmentId, GroupConfig, Incident, Person, PersonId, Says, Urgency};
use crate::ports::{Background, OutboxRow, StoreError};
use crate::sight::{is_none_of_theirs, present};

/// About how many people of a department the messenger is asked for one letter, those on duty first: a
/// letter names far fewer.
const ASKED_ABOUT: usize = 50;

/// What a private word is to its reader.
pub(super) enum Reader {
    /// Theirs to hear.
    Concerned,
    /// About a group that they are not in.
    Elsewhere,
    /// The same, and whoever else could hear it is not in that group either.
    LikeAllOthers,
}

/// What a private word about an incident, about figures, or about who wants to be let in, is to its
/// reader.
pub(super) async fn reader(
    context: &Context,
    row: &OutboxRow,
    incident: Option<&Incident>,
) -> Result<Reader, StoreError> {
    let asks_to_join = matches!(row.says, Says::JoinRequested { .. });
    let tells = incident.is_some() || asks_to_join || matches!(row.says, Says::Report { .. });
    let (Some(person), Some(group), true) = (row.person, row.group, tells && is_private(row))
    else {
        return Ok(Reader::Concerned);
    };
    let Some(group) = context.store.group(group).await? else {
        return Ok(Reader::Concerned);
    };
    if !is_none_of_theirs(context, &group, incident, person).await {
        return Ok(Reader::Concerned);
    }
    let alone = asks_to_join && present(context, &group, &group.managers).await.is_empty();
    Ok(match alone {
        true => Reader::LikeAllOthers,
        false => Reader::Elsewhere,
    })
}

/// Whether a word about an incident is none of its reader's.
pub(super) async fn withheld(
    context: &Context,
    word: &OutboxRow,
    incident: &Incident,
) -> Result<bool, StoreError> {
    let reader = reader(context, word, Some(incident)).await?;
    Ok(!matches!(reader, Reader::Concerned))
}

/// Whether it calls people, who may turn out not to be in the group.
pub(super) fn calls(says: &Says) -> bool {
    matches!(
        says,
        Says::NewInDepartment { .. }
            | Says::Nudge { .. }
            | Says::EscalationWarned { .. }
            | Says::DepartmentMissing { .. }
    )
}

/// The group that speaks, where its company has several.
fn one_of_several<'a>(row: &OutboxRow, background: &'a Background) -> Option<&'a GroupConfig> {
    let group = background.group.as_deref();
    group.filter(|it| it.chat == row.chat && !it.siblings.is_empty())
}

/// What is said, with the names of those who are in the group: the others would not hear it.
pub(super) async fn said_here(context: &Context, row: &OutboxRow, background: &Background) -> Says {
    let mut says = row.says.clone();
    let Some(group) = one_of_several(row, background) else {
        return says;
    };
    let incident = background.incident.as_ref();
    let (department, is_new) = match &says {
        Says::NewInDepartment { department, .. } => (Some(*department), true),
        Says::Nudge { department, .. } => (Some(*department), false),
        _ => (incident.and_then(Incident::department), false),
    };
    let must_be_somebody = matches!(says, Says::DepartmentMissing { .. });
    if let Says::NewInDepartment { call, .. }
    | Says::Nudge { call, .. }
    | Says::EscalationWarned { call, .. }
    | Says::DepartmentMissing { call, .. } = &mut says
        && !call.is_empty()
    {
        let mut here = present(context, group, call).await;
        if here.is_empty() {
            let critical = incident.is_some_and(|it| it.urgency == Some(Urgency::Critical));
            let others = others(group, department.filter(|_| critical), is_new);
            here = present(context, group, &others).await;
        }
        if !(here.is_empty() && must_be_somebody) {
            *call = here;
        }
    }
    says
}

/// Who is called where nobody who is on duty is in the group: everybody of a department that has
/// something critical, and managers of what lies about. What is new is called out by the department's
/// name then, as for one without members.
fn others(group: &GroupConfig, critical_for: Option<DepartmentId>, is_new: bool) -> Vec<PersonId> {
    match critical_for.and_then(|it| group.department(it)) {
        Some(department) => department
            .members
            .iter()
            .take(ASKED_ABOUT)
            .copied()
            .collect(),
        None if is_new => Vec::new(),
        None => group.managers.clone(),
    }
}

/// Who is called at the head of a message in the group.
pub(super) async fn mentioned(
    context: &Context,
    row: &OutboxRow,
    background: &Background,
) -> Vec<Person> {
    let (told, mut called) = away::named(row, background);
    let several = background.group.as_deref();
    if let Some(group) = several.filter(|it| !it.siblings.is_empty()) {
        called = present(context, group, &called).await;
    }
    called.retain(|person| !told.contains(person));
    let people = row.person.iter().chain(&row.also).chain(&told);
    let people = people.chain(&called);
    people.map(|id| background.person(*id)).collect()
}

/// Where members are offered or listed, those of them who are in the group: only they could take
/// anything there. Whoever asks about themselves is shown themselves.
pub(super) async fn only_those_here(context: &Context, row: &OutboxRow, found: &mut Background) {
    let several = found.group.as_deref().filter(|it| !it.siblings.is_empty());
    let Some(group) = several.filter(|_| offers_members(&row.says)) else {
        return;
    };
    let asker = match row.says {
        Says::Duty { person } => Some(person),
        _ => None,
    };
    let of_incident = found.incident.as_ref().and_then(Incident::department);
    let mut group = group.clone();
    for index in 0..group.departments.len() {
        let Some(department) = group.departments.get(index) else {
            break;
        };
        if of_incident.is_some_and(|it| it != department.id) {
            continue;
        }
        let on_duty = group.on_duty(department.id, context.clock.now());
        let off_duty = department.members.iter().copied();
        let off_duty = off_duty.filter(|it| !on_duty.contains(it));
        let asked = on_duty.iter().copied().chain(off_duty);
        let asked: Vec<PersonId> = asked.take(ASKED_ABOUT).collect();
        let here = present(context, &group, &asked).await;
        if let Some(department) = group.departments.get_mut(index) {
            let shown = |person: &PersonId| here.contains(person) || Some(*person) == asker;
            department.members.retain(shown);
        }
    }
    found.group = Some(Arc::new(group));
}
