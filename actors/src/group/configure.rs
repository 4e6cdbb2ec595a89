//! The configuration of a group, by buttons and prompts.

use std::ops::RangeInclusive;

use chrono_tz::Tz;

use super::lifecycle::to_group;
use super::{Next, Turn, refused};
use crate::address::draft;
use crate::domain::group::{DEFAULT_DEPARTMENTS, GroupStatus, TIME_ZONES};
use crate::domain::notice::{Panel, Prompt, Role};
use crate::domain::{
    Access, Audience, Class, DepartmentId, MessageId, Notice, PersonId, Refusal, Says, Settings,
};
use crate::inbound::{Answer, Button, Change, Message};
use crate::ports::Record;

/// How long a department's name may be, in characters: it must fit a button of a phone.
const NAME_LIMIT: usize = 40;

/// What a clock may be set to: a day at most. Buttons offer less; the rest is made up.
pub(super) const MINUTES: RangeInclusive<u32> = 1..=1_440;

/// How many minutes a claim may last at most: a month.
const LEASE_LIMIT: u32 = 31 * 1_440;

impl Turn<'_> {
    pub(super) async fn configure(mut self, change: Change, on: MessageId) -> Next {
        if !self.may_configure() {
            return refused(Refusal::ManagersOnly);
        }
        self.adopt_manager();
        if is_companys(change) && !self.may_run_company() {
            return refused(Refusal::ManagersOnly);
        }
        self.change(change, on).await
    }

    async fn change(self, change: Change, on: MessageId) -> Next {
        match change {
            Change::Open(Panel::Belong(to)) => self.ask_belong(to, on).await,
            Change::Belong(to) => self.belong(to, on).await,
            Change::Open(panel) => self.turn_to(panel, Vec::new(), on, Answer::Shown).await,
            Change::Language(language) => {
                self.set(on, Panel::Language, |it| it.language = language)
                    .await
            }
            Change::TimeZone(index) => self.time_zone(index, on).await,
            Change::AskTimeZone => self.prompt(Prompt::TimeZone, on).await,
            Change::DefaultDepartment { index, wanted } => {
                self.default_department(index, wanted, on).await
            }
            Change::Finish => self.set(on, Panel::SetUp, |it| it.set_up = true).await,
            Change::AskDepartmentName => self.prompt(Prompt::DepartmentName, on).await,
            Change::AskRename(department)
            | Change::AskMember(department)
            | Change::AskSchedule(department)
            | Change::Access(department, _)
            | Change::Retire(department)
            | Change::RemoveMember(department, _) => {
                self.configure_department(department, change, on).await
            }
            Change::Reporting(_) | Change::Workflow(_) | Change::AskAboutAlike(_) => {
                self.set_policy(change, on).await
            }
            Change::NudgeMinutes(minutes) | Change::SummaryMinutes(minutes) => {
                self.configure_clock(change, minutes, on).await
            }
            Change::LeaseMinutes(urgency, minutes) if minutes <= LEASE_LIMIT => {
                self.set(on, Panel::Clocks, |it| it.leases.last(urgency, minutes))
                    .await
            }
            Change::LeaseMinutes(..) => refused(Refusal::NotNow),
            Change::QuietHours { .. }
            | Change::NoQuietHours
            | Change::AskQuietHours
            | Change::AlwaysOpen
            | Change::AskBusinessHours
            | Change::Holidays(_) => self.configure_hours(change, on).await,
            Change::AskRole(role) => self.prompt(Prompt::Role { role }, on).await,
            Change::TakeRole(role, person) => self.take_role(role, person, on).await,
            Change::TriageMode(_)
            | Change::ChooseDepartment(_)
            | Change::Hazard { .. }
            | Change::AskCriticalWord
            | Change::DropCriticalWord(_) => self.configure_triage(change, on).await,
            Change::CriticalMinutes(_) | Change::AskChain | Change::DropChain(_) => {
                self.configure_escalation(change, on).await
            }
            Change::ReportSchedule { .. } | Change::ReportTime(_) | Change::ReportPlace { .. } => {
                self.configure_reports(change, on).await
            }
            Change::DropRecurring(_) | Change::Overlap(..) => {
                self.configure_recurring(change, on).await
            }
            Change::Approve(_) => refused(Refusal::AlreadySo),
        }
    }

    async fn configure_clock(self, change: Change, minutes: u32, on: MessageId) -> Next {
        if !MINUTES.contains(&minutes) {
            return refused(Refusal::NotNow);
        }
        self.set(on, Panel::Clocks, |it| match change {
            Change::NudgeMinutes(_) => it.unclaimed_nudge_minutes = minutes,
            _ => it.summary_timeout_minutes = minutes,
        })
        .await
    }

    /// Who may report, which way incidents go, and what comes before there is a second.
    async fn set_policy(self, change: Change, on: MessageId) -> Next {
        let panel = Panel::Settings;
        match change {
            Change::Reporting(reporting) => {
                self.set(on, panel, |it| it.reporting = reporting).await
            }
            Change::Workflow(workflow) => self.set(on, panel, |it| it.workflow = workflow).await,
            Change::AskAboutAlike(asks) => {
                self.set(on, panel, |it| it.asks_about_alike = Some(asks))
                    .await
            }
            _ => refused(Refusal::NotNow),
        }
    }

    /// A group that nobody manages, because the desk never saw who added it, is managed by the
    /// first of its administrators who sets something; of several groups, one of the oldest.
    fn adopt_manager(&mut self) {
        let nobodys = self.config.managers.is_empty() && self.config.is_oldest();
        if let (true, Some(person)) = (nobodys, self.inbound.sender.person()) {
            self.records.push(Record::RoleGiven {
                company: self.config.company,
                person: person.id,
                role: Role::Manager,
            });
        }
    }

    /// Shows a page in place of the one that was pressed.
    pub(super) async fn turn_to(
        self,
        panel: Panel,
        records: Vec<Record>,
        on: MessageId,
        answer: Answer,
    ) -> Next {
        let row = self.edit_row(on, Says::Panel { panel });
        self.keep(records, vec![row], answer).await
    }

    pub(super) async fn set(
        mut self,
        on: MessageId,
        panel: Panel,
        change: impl FnOnce(&mut Settings),
    ) -> Next {
        let mut settings = self.config.settings.clone();
        change(&mut settings);
        if settings == self.config.settings {
            return refused(Refusal::AlreadySo);
        }
        self.records.extend(self.rescheduled(&settings));
        let record = Record::Settings {
            group: self.config.id,
            settings,
        };
        self.turn_to(panel, vec![record], on, Answer::Saved).await
    }

    async fn time_zone(self, index: u16, on: MessageId) -> Next {
        match TIME_ZONES.get(usize::from(index)).copied() {
            Some(zone) => {
                self.set(on, Panel::TimeZone, |it| it.time_zone = zone)
                    .await
            }
            None => refused(Refusal::NotNow),
        }
    }

    async fn default_department(self, index: u8, wanted: bool, on: MessageId) -> Next {
        let Some(default) = DEFAULT_DEPARTMENTS.get(usize::from(index)) else {
            return refused(Refusal::NotNow);
        };
        let record = match (default.within(&self.config), wanted) {
            (None, true) => Record::NewDepartment {
                company: self.config.company,
                name: default.name(self.config.settings.language).to_owned(),
                access: Access::Open,
            },
            (Some(existing), false) => Record::DepartmentRetired {
                department: existing.id,
            },
            _ => return refused(Refusal::AlreadySo),
        };
        self.turn_to(Panel::DefaultDepartments, vec![record], on, Answer::Saved)
            .await
    }

    /// Changes a department, if there still is one.
    async fn configure_department(
        self,
        department: DepartmentId,
        change: Change,
        on: MessageId,
    ) -> Next {
        if self.config.department(department).is_none() {
            return refused(Refusal::NoSuchDepartment);
        }
        let page = Panel::Department(department);
        let (record, panel) = match change {
            Change::AskRename(_) => {
                let prompt = Prompt::DepartmentRename { department };
                return self.prompt(prompt, on).await;
            }
            Change::AskMember(_) => return self.prompt(Prompt::Member { department }, on).await,
            Change::AskSchedule(_) => {
                return self.prompt(Prompt::Schedule { department }, on).await;
            }
            Change::Access(_, access) => (Record::DepartmentAccess { department, access }, page),
            Change::RemoveMember(_, person) => (Record::MemberGone { department, person }, page),
            Change::Retire(_) => {
                let record = Record::DepartmentRetired { department };
                (record, Panel::Departments)
            }
            _ => return refused(Refusal::NotNow),
        };
        self.turn_to(panel, vec![record], on, Answer::Saved).await
    }

    async fn take_role(self, role: Role, person: PersonId, on: MessageId) -> Next {
        if role == Role::Manager && self.config.managers.as_slice() == [person] {
            return refused(Refusal::LastManager);
        }
        let record = Record::RoleTaken {
            company: self.config.company,
            person,
            role,
        };
        self.turn_to(Panel::Managers, vec![record], on, Answer::Saved)
            .await
    }

    /// Asks for words; their author is checked again when they come.
    pub(super) async fn prompt(self, prompt: Prompt, on: MessageId) -> Next {
        let Some(person) = self.inbound.sender.person().map(|person| person.id) else {
            return refused(Refusal::Anonymous);
        };
        let row = self.answer_row(None, on, Class::Page, Says::Prompt { person, prompt });
        self.keep(Vec::new(), vec![row], Answer::Asked).await
    }

    /// The words that were asked for. Whoever was asked just now had the right to configure then;
    /// nobody else answers in their place unless they manage.
    pub(super) async fn configured_by_words(
        mut self,
        asked: Option<PersonId>,
        prompt: &Prompt,
        message: &Message,
    ) -> Next {
        let author = self.inbound.sender.person().map(|person| person.id);
        let just_asked = author.is_some() && author == asked;
        let may = match prompt {
            Prompt::DepartmentName
            | Prompt::DepartmentRename { .. }
            | Prompt::Member { .. }
            | Prompt::Schedule { .. }
            | Prompt::Role { .. } => self.may_run_company(),
            _ => self.may_configure(),
        };
        if !just_asked && !may {
            return self.refuse(message.id, Refusal::ManagersOnly).await;
        }
        let outcome = match prompt {
            Prompt::DepartmentName => self.new_department(message),
            Prompt::DepartmentRename { department } => self.renamed(*department, message),
            Prompt::TimeZone => self.zone_by_name(message),
            Prompt::CriticalWord => self.critical_word(message),
            Prompt::Chain => self.chain_by_words(message).await?,
            Prompt::QuietHours => self.quiet_by_words(message),
            Prompt::BusinessHours => self.open_by_words(message),
            Prompt::Role { role } => {
                let (company, role) = (self.config.company, *role);
                let given = move |person| Record::RoleGiven {
                    company,
                    person,
                    role,
                };
                return self.named_by_words(message, given, Panel::Managers).await;
            }
            Prompt::Schedule { department } => {
                let department = *department;
                return self.schedule(message, Some(department)).await;
            }
            Prompt::Member { department } => {
                let department = *department;
                if self.config.department(department).is_none() {
                    return self.refuse(message.id, Refusal::NoSuchDepartment).await;
                }
                let joins = move |person| Record::Member { department, person };
                let page = Panel::Department(department);
                return self.named_by_words(message, joins, page).await;
            }
            _ => Err(Refusal::NotNow),
        };
        if let Ok((Record::Settings { settings, .. }, _)) = &outcome {
            self.records.extend(self.rescheduled(settings));
        }
        self.changed(outcome, message).await
    }

    async fn changed(self, outcome: Result<(Record, Panel), Refusal>, message: &Message) -> Next {
        match outcome {
            Ok((record, panel)) => {
                let row = self.answer_row(None, message.id, Class::Page, Says::Panel { panel });
                self.keep(vec![record], vec![row], Answer::Silent).await
            }
            Err(refusal) => self.refuse(message.id, refusal).await,
        }
    }

    fn new_department(&self, message: &Message) -> Result<(Record, Panel), Refusal> {
        let name = self.free_name(&message.text, None)?;
        let record = Record::NewDepartment {
            company: self.config.company,
            name,
            access: Access::Open,
        };
        Ok((record, Panel::Departments))
    }

    fn renamed(
        &self,
        department: DepartmentId,
        message: &Message,
    ) -> Result<(Record, Panel), Refusal> {
        self.config
            .department(department)
            .ok_or(Refusal::NoSuchDepartment)?;
        let name = self.free_name(&message.text, Some(department))?;
        let record = Record::DepartmentName { department, name };
        Ok((record, Panel::Department(department)))
    }

    /// A name for a department that no other of the company has.
    fn free_name(&self, text: &str, of: Option<DepartmentId>) -> Result<String, Refusal> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits = !name.is_empty() && name.chars().count() <= NAME_LIMIT;
        let other = self.config.department_named(&name).map(|known| known.id);
        if fits && (other.is_none() || other == of) {
            Ok(name)
        } else {
            Err(Refusal::BadName)
        }
    }

    fn zone_by_name(&self, message: &Message) -> Result<(Record, Panel), Refusal> {
        let wanted = message.text.trim().replace(' ', "_");
        let zone = chrono_tz::TZ_VARIANTS
            .iter()
            .find(|zone| zone.name().eq_ignore_ascii_case(&wanted))
            .copied();
        let zone: Tz = zone.ok_or(Refusal::BadName)?;
        let record = Record::Settings {
            group: self.config.id,
            settings: Settings {
                time_zone: zone,
                ..self.config.settings.clone()
            },
        };
        Ok((record, Panel::TimeZone))
    }

    /// What follows for somebody who is named in answer to a question.
    async fn named_by_words(
        mut self,
        message: &Message,
        record: impl FnOnce(PersonId) -> Record,
        panel: Panel,
    ) -> Next {
        let word = message.text.split_whitespace().next().unwrap_or_default();
        let username = word.strip_prefix('@');
        // Who was mentioned may never have written here: their name comes with the mention.
        let mentioned = message.named.first().cloned();
        self.records.extend(mentioned.map(|person| Record::Seen {
            person,
            group: None,
        }));
        let outcome = match self.named(username, message).await? {
            Some(person) => Ok((record(person), panel)),
            None => Err(Refusal::NoSuchPerson),
        };
        self.changed(outcome, message).await
    }

    /// A platform administrator's word on a group that waits for it.
    pub(super) async fn press_approval(self, button: Button, on: MessageId) -> Next {
        let Button::Configure {
            change: Change::Approve(approved),
            ..
        } = button
        else {
            return refused(Refusal::GroupInactive);
        };
        let administrators = &self.context.platform_administrators;
        let person = self.inbound.sender.person().map(|person| person.id);
        if !person.is_some_and(|person| administrators.contains(&person)) {
            return refused(Refusal::ManagersOnly);
        }
        let status = if approved {
            GroupStatus::Active
        } else {
            GroupStatus::Refused
        };
        let record = Record::GroupStatus {
            group: self.config.id,
            status,
        };
        let mut rows = vec![self.edit_row(on, Says::ApprovalAnswered { approved })];
        rows.push(to_group(&self.config, Says::ApprovalAnswered { approved }));
        if approved {
            let panel = Panel::SetUp;
            let notice = Notice {
                audience: Audience::Group,
                class: Class::Page,
                says: Says::Panel { panel },
            };
            rows.push(draft(None, &notice, &self.config, None));
        }
        self.keep(vec![record], rows, Answer::Saved).await
    }
}

/// Whether a change is of what all groups of a company share: departments, members and roles.
fn is_companys(change: Change) -> bool {
    matches!(
        change,
        Change::DefaultDepartment { .. }
            | Change::AskDepartmentName
            | Change::AskRename(_)
            | Change::AskMember(_)
            | Change::AskSchedule(_)
            | Change::Access(..)
            | Change::Retire(_)
            | Change::RemoveMember(..)
            | Change::AskRole(_)
            | Change::TakeRole(..)
    )
}
