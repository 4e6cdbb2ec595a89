//! Whom calls reached, and what would call nobody.

use std::sync::Arc;

use super::desk::{ANNA, CHAT, Desk, JAAN, MARI, later, noon};
use crate::domain::{
    Class, Command, DeadlineKind, Incident, IncidentId, Language, MessageId, Person, PersonId,
    Says, Urgency,
};
use crate::ports::{Address, Draft, Record, Settled, Store, Telling};

pub(super) fn seen(id: PersonId, reachable: bool) -> [Record; 2] {
    let person = Person {
        id,
        name: "Somebody".to_owned(),
        username: None,
        language: Some(Language::English),
        reachable,
    };
    let person_seen = Record::Seen {
        person,
        group: None,
    };
    [
        person_seen,
        Record::Reachable {
            person: id,
            reachable,
        },
    ]
}

async fn called(desk: &Desk) -> Incident {
    let incident = desk.open_in(1, desk.department(0)).await;
    let urgency = Urgency::Critical;
    desk.act(&incident, ANNA, Command::SetUrgency { urgency })
        .await
}

/// A call of these people, as the incident makes it.
pub(super) fn call(desk: &Desk, incident: &Incident, person: PersonId) -> Draft {
    let says = Says::Escalated {
        level: 1,
        people: vec![person],
        due: noon(),
        absent_minutes: None,
    };
    Draft {
        incident: Some(incident.identity.id),
        address: Address::Person {
            person,
            otherwise: Some(CHAT),
            thread: None,
        },
        ..desk.draft(Class::Escalation, says)
    }
}

/// Whether that was known before, is learnt by sending, or it is given up.
pub async fn whom_a_call_does_not_reach_is_known_until_it_is_noted(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    desk.keep(seen(JAAN, false)).await;
    desk.keep(seen(MARI, true)).await;
    let incident = called(&desk).await;
    let id = incident.identity.id;
    desk.say([call(&desk, &incident, JAAN)]).await;
    let unheard = async || desk.store.unheard_of(id).await.unwrap();
    assert_eq!(unheard().await, [JAAN]);
    assert_eq!(desk.store.unheard(10).await.unwrap(), [id]);
    let noted = Record::UnheardNoted {
        incident: id,
        people: vec![JAAN],
    };
    desk.keep([noted]).await;
    assert!(desk.store.unheard(10).await.unwrap().is_empty());

    desk.say([call(&desk, &incident, MARI)]).await;
    let rows = desk.store.outbox_heads(noon()).await.unwrap();
    let private = rows.iter().find(|row| row.chat == MARI.private_chat());
    let row = desk.begin_sending(private.unwrap().id).await;
    assert!(unheard().await.is_empty(), "it is on its way");
    let reason = "blocked".to_owned();
    desk.settle(&row, Settled::Dead { reason }).await;
    assert_eq!(unheard().await, [MARI]);
}

/// Delivered in private, mentioned in the group, or not at all.
pub async fn who_was_told_and_when_is_remembered(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    desk.keep(seen(MARI, true)).await;
    desk.keep(seen(JAAN, false)).await;
    let incident = called(&desk).await;
    let tellings = async |limit| {
        let found = desk.store.tellings(incident.identity.id, limit).await;
        found.unwrap()
    };
    desk.say([call(&desk, &incident, MARI), call(&desk, &incident, JAAN)])
        .await;
    assert!(tellings(10).await.is_empty(), "nothing is delivered yet");
    for chat in [MARI.private_chat(), CHAT] {
        let rows = desk.store.outbox_heads(noon()).await.unwrap();
        let of_chat = |class| {
            rows.iter()
                .find(|row| row.chat == chat && row.class == class)
        };
        let row = desk
            .begin_sending(of_chat(Class::Escalation).unwrap().id)
            .await;
        let message = Some(MessageId(9));
        desk.settle(&row, Settled::Sent { message }).await;
    }
    let told = |person, privately| Telling {
        person,
        at: Some(noon()),
        privately,
    };
    assert_eq!(tellings(10).await, [told(MARI, true), told(JAAN, false)]);
    assert_eq!(tellings(1).await, [told(JAAN, false)], "of many the newest");
}

/// Critical, unclaimed, and no call among its deadlines.
pub async fn what_would_call_nobody_is_found(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let incident = called(&desk).await;
    let untimed = async || {
        let found = desk.store.untimed(IncidentId(0), 10).await.unwrap();
        found
            .into_iter()
            .map(|it| it.identity.id)
            .collect::<Vec<_>>()
    };
    assert!(untimed().await.is_empty());
    let text = "still there".to_owned();
    let mut forgetful = desk.decided(&incident, MARI, &Command::Comment { text });
    let write = forgetful.incident.as_mut().unwrap();
    write
        .deadlines
        .retain(|it| it.kind != DeadlineKind::Escalation);
    let kept = desk.store.commit(forgetful).await.unwrap();
    let incident = kept.incident.unwrap();
    assert_eq!(untimed().await, [incident.identity.id]);
    let after = desk.store.untimed(incident.identity.id, 10).await.unwrap();
    assert!(after.is_empty(), "it is not found after itself");
    desk.act(&incident, JAAN, Command::Claim).await;
    assert!(untimed().await.is_empty(), "what is claimed owes no call");
    assert_eq!(desk.store.due(later(0), 10).await.unwrap(), []);
}
