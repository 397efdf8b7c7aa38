//! Two records compared: a level of agreement for each feature, and how telling the names are that agree.

use super::comparison::Comparison;
use super::levels::{Level, name_level};
use super::moment::{Days, YEAR};
use super::named_place::Named;
use super::rows::Record;
use super::vocabulary::{Place, Vocabulary, WordId};
use crate::names::Closeness;

/// Compares two records; the order of the two makes no difference.
pub fn compare(a: &Record, b: &Record, words: &Vocabulary, lists: bool) -> Comparison {
    let mut given = name(a.given, b.given, Place::Given, words);
    let mut tail = align(a, b, words);
    if given.level == name_level::OTHER && a.given == b.family && a.family == b.given {
        // Family first on one of the two.
        given = name(a.given, b.family, Place::Given, words);
        tail[2] = name(a.family, b.given, Place::Family, words);
    }
    let mut rare_names = 0.0;
    for part in tail {
        rare_names += part.rare;
    }
    let said_by_name = matches!(
        given.level,
        name_level::SAME | name_level::SLIP | name_level::SCRIPT_SAME | name_level::SCRIPT_NEAR
    );
    let sex = if said_by_name || a.sex == 0 || b.sex == 0 { 0 } else { 1 + Level::from(a.sex != b.sex) };
    let list = if lists { 1 + Level::from(a.list != b.list) } else { 0 };
    Comparison::new(
        [
            given.level,
            tail[0].level,
            tail[1].level,
            tail[2].level,
            sex,
            age((a.birth, a.born), (b.birth, b.born)),
            date(a.date, b.date),
            place(&a.place, &b.place),
            list,
            named_for(given.level, a, b),
        ],
        given.rare,
        rare_names,
    )
}

/// Whether a given name in which two records agree is their grandfather's, as far as either says it.
fn named_for(given: Level, a: &Record, b: &Record) -> Level {
    if given != name_level::SAME && given != name_level::SCRIPT_SAME {
        return 0;
    }
    [a, b].map(|one| one.named_for).into_iter().filter(|level| *level != 0).min().unwrap_or(0)
}

/// Whether somebody bears the grandfather's name: the level of [`super::levels::Feature::NamedFor`].
pub fn named_for_grandfather(one: &Record, words: &Vocabulary) -> Level {
    let said = one.given != 0 && one.grandfather != 0;
    let his = || words.closeness(one.given, one.grandfather) == Closeness::Same;
    if said { 2 - Level::from(his()) } else { 0 }
}

#[derive(Debug, Clone, Copy, Default)]
struct Part {
    level: Level,
    rare: f32,
}

impl Part {
    fn agrees(self) -> bool {
        !matches!(self.level, 0 | name_level::OTHER | name_level::SCRIPT_OTHER | name_level::LIKE)
    }

    fn merit(self) -> i32 {
        match self.level {
            name_level::SAME | name_level::SCRIPT_SAME => 4,
            name_level::SLIP => 3,
            name_level::SCRIPT_NEAR => 2,
            0 => 0,
            name_level::LIKE => -2,
            _ => -4,
        }
    }
}

/// How much rarer than the other, in ln, a word is that may be a slip of it: ten times.
const MUCH_RARER: f32 = std::f32::consts::LN_10;
/// ln of a share at which a word may as well be a slip: one in 5,000.
const RARE: f32 = -8.517_193;

fn name(a: WordId, b: WordId, place: Place, words: &Vocabulary) -> Part {
    if a == 0 || b == 0 {
        return Part::default();
    }
    if a == b {
        return Part { level: name_level::SAME, rare: words.ln_agreement(place) - words.ln_share(place, a) };
    }
    let across = words.shape(a).is_arabic() != words.shape(b).is_arabic();
    let (share_a, share_b) = (words.ln_share(place, a), words.ln_share(place, b));
    let (rarer, commoner) = (share_a.min(share_b), share_a.max(share_b));
    let level = match (words.closeness(a, b), across) {
        (Closeness::Same, false) => name_level::SAME,
        (Closeness::Same, true) => name_level::SCRIPT_SAME,
        (Closeness::Near, true) => name_level::SCRIPT_NEAR,
        (Closeness::Near, false) if rarer <= commoner - MUCH_RARER || rarer < RARE => name_level::SLIP,
        (Closeness::Near, false) => name_level::LIKE,
        (Closeness::Other, false) => name_level::OTHER,
        (Closeness::Other, true) => name_level::SCRIPT_OTHER,
    };
    let part = Part { level, rare: 0.0 };
    if part.agrees() { Part { level, rare: words.ln_agreement(place) - commoner } } else { part }
}

/// Father, grandfather and family, put beside each other so that they agree best.
///
/// Lists leave names out and do not say which: the third name of three may be the grandfather's, the second of two the
/// father's, and the last of five may be a husband's family.
fn align(a: &Record, b: &Record, words: &Vocabulary) -> [Part; 3] {
    let straight = [
        name(a.father, b.father, Place::Father, words),
        name(a.grandfather, b.grandfather, Place::Father, words),
        name(a.family, b.family, Place::Family, words),
    ];
    if straight.iter().all(|part| part.level == 0 || part.agrees()) {
        return straight;
    }
    let mut best = straight;
    let mut take = |other: [Part; 3]| {
        if merit(&other) > merit(&best) {
            best = other;
        }
    };
    shifted(a, b, &straight, words, &mut take);
    shifted(b, a, &straight, words, &mut take);
    best
}

fn merit(parts: &[Part; 3]) -> i32 {
    parts.iter().map(|part| part.merit()).sum()
}

/// Gives other ways to put the names of `a` beside those of `b`.
fn shifted(
    a: &Record,
    b: &Record,
    straight: &[Part; 3],
    words: &Vocabulary,
    way: &mut impl FnMut([Part; 3]),
) {
    let none = Part::default();
    let [father, grandfather, family] = *straight;
    if a.grandfather == 0 && b.grandfather != 0 {
        if !family.agrees() {
            way([father, name(a.family, b.grandfather, Place::Father, words), none]);
        }
        if !father.agrees() && a.father != 0 {
            way([none, name(a.father, b.grandfather, Place::Father, words), family]);
        }
    }
    if a.father == 0 && !family.agrees() && b.father != 0 {
        way([name(a.family, b.father, Place::Father, words), grandfather, none]);
    }
    if let Some(glued) = glued(a, b, words) {
        way([glued, name(a.grandfather, b.extra, Place::Father, words), family]);
    }
    if a.extra != 0 && !family.agrees() {
        way([father, grandfather, name(a.extra, b.family, Place::Family, words)]);
    }
}

/// «محمدصلاح» beside «محمد صلاح»: two names of the longer chain written as one in the shorter.
fn glued(a: &Record, b: &Record, words: &Vocabulary) -> Option<Part> {
    if b.father == 0 || b.grandfather == 0 || !words.shape(a.father).has_letters_of(words.shape(b.father)) {
        return None;
    }
    let rest = words.word(a.father).strip_prefix(words.word(b.father))?;
    let rare = |word| name(word, word, Place::Father, words).rare;
    (rest == words.word(b.grandfather))
        .then(|| Part { level: name_level::SAME, rare: rare(b.father) + rare(b.grandfather) })
}

/// Births: by their parts where both are written to the day, else by how many years they may be apart.
pub fn age((birth, born): (Days, [i16; 3]), (other_birth, other_born): (Days, [i16; 3])) -> Level {
    let to_the_day = |born: [i16; 3]| born[2] != 0 && born[1..] != [1, 1];
    if (to_the_day(born) && to_the_day(other_born)) || (born[2] != 0 && born == other_born) {
        return match parts_in_common(born, other_born) {
            3 => 1,
            2 => 2,
            1 => 3,
            _ => 4,
        };
    }
    if !birth.known() || !other_birth.known() {
        return 0;
    }
    let years = (birth.middle() - other_birth.middle()).abs() / YEAR;
    5 + [0.6, 1.6, 3.6, 8.6].map(|limit| Level::from(years >= limit)).iter().sum::<Level>()
}

/// How many of year, month and day two dates share; month and day the other way round are one slip.
fn parts_in_common(a: [i16; 3], b: [i16; 3]) -> usize {
    if a[0] == b[0] && a[1] == b[2] && a[2] == b[1] && a != b {
        return 2;
    }
    a.iter().zip(&b).filter(|(a, b)| a == b).count()
}

/// Days of death, by how far they are apart where both are known to the day.
pub fn date(a: Days, b: Days) -> Level {
    if !a.known() || !b.known() {
        return 0;
    }
    if !a.exact() || !b.exact() {
        return if a.first <= b.last && b.first <= a.last { 7 } else { 8 };
    }
    let days = a.first.abs_diff(b.first);
    1 + [0, 2, 7, 31, 100].map(|limit| Level::from(days > limit)).iter().sum::<Level>()
}

/// Compares governorate, district and community as finely as both say them and as can be seen.
pub fn place(a: &[Named; 3], b: &[Named; 3]) -> Level {
    let [governorate, district, community] = [0, 1, 2].map(|level| a[level].is(b[level]));
    let same = |level| level == Some(true);
    match (community, district, governorate) {
        (Some(true), ..) => 1,
        (Some(false), district, _) if same(district) => 2,
        (Some(false), _, governorate) if same(governorate) => 3,
        (Some(false), ..) => 4,
        (None, Some(true), _) => 5,
        (None, Some(false), governorate) if same(governorate) => 6,
        (None, Some(false), _) => 7,
        (None, None, Some(one)) => 8 + Level::from(!one),
        (None, None, None) => 0,
    }
}
