//! A whole that is said again as another number: "We interviewed 64 survivors. … Nineteen of the 46 survivors …".

use super::{is_definite, is_slip, made_of, plain, same_thing, words_beside};
use crate::amounts::Amount;
use crate::arithmetic::shown;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::lexicon::Lexicon;
use crate::passage::Passage;

/// The least number that is taken for one said again, and for one that is told again in the same words.
const FEW: f64 = 10.0;
const SEVERAL: f64 = 5.0;

/// How far around a number its words stand, and how many of them must be said again.
const AROUND: usize = 7;
const SHARED: usize = 3;

pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    (0..passage.atoms.len()).filter_map(|at| said_again(passage, at, passage.count_at(at)?)).collect()
}

/// Whether those who are counted at a place are said again at another in two words more, none of which tells how they
/// differ.
fn is_told_again(passage: &Passage, told: usize, again: usize) -> bool {
    let words = |at: usize| -> Vec<&str> {
        let near = at.saturating_sub(AROUND)..(at + AROUND + 1).min(passage.atoms.len());
        let own = near.filter(|place| {
            passage.sentence(at).contains(place) && matches!(passage.symbol(*place), "w" | "n")
        });
        own.map(|place| passage.word(place)).filter(|word| word.chars().count() > 3).collect()
    };
    let shared = words(again)
        .into_iter()
        .filter(|word| words(told).iter().any(|other| same_thing(word, other)))
        .count();
    let parts = ["rest", "other", "them", "incl", "except", "more", "nor", "up", "down", "bring"];
    let end = (again + AROUND).min(passage.atoms.len());
    // "In the first raid … in the second": others.
    let in_a_row = |at: usize| {
        let word = passage.word(at);
        Lexicon::get().is_ordinal(word) || matches!(word, "first" | "اول" | "اولي" | "another" | "اخري")
    };
    let start = passage.sentence(told).start;
    shared >= SHARED && !passage.has(told..end, &parts) && !(start..end).any(in_a_row)
}

/// "Nineteen of the 46 survivors", after 64 survivors.
fn said_again(passage: &Passage, at: usize, whole: &Amount) -> Option<Draft> {
    // «العاملين الأحد عشر»: the article is part of the number.
    let within = passage.atoms[at].word.starts_with("ال");
    let article = at > 0 && matches!(passage.atoms[at - 1].word.as_str(), "ال" | "هذه");
    let of_all = passage.symbol_before(at) == "of" && !passage.atoms[at - 1].word.is_ascii();
    let definite = of_all || is_definite(passage, at) || passage.symbol_before(at) == "the" || within;
    let of = (at.saturating_sub(4)..at).any(|at| matches!(passage.symbol(at), "of" | "min"));
    // The part itself was not said before.
    let start = at.saturating_sub(8).max(passage.sentence(at).start);
    let part = (start..at).rev().find(|at| passage.count_at(*at).is_some()).unwrap_or(at);
    let before = plain(passage, 0..part, at);
    let earlier: Vec<&Amount> = before.iter().map(|(_, count)| *count).collect();
    // «الملفات الـ64 التي»: the thing stands before its number.
    let thing = match () {
        () if article && at > 1 => passage.word(at - 2),
        () if within && at > 0 => passage.word(at - 1),
        () => whole.word.as_str(),
    };
    // "Only nine of these 24".
    let these = at > 0 && matches!(passage.atoms[at - 1].word.as_str(), "these" | "those" | "هولاء");
    // "31 lorries of 42 that set out", after 52 lorries that set out.
    let part_word = passage.count_at(part).map_or("", |part| part.word.as_str());
    let of_whole = matches!(passage.symbol_before(at), "of" | "min");
    let set_out = |place: usize| {
        let again =
            |word: usize| words_beside(passage, place).any(|told| passage.word(told) == passage.word(word));
        let verb = words_beside(passage, at).find(|word| *word == at + 1);
        of_whole
            && part < at
            && same_thing(part_word, passage.count_at(place).map_or("", |count| count.word.as_str()))
            && verb.is_some_and(again)
    };
    let alike = |(place, count): &&(usize, &Amount)| {
        let words = [count.word.as_str(), passage.word(place + 1), passage.word(place + 2)];
        let named = !thing.is_empty() && words.iter().any(|word| same_thing(word, thing));
        // «المدارس الـ 29»: the thing stands before its number.
        let classed = count.class().is_some_and(|class| Some(class) == whole.class() && class != "people");
        named || (classed || these) && earlier.len() == 1
    };
    let (same_at, same) =
        before.iter().find(alike).or_else(|| before.iter().find(|(place, _)| set_out(*place)))?;
    // Families and lists of a few are many; a number that is said again is a slip of the pen away.
    let fewest = same.stated.min(whole.stated);
    let whole_numbers = same.stated.fract() == 0.0 && whole.stated.fract() == 0.0;
    let many = fewest >= FEW || fewest >= SEVERAL && is_told_again(passage, *same_at, at);
    let near = many
        && whole_numbers
        && (same.stated.max(whole.stated) < 2.0 * same.stated.min(whole.stated)
            || is_slip(same.stated, whole.stated));
    // The whole may be made of what counts the same, or of what says not what it counts.
    let parts: Vec<&Amount> = earlier
        .iter()
        .copied()
        .filter(|count| {
            count.nouns.is_empty() || count.class() == same.class() || same_thing(&count.word, &same.word)
        })
        .collect();
    // "Carrying 120 tonnes, at 15 a lorry, of 180 that were promised": a whole that those before are of.
    let promised = passage.symbol(at.saturating_sub(2)) == "," && passage.symbol_before(at) == "of";
    // "40 per cent of the 150 killed by mines and 25 per cent of the 80 killed from the air": each has its own share.
    let shared = |at: usize| passage.has(at.saturating_sub(4)..at, &["P"]);
    let parallel = shared(at) && shared(*same_at);
    // "The 150 dead in 2030 and the 200 dead in 2031".
    let timed = |at: usize| passage.has(at + 1..at + 5, &["M", "T", "t"]);
    let apart = timed(at) && timed(*same_at);
    // "Thirteen health workers were arrested … the eleven health workers who were arrested".
    let of = of || (within || is_definite(passage, at)) && is_told_again(passage, *same_at, at);
    if apart
        || parallel
        || promised && whole.stated > same.stated
        || !(definite || set_out(*same_at))
        || !of
        || !near
        || whole.is_vague()
        || made_of(whole.bounds, &parts)
    {
        return None;
    }
    let explain = format!("{} were said before, not {}", shown(same.stated), shown(whole.stated));
    Some(Draft::over(Kind::NOfM, &[whole], whole.stated, same.stated, explain))
}
