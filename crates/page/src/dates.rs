//! Dates in words, in both languages: a day, a month, a year, a range, an open range, or "date not known".
//!
//! A date says no more than its EDTF text does. Months are written in Arabic with both names in use,
//! "تشرين الأول/أكتوبر".

use sijil_model::{Coded as _, Day, When, date::Edtf};

use crate::words::Speech;

/// A mark that what follows runs from left to right.
const LEFT_TO_RIGHT: char = '\u{200e}';

/// Dates and ranges in digits kept in their order among Arabic letters, which would turn `2031-10` round: a mark stands
/// before and after each.
pub fn dates_apart(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let is_in_date = |letter: char| letter.is_ascii_digit() || matches!(letter, '-' | '/');
        let run = from.find(|letter: char| !is_in_date(letter)).unwrap_or(from.len());
        let date = from[..run].trim_end_matches(['-', '/']);
        out.push_str(before);
        let is_date =
            date.contains(['-', '/']) && !before.ends_with(|letter: char| letter.is_ascii_alphabetic());
        if is_date && !out.ends_with(LEFT_TO_RIGHT) {
            out.push(LEFT_TO_RIGHT);
        }
        out.push_str(date);
        rest = &from[date.len()..];
        if is_date && !rest.starts_with(LEFT_TO_RIGHT) {
            out.push(LEFT_TO_RIGHT);
        }
    }
    out + rest
}

/// One end of a date: what of it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part<'a> {
    year: Option<&'a str>,
    month: Option<u8>,
    day: Option<u8>,
    doubt: Option<&'static str>,
}

impl Speech {
    /// An EDTF date in words, plain text: "14 October 2031", "from 30 September to 25 November 2031".
    pub fn date(&self, date: &Edtf) -> String {
        let text = date.as_str();
        let Some((start, end)) = text.split_once('/') else { return self.part(&read_part(text)) };
        match (start, end) {
            (".." | "", ".." | "") => self.say_bare("date-unknown", &[]),
            (start, "..") => self.say_bare("date-from", &[("start", self.part(&read_part(start)).into())]),
            (start, "") => {
                self.say_bare("date-from-end-unknown", &[("start", self.part(&read_part(start)).into())])
            }
            ("..", end) => self.say_bare("date-until", &[("end", self.part(&read_part(end)).into())]),
            ("", end) => {
                self.say_bare("date-until-start-unknown", &[("end", self.part(&read_part(end)).into())])
            }
            (start, end) => self.range(read_part(start), read_part(end)),
        }
    }

    /// A time as read, in words: its date and part of the day, or "date not known" with the limits that are known.
    pub fn when(&self, when: &When) -> String {
        let date = match (&when.edtf, when.bounds.earliest, when.bounds.latest) {
            (Some(date), _, _) => self.date(date),
            (None, None, None) => self.say_bare("date-unknown", &[]),
            (None, Some(first), None) => {
                self.say_bare("date-unknown-not-before", &[("start", self.day(first).into())])
            }
            (None, None, Some(last)) => {
                self.say_bare("date-unknown-not-after", &[("end", self.day(last).into())])
            }
            (None, Some(first), Some(last)) => self.say_bare(
                "date-unknown-between",
                &[("start", self.day(first).into()), ("end", self.day(last).into())],
            ),
        };
        match when.time_of_day {
            Some(part) => {
                let part = part.label(self.language()).to_lowercase();
                self.say_bare("date-with-time-of-day", &[("date", date.into()), ("part", part.into())])
            }
            None => date,
        }
    }

    /// A day in words.
    pub fn day(&self, day: Day) -> String {
        self.date(&Edtf::day(day))
    }

    /// A moment of the log in words: `2026-11-22T14:05Z` is "22 November 2026, 14:05 UTC"; anything else stays as it is.
    pub fn time(&self, moment: &str) -> String {
        let read = || {
            let (day, clock) = moment.split_once('T')?;
            let clock = clock.strip_suffix('Z')?.get(..5)?;
            Some((day.parse::<Day>().ok()?, clock))
        };
        match read() {
            Some((day, clock)) => {
                self.say_bare("date-with-clock", &[("date", self.day(day).into()), ("clock", clock.into())])
            }
            None => moment.to_owned(),
        }
    }

    fn range(&self, start: Part<'_>, end: Part<'_>) -> String {
        let same_year =
            start.year.is_some() && start.year == end.year && start.month.is_some() && end.month.is_some();
        let same_month = same_year && start.month == end.month && start.day.is_some() && end.day.is_some();
        let certain = start.doubt.is_none() && end.doubt.is_none();
        let told = match start.day {
            Some(day) if same_month && certain => day.to_string(),
            _ if same_year && certain => self.calendar(&Part { year: None, ..start }),
            _ => self.part(&start),
        };
        self.say_bare("date-range", &[("start", told.into()), ("end", self.part(&end).into())])
    }

    fn part(&self, part: &Part<'_>) -> String {
        let date = match (part.year, part.month) {
            (None, None) => self.say_bare("date-unknown", &[]),
            (None, Some(_)) => self.say_bare("date-year-unknown", &[("date", self.calendar(part).into())]),
            (Some(_), _) => self.calendar(part),
        };
        match part.doubt {
            Some(key) => self.say_bare(key, &[("date", date.into())]),
            None => date,
        }
    }

    /// Day, month and year in their order; what is not said is left out.
    fn calendar(&self, part: &Part<'_>) -> String {
        let month = part.month.map(|month| self.month(month));
        let words = [part.day.map(|day| day.to_string()), month, part.year.map(|year| self.year(year))];
        words.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// A month or, from 21 to 24, a season.
    fn month(&self, month: u8) -> String {
        self.say_bare("month", &[("month", u64::from(month).into())])
    }

    fn year(&self, year: &str) -> String {
        match year.strip_suffix('X') {
            Some(decade) if !decade.contains('X') => {
                self.say_bare("date-decade", &[("decade", format!("{decade}0").into())])
            }
            _ => year.to_owned(),
        }
    }
}

fn read_part(text: &str) -> Part<'_> {
    let doubt = match (text.contains('%'), text.contains('~'), text.contains('?')) {
        (true, _, _) | (_, true, true) => Some("date-approximate-uncertain"),
        (_, true, _) => Some("date-approximate"),
        (_, _, true) => Some("date-uncertain"),
        _ => None,
    };
    let digits = text.split('T').next().unwrap_or_default();
    let mut pieces = digits.split('-').map(|piece| piece.trim_matches(['%', '~', '?']));
    let year = pieces.next().filter(|year| !year.is_empty() && !year.starts_with("XX"));
    let month = pieces.next().and_then(|month| month.parse().ok());
    let day = month.and(pieces.next()).and_then(|day| day.parse().ok());
    Part { year, month, day, doubt }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Words;
    use sijil_model::{Bounds, Language, codebook::TimeOfDay};

    fn told(text: &str) -> (String, String) {
        let words = Words::built_in().unwrap();
        let date = Edtf::new(text).unwrap();
        (words.in_language(Language::En).date(&date), words.in_language(Language::Ar).date(&date))
    }

    #[test]
    fn dates_say_no_more_than_they_know() {
        for (edtf, english, arabic) in [
            ("2031-10-05", "5 October 2031", "5 تشرين الأول/أكتوبر 2031"),
            ("2031-10", "October 2031", "تشرين الأول/أكتوبر 2031"),
            ("2031", "2031", "2031"),
            ("2031-XX", "2031", "2031"),
            ("2031-10-XX", "October 2031", "تشرين الأول/أكتوبر 2031"),
            ("XXXX-09-30", "30 September, year not known", "30 أيلول/سبتمبر، السنة غير معروفة"),
            ("203X", "the 2030s", "عقد 2030"),
            ("2031~", "about 2031", "نحو 2031"),
            ("2031-10?", "October 2031, uncertain", "تشرين الأول/أكتوبر 2031، غير مؤكد"),
            ("2031-21", "spring 2031", "ربيع 2031"),
            (
                "2031-09-30/2031-11-25",
                "from 30 September to 25 November 2031",
                "من 30 أيلول/سبتمبر إلى 25 تشرين الثاني/نوفمبر 2031",
            ),
            ("2031-10-03/2031-10-05", "from 3 to 5 October 2031", "من 3 إلى 5 تشرين الأول/أكتوبر 2031"),
            (
                "2030-12/2031-02",
                "from December 2030 to February 2031",
                "من كانون الأول/ديسمبر 2030 إلى شباط/فبراير 2031",
            ),
            ("2031/..", "from 2031 on", "منذ 2031"),
            ("../2031-10", "until October 2031", "حتى تشرين الأول/أكتوبر 2031"),
            ("2031/", "from 2031; the end is not known", "من 2031؛ النهاية غير معروفة"),
        ] {
            assert_eq!(told(edtf), (english.to_owned(), arabic.to_owned()), "{edtf}");
        }
    }

    #[test]
    fn a_date_that_is_not_known_says_so_and_tells_its_limits() {
        let words = Words::built_in().unwrap();
        let english = words.in_language(Language::En);
        assert_eq!(english.when(&When::unknown()), "date not known");
        assert_eq!(words.in_language(Language::Ar).when(&When::unknown()), "التاريخ غير معروف");
        let earliest = Some("2031-10-05".parse().unwrap());
        let bounded = When { bounds: Bounds { earliest, latest: None }, ..When::unknown() };
        assert_eq!(english.when(&bounded), "date not known; not before 5 October 2031");
        let night = When {
            edtf: Some(Edtf::new("2031-10-05").unwrap()),
            time_of_day: Some(TimeOfDay::Night),
            ..When::unknown()
        };
        assert_eq!(english.when(&night), "5 October 2031, night");
    }

    #[test]
    fn moments_of_the_log_are_read_and_others_left() {
        let words = Words::built_in().unwrap();
        assert_eq!(words.in_language(Language::En).time("2031-10-05T14:05:00Z"), "5 October 2031, 14:05 UTC");
        assert_eq!(words.in_language(Language::En).time("yesterday"), "yesterday");
    }

    #[test]
    fn dates_in_digits_keep_their_order_among_arabic_letters() {
        for (text, apart) in [
            ("مثل 2031-10", "مثل <2031-10>"),
            ("اكتب 2031-10-05/2031-10-09 لمدة، أو 14", "اكتب <2031-10-05/2031-10-09> لمدة، أو 14"),
            ("«2031-13» ليس", "«<2031-13>» ليس"),
            ("من <2031-10> إلى 14- ثم", "من <2031-10> إلى 14- ثم"),
            ("القيد i02-5", "القيد i02-5"),
            ("لا شيء", "لا شيء"),
        ] {
            let marks = |text: &str| text.replace(['<', '>'], "\u{200e}");
            assert_eq!(dates_apart(&marks(text)), marks(apart), "{text}");
        }
    }
}
