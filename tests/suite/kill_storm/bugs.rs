//! Bugs that lose what was acknowledged, planted for real: the storm's checker must see each of
//! them, and must see nothing where the same happens to a desk without the bug.

use deskbell::playground::Moment;

use super::disk::{Honesty, Loss};
use super::{CALLS_OF_A_START, Storm, checker, evidence};
use crate::faulty_desk::{self, BOASTS};
use crate::street::Street;
use crate::world::Engine;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn updates_confirmed_before_their_commit_are_missed() {
    for forgets in [false, true] {
        let street = Street::new(Engine::Sqlite).await;
        let mut storm = Storm::new(&street, 0);
        storm.somebody_reports();
        street.telegram.forget_on_delivery(forgets);
        street.telegram.stop_at("getUpdates", 0, Moment::Applied);
        let desk = street.desk();
        street
            .awaits(|telegram| telegram.has_stopped().then_some(()))
            .await;
        desk.killed().await;
        street.telegram.go_on();
        let faults = storm.faults_after_a_quiet_life().await;
        judge(forgets, &faults, &["is lost"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commits_that_were_not_synced_are_missed_after_a_power_cut() {
    for honesty in [
        Honesty::Honest,
        Honesty::SyncsNoCommit,
        Honesty::SyncsNothing,
    ] {
        let street = Street::new(Engine::Sqlite).await;
        let mut storm = Storm::new(&street, 0);
        let desk = storm.disk.desk(&street, Honesty::Honest);
        storm.acts_for(CALLS_OF_A_START).await;
        desk.stopped().await;
        let desk = storm.disk.desk(&street, honesty);
        storm.somebody_is_promised_something().await;
        assert!(storm.disk.is_watched(), "disk.c was not preloaded");
        desk.killed().await;
        storm
            .disk
            .lose_power(Loss::EverythingUnsynced, &mut storm.random);
        let faults = storm.faults_after_a_quiet_life().await;
        let lies = honesty != Honesty::Honest;
        judge(lies, &faults, &["was promised", "is lost"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_promise_made_before_its_commit_is_missed() {
    for boasts in [false, true] {
        let street = Street::new(Engine::Sqlite).await;
        let mut storm = Storm::new(&street, 0);
        let planted = if boasts { BOASTS } else { "" };
        let desk = faulty_desk::start(&street, planted, "", &[]);
        storm.somebody_is_promised_something().await;
        desk.killed().await;
        let faults = storm.faults_after_a_quiet_life().await;
        judge(boasts, &faults, &["was promised"]);
    }
}

/// With the bug each of these must be among the faults, without it there must be none.
fn judge(has_the_bug: bool, faults: &[String], tell_tales: &[&str]) {
    let all = faults.join("\n");
    if !has_the_bug {
        assert_eq!(all, "", "nothing is wrong with this desk");
        return;
    }
    for tell_tale in tell_tales {
        assert!(
            all.contains(tell_tale),
            "no word of {tell_tale:?} in {all:?}"
        );
    }
}

impl Storm<'_> {
    fn somebody_reports(&mut self) {
        self.crowd.lock().unwrap().open(&self.street.telegram);
    }

    /// Waits until somebody was promised something, and Telegram knows that all is handled.
    async fn somebody_is_promised_something(&mut self) {
        self.somebody_reports();
        self.acts_until(|crowd, telegram| crowd.promised(telegram) > 0)
            .await;
        self.street
            .awaits(|telegram| telegram.pending_updates().is_empty().then_some(()))
            .await;
    }

    /// Nobody does anything while one more desk says what is to be said.
    async fn faults_after_a_quiet_life(self) -> Vec<String> {
        self.settle().await;
        let crowd = self.crowd.into_inner().unwrap();
        let found = evidence::gather(self.street, &crowd, 1).await;
        checker::faults(&found)
    }
}
