//! Small numbers of the living: which numbers would single somebody out, alone or by subtraction (codebook, k ≥ 3).
//!
//! The one place that decides it, for releases and for reports. A number is told by its ends; an end of one or two tells
//! of one or two people, whether or not there may be more.

use std::collections::BTreeMap;

use sijil_count::{By, CasualtyRow, Figure, Record, Row, Tally};
use sijil_model::codebook::{Class, Harm, Status};
use sijil_model::{Coded, Interval, Upper};

/// Tables of the living show no number that is smaller than this.
pub const SMALLEST_CELL: u64 = 3;

/// Classes that together are everybody, and of which nobody is in two.
const APART: [Class; 3] = [Class::Men, Class::Women, Class::Children];

/// The numbers with which an interval or a sum is printed: the least, the highest reported, the most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ends([Option<u64>; 3]);

impl Ends {
    fn of(min: Option<u64>, highest_reported: Option<u64>, max: Upper) -> Self {
        let most = if let Upper::Known(most) = max { Some(most) } else { None };
        Self([min, highest_reported, most])
    }

    /// Whether one of them tells of one or two people.
    pub fn are_few(self) -> bool {
        self.0.into_iter().flatten().any(|end| (1..SMALLEST_CELL).contains(&end))
    }

    /// What is left of these when others are taken away, end by end.
    fn less(self, others: Self) -> Self {
        self.with(others, u64::abs_diff)
    }

    fn plus(self, others: Self) -> Self {
        let sum = self.with(others, u64::saturating_add);
        Self([0, 1, 2].map(|end| sum.0[end].or(self.0[end]).or(others.0[end])))
    }

    fn with(self, others: Self, does: impl Fn(u64, u64) -> u64) -> Self {
        Self([0, 1, 2].map(|end| Some(does(self.0[end]?, others.0[end]?))))
    }

    /// Whether these, or what is left of a total without them, are few.
    fn tell_beside(self, total: Self) -> bool {
        self.are_few() || total.less(self).are_few()
    }

    fn size(self) -> u64 {
        self.0.into_iter().flatten().max().unwrap_or(0)
    }
}

impl From<Interval> for Ends {
    fn from(interval: Interval) -> Self {
        Self::of(interval.min(), interval.highest_reported(), interval.max())
    }
}

impl From<&Tally> for Ends {
    fn from(tally: &Tally) -> Self {
        Self::of(tally.min, tally.highest_reported, tally.max)
    }
}

/// Whether a harm leaves people alive, whose small numbers are kept back.
pub fn is_of_living(harm: Harm) -> bool {
    harm != Harm::Killed
}

/// Whether a number of people harmed so is too small to be shown.
pub fn is_small(harm: Harm, number: impl Into<Ends>) -> bool {
    is_of_living(harm) && number.into().are_few()
}

/// Which records of a figure are not shown one by one; `kept` says of each whether its incident keeps that number back.
pub fn records_kept_back(figure: &Figure, kept: Vec<bool>) -> Vec<bool> {
    let line = |record: &Record| {
        let ends = Ends::of(record.min, record.highest_reported, record.max);
        if figure.question.keeps_apart(record.membership) {
            [Ends::default(), ends]
        } else {
            [ends, Ends::default()]
        }
    };
    kept_back_in(figure, &figure.records.iter().map(line).collect::<Vec<_>>(), kept)
}

/// Which rows of a figure are not shown one by one. Classes are shown all or none.
pub fn rows_kept_back(figure: &Figure) -> Vec<bool> {
    let lines: Vec<[Ends; 2]> =
        figure.rows.iter().map(|row| [(&row.inside).into(), (&row.possibly_inside).into()]).collect();
    let totals = totals(figure);
    let class = |row: &Row| row.key.get(&By::Class)?.as_deref().and_then(|code| Class::from_code(code).ok());
    let classes = |column: usize| -> Vec<(Class, Ends)> {
        figure.rows.iter().zip(&lines).filter_map(|(row, line)| Some((class(row)?, line[column]))).collect()
    };
    let by_class = figure.question.by == [By::Class];
    let tell = by_class && [0, 1].into_iter().any(|column| classes_tell(totals[column], &classes(column)));
    kept_back_in(figure, &lines, vec![tell; lines.len()])
}

fn totals(figure: &Figure) -> [Ends; 2] {
    [(&figure.inside).into(), (&figure.possibly_inside).into()]
}

fn kept_back_in(figure: &Figure, lines: &[[Ends; 2]], kept: Vec<bool>) -> Vec<bool> {
    if is_of_living(figure.question.harm) {
        kept_back(totals(figure), lines, kept)
    } else {
        vec![false; lines.len()]
    }
}

/// Which lines of a table of the living are kept back, each line with what is certainly and what is possibly in it, of
/// totals that are shown: those that are few, those that leave few of a total, those `kept` for another reason, and as
/// many of the smallest others as it takes that what is kept back in a column is neither one number alone nor few.
fn kept_back(totals: [Ends; 2], lines: &[[Ends; 2]], mut kept: Vec<bool>) -> Vec<bool> {
    for (line, kept) in lines.iter().zip(&mut kept) {
        *kept |= line.iter().zip(totals).any(|(ends, total)| ends.tell_beside(total));
    }
    for column in [0, 1] {
        while is_exposed(lines, &kept, column) {
            let shown = (0..lines.len()).filter(|at| !kept[*at] && lines[*at][column].size() > 0);
            let Some(smallest) = shown.min_by_key(|at| lines[*at][column].size()) else { break };
            kept[smallest] = true;
        }
    }
    kept
}

/// Whether what is kept back in a column could be had by subtraction.
fn is_exposed(lines: &[[Ends; 2]], kept: &[bool], column: usize) -> bool {
    let here = lines.iter().zip(kept).filter(|(_, kept)| **kept).map(|(line, _)| line[column]);
    let here: Vec<Ends> = here.filter(|ends| ends.size() > 0).collect();
    let together = here.iter().fold(Ends::default(), |sum, ends| sum.plus(*ends));
    here.len() == 1 || together.are_few()
}

/// Whether classes beside their total tell of few: by themselves, by what the total leaves of one, or by what it leaves of
/// men, women and children together.
fn classes_tell(total: Ends, classes: &[(Class, Ends)]) -> bool {
    let apart = classes.iter().filter(|(class, _)| APART.contains(class));
    let together = apart.fold(Ends::default(), |sum, (_, ends)| sum.plus(*ends));
    total.less(together).are_few() || classes.iter().any(|(_, ends)| ends.tell_beside(total))
}

/// Of whom a number of an incident is.
pub type Of = (Harm, Class, Option<Status>);

/// How much of one harm's numbers is kept back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kept {
    Nothing,
    /// Classes and statuses: all or none, since each can be had from the others.
    Parts,
    All,
}

/// Which numbers of the living of one incident are kept back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeptBack(BTreeMap<Harm, Kept>);

impl KeptBack {
    /// What of an incident's rows must be kept back.
    pub fn of_rows(rows: &[CasualtyRow]) -> Self {
        let cell = |row: &CasualtyRow| ((row.harm, row.class, row.status), row.interval.into());
        Self::of(&rows.iter().map(cell).collect())
    }

    /// What of an incident's numbers must be kept back. Who was killed or injured is shown no further than who was injured.
    fn of(cells: &BTreeMap<Of, Ends>) -> Self {
        let injured = kept_of(Harm::Injured, cells);
        let either = kept_of(Harm::KilledOrInjured, cells).max(injured);
        let others = [Harm::Missing, Harm::Detained].map(|harm| (harm, kept_of(harm, cells)));
        let all = others.into_iter().chain([(Harm::Injured, injured), (Harm::KilledOrInjured, either)]);
        Self(all.filter(|(_, kept)| *kept > Kept::Nothing).collect())
    }

    /// Whether a number is kept back.
    pub fn holds(&self, (harm, class, status): Of) -> bool {
        self.0.get(&harm).is_some_and(|kept| *kept == Kept::All || !is_total(class, status))
    }

    /// Whether classes and statuses of a harm are kept back.
    pub fn holds_parts(&self, harm: Harm) -> bool {
        self.0.contains_key(&harm)
    }

    /// The harms of which something is kept back.
    pub fn harms(&self) -> impl Iterator<Item = Harm> {
        self.0.keys().copied()
    }
}

fn is_total(class: Class, status: Option<Status>) -> bool {
    class == Class::Total && status.is_none()
}

fn kept_of(harm: Harm, cells: &BTreeMap<Of, Ends>) -> Kept {
    let total = cells.get(&(harm, Class::Total, None)).copied().unwrap_or_default();
    let tells_of_injured = |class: Class, status: Option<Status>, ends: Ends| {
        let killed = cells.get(&(Harm::Killed, class, status)).copied().unwrap_or_default();
        harm == Harm::KilledOrInjured && ends.less(killed).are_few()
    };
    if total.are_few() || tells_of_injured(Class::Total, None, total) {
        return Kept::All;
    }
    let parts = cells.iter().filter(|((of, class, status), _)| *of == harm && !is_total(*class, *status));
    let parts: Vec<(Class, Option<Status>, Ends)> =
        parts.map(|((_, class, status), ends)| (*class, *status, *ends)).collect();
    let classes: Vec<(Class, Ends)> =
        parts.iter().filter(|part| part.1.is_none()).map(|part| (part.0, part.2)).collect();
    let tell = classes_tell(total, &classes)
        || parts.iter().any(|part| part.2.tell_beside(total) || tells_of_injured(part.0, part.1, part.2));
    if tell { Kept::Parts } else { Kept::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exactly(number: u64) -> Ends {
        Interval::exactly(number).into()
    }

    const NONE: Ends = Ends([None; 3]);

    #[test]
    fn an_open_end_hides_nobody() {
        assert!(Ends::from(Interval::at_least(1)).are_few());
        assert!(Ends::from(Interval::new(Some(0), None, Upper::Known(2)).unwrap()).are_few());
        assert!(!Ends::from(Interval::at_least(3)).are_few() && !exactly(0).are_few());
    }

    #[test]
    fn what_is_kept_back_cannot_be_had_by_subtraction() {
        let line = |number: u64| [exactly(number), NONE];
        let total = |number: u64| [exactly(number), NONE];
        let kept_back = |totals, lines: &[[Ends; 2]]| kept_back(totals, lines, vec![false; lines.len()]);
        assert_eq!(kept_back(total(27), &[line(20), line(5), line(2)]), [false, true, true]);
        // One and one are two together: a third number joins them.
        assert_eq!(kept_back(total(27), &[line(20), line(5), line(1), line(1)]), [false, true, true, true]);
        // A number of nobody hides nobody.
        assert_eq!(kept_back(total(22), &[line(20), line(0), line(2)]), [true, false, true]);
        assert_eq!(kept_back(total(25), &[line(20), line(5)]), [false, false]);
    }

    /// One certainly and one possibly inside are no pair: their sums are shown apart.
    #[test]
    fn each_column_is_kept_back_by_itself() {
        let lines = [[exactly(2), NONE], [NONE, exactly(1)], [exactly(9), NONE], [NONE, exactly(7)]];
        assert_eq!(kept_back([exactly(11), exactly(8)], &lines, vec![false; 4]), [true; 4]);
    }

    fn cells(rows: &[(Harm, Class, u64)]) -> BTreeMap<Of, Ends> {
        rows.iter().map(|(harm, class, number)| ((*harm, *class, None), exactly(*number))).collect()
    }

    fn shown(rows: &[(Harm, Class, u64)]) -> Vec<(Harm, Class)> {
        let (cells, kept) = (cells(rows), KeptBack::of(&cells(rows)));
        cells.keys().filter(|of| !kept.holds(**of)).map(|of| (of.0, of.1)).collect()
    }

    #[test]
    fn a_class_beside_its_total_tells_of_the_rest() {
        use Harm::{Injured, Killed, KilledOrInjured};
        let total = (Injured, Class::Total);
        for classes in [
            vec![(Injured, Class::Boys, 1)],
            vec![(Injured, Class::Children, 9)],
            vec![(Injured, Class::Children, 3), (Injured, Class::Women, 3), (Injured, Class::Men, 3)],
        ] {
            let rows = [vec![(Injured, Class::Total, 10)], classes].concat();
            assert_eq!(shown(&rows), [total], "{rows:?}");
        }
        let rows = [(Injured, Class::Total, 10), (Injured, Class::Children, 4)];
        assert_eq!(shown(&rows), [total, (Injured, Class::Children)]);
        // Two injured are eight killed or injured less six killed.
        let rows =
            [(Killed, Class::Total, 6), (Injured, Class::Total, 2), (KilledOrInjured, Class::Total, 8)];
        assert_eq!(shown(&rows), [(Killed, Class::Total)]);
    }
}
