//! People who raise incidents and race for them. They do what their screens offer, once for each
//! screen, and try again after an outage.

use super::evidence::promises;
use std::collections::HashSet;

use deskbell::playground::{ChatId, MessageId, MessageView, PersonId, PressId, World as Telegram};

use crate::street::said;

/// How many groups are busy at a time.
const BUSY: usize = 6;

/// Everybody.
#[derive(Default)]
pub(super) struct Crowd {
    pub(super) sites: Vec<Site>,
}

/// One group: a reporter, and three who race.
pub(super) struct Site {
    pub(super) chat: ChatId,
    pub(super) reports: Vec<MessageId>,
    /// A comment that was made, in words that were said once.
    pub(super) remark: Option<String>,
    pub(super) claims: Vec<(PersonId, PressId)>,
    reporter: PersonId,
    racers: Vec<(&'static str, PersonId)>,
    /// Screens that were acted on already, told by message and edition.
    seen: HashSet<(MessageId, u32)>,
}

impl Crowd {
    /// After an outage people try again what seems not to have worked.
    pub(super) fn begin_again(&mut self) {
        for site in &mut self.sites {
            site.seen.clear();
        }
    }

    /// Does what screens offer; `more`: groups that are done make room for new ones.
    pub(super) fn act(&mut self, telegram: &Telegram, more: bool) {
        let mut busy = 0;
        for site in self.sites.iter_mut().filter(|site| !site.is_done(telegram)) {
            site.act(telegram);
            busy += 1;
        }
        if more && busy < BUSY {
            self.sites.push(Site::open(telegram, self.sites.len()));
        }
    }

    pub(super) fn is_done(&self, telegram: &Telegram) -> bool {
        self.sites.iter().all(|site| site.is_done(telegram))
    }

    /// How many promises were heard so far.
    pub(super) fn promised(&self, telegram: &Telegram) -> usize {
        self.sites
            .iter()
            .map(|site| promises(telegram, site).len())
            .sum()
    }
}

impl Site {
    fn open(telegram: &Telegram, number: usize) -> Self {
        let person = |name: &str| telegram.person(name).started().add();
        let reporter = person("Mari");
        let racers: Vec<_> = ["Jaan", "Olga", "Peeter"]
            .into_iter()
            .map(|name| (name, person(name)))
            .collect();
        let mut people = vec![reporter];
        people.extend(racers.iter().map(|(_, person)| *person));
        let chat = telegram.group(&format!("Site {number}"), &people);
        telegram.promote_bot(chat, reporter);
        let reports = ["The gate squeaks", "The lamp flickers"]
            .map(|words| telegram.say(chat, reporter, &format!("/new_issue {words}")));
        Self {
            chat,
            reports: reports.to_vec(),
            remark: None,
            claims: Vec::new(),
            reporter,
            racers,
            seen: HashSet::new(),
        }
    }

    /// The first incident is resolved; the second is left as it is.
    fn is_done(&self, telegram: &Telegram) -> bool {
        self.card(telegram)
            .is_some_and(|card| card.text.contains("0001 · resolved"))
    }

    fn card(&self, telegram: &Telegram) -> Option<MessageView> {
        said(telegram, self.chat, "0001 ·")
    }

    fn act(&mut self, telegram: &Telegram) {
        let Some(card) = self.card(telegram) else {
            return;
        };
        if self.remark.is_none() {
            let remark = format!("Heard in {}", self.chat.0);
            let comment = format!("/comment 0001 {remark}");
            telegram.say(self.chat, self.reporter, &comment);
            self.remark = Some(remark);
        }
        if self.seen.insert((card.id, card.edits)) {
            self.press(telegram, &card);
        }
        let prompt = telegram
            .messages(self.chat)
            .into_iter()
            .rfind(|message| message.force_reply.is_some());
        let owner = self
            .racers
            .iter()
            .find(|(name, _)| card.text.contains(name));
        if let (Some(prompt), Some((_, owner))) = (prompt, owner)
            && self.seen.insert((prompt.id, prompt.edits))
        {
            telegram.reply(self.chat, *owner, prompt.id, "Oiled it");
        }
    }

    fn press(&mut self, telegram: &Telegram, card: &MessageView) {
        let labels = card.labels();
        let label = |words: &str| labels.iter().copied().find(|label| label.contains(words));
        let press = |person, label| telegram.press(self.chat, person, card.id, label).unwrap();
        if let Some(label) = label("Maintenance").or_else(|| label("Choose department")) {
            press(self.reporter, label);
        } else if let Some(label) = label("Claim") {
            for (_, person) in &self.racers {
                self.claims.push((*person, press(*person, label)));
            }
        } else if let Some(label) = label("Resolve") {
            for (_, person) in &self.racers {
                press(*person, label);
            }
        }
    }
}
