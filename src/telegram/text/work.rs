//! Questions to those who work on an incident, and what the clock says of their work.

use actors::domain::notice::WakeUp;
use actors::domain::{Incident, Says};
use actors::inbound::Verb;

use super::Key;
use super::card;
use super::news::{excerpt_line, lateness, subject};
use super::page::Page;
use super::scene::Scene;

/// A question, or what the clock says.
pub(super) fn page(scene: &Scene<'_>, says: &Says) -> Page {
    let number = subject(scene);
    let mut page = match says {
        Says::WakeUpAsked { person } => {
            let person = ("person", scene.mention(*person).into());
            return wake_up_asked(
                scene,
                scene.say("work-wake-up-asked", &[number, person]).into(),
            );
        }
        Says::WokenUp => scene.say("work-woken-up", &[number]).into(),
        Says::WaitQuestioned { since } => {
            let time = ("time", scene.moment(*since).into());
            scene.say("work-wait-questioned", &[number, time]).into()
        }
        Says::LeaseQuestioned { minutes_left } => {
            let minutes = ("minutes", (*minutes_left).into());
            scene
                .say("work-lease-questioned", &[number, minutes])
                .into()
        }
        Says::Overdue {
            due,
            absent_minutes,
        } => {
            let time = ("time", scene.moment(*due).into());
            let mut page = Page::of(scene.say("work-overdue", &[number, time]));
            lateness(scene, *absent_minutes, &mut page);
            page
        }
        Says::LeaseEnded { shift: true } => scene.say("work-shift-ended", &[number]).into(),
        // `render` sends no others here.
        _ => Page::of(scene.say("work-lease-ended", &[number])),
    };
    excerpt_line(scene, &mut page);
    if let Some(incident) = scene.incident {
        keys(scene, incident, says, &mut page);
    }
    page.row(scene.card_key());
    page
}

fn wake_up_asked(scene: &Scene<'_>, mut page: Page) -> Page {
    let Some(incident) = scene.incident else {
        return page;
    };
    let key = |wake_up| {
        let id = match wake_up {
            WakeUp::Tomorrow => "button-tomorrow",
            WakeUp::Monday => "button-monday",
            WakeUp::NextWeek => "button-next-week",
            WakeUp::Unknown => "button-no-date",
        };
        card::verb_key(scene, incident, id, Verb::WakeUp(wake_up))
    };
    page.rows(WakeUp::ALL.map(key).to_vec(), 2);
    page.row([card::verb_key(
        scene,
        incident,
        "button-other-date",
        Verb::AskWakeUp,
    )]);
    page
}

fn keys(scene: &Scene<'_>, incident: &Incident, says: &Says, page: &mut Page) {
    let key = |label, verb| -> Key { card::verb_key(scene, incident, label, verb) };
    match says {
        Says::WokenUp | Says::WaitQuestioned { .. } => {
            page.row([
                key("button-resume", Verb::Resume),
                key("button-other-date", Verb::AskWakeUp),
            ]);
        }
        Says::LeaseQuestioned { .. } => {
            page.row([
                key("button-still-on-it", Verb::StillOnIt),
                key("button-release", Verb::Leave),
            ]);
            let others = card::hand_over_keys(scene, incident);
            if !others.is_empty() {
                page.line(scene.say("work-or-hand-over", &[]));
            }
            page.rows(others, 2);
        }
        _ => {}
    }
}
