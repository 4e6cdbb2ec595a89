//! The lifecycle, held beside what it promises: who may do what from which stage, what is recorded
//! for the KPIs, when the clock acts, and who hears of it. Nothing here waits or reads a clock.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests and their builders state their expectations by panicking"
)]

mod access;
mod away;
mod clocks;
mod conditions;
mod duty;
mod enclosed;
mod escalation;
mod leases;
mod likeness;
mod matrix;
mod month;
mod planned;
mod property;
mod quiet;
mod record;
mod routing;
mod story;
mod table;
mod world;
