//! Puts the parts together.

mod demo;
mod eval;
mod lookout;
mod qr;
mod report;
mod serve;
pub mod service;
mod triage;

pub use demo::{DemoOptions, DemoScene, demo, week};
pub use eval::evaluate;
pub use qr::{QrOptions, bot_username, print_codes};
pub use report::{ReportFormat, ReportOptions, ReportSpan, report};
pub use serve::serve;
pub use triage::analyst;

use actors::domain::{Settings, TriageMode, TriagePolicy};

use crate::config::Sla;

/// What a group begins with where the operator has said so.
fn new_group_settings(sla: &Sla) -> Settings {
    let minutes = |duration: std::time::Duration| {
        u32::try_from(duration.as_secs().div_ceil(60)).unwrap_or(u32::MAX)
    };
    Settings {
        unclaimed_nudge_minutes: minutes(sla.unclaimed_nudge).max(1),
        summary_timeout_minutes: minutes(sla.summary_timeout).max(1),
        // Harmless without a key: nothing leaves this machine. Older groups stay as they were.
        triage: TriagePolicy {
            mode: TriageMode::Rules,
            ..TriagePolicy::default()
        },
        // So is a question, which older claim desks never heard.
        asks_about_alike: Some(true),
        ..Settings::default()
    }
}
