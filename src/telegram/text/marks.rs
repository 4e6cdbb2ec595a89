//! Emoji that carry state: the same in every language, and the same on cards, in lists and in
//! histories.

use actors::domain::{BlockKind, Resolution, Stage};

use super::wording::Phrase;

/// The mark of a stage.
pub(super) fn stage(stage: &Stage) -> Phrase {
    let mark = match stage {
        Stage::Intake { .. } => "💬",
        Stage::AwaitingDepartment { .. } => "⚪",
        Stage::New { .. } => "🟡",
        Stage::Accepted(_) => "🟣",
        Stage::InProgress(_) => "🔵",
        Stage::Blocked { kind, .. } => block(*kind),
        Stage::AwaitingSummary { .. } => "📝",
        Stage::Done { .. } => "☑️",
        Stage::Closed { resolution, .. } => end(*resolution),
    };
    Phrase::ready(mark.to_owned())
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
