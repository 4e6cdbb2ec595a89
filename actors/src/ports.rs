//! What the desk needs from the world outside, as traits that name no vendor.

use chrono::{DateTime, Utc};

/// Tells the time. Production reads the machine; tests and the demo move it by hand.
pub trait Clock: Send + Sync + 'static {
    /// The present moment.
    fn now(&self) -> DateTime<Utc>;
}
