//! Cells of a list that say something of a person and cannot be read: an age that is none, a day that is none.
//!
//! The row is a person all the same, and the cell stays in the document as it stands.

use sijil_model::fold::fold;

use super::{ListRow, day_of_list, read_age};

/// What a cell was read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Expected {
    /// How old somebody was.
    Age,
    /// A day of birth or of death, or its month or year.
    Day,
}

impl Expected {
    /// What such a column holds, by the code of its field; none where any text will do.
    pub fn of_field(field: &str) -> Option<Self> {
        match field {
            "age" => Some(Expected::Age),
            "date" | "dob" | "date_of_birth" | "birth_date" => Some(Expected::Day),
            _ => None,
        }
    }

    /// Whether `cell` can be read as this, is empty, or says that nobody knows («غير معروف», "n/a", "-").
    pub fn reads(self, cell: &str) -> bool {
        let cell = cell.trim();
        says_nothing(cell)
            || match self {
                Expected::Age => read_age(cell).is_some(),
                Expected::Day => day_of_list(cell).is_some(),
            }
    }
}

/// The columns of a row, from 0, whose cells are not what the column is of; `fields` as for
/// [`people_of_list`](super::people_of_list).
pub fn unread_in_row<'a>(
    fields: &'a [Option<&str>],
    row: &'a ListRow<'_>,
) -> impl Iterator<Item = (usize, Expected)> + 'a {
    let cells = fields.iter().zip(&row.cells).enumerate();
    cells.filter_map(|(column, (field, cell))| {
        let expected = Expected::of_field((*field)?)?;
        (!expected.reads(cell)).then_some((column, expected))
    })
}

/// Whether a cell is empty, or stands for what nobody knows.
fn says_nothing(cell: &str) -> bool {
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
            assert_eq!(unread_in_row(&fields, &row).next().is_none(), reads, "{field}: {cell}");
        }
    }

    #[test]
    fn columns_of_words_hold_any_words() {
        let row = ListRow { number: 1, cells: vec!["340", "2031-13-45", "-5"] };
        assert_eq!(unread_in_row(&[Some("name"), Some("place"), None], &row).count(), 0);
    }
}
