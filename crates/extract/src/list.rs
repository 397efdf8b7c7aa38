//! A list of people: one person claim a row, with the cells as spans.

use sijil_model::claim::{Known, ListedDetails, PersonSaid};
use sijil_model::codebook::{AgeClass, Fate, Sex, Status};
use sijil_model::date::Edtf;
use sijil_model::fold::fold;
use sijil_model::{Claim, Content, DocumentId, Quoted, Span};

mod fate;
mod order;
mod unread;

pub(crate) use fate::read_fate;
pub use order::DayOrder;
pub(crate) use order::may_be_either;
pub use unread::{Doubt, doubts_in_row, is_looked_at, says_nothing};

/// A row of a list: its number (from 1, the header not counted) and its cells as they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRow<'a> {
    /// The row's number.
    pub number: u32,
    /// The cells, one a column.
    pub cells: Vec<&'a str>,
}

/// What the columns of a list hold, and in which order they write days.
#[derive(Debug, Clone)]
pub struct ListColumns<'a> {
    columns: Vec<ListColumn<'a>>,
    full_name: FullName,
}

/// What a name, a father's, a grandfather's and a family name in cells of their own come to as one name, as printed; a
/// cell that says nothing is empty. The name alone where it holds the others already.
pub type FullName = fn(name: &str, father: &str, grandfather: &str, family: &str) -> String;

/// A column of a list: where it stands, which field of a person it holds, how it writes days, and whether it says fates.
#[derive(Debug, Clone, Copy)]
struct ListColumn<'a> {
    column: u16,
    field: &'a str,
    order: DayOrder,
    is_of_fates: bool,
}

impl<'a> ListColumns<'a> {
    /// Of what each column holds and of the cells of one, counted from 0: these tell in which order it writes days, and
    /// whether it is one of fates. Only some columns are asked for.
    pub fn new<'c, C: Iterator<Item = &'c str>>(
        fields: &[Option<&'a str>],
        cells: impl Fn(usize) -> C,
    ) -> Self {
        let columns = fields.iter().enumerate().filter_map(|(at, field)| {
            let field = (*field)?;
            let is_of_days = field == DATE || BIRTH.contains(&field);
            let order = if is_of_days { DayOrder::of_column(cells(at)) } else { DayOrder::default() };
            let is_of_fates =
                field == FATE && cells(at).any(|cell| !says_nothing(cell) && !is_standing(cell));
            Some(ListColumn { column: u16::try_from(at).ok()?, field, order, is_of_fates })
        });
        Self { columns: columns.collect(), full_name: |name, _, _, _| name.to_owned() }
    }

    /// Columns beside that of names taken into the name; without this they are not read where a column has whole names.
    #[must_use]
    pub fn with_full_names(self, full_name: FullName) -> Self {
        Self { full_name, ..self }
    }

    fn of(&self, column: usize) -> Option<&ListColumn<'a>> {
        self.columns.iter().find(|one| usize::from(one.column) == column)
    }
}

const FATE: &str = "status";
const DATE: &str = "date";
const BIRTH: [&str; 3] = ["birth_date", "date_of_birth", "dob"];

/// The people of a list, one claim a row.
///
/// `columns` says what each column holds: `name`, `name_ar`, `name_en`, `given`, `father`, `grandfather`, `family`,
/// `sex`, `age`, `date_of_birth` (or `dob`, `birth_date`), `date`, `place` (or `community`), `governorate`, `district`,
/// `status`, `id`; others are not read. What stands beside a whole name is taken into it by
/// [`ListColumns::with_full_names`]. The fate is that of a column of fates, and not known where that says none; without
/// one it is killed: a list is of the dead unless it says otherwise. A row without a name gives no claim. A claim's spans are the cells that it rests on, the name
/// first, with the verbatim text. Ages such as "8 months" or ٨ شهور become months.
pub fn people_of_list(document: &DocumentId, columns: &ListColumns<'_>, rows: &[ListRow<'_>]) -> Vec<Claim> {
    rows.iter().filter_map(|row| person(document, columns, row)).collect()
}

/// The day of a list's cell: 2031-05-17, 17/05/2031, "5 May 2031", ٥ أيار ٢٠٣١; a month or year alone is kept as such.
pub fn day_of_list(text: &str) -> Option<Edtf> {
    let text = text.trim();
    // "2031-05-17 00:00:00" and "2031-05-17T00:00" are days too.
    let head = text.get(..10).filter(|head| text.len() > 10 && head.as_bytes()[4] == b'-');
    if let Ok(edtf) = Edtf::new(head.unwrap_or(text)) {
        return Some(edtf);
    }
    crate::times::whole_date(text)
}

fn person(document: &DocumentId, list: &ListColumns<'_>, row: &ListRow<'_>) -> Option<Claim> {
    let columns = &list.columns;
    let ListRow { number, cells } = row;
    let cell = |fields: &[&str]| -> Option<(u16, &str)> {
        columns.iter().filter(|column| fields.contains(&column.field)).find_map(|column| {
            let text = cells.get(usize::from(column.column))?.trim();
            (!text.is_empty()).then_some((column.column, *cells.get(usize::from(column.column))?))
        })
    };
    let quoted = |(column, text): (u16, &str)| Quoted {
        span: Span::Cell { row: *number, column: Some(column) },
        quote: text.to_owned(),
    };
    let ListedName { full: name, printed, cells: parts } = name_of(list, cell);
    if name.is_empty() {
        return None;
    }
    let is_known = !says_that_nobody_knows(&name);
    let mut spans: Vec<Quoted> = parts.iter().copied().map(quoted).collect();
    let sex = cell(&["sex"]).and_then(|(column, text)| read_sex(text).map(|sex| (column, text, sex)));
    let age = cell(&["age"]).and_then(|(column, text)| read_age(text).map(|age| (column, text, age)));
    let status = cell(&["status"]);
    let said = status.and_then(|(column, text)| read_fate(text).map(|fate| (column, text, fate)));
    // «حالة» may say who somebody was; a column of fates that says nothing of one that is known says none.
    let is_of_fates = columns.iter().any(|column| column.is_of_fates);
    let fate = match (said, status) {
        (Some((_, _, fate)), _) => Some(fate),
        (None, Some((_, text))) if is_standing(text) => Some(Fate::Killed),
        (None, None) if !is_of_fates => Some(Fate::Killed),
        (None, _) => None,
    };
    spans.extend(age.iter().map(|(column, text, _)| quoted((*column, text))));
    spans.extend(sex.iter().map(|(column, text, _)| quoted((*column, text))));
    spans.extend(said.iter().map(|(column, text, _)| quoted((*column, text))));
    let text = |fields: &[&str]| cell(fields).map(|(_, text)| text.trim().to_owned());
    let day = |fields: &[&str]| {
        let (at, text) = cell(fields)?;
        let order = columns.iter().find(|column| column.column == at)?.order;
        order.written(text.trim()).map(std::borrow::Cow::into_owned)
    };
    let listed = ListedDetails {
        date: day(&[DATE]),
        birth_date: day(&BIRTH),
        place: text(&["place", "community", "district"]),
        governorate: text(&["governorate"]),
        list_id: text(&["id"]),
    };
    let (years, months) = age.map_or((None, None), |(_, _, age)| match age {
        ListedAge::Years(years) => (Some(years), None),
        ListedAge::Months(months) => (None, Some(months)),
    });
    let age_class = months.map(AgeClass::of_months).or(years.map(AgeClass::of_years));
    let child = matches!(age_class, Some(AgeClass::Infant | AgeClass::Child));
    let content = Content::Person(PersonSaid {
        name: is_known.then(|| name.clone()),
        name_as_printed: is_known.then_some(printed),
        sex: sex.map(|(_, _, sex)| Known::stated(sex)),
        age: years,
        age_months: months,
        age_class: age_class.map(|class| Known::inferred(class, "age")),
        fate,
        status: child.then(|| Known::inferred(Status::Civilian, "civilian-by-description")),
        role: None,
        listed: (listed != ListedDetails::default()).then_some(listed),
    });
    Some(Claim::new(document, spans, content))
}

/// Fields that belong to a name, in its order after the given name.
const AFTER_A_GIVEN_NAME: [&str; 3] = ["father", "grandfather", "family"];

/// Somebody's name in a row.
struct ListedName<'a> {
    /// In full, one space between its words.
    full: String,
    /// As its own cell prints it; in full where it stands in parts.
    printed: String,
    /// The cells that it rests on.
    cells: Vec<(u16, &'a str)>,
}

fn name_of<'a>(list: &ListColumns<'_>, cell: impl Fn(&[&str]) -> Option<(u16, &'a str)>) -> ListedName<'a> {
    let spaced = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ");
    let beside = AFTER_A_GIVEN_NAME.map(|field| cell(&[field]));
    let Some(whole) = cell(&["name", "name_ar", "name_en"]) else {
        let cells: Vec<(u16, &str)> =
            cell(&["given"]).into_iter().chain(beside.into_iter().flatten()).collect();
        let full = spaced(&cells.iter().map(|(_, text)| *text).collect::<Vec<_>>().join(" "));
        let printed = if let [(_, only)] = cells[..] { only.trim().to_owned() } else { full.clone() };
        return ListedName { full, printed, cells };
    };
    let beside = beside.map(|cell| cell.filter(|(_, text)| !says_nothing(text)));
    let [father, grandfather, family] = beside.map(|cell| cell.map_or("", |(_, text)| text));
    let full = spaced(&(list.full_name)(whole.1, father, grandfather, family));
    let others = beside.into_iter().flatten().filter(|_| full != spaced(whole.1));
    let cells = std::iter::once(whole).chain(others).collect();
    ListedName { full, printed: whole.1.trim().to_owned(), cells }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ListedAge {
    Years(u16),
    Months(u16),
}

/// "34", "34 years", "8 months", ٨ شهور, "0.5"; what is no age up to 130 is none.
fn read_age(text: &str) -> Option<ListedAge> {
    if text.trim_start().starts_with(['-', '−']) {
        return None;
    }
    let folded = fold(text);
    let mut words = folded.split(' ');
    let first = words.next()?;
    let digits: String = first.chars().take_while(char::is_ascii_digit).collect();
    let number: u16 = digits.parse().ok()?;
    let months = folded.contains("month")
        || folded.contains("شهر")
        || folded.contains("شهور")
        || folded.contains("اشهر");
    let days = folded.contains("day")
        || folded.contains("يوم")
        || folded.contains("ايام")
        || folded.contains("week")
        || folded.contains("اسبوع")
        || folded.contains("اسابيع");
    match (months, days) {
        (_, true) => Some(ListedAge::Months(0)),
        (true, _) if number <= 36 => Some(ListedAge::Months(number)),
        (true, _) => None,
        _ => (number <= 130).then_some(ListedAge::Years(number)),
    }
}

/// «مجهول الهوية», "unidentified": no name, of one who is counted all the same.
fn says_that_nobody_knows(name: &str) -> bool {
    let folded = fold(name);
    let without_brackets = folded.trim_matches(|letter: char| !letter.is_alphanumeric());
    matches!(
        without_brackets,
        "مجهول"
            | "مجهوله"
            | "مجهول الهويه"
            | "مجهوله الهويه"
            | "مجهول الاسم"
            | "مجهوله الاسم"
            | "غير معروف"
            | "غير معروفه"
            | "غير معروف الهويه"
            | "لم يعرف"
            | "لم تعرف هويته"
            | "بلا اسم"
            | "unknown"
            | "unnamed"
            | "unidentified"
            | "not identified"
            | "name unknown"
            | "name withheld"
            | "anonymous"
            | "unknown identity"
            | "identity unknown"
    )
}

/// Whether a word for somebody's state says whether they were a civilian, and nothing of their fate.
fn is_standing(text: &str) -> bool {
    let folded = fold(text);
    let word = folded.strip_prefix("ال").unwrap_or(&folded);
    ["civilian", "combatant", "fighter", "militar", "مدني", "عسكري", "مقاتل", "مسلح"]
        .iter()
        .any(|known| word.starts_with(known))
}

/// A word for sex in either language.
fn read_sex(text: &str) -> Option<Sex> {
    match fold(text).as_str() {
        "m" | "male" | "man" | "boy" | "ذكر" | "رجل" | "ذ" => Some(Sex::M),
        "f" | "female" | "woman" | "girl" | "انثي" | "امراه" | "ا" => Some(Sex::F),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> DocumentId {
        DocumentId::new("d".repeat(64)).unwrap()
    }

    fn people(fields: &[&str], rows: &[&[&'static str]]) -> Vec<Claim> {
        let fields: Vec<Option<&str>> = fields.iter().copied().map(Some).collect();
        let rows: Vec<ListRow<'_>> =
            rows.iter().zip(1..).map(|(cells, number)| ListRow { number, cells: cells.to_vec() }).collect();
        let columns = ListColumns::new(&fields, |column| rows.iter().map(move |row| row.cells[column]));
        people_of_list(&document(), &columns, &rows)
    }

    #[test]
    fn rows_of_both_languages_become_people() {
        let people = people(
            &["name_ar", "sex", "age", "status"],
            &[
                &["سليم كريم الزهر", "ذكر", "٨ شهور", ""],
                &["Lina Al-Zahr", "F", "34", "wounded"],
                &["", "F", "3", ""],
            ],
        );
        assert_eq!(people.len(), 2);
        let Content::Person(infant) = &people[0].content else { panic!() };
        assert_eq!((infant.age, infant.age_months, infant.fate), (None, Some(8), None));
        assert_eq!(infant.age_class.as_ref().map(|known| known.value), Some(AgeClass::Infant));
        assert_eq!(people[0].spans[0].quote, "سليم كريم الزهر");
        assert_eq!(people[0].spans[0].span, Span::Cell { row: 1, column: Some(0) });
        let Content::Person(woman) = &people[1].content else { panic!() };
        assert_eq!(
            (woman.age, woman.fate, woman.sex.as_ref().map(|known| known.value)),
            (Some(34), Some(Fate::Injured), Some(Sex::F))
        );
    }

    #[test]
    fn a_fate_that_is_not_known_is_not_the_lists_and_nobody_is_called_unidentified() {
        let rows: [(&str, &str, Option<Fate>, bool); 6] = [
            ("سليم الزهر", "بحالة حرجة", Some(Fate::Injured), true),
            ("سليم الزهر", "قيد العلاج", None, true),
            ("Salim Zahr", "civilian", Some(Fate::Killed), true),
            ("Salim Zahr", "", Some(Fate::Killed), true),
            ("مجهول الهوية", "شهيد", Some(Fate::Killed), false),
            ("(Unidentified)", "killed", Some(Fate::Killed), false),
        ];
        for (name, status, fate, named) in rows {
            let people = people(&["name", "status"], &[&[name, status]]);
            let Content::Person(person) = &people[0].content else { panic!() };
            assert_eq!((person.fate, person.name.is_some()), (fate, named), "{name}, {status}");
        }
    }

    #[test]
    fn a_name_in_parts_is_one_name() {
        let people = people(
            &["given", "father", "family", "date", "place"],
            &[&["سليم", "كريم", "الزهر", "2031-05-01", "قصر النهر"]],
        );
        let Content::Person(person) = &people[0].content else { panic!() };
        assert_eq!(person.name.as_deref(), Some("سليم كريم الزهر"));
        assert_eq!(people[0].spans.len(), 3);
        assert_eq!(person.listed.as_ref().unwrap().place.as_deref(), Some("قصر النهر"));
    }

    #[test]
    fn what_stands_beside_a_name_is_taken_into_it() {
        let fields = ["name", "father", "family", "age"].map(Some);
        let rows = [["سليم الزهر", "كريم", "", "40"], ["سليم الزهر", "غير معروف", "-", "40"]];
        let rows: Vec<ListRow<'_>> =
            rows.iter().zip(1..).map(|(cells, number)| ListRow { number, cells: cells.to_vec() }).collect();
        let columns = ListColumns::new(&fields, |column| rows.iter().map(move |row| row.cells[column]))
            .with_full_names(|name, father, grandfather, family| {
                assert_eq!((grandfather, family), ("", ""));
                if father.is_empty() { name.to_owned() } else { format!("{name} ({father})") }
            });
        let people = people_of_list(&document(), &columns, &rows);
        let Content::Person(with_father) = &people[0].content else { panic!() };
        assert_eq!(with_father.name.as_deref(), Some("سليم الزهر (كريم)"));
        assert_eq!(with_father.name_as_printed.as_deref(), Some("سليم الزهر"));
        let quotes: Vec<&str> = people[0].spans.iter().map(|quoted| quoted.quote.as_str()).collect();
        assert_eq!(quotes, ["سليم الزهر", "كريم", "40"]);
        let Content::Person(without) = &people[1].content else { panic!() };
        assert_eq!((without.name.as_deref(), people[1].spans.len()), (Some("سليم الزهر"), 2));
    }

    #[test]
    fn days_of_cells() {
        for (text, day) in [
            ("2031-05-17", "2031-05-17"),
            ("2031-05-17 00:00:00", "2031-05-17"),
            ("17/05/2031", "2031-05-17"),
            ("5 May 2031", "2031-05-05"),
            ("٥ أيار ٢٠٣١", "2031-05-05"),
            ("2031-05", "2031-05"),
        ] {
            assert_eq!(day_of_list(text).map(|edtf| edtf.to_string()).as_deref(), Some(day), "{text}");
        }
        assert_eq!(day_of_list("unknown"), None);
    }
}
