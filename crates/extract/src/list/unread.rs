//! Cells of a list that cannot be read or cannot be so: an age that is none, a day that is none or came later.
//!
//! The row is a person all the same, and the cell stays in the document as it stands.

use sijil_model::Day;
use sijil_model::fold::fold;

use super::{ListRow, day_of_list, read_age};

/// Why a cell of a list is to be looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// It should be an age and is none.
    NoAge,
    /// It should be a day, or its month or year, and is none.
    NoDay,
    /// The day is after the last that the list can tell of.
    InFuture,
    /// The birth is after the day on which the person was harmed.
    BornAfter,
}

impl Doubt {
    /// Whether nothing was taken from the cell; otherwise it was taken as it stands.
    pub fn is_unread(self) -> bool {
        matches!(self, Doubt::NoAge | Doubt::NoDay)
    }
}

/// Whether cells of this field are looked at; any text will do in others.
pub fn is_looked_at(field: &str) -> bool {
    field == AGE || field == DATE || BIRTH.contains(&field)
}

const AGE: &str = "age";
const DATE: &str = "date";
const BIRTH: [&str; 3] = ["dob", "date_of_birth", "birth_date"];

/// The columns of a row, from 0, whose cells are to be looked at again; `fields` as for
/// [`people_of_list`](super::people_of_list), `last_told` the last day that the list can tell of.
///
/// A cell that is empty or says that nobody knows («غير معروف», "n/a", "-") is none of them.
pub fn doubts_in_row(fields: &[Option<&str>], row: &ListRow<'_>, last_told: Day) -> Vec<(usize, Doubt)> {
    let mut doubts = Vec::new();
    let mut days = Vec::new();
    for (column, (field, cell)) in fields.iter().zip(&row.cells).enumerate() {
        let Some(field) = field.filter(|field| is_looked_at(field)) else { continue };
        if says_nothing(cell) {
            continue;
        }
        if field == AGE {
            doubts.extend(read_age(cell).is_none().then_some((column, Doubt::NoAge)));
            continue;
        }
        match day_of_list(cell) {
            None => doubts.push((column, Doubt::NoDay)),
            Some(day) => days.push((column, field, day.bounds())),
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
            let (fields, row) = ([Some("name"), Some(field)], ListRow { number: 1, cells: vec!["x", cell] });
            assert_eq!(doubts_in_row(&fields, &row, TODAY).is_empty(), reads, "{field}: {cell}");
        }
    }

    #[test]
    fn days_that_cannot_be_are_told_where_no_reading_of_them_can() {
        for (born, died, doubts) in [
            ("2029-06-07", "2031-05-17", vec![]),
            ("2031", "2031-05-17", vec![]),
            ("2031-05-18", "2031-05-17", vec![(0, Doubt::BornAfter)]),
            ("١٨ أيار ٢٠٣١", "2031-05", vec![]),
            ("2031-06-01", "2031-05", vec![(0, Doubt::BornAfter)]),
            ("2031-06-01", "غير معروف", vec![]),
            ("2029", "2041-05-17", vec![(1, Doubt::InFuture)]),
            ("2041", "2031-05-17", vec![(0, Doubt::InFuture)]),
        ] {
            let row = ListRow { number: 1, cells: vec![born, died] };
            assert_eq!(doubts_in_row(&[Some("dob"), Some("date")], &row, TODAY), doubts, "{born}, {died}");
        }
    }

    #[test]
    fn columns_of_words_hold_any_words() {
        let row = ListRow { number: 1, cells: vec!["340", "2031-13-45", "-5"] };
        assert!(doubts_in_row(&[Some("name"), Some("place"), None], &row, TODAY).is_empty());
    }
}
