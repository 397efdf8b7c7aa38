//! Reach: where linking looks people up, so that an increment reads those near it only. No view of the log: the program
//! fills it by the rules of its linker.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

use crate::results::LinkKind;
use crate::{Result, View};

/// Where a claim is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReachOf<'a> {
    /// The claim, by its number in the view.
    pub number: i64,
    /// Claims that share a key may be one person.
    pub keys: &'a [u32],
    /// What parts those of a key that many share.
    pub fields: &'a [u16],
}

impl View {
    /// The claims of people or of incidents that came in or changed since they were linked, by id; claims that hold no longer
    /// are among them.
    ///
    /// # Errors
    /// Those of the database.
    pub fn reach_due(&self, kind: LinkKind) -> Result<BTreeSet<String>> {
        let sql = "SELECT claim FROM reach_due WHERE kind = ?1";
        Ok(self.column(sql, [kind.code()])?.into_iter().collect())
    }

    /// How many reports of incidents nobody has compared with others since they came in. Links of incidents that may be one
    /// are in the log, so that what came in before the last of them is known to have been compared in a rebuilt view too.
    ///
    /// # Errors
    /// Those of the database.
    pub fn uncompared_incidents(&self) -> Result<u64> {
        let sql = "SELECT count(*) FROM reach_due JOIN claim ON claim.id = reach_due.claim AND claim.valid_to IS NULL \
                   WHERE reach_due.kind = 'incident' AND reach_due.claim NOT IN (SELECT claim FROM reach_compared) \
                   AND claim.valid_from > (SELECT coalesce(max(valid_from), 0) FROM link WHERE kind = 'alike')";
        Ok(self.db.query_row(sql, [], |row| row.get(0))?)
    }

    /// What the reach that is kept rests on: what a linking learnt, by its SHA-256, and how many claims there were.
    ///
    /// # Errors
    /// Those of the database.
    pub fn reach_under(&self) -> Result<Option<(String, usize)>> {
        let sql = "SELECT learnt, claims FROM reach_under";
        Ok(self.rows(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?.pop())
    }

    /// The claims that have a key, by number, each with what parts it from the others.
    ///
    /// # Errors
    /// Those of the database.
    pub fn claims_with_key<const N: usize>(&self, key: u32) -> Result<Vec<(i64, [u16; N])>> {
        self.rows("SELECT claim, fields FROM reach WHERE key = ?1", [key], |row| {
            let mut fields = [0; N];
            let (kept, _) = row.get_ref(1)?.as_blob()?.as_chunks::<2>();
            fields.iter_mut().zip(kept).for_each(|(field, two)| *field = u16::from_le_bytes(*two));
            Ok((row.get(0)?, fields))
        })
    }

    /// The id of a claim that holds, by its number.
    ///
    /// # Errors
    /// Those of the database.
    pub fn claim_numbered(&self, number: i64) -> Result<Option<String>> {
        let sql = "SELECT id FROM claim WHERE key = ?1 AND valid_to IS NULL";
        Ok(self.db.prepare_cached(sql)?.query_row([number], |row| row.get(0)).optional()?)
    }

    /// Keeps the reach of claims beside what is kept.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_reach<'a>(&self, reach: impl Iterator<Item = ReachOf<'a>>) -> Result<()> {
        let tx = self.begin()?;
        keep(&tx, reach)?;
        Ok(tx.commit()?)
    }

    /// Keeps the reach of all claims anew, under what a linking learnt.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_reach_of_all<'a>(
        &self,
        learnt: &str,
        reach: impl ExactSizeIterator<Item = ReachOf<'a>>,
    ) -> Result<()> {
        let tx = self.begin()?;
        tx.execute_batch("DELETE FROM reach; DELETE FROM reach_under")?;
        tx.execute("INSERT INTO reach_under (learnt, claims) VALUES (?1, ?2)", params![learnt, reach.len()])?;
        keep(&tx, reach)?;
        Ok(tx.commit()?)
    }

    /// Says that claims were linked as they stood at a position, and that the outcome was saved in so many batches. Where
    /// anything else came in after it, they stay due.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn settle_reach(&self, linked: &BTreeSet<String>, at: u64, saved: u64) -> Result<()> {
        let tx = self.begin()?;
        let since: u64 =
            tx.query_row("SELECT count(*) FROM batch WHERE ends > ?1", [at], |row| row.get(0))?;
        if since == saved {
            let mut compared = tx.prepare_cached(
                "INSERT OR IGNORE INTO reach_compared SELECT claim FROM reach_due WHERE claim = ?1 AND kind = 'incident'",
            )?;
            linked.iter().try_for_each(|claim| compared.execute([claim]).map(drop))?;
            let mut statement = tx.prepare_cached("DELETE FROM reach_due WHERE claim = ?1")?;
            linked.iter().try_for_each(|claim| statement.execute([claim]).map(drop))?;
        }
        Ok(tx.commit()?)
    }

    /// Begins to write at once: who reads first and writes then is refused where another writer came between, and does not
    /// wait for it.
    fn begin(&self) -> Result<Transaction<'_>> {
        Ok(Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?)
    }
}

fn keep<'a>(tx: &Transaction<'_>, reach: impl Iterator<Item = ReachOf<'a>>) -> Result<()> {
    let mut by_key: Vec<(u32, i64, &[u16])> = Vec::new();
    for of in reach {
        by_key.extend(of.keys.iter().map(|key| (*key, of.number, of.fields)));
    }
    // In the order of the table, which is then written page by page.
    by_key.sort_unstable();
    let mut keep =
        tx.prepare_cached("INSERT OR REPLACE INTO reach (key, claim, fields) VALUES (?1, ?2, ?3)")?;
    for (key, number, fields) in by_key {
        let bytes: Vec<u8> = fields.iter().flat_map(|field| field.to_le_bytes()).collect();
        keep.execute(params![key, number, bytes])?;
    }
    Ok(())
}

/// Makes due what a batch touched: claims of people and of incidents in texts, and the people of these incidents.
pub(crate) fn touched(tx: &Transaction<'_>, claims: &BTreeSet<String>) -> Result<()> {
    let mut own = tx.prepare_cached(
        "INSERT OR IGNORE INTO reach_due SELECT id, kind FROM claim \
         WHERE id = ?1 AND (kind = 'person' OR kind = 'incident' AND row IS NULL)",
    )?;
    let mut about = tx.prepare_cached(
        "INSERT OR IGNORE INTO reach_due SELECT id, kind FROM claim WHERE about = ?1 AND kind = 'person'",
    )?;
    for claim in claims {
        own.execute([claim])?;
        about.execute([claim])?;
    }
    Ok(())
}
