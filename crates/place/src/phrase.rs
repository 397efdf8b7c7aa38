//! Reads a place phrase into a nest: a name with its kind, and the places that the words put it in.
//!
//! It knows words and punctuation only, no gazetteer: "ريف دمشق" is here the countryside of دمشق, and whoever
//! resolves it tries the whole words first. A kind that no head word says is [`PlacePrecision::NotPlaced`].

use sijil_model::PlacePhrase;
use sijil_model::codebook::{PlacePrecision, PlaceRole};

use crate::keys::folded;
use crate::words::{WordRole, role};

/// Reads a bare string such as "Tell Zaytun village in Qasr Nahr countryside" or حي الميناء في مدينة ميناء الأمل.
pub fn parse_place(text: &str) -> PlacePhrase {
    let mut segments: Vec<Segment> = segments(text);
    segments.retain(|segment| !segment.words.is_empty());
    innermost_first(&mut segments);
    let first = segments.iter().position(|segment| !segment.name.is_empty()).unwrap_or(0);
    if segments.is_empty() {
        segments.push(Segment { words: vec![text.trim()], ..Segment::default() });
    }
    let within =
        segments[first + 1..].iter().filter(|segment| !segment.name.is_empty()).map(Segment::text).collect();
    // A head without a name of its own ("the market in X") still says what is meant.
    let bare_head = segments[..first].iter().find_map(|segment| segment.kind);
    let named = &segments[first];
    match bare_head {
        Some(kind) => PlacePhrase {
            text: segments[0].text(),
            name: segments[0].text(),
            kind,
            within: segments[first..].iter().filter(|s| !s.name.is_empty()).map(Segment::text).collect(),
            role: PlaceRole::Primary,
        },
        None => PlacePhrase {
            text: named.text(),
            name: if named.name.is_empty() { named.text() } else { named.name.join(" ") },
            kind: named.kind.unwrap_or(PlacePrecision::NotPlaced),
            within,
            role: PlaceRole::Primary,
        },
    }
}

/// "Port Amal: Mina neighbourhood" names the city first: a part of a settlement is inside what has no head word.
fn innermost_first(segments: &mut [Segment<'_>]) {
    let is_part =
        |segment: &Segment<'_>| segment.kind.is_some_and(|kind| kind <= PlacePrecision::Neighbourhood);
    if segments.first().is_some_and(|first| first.kind.is_none())
        && let Some(inner) = segments.iter().rposition(|segment| is_part(segment) && !segment.name.is_empty())
    {
        segments[..=inner].rotate_right(1);
    }
}

/// One place of the nest.
#[derive(Default)]
struct Segment<'a> {
    /// All its words, head included.
    words: Vec<&'a str>,
    /// The words of its name.
    name: Vec<&'a str>,
    kind: Option<PlacePrecision>,
    /// A head stood after the name, so that only another head can still belong to it.
    closed: bool,
}

impl Segment<'_> {
    /// Whether it is the first end of "between A and B", بين.
    fn is_between(&self) -> bool {
        let opens = self.words.first().is_some_and(|word| matches!(folded(word).as_str(), "between" | "بين"));
        opens && !self.name.is_empty()
    }

    /// Whether a head that follows at once is what the place is called after: حي طريق النهر is no street.
    fn is_named_for(&self, kind: PlacePrecision) -> bool {
        let settlement = PlacePrecision::Neighbourhood..=PlacePrecision::City;
        let is_point = kind < PlacePrecision::Neighbourhood;
        self.name.is_empty() && is_point && self.kind.is_some_and(|kind| settlement.contains(&kind))
    }

    fn text(&self) -> String {
        self.words.join(" ")
    }
}

fn segments(text: &str) -> Vec<Segment<'_>> {
    let mut segments = vec![Segment::default()];
    let mut skipping = false;
    for piece in pieces(text) {
        match piece {
            Piece::Break => {
                skipping = false;
                segments.push(Segment::default());
            }
            Piece::Word(word) if !skipping => skipping = add(word, &mut segments),
            Piece::Word(_) => {}
        }
    }
    for segment in &mut segments {
        drop_directions(segment);
    }
    segments
}

/// Adds a word to the last segment or begins one; whether the words up to the next break are another place.
fn add<'a>(word: &'a str, segments: &mut Vec<Segment<'a>>) -> bool {
    let word = without_arabic_prefix(word);
    let key = folded(word);
    let Some(last) = segments.last_mut() else { return false };
    let begins = last.words.is_empty();
    match role(&key) {
        Some(WordRole::Head(kind)) => {
            let is_arabic = !key.is_ascii();
            if is_arabic && last.is_named_for(kind) {
                last.words.push(word);
                last.name.push(word);
            } else if is_arabic && !last.name.is_empty() {
                segments.push(Segment { words: vec![word], kind: Some(kind), ..Segment::default() });
            } else {
                last.closed = !last.name.is_empty();
                last.kind = Some(outer(last.kind, kind));
                last.words.push(word);
            }
        }
        Some(WordRole::Area) if begins || key.is_ascii() => {
            last.closed = !last.name.is_empty();
            last.words.push(word);
        }
        Some(WordRole::Near) => {
            // "between A and B" and "near A" are said of the place that follows.
            let near =
                Segment { words: vec![word], kind: Some(PlacePrecision::NearPlace), ..Segment::default() };
            if begins { *last = near } else { segments.push(near) }
        }
        Some(WordRole::Connector) => segments.push(Segment::default()),
        Some(WordRole::Joiner) if last.name.is_empty() => {
            if !begins {
                last.words.push(word);
            }
        }
        Some(WordRole::Joiner) => segments.push(Segment::default()),
        Some(WordRole::Article) if begins => {}
        Some(WordRole::Alternative) if last.is_between() => {
            // Of "between A and B" both ends say where it is.
            let between = last.words[..1].to_vec();
            let end = Segment { words: between, kind: Some(PlacePrecision::NearPlace), ..Segment::default() };
            segments.push(end);
        }
        Some(WordRole::Alternative) => return !last.words.is_empty(),
        _ if last.closed => {
            segments.push(Segment { words: vec![word], name: vec![word], ..Segment::default() })
        }
        _ => {
            last.words.push(word);
            last.name.push(word);
        }
    }
    false
}

/// Of two heads the one that says less: "Qasr Nahr city countryside" is countryside.
fn outer(before: Option<PlacePrecision>, now: PlacePrecision) -> PlacePrecision {
    before.map_or(now, |before| before.max(now))
}

/// Directions belong to the head ("eastern countryside of X", ريف X الشرقي) or make one ("northern X"), and stay
/// only where nothing else is in the name.
fn drop_directions(segment: &mut Segment<'_>) {
    let points = |word: &&str| role(&folded(word)) == Some(WordRole::Direction);
    let named = segment.name.iter().filter(|word| !points(word)).count();
    if named == 0 || named == segment.name.len() {
        return;
    }
    let leads = segment.name.first().is_some_and(points);
    if segment.kind.is_none() && leads {
        segment.kind = Some(PlacePrecision::NearPlace);
    }
    if segment.kind == Some(PlacePrecision::NearPlace) {
        segment.name.retain(|word| !points(word));
    }
}

/// Drops ب, ل and و before a head word or an article: بريف, بالساحل.
fn without_arabic_prefix(word: &str) -> &str {
    let mut letters = word.chars();
    let (Some('ب' | 'ل' | 'و' | 'ك'), rest) = (letters.next(), letters.as_str()) else { return word };
    let key = folded(rest);
    let says = matches!(role(&key), Some(WordRole::Head(_) | WordRole::Area | WordRole::Near));
    if says || (rest.starts_with("ال") && rest.chars().count() > 4) { rest } else { word }
}

enum Piece<'a> {
    Word(&'a str),
    Break,
}

/// Words with the breaks between places: commas, brackets, slashes, line ends.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for part in text.split_inclusive(is_break) {
        for word in part.trim_end_matches(is_break).split_whitespace() {
            match trimmed(word) {
                // A hyphen that stands alone parts places as a comma does.
                "" if word == "-" => pieces.push(Piece::Break),
                "" => {}
                word => pieces.push(Piece::Word(word)),
            }
        }
        if part.ends_with(is_break) {
            pieces.push(Piece::Break);
        }
    }
    pieces
}

fn is_break(letter: char) -> bool {
    matches!(letter, ',' | '،' | ';' | '؛' | '(' | ')' | '[' | ']' | '/' | '|' | '\n' | ':' | '–' | '—')
}

fn trimmed(word: &str) -> &str {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    word.trim_matches(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '`' | '‘' | '’' | '\''))
}

#[cfg(test)]
mod tests {
    use super::*;
    use PlacePrecision::{
        City, Governorate, Landmark, NearPlace, Neighbourhood, NotPlaced, Street, Town, Village,
    };
    use proptest::prelude::*;

    #[test]
    fn nests() {
        for (said, text, name, kind, within) in [
            (
                "Wardeh village in Qasr Nahr countryside",
                "Wardeh village",
                "Wardeh",
                Village,
                &["Qasr Nahr countryside"][..],
            ),
            (
                "Al-Mina neighborhood in Port Amal city",
                "Al-Mina neighborhood",
                "Al-Mina",
                Neighbourhood,
                &["Port Amal city"],
            ),
            (
                "the village of Tell Zaytun, Jabal governorate",
                "village of Tell Zaytun",
                "Tell Zaytun",
                Village,
                &["Jabal governorate"],
            ),
            ("Tell Zaytun (Jabal)", "Tell Zaytun", "Tell Zaytun", NotPlaced, &["Jabal"]),
            ("Qasr Nahr's eastern countryside", "Qasr Nahr eastern countryside", "Qasr Nahr", NearPlace, &[]),
            ("northern Qasr Nahr", "northern Qasr Nahr", "Qasr Nahr", NearPlace, &[]),
            ("Port Amal Street, Qasr Nahr", "Port Amal Street", "Port Amal", Street, &["Qasr Nahr"]),
            ("a market in Port Amal", "market", "market", Landmark, &["Port Amal"]),
            (
                "Rahba neighbourhood Port Amal city",
                "Rahba neighbourhood",
                "Rahba",
                Neighbourhood,
                &["Port Amal city"],
            ),
            ("Port Amal: Mina neighbourhood", "Mina neighbourhood", "Mina", Neighbourhood, &["Port Amal"]),
            (
                "road between Tell Zaytun and Wardah",
                "road",
                "road",
                Street,
                &["between Tell Zaytun", "between Wardah"],
            ),
            ("near Tell Zaytun", "near Tell Zaytun", "Tell Zaytun", NearPlace, &[]),
            ("Tell Zaytun or Tell Ward", "Tell Zaytun", "Tell Zaytun", NotPlaced, &[]),
            ("حي الميناء في مدينة ميناء الأمل", "حي الميناء", "الميناء", Neighbourhood, &["مدينة ميناء الأمل"]),
            (
                "قرية تل الزيتون بريف قصر النهر الشرقي",
                "قرية تل الزيتون",
                "تل الزيتون",
                Village,
                &["ريف قصر النهر الشرقي"],
            ),
            ("بلدة الوردة، محافظة النهر", "بلدة الوردة", "الوردة", Town, &["محافظة النهر"]),
            ("ريف قصر النهر الشرقي", "ريف قصر النهر الشرقي", "قصر النهر", NearPlace, &[]),
            ("مدينة قصر النهر", "مدينة قصر النهر", "قصر النهر", City, &[]),
            ("حي طريق النهر", "حي طريق النهر", "طريق النهر", Neighbourhood, &[]),
            ("مدينة جسر النهر", "مدينة جسر النهر", "جسر النهر", City, &[]),
            ("محافظة الجبل", "محافظة الجبل", "الجبل", Governorate, &[]),
            ("تل الزيتون ريف قصر النهر", "تل الزيتون", "تل الزيتون", NotPlaced, &["ريف قصر النهر"]),
        ] {
            let phrase = parse_place(said);
            assert_eq!(
                (phrase.text.as_str(), phrase.name.as_str(), phrase.kind),
                (text, name, kind),
                "{said}"
            );
            assert_eq!(phrase.within, within, "{said}");
        }
    }

    proptest! {
        #[test]
        fn anything_parses_and_keeps_a_text(text in "\\PC{0,60}") {
            let phrase = parse_place(&text);
            prop_assert_eq!(phrase.text.is_empty(), text.trim().is_empty());
            prop_assert!(!phrase.name.is_empty() || phrase.text.is_empty());
        }
    }
}
