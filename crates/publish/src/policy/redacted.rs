//! A text with what must not go out taken out of it, and where its other words now stand.

use std::ops::Range;

use sijil_model::{Language, Span};
use sijil_page::Words;
use sijil_page::view::Withheld;

/// A text with typed redactions in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Redacted {
    /// The text as it may be shown.
    pub text: String,
    /// What was taken out of the original, in order, apart from each other.
    pub taken: Vec<(Range<usize>, Withheld)>,
    /// For each of `taken` how long what stands in its place is, in bytes.
    lengths: Vec<usize>,
}

impl Redacted {
    /// Takes ranges out of a text. Ranges may overlap and come in any order; the earliest reason of several stands.
    pub fn new(original: &str, ranges: Vec<(Range<usize>, Withheld)>, words: &Words) -> Self {
        let taken = joined(original, ranges);
        let mut text = String::with_capacity(original.len());
        let mut lengths = Vec::new();
        let mut at = 0;
        for (range, why) in &taken {
            text.push_str(&original[at..range.start]);
            let mark = mark(*why, language_around(original, range), words);
            lengths.push(mark.len());
            text.push_str(&mark);
            at = range.end;
        }
        text.push_str(&original[at..]);
        Self { text, taken, lengths }
    }

    /// Whether nothing was taken out.
    pub fn is_whole(&self) -> bool {
        self.taken.is_empty()
    }

    /// Where bytes of the original stand now, or why they do not.
    pub fn place(&self, range: Range<usize>) -> Result<Range<usize>, Withheld> {
        let mut moved = 0_isize;
        for ((taken, why), length) in self.taken.iter().zip(&self.lengths) {
            if taken.start < range.end && range.start < taken.end {
                return Err(*why);
            }
            if taken.end <= range.start {
                moved += *length as isize - taken.len() as isize;
            }
        }
        Ok(range.start.saturating_add_signed(moved)..range.end.saturating_add_signed(moved))
    }

    /// A text span of the original as a span of the shown text.
    pub fn span(&self, span: Span) -> Result<Span, Withheld> {
        let Span::Text { byte_start, byte_end, .. } = span else { return Err(Withheld::Document) };
        let placed = self.place(byte_start as usize..byte_end as usize)?;
        Span::of_bytes(&self.text, placed).ok_or(Withheld::Document)
    }
}

/// What stands in the place of something: `[withheld: a protected witness speaks]`.
fn mark(why: Withheld, language: Language, words: &Words) -> String {
    let lead = if language == Language::Ar { "محجوب" } else { "withheld" };
    format!("[{lead}: {}]", words.say(language, why.key(), &[]))
}

/// The language of the line that something is taken out of, as its other letters tell; of the whole text where the line
/// has no others. A number or a name in Latin letters makes no Arabic line English.
fn language_around(text: &str, taken: &Range<usize>) -> Language {
    let starts = text[..taken.start].rfind('\n').map_or(0, |at| at + 1);
    let ends = text[taken.end..].find('\n').map_or(text.len(), |at| taken.end + at);
    let [before, after] = [&text[starts..taken.start], &text[taken.end..ends]];
    language_of([before, after]).or_else(|| language_of([text])).unwrap_or(Language::En)
}

/// The language of which most letters are; none where there is no letter.
fn language_of<const N: usize>(texts: [&str; N]) -> Option<Language> {
    let letters = || texts.into_iter().flat_map(str::chars).filter(|letter| letter.is_alphabetic());
    let arabic = letters().filter(|letter| ('\u{0600}'..='\u{06ff}').contains(letter)).count();
    match letters().count() {
        0 => None,
        all if 2 * arabic >= all => Some(Language::Ar),
        _ => Some(Language::En),
    }
}

fn joined(text: &str, mut ranges: Vec<(Range<usize>, Withheld)>) -> Vec<(Range<usize>, Withheld)> {
    ranges.retain(|(range, _)| range.start < range.end && range.end <= text.len());
    ranges.sort_by_key(|(range, why)| (range.start, range.end, *why));
    let mut joined: Vec<(Range<usize>, Withheld)> = Vec::new();
    for (range, why) in ranges {
        match joined.last_mut() {
            Some((last, _)) if range.start <= last.end || is_blank(text.get(last.end..range.start)) => {
                last.end = last.end.max(range.end);
            }
            _ => joined.push((range, why)),
        }
    }
    joined
}

fn is_blank(between: Option<&str>) -> bool {
    between.is_some_and(|text| text.chars().all(|letter| letter == ' ' || letter == '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_out_is_typed_and_the_rest_is_found_again() {
        let words = Words::built_in().unwrap();
        let text = "Taim Ramli said that three children were killed. Ramli left.";
        let taken =
            vec![(0..4, Withheld::Reporter), (5..10, Withheld::Reporter), (49..54, Withheld::Reporter)];
        let redacted = Redacted::new(text, taken, &words);
        assert_eq!(
            redacted.text,
            "[withheld: a reporter is protected] said that three children were killed. [withheld: a reporter is protected] left."
        );
        let at = text.find("three").unwrap();
        let placed = redacted.place(at..at + 14).unwrap();
        assert_eq!(&redacted.text[placed], "three children");
        assert_eq!(redacted.place(0..12), Err(Withheld::Reporter));
    }

    #[test]
    fn what_is_taken_out_is_told_in_the_language_around_it() {
        let words = Words::built_in().unwrap();
        for (text, taken, language) in [
            ("للتواصل taim_r99 أو الهاتف", "taim_r99", "محجوب"),
            ("الهاتف 0933111222", "0933111222", "محجوب"),
            ("Call تيم الرملي for more", "تيم الرملي", "withheld"),
            ("قُتل ثلاثة أطفال.\n0933111222\n", "0933111222", "محجوب"),
            ("0933111222", "0933111222", "withheld"),
        ] {
            let start = text.find(taken).unwrap();
            let redacted = Redacted::new(text, vec![(start..start + taken.len(), Withheld::Contact)], &words);
            assert!(redacted.text.contains(&format!("[{language}: ")), "{}", redacted.text);
        }
    }
}
