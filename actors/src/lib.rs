//! The incident desk without Telegram, SQL or HTTP: the pure domain, the ports and the actors.

pub mod domain;
pub mod inbound;
pub mod ports;
#[cfg(feature = "testing")]
pub mod testing;
