//! The incident desk without Telegram, SQL or HTTP: the pure domain, the ports, and the actors.
//!
//! What comes in takes one way: [`gateway`] to [`group`] (or [`private`]) to [`incident`], which
//! decides by the rules of [`domain`] and commits through [`ports`]; only then is it true. What is
//! said goes the other way, from rows: [`outbox`].

mod address;
pub mod audit;
mod company;
pub mod context;
pub mod domain;
pub mod gateway;
pub mod group;
pub mod inbound;
pub mod incident;
pub mod line;
pub mod nursery;
pub mod outbox;
pub mod outcome;
pub mod overview;
pub mod ports;
pub mod private;
mod pulse;
pub mod restart;
mod sight;
pub mod sla_timer;
#[cfg(feature = "testing")]
pub mod testing;
pub mod tree;
pub mod triage;

pub use gateway::Desk;
pub use outcome::{Outcome, Unanswered};
pub use tree::{Found, Parts, StartError, Tree};
