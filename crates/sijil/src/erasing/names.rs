//! By what a register names one person, and where that stands in a text.
//!
//! The full name goes in every spelling that folds to it. In a text that tells of the person, each word of the name goes too,
//! and the name in the other script; but not where it is part of the name of another person or of a place there. Namesakes,
//! other people of the very name, keep theirs.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::Value;
use sijil_link::names::{is_arabic, spelling_cost};
use sijil_model::fold::{fold, fold_letter};
use sijil_model::words::{Word, may_be, name_words, readings, words};
use sijil_model::{Content, Span};
use sijil_register::ask::ClaimRow;
use sijil_register::{Event, Register};

use crate::failure::Failure;

/// Words of names that single nobody out, folded.
const PARTICLES: [&str; 22] = [
    "abu", "umm", "om", "bin", "ibn", "bint", "abd", "abdul", "mr", "mrs", "ms", "dr", "ابو", "ابي", "ام",
    "بن", "ابن", "بنت", "عبد", "ال", "اخ", "اخت",
];

/// How far a word in the other script may be from being a spelling of a word of the name.
const OTHER_SCRIPT: f32 = 0.5;

/// What has to go of one person.
pub struct Names {
    /// Every spelling of the full name, folded.
    pub(super) folded: BTreeSet<String>,
    /// The claims that name them.
    pub(super) claims: BTreeSet<String>,
    /// The documents that tell of them.
    pub(super) documents: BTreeSet<String>,
    /// Where they are named in texts: bytes, by document.
    pub(super) spans: BTreeMap<String, Vec<Range<usize>>>,
    /// In which rows of lists, by document, with what each cell of the name says there, folded.
    pub(super) rows: BTreeMap<String, BTreeMap<u32, BTreeSet<String>>>,
    /// In texts that tell of them the single words of their name that go, bare.
    pub(super) single: BTreeMap<String, BTreeSet<String>>,
    /// The names of other people and of places in these texts, by their bare words: they stay.
    pub(super) others: BTreeMap<String, Vec<Vec<String>>>,
    /// Other people of the very name.
    pub namesakes: Namesakes,
    /// Documents in which a word of the name stays as part of another name.
    pub shared: BTreeSet<String>,
}

/// Other people of the very name.
#[derive(Default)]
pub struct Namesakes {
    /// Who they are, each with an age where one is known.
    pub people: Vec<(String, Option<String>)>,
    /// Their claims.
    pub(super) claims: BTreeSet<String>,
    /// The documents that tell of them.
    pub(super) documents: BTreeSet<String>,
    /// Where they are named in texts: bytes, by document.
    pub(super) spans: BTreeMap<String, Vec<Range<usize>>>,
}

impl Names {
    /// Everything by which the register names a person.
    ///
    /// # Errors
    /// A person whom nothing names; those of the register.
    pub fn of(register: &Register, person: &str) -> Result<Self, Failure> {
        let view = register.view();
        let mut names = Self::new();
        let mut add = |name: Option<&String>| {
            names.folded.extend(name.map(|name| fold(name)).filter(|folded| !folded.is_empty()))
        };
        add(view.person(person)?.name.as_ref());
        let mut rows = Vec::new();
        for member in view.members(person)? {
            let row = view.claim(&member.claim)?;
            let Content::Person(said) = &row.claim.content else { continue };
            add(said.name.as_ref());
            names.claims.insert(member.claim);
            rows.push(row);
        }
        if names.folded.is_empty() {
            return Err(Failure::Refused(format!(
                "{person} is not named anywhere in this register; there is nothing to erase"
            )));
        }
        for row in &rows {
            let document = row.claim.document.to_string();
            match named_at(row) {
                Some(Span::Text { byte_start, byte_end, .. }) => {
                    let range = byte_start as usize..byte_end as usize;
                    names.spans.entry(document.clone()).or_default().push(range);
                }
                Some(Span::Cell { row: at, .. }) => {
                    let cells = names.rows.entry(document.clone()).or_default().entry(at).or_default();
                    cells.extend(cells_of_name(row));
                }
                None => {}
            }
            names.documents.insert(document);
        }
        names.find_namesakes(register, person)?;
        names.find_in_texts(register)?;
        Ok(names)
    }

    fn new() -> Self {
        Self {
            folded: BTreeSet::new(),
            claims: BTreeSet::new(),
            documents: BTreeSet::new(),
            spans: BTreeMap::new(),
            rows: BTreeMap::new(),
            single: BTreeMap::new(),
            others: BTreeMap::new(),
            namesakes: Namesakes::default(),
            shared: BTreeSet::new(),
        }
    }

    fn find_namesakes(&mut self, register: &Register, person: &str) -> Result<(), Failure> {
        let view = register.view();
        let mut people = BTreeMap::new();
        for name in &self.folded {
            let same = view.people_named(name)?.into_iter().filter(|row| row.id != person);
            people.extend(same.map(|row| (row.id.clone(), row)));
        }
        for (id, row) in people {
            for member in view.members(&id)? {
                let claim = view.claim(&member.claim)?;
                let document = claim.claim.document.to_string();
                if let Some(Span::Text { byte_start, byte_end, .. }) = named_at(&claim) {
                    let range = byte_start as usize..byte_end as usize;
                    self.namesakes.spans.entry(document.clone()).or_default().push(range);
                }
                self.namesakes.documents.insert(document);
                self.namesakes.claims.insert(member.claim);
            }
            self.namesakes.people.push((id, row.age.map(|age| age.to_string())));
        }
        Ok(())
    }

    /// The single words and the other script's spelling in each text that tells of the person and of no namesake.
    fn find_in_texts(&mut self, register: &Register) -> Result<(), Failure> {
        let view = register.view();
        let own: BTreeSet<Vec<String>> = self.folded.iter().map(|name| name_words(name)).collect();
        for document in self.documents.difference(&self.namesakes.documents).cloned().collect::<Vec<_>>() {
            let Some(reading) = view.reading(&document)?.filter(|reading| reading.form == "text") else {
                continue;
            };
            let text = String::from_utf8_lossy(&register.blob(&reading.text)?).into_owned();
            let claims = view.claims_of_document(&document)?;
            let other = claims.iter().filter(|row| !self.claims.contains(row.claim.id.as_str()));
            let is_own =
                |name: &Vec<String>| own.iter().any(|own| name.iter().all(|word| own.contains(word)));
            let others: Vec<Vec<String>> = other
                .flat_map(|row| names_in(&row.claim.content))
                .map(|name| name_words(&name))
                .filter(|name| !name.is_empty() && !is_own(name))
                .collect();
            let mut single: BTreeSet<String> =
                own.iter().flatten().filter(|word| is_telling(word)).cloned().collect();
            let words = words(&text);
            let spans = self.spans.entry(document.clone()).or_default();
            for range in own.iter().flat_map(|name| in_other_script(&words, name)) {
                let found = &words[range];
                spans.extend(found.first().zip(found.last()).map(|(first, last)| first.start..last.end));
                single.extend(found.iter().map(|word| word.folded.trim_start_matches("ال").to_owned()));
            }
            let kept = places_of(&words, &others);
            for (at, word) in words.iter().enumerate().filter(|(_, word)| is_one_of(word, &single)) {
                if kept.iter().any(|kept| kept.contains(&at)) {
                    self.shared.insert(document.clone());
                } else {
                    spans.push(word.start..word.end);
                }
            }
            self.single.insert(document.clone(), single);
            self.others.insert(document, others);
        }
        Ok(())
    }

    /// Whether what stands in a document may be meant: with namesakes, only where the register knows that it is.
    pub(super) fn reaches(&self, document: &str) -> bool {
        self.namesakes.people.is_empty() || self.documents.contains(document)
    }

    /// A text without the full names, of the same length in bytes and code points.
    pub fn redacted(&self, text: &str) -> String {
        fill(text, &self.full_names(text))
    }

    fn full_names(&self, text: &str) -> Vec<Range<usize>> {
        self.folded.iter().flat_map(|name| occurrences(text, name)).collect()
    }

    /// What goes from the text of a document: bytes, in order.
    pub(super) fn ranges_in(&self, document: &str, form: &str, text: &str) -> Vec<Range<usize>> {
        let mut ranges = self.spans.get(document).cloned().unwrap_or_default();
        if let Some(own) = self.rows.get(document).filter(|_| form != "text") {
            // A father's name in a cell of its own is a part of the name in this row and in no other.
            for (row, line) in rows_of_list(text) {
                let cells = own.get(&row).into_iter().flatten();
                let found = cells.flat_map(|cell| occurrences(&text[line.clone()], cell));
                ranges.extend(found.map(|range| line.start + range.start..line.start + range.end));
            }
        }
        if !self.namesakes.documents.contains(document) {
            ranges.extend(self.full_names(text));
        } else if form == "text" {
            let theirs = self.namesakes.spans.get(document).map(Vec::as_slice).unwrap_or_default();
            let is_theirs = |range: &Range<usize>| {
                theirs.iter().any(|one| one.start < range.end && range.start < one.end)
            };
            ranges.extend(self.full_names(text).into_iter().filter(|range| !is_theirs(range)));
        } else {
            for (_, line) in rows_of_list(text).filter(|(row, _)| self.goes_from_row(document, *row)) {
                let names = self.full_names(&text[line.clone()]).into_iter();
                ranges.extend(names.map(|range| line.start + range.start..line.start + range.end));
            }
        }
        ranges.sort_by_key(|range| (range.start, range.end));
        ranges
    }

    /// Whether the name goes from a row of a list: from every row, but of a list that tells of a namesake only from the
    /// person's own.
    pub(super) fn goes_from_row(&self, document: &str, row: u32) -> bool {
        !self.namesakes.documents.contains(document)
            || self.rows.get(document).is_some_and(|rows| rows.contains_key(&row))
    }

    /// Whether an entry tells of a namesake, or of a document that does and does not tell of the person.
    pub(super) fn is_of_a_namesake(&self, event: &Event) -> bool {
        let theirs = |document: &str| {
            self.namesakes.documents.contains(document) && !self.documents.contains(document)
        };
        match event {
            Event::DocumentAdded(added) => theirs(added.document.as_str()),
            Event::DecisionMade(decision) => {
                theirs(&decision.target)
                    || self.namesakes.claims.contains(&decision.target)
                    || self.namesakes.people.iter().any(|(id, _)| *id == decision.target)
            }
            _ => false,
        }
    }

    /// Words of a claim of a document without the names; single words go too where they do from the text.
    fn redacted_words(&self, document: &str, text: &str) -> String {
        let without = self.redacted(text);
        // A code of the codebook is no name.
        let is_code =
            text.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'0'..=b'9'));
        let Some(single) = self.single.get(document).filter(|_| !is_code) else { return without };
        let found = words(&without);
        let kept = places_of(&found, self.others.get(document).map(Vec::as_slice).unwrap_or_default());
        let goes = found
            .iter()
            .enumerate()
            .filter(|(at, word)| is_one_of(word, single) && !kept.iter().any(|kept| kept.contains(at)));
        let ranges: Vec<Range<usize>> = goes.map(|(_, word)| word.start..word.end).collect();
        fill(&without, &ranges)
    }

    /// Takes the names out of every string of a value that a document says, or that somebody typed; whether one stood there.
    pub(super) fn redacted_value(&self, document: Option<&str>, value: &mut Value) -> bool {
        match value {
            Value::String(text) => {
                let without = match document {
                    Some(document) => self.redacted_words(document, text),
                    None => self.redacted(text),
                };
                let changed = without != *text;
                *text = without;
                changed
            }
            Value::Array(values) => {
                values.iter_mut().fold(false, |changed, value| self.redacted_value(document, value) | changed)
            }
            Value::Object(map) => {
                map.values_mut().fold(false, |changed, value| self.redacted_value(document, value) | changed)
            }
            _ => false,
        }
    }
}

/// Where a claim names its person: the first of its spans, where it has a name as printed.
fn named_at(row: &ClaimRow) -> Option<Span> {
    match &row.claim.content {
        Content::Person(said) if said.name_as_printed.is_some() => {
            row.claim.spans.first().map(|quoted| quoted.span)
        }
        _ => None,
    }
}

/// What the cells of a list say that are parts of somebody's name, folded.
fn cells_of_name(row: &ClaimRow) -> impl Iterator<Item = String> {
    let name = match &row.claim.content {
        Content::Person(said) => said.name.as_deref().map(name_words).unwrap_or_default(),
        _ => Vec::new(),
    };
    let is_part = move |cell: &String| {
        let words = name_words(cell);
        !words.is_empty() && words.iter().all(|word| name.contains(word))
    };
    row.claim.spans.iter().map(|quoted| quoted.quote.clone()).filter(is_part).map(|cell| fold(&cell))
}

/// The names of people and places that a claim gives.
fn names_in(content: &Content) -> Vec<String> {
    match content {
        Content::Person(said) => said.name.iter().cloned().collect(),
        Content::Source(said) => said.name.iter().cloned().collect(),
        Content::Place(place) => vec![place.text.clone(), place.name.clone()],
        _ => Vec::new(),
    }
}

fn is_telling(word: &str) -> bool {
    word.chars().count() > 1 && !PARTICLES.contains(&word)
}

fn is_one_of(word: &Word, single: &BTreeSet<String>) -> bool {
    readings(&word.folded).any(|reading| single.contains(reading))
}

/// Where names of several words stand among words, by their places.
fn places_of(words: &[Word], names: &[Vec<String>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for name in names {
        for (at, run) in words.windows(name.len()).enumerate() {
            if name.iter().zip(run).all(|(name, word)| may_be(&word.folded, name)) {
                found.push(at..at + name.len());
            }
        }
    }
    found
}

/// Where a name of two words or more stands in the other script: places among words.
fn in_other_script(words: &[Word], name: &[String]) -> Vec<Range<usize>> {
    let telling: Vec<&String> = name.iter().filter(|word| is_telling(word)).collect();
    let (Some(first), Some(last)) = (telling.first(), telling.last()) else { return Vec::new() };
    if telling.len() < 2 || telling.iter().any(|word| is_arabic(word) != is_arabic(first)) {
        return Vec::new();
    }
    let spells = |word: &Word, name: &str| {
        is_arabic(&word.folded) != is_arabic(name)
            && readings(&word.folded).any(|reading| {
                let (arabic, latin) = if is_arabic(name) { (name, reading) } else { (reading, name) };
                spelling_cost(arabic, latin, OTHER_SCRIPT).is_some()
            })
    };
    let mut found = Vec::new();
    for at in 0..words.len() {
        // The whole name, or the first and the last word of it.
        let whole = words.get(at..at + telling.len());
        if whole.is_some_and(|run| run.iter().zip(&telling).all(|(word, name)| spells(word, name))) {
            found.push(at..at + telling.len());
        } else if let Some([one, two]) = words.get(at..at + 2)
            && spells(one, first)
            && spells(two, last)
        {
            found.push(at..at + 2);
        }
    }
    found
}

/// The rows of a list in its text form, from 1, each with its bytes.
fn rows_of_list(text: &str) -> impl Iterator<Item = (u32, Range<usize>)> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(move |line| {
        let range = start..start + line.len();
        start = range.end;
        (line, range)
    });
    (1..).zip(lines.filter(|(line, _)| line.starts_with('[')).map(|(_, range)| range))
}

/// Where a folded name stands in a text, in any spelling that folds to it: byte ranges.
fn occurrences(text: &str, name: &str) -> Vec<Range<usize>> {
    let mut folded = String::with_capacity(text.len());
    // For each byte of the folded text where its letter begins and ends in the text.
    let mut origin: Vec<(usize, usize)> = Vec::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        fold_letter(letter, &mut folded);
        origin.resize(folded.len(), (at, at + letter.len_utf8()));
    }
    let one_word = !name.contains(' ');
    let borders = |start: usize, end: usize| {
        let before = folded[..start].chars().next_back().is_none_or(|letter| letter == ' ');
        let after = folded[end..].chars().next().is_none_or(|letter| letter == ' ');
        before && after
    };
    folded
        .match_indices(name)
        .filter(|(start, _)| !one_word || borders(*start, start + name.len()))
        .map(|(start, _)| origin[start].0..origin[start + name.len() - 1].1)
        .collect()
}

/// Puts marks over ranges of a text, letter by letter as wide in bytes as what they cover.
pub(super) fn fill(text: &str, ranges: &[Range<usize>]) -> String {
    let covered = |at: usize| ranges.iter().any(|range| range.contains(&at));
    text.char_indices()
        .map(|(at, letter)| match (covered(at) && !letter.is_whitespace(), letter.len_utf8()) {
            (false, _) => letter,
            (true, 1) => '_',
            (true, 2) => '\u{00b7}',
            (true, 3) => '\u{2588}',
            (true, _) => '\u{1f7eb}',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folded: &[&str]) -> Names {
        Names { folded: folded.iter().map(|name| fold(name)).collect(), ..Names::new() }
    }

    #[test]
    fn a_name_goes_in_every_spelling_and_the_length_stays() {
        let text = "قُتل نَديـم رائد القصّار ونديم رائد القصار، وNadim Raed  al-Qassar";
        let without = names(&["نديم رائد القصار", "Nadim Raed al-Qassar"]).redacted(text);
        assert!(!fold(&without).contains("القصار") && !without.contains("Qassar"), "{without}");
        assert_eq!((without.len(), without.chars().count()), (text.len(), text.chars().count()));
        assert!(without.starts_with("قُتل "), "{without}");
    }

    #[test]
    fn one_word_goes_only_as_a_word() {
        let without = names(&["Amal"]).redacted("Amal of Port Amalia");
        assert_eq!(without, "____ of Port Amalia");
    }

    #[test]
    fn a_name_is_found_in_the_other_script() {
        let found = |text: &str, name: &str| -> Vec<String> {
            let words = words(text);
            let ranges = in_other_script(&words, &name_words(name));
            ranges
                .into_iter()
                .map(|range| text[words[range.start].start..words[range.end - 1].end].to_owned())
                .collect()
        };
        assert_eq!(found("وقالت سلمى القصّار إن نادر القصّار هنا", "Salma al-Qassar"), ["سلمى القصّار"]);
        assert_eq!(
            found("So said Salma al-Qassar, and Nadir Qassar", "سلمى رائد القصار"),
            ["Salma al-Qassar"]
        );
        assert!(found("سلمى والقصر", "Salma Idris").is_empty());
    }

    #[test]
    fn rows_of_a_list_are_numbered_over_all_its_sheets() {
        let text = "{\"sijil_tables\":1}\n{\"rows\":1}\n[\"a\"]\n{\"rows\":2}\n[\"b\"]\n[\"c\"]\n";
        let rows: Vec<(u32, &str)> =
            rows_of_list(text).map(|(row, range)| (row, text[range].trim())).collect();
        assert_eq!(rows, [(1, "[\"a\"]"), (2, "[\"b\"]"), (3, "[\"c\"]")]);
    }
}
