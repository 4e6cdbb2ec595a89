//! A desk in a process of its own, as the real binary runs it, with faults planted in its store. A
//! panic cannot be had from the binary itself, and nothing in it is there to make it panic.

use std::sync::Arc;

use crate::process::Desk;
use crate::street::Street;
use crate::supervision::faulty_store::FaultyStore;
use crate::supervision::plan::{ALWAYS, Fault, Plan};

/// The desk below.
const DESK: &str = "faulty_desk::not_a_test_but_a_desk_with_faults";

/// Tells it what is planted.
const PLANTED: &str = "PLANTED";

/// Tells it with which words it panics.
const WORDS: &str = "PLANTED_WORDS";

/// Its store is to answer before it commits.
pub(crate) const BOASTS: &str = "boasts";

/// Starts it. Planted are calls of the store, parted by blanks: `due` panics always, `due=3` three
/// times, `commit@1` where it is about the first incident.
pub(crate) fn start(street: &Street, planted: &str, words: &str, more: &[(&str, &str)]) -> Desk {
    let faults = [&[(PLANTED, planted), (WORDS, words)], more].concat();
    street.desk_of_this_program(DESK, &faults)
}

/// The service, down to its exit code.
#[test]
#[ignore = "no test, but a desk that other tests start"]
fn not_a_test_but_a_desk_with_faults() {
    let Some(planted) = given(PLANTED) else {
        return;
    };
    let plan = Plan::new();
    for fault in planted.split(' ').filter(|it| !it.is_empty()) {
        plant(&plan, fault, &given(WORDS).unwrap_or_default());
    }
    let code = deskbell::cli::serve_behind(|inner| Arc::new(FaultyStore { inner, plan }));
    std::process::exit(i32::from(code));
}

fn plant(plan: &Plan, fault: &str, words: &str) {
    if fault == BOASTS {
        return plan.boast();
    }
    let (call, times) = fault.split_once('=').unwrap_or((fault, ""));
    let (call, about) = call.split_once('@').unwrap_or((call, ""));
    let times = times.parse().unwrap_or(ALWAYS);
    let panic = Fault::Panic(words.to_owned());
    plan.next(times, call.to_owned().leak(), about.parse().ok(), panic);
}

#[allow(clippy::disallowed_methods)] // not the product's configuration, but the test run's
fn given(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
