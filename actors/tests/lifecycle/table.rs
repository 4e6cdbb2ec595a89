//! The lifecycle table: every command, from every stage, by every kind of person, both workflows.
//! How to read a table stands in `matrix.rs`; who is refused, is refused for the reason shown.

use actors::domain::{BlockKind, Command, Urgency};

use crate::matrix::holds;
use crate::world::{
    ANOTHER, HOUSEKEEPING, TOOMAS, assignment, blocking, change_to, reopening, showing, summary,
};

// The reporter, while questions are asked.
#[test]
fn answer() {
    holds(
        |_| Command::Answer {
            text: "Since noon".to_owned(),
        },
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        same      -repman   -repman   .         .         -repman   -repman   -repman
    awaiting      -notnow   -notnow   -notnow   .         .         -notnow   -notnow   -notnow
    new           -notnow   -notnow   -notnow   .         .         -notnow   -notnow   -notnow
    accepted      -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    progress      -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    blocked       -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    summary       -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    done          -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ",
    );
}

// Onward when complete: the reporter, or who directs, may say so.
#[test]
fn end_intake() {
    holds(
        |_| Command::EndIntake,
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        awaiting  -repman   -repman   .         .         -repman   awaiting  awaiting
    awaiting      -notnow   -notnow   -notnow   .         .         -notnow   -notnow   -notnow
    new           -notnow   -notnow   -notnow   .         .         -notnow   -notnow   -notnow
    accepted      -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    progress      -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    blocked       -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    summary       -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    done          -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ",
    );
}

// Reporter, dispatcher, manager.
#[test]
fn choose_department() {
    holds(
        |_| Command::ChooseDepartment {
            department: HOUSEKEEPING,
        },
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        new       -repman   -repman   .         .         -repman   new       new
    awaiting      new       -repman   -repman   .         .         -repman   new       new
    new           -notnow   -notnow   -notnow   .         .         -notnow   -notnow   -notnow
    accepted      -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    progress      -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    blocked       -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    summary       -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    done          -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ",
    );
}

// A department member; whom else the access lets in stands in `access.rs`.
#[test]
fn claim() {
    holds(
        |_| Command::Claim,
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake/quick  -nodept   progress  progress  .         .         -nodept   -nodept   -nodept
    intake/full   -nodept   accepted  accepted  .         .         -nodept   -nodept   -nodept
    awaiting      -nodept   -nodept   -nodept   .         .         -nodept   -nodept   -nodept
    new/quick     -members  progress  -members  .         .         -members  -members  -members
    new/full      -members  accepted  -members  .         .         -members  -members  -members
    accepted      -missed   -lost     -missed   -yours    -helping  -missed   -missed   -missed
    progress      -missed   -lost     -missed   -yours    -helping  -missed   -missed   -missed
    blocked       -missed   -lost     -missed   -yours    -helping  -missed   -missed   -missed
    summary       -missed   -missed   -missed   -yours    -helping  -missed   -missed   -missed
    done          -missed   -missed   -missed   -yours    -helping  -missed   -missed   -missed
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ",
    );
}

// A department member.
#[test]
fn join() {
    holds(
        |_| Command::Join,
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        -nodept   -nodept   -nodept   .         .         -nodept   -nodept   -nodept
    awaiting      -nodept   -nodept   -nodept   .         .         -nodept   -nodept   -nodept
    new           -noclaim  -noclaim  -noclaim  .         .         -noclaim  -noclaim  -noclaim
    accepted      -members  same      -members  -yours    -helping  -members  -members  -members
    progress      -members  same      -members  -yours    -helping  -members  -members  -members
    blocked       -members  same      -members  -yours    -helping  -members  -members  -members
    summary       -notnow   -notnow   -notnow   -yours    -helping  -notnow   -notnow   -notnow
    done          -notnow   -notnow   -notnow   -yours    -helping  -notnow   -notnow   -notnow
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ",
    );
}

// Who works on it. Here the helper takes over from a leaving owner.
#[test]
fn leave() {
    holds(
        |_| Command::Leave,
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        -nodept   -nodept   -nodept   .         .         -nodept   -nodept   -nodept
    awaiting      -nodept   -nodept   -nodept   .         .         -nodept   -nodept   -nodept
    new           -noclaim  -noclaim  -noclaim  .         .         -noclaim  -noclaim  -noclaim
    accepted      -workers  -workers  -workers  same      same      -workers  -workers  -workers
    progress      -workers  -workers  -workers  same      same      -workers  -workers  -workers
    blocked       -workers  -workers  -workers  same      same      -workers  -workers  -workers
    summary       -workers  -workers  -workers  -notnow   -notnow   -workers  -workers  -workers
    done          -workers  -workers  -workers  -notnow   -notnow   -workers  -workers  -workers
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ",
    );
}

// Dispatcher, manager; as a claim, for the named member.
#[test]
fn assign() {
    holds(
        |case| assignment(&case.config, TOOMAS),
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        -direct   -direct   -direct   .         .         -direct   -nodept   -nodept
    awaiting      -direct   -direct   -direct   .         .         -direct   -nodept   -nodept
    new/quick     -direct   -direct   -direct   .         .         -direct   progress  progress
    new/full      -direct   -direct   -direct   .         .         -direct   accepted  accepted
    accepted      -direct   -direct   -direct   same      -direct   -direct   same      same
    progress      -direct   -direct   -direct   same      -direct   -direct   same      same
    blocked       -direct   -direct   -direct   progress  -direct   -direct   progress  progress
    summary       -direct   -direct   -direct   -notnow   -direct   -direct   -notnow   -notnow
    done          -direct   -direct   -direct   -notnow   -direct   -direct   -notnow   -notnow
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ",
    );
}

// Owner, helper.
#[test]
fn still_on_it() {
    holds(
        |_| Command::StillOnIt,
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        -nodept   -nodept   -nodept   .         .         -nodept   -nodept   -nodept
    awaiting      -nodept   -nodept   -nodept   .         .         -nodept   -nodept   -nodept
    new           -noclaim  -noclaim  -noclaim  .         .         -noclaim  -noclaim  -noclaim
    accepted      -workers  -workers  -workers  -so       -so       -workers  -workers  -workers
    progress      -workers  -workers  -workers  -so       -so       -workers  -workers  -workers
    blocked       -workers  -workers  -workers  -notnow   -notnow   -workers  -workers  -workers
    summary       -workers  -workers  -workers  -notnow   -notnow   -workers  -workers  -workers
    done          -workers  -workers  -workers  -notnow   -notnow   -workers  -workers  -workers
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ",
    );
}

// Owner, helper; the moment must be to come.
#[test]
fn set_wake_up() {
    holds(
        |case| Command::SetWakeUp {
            at: Some(case.now + chrono::Duration::days(1)),
        },
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        -nodept   -nodept   -nodept   .         .         -nodept   -nodept   -nodept
    awaiting      -nodept   -nodept   -nodept   .         .         -nodept   -nodept   -nodept
    new           -noclaim  -noclaim  -noclaim  .         .         -noclaim  -noclaim  -noclaim
    accepted      -workers  -workers  -workers  -notnow   -notnow   -workers  -workers  -workers
    progress      -workers  -workers  -workers  -notnow   -notnow   -workers  -workers  -workers
    blocked       -workers  -workers  -workers  same      same      -workers  -workers  -workers
    summary       -workers  -workers  -workers  -notnow   -notnow   -workers  -workers  -workers
    done          -workers  -workers  -workers  -notnow   -notnow   -workers  -workers  -workers
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ",
    );
}

// Owner, helper.
#[test]
fn start() {
    holds(
        |_| Command::Start,
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        -nodept   -nodept   -nodept   .         .         -nodept   -nodept   -nodept
    awaiting      -nodept   -nodept   -nodept   .         .         -nodept   -nodept   -nodept
    new           -noclaim  -noclaim  -noclaim  .         .         -noclaim  -noclaim  -noclaim
    accepted      -workers  -workers  -workers  progress  progress  -workers  -workers  -workers
    progress      -workers  -workers  -workers  -so       -so       -workers  -workers  -workers
    blocked       -workers  -workers  -workers  -notnow   -notnow   -workers  -workers  -workers
    summary       -workers  -workers  -workers  -notnow   -notnow   -workers  -workers  -workers
    done          -workers  -workers  -workers  -notnow   -notnow   -workers  -workers  -workers
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ",
    );
}

// Owner, helper; to a way of being blocked that it is not in yet.
#[test]
fn block() {
    let kinds = [
        (BlockKind::Attention, "attention"),
        (BlockKind::NeedsPurchase, "purchase"),
        (BlockKind::NeedsContractor, "contract"),
        (BlockKind::Waiting, "waiting"),
    ];
    let table = "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        -nodept   -nodept   -nodept   .         .         -nodept   -nodept   -nodept
    awaiting      -nodept   -nodept   -nodept   .         .         -nodept   -nodept   -nodept
    new           -noclaim  -noclaim  -noclaim  .         .         -noclaim  -noclaim  -noclaim
    accepted      -workers  -workers  -workers  (kind)    (kind)    -workers  -workers  -workers
    progress      -workers  -workers  -workers  (kind)    (kind)    -workers  -workers  -workers
    blocked       -workers  -workers  -workers  (kind)    (kind)    -workers  -workers  -workers
    summary       -workers  -workers  -workers  -notnow   -notnow   -workers  -workers  -workers
    done          -workers  -workers  -workers  -notnow   -notnow   -workers  -workers  -workers
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ";
    for (kind, name) in kinds {
        holds(|_| blocking(kind), &table.replace("(kind)", name));
    }
}

// Owner, helper.
#[test]
fn resume() {
    holds(
        |_| Command::Resume,
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        -nodept   -nodept   -nodept   .         .         -nodept   -nodept   -nodept
    awaiting      -nodept   -nodept   -nodept   .         .         -nodept   -nodept   -nodept
    new           -noclaim  -noclaim  -noclaim  .         .         -noclaim  -noclaim  -noclaim
    accepted      -workers  -workers  -workers  -notnow   -notnow   -workers  -workers  -workers
    progress      -workers  -workers  -workers  -so       -so       -workers  -workers  -workers
    blocked       -workers  -workers  -workers  progress  progress  -workers  -workers  -workers
    summary       -workers  -workers  -workers  -notnow   -notnow   -workers  -workers  -workers
    done          -workers  -workers  -workers  -notnow   -notnow   -workers  -workers  -workers
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ",
    );
}

// The department's members, the reporter before a claim, dispatcher, manager.
#[test]
fn change_department() {
    holds(
        |_| change_to(HOUSEKEEPING),
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        -notnow   -notnow   -notnow   .         .         -notnow   -notnow   -notnow
    awaiting      new       -repman   -repman   .         .         -repman   new       new
    new           same      same      -members  .         .         -members  same      same
    accepted      -members  new       -members  new       new       -members  new       new
    progress      -members  new       -members  new       new       -members  new       new
    blocked       -members  new       -members  new       new       -members  new       new
    summary       -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    done          -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ",
    );
}

// Owner, helper.
#[test]
fn resolve() {
    holds(
        |_| Command::Resolve,
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        -nodept   -nodept   -nodept   .         .         -nodept   -nodept   -nodept
    awaiting      -nodept   -nodept   -nodept   .         .         -nodept   -nodept   -nodept
    new           -noclaim  -noclaim  -noclaim  .         .         -noclaim  -noclaim  -noclaim
    accepted      -workers  -workers  -workers  summary   summary   -workers  -workers  -workers
    progress      -workers  -workers  -workers  summary   summary   -workers  -workers  -workers
    blocked       -workers  -workers  -workers  summary   summary   -workers  -workers  -workers
    summary       -workers  -workers  -workers  -owed     -resolver -workers  -workers  -workers
    done          -workers  -workers  -workers  -notnow   -notnow   -workers  -workers  -workers
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ",
    );
}

// The resolver.
#[test]
fn summarise() {
    holds(
        |_| summary("Washer replaced"),
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        -notnow   -notnow   -notnow   .         .         -notnow   -notnow   -notnow
    awaiting      -notnow   -notnow   -notnow   .         .         -notnow   -notnow   -notnow
    new           -notnow   -notnow   -notnow   .         .         -notnow   -notnow   -notnow
    accepted      -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    progress      -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    blocked       -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    summary/quick -resolver -resolver -resolver resolved  -resolver -resolver -resolver -resolver
        summary/full  -resolver -resolver -resolver done      -resolver -resolver -resolver -resolver
    done          -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ",
    );
}

// Reporter, manager.
#[test]
fn confirm() {
    holds(
        |_| Command::Confirm,
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        -notnow   -notnow   -notnow   .         .         -notnow   -notnow   -notnow
    awaiting      -notnow   -notnow   -notnow   .         .         -notnow   -notnow   -notnow
    new           -notnow   -notnow   -notnow   .         .         -notnow   -notnow   -notnow
    accepted      -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    progress      -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    blocked       -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    summary       -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow   -notnow
    done          confirmed -repman   -repman   -repman   -repman   -repman   -repman   confirmed
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ",
    );
}

// Reporter, manager.
#[test]
fn reopen() {
    holds(
        |_| reopening(),
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        -so       -repman   -repman   .         .         -repman   -repman   -so
    awaiting      -so       -repman   -repman   .         .         -repman   -repman   -so
    new           -so       -repman   -repman   .         .         -repman   -repman   -so
    accepted      -so       -repman   -repman   -repman   -repman   -repman   -repman   -so
    progress      -so       -repman   -repman   -repman   -repman   -repman   -repman   -so
    blocked       -so       -repman   -repman   -repman   -repman   -repman   -repman   -so
    summary       -so       -repman   -repman   -repman   -repman   -repman   -repman   -so
    done          progress  -repman   -repman   -repman   -repman   -repman   -repman   progress
    closed        new       -repman   -repman   -repman   -repman   -repman   -repman   new
    ",
    );
}

// The reporter before a claim, a manager.
#[test]
fn cancel() {
    holds(
        |_| Command::Cancel {
            reason: "Fixed itself".to_owned(),
        },
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        cancelled -repman   -repman   .         .         -repman   -repman   cancelled
    awaiting      cancelled -repman   -repman   .         .         -repman   -repman   cancelled
    new           cancelled -repman   -repman   .         .         -repman   -repman   cancelled
    accepted      -managers -managers -managers -managers -managers -managers -managers cancelled
    progress      -managers -managers -managers -managers -managers -managers -managers cancelled
    blocked       -managers -managers -managers -managers -managers -managers -managers cancelled
    summary       -managers -managers -managers -managers -managers -managers -managers cancelled
    done          -managers -managers -managers -managers -managers -managers -managers cancelled
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ",
    );
}

// Member, dispatcher, manager.
#[test]
fn duplicate_of() {
    holds(
        |_| Command::DuplicateOf { incident: ANOTHER },
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        -direct   -direct   -direct   .         .         -direct   duplicate duplicate
    awaiting      -direct   -direct   -direct   .         .         -direct   duplicate duplicate
    new           -members  duplicate -members  .         .         -members  duplicate duplicate
    accepted      -members  duplicate -members  duplicate duplicate -members  duplicate duplicate
    progress      -members  duplicate -members  duplicate duplicate -members  duplicate duplicate
    blocked       -members  duplicate -members  duplicate duplicate -members  duplicate duplicate
    summary       -members  duplicate -members  duplicate duplicate -members  duplicate duplicate
    done          -members  duplicate -members  duplicate duplicate -members  duplicate duplicate
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ",
    );
}

// Anyone concerned: from afar; who speaks in the group's chat always is.
#[test]
fn comment() {
    holds(
        |_| Command::Comment {
            text: "Which floor?".to_owned(),
        },
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        same      -stranger -stranger .         .         -stranger same      same
    awaiting      same      -stranger -stranger .         .         -stranger same      same
    new           same      same      -stranger .         .         -stranger same      same
    accepted      same      same      -stranger same      same      -stranger same      same
    progress      same      same      -stranger same      same      -stranger same      same
    blocked       same      same      -stranger same      same      -stranger same      same
    summary       same      same      -stranger same      same      -stranger same      same
    done          same      same      -stranger same      same      -stranger same      same
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ",
    );
}

// Anyone concerned, as with a comment.
#[test]
fn photo_added() {
    holds(
        |_| showing(),
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        same      -stranger -stranger .         .         -stranger same      same
    awaiting      same      -stranger -stranger .         .         -stranger same      same
    new           same      same      -stranger .         .         -stranger same      same
    accepted      same      same      -stranger same      same      -stranger same      same
    progress      same      same      -stranger same      same      -stranger same      same
    blocked       same      same      -stranger same      same      -stranger same      same
    summary       same      same      -stranger same      same      -stranger same      same
    done          same      same      -stranger same      same      -stranger same      same
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ",
    );
}

// Member, dispatcher, manager.
#[test]
fn set_urgency() {
    holds(
        |_| Command::SetUrgency {
            urgency: Urgency::Critical,
        },
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        -direct   -direct   -direct   .         .         -direct   same      same
    awaiting      -direct   -direct   -direct   .         .         -direct   same      same
    new           -members  same      -members  .         .         -members  same      same
    accepted      -members  same      -members  same      same      -members  same      same
    progress      -members  same      -members  same      same      -members  same      same
    blocked       -members  same      -members  same      same      -members  same      same
    summary       -members  same      -members  same      same      -members  same      same
    done          -members  same      -members  same      same      -members  same      same
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ",
    );
}

// Anyone concerned: who edits a message wrote it, and only the group knows that.
#[test]
fn amend_report() {
    holds(
        |_| Command::AmendReport {
            text: "The tap in 205 leaks".to_owned(),
            added: false,
        },
        "
                  reporter  member    other     owner     helper    outsider  dispatch  manager
    intake        same      -stranger -stranger .         .         -stranger same      same
    awaiting      same      -stranger -stranger .         .         -stranger same      same
    new           same      same      -stranger .         .         -stranger same      same
    accepted      same      same      -stranger same      same      -stranger same      same
    progress      same      same      -stranger same      same      -stranger same      same
    blocked       same      same      -stranger same      same      -stranger same      same
    summary       same      same      -stranger same      same      -stranger same      same
    done          same      same      -stranger same      same      -stranger same      same
    closed        -closed   -closed   -closed   -closed   -closed   -closed   -closed   -closed
    ",
    );
}
