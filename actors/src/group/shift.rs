//! Shifts begin and end: who begins hears of work that waits, who ends is asked what becomes of theirs.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;

use super::GroupActor;
use crate::address::draft;
use crate::domain::duty::SHIFT_ENDING_NOTICE;
use crate::domain::incident::Work;
use crate::domain::notice::ListOf;
use crate::domain::{
    AgendaItem, AgendaKind, Audience, Class, GroupConfig, GroupId, Incident, Mute, Notice,
    PersonId, Roster, Says,
};
use crate::incident;
use crate::nursery;
use crate::outcome::Unanswered;
use crate::ports::{Commit, Record};
use crate::sight::is_none_of_theirs;

/// How many incidents somebody is asked about when their shift ends: nobody works on more.
const ASKED_ABOUT: u32 = 50;

/// For how long incidents are waited for that do not take note that their owner's shift ends: one that
/// cannot must not keep its owner from being asked about the others.
const TELLING_LASTS: Duration = Duration::minutes(1);

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
        if config.roster.is_muted(person, Mute::Digests)
            || is_none_of_theirs(&self.context, config, None, person).await
        {
            return Ok(commit);
        }
        let mut departments = Vec::new();
        for department in config.roster.started(person, zone, item.due, now) {
            let of = ListOf::Unclaimed(department);
            let (_, waiting) = self.context.store.list(config.id, of, 0, 1).await?;
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

    /// Who holds incidents is asked in time, once each of these knows of it: what is not answered goes
    /// back when the shift ends. Who says that they stay on is not asked.
    pub(super) async fn shift_ending(
        &self,
        config: &Arc<GroupConfig>,
        item: AgendaItem,
        now: DateTime<Utc>,
    ) -> Result<Option<Commit>, Unanswered> {
        let person = PersonId(item.subject);
        let mut commit = answered(config, &item, now);
        let until = item.due + SHIFT_ENDING_NOTICE;
        let works = !config.standing(person).departments.is_empty();
        let stays = config.roster.word_of(person, until);
        if !works || stays.is_some_and(|word| word.on) {
            return Ok(Some(commit));
        }
        let of = ListOf::Owned(person);
        let store = &self.context.store;
        let (owned, theirs) = store.list(config.id, of, 0, ASKED_ABOUT).await?;
        let told = now < until && self.tell_of_ending(&owned, person, item.due);
        if told && now - item.due < TELLING_LASTS {
            return Ok(None);
        }
        if theirs > 0 {
            let says = Says::ShiftEnding {
                person,
                until,
                absent_minutes: self.absent_minutes(item.due),
            };
            let notice = to(person, Class::Page, says);
            commit.outbox.push(draft(None, &notice, config, None));
        }
        Ok(Some(commit))
    }

    /// Whether there were incidents that did not know yet that their owner's shift ends.
    fn tell_of_ending(&self, owned: &[Incident], owner: PersonId, since: DateTime<Utc>) -> bool {
        let until = since + SHIFT_ENDING_NOTICE;
        let mut told = false;
        for incident in owned.iter().filter(|it| it.is_under_way()) {
            let work = incident.work();
            let answered = |work: &Work| work.last_seen() > since;
            if work.is_some_and(|it| it.shift_ends_at != Some(until) && !answered(it)) {
                let key = incident.identity.id;
                let message = incident::Msg::ShiftEnding { owner, until };
                self.incidents.send(nursery::Msg::Pass { key, message });
                told = true;
            }
        }
        told
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
