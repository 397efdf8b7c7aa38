//! What a cell of a list says became of somebody, as far as it says so: what is denied or doubted is not said.

use sijil_model::codebook::Fate;
use sijil_model::fold::fold;

/// Beginnings of words that say a fate, folded, the worst first.
const FATES: [(Fate, &[&str]); 5] = [
    (
        Fate::Killed,
        &[
            "kill",
            "dead",
            "died",
            "deceased",
            "martyr",
            "قتل",
            "قتيل",
            "مقتول",
            "مقتل",
            "شهيد",
            "شهداء",
            "استشهد",
            "متوف",
            "توفي",
            "توفت",
            "وفاه",
            "ميت",
        ],
    ),
    (
        Fate::Injured,
        &[
            "injur",
            "wound",
            "critical",
            "serious",
            "جريح",
            "جرحي",
            "جراح",
            "جروح",
            "مصاب",
            "اصيب",
            "اصابه",
            "حرج",
            "خطر",
            "خطير",
        ],
    ),
    (Fate::Missing, &["missing", "disappeared", "مفقود"]),
    (Fate::Detained, &["detain", "arrest", "معتقل", "محتجز", "اسير"]),
    (Fate::Released, &["released", "مفرج", "اخلي"]),
];

/// Words that deny what stands after them.
const DENIED: [&str; 20] = [
    "not", "no", "never", "isnt", "wasnt", "didnt", "hasnt", "without", "nor", "escaped", "survived", "لم",
    "لا", "ليس", "ليست", "غير", "لن", "نجا", "نجت", "ناج",
];

/// Beginnings of words that leave open whether something is so.
const DOUBTED: [&str; 22] = [
    "presum",
    "fear",
    "believed",
    "possib",
    "probab",
    "likely",
    "maybe",
    "might",
    "suspect",
    "unconfirm",
    "unverif",
    "uncertain",
    "unclear",
    "يعتقد",
    "يرجح",
    "مرجح",
    "محتمل",
    "يحتمل",
    "مفترض",
    "يشتبه",
    "ربما",
    "يخشي",
];

/// What is not yet so where it is denied: "not confirmed", «غير مؤكد».
const CONFIRMED: [&str; 6] = ["confirm", "verif", "certain", "موكد", "تتاكد", "يتاكد"];

/// A word for what became of somebody in either language; none where it is not known here, denied («لم يقتل») or left open
/// ("presumed dead", "dead?").
pub(crate) fn read_fate(text: &str) -> Option<Fate> {
    if text.contains(['?', '؟']) {
        return None;
    }
    let marks = [',', ';', '/', '.', '(', ')', '|', '،', '؛', '–', '—'];
    let mut said: Vec<Fate> = Vec::new();
    for clause in text.split(marks) {
        let folded = fold(clause);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let cut = words.iter().position(|word| denies(word) || doubts(word)).unwrap_or(words.len());
        let (before, after) = words.split_at(cut);
        let goes_on = after.iter().any(|word| of_word(word).is_some());
        let is_open = after.iter().any(|word| doubts(word) || begins(word, &CONFIRMED));
        let one_of_two = after.first().is_some_and(|word| matches!(*word, "or" | "او")) && goes_on;
        if is_open && !goes_on || one_of_two && before.iter().any(|word| of_word(word).is_some()) {
            return None;
        }
        said.extend(before.iter().filter_map(|word| of_word(word)));
    }
    let first = |fate: Fate| said.iter().position(|one| *one == fate);
    let of_wounds =
        ["died of", "died from", "succumbed", "متاثرا"].iter().any(|words| fold(text).contains(words));
    match (first(Fate::Killed), first(Fate::Injured)) {
        (Some(death), Some(wound)) if wound < death || of_wounds => Some(Fate::DiedOfWounds),
        (Some(_), _) => Some(Fate::Killed),
        _ => FATES.iter().map(|(fate, _)| *fate).find(|fate| said.contains(fate)),
    }
}

fn of_word(word: &str) -> Option<Fate> {
    let of = |word: &str| FATES.iter().find(|(_, known)| begins(word, known)).map(|(fate, _)| *fate);
    of(word).or_else(|| without_prefix(word).and_then(of))
}

/// A word without what Arabic writes before it: «المتوفى», «وتوفي».
fn without_prefix(word: &str) -> Option<&str> {
    ["وال", "بال", "ال", "و", "ف", "ب"].iter().find_map(|prefix| word.strip_prefix(prefix))
}

fn denies(word: &str) -> bool {
    DENIED.contains(&word) || without_prefix(word).is_some_and(|word| DENIED.contains(&word))
}

fn doubts(word: &str) -> bool {
    matches!(word, "or" | "may" | "او") || begins(word, &DOUBTED)
}

fn begins(word: &str, known: &[&str]) -> bool {
    known.iter().any(|known| word.starts_with(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_denied_or_left_open_is_no_fate() {
        for cell in [
            "not killed",
            "not dead",
            "was not killed",
            "wasn't killed",
            "not confirmed dead",
            "presumed dead",
            "feared dead",
            "dead?",
            "killed (unconfirmed)",
            "death not confirmed",
            "killed or injured",
            "survived",
            "alive",
            "escaped death",
            "لم يقتل",
            "لم تستشهد",
            "ليس شهيدا",
            "غير مقتول",
            "وفاة غير مؤكدة",
            "شهيد؟",
            "يرجح أنه قتل",
            "قتيل أو جريح",
            "نجت من الموت",
            "على قيد الحياة",
            "ناج",
            "قيد العلاج",
            "",
        ] {
            assert_eq!(read_fate(cell), None, "{cell}");
        }
    }

    #[test]
    fn fates_are_read_in_both_languages() {
        for (cell, fate) in [
            ("killed", Fate::Killed),
            ("Killed in action", Fate::Killed),
            ("قتيلة", Fate::Killed),
            ("الشهيد", Fate::Killed),
            ("استشهدت", Fate::Killed),
            ("توفي", Fate::Killed),
            ("wounded and died", Fate::DiedOfWounds),
            ("injured, later died", Fate::DiedOfWounds),
            ("died of wounds", Fate::DiedOfWounds),
            ("died from his injuries", Fate::DiedOfWounds),
            ("مصاب ثم توفي", Fate::DiedOfWounds),
            ("جريحة ثم استشهدت", Fate::DiedOfWounds),
            ("توفي متأثرًا بجراحه", Fate::DiedOfWounds),
            ("injured, not killed", Fate::Injured),
            ("injured, not critical", Fate::Injured),
            ("بحالة حرجة", Fate::Injured),
            ("missing, presumed dead", Fate::Missing),
            ("missing, not confirmed dead", Fate::Missing),
            ("مفقود", Fate::Missing),
            ("arrested", Fate::Detained),
            ("released", Fate::Released),
        ] {
            assert_eq!(read_fate(cell), Some(fate), "{cell}");
        }
    }
}
