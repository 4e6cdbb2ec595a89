//! Changes of a group's configuration as button fields.

use actors::domain::calendar::Country;
use actors::domain::kpi::Span;
use actors::domain::notice::Panel;
use actors::domain::recurring::Overlap;
use actors::domain::{
    Access, DepartmentId, GroupId, PersonId, RecurringId, Reporting, TriageMode, Urgency,
};
use actors::inbound::Change;

use super::{
    ROLES, Reader, WORKFLOWS, Writer, access_code, role_code, span_code, urgency_code,
    workflow_code,
};

pub(super) fn write(fields: &mut Writer, change: Change) {
    match change {
        Change::Open(panel) => write_panel(fields.code("op"), panel),
        Change::Language(language) => fields.code("la").code(language.tag()),
        Change::TimeZone(index) => fields.code("tz").number(i64::from(index)),
        Change::AskTimeZone => fields.code("at"),
        Change::DefaultDepartment { index, wanted } => {
            fields.code("dd").number(i64::from(index)).flag(wanted)
        }
        Change::Finish => fields.code("fi"),
        Change::AskDepartmentName => fields.code("an"),
        Change::AskRename(department) => fields.code("ar").number(department.0),
        Change::Access(department, access) => {
            let fields = fields.code("ac").number(department.0);
            fields.code(access_code(access))
        }
        Change::Retire(department) => fields.code("rt").number(department.0),
        Change::AskMember(department) => fields.code("am").number(department.0),
        Change::AskSchedule(department) => fields.code("as").number(department.0),
        Change::RemoveMember(department, person) => {
            fields.code("rm").number(department.0).number(person.0)
        }
        Change::Reporting(reporting) => fields.code("rp").code(reporting_code(reporting)),
        Change::Workflow(workflow) => fields.code("wf").code(workflow_code(workflow)),
        Change::AskAboutAlike(asks) => fields.code("ak").flag(asks),
        Change::NudgeMinutes(minutes) => fields.code("nm").number(i64::from(minutes)),
        Change::SummaryMinutes(minutes) => fields.code("sm").number(i64::from(minutes)),
        Change::LeaseMinutes(urgency, minutes) => write_lease(fields, urgency, minutes),
        Change::AskRole(role) => fields.code("ro").code(role_code(role)),
        Change::TakeRole(role, person) => {
            let fields = fields.code("tr").code(role_code(role));
            fields.number(person.0)
        }
        Change::TriageMode(mode) => fields.code("tm").code(triage_code(mode)),
        Change::ChooseDepartment(chosen) => fields.code("td").flag(chosen),
        Change::Hazard { index, critical } => {
            fields.code("th").number(i64::from(index)).flag(critical)
        }
        Change::AskCriticalWord => fields.code("tw"),
        Change::DropCriticalWord(mark) => fields.code("tx").number(i64::from(mark)),
        Change::CriticalMinutes(minutes) => fields.code("em").number(i64::from(minutes)),
        Change::AskChain => fields.code("ea"),
        Change::DropChain(index) => fields.code("ed").number(i64::from(index)),
        Change::ReportSchedule { span, wanted } => {
            fields.code("rs").code(span_code(span)).flag(wanted)
        }
        Change::ReportTime(minute) => fields.code("rh").number(i64::from(minute)),
        Change::ReportPlace { in_group } => fields.code("rg").flag(in_group),
        Change::DropRecurring(id) => fields.code("xd").number(id.0),
        Change::Overlap(id, overlap) => fields.code("xo").number(id.0).flag(stacks(overlap)),
        Change::QuietHours { .. }
        | Change::NoQuietHours
        | Change::AskQuietHours
        | Change::AlwaysOpen
        | Change::AskBusinessHours
        | Change::Holidays(_) => write_hours(fields, change),
        Change::Belong(group) => fields.code("bg").number(group.0),
        Change::Approve(approve) => fields.code("ap").flag(approve),
    };
}

fn write_lease(fields: &mut Writer, urgency: Urgency, minutes: u32) -> &mut Writer {
    let fields = fields.code("lm").code(urgency_code(urgency));
    fields.number(i64::from(minutes))
}

/// Those that set when a group is open, and when it wants quiet; of others nothing.
fn write_hours(fields: &mut Writer, change: Change) -> &mut Writer {
    match change {
        Change::QuietHours { from, until } => {
            let fields = fields.code("qh").number(i64::from(from));
            fields.number(i64::from(until))
        }
        Change::NoQuietHours => fields.code("qn"),
        Change::AskQuietHours => fields.code("qa"),
        Change::AlwaysOpen => fields.code("bn"),
        Change::AskBusinessHours => fields.code("ba"),
        Change::Holidays(country) => {
            let fields = fields.code("ho");
            fields.code(country.map_or("n", country_code))
        }
        _ => fields,
    }
}

pub(super) fn read(fields: &mut Reader<'_>) -> Option<Change> {
    Some(match fields.code()? {
        "op" => Change::Open(read_panel(fields)?),
        "la" => Change::Language(fields.language()?),
        "tz" => Change::TimeZone(fields.small()?),
        "at" => Change::AskTimeZone,
        "dd" => Change::DefaultDepartment {
            index: fields.small()?,
            wanted: fields.flag()?,
        },
        "fi" => Change::Finish,
        "an" => Change::AskDepartmentName,
        "ar" => Change::AskRename(DepartmentId(fields.number()?)),
        "ac" => {
            let department = DepartmentId(fields.number()?);
            Change::Access(department, fields.one_of(Access::ALL, access_code)?)
        }
        "rt" => Change::Retire(DepartmentId(fields.number()?)),
        "am" => Change::AskMember(DepartmentId(fields.number()?)),
        "as" => Change::AskSchedule(DepartmentId(fields.number()?)),
        "rm" => {
            let department = DepartmentId(fields.number()?);
            Change::RemoveMember(department, PersonId(fields.number()?))
        }
        "rp" => Change::Reporting(fields.one_of(REPORTING, reporting_code)?),
        "wf" => Change::Workflow(fields.one_of(WORKFLOWS, workflow_code)?),
        "ak" => Change::AskAboutAlike(fields.flag()?),
        "nm" => Change::NudgeMinutes(fields.small()?),
        "sm" => Change::SummaryMinutes(fields.small()?),
        "lm" => {
            let urgency = fields.one_of(Urgency::ALL, urgency_code)?;
            Change::LeaseMinutes(urgency, fields.small()?)
        }
        "ro" => Change::AskRole(fields.one_of(ROLES, role_code)?),
        "tr" => {
            let role = fields.one_of(ROLES, role_code)?;
            Change::TakeRole(role, PersonId(fields.number()?))
        }
        "tm" => Change::TriageMode(fields.one_of(TriageMode::ALL, triage_code)?),
        "td" => Change::ChooseDepartment(fields.flag()?),
        "th" => Change::Hazard {
            index: fields.small()?,
            critical: fields.flag()?,
        },
        "tw" => Change::AskCriticalWord,
        "tx" => Change::DropCriticalWord(fields.small()?),
        "em" => Change::CriticalMinutes(fields.small()?),
        "ea" => Change::AskChain,
        "ed" => Change::DropChain(fields.small()?),
        "xd" => Change::DropRecurring(RecurringId(fields.number()?)),
        "xo" => Change::Overlap(RecurringId(fields.number()?), read_overlap(fields)?),
        "bg" => Change::Belong(GroupId(fields.number()?)),
        "ap" => Change::Approve(fields.flag()?),
        other => return read_reports(other, fields),
    })
}

/// Of those that set which reports come by themselves.
fn read_reports(code: &str, fields: &mut Reader<'_>) -> Option<Change> {
    Some(match code {
        "rs" => Change::ReportSchedule {
            span: fields.one_of(Span::ALL, span_code)?,
            wanted: fields.flag()?,
        },
        "rh" => Change::ReportTime(fields.small()?),
        "rg" => Change::ReportPlace {
            in_group: fields.flag()?,
        },
        other => return read_hours(other, fields),
    })
}

/// Of those that set when a group is open, and when it wants quiet.
fn read_hours(code: &str, fields: &mut Reader<'_>) -> Option<Change> {
    Some(match code {
        "qh" => Change::QuietHours {
            from: fields.small()?,
            until: fields.small()?,
        },
        "qn" => Change::NoQuietHours,
        "qa" => Change::AskQuietHours,
        "bn" => Change::AlwaysOpen,
        "ba" => Change::AskBusinessHours,
        "ho" => Change::Holidays(read_country(fields)?),
        _ => return None,
    })
}

fn stacks(overlap: Overlap) -> bool {
    overlap == Overlap::Stack
}

fn read_overlap(fields: &mut Reader<'_>) -> Option<Overlap> {
    Some(match fields.flag()? {
        true => Overlap::Stack,
        false => Overlap::Skip,
    })
}

const REPORTING: [Reporting; 2] = [Reporting::Everyone, Reporting::Registered];

fn triage_code(mode: TriageMode) -> &'static str {
    match mode {
        TriageMode::Off => "o",
        TriageMode::Rules => "r",
        TriageMode::Claude => "c",
    }
}

fn reporting_code(reporting: Reporting) -> &'static str {
    match reporting {
        Reporting::Everyone => "e",
        Reporting::Registered => "r",
    }
}

fn country_code(country: Country) -> &'static str {
    match country {
        Country::Estonia => "ee",
        Country::Latvia => "lv",
        Country::Lithuania => "lt",
        Country::Finland => "fi",
    }
}

/// A country, or none at all; anything else is not ours.
fn read_country(fields: &mut Reader<'_>) -> Option<Option<Country>> {
    match fields.code()? {
        "n" => Some(None),
        code => {
            let mut all = Country::ALL.into_iter();
            all.find(|it| country_code(*it) == code).map(Some)
        }
    }
}

fn write_panel(fields: &mut Writer, panel: Panel) -> &mut Writer {
    match panel {
        Panel::SetUp => fields.code("su"),
        // For whom they are is said by who asks, and by no button.
        Panel::Settings | Panel::SettingsFor(_) => fields.code("se"),
        Panel::Language => fields.code("la"),
        Panel::TimeZone => fields.code("tz"),
        Panel::Clocks => fields.code("cl"),
        Panel::Hours => fields.code("hr"),
        Panel::Departments => fields.code("ds"),
        Panel::Department(department) => fields.code("de").number(department.0),
        Panel::DefaultDepartments => fields.code("dd"),
        Panel::Managers => fields.code("ma"),
        Panel::Triage => fields.code("tr"),
        Panel::Escalation => fields.code("es"),
        Panel::Reports => fields.code("rs"),
        Panel::Belong(group) => fields.code("bg").number(group.0),
    }
}

fn read_panel(fields: &mut Reader<'_>) -> Option<Panel> {
    Some(match fields.code()? {
        "su" => Panel::SetUp,
        "se" => Panel::Settings,
        "la" => Panel::Language,
        "tz" => Panel::TimeZone,
        "cl" => Panel::Clocks,
        "hr" => Panel::Hours,
        "ds" => Panel::Departments,
        "de" => Panel::Department(DepartmentId(fields.number()?)),
        "dd" => Panel::DefaultDepartments,
        "ma" => Panel::Managers,
        "tr" => Panel::Triage,
        "es" => Panel::Escalation,
        "rs" => Panel::Reports,
        "bg" => Panel::Belong(GroupId(fields.number()?)),
        _ => return None,
    })
}
