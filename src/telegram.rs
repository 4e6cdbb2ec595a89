//! Telegram: what comes from it, what goes to it, and every word a person reads there.

pub mod button;
pub mod text;
