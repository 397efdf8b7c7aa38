//! `register.db`: the view of the log that queries read. Deleting it loses nothing.

mod apply;
pub(crate) mod index;
mod linked;
#[cfg(test)]
mod plans;
mod populations;
mod runs;
mod said;

use std::io::Read;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use rusqlite_migration::{M, Migrations};

pub(crate) use apply::Dirty;
pub(crate) use runs::check_made;

use crate::{RegisterError, Result, records};

/// The schema, migration by migration; a released one is never edited.
const MIGRATIONS: &[M<'_>] = &[
    M::up(include_str!("../schema/001.sql")),
    M::up(include_str!("../schema/002.sql")),
    M::up(include_str!("../schema/003.sql")),
    M::up(include_str!("../schema/004.sql")),
    M::up(include_str!("../schema/005.sql")),
];

/// The number of the form in which the view keeps things; it changes with the schema and with what stands in its columns.
const FORM: i32 = 5;

/// An entry as the view takes it in.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Size of our log with this entry, or with the `log.seen` that revealed it.
    pub position: u64,
    /// Whose log it is in.
    pub origin: String,
    /// Whether that is the log which this register writes.
    pub own: bool,
    /// Its index there.
    pub number: u64,
    /// Its kind.
    pub kind: String,
    /// Seconds since 1970, whole minutes.
    pub time: u64,
    /// Who wrote it; unknown where it was erased without replacement.
    pub author: Option<String>,
    /// What it says, or what was put in its place.
    pub body: Option<serde_json::Value>,
    /// The position of the entry that erased it.
    pub erased_by: Option<u64>,
}

/// Where the view finds blobs.
pub trait Blobs {
    /// Opens a blob by its SHA-256 in hexadecimal.
    fn open(&self, digest: &str) -> Result<Box<dyn Read + '_>>;

    /// A blob whole.
    fn bytes(&self, digest: &str) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open(digest)?
            .read_to_end(&mut bytes)
            .map_err(|cause| crate::RegisterError::File { path: format!("evidence {digest}"), cause })?;
        Ok(bytes)
    }
}

/// The database.
pub struct View {
    pub(crate) db: Connection,
}

impl View {
    /// Opens the file, or makes it.
    pub fn open(path: &Path) -> Result<Self> {
        keep_private(path);
        let db = Connection::open(path)?;
        db.busy_timeout(std::time::Duration::from_secs(30))?;
        db.pragma_update(None, "journal_mode", "WAL")?;
        Self::prepare(db)
    }

    /// A view that lives in memory only, empty or from a serialised image (sealed registers).
    pub fn in_memory(image: Option<&[u8]>) -> Result<Self> {
        let mut db = Connection::open_in_memory()?;
        if let Some(image) = image {
            db.deserialize_read_exact(rusqlite::MAIN_DB, image, image.len(), false)?;
        }
        Self::prepare(db)
    }

    /// The database as bytes, for sealing.
    pub fn image(&self) -> Result<Vec<u8>> {
        Ok(self.db.serialize(rusqlite::MAIN_DB)?.to_vec())
    }

    /// Closes the file; what is in it is whole.
    pub fn close(self) -> Result<()> {
        self.db.pragma_update(None, "wal_checkpoint", "TRUNCATE").ok();
        self.db.close().map_err(|(_, cause)| cause.into())
    }

    fn prepare(mut db: Connection) -> Result<Self> {
        db.pragma_update(None, "foreign_keys", "ON")?;
        // The truth lies in the archive: a view lost with the machine's power is made again from it.
        db.pragma_update(None, "synchronous", "OFF")?;
        db.pragma_update(None, "temp_store", "MEMORY")?;
        db.set_prepared_statement_cache_capacity(256);
        let is_new: bool = db.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0))?;
        if is_new {
            db.pragma_update(None, "application_id", FORM)?;
        }
        let form: i32 = db.query_row("PRAGMA application_id", [], |row| row.get(0))?;
        if form != FORM {
            return Err(RegisterError::AnotherForm);
        }
        Migrations::from_slice(MIGRATIONS).to_latest(&mut db)?;
        Ok(Self { db })
    }

    /// The log position that the view has come to.
    pub fn position(&self) -> Result<u64> {
        position_of(&self.db)
    }

    /// Takes in one batch of entries, all or nothing. A batch that is already in is passed over.
    pub fn apply_batch(&mut self, entries: &[Incoming], blobs: &dyn Blobs) -> Result<()> {
        let Some(last) = entries.last() else { return Ok(()) };
        // Who writes comes back to the same pages; who only reads passes over each once.
        self.db.pragma_update(None, "cache_size", -200_000)?;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let at = position_of(&tx)?;
        let mut dirty = Dirty::default();
        for entry in entries.iter().filter(|entry| entry.position > at) {
            take_in(&tx, entry, blobs, &mut dirty)?;
        }
        if last.position > at {
            records::refresh(&tx, last.position, &dirty)?;
            tx.execute("INSERT INTO batch (ends) VALUES (?1)", [last.position])?;
            set_position(&tx, last.position)?;
        }
        tx.commit()?;
        Ok(())
    }
}

/// Lets nobody but the owner read the file, which names people; SQLite gives its side files the same permissions. Where a
/// file system knows none, or only lets read, it stays as it is.
fn keep_private(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        let made = std::fs::OpenOptions::new().create(true).append(true).mode(0o600).open(path);
        if made.is_ok() {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).ok();
        }
    }
    #[cfg(not(unix))]
    let _ = path;
}

/// Takes one entry in. An entry of another register that makes no sense here is kept and shown, with the reason: nobody
/// can make a register unreadable from elsewhere.
fn take_in(tx: &Transaction<'_>, entry: &Incoming, blobs: &dyn Blobs, dirty: &mut Dirty) -> Result<()> {
    if entry.own {
        return apply::apply(tx, entry, blobs, dirty);
    }
    tx.execute_batch("SAVEPOINT entry")?;
    match apply::apply(tx, entry, blobs, dirty) {
        Err(error) if error.is_of_content() => {
            tx.execute_batch("ROLLBACK TO entry; RELEASE entry")?;
            apply::keep_entry(tx, entry, Some(&error.to_string())).map(drop)
        }
        other => {
            tx.execute_batch("RELEASE entry")?;
            other
        }
    }
}

fn position_of(db: &Connection) -> Result<u64> {
    let position = db
        .query_row("SELECT value FROM meta WHERE key = 'position'", [], |row| row.get::<_, i64>(0))
        .optional()?;
    Ok(position.unwrap_or(0).unsigned_abs())
}

fn set_position(tx: &Transaction<'_>, position: u64) -> Result<()> {
    tx.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('position', ?1)", params![position])?;
    Ok(())
}
