//! Numbers and intervals in words. An open end is never closed, and unknown is never zero.

use sijil_model::{Interval, Sum, Upper};

use crate::words::{Argument, Speech};

/// A number in groups of three: 1,234.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A sentence to be said: its key and its values.
pub(crate) type Sentence = (&'static str, Vec<(&'static str, Argument<'static>)>);

/// An interval as a sentence: "14", "10 to 14", "at least 14", "not known".
pub(crate) fn interval_sentence(interval: Interval) -> Sentence {
    ends(interval.min(), interval.max())
}

fn ends(min: Option<u64>, max: Upper) -> Sentence {
    match (min, max) {
        (Some(low), Upper::Known(high)) if low == high => ("interval-exact", vec![("n", low.into())]),
        (Some(low), Upper::Known(high)) => {
            ("interval-range", vec![("low", low.into()), ("high", high.into())])
        }
        (None, Upper::Known(high)) => ("interval-at-most", vec![("n", high.into())]),
        (Some(0), _) => ("interval-zero-or-more", Vec::new()),
        (Some(low), _) => ("interval-at-least", vec![("n", low.into())]),
        (None, _) => ("interval-unknown", Vec::new()),
    }
}

/// A sum's two ends as a sentence, short enough to stand in large letters.
pub(crate) fn sum_sentence(sum: Sum) -> Sentence {
    if sum.incidents == 0 {
        ("sum-none", Vec::new())
    } else if sum.unknown == sum.incidents {
        ("interval-unknown", Vec::new())
    } else {
        ends(Some(sum.min), sum.max)
    }
}

/// What a sum does not know, as sentences: in how many incidents the upper end is open, or no number is given. Of a single
/// incident nothing is counted: that its number is not known is said already.
pub(crate) fn gaps(sum: Sum) -> Vec<Sentence> {
    if sum.incidents == 1 {
        return if sum.open_ends > 0 { vec![("sum-open-end", Vec::new())] } else { Vec::new() };
    }
    let of = |key, n: u64| (key, vec![("n", n.into()), ("incidents", Argument::from(sum.incidents))]);
    let mut told = Vec::new();
    if sum.open_ends > 0 {
        told.push(of("sum-open-ends", sum.open_ends));
    }
    if sum.unknown > 0 {
        told.push(of("sum-unknown", sum.unknown));
    }
    told
}

impl Speech {
    /// An interval in words, plain text: "10 to 14", "at least 14", "not known".
    pub fn interval(&self, interval: Interval) -> String {
        let (key, values) = interval_sentence(interval);
        self.say(key, &values)
    }

    /// A sum in words with all that it does not know, plain text:
    /// "at least 14; the upper end is not known in 2 of 3 incidents".
    pub fn sum(&self, sum: Sum) -> String {
        let mut sentences = vec![sum_sentence(sum)];
        sentences.extend(gaps(sum));
        let told: Vec<String> = sentences.into_iter().map(|(key, values)| self.say(key, &values)).collect();
        told.join(&self.say("clause-separator", &[]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Words;
    use sijil_model::Language;

    fn bare(text: &str) -> String {
        text.replace(['\u{2068}', '\u{2069}'], "")
    }

    #[test]
    fn an_open_end_is_never_closed() {
        let words = Words::built_in().unwrap();
        let english = words.in_language(Language::En);
        let told = |interval| bare(&english.interval(interval));
        assert_eq!(told(Interval::exactly(1234)), "1,234");
        assert_eq!(told(Interval::new(Some(10), None, Upper::Known(14)).unwrap()), "10 to 14");
        assert_eq!(told(Interval::at_least(14)), "at least 14");
        assert_eq!(told(Interval::new(Some(3), None, Upper::Unknown).unwrap()), "at least 3");
        assert_eq!(told(Interval::new(Some(0), None, Upper::Open).unwrap()), "0 or more");
        assert_eq!(told(Interval::UNKNOWN), "not known");
    }

    #[test]
    fn a_sum_tells_what_it_does_not_know() {
        let words = Words::built_in().unwrap();
        let sum: Sum =
            [Interval::at_least(4), Interval::at_least(10), Interval::UNKNOWN].into_iter().collect();
        assert_eq!(
            bare(&words.in_language(Language::En).sum(sum)),
            "at least 14; the upper end is not known in 2 of 3 incidents; no number is known in 1 of 3 incidents"
        );
        let arabic = bare(&words.in_language(Language::Ar).sum(sum));
        assert_eq!(
            arabic,
            "14 على الأقل؛ الحد الأعلى غير معروف في 2 من أصل 3 حوادث؛ لا رقم معروفاً في 1 من أصل 3 حوادث"
        );
        assert_eq!(bare(&words.in_language(Language::En).sum(Sum::default())), "no incident recorded");
        let unknown: Sum = [Interval::UNKNOWN].into_iter().collect();
        assert_eq!(bare(&words.in_language(Language::En).sum(unknown)), "not known");
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(
            (grouped(0).as_str(), grouped(999).as_str(), grouped(1_234_567).as_str()),
            ("0", "999", "1,234,567")
        );
    }
}
