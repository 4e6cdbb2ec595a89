//! Buttons that people press.

use chrono::{DateTime, Utc};

use super::lifecycle::cards_naming;
use super::{Next, Turn, refused};
use crate::address::draft;
use crate::domain::calendar::wake_up_at;
use crate::domain::id::MessageRef;
use crate::domain::notice::{JoinAnswer, List, ListOf, Menu, Prompt};
use crate::domain::{
    Access, Audience, Class, Command, DepartmentId, IncidentId, MessageId, Notice, Refusal, Says,
    Standing,
};
use crate::inbound::{Answer, Button, Verb};
use crate::incident::{SOME_WORDS, Source, Wish};
use crate::outcome::Unanswered;
use crate::ports::{Draft, Record};

impl Turn<'_> {
    pub(super) async fn press(self, button: Button, on: MessageId) -> Next {
        if turns_pages(button) && self.is_card(on).await? {
            return refused(Refusal::NotNow);
        }
        match button {
            Button::Card {
                incident,
                edition,
                verb,
            } => self.verb(incident, edition, verb, on).await,
            Button::List { of, page } => self.page(of, page, on).await,
            Button::Show { incident } => self.show_pressed(incident, on).await,
            Button::History { incident, page } => self.history(incident, page, on).await,
            Button::Configure { group, change } if group == self.config.id => {
                self.configure(change, on).await
            }
            Button::Configure { .. } => refused(Refusal::ManagersOnly),
            Button::AnswerJoin(answer) => self.answer_join(answer, on).await,
            Button::Membership { department, join } => self.membership(department, join, on).await,
            Button::Report {
                group,
                span,
                at,
                form,
                all_groups,
            } if group == self.config.id => {
                self.report_pressed((span, at, form), all_groups, on).await
            }
            Button::Report { .. } => refused(Refusal::ManagersOnly),
            Button::Duty(is_on) => self.duty_pressed(is_on, on).await,
            Button::Which { waiting, same } => self.which_pressed(waiting, same, on).await,
            Button::Mute(mute, muted) => self.mute_pressed(mute, muted, on).await,
            Button::ForgetMe => self.forget(on).await,
            Button::ReportTo { .. } | Button::Home | Button::Language(_) => {
                refused(Refusal::NotNow)
            }
        }
    }

    /// Whether a message of the bot is a card.
    async fn is_card(&self, on: MessageId) -> Result<bool, Unanswered> {
        let said = MessageRef {
            chat: self.inbound.place.chat(),
            message: on,
        };
        let row = self.context.store.said_in(said).await?;
        Ok(row.is_some_and(|row| matches!(row.says, Says::Card { .. })))
    }

    async fn verb(self, incident: IncidentId, edition: i64, verb: Verb, on: MessageId) -> Next {
        let words = || SOME_WORDS.to_owned();
        let some_day = Some(DateTime::<Utc>::MAX_UTC);
        let wish = match verb {
            Verb::Claim => Wish::Do(Command::Claim),
            Verb::Join => Wish::Do(Command::Join),
            Verb::Leave => Wish::Do(Command::Leave),
            Verb::Start => Wish::Do(Command::Start),
            Verb::Resume => Wish::Do(Command::Resume),
            Verb::Resolve => Wish::Do(Command::Resolve),
            Verb::Confirm => Wish::Do(Command::Confirm),
            Verb::Reopen => Wish::AskFor(Prompt::Reopen, Command::Reopen { comment: words() }),
            Verb::Block(kind) => Wish::AskFor(
                Prompt::Block { kind },
                Command::Block {
                    kind,
                    comment: words(),
                },
            ),
            Verb::Department(department) => Wish::Route(department),
            Verb::Urgency(urgency) => Wish::Do(Command::SetUrgency { urgency }),
            Verb::Answer(choice) => Wish::Do(Command::AnswerWith { choice }),
            Verb::Skip => Wish::Do(Command::EndIntake),
            Verb::WakeUp(wake_up) => Wish::Do(Command::SetWakeUp {
                at: wake_up_at(wake_up, self.context.clock.now(), &self.config.settings),
            }),
            Verb::AskWakeUp => Wish::AskFor(Prompt::WakeUp, Command::SetWakeUp { at: some_day }),
            Verb::StillOnIt => Wish::Do(Command::StillOnIt),
            Verb::HandOver(person) => Wish::Do(Command::Assign {
                person,
                standing: self.config.standing(person),
            }),
            Verb::Acknowledge => Wish::Do(Command::Acknowledge),
            Verb::Menu(menu) => Wish::Menu(menu),
        };
        let on = self.reply_to(on);
        self.forward(incident, wish, Source::Press { on, edition })
            .await
    }

    async fn page(self, of: ListOf, page: u32, on: MessageId) -> Next {
        let list = List { of, page };
        let row = self.edit_row(on, Says::List { list });
        self.keep(Vec::new(), vec![row], Answer::Shown).await
    }

    async fn show_pressed(self, incident: IncidentId, on: MessageId) -> Next {
        match self.own(incident).await? {
            Some(incident) => {
                let says = Says::Incident { menu: Menu::Main };
                let row = self.answer_row(Some(&incident), on, Class::Page, says);
                self.keep(Vec::new(), vec![row], Answer::Shown).await
            }
            None => refused(Refusal::NoSuchIncident),
        }
    }

    async fn history(self, incident: IncidentId, page: u32, on: MessageId) -> Next {
        match self.own(incident).await? {
            Some(incident) => {
                let mut row = self.edit_row(on, Says::History { page });
                row.incident = Some(incident.identity.id);
                self.keep(Vec::new(), vec![row], Answer::Shown).await
            }
            None => refused(Refusal::NoSuchIncident),
        }
    }

    /// An incident, if it is this group's: a button can be made up.
    async fn own(
        &self,
        incident: IncidentId,
    ) -> Result<Option<crate::domain::Incident>, Unanswered> {
        let found = self.context.store.incident(incident).await?;
        Ok(found.filter(|found| found.identity.group == self.config.id))
    }

    /// Erases whoever asked for it; others in the group see the button too.
    async fn forget(self, on: MessageId) -> Next {
        let said = MessageRef {
            chat: self.inbound.place.chat(),
            message: on,
        };
        let asked = match self.context.store.said_in(said).await?.map(|row| row.says) {
            Some(Says::ForgetMeAsked { person }) => Some(person),
            _ => None,
        };
        let presser = self.inbound.sender.person().map(|person| person.id);
        match asked.filter(|asked| Some(*asked) == presser) {
            Some(person) => {
                let mut rows = cards_naming(&*self.context.store, &self.config, person).await?;
                rows.push(self.edit_row(on, Says::Forgotten));
                let record = Record::Forget { person };
                self.keep(vec![record], rows, Answer::Shown).await
            }
            None => refused(Refusal::NotYours),
        }
    }

    /// A manager lets somebody into a department, or not.
    async fn answer_join(self, answer: JoinAnswer, on: MessageId) -> Next {
        let standing = match self.standing() {
            Ok(standing) if standing.manager => standing,
            Ok(_) => return refused(Refusal::ManagersOnly),
            Err(refusal) => return refused(refusal),
        };
        let asked = self.context.store.join_request(answer.request).await?;
        let Some((_, person, department)) = asked.filter(|(group, _, _)| *group == self.config.id)
        else {
            return refused(Refusal::AlreadySo);
        };
        let mut records = vec![Record::JoinAnswered {
            request: answer.request,
        }];
        if answer.approve {
            records.push(Record::Member { department, person });
        }
        tracing::info!(group = %self.config.id, %person, %department, by = %standing.person,
            approved = answer.approve, "a join request was answered");
        let notice = Notice {
            audience: Audience::Person(person),
            class: Class::Page,
            says: Says::JoinAnswered {
                department,
                approved: answer.approve,
            },
        };
        let told = draft(None, &notice, &self.config, None);
        // Answered, the question has no buttons any more.
        let settled = self.edit_row(on, Says::JoinRequested { person, department });
        self.keep(records, vec![told, settled], Answer::Saved).await
    }

    /// Lets somebody into a department by their own wish, as its access says.
    pub(super) async fn enter(
        self,
        standing: &Standing,
        department: DepartmentId,
        access: Access,
        on: MessageId,
    ) -> Next {
        let person = standing.person;
        match access {
            Access::Open => {
                let record = Record::Member { department, person };
                let row = self.membership_row(on);
                self.keep(vec![record], row, Answer::Saved).await
            }
            Access::Members => refused(Refusal::MembersOnly { department }),
            Access::Request if standing.requested.contains(&department) => {
                refused(Refusal::AlreadyAsked { department })
            }
            Access::Request => {
                let record = Record::JoinRequested {
                    group: self.config.id,
                    department,
                    person,
                };
                let rows = self.to_managers(&Says::JoinRequested { person, department });
                let answer =
                    Answer::Accepted(crate::domain::Event::MembershipRequested { department });
                self.keep(vec![record], rows, answer).await
            }
        }
    }

    fn to_managers(&self, says: &Says) -> Vec<Draft> {
        let managers = self.config.managers.iter();
        managers
            .map(|manager| {
                let notice = Notice {
                    audience: Audience::Person(*manager),
                    class: Class::Page,
                    says: says.clone(),
                };
                draft(None, &notice, &self.config, None)
            })
            .collect()
    }
}

/// Whether what follows takes the place of the message it stands on. No card has such a button, so
/// on a card it is made up.
fn turns_pages(button: Button) -> bool {
    matches!(
        button,
        Button::List { .. }
            | Button::History { .. }
            | Button::Configure { .. }
            | Button::Duty(_)
            | Button::Mute(..)
    )
}
