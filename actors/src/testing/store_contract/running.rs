//! What the desk remembers about its own running.

use std::sync::Arc;

use super::desk::{CHAT, Desk, OTHER_CHAT, commit, keep, later, noon, of_update};
use crate::domain::group::GroupStatus;
use crate::domain::{AgendaItem, AgendaKind, Class, GroupId, MessageId, Photo, Says, UpdateId};
use crate::ports::{Commit, CommitError, LastRun, Record, RunEnd, Store};

/// And when it was last seen alive.
pub async fn a_run_tells_how_the_last_one_ended(store: Arc<dyn Store>) {
    assert!(store.heartbeat(noon()).await.is_err(), "no run was begun");
    let begin = async |minutes| store.begin_run(later(minutes)).await.unwrap();
    let last = |end, minutes: Option<i64>| LastRun {
        end,
        last_seen: minutes.map(later),
    };
    assert_eq!(begin(0).await, last(RunEnd::FirstRun, None));
    assert_eq!(begin(1).await, last(RunEnd::Crashed, Some(0)));
    store.heartbeat(later(2)).await.unwrap();
    assert_eq!(begin(3).await, last(RunEnd::Crashed, Some(2)));
    store.end_run(later(4)).await.unwrap();
    assert_eq!(begin(9).await, last(RunEnd::Stopped, Some(4)));
}

/// Should it come again, it is not tried again; being put aside once more is no error.
pub async fn an_update_put_aside_has_its_verdict(store: Arc<dyn Store>) {
    let update = UpdateId(7);
    for cause in ["a panic", "another panic"] {
        let aside = store.set_aside(update, "{\"update_id\":7}", cause, noon());
        aside.await.unwrap();
        assert!(store.handled(update).await.unwrap());
    }
    let again = store.commit(of_update(commit(), 7)).await;
    assert!(
        matches!(again, Err(CommitError::AlreadyHandled)),
        "{again:?}"
    );
}

/// Handled updates and album photos, and only those from before.
pub async fn what_is_old_is_pruned(store: Arc<dyn Store>) {
    let photo = |message: i64| Record::AlbumPhoto {
        chat: CHAT,
        album: "holiday".to_owned(),
        message: MessageId(message),
        photo: Photo(format!("photo {message}")),
    };
    keep(&store, [photo(1)]).await;
    store.commit(of_update(commit(), 1)).await.unwrap();
    let mut newer = Commit::new(later(5), Some(UpdateId(2)));
    newer.records = vec![photo(2)];
    store.commit(newer).await.unwrap();

    store.prune(later(5)).await.unwrap();
    assert!(!store.handled(UpdateId(1)).await.unwrap());
    assert!(store.handled(UpdateId(2)).await.unwrap());
    let album = store.album(CHAT, "holiday").await.unwrap();
    assert_eq!(album, [Photo("photo 2".to_owned())]);
}

/// Items are moved and taken off, come longest overdue first, and rest while their group does.
pub async fn an_agenda_is_kept_until_it_is_due(store: Arc<dyn Store>) {
    let yard = Desk::new(Arc::clone(&store)).await.group.id;
    let mill = Desk::in_chat(Arc::clone(&store), OTHER_CHAT).await.group.id;
    let item = |group: GroupId, subject, minutes: Option<i64>| Record::Agenda {
        group,
        kind: AgendaKind::Report,
        subject,
        due: minutes.map(later),
    };
    keep(
        &store,
        [
            item(yard, 1, Some(9)),
            item(yard, 2, Some(3)),
            item(yard, 3, Some(1)),
            item(mill, 1, Some(2)),
            item(yard, 1, Some(4)),
            item(yard, 3, None),
        ],
    )
    .await;
    assert_eq!(store.next_due().await.unwrap(), Some(later(2)));
    let due = async |minutes| store.agenda_due(later(minutes), 10).await.unwrap();
    assert!(due(1).await.is_empty());
    assert_eq!(due(2).await, [OTHER_CHAT]);
    assert_eq!(due(9).await, [OTHER_CHAT, CHAT]);
    let found = |subject, minutes| AgendaItem {
        kind: AgendaKind::Report,
        subject,
        due: later(minutes),
    };
    let agenda = async |limit| store.agenda(yard, later(4), limit).await.unwrap();
    assert_eq!(agenda(10).await, [found(2, 3), found(1, 4)]);
    assert_eq!(agenda(1).await, [found(2, 3)]);

    let removed = Record::GroupStatus {
        group: mill,
        status: GroupStatus::Removed,
    };
    keep(&store, [removed]).await;
    assert_eq!(due(9).await, [CHAT]);
    assert_eq!(store.next_due().await.unwrap(), Some(later(3)));
}

/// Whatever watches over the desk asks for it in one question.
pub async fn what_waits_is_counted(store: Arc<dyn Store>) {
    let before = store.backlog(noon()).await.unwrap();
    assert_eq!((before.open, before.overdue, before.unassessed), (0, 0, 0));
    let hotel = Desk::new(store.clone()).await;
    hotel.open(1).await;
    hotel.open(2).await;
    let soon = store.backlog(noon()).await.unwrap();
    assert_eq!((soon.open, soon.overdue), (2, 0));
    let week = store.backlog(later(7 * 24 * 60)).await.unwrap();
    assert!(week.open == 2 && week.overdue >= 2, "{week:?}");
    let unfinished = store.outbox_unfinished(noon()).await.unwrap();
    assert_eq!(week.unsent, unfinished);
    assert_eq!(week.oldest_unsent.is_some(), unfinished > 0);
}

/// One thing that holds tomorrow as well makes nobody wait for the store, which goes on with the next.
pub async fn what_the_store_cannot_do_is_not_its_absence(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let mut impossible = commit();
    let mut draft = desk.draft(Class::Chatter, Says::Help);
    draft.group = Some(GroupId(desk.group.id.0 + 1));
    impossible.outbox = vec![draft];
    let refused = match desk.store.commit(impossible).await {
        Err(CommitError::Store(refused)) => refused,
        other => panic!("words of a group that is not there: {other:?}"),
    };
    assert!(!refused.away, "{refused:?}");
    let mut words = Vec::new();
    let mut cause: Option<&dyn std::error::Error> = Some(&refused);
    while let Some(error) = cause {
        words.push(error.to_string());
        cause = error.source();
    }
    let words = words.join(": ");
    assert!(words.to_lowercase().contains("foreign key"), "{words}");
    assert!(!words.contains('\n'), "{words}");
    assert_eq!(desk.open(1).await.version, 1);
}
