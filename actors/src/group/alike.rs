//! A report that resembles an open incident waits for its reporter's word, for a moment: join that
//! one, or is it another? Nothing is lost meanwhile: what waits is a stored row, and becomes an
//! incident of its own when nobody answers.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};

use super::{GroupActor, Next, Turn, is_at_home, refused, silent};
use crate::address::{draft, drafts};
use crate::domain::assessment::by_rules;
use crate::domain::likeness::{CANDIDATES, most_alike};
use crate::domain::notice::{ListOf, ReplyTo};
use crate::domain::{
    AgendaItem, AgendaKind, Audience, Class, Command, GroupConfig, Incident, MessageId, Notice,
    Refusal, Report, Says, Urgency, decide::Opening, open,
};
use crate::inbound::Answer;
use crate::incident::{Source, Wish};
use crate::outcome::Unanswered;
use crate::ports::{Commit, Draft, IncidentWrite, Record, Waiting};

/// How long a report waits for its reporter's word: long enough to read two lines, and short enough
/// for a leak.
const PATIENCE: Duration = Duration::minutes(3);

impl Turn<'_> {
    /// The open incident that a report resembles, where its reporter is to be asked: where the group
    /// wants it, of somebody who may see what others reported, and of nothing that cannot wait. An album
    /// comes in parts, and a part that came later would make an incident of its own.
    pub(super) async fn resembled(&self, report: &Report) -> Result<Option<Incident>, Unanswered> {
        let settings = &self.config.settings;
        let rated = by_rules(&report.text, &settings.triage).urgency;
        let asked = settings.asks_about_alike()
            && report.album.is_none()
            && rated != Some(Urgency::Critical);
        let store = &self.context.store;
        if !asked || !self.sees_others(report).await? {
            return Ok(None);
        }
        let of = ListOf::Open(None);
        let (open, _) = store.list(self.config.id, of, 0, CANDIDATES).await?;
        Ok(most_alike(report, &open).cloned())
    }

    async fn sees_others(&self, report: &Report) -> Result<bool, Unanswered> {
        let here = report.origin.map(|origin| origin.chat) == Some(self.config.chat);
        let store = &*self.context.store;
        Ok(here || is_at_home(store, &self.config, report.reporter).await?)
    }

    /// Keeps a report until its reporter has said which it is.
    pub(super) async fn ask_which(self, report: Report, like: &Incident, to: MessageId) -> Next {
        let now = self.context.clock.now();
        // Nothing else is as surely told apart from all that waits.
        let id = self.inbound.update.0;
        let like = like.identity.id;
        let person = report.reporter;
        let waits = Record::Waits {
            group: self.config.id,
            waiting: Box::new(Waiting { id, report, like }),
            due: now + PATIENCE,
        };
        let says = Says::LooksLike {
            waiting: Some(id),
            like,
            person,
        };
        self.offer(waits, says, to).await
    }

    async fn offer(self, waits: Record, says: Says, to: MessageId) -> Next {
        let row = self.answer_row(None, to, Class::Page, says);
        self.keep(vec![waits], vec![row], Answer::Silent).await
    }

    /// The reporter's word.
    pub(super) async fn which_pressed(mut self, id: i64, same: bool, on: MessageId) -> Next {
        let store = &self.context.store;
        let Some(waiting) = store.waiting(self.config.id, id).await? else {
            return refused(Refusal::AlreadySo);
        };
        let person = self.inbound.sender.person().map(|person| person.id);
        if person != Some(waiting.report.reporter) {
            return refused(Refusal::NotYours);
        }
        let over = self.waits_no_more(id);
        if !same {
            let says = Says::LooksLike {
                waiting: None,
                like: waiting.like,
                person: waiting.report.reporter,
            };
            let settled = self.edit_row(on, says);
            return self.raise_waiting(waiting.report, over, settled).await;
        }
        let Some(incident) = store.incident(waiting.like).await? else {
            return refused(Refusal::NoSuchIncident);
        };
        let mut settled = self.edit_row(on, Says::Joined);
        settled.incident = Some(incident.identity.id);
        self.rows.push(settled);
        self.records.extend(over);
        let report = waiting.report;
        let wish = Wish::Do(Command::Follow {
            text: report.text,
            photos: report.photos,
            recordings: report.recordings,
        });
        // Quiet: what is refused leaves the report waiting, to become an incident of its own.
        let source = Source::Quiet(self.reply_to(on));
        self.forward(incident.identity.id, wish, source).await
    }

    fn waits_no_more(&self, id: i64) -> Vec<Record> {
        settled(&self.config, id)
    }

    async fn raise_waiting(self, report: Report, over: Vec<Record>, edited: Draft) -> Next {
        let standing = match self.standing() {
            Ok(standing) => standing,
            Err(refusal) => return refused(refusal),
        };
        let now = self.context.clock.now();
        let origin = report.origin;
        let opening = match open(report, &standing, now, &self.config) {
            Ok(opening) => opening,
            Err(refusal) => return refused(refusal),
        };
        let mut commit = opened(opening, &self.config, now);
        commit.update = Some(self.inbound.update);
        commit.records.splice(0..0, self.records.clone());
        commit.records.extend(over);
        commit.outbox.push(edited);
        match origin {
            Some(origin) => self.open(commit, origin, origin.message).await,
            None => silent(),
        }
    }
}

fn settled(config: &GroupConfig, id: i64) -> Vec<Record> {
    let group = config.id;
    let off = Record::Agenda {
        group,
        kind: AgendaKind::Draft,
        subject: id,
        due: None,
    };
    vec![Record::WaitsNoMore { group, id }, off]
}

/// What keeps a report that has waited.
fn opened(opening: Opening, config: &GroupConfig, now: DateTime<Utc>) -> Commit {
    let mut commit = Commit::new(now, None);
    let asker = opening.incident.report.origin.map(|message| ReplyTo {
        message,
        thread: opening.incident.report.thread,
    });
    commit.outbox = drafts(&opening.incident, &opening, config, asker);
    if let Some(origin) = asker.filter(|it| it.message.chat != config.chat) {
        let notice = Notice {
            audience: Audience::Asker,
            class: Class::Page,
            says: Says::ReportTaken,
        };
        let taken = draft(Some(&opening.incident), &notice, config, Some(origin));
        commit.outbox.push(taken);
    }
    commit.incident = Some(IncidentWrite {
        expected: None,
        incident: opening.incident,
        events: opening.events,
        deadlines: opening.deadlines,
        target: opening.target,
    });
    commit
}

impl GroupActor {
    /// Nobody said which it is: it is another.
    pub(super) async fn ripen(
        &self,
        config: &Arc<GroupConfig>,
        item: AgendaItem,
        now: DateTime<Utc>,
    ) -> Result<Commit, Unanswered> {
        let over = settled(config, item.subject);
        let store = &self.context.store;
        let waiting = store.waiting(config.id, item.subject).await?;
        let opening = waiting.and_then(|waiting| {
            let standing = config.standing(waiting.report.reporter);
            open(waiting.report, &standing, now, config).ok()
        });
        let mut commit = match opening {
            Some(opening) => opened(opening, config, now),
            None => Commit::new(now, None),
        };
        commit.records.extend(over);
        Ok(commit)
    }
}
