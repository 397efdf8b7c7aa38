//! A whole that is said again as another number: "We interviewed 64 survivors. … Nineteen of the 46 survivors …".

use super::{is_definite, is_slip, made_of, plain, same_thing, words_beside};
use crate::amounts::Amount;
use crate::arithmetic::shown;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::Passage;

/// The least number that is taken for one said again.
const FEW: f64 = 10.0;

pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    (0..passage.atoms.len()).filter_map(|at| said_again(passage, at, passage.count_at(at)?)).collect()
}

/// "Nineteen of the 46 survivors", after 64 survivors.
fn said_again(passage: &Passage, at: usize, whole: &Amount) -> Option<Draft> {
    let article = at > 0 && matches!(passage.atoms[at - 1].word.as_str(), "ال" | "هذه");
    let of_all = passage.symbol_before(at) == "of" && !passage.atoms[at - 1].word.is_ascii();
    let definite = of_all || is_definite(passage, at) || passage.symbol_before(at) == "the";
    let of = (at.saturating_sub(4)..at).any(|at| matches!(passage.symbol(at), "of" | "min"));
    // The part itself was not said before.
    let start = at.saturating_sub(8).max(passage.sentence(at).start);
    let part = (start..at).rev().find(|at| passage.count_at(*at).is_some()).unwrap_or(at);
    let before = plain(passage, 0..part, at);
    let earlier: Vec<&Amount> = before.iter().map(|(_, count)| *count).collect();
    // «الملفات الـ64 التي»: the thing stands before its number.
    let thing = if article && at > 1 { passage.word(at - 2) } else { whole.word.as_str() };
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
    let near = same.stated.min(whole.stated) >= FEW
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
    // "The 150 dead in 2030 and the 200 dead in 2031".
    let timed = |at: usize| passage.has(at + 1..at + 5, &["M", "T", "t"]);
    let apart = timed(at) && timed(*same_at);
    if apart
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
