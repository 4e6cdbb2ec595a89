//! A report that somebody writes in private, and the group it is for.

use super::{Next, PrivateActor, Step, row};
use crate::domain::id::MessageRef;
use crate::domain::notice::Draft as Reported;
use crate::domain::{Class, GroupId, Person, Refusal, Says};
use crate::inbound::{Answer, Ask, Inbound, Message, What};
use crate::ports::Record;

impl PrivateActor {
    /// A report for the group of the place where it is made, else for the person's group; asks which,
    /// if there are several and none was chosen yet.
    pub(super) async fn report(
        &self,
        mut inbound: Inbound,
        person: &Person,
        message: Message,
    ) -> Next {
        let groups = self.groups_of(person.id).await?;
        let to = message.id;
        let there = self.group_of_place(person.id, &groups).await?;
        if groups.is_empty() && there.is_none() {
            return self.refuse(&inbound, to, Refusal::NoGroup).await;
        }
        let home = match there {
            Some(there) => Some(there),
            None => self.home_among(person.id, &groups).await?,
        };
        match home {
            Some(home) => {
                let ask = Ask::NewIncident;
                inbound.what = What::Ask { ask, message };
                Ok(Step::Pass(home, Box::new(inbound)))
            }
            None => self.which_group(&inbound, &message, groups).await,
        }
    }

    /// Asks for which group a report is; an album, of which each photo comes by itself, is asked
    /// about once.
    async fn which_group(
        &self,
        inbound: &Inbound,
        message: &Message,
        groups: Vec<GroupId>,
    ) -> Next {
        let mut records = Vec::new();
        let mut asked_before = false;
        if let (Some(album), Some(photo)) = (&message.album, &message.photo) {
            let chat = inbound.place.chat();
            asked_before = !self.context.store.album(chat, album).await?.is_empty();
            records.push(Record::AlbumPhoto {
                chat,
                album: album.clone(),
                message: message.id,
                photo: photo.clone(),
            });
        }
        let draft = draft_of(inbound, message);
        let question = Says::WhichGroup { draft, groups };
        let rows = (!asked_before).then(|| row(inbound, message.id, Class::Page, question));
        self.keep(inbound, records, rows.into_iter().collect(), Answer::Silent)
            .await
    }
}

fn draft_of(inbound: &Inbound, message: &Message) -> Reported {
    Reported {
        text: message.text.clone(),
        addition: None,
        photos: message.photo.iter().cloned().collect(),
        recordings: message.recording.iter().cloned().collect(),
        origin: MessageRef {
            chat: inbound.place.chat(),
            message: message.id,
        },
        album: message.album.clone(),
    }
}

/// The message that a report was made from.
pub(super) fn message_of(draft: Reported) -> Message {
    Message {
        id: draft.origin.message,
        text: draft.text,
        photo: draft.photos.into_iter().next(),
        recording: draft.recordings.into_iter().next(),
        album: draft.album,
        reply_to: None,
        named: Vec::new(),
    }
}
