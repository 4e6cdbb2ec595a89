//! A database full of open incidents, made quickly: the product's own rules and store make one in
//! each group, and SQL copies it.

use std::fmt::Write;

use actors::domain::group::GroupStatus;
use actors::domain::id::MessageRef;
use actors::domain::incident::Identity;
use actors::domain::notice::Menu;
use actors::domain::{
    Access, By, ChatId, Command, Decision, GroupConfig, GroupId, Incident, IncidentId,
    IncidentNumber, MessageId, Report, Says, Settings, TriageMode, Urgency, decide, open,
};
use actors::ports::{Clock, Commit, IncidentWrite, Record, Store};
use chrono::{DateTime, TimeDelta, Utc};
use deskbell::clock::SystemClock;

use crate::database::Database;
use crate::people::{group, name, person};

/// How many incidents lie in one group at most: a big house after a storm.
const PER_GROUP: usize = 1_000;

/// Timers that are not measured must not go off: a week.
pub(crate) const QUIET_MINUTES: u32 = 7 * 24 * 60;

/// Where the numbers of the messages of cards begin.
const FIRST_CARD: i64 = 1_000_000;

/// What is to be there.
pub(crate) struct Plan {
    /// How many open incidents.
    pub(crate) open: usize,
    /// How many people belong to the department that is called, in every group.
    pub(crate) members: usize,
    /// What is to come due. Nothing: nothing, soon.
    pub(crate) timers: Option<Timers>,
}

/// What comes due, and when; each moment gets an equal share of the incidents.
#[derive(Debug, Clone)]
pub(crate) struct Timers {
    pub(crate) clock: Timed,
    pub(crate) moments: Vec<DateTime<Utc>>,
}

/// A clock of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Timed {
    /// The department is nudged.
    Nudge,
    /// The manager is called, since it is critical; the group was warned of that already.
    Call,
}

impl Timed {
    /// How long after an incident was raised that is.
    pub(crate) fn after(self) -> TimeDelta {
        match self {
            Self::Nudge => TimeDelta::minutes(10),
            Self::Call => TimeDelta::minutes(15),
        }
    }
}

/// How long after an incident was raised the group is warned of a call.
const WARNED_AFTER: TimeDelta = TimeDelta::minutes(10);

/// An open incident, as people see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Card {
    /// Which.
    pub(crate) incident: IncidentId,
    /// By which number people call it.
    pub(crate) number: IncidentNumber,
    /// In which group.
    pub(crate) group: GroupId,
    /// In which chat.
    pub(crate) chat: ChatId,
    /// The message.
    pub(crate) message: i64,
    /// Drawn with which edition.
    pub(crate) edition: i64,
    /// When it was raised.
    pub(crate) raised_at: DateTime<Utc>,
}

/// Fills an empty database; answers what is on people's screens.
pub(crate) async fn fill(database: &Database, plan: &Plan) -> Vec<Card> {
    let now = SystemClock.now();
    let (clock, moments) = match &plan.timers {
        Some(timers) => {
            let raised = timers.moments.iter().map(|at| *at - timers.clock.after());
            (Some(timers.clock), raised.collect())
        }
        None => (None, vec![now]),
    };
    let minutes = match clock {
        Some(Timed::Nudge) => 10,
        Some(Timed::Call) | None => QUIET_MINUTES,
    };
    let groups = plan.open.div_ceil(PER_GROUP).max(1);
    let store = deskbell::store::open(&database.url).await.unwrap();
    let mut configs = Vec::new();
    for number in 0..groups {
        configs.push(found(&*store, number, minutes).await);
    }
    let mut patterns = Vec::new();
    for index in 0..groups.max(moments.len()).min(plan.open) {
        let id = i64::try_from(index + 1).unwrap();
        let config = &configs[index % groups];
        let moment = moments[index % moments.len()];
        let mut incident = raise(&*store, config, id, moment).await;
        if clock == Some(Timed::Call) {
            incident = warned(&*store, config, incident).await;
        }
        patterns.push(incident);
    }
    drop(store);
    let mut cards = Vec::new();
    let mut sql = String::from("BEGIN;");
    sql.push_str(&enrolled(plan.members));
    let mut next = patterns.len() + 1;
    for (index, pattern) in patterns.iter().enumerate() {
        let share = share(plan.open, patterns.len(), index);
        let copies = next..next + share.saturating_sub(1);
        next = copies.end;
        copy(&mut sql, pattern, &copies);
        let ids = std::iter::once(usize::try_from(pattern.identity.id.0).unwrap()).chain(copies);
        cards.extend(ids.map(|id| Card::of(pattern, id)));
    }
    sql.push_str(&finished(database));
    database.run(&sql).await;
    if !database.is_sqlite() {
        database.run("VACUUM ANALYZE").await;
        // Or what filling it left to be written would be, while the desk is measured.
        database.run("CHECKPOINT").await;
    }
    cards
}

/// How many of `all` fall to one of so many.
fn share(all: usize, many: usize, index: usize) -> usize {
    all / many + usize::from(index < all % many)
}

impl Card {
    fn of(pattern: &Incident, id: usize) -> Self {
        let id = i64::try_from(id).unwrap();
        let Identity { number, group, .. } = pattern.identity;
        let is_pattern = pattern.identity.id.0 == id;
        Self {
            incident: IncidentId(id),
            number: if is_pattern {
                number
            } else {
                IncidentNumber(id)
            },
            group,
            chat: pattern.report.origin.unwrap().chat,
            message: FIRST_CARD + id,
            edition: pattern.edition,
            raised_at: pattern.opened_at,
        }
    }
}

/// A group with five departments.
pub(crate) async fn found(store: &dyn Store, number: usize, minutes: u32) -> GroupConfig {
    let chat = group(number);
    let settings = Settings {
        unclaimed_nudge_minutes: minutes,
        ..Settings::default()
    };
    let names = [
        "Maintenance",
        "Housekeeping",
        "Reception",
        "Kitchen",
        "Dispatch",
    ];
    let mut commit = Commit::new(SystemClock.now(), None);
    commit.records.push(Record::NewGroup {
        chat,
        title: format!("Yard {number}"),
        status: GroupStatus::Active,
        settings,
        departments: names.map(|name| (name.to_owned(), Access::Open)).into(),
        manager: Some(person(0)),
    });
    store.commit(commit).await.unwrap();
    store.group_of_chat(chat).await.unwrap().unwrap()
}

/// Raises an incident and gives it to the first department.
pub(crate) async fn raise(
    store: &dyn Store,
    config: &GroupConfig,
    id: i64,
    at: DateTime<Utc>,
) -> Incident {
    let standing = config.standing(person(0));
    let text = "The barrier of dock 3 does not open, and two trucks wait behind it.";
    let report = Report {
        origin: Some(MessageRef {
            chat: config.chat,
            message: MessageId(id),
        }),
        ..Report::of(standing.person, text.to_owned())
    };
    let opening = open(report, &standing, at, config).unwrap();
    let incident = kept(store, opening, None).await;
    let department = config.departments.first().unwrap().id;
    let command = Command::ChooseDepartment { department };
    let decision = decide(&incident, &command, &By::Person(standing), at, config).unwrap();
    let incident = kept(store, decision, Some(incident.version)).await;
    assert_eq!(
        incident.identity.id,
        IncidentId(id),
        "the database was not empty"
    );
    incident
}

/// Rates it critical, and lets the group be warned that somebody will be called.
async fn warned(store: &dyn Store, config: &GroupConfig, incident: Incident) -> Incident {
    let urgency = Urgency::Critical;
    let by = By::Person(config.standing(person(0)));
    let (rate, raised) = (Command::SetUrgency { urgency }, incident.opened_at);
    let decision = decide(&incident, &rate, &by, raised, config).unwrap();
    let incident = kept(store, decision, Some(incident.version)).await;
    let clock = By::Clock { absence: None };
    let at = raised + WARNED_AFTER;
    let decision = decide(&incident, &Command::LookAtClock, &clock, at, config).unwrap();
    kept(store, decision, Some(incident.version)).await
}

/// Keeps a decision.
pub(crate) async fn kept(store: &dyn Store, decision: Decision, expected: Option<i64>) -> Incident {
    let mut commit = Commit::new(SystemClock.now(), None);
    commit.incident = Some(IncidentWrite {
        expected,
        incident: decision.incident,
        events: decision.events,
        deadlines: decision.deadlines,
        target: decision.target,
    });
    let committed = store.commit(commit).await.unwrap();
    committed.incident.unwrap()
}

/// People, and that they belong to the first department of every group.
fn enrolled(members: usize) -> String {
    let mut sql = String::new();
    for number in 0..members.max(1) {
        let person = person(number);
        let (id, name) = (person.0, name(person));
        writeln!(
            sql,
            "INSERT INTO people (id, name, username, language, reachable, seen_at)
             VALUES ({id}, '{name}', 'person_{id}', 'english', 1, 0);
             INSERT INTO group_people (person_id, group_id, seen_at)
             SELECT {id}, id, 0 FROM groups;"
        )
        .unwrap();
        if number < members {
            writeln!(
                sql,
                "INSERT INTO department_members (department_id, person_id, since)
                 SELECT MIN(id), {id}, {number} FROM departments GROUP BY company_id;"
            )
            .unwrap();
        }
    }
    sql
}

/// Copies an incident, with all that belongs to it, to these ids.
fn copy(sql: &mut String, pattern: &Incident, ids: &std::ops::Range<usize>) {
    let Identity { id, number, .. } = pattern.identity;
    let says = serde_json::to_string(&Says::Card { menu: Menu::Main }).unwrap();
    let first = ids.start;
    let series = if ids.is_empty() {
        String::new()
    } else {
        let last = ids.end - 1;
        format!(
            "WITH RECURSIVE series (n) AS \
             (SELECT {first} UNION ALL SELECT n + 1 FROM series WHERE n < {last})"
        )
    };
    if !ids.is_empty() {
        let named =
            |id: &str, number: &str| format!("'\"identity\":{{\"id\":{id},\"number\":{number},'");
        let (before, after) = (
            named(&id.to_string(), &number.0.to_string()),
            named("' || n || '", "' || n || '"),
        );
        // Numbers are the ids: no two in a company are the same, which is all that counts here.
        writeln!(
            sql,
            "{series} INSERT INTO incidents (id, company_id, group_id, number, reporter_id,
                opened_at, origin_chat_id, origin_message_id, album, version, stage, department_id,
                owner_id, urgency, resolution, closed_at, body)
             SELECT n, company_id, group_id, n, reporter_id, opened_at, origin_chat_id, n, album,
                version, stage, department_id, owner_id, urgency, resolution, closed_at,
                REPLACE(REPLACE(body, {before}, {after}), '\"message\":{id}', '\"message\":' || n)
             FROM series, incidents WHERE id = {id};
             {series} INSERT INTO events (incident_id, sequence, at, person_id, name, body)
             SELECT n, sequence, at, person_id, name, body
             FROM series, events WHERE incident_id = {id};
             {series} INSERT INTO department_sessions (incident_id, ordinal, department_id,
                assigned_at, claimed_at, ended_at, ending, group_id)
             SELECT n, ordinal, department_id, assigned_at, claimed_at, ended_at, ending, group_id
             FROM series, department_sessions WHERE incident_id = {id};
             {series} INSERT INTO deadlines (incident_id, kind, due_at)
             SELECT n, kind, due_at FROM series, deadlines WHERE incident_id = {id};"
        )
        .unwrap();
    }
    writeln!(
        sql,
        "INSERT INTO cards (incident_id, chat_id, message_id)
         SELECT id, origin_chat_id, {FIRST_CARD} + id FROM incidents
         WHERE id = {id} OR id BETWEEN {first} AND {last};
         INSERT INTO outbox (state, class, chat_id, group_id, incident_id, says, coalesce_key,
            not_before, attempts, doubtful, created_at, ended_at, message_id)
         SELECT 'sent', 'page', origin_chat_id, group_id, id, '{says}', 'card:' || id, opened_at,
            1, 0, opened_at, opened_at, {FIRST_CARD} + id
         FROM incidents WHERE id = {id} OR id BETWEEN {first} AND {last};",
        last = ids.end.saturating_sub(1),
    )
    .unwrap();
}

/// What is left to do when all is in.
fn finished(database: &Database) -> String {
    let mut sql = "UPDATE companies SET last_number = 1000000; COMMIT;".to_owned();
    if database.is_sqlite() {
        sql.push_str("PRAGMA wal_checkpoint(TRUNCATE);");
    } else {
        sql.push_str(
            "SELECT setval(pg_get_serial_sequence('incidents', 'id'), MAX(id)) FROM incidents;",
        );
    }
    sql
}

/// Lets a model look through the reports of every group, from the desk's next start on.
pub(crate) async fn triage_by_model(database: &Database, cards: &[Card]) {
    let store = deskbell::store::open(&database.url).await.unwrap();
    let mut chats: Vec<ChatId> = cards.iter().map(|card| card.chat).collect();
    chats.sort_unstable();
    chats.dedup();
    for chat in chats {
        let config = store.group_of_chat(chat).await.unwrap().unwrap();
        let mut settings = config.settings;
        settings.triage.mode = TriageMode::Claude;
        let mut commit = Commit::new(SystemClock.now(), None);
        let group = config.id;
        commit.records.push(Record::Settings { group, settings });
        store.commit(commit).await.unwrap();
    }
}
