//! How a group's people set triage: by buttons and one prompt.

use super::{Next, Turn, refused};
use crate::domain::hazard::Hazard;
use crate::domain::notice::{Panel, Prompt};
use crate::domain::triage::{OWN_WORD_LIMIT, OWN_WORDS_LIMIT, word_mark};
use crate::domain::{MessageId, Refusal, Settings};
use crate::inbound::{Change, Message};
use crate::ports::Record;

impl Turn<'_> {
    pub(super) async fn configure_triage(self, change: Change, on: MessageId) -> Next {
        let panel = Panel::Triage;
        match change {
            Change::TriageMode(mode) => self.set(on, panel, |it| it.triage.mode = mode).await,
            Change::ChooseDepartment(chosen) => {
                self.set(on, panel, |it| it.triage.choose_department = chosen)
                    .await
            }
            Change::Hazard { index, critical } => {
                let Some(hazard) = Hazard::LISTED.get(usize::from(index)).copied() else {
                    return refused(Refusal::NotNow);
                };
                self.set(on, panel, |it| {
                    it.triage.ignored.retain(|ignored| *ignored != hazard);
                    if !critical {
                        it.triage.ignored.push(hazard);
                    }
                })
                .await
            }
            Change::AskCriticalWord => self.prompt(Prompt::CriticalWord, on).await,
            Change::DropCriticalWord(mark) => {
                self.set(on, panel, |it| {
                    it.triage.own_words.retain(|word| word_mark(word) != mark);
                })
                .await
            }
            _ => refused(Refusal::NotNow),
        }
    }

    pub(super) fn critical_word(&self, message: &Message) -> Result<(Record, Panel), Refusal> {
        let word = message.text.split_whitespace().collect::<Vec<_>>();
        let word = word.join(" ").to_lowercase();
        let policy = &self.config.settings.triage;
        let fits = (2..=OWN_WORD_LIMIT).contains(&word.chars().count());
        if !fits || policy.own_words.len() >= OWN_WORDS_LIMIT || policy.own_words.contains(&word) {
            return Err(Refusal::BadName);
        }
        let mut settings: Settings = self.config.settings.clone();
        settings.triage.own_words.push(word);
        let record = Record::Settings {
            group: self.config.id,
            settings,
        };
        Ok((record, Panel::Triage))
    }
}
