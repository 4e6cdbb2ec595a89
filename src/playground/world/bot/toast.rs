//! Answering presses.

use super::super::{PressId, Refusal, State, Toast, Violation};

/// Longest toast Telegram shows.
const LONGEST_TOAST: usize = 200;

impl State {
    /// Answers a press once, in time.
    pub(in crate::playground) fn bot_answers(
        &mut self,
        query: &str,
        toast: Toast,
    ) -> Result<(), Refusal> {
        let now = self.now();
        let id = PressId::of_query(query);
        let press = id.and_then(|id| Some((id, self.presses.get_mut(&id)?)));
        let Some((id, press)) = press.filter(|(_, press)| !press.is_expired(now)) else {
            return Err(Refusal::bad_request(
                "query is too old and response timeout expired or query ID is invalid",
            ));
        };
        if toast.text.encode_utf16().count() > LONGEST_TOAST {
            self.audit.blame(Violation::ToastTooLong(id));
            return Err(Refusal::bad_request("MESSAGE_TOO_LONG"));
        }
        // What the presser has seen stays seen: the first answer counts.
        press.answer.get_or_insert(toast);
        Ok(())
    }

    /// The rules broken so far, with the presses that will never be answered.
    pub(in crate::playground) fn violations(&self) -> Vec<Violation> {
        let now = self.now();
        let forgotten = self.presses.iter().filter(|(_, press)| {
            press.delivered && press.answer.is_none() && press.is_expired(now)
        });
        let forgotten = forgotten.map(|(id, _)| Violation::PressNeverAnswered(*id));
        self.audit
            .violations()
            .iter()
            .cloned()
            .chain(forgotten)
            .collect()
    }
}
