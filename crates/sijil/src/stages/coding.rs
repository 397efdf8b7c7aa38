//! Coding: the claims of a document, part by part, with spans into its whole text.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use sijil_extract::{Extractor, ListColumns, ListRow, PlaceNames, Report, people_of_list};
use sijil_model::claim::claim_id;
use sijil_model::fold::fold;
use sijil_model::{Actor, Claim, ClaimId, Content, DocumentId, Language, Quoted};
use sijil_place::Gazetteer;
use sijil_read::{Part, Table, Tables};

use super::Stages;

/// How many rows of a list are coded at a time: memory stays bounded whatever the list's length.
const ROWS_AT_ONCE: usize = 2_000;

/// How many such pieces the cores share out among themselves.
const PIECES_AT_ONCE: usize = 8;

/// The claims of one part, and its language.
pub struct CodedPart {
    /// Counted from 0.
    pub number: u32,
    /// The language that the extractor found.
    pub language: Language,
    /// The claims, in the extractor's order.
    pub claims: Vec<Claim>,
}

/// Our extractor, with the gazetteer's names of one country as a help in recognising places in running text.
///
/// Without a country there is no such help: names of the whole world would be found in ordinary words.
pub fn extractor(actors: &[Actor], gazetteer: &Arc<Gazetteer>, country: Option<&str>) -> Extractor {
    let extractor = Extractor::new(actors);
    match country {
        Some(country) => extractor
            .with_places(Arc::new(Names { gazetteer: gazetteer.clone(), country: country.to_owned() })),
        None => extractor,
    }
}

struct Names {
    gazetteer: Arc<Gazetteer>,
    country: String,
}

impl PlaceNames for Names {
    fn is_place(&self, folded: &str) -> bool {
        self.gazetteer.is_known_name_in(folded, &self.country)
    }
}

/// The claims of one part of a text.
pub fn part(stages: &Stages, document: &DocumentId, text: &str, number: u32, part: &Part) -> CodedPart {
    let words = text.get(part.byte_start as usize..part.byte_end as usize).unwrap_or_default();
    let country = part.country.as_deref().or(stages.country.as_deref());
    let language = part.lang.as_deref().and_then(language_of);
    let found = stages.coder.extract(&Report { document, text: words, language, country });
    let claims = moved(found.claims, document, part.start, part.byte_start);
    CodedPart { number, language: found.language, claims }
}

/// `en` or `ar`, however the region is written after it.
pub fn language_of(code: &str) -> Option<Language> {
    let code = code.to_ascii_lowercase();
    Language::ALL.into_iter().find(|language| code.split(['-', '_']).next() == Some(language.code()))
}

/// The same claims with spans into the whole text, and the ids that these spans give.
fn moved(claims: Vec<Claim>, document: &DocumentId, code_points: u32, bytes: u32) -> Vec<Claim> {
    if bytes == 0 {
        return claims;
    }
    let mut renamed: BTreeMap<ClaimId, ClaimId> = BTreeMap::new();
    let mut claims: Vec<Claim> = claims;
    // A relation names the other person's claim, so its id comes after theirs.
    let (relations, others): (Vec<usize>, Vec<usize>) =
        (0..claims.len()).partition(|at| matches!(claims[*at].content, Content::Relation { .. }));
    for at in others.into_iter().chain(relations) {
        let claim = &mut claims[at];
        for Quoted { span, .. } in &mut claim.spans {
            *span = span.moved_by(code_points, bytes);
        }
        if let Content::Relation { other, .. } = &mut claim.content
            && let Some(new) = renamed.get(other)
        {
            *other = new.clone();
        }
        let id = claim_id(document, &claim.spans, &claim.content);
        renamed.insert(std::mem::replace(&mut claim.id, id.clone()), id);
    }
    for claim in &mut claims {
        for reference in [&mut claim.about, &mut claim.speaker].into_iter().flatten() {
            if let Some(new) = renamed.get(reference) {
                *reference = new.clone();
            }
        }
    }
    claims
}

/// The claims of a list, one person a row, in pieces of bounded size: `make` is called for them on all cores, `each` in
/// the list's order.
pub fn list<T: Send, E>(
    document: &DocumentId,
    tables: &Tables,
    make: impl Fn(Vec<Claim>) -> T + Sync,
    mut each: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    for table in tables.iter() {
        let columns = columns_of(table);
        let mut rows = table.rows().peekable();
        while rows.peek().is_some() {
            let some: Vec<ListRow<'_>> = rows
                .by_ref()
                .take(ROWS_AT_ONCE * PIECES_AT_ONCE)
                .map(|row| ListRow { number: row.number(), cells: row.cells().collect() })
                .collect();
            let pieces = some.par_chunks(ROWS_AT_ONCE);
            let made: Vec<T> = pieces.map(|piece| make(people_of_list(document, &columns, piece))).collect();
            made.into_iter().try_for_each(&mut each)?;
        }
    }
    Ok(())
}

/// What the columns of a list hold, and how they write it.
pub fn columns_of(table: &Table) -> ListColumns<'static> {
    let fields: Vec<Option<&str>> =
        table.columns.iter().map(|column| column.field().map(sijil_read::Field::code)).collect();
    ListColumns::new(&fields, |column| cells(table, column)).with_full_names(sijil_link::names::full_name)
}

/// All cells of a column, from 0.
pub fn cells(table: &Table, column: usize) -> impl Iterator<Item = &str> {
    table.rows().filter_map(move |row| row.cell(column))
}

/// A folded form of a person's name for comparing, where the claim names one.
pub fn name_key(claim: &Claim) -> Option<String> {
    match &claim.content {
        Content::Person(person) => person.name.as_deref().map(fold).filter(|key| !key.is_empty()),
        _ => None,
    }
}
