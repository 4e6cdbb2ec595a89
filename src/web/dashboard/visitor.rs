//! Who looks, and what they may see: asked for each page, so that whoever leaves a group sees no
//! more of it as soon as Telegram tells, or within the minute for which its word is kept.

use std::collections::HashSet;
use std::sync::Arc;

use actors::domain::{CompanyId, GroupConfig, GroupId, Language, Person};
use actors::ports::{SecretDigest, StoreError};
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, SET_COOKIE};
use futures_util::future::join_all;

use super::{Dashboard, Trouble, layout};

/// In how many groups somebody is looked for: each costs a question to Telegram.
const GROUPS_LIMIT: usize = 32;

/// Somebody who is signed in.
pub(super) struct Visitor {
    /// Who.
    pub(super) person: Person,
    /// The groups they are in, and so may see; at least one.
    pub(super) groups: Vec<Arc<GroupConfig>>,
    /// In which language pages are.
    pub(super) language: Language,
}

impl Visitor {
    /// A group they may see.
    pub(super) fn group(&self, id: GroupId) -> Option<&Arc<GroupConfig>> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// The groups whose figures they may see.
    pub(super) fn managed(&self) -> impl Iterator<Item = &Arc<GroupConfig>> {
        let manages = |group: &&Arc<GroupConfig>| group.managers.contains(&self.person.id);
        self.groups.iter().filter(manages)
    }

    /// How many companies they work for.
    pub(super) fn companies(&self) -> usize {
        let companies: HashSet<CompanyId> = self.groups.iter().map(|it| it.company).collect();
        companies.len()
    }
}

/// Who a request comes from; whoever is not signed in is asked to.
pub(super) async fn of(dashboard: &Dashboard, headers: &HeaderMap) -> Result<Visitor, Trouble> {
    if let Some(session) = dashboard.session_in(headers)
        && let Some(visitor) = dashboard.visitor(session).await?
    {
        return Ok(visitor);
    }
    let mut answer = layout::sign_in_needed(dashboard, spoken(headers));
    if let Some(forget) = dashboard.cookie(None) {
        answer.headers_mut().insert(SET_COOKIE, forget);
    }
    Err(answer.into())
}

/// The first language of a browser that the desk speaks.
pub(super) fn spoken(headers: &HeaderMap) -> Language {
    let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok());
    let mut wanted = wanted.unwrap_or_default().split(',').filter_map(|tag| {
        let tag = tag.trim().get(..2)?.to_ascii_lowercase();
        Language::ALL.into_iter().find(|it| it.tag() == tag)
    });
    wanted.next().unwrap_or_default()
}

impl Dashboard {
    /// Whose session that is. It ends with the last group that its person is in.
    async fn visitor(&self, session: SecretDigest) -> Result<Option<Visitor>, StoreError> {
        let now = self.clock.now();
        let Some(id) = self.store.session_of(&session, now).await? else {
            return Ok(None);
        };
        let person = self.store.people(&[id]).await?.pop();
        let person = person.unwrap_or_else(|| Person::unknown(id));
        let groups = self.groups_of(&person).await?;
        let Some(first) = groups.first() else {
            self.store.end_session(session).await?;
            return Ok(None);
        };
        let language = person.language.unwrap_or(first.settings.language);
        Ok(Some(Visitor {
            person,
            groups,
            language,
        }))
    }

    /// The groups in which somebody was seen, and is as far as can be told.
    pub(super) async fn groups_of(
        &self,
        person: &Person,
    ) -> Result<Vec<Arc<GroupConfig>>, StoreError> {
        let mut groups = Vec::new();
        for id in self
            .store
            .groups_of(person.id)
            .await?
            .into_iter()
            .take(GROUPS_LIMIT)
        {
            groups.extend(self.store.group(id).await?.map(Arc::new));
        }
        let asked = groups.iter().map(|it| self.roll.is_in(it.chat, person.id));
        let present = join_all(asked).await;
        let both = groups.into_iter().zip(present);
        let there = both.filter(|(_, present)| *present != Some(false));
        Ok(there.map(|(group, _)| group).collect())
    }
}
