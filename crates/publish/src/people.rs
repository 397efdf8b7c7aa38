//! Who may be named, and whose names and words are kept back everywhere.

use std::collections::{BTreeMap, BTreeSet};

use sijil_model::chat::Chat;
use sijil_model::codebook::{Coded, Fate, Harm};
use sijil_model::words::name_words;
use sijil_model::{ClaimId, Content, PlaceId};
use sijil_page::sentence_around;
use sijil_page::view::Withheld;
use sijil_register::Register;
use sijil_register::ask::{ClaimRow, PersonRow};

use crate::error::Result;
use crate::gate;
use crate::make::Surroundings;
use crate::policy::{Bearer, Matter, Protected, Table};
use crate::texts::text_of;

/// Words of names and of descriptions that say nothing by themselves, folded.
const BARE_WORDS: [&str; 33] = [
    "abu", "umm", "bin", "ibn", "bint", "abd", "mr", "mrs", "dr", "ابو", "ام", "بن", "ابن", "عبد", "a",
    "the", "of", "in", "on", "from", "to", "and", "by", "with", "near", "for", "page", "في", "من", "علي",
    "الي", "عن", "مع",
];

/// Who is who for a release.
pub(crate) struct People {
    /// The matter of every person's name.
    pub matters: BTreeMap<String, Matter>,
    /// Every person, with what the register knows of them.
    pub rows: BTreeMap<String, PersonRow>,
    /// What is kept back everywhere.
    pub protected: Protected,
    /// Every name of a protected person or source by its words, with the reason.
    pub names: BTreeMap<Vec<String>, Withheld>,
    /// The names of sources that are kept back, in words.
    secret_sources: BTreeMap<Vec<String>, Withheld>,
    /// Words that single nobody out: of public names, of places that the register tells of, and of the codebook.
    plain_words: BTreeSet<String>,
    /// The names of sources at level 0 by their words.
    public_sources: BTreeSet<Vec<String>>,
    /// The names of the dead that may be shown by their words.
    public_dead: BTreeSet<Vec<String>>,
    /// Protected source claims: whose words are kept back.
    pub speakers: BTreeMap<ClaimId, Withheld>,
}

/// What a release keeps back of a text because it is a chat.
pub(crate) struct KeptOfChat {
    /// Where writers are named and where the messenger itself speaks: bytes.
    pub places: Vec<std::ops::Range<usize>>,
    /// The writers' names by their words.
    pub writers: BTreeSet<Vec<String>>,
    /// Each word of these names that may single somebody out.
    pub words: BTreeSet<Vec<String>>,
}

impl People {
    /// Sorts everybody in the register; `cleared` are the incidents that may go out.
    pub fn of(
        register: &Register,
        around: &dyn Surroundings,
        cleared: &BTreeSet<String>,
        table: &Table,
    ) -> Result<Self> {
        let view = register.view();
        let objections: BTreeSet<String> = view.objections()?.into_iter().collect();
        let rows: BTreeMap<String, PersonRow> =
            view.people()?.into_iter().map(|row| (row.id.clone(), row)).collect();
        let mut matters = BTreeMap::new();
        for (id, row) in &rows {
            let is_cleared = match &row.incident {
                Some(incident) => cleared.contains(incident),
                None => gate::is_person_cleared(view, id)?,
            };
            let fate = row.fate.as_deref().and_then(|code| Fate::from_code(code).ok());
            matters.insert(id.clone(), Matter::of_name(fate, is_cleared, objections.contains(id)));
        }
        let mut people = Self {
            matters,
            rows,
            protected: Protected::default(),
            names: BTreeMap::new(),
            secret_sources: BTreeMap::new(),
            plain_words: plain_words(register, around, table)?,
            public_sources: BTreeSet::new(),
            public_dead: BTreeSet::new(),
            speakers: BTreeMap::new(),
        };
        people.keep_back_sources(register, table)?;
        people.keep_back_writers(register, table)?;
        people.keep_back_persons(register, table)?;
        Ok(people)
    }

    /// The matter of a person's name; who is not known is as good as living.
    pub fn matter(&self, person: &str) -> Matter {
        self.matters.get(person).copied().unwrap_or(Matter::NameOfLiving)
    }

    /// What is kept back in one document besides: the single words of every protected name that stands in it.
    pub fn named_in(&self, text: &str, said: &[String]) -> Protected {
        let mut here = Protected::default();
        let words: BTreeSet<String> = name_words(text).into_iter().collect();
        let said: BTreeSet<Vec<String>> = said.iter().map(|name| name_words(name)).collect();
        for (name, why) in &self.names {
            let stands_here =
                said.contains(name) || (name.len() > 1 && name.iter().all(|word| words.contains(word)));
            if stands_here {
                for word in name.iter().filter(|word| self.is_telling(word)) {
                    here.add_words(vec![word.clone()], *why);
                }
            }
        }
        here
    }

    fn is_telling(&self, word: &str) -> bool {
        word.chars().count() > 1 && !BARE_WORDS.contains(&word) && !self.plain_words.contains(word)
    }

    fn keep_back_persons(&mut self, register: &Register, table: &Table) -> Result<()> {
        let mut public = BTreeSet::new();
        let mut kept = Vec::new();
        let said = register.view().names_said()?.into_iter();
        let recorded = self.rows.values().filter_map(|row| Some((Some(row.id.clone()), row.name.clone()?)));
        for (person, name) in said.chain(recorded) {
            let matter = person.as_deref().map_or(Matter::NameOfLiving, |person| self.matter(person));
            match table.allows(matter) {
                Ok(()) => {
                    public.insert(name_words(&name));
                }
                // A dead person's name that is public for another record is public; everybody else's stays back.
                Err(why) => {
                    let words = name_words(&name);
                    let yields = matter == Matter::NameOfDeadNotCleared;
                    if let Some(person) = person {
                        let incident = self.rows.get(&person).and_then(|row| row.incident.clone());
                        let clear = yields.then(|| incident.unwrap_or_else(|| person.clone()));
                        let bearer = Bearer { record: format!("person {person}"), clear };
                        self.protected.is_borne(words.clone(), bearer);
                    }
                    kept.push((words, why, yields));
                }
            }
        }
        let firm: BTreeSet<Vec<String>> = kept
            .iter()
            .filter(|(_, _, yields)| !yields)
            .map(|(words, _, _)| words.clone())
            .chain(self.names.keys().cloned())
            .collect();
        public.retain(|name| !firm.contains(name));
        self.plain_words.extend(public.iter().flatten().cloned());
        self.public_dead.clone_from(&public);
        public.iter().for_each(|name| self.protected.open(name.clone()));
        for (words, why, yields) in kept {
            if words.is_empty() || (yields && public.contains(&words)) {
                continue;
            }
            // A single given name is kept back only where the person is spoken of.
            if words.len() > 1 {
                self.protected.add_words(words.clone(), why);
            }
            self.names.entry(words).or_insert(why);
        }
        self.keep_back_namesakes(&firm, table);
        self.keep_back_surnames();
        Ok(())
    }

    /// Who shares a whole name with somebody protected is not named either.
    fn keep_back_namesakes(&mut self, firm: &BTreeSet<Vec<String>>, table: &Table) {
        let public = self.rows.values().filter(|row| table.allows(self.matter(&row.id)).is_ok());
        let namesakes =
            public.filter(|row| row.name.as_deref().is_some_and(|name| firm.contains(&name_words(name))));
        let ids: Vec<String> = namesakes.map(|row| row.id.clone()).collect();
        self.matters.extend(ids.into_iter().map(|id| (id, Matter::NameOfLiving)));
    }

    /// A source is found by the surname alone; families of the dead share theirs.
    fn keep_back_surnames(&mut self) {
        let is_source = |why: &Withheld| matches!(why, Withheld::Reporter | Withheld::ProtectedWitness);
        let sources = self.names.iter().filter(|(name, why)| name.len() > 1 && is_source(why));
        let surnames = sources.filter_map(|(name, why)| Some((name.last()?.clone(), *why)));
        let telling = surnames.filter(|(surname, _)| surname.chars().count() > 3 && self.is_telling(surname));
        for (surname, why) in telling.collect::<Vec<_>>() {
            self.protected.add_words(vec![surname], why);
        }
    }

    fn keep_back_sources(&mut self, register: &Register, table: &Table) -> Result<()> {
        let view = register.view();
        let mut secret_sources = BTreeMap::new();
        for source in view.sources()? {
            let matter = Matter::of_source(source.source_kind, source.release_level);
            let names = [&source.name_en, &source.name_ar];
            match table.allows(matter) {
                Ok(()) => self.public_sources.extend(names.map(|name| name_words(name))),
                Err(why) => {
                    let record = format!("source {}", source.source);
                    names.iter().for_each(|name| self.keep_back_name(name, why, &record));
                    let words = names.map(|name| name_words(name));
                    self.secret_sources.extend(words.into_iter().map(|words| (words, why)));
                    secret_sources.insert(source.source.to_string(), why);
                }
            }
        }
        let at = view.position()?;
        for row in view.claims_of_kind("source", at)? {
            let Content::Source(said) = &row.claim.content else { continue };
            if let Err(why) = table.allows(Matter::of_source(said.source, said.release_level)) {
                self.speakers.insert(row.claim.id.clone(), why);
                if let Some(name) = &said.name {
                    self.keep_back_name(name, why, &format!("claim {}", row.claim.id));
                }
            }
        }
        self.keep_back_speech(register, &secret_sources)
    }

    fn keep_back_name(&mut self, name: &str, why: Withheld, record: &str) {
        let words = name_words(name);
        self.protected.is_borne(words.clone(), Bearer { record: record.to_owned(), clear: None });
        if words.len() > 1 {
            self.protected.add_words(words.clone(), why);
        }
        if !words.is_empty() {
            self.names.insert(words, why);
        }
    }

    /// The words of protected speakers, wherever they are printed again: their quotes, and all that came from a source
    /// of their own.
    fn keep_back_speech(&mut self, register: &Register, secret: &BTreeMap<String, Withheld>) -> Result<()> {
        let view = register.view();
        let at = view.position()?;
        for row in view.claims_of_kind("quote", at)? {
            if let Some(why) = self.why_speech_is_kept(&row) {
                row.claim.spans.iter().for_each(|quoted| self.protected.add_speech(&quoted.quote, why));
            }
        }
        if secret.is_empty() {
            return Ok(());
        }
        for document in view.document_ids()? {
            let source = view.document(&document)?.source;
            if let Some(why) = source.and_then(|source| secret.get(&source))
                && let Some(text) = text_of(register, &document)?
            {
                self.protected.add_speech(&text, *why);
            }
        }
        Ok(())
    }

    /// Why a speaker is kept back whose name is a part of a protected source's: "the Musim Field Hospital" for "Deir Musim Field
    /// Hospital".
    pub fn is_of_a_secret_source(&self, name: &str) -> Option<Withheld> {
        let said = name_words(name);
        let within = |(secret, _): &(&Vec<String>, &Withheld)| said.iter().all(|word| secret.contains(word));
        let (_, why) = self.secret_sources.iter().find(within).filter(|_| !said.is_empty())?;
        Some(*why)
    }

    /// Why the words of a claim are kept back: a protected speaker said them.
    pub fn why_speech_is_kept(&self, row: &ClaimRow) -> Option<Withheld> {
        row.claim.speaker.as_ref().and_then(|speaker| self.speakers.get(speaker)).copied()
    }

    /// Who wrote lines of a chat anywhere in the register is not named in any file, but for sources at level 0.
    fn keep_back_writers(&mut self, register: &Register, table: &Table) -> Result<()> {
        let Err(why) = table.allows(Matter::ContactNotPublic) else { return Ok(()) };
        for document in register.view().document_ids()? {
            let Some(text) = text_of(register, &document)? else { continue };
            for words in self.chat_in(&text).writers {
                // «Port Amal: three killed» in news by the hour: the name of a place singles nobody out.
                if words.len() > 1 && words.iter().any(|word| self.is_telling(word)) {
                    let record = format!("somebody who wrote in document {document}");
                    self.protected.is_borne(words.clone(), Bearer { record, clear: None });
                    self.protected.add_words(words.clone(), why);
                    self.names.entry(words).or_insert(why);
                }
            }
        }
        Ok(())
    }

    /// Whether a name that stands in a text may be shown: that of a source at level 0 or of one of the dead whose incident is
    /// cleared, or a part of it, or words that single nobody out. Nobody else has been judged, so nobody else is named.
    pub fn may_be_named(&self, words: &[String]) -> bool {
        let holds = |name: &Vec<String>| words.iter().all(|word| name.contains(word));
        !words.iter().any(|word| self.is_telling(word))
            || self.public_sources.iter().any(holds)
            || self.public_dead.iter().any(holds)
    }

    /// What is kept back of a text because it is a chat.
    pub fn chat_in(&self, text: &str) -> KeptOfChat {
        let Chat { mut writers, notices } = Chat::of(text);
        writers.retain(|range| !self.public_sources.contains(&name_words(&text[range.clone()])));
        let has_letters = |words: &Vec<String>| words.iter().any(|word| word.contains(char::is_alphabetic));
        let names: BTreeSet<Vec<String>> =
            writers.iter().map(|range| name_words(&text[range.clone()])).filter(has_letters).collect();
        let single =
            names.iter().flatten().filter(|word| self.is_telling(word)).map(|word| vec![word.clone()]);
        let words = single.collect();
        KeptOfChat { places: writers.into_iter().chain(notices).collect(), writers: names, words }
    }

    /// The places in a document where a protected speaker is quoted, as far as claims and quotation marks tell.
    pub fn speech_in(&self, text: &str, claims: &[ClaimRow]) -> Vec<(std::ops::Range<usize>, Withheld)> {
        let bytes = |span: sijil_model::Span| match span {
            sijil_model::Span::Text { byte_start, byte_end, .. } => {
                Some(byte_start as usize..byte_end as usize)
            }
            sijil_model::Span::Cell { .. } => None,
        };
        let mut kept = Vec::new();
        let mut open = Vec::new();
        for row in claims {
            let is_quote = matches!(row.claim.content, Content::Quote);
            // What a party says of itself is its own.
            let is_position = matches!(row.claim.content, Content::Position { .. });
            for range in row.claim.spans.iter().filter_map(|quoted| bytes(quoted.span)) {
                match self.why_speech_is_kept(row) {
                    Some(why) if is_quote => kept.push((range, why)),
                    Some(why) => kept.push((sentence_around(text, range), why)),
                    None if is_position || (is_quote && row.claim.speaker.is_some()) => open.push(range),
                    None => {}
                }
            }
        }
        let protected_here = claims.iter().find_map(|row| self.speakers.get(&row.claim.id));
        if let Some(why) = protected_here {
            // Who is quoted is not always found: beside a protected speaker every quotation that is nobody else's stays back.
            for quotation in crate::texts::quotations(text) {
                if !open.iter().any(|range| range.start < quotation.end && quotation.start < range.end) {
                    kept.push((quotation, *why));
                }
            }
        }
        kept
    }
}

/// Words that may stand in the description of a protected source ("reporter in Port Amal") and tell nothing of who it
/// is: those of public sources, of the places that the register tells of, and of the codebook.
fn plain_words(register: &Register, around: &dyn Surroundings, table: &Table) -> Result<BTreeSet<String>> {
    let view = register.view();
    let mut words: BTreeSet<String> = BARE_WORDS.map(str::to_owned).into();
    let mut add = |text: &str| words.extend(name_words(text));
    for entry in sijil_model::codebook::entries() {
        add(&entry.label_en);
        add(&entry.label_ar);
    }
    for source in view.sources()? {
        if table.allows(Matter::of_source(source.source_kind, source.release_level)).is_ok() {
            add(&source.name_en);
            add(&source.name_ar);
        }
    }
    let incidents = view.incidents(view.position()?)?;
    let places: BTreeSet<PlaceId> =
        incidents.into_iter().flat_map(|row| row.incident.places).flat_map(|placed| placed.chain).collect();
    for place in places.iter().filter_map(|id| around.place(id)) {
        [place.en, place.ar].into_iter().flatten().for_each(|name| add(&name));
    }
    Ok(words)
}

/// Whether people harmed so may be alive.
pub(crate) fn may_be_living(harm: Harm) -> bool {
    matches!(harm, Harm::Injured | Harm::Missing | Harm::Detained)
}
