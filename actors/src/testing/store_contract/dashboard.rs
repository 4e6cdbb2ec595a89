//! Who is let into the dashboard, and what it lists.

use std::sync::Arc;

use chrono::TimeDelta;

use super::desk::{ANNA, Desk, JAAN, MARI, OTHER_CHAT, keep, later, noon};
use crate::domain::{BlockKind, Command, GroupId, Incident, IncidentId, Urgency};
use crate::ports::{Board, BoardFilter, Lane, Record, SecretDigest, Store, Tally};

fn digest(name: &str) -> SecretDigest {
    SecretDigest(name.to_owned())
}

/// Looking at a link leaves it, pressing uses it up, time ends it, and a newer one replaces it.
pub async fn a_link_begins_one_session(store: Arc<dyn Store>) {
    let (one, two) = (digest("one"), digest("two"));
    store
        .keep_sign_in(one.clone(), MARI, later(5))
        .await
        .unwrap();
    let whose =
        async |link: &SecretDigest, minutes| store.sign_in_of(link, later(minutes)).await.unwrap();
    assert_eq!(whose(&one, 4).await, Some(MARI));
    assert_eq!(whose(&one, 5).await, None, "it is too old");
    store
        .keep_sign_in(two.clone(), MARI, later(5))
        .await
        .unwrap();
    assert_eq!(whose(&one, 0).await, None, "there is a newer one");
    let lasts = (noon(), later(60));
    let begin = async |link: &SecretDigest, session| {
        let begun = store.begin_session(link.clone(), digest(session), lasts);
        begun.await.unwrap()
    };
    assert_eq!(begin(&one, "never").await, None);
    assert_eq!(begin(&two, "hers").await, Some(MARI));
    assert_eq!(begin(&two, "twice").await, None);
    let session = async |name, minutes| {
        let key = digest(name);
        store.session_of(&key, later(minutes)).await.unwrap()
    };
    assert_eq!(session("hers", 59).await, Some(MARI));
    assert_eq!(session("hers", 60).await, None, "it is over");
    for none in ["never", "twice"] {
        assert_eq!(session(none, 0).await, None);
    }
    store.end_session(digest("hers")).await.unwrap();
    assert_eq!(session("hers", 0).await, None);
}

/// Links and sessions go with the person, and what is over is forgotten.
pub async fn who_is_forgotten_is_signed_out(store: Arc<dyn Store>) {
    for (person, name) in [(MARI, "mari"), (JAAN, "jaan")] {
        let link = digest(&format!("{name}, used"));
        let until = later(5);
        store
            .keep_sign_in(link.clone(), person, until)
            .await
            .unwrap();
        let lasts = (noon(), later(60));
        let begun = store.begin_session(link, digest(name), lasts);
        begun.await.unwrap();
        let link = digest(&format!("{name}, unused"));
        store.keep_sign_in(link, person, until).await.unwrap();
    }
    keep(&store, [Record::Forget { person: MARI }]).await;
    let known = async |name: &str| {
        let link = digest(&format!("{name}, unused"));
        let link = store.sign_in_of(&link, noon()).await.unwrap();
        let session = store.session_of(&digest(name), noon()).await.unwrap();
        (link, session)
    };
    assert_eq!(known("mari").await, (None, None));
    assert_eq!(known("jaan").await, (Some(JAAN), Some(JAAN)));
    store.prune(later(30)).await.unwrap();
    assert_eq!(known("jaan").await, (None, Some(JAAN)));
    store.prune(later(61)).await.unwrap();
    assert_eq!(known("jaan").await, (None, None));
}

async fn board(desk: &Desk, filter: BoardFilter, minutes: i64) -> Board {
    let filter = BoardFilter {
        groups: match filter.groups.is_empty() {
            true => vec![desk.group.id],
            false => filter.groups,
        },
        limit: filter.limit.max(10),
        ..filter
    };
    desk.store.board(&filter, later(minutes)).await.unwrap()
}

fn ids(board: &Board) -> Vec<IncidentId> {
    let incidents = board.incidents.iter();
    incidents.map(|it| it.identity.id).collect()
}

async fn rated(desk: &Desk, message: i64, department: usize, urgency: Urgency) -> Incident {
    let incident = desk.open_in(message, desk.department(department)).await;
    desk.act(&incident, ANNA, Command::SetUrgency { urgency })
        .await
}

/// A group with one that is planned, one that is critical and one that is neither; and another group.
struct Three {
    desk: Desk,
    other: Desk,
    plain: IncidentId,
    planned: IncidentId,
    critical: Incident,
    elsewhere: IncidentId,
}

async fn three(store: Arc<dyn Store>) -> Three {
    let desk = Desk::new(Arc::clone(&store)).await;
    let other = Desk::in_chat(store, OTHER_CHAT).await;
    Three {
        plain: desk.open(1).await.identity.id,
        planned: rated(&desk, 2, 1, Urgency::Planned).await.identity.id,
        critical: rated(&desk, 3, 0, Urgency::Critical).await,
        elsewhere: other.open(4).await.identity.id,
        desk,
        other,
    }
}

/// After which all that have a target are late.
fn a_week_later() -> i64 {
    TimeDelta::days(8).num_minutes()
}

/// Critical first, late before the rest, oldest first; of the asked groups alone.
pub async fn the_board_shows_what_presses_first(store: Arc<dyn Store>) {
    let of = three(store).await;
    let (desk, critical) = (&of.desk, of.critical.identity.id);
    let all = board(desk, BoardFilter::default(), 0).await;
    assert_eq!(ids(&all), [critical, of.plain, of.planned]);
    let tally = Tally {
        open: 3,
        critical: 1,
        late: 0,
        unclaimed: 3,
    };
    assert_eq!((all.total, all.tally), (3, tally));
    let late = board(desk, BoardFilter::default(), a_week_later()).await;
    assert_eq!(ids(&late), [critical, of.planned, of.plain]);
    assert_eq!(late.tally.late, 2);
    let both = BoardFilter {
        groups: vec![desk.group.id, of.other.group.id],
        ..BoardFilter::default()
    };
    let both = board(desk, both, a_week_later()).await;
    assert_eq!(ids(&both), [critical, of.planned, of.plain, of.elsewhere]);
    let nowhere = desk.store.board(&BoardFilter::default(), noon()).await;
    assert_eq!(nowhere.unwrap(), Board::default());
}

/// By each thing that can be asked for; nobody is late while an incident rests.
pub async fn the_board_is_filtered(store: Arc<dyn Store>) {
    let of = three(store).await;
    let desk = &of.desk;
    let claimed = desk.act(&of.critical, JAAN, Command::Claim).await;
    let block = Command::Block {
        kind: BlockKind::Waiting,
        comment: "for a key".to_owned(),
    };
    let resting = desk.act(&claimed, JAAN, block).await.identity.id;
    let shows = async |change: &dyn Fn(&mut BoardFilter), expected: &[IncidentId]| {
        let mut filter = BoardFilter::default();
        change(&mut filter);
        let found = board(desk, filter.clone(), a_week_later()).await;
        assert_eq!(ids(&found), expected, "{filter:?}");
        let whole = u32::try_from(expected.len()).unwrap() + filter.offset;
        assert_eq!(found.total, whole, "{filter:?}");
    };
    let department = desk.department(1);
    let group: GroupId = of.other.group.id;
    shows(&|it| it.urgency = Some(Urgency::Planned), &[of.planned]).await;
    shows(&|it| it.department = Some(department), &[of.planned]).await;
    shows(&|it| it.lane = Some(Lane::OnHold), &[resting]).await;
    let unclaimed = [of.planned, of.plain];
    shows(&|it| it.lane = Some(Lane::Unclaimed), &unclaimed).await;
    shows(&|it| it.late = true, &[of.planned]).await;
    shows(&|it| it.offset = 2, &[of.plain]).await;
    shows(&|it| it.groups = vec![group], &[of.elsewhere]).await;
}
