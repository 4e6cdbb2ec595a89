//! A database of an older version that has seen something: what newer versions count beside the
//! incidents is reckoned from what is there, and is what they would have kept themselves.

use std::fmt::Write as _;
use std::path::Path;

use deskbell::store::open;
use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use tempfile::TempDir;

use crate::databases::{folder, postgres_url, sqlite_path, sqlite_url};
use crate::figures::history::made_up;
use crate::kill_storm::random::Random;
use crate::kill_storm::seeded;

/// The last version before anything was counted beside the incidents.
const OLD: u32 = 10;

const INCIDENTS: i64 = 60;

/// What an incident's history is written in, each after what it refers to.
const TABLES: [&str; 6] = [
    "companies",
    "groups",
    "departments",
    "incidents",
    "events",
    "department_sessions",
];

/// When what was done, whether it still is, and of which group a session is.
const DONE: &str = "SELECT i.id, COALESCE(i.done_at, 0), COALESCE(i.done_by, 0), \
    CAST(i.is_done AS BIGINT) FROM incidents i ORDER BY i.id";
const SESSIONS: &str = "SELECT s.incident_id, CAST(s.ordinal AS BIGINT), s.group_id, \
    COALESCE(s.claimed_at, 0) FROM department_sessions s ORDER BY s.incident_id, s.ordinal";

/// Who looked after what. Another department is called anew; of that the migration knows nothing, so
/// what was sent on is left out.
const ACKNOWLEDGED: &str = "SELECT a.incident_id, a.at, a.person_id, COALESCE(a.called_at, 0) \
    FROM acknowledgements a WHERE (SELECT COUNT(*) FROM events e \
        WHERE e.incident_id = a.incident_id AND e.name = 'department_set') < 2 \
    ORDER BY a.incident_id, a.at";

type Counted = Vec<Vec<(i64, i64, i64, i64)>>;

/// The migrations of that time, in a folder of their own.
async fn of_then(engine: &str) -> (Migrator, TempDir) {
    let then = folder();
    let now = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("migrations")
        .join(engine);
    for entry in std::fs::read_dir(now).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let number: u32 = name.split('_').next().unwrap().parse().unwrap();
        if number <= OLD {
            std::fs::copy(entry.path(), then.path().join(name)).unwrap();
        }
    }
    (Migrator::new(then.path()).await.unwrap(), then)
}

/// A month that nobody chose, kept by this version.
async fn lived(url: &str) {
    let (_, mut random): (_, Random) = seeded("an older database");
    let history = made_up(open(url).await.unwrap(), &mut random, INCIDENTS).await;
    assert_eq!(i64::try_from(history.logs.len()).unwrap(), INCIDENTS);
}

macro_rules! counted {
    ($connection:expr) => {{
        let mut counted = Counted::new();
        for question in [DONE, SESSIONS, ACKNOWLEDGED] {
            counted.push(
                sqlx::query_as(question)
                    .fetch_all($connection)
                    .await
                    .unwrap(),
            );
        }
        for answer in &counted {
            assert!(answer.len() > 5, "too little happened: {counted:?}");
        }
        counted
    }};
}

#[tokio::test]
async fn a_file_of_an_older_version_is_counted_as_if_it_had_been_from_the_start() {
    let (new, old) = (folder(), folder());
    lived(&sqlite_url(&new)).await;
    let mut connection = SqliteConnection::connect(&sqlite_url(&new)).await.unwrap();
    let expected = counted!(&mut connection);

    let created = format!("{}?mode=rwc", sqlite_url(&old));
    let mut connection = SqliteConnection::connect(&created).await.unwrap();
    let (migrator, _then) = of_then("sqlite").await;
    migrator.run(&mut connection).await.unwrap();
    let mut copy = format!("ATTACH '{}' AS newer;", sqlite_path(&new).display());
    for table in TABLES {
        let columns: Vec<(String,)> = sqlx::query_as("SELECT name FROM pragma_table_info($1)")
            .bind(table)
            .fetch_all(&mut connection)
            .await
            .unwrap();
        let columns: Vec<String> = columns.into_iter().map(|(name,)| name).collect();
        let columns = columns.join(", ");
        write!(
            copy,
            "INSERT INTO {table} ({columns}) SELECT {columns} FROM newer.{table};"
        )
        .unwrap();
    }
    sqlx::raw_sql(AssertSqlSafe(copy))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();

    drop(open(&sqlite_url(&old)).await.unwrap());
    let mut connection = SqliteConnection::connect(&sqlite_url(&old)).await.unwrap();
    assert_eq!(counted!(&mut connection), expected);
}

#[tokio::test]
async fn a_server_database_of_an_older_version_is_counted_as_if_it_had_been_from_the_start() {
    let (new, old) = (postgres_url().await, postgres_url().await);
    lived(&new).await;
    let mut newer = PgConnection::connect(&new).await.unwrap();
    let expected = counted!(&mut newer);

    let mut connection = PgConnection::connect(&old).await.unwrap();
    let (migrator, _then) = of_then("postgres").await;
    migrator.run(&mut connection).await.unwrap();
    for table in TABLES {
        let rows = format!("SELECT COALESCE(json_agg(t), '[]')::text FROM {table} t");
        let (rows,): (String,) = sqlx::query_as(AssertSqlSafe(rows))
            .fetch_one(&mut newer)
            .await
            .unwrap();
        let copy = format!(
            "INSERT INTO {table} OVERRIDING SYSTEM VALUE \
             SELECT * FROM json_populate_recordset(NULL::{table}, $1::json)"
        );
        sqlx::query(AssertSqlSafe(copy))
            .bind(rows)
            .execute(&mut connection)
            .await
            .unwrap();
    }
    connection.close().await.unwrap();

    drop(open(&old).await.unwrap());
    let mut connection = PgConnection::connect(&old).await.unwrap();
    assert_eq!(counted!(&mut connection), expected);
}
