//! A new group founds a company of its own; as long as nothing has happened there, whoever manages
//! another company may bring it under that one.

use std::collections::HashSet;
use std::sync::Arc;

use crate::context::Context;
use crate::domain::group::GroupStatus;
use crate::domain::{GroupConfig, PersonId, Refusal};
use crate::ports::{Store, StoreError};

/// How many groups a company may have: some of what is asked in private looks at each of them.
const GROUPS_LIMIT: usize = 30;

/// In how many groups it is looked for what somebody manages: each costs a question to the messenger.
const SEARCHED: usize = 32;

/// How many companies are offered: more would be a page of their own.
const OFFERED: usize = 5;

/// Why a group cannot come under another company, if it cannot: numbers would not follow each other,
/// or its company would be torn apart.
pub(crate) async fn hindrance(
    store: &dyn Store,
    config: &GroupConfig,
) -> Result<Option<Refusal>, StoreError> {
    if !config.siblings.is_empty() {
        return Ok(Some(Refusal::SeveralGroups));
    }
    let had_incidents = !store.recent(config.id, 1).await?.is_empty();
    Ok(had_incidents.then_some(Refusal::NumbersGiven))
}

/// Whether a company can have no more groups.
pub(crate) fn is_full(of: &GroupConfig) -> bool {
    of.siblings.len() + 1 >= GROUPS_LIMIT
}

/// Of each other company that somebody manages, and is in as far as the messenger tells: its oldest
/// group that works.
pub(crate) async fn managed_elsewhere(
    context: &Context,
    config: &GroupConfig,
    person: PersonId,
) -> Result<Vec<Arc<GroupConfig>>, StoreError> {
    let store = &*context.store;
    let mut seen = HashSet::from([config.company]);
    let mut oldest = Vec::new();
    for id in store.groups_of(person).await?.into_iter().take(SEARCHED) {
        let Some(theirs) = store.group(id).await? else {
            continue;
        };
        if theirs.managers.contains(&person)
            && !seen.contains(&theirs.company)
            && context.roll.is_in(theirs.chat, person).await != Some(false)
        {
            seen.insert(theirs.company);
            oldest.push(Arc::new(oldest_of(store, theirs).await?));
        }
    }
    Ok(oldest)
}

async fn oldest_of(store: &dyn Store, group: GroupConfig) -> Result<GroupConfig, StoreError> {
    for id in group.siblings.iter().filter(|it| **it < group.id) {
        let older = store.group(*id).await?;
        if let Some(older) = older.filter(|it| it.status == GroupStatus::Active) {
            return Ok(older);
        }
    }
    Ok(group)
}

/// What is offered to these people of a group: the companies that one of them manages beside it.
pub(crate) async fn offered(
    context: &Context,
    config: &GroupConfig,
    people: &[PersonId],
) -> Result<Vec<Arc<GroupConfig>>, StoreError> {
    let mut offered: Vec<Arc<GroupConfig>> = Vec::new();
    if hindrance(&*context.store, config).await?.is_some() {
        return Ok(offered);
    }
    for person in people.iter().take(OFFERED) {
        for group in managed_elsewhere(context, config, *person).await? {
            if !is_full(&group) && !offered.iter().any(|it| it.id == group.id) {
                offered.push(group);
            }
        }
    }
    offered.truncate(OFFERED);
    Ok(offered)
}
