//! Whoever claims: one of many who race wins, also where two desks share a database, and whatever
//! people do at the same moment, there is an order in which they might have done it one by one.
//!
//! `DESKBELL_RACES` and `DESKBELL_HISTORIES` set how many are run, `DESKBELL_SEED` repeats a run.

mod checker;
mod desk;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use actors::domain::{Event, Refusal};
use actors::inbound::{Answer, Ask, Verb};
use actors::ports::Store;
use futures_util::future::join_all;

use crate::databases;
use crate::kill_storm::random::{self, Random};
use crate::kill_storm::{say, setting};
use crate::supervision::faulty_store::FaultyStore;
use crate::supervision::plan::{Fault, Plan};
use checker::{Done, Operation, Wanted};
use desk::{Crew, Scene};

/// How many race for one incident.
const RACERS: i64 = 20;

/// How many incidents are raced for unless the environment says otherwise.
const RACES: u64 = 60;
const SHARED_RACES: u64 = 25;

/// How many histories are checked unless the environment says otherwise.
const HISTORIES: u64 = 30;

/// How many people act on one incident at the same time, and how often each.
const CLIENTS: i64 = 8;
const OPERATIONS: u64 = 7;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_race_has_one_winner_on_sqlite() {
    let database = databases::sqlite().await;
    race_of_one_crew(database.store()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_race_has_one_winner_on_postgres() {
    let database = databases::postgres().await;
    race_of_one_crew(database.store()).await;
}

async fn race_of_one_crew(store: Arc<dyn Store>) {
    let scene = Scene::new(store, RACERS).await;
    let races = setting("DESKBELL_RACES").unwrap_or(RACES);
    race(&scene, &[&scene.crew], races).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_desks_on_one_database_give_nothing_away_twice_on_sqlite() {
    let database = databases::sqlite().await;
    race_between_two_desks(database.store()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_desks_on_one_database_give_nothing_away_twice_on_postgres() {
    let database = databases::postgres().await;
    race_between_two_desks(database.store()).await;
}

/// Two desks that know nothing of each other, past every lock that keeps a second one out: the
/// conditions of the commit are all there is between them.
async fn race_between_two_desks(store: Arc<dyn Store>) {
    let scene = Scene::new(Arc::clone(&store), RACERS).await;
    let second = Crew::new(store).await;
    let races = setting("DESKBELL_RACES").unwrap_or(SHARED_RACES);
    race(&scene, &[&scene.crew, &second], races).await;
}

/// All race for one incident after another, each through one of the desks.
async fn race(scene: &Scene, crews: &[&Crew], races: u64) {
    for _ in 0..races {
        let incident = scene.report().await;
        let claims = (1..=RACERS)
            .zip(crews.iter().cycle())
            .map(|(person, crew)| {
                let press = scene.press(person, &incident, incident.edition, Verb::Claim);
                async move {
                    (
                        person,
                        crew.tree.desk.hand_over(press).await.unwrap().answer,
                    )
                }
            });
        let answers = join_all(claims).await;
        let winners: Vec<i64> = answers
            .iter()
            .filter(|(_, answer)| *answer == Answer::Accepted(Event::Claimed))
            .map(|(person, _)| *person)
            .collect();
        assert_eq!(winners.len(), 1, "{answers:?}");
        for (person, answer) in &answers {
            let lost = matches!(answer, Answer::Refused(Refusal::AlreadyClaimed { owner, .. })
                if owner.0 == winners[0]);
            assert!(lost || *person == winners[0], "{person}: {answer:?}");
        }
        let stored = scene.stored(&incident).await;
        assert_eq!(stored.work().map(|work| work.owner.0), Some(winners[0]));
        let claims = scene.store.events(incident.identity.id).await.unwrap();
        let claims = claims.iter().filter(|it| it.event == Event::Claimed);
        assert_eq!(claims.count(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happens_at_once_might_have_happened_one_by_one_on_sqlite() {
    let database = databases::sqlite().await;
    histories(database.store()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happens_at_once_might_have_happened_one_by_one_on_postgres() {
    let database = databases::postgres().await;
    histories(database.store()).await;
}

async fn histories(store: Arc<dyn Store>) {
    let histories = setting("DESKBELL_HISTORIES").unwrap_or(HISTORIES);
    let seed = setting("DESKBELL_SEED").unwrap_or_else(random::seed);
    say(&format!("{histories} histories, DESKBELL_SEED={seed}"));
    let plan = Plan::new();
    let faulty = FaultyStore {
        inner: store,
        plan: Arc::clone(&plan),
    };
    let scene = Scene::new(Arc::new(faulty), CLIENTS).await;
    let (mut known, mut unknown, mut caught) = (0, 0, 0);
    for history in 0..histories {
        let incident = scene.report().await;
        let time = AtomicU64::new(0);
        let clients = (1..=CLIENTS).map(|person| {
            let random = Random::new(seed ^ (history << 8) ^ u64::try_from(person).unwrap());
            client(&scene, &plan, person, &incident, random, &time)
        });
        let operations: Vec<Operation> = join_all(clients).await.concat();
        let what = format!("history {history}, DESKBELL_SEED={seed}");
        let config = scene.config().await;
        assert!(
            checker::is_linearizable(&incident, &operations, &config, scene.now()),
            "{what}: {operations:#?}"
        );
        let stored = scene.stored(&incident).await;
        let record = scene.store.events(incident.identity.id).await.unwrap();
        let replayed = actors::domain::Incident::replay(incident.identity, &record);
        assert_eq!(replayed.as_ref(), Some(&stored), "{what}");
        let open = operations.iter().filter(|it| it.done == Done::Unknown);
        unknown += open.count();
        known += operations.len();
        // The same with one lie in it must be found out, or the check is worth nothing.
        if let Some(lie) = checker::with_a_lie(&operations) {
            caught += 1;
            assert!(
                !checker::is_linearizable(&incident, &lie, &config, scene.now()),
                "a lie went unnoticed in {what}"
            );
        }
    }
    assert!(
        unknown > 0 && unknown * 2 < known,
        "{unknown} of {known} unknown"
    );
    assert!(caught > 0, "no history had a loser");
}

/// One person's operations, one after the other.
async fn client(
    scene: &Scene,
    plan: &Plan,
    person: i64,
    incident: &actors::domain::Incident,
    mut random: Random,
    time: &AtomicU64,
) -> Vec<Operation> {
    let mut operations = Vec::new();
    for _ in 0..OPERATIONS {
        let edition = scene.stored(incident).await.edition;
        let number = Some(incident.identity.number);
        let (wanted, inbound) = match random.between(0, 12) {
            0..=4 => scene.pressed(person, incident, edition, Verb::Claim),
            5..=7 => scene.pressed(person, incident, edition, Verb::Leave),
            8 | 9 => scene.pressed(person, incident, edition, Verb::Join),
            10 => {
                let other = i64::try_from(random.between(1, 9)).unwrap();
                let ask = Ask::Assign {
                    number,
                    username: Some(desk::username(other)),
                };
                scene.asked(1, ask, Wanted::Assign(other))
            }
            _ => {
                let reason = "It was the wind".to_owned();
                let ask = Ask::Cancel { number, reason };
                scene.asked(1, ask, Wanted::Cancel)
            }
        };
        // The store is away for a moment, before it has kept something or just after.
        let fault = ["commit", "committed"].get(usize::try_from(random.between(0, 12)).unwrap());
        if let Some(call) = fault {
            plan.next(1, call, Some(incident.identity.id.0), Fault::Fail);
        }
        let began = time.fetch_add(1, Ordering::SeqCst);
        let mut doubtful = matches!(wanted, Wanted::Assign(_) | Wanted::Cancel);
        let mut tries = 0;
        // As the messenger does: without a verdict the same comes again.
        let answer = loop {
            match scene.crew.tree.desk.hand_over(inbound.clone()).await {
                Ok(verdict) => break verdict.answer,
                Err(_) => doubtful = true,
            }
            tries += 1;
            assert!(tries < 50, "the desk never answers");
        };
        let ended = time.fetch_add(1, Ordering::SeqCst);
        operations.push(Operation {
            wanted,
            began,
            ended,
            done: if doubtful {
                Done::Unknown
            } else {
                Done::Answered(answer)
            },
        });
    }
    operations
}

#[test]
fn the_checker_tells_what_cannot_have_been() {
    checker::proves_itself();
}
