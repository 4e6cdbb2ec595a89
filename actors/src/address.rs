//! From "who shall hear it" to "which chat it goes to".

use crate::domain::away;
use crate::domain::notice::ReplyTo;
use crate::domain::quiet::held_until;
use crate::domain::{Audience, Decision, GroupConfig, Incident, IncidentId, Notice};
use crate::ports::{Address, Draft};

/// Rows for what a decision has to say; what can wait is held back in quiet hours.
pub(crate) fn drafts(
    incident: &Incident,
    decision: &Decision,
    config: &GroupConfig,
    asker: Option<ReplyTo>,
) -> Vec<Draft> {
    let at = decision.events.last().map(|recorded| recorded.at);
    let urgency = decision.incident.urgency;
    let hold = |notice| at.and_then(|at| held_until(notice, urgency, &config.settings, at));
    let notices = decision.notices.iter();
    notices
        .map(|notice| Draft {
            held_until: hold(notice),
            ..draft(Some(incident), notice, config, asker)
        })
        .collect()
}

/// The same for what the clock says after the desk was away for so many minutes: what can be told in
/// one message with others waits for them a moment.
pub(crate) fn late_drafts(
    incident: &Incident,
    decision: &Decision,
    config: &GroupConfig,
    absent_minutes: Option<i64>,
) -> Vec<Draft> {
    let mut rows = drafts(incident, decision, config, None);
    let at = decision.events.last().map(|recorded| recorded.at);
    let (Some(minutes), Some(at)) = (absent_minutes, at) else {
        return rows;
    };
    let urgency = decision.incident.urgency;
    for row in &mut rows {
        if away::may_be_gathered(&row.says, urgency) {
            row.absent_minutes = Some(minutes);
            row.held_until = row.held_until.or(Some(at + away::GATHERING));
        }
    }
    rows
}

/// A row for one thing to say. `asker` is the message that is answered, where there is one.
pub(crate) fn draft(
    incident: Option<&Incident>,
    notice: &Notice,
    config: &GroupConfig,
    asker: Option<ReplyTo>,
) -> Draft {
    let thread = incident.and_then(|incident| incident.report.thread);
    let in_group = Address::Chat {
        chat: config.chat,
        thread,
    };
    let mut reply_to = None;
    let address = match (notice.audience, asker) {
        (Audience::Group, _) | (Audience::Asker, None) => in_group,
        (Audience::Asker, Some(asker)) => {
            reply_to = Some(asker.message.message);
            Address::Chat {
                chat: asker.message.chat,
                thread: asker.thread,
            }
        }
        (Audience::Person(person), _) => Address::Person {
            person,
            otherwise: Some(config.chat),
            thread,
        },
        (Audience::PersonPrivately(person), _) => Address::Person {
            person,
            otherwise: None,
            thread,
        },
    };
    let id = incident.map(|incident| incident.identity.id);
    let is_opening = id == Some(IncidentId(0));
    Draft {
        incident: id.filter(|_| !is_opening),
        about_opened: is_opening,
        group: Some(config.id),
        address,
        class: notice.class,
        says: notice.says.clone(),
        held_until: None,
        absent_minutes: None,
        reply_to,
        edit: None,
    }
}
