//! Buttons as Telegram carries them: 1 to 64 bytes of `callback_data`.
//!
//! Anybody with a modified client can send any data, and buttons stay on screens for years. So
//! reading is total, every button says which edition of the form it is written in, and ids are
//! never trusted: they are only names of what the desk then looks up and checks.
//!
//! The form: fields joined by `.`, numbers in base 36; first the edition, then what it is about.
//! `1.c.16.4.cl` is "claim incident 42, drawn with its edition 4".

mod change;
#[cfg(test)]
mod tests;

use std::str::Split;

use actors::domain::kpi::{ReportForm, Span};
use actors::domain::notice::{JoinAnswer, ListOf, Menu, Role, WakeUp};
use actors::domain::{
    Access, BlockKind, DepartmentId, GroupId, IncidentId, JoinRequestId, Language, Mute, PersonId,
    Urgency, Workflow,
};
use actors::inbound::{Button, Verb};

/// The edition of the form. A change of meaning needs a new one, so that old buttons are refused
/// instead of misread.
const EDITION: &str = "1";

/// The base of numbers: the largest that the standard library reads and writes with letters of one
/// case, so that even three extreme ids stay far below 64 bytes.
const BASE: u32 = 36;

/// Writes a button as `callback_data`.
#[must_use]
pub fn encode(button: &Button) -> String {
    let mut fields = Writer::new();
    match button {
        Button::Card {
            incident,
            edition,
            verb,
        } => {
            fields.code("c").number(incident.0).number(*edition);
            write_verb(&mut fields, *verb);
        }
        Button::List { of, page } => {
            fields.code("l").number(i64::from(*page));
            write_list(&mut fields, *of);
        }
        Button::Show { incident } => {
            fields.code("s").number(incident.0);
        }
        Button::History { incident, page } => {
            let page = i64::from(*page);
            fields.code("h").number(incident.0).number(page);
        }
        Button::Configure { group, change } => {
            fields.code("g").number(group.0);
            change::write(&mut fields, *change);
        }
        Button::AnswerJoin(JoinAnswer { request, approve }) => {
            fields.code("j").number(request.0).flag(*approve);
        }
        Button::Membership { department, join } => {
            fields.code("m").number(department.0).flag(*join);
        }
        Button::Duty(on) => {
            fields.code("d").flag(*on);
        }
        Button::Mute(mute, muted) => {
            fields.code("q").code(mute_code(*mute)).flag(*muted);
        }
        Button::ReportTo { group } => {
            fields.code("r").number(group.0);
        }
        Button::Home => {
            fields.code("o");
        }
        Button::Which { waiting, same } => {
            fields.code("w").number(*waiting).flag(*same);
        }
        Button::Report { .. } => write_report(&mut fields, button),
        Button::ForgetMe => {
            fields.code("f");
        }
        Button::Language(language) => {
            fields.code("t").code(language.tag());
        }
    }
    fields.out
}

/// A report; of any other button nothing.
fn write_report(fields: &mut Writer, button: &Button) {
    if let Button::Report {
        group,
        span,
        at,
        form,
        all_groups,
    } = button
    {
        let (span, form) = (span_code(*span), form_code(*form));
        fields.code("k").number(group.0);
        fields.code(span).number(*at).code(form);
        if *all_groups {
            fields.code("a");
        }
    }
}

/// Reads `callback_data`; `None` for what this version did not write.
#[must_use]
pub fn decode(data: &str) -> Option<Button> {
    let mut fields = Reader::new(data)?;
    let button = match fields.code()? {
        "c" => Button::Card {
            incident: IncidentId(fields.number()?),
            edition: fields.number()?,
            verb: read_verb(&mut fields)?,
        },
        "l" => Button::List {
            page: fields.small()?,
            of: read_list(&mut fields)?,
        },
        "s" => Button::Show {
            incident: IncidentId(fields.number()?),
        },
        "h" => Button::History {
            incident: IncidentId(fields.number()?),
            page: fields.small()?,
        },
        "g" => Button::Configure {
            group: GroupId(fields.number()?),
            change: change::read(&mut fields)?,
        },
        "j" => Button::AnswerJoin(JoinAnswer {
            request: JoinRequestId(fields.number()?),
            approve: fields.flag()?,
        }),
        "m" => Button::Membership {
            department: DepartmentId(fields.number()?),
            join: fields.flag()?,
        },
        "d" => Button::Duty(fields.flag()?),
        "q" => Button::Mute(fields.one_of(Mute::ALL, mute_code)?, fields.flag()?),
        "r" => Button::ReportTo {
            group: GroupId(fields.number()?),
        },
        "o" => Button::Home,
        "w" => Button::Which {
            waiting: fields.number()?,
            same: fields.flag()?,
        },
        "k" => Button::Report {
            group: GroupId(fields.number()?),
            span: fields.one_of(Span::ALL, span_code)?,
            at: fields.number()?,
            form: fields.one_of(ReportForm::ALL, form_code)?,
            all_groups: fields.mark("a")?,
        },
        "f" => Button::ForgetMe,
        "t" => Button::Language(fields.language()?),
        _ => return None,
    };
    fields.end().map(|()| button)
}

fn mute_code(mute: Mute) -> &'static str {
    match mute {
        Mute::NewInDepartment => "n",
        Mute::Nudges => "u",
        Mute::Digests => "d",
    }
}

fn span_code(span: Span) -> &'static str {
    match span {
        Span::Day => "d",
        Span::Week => "w",
        Span::Month => "m",
    }
}

fn form_code(form: ReportForm) -> &'static str {
    match form {
        ReportForm::Picture => "p",
        ReportForm::Csv => "c",
        ReportForm::Xlsx => "x",
        ReportForm::Ratings => "r",
        ReportForm::People => "w",
    }
}

fn write_verb(fields: &mut Writer, verb: Verb) {
    match verb {
        Verb::Claim => fields.code("cl"),
        Verb::Join => fields.code("jo"),
        Verb::Leave => fields.code("le"),
        Verb::Start => fields.code("st"),
        Verb::Resume => fields.code("re"),
        Verb::Resolve => fields.code("ok"),
        Verb::Confirm => fields.code("co"),
        Verb::Reopen => fields.code("op"),
        Verb::Block(kind) => fields.code("bl").code(block_code(kind)),
        Verb::Department(department) => fields.code("de").number(department.0),
        Verb::Urgency(urgency) => fields.code("ur").code(urgency_code(urgency)),
        Verb::Answer(choice) => fields.code("an").number(i64::from(choice)),
        Verb::Skip => fields.code("sk"),
        Verb::WakeUp(wake_up) => fields.code("wu").code(wake_up_code(wake_up)),
        Verb::AskWakeUp => fields.code("wa"),
        Verb::StillOnIt => fields.code("so"),
        Verb::HandOver(person) => fields.code("ho").number(person.0),
        Verb::Acknowledge => fields.code("ak"),
        Verb::Menu(menu) => fields.code("me").code(menu_code(menu)),
    };
}

fn read_verb(fields: &mut Reader<'_>) -> Option<Verb> {
    Some(match fields.code()? {
        "cl" => Verb::Claim,
        "jo" => Verb::Join,
        "le" => Verb::Leave,
        "st" => Verb::Start,
        "re" => Verb::Resume,
        "ok" => Verb::Resolve,
        "co" => Verb::Confirm,
        "op" => Verb::Reopen,
        "bl" => Verb::Block(fields.one_of(BlockKind::ALL, block_code)?),
        "de" => Verb::Department(DepartmentId(fields.number()?)),
        "ur" => Verb::Urgency(fields.one_of(Urgency::ALL, urgency_code)?),
        "an" => Verb::Answer(fields.small()?),
        "sk" => Verb::Skip,
        "wu" => Verb::WakeUp(fields.one_of(WakeUp::ALL, wake_up_code)?),
        "wa" => Verb::AskWakeUp,
        "so" => Verb::StillOnIt,
        "ho" => Verb::HandOver(PersonId(fields.number()?)),
        "ak" => Verb::Acknowledge,
        "me" => Verb::Menu(fields.one_of(MENUS, menu_code)?),
        _ => return None,
    })
}

fn write_list(fields: &mut Writer, of: ListOf) {
    match of {
        ListOf::Mine(person) => fields.code("m").number(person.0),
        ListOf::Open(None) => fields.code("o"),
        ListOf::Open(Some(department)) => fields.code("d").number(department.0),
        ListOf::Unclaimed(department) => fields.code("u").number(department.0),
        ListOf::Owned(person) => fields.code("w").number(person.0),
    };
}

fn read_list(fields: &mut Reader<'_>) -> Option<ListOf> {
    Some(match fields.code()? {
        "m" => ListOf::Mine(PersonId(fields.number()?)),
        "o" => ListOf::Open(None),
        "d" => ListOf::Open(Some(DepartmentId(fields.number()?))),
        "u" => ListOf::Unclaimed(DepartmentId(fields.number()?)),
        "w" => ListOf::Owned(PersonId(fields.number()?)),
        _ => return None,
    })
}

const MENUS: [Menu; 5] = [
    Menu::Main,
    Menu::Departments,
    Menu::Urgency,
    Menu::Block,
    Menu::HandOver,
];
const ROLES: [Role; 2] = [Role::Manager, Role::Dispatcher];
const WORKFLOWS: [Workflow; 2] = [Workflow::Quick, Workflow::Full];

fn block_code(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Attention => "a",
        BlockKind::NeedsPurchase => "p",
        BlockKind::NeedsContractor => "c",
        BlockKind::Waiting => "w",
    }
}

fn urgency_code(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Critical => "c",
        Urgency::SameDay => "s",
        Urgency::Planned => "p",
    }
}

fn menu_code(menu: Menu) -> &'static str {
    match menu {
        Menu::Main => "m",
        Menu::Departments => "d",
        Menu::Urgency => "u",
        Menu::Block => "b",
        Menu::HandOver => "h",
    }
}

fn wake_up_code(wake_up: WakeUp) -> &'static str {
    match wake_up {
        WakeUp::Tomorrow => "t",
        WakeUp::Monday => "m",
        WakeUp::NextWeek => "w",
        WakeUp::Unknown => "u",
    }
}

fn access_code(access: Access) -> &'static str {
    match access {
        Access::Open => "o",
        Access::Request => "r",
        Access::Members => "m",
    }
}

fn role_code(role: Role) -> &'static str {
    match role {
        Role::Manager => "m",
        Role::Dispatcher => "d",
    }
}

fn workflow_code(workflow: Workflow) -> &'static str {
    match workflow {
        Workflow::Quick => "q",
        Workflow::Full => "f",
    }
}

/// Fields, as they are written one after the other.
struct Writer {
    out: String,
}

impl Writer {
    fn new() -> Self {
        Self {
            out: EDITION.to_owned(),
        }
    }

    fn code(&mut self, code: &str) -> &mut Self {
        self.out.push('.');
        self.out.push_str(code);
        self
    }

    fn flag(&mut self, flag: bool) -> &mut Self {
        self.code(if flag { "y" } else { "n" })
    }

    fn number(&mut self, number: i64) -> &mut Self {
        self.out.push('.');
        if number < 0 {
            self.out.push('-');
        }
        let mut rest = number.unsigned_abs();
        let mut digits = Vec::new();
        loop {
            let digit = u32::try_from(rest % u64::from(BASE)).unwrap_or(0);
            digits.extend(char::from_digit(digit, BASE));
            rest /= u64::from(BASE);
            if rest == 0 {
                break;
            }
        }
        self.out.extend(digits.iter().rev());
        self
    }
}

/// Fields, as they are read one after the other.
struct Reader<'a> {
    fields: Split<'a, char>,
}

impl<'a> Reader<'a> {
    fn new(data: &'a str) -> Option<Self> {
        let mut fields = data.split('.');
        (fields.next() == Some(EDITION)).then_some(Self { fields })
    }

    fn code(&mut self) -> Option<&'a str> {
        self.fields.next()
    }

    fn flag(&mut self) -> Option<bool> {
        match self.code()? {
            "y" => Some(true),
            "n" => Some(false),
            _ => None,
        }
    }

    fn number(&mut self) -> Option<i64> {
        i64::from_str_radix(self.code()?, BASE).ok()
    }

    fn small<T: TryFrom<i64>>(&mut self) -> Option<T> {
        T::try_from(self.number()?).ok()
    }

    fn language(&mut self) -> Option<Language> {
        let tag = self.code()?;
        Language::ALL
            .into_iter()
            .find(|language| language.tag() == tag)
    }

    /// Whether that code ends it; without anything more it does not stand there.
    fn mark(&mut self, mark: &str) -> Option<bool> {
        match self.code() {
            None => Some(false),
            Some(code) => (code == mark).then_some(true),
        }
    }

    /// The one of several that is written with the next code.
    fn one_of<T: Copy, const N: usize>(
        &mut self,
        all: [T; N],
        code_of: fn(T) -> &'static str,
    ) -> Option<T> {
        let code = self.code()?;
        all.into_iter().find(|one| code_of(*one) == code)
    }

    fn end(&mut self) -> Option<()> {
        self.fields.next().is_none().then_some(())
    }
}
