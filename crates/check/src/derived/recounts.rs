//! A whole that is said again as another number: "We interviewed 64 survivors. … Nineteen of the 46 survivors …".

use super::{made_of, plain, same_thing};
use crate::amounts::Amount;
use crate::arithmetic::shown;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::Passage;

pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    (0..passage.atoms.len()).filter_map(|at| said_again(passage, at, passage.count_at(at)?)).collect()
}

/// "Nineteen of the 46 survivors", after 64 survivors.
fn said_again(passage: &Passage, at: usize, whole: &Amount) -> Option<Draft> {
    let article = at > 0 && passage.atoms[at - 1].word == "ال";
    let definite = article || passage.symbol(at - at.min(1)) == "the";
    let of = (at.saturating_sub(4)..at).any(|at| matches!(passage.symbol(at), "of" | "min"));
    let sentence = passage.sentence(at);
    let before = plain(passage, 0..sentence.start, at);
    let earlier: Vec<&Amount> = before.iter().map(|(_, count)| *count).collect();
    // «الملفات الـ64 التي»: the thing stands before its number.
    let thing = if article && at > 1 { passage.word(at - 2) } else { whole.word.as_str() };
    let alike = |(place, count): &&(usize, &Amount)| {
        let words = [count.word.as_str(), passage.word(place + 1), passage.word(place + 2)];
        let named = !thing.is_empty() && words.iter().any(|word| same_thing(word, thing));
        // «المدارس الـ 29»: the thing stands before its number.
        let classed = count.class().is_some_and(|class| Some(class) == whole.class() && class != "people");
        named || classed && earlier.len() == 1
    };
    let (_, same) = before.iter().find(alike)?;
    if !definite || !of || whole.is_vague() || made_of(whole.bounds, &earlier) {
        return None;
    }
    let explain = format!("{} were said before, not {}", shown(same.stated), shown(whole.stated));
    Some(Draft::over(Kind::NOfM, &[whole], whole.stated, same.stated, explain))
}
