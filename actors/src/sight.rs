//! Which groups' incidents somebody sees. In a group's chat that is the group's alone; in a private
//! chat it is those of the person's groups, of one company at a time, since its numbers are its own.

use futures_util::future::join_all;

use crate::context::Context;
use crate::domain::notice::ListOf;
use crate::domain::{GroupConfig, GroupId, Incident, PersonId};
use crate::ports::{Store, StoreError};

/// How far back the lists of several groups are put together: nobody turns that many pages, and a
/// made-up button must not have everything read.
const DEEPEST: u32 = 500;

/// About how many people the messenger is asked at once: a letter waits for it, and it does not like
/// many questions.
const ASKED_AT_ONCE: usize = 8;

/// The group itself, and those of its company in which somebody was seen, and is as far as the
/// messenger tells.
pub(crate) async fn groups_in_sight(
    context: &Context,
    config: &GroupConfig,
    person: PersonId,
) -> Result<Vec<GroupId>, StoreError> {
    let mut groups = vec![config.id];
    if config.siblings.is_empty() {
        return Ok(groups);
    }
    for id in context.store.groups_of(person).await? {
        if config.siblings.contains(&id)
            && let Some(other) = context.store.group(id).await?
            && context.roll.is_in(other.chat, person).await != Some(false)
        {
            groups.push(id);
        }
    }
    Ok(groups)
}

/// A page of what is listed in these groups of one company, newest first, and how many there are.
pub(crate) async fn listed(
    store: &dyn Store,
    groups: &[GroupId],
    of: ListOf,
    (offset, limit): (u32, u32),
) -> Result<(Vec<Incident>, u32), StoreError> {
    if let [only] = groups {
        return store.list(*only, of, offset, limit).await;
    }
    let reach = match offset <= DEEPEST {
        true => offset.saturating_add(limit),
        false => 0,
    };
    let (mut all, mut total) = (Vec::new(), 0_u32);
    for group in groups {
        let (incidents, count) = store.list(*group, of, 0, reach).await?;
        all.extend(incidents);
        total = total.saturating_add(count);
    }
    all.sort_by_key(|incident| std::cmp::Reverse(incident.identity.number));
    let page = all.into_iter().skip(offset as usize).take(limit as usize);
    Ok((page.collect(), total))
}

/// Whether what a group would tell somebody in person is none of theirs: they work for the company in
/// other groups alone, and have no part in what it is about.
pub(crate) async fn is_none_of_theirs(
    context: &Context,
    config: &GroupConfig,
    incident: Option<&Incident>,
    person: PersonId,
) -> bool {
    let concerned = incident.is_some_and(|it| it.concerns(person));
    let asked = !config.siblings.is_empty() && !concerned;
    asked && context.roll.is_in(config.chat, person).await == Some(false)
}

/// Those of these people who are in a group's chat, as far as the messenger tells.
pub(crate) async fn present(
    context: &Context,
    config: &GroupConfig,
    people: &[PersonId],
) -> Vec<PersonId> {
    let mut here = Vec::new();
    for some in people.chunks(ASKED_AT_ONCE) {
        let asked = some.iter().map(|it| context.roll.is_in(config.chat, *it));
        let told = join_all(asked).await;
        let there = some
            .iter()
            .zip(told)
            .filter(|(_, told)| *told != Some(false));
        here.extend(there.map(|(person, _)| *person));
    }
    here
}
