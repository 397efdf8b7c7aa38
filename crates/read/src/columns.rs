//! Columns of a list: which field of a person or incident each holds, by its header, else by what is in it.
//!
//! The words are data (`data/headers.csv`, `data/values.csv`); the same word belongs to one field only.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

/// What a column holds. The codes are those of `sijil link --map column=field`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Full name, in whatever script.
    Name,
    /// Full name in Arabic letters.
    NameAr,
    /// Full name in Latin letters.
    NameEn,
    /// Given name.
    Given,
    /// Father's name.
    Father,
    /// Grandfather's name.
    Grandfather,
    /// Family name.
    Family,
    /// Sex.
    Sex,
    /// Age in years, as written.
    Age,
    /// Date or year of birth.
    Dob,
    /// Year of birth, where month and day have columns of their own.
    BirthYear,
    /// Month of birth.
    BirthMonth,
    /// Day of birth.
    BirthDay,
    /// Date of death or of the incident.
    Date,
    /// Place phrase or address.
    Place,
    /// First administrative level.
    Governorate,
    /// Second or third administrative level.
    District,
    /// Town, village, quarter or camp.
    Community,
    /// Source, or the list that a row was taken from.
    Source,
    /// Relatives.
    Kin,
    /// Number or code of the row, person or record.
    Id,
    /// Fate: killed, injured, missing, …
    Status,
    /// Cause of death, weapon or kind of attack.
    Cause,
    /// Anything else that somebody wrote.
    Note,
}

impl Field {
    /// Every field, in the order of the contract.
    pub const ALL: [Field; 24] = [
        Field::Name,
        Field::NameAr,
        Field::NameEn,
        Field::Given,
        Field::Father,
        Field::Grandfather,
        Field::Family,
        Field::Sex,
        Field::Age,
        Field::Dob,
        Field::BirthYear,
        Field::BirthMonth,
        Field::BirthDay,
        Field::Date,
        Field::Place,
        Field::Governorate,
        Field::District,
        Field::Community,
        Field::Source,
        Field::Kin,
        Field::Id,
        Field::Status,
        Field::Cause,
        Field::Note,
    ];

    /// The field's code: `name_ar`, `dob`, …
    pub fn code(self) -> &'static str {
        match self {
            Field::Name => "name",
            Field::NameAr => "name_ar",
            Field::NameEn => "name_en",
            Field::Given => "given",
            Field::Father => "father",
            Field::Grandfather => "grandfather",
            Field::Family => "family",
            Field::Sex => "sex",
            Field::Age => "age",
            Field::Dob => "dob",
            Field::BirthYear => "birth_year",
            Field::BirthMonth => "birth_month",
            Field::BirthDay => "birth_day",
            Field::Date => "date",
            Field::Place => "place",
            Field::Governorate => "governorate",
            Field::District => "district",
            Field::Community => "community",
            Field::Source => "source",
            Field::Kin => "kin",
            Field::Id => "id",
            Field::Status => "status",
            Field::Cause => "cause",
            Field::Note => "note",
        }
    }

    /// The field of a code; `list` is another word for `source`, as in the contract.
    pub fn of_code(code: &str) -> Option<Field> {
        let code = if code == "list" { "source" } else { code };
        Field::ALL.into_iter().find(|field| field.code() == code)
    }

    /// The field that a header names, for example `الاسم الرباعي`, `Father's name`, `الاسم / Name`.
    pub fn of_header(header: &str) -> Option<Field> {
        let headers = headers();
        let exact = |part: &str| headers.get(&fold(part)).copied();
        exact(header)
            .or_else(|| exact(header.split('(').next().unwrap_or_default()))
            .or_else(|| header.split(['/', '|', '\n', '(', ')', '-', '–']).find_map(exact))
    }
}

/// How a column's field was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundBy {
    /// Its header is in the lexicon.
    Header,
    /// Its values say it.
    Content,
    /// The caller said it.
    Caller,
}

/// Which field nearly all `values` (not empty) show; only fields whose values cannot be taken for another's.
pub(crate) fn field_of_values<'a>(values: impl Iterator<Item = &'a str>) -> Option<Field> {
    let mut all = 0_usize;
    let (mut sexes, mut fates, mut dates) = (0_usize, 0_usize, 0_usize);
    for value in values {
        all += 1;
        match value_field(value) {
            Some(Field::Sex) => sexes += 1,
            Some(Field::Status) => fates += 1,
            _ => dates += usize::from(is_date(value)),
        }
    }
    let nearly = |count: usize| all >= 3 && count * 20 >= all * 19;
    [(sexes, Field::Sex), (fates, Field::Status), (dates, Field::Date)]
        .into_iter()
        .find_map(|(count, field)| nearly(count).then_some(field))
}

/// `2015-11-18`, `18/11/2015`, `18.11.2015`, in Latin or Arabic digits.
pub(crate) fn is_date(value: &str) -> bool {
    let value = value.trim();
    let day = value.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let digits = |part: &&str| !part.is_empty() && part.chars().all(|letter| letter.is_numeric());
    let years = parts.iter().filter(|part| part.chars().count() == 4).count();
    parts.len() == 3 && parts.iter().all(digits) && years == 1
}

fn value_field(value: &str) -> Option<Field> {
    static VALUES: OnceLock<BTreeMap<String, Field>> = OnceLock::new();
    VALUES.get_or_init(|| lexicon(include_str!("../data/values.csv"), 1)).get(&fold(value)).copied()
}

fn headers() -> &'static BTreeMap<String, Field> {
    static HEADERS: OnceLock<BTreeMap<String, Field>> = OnceLock::new();
    HEADERS.get_or_init(|| lexicon(include_str!("../data/headers.csv"), 2))
}

/// Words of a data file by their folded form; the field is in the first column, the word in `column`.
fn lexicon(data: &str, column: usize) -> BTreeMap<String, Field> {
    csv::Reader::from_reader(data.as_bytes())
        .into_records()
        .flatten()
        .filter_map(|record| Some((fold(record.get(column)?), Field::of_code(record.get(0)?)?)))
        .collect()
}

/// One spelling for all: case, Arabic alefs and marks, punctuation and spaces do not matter.
pub(crate) fn fold(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    for letter in words.trim().nfkc().flat_map(char::to_lowercase) {
        match letter {
            '\u{64B}'..='\u{65F}'
            | '\u{670}'
            | '\u{640}'
            | '\u{200B}'..='\u{200F}'
            | '\u{FEFF}'
            | '\''
            | '’' => {}
            'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
            'ى' => folded.push('ي'),
            'ة' => folded.push('ه'),
            letter if letter.is_alphanumeric() => folded.push(letter),
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(data: &str) -> Vec<csv::StringRecord> {
        csv::Reader::from_reader(data.as_bytes()).into_records().map(Result::unwrap).collect()
    }

    #[test]
    fn every_header_of_the_lexicon_is_recognised_in_each_spelling() {
        let records = records(include_str!("../data/headers.csv"));
        assert!(records.len() > 250, "the lexicon is whole");
        for record in &records {
            let (field, lang, header) = (&record[0], &record[1], &record[2]);
            let field = Field::of_code(field).unwrap_or_else(|| panic!("{field} is a field"));
            assert!(lang == "ar" || lang == "en", "{header}: {lang}");
            let spellings = [
                header.to_owned(),
                format!(" {} ", header.to_uppercase()),
                format!("{header}:"),
                header.replace(' ', "_"),
                header.replace(['أ', 'إ', 'آ'], "ا").replace('ة', "ه").replace('ى', "ي"),
            ];
            for spelling in spellings {
                assert_eq!(Field::of_header(&spelling), Some(field), "{spelling:?}");
            }
        }
    }

    #[test]
    fn no_word_belongs_to_two_fields() {
        for (data, column) in
            [(include_str!("../data/headers.csv"), 2), (include_str!("../data/values.csv"), 1)]
        {
            let mut seen: BTreeMap<String, String> = BTreeMap::new();
            for record in records(data) {
                let earlier = seen.insert(fold(&record[column]), record[0].to_owned());
                assert!(
                    earlier.is_none_or(|field| field == record[0]),
                    "{} is in two fields",
                    &record[column]
                );
            }
        }
    }

    #[test]
    fn every_field_has_a_header_in_both_languages() {
        let records = records(include_str!("../data/headers.csv"));
        for field in Field::ALL {
            for lang in ["en", "ar"] {
                let found = records.iter().any(|record| &record[0] == field.code() && &record[1] == lang);
                assert!(found, "{} has a header in {lang}", field.code());
            }
            assert_eq!(Field::of_code(field.code()), Some(field));
            assert_eq!(serde_json::to_value(field).unwrap(), field.code());
        }
    }

    #[test]
    fn headers_in_two_languages_and_with_hints_are_recognised() {
        for (header, field) in [
            ("الاسم / Name", Field::Name),
            ("Age (years)", Field::Age),
            ("العُمْر", Field::Age),
            ("Name (Arabic)", Field::NameAr),
            ("Governorate – المحافظة", Field::Governorate),
            ("Date of birth (dd/mm/yyyy)", Field::Dob),
        ] {
            assert_eq!(Field::of_header(header), Some(field), "{header}");
        }
        for header in ["", "truth key", "hospital beds", "12"] {
            assert_eq!(Field::of_header(header), None, "{header}");
        }
    }

    #[test]
    fn values_show_their_field_only_where_nearly_all_agree() {
        let values = |values: &[&'static str]| field_of_values(values.iter().copied());
        assert_eq!(values(&["M", "f", "ذكر", "أنثى"]), Some(Field::Sex));
        assert_eq!(values(&["شهيد", "جريح", "missing"]), Some(Field::Status));
        assert_eq!(values(&["2031-04-02", "٢/٤/٢٠٣١", "02.04.2031"]), Some(Field::Date));
        assert_eq!(values(&["M", "f", "Sahel"]), None);
        assert_eq!(values(&["4", "9", "30"]), None);
        assert_eq!(values(&["M"]), None);
    }
}
