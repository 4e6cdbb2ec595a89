//! What the service tells systemd. Outside systemd nothing is told and nothing fails.

use std::time::Duration;

use sd_notify::NotifyState;

/// systemd advises to answer twice in each period, so that one late answer is not a death sentence.
const ANSWERS_A_PERIOD: u32 = 2;

/// The service does its work from now on; call it after the first successful round trip.
pub fn ready() {
    notify(NotifyState::Ready);
}

/// One line for `systemctl status`, such as `42 open, 0 overdue`. Never put texts of people here.
pub fn status(line: &str) {
    notify(NotifyState::Status(line));
}

/// The service is draining and takes no new work.
pub fn stopping() {
    notify(NotifyState::Stopping);
}

/// A start or stop takes longer for a good reason, such as a migration.
pub fn extend_timeout(by: Duration) {
    let microseconds = u32::try_from(by.as_micros()).unwrap_or(u32::MAX);
    notify(NotifyState::ExtendTimeoutUsec(microseconds));
}

/// The service made progress; call it only when Telegram and the actors really answered.
pub fn watchdog() {
    notify(NotifyState::Watchdog);
}

/// How often [`watchdog`] has to be called; absent when systemd does not watch.
#[must_use]
pub fn watchdog_interval() -> Option<Duration> {
    sd_notify::watchdog_enabled().map(|period| period / ANSWERS_A_PERIOD)
}

fn notify(state: NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::warn!(%error, "systemd cannot be told how the service is; it may restart it");
    }
}
