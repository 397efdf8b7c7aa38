//! A table's cells as numbers, and the words of its rows and columns.

use std::ops::Range;

use crate::amounts::{Amount, What, amount};
use crate::arithmetic::Bounds;
use crate::blocks::{Place, trimmed};
use crate::clock;
use crate::cues::Cue;
use crate::dates;
use crate::lexicon::{Lexicon, Noun, Sense, Unit};
use crate::money;
use crate::prefixes;
use crate::tokens::{self, Kind, Token};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// A count, with the share that stands beside it: "12 (25%)".
    Count(Amount, Option<Amount>),
    /// A percentage.
    Share(Amount),
    /// How much more or fewer, with its sign: "+7", "-3".
    Change(Amount),
    /// By how many per cent it changed, with its sign.
    ChangedShare(Amount),
    /// No number, where a number would be: empty, a dash, "not known".
    Unknown,
    /// A time of day, a day or a year, in minutes, days or years from one that is the same for all.
    Time(f64, Unit, Range<u32>),
    /// Words, or a date without its day.
    Words,
}

/// What a row or column is by its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Part,
    Total,
    /// "of whom children": inside another.
    Inside,
    /// An average, a change: neither part nor total.
    Other,
}

/// A label with what it says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Label {
    pub role: Role,
    pub noun: Option<Noun>,
    /// Its words, folded.
    pub words: Vec<String>,
}

/// A table of numbers.
#[derive(Debug)]
pub(crate) struct Grid {
    /// Labels of columns; empty where the table has no header.
    pub columns: Vec<Label>,
    pub rows: Vec<(Label, Vec<Cell>)>,
}

/// Reads the cells of a table.
pub(crate) fn of_table(letters: &[char], rows: &[Vec<Place>]) -> Grid {
    let read = |row: &Vec<Place>| -> Vec<Cell> { row.iter().map(|place| cell(letters, place)).collect() };
    let header = rows
        .first()
        .filter(|row| read(row).iter().skip(1).all(|cell| !matches!(cell, Cell::Count(..) | Cell::Share(_))));
    let columns = header.map_or(Vec::new(), |row| row.iter().map(|place| label(letters, place)).collect());
    let of_shares: Vec<usize> = header
        .iter()
        .flat_map(|row| row.iter().enumerate())
        .filter(|(_, place)| heads_shares(letters, place))
        .map(|(at, _)| at)
        .collect();
    let rows = rows
        .iter()
        .skip(usize::from(header.is_some()))
        .map(|row| {
            let cells = read(row).into_iter().enumerate();
            let cells =
                cells.map(|(at, cell)| if of_shares.contains(&at) { cell.into_share() } else { cell });
            let cells: Vec<Cell> = cells.collect();
            let named = row.iter().find(|place| !place.is_empty());
            let label = named.map_or(Label { role: Role::Part, noun: None, words: Vec::new() }, |place| {
                label(letters, place)
            });
            (label, cells)
        })
        .collect();
    let mut grid = Grid { columns, rows };
    grid.count_years();
    grid
}

impl Grid {
    /// Where a column counts, 1950 is a number like the others and no year.
    fn count_years(&mut self) {
        let width = self.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        for column in 1..width {
            let counts = |cells: &Vec<Cell>| matches!(cells.get(column), Some(Cell::Count(..)));
            if !self.rows.iter().any(|(_, cells)| counts(cells)) {
                continue;
            }
            for cell in self.rows.iter_mut().filter_map(|(_, cells)| cells.get_mut(column)) {
                if let Cell::Time(year, Unit::Year, points) = cell {
                    let (nouns, word) = (Vec::new(), String::new());
                    let bounds = Bounds::exactly(*year);
                    let amount = Amount { stated: *year, bounds, nouns, word, points: points.clone() };
                    *cell = Cell::Count(amount, None);
                }
            }
        }
    }
}

/// Whether a column's header is nothing but the sign or the word of shares: "%", «النسبة المئوية».
fn heads_shares(letters: &[char], place: &Place) -> bool {
    let tokens = words(letters, place);
    let share = |token: &Token| {
        token.is_mark('%')
            || matches!(
                token.word.as_str(),
                "percent" | "per" | "cent" | "percentage" | "share" | "النسبه" | "المئويه" | "نسبه"
            )
    };
    !tokens.is_empty()
        && tokens.iter().all(|token| share(token) || matches!(token.kind, Kind::Mark('(' | ')')))
}

/// Reads a list of "label: number" as a table of two columns; `None` where an item is anything else.
pub(crate) fn of_list(letters: &[char], items: &[Place]) -> Option<Grid> {
    let mut rows = Vec::new();
    for item in items {
        let place = trimmed(letters, item.clone());
        let colon = place.clone().find(|at| matches!(letters[*at], ':' | '–' | '—'));
        let (name, value) = match colon {
            Some(at) => (trimmed(letters, place.start..at), trimmed(letters, at + 1..place.end)),
            None => (place.clone(), place.clone()),
        };
        let value = if colon.is_none() { counted(letters, &place) } else { cell(letters, &value) };
        if !matches!(value, Cell::Count(..) | Cell::Share(_) | Cell::Unknown) {
            return None;
        }
        let mut label = label(letters, &name);
        if let Cell::Count(amount, _) = &value {
            label.noun = label.noun.or(amount.nouns.first().copied());
        }
        rows.push((label, vec![Cell::Words, value]));
    }
    (rows.len() > 1).then(|| Grid { columns: Vec::new(), rows })
}

/// An item that begins with its number: "24 with flour", «21 شاحنة محملة بالطحين»; some few words follow it and no number.
fn counted(letters: &[char], place: &Place) -> Cell {
    const WORDS: usize = 6;
    let tokens = words(letters, place);
    let Some(read) = amount(&tokens, 0).filter(|read| matches!(read.what, What::Count)) else {
        return cell(letters, place);
    };
    let rest = &tokens[read.length..];
    let plain = |token: &Token| matches!(token.kind, Kind::Word) || token.is_mark('.');
    let alone = (0..rest.len()).all(|at| amount(rest, at).is_none());
    if read.amount.is_vague() || rest.len() > WORDS || !rest.iter().all(plain) || !alone {
        return cell(letters, place);
    }
    Cell::Count(read.amount, None)
}

fn words(letters: &[char], place: &Place) -> Vec<Token> {
    let text: String = letters[place.clone()].iter().collect();
    prefixes::cut(money::written_out(tokens::tokens(&text, place.start as u32)))
}

/// How many words may follow a number in its cell.
const NOTE: usize = 4;

fn cell(letters: &[char], place: &Place) -> Cell {
    let tokens = words(letters, place);
    let Some(first) = tokens.first() else { return Cell::Unknown };
    let signed = matches!(first.kind, Kind::Mark('+' | '-')) && tokens.get(1).is_some_and(|next| next.glued);
    if let Some(read) = amount(&tokens, 1).filter(|read| signed && read.length + 1 == tokens.len()) {
        return match read.what {
            What::Count => Cell::Change(read.amount),
            What::Share => Cell::ChangedShare(read.amount),
            _ => Cell::Words,
        };
    }
    let no_number = matches!(first.kind, Kind::Mark('-' | '?' | '.'))
        || matches!(first.word.as_str(), "unknown" | "n" | "na" | "none" | "غير" | "مجهول" | "لا");
    if no_number && tokens.len() <= 4 {
        return Cell::Unknown;
    }
    if let Some((value, unit)) = time(&tokens) {
        return Cell::Time(value, unit, place.start as u32..place.end as u32);
    }
    if dates::date(&tokens, 0).is_some() || matches!(first.kind, Kind::Mark('(' | '[')) {
        return Cell::Words;
    }
    let Some(read) = amount(&tokens, 0).filter(|read| !read.amount.is_vague()) else { return Cell::Words };
    let rest = &tokens[read.length..];
    // "2,900*", "151 (a)": a note says what else is in the number.
    let noted = match rest {
        [mark] => matches!(mark.kind, Kind::Mark('*' | '†' | '‡' | '§' | '¹' | '²' | '³')),
        [open, letter, close] => {
            open.is_mark('(') && close.is_mark(')') && letter.points.len() == 1 && letter.kind == Kind::Word
        }
        _ => false,
    };
    if noted || has_note(letters, place) {
        return Cell::Unknown;
    }
    match read.what {
        What::Share if rest.len() <= NOTE => Cell::Share(read.amount),
        What::Count => {
            let beside = rest.iter().position(|token| token.is_mark('(')).and_then(|open| {
                let at = read.length + open + 1;
                (at < tokens.len()).then(|| amount(&tokens, at)).flatten()
            });
            let share = beside.filter(|beside| beside.what == What::Share).map(|beside| beside.amount);
            let longest = if share.is_some() { NOTE + 4 } else { NOTE };
            if rest.len() > longest { Cell::Words } else { Cell::Count(read.amount, share) }
        }
        _ => Cell::Words,
    }
}

/// The time of day, day or year that a cell is and nothing else.
fn time(tokens: &[Token]) -> Option<(f64, Unit)> {
    if let Some((clock, length)) = clock::clock(tokens, 0) {
        return (length == tokens.len()).then_some((f64::from(clock.minutes_of_24()), Unit::Minute));
    }
    let (date, length) = dates::date(tokens, 0)?;
    (length == tokens.len()).then(|| dates::number_of(date)).flatten()
}

fn label(letters: &[char], place: &Place) -> Label {
    let tokens = words(letters, place);
    let find = |at: usize| Lexicon::get().symbol(&tokens, at).map_or("", |(name, _)| name);
    let symbols: Vec<&str> = (0..tokens.len()).map(find).collect();
    let alone = |token: &Token| {
        matches!(token.word.as_str(), "all" | "الكل" | "كل" | "جميعا" | "الجميع" | "subtotal")
    };
    let sub = tokens.iter().any(|token| token.word == "subtotal");
    let inside = symbols.iter().any(|symbol| matches!(*symbol, "them" | "incl"))
        || matches!(symbols.first(), Some(&"of" | &"min"))
            && tokens.get(1).is_none_or(|token| !matches!(token.kind, Kind::Number { .. }));
    let other = symbols.iter().any(|symbol| matches!(*symbol, "avg" | "gain" | "loss" | "diff"));
    // Alone it is a column of differences, in a sentence more often teams.
    let other = other || matches!(tokens.as_slice(), [only] if only.word == "الفرق");
    let noted = has_note(letters, place);
    let role = if inside {
        Role::Inside
    } else if noted && symbols.contains(&"total") {
        Role::Other
    } else if symbols.contains(&"total") || sub || (tokens.len() <= 3 && tokens.first().is_some_and(alone)) {
        Role::Total
    } else if other {
        Role::Other
    } else {
        Role::Part
    };
    let noun = (0..tokens.len()).find_map(|at| {
        let pick = |sense| if let Sense::Noun(noun, _) = sense { Some(noun) } else { None };
        Lexicon::get().find(&tokens, at, pick).map(|(noun, _)| noun)
    });
    let words = tokens.into_iter().map(|token| token.word).filter(|word| !word.is_empty()).collect();
    Label { role, noun, words }
}

/// "Total*": a note says what else is in it. Stars on both sides are Markdown's emphasis.
fn has_note(letters: &[char], place: &Place) -> bool {
    let is_sign = |letter: &&char| matches!(letter, '*' | '†' | '¹' | '²');
    let after = letters[place.end..].iter().take_while(is_sign).count();
    let before = letters[..place.start].iter().rev().take_while(is_sign).count();
    // "**All four: 66**": the line's emphasis ends here.
    let line = letters[..place.start].iter().rev().take_while(|letter| **letter != '\n').collect::<Vec<_>>();
    let opened = line.windows(2).filter(|two| two.iter().all(|letter| **letter == '*')).count();
    let emphasis = after == 2 && before == 0 && opened == 1;
    after > before && !emphasis || letters[place.clone()].iter().any(|letter| is_sign(&letter))
}

impl Label {
    /// Whether it says that its numbers are the means of others.
    pub(crate) fn is_mean(&self) -> bool {
        self.role == Role::Other && self.words.iter().any(|word| Cue::Mean.is(word.as_str()))
    }

    /// Whether it says that its number is what is left.
    pub(crate) fn is_rest(&self) -> bool {
        self.words.iter().any(|word| Cue::Rest.is(word.as_str()))
    }
}

impl Cell {
    /// A number in a column of shares, which stands without its sign and may be rounded.
    fn into_share(self) -> Self {
        match self {
            Cell::Count(amount, None) => {
                let half = if amount.stated.fract() == 0.0 { 0.5 } else { 0.05 };
                Cell::Share(Amount { bounds: Bounds::around(amount.stated, half), ..amount })
            }
            other => other,
        }
    }

    /// The cell's number as a share or count; what is not known may be anything.
    pub(crate) fn bounds(&self) -> Option<Bounds> {
        match self {
            Cell::Count(amount, _) | Cell::Share(amount) => Some(amount.bounds),
            Cell::Unknown => Some(Bounds::new(0.0, f64::INFINITY)),
            Cell::Words | Cell::Time(..) | Cell::Change(_) | Cell::ChangedShare(_) => None,
        }
    }

    pub(crate) fn amount(&self) -> Option<&Amount> {
        match self {
            Cell::Count(amount, _) | Cell::Share(amount) => Some(amount),
            _ => None,
        }
    }
}
