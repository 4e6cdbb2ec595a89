//! What happens to a group as a whole: the bot comes and goes, the chat is renamed or renumbered.

use std::sync::Arc;

use super::{GroupActor, Next, State, refused, silent};
use crate::address::draft;
use crate::domain::group::{DEFAULT_DEPARTMENTS, GroupStatus};
use crate::domain::notice::{ListOf, Menu, Panel};
use crate::domain::{
    Access, Audience, ChatId, Class, GroupConfig, Incident, Language, Notice, PersonId, Refusal,
    Says, Settings,
};
use crate::inbound::{Inbound, Place, What};
use crate::outcome::Unanswered;
use crate::ports::{Commit, CommitError, Draft, Record, Store, StoreError};

/// How many cards are drawn anew at once after a chat changed its number. Each is one message of
/// about twenty a minute; the rest follow with their next change.
const REDRAW_LIMIT: u32 = 100;

impl GroupActor {
    pub(super) async fn bot_added(
        &self,
        state: &mut State,
        inbound: &Inbound,
        may_pin: bool,
    ) -> Next {
        let Some(config) = state.config.clone() else {
            let by = inbound.sender.person().map(|person| person.id);
            self.found(state, inbound, by).await?;
            return silent();
        };
        let mut commit = Commit::new(self.context.clock.now(), Some(inbound.update));
        match config.status {
            GroupStatus::Removed => {
                let group = config.id;
                let status = GroupStatus::Active;
                commit.records.push(Record::GroupStatus { group, status });
                commit.outbox = redrawn(&*self.context.store, &config).await?;
            }
            // Who approves may not have been reachable the first time.
            GroupStatus::AwaitingApproval => {
                let by = inbound.sender.person().map(|person| person.id);
                commit.outbox = self.welcome(&config, by);
            }
            GroupStatus::Active if may_pin => return self.bot_may_pin(state, inbound).await,
            GroupStatus::Active | GroupStatus::Refused => return silent(),
        }
        self.keep(commit).await?;
        silent()
    }

    /// It has been here all along, and what it could not pin waits for that.
    pub(super) async fn bot_may_pin(&self, state: &mut State, inbound: &Inbound) -> Next {
        if let Some(config) = &state.config
            && config.status == GroupStatus::Active
        {
            let mut commit = Commit::new(self.context.clock.now(), Some(inbound.update));
            commit.outbox = pinned(&*self.context.store, config).await?;
            if !commit.is_empty() {
                self.keep(commit).await?;
            }
        }
        silent()
    }

    pub(super) async fn bot_removed(&self, state: &mut State, inbound: &Inbound) -> Next {
        // A group that was never approved stays so: being added again approves nothing.
        if let Some(config) = &state.config
            && config.status == GroupStatus::Active
        {
            let group = config.id;
            let status = GroupStatus::Removed;
            let mut commit = Commit::new(self.context.clock.now(), Some(inbound.update));
            commit.records.push(Record::GroupStatus { group, status });
            self.keep(commit).await?;
            tracing::info!(%group, chat = %config.chat, "the bot was removed from a group");
        }
        silent()
    }

    /// Who left no longer sees from their private chat what happens here, and is not called any
    /// more. A role stays: it was given by name, and is taken by name.
    pub(super) async fn left(
        &self,
        state: &mut State,
        inbound: &Inbound,
        person: PersonId,
    ) -> Next {
        if let Some(config) = &state.config {
            let group = config.id;
            let mut commit = Commit::new(self.context.clock.now(), Some(inbound.update));
            commit.records.push(Record::Left { person, group });
            self.keep(commit).await?;
        }
        silent()
    }

    /// Who is not in the group has no say in it. That they left may be news: Telegram tells that
    /// only where the bot is an administrator, or the group is small.
    pub(super) async fn turned_away(&self, state: &mut State, inbound: &Inbound) -> Next {
        if let (Some(config), Some(person)) = (&state.config, inbound.sender.person()) {
            let person = person.id;
            if is_at_home(&*self.context.store, config, person).await? {
                self.left(state, inbound, person).await?;
            }
        }
        refused(Refusal::NotInGroup)
    }

    pub(super) async fn retitled(&self, state: &mut State, inbound: &Inbound) -> Next {
        if let (Some(config), Place::Group { title, .. }) = (&state.config, &inbound.place) {
            let mut commit = Commit::new(self.context.clock.now(), Some(inbound.update));
            commit.records.push(Record::GroupTitle {
                group: config.id,
                title: title.clone(),
            });
            self.keep(commit).await?;
        }
        silent()
    }

    pub(super) async fn migrated(
        &self,
        state: &mut State,
        inbound: &Inbound,
        from: ChatId,
        to: ChatId,
    ) -> Next {
        if let Some(config) = state.config.take() {
            let moved = GroupConfig {
                chat: to,
                ..(*config).clone()
            };
            let mut commit = Commit::new(self.context.clock.now(), Some(inbound.update));
            commit.records.push(Record::ChatMigrated { from, to });
            commit.outbox = redrawn(&*self.context.store, &moved).await?;
            self.keep(commit).await?;
            tracing::info!(group = %config.id, %from, %to, "a group was upgraded");
        }
        silent()
    }

    /// Founds the group: it works from this moment on, with default departments.
    pub(super) async fn found(
        &self,
        state: &mut State,
        inbound: &Inbound,
        manager: Option<PersonId>,
    ) -> Result<(), Unanswered> {
        let Place::Group { chat, title, .. } = &inbound.place else {
            return Ok(());
        };
        let now = self.context.clock.now();
        let language = inbound
            .sender
            .person()
            .and_then(|person| person.language)
            .unwrap_or_default();
        let mut commit = Commit::new(now, None);
        commit.records.push(Record::NewGroup {
            chat: *chat,
            title: title.clone(),
            status: self.first_status(),
            settings: Settings {
                language,
                ..self.context.new_group_settings.clone()
            },
            departments: first_departments(language),
            manager,
        });
        if let Some(person) = inbound.sender.person() {
            let person = person.clone();
            commit.records.push(Record::Seen {
                person,
                group: None,
            });
        }
        self.context.store.commit(commit).await?;
        self.refresh(state).await?;
        let Some(config) = state.config.clone() else {
            return Ok(());
        };
        tracing::info!(group = %config.id, %chat, "a group was founded");
        let answered =
            matches!(inbound.what, What::BotAdded { .. }) || config.status != GroupStatus::Active;
        let update = answered.then_some(inbound.update);
        let mut welcome = Commit::new(now, update);
        if let Some(person) = inbound.sender.person() {
            // Whoever adds the bot is there: their private chat speaks for the group from now on.
            welcome.records.push(Record::Seen {
                person: person.clone(),
                group: Some(config.id),
            });
        }
        welcome.outbox = self.welcome(&config, manager);
        self.keep(welcome).await
    }

    fn first_status(&self) -> GroupStatus {
        if self.context.platform_administrators.is_empty() {
            GroupStatus::Active
        } else {
            GroupStatus::AwaitingApproval
        }
    }

    /// The first words in a group: its set-up, or that it waits for approval.
    fn welcome(&self, config: &Arc<GroupConfig>, by: Option<PersonId>) -> Vec<Draft> {
        if config.status == GroupStatus::Active {
            let panel = Panel::SetUp;
            return vec![to_group(config, Says::Panel { panel })];
        }
        let mut rows = vec![to_group(config, Says::ApprovalAwaited)];
        for administrator in &self.context.platform_administrators {
            let notice = Notice {
                audience: Audience::PersonPrivately(*administrator),
                class: Class::Page,
                says: Says::ApprovalAsked { by },
            };
            rows.push(draft(None, &notice, config, None));
        }
        rows
    }

    async fn keep(&self, commit: Commit) -> Result<(), Unanswered> {
        match self.context.store.commit(commit).await {
            Ok(_) => self.context.wakes.all(),
            Err(CommitError::AlreadyHandled) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }
}

/// Whether somebody was seen in a group, or belongs to one of its departments: where those are other
/// groups' as well, that says nothing of this one.
pub(crate) async fn is_at_home(
    store: &dyn Store,
    config: &GroupConfig,
    person: PersonId,
) -> Result<bool, StoreError> {
    let seen = store.groups_of(person).await?.contains(&config.id);
    let alone = config.siblings.is_empty();
    Ok(seen || alone && !config.standing(person).departments.is_empty())
}

/// A row for everybody in the group.
pub(super) fn to_group(config: &GroupConfig, says: Says) -> Draft {
    let notice = Notice {
        audience: Audience::Group,
        class: Class::Page,
        says,
    };
    draft(None, &notice, config, None)
}

fn first_departments(language: Language) -> Vec<(String, Access)> {
    DEFAULT_DEPARTMENTS
        .iter()
        .map(|department| (department.name(language).to_owned(), Access::Open))
        .collect()
}

/// Rows that draw and pin the cards of all open incidents of a group anew.
pub(crate) async fn redrawn(
    store: &dyn Store,
    config: &GroupConfig,
) -> Result<Vec<Draft>, StoreError> {
    let open = open_in(store, config).await?;
    Ok(open
        .iter()
        .flat_map(|incident| [card(incident, config), pin(incident, config)])
        .collect())
}

/// Rows that pin the cards of all open incidents of a group: what is pinned already stays so.
async fn pinned(store: &dyn Store, config: &GroupConfig) -> Result<Vec<Draft>, StoreError> {
    let open = open_in(store, config).await?;
    Ok(open.iter().map(|incident| pin(incident, config)).collect())
}

async fn open_in(store: &dyn Store, config: &GroupConfig) -> Result<Vec<Incident>, StoreError> {
    let of = ListOf::Open(None);
    let (open, _) = store.list(config.id, of, 0, REDRAW_LIMIT).await?;
    Ok(open)
}

/// Rows that draw the cards of open incidents on which a person is named anew.
pub(crate) async fn cards_naming(
    store: &dyn Store,
    config: &GroupConfig,
    person: PersonId,
) -> Result<Vec<Draft>, StoreError> {
    let of = ListOf::Mine(person);
    let (named, _) = store.list(config.id, of, 0, REDRAW_LIMIT).await?;
    Ok(named
        .iter()
        .map(|incident| card(incident, config))
        .collect())
}

fn card(incident: &Incident, config: &GroupConfig) -> Draft {
    let says = Says::Card { menu: Menu::Main };
    about(incident, config, Class::Card, says)
}

/// A row that pins an incident's card.
pub(crate) fn pin(incident: &Incident, config: &GroupConfig) -> Draft {
    about(incident, config, Class::Edit, Says::Pin)
}

fn about(incident: &Incident, config: &GroupConfig, class: Class, says: Says) -> Draft {
    let notice = Notice {
        audience: Audience::Group,
        class,
        says,
    };
    draft(Some(incident), &notice, config, None)
}
