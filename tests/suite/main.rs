//! The desk from outside. This list of modules is the table of contents.

// Tests state their expectations by panicking, in functions they share as well.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod access;
mod approval;
mod architecture;
mod away;
mod binary;
mod bot_rights;
mod broken_lines;
mod canary;
mod cast;
mod claim_desk;
mod claims;
mod clocks;
mod dashboard;
mod databases;
mod deliveries;
mod demo_week;
mod duty;
mod escalation;
mod exits;
mod faulty_desk;
mod figures;
mod isolation;
mod kill_storm;
mod leases;
mod line;
mod lists;
mod made_up;
mod maintenance_desk;
mod odd_chats;
mod outages;
mod own_server;
mod pace;
mod planned_work;
mod private_chat;
mod process;
mod quiet;
mod ratings;
mod redelivery;
mod replays;
mod reports;
mod requesters;
mod roles;
mod schedules;
mod set_up;
mod several_groups;
mod shifts;
mod store;
mod street;
mod supervision;
mod takeover;
mod texts;
mod triage;
mod upkeep;
mod vitals;
mod who_hears;
mod world;
mod yard;
