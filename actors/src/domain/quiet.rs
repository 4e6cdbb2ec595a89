//! What waits until quiet hours are over: news and calls that can wait. What is critical never does,
//! nor the answer to what somebody does at that hour, nor a question whose clock runs.

use chrono::{DateTime, Utc};

use super::calendar::Calendar;
use super::group::Settings;
use super::incident::{Incident, Stage, Urgency};
use super::notice::{Audience, Class, Notice, Says};

/// Until when something is held back, if it is.
#[must_use]
pub fn held_until(
    notice: &Notice,
    urgency: Option<Urgency>,
    settings: &Settings,
    at: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let answers = notice.audience == Audience::Asker || notice.class != Class::Page;
    if answers || urgency == Some(Urgency::Critical) || !can_wait(&notice.says) {
        return None;
    }
    Calendar::of(settings).quiet_until(at)
}

/// Whether a call or question that was held back has nothing to say any more: somebody has it, or it
/// is over, or elsewhere. Said all the same, people would look for what is not there.
#[must_use]
pub fn is_moot(
    says: &Says,
    said_at: DateTime<Utc>,
    incident: &Incident,
    settings: &Settings,
) -> bool {
    !holds(says, &incident.stage) && Calendar::of(settings).quiet_until(said_at).is_some()
}

/// Whether a call or question of a stage still has that stage before it; of other words nothing is
/// known here.
pub(super) fn holds(says: &Says, stage: &Stage) -> bool {
    match says {
        Says::NewInDepartment {
            department: called, ..
        }
        | Says::Nudge {
            department: called, ..
        }
        | Says::NobodyOnDuty { department: called } => {
            matches!(stage, Stage::New { department, .. } if department == called)
        }
        Says::DepartmentMissing { .. } | Says::DepartmentReminder { .. } => {
            matches!(stage, Stage::AwaitingDepartment { .. })
        }
        Says::WokenUp | Says::WaitQuestioned { .. } => matches!(stage, Stage::Blocked { .. }),
        _ => true,
    }
}

fn can_wait(says: &Says) -> bool {
    matches!(
        says,
        Says::NewInDepartment { .. }
            | Says::Nudge { .. }
            | Says::NobodyOnDuty { .. }
            | Says::DepartmentMissing { .. }
            | Says::DepartmentReminder { .. }
            | Says::Claimed { .. }
            | Says::Assigned { .. }
            | Says::Blocked { .. }
            | Says::Resumed { .. }
            | Says::Transferred { .. }
            | Says::Resolved { .. }
            | Says::ConfirmationAsked { .. }
            | Says::Reopened { .. }
            | Says::Cancelled { .. }
            | Says::MarkedDuplicate { .. }
            | Says::AutoClosed { .. }
            | Says::WokenUp
            | Says::WaitQuestioned { .. }
            | Says::LeaseEnded { .. }
            | Says::Overdue { .. }
            | Says::JoinRequested { .. }
    )
}
