//! Rows of lists become records: small, of numbers only, in an order that does not depend on that of the rows.

use rustc_hash::FxHashMap;
use sijil_model::fold::fold;

use super::compare::named_for_grandfather;
use super::learnt::Learnt;
use super::levels::Level;
use super::moment::{self, Days};
use super::named_place::Named;
use super::spellings;
use super::vocabulary::{Frequencies, Gathering, Vocabulary, WordId};
use crate::names::{Kin, NameParts, one_word, parts_of_name};

/// A row as printed; what a list does not have is empty.
#[derive(Debug, Clone, Copy, Default)]
pub struct Row<'a> {
    /// Full name, used where the parts are empty.
    pub name: &'a str,
    /// Given name.
    pub given: &'a str,
    /// Father's name.
    pub father: &'a str,
    /// Grandfather's name.
    pub grandfather: &'a str,
    /// Family name.
    pub family: &'a str,
    /// Sex.
    pub sex: &'a str,
    /// Age in years.
    pub age: &'a str,
    /// Date of birth.
    pub birth: &'a str,
    /// Date of death, or of the incident.
    pub date: &'a str,
    /// First administrative level.
    pub governorate: &'a str,
    /// Second or third level.
    pub district: &'a str,
    /// Town, village or quarter; or the place as one phrase.
    pub community: &'a str,
}

/// Where a row stands: which list it counts for, which file and which row of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The file, from 0.
    pub file: u16,
    /// The row, from 1.
    pub row: u32,
}

/// What of a row says nothing to linking though something may be written there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unread {
    /// It has no name: nothing is written, or only what stands for a missing one.
    pub name: bool,
    /// Its age is none of a person's.
    pub age: bool,
    /// Its birth is no date.
    pub birth: bool,
    /// Its date is none.
    pub date: bool,
    /// The later of the first possible days of its birth and its date, counted from 1970-01-01, for whoever knows which
    /// day it is; `i32::MIN` where there is none.
    pub latest: i32,
}

/// A row as it is compared. The order of records is that of their content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// Family name.
    pub family: WordId,
    /// Given name.
    pub given: WordId,
    /// Father's.
    pub father: WordId,
    /// Grandfather's.
    pub grandfather: WordId,
    /// A fourth name.
    pub extra: WordId,
    /// When they were born.
    pub birth: Days,
    /// Year, month and day of birth as written; 0 where nothing is.
    pub born: [i16; 3],
    /// When they died.
    pub date: Days,
    /// Governorate, district, community.
    pub place: [Named; 3],
    /// 0 unknown, 1 female, 2 male.
    pub sex: u8,
    /// Named by a relative.
    pub kin: Kin,
    /// The list, from 0.
    pub list: u32,
    /// Whether they bear the grandfather's name: the level of [`super::Feature::NamedFor`].
    pub named_for: Level,
}

/// All people of all lists.
#[derive(Debug)]
pub struct People {
    /// In the order of their content.
    pub records: Vec<Record>,
    /// Where each record stands.
    pub at: Vec<At>,
    /// Their words.
    pub vocabulary: Vocabulary,
    /// Their places, by number.
    pub(super) places: Vec<Box<str>>,
    /// How many lists there are.
    pub lists: usize,
    /// For each list the day on which its ages were true.
    pub(super) ages_of: AgesOf,
}

impl People {
    /// Of records in order.
    fn of(
        mut records: Vec<Record>,
        at: Vec<At>,
        vocabulary: Vocabulary,
        places: Vec<Box<str>>,
        lists: usize,
        ages_of: AgesOf,
    ) -> People {
        for record in &mut records {
            record.named_for = named_for_grandfather(record, &vocabulary);
        }
        People { records, at, vocabulary, places, lists, ages_of }
    }
}

/// The days on which ages were true: by list, and that of lists that show none.
#[derive(Debug, Clone, Default)]
pub(super) struct AgesOf {
    pub(super) lists: Vec<Option<i32>>,
    pub(super) others: Option<i32>,
}

/// Takes rows one by one.
#[derive(Debug, Default, Clone)]
pub struct Rows {
    words: Gathering,
    parts: FxHashMap<Box<str>, WordId>,
    places: FxHashMap<Box<str>, Named>,
    place_names: Gathering,
    records: Vec<(Record, At)>,
    ages: Vec<i16>,
    lists: usize,
}

impl Rows {
    /// None yet.
    pub fn new() -> Rows {
        Rows::default()
    }

    /// Makes room for so many more.
    pub fn reserve(&mut self, rows: usize) {
        self.records.reserve(rows);
        self.ages.reserve(rows);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Takes a row of the list `list`, and tells which of its cells could not be read.
    pub fn push(&mut self, list: u32, at: At, row: &Row<'_>) -> Unread {
        self.lists = self.lists.max(list as usize + 1);
        let mut record = self.name(row);
        record.born = moment::parts(row.birth);
        record.birth = moment::birth(record.born);
        record.date = moment::date(row.date);
        record.place = [row.governorate, row.district, row.community].map(|place| self.place(place));
        record.sex = sex(row.sex);
        record.list = list;
        let age = moment::age(row.age);
        self.ages.push(age.map_or(-1, |age| i16::try_from(age).unwrap_or(-1)));
        self.records.push((record, at));
        let words = [record.given, record.father, record.grandfather, record.extra, record.family];
        Unread {
            name: words == [0; 5],
            age: !row.age.is_empty() && age.is_none(),
            birth: !row.birth.is_empty() && !record.birth.known(),
            date: !row.date.is_empty() && !record.date.known(),
            latest: record.birth.first.max(record.date.first),
        }
    }

    fn name(&mut self, row: &Row<'_>) -> Record {
        let mut record = Record {
            family: 0,
            given: 0,
            father: 0,
            grandfather: 0,
            extra: 0,
            birth: Days::UNKNOWN,
            born: [0; 3],
            date: Days::UNKNOWN,
            place: [Named::default(); 3],
            sex: 0,
            kin: Kin::None,
            list: 0,
            named_for: 0,
        };
        let in_parts =
            [row.given, row.father, row.grandfather, row.family].iter().any(|part| !part.is_empty());
        if in_parts && (!row.family.is_empty() || !row.father.is_empty() || row.name.is_empty()) {
            record.given = self.part(row.given);
            record.father = self.part(row.father);
            record.grandfather = self.part(row.grandfather);
            record.family = self.part(row.family);
        } else {
            let parts: NameParts = parts_of_name(if row.name.is_empty() { row.given } else { row.name });
            record.given = self.words.number(&parts.given);
            record.father = self.words.number(&parts.father);
            record.grandfather = self.words.number(&parts.grandfather);
            record.extra = self.words.number(&parts.extra);
            record.family = self.words.number(&parts.family);
            record.kin = parts.kin;
        }
        record
    }

    /// A cell that is one part of a name; each spelling is folded once.
    fn part(&mut self, cell: &str) -> WordId {
        if cell.is_empty() {
            return 0;
        }
        if let Some(word) = self.parts.get(cell) {
            return *word;
        }
        let word = self.words.number(&one_word(cell));
        self.parts.insert(cell.into(), word);
        word
    }

    fn place(&mut self, cell: &str) -> Named {
        if cell.is_empty() {
            return Named::default();
        }
        if let Some(place) = self.places.get(cell) {
            return *place;
        }
        let name = fold(cell);
        let place = Named::new(self.place_names.number(&name), &name);
        self.places.insert(cell.into(), place);
        place
    }

    /// The records, in the order of their content.
    pub fn finish(self) -> People {
        let Renumbered { mut records, ages, words, places, lists } = self.renumbered();
        let ages_of = days_of_ages(&records, &ages, lists);
        births_from_ages(&mut records, &ages, &ages_of);
        records.sort_unstable();
        let frequencies = Frequencies::of(counts(&records, words.len()), &words);
        let (records, at): (Vec<Record>, Vec<At>) = records.into_iter().unzip();
        let vocabulary = Vocabulary::new(words, frequencies, &spellings::learnt(&records));
        People::of(records, at, vocabulary, places, lists, ages_of)
    }

    /// The same under what an earlier run learnt; `names` are those of the lists, in order.
    pub fn finish_as(mut self, learnt: &Learnt, names: &[String]) -> People {
        // Words that stand for each other do so also where only one of them is borne here.
        learnt.spelt().for_each(|word| _ = self.words.number(word));
        let Renumbered { mut records, ages, words, places, .. } = self.renumbered();
        let ages_of = learnt.ages_of(&shown_days(&records, &ages, names.len()), names);
        births_from_ages(&mut records, &ages, &ages_of);
        records.sort_unstable();
        let (records, at): (Vec<Record>, Vec<At>) = records.into_iter().unzip();
        People::of(records, at, learnt.vocabulary(words), places, learnt.lists(), ages_of)
    }

    /// Records in the order of arrival, with words and places numbered by their letters.
    fn renumbered(self) -> Renumbered {
        let Rows { words, place_names, mut records, ages, lists, .. } = self;
        let (words, renumbered) = words.finish();
        let (places, renumbered_places) = place_names.finish();
        for (record, _) in &mut records {
            for word in [
                &mut record.family,
                &mut record.given,
                &mut record.father,
                &mut record.grandfather,
                &mut record.extra,
            ] {
                *word = renumbered[*word as usize];
            }
            for place in &mut record.place {
                place.number = renumbered_places[place.number as usize];
            }
        }
        Renumbered { records, ages, words, places, lists }
    }
}

/// Rows before births are known from ages: an age a record.
struct Renumbered {
    records: Vec<(Record, At)>,
    ages: Vec<i16>,
    words: Vec<Box<str>>,
    places: Vec<Box<str>>,
    lists: usize,
}

fn counts(records: &[(Record, At)], words: usize) -> [Vec<u32>; 3] {
    let mut counts = [vec![0; words], vec![0; words], vec![0; words]];
    for (record, _) in records {
        counts[0][record.given as usize] += 1;
        counts[1][record.father as usize] += 1;
        counts[1][record.grandfather as usize] += 1;
        counts[2][record.family as usize] += 1;
    }
    counts
}

/// The day at which an age was true, of somebody born on a day.
fn true_on(birth: i32, age: i16) -> i32 {
    birth + ((f32::from(age) + 0.5) * moment::YEAR) as i32
}

/// For each list the days at which its ages were true, as rows with both age and date of birth show them.
fn shown_days(records: &[(Record, At)], ages: &[i16], lists: usize) -> Vec<Vec<i32>> {
    let mut shown: Vec<Vec<i32>> = vec![Vec::new(); lists];
    for ((record, _), age) in records.iter().zip(ages) {
        if record.birth.exact() && *age >= 0 {
            shown[record.list as usize].push(true_on(record.birth.first, *age));
        }
    }
    shown
}

/// The day at which the ages of each list were true: as rows with both age and birth show it, or namesakes on other lists
/// with their births; else that of all lists, the middle of the days of death, or any one day.
fn days_of_ages(records: &[(Record, At)], ages: &[i16], lists: usize) -> AgesOf {
    let mut shown = shown_days(records, ages, lists);
    let mut of_all: Vec<i32> = shown.iter().flatten().copied().collect();
    let mut deaths: Vec<i32> = Vec::new();
    let births = births_by_name(records);
    let unshown: Vec<bool> = shown.iter().map(Vec::is_empty).collect();
    for ((record, _), age) in records.iter().zip(ages) {
        if record.date.known() {
            deaths.push(record.date.middle() as i32);
        }
        let list = record.list as usize;
        if let Some(birth) = births.get(&full_name(record)).copied().flatten()
            && unshown[list]
            && *age >= 0
            && !record.birth.known()
        {
            shown[list].push(true_on(birth, *age));
        }
    }
    let others =
        median(&mut of_all).or_else(|| median(&mut deaths)).or_else(|| births.is_empty().then_some(0));
    AgesOf { lists: shown.iter_mut().map(|days| median(days).or(others)).collect(), others }
}

/// Ages become intervals of birth: counted from the day of death where it is known, else from the day at which the
/// list's ages were true. Ages that nothing dates are no births where other rows have theirs, and are counted from one
/// day for all elsewhere.
fn births_from_ages(records: &mut [(Record, At)], ages: &[i16], ages_of: &AgesOf) {
    for ((record, _), age) in records.iter_mut().zip(ages) {
        if record.birth.known() || *age < 0 {
            continue;
        }
        let list = ages_of.lists[record.list as usize].map(|day| day as f32);
        let day = if record.date.known() { Some(record.date.middle()) } else { list };
        if let Some(day) = day {
            record.birth = moment::born(i32::from(*age), day);
        }
    }
}

/// The words of a full name.
fn full_name(record: &Record) -> [WordId; 4] {
    [record.given, record.father, record.grandfather, record.family]
}

/// Births to the day by full name, none where two differ.
fn births_by_name(records: &[(Record, At)]) -> FxHashMap<[WordId; 4], Option<i32>> {
    let mut births: FxHashMap<[WordId; 4], Option<i32>> = FxHashMap::default();
    for (record, _) in records.iter().filter(|(record, _)| record.birth.exact()) {
        if full_name(record).contains(&0) {
            continue;
        }
        let birth = births.entry(full_name(record)).or_insert(Some(record.birth.first));
        if *birth != Some(record.birth.first) {
            *birth = None;
        }
    }
    births
}

pub(super) fn median(days: &mut [i32]) -> Option<i32> {
    let middle = days.len() / 2;
    (!days.is_empty()).then(|| *days.select_nth_unstable(middle).1)
}

fn sex(cell: &str) -> u8 {
    let first = cell.trim().chars().next().map(|letter| letter.to_ascii_lowercase());
    match first {
        Some('f' | 'w' | 'g' | 'أ' | 'ا' | 'إ' | 'ن') => 1,
        Some('m' | 'b' | 'ذ' | 'ر') => 2,
        _ => 0,
    }
}
