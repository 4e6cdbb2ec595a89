//! What the tests of every package share: a clock moved by hand, and what each store must do.

// Tests state their expectations by panicking, and these are tests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

pub mod manual_clock;
pub mod store_contract;

pub use manual_clock::ManualClock;
