//! Who is on duty: by a person's own word, and by schedules that managers set.

use super::shift::agenda_of;
use super::{Next, Turn, refused};
use crate::domain::duty::{DutyWish, duty_wish};
use crate::domain::id::MessageRef;
use crate::domain::{Class, DepartmentId, DutyOverride, MessageId, Mute, PersonId, Refusal, Says};
use crate::inbound::{Answer, Message};
use crate::outcome::Unanswered;
use crate::ports::Record;

impl Turn<'_> {
    /// `/duty`: shows who is on duty, takes a person's own word, or sets a schedule.
    pub(super) async fn duty(self, message: &Message) -> Next {
        let person = match self.standing() {
            Ok(standing) => standing.person,
            Err(refusal) => return self.refuse(message.id, refusal).await,
        };
        let (username, words) = without_name(message);
        match duty_wish(words, &self.config, self.context.clock.now()) {
            Ok(DutyWish::Look) => self.say(message.id, Says::Duty { person }).await,
            Ok(DutyWish::Say { on, until }) if username.is_none() => {
                let word = self.word(person, on, until);
                let row = self.answer_row(None, message.id, Class::Page, Says::Duty { person });
                self.keep(vec![word], vec![row], Answer::Silent).await
            }
            Ok(DutyWish::Say { .. }) | Err(_) => {
                self.refuse(message.id, Refusal::NotASchedule).await
            }
            Ok(DutyWish::Schedule { .. }) if !self.may_run_company() => {
                self.refuse(message.id, Refusal::ManagersOnly).await
            }
            Ok(DutyWish::Schedule { .. }) => self.schedule(message, None).await,
        }
    }

    /// Sets when somebody works: for the department that is named, else for the given one, else for
    /// all of theirs.
    pub(super) async fn schedule(mut self, message: &Message, asked: Option<DepartmentId>) -> Next {
        let (username, words) = without_name(message);
        let wish = duty_wish(words, &self.config, self.context.clock.now());
        let Ok(DutyWish::Schedule { department, week }) = wish else {
            return self.refuse(message.id, Refusal::NotASchedule).await;
        };
        let met = message.named.iter().cloned();
        self.records.extend(met.map(|person| Record::Seen {
            person,
            group: None,
        }));
        let named = self.named(username, message).await?;
        let own = self.inbound.sender.person().map(|person| person.id);
        let meant = named.or_else(|| own.filter(|_| username.is_none()));
        let Some(person) = meant else {
            return self.refuse(message.id, Refusal::NoSuchPerson).await;
        };
        let mut departments = self.config.standing(person).departments;
        if let Some(department) = department.or(asked) {
            departments.retain(|theirs| *theirs == department);
        }
        if departments.is_empty() {
            return self
                .refuse(message.id, Refusal::NotAMember { person })
                .await;
        }
        let (mut records, mut roster) = (Vec::new(), self.config.roster.clone());
        for department in departments {
            roster.set(department, person, week.clone());
            records.push(Record::Schedule {
                department,
                person,
                week: week.clone(),
            });
        }
        let (group, zone) = (self.config.id, self.config.settings.time_zone);
        let now = self.context.clock.now();
        records.extend(agenda_of(group, &roster, person, zone, now));
        // Each group speaks of its own incidents, by its own clock.
        for sibling in &self.config.siblings {
            let config = self.context.store.group(*sibling).await?;
            let zone = config.map(|config| config.settings.time_zone);
            let theirs = zone.map(|zone| agenda_of(*sibling, &roster, person, zone, now));
            records.extend(theirs.into_iter().flatten());
        }
        let row = self.answer_row(None, message.id, Class::Page, Says::Schedule { person });
        self.keep(records, vec![row], Answer::Silent).await
    }

    /// `/mute`: what a person wants to hear.
    pub(super) async fn mutes(self, message: &Message) -> Next {
        match self.standing() {
            Ok(standing) => {
                let person = standing.person;
                self.say(message.id, Says::Mutes { person }).await
            }
            Err(refusal) => self.refuse(message.id, refusal).await,
        }
    }

    pub(super) async fn mute_pressed(self, mute: Mute, muted: bool, page: MessageId) -> Next {
        let Some(person) = self.whose_page(page).await? else {
            return refused(Refusal::NotYours);
        };
        if self.config.roster.is_muted(person, mute) == muted {
            return refused(Refusal::AlreadySo);
        }
        let record = Record::Mute {
            company: self.config.company,
            person,
            mute,
            muted,
        };
        let row = self.edit_row(page, Says::Mutes { person });
        self.keep(vec![record], vec![row], Answer::Saved).await
    }

    /// Who asked for a page about themselves, if that is who presses on it.
    async fn whose_page(&self, page: MessageId) -> Result<Option<PersonId>, Unanswered> {
        let said = MessageRef {
            chat: self.inbound.place.chat(),
            message: page,
        };
        let shown = self.context.store.said_in(said).await?.map(|row| row.says);
        let presser = self.inbound.sender.person().map(|person| person.id);
        Ok(match shown {
            Some(Says::Duty { person } | Says::Mutes { person }) => {
                Some(person).filter(|person| Some(*person) == presser)
            }
            _ => None,
        })
    }

    /// A button of a page of duty: only whoever asked for the page presses it.
    pub(super) async fn duty_pressed(self, on: bool, page: MessageId) -> Next {
        let Some(person) = self.whose_page(page).await? else {
            return refused(Refusal::NotYours);
        };
        let now = self.context.clock.now();
        if let Some(word) = self.config.roster.word_of(person, now)
            && word.on == on
        {
            return refused(Refusal::AlreadySo);
        }
        let word = self.word(person, on, None);
        let row = self.edit_row(page, Says::Duty { person });
        self.keep(vec![word], vec![row], Answer::Saved).await
    }

    fn word(
        &self,
        person: PersonId,
        on: bool,
        until: Option<chrono::DateTime<chrono::Utc>>,
    ) -> Record {
        let now = self.context.clock.now();
        let zone = self.config.settings.time_zone;
        let said = self.config.roster.said(person, on, zone, now);
        let word = DutyOverride {
            until: until.or(said.until),
            ..said
        };
        Record::Duty {
            company: self.config.company,
            word,
        }
    }
}

/// The username that a message begins with, and what follows it; or what follows the name of somebody
/// who is mentioned without one.
fn without_name(message: &Message) -> (Option<&str>, &str) {
    let words = message.text.trim();
    if let Some(rest) = words.strip_prefix('@') {
        let (username, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        return (Some(username), rest.trim());
    }
    let name = message.named.first().map(|person| person.name.as_str());
    let rest = name.and_then(|name| words.strip_prefix(name));
    (None, rest.unwrap_or(words).trim())
}
