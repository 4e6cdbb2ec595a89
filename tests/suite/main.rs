//! The desk from outside. This list of modules is the table of contents.

// Tests state their expectations by panicking, in functions they share as well.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod architecture;
mod cast;
mod claim_desk;
mod clocks;
mod databases;
mod lists;
mod maintenance_desk;
mod reports;
mod store;
mod upkeep;
mod who_hears;
mod world;
