//! What the desk remembers about its own running.

use std::sync::Arc;

use super::desk::{CHAT, commit, keep, later, noon, of_update};
use crate::domain::{MessageId, Photo, UpdateId};
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
