//! Whether a column writes the day or the month first: 03/04/2031 alone does not tell, the column's other days may.

use std::borrow::Cow;

use sijil_model::date::Edtf;
use sijil_model::fold::digit;

use super::day_of_list;

/// In a column of which so many days tell one order and one the other, that one is a slip of the pen.
const SLIPS: usize = 20;

/// In which order a column writes day and month, by those of its days that can be read in one way only.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DayOrder {
    /// 17/05/2031; also where no day is written in figures with its year last.
    #[default]
    DayFirst,
    /// 05/17/2031.
    MonthFirst,
    /// None of its days tells; the day is read first, and that is to be said.
    Unsaid,
    /// Some of its days have the day first and some the month: a day that may be either is not read.
    Contradictory,
}

impl DayOrder {
    /// The order of a column's cells.
    pub fn of_column<'c>(cells: impl Iterator<Item = &'c str>) -> DayOrder {
        let (mut days, mut months, mut either) = (0_usize, 0_usize, false);
        for cell in cells {
            match told(cell) {
                Some(DayOrder::DayFirst) => days += 1,
                Some(DayOrder::MonthFirst) => months += 1,
                _ => either |= may_be_either(cell),
            }
        }
        if days == 0 && months == 0 {
            if either { DayOrder::Unsaid } else { DayOrder::DayFirst }
        } else if days >= months * SLIPS {
            DayOrder::DayFirst
        } else if months >= days * SLIPS {
            DayOrder::MonthFirst
        } else {
            DayOrder::Contradictory
        }
    }

    /// Whether a cell can only be read in the other order than its column's.
    pub fn is_against(self, cell: &str) -> bool {
        matches!(self, DayOrder::DayFirst | DayOrder::MonthFirst)
            && told(cell).is_some_and(|order| order != self)
    }

    /// A cell of the column in the form in which one cell alone is read: `03/04/2031` of a column with the month first as
    /// `2031-03-04`; none where nobody can tell the day from the month.
    pub fn written(self, cell: &str) -> Option<Cow<'_, str>> {
        match in_figures(cell) {
            Some((month, day, year)) if self == DayOrder::MonthFirst && !self.is_against(cell) => {
                Some(Cow::Owned(format!("{year:04}-{month:02}-{day:02}")))
            }
            Some(_) if self == DayOrder::Contradictory && may_be_either(cell) => None,
            _ => Some(Cow::Borrowed(cell)),
        }
    }

    /// Whether a cell of the column was read with the day first although nothing tells that it has it first.
    pub fn is_assumed(self, cell: &str) -> bool {
        self == DayOrder::Unsaid && may_be_either(cell)
    }

    /// The day of a cell of the column; none where it is no date, or may be one of two.
    pub fn day(self, cell: &str) -> Option<Edtf> {
        day_of_list(&self.written(cell)?)
    }
}

/// The order that a cell alone tells: 17/05/2031 has the day first.
fn told(cell: &str) -> Option<DayOrder> {
    let (first, second, _) = in_figures(cell)?;
    match (first > 12, second > 12) {
        (true, false) => Some(DayOrder::DayFirst),
        (false, true) => Some(DayOrder::MonthFirst),
        _ => None,
    }
}

/// Whether a cell is a day that may be read in either order, to different days.
pub fn may_be_either(cell: &str) -> bool {
    in_figures(cell).is_some_and(|(first, second, _)| first != second && first <= 12 && second <= 12)
}

/// Two numbers and a year, as in `3/4/2031`, `٠٣-٠٤-٢٠٣١` or `03.04.2031 10:30`.
fn in_figures(cell: &str) -> Option<(u32, u32, u32)> {
    let date = cell.trim().split([' ', 'T']).next()?;
    let mut parts = date.split(['/', '-', '.']);
    let mut number = |digits: std::ops::RangeInclusive<usize>| {
        let part = parts.next()?;
        let number = part.chars().try_fold(0, |sum, letter| Some(sum * 10 + digit(letter)?))?;
        digits.contains(&part.chars().count()).then_some(number)
    };
    let read = (number(1..=2)?, number(1..=2)?, number(4..=4)?);
    parts.next().is_none().then_some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str]) -> (DayOrder, Vec<Option<String>>) {
        let order = DayOrder::of_column(cells.iter().copied());
        (order, cells.iter().map(|cell| order.day(cell).map(|day| day.to_string())).collect())
    }

    #[test]
    fn a_column_is_read_in_the_order_that_its_own_days_tell() {
        let days = |days: &[&str]| days.iter().map(|day| Some((*day).to_owned())).collect::<Vec<_>>();
        assert_eq!(
            read(&["03/04/2031", "12/31/2030", "04/13/2031"]),
            (DayOrder::MonthFirst, days(&["2031-03-04", "2030-12-31", "2031-04-13"]))
        );
        assert_eq!(
            read(&["٠٣/٠٤/٢٠٣١", "٣١/١٢/٢٠٣٠"]),
            (DayOrder::DayFirst, days(&["2031-04-03", "2030-12-31"]))
        );
        assert_eq!(read(&["03/04/2031", "5 May 2031"]).0, DayOrder::Unsaid);
        assert_eq!(read(&["03/04/2031"]).1, days(&["2031-04-03"]));
        assert_eq!(read(&["2031-03-04", "3/3/2031", ""]).0, DayOrder::DayFirst);
    }

    #[test]
    fn where_days_contradict_each_other_one_that_may_be_either_is_not_read() {
        let (order, days) = read(&["03/04/2031", "12/31/2030", "13.04.2031", "4/4/2031"]);
        assert_eq!(order, DayOrder::Contradictory);
        assert_eq!(days.iter().map(Option::is_some).collect::<Vec<_>>(), [false, true, true, true]);
        // One among many is a slip of the pen.
        let mut cells = vec!["17/05/2031"; 20];
        cells.extend(["12/31/2030", "03/04/2031"]);
        let (order, days) = read(&cells);
        assert_eq!((order, days[21].as_deref()), (DayOrder::DayFirst, Some("2031-04-03")));
        assert!(order.is_against(cells[20]) && !order.is_against(cells[21]));
    }
}
