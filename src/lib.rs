//! Everything of Deskbell that has a vendor's name in it, and the wiring.
//!
//! The desk itself (the rules, the ports and the actors) is the `actors` package; this one
//! connects it to Telegram, SQL and the operating system. The adapters never import each other.

pub mod clock;
pub mod playground;
