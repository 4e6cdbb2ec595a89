//! Why a database was not opened, by what to do about it.

use std::path::PathBuf;

use sqlx::migrate::MigrateError;

use super::fault::Fault;

/// Why the database was not opened. No message shows the URL, which may hold a password.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Not a URL of a kind this knows.
    #[error("the database URL is neither sqlite:PATH nor postgres://USER:PASSWORD@HOST/NAME")]
    BadUrl,
    /// The folder of the database file is missing.
    #[error("there is no folder {}: make it, or name another database path", .0.display())]
    NoFolder(PathBuf),
    /// The path of the database file is a folder.
    #[error("{} is a folder: name a file in it as the database path", .0.display())]
    IsFolder(PathBuf),
    /// The database's folder cannot be written to.
    #[error("{} cannot be written: give this user write permission there", path.display())]
    NotWritable {
        /// What.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Another process of the desk has it open.
    #[error("another process of the desk uses the database {0}: stop it first")]
    InUse(String),
    /// Another program holds its lock.
    #[error("another program has locked {}: close it, then start again", .0.display())]
    Busy(PathBuf),
    /// The SQLite that was built in may damage databases.
    #[error("built with SQLite {found}, which may damage databases: build with 3.51.3 or later")]
    UnsafeSqlite {
        /// Which.
        found: String,
    },
    /// A newer version of the desk has used it.
    #[error("a newer version has migrated this database (to {0}): run that version, or a backup")]
    Newer(i64),
    /// An older version of the desk has used it last, and this one was only to look.
    #[error("this database is of an older version: start the service with this version once")]
    Older,
    /// Its tables could not be brought up to date.
    #[error("the database could not be migrated; it is as it was")]
    Migration(#[source] MigrateError),
    /// There is no room for another thread.
    #[error("the thread that writes could not be started")]
    NoThread(#[source] std::io::Error),
    /// It does not answer, or not as expected.
    #[error("the database could not be opened")]
    Database(#[from] sqlx::Error),
    /// It refused something of what is done when it is opened.
    #[error("the database could not be opened")]
    Refused(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl OpenError {
    /// Of what is done when it is opened.
    pub(super) fn refused(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Refused(Box::new(cause))
    }
}

impl From<Fault> for OpenError {
    fn from(fault: Fault) -> Self {
        Self::refused(fault)
    }
}

impl From<MigrateError> for OpenError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMissing(version) => Self::Newer(version),
            other => Self::Migration(other),
        }
    }
}
