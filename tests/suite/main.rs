//! The desk from outside. This list of modules is the table of contents.

// Tests state their expectations by panicking, in functions they share as well.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod binary;
mod claim_desk;
mod databases;
mod kill_storm;
mod process;
mod replays;
mod store;
mod street;
mod supervision;
mod world;
