//! A claim is a lease, and what is blocked is asked after.

use actors::domain::{Command, DeadlineKind, Event, Stage, Urgency, Workflow, sla};
use chrono::Duration;

use crate::matrix::cases;
use crate::world::{Case, JAAN, KATI, noon, stage_name};

fn in_progress(workflow: Workflow) -> Case {
    let [case, ..] = &cases("progress", workflow)[..] else {
        panic!("nobody works");
    };
    case.clone()
}

fn happened(case: &Case) -> Vec<Event> {
    let events = case.last.events.iter();
    events.map(|recorded| recorded.event.clone()).collect()
}

fn due(case: &Case, kind: DeadlineKind) -> Option<i64> {
    let deadlines = sla::deadlines(&case.incident, &case.config.settings);
    let found = deadlines.iter().find(|deadline| deadline.kind == kind);
    found.map(|deadline| (deadline.due - case.now).num_minutes())
}

#[test]
fn silence_is_asked_about_and_then_gives_it_back() {
    let asked = in_progress(Workflow::Full).ticks_after(4 * 60);
    assert_eq!(happened(&asked), [Event::LeaseQuestioned]);
    assert_eq!(due(&asked, DeadlineKind::LeaseEnd), Some(30));
    let early = asked.clone().ticks_after(4 * 60 + 29);
    assert_eq!(happened(&early), []);
    let ended = asked.ticks_after(4 * 60 + 30);
    assert_eq!(happened(&ended), [Event::LeaseEnded]);
    // Whoever helped has it now, as when somebody leaves.
    let work = ended.incident.work().expect("an heir");
    assert_eq!((work.owner, work.since), (KATI, ended.now));
    let alone = in_progress(Workflow::Full).does(KATI, &Command::Leave);
    let given_back = alone.ticks_after(5 * 60).ticks_after(6 * 60);
    assert!(matches!(given_back.incident.stage, Stage::New { .. }));
}

#[test]
fn any_sign_of_life_begins_the_lease_anew() {
    let signs = [
        Command::StillOnIt,
        Command::Comment {
            text: "Waiting for the glue to dry".to_owned(),
        },
    ];
    for sign in signs {
        let asked = in_progress(Workflow::Full).ticks_after(4 * 60);
        let alive = asked.does(KATI, &sign);
        assert_eq!(due(&alive, DeadlineKind::LeaseEnd), None, "{sign:?}");
        assert_eq!(due(&alive, DeadlineKind::LeaseQuestion), Some(4 * 60));
    }
}

#[test]
fn urgency_sets_the_lease() {
    let minutes = |urgency| {
        let rated = in_progress(Workflow::Full).does(JAAN, &Command::SetUrgency { urgency });
        due(&rated, DeadlineKind::LeaseQuestion)
    };
    let expected = [Some(30), Some(4 * 60), Some(3 * 24 * 60)];
    assert_eq!(Urgency::ALL.map(minutes), expected);
}

#[test]
fn the_claim_desk_has_leases_only_if_it_wants_them() {
    let mut case = in_progress(Workflow::Quick);
    assert_eq!(due(&case, DeadlineKind::LeaseQuestion), None);
    case.config.settings.leases.in_quick_workflow = true;
    assert!(due(&case, DeadlineKind::LeaseQuestion).is_some());
}

#[test]
fn what_is_blocked_is_asked_after_once() {
    let blocked = cases("blocked", Workflow::Full).remove(0);
    assert_eq!(due(&blocked, DeadlineKind::LeaseQuestion), None);
    let asked = blocked.ticks_after(24 * 60);
    assert_eq!(happened(&asked), [Event::WaitQuestioned]);
    assert_eq!(happened(&asked.ticks_after(1_000_000)), []);
}

#[test]
fn a_wake_up_date_is_kept() {
    let at = noon() + Duration::days(3);
    let blocked = cases("blocked", Workflow::Full).remove(0);
    let dated = blocked.does(JAAN, &Command::SetWakeUp { at: Some(at) });
    assert_eq!(happened(&dated.clone().ticks_after(24 * 60)), []);
    let minutes = (at - dated.now).num_minutes() + 1;
    assert_eq!(happened(&dated.ticks_after(minutes)), [Event::WokenUp]);
}

#[test]
fn blocked_time_is_not_counted_against_the_target() {
    let urgency = Urgency::Critical;
    let case = in_progress(Workflow::Full).does(JAAN, &Command::SetUrgency { urgency });
    let before = due(&case, DeadlineKind::ResolutionOverdue).expect("a target");
    let mut blocked = case.blocked_by(JAAN, actors::domain::BlockKind::NeedsPurchase);
    assert_eq!(due(&blocked, DeadlineKind::ResolutionOverdue), None);
    let since = blocked.now;
    blocked.now += Duration::minutes(90);
    let resumed = blocked.does(JAAN, &Command::Resume);
    let paused = resumed.incident.paused(since, resumed.now);
    assert_eq!(paused, resumed.now - since);
    // Of the target nothing is gone but the heartbeat before it was blocked.
    let after = due(&resumed, DeadlineKind::ResolutionOverdue).expect("a target");
    assert!(
        (before - 1..=before).contains(&after),
        "{before} and {after}"
    );
    assert_eq!(stage_name(&resumed.incident.stage), "progress");
}
