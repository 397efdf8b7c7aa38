//! Dates, births and ages as intervals of days, however precisely they are known.

/// Days that are possible, from first to last, counted from 1970-01-01; [`Days::UNKNOWN`] where nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days {
    /// First possible day.
    pub first: i32,
    /// Last possible day.
    pub last: i32,
}

impl Days {
    /// Nothing is known.
    pub const UNKNOWN: Days = Days { first: i32::MIN, last: i32::MIN };

    /// Whether anything is known.
    pub fn known(self) -> bool {
        self.first != i32::MIN
    }

    /// Whether it is one day.
    pub fn exact(self) -> bool {
        self.known() && self.first == self.last
    }

    /// The middle, in days.
    pub fn middle(self) -> f32 {
        (self.first as f32 + self.last as f32) / 2.0
    }
}

/// Years that a date may have; others are slips of the pen or cells that are no date.
const YEARS: std::ops::RangeInclusive<i32> = 1850..=2150;
/// Ages beyond this are slips of the pen.
const OLDEST: i32 = 115;
/// Days of a year, on average.
pub const YEAR: f32 = 365.25;

/// A date as written: `2031-04-02`, `2/4/2031`, `٢٠٣١-٠٤`, `2031`; unknown where it is none.
///
/// The first of a month may stand for the month, as lists write what they know no better, and is read so.
pub fn date(text: &str) -> Days {
    let [year, month, day] = parts(text);
    of_calendar(year.into(), month.into(), day.into())
}

/// Year, month and day as written, also where they make no date (`1961-13-05`); 0 where nothing is said, or nothing
/// that can be read.
pub fn parts(text: &str) -> [i16; 3] {
    const NONE: [i16; 3] = [0; 3];
    let mut numbers = [0_i16; 3];
    let mut digits = [0_usize; 3];
    let mut at = 0;
    let mut fresh = true;
    for letter in text.trim().chars() {
        match digit(letter) {
            Some(value) if at < 3 => {
                fresh = false;
                digits[at] += 1;
                if digits[at] > 4 {
                    return NONE;
                }
                numbers[at] = numbers[at] * 10 + value as i16;
            }
            Some(_) => return NONE,
            None if matches!(letter, 'T' | ' ') && at == 2 && !fresh => break,
            None if matches!(letter, '-' | '/' | '.') && !fresh => {
                at += 1;
                fresh = true;
                if at == 3 {
                    break;
                }
            }
            None => return NONE,
        }
    }
    let count = at + usize::from(!fresh);
    match (count, digits) {
        (1, [4, ..]) => [numbers[0], 0, 0],
        (2, [4, ..]) => [numbers[0], numbers[1], 0],
        (2, [_, 4, _]) => [numbers[1], numbers[0], 0],
        (3, [4, ..]) => numbers,
        (3, [_, _, 4]) if numbers[1] > 12 => [numbers[2], numbers[0], numbers[1]],
        (3, [_, _, 4]) => [numbers[2], numbers[1], numbers[0]],
        _ => NONE,
    }
}

/// Days of a year, month or day; 0 is unknown.
pub fn of_calendar(year: i32, month: i32, day: i32) -> Days {
    if !YEARS.contains(&year) || !(0..=12).contains(&month) || !(0..=31).contains(&day) {
        return Days::UNKNOWN;
    }
    match (month, day) {
        (0, _) => Days { first: day_number(year, 1, 1), last: day_number(year, 12, 31) },
        (_, 0 | 1) => {
            let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
            Days { first: day_number(year, month, 1), last: day_number(next_year, next, 1) - 1 }
        }
        _ => {
            let day = day_number(year, month, day);
            Days { first: day, last: day }
        }
    }
}

/// A date of birth by its parts: the first of January may stand for the year; parts that make no date leave the year.
pub fn birth([year, month, day]: [i16; 3]) -> Days {
    let (year, month, day) = (i32::from(year), i32::from(month), i32::from(day));
    if (month, day) == (1, 1) {
        return of_calendar(year, 0, 0);
    }
    let read = of_calendar(year, month, day);
    if read.known() { read } else { of_calendar(year, 0, 0) }
}

/// Age in years, from `31`, `٣١`, `31 years`, `5 أشهر` (months make 0); none where it is none or no age of a person.
pub fn age(text: &str) -> Option<i32> {
    let text = text.trim();
    let end = text.find(|letter| digit(letter).is_none()).unwrap_or(text.len());
    if end == 0 || end > 8 {
        return None;
    }
    let years = text[..end].chars().filter_map(digit).fold(0, |sum, value| sum * 10 + value);
    let rest = text[end..].trim().to_lowercase();
    let infant = [
        "month",
        "week",
        "day",
        "شهر",
        "اشهر",
        "أشهر",
        "شهور",
        "يوم",
        "ايام",
        "أيام",
        "اسبوع",
        "أسبوع",
        "أسابيع",
        "m",
    ];
    if infant.iter().any(|unit| rest.starts_with(unit)) {
        return Some(0);
    }
    (0..=OLDEST).contains(&years).then_some(years)
}

/// When somebody of an age on a day was born.
pub fn born(age: i32, day: f32) -> Days {
    let last = day - age as f32 * YEAR;
    Days { first: (last - YEAR) as i32, last: last as i32 }
}

/// The number of a day, counted from 1970-01-01 (Howard Hinnant, “chrono-compatible low-level date algorithms”).
pub fn day_number(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn digit(letter: char) -> Option<i32> {
    sijil_model::fold::digit(letter).and_then(|value| i32::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Year, month and day of a day number.
    fn calendar(day: i32) -> (i32, i32, i32) {
        // Howard Hinnant, “chrono-compatible low-level date algorithms”, civil_from_days.
        let z = day + 719_468;
        let era = z.div_euclid(146_097);
        let of_era = z.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        (year_of_era + era * 400 + i32::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
    }

    #[test]
    fn dates_are_read_as_written() {
        let day = |text: &str| {
            let read = date(text);
            assert!(read.exact(), "{text}");
            calendar(read.first)
        };
        assert_eq!(day("2031-04-02"), (2031, 4, 2));
        assert_eq!(day("2/4/2031"), (2031, 4, 2));
        assert_eq!(day("٢٠٣١-٠٤-٠٢"), (2031, 4, 2));
        assert_eq!(day("2031-04-02 00:00:00"), (2031, 4, 2));
        assert_eq!(day("04/22/2031"), (2031, 4, 22));
        assert_eq!(date("2031-04").last - date("2031-04").first, 29);
        assert_eq!(date("2031").last - date("2031").first, 364);
        assert_eq!(date("2031-04-01"), date("2031-04"));
        for none in ["", "n/a", "9999-01-01", "2031-13-02", "12", "2031-04-99"] {
            assert!(!date(none).known(), "{none}");
        }
    }

    #[test]
    fn ages_are_read_and_absurd_ones_are_not() {
        for (text, years) in [
            ("31", Some(31)),
            ("٣١", Some(31)),
            ("31 years", Some(31)),
            ("5 أشهر", Some(0)),
            ("999", None),
            ("-3", None),
            ("", None),
            ("0", Some(0)),
            ("31.0", Some(31)),
        ] {
            assert_eq!(age(text), years, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn day_numbers_come_back(day in -40_000_i32..60_000) {
            let (year, month, of_month) = calendar(day);
            proptest::prop_assert_eq!(day_number(year, month, of_month), day);
        }
    }
}
