//! Emoji that carry state: the same in every language, and the same on cards, in lists and in
//! histories.

use actors::domain::{BlockKind, Resolution, Stage};

use super::wording::Phrase;

/// The mark of a stage.
pub(super) fn stage(stage: &Stage) -> Phrase {
    Phrase::ready(of_stage(stage).to_owned())
}

/// The same where no phrase is wanted.
pub(super) fn of_stage(stage: &Stage) -> &'static str {
    match stage {
        Stage::Intake { .. } => "💬",
        Stage::AwaitingDepartment { .. } => "⚪",
        Stage::New { .. } => "🟡",
        Stage::Accepted(_) => "🟣",
        Stage::InProgress(_) => "🔵",
        Stage::Blocked { kind, .. } => block(*kind),
        Stage::AwaitingSummary { .. } => "📝",
        Stage::Done { .. } => "☑️",
        Stage::Closed { resolution, .. } => end(*resolution),
    }
}

fn block(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Attention => "❗",
        BlockKind::NeedsPurchase => "🛒",
        BlockKind::NeedsContractor => "👷",
        BlockKind::Waiting => "⏳",
    }
}

fn end(resolution: Resolution) -> &'static str {
    match resolution {
        Resolution::Resolved | Resolution::Confirmed => "✅",
        Resolution::NoSummary | Resolution::Unconfirmed => "⌛",
        Resolution::Cancelled => "🚫",
        Resolution::Duplicate => "🔁",
    }
}
