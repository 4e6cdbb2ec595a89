//! Delivers letters: the outbox's hands in Telegram.
//!
//! Each act is one call (an album of more than ten photos takes several), never retried here after
//! a passing fault: when and how often is the outbox's business. What is tried again at once is
//! only what Telegram has just refused, in a form that it will take: without the topic that is
//! closed or gone (heard in the General topic beats not heard), without the message that is no
//! longer there to be answered, without photos or recordings that it does not accept.

mod payload;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use actors::domain::{MessageId, Photo, Recording};
use actors::ports::{Act, Chat, ChatError, Letter};
use async_trait::async_trait;
use serde::Deserialize;

use super::client::{CALL_TIMEOUT, CallError, Client};
use super::text::{self, Attachment, Rendered, Style};
use payload::{Destination, Recorded};

/// How many photos an album holds at most.
const ALBUM_LIMIT: usize = 10;

/// Delivers letters through the Bot API.
pub struct Delivery {
    client: Arc<Client>,
    style: Style,
}

/// What is read of a message that was sent: not having understood the rest must not look like a
/// failure, or it would be sent twice.
#[derive(Deserialize)]
struct Posted {
    message_id: i64,
}

impl Delivery {
    /// A delivery through that line, in that style.
    #[must_use]
    pub fn new(client: Arc<Client>, style: Style) -> Self {
        Self { client, style }
    }

    async fn send(&self, letter: &Letter) -> Result<MessageId, ChatError> {
        let rendered = self.render(letter).await;
        let mut to = Destination::of(letter);
        if let Some(file) = &rendered.attachment {
            return self.send_file(&mut to, file, &rendered).await;
        }
        if !rendered.photos.is_empty() {
            match self.send_photos(&mut to, &rendered).await {
                Err(ChatError::Permanent { reason } | ChatError::NotAllowed { reason })
                    if !rendered.text.is_empty() =>
                {
                    let chat = letter.chat;
                    tracing::warn!(%chat, reason, "photos are not accepted: the words go alone");
                }
                settled => return settled,
            }
        }
        if let Some(recording) = &rendered.recording {
            match self.send_recording(&mut to, recording, &rendered).await {
                Err(ChatError::Permanent { reason } | ChatError::NotAllowed { reason }) => {
                    let chat = letter.chat;
                    tracing::warn!(%chat, reason, "a recording is not accepted: the words go alone");
                }
                settled => return settled,
            }
        }
        self.send_words(&mut to, &rendered).await
    }

    async fn send_recording(
        &self,
        to: &mut Destination,
        recording: &Recording,
        rendered: &Rendered,
    ) -> Result<MessageId, ChatError> {
        loop {
            let posted: Result<Posted, _> = match payload::recording(to, recording, rendered) {
                Recorded::Voice(payload) => self.client.send(&payload).await,
                Recorded::VideoNote(payload) => self.client.send(&payload).await,
                Recorded::Audio(payload) => self.client.send(&payload).await,
                Recorded::Video(payload) => self.client.send(&payload).await,
                Recorded::Document(payload) => self.client.send(&payload).await,
            };
            match posted {
                Ok(posted) => return Ok(MessageId(posted.message_id)),
                Err(error) => to.make_do(error)?,
            }
        }
    }

    /// The words, and the file that goes with them: making that takes a while, and others must not
    /// wait for it. Without it the words are still worth having.
    async fn render(&self, letter: &Letter) -> Rendered {
        let mut rendered = text::render(letter, &self.style);
        if text::makes_file(&letter.says) {
            let (letter, style) = (letter.clone(), self.style.clone());
            let made = tokio::task::spawn_blocking(move || text::attachment(&letter, &style)).await;
            match made.unwrap_or_else(|error| Err(error.to_string())) {
                Ok(file) => rendered.attachment = file,
                Err(reason) => tracing::error!(reason, "a file could not be made"),
            }
        }
        rendered
    }

    async fn send_file(
        &self,
        to: &mut Destination,
        file: &Attachment,
        rendered: &Rendered,
    ) -> Result<MessageId, ChatError> {
        loop {
            let part = (payload::UPLOADED, file);
            let posted: Result<Posted, _> = match file.shown {
                true => {
                    self.client
                        .upload(&payload::picture(to, rendered), part)
                        .await
                }
                false => {
                    self.client
                        .upload(&payload::document(to, rendered), part)
                        .await
                }
            };
            match posted {
                Ok(posted) => return Ok(MessageId(posted.message_id)),
                Err(error) => to.make_do(error)?,
            }
        }
    }

    async fn send_words(
        &self,
        to: &mut Destination,
        rendered: &Rendered,
    ) -> Result<MessageId, ChatError> {
        if rendered.text.is_empty() {
            let reason = "the letter has no words".to_owned();
            return Err(ChatError::Permanent { reason });
        }
        loop {
            let posted: Result<Posted, _> = self.client.send(&payload::message(to, rendered)).await;
            match posted {
                Ok(posted) => return Ok(MessageId(posted.message_id)),
                Err(error) => to.make_do(error)?,
            }
        }
    }

    /// Sends photos, the words under the first. An album takes no buttons, and letters with photos
    /// have none.
    async fn send_photos(
        &self,
        to: &mut Destination,
        rendered: &Rendered,
    ) -> Result<MessageId, ChatError> {
        let mut first = None;
        for album in rendered.photos.chunks(ALBUM_LIMIT) {
            match (
                self.send_album(to, album, rendered, first.is_none()).await,
                first,
            ) {
                (Ok(message), None) => first = Some(message),
                (Ok(_), Some(_)) => {}
                (Err(error), None) => return Err(error),
                // The words arrived with the first ones: sending those again would be worse.
                (Err(error), Some(_)) => {
                    tracing::warn!(%error, "the photos past the first ten were not delivered");
                    break;
                }
            }
        }
        first.ok_or_else(|| ChatError::Permanent {
            reason: "the letter has no photos".to_owned(),
        })
    }

    async fn send_album(
        &self,
        to: &mut Destination,
        album: &[Photo],
        rendered: &Rendered,
        with_words: bool,
    ) -> Result<MessageId, ChatError> {
        loop {
            let words = with_words.then_some(rendered);
            match self.post(to, album, words).await {
                Ok(posted) => return Ok(MessageId(posted.message_id)),
                Err(error) => to.make_do(error)?,
            }
        }
    }

    /// One photo is no album to Telegram, which wants two at least.
    async fn post(
        &self,
        to: &Destination,
        album: &[Photo],
        words: Option<&Rendered>,
    ) -> Result<Posted, CallError> {
        if let [photo] = album {
            return self.client.send(&payload::photo(to, photo, words)).await;
        }
        let payload = payload::album(to, album, words);
        let posted: Vec<Posted> = self.client.send(&payload).await?;
        posted
            .into_iter()
            .next()
            .ok_or_else(|| CallError::Unanswered {
                method: "sendMediaGroup".to_owned(),
                reason: "an album of no messages came back".to_owned(),
            })
    }

    async fn edit(&self, letter: &Letter, message: MessageId) -> Result<(), ChatError> {
        let rendered = text::render(letter, &self.style);
        let payload = payload::edit(letter.chat, payload::message_id(message)?, &rendered);
        settle(self.client.order(&payload, CALL_TIMEOUT).await)
    }

    async fn pin(&self, letter: &Letter, message: MessageId) -> Result<(), ChatError> {
        let payload = payload::pin(letter.chat, payload::message_id(message)?);
        settle(self.client.order(&payload, CALL_TIMEOUT).await)
    }

    /// A message that is gone is not pinned any more, which is all that is wanted.
    async fn unpin(&self, letter: &Letter, message: MessageId) -> Result<(), ChatError> {
        let payload = payload::unpin(letter.chat, payload::message_id(message)?);
        match settle(self.client.order(&payload, CALL_TIMEOUT).await) {
            Err(ChatError::Gone { .. }) => Ok(()),
            settled => settled,
        }
    }
}

/// What is already as it should be is done.
fn settle(ordered: Result<(), CallError>) -> Result<(), ChatError> {
    match ordered {
        Err(error) if error.fault().is_some_and(|fault| fault.is_not_modified()) => Ok(()),
        other => other.map_err(ChatError::from),
    }
}

#[async_trait]
impl Chat for Delivery {
    async fn deliver(&self, letter: &Letter) -> Result<Option<MessageId>, ChatError> {
        if let Some(wait) = self.client.flooded() {
            return Err(ChatError::Flooded(wait));
        }
        match letter.act {
            Act::Send => self.send(letter).await.map(Some),
            Act::Edit(message) => self.edit(letter, message).await.map(|()| None),
            Act::Pin(message) => self.pin(letter, message).await.map(|()| None),
            Act::Unpin(message) => self.unpin(letter, message).await.map(|()| None),
        }
    }
}
