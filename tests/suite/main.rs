//! The desk from outside. This list of modules is the table of contents.

// Tests state their expectations by panicking, in functions they share as well.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod databases;
mod store;
