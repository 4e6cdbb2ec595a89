//! People who raise incidents and race for them. They do what their screens offer, once for each
//! screen, and try again after an outage.

use super::evidence::promises;
use std::collections::HashSet;

use deskbell::playground::{ChatId, MessageId, MessageView, PersonId, PressId, World as Telegram};

use crate::street::said;

/// How many groups people are busy in at a time. They leave those alone that came before: a group
/// that has used up its minute's pace would only be waited for.
const BUSY: usize = 6;

/// In every so manieth group there is more than one incident.
const SECOND_INCIDENTS: usize = 3;

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

    /// Does what screens offer; another group opens when people race in all that there are.
    pub(super) fn act(&mut self, telegram: &Telegram) {
        self.go_on(telegram);
        if self.sites.iter().all(|site| !site.claims.is_empty()) {
            self.open(telegram);
        }
    }

    /// Does what screens offer, in the groups that there are.
    pub(super) fn go_on(&mut self, telegram: &Telegram) {
        let busy = self.sites.len().saturating_sub(BUSY);
        for site in &mut self.sites[busy..] {
            site.act(telegram);
        }
    }

    /// Whether each group has seen its first incident through.
    pub(super) fn is_done(&self, telegram: &Telegram) -> bool {
        self.sites.iter().all(|site| site.is_done(telegram))
    }

    /// Opens a group.
    pub(super) fn open(&mut self, telegram: &Telegram) {
        self.sites.push(Site::open(telegram, self.sites.len()));
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
        let mut reports = vec![telegram.say(chat, reporter, "/new_issue The gate squeaks")];
        if number.is_multiple_of(SECOND_INCIDENTS) {
            reports.push(telegram.say(chat, reporter, "/new_issue The lamp flickers"));
        }
        Self {
            chat,
            reports,
            remark: None,
            claims: Vec::new(),
            reporter,
            racers,
            seen: HashSet::new(),
        }
    }

    fn is_done(&self, telegram: &Telegram) -> bool {
        self.card(telegram)
            .is_some_and(|card| card.text.contains("0001 · resolved"))
    }

    /// The card of the first incident; the second is left as it is.
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
