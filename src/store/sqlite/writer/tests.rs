use sqlx::Connection as _;
use tempfile::TempDir;

use super::*;
use crate::store::sqlite::{connect, options};

/// Puts a number into a table. Its owner must be there by the time of the commit, unless none is
/// named; a number that is there already is refused.
struct Put {
    number: i64,
    owner: Option<i64>,
}

#[async_trait]
impl Write for Put {
    type Answer = i64;

    async fn apply(&self, connection: &mut Connection<'_>) -> Result<i64, Refused> {
        let Connection::Sqlite(connection) = connection else {
            panic!("these tests run on SQLite");
        };
        let row = (self.number, self.owner);
        let put = connection.execute("INSERT INTO numbers VALUES ($1, $2)", row);
        match put {
            Ok(_) => Ok(self.number),
            Err(_) => Err(Refused::Conflict),
        }
    }
}

type Answer = oneshot::Receiver<Result<i64, Refused>>;

fn asked(number: i64, owner: Option<i64>) -> (Box<dyn Job>, Answer) {
    let (answer, answered) = oneshot::channel();
    let job = Asked {
        write: Put { number, owner },
        outcome: None,
        answer,
    };
    (Box::new(job), answered)
}

async fn task() -> (Task, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deskbell.db");
    let options = options(&path);
    let mut connection = connect(&options, &path).await.unwrap();
    sqlx::query(
        "CREATE TABLE numbers (number INTEGER PRIMARY KEY, owner INTEGER \
            REFERENCES numbers (number) DEFERRABLE INITIALLY DEFERRED)",
    )
    .execute(&mut connection)
    .await
    .unwrap();
    crate::store::sqlite::MIGRATIONS
        .run(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    let task = Task {
        opening: Opening::at(&path),
        connection: None,
        _lease: Lease::take(&path).await.unwrap(),
        epoch: 0,
    };
    (task, folder)
}

async fn answers<const N: usize>(
    task: &mut Task,
    writes: [(Box<dyn Job>, Answer); N],
) -> Vec<Result<i64, Refused>> {
    let (mut batch, answered): (Vec<_>, Vec<_>) = writes.into_iter().unzip();
    task.keep_and_answer(&mut batch).await;
    let mut answers = Vec::new();
    for answer in answered {
        answers.push(answer.await.unwrap());
    }
    answers
}

fn numbers(task: &Task) -> Vec<i64> {
    let reader = task.opening.open().unwrap();
    let mut asked = reader.prepare("SELECT number FROM numbers ORDER BY number");
    let rows = asked.as_mut().unwrap().query_map([], |row| row.get(0));
    rows.unwrap().map(Result::unwrap).collect()
}

#[tokio::test]
async fn a_refused_write_is_undone_alone() {
    let (mut task, _folder) = task().await;
    let writes = [asked(1, None), asked(1, None), asked(2, None)];
    let answers = answers(&mut task, writes).await;
    assert!(
        matches!(answers[..], [Ok(1), Err(Refused::Conflict), Ok(2)]),
        "{answers:?}"
    );
    assert_eq!(numbers(&task), [1, 2]);
}

/// A commit that fails keeps nobody's write and confirms nobody's refusal; the next one is its own.
#[tokio::test]
async fn nobody_is_told_yes_when_the_commit_fails() {
    let (mut task, _folder) = task().await;
    let missing = Some(99);
    let writes = [asked(1, None), asked(2, missing), asked(1, None)];
    for answer in answers(&mut task, writes).await {
        assert!(
            matches!(answer, Err(Refused::Fault(Fault::TransactionLost(_)))),
            "{answer:?}"
        );
    }
    assert_eq!(numbers(&task), [0_i64; 0]);
    let answers = answers(&mut task, [asked(3, None)]).await;
    assert!(matches!(answers[..], [Ok(3)]), "{answers:?}");
    assert_eq!(numbers(&task), [3]);
}
