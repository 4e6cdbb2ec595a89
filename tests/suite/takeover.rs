//! Two desks on one database, or with one token: the second is refused, and where the lock between
//! them was lost, the first can write nothing more and ends.

use std::sync::Arc;

use actors::domain::ChatId;
use actors::ports::{Commit, CommitError, Record, Store};
use actors::testing::store_contract::desk::{Desk as Contract, noon};
use deskbell::store::{OpenError, open};

use crate::binary::on_both;
use crate::databases;
use crate::store::opening::cut_lock_holder;
use crate::street::Street;

on_both! {
    a_desk_that_was_overtaken_promises_nothing_and_ends
}

/// How often an overtaken store tries to write, from several sides at once.
const WRITES: usize = 200;

/// Opens the database of a desk that still believes it has it.
async fn overtake(url: &str) -> Arc<dyn Store> {
    loop {
        lose_the_lock(url).await;
        match open(url).await {
            Ok(store) => return store,
            // Its holder was faster, and has it again.
            Err(OpenError::InUse(_)) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
}

/// The server cuts the connection that holds it; of a file's database, somebody tidies it up.
async fn lose_the_lock(url: &str) {
    match url.strip_prefix("sqlite:") {
        Some(path) => std::fs::remove_file(format!("{path}.lock")).unwrap(),
        None => cut_lock_holder(url).await,
    }
}

async fn a_desk_that_was_overtaken_promises_nothing_and_ends(street: Street) {
    let mari = street.telegram.person("Mari").started().add();
    let first = street.desk();
    let chat = street.group("Yard", &[mari]);
    street
        .telegram
        .say(chat, mari, "/new_issue The gate squeaks");
    let card = street.sees(chat, "0001 ·", "Choose department").await;
    street.all_is_said().await;
    let second = overtake(&street.url).await;

    let labels = card.labels();
    let label = labels.iter().find(|it| it.contains("Choose")).unwrap();
    let press = street.telegram.press(chat, mari, card.id, label).unwrap();
    let ended = first.ended().await;
    assert_eq!(ended.code, Some(75), "{}", ended.said);
    let last = ended.said.lines().last().unwrap();
    assert!(
        last.contains("stopped:") && last.contains("another process has taken over the database"),
        "{}",
        ended.said
    );
    assert_eq!(street.telegram.toast_now(press), None);
    drop(second);

    let third = street.desk();
    street.sees(chat, "0001 ·", "Maintenance").await;
    let ended = third.stopped().await;
    assert_eq!(ended.code, Some(0), "{}", ended.said);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_overtaken_file_store_keeps_not_one_write() {
    let folder = databases::folder();
    keeps_nothing(&databases::sqlite_url(&folder)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_overtaken_server_store_keeps_not_one_write() {
    keeps_nothing(&databases::postgres_url().await).await;
}

/// Writes go on from before the take-over until long after it. Whatever was acknowledged is there,
/// nothing else is, and after the take-over nothing is acknowledged.
async fn keeps_nothing(url: &str) {
    let desk = Contract::new(open(url).await.unwrap()).await;
    let stale = desk.store.clone();
    let writing = (0..WRITES).map(|number| {
        let (stale, group) = (stale.clone(), desk.group.id);
        #[allow(clippy::disallowed_methods)] // it ends with the test
        tokio::spawn(async move {
            let title = format!("Title {number}");
            let mut commit = Commit::new(noon(), None);
            commit.records = vec![Record::GroupTitle { group, title }];
            stale.commit(commit).await.is_ok()
        })
    });
    let writing: Vec<_> = writing.collect();
    let second = overtake(url).await;
    let title = async || second.group(desk.group.id).await.unwrap().unwrap().title;
    let taken_over = title().await;
    for write in writing {
        // Some were in time, and some may not have been.
        write.await.unwrap();
    }
    assert_eq!(title().await, taken_over, "written after the take-over");
    for _ in 0..WRITES {
        let commit = stale.commit(Commit::new(noon(), Some(actors::domain::UpdateId(1))));
        let error = commit.await.unwrap_err();
        assert!(matches!(error, CommitError::Store(_)), "{error}");
    }
    assert!(!second.handled(actors::domain::UpdateId(1)).await.unwrap());
    stale.taken_over().await;
    let found = second.group_of_chat(ChatId(desk.group.chat.0)).await;
    assert!(
        found.unwrap().is_some(),
        "whoever took over reads and writes"
    );
    second.begin_run(noon()).await.unwrap();
    second.heartbeat(noon()).await.unwrap();
}
