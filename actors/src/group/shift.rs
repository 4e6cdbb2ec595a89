//! Shifts begin and end: who begins hears of work that waits, who ends is asked what becomes of theirs.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::GroupActor;
use crate::address::draft;
use crate::domain::duty::SHIFT_ENDING_NOTICE;
use crate::domain::notice::ListOf;
use crate::domain::{
    AgendaItem, AgendaKind, Audience, Class, GroupConfig, GroupId, Mute, Notice, PersonId, Roster,
    Says,
};
use crate::outcome::Unanswered;
use crate::ports::{Commit, Record};

impl GroupActor {
    /// One digest of what waits unclaimed where the shift has begun. Who comes late, because the desk
    /// was down, hears it once, if they still work.
    pub(super) async fn shift_start(
        &self,
        config: &Arc<GroupConfig>,
        item: AgendaItem,
        now: DateTime<Utc>,
    ) -> Result<Commit, Unanswered> {
        let person = PersonId(item.subject);
        let zone = config.settings.time_zone;
        let mut commit = answered(config, &item, now);
        if config.roster.is_muted(person, Mute::Digests) {
            return Ok(commit);
        }
        let mut departments = Vec::new();
        for department in config.roster.started(person, zone, item.due, now) {
            let of = ListOf::Unclaimed(department);
            let (_, waiting) = self.context.store.list(config.company, of, 0, 1).await?;
            if waiting > 0 {
                departments.push(department);
            }
        }
        if !departments.is_empty() {
            let says = Says::Digest {
                departments,
                absent_minutes: self.absent_minutes(item.due),
            };
            let notice = to(person, Class::Chatter, says);
            commit.outbox.push(draft(None, &notice, config, None));
        }
        Ok(commit)
    }

    /// Who holds incidents is asked in time. Who says that they stay on is not.
    pub(super) async fn shift_ending(
        &self,
        config: &Arc<GroupConfig>,
        item: AgendaItem,
        now: DateTime<Utc>,
    ) -> Result<Commit, Unanswered> {
        let person = PersonId(item.subject);
        let mut commit = answered(config, &item, now);
        let until = item.due + SHIFT_ENDING_NOTICE;
        let works = !config.standing(person).departments.is_empty();
        let stays = config.roster.word_of(person, until);
        if !works || stays.is_some_and(|word| word.on) {
            return Ok(commit);
        }
        let of = ListOf::Owned(person);
        let (_, theirs) = self.context.store.list(config.company, of, 0, 1).await?;
        if theirs > 0 {
            let says = Says::ShiftEnding {
                person,
                until,
                absent_minutes: self.absent_minutes(item.due),
            };
            let notice = to(person, Class::Page, says);
            commit.outbox.push(draft(None, &notice, config, None));
        }
        Ok(commit)
    }

    /// How long the desk was down when something was due, if that is why it is late.
    fn absent_minutes(&self, due: DateTime<Utc>) -> Option<i64> {
        self.context.absence?.explains(due)
    }
}

fn to(person: PersonId, class: Class, says: Says) -> Notice {
    Notice {
        audience: Audience::Person(person),
        class,
        says,
    }
}

/// When somebody's shifts next begin and end: what a group's agenda says of them from now on.
pub(super) fn agenda_of(
    group: GroupId,
    roster: &Roster,
    person: PersonId,
    zone: Tz,
    now: DateTime<Utc>,
) -> [Record; 2] {
    [AgendaKind::ShiftStart, AgendaKind::ShiftEnding]
        .map(|kind| next(group, kind, roster, person, zone, now))
}

/// What every answer to an item keeps: when that item is due again.
fn answered(config: &GroupConfig, item: &AgendaItem, now: DateTime<Utc>) -> Commit {
    let (person, zone) = (PersonId(item.subject), config.settings.time_zone);
    let record = next(config.id, item.kind, &config.roster, person, zone, now);
    let mut commit = Commit::new(now, None);
    commit.records.push(record);
    commit
}

fn next(
    group: GroupId,
    kind: AgendaKind,
    roster: &Roster,
    person: PersonId,
    zone: Tz,
    now: DateTime<Utc>,
) -> Record {
    let due = match kind {
        AgendaKind::ShiftEnding => roster.next_ending_notice(person, zone, now),
        _ => roster.next_start(person, zone, now),
    };
    Record::Agenda {
        group,
        kind,
        subject: person.0,
        due,
    }
}

/// What a group's agenda says of everybody from now on, if these records put its clock elsewhere.
pub(super) fn moved(config: &GroupConfig, records: &[Record], now: DateTime<Utc>) -> Vec<Record> {
    let zone = records.iter().find_map(|record| match record {
        Record::Settings { settings, .. } => Some(settings.time_zone),
        _ => None,
    });
    let Some(zone) = zone.filter(|zone| *zone != config.settings.time_zone) else {
        return Vec::new();
    };
    let people = config.roster.scheduled().into_iter();
    people
        .flat_map(|person| agenda_of(config.id, &config.roster, person, zone, now))
        .collect()
}
