//! Arabic words that are words of the language by their form, and so hardly names.

use crate::lexicon::Tags;

/// Whether a word is one of the language by its form: verbs with a prefix of person, words with a preposition and the
/// article, feminine adjectives and plurals.
pub(crate) fn looks_derived(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < 3 {
        return false;
    }
    let count = letters.len();
    let long = |at: usize| matches!(letters.get(at), Some('ا' | 'و' | 'ي'));
    let present = letters[0] == 'ي' && count >= 4 && letters[1] != 'ا'
        || letters[0] == 'ن' && count == 4 && !(1..4).any(long)
        || word.starts_with("سي") && count >= 5 && !word.ends_with('ا');
    let verbal_noun =
        letters[0] == 'ت' && (count == 4 && !long(1) && !long(2) || count == 5 && long(3) && !long(2));
    let past = word.ends_with('ت')
        && (count == 4 && !(0..3).any(long)
            || count > 5 && letters[0] == 'ت'
            || count > 5 && letters[0] == 'ا' && (letters[1] == 'ن' || letters[2] == 'ت'));
    let prefixed =
        ["بال", "لل", "وال", "فال", "كال", "وبال", "ولل"].iter().any(|prefix| word.starts_with(prefix));
    // «اعتزل», «انتخب»: the past of two derived forms.
    let eighth =
        count == 5 && letters[0] == 'ا' && (letters[2] == 'ت' || letters[1] == 'ن') && !(1..5).any(long);
    let joined = word.starts_with('و') && count > 4;
    let stem = word.strip_prefix("ال").map_or(&letters[..], |_| &letters[2..]);
    // No word of the language ends in «ييه»: «كزافييه».
    let ending = count > 4
        && !word.ends_with("ييه")
        && ["يه", "ات", "ها", "هم", "هما", "ناه"].iter().any(|ending| word.ends_with(ending));
    present || past || eighth || verbal_noun || prefixed || joined || ending || is_noun_of_action(stem)
}

/// «استضاف», «استضافة», «اجتماع», «انفعال»: words of the derived forms, without the article.
fn is_noun_of_action(stem: &[char]) -> bool {
    match stem {
        ['ا', 'س', 'ت', rest @ ..] => rest.len() >= 2,
        ['ا', 'ن', _, _, 'ا', _] | ['ا', _, 'ت', _, 'ا', _] => true,
        _ => false,
    }
}

/// Whether a word without its ending or article is an ordinary one: «معارضين», «السياسيون», «قواته».
pub(crate) fn inflects(tags: &Tags, word: &str) -> bool {
    let bare = word.strip_prefix("ال").unwrap_or(word);
    // A stem of two letters says nothing, and an ending may stand for a ta marbuta: «قواته» of «قوة».
    let ordinary = |stem: &str| {
        stem.chars().count() > 2
            && (tags.is_ordinary(stem) || stem.len() < bare.len() && tags.is_ordinary(&format!("{stem}ه")))
    };
    ["", "ون", "ين", "ان", "ه", "ي", "ا", "تين", "وا", "نا", "تها", "ته"]
        .iter()
        .filter_map(|ending| bare.strip_suffix(ending))
        .any(ordinary)
}
