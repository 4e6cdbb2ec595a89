//! What those who work on an incident do with it.

use chrono::{DateTime, Duration, Utc};

use super::{Asking, Verdict, words};
use crate::domain::event::Event;
use crate::domain::incident::{BlockKind, Photo, Stage, Urgency};
use crate::domain::refusal::Refusal;

/// How soon after a sign of life another one is news: a press that came twice is none.
const NEWS_AFTER: Duration = Duration::minutes(1);

impl Asking<'_> {
    pub(super) fn block(&self, kind: BlockKind, comment: &str) -> Verdict {
        self.must_work_on_it()?;
        let comment = words(comment)?;
        match &self.incident.stage {
            Stage::Accepted(_) | Stage::InProgress(_) | Stage::Blocked { .. } => {
                Ok(vec![Event::Blocked { kind, comment }])
            }
            _ => Err(Refusal::NotNow),
        }
    }

    pub(super) fn resume(&self) -> Verdict {
        self.must_work_on_it()?;
        match &self.incident.stage {
            Stage::Blocked { .. } => Ok(vec![Event::Resumed]),
            Stage::InProgress(_) => Err(Refusal::AlreadySo),
            _ => Err(Refusal::NotNow),
        }
    }

    pub(super) fn leave(&self) -> Verdict {
        self.must_work_on_it()?;
        if self.joinable() {
            Ok(vec![Event::Left])
        } else {
            Err(Refusal::NotNow)
        }
    }

    pub(super) fn start(&self) -> Verdict {
        self.must_work_on_it()?;
        match &self.incident.stage {
            Stage::Accepted(_) => Ok(vec![Event::Started]),
            Stage::InProgress(_) => Err(Refusal::AlreadySo),
            _ => Err(Refusal::NotNow),
        }
    }

    pub(super) fn set_wake_up(&self, at: Option<DateTime<Utc>>) -> Verdict {
        self.must_work_on_it()?;
        match &self.incident.stage {
            Stage::Blocked { .. } if at.is_some_and(|at| at <= self.now) => {
                Err(Refusal::NotInTheFuture)
            }
            Stage::Blocked { wake, asked, .. } if *wake == at && !asked => Err(Refusal::AlreadySo),
            Stage::Blocked { .. } => Ok(vec![Event::WakeUpSet { wake: at }]),
            _ => Err(Refusal::NotNow),
        }
    }

    /// Said again at once, it says nothing new.
    pub(super) fn still_on_it(&self) -> Verdict {
        let work = self.must_work_on_it()?;
        let just_now = self.now - work.last_seen() < NEWS_AFTER && work.asked_at.is_none();
        match &self.incident.stage {
            Stage::Accepted(_) | Stage::InProgress(_) if just_now => Err(Refusal::AlreadySo),
            Stage::Accepted(_) | Stage::InProgress(_) => Ok(vec![Event::StillOnIt]),
            _ => Err(Refusal::NotNow),
        }
    }

    pub(super) fn resolve(&self) -> Verdict {
        self.must_work_on_it()?;
        match &self.incident.stage {
            Stage::AwaitingSummary { resolver, .. } if *resolver != self.me() => {
                Err(Refusal::ResolverOnly {
                    resolver: *resolver,
                })
            }
            Stage::AwaitingSummary { .. } => Err(Refusal::SummaryOwed),
            _ if self.joinable() => Ok(vec![Event::ResolutionBegun]),
            _ => Err(Refusal::NotNow),
        }
    }

    pub(super) fn summarise(&self, words: Option<&str>, picture: Option<&Photo>) -> Verdict {
        let Stage::AwaitingSummary {
            resolver,
            comment,
            photo,
            ..
        } = &self.incident.stage
        else {
            return Err(Refusal::NotNow);
        };
        if *resolver != self.me() {
            return Err(Refusal::ResolverOnly {
                resolver: *resolver,
            });
        }
        let words = words.map(str::trim).filter(|words| !words.is_empty());
        if words.is_none() && picture.is_none() {
            return Err(Refusal::WordsMissing);
        }
        let comment = words.map(str::to_owned).or_else(|| comment.clone());
        let photo = picture.cloned().or_else(|| photo.clone());
        let photo_wanted = self.incident.urgency == Some(Urgency::Critical);
        match comment {
            Some(comment) if photo.is_some() || !photo_wanted => {
                Ok(vec![Event::Summarised { comment, photo }])
            }
            comment => Ok(vec![Event::SummaryPartGiven { comment, photo }]),
        }
    }
}
