//! Numbers that are said to follow from the numbers beside them, whatever is counted.
//!
//! Every way in which the paragraph's own counts can give such a number is tried. Where none does, and the words tie the
//! number to two counts, it is a finding: the text may always mean what explains it.

mod ages;
mod clocks;
mod compared;
mod drawn;
mod exclusive;
mod excuses;
mod headings;
mod lengths;
mod means;
mod measured;
mod multiples;
mod names;
mod nested;
mod occasions;
pub(crate) mod one_whole;
mod ordinals;
mod outputs;
mod parts;
mod people;
mod products;
mod rankings;
mod recounts;
mod remainders;
mod retold;
mod series;
mod shares;
mod subjects;
mod subtotals;
mod totals;
mod votes;
mod wholes;

use std::ops::Range;

use crate::amounts::Amount;
use crate::arithmetic::{Bounds, runs};
use crate::draft::Draft;
use crate::lexicon::Lexicon;
use crate::passage::{Item, Passage};
use crate::rates;
pub(crate) use exclusive::check as exclusive_shares;
pub(crate) use excuses::{is_excused, is_explained};
use excuses::{is_nested, is_of_another_time};
pub(crate) use names::headed as names_headed;
pub(crate) use series::is_mean_of_list;
pub(crate) use subjects::is_new_subject;

/// How many numbers a paragraph may have: with more, some of them always give any other, and every way is tried.
const MOST_NUMBERS: usize = 32;

/// Classes that hold people of every kind.
const ALL_KINDS: [&str; 6] = ["killed", "injured", "missing", "detained", "casualties", "people"];

/// How many points wide a share is, at most, that says more than "most".
const NARROW: f64 = 20.0;

/// Of how many numbers every choice is tried; of more only those that stand together.
const CHOICES: usize = 6;

/// Findings about numbers that follow from others.
pub(crate) fn check(passage: &Passage) -> Vec<Draft> {
    if has_too_many(passage) {
        return Vec::new();
    }
    let mut drafts = shares::check(passage);
    drafts.extend(parts::check(passage));
    drafts.retain(|draft| !is_nested(passage, draft) && !is_of_another_time(passage, draft));
    drafts.extend(multiples::check(passage));
    drafts.extend(means::check(passage));
    drafts.extend(series::check(passage));
    drafts.extend(lengths::check(passage));
    drafts.extend(compared::check(passage));
    drafts.extend(clocks::check(passage));
    drafts.extend(ordinals::check(passage));
    drafts.extend(wholes::check(passage));
    drafts.extend(people::check(passage));
    drafts.extend(names::check(passage));
    drafts.extend(ages::check(passage));
    drafts.extend(occasions::check(passage));
    drafts.extend(remainders::check(passage));
    drafts.extend(recounts::check(passage));
    drafts.extend(subtotals::check(passage));
    drafts.extend(drawn::check(passage));
    drafts.extend(products::check(passage));
    drafts.extend(outputs::check(passage));
    drafts.extend(measured::check(passage));
    drafts.extend(votes::check(passage));
    drafts.extend(rankings::check(passage));
    drafts.extend(nested::check(passage));
    drafts.extend(one_whole::check(passage));
    drafts
}

/// "9 km away", "aged 6, 9 and 14": numbers of another kind.
pub(crate) fn is_measured(passage: &Passage, at: usize) -> bool {
    let first = (0..at).rev().take_while(|at| matches!(passage.symbol(*at), "N" | "," | "and")).last();
    matches!(passage.symbol(at + 1), "measure" | "label")
        || passage.symbol_before(first.unwrap_or(at)) == "age"
}

/// A note, read after the paragraph that it belongs to: "203 complaints. … Fourteen were set aside; the other 198 …".
pub(crate) fn noted(passage: &Passage) -> Vec<Draft> {
    if has_too_many(passage) { Vec::new() } else { remainders::check(passage) }
}

/// A paragraph, read after the one before it: "The Commission selected 48 incidents. … 31 of the 84 incidents".
pub(crate) fn continued(passage: &Passage, body: usize) -> Vec<Draft> {
    if has_too_many(passage) {
        return Vec::new();
    }
    let mut drafts = recounts::check(passage);
    // "Destroyed structures thus make up 20 per cent": it has no numbers of its own to rest on.
    let own = body..passage.atoms.len();
    if passage.counts(own.clone()).is_empty() && concludes(passage, own) {
        drafts.extend(shares::check(passage));
    }
    drafts.extend(multiples::check(passage));
    drafts.extend(means::check(passage));
    drafts
}

/// "48 of them (30 per cent)", "this equals 245 a month", an item of a list, read after the one above it.
pub(crate) fn resting(passage: &Passage) -> Vec<Draft> {
    if has_too_many(passage) {
        return Vec::new();
    }
    let mut drafts = rates::check(passage);
    drafts.extend(parts::check(passage));
    drafts
}

/// "Doctors: 12, or one for every 1,200", an item of a list, read after the item that says of how many.
pub(crate) fn rated(passage: &Passage) -> Vec<Draft> {
    if has_too_many(passage) {
        return Vec::new();
    }
    means::check(passage).into_iter().chain(measured::check(passage)).collect()
}

/// "Deaths have doubled", a heading, over the paragraph with the numbers.
pub(crate) fn headed(passage: &Passage, heading: usize) -> Vec<Draft> {
    if has_too_many(passage) {
        return Vec::new();
    }
    let mut drafts = multiples::check(passage);
    // "Most" says too little of a number in a heading.
    let vague = passage.atoms.iter().any(|atom| match &atom.item {
        Item::Share(share) => share.bounds.high - share.bounds.low > NARROW,
        _ => false,
    });
    drafts.extend(if vague { Vec::new() } else { shares::check(passage) });
    drafts.extend(headings::check(passage, heading));
    drafts
}

/// Whether a paragraph has so many numbers that some of them give any other.
pub(crate) fn has_too_many(passage: &Passage) -> bool {
    let numbers = passage
        .atoms
        .iter()
        .filter(|atom| !matches!(atom.item, Item::Word | Item::Noun(_) | Item::Ordinal(_)));
    numbers.take(MOST_NUMBERS + 1).count() > MOST_NUMBERS
}

/// What leads to a number: the symbols since the number before it, of its sentence.
fn lead(passage: &Passage, at: usize) -> Range<usize> {
    let start = passage.sentence(at).start;
    let before =
        (start..at).rev().find(|at| is_number(passage, *at) || matches!(passage.symbol(*at), ";" | ":"));
    before.map_or(start, |before| before + 1)..at
}

/// What follows a number: the symbols until the next number or mark.
fn tail(passage: &Passage, at: usize) -> Range<usize> {
    let end = passage.sentence(at).end;
    let mark = |at: &usize| {
        is_number(passage, *at) || matches!(passage.symbol(*at), "," | ";" | ":" | ")" | "(" | "-")
    };
    at + 1..(at + 1..end).find(mark).unwrap_or(end).max(at + 1)
}

fn is_number(passage: &Passage, at: usize) -> bool {
    matches!(passage.symbol(at), "N" | "P" | "Q")
}

/// Words of the symbol `is` that draw a conclusion; the others only state.
const THEREFORE: [&str; 14] = [
    "that",
    "which",
    "meaning",
    "means",
    "in",
    "put",
    "i",
    "اي",
    "ومعني",
    "معني",
    "يعني",
    "وهذا",
    "بعباره",
    "ما",
];

/// Whether a stretch says that what it leads to follows: "so", "in other words", «أي», «وعليه».
pub(crate) fn concludes(passage: &Passage, within: Range<usize>) -> bool {
    within.into_iter().any(|at| match passage.symbol(at) {
        "thus" => true,
        "is" => THEREFORE.contains(&passage.atoms[at].word.as_str()),
        _ => false,
    })
}

/// Words for another time than the one that is told of.
pub(crate) fn is_past(passage: &Passage, at: usize) -> bool {
    let word = passage.word(at);
    matches!(word, "last" | "previous" | "earlier" | "ماضي" | "ماضيه" | "سابق" | "سابقه" | "منصرم" | "منصرمه")
}

/// Whether a share is of an hour: «وفي نصف الساعة تلك».
pub(crate) fn is_of_an_hour(passage: &Passage, at: usize) -> bool {
    let article = usize::from(passage.symbol(at + 1) == "the");
    let word = passage.word(at + 1 + article);
    // «تعمل نصف نهار», "half a loaf".
    let daily = matches!(word, "نهار" | "ليله" | "دوام" | "قرن" | "رغيف" | "century" | "decade" | "shift");
    daily || Lexicon::get().unit(word).is_some()
}

/// Whether a number has the article: "the 15", «الحافلات الـ18».
pub(crate) fn is_definite(passage: &Passage, at: usize) -> bool {
    let Some(article) = at.checked_sub(1).map(|at| &passage.atoms[at]) else { return false };
    matches!(article.word.as_str(), "the" | "those" | "these" | "ال" | "هذه")
}

/// Whether a stretch says a word of another again, what is counted and words of ours apart.
pub(crate) fn says_again(passage: &Passage, one: Range<usize>, other: Range<usize>) -> bool {
    let words = |within: Range<usize>| {
        within
            .filter(|at| passage.symbol(*at) == "w")
            .map(|at| passage.word(at))
            .filter(|word| word.chars().count() > 3)
    };
    words(one).any(|word| words(other.clone()).any(|again| same_thing(word, again)))
}

/// Whether a word gives a reason: "because", «إذ».
pub(crate) fn gives_reason(passage: &Passage, at: usize) -> bool {
    matches!(passage.atoms[at].word.as_str(), "because" | "as" | "since" | "with" | "اذ" | "لان" | "فقد")
}

/// The words of the clause around a number, between marks and other numbers.
fn words_beside(passage: &Passage, at: usize) -> impl Iterator<Item = usize> + '_ {
    beside(passage, at).filter(move |word| *word != at && matches!(passage.symbol(*word), "w" | "n"))
}

/// The clause around a number, between marks and other numbers.
fn beside(passage: &Passage, at: usize) -> Range<usize> {
    let ends = |at: &usize| {
        is_number(passage, *at) || matches!(passage.symbol(*at), "," | ";" | ":" | "." | "(" | ")" | "-")
    };
    let start = (0..at).rev().find(ends).map_or(0, |end| end + 1);
    let end = (at + 1..passage.atoms.len()).find(ends).unwrap_or(passage.atoms.len());
    start..end
}

/// Words that take up some of those who were told: "the 15 that did not", «الأربعة الذين».
pub(crate) const WHO: [&str; 17] = [
    "that",
    "who",
    "whom",
    "which",
    "it",
    "they",
    "he",
    "she",
    "we",
    "left",
    "others",
    "still",
    "التي",
    "الذين",
    "الذي",
    "اللواتي",
    "الاخري",
];

/// The counts of a stretch but the one at a place, without nothing and without those that are open above.
fn plain(passage: &Passage, within: Range<usize>, but: usize) -> Vec<(usize, &Amount)> {
    passage
        .counts(within)
        .into_iter()
        .filter(|(at, count)| *at != but && count.bounds.high.is_finite() && count.stated > 0.0)
        // «أي عشر نقاط».
        .filter(|(_, count)| !matches!(count.word.as_str(), "points" | "نقاط" | "نقطه"))
        .collect()
}

/// All counts of the paragraph but the one at a place.
fn all(passage: &Passage, but: usize) -> Vec<&Amount> {
    plain(passage, 0..passage.atoms.len(), but).into_iter().map(|(_, count)| count).collect()
}

/// The two counts that a number at a place is nearest to: of its sentence, else with those of the sentence before, else
/// the only two of the paragraph so far.
fn pair(passage: &Passage, at: usize) -> Option<(&Amount, &Amount)> {
    let sentence = passage.sentence(at);
    let ranges = [sentence.clone(), passage.before(at)..sentence.end, 0..sentence.end];
    let mut found = Vec::new();
    for (number, range) in ranges.into_iter().enumerate() {
        found = plain(passage, range, at);
        if found.len() >= 2 {
            if number == 2 && found.len() > 2 {
                return None;
            }
            break;
        }
    }
    if found.len() < 2 {
        // "Displacement rose by 60 per cent. On 1 October there were …": said first, then told.
        let next = sentence.end + 1..passage.sentence(sentence.end + 1).end;
        found = plain(passage, sentence.start..next.end, at);
        if found.len() != 2 || passage.has(next, &["P"]) {
            return None;
        }
    }
    found.sort_by_key(|(place, _)| place.abs_diff(at));
    found.truncate(2);
    found.sort_by_key(|(place, _)| *place);
    let [(_, first), (_, second)] = found.as_slice() else { return None };
    Some((first, second))
}

/// The smaller and the larger of two.
fn ordered<'p>((first, second): (&'p Amount, &'p Amount)) -> (&'p Amount, &'p Amount) {
    if first.stated <= second.stated { (first, second) } else { (second, first) }
}

/// Whether a number is said to be a part: "90 of them", "of which 90", "50 of the 200".
fn is_part(passage: &Passage, at: usize) -> bool {
    let parts = ["them", "of", "min", "incl"];
    let after = (at + 1..at + 3).take_while(|at| !is_number(passage, *at));
    passage.has(at.saturating_sub(1)..at, &["them", "incl"])
        || after.into_iter().any(|at| parts.contains(&passage.symbol(at)))
}

/// Whether a number is of people of some kind and the other, larger one of all of them.
fn is_among(part: &Amount, whole: &Amount) -> bool {
    let general = |amount: &Amount| amount.class().is_some_and(|class| ALL_KINDS.contains(&class));
    let person = part.kind() == Some("person") && !general(part);
    person && general(whole) && part.stated < whole.stated
}

/// Every ratio of two counts, and of their difference to one.
fn direct_ratios<'a>(counts: &'a [&Amount]) -> impl Iterator<Item = Bounds> + 'a {
    counts.iter().enumerate().flat_map(move |(at, one)| {
        let others = counts.iter().enumerate().filter(move |(other, _)| *other != at);
        others.flat_map(move |(_, other)| {
            let (one, other) = (one.bounds, other.bounds);
            [one.over(other), distance(one, other).over(other)]
        })
    })
}

/// Every ratio that counts can give: of two of them, of their difference or sum to one, of one to the sum of all.
fn ratios<'a>(counts: &'a [&Amount]) -> impl Iterator<Item = Bounds> + 'a {
    direct_ratios(counts).chain(ratios_to_sums(counts))
}

/// Every ratio of one count to its sum with another, or to the sum of all.
fn ratios_to_sums<'a>(counts: &'a [&Amount]) -> impl Iterator<Item = Bounds> + 'a {
    let total = Bounds::sum(counts.iter().map(|count| count.bounds));
    // "1,200 dunams of wheat and 800 of barley; the fire took a quarter, 500".
    let two = counts.windows(2).map(|two| two[0].bounds.plus(two[1].bounds));
    let of_two = counts.iter().flat_map(move |one| two.clone().map(|both| one.bounds.over(both)));
    let of_one = counts.iter().enumerate().flat_map(move |(at, one)| {
        let others = counts.iter().enumerate().filter(move |(other, _)| *other != at);
        // "270 wounded, 90 boys": the boys are among the wounded.
        others.filter(move |(_, other)| !is_among(one, other)).flat_map(move |(_, other)| {
            [one.bounds.over(one.bounds.plus(other.bounds)), one.bounds.over(total)]
        })
    });
    of_one.chain(of_two)
}

/// How far two numbers are apart, whichever is larger.
fn distance(one: Bounds, other: Bounds) -> Bounds {
    if one.low >= other.low { one.minus(other) } else { other.minus(one) }
}

/// Whether a number is said elsewhere, or some of the others make it, or two of them lie so far apart.
pub(crate) fn made_of(number: Bounds, counts: &[&Amount]) -> bool {
    let bounds: Vec<Bounds> = counts.iter().map(|count| count.bounds).collect();
    let choice = |choice: u32| {
        Bounds::sum(bounds.iter().enumerate().filter(|(at, _)| choice >> at & 1 == 1).map(|(_, one)| *one))
    };
    runs(&bounds).any(|sum| sum.meets(number))
        || bounds.len() <= CHOICES && (1..1u32 << bounds.len()).any(|one| choice(one).meets(number))
        || bounds
            .iter()
            .enumerate()
            .any(|(at, one)| bounds[at + 1..].iter().any(|other| distance(*one, *other).meets(number)))
}

/// Whether two numbers or more were added and struck off: "23 names and 18 names … five in both … 36".
fn added_and_struck_off(number: Bounds, parts: &[&Amount]) -> bool {
    // What is done with a part in one way of all: nothing, added or struck off.
    let done = |way: u32, place: usize| way / 3u32.pow(place as u32) % 3;
    let several = |way: &u32| (0..parts.len()).filter(|place| done(*way, *place) != 0).count() > 1;
    parts.len() <= CHOICES
        && (1..3u32.pow(parts.len() as u32)).filter(several).any(|way| {
            let step = |sum: Bounds, (place, step): (usize, &&Amount)| match done(way, place) {
                0 => sum,
                1 => sum.plus(step.bounds),
                _ => sum.minus(step.bounds),
            };
            parts.iter().enumerate().fold(Bounds::exactly(0.0), step).meets(number)
        })
}

/// Whether two words are forms of one: "letter" and "letters" by their first letters, ملف and ملفات too, and «شاهد» and
/// «شهود» by the consonants that are left without long vowels.
pub(crate) fn same_thing(one: &str, other: &str) -> bool {
    let letters = if one.is_ascii() { 4 } else { 3 };
    let begin = |word: &str| word.chars().take(letters).collect::<String>();
    let long = |word: &str| word.chars().count() >= letters;
    let alike = |one: &str, other: &str| long(one) && begin(one) == begin(other);
    // «صفوف» and «صفاً», «سلة» and «سلتين» have two consonants.
    let short = |one: &str, other: &str| {
        let (root, longer) = (consonants(one), consonants(other));
        let dual = ["ين", "ان"].iter().any(|ending| other.ends_with(ending));
        let ending = longer.strip_prefix(&root).filter(|_| root.chars().count() == 2);
        let begin = |word: &str| word.strip_prefix("ال").unwrap_or(word).chars().take(2).collect::<String>();
        let named = one.chars().count().min(other.chars().count()) >= letters;
        named
            && begin(one) == begin(other)
            && ending.is_some_and(|ending| ending.is_empty() || dual && matches!(ending, "تن" | "ن"))
    };
    let arabic = |one: &str, other: &str| {
        alike(&consonants(one), &consonants(other)) || short(one, other) || short(other, one)
    };
    alike(one, other) || !one.is_ascii() && arabic(one, other)
}

/// An Arabic word without its article, long vowels and endings.
fn consonants(word: &str) -> String {
    let word = word.strip_prefix("ال").unwrap_or(word).trim_end_matches('ه');
    word.chars().filter(|letter| !matches!(letter, 'ا' | 'و' | 'ي' | 'ء' | 'ئ' | 'ؤ')).collect()
}

/// Whether somebody is counted without a number: "a fourth pupil died", «وتوفي تلميذ رابع».
fn has_ordinal(passage: &Passage, within: Range<usize>) -> bool {
    within.into_iter().any(|at| {
        let word = passage.atoms[at].word.as_str();
        // "Another was the third" says again who was counted.
        let one_more = !word.is_ascii() || at > 0 && passage.atoms[at - 1].word == "a";
        Lexicon::get().is_ordinal(word) && one_more || word == "a" && passage.symbol(at) == "P"
    })
}

/// Whether a stretch tells what may be: "might have", «قد يكون»; "could not" tells what was not.
fn may_be_more(passage: &Passage, within: Range<usize>) -> bool {
    within.into_iter().any(|at| passage.symbol(at) == "nor" && passage.word(at + 1) != "not")
}

/// Whether one of those who are counted is said to be of another kind too: «ومسعفان إحداهما امرأة».
fn has_one_of_them(passage: &Passage, within: Range<usize>) -> bool {
    let one_of = ["احداهما", "احداهن", "احدهم", "احدهما"];
    within.into_iter().any(|at| one_of.contains(&passage.atoms[at].word.as_str()))
}

/// Whether one number is the other with a digit a little off, or with two digits changed about.
pub(crate) fn is_slip(one: f64, other: f64) -> bool {
    let mut apart = (one - other).abs();
    while apart >= 10.0 && apart % 10.0 == 0.0 {
        apart /= 10.0;
    }
    let digits = |number: f64| {
        let mut digits: Vec<char> = format!("{number}").chars().collect();
        digits.sort_unstable();
        digits
    };
    apart <= 3.0 || digits(one) == digits(other)
}
