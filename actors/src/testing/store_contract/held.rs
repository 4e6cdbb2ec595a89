//! What is held back in quiet hours stands outside the queue until they are over.

use std::sync::Arc;

use super::desk::{ANNA, Desk, later};
use super::outbox::says;
use crate::domain::{Class, Command, DepartmentId, Incident, Says, Urgency};
use crate::ports::{Draft, Settled, Store};

fn held(desk: &Desk, minutes: i64, says: Says) -> Draft {
    Draft {
        held_until: Some(later(minutes)),
        ..desk.draft(Class::Page, says)
    }
}

fn nudge(desk: &Desk, incident: &Incident, since: i64) -> Draft {
    let says = Says::Nudge {
        department: DepartmentId(1),
        call: vec![ANNA],
        since: later(since),
        absent_minutes: None,
    };
    Draft {
        incident: Some(incident.identity.id),
        ..held(desk, 60, says)
    }
}

async fn unfinished(desk: &Desk, minutes: i64) -> u32 {
    let found = desk.store.outbox_unfinished(later(minutes)).await;
    found.unwrap()
}

/// What may be said now goes past it, and afterwards it comes in its order.
pub async fn what_is_held_back_holds_nothing_up(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    desk.say([
        held(&desk, 60, Says::Help),
        held(&desk, 60, Says::Privacy),
        desk.draft(Class::Page, Says::Welcome),
    ])
    .await;
    assert_eq!(unfinished(&desk, 0).await, 1);
    assert_eq!(says(&desk.heads().await), [Says::Welcome]);
    let row = desk.begin_sending(desk.head().await.id).await;
    desk.settle(&row, Settled::Sent { message: None }).await;
    assert_eq!(desk.heads_at(later(59)).await, []);
    assert_eq!(unfinished(&desk, 59).await, 0);
    desk.say([desk.draft(Class::Page, Says::Membership)]).await;
    assert_eq!(unfinished(&desk, 60).await, 3);
    assert_eq!(says(&desk.heads_at(later(60)).await), [Says::Help]);
    assert_eq!(says(&desk.heads().await), [Says::Membership]);
}

/// Of nudges that are held back the newest is enough.
pub async fn nudges_that_are_held_back_become_one(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let (first, second) = (desk.open(1).await, desk.open(2).await);
    desk.say([nudge(&desk, &first, 1), nudge(&desk, &second, 2)])
        .await;
    desk.say([nudge(&desk, &first, 3)]).await;
    assert_eq!(unfinished(&desk, 60).await, 2);
    let heads = desk.heads_at(later(60)).await;
    assert_eq!(says(&heads), [nudge(&desk, &first, 3).says]);
}

/// Of that incident, and of no other.
pub async fn what_turns_out_critical_is_held_back_no_longer(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let (first, second) = (desk.open(1).await, desk.open(2).await);
    let about = |incident: &Incident, says| Draft {
        incident: Some(incident.identity.id),
        ..held(&desk, 60, says)
    };
    desk.say([about(&second, Says::Help), about(&first, Says::Privacy)])
        .await;
    let urgency = Urgency::Critical;
    desk.act(&first, ANNA, Command::SetUrgency { urgency })
        .await;
    assert_eq!(says(&desk.heads().await), [Says::Privacy]);
    assert_eq!(unfinished(&desk, 60).await, 2);
}

/// And is no failure.
pub async fn what_is_moot_is_not_said(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    desk.say([desk.draft(Class::Page, Says::Help)]).await;
    let row = desk.begin_sending(desk.head().await.id).await;
    let reason = "over".to_owned();
    desk.settle(&row, Settled::Moot { reason }).await;
    assert_eq!(unfinished(&desk, 0).await, 0);
    assert_eq!(desk.heads().await, []);
}
