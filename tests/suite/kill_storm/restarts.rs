//! Restarts that were asked for, under load: nothing is lost, and, unlike after a kill, nothing is
//! said twice.
//!
//! `DESKBELL_RESTARTS` sets how many, `DESKBELL_SEED` repeats a run that failed.

use super::{Storm, count, seeded, storms};
use crate::binary::on_both;
use crate::street::Street;

/// How often the desk is restarted unless the environment says otherwise.
const RESTARTS: usize = 10;

/// It is asked to stop after so many more calls than were made before the start.
const CALLS_BEFORE_A_STOP: (u64, u64) = (3, 60);

on_both! {
    planned_restarts_lose_nothing_and_repeat_nothing
}

async fn planned_restarts_lose_nothing_and_repeat_nothing(street: Street) {
    let restarts = count("DESKBELL_RESTARTS", RESTARTS);
    let (seed, mut random) = seeded(&format!("{restarts} restarts"));
    let engine = street.engine;
    let mut street = Some(street);
    for restarts in storms(restarts) {
        let street = match street.take() {
            Some(street) => street,
            None => Street::new(engine).await,
        };
        let mut storm = Storm::new(&street, random.between(0, u64::MAX)).with_duplicates();
        for _ in 0..restarts {
            storm.restart().await;
        }
        storm.settle().await;
        let found = storm.proves_sound(0, seed).await;
        assert_eq!(
            found.chatter_given_up,
            Vec::<String>::new(),
            "DESKBELL_SEED={seed}"
        );
        let marked = found.posts.iter().filter(|post| post.is_marked());
        assert_eq!(marked.count(), 0, "DESKBELL_SEED={seed}");
    }
}

impl Storm<'_> {
    async fn restart(&mut self) {
        self.begin_life();
        let (least, most) = CALLS_BEFORE_A_STOP;
        let calls = self.random.between(least, most);
        let desk = self.street.desk();
        self.acts_for_a_life(calls).await;
        desk.ask_to_stop();
        let ended = self.acts_until_it_ends(desk).await;
        let in_order = ended.code == Some(0) && ended.said.contains("has stopped in order");
        assert!(in_order, "{:?}\n{}", ended.code, ended.said);
        let said = &ended.said;
        // The desk before it left nothing that may have been sent.
        assert!(said.contains("doubtful_deliveries=0 "), "{said}");
        assert!(
            !said.contains(" WARN ") && !said.contains("ERROR"),
            "{said}"
        );
    }
}
