//! Plain words: answers to the bot's prompts, comments on its messages, the rest of an album, and
//! corrections of what was reported.

use super::{Next, Turn, silent};
use crate::domain::id::MessageRef;
use crate::domain::notice::Prompt;
use crate::domain::{Command, Incident, IncidentId, PersonId, Refusal, Says};
use crate::inbound::{Answer, Message};
use crate::incident::{Source, Wish};
use crate::ports::{OutboxRow, Record};

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
    ) -> Result<Option<OutboxRow>, crate::gateway::Unanswered> {
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
        if let Says::Prompt { person, prompt } = &row.says {
            self.records.push(Record::Answered { prompt: row.id });
            return self.prompted(row.incident, *person, prompt, message).await;
        }
        match row.incident {
            Some(incident) => self.comment(incident, message),
            None => self.keep(Vec::new(), Vec::new(), Answer::Silent).await,
        }
    }

    async fn prompted(
        self,
        incident: Option<IncidentId>,
        asked: PersonId,
        prompt: &Prompt,
        message: &Message,
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
            Prompt::Reopen => Command::Reopen { comment: text },
            Prompt::Report => return self.new_incident(message).await,
            Prompt::DepartmentName
            | Prompt::DepartmentRename { .. }
            | Prompt::TimeZone
            | Prompt::Role { .. } => return self.configured_by_words(asked, prompt, message).await,
        };
        let source = Source::Message(self.reply_to(message.id));
        match incident {
            Some(incident) => self.forward(incident, Wish::Do(command), source),
            None => self.refuse(message.id, Refusal::NoSuchIncident).await,
        }
    }

    fn comment(self, incident: IncidentId, message: &Message) -> Next {
        let command = match &message.photo {
            Some(photo) => Command::AddPhoto {
                photo: photo.clone(),
            },
            None => Command::Comment {
                text: message.text.clone(),
            },
        };
        let source = Source::Message(self.reply_to(message.id));
        self.forward(incident, Wish::Do(command), source)
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
                let source = Source::Quiet(self.reply_to(message.id));
                let wish = Wish::Do(Command::AddPhoto { photo });
                self.forward(incident.identity.id, wish, source)
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

    /// A corrected message corrects the report that was made from it.
    pub(super) async fn edited(self, message: &Message) -> Next {
        let origin = MessageRef {
            chat: self.inbound.place.chat(),
            message: message.id,
        };
        match self.context.store.incident_from(origin).await? {
            Some(incident) if incident.is_open() => {
                let text = message.text.clone();
                let source = Source::Quiet(self.reply_to(message.id));
                let wish = Wish::Do(Command::AmendReport { text });
                self.forward(incident.identity.id, wish, source)
            }
            _ => silent(),
        }
    }
}
