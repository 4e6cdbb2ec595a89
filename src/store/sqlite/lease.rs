//! One process per database file: a second one would poll the same bot and send the same messages.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::store::OpenError;

/// How often, and how far apart, the lock is tried: a predecessor that is just ending may still
/// hold it, anybody else is refused within a second.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(90);

/// The right to be the only process on a database; ends when dropped, or with the process, however
/// that ends.
#[derive(Debug)]
pub(super) struct Lease {
    _locked: File,
}

impl Lease {
    /// Takes it for the database at this path, by a lock on a file beside it.
    pub(super) async fn take(database: &Path) -> Result<Self, OpenError> {
        let path = beside(database)?;
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|source| OpenError::NotWritable {
                path: path.clone(),
                source,
            })?;
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _locked: file }),
                Err(TryLockError::WouldBlock) => tokio::time::sleep(PAUSE).await,
                Err(TryLockError::Error(source)) => {
                    return Err(OpenError::NotWritable { path, source });
                }
            }
        }
        Err(OpenError::InUse(database.display().to_string()))
    }
}

fn beside(database: &Path) -> Result<PathBuf, OpenError> {
    let folder = match database.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => return Err(OpenError::NoFolder(database.into())),
    };
    if !folder.is_dir() {
        return Err(OpenError::NoFolder(folder.into()));
    }
    if database.is_dir() {
        return Err(OpenError::IsFolder(database.into()));
    }
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    Ok(PathBuf::from(name))
}
