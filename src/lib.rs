//! Everything of Deskbell that has a vendor's name in it, and the wiring.
//!
//! The desk itself (the rules, the ports and the actors) is the `actors` package; this one
//! connects it to Telegram, SQL and the operating system. The adapters never import each other.

pub mod app;
pub mod claude;
pub mod cli;
pub mod clock;
pub mod config;
pub mod exit;
pub mod messages_api;
pub mod playground;
pub mod store;
pub mod systemd;
pub mod telegram;
pub mod telemetry;
pub mod web;
pub mod words;
