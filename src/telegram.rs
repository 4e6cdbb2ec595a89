//! Telegram: what comes from it, what goes to it, and every word a person reads there.

pub mod button;
pub mod client;
pub mod decode;
pub mod deliver;
pub mod listen;
pub mod menu;
mod picture;
pub mod rights;
#[cfg(test)]
pub(crate) mod testing;
pub mod text;
pub mod webhook;
