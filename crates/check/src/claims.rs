//! What a paragraph beside a table says of its rows by name or by number: which is the largest, how far two are apart, what
//! share one is, in how many more than so many were counted.
//!
//! Only tables with one column of numbers are looked at, and only sentences that name one row, or two, or count rows.

use std::ops::Range;

use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::derived::{is_definite, is_slip, same_thing};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::grid::{Cell, Grid, Label, Role};
use crate::lexicon::{Lexicon, Statistic};
use crate::passage::{Item, Passage};
use crate::shares::is_change;

/// How few rows have no largest.
const FEW: usize = 3;
/// How many times as large or small as a difference what is said of it may be.
const FAR: f64 = 3.0;
/// The least number of a row that a slip can be told of.
const TELLING: f64 = 10.0;

/// The only column of a table that holds numbers.
struct Column<'g> {
    heading: &'g [String],
    rows: Vec<(&'g Label, &'g Amount)>,
    of_shares: bool,
}

/// A sentence beside a table, and the column that it may speak of.
struct Statement<'s> {
    passage: &'s Passage,
    column: &'s Column<'s>,
    within: Range<usize>,
}

/// A row with its number, and where the words of its name stand in a sentence.
struct Row<'g> {
    number: &'g Amount,
    name: Vec<usize>,
}

impl Row<'_> {
    fn named(&self) -> usize {
        self.name.iter().copied().min().unwrap_or(0)
    }
}

/// What a paragraph says wrongly of the rows of a table beside it.
pub(crate) fn check(passage: &Passage, grid: &Grid) -> Vec<Draft> {
    let Some(column) = Column::of(grid) else { return Vec::new() };
    let mut drafts = Vec::new();
    let mut start = 0;
    while start < passage.atoms.len() {
        let within = passage.sentence(start);
        start = within.end + 1;
        drafts.extend(Statement { passage, column: &column, within }.check());
    }
    drafts
}

impl<'g> Column<'g> {
    /// The only column of counts, or of shares, of a table of three rows or more.
    fn of(grid: &'g Grid) -> Option<Self> {
        let width = grid.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        let holds = |at: &usize| {
            grid.rows.iter().any(|(_, cells)| cells.get(*at).is_some_and(|cell| cell.amount().is_some()))
        };
        let mut columns = (1..width).filter(holds);
        let at = columns.next().filter(|_| columns.next().is_none())?;
        let plain = grid.rows.iter().all(|(label, _)| matches!(label.role, Role::Part | Role::Total));
        let parts = || grid.rows.iter().filter(|(label, _)| label.role == Role::Part);
        let of_shares = parts().all(|(_, cells)| !matches!(cells.get(at), Some(Cell::Count(..))));
        let rows = parts().filter_map(|(label, cells)| Some((label, cells.get(at)?.amount()?))).collect();
        let heading = grid.columns.get(at).map_or(&[][..], |label| label.words.as_slice());
        (plain && parts().count() >= FEW).then_some(Self { heading, rows, of_shares })
    }

    fn numbers(&self) -> impl Iterator<Item = f64> + '_ {
        self.rows.iter().map(|(_, number)| number.stated)
    }

    fn total(&self) -> Bounds {
        Bounds::sum(self.rows.iter().map(|(_, number)| number.bounds))
    }

    /// Whether a word names what the column counts.
    fn is_named_by(&self, word: &str) -> bool {
        self.heading.iter().any(|other| same_thing(word, other))
    }
}

impl<'s> Statement<'s> {
    fn check(&self) -> Option<Draft> {
        if self.column.of_shares {
            return self.rows_beyond();
        }
        match self.rows().as_slice() {
            [] => self.rows_beyond(),
            [row] => self.extreme(row).or_else(|| self.share(row)).or_else(|| self.told_again(row)),
            [one, other] => self.apart(one, other),
            _ => None,
        }
    }

    fn has(&self, symbols: &[&str]) -> bool {
        self.passage.has(self.within.clone(), symbols)
    }

    /// The numbers of the sentence, but for as many as there are rows: "in the four quarters".
    fn counts(&self) -> Vec<(usize, &'s Amount)> {
        let rows = self.column.rows.len() as f64;
        let of_rows = |at: usize, count: &Amount| {
            let definite = is_definite(self.passage, at) || self.passage.symbol_before(at) == "the";
            definite && (count.stated == rows || count.stated == rows - 1.0)
        };
        let mut counts = self.passage.counts(self.within.clone());
        counts.retain(|(at, count)| !count.is_vague() && !of_rows(*at, count));
        counts
    }

    /// The rows whose names stand in the sentence, all words of them.
    fn rows(&self) -> Vec<Row<'s>> {
        let bare = |word: &str| word.strip_prefix("ال").unwrap_or(word).to_owned();
        let place = |word: &String| {
            self.within.clone().find(|at| {
                let told = self.passage.word(*at);
                let own = bare(word);
                told == own || ["ب", "ل", "و"].iter().any(|prefix| told.strip_prefix(prefix) == Some(&own))
            })
        };
        let named = |(label, number): &(&'s Label, &'s Amount)| {
            let places: Option<Vec<usize>> = label.words.iter().map(place).collect();
            Some(Row { number, name: places.filter(|places| !places.is_empty())? })
        };
        self.column.rows.iter().filter_map(named).collect()
    }

    /// "The most attacks, 36, were recorded in August": the row is not the largest, or its number is another.
    fn extreme(&self, row: &Row<'_>) -> Option<Draft> {
        let passage = self.passage;
        let (place, statistic) = self.within.clone().find_map(|at| Some((at, superlative(passage, at)?)))?;
        let others = ["ago", "except", "other", "rest", "nor", "P", "up", "down"];
        let other =
            |at: usize| at != place && !row.name.contains(&at) && others.contains(&passage.symbol(at));
        let second = self
            .within
            .clone()
            .any(|at| Lexicon::get().is_ordinal(passage.word(at)) || passage.word(at) == "one");
        let computed = match statistic {
            Statistic::Greatest => self.column.numbers().fold(0.0, f64::max),
            Statistic::Least => self.column.numbers().fold(f64::INFINITY, f64::min),
            _ => return None,
        };
        if second || self.within.clone().any(other) || !self.is_of_rows(place, row) {
            return None;
        }
        let what = if statistic == Statistic::Greatest { "largest" } else { "smallest" };
        if row.number.stated != computed {
            let explain =
                format!("the {what} number is {}, not {}", shown(computed), shown(row.number.stated));
            let points = passage.atoms[row.named()].points.clone();
            return Some(Draft::at(points, Kind::Table, row.number.stated, computed, explain));
        }
        let counts = self.counts();
        let [(_, stated)] = counts.as_slice() else { return None };
        let known = self.column.numbers().any(|one| stated.bounds.meets(Bounds::exactly(one)))
            && stated.stated != computed;
        let slip = is_slip(stated.stated, computed) || known;
        if stated.bounds.meets(Bounds::exactly(computed)) || stated.bounds.meets(self.column.total()) || !slip
        {
            return None;
        }
        let explain = format!("the {what} number is {}, not {}", shown(computed), shown(stated.stated));
        Some(Draft::over(Kind::Table, &[stated], stated.stated, computed, explain))
    }

    /// Whether a superlative is of what the column counts, or is said of the row itself: "the most attacks", "Karm was the
    /// deadliest"; not "in Karm the largest group were children".
    fn is_of_rows(&self, at: usize, row: &Row<'_>) -> bool {
        let passage = self.passage;
        let general = |word: &str| matches!(word, "number" | "toll" | "count" | "figure" | "عدد" | "حصيله");
        let thing = |at: usize| general(passage.word(at)) || self.column.is_named_by(passage.word(at));
        let between = row.named()..at;
        let is_it =
            row.named() < at && passage.has(between.clone(), &["is"]) && !passage.has(between, &[","]);
        is_it || (at + 1..at + 4).any(thing)
    }

    /// "Karm accounts for 45 per cent of the dead".
    fn share(&self, row: &Row<'_>) -> Option<Draft> {
        let passage = self.passage;
        let [(at, share)] = self.shares()[..] else { return None };
        // «شكّلت نصف الاعتقالات»: what it is of follows without a word.
        let of = passage.has(at + 1..at + 3, &["of", "min"])
            || passage.atoms.get(at + 1).is_some_and(|next| next.word.starts_with("ال"))
            || passage.atoms.get(at + 1).is_some_and(|next| matches!(next.word.as_str(), "ال" | "هذه"));
        let tied = passage.has(at.saturating_sub(3)..at, &["is"]) && of;
        let alone = passage.counts(self.within.clone()).is_empty() && !is_change(passage, at);
        let total = self.column.total();
        let computed = row.number.bounds.over(total).times(100.0);
        if !tied || !alone || computed.meets(share.bounds) {
            return None;
        }
        let explain = format!(
            "{} of {} is {} %, not {} %",
            shown(row.number.stated),
            shown(total.low),
            shown(computed.low),
            shown(share.stated)
        );
        Some(Draft::over(Kind::Percentage, &[share], share.stated, computed.low, explain))
    }

    fn shares(&self) -> Vec<(usize, &'s Amount)> {
        let share = |at: usize| match &self.passage.atoms[at].item {
            Item::Share(share) => Some((at, share)),
            _ => None,
        };
        self.within.clone().filter_map(share).collect()
    }

    /// "Old Kiln was struck with 16 shells", where its row has 61: a row's number said again, a slip of the pen away.
    fn told_again(&self, row: &Row<'_>) -> Option<Draft> {
        let counts = self.counts();
        let [(at, stated)] = counts.as_slice() else { return None };
        let named =
            self.column.is_named_by(&stated.word) || self.column.is_named_by(self.passage.word(at + 2));
        let elsewhere = [
            "ago", "up", "down", "from", "prior", "more", "fewer", "diff", "by", "them", "of", "M", "nor",
            "R",
        ];
        // «كان حي الطاحون …»: the verb that opens a sentence.
        let own = |at: &usize| row.name.contains(at) || self.passage.word(*at).starts_with("كان");
        let mut before = (self.within.start..*at).filter(|at| !own(at));
        let other = before.any(|at| elsewhere.contains(&self.passage.symbol(at)))
            || self.passage.has(at + 1..at + 4, &["more", "fewer", "of", "them", "R"]);
        let (said, own) = (stated.stated, row.number.stated);
        let cell = self.column.numbers().any(|one| stated.bounds.meets(Bounds::exactly(one)));
        let rest = self.column.total().minus(row.number.bounds);
        let explained = cell || stated.bounds.meets(self.column.total()) || stated.bounds.meets(rest);
        let slip =
            is_slip(said, own) && said.min(own) >= TELLING && said.max(own) < said.min(own) * 2.0 * FAR;
        // "36 in May": of another time than the table's.
        let dated = self.has(&["M", "T", "t", "dayname"]);
        if !named || other || dated || explained || !slip || !stated.bounds.is_exact() {
            return None;
        }
        let explain = format!("its row has {}, not {}", shown(own), shown(said));
        Some(Draft::over(Kind::Table, &[stated], said, own, explain))
    }

    /// "Karm lost 23 houses more than Sahl".
    fn apart(&self, one: &Row<'_>, other: &Row<'_>) -> Option<Draft> {
        let counts = self.passage.counts(self.within.clone());
        let [(at, stated)] = counts.as_slice() else { return None };
        let by = self.passage.has(at.saturating_sub(3).max(self.within.start)..*at, &["by", "diff"])
            || self.passage.has(at + 1..at + 4, &["more", "fewer"]);
        let (high, low) =
            (one.number.stated.max(other.number.stated), one.number.stated.min(other.number.stated));
        let apart = high - low;
        let cells = [high, low].contains(&stated.stated);
        let near = stated.stated < apart * FAR && apart < stated.stated * FAR;
        if !by || cells || !near || stated.is_vague() || stated.bounds.meets(Bounds::exactly(apart)) {
            return None;
        }
        let explain =
            format!("{} - {} = {}, not {}", shown(high), shown(low), shown(apart), shown(stated.stated));
        Some(Draft::over(Kind::Difference, &[stated], stated.stated, apart, explain))
    }

    /// "In four of the five districts more than 50 houses burned", «تجاوز الدمار النصف في أربعة مرافق منها»: how many rows
    /// lie beyond a number that some do and some do not.
    fn rows_beyond(&self) -> Option<Draft> {
        let all = self.column.rows.len() as f64;
        let numbers: Vec<(usize, &Amount)> =
            if self.column.of_shares { self.shares() } else { self.passage.counts(self.within.clone()) };
        let beyond = |at: usize, limit: &Amount| self.is_beyond(at).or_else(|| is_open(limit));
        let mut limits =
            numbers.into_iter().filter_map(|(at, limit)| Some((at, limit.stated, beyond(at, limit)?)));
        let (limit_at, limit, above) = limits.next().filter(|_| limits.next().is_none())?;
        let mut counts = self.counts();
        counts.retain(|(at, count)| *at != limit_at && count.stated < all && count.bounds.is_exact());
        let [(at, stated)] = counts.as_slice() else { return None };
        let of_rows = self.passage.has(at + 1..(at + 5).min(self.within.end), &["of", "min", "them"])
            || self.passage.symbol_before(*at) == "in";
        let within = |open: bool| {
            let is = |one: f64| {
                if above {
                    one > limit || !open && one == limit
                } else {
                    one < limit || !open && one == limit
                }
            };
            self.column.numbers().filter(|one| is(*one)).count() as f64
        };
        let ways = [within(true), within(false)];
        let telling = ways.iter().all(|way| *way > 0.0 && *way < all);
        if !of_rows || !telling || ways.contains(&stated.stated) || self.has(&["nor", "R", "M"]) {
            return None;
        }
        let side = if above { "above" } else { "below" };
        let explain =
            format!("{} rows lie {side} {}, not {}", shown(ways[0]), shown(limit), shown(stated.stated));
        Some(Draft::over(Kind::Table, &[stated], stated.stated, ways[0], explain))
    }

    /// Whether the words before a number say that something lies above it, or below it: "exceeded half".
    fn is_beyond(&self, at: usize) -> Option<bool> {
        let start = at.saturating_sub(5).max(self.within.start);
        (start..at).rev().find_map(|at| match self.passage.word(at) {
            "exceeded" | "exceeds" | "above" | "topped" | "passed" | "تجاوز" | "تجاوزت" | "فاق" | "فاقت"
            | "يتجاوز" => Some(true),
            "below" | "under" | "دون" => Some(false),
            _ => None,
        })
    }
}

/// Whether a number is open above or below: "more than 50".
fn is_open(limit: &Amount) -> Option<bool> {
    match limit.bounds {
        bounds if bounds.high.is_infinite() => Some(true),
        bounds if bounds.low <= 0.0 && limit.stated > 0.0 => Some(false),
        _ => None,
    }
}

/// What a word says of all rows: "deadliest", "the most", «أكبر عدد»; not "most of" nor «أكثر من».
fn superlative(passage: &Passage, at: usize) -> Option<Statistic> {
    let word = passage.word(at);
    let of = matches!(passage.symbol(at + 1), "of" | "min" | "them" | "than" | "the");
    match word {
        "most" | "اكثر" if !of && passage.count_at(at).is_none() => Some(Statistic::Greatest),
        _ => Lexicon::get().statistic(word).filter(|_| passage.symbol(at + 1) != "min"),
    }
}
