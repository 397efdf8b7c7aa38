//! A whole that is said again as another number: "We interviewed 64 survivors. … Nineteen of the 46 survivors …".

use super::{is_definite, is_slip, made_of, plain, same_thing};
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
    let of_all = at > 0 && passage.symbol(at - 1) == "of" && !passage.atoms[at - 1].word.is_ascii();
    let definite = of_all || is_definite(passage, at) || passage.symbol(at - at.min(1)) == "the";
    let of = (at.saturating_sub(4)..at).any(|at| matches!(passage.symbol(at), "of" | "min"));
    // The part itself was not said before.
    let part = (at.saturating_sub(8)..at).rev().find(|at| passage.count_at(*at).is_some()).unwrap_or(at);
    let before = plain(passage, 0..part, at);
    let earlier: Vec<&Amount> = before.iter().map(|(_, count)| *count).collect();
    // «الملفات الـ64 التي»: the thing stands before its number.
    let thing = if article && at > 1 { passage.word(at - 2) } else { whole.word.as_str() };
    // "Only nine of these 24".
    let these = at > 0 && matches!(passage.atoms[at - 1].word.as_str(), "these" | "those" | "هولاء");
    let alike = |(place, count): &&(usize, &Amount)| {
        let words = [count.word.as_str(), passage.word(place + 1), passage.word(place + 2)];
        let named = !thing.is_empty() && words.iter().any(|word| same_thing(word, thing));
        // «المدارس الـ 29»: the thing stands before its number.
        let classed = count.class().is_some_and(|class| Some(class) == whole.class() && class != "people");
        named || (classed || these) && earlier.len() == 1
    };
    let (_, same) = before.iter().find(alike)?;
    // Families and lists of a few are many; a number that is said again is a slip of the pen away.
    let near = same.stated.min(whole.stated) >= FEW
        && (same.stated.max(whole.stated) < 2.0 * same.stated.min(whole.stated)
            || is_slip(same.stated, whole.stated));
    if !definite || !of || !near || whole.is_vague() || made_of(whole.bounds, &earlier) {
        return None;
    }
    let explain = format!("{} were said before, not {}", shown(same.stated), shown(whole.stated));
    Some(Draft::over(Kind::NOfM, &[whole], whole.stated, same.stated, explain))
}
