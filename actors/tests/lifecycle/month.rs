//! A month in the life of an incident that people take, give back, rate, acknowledge and send
//! elsewhere, on a desk whose clock is late, and at times away. A referee with rules of its own reads
//! the log as it grows: whom the chain calls, and when, is what it would have said.
//!
//! One case is one incident over thirty days: `PROPTEST_CASES=10000` is a desk of ten thousand.

use actors::domain::escalation::{Chain, Hours, Level};
use actors::domain::{By, Command, DeadlineKind, Event, Recorded, Urgency, Workflow, decide};
use chrono::{DateTime, Duration, Utc};
use proptest::prelude::*;

use crate::world::{
    Case, HOUSEKEEPING, JAAN, LIIS, MAINTENANCE, MARI, MATI, change_to, hotel, reopening, summary,
};

const MONTH: Duration = Duration::days(30);

/// Fifty looks an hour are more than all its deadlines ask for.
const MOST_LOOKS: usize = 50 * 24 * 30;

/// What somebody does next.
#[derive(Debug, Clone)]
enum Deed {
    Rate(Urgency),
    Claim,
    /// So many milliseconds after the next call is due, or before.
    ClaimBesideTheCall(i64),
    GiveBack,
    Send(bool),
    Acknowledge,
    /// No message about the last call arrived.
    Unheard,
    Finish,
    Reopen,
}

/// A deed, and how long after the one before.
type Step = (Duration, Deed);

/// What differs from desk to desk.
#[derive(Debug, Clone)]
struct Month {
    critical_minutes: u32,
    same_day_minutes: u32,
    /// Minutes each level waits for, and how often it is called again.
    levels: Vec<(u32, u32)>,
    leases: bool,
    /// How late each look is.
    late: Vec<Duration>,
    /// From when on, and for how long, the desk is away.
    away: Vec<(Duration, Duration)>,
    steps: Vec<Step>,
}

fn month() -> impl Strategy<Value = Month> {
    let milliseconds = |range: std::ops::Range<i64>| range.prop_map(Duration::milliseconds);
    let gap = prop_oneof![
        milliseconds(0..60_000),
        milliseconds(0..4 * 3_600_000),
        milliseconds(0..3 * 86_400_000),
    ];
    let away = (0..30 * 24 * 60_i64, 1..600_i64)
        .prop_map(|(from, long)| (Duration::minutes(from), Duration::minutes(long)));
    (
        1_u32..60,
        1_u32..300,
        prop::collection::vec((1_u32..30, 0_u32..3), 1..4),
        any::<bool>(),
        prop::collection::vec(milliseconds(0..1_000), 1..8),
        prop::collection::vec(away, 0..4),
        prop::collection::vec((gap, deed()), 5..40),
    )
        .prop_map(
            |(critical_minutes, same_day_minutes, levels, leases, late, away, steps)| Month {
                critical_minutes,
                same_day_minutes,
                levels,
                leases,
                late,
                away,
                steps,
            },
        )
}

fn deed() -> impl Strategy<Value = Deed> {
    let urgency = prop_oneof![
        3 => Just(Urgency::Critical),
        1 => Just(Urgency::SameDay),
    ];
    prop_oneof![
        4 => urgency.prop_map(Deed::Rate),
        2 => Just(Deed::Claim),
        4 => (-5..=5_i64).prop_map(Deed::ClaimBesideTheCall),
        6 => Just(Deed::GiveBack),
        2 => any::<bool>().prop_map(Deed::Send),
        1 => Just(Deed::Acknowledge),
        3 => Just(Deed::Unheard),
        1 => Just(Deed::Finish),
        2 => Just(Deed::Reopen),
    ]
}

/// What the chain promises, in rules of its own.
struct Referee {
    month: Month,
    urgency: Option<Urgency>,
    /// Since when it is counted, while nobody has it.
    free_since: Option<DateTime<Utc>>,
    sent_before: bool,
    acknowledged: bool,
    /// Which of all calls of the chain comes next.
    next: usize,
    last_call: Option<DateTime<Utc>>,
    /// When it turned out that the last call reached nobody.
    failed_at: Option<DateTime<Utc>>,
    calls: usize,
}

impl Referee {
    /// The number of the level of each call of the chain, in order, and how long it is waited for.
    fn chain(&self) -> Vec<(usize, Duration)> {
        let levels = self.month.levels.iter().enumerate();
        let calls = levels.flat_map(|(index, (wait, repeats))| {
            let call = (index + 1, Duration::minutes(i64::from(*wait)));
            std::iter::repeat_n(call, *repeats as usize + 1)
        });
        calls.collect()
    }

    /// When somebody is to be called next, at the earliest.
    fn due(&self) -> Option<DateTime<Utc>> {
        let since = self.free_since.filter(|_| !self.acknowledged)?;
        let first = match self.urgency? {
            Urgency::Critical => self.month.critical_minutes,
            _ => self.month.same_day_minutes,
        };
        let chain = self.chain();
        match (self.last_call, self.failed_at) {
            _ if self.next >= chain.len() => None,
            (None, _) => Some(since + Duration::minutes(i64::from(first))),
            (Some(_), Some(failed)) => Some(failed),
            (Some(last), None) => Some(last + chain[self.next - 1].1),
        }
    }

    fn begin(&mut self, at: DateTime<Utc>) {
        self.free_since = Some(at);
        self.stop();
    }

    fn stop(&mut self) {
        (self.next, self.last_call, self.failed_at) = (0, None, None);
        self.acknowledged = false;
    }

    fn taken(&mut self) {
        self.free_since = None;
        self.stop();
    }

    fn read(&mut self, recorded: &Recorded) {
        let at = recorded.at;
        match &recorded.event {
            Event::UrgencySet { urgency } => {
                self.urgency = Some(*urgency);
                if self.free_since.is_some() {
                    self.begin(at);
                }
            }
            Event::DepartmentSet { .. } if !self.sent_before => self.sent_before = true,
            Event::DepartmentSet { .. }
            | Event::Left
            | Event::LeaseEnded
            | Event::Reopened { .. } => self.begin(at),
            Event::Claimed | Event::Summarised { .. } => self.taken(),
            Event::Acknowledged => self.acknowledged = true,
            Event::Escalated { level, .. } => self.called(usize::from(*level), at),
            Event::CallUnheard { .. } => self.unheard(at),
            _ => {}
        }
    }

    /// Somebody was called: in its time, and once.
    fn called(&mut self, level: usize, at: DateTime<Utc>) {
        let due = self.due().expect("a call that nothing asked for");
        assert!(at >= due, "called {} early", due - at);
        let expected = self.chain()[self.next].0;
        assert_eq!(level, expected, "another level was called");
        (self.last_call, self.failed_at) = (Some(at), None);
        self.next += 1;
        self.calls += 1;
    }

    /// The next level is called at once; the last one in its time.
    fn unheard(&mut self, at: DateTime<Utc>) {
        let chain = self.chain();
        let Some(level) = self.next.checked_sub(1).map(|last| chain[last].0) else {
            return;
        };
        if let Some(next) = chain.iter().position(|(number, _)| *number > level) {
            self.next = next;
            self.failed_at = Some(at);
        }
    }
}

/// The incident, the desk's clock and the referee.
struct Life {
    case: Case,
    referee: Referee,
    start: DateTime<Utc>,
    looks: usize,
}

impl Life {
    fn of(month: Month) -> Self {
        let mut case = hotel(Workflow::Quick).reported_by(MARI);
        let levels = month.levels.iter().map(|(wait_minutes, repeats)| Level {
            people: vec![LIIS],
            wait_minutes: *wait_minutes,
            repeats: *repeats,
        });
        let settings = &mut case.config.settings;
        settings.escalation.critical_minutes = month.critical_minutes;
        settings.escalation.same_day_minutes = month.same_day_minutes;
        settings.escalation.chains = vec![Chain {
            urgency: None,
            hours: Hours::Any,
            levels: levels.collect(),
        }];
        if !month.leases {
            settings.leases.critical_minutes = 0;
            settings.leases.same_day_minutes = 0;
        }
        let start = case.now;
        let referee = Referee {
            month,
            urgency: None,
            free_since: Some(start),
            sent_before: false,
            acknowledged: false,
            next: 0,
            last_call: None,
            failed_at: None,
            calls: 0,
        };
        Self {
            case,
            referee,
            start,
            looks: 0,
        }
    }

    /// When the desk, late as it is, looks at something that is due then.
    fn look_at(&self, due: DateTime<Utc>) -> DateTime<Utc> {
        let late = &self.referee.month.late;
        let mut at = due.max(self.case.now) + late[self.looks % late.len()];
        for (from, long) in &self.referee.month.away {
            let from = self.start + *from;
            if (from..from + *long).contains(&at) {
                at = from + *long;
            }
        }
        at
    }

    /// The clock does what is its part until then.
    fn live_until(&mut self, until: DateTime<Utc>) {
        while let Some(first) = self.case.last.deadlines.first() {
            let at = self.look_at(first.due);
            if at > until {
                break;
            }
            self.case.now = at;
            let decision = self.case.looks(None);
            self.keep(decision);
            self.looks += 1;
            assert!(self.looks < MOST_LOOKS, "it never rests");
        }
        self.case.now = until.max(self.case.now);
    }

    /// Keeps it, and holds it beside what the referee makes of it.
    fn keep(&mut self, decision: actors::domain::Decision) {
        for recorded in &decision.events {
            self.referee.read(recorded);
        }
        self.case.keep(decision);
        let mut deadlines = self.case.last.deadlines.iter();
        let call = deadlines.find(|it| it.kind == DeadlineKind::Escalation);
        assert_eq!(
            call.map(|it| it.due),
            self.referee.due(),
            "the next call, after {:?}",
            self.case.last.events,
        );
    }

    fn asks(&mut self, by: &By, command: &Command) {
        let case = &self.case;
        if let Ok(decision) = decide(&case.incident, command, by, case.now, &case.config) {
            self.keep(decision);
        }
    }

    fn person(&self, person: actors::domain::PersonId) -> By {
        By::Person(self.case.config.standing(person))
    }

    fn does(&mut self, deed: &Deed) {
        let here = self.case.incident.department();
        let worker = if here == Some(HOUSEKEEPING) {
            LIIS
        } else {
            JAAN
        };
        let (manager, worker) = (self.person(MATI), self.person(worker));
        match deed {
            Deed::Rate(urgency) => {
                let urgency = *urgency;
                self.asks(&manager, &Command::SetUrgency { urgency });
            }
            Deed::Claim => self.asks(&worker, &Command::Claim),
            Deed::ClaimBesideTheCall(milliseconds) => {
                if let Some(due) = self.referee.due() {
                    self.live_until(due + Duration::milliseconds(*milliseconds));
                }
                self.asks(&worker, &Command::Claim);
            }
            Deed::GiveBack => self.asks(&worker, &Command::Leave),
            Deed::Send(there) => {
                let department = if *there { HOUSEKEEPING } else { MAINTENANCE };
                match here {
                    None => self.asks(&manager, &Command::ChooseDepartment { department }),
                    Some(_) => self.asks(&manager, &change_to(department)),
                }
            }
            Deed::Acknowledge => self.asks(&manager, &Command::Acknowledge),
            Deed::Unheard => {
                let people = vec![LIIS];
                let clock = By::Clock { absence: None };
                self.asks(&clock, &Command::NoteUnheard { people });
            }
            Deed::Finish => {
                self.asks(&worker, &Command::Resolve);
                self.asks(&worker, &summary("Washer replaced"));
            }
            Deed::Reopen => self.asks(&manager, &reopening()),
        }
    }
}

/// Goes through the month; answers how many calls were made.
fn lived(month: Month) -> usize {
    let steps = month.steps.clone();
    let mut life = Life::of(month);
    let end = life.start + MONTH;
    for (gap, deed) in steps {
        let then = life.case.now + gap;
        life.live_until(then.min(end));
        if then >= end {
            break;
        }
        life.does(&deed);
    }
    life.live_until(end);
    life.referee.calls
}

proptest! {
    #[test]
    fn the_chain_calls_whom_it_promised_when_it_promised(month in month()) {
        lived(month);
    }
}

/// A property over months in which nobody is ever called would prove nothing.
#[test]
fn months_are_not_without_calls() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let calls = (0..50).map(|_| lived(month().new_tree(&mut runner).expect("a month").current()));
    let calls: Vec<usize> = calls.collect();
    assert!(calls.iter().filter(|it| **it > 1).count() > 25, "{calls:?}");
}
