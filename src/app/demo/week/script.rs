//! What happens in the week: what breaks, how pressing it is, and how it ends.

use chrono::TimeDelta;

/// Something that somebody does.
#[derive(Debug, Clone, Copy)]
pub(super) enum Deed {
    /// A requester says that something is wrong.
    Report {
        text: &'static str,
        privately: bool,
    },
    /// The manager says whose it is.
    Department(&'static str),
    /// The manager rates it.
    Urgency(&'static str),
    /// A technician takes it, or comes too late.
    Claim,
    Start,
    /// A technician cannot go on.
    Hold(&'static str),
    Resume,
    /// A technician says how it was done.
    Resolve(&'static str),
    /// The requester answers.
    Confirm,
    NotFixed,
    /// The manager calls it off.
    Cancel,
}

/// A deed at its time, by somebody of those who do such things.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    /// Counted from the beginning of the week.
    pub(super) after: TimeDelta,
    /// Which incident, in the order in which they are reported.
    pub(super) incident: usize,
    /// Which of them.
    pub(super) who: usize,
    pub(super) deed: Deed,
}

/// How something ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Confirmed,
    /// The requester never answers.
    Unanswered,
    /// It was not fixed the first time.
    Again,
    /// Something has to be bought first.
    Bought,
    CalledOff,
    /// Nobody has taken it.
    Free,
}

/// One kind of trouble.
struct Trouble {
    /// In which hour of the day.
    hour: i64,
    text: &'static str,
    privately: bool,
    department: &'static str,
    urgency: &'static str,
    /// Minutes until it is claimed.
    waits: i64,
    /// Minutes of work.
    takes: i64,
    how: &'static str,
    end: End,
}

const MAINTENANCE: &str = "Maintenance";
const HOUSEKEEPING: &str = "Housekeeping";

#[rustfmt::skip]
const TROUBLES: [Trouble; 7] = [
    Trouble { hour: 7, text: "Room 204: the shower runs cold", privately: true, department: MAINTENANCE,
        urgency: "same day", waits: 12, takes: 45, how: "Mixer replaced", end: End::Confirmed },
    Trouble { hour: 9, text: "Room 118: no towels, guests are at the desk", privately: false,
        department: HOUSEKEEPING, urgency: "same day", waits: 4, takes: 15, how: "Towels brought",
        end: End::Confirmed },
    Trouble { hour: 10, text: "Pool: the filter alarm beeps", privately: true, department: MAINTENANCE,
        urgency: "planned", waits: 50, takes: 90, how: "New filter cartridge", end: End::Bought },
    Trouble { hour: 13, text: "Corridor 3: a ceiling lamp flickers", privately: false,
        department: MAINTENANCE, urgency: "planned", waits: 120, takes: 20, how: "Tube changed",
        end: End::Unanswered },
    Trouble { hour: 16, text: "Kitchen: water under the dishwasher", privately: false,
        department: MAINTENANCE, urgency: "critical", waits: 22, takes: 60, how: "Hose clamp tightened",
        end: End::Again },
    Trouble { hour: 18, text: "Room 305: the key card does not open", privately: true,
        department: MAINTENANCE, urgency: "same day", waits: 8, takes: 10, how: "Battery of the lock changed",
        end: End::Confirmed },
    Trouble { hour: 20, text: "Room 220: the minibar hums", privately: true, department: MAINTENANCE,
        urgency: "planned", waits: 30, takes: 20, how: "Set upright", end: End::CalledOff },
];

/// On which days of the week each kind happens: some days are worse than others.
const DAYS: [&[i64]; 7] = [
    &[0, 1, 2, 3, 4, 5, 6, 7],
    &[0, 1, 2, 4, 5, 7],
    &[0, 3, 6],
    &[1, 2, 4, 6],
    &[1, 4, 5],
    &[0, 2, 3, 5, 6],
    &[2, 5],
];

/// Every step of the week, in the order of time, and how many incidents there are.
pub(super) fn script() -> (Vec<Step>, usize) {
    let mut reports: Vec<(i64, &Trouble, i64)> = Vec::new();
    for (trouble, days) in TROUBLES.iter().zip(DAYS) {
        // Not on the minute every day.
        let at = |day: i64| day * 24 * 60 + trouble.hour * 60 + (day * 17 + trouble.hour * 7) % 50;
        reports.extend(days.iter().map(|day| (at(*day), trouble, *day)));
    }
    reports.sort_by_key(|(at, ..)| *at);
    let mut steps = Vec::new();
    for (incident, (at, trouble, day)) in reports.iter().enumerate() {
        let day = usize::try_from(*day).unwrap_or(0);
        steps.extend(story(incident, *at, trouble, incident + day));
    }
    steps.sort_by_key(|step| step.after);
    (steps, reports.len())
}

fn story(incident: usize, at: i64, trouble: &Trouble, luck: usize) -> Vec<Step> {
    let spread = i64::try_from(luck % 5).unwrap_or(0);
    let end = match luck % 9 {
        8 => End::Free,
        _ => trouble.end,
    };
    let technician = match trouble.department {
        HOUSEKEEPING => 2 + luck % 2,
        _ => luck % 2,
    };
    let mut steps = Vec::new();
    let mut add = |minutes: i64, who: usize, deed: Deed| {
        steps.push(Step {
            after: TimeDelta::minutes(minutes),
            incident,
            who,
            deed,
        });
    };
    let report = Deed::Report {
        text: trouble.text,
        privately: trouble.privately,
    };
    add(at, luck, report);
    add(at + 2, 0, Deed::Department(trouble.department));
    add(at + 3, 0, Deed::Urgency(trouble.urgency));
    if end == End::CalledOff {
        add(at + 25, 0, Deed::Cancel);
    }
    if matches!(end, End::CalledOff | End::Free) {
        return steps;
    }
    let claimed = at + 4 + trouble.waits + spread * 3;
    add(claimed, technician, Deed::Claim);
    add(claimed, technician ^ 1, Deed::Claim);
    add(claimed + 2, technician, Deed::Start);
    let mut done = claimed + 2 + trouble.takes + spread * 5;
    if end == End::Bought {
        add(
            claimed + 20,
            technician,
            Deed::Hold("The cartridge has to be ordered"),
        );
        add(claimed + 20 * 60, technician, Deed::Resume);
        done += 20 * 60;
    }
    add(done, technician, Deed::Resolve(trouble.how));
    match end {
        End::Confirmed | End::Bought => add(done + 12, luck, Deed::Confirm),
        End::Again => {
            add(done + 20, luck, Deed::NotFixed);
            add(
                done + 70,
                technician,
                Deed::Resolve("The seal was torn, replaced"),
            );
            add(done + 90, luck, Deed::Confirm);
        }
        End::Unanswered | End::CalledOff | End::Free => {}
    }
    steps
}
