//! A message in the making: lines of text, rows of buttons.

use actors::domain::{Photo, Recording};

use super::markup::is_visible;
use super::voice::Voice;
use super::wording::Phrase;
use super::{Key, Rendered};

/// A message in the making.
#[derive(Debug, Default)]
pub(super) struct Page {
    rendered: Rendered,
}

impl Page {
    /// A page that begins with that line.
    pub(super) fn of(line: Phrase) -> Self {
        let mut page = Self::default();
        page.line(line);
        page
    }

    /// Another line.
    pub(super) fn line(&mut self, line: Phrase) -> &mut Self {
        let text = &mut self.rendered.text;
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line.as_str());
        self
    }

    /// What somebody wrote, set apart, if anything is to be seen of it.
    pub(super) fn quote(&mut self, voice: &Voice, untrusted: &str, limit: usize) -> &mut Self {
        if is_visible(untrusted) {
            self.line(voice.quote(untrusted, limit));
        }
        self
    }

    /// An empty line.
    pub(super) fn gap(&mut self) -> &mut Self {
        self.line(Phrase::ready(String::new()))
    }

    /// A row of buttons; none without buttons.
    pub(super) fn row(&mut self, keys: impl IntoIterator<Item = Key>) -> &mut Self {
        let row: Vec<Key> = keys.into_iter().collect();
        if !row.is_empty() {
            self.rendered.keyboard.push(row);
        }
        self
    }

    /// The same words without any button.
    pub(super) fn without_keys(mut self) -> Self {
        self.rendered.keyboard.clear();
        self
    }

    /// Buttons in rows of `width`.
    pub(super) fn rows(&mut self, keys: Vec<Key>, width: usize) -> &mut Self {
        let mut keys = keys.into_iter().peekable();
        while keys.peek().is_some() {
            self.row(keys.by_ref().take(width));
        }
        self
    }

    /// The reader's next message is to be an answer; what its empty field says.
    pub(super) fn ask(&mut self, placeholder: Phrase) -> &mut Self {
        self.rendered.force_reply = Some(placeholder.into_string());
        self
    }

    /// Photos; the text becomes their caption.
    pub(super) fn photos(&mut self, photos: &[Photo]) -> &mut Self {
        self.rendered.photos = photos.to_vec();
        self
    }

    /// A recording; the text becomes its caption.
    pub(super) fn recording(&mut self, recording: &Recording) -> &mut Self {
        self.rendered.recording = Some(recording.clone());
        self
    }

    /// A line before all others.
    pub(super) fn begin_with(&mut self, line: &Phrase) {
        self.rendered.text = format!("{}\n{}", line.as_str(), self.rendered.text);
    }

    /// The message.
    pub(super) fn finish(self) -> Rendered {
        self.rendered
    }
}

impl From<Phrase> for Page {
    fn from(line: Phrase) -> Self {
        Self::of(line)
    }
}
