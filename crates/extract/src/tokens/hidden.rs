//! Arabic words as posts and pages print them: hidden from filters by marks inside, glued to the next word.

use sijil_model::fold::fold_letter;

use super::is_arabic_letter;
use crate::word_lists::Words;

/// Marks and spaces that posts put into a word to hide it from filters: «شهـ..ـيد», «قـ ـصف», «مقــ,ـتل», «شهدا.ء».
pub(super) fn hides(letter: char, before: &str, rest: &str) -> bool {
    const MARKS: [char; 9] = ['.', '*', ',', '،', '_', '~', '/', '\'', '+'];
    let after_tatweel = before.ends_with('ـ');
    if letter == ' ' {
        let after = rest.trim_start_matches(' ').trim_start_matches(MARKS);
        let goes_on = || after.starts_with(is_arabic_letter) && cuts_hidden_word(before, after);
        return after_tatweel && rest.len() - after.len() <= 3 && (after.starts_with('ـ') || goes_on());
    }
    if !MARKS.contains(&letter) {
        return false;
    }
    let after = rest.trim_start_matches(MARKS);
    let few = rest.len() - after.len() <= 3;
    let next = after.chars().next();
    few && (next == Some('ـ')
        || after_tatweel && next.is_some_and(is_arabic_letter)
        || letter != '/' && next.is_some_and(is_arabic_letter) && cuts_hidden_word(before, after))
        || letter == '.' && ends_word_after(rest)
}

/// Whether marks stand inside a hidden word: «الق.صف», «متأ.ثرة».
fn cuts_hidden_word(before: &str, after: &str) -> bool {
    const LONGEST_WORD: usize = 12;
    /// «و», «ف», «ب», «ل», «ك», «س» and the article: what may stand before a word, written as one with it.
    const PREFIXES: [char; 7] = ['و', 'ف', 'ب', 'ل', 'ك', 'س', 'ا'];
    let mut word = String::new();
    let letters = |text: &mut dyn Iterator<Item = char>, word: &mut String| {
        text.filter(|letter| is_arabic_letter(*letter)).for_each(|letter| fold_letter(letter, word));
    };
    let of_word = |letter: char| is_arabic_letter(letter) || matches!(letter, '.' | '*' | '_' | 'ـ');
    let mut backwards = before.char_indices().rev();
    let Some(start) = backwards.by_ref().take(LONGEST_WORD).take_while(|(_, letter)| of_word(*letter)).last()
    else {
        return false;
    };
    if before[..start.0].chars().next_back().is_some_and(of_word) {
        return false; // A long word: what is hidden does not begin it.
    }
    letters(&mut before[start.0..].chars(), &mut word);
    let cut = word.len();
    let goes_on = |letter: &char| is_arabic_letter(*letter) || matches!(letter, '.' | '*' | '_');
    letters(&mut after.chars().take(LONGEST_WORD).take_while(goes_on), &mut word);
    Words::Hidden.all().iter().any(|hidden| {
        word.match_indices(hidden.as_str()).any(|(at, found)| {
            let begins = word[..at].chars().all(|letter| PREFIXES.contains(&letter));
            begins && at < cut && cut < at + found.len()
        })
    })
}

/// Whether a letter begins a word that a page glued to the one before: ta marbuta, alif maqsura and the accusative «ـًا»
/// end words, «مدينة الزاهرةقُتل», «رحمة الله تعالىالشهيد».
pub(super) fn is_next_word(letter: char, before: &str) -> bool {
    const MARKS: [char; 4] = ['\u{064b}', '\u{064c}', '\u{064d}', 'ـ'];
    let ends = before.ends_with("ًا") || before.ends_with("اً");
    let last = before.trim_end_matches(MARKS).chars().next_back();
    (ends || matches!(last, Some('ة' | 'ى')) && before.chars().count() > 2)
        && matches!(letter, '\u{0622}'..='\u{063a}' | '\u{0641}'..='\u{064a}')
}

/// Words with which lines of posts begin, and which end no other word.
const LINE_BEGINS: [&str; 16] = [
    "الذي",
    "التي",
    "الذين",
    "الطفل",
    "الطفلة",
    "الشهيد",
    "الشهيدة",
    "الشاب",
    "العمر",
    "العنوان",
    "الدفن",
    "العزاء",
    "استشهد",
    "استشهدت",
    "استشهاد",
    "نتيجة",
];

/// Whether one of these words, whole, goes on a word that a page glued it to: «سليم الوراقالذي ارتقى».
pub(super) fn is_glued_word(before: &str, rest: &str) -> bool {
    /// Letters that are no prefix: «وبالطفل» is one word.
    const STEM: usize = 3;
    before.chars().filter(|letter| is_arabic_letter(*letter)).count() >= STEM
        && LINE_BEGINS
            .iter()
            .any(|word| rest.strip_prefix(word).is_some_and(|after| !after.starts_with(is_arabic_letter)))
}

/// A dot before the last letter of a word.
fn ends_word_after(rest: &str) -> bool {
    let mut letters = rest.chars().skip(1);
    letters.next().is_some_and(is_arabic_letter) && !letters.next().is_some_and(is_arabic_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hidden_word_begins_where_its_word_does() {
        assert!(hides('.', "كان الق", ".صف".trim_start_matches('.')));
        assert!(hides('.', "وق", "تل ثلاثة"));
        assert!(is_glued_word("الوراق", "الذي ارتقى"));
        assert!(!is_glued_word("وب", "الطفل ثم"));
        assert!(!is_glued_word("عبد", "الطفلي"));
        // Two words of which the ends look like one.
        assert!(!hides('/', "في العراق", "تلعفر"));
        assert!(!hides('.', "مدينة دمشق", "تلقى الأهالي"));
    }
}
