//! A full name from a name and the columns beside it: who the father is often stands in a column of its own.

use super::close::{Closeness, closeness};
use super::parts::{Kin, own_name};
use super::skeleton::skeleton;
use super::words::{split_words, words_within};

/// The name with father and grandfather after the given name and the family at its end, as printed: “Nadim Qassar” of the
/// father “Raed” is “Nadim Raed Qassar”. What the name holds already where it belongs is not put in twice, and no
/// grandfather is where no father is known. A name by a relative (“son of X”) stays as it is. Cells that a list does not
/// have are empty.
pub fn full_name(name: &str, father: &str, grandfather: &str, family: &str) -> String {
    let mut name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if own_name(&name).0 != Kin::None || split_words(&name).is_empty() {
        return name;
    }
    with_family(&mut name, family);
    let has_father = put_in(&mut name, 1, father) || split_words(&name).len() > 2;
    if has_father {
        put_in(&mut name, 2, grandfather);
    }
    name
}

fn with_family(name: &mut String, family: &str) {
    let (family_words, words) = (split_words(family), split_words(own_name(name).1));
    let is_there = family_words.last().is_none_or(|last| words.iter().skip(1).any(|word| alike(word, last)));
    if !is_there {
        name.push(' ');
        name.push_str(family.trim());
    }
}

/// Puts `part` after the first `at` words of a name, but for what of it stands there; whether there is such a part.
fn put_in(name: &mut String, at: usize, part: &str) -> bool {
    let own = own_name(name).1;
    let (words, new) = (split_words(own), split_words(part));
    let (Some(first), Some(rest)) = (new.first(), words.get(at..)) else { return false };
    if rest.first().is_some_and(|there| alike(there, first)) {
        return true;
    }
    // «اسم الأب» may go on to the family: “Raed Qassar” of “Nadim Qassar”.
    let shared = (1..new.len()).find(|kept| begins_with(rest, &new[*kept..])).unwrap_or(new.len());
    let part = words_within(part, shared);
    let end = name.len() - own.len() + words_within(own, at).len();
    name.insert_str(end, &format!(" {}", part.trim()));
    true
}

fn begins_with(words: &[String], these: &[String]) -> bool {
    words.len() >= these.len() && words.iter().zip(these).all(|(word, this)| alike(word, this))
}

/// Letters of a word from which a slip makes no other name of it: «كريم» and «كرم» are two.
const LONG: usize = 5;

/// Whether two words are spellings of one name: who is taken for somebody who stands there already would be lost.
fn alike(a: &str, b: &str) -> bool {
    let is_long = |word: &str| word.chars().count() >= LONG;
    match closeness(a, b) {
        Closeness::Same => true,
        Closeness::Near => is_long(a) && is_long(b) && skeleton(a) == skeleton(b),
        Closeness::Other => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_father_stands_after_the_given_name_and_once() {
        for (name, father, grandfather, family, full) in [
            ("Nadim Qassar", "Raed", "", "", "Nadim Raed Qassar"),
            ("نديم القصار", "رائد", "", "", "نديم رائد القصار"),
            ("نديم القصار", "رائد", "خليل", "", "نديم رائد خليل القصار"),
            ("Nadim Raed Qassar", "Raed", "", "", "Nadim Raed Qassar"),
            ("Nadim Muhamad Qassar", "Mohammed", "", "", "Nadim Muhamad Qassar"),
            ("Nadim Saleh", "Ali", "", "", "Nadim Ali Saleh"),
            ("Nadim Hamed Qassar", "Ahmed", "", "", "Nadim Ahmed Hamed Qassar"),
            ("نديم كريم القصار", "كرم", "", "", "نديم كرم كريم القصار"),
            ("نديم رائد القصار", "Raed", "", "", "نديم رائد القصار"),
            ("Nadim Raed", "Raed", "", "", "Nadim Raed"),
            ("Nadim Raed Qassar", "Raed", "Khalil", "", "Nadim Raed Khalil Qassar"),
            ("Nadim Raed Khalil Qassar", "Raed", "Khalil", "Qassar", "Nadim Raed Khalil Qassar"),
            ("Nadim Qassar", "Raed Qassar", "", "", "Nadim Raed Qassar"),
            ("Nadim Qassar", "Raed Khalil Qassar", "", "", "Nadim Raed Khalil Qassar"),
            ("Nadim", "Raed", "", "Qassar", "Nadim Raed Qassar"),
            ("Nadim Qassar", "Raed", "", "Al-Qassar", "Nadim Raed Qassar"),
            ("عبد الرحمن القصار", "رائد", "", "", "عبد الرحمن رائد القصار"),
            ("صلاح الدين القصار", "عبد الله", "", "", "صلاح الدين عبد الله القصار"),
            ("Abd al-Rahman al-Qassar", "Raed", "", "", "Abd al-Rahman Raed al-Qassar"),
            ("الشهيد نديم القصار", "رائد", "", "", "الشهيد نديم رائد القصار"),
            ("Dr. Nadim Qassar", "Raed", "", "", "Dr. Nadim Raed Qassar"),
            ("Son of Nadim Qassar", "Nadim", "", "", "Son of Nadim Qassar"),
            ("Nadim Qassar", "", "Khalil", "", "Nadim Qassar"),
            ("Nadim  Qassar ", "", "", "", "Nadim Qassar"),
            ("مجهول الهوية", "رائد", "", "", "مجهول الهوية"),
            ("", "Raed", "", "Qassar", ""),
        ] {
            assert_eq!(full_name(name, father, grandfather, family), full, "{name} + {father}");
        }
    }
}
