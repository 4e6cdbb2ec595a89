//! Every word a person reads in Telegram.
//!
//! The desk says what it means ([`Says`], [`Answer`](actors::inbound::Answer)); here it becomes
//! words in the reader's language, as Telegram HTML, with the buttons that go with them. Nothing
//! outside this module writes a sentence, and nothing that people wrote gets past `markup` unsafe.

mod answers;
mod away;
mod call;
mod card;
pub mod code;
mod duty;
mod escalation;
mod guide;
mod history;
mod list;
mod marks;
mod markup;
mod menu;
mod news;
mod page;
mod picture;
mod plain;
mod prompt;
mod recurring;
mod refusals;
mod report;
mod requests;
mod scene;
mod settings;
mod triage;
mod voice;
mod wording;
mod work;

#[cfg(test)]
mod tests;

use actors::domain::{Language, Photo, Recording, Says};
use actors::inbound::{Answer, Button, Verdict};
use actors::ports::Letter;
use chrono::{DateTime, Utc};

pub use plain::ChatWords;

pub use menu::{CommandScope, MenuEntry, claim_label, commands, description, short_description};

use page::Page;
use scene::Scene;

/// Telegram's limit for a toast, in UTF-16 units.
pub const TOAST_LIMIT: usize = 200;

/// What holds for every text.
#[derive(Debug, Clone, Default)]
pub struct Style {
    /// The bot's username without the `@`, for links to its private chat; empty: no such links.
    pub bot_username: String,
}

/// A message, ready for Telegram.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Telegram HTML; the caption where there are photos.
    pub text: String,
    /// Rows of buttons.
    pub keyboard: Vec<Vec<Key>>,
    /// What the empty field says, if the reader's next message is to be the answer.
    pub force_reply: Option<String>,
    /// Photos to show.
    pub photos: Vec<Photo>,
    /// A recording to pass on; the text is its caption, where it can have one.
    pub recording: Option<Recording>,
    /// A file that was made for this message; the text is its caption then.
    pub attachment: Option<Attachment>,
}

/// A file that was made for a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Shown as a picture, or as a file to take away.
    pub shown: bool,
    /// Its name, ending included.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// What it says.
    pub label: String,
    /// What it does.
    pub press: Press,
}

/// What a button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    /// It comes back to the desk.
    Data(Button),
    /// It opens an address.
    Link(String),
}

/// An answer that shows for a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// Plain text, at most [`TOAST_LIMIT`] long.
    pub text: String,
    /// Whether it stays until it is dismissed.
    pub alert: bool,
}

/// The file that goes with a letter; an error says why it could not be made. It takes a while.
///
/// # Errors
/// What the picture or table could not be made for.
pub fn attachment(letter: &Letter, style: &Style) -> Result<Option<Attachment>, String> {
    let background = &letter.background;
    match (&letter.says, &background.overview, &background.place) {
        (Says::Report { span, at, form, .. }, Some(overview), _) => {
            let scene = Scene::of_letter(letter, style);
            let wanted = (*span, *at, *form);
            report::file(&scene, wanted, overview, &background.incidents)
        }
        (Says::Code { .. }, _, Some(place)) => requests::code(place, style).map(Some),
        _ => Ok(None),
    }
}

/// Whether a file goes with it.
#[must_use]
pub fn makes_file(says: &Says) -> bool {
    match says {
        Says::Report { form, .. } => form.is_file(),
        Says::Code { .. } => true,
        _ => false,
    }
}

/// Puts a letter into words. Pins have none.
#[must_use]
pub fn render(letter: &Letter, style: &Style) -> Rendered {
    let scene = Scene::of_letter(letter, style);
    let mut page = page_of(&scene, letter);
    if !letter.mentions.is_empty() {
        let called: Vec<_> = letter
            .mentions
            .iter()
            .map(|it| scene.voice.mention(it))
            .collect();
        let called = scene.voice.series(&called);
        page.begin_with(&scene.say("for-person", &[("person", called.into())]));
    }
    if letter.repeat {
        page.begin_with(&scene.say("repeat", &[]));
    }
    page.finish()
}

fn page_of(scene: &Scene<'_>, letter: &Letter) -> Page {
    let background = &letter.background;
    match &letter.says {
        Says::QuestionsOver => triage::questions_over(scene),
        Says::Pin | Says::Unpin => Page::default(),
        Says::Card { menu } => news::card(scene, *menu, &background.incidents),
        Says::Incident { menu } => news::shown(scene, *menu, &background.incidents),
        Says::CardElsewhere => news::card_elsewhere(scene),
        Says::Photos { photos } => news::photos(scene, photos),
        Says::NewInDepartment { .. } | Says::Nudge { .. } | Says::DepartmentMissing { .. } => {
            call::page(scene, &letter.says)
        }
        Says::EscalationWarned { .. } | Says::Escalated { .. } | Says::Acknowledged { .. } => {
            escalation::page(scene, &letter.says, &background.tellings)
        }
        Says::Prompt { person, prompt } => prompt::page(scene, *person, prompt),
        Says::Accepted { event } => answers::accepted(scene, event).into(),
        Says::Refused { refusal } => refusals::refused(scene, refusal).into(),
        Says::History { page } => {
            history::page(scene, &background.history, *page, background.total)
        }
        Says::Claimed { .. }
        | Says::Assigned { .. }
        | Says::Blocked { .. }
        | Says::Resumed { .. }
        | Says::Transferred { .. }
        | Says::Resolved { .. }
        | Says::ConfirmationAsked { .. }
        | Says::Reopened { .. }
        | Says::Cancelled { .. }
        | Says::MarkedDuplicate { .. }
        | Says::AutoClosed { .. }
        | Says::DepartmentReminder { .. }
        | Says::SummaryReminder { .. } => news::page(scene, &letter.says, &background.incidents),
        Says::WakeUpAsked { .. }
        | Says::WokenUp
        | Says::WaitQuestioned { .. }
        | Says::LeaseQuestioned { .. }
        | Says::LeaseEnded { .. }
        | Says::Overdue { .. } => work::page(scene, &letter.says),
        Says::NobodyOnDuty { .. }
        | Says::Duty { .. }
        | Says::Schedule { .. }
        | Says::Mutes { .. }
        | Says::Digest { .. }
        | Says::ShiftEnding { .. } => duty::letter(scene, letter),
        other => page_of_the_desk(scene, letter, other),
    }
}

/// What is about no incident of its own.
fn page_of_the_desk(scene: &Scene<'_>, letter: &Letter, says: &Says) -> Page {
    let background = &letter.background;
    match says {
        Says::Report {
            span,
            at,
            form,
            late,
            ..
        } => {
            let overview = background.overview.as_ref();
            report::page(scene, (*span, *at, *form), overview, *late)
        }
        Says::WhileAway { absent_minutes } => {
            away::page(scene, *absent_minutes, &background.gathered)
        }
        Says::List { list } => list::page(scene, list, &background.incidents, background.total),
        Says::Panel { panel } => settings::page(scene, *panel),
        Says::PanelShown { panel } => settings::page(scene, *panel).without_keys(),
        Says::Recording { .. }
        | Says::WhichGroup { .. }
        | Says::WhichHome { .. }
        | Says::HomeChosen { .. }
        | Says::LooksLike { .. }
        | Says::Joined
        | Says::Recurring { .. }
        | Says::AtPlace { .. }
        | Says::Code { .. } => requests::page(scene, letter),
        Says::JoinRequested { .. } | Says::JoinAnswered { .. } | Says::Membership => {
            guide::membership_page(scene, letter)
        }
        _ => guide::page(scene, letter),
    }
}

/// Puts a verdict into a toast; `None` where the chat itself shows what happened.
#[must_use]
pub fn toast(verdict: &Verdict, language: Language, now: DateTime<Utc>) -> Option<Toast> {
    let scene = Scene::of_verdict(verdict, language, now);
    let (text, alert) = match &verdict.answer {
        Answer::Silent | Answer::Shown => return None,
        Answer::Accepted(event) => (answers::accepted(&scene, event), false),
        Answer::Refused(refusal) => (
            refusals::refused(&scene, refusal),
            refusals::wants_reading(refusal),
        ),
        Answer::Saved => (scene.say("saved", &[]), false),
        Answer::Asked => (scene.say("asked", &[]), false),
    };
    Some(Toast {
        text: markup::cut(text.as_str(), TOAST_LIMIT),
        alert,
    })
}
