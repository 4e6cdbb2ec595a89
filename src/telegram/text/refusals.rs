//! Why something was not done, and what to do next: for a toast or a reply.

use actors::domain::{DepartmentId, PersonId, Refusal};

use chrono::Duration;

use super::card;
use super::scene::{Scene, number_of};
use super::wording::{Filling, Phrase};

/// A refusal in words.
pub(super) fn refused(scene: &Scene<'_>, refusal: &Refusal) -> Phrase {
    match refusal {
        Refusal::AlreadyClaimed {
            owner,
            ago,
            may_join,
            ..
        } => already_claimed(scene, *owner, *ago, *may_join),
        Refusal::AlreadyAcknowledged { by, at } => {
            let time = ("time", scene.moment(*at).into());
            let fillings = [person(scene, *by), subject(scene), time];
            scene.say("refused-already-acknowledged", &fillings)
        }
        Refusal::Closed { resolution, at, by } => {
            let state = ("state", card::resolution(scene, *resolution).into());
            let time = ("time", scene.moment(*at).into());
            match by {
                Some(by) => {
                    let fillings = [subject(scene), state, time, person(scene, *by)];
                    scene.say("refused-closed-by", &fillings)
                }
                None => scene.say("refused-closed", &[subject(scene), state, time]),
            }
        }
        Refusal::MembersOnly { department } => {
            scene.say("refused-members-only", &[of_department(scene, *department)])
        }
        Refusal::AlreadyAsked { department } => scene.say(
            "refused-already-asked",
            &[of_department(scene, *department)],
        ),
        Refusal::ResolverOnly { resolver } => {
            let fillings = [subject(scene), person(scene, *resolver)];
            scene.say("refused-resolver-only", &fillings)
        }
        Refusal::NotAMember { person: id } => {
            scene.say("refused-not-a-member", &[person(scene, *id)])
        }
        Refusal::TooLateToReopen { closed_at } => {
            let time = ("time", scene.moment(*closed_at).into());
            scene.say("refused-too-late-to-reopen", &[subject(scene), time])
        }
        Refusal::AlreadyReported { number, .. } => {
            let number = ("number", number_of(*number).into());
            scene.say("refused-already-reported", &[number])
        }
        plain => match plain_id(plain) {
            Plain::AboutIncident(id) => scene.say(id, &[subject(scene)]),
            Plain::General(id) => scene.say(id, &[]),
        },
    }
}

fn already_claimed(scene: &Scene<'_>, owner: PersonId, ago: Duration, may_join: bool) -> Phrase {
    let fillings = [
        subject(scene),
        person(scene, owner),
        ("ago", scene.voice.duration(ago).into()),
    ];
    let id = if may_join {
        "refused-already-claimed-join"
    } else {
        "refused-already-claimed"
    };
    scene.say(id, &fillings)
}

/// A refusal without details: whether its text names the incident, and which text.
enum Plain {
    AboutIncident(&'static str),
    General(&'static str),
}

fn plain_id(refusal: &Refusal) -> Plain {
    use Plain::{AboutIncident, General};
    match refusal {
        Refusal::AlreadyYours => AboutIncident("refused-already-yours"),
        Refusal::AlreadyHelping => AboutIncident("refused-already-helping"),
        Refusal::AlreadySo => General("refused-already-so"),
        Refusal::StaleCard => AboutIncident("refused-stale-card"),
        Refusal::NoDepartmentYet => AboutIncident("refused-no-department-yet"),
        Refusal::NotClaimed => AboutIncident("refused-not-claimed"),
        Refusal::NotNow => AboutIncident("refused-not-now"),
        Refusal::WorkersOnly => AboutIncident("refused-workers-only"),
        Refusal::SummaryOwed => AboutIncident("refused-summary-owed"),
        Refusal::ReporterOrManagerOnly => General("refused-reporter-or-manager-only"),
        Refusal::ManagersOnly => General("refused-managers-only"),
        Refusal::DirectorsOnly => General("refused-directors-only"),
        Refusal::NotConcerned => AboutIncident("refused-not-concerned"),
        Refusal::NoSuchDepartment => General("refused-no-such-department"),
        Refusal::WordsMissing => General("refused-words-missing"),
        Refusal::NotAChain => General("refused-not-a-chain"),
        Refusal::NotADate => General("refused-not-a-date"),
        Refusal::NotASchedule => General("refused-not-a-schedule"),
        Refusal::NotInTheFuture => General("refused-not-in-the-future"),
        Refusal::DuplicateOfItself => General("refused-duplicate-of-itself"),
        Refusal::EmptyReport => General("refused-empty-report"),
        Refusal::RegistrationNeeded => General("refused-registration-needed"),
        Refusal::NoSuchIncident => General("refused-no-such-incident"),
        Refusal::Malformed => General("refused-malformed"),
        Refusal::UnknownCommand => General("refused-unknown-command"),
        Refusal::NoSuchPerson => General("refused-no-such-person"),
        Refusal::GroupInactive => General("refused-group-inactive"),
        Refusal::NoGroup => General("refused-no-group"),
        Refusal::LastManager => General("refused-last-manager"),
        Refusal::BadName => General("refused-bad-name"),
        Refusal::Anonymous => General("refused-anonymous"),
        Refusal::NotInGroup => General("refused-not-in-group"),
        Refusal::GroupOnly => General("refused-group-only"),
        Refusal::PrivateOnly => General("refused-private-only"),
        Refusal::NotARule => General("refused-not-a-rule"),
        Refusal::TooManyRules => General("refused-too-many-rules"),
        Refusal::NumbersGiven => General("refused-numbers-given"),
        Refusal::SeveralGroups => General("refused-several-groups"),
        Refusal::TooManyGroups => General("refused-too-many-groups"),
        Refusal::PlaceMissing => General("refused-place-missing"),
        Refusal::TooManyPlaces => General("refused-too-many-places"),
        Refusal::NotYours => General("refused-not-yours"),
        // The others have details and are put into words above.
        Refusal::AlreadyClaimed { .. }
        | Refusal::AlreadyAcknowledged { .. }
        | Refusal::Closed { .. }
        | Refusal::MembersOnly { .. }
        | Refusal::AlreadyAsked { .. }
        | Refusal::ResolverOnly { .. }
        | Refusal::NotAMember { .. }
        | Refusal::TooLateToReopen { .. }
        | Refusal::AlreadyReported { .. }
        | Refusal::Trouble => General("refused-trouble"),
    }
}

/// Whether a refusal must be dismissed: it says what to do, and a toast is gone in two seconds.
/// Those that only confirm what the card shows pass by; so do the losers of a race, of whom there
/// may be fifty.
pub(super) fn wants_reading(refusal: &Refusal) -> bool {
    !matches!(
        refusal,
        Refusal::AlreadyClaimed { .. }
            | Refusal::AlreadyYours
            | Refusal::AlreadyHelping
            | Refusal::AlreadySo
            | Refusal::StaleCard
            | Refusal::Closed { .. }
            | Refusal::NotNow
    )
}

fn subject(scene: &Scene<'_>) -> (&'static str, Filling) {
    ("number", scene.subject().into())
}

fn person(scene: &Scene<'_>, id: PersonId) -> (&'static str, Filling) {
    ("person", scene.name(id).into())
}

fn of_department(scene: &Scene<'_>, id: DepartmentId) -> (&'static str, Filling) {
    ("department", scene.department(id).into())
}
