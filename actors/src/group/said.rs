//! Plain words: answers to the bot's prompts, comments on its messages, the rest of an album, and
//! corrections of what was reported.

use super::{Next, Turn, silent};
use crate::domain::calendar;
use crate::domain::id::MessageRef;
use crate::domain::notice::Prompt;
use crate::domain::{
    Command, Incident, IncidentId, MessageId, PersonId, Photo, Refusal, Says, Stage,
};
use crate::inbound::{Answer, Message};
use crate::incident::{Source, Wish};
use crate::outcome::Unanswered;
use crate::ports::{Commit, OutboxRow, Record};

/// How long whoever was asked to configure something is taken to have the right to it still: long
/// enough to type a name, and no longer, since they may be dismissed meanwhile.
const PROMPT_TRUST: chrono::Duration = chrono::Duration::minutes(10);

impl Turn<'_> {
    pub(super) async fn said(self, message: &Message) -> Next {
        if let Some(row) = self.answered_row(message).await? {
            return self.answer_to(&row, message).await;
        }
        match (&message.album, &message.photo) {
            (Some(album), Some(_)) => {
                let album = album.clone();
                self.album_photo(message, album).await
            }
            _ => self.keep(Vec::new(), Vec::new(), Answer::Silent).await,
        }
    }

    /// What the bot said in the message that this one answers. Somebody may be quicker than the
    /// news that the prompt has arrived; and after a crash there are none of the first copy.
    pub(super) async fn answered_row(
        &self,
        message: &Message,
    ) -> Result<Option<OutboxRow>, Unanswered> {
        let Some(answered) = message.reply_to.as_deref().filter(|it| it.by_bot) else {
            return Ok(None);
        };
        let said = MessageRef {
            chat: self.inbound.place.chat(),
            message: answered.message.id,
        };
        let store = &self.context.store;
        // In this order: what is settled between the two questions is found by the second.
        let unsettled = match self.inbound.sender.person() {
            Some(person) => store.unsettled_prompt(said.chat, person.id).await?,
            None => None,
        };
        Ok(store.said_in(said).await?.or(unsettled))
    }

    /// An answer to a prompt is what was asked for; an answer to anything else the bot said about
    /// an incident is a comment on it.
    pub(super) async fn answer_to(mut self, row: &OutboxRow, message: &Message) -> Next {
        let source = self.source_of(message).await?;
        if let Says::Prompt { person, prompt } = &row.says {
            self.records.push(Record::Answered { prompt: row.id });
            let age = self.context.clock.now() - row.created_at;
            let asked = (age <= PROMPT_TRUST).then_some(*person);
            return self
                .prompted(row.incident, asked, prompt, message, source)
                .await;
        }
        match row.incident {
            Some(incident) => self.comment(incident, message, source).await,
            None => self.keep(Vec::new(), Vec::new(), Answer::Silent).await,
        }
    }

    /// Each photo of an album is an answer of its own; the first of them speaks for all. It is
    /// noted before it is passed on: the next one is here before the incident has committed.
    async fn source_of(&self, message: &Message) -> Result<Source, Unanswered> {
        let from = self.reply_to(message.id);
        let (Some(album), Some(photo)) = (&message.album, &message.photo) else {
            return Ok(Source::Message(from));
        };
        let chat = self.inbound.place.chat();
        match self.context.store.album(chat, album).await?.first() {
            Some(first) if first == photo => Ok(Source::Message(from)),
            Some(_) => Ok(Source::Quiet(from)),
            None => {
                let mut commit = Commit::new(self.context.clock.now(), None);
                commit.records.push(Record::AlbumPhoto {
                    chat,
                    album: album.clone(),
                    message: message.id,
                    photo: photo.clone(),
                });
                self.context.store.commit(commit).await?;
                Ok(Source::Message(from))
            }
        }
    }

    async fn prompted(
        self,
        incident: Option<IncidentId>,
        asked: Option<PersonId>,
        prompt: &Prompt,
        message: &Message,
        source: Source,
    ) -> Next {
        let text = message.text.clone();
        let command = match prompt {
            Prompt::Summary | Prompt::SummaryWords | Prompt::SummaryPhoto => Command::Summarise {
                comment: Some(text).filter(|text| !text.trim().is_empty()),
                photo: message.photo.clone(),
            },
            Prompt::Block { kind } => Command::Block {
                kind: *kind,
                comment: text,
            },
            Prompt::WakeUp => {
                match calendar::moment_of(&text, self.context.clock.now(), &self.config.settings) {
                    Some(at) => Command::SetWakeUp { at: Some(at) },
                    None => return self.refuse(message.id, Refusal::NotADate).await,
                }
            }
            Prompt::Reopen => Command::Reopen { comment: text },
            Prompt::Clarification { .. } => match incident {
                Some(incident) if !self.is_asked(incident).await? => {
                    return self.comment(incident, message, source).await;
                }
                _ if text.trim().is_empty() => {
                    enclosed(message).unwrap_or(Command::Answer { text })
                }
                _ => Command::Answer { text },
            },
            Prompt::Report => return self.new_incident(message).await,
            Prompt::DepartmentName
            | Prompt::DepartmentRename { .. }
            | Prompt::Member { .. }
            | Prompt::Schedule { .. }
            | Prompt::TimeZone
            | Prompt::QuietHours
            | Prompt::BusinessHours
            | Prompt::CriticalWord
            | Prompt::Chain
            | Prompt::Role { .. } => return self.configured_by_words(asked, prompt, message).await,
        };
        match incident {
            Some(incident) => self.forward(incident, Wish::Do(command), source).await,
            None => self.refuse(message.id, Refusal::NoSuchIncident).await,
        }
    }

    async fn comment(self, incident: IncidentId, message: &Message, source: Source) -> Next {
        let text = message.text.clone();
        let owed = self.owes_summary(incident).await?;
        let command = match enclosed(message) {
            _ if owed => Command::Summarise {
                comment: Some(text).filter(|text| !text.trim().is_empty()),
                photo: message.photo.clone(),
            },
            Some(command) => command,
            None => Command::Comment { text },
        };
        self.forward(incident, Wish::Do(command), source).await
    }

    /// Whether the incident waits for the sender to say how it was resolved: then whatever they say
    /// about it is that.
    async fn owes_summary(&self, incident: IncidentId) -> Result<bool, Unanswered> {
        let known = self.context.store.incident(incident).await?;
        let sender = self.inbound.sender.person().map(|person| person.id);
        Ok(known.is_some_and(|known| match known.stage {
            Stage::AwaitingSummary { resolver, .. } => Some(resolver) == sender,
            _ => false,
        }))
    }

    /// Whether the sender is asked what their report lacks: later answers, and those of others, are
    /// comments.
    async fn is_asked(&self, incident: IncidentId) -> Result<bool, Unanswered> {
        let known = self.context.store.incident(incident).await?;
        let sender = self.inbound.sender.person().map(|person| person.id);
        Ok(known.is_some_and(|known| {
            let intake = matches!(known.stage, Stage::Intake { .. });
            intake && Some(known.report.reporter) == sender
        }))
    }

    /// Photos of an album come one by one: those that come after the incident are added to it,
    /// those that come before are remembered for it.
    async fn album_photo(self, message: &Message, album: String) -> Next {
        let chat = self.inbound.place.chat();
        let Some(photo) = message.photo.clone() else {
            return silent();
        };
        let existing = self.context.store.incident_from_album(chat, &album).await?;
        match existing.filter(Incident::is_open) {
            Some(incident) if incident.report.photos.contains(&photo) => silent(),
            Some(incident) => {
                self.further_photo(incident.identity.id, photo, message)
                    .await
            }
            None => {
                let record = Record::AlbumPhoto {
                    chat,
                    album,
                    message: message.id,
                    photo,
                };
                self.keep(vec![record], Vec::new(), Answer::Silent).await
            }
        }
    }

    pub(super) async fn further_photo(
        self,
        incident: IncidentId,
        photo: Photo,
        message: &Message,
    ) -> Next {
        let source = Source::Quiet(self.reply_to(message.id));
        let caption = message.text.clone();
        let wish = Wish::Do(Command::AddPhoto { photo, caption });
        self.forward(incident, wish, source).await
    }

    /// A corrected message corrects the report that was made from it, and a corrected command what
    /// it added to one.
    pub(super) async fn edited(self, message: &Message) -> Next {
        let (incident, added) = match self.made_from(message.id).await? {
            Some(incident) => (Some(incident), false),
            None => (self.added_to_by(message).await?, true),
        };
        match incident.filter(Incident::is_open) {
            Some(incident) => {
                let text = message.text.clone();
                let source = Source::Quiet(self.reply_to(message.id));
                let wish = Wish::Do(Command::AmendReport { text, added });
                self.forward(incident.identity.id, wish, source).await
            }
            None => silent(),
        }
    }

    async fn made_from(&self, message: MessageId) -> Result<Option<Incident>, Unanswered> {
        let chat = self.inbound.place.chat();
        let origin = MessageRef { chat, message };
        Ok(self.context.store.incident_from(origin).await?)
    }

    /// The incident that was raised by this message, from the one it answers.
    async fn added_to_by(&self, message: &Message) -> Result<Option<Incident>, Unanswered> {
        let Some(answered) = message.reply_to.as_deref() else {
            return Ok(None);
        };
        let raised = self.made_from(answered.message.id).await?;
        Ok(raised.filter(|incident| {
            let addition = incident.report.addition.as_ref();
            addition.is_some_and(|addition| addition.message == message.id)
        }))
    }
}

/// What a message brings along is added, and what is written below it is a comment.
fn enclosed(message: &Message) -> Option<Command> {
    let caption = message.text.clone();
    match (message.photo.clone(), message.recording.clone()) {
        (Some(photo), _) => Some(Command::AddPhoto { photo, caption }),
        (None, Some(recording)) => Some(Command::AddRecording { recording, caption }),
        (None, None) => None,
    }
}
