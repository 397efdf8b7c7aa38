//! The words that arithmetic hangs on, from `data/*.csv`, in both languages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use sijil_model::fold::fold;

use crate::tokens::{Kind, Token};

/// How a number is softened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hedge {
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
    About,
    Nearly,
    /// No number at all: "several", عشرات.
    Vague,
}

/// A stretch of time that numbers are given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    /// Days in it, from the shortest to the longest; an hour counts as a part of a day.
    pub(crate) fn days(self) -> (f64, f64) {
        match self {
            Unit::Minute => (1.0 / 1440.0, 1.0 / 1440.0),
            Unit::Hour => (1.0 / 24.0, 1.0 / 24.0),
            Unit::Day => (1.0, 1.0),
            Unit::Week => (7.0, 7.0),
            Unit::Month => (28.0, 31.0),
            Unit::Year => (365.0, 366.0),
        }
    }

    /// Days in it on the whole.
    pub(crate) fn mean_days(self) -> f64 {
        match self {
            Unit::Month => 30.4375,
            Unit::Year => 365.25,
            other => other.days().1,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        }
    }
}

/// What a counted thing is, and in which grammatical number the word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Noun {
    pub class: &'static str,
    pub kind: &'static str,
}

/// The grammatical number of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Singular,
    Dual,
    Plural,
}

/// What a word or phrase means here.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Sense {
    Symbol(&'static str),
    Hedge(Hedge),
    Noun(Noun, Form),
    Time(Unit, Form),
    Rate(Unit),
    Month(i8),
    /// How many times; whether the words may also tell how often something happened ("hit three times").
    Factor(f64, bool),
    /// A share in per cent, and which side of it is meant.
    Share(f64, Side),
    /// A number word that is a share in per cent of what it stands before with the article: خمس القرى.
    Fraction(f64),
    DayTime(DayTime),
    /// A number word: its role in a number and its value.
    Number(Role, f64),
}

/// Which side of a share is meant: "half", "most", "a minority".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    At,
    Above,
    Below,
}

/// The part of a day that an hour is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayTime {
    Morning,
    Evening,
    Noon,
    Night,
}

/// What is said of a list of numbers as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Statistic {
    Least,
    Greatest,
    Median,
    Range,
}

/// How a number word joins others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Unit,
    Teen,
    /// عشر, which is ten alone and makes a teen after a unit.
    Ten,
    Tens,
    /// English "hundred", which multiplies.
    Hundred,
    /// Arabic hundreds, which are whole.
    Hundreds,
    /// Arabic thousands that are whole: ألفان.
    Thousands,
    Scale,
}

/// Classes of what happened to somebody, which are no word for a person.
const STATES: [&str; 5] = ["killed", "injured", "missing", "casualties", "civilians"];

/// All phrases by their first word.
pub(crate) struct Lexicon {
    by_first: BTreeMap<String, Vec<(Vec<String>, Sense)>>,
    words: BTreeSet<String>,
    /// "third", ثالثة, without the article, with their numbers.
    ordinals: BTreeMap<String, f64>,
    /// Words for one person or two, with how many.
    people: BTreeMap<String, f64>,
    /// Words that begin with «و» of their own.
    waw: BTreeSet<String>,
    /// "Youngest", «أصغر», without endings, with what they say of a list.
    statistics: BTreeMap<String, Statistic>,
    /// Words that part a whole in two: those who came from those who stayed away.
    opposites: Vec<[BTreeSet<String>; 2]>,
}

impl Lexicon {
    /// The built-in words; read once.
    pub(crate) fn get() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(Self::read)
    }

    /// Whether a folded word stands in any phrase.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Whether a folded word without its article stands for a place in a row: "third", ثالثة.
    pub(crate) fn is_ordinal(&self, word: &str) -> bool {
        self.ordinals.contains_key(word)
    }

    /// The place in a row that a folded word without its article stands for.
    pub(crate) fn ordinal(&self, word: &str) -> Option<f64> {
        self.ordinals.get(word).copied()
    }

    /// How many people a folded word stands for: "father" one, "couple" two; a counted thing of people in the singular, one.
    pub(crate) fn people(&self, word: &str) -> Option<f64> {
        self.people.get(word).copied().or_else(|| self.is_one_person(word).then_some(1.0))
    }

    /// Whether a folded word is a counted thing in the singular.
    pub(crate) fn is_one(&self, word: &str) -> bool {
        let mut forms = self.by_first.get(word).into_iter().flatten().filter(|(words, _)| words.len() == 1);
        forms.any(|(_, sense)| matches!(sense, Sense::Noun(_, Form::Singular)))
    }

    /// The stretch of time that a folded word without its article names: "week", أسبوع, and a month by its name.
    pub(crate) fn unit(&self, word: &str) -> Option<Unit> {
        let forms = self.by_first.get(word).into_iter().flatten().filter(|(words, _)| words.len() == 1);
        forms.into_iter().find_map(|(_, sense)| match sense {
            Sense::Time(unit, _) => Some(*unit),
            Sense::Month(_) => Some(Unit::Month),
            _ => None,
        })
    }

    fn is_one_person(&self, word: &str) -> bool {
        let person = |noun: &Noun| noun.kind == "person" && !STATES.contains(&noun.class);
        let mut forms = self.by_first.get(word).into_iter().flatten().filter(|(words, _)| words.len() == 1);
        forms.any(|(_, sense)| matches!(sense, Sense::Noun(noun, Form::Singular) if person(noun)))
    }

    /// Whether a folded word begins with «و» of its own.
    pub(crate) fn begins_with_waw(&self, word: &str) -> bool {
        self.waw.contains(word)
    }

    /// What a folded word says of a list, أصغرهم as أصغر.
    pub(crate) fn statistic(&self, word: &str) -> Option<Statistic> {
        let plain = ["هما", "هم", "هن", "ها", "ه"].iter().find_map(|ending| word.strip_suffix(ending));
        let and = |word: &str| self.statistics.get(word.strip_prefix('و').unwrap_or(word)).copied();
        self.statistics.get(word).copied().or_else(|| and(word)).or_else(|| plain.and_then(and))
    }

    /// Whether two folded words part a whole in two: "passed" and "failed", نجح and رسب.
    pub(crate) fn are_opposite(&self, one: &str, other: &str) -> bool {
        self.opposites.iter().any(|[first, second]| {
            first.contains(one) && second.contains(other) || first.contains(other) && second.contains(one)
        })
    }

    /// The name of the symbol that a phrase at a token stands for, with the phrase's length in tokens.
    pub(crate) fn symbol(&self, tokens: &[Token], at: usize) -> Option<(&'static str, usize)> {
        self.find(tokens, at, |sense| if let Sense::Symbol(name) = sense { Some(name) } else { None })
    }

    /// The longest phrase that starts at a token and has a sense that `pick` takes, with its length in tokens.
    pub(crate) fn find<T>(
        &self,
        tokens: &[Token],
        at: usize,
        pick: impl Fn(Sense) -> Option<T>,
    ) -> Option<(T, usize)> {
        let phrases = self.by_first.get(&tokens.get(at)?.word)?;
        phrases
            .iter()
            .filter_map(|(words, sense)| Some((pick(*sense)?, matched(tokens, at, words)?)))
            .max_by_key(|(_, length)| *length)
    }

    fn read() -> Self {
        let mut lexicon = Self {
            by_first: BTreeMap::new(),
            words: BTreeSet::new(),
            ordinals: BTreeMap::new(),
            people: BTreeMap::new(),
            waw: BTreeSet::new(),
            statistics: BTreeMap::new(),
            opposites: Vec::new(),
        };
        for row in rows(include_str!("../data/opposites.csv")) {
            lexicon.opposites.push([row[0], row[1]].map(|words| words.split('|').map(fold).collect()));
        }
        for row in rows(include_str!("../data/ordinals.csv")) {
            let number = row[0].parse().unwrap_or(f64::NAN);
            lexicon.ordinals.extend(row[1].split('|').map(|word| (fold(word), number)));
        }
        for row in rows(include_str!("../data/kin.csv")) {
            lexicon.people.extend(row[1].split('|').map(|word| (fold(word), number(row[0]))));
            // So that their «و» is cut off.
            lexicon.words.extend(row[1].split('|').map(fold));
        }
        for row in rows(include_str!("../data/waw.csv")) {
            lexicon.waw.extend(row[0].split('|').map(fold));
        }
        for row in rows(include_str!("../data/statistics.csv")) {
            let statistic = match row[0] {
                "least" => Statistic::Least,
                "greatest" => Statistic::Greatest,
                "range" => Statistic::Range,
                _ => Statistic::Median,
            };
            lexicon.statistics.extend(row[1].split('|').map(|word| (fold(word), statistic)));
        }
        for row in rows(include_str!("../data/words.csv")) {
            lexicon.add(row[1], Sense::Symbol(row[0]));
        }
        for row in rows(include_str!("../data/hedges.csv")) {
            lexicon.add(row[1], Sense::Hedge(hedge(row[0])));
        }
        for row in rows(include_str!("../data/nouns.csv")) {
            let noun = Noun { class: row[0], kind: row[1] };
            lexicon.add(row[2], Sense::Noun(noun, Form::Plural));
            lexicon.add(row[3], Sense::Noun(noun, Form::Singular));
            lexicon.add(row[4], Sense::Noun(noun, Form::Dual));
        }
        for row in rows(include_str!("../data/time.csv")) {
            let unit = unit(row[0]);
            lexicon.add(row[1], Sense::Time(unit, Form::Plural));
            lexicon.add(row[2], Sense::Time(unit, Form::Singular));
            lexicon.add(row[3], Sense::Time(unit, Form::Dual));
            lexicon.add(row[4], Sense::Rate(unit));
        }
        for row in rows(include_str!("../data/day_times.csv")) {
            let time = match row[0] {
                "morning" => DayTime::Morning,
                "evening" => DayTime::Evening,
                "noon" => DayTime::Noon,
                _ => DayTime::Night,
            };
            lexicon.add(row[1], Sense::DayTime(time));
        }
        for row in rows(include_str!("../data/months.csv")) {
            lexicon.add(row[1], Sense::Month(row[0].parse().unwrap_or(1)));
        }
        for row in rows(include_str!("../data/factors.csv")) {
            lexicon.add(row[2], Sense::Factor(number(row[0]), row[1] == "1"));
        }
        for row in rows(include_str!("../data/shares.csv")) {
            lexicon.add(row[2], Sense::Share(number(row[0]), side(row[1])));
        }
        for row in rows(include_str!("../data/fractions.csv")) {
            lexicon.add(row[1], Sense::Fraction(number(row[0])));
        }
        for row in rows(include_str!("../data/numbers.csv")) {
            lexicon.add(row[0], Sense::Number(role(row[1]), number(row[2])));
        }
        lexicon
    }

    fn add(&mut self, phrases: &str, sense: Sense) {
        for phrase in phrases.split('|') {
            let words: Vec<String> =
                phrase.split([' ', '-']).map(fold).filter(|word| !word.is_empty()).collect();
            self.words.extend(words.iter().cloned());
            if let Some(first) = words.first() {
                self.by_first.entry(first.clone()).or_default().push((words, sense));
            }
        }
    }
}

/// How many tokens a phrase takes; a hyphen between its words is part of it.
fn matched(tokens: &[Token], at: usize, words: &[String]) -> Option<usize> {
    let mut here = at;
    for (place, word) in words.iter().enumerate() {
        if place > 0 && tokens.get(here)?.is_mark('-') && tokens[here].glued {
            here += 1;
        }
        let token = tokens.get(here)?;
        if token.kind != Kind::Word || token.word != *word {
            return None;
        }
        here += 1;
    }
    Some(here - at)
}

/// The rows of a table whose cells hold no commas, without its header.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().skip(1).map(|line| line.split(',').collect())
}

fn number(cell: &str) -> f64 {
    cell.parse().unwrap_or(0.0)
}

fn hedge(name: &str) -> Hedge {
    match name {
        "at_least" => Hedge::AtLeast,
        "more_than" => Hedge::MoreThan,
        "at_most" => Hedge::AtMost,
        "less_than" => Hedge::LessThan,
        "nearly" => Hedge::Nearly,
        "vague" => Hedge::Vague,
        _ => Hedge::About,
    }
}

fn side(name: &str) -> Side {
    match name {
        "above" => Side::Above,
        "below" => Side::Below,
        _ => Side::At,
    }
}

fn unit(name: &str) -> Unit {
    match name {
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "year" => Unit::Year,
        _ => Unit::Day,
    }
}

fn role(name: &str) -> Role {
    match name {
        "teen" => Role::Teen,
        "ten" => Role::Ten,
        "tens" => Role::Tens,
        "hundred" => Role::Hundred,
        "hundreds" => Role::Hundreds,
        "thousands" => Role::Thousands,
        "scale" => Role::Scale,
        _ => Role::Unit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every row has the columns of its header, every number is one: what reading takes for granted.
    #[test]
    fn tables_are_whole() {
        for table in [
            include_str!("../data/words.csv"),
            include_str!("../data/hedges.csv"),
            include_str!("../data/nouns.csv"),
            include_str!("../data/time.csv"),
            include_str!("../data/months.csv"),
            include_str!("../data/ordinals.csv"),
            include_str!("../data/opposites.csv"),
            include_str!("../data/kin.csv"),
            include_str!("../data/waw.csv"),
            include_str!("../data/day_times.csv"),
            include_str!("../data/statistics.csv"),
            include_str!("../data/factors.csv"),
            include_str!("../data/shares.csv"),
            include_str!("../data/fractions.csv"),
            include_str!("../data/numbers.csv"),
        ] {
            let columns = table.lines().next().expect("a header").split(',').count();
            for line in table.lines() {
                assert_eq!(line.split(',').count(), columns, "{line}");
            }
        }
        for table in [include_str!("../data/factors.csv"), include_str!("../data/shares.csv")] {
            assert!(rows(table).all(|row| row[0].parse::<f64>().is_ok()));
        }
    }
}
