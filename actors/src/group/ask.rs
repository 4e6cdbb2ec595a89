//! Commands that people type.

use super::{Next, Turn};
use crate::domain::notice::{List, ListOf, Menu, Panel};
use crate::domain::{
    Command, DepartmentId, Incident, IncidentNumber, MessageId, PersonId, Refusal, Says, Settings,
    Standing,
};
use crate::inbound::{Answer, Ask, Message, Place};
use crate::incident::{Source, Wish};
use crate::outcome::Unanswered;
use crate::ports::{Draft, Record};

impl Turn<'_> {
    pub(super) async fn ask(self, ask: &Ask, message: &Message) -> Next {
        match ask {
            Ask::NewIncident => self.new_incident(message).await,
            Ask::My => self.my(message).await,
            Ask::Open { department } => self.open_list(department.as_deref(), message).await,
            Ask::Incident { number } => {
                let menu = Menu::Main;
                self.show(*number, message, Says::Incident { menu }).await
            }
            Ask::History { number } => {
                let says = Says::History { page: 0 };
                self.show(*number, message, says).await
            }
            Ask::Comment { number, text } => {
                let text = text.clone();
                self.command(*number, message, Command::Comment { text })
                    .await
            }
            Ask::Assign { number, username } => {
                self.assign(*number, username.as_deref(), message).await
            }
            Ask::Reopen { number, comment } => {
                let comment = comment.clone();
                self.command(*number, message, Command::Reopen { comment })
                    .await
            }
            Ask::Cancel { number, reason } => {
                let reason = reason.clone();
                self.command(*number, message, Command::Cancel { reason })
                    .await
            }
            Ask::Duplicate { number, of } => self.duplicate(*number, *of, message).await,
            Ask::Departments => self.panel(Panel::Departments, message).await,
            Ask::Settings => self.settings(message).await,
            Ask::Managers => self.panel(Panel::Managers, message).await,
            Ask::Report { span } => self.report_asked(*span, message.id).await,
            Ask::Recurring => self.recurring_asked(message).await,
            Ask::Qr => self.codes_asked(message).await,
            Ask::Register => self.register(message).await,
            Ask::Join | Ask::LeaveDepartment => self.say(message.id, Says::Membership).await,
            Ask::Duty => self.duty(message).await,
            Ask::Mute => self.mutes(message).await,
            Ask::Language => self.panel(Panel::Language, message).await,
            Ask::Start | Ask::Help => self.say(message.id, Says::Help).await,
            Ask::Home | Ask::Dashboard => self.refuse(message.id, Refusal::PrivateOnly).await,
            Ask::Privacy => self.say(message.id, Says::Privacy).await,
            Ask::ForgetMe => self.forget_me(message).await,
            Ask::Unknown => self.refuse(message.id, Refusal::UnknownCommand).await,
        }
    }

    async fn my(self, message: &Message) -> Next {
        match self.standing() {
            Ok(standing) => {
                let of = ListOf::Mine(standing.person);
                self.list(of, message).await
            }
            Err(refusal) => self.refuse(message.id, refusal).await,
        }
    }

    async fn open_list(self, department: Option<&str>, message: &Message) -> Next {
        let Some(name) = department else {
            return self.list(ListOf::Open(None), message).await;
        };
        match self.config.department_named(name).map(|known| known.id) {
            Some(department) => self.list(ListOf::Open(Some(department)), message).await,
            None => self.refuse(message.id, Refusal::NoSuchDepartment).await,
        }
    }

    async fn list(self, of: ListOf, message: &Message) -> Next {
        let list = List { of, page: 0 };
        self.say(message.id, Says::List { list }).await
    }

    async fn show(self, number: Option<IncidentNumber>, message: &Message, says: Says) -> Next {
        match self.meant(number, message).await? {
            Ok(incident) => self.say_about(&incident, message.id, says).await,
            Err(refusal) => self.refuse(message.id, refusal).await,
        }
    }

    async fn command(
        self,
        number: Option<IncidentNumber>,
        message: &Message,
        command: Command,
    ) -> Next {
        match self.meant(number, message).await? {
            Ok(incident) => {
                let source = Source::Message(self.reply_to(message.id));
                self.forward(incident.identity.id, Wish::Do(command), source)
                    .await
            }
            Err(refusal) => self.refuse(message.id, refusal).await,
        }
    }

    /// The incident of this number; without a number, the one that the answered message of the
    /// bot is about.
    async fn meant(
        &self,
        number: Option<IncidentNumber>,
        message: &Message,
    ) -> Result<Result<Incident, Refusal>, Unanswered> {
        let store = &self.context.store;
        let found = match number {
            Some(number) => store.incident_numbered(self.config.company, number).await?,
            None => match self
                .answered_row(message)
                .await?
                .and_then(|row| row.incident)
            {
                Some(incident) => store.incident(incident).await?,
                None => return Ok(Err(Refusal::Malformed)),
            },
        };
        Ok(found
            .filter(|incident| incident.identity.group == self.config.id)
            .ok_or(Refusal::NoSuchIncident))
    }

    async fn assign(
        mut self,
        number: Option<IncidentNumber>,
        username: Option<&str>,
        message: &Message,
    ) -> Next {
        // Whoever is named by a mention that carries them is known from now on.
        let met = message.named.iter().cloned();
        self.records.extend(met.map(|person| Record::Seen {
            person,
            group: None,
        }));
        let Some(person) = self.named(username, message).await? else {
            return self.refuse(message.id, Refusal::NoSuchPerson).await;
        };
        let standing: Standing = self.config.standing(person);
        let command = Command::Assign { person, standing };
        self.command(number, message, command).await
    }

    /// The person a message names: by username, by a mention that carries them, or by answering
    /// something they wrote.
    pub(super) async fn named(
        &self,
        username: Option<&str>,
        message: &Message,
    ) -> Result<Option<PersonId>, Unanswered> {
        if let Some(username) = username {
            let store = &self.context.store;
            let Some(person) = store.person_named(username).await? else {
                return Ok(None);
            };
            // Who was never here is nobody here: other companies have people of their own.
            let groups = store.groups_of(person.id).await?;
            return Ok(groups.contains(&self.config.id).then_some(person.id));
        }
        let answered = message
            .reply_to
            .as_deref()
            .filter(|answered| !answered.by_bot)
            .and_then(|answered| answered.author.as_ref());
        Ok(message.named.first().or(answered).map(|person| person.id))
    }

    async fn duplicate(
        self,
        number: Option<IncidentNumber>,
        of: Option<IncidentNumber>,
        message: &Message,
    ) -> Next {
        // With one number, as an answer to a card, that number is the original.
        let (number, of) = match (number, of) {
            (Some(only), None) => (None, Some(only)),
            both => both,
        };
        if of.is_none() {
            return self.refuse(message.id, Refusal::Malformed).await;
        }
        match self.meant(of, message).await? {
            Ok(original) => {
                let incident = original.identity.id;
                self.command(number, message, Command::DuplicateOf { incident })
                    .await
            }
            Err(refusal) => self.refuse(message.id, refusal).await,
        }
    }

    /// A page of the configuration; without its buttons for those who may only look. A group's
    /// anonymous administrator gets them too: each button asks again who presses it.
    async fn panel(self, panel: Panel, message: &Message) -> Next {
        let anonymous = self.inbound.sender.person().is_none();
        let says = if anonymous || self.may_configure() {
            Says::Panel { panel }
        } else {
            Says::PanelShown { panel }
        };
        self.say(message.id, says).await
    }

    /// Whoever asks for the settings has left the set-up behind.
    async fn settings(mut self, message: &Message) -> Next {
        if self.may_configure() && !self.config.settings.set_up {
            self.records.push(Record::Settings {
                group: self.config.id,
                settings: Settings {
                    set_up: true,
                    ..self.config.settings.clone()
                },
            });
        }
        let asker = self.inbound.sender.person().map(|person| person.id);
        let panel = match asker.filter(|_| self.may_configure() && !self.manages()) {
            Some(administrator) => Panel::SettingsFor(administrator),
            None => Panel::Settings,
        };
        self.panel(panel, message).await
    }

    async fn register(self, message: &Message) -> Next {
        let standing = match self.standing() {
            Ok(standing) => standing,
            Err(refusal) => return self.refuse(message.id, refusal).await,
        };
        let already = standing.registered;
        let record = Record::Registered {
            company: self.config.company,
            person: standing.person,
        };
        let row = self.answer_row(
            None,
            message.id,
            crate::domain::Class::Page,
            Says::Registered { already },
        );
        self.keep(vec![record], vec![row], Answer::Silent).await
    }

    async fn forget_me(self, message: &Message) -> Next {
        match self.standing() {
            Ok(standing) => {
                let person = standing.person;
                self.say(message.id, Says::ForgetMeAsked { person }).await
            }
            Err(refusal) => self.refuse(message.id, refusal).await,
        }
    }

    /// Joins or leaves a department, by button.
    pub(super) async fn membership(
        self,
        department: DepartmentId,
        join: bool,
        on: MessageId,
    ) -> Next {
        let standing = match self.standing() {
            Ok(standing) => standing,
            Err(refusal) => return super::refused(refusal),
        };
        let person = standing.person;
        let Some(known) = self.config.department(department) else {
            return super::refused(Refusal::NoSuchDepartment);
        };
        let access = known.access;
        match (join, standing.is_member(department)) {
            (true, true) | (false, false) => super::refused(Refusal::AlreadySo),
            (false, true) => {
                let record = Record::MemberGone { department, person };
                let row = self.membership_row(on);
                self.keep(vec![record], row, Answer::Saved).await
            }
            (true, false) => self.enter(&standing, department, access, on).await,
        }
    }

    /// The page of departments drawn anew: in a private chat it shows which are the reader's. In a
    /// group it shows the same to all.
    pub(super) fn membership_row(&self, on: MessageId) -> Vec<Draft> {
        match self.inbound.place {
            Place::Private { .. } => vec![self.edit_row(on, Says::Membership)],
            Place::Group { .. } => Vec::new(),
        }
    }
}
