//! `/qr`: a manager names places, and gets a code for each to put on the wall. Who scans it may
//! report from there, a guest too: the code is the invitation, and making it is a manager's word.

use super::{Next, Turn};
use crate::domain::place::{PLACES_AT_ONCE, tidy_name};
use crate::domain::{Class, Refusal, Says};
use crate::inbound::{Answer, Message};
use crate::ports::Record;

impl Turn<'_> {
    /// One place a line.
    pub(super) async fn codes_asked(self, message: &Message) -> Next {
        let to = message.id;
        if !self.may_configure() {
            return self.refuse(to, Refusal::ManagersOnly).await;
        }
        let lines = message.text.lines().filter(|line| !line.trim().is_empty());
        let names: Option<Vec<String>> = lines.map(tidy_name).collect();
        let names = match names {
            Some(names) if names.len() > PLACES_AT_ONCE => {
                return self.refuse(to, Refusal::TooManyPlaces).await;
            }
            Some(names) if !names.is_empty() => names,
            Some(_) => return self.refuse(to, Refusal::PlaceMissing).await,
            None => return self.refuse(to, Refusal::BadName).await,
        };
        let group = self.config.id;
        let records = names.iter().map(|name| Record::Place {
            group,
            name: name.clone(),
        });
        let records = records.collect();
        let rows = names.into_iter().map(|place| {
            let says = Says::Code { place };
            self.answer_row(None, to, Class::Page, says)
        });
        let rows = rows.collect();
        self.keep(records, rows, Answer::Silent).await
    }
}
