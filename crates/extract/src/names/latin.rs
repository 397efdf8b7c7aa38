//! Names of people in Latin letters, which begin with capitals.

use std::ops::Range;

use sijil_model::codebook::Sex;

use super::{
    Name, capital_run, given, is_joint, is_kunya, is_name_word, is_small_name, particle, title_before,
};
use crate::incidents::skeleton;
use crate::sense::Sense;
use crate::window::Window;
use crate::word_lists::Words;

/// A name in Latin letters: two words or more, or one that its given name, title or kin word vouches for.
pub(super) fn name(window: &Window<'_>, at: usize, sentence: &Range<usize>, shouted: bool) -> Option<Name> {
    let run = small_beginning(window, at, sentence).or_else(|| capital_run(window, at, sentence.end))?;
    let run = with_family(window, with_spelling(window, run, sentence.end));
    let (sex, given) = given(window, run.start);
    let kunya = is_kunya(window, run.start) && !shouted;
    let title = title_before(window, run.start);
    let words = run
        .clone()
        .filter(|at| window.tokens.is_word(*at) && particle(&window.tokens, *at).is_none())
        .count();
    let kin = is_introduced(window, at, sentence.start) || kin_after(window, run.end);
    let aged = crate::people::age_after(window, run.end).is_some()
        || at > 0 && crate::people::age_before(window, at).is_some();
    let enough = match words {
        0 => false,
        1 => title.is_some() || kin || aged || kunya || (given && !shouted),
        _ => !shouted || given || aged || is_listed(window, &run),
    };
    let spoken = window.tokens.is_mark(at.wrapping_sub(1), '@');
    if is_nobody(window, &run, given) || is_adverb(window, &run) {
        return None;
    }
    let sex = sex.or_else(|| kunya.then(|| sex_of_kunya(window.tokens.word(run.start))));
    (enough && !spoken).then_some(Name { run, prefix: 0, shared: None, title, sex })
}

/// "Killed: Salim Haddad; Rima Karam": a name of a list, whose words all begin with capitals as those of a headline do.
fn is_listed(window: &Window<'_>, run: &Range<usize>) -> bool {
    const LABEL: usize = 8;
    let harm = |sense: &Sense| matches!(sense, Sense::Harm(..));
    let before = run.start.checked_sub(1).and_then(|at| window.tokens.mark(at));
    let ends = |mark: char| matches!(mark, ',' | ';' | '.' | '(');
    let closed = run.end >= window.tokens.len()
        || window.tokens.mark(run.end).is_some_and(ends)
        || window.tokens.word(run.end) == "and";
    closed
        && match before {
            Some(';' | '•') => true,
            Some(':' | ',') => {
                let at = window.sentences.partition_point(|sentence| sentence.run.end <= run.start);
                let label = window.sentences.get(at).map(|sentence| sentence.run.clone()).unwrap_or_default();
                let the = usize::from(window.tokens.word(label.start) == "the");
                let colon = label.clone().take(LABEL).find(|at| window.tokens.is_mark(*at, ':'));
                window.tags.is(label.start + the, harm) && colon.is_some_and(|colon| colon < run.start)
            }
            _ => false,
        }
}

/// "Lina (Leena) Omar Haddad": another spelling of the given name stands inside the name.
fn with_spelling(window: &Window<'_>, run: Range<usize>, end: usize) -> Range<usize> {
    let at = run.end;
    let spelling =
        window.tokens.is_mark(at, '(') && is_name_word(window, at + 1) && window.tokens.is_mark(at + 2, ')');
    let rest = if spelling { capital_run(window, at + 3, end) } else { None };
    run.start..rest.map_or(at, |rest| rest.end)
}

/// "Lina Omar (Al-Haddad)", "Lina Omar (Warraq)": the family's name in brackets ends a full name, unless it spells what stands
/// before it again, "Lina Warraq (Warrak)".
fn with_family(window: &Window<'_>, run: Range<usize>) -> Range<usize> {
    const WORDS: usize = 2;
    let at = run.end;
    let words = |run: &Range<usize>| {
        run.clone().filter(|at| window.tokens.is_word(*at) && particle(&window.tokens, *at).is_none()).count()
    };
    let family = (window.tokens.is_mark(at, '(') && !is_kunya(window, at + 1))
        .then(|| capital_run(window, at + 1, at + 2 + 2 * WORDS))
        .flatten()
        .filter(|family| window.tokens.is_mark(family.end, ')') && words(family) <= WORDS);
    let bones = |run: &Range<usize>| skeleton(&window.tokens.folded(run, 0));
    let again = |family: &Range<usize>| bones(family).starts_with(&bones(&(at - 1..at)));
    let ends = family.filter(|family| words(&run) > 1 && !is_letters(window, family) && !again(family));
    run.start..ends.map_or(at, |family| family.end + 1)
}

/// "(PRCS)": letters of an organisation.
fn is_letters(window: &Window<'_>, run: &Range<usize>) -> bool {
    crate::places::is_shouted(window, run.start)
}

/// "Marjanian Relief Team", "Wadi al-Zaytun": a people, a place or a body by its first or last word.
fn is_nobody(window: &Window<'_>, run: &Range<usize>, given: bool) -> bool {
    const LONG: usize = 5;
    let first = window.tokens.word(run.start);
    // "Christian Velt, 33,"
    let aged = run.len() > 1 && crate::people::age_after(window, run.end).is_some();
    let people = first.len() > LONG && crate::places::is_of_a_people(first) && !aged;
    people && !given
        || Words::BeginsNoName.has(first)
        || run.start > 0 && window.tokens.is_on(Words::BeginsNoName, run.start - 1)
        || run.len() > 1 && window.tokens.is_on(Words::EndsNoName, run.end - 1)
}

/// "Lastly, Salim Haddad": a word that opens a sentence.
pub(super) fn is_adverb(window: &Window<'_>, run: &Range<usize>) -> bool {
    let opens = window.sentences.binary_search_by_key(&run.start, |sentence| sentence.run.start).is_ok();
    opens
        && run.len() == 1
        && window.tokens.is_mark(run.end, ',')
        && window.tokens.word(run.start).ends_with("ly")
}

/// "Abu" is a father, "Umm" a mother.
fn sex_of_kunya(word: &str) -> Sex {
    if word.starts_with('a') { Sex::M } else { Sex::F }
}

/// "his son X", "a girl named X": words right before a name that say that a name follows.
fn is_introduced(window: &Window<'_>, at: usize, start: usize) -> bool {
    at > start
        && (window.tags.is(at - 1, |sense| matches!(sense, Sense::Kin(_)))
            || matches!(window.tokens.word(at - 1), "named" | "called") && !window.tokens.is_mark(at, '“')
            || is_my_kin(window, at - 1))
}

/// "my husband, ", "his wife, Salma,": what a witness calls who is named next, up to a comma, or whose kin stands between two.
fn is_my_kin(window: &Window<'_>, comma: usize) -> bool {
    const ADJECTIVE: usize = 2;
    let kin = comma.checked_sub(1).filter(|at| window.tags.is(*at, |sense| matches!(sense, Sense::Kin(_))));
    let mine = |kin: usize| {
        (1..=1 + ADJECTIVE)
            .filter_map(|back| kin.checked_sub(back))
            .any(|at| matches!(window.tokens.word(at), "my" | "our"))
    };
    let of_him = |kin: usize| {
        kin > 0
            && matches!(window.tokens.word(kin - 1), "his" | "her")
            && window.tokens.is_mark(comma + 2, ',')
    };
    window.tokens.is_mark(comma, ',')
        && kin.is_some_and(|kin| window.testimony.is_some() && mine(kin) || of_him(kin))
}

/// "X (daughter)": a kin word in brackets after a name.
fn kin_after(window: &Window<'_>, at: usize) -> bool {
    window.tokens.is_mark(at, '(') && window.tags.is(at + 1, |sense| matches!(sense, Sense::Kin(_)))
}

/// In "Ibrahim, Karam and mai Al-Hafiz" the last name begins with a small letter.
fn small_beginning(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    let little = usize::from(at > 0 && matches!(window.tokens.word(at - 1), "little" | "baby"));
    let joint = at.checked_sub(1 + little).filter(|joint| *joint > sentence.start);
    let listed = joint.is_some_and(|joint| is_joint(window, joint) && window.tokens.is_capital(joint - 1));
    let rest =
        if listed && is_small_name(window, at) { capital_run(window, at + 1, sentence.end) } else { None };
    rest.map(|rest| at..rest.end)
}
