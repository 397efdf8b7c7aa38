//! What each kind of entry does to the view.

use std::collections::BTreeSet;

use rusqlite::{Transaction, params};

use super::runs::Named;
use super::{Blobs, Incoming, index, linked, populations, runs, said};
use crate::event::{Adopted, DocumentAdded, Event, Form, Part, Run, TextRead};
use crate::{RegisterError, Result};

/// What has to be made again at the end of a batch.
#[derive(Debug, Default)]
pub(crate) struct Dirty {
    /// Claims of incidents and people whose record may have changed.
    pub(crate) claims: BTreeSet<String>,
    /// Documents whose own data changed: all that rests on them is made again.
    pub(crate) documents: BTreeSet<String>,
}

/// Takes one entry in.
pub(crate) fn apply(
    tx: &Transaction<'_>,
    entry: &Incoming,
    blobs: &dyn Blobs,
    dirty: &mut Dirty,
) -> Result<()> {
    let sequence = keep_entry(tx, entry, None)?;
    let Some(body) = &entry.body else { return Ok(()) };
    if entry.kind == "text.redacted" {
        return redacted(tx, sequence, body);
    }
    let Some(event) = Event::from_entry(entry.position, &entry.kind, body)? else { return Ok(()) };
    let at = entry.position;
    let author = entry.author.as_deref();
    match event {
        // What is in force here is said here: another register's settings are its own, and so is who may do what there.
        Event::SettingChanged { .. } | Event::RulesAdopted { .. } | Event::AccountMade { .. }
            if !entry.own =>
        {
            Ok(())
        }
        Event::SettingChanged { key, value } => set(tx, at, &key, &value),
        Event::RulesAdopted { rules } => set(tx, at, "rules", &rules),
        Event::AccountMade { account, roles } => {
            replace(tx, "account", "id", account.as_str(), at)?;
            tx.execute(
                "INSERT INTO account (id, roles, valid_from) VALUES (?1, ?2, ?3)",
                params![account.as_str(), roles.join(","), at],
            )?;
            Ok(())
        }
        Event::SourceDescribed(record) => {
            if is_anothers(tx, "source", record.source.as_str(), entry)? {
                return Ok(());
            }
            replace(tx, "source", "id", record.source.as_str(), at)?;
            tx.execute(
                "INSERT INTO source (id, record, origin, valid_from) VALUES (?1, ?2, ?3, ?4)",
                params![record.source.as_str(), serde_json::to_string(&record)?, entry.origin, at],
            )?;
            mark_documents(tx, "SELECT id FROM document WHERE source = ?1", record.source.as_str(), dirty)
        }
        Event::DocumentAdded(document) => document_added(tx, at, &document, dirty),
        Event::TextRead(text) => text_read(tx, at, &text, blobs, dirty),
        Event::ExtractionRun(run) => keep_run(tx, sequence, "extraction", &run),
        Event::PlacingRun(run) => keep_run(tx, sequence, "placing", &run),
        Event::LinkRun(run) => keep_run(tx, sequence, "link", &run),
        Event::ExtractionAdopted(Adopted { run }) => {
            runs::adopt_extraction(tx, at, &named(entry, run), blobs, dirty)
        }
        Event::PlacingAdopted(Adopted { run }) => {
            runs::adopt_placing(tx, at, &named(entry, run), blobs, dirty)
        }
        Event::LinkAdopted(Adopted { run }) => linked::adopt(tx, at, &named(entry, run), blobs, dirty),
        Event::ClaimsMade(line) => runs::made(tx, at, line, dirty),
        Event::ClaimRejected { claim, why } => said::rejected(tx, entry, sequence, &claim, &why, dirty),
        Event::ClaimRestored { claim, .. } => said::restored(tx, entry, &claim, dirty),
        Event::JudgementMade { left, right, verdict, why } => {
            let pair = (founder(&left), founder(&right));
            said::judged(tx, entry, sequence, pair, (verdict, &why), dirty)
        }
        Event::DecisionMade(decision) => said::decided(tx, entry, sequence, &decision, dirty),
        Event::FigureDefined { figure, question, title_en, title_ar } => {
            if is_anothers(tx, "figure", figure.as_str(), entry)? {
                return Ok(());
            }
            replace(tx, "figure", "id", figure.as_str(), at)?;
            tx.execute(
                "INSERT INTO figure (id, question, title_en, title_ar, origin, valid_from) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![figure.as_str(), question, title_en, title_ar, entry.origin, at],
            )?;
            Ok(())
        }
        Event::MonitoringNoted(note) => {
            tx.execute(
                "INSERT INTO note (sequence, record, author, valid_from) VALUES (?1, ?2, ?3, ?4)",
                params![sequence, serde_json::to_string(&note)?, author, at],
            )?;
            Ok(())
        }
        Event::PopulationNoted(note) => populations::noted(tx, sequence, entry, &note),
        Event::Cleared { targets } => {
            for target in targets {
                replace(tx, "clearing", "target", &target, at)?;
                tx.execute(
                    "INSERT INTO clearing (target, sequence, author, valid_from) VALUES (?1, ?2, ?3, ?4)",
                    params![target, sequence, author, at],
                )?;
            }
            Ok(())
        }
        Event::Signed { targets } => {
            for target in targets {
                // Who signs twice stands behind it once.
                tx.execute(
                    "UPDATE signature SET valid_to = ?3 WHERE target = ?1 AND author = ?2 AND valid_to IS NULL AND valid_from < ?3",
                    params![target, author.unwrap_or_default(), at],
                )?;
                tx.execute(
                    "INSERT OR REPLACE INTO signature (target, sequence, author, valid_from) VALUES (?1, ?2, ?3, ?4)",
                    params![target, sequence, author.unwrap_or_default(), at],
                )?;
            }
            Ok(())
        }
        Event::ObjectionMade { person, why } => {
            replace(tx, "objection", "person", &person, at)?;
            tx.execute(
                "INSERT INTO objection (person, sequence, why, valid_from) VALUES (?1, ?2, ?3, ?4)",
                params![person, sequence, why, at],
            )?;
            Ok(())
        }
        Event::ReleaseMade { .. } | Event::CustodyNoted { .. } => Ok(()),
    }
}

/// Keeps an entry as it is; with the reason for which it was not taken in, if so.
pub(crate) fn keep_entry(tx: &Transaction<'_>, entry: &Incoming, unread: Option<&str>) -> Result<i64> {
    let body = entry.body.as_ref().map(serde_json::Value::to_string);
    tx.prepare_cached(
        "INSERT INTO entry (position, origin, number, kind, time, author, body, erased_by, unread) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        entry.position,
        entry.origin,
        entry.number,
        entry.kind,
        entry.time,
        entry.author,
        body,
        entry.erased_by,
        unread
    ])?;
    Ok(tx.last_insert_rowid())
}

/// Ends the row of a table that holds now; the caller writes the next one. A row that began at the same position never
/// held: another register's log comes in at one position.
pub(super) fn replace(
    tx: &Transaction<'_>,
    table: &'static str,
    key: &'static str,
    value: &str,
    at: u64,
) -> Result<()> {
    let sql =
        format!("UPDATE {table} SET valid_to = ?2 WHERE {key} = ?1 AND valid_to IS NULL AND valid_from < ?2");
    tx.prepare_cached(&sql)?.execute(params![value, at])?;
    let sql = format!("DELETE FROM {table} WHERE {key} = ?1 AND valid_from = ?2");
    tx.prepare_cached(&sql)?.execute(params![value, at])?;
    Ok(())
}

/// Whether another origin's word stands where this entry says something: nobody's figures and ratings are overwritten
/// from elsewhere, except that our own word goes before all others'.
fn is_anothers(tx: &Transaction<'_>, table: &'static str, id: &str, entry: &Incoming) -> Result<bool> {
    let sql = format!("SELECT 1 FROM {table} WHERE id = ?1 AND origin <> ?2 AND valid_to IS NULL");
    Ok(!entry.own && tx.prepare_cached(&sql)?.exists(params![id, entry.origin])?)
}

/// The claim that a judged id stands for: a record stands for the claim that founded it.
pub(super) fn founder(id: &str) -> String {
    match id.strip_prefix(['i', 'p']) {
        Some(rest) => format!("c{rest}"),
        None => id.to_owned(),
    }
}

/// A document whose own entry was erased is still what others hang on.
pub(super) fn stand_in(tx: &Transaction<'_>, document: &str, at: u64) -> Result<()> {
    tx.prepare_cached("INSERT OR IGNORE INTO document (id, media_type, size, added) VALUES (?1, 'application/octet-stream', 0, ?2)")?
        .execute(params![document, at])?;
    Ok(())
}

fn set(tx: &Transaction<'_>, at: u64, key: &str, value: &str) -> Result<()> {
    replace(tx, "setting", "key", key, at)?;
    tx.execute("INSERT INTO setting (key, value, valid_from) VALUES (?1, ?2, ?3)", params![key, value, at])?;
    Ok(())
}

/// Takes a document in. The same bytes again are the same document: what was not known of it is filled in.
fn document_added(tx: &Transaction<'_>, at: u64, document: &DocumentAdded, dirty: &mut Dirty) -> Result<()> {
    let source = document.source.as_ref().map(sijil_model::SourceId::as_str);
    let is_new = tx.prepare_cached(
        "INSERT OR IGNORE INTO document (id, name, media_type, size, source, container, added) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        document.document.as_str(),
        document.name,
        document.media_type,
        document.size,
        source,
        document.container.as_ref().map(sijil_model::DocumentId::as_str),
        at
    ])? > 0;
    if !is_new {
        tx.prepare_cached(
            "UPDATE document SET source = coalesce(source, ?2), name = coalesce(name, ?3), \
             media_type = CASE size WHEN 0 THEN ?4 ELSE media_type END, size = max(size, ?5) WHERE id = ?1",
        )?
        .execute(params![
            document.document.as_str(),
            source,
            document.name,
            document.media_type,
            document.size
        ])?;
        dirty.documents.insert(document.document.to_string());
    }
    if let Some(published) = &document.published {
        tx.prepare_cached(
            "INSERT INTO published (document, edtf, valid_from) SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM published WHERE document = ?1)",
        )?
        .execute(params![document.document.as_str(), published, at])?;
    }
    Ok(())
}

fn text_read(
    tx: &Transaction<'_>,
    at: u64,
    read: &TextRead,
    blobs: &dyn Blobs,
    dirty: &mut Dirty,
) -> Result<()> {
    let document = read.document.as_str();
    stand_in(tx, document, at)?;
    dirty.documents.insert(document.to_owned());
    replace(tx, "reading", "document", document, at)?;
    replace(tx, "part", "document", document, at)?;
    let form = match read.form {
        Form::Text => "text",
        Form::Table => "table",
    };
    tx.prepare_cached(
        "INSERT INTO reading (document, text, form, reader, version, layout_derived, valid_from) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![document, read.text, form, read.reader, read.version, read.layout_derived, at])?;
    let parts = parts_of(read, blobs)?;
    for (number, part) in parts.iter().enumerate() {
        tx.prepare_cached(
            "INSERT INTO part (document, number, label, starts, ends, byte_start, byte_end, published, language, country, repost_key, valid_from) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            document,
            number,
            part.label,
            part.starts,
            part.ends,
            part.byte_start,
            part.byte_end,
            part.published,
            part.language,
            part.country,
            part.repost_key,
            at
        ])?;
    }
    match read.form {
        Form::Text => index::text(tx, document, &blobs.bytes(&read.text)?, &parts)?,
        Form::Table => index::lists(tx, document, &read.text, blobs)?,
    }
    Ok(())
}

fn parts_of(read: &TextRead, blobs: &dyn Blobs) -> Result<Vec<Part>> {
    let Some(digest) = &read.parts else { return Ok(vec![whole(read)]) };
    let bytes = blobs.bytes(digest)?;
    if bytes.is_empty() {
        return Ok(Vec::new()); // Destroyed without replacement.
    }
    serde_json::from_slice(&bytes).map_err(|cause| RegisterError::BadBlob {
        what: "list of parts",
        name: digest.clone(),
        cause: cause.to_string(),
    })
}

fn whole(read: &TextRead) -> Part {
    Part {
        label: None,
        starts: 0,
        ends: u32::try_from(read.length).unwrap_or(u32::MAX),
        byte_start: 0,
        byte_end: u32::try_from(read.bytes).unwrap_or(u32::MAX),
        published: None,
        language: read.language.clone(),
        country: None,
        repost_key: read.repost_key.clone(),
    }
}

/// An entry of the same log, by the position that the log itself gives it.
fn named(entry: &Incoming, position: u64) -> Named<'_> {
    Named { origin: &entry.origin, number: position.saturating_sub(1), own: entry.own }
}

fn keep_run(tx: &Transaction<'_>, sequence: i64, kind: &str, run: &Run) -> Result<()> {
    tx.execute(
        "INSERT INTO run (sequence, kind, program, version, result) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![sequence, kind, run.program, run.version, run.result],
    )?;
    Ok(())
}

fn mark_documents(tx: &Transaction<'_>, sql: &str, value: &str, dirty: &mut Dirty) -> Result<()> {
    let mut statement = tx.prepare_cached(sql)?;
    for id in statement.query_map([value], |row| row.get::<_, String>(0))? {
        dirty.documents.insert(id?);
    }
    Ok(())
}

/// Remembers which blob stands in the place of one that was destroyed.
fn redacted(tx: &Transaction<'_>, sequence: i64, body: &serde_json::Value) -> Result<()> {
    let pairs = body.get("redactions").and_then(serde_json::Value::as_array);
    for pair in pairs.into_iter().flatten() {
        let text = |name: &str| pair.get(name).and_then(serde_json::Value::as_str);
        if let Some(old) = text("old") {
            tx.execute(
                "INSERT OR IGNORE INTO redaction (blob, replacement, sequence) VALUES (?1, ?2, ?3)",
                params![old, text("new"), sequence],
            )?;
        }
    }
    Ok(())
}
