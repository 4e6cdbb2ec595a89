//! Questions whose answer is the next message: addressed by name, since Telegram opens the reply
//! only for those who are named.

use actors::domain::notice::{Prompt, Role};
use actors::domain::{BlockKind, PersonId, Stage, Urgency};
use chrono::Duration;

use super::markup;
use super::page::Page;
use super::scene::Scene;
use super::triage;
use super::wording::{Filling, Phrase};

/// Telegram's limit for the words in the empty field, in UTF-16 units.
const PLACEHOLDER_LIMIT: usize = 64;

/// A question.
pub(super) fn page(scene: &Scene<'_>, person: PersonId, prompt: &Prompt) -> Page {
    let asked = question(scene, person, prompt);
    // Telegram shows either buttons or a reply that opens by itself.
    if let Prompt::Clarification { question } = prompt {
        return triage::question(scene, asked, question);
    }
    let mut page = Page::of(asked);
    if matches!(
        prompt,
        Prompt::Summary | Prompt::SummaryWords | Prompt::SummaryPhoto
    ) {
        if let Some(patience) = time_left(scene) {
            page.line(patience);
        }
        if photo_is_wanted(scene) && *prompt == Prompt::Summary {
            page.line(scene.say("prompt-photo-too", &[]));
        }
    }
    let placeholder = scene.say(placeholder_id(prompt), &[]);
    let placeholder = markup::cut(placeholder.as_str(), PLACEHOLDER_LIMIT);
    page.ask(Phrase::ready(placeholder));
    page
}

fn question(scene: &Scene<'_>, person: PersonId, prompt: &Prompt) -> Phrase {
    let person = ("person", Filling::from(scene.mention(person)));
    let number = ("number", Filling::from(scene.subject()));
    match prompt {
        Prompt::Summary => scene.say("prompt-summary", &[person, number]),
        Prompt::SummaryWords => scene.say("prompt-summary-words", &[person, number]),
        Prompt::SummaryPhoto => scene.say("prompt-summary-photo", &[person, number]),
        Prompt::Block { kind } => scene.say(block_id(*kind), &[person, number]),
        Prompt::WakeUp => scene.say("prompt-wake-up", &[person, number]),
        Prompt::Reopen => scene.say("prompt-reopen", &[person, number]),
        Prompt::Report => scene.say("prompt-report", &[person]),
        Prompt::Clarification { .. } => scene.say("prompt-clarification", &[person, number]),
        Prompt::CriticalWord => scene.say("prompt-critical-word", &[person]),
        Prompt::DepartmentName => scene.say("prompt-department-name", &[person]),
        Prompt::DepartmentRename { department } => {
            let department = ("department", scene.department(*department).into());
            scene.say("prompt-department-rename", &[person, department])
        }
        Prompt::Member { department } => {
            let department = ("department", scene.department(*department).into());
            scene.say("prompt-member", &[person, department])
        }
        Prompt::Schedule { department } => {
            let department = ("department", scene.department(*department).into());
            scene.say("prompt-schedule", &[person, department])
        }
        Prompt::QuietHours => scene.say("prompt-quiet-hours", &[person]),
        Prompt::BusinessHours => scene.say("prompt-business-hours", &[person]),
        Prompt::TimeZone => scene.say("prompt-time-zone", &[person]),
        Prompt::Chain => scene.say("prompt-chain", &[person]),
        Prompt::Role {
            role: Role::Manager,
        } => scene.say("prompt-manager", &[person]),
        Prompt::Role {
            role: Role::Dispatcher,
        } => scene.say("prompt-dispatcher", &[person]),
    }
}

fn block_id(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Attention => "prompt-attention",
        BlockKind::NeedsPurchase => "prompt-needs-purchase",
        BlockKind::NeedsContractor => "prompt-needs-contractor",
        BlockKind::Waiting => "prompt-waiting",
    }
}

fn placeholder_id(prompt: &Prompt) -> &'static str {
    match prompt {
        Prompt::Summary | Prompt::SummaryWords => "placeholder-summary",
        Prompt::SummaryPhoto => "placeholder-photo",
        Prompt::WakeUp => "placeholder-date",
        Prompt::Block { .. } | Prompt::Reopen | Prompt::Clarification { .. } => {
            "placeholder-reason"
        }
        Prompt::Report => "placeholder-report",
        Prompt::CriticalWord => "placeholder-critical-word",
        Prompt::DepartmentName | Prompt::DepartmentRename { .. } => "placeholder-name",
        Prompt::QuietHours => "placeholder-quiet-hours",
        Prompt::BusinessHours => "placeholder-business-hours",
        Prompt::Schedule { .. } => "placeholder-schedule",
        Prompt::TimeZone => "placeholder-time-zone",
        Prompt::Chain => "placeholder-chain",
        Prompt::Member { .. } | Prompt::Role { .. } => "placeholder-person",
    }
}

/// How long there is for the summary, counted from when the incident began to wait for it.
fn time_left(scene: &Scene<'_>) -> Option<Phrase> {
    let Stage::AwaitingSummary { since, .. } = &scene.incident?.stage else {
        return None;
    };
    let patience = i64::from(scene.group?.settings.summary_timeout_minutes);
    let until = *since + Duration::minutes(patience);
    let seconds = (until - scene.voice.now).num_seconds();
    if seconds <= 0 {
        return None;
    }
    let fillings = [
        ("minutes", Filling::from((seconds + 59) / 60)),
        ("time", scene.moment(until).into()),
    ];
    Some(scene.say("prompt-time-left", &fillings))
}

fn photo_is_wanted(scene: &Scene<'_>) -> bool {
    scene
        .incident
        .is_some_and(|incident| incident.urgency == Some(Urgency::Critical))
}
