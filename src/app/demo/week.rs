//! A hotel's week, lived before the visitor looks: its people write, press and answer in the
//! playground as visitors do, the clock is moved from deed to deed, and the desk does the rest. So what
//! the reports count, and what the chat shows, is made by the service itself.

mod script;

use std::sync::Arc;
use std::time::Duration;

use actors::ports::Store;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::playground::{ChatId, MessageId, MessageView, PersonId, World};
use script::{Deed, Step, script};

/// Where the hotel stands.
pub const ZONE: Tz = Tz::Europe__Tallinn;

/// How long the history is, beside the day that has begun.
const DAYS: i64 = 7;

/// How long ago the week began: at midnight by the clock on the hotel's wall.
#[must_use]
pub fn age(now: DateTime<Utc>) -> TimeDelta {
    let there = now.with_timezone(&ZONE);
    TimeDelta::days(DAYS) + (there.time() - NaiveTime::MIN)
}

/// How long the desk is left alone between two looks at whether it has finished.
const PAUSE: Duration = Duration::from_millis(3);

/// How often it is looked at after one deed: a desk that does not come to rest is left to itself, and
/// the week goes on.
const LOOKS: usize = 400;

/// How far the clock is moved while messages wait for the messenger's limits.
const REFILL: TimeDelta = TimeDelta::seconds(2);

/// What is pressed where a report looks like an open one.
const ANOTHER: &str = "It is another one";

/// What a week needs of the desk that lives it.
pub struct Desk<'a> {
    /// Where the people are.
    pub world: World,
    /// Where it is seen whether the desk has finished.
    pub store: Arc<dyn Store>,
    /// Moves the clock on, and tells the desk.
    pub advance: &'a (dyn Fn(TimeDelta) + Send + Sync),
}

/// The hotel: who works there, and where they talk.
pub struct Hotel {
    /// The group.
    pub group: ChatId,
    /// Runs it.
    pub manager: PersonId,
    technicians: [PersonId; 4],
    requesters: [PersonId; 3],
}

impl Hotel {
    /// Its people, none of whom has done anything yet.
    #[must_use]
    pub fn open(world: &World) -> Self {
        let person = |name: &str, last: &str, username: &str| {
            let person = world.person(name).last_name(last).username(username);
            person.started().add()
        };
        let manager = person("Helena", "Rebane", "helena_r");
        let technicians = [
            person("Ilmar", "Kuusk", "ilmar_k"),
            person("Dmitri", "Orlov", "dmitri_o"),
            person("Piret", "Lepik", "piret_l"),
            person("Sofia", "Marin", "sofia_m"),
        ];
        let requesters = [
            person("Anu", "Reception", "anu_desk"),
            person("Marko", "Night", "marko_night"),
            person("Leena", "Floor 2", "leena_2"),
        ];
        let everybody: Vec<PersonId> = std::iter::once(manager)
            .chain(technicians)
            .chain(requesters)
            .collect();
        let group = world.group("Hotel Aurora", &everybody);
        for person in everybody {
            world.private(person);
            world.start_bot(person);
        }
        world.add_bot(group, manager);
        world.promote_bot(group, manager);
        Self {
            group,
            manager,
            technicians,
            requesters,
        }
    }
}

/// Lives the week up to the moment at which it ends. Answers how many incidents were raised.
pub async fn live(desk: &Desk<'_>, hotel: &Hotel, ends: DateTime<Utc>) -> usize {
    let mut week = Week {
        desk,
        hotel,
        cards: Vec::new(),
    };
    week.rest().await;
    week.prepare().await;
    let began = desk.world.now();
    let (steps, incidents) = script();
    week.cards = vec![None; incidents];
    for step in steps {
        let at = began + step.after;
        if at >= ends {
            break;
        }
        (desk.advance)((at - desk.world.now()).max(TimeDelta::zero()));
        week.rest().await;
        week.perform(&step).await;
    }
    (desk.advance)((ends - desk.world.now()).max(TimeDelta::zero()));
    week.rest().await;
    week.cards.iter().flatten().count()
}

struct Week<'a> {
    desk: &'a Desk<'a>,
    hotel: &'a Hotel,
    /// The card of each incident, once it is raised.
    cards: Vec<Option<MessageId>>,
}

impl Week<'_> {
    /// Who belongs where, who works when, and codes for the walls.
    async fn prepare(&self) {
        let (group, manager) = (self.hotel.group, self.hotel.manager);
        let [ilmar, dmitri, piret, sofia] = self.hotel.technicians;
        self.say(group, ilmar, "/join").await;
        let joins = [
            (ilmar, "Maintenance"),
            (dmitri, "Maintenance"),
            (piret, "Housekeeping"),
            (sofia, "Housekeeping"),
        ];
        for (person, department) in joins {
            self.press_newest(group, person, department).await;
        }
        for schedule in ["@ilmar_k Mon-Fri 07:00-19:00", "@sofia_m 06:00-18:00"] {
            self.say(group, manager, &format!("/duty {schedule}")).await;
        }
    }

    async fn perform(&mut self, step: &Step) {
        let group = self.hotel.group;
        let technician = |index: usize| {
            let count = self.hotel.technicians.len();
            self.hotel.technicians.get(index % count).copied()
        };
        let requester = |index: usize| {
            let count = self.hotel.requesters.len();
            self.hotel.requesters.get(index % count).copied()
        };
        let person = match step.deed {
            Deed::Report { .. } | Deed::Confirm | Deed::NotFixed => requester(step.who),
            Deed::Department(_) | Deed::Urgency(_) | Deed::Cancel => Some(self.hotel.manager),
            _ => technician(step.who),
        };
        let Some(person) = person else { return };
        if let Deed::Report { text, privately } = step.deed {
            self.report(step.incident, person, text, privately).await;
            return;
        }
        let card = self.cards.get(step.incident).copied().flatten();
        let Some(card) = card else { return };
        match step.deed {
            Deed::Report { .. } => {}
            Deed::Department(name) => {
                self.press(group, person, card, "department").await;
                self.press(group, person, card, name).await;
            }
            Deed::Urgency(name) => {
                self.press(group, person, card, "Urgency").await;
                self.press(group, person, card, name).await;
            }
            Deed::Claim => self.press(group, person, card, "Claim").await,
            Deed::Start => self.press(group, person, card, "Start").await,
            Deed::Hold(why) => {
                self.press(group, person, card, "Block").await;
                self.press(group, person, card, "purchase").await;
                self.answer(group, person, why, false).await;
            }
            Deed::Resume => self.press(group, person, card, "Resume").await,
            Deed::Resolve(how) => {
                self.press(group, person, card, "Resolve").await;
                self.answer(group, person, how, true).await;
            }
            Deed::Confirm => self.press(group, person, card, "Confirm").await,
            Deed::NotFixed => {
                self.press(group, person, card, "Not fixed").await;
                self.answer(group, person, "It is as it was", false).await;
            }
            Deed::Cancel => {
                let number = step.incident + 1;
                let words = format!("/cancel {number:04} the guest has left");
                self.say(group, person, &words).await;
            }
        }
    }

    async fn report(&mut self, incident: usize, person: PersonId, text: &str, privately: bool) {
        let group = self.hotel.group;
        let before = self.newest(group, |_| true).map(|message| message.id);
        let (chat, words) = match privately {
            true => (self.desk.world.private(person), text.to_owned()),
            false => (group, format!("/new_issue {text}")),
        };
        self.say(chat, person, &words).await;
        // The same happened before, and may still be open: it is another one all the same.
        let asked = |message: &MessageView| message.labels().iter().any(|it| it.contains(ANOTHER));
        let newest = self.newest(chat, |_| true);
        if let Some(question) = newest.filter(asked) {
            self.press(chat, person, question.id, ANOTHER).await;
        }
        let card = self.newest(group, |message| {
            let is_new = before.is_none_or(|before| message.id > before);
            is_new
                && message
                    .labels()
                    .iter()
                    .any(|label| label.contains("department"))
        });
        if let Some(place) = self.cards.get_mut(incident) {
            *place = card.map(|card| card.id);
        }
    }

    async fn say(&self, chat: ChatId, person: PersonId, text: &str) {
        self.desk.world.say(chat, person, text);
        self.rest().await;
    }

    /// Answers what the desk asked last, with a photo where one proves the work.
    async fn answer(&self, chat: ChatId, person: PersonId, words: &str, photo: bool) {
        let world = &self.desk.world;
        let Some(prompt) = self.newest(chat, |message| message.force_reply.is_some()) else {
            return;
        };
        match photo {
            true => world.reply_photo(chat, person, prompt.id, words),
            false => world.reply(chat, person, prompt.id, words),
        };
        self.rest().await;
    }

    async fn press(&self, chat: ChatId, person: PersonId, message: MessageId, words: &str) {
        let view = self.desk.world.message(chat, message);
        let labels = view.iter().flat_map(MessageView::labels);
        let Some(label) = labels.clone().find(|label| label.contains(words)) else {
            // The clock may have been quicker than the script.
            tracing::debug!(message = message.0, words, "there is no such button");
            return;
        };
        if let Err(error) = self.desk.world.press(chat, person, message, label) {
            tracing::debug!(%error, words, "a press came to nothing");
        }
        self.rest().await;
    }

    async fn press_newest(&self, chat: ChatId, person: PersonId, words: &str) {
        let offers = |message: &MessageView| message.labels().iter().any(|it| it.contains(words));
        if let Some(message) = self.newest(chat, offers) {
            self.press(chat, person, message.id, words).await;
        }
    }

    /// The newest message of the bot that is such.
    fn newest(&self, chat: ChatId, is: impl Fn(&MessageView) -> bool) -> Option<MessageView> {
        let messages = self.desk.world.messages(chat);
        let mut newest = messages.into_iter().rev();
        newest.find(|message| message.from_bot && is(message))
    }

    /// Waits until the desk has handled and answered everything.
    async fn rest(&self) {
        let (world, store) = (&self.desk.world, &self.desk.store);
        let mut quiet = 0;
        for _ in 0..LOOKS {
            (self.desk.advance)(TimeDelta::zero());
            tokio::time::sleep(PAUSE).await;
            let handled = world.pending_count() == 0 && world.calls_under_way() == 0;
            let unsent = store.outbox_unfinished(world.now()).await.unwrap_or(0);
            let due = store.due(world.now(), 1).await.unwrap_or_default();
            quiet = match handled && unsent == 0 && due.is_empty() {
                true => quiet + 1,
                false => 0,
            };
            if quiet == 2 {
                return;
            }
            if handled && unsent > 0 {
                (self.desk.advance)(REFILL);
            }
        }
        tracing::debug!("the desk does not come to rest; the week goes on");
    }
}
