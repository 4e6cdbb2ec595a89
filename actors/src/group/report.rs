//! From words in a chat to a numbered incident.

use super::{Next, Turn, is_at_home};
use chrono::{DateTime, Utc};

use crate::address::drafts;
use crate::domain::id::MessageRef;
use crate::domain::notice::{Draft as Reported, Prompt};
use crate::domain::{
    Addition, Class, Incident, MessageId, PersonId, Photo, Recording, Refusal, Report, Says, open,
};
use crate::inbound::{Answer, Message, Place};
use crate::incident::record_in_log;
use crate::nursery;
use crate::outcome::Unanswered;
use crate::ports::{Commit, CommitError, IncidentWrite, Record};

impl Turn<'_> {
    /// `/new_issue`: from the message it answers, from its own words, or by asking for words.
    pub(super) async fn new_incident(self, message: &Message) -> Next {
        let person = match self.standing() {
            Ok(standing) => standing.person,
            Err(refusal) => return self.refuse(message.id, refusal).await,
        };
        let Some(reported) = self.reported_in(message) else {
            let prompt = Prompt::Report;
            return self.say(message.id, Says::Prompt { person, prompt }).await;
        };
        match (self.of_same_album(&reported).await?, &message.photo) {
            (None, _) => self.raise(reported, message.id, Vec::new()).await,
            (Some(existing), Some(photo))
                if existing.is_open() && reported.origin.message == message.id =>
            {
                self.further_photo(existing.identity.id, photo.clone(), message)
                    .await
            }
            (Some(existing), _) => self.already_reported(&existing, message.id).await,
        }
    }

    /// The incident that was made from another message of the same album: an album is one report.
    async fn of_same_album(&self, reported: &Reported) -> Result<Option<Incident>, Unanswered> {
        let Some(album) = &reported.album else {
            return Ok(None);
        };
        let chat = reported.origin.chat;
        let existing = self.context.store.incident_from_album(chat, album).await?;
        Ok(existing.filter(|known| known.report.origin != Some(reported.origin)))
    }

    /// What a `/new_issue` reports; nothing if there are no words and nothing to see or
    /// to hear.
    fn reported_in(&self, message: &Message) -> Option<Reported> {
        let answered = message
            .reply_to
            .as_deref()
            .filter(|answered| !answered.by_bot)
            .map(|answered| &answered.message);
        let source = answered.unwrap_or(message);
        let added = answered.is_some() && !message.text.trim().is_empty();
        let addition = added.then(|| Addition {
            message: message.id,
            text: message.text.trim().to_owned(),
        });
        let text = match &addition {
            Some(addition) => Report::joined(&source.text, &addition.text),
            None => source.text.trim().to_owned(),
        };
        let mut photos: Vec<Photo> = source.photo.iter().cloned().collect();
        if answered.is_some() {
            photos.extend(message.photo.clone());
        }
        let mut recordings: Vec<Recording> = source.recording.iter().cloned().collect();
        if answered.is_some() {
            recordings.extend(message.recording.clone());
        }
        let empty = text.is_empty() && photos.is_empty() && recordings.is_empty();
        (!empty).then(|| Reported {
            text,
            addition,
            photos,
            recordings,
            origin: MessageRef {
                chat: self.inbound.place.chat(),
                message: source.id,
            },
            album: source.album.clone(),
        })
    }

    /// Makes the incident. `to` is the message that is answered if it cannot be made.
    pub(super) async fn raise(
        mut self,
        reported: Reported,
        to: MessageId,
        records: Vec<Record>,
    ) -> Next {
        self.records.extend(records);
        let standing = match self.standing() {
            Ok(standing) => standing,
            Err(refusal) => return self.refuse(to, refusal).await,
        };
        if let Some(existing) = self.context.store.incident_from(reported.origin).await? {
            return self.already_reported(&existing, to).await;
        }
        let now = self.context.clock.now();
        let place = self.reported_at(standing.person, now).await?;
        if place.is_some() {
            let person = standing.person;
            self.records.push(Record::ReportedThere { person });
        }
        let report = Report {
            reporter: standing.person,
            place,
            planned: None,
            photos: self.all_photos(&reported).await?,
            recordings: reported.recordings,
            text: reported.text,
            addition: reported.addition,
            origin: Some(reported.origin),
            thread: self.inbound.place.thread(),
            album: reported.album,
        };
        let opening = match open(report.clone(), &standing, now, &self.config) {
            Ok(opening) => opening,
            Err(refusal) => return self.refuse(to, refusal).await,
        };
        if let Some(like) = self.resembled(&report).await? {
            return self.ask_which(report, &like, to).await;
        }
        let asker = Some(self.reply_to(to));
        let mut commit = Commit::new(now, Some(self.inbound.update));
        commit.records.clone_from(&self.records);
        commit.outbox = drafts(&opening.incident, &opening, &self.config, asker);
        if matches!(self.inbound.place, Place::Private { .. }) {
            let taken =
                self.answer_row(Some(&opening.incident), to, Class::Page, Says::ReportTaken);
            commit.outbox.push(taken);
        }
        commit.incident = Some(IncidentWrite {
            expected: None,
            incident: opening.incident,
            events: opening.events,
            deadlines: opening.deadlines,
            target: opening.target,
        });
        self.open(commit, reported.origin, to).await
    }

    pub(super) async fn open(self, commit: Commit, origin: MessageRef, to: MessageId) -> Next {
        let events = commit.incident.as_ref().map(|write| write.events.clone());
        let events = events.unwrap_or_default();
        let committed = match self.context.store.commit(commit).await {
            Ok(committed) => committed,
            Err(CommitError::AlreadyHandled) => return super::silent(),
            Err(CommitError::AlreadyReported) => {
                return match self.context.store.incident_from(origin).await? {
                    Some(existing) => self.already_reported(&existing, to).await,
                    None => Err(Unanswered::unavailable(&CommitError::AlreadyReported)),
                };
            }
            Err(error) => return Err(error.into()),
        };
        self.context.wakes.all();
        let mut verdict = crate::inbound::Verdict::plain(Answer::Silent);
        if let Some(incident) = committed.incident {
            record_in_log(&incident, &events);
            verdict.number = Some(incident.identity.number);
            let key = incident.identity.id;
            let arguments = (key, Some(Box::new(incident)));
            self.incidents.send(nursery::Msg::Adopt { key, arguments });
        }
        Ok(super::Step::Answer(verdict))
    }

    /// Where a private report is made: the place whose code was opened for it.
    async fn reported_at(
        &self,
        person: PersonId,
        now: DateTime<Utc>,
    ) -> Result<Option<String>, Unanswered> {
        if matches!(self.inbound.place, Place::Group { .. }) {
            return Ok(None);
        }
        let store = &self.context.store;
        let visit = store.visit_of(person).await?;
        let Some(visit) = visit.filter(|it| it.place.group == self.config.id) else {
            return Ok(None);
        };
        let guest = !is_at_home(&**store, &self.config, person).await?;
        let there = visit.locates(now) || guest && visit.invites(now);
        Ok(there.then_some(visit.place.name))
    }

    async fn already_reported(self, existing: &Incident, to: MessageId) -> Next {
        let refusal = Refusal::AlreadyReported {
            incident: existing.identity.id,
            number: existing.identity.number,
        };
        self.say_about(existing, to, Says::Refused { refusal })
            .await
    }

    /// The photo of the message, and those of its album that came before it.
    async fn all_photos(&self, reported: &Reported) -> Result<Vec<Photo>, Unanswered> {
        let mut photos = match &reported.album {
            Some(album) => {
                let chat = reported.origin.chat;
                self.context.store.album(chat, album).await?
            }
            None => Vec::new(),
        };
        for photo in &reported.photos {
            if !photos.contains(photo) {
                photos.push(photo.clone());
            }
        }
        Ok(photos)
    }
}
