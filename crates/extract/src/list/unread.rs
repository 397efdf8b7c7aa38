//! Cells of a list that cannot be read or cannot be so: an age that is none, a day that is none or came later.
//!
//! The row is a person all the same, and the cell stays in the document as it stands.

use sijil_model::Day;
use sijil_model::fold::fold;

use super::{BIRTH, DATE, FATE, ListColumns, ListRow, is_standing, may_be_either, read_age, read_fate};

/// Why a cell of a list is to be looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// It should be an age and is none.
    NoAge,
    /// It should be a day, or its month or year, and is none.
    NoDay,
    /// It may be a day and month or a month and day, and the column's other days contradict each other.
    TwoDays,
    /// It may be either too, none of the column tells, and the day was read first.
    DayFirst,
    /// It can only be read in the other order than the column's other days.
    OtherOrder,
    /// It should say what became of somebody, and says nothing that is known here.
    NoFate,
    /// The day is after the last that the list can tell of.
    InFuture,
    /// The birth is after the day on which the person was harmed.
    BornAfter,
}

impl Doubt {
    /// Whether nothing was taken from the cell; otherwise it was taken as it stands.
    pub fn is_unread(self) -> bool {
        matches!(self, Doubt::NoAge | Doubt::NoDay | Doubt::TwoDays | Doubt::NoFate)
    }
}

/// Whether cells of this field are looked at; any text will do in others.
pub fn is_looked_at(field: &str) -> bool {
    field == AGE || field == FATE || field == DATE || BIRTH.contains(&field)
}

const AGE: &str = "age";

/// The columns of a row, from 0, whose cells are to be looked at again; `columns` as for
/// [`people_of_list`](super::people_of_list), `last_told` the last day that the list can tell of.
///
/// A cell that is empty or says that nobody knows («غير معروف», "n/a", "-") is none of them, but for an empty one in a
/// column of fates.
pub fn doubts_in_row(columns: &ListColumns<'_>, row: &ListRow<'_>, last_told: Day) -> Vec<(usize, Doubt)> {
    let mut doubts = Vec::new();
    let mut days = Vec::new();
    for (column, cell) in row.cells.iter().enumerate() {
        let Some(known) = columns.of(column).filter(|known| is_looked_at(known.field)) else { continue };
        let field = known.field;
        if field == FATE {
            let is_unread = known.is_of_fates && !says_a_fate(cell);
            doubts.extend(is_unread.then_some((column, Doubt::NoFate)));
            continue;
        }
        if says_nothing(cell) {
            continue;
        }
        if field == AGE {
            doubts.extend(read_age(cell).is_none().then_some((column, Doubt::NoAge)));
            continue;
        }
        match known.order.day(cell) {
            None if may_be_either(cell) => doubts.push((column, Doubt::TwoDays)),
            None => doubts.push((column, Doubt::NoDay)),
            Some(day) => days.push((column, field, day.bounds())),
        }
        if known.order.is_assumed(cell) {
            doubts.push((column, Doubt::DayFirst));
        } else if known.order.is_against(cell) {
            doubts.push((column, Doubt::OtherOrder));
        }
    }
    let last = days.iter().filter(|(_, field, _)| *field == DATE).find_map(|(_, _, day)| day.latest);
    for (column, field, day) in &days {
        let starts = |after: Day| day.earliest.is_some_and(|first| first > after);
        if starts(last_told) {
            doubts.push((*column, Doubt::InFuture));
        } else if *field != DATE && last.is_some_and(starts) {
            doubts.push((*column, Doubt::BornAfter));
        }
    }
    doubts
}

/// Whether a cell of fates says one, or that nobody knows it; of one who is only called a civilian or fighter it is that
/// of the list.
fn says_a_fate(cell: &str) -> bool {
    let nobody_knows = !cell.trim().is_empty() && says_nothing(cell);
    nobody_knows || is_standing(cell) || read_fate(cell).is_some()
}

/// Whether a cell is empty, or stands for what nobody knows.
pub fn says_nothing(cell: &str) -> bool {
    let folded = fold(cell);
    let words = folded.trim_matches(|letter: char| !letter.is_alphanumeric());
    matches!(
        words,
        "" | "na"
            | "n/a"
            | "n a"
            | "nan"
            | "null"
            | "none"
            | "not known"
            | "not available"
            | "unknown"
            | "undated"
            | "غير معروف"
            | "غير معروفه"
            | "غير محدد"
            | "غير محدده"
            | "غير متوفر"
            | "غير متوفره"
            | "لا يعرف"
            | "لا يوجد"
            | "مجهول"
            | "مجهوله"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = Day::constant(2031, 11, 30);

    /// What is to be looked at in rows of these fields.
    fn doubts(fields: &[&str], rows: &[&[&'static str]]) -> Vec<(usize, Doubt)> {
        let fields: Vec<Option<&str>> = fields.iter().copied().map(Some).collect();
        let columns = ListColumns::new(&fields, |column| rows.iter().map(move |cells| cells[column]));
        let rows = rows.iter().map(|cells| ListRow { number: 1, cells: cells.to_vec() });
        rows.flat_map(|row| doubts_in_row(&columns, &row, TODAY)).collect()
    }

    #[test]
    fn what_cannot_be_read_is_told_and_what_nobody_knows_is_not() {
        for (field, cell, reads) in [
            ("age", "34", true),
            ("age", "٨ شهور", true),
            ("age", "", true),
            ("age", "غير معروف", true),
            ("age", "N/A", true),
            ("age", "-", true),
            ("age", "?", true),
            ("age", "340", false),
            ("age", "-5", false),
            ("age", "Lina", false),
            ("age", "40 months", false),
            ("date", "٥ أيار ٢٠٣١", true),
            ("date", "2031", true),
            ("date", "unknown", true),
            ("date", "2031-13-45", false),
            ("date", "31/02/2031", false),
            ("date", "قبل الفجر", false),
            ("dob", "2031-02-30", false),
        ] {
            assert_eq!(doubts(&["name", field], &[&["x", cell]]).is_empty(), reads, "{field}: {cell}");
        }
    }

    #[test]
    fn days_that_cannot_be_are_told_where_no_reading_of_them_can() {
        for (born, died, expected) in [
            ("2029-06-07", "2031-05-17", vec![]),
            ("2031", "2031-05-17", vec![]),
            ("2031-05-18", "2031-05-17", vec![(0, Doubt::BornAfter)]),
            ("١٨ أيار ٢٠٣١", "2031-05", vec![]),
            ("2031-06-01", "2031-05", vec![(0, Doubt::BornAfter)]),
            ("2031-06-01", "غير معروف", vec![]),
            ("2029", "2041-05-17", vec![(1, Doubt::InFuture)]),
            ("2041", "2031-05-17", vec![(0, Doubt::InFuture)]),
        ] {
            assert_eq!(doubts(&["dob", "date"], &[&[born, died]]), expected, "{born}, {died}");
        }
    }

    #[test]
    fn columns_of_words_hold_any_words() {
        assert!(doubts(&["name", "place", "note"], &[&["340", "2031-13-45", "-5"]]).is_empty());
    }

    #[test]
    fn days_whose_order_nobody_tells_are_told() {
        let of = |cells: &[&'static str]| {
            let rows: Vec<Vec<&str>> = cells.iter().map(|cell| vec![*cell]).collect();
            doubts(&["date"], &rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
        };
        assert_eq!(of(&["03/04/2031", "12/31/2030"]), []);
        assert_eq!(of(&["03/04/2031", "2030-12-31"]), [(0, Doubt::DayFirst)]);
        assert_eq!(of(&["03/04/2031", "12/31/2030", "٣١/١٢/٢٠٣٠"]), [(0, Doubt::TwoDays)]);
    }

    #[test]
    fn a_column_of_fates_that_says_none_is_told() {
        let of = |cells: &[&'static str]| {
            let rows: Vec<Vec<&str>> = cells.iter().map(|cell| vec![*cell]).collect();
            doubts(&["status"], &rows.iter().map(Vec::as_slice).collect::<Vec<_>>()).len()
        };
        assert_eq!(of(&["killed", "", "unknown", "لم يقتل", "civilian"]), 2);
        assert_eq!(of(&["civilian", "", "fighter"]), 0);
    }
}
