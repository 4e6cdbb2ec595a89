//! What a text can refer to: the group, the people, the incident in question.

use std::sync::Arc;

use actors::domain::id::MessageRef;
use actors::domain::{
    Department, DepartmentId, GroupConfig, Incident, IncidentNumber, Language, Person, PersonId,
};
use actors::inbound::{Button, Verdict};
use actors::ports::Letter;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::markup::{Medium, cut, is_visible};
use super::voice::{Voice, link_to};
use super::wording::{Fillings, Phrase};
use super::{Key, Press, Style};
use crate::words::Reading;

/// How much of a department's name is shown, in UTF-16 units.
const DEPARTMENT_LIMIT: usize = 40;

/// How much of a label is shown on a button, in UTF-16 units: phones cut longer ones themselves.
const LABEL_LIMIT: usize = 48;

/// How much of a report stands for it where the card is elsewhere, in UTF-16 units.
const EXCERPT_LIMIT: usize = 80;

/// How somebody is addressed, and what is known of what they are told.
pub(super) struct Scene<'a> {
    pub(super) voice: Voice,
    pub(super) group: Option<&'a GroupConfig>,
    pub(super) incident: Option<&'a Incident>,
    pub(super) card: Option<MessageRef>,
    /// Others that are spoken of.
    pub(super) groups: &'a [Arc<GroupConfig>],
    people: &'a [Person],
    number: Option<IncidentNumber>,
    bot_username: &'a str,
}

impl<'a> Scene<'a> {
    /// Of a letter.
    pub(super) fn of_letter(letter: &'a Letter, style: &'a Style) -> Self {
        let background = &letter.background;
        let incident = background.incident.as_ref();
        Self {
            voice: Voice {
                language: letter.language,
                medium: Medium::Html,
                time_zone: letter.time_zone,
                now: letter.now,
            },
            group: background.group.as_deref(),
            incident,
            card: background.card,
            groups: &background.groups,
            people: &background.people,
            number: incident
                .map(|incident| incident.identity.number)
                .or(background.number),
            bot_username: &style.bot_username,
        }
    }

    /// Of a page in a browser.
    pub(super) fn of_page(reading: &Reading<'a>) -> Self {
        Self {
            voice: Voice {
                language: reading.language,
                medium: Medium::Plain,
                time_zone: reading.group.map_or(Tz::UTC, |it| it.settings.time_zone),
                now: reading.now,
            },
            group: reading.group,
            incident: None,
            card: None,
            groups: &[],
            people: reading.people,
            number: None,
            bot_username: "",
        }
    }

    /// Of an answer that goes back at once.
    pub(super) fn of_verdict(verdict: &'a Verdict, language: Language, now: DateTime<Utc>) -> Self {
        let group = verdict.group.as_deref();
        Self {
            voice: Voice {
                language,
                medium: Medium::Plain,
                time_zone: group.map_or(Tz::UTC, |group| group.settings.time_zone),
                now,
            },
            group,
            incident: None,
            card: None,
            groups: &[],
            people: &verdict.people,
            number: verdict.number,
            bot_username: "",
        }
    }

    pub(super) fn say(&self, id: &str, fillings: Fillings<'_>) -> Phrase {
        self.voice.say(id, fillings)
    }

    pub(super) fn moment(&self, at: DateTime<Utc>) -> Phrase {
        self.voice.moment(at)
    }

    /// A person, called.
    pub(super) fn mention(&self, id: PersonId) -> Phrase {
        self.voice.mention(&self.person(id))
    }

    /// A person, named.
    pub(super) fn name(&self, id: PersonId) -> Phrase {
        self.voice.name(&self.person(id))
    }

    /// A person, named on a button.
    pub(super) fn plain_name(&self, id: PersonId) -> Phrase {
        self.voice.plain().name(&self.person(id))
    }

    fn person(&self, id: PersonId) -> Person {
        self.people
            .iter()
            .find(|person| person.id == id)
            .cloned()
            .unwrap_or_else(|| Person::unknown(id))
    }

    /// People, called, with commas.
    pub(super) fn mentions(&self, ids: &[PersonId]) -> Phrase {
        let all: Vec<Phrase> = ids.iter().map(|id| self.mention(*id)).collect();
        self.voice.series(&all)
    }

    /// People, named, with commas; beyond `limit` only how many more.
    pub(super) fn names(&self, ids: &[PersonId], limit: usize) -> Phrase {
        let mut all: Vec<Phrase> = ids.iter().take(limit).map(|id| self.name(*id)).collect();
        let more = i64::try_from(ids.len().saturating_sub(limit)).unwrap_or(i64::MAX);
        if more > 0 {
            all.push(self.say("and-more", &[("count", more.into())]));
        }
        if all.is_empty() {
            all.push(self.say("nobody", &[]));
        }
        self.voice.series(&all)
    }

    /// A department by name.
    pub(super) fn department(&self, id: DepartmentId) -> Phrase {
        match self.group.and_then(|group| group.department(id)) {
            Some(department) => self.department_name(&self.voice, department),
            None => self.say("department-gone", &[]),
        }
    }

    /// A department's name, in that voice.
    pub(super) fn department_name(&self, voice: &Voice, department: &Department) -> Phrase {
        voice.given_name(&department.name, DEPARTMENT_LIMIT)
    }

    /// A group's title on a button.
    pub(super) fn plain_title(&self, group: &GroupConfig) -> Phrase {
        self.voice.plain().given_name(&group.title, LABEL_LIMIT)
    }

    /// The incident in question: its number, linked to its card.
    pub(super) fn subject(&self) -> Phrase {
        let Some(number) = self.number else {
            return self.say("this-incident", &[]);
        };
        match self.card_link() {
            Some(link) => Phrase::ready(format!(r#"<a href="{link}">{number}</a>"#)),
            None if self.voice.medium == Medium::Html => Phrase::ready(format!("<b>{number}</b>")),
            None => number_of(number),
        }
    }

    /// The address of the incident's card.
    pub(super) fn card_link(&self) -> Option<String> {
        self.card.and_then(link_to)
    }

    /// The first words of a report.
    pub(super) fn excerpt(&self, incident: &Incident) -> Phrase {
        self.first_words(incident, EXCERPT_LIMIT)
    }

    /// The same, in so many UTF-16 units.
    pub(super) fn first_words(&self, incident: &Incident, limit: usize) -> Phrase {
        if is_visible(&incident.report.text) {
            self.voice.line(&incident.report.text, limit)
        } else if incident.report.photos.is_empty() && !incident.report.recordings.is_empty() {
            self.say("recording-only", &[])
        } else {
            self.say("photo-only", &[])
        }
    }

    /// A button with a label of the language files.
    pub(super) fn key(&self, id: &str, button: Button) -> Key {
        let label = self.voice.plain().say(id, &[]);
        self.labelled(&label, button)
    }

    /// A button with that label.
    pub(super) fn labelled(&self, label: &Phrase, button: Button) -> Key {
        Key {
            label: cut(label.as_str(), LABEL_LIMIT),
            press: Press::Data(button),
        }
    }

    /// A button for one value of several; the present one is ticked.
    pub(super) fn choice(&self, label: Phrase, present: bool, button: Button) -> Key {
        let label = if present {
            self.say("chosen", &[("label", label.into())])
        } else {
            label
        };
        self.labelled(&label, button)
    }

    /// A button that opens the private chat with the bot.
    pub(super) fn private_chat_key(&self) -> Option<Key> {
        (!self.bot_username.is_empty()).then(|| Key {
            label: self.say("button-private-chat", &[]).into_string(),
            press: Press::Link(format!("https://t.me/{}?start=hello", self.bot_username)),
        })
    }

    /// A button that leads to the card.
    pub(super) fn card_key(&self) -> Option<Key> {
        Some(Key {
            label: self.say("button-card", &[]).into_string(),
            press: Press::Link(self.card_link()?),
        })
    }
}

/// A number as people say it.
pub(super) fn number_of(number: IncidentNumber) -> Phrase {
    Phrase::ready(number.to_string())
}
