//! What the store has read or written before and need not ask the database for again: how groups
//! are configured, and whom it has noted as seen where.
//!
//! Both are asked for with nearly everything that comes in, and change seldom. This is sound
//! because one process alone has the database (that is what the lease is for), so nothing changes
//! but by a write that goes through here. It is announced before it begins, and then whatever was
//! remembered is forgotten: between its commit and the word that it has ended, others read rows of it
//! already. Until it has ended nothing is remembered; one that is broken off, so that nobody knows how
//! it ended, is never reported as ended.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use actors::domain::{ChatId, CompanyId, GroupConfig, GroupId, Person, PersonId};
use actors::ports::{Record, Settled};

/// How many groups are remembered: more than one desk serves. Past it all are forgotten, which
/// costs a few reads for each.
const GROUP_LIMIT: usize = 10_000;

/// How many sightings of people are remembered, likewise; forgetting them costs a write for each.
const SIGHTING_LIMIT: usize = 100_000;

/// What is remembered.
#[derive(Debug, Default)]
pub(super) struct Memory {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// How many changes have ended.
    changes: u64,
    /// How many are under way.
    under_way: usize,
    groups: HashMap<GroupId, GroupConfig>,
    chats: HashMap<ChatId, GroupId>,
    versions: HashMap<CompanyId, i64>,
    sightings: HashMap<(PersonId, Option<GroupId>), Person>,
}

/// The moment before a read or a write: what it gave is remembered only if nothing has changed
/// since.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment(u64);

/// A change that is under way.
#[must_use]
pub(super) struct Change<'m>(&'m Memory);

impl Change<'_> {
    /// It has ended, whether it was kept or not.
    pub(super) fn ended(self) {
        let mut state = self.0.state();
        state.changes += 1;
        state.under_way -= 1;
    }
}

impl Memory {
    /// Now.
    pub(super) fn moment(&self) -> Moment {
        Moment(self.state().changes)
    }

    /// Announces a change, if these records make one.
    pub(super) fn change_by(&self, records: &[Record]) -> Option<Change<'_>> {
        records.iter().any(changes).then(|| self.change())
    }

    /// Announces a change, if settling a row so makes one.
    pub(super) fn change_by_settling(&self, settled: &Settled) -> Option<Change<'_>> {
        let is_change = matches!(settled, Settled::Migrated { .. } | Settled::Redirect { .. });
        is_change.then(|| self.change())
    }

    fn change(&self) -> Change<'_> {
        let mut state = self.state();
        *state = State {
            changes: state.changes,
            under_way: state.under_way + 1,
            ..State::default()
        };
        Change(self)
    }

    /// A group.
    pub(super) fn group(&self, id: GroupId) -> Option<GroupConfig> {
        self.state().groups.get(&id).cloned()
    }

    /// The group of a chat.
    pub(super) fn group_of_chat(&self, chat: ChatId) -> Option<GroupConfig> {
        let state = self.state();
        let id = state.chats.get(&chat)?;
        state.groups.get(id).cloned()
    }

    /// The version of a company's configuration.
    pub(super) fn company_version(&self, company: CompanyId) -> Option<i64> {
        self.state().versions.get(&company).copied()
    }

    /// A group was read that was not remembered, if it was there.
    pub(super) fn learn(&self, since: Moment, group: Option<&GroupConfig>) {
        let mut state = self.state();
        let Some(group) = group.filter(|_| state.is_settled(since)) else {
            return;
        };
        if state.groups.len() >= GROUP_LIMIT {
            state.groups.clear();
            state.chats.clear();
            state.versions.clear();
        }
        state.chats.insert(group.chat, group.id);
        state.versions.insert(group.company, group.version);
        state.groups.insert(group.id, group.clone());
    }

    /// Whether a record says nothing new.
    pub(super) fn knows(&self, record: &Record) -> bool {
        let Record::Seen { person, group } = record else {
            return false;
        };
        self.state().sightings.get(&(person.id, *group)) == Some(person)
    }

    /// Somebody was noted as seen.
    pub(super) fn has_seen(&self, since: Moment, seen: Vec<(Person, Option<GroupId>)>) {
        let mut state = self.state();
        if !state.is_settled(since) {
            return;
        }
        if state.sightings.len() >= SIGHTING_LIMIT {
            state.sightings.clear();
        }
        let seen = seen.into_iter();
        state
            .sightings
            .extend(seen.map(|(person, group)| ((person.id, group), person)));
    }

    /// What is kept here is whole between any two statements, whatever thread panicked.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn is_settled(&self, since: Moment) -> bool {
        self.under_way == 0 && self.changes == since.0
    }
}

/// Whether a record may change what is remembered. Everything does that is not known to be harmless.
fn changes(record: &Record) -> bool {
    !matches!(
        record,
        Record::Seen { .. }
            | Record::AlbumPhoto { .. }
            | Record::Agenda { .. }
            | Record::Home { .. }
            | Record::Waits { .. }
            | Record::WaitsNoMore { .. }
            | Record::NewRecurring { .. }
            | Record::RecurringRule { .. }
            | Record::RecurringDropped { .. }
            | Record::Place { .. }
            | Record::Visited { .. }
            | Record::ReportedThere { .. }
            | Record::ClaimLost { .. }
            | Record::UnheardNoted { .. }
            | Record::Answered { .. }
    )
}

/// Those whom these records note as seen.
pub(super) fn sightings(records: &[Record]) -> Vec<(Person, Option<GroupId>)> {
    let seen = records.iter().filter_map(|record| match record {
        Record::Seen { person, group } => Some((person.clone(), *group)),
        _ => None,
    });
    seen.collect()
}

#[cfg(test)]
mod tests {
    use actors::domain::Settings;
    use actors::domain::group::GroupStatus;

    use super::*;

    fn group() -> GroupConfig {
        GroupConfig {
            id: GroupId(1),
            company: CompanyId(2),
            siblings: Vec::new(),
            version: 3,
            chat: ChatId(-4),
            title: "Yard".to_owned(),
            status: GroupStatus::Active,
            settings: Settings::default(),
            departments: Vec::new(),
            managers: Vec::new(),
            dispatchers: Vec::new(),
            registered: Vec::new(),
            join_requests: Vec::new(),
            roster: actors::domain::Roster::default(),
        }
    }

    fn left() -> Vec<Record> {
        vec![Record::Left {
            person: PersonId(5),
            group: GroupId(1),
        }]
    }

    #[test]
    fn a_group_is_remembered_until_something_changes() {
        let memory = Memory::default();
        memory.learn(memory.moment(), Some(&group()));
        assert_eq!(memory.group(GroupId(1)), Some(group()));
        assert_eq!(memory.group_of_chat(ChatId(-4)), Some(group()));
        assert_eq!(memory.company_version(CompanyId(2)), Some(3));
        let change = memory.change_by(&left()).unwrap();
        assert_eq!(memory.group(GroupId(1)), None, "it may be kept already");
        assert_eq!(memory.group_of_chat(ChatId(-4)), None);
        assert_eq!(memory.company_version(CompanyId(2)), None);
        change.ended();
        assert_eq!(memory.group(GroupId(1)), None);
    }

    #[test]
    fn what_was_read_beside_a_change_is_not_remembered() {
        let memory = Memory::default();
        let before = memory.moment();
        let change = memory.change_by(&left()).unwrap();
        memory.learn(memory.moment(), Some(&group()));
        assert_eq!(memory.group(GroupId(1)), None, "while it is under way");
        change.ended();
        memory.learn(before, Some(&group()));
        assert_eq!(memory.group(GroupId(1)), None, "read before it");
        memory.learn(memory.moment(), Some(&group()));
        assert_eq!(memory.group(GroupId(1)), Some(group()), "read after it");
    }

    #[test]
    fn after_a_change_that_nobody_saw_end_nothing_is_remembered() {
        let memory = Memory::default();
        assert!(
            memory.change_by(&left()).is_some(),
            "and is broken off at once"
        );
        memory.learn(memory.moment(), Some(&group()));
        assert_eq!(memory.group(GroupId(1)), None);
    }

    #[test]
    fn a_sighting_says_nothing_new_until_the_person_has_another_name() {
        let memory = Memory::default();
        let mut person = Person {
            id: PersonId(5),
            name: "Mari".to_owned(),
            username: None,
            language: None,
            reachable: false,
        };
        let seen = |person: &Person| Record::Seen {
            person: person.clone(),
            group: Some(GroupId(1)),
        };
        assert!(!memory.knows(&seen(&person)));
        let records = [seen(&person)];
        assert!(memory.change_by(&records).is_none());
        memory.has_seen(memory.moment(), sightings(&records));
        assert!(memory.knows(&seen(&person)));
        person.name = "Mari K".to_owned();
        assert!(!memory.knows(&seen(&person)));
    }
}
