//! Names of people in Arabic: a given name of the lexicon, or what stands before and after, begins one; it goes on
//! over patronymics and over words that are no words of the language.
//!
//! What stands before is a title («الرئيس», «الشهيد», «وزير الدفاع»), a verb of saying, a kin word that says whose;
//! what stands after is an age in brackets. Once a whole name is read, its last word alone is a name too.

use sijil_model::codebook::{Harm, Sex};

use super::Name;
use crate::sense::{HarmForm, Number, Sense, Title};
use crate::window::{Owner, Window};
use crate::word_lists::Words;

mod again;
mod words;

pub(super) use again::{alone, surnames};

use words::{continues, given, is_foreign, is_given, is_particle, is_plain, is_unknown};

/// The most words of one name.
const LONGEST: usize = 7;
/// The most words of a name in a row that no lexicon knows.
const UNKNOWN: usize = 3;

/// What stands before a possible name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    /// A kin word, «اسمه», a list or an age vouches for it.
    Kin,
    /// «زوجة», «أسرة»: whose, by a name that the language does not have.
    Whose,
    /// «وقال»: somebody speaks, who may also be an institution.
    Says,
    /// «الصربي يانكو»: an adjective of a nation, which is said of teams and companies too.
    Nation,
    /// «مقتل»: who was killed follows, who is not always a person by name.
    Killed,
    /// «2- »: an item of a list, all of whose words can be a name's.
    Listed,
    /// «سليم الوراق ويانكو لاركا»: a name, which «و» joins to it.
    Joined,
    /// «الرئيس», «الشهيد», «رئيس الوزراء الأزرقي».
    Title(Title),
}

/// The name that starts at an Arabic token, if there is one.
pub(super) fn name(window: &Window<'_>, at: usize, end: usize) -> Option<Name> {
    // «قُتل اثنا عشر تلميذا»
    let counts = window.tags.number(at).is_some_and(|number| number.length > 1);
    if counts || !window.is_free(at) || !window.tokens.is_arabic(at) || window.tokens.is_on(Words::Limbs, at)
    {
        return None;
    }
    if let Some(close) = quoted_dead(window, at, end) {
        let sex = given(window, at).map(|given| given.sex);
        return Some(Name { run: at..close, prefix: 0, shared: None, title: None, sex });
    }
    if is_adjective_before(window, at) || is_told_by_several(window, at) {
        return None;
    }
    let before = before(window, at);
    let item = item_end(window, at).filter(|item| *item <= end);
    let begun = beginning(window, at, end, before, item)?;
    let run = at..item.unwrap_or_else(|| extent(window, &begun, end, before));
    let title = if let Before::Title(title) = before { Some(title) } else { None };
    begun.enough(window, &run, before).then_some(Name {
        run,
        prefix: begun.prefix,
        shared: None,
        title,
        sex: begun.sex,
    })
}

/// How a name begins.
struct Begun {
    /// Where its second word stands.
    next: usize,
    prefix: u8,
    sex: Option<Sex>,
    /// Its first word is a given name and no other word.
    sure: bool,
    /// Its first word is a given name of the lexicon.
    given: bool,
}

impl Begun {
    /// Whether words and surroundings make it a name.
    fn enough(&self, window: &Window<'_>, run: &std::ops::Range<usize>, before: Before) -> bool {
        let words = run.len();
        let second = self.next < run.end && (is_given(window, self.next) || is_particle(window, self.next));
        match before {
            Before::Kin => true,
            Before::Whose if !self.given => words == 1 && is_foreign(window, run.start),
            Before::Listed => words >= 2,
            Before::Joined if !self.given => words >= 2 && is_foreign(window, run.start + 1),
            Before::Killed if self.given => self.sure || words >= 2,
            Before::Title(Title::Victim) => self.given || words >= 2,
            Before::Title(_) if self.given && is_after_a_sacred_title(window, run.start) => true,
            Before::Title(_) => self.sure || words >= 2 || !self.given && is_foreign(window, run.start),
            Before::Says if !self.given && words == 1 => is_foreign(window, run.start),
            _ if !self.given => {
                matches!(before, Before::Says | Before::Nation | Before::Killed)
                    && words >= 2
                    && !starts_with_article(window, run.start)
            }
            Before::Says => self.sure || second,
            _ if self.sure => words >= 2 || aged(window, run.end) || coordinated(window, run),
            _ => second || words >= 2 && aged(window, run.end),
        }
    }
}

fn beginning(
    window: &Window<'_>,
    at: usize,
    end: usize,
    before: Before,
    item: Option<usize>,
) -> Option<Begun> {
    if let Some(given) = given(window, at) {
        return Some(Begun {
            next: at + given.length,
            prefix: given.prefix,
            sex: Some(given.sex),
            sure: given.sure || aged_after(window, at, end),
            given: true,
        });
    }
    // «والدتهما ختام المحمود», «جمعة البراق (67 عاما)»: a word of the language too, before a surname.
    // «تابعها داخل المرمى (61)» tells a minute.
    let in_years = || {
        window.tags.any(at + 2..at + 2 + LONGEST, |sense| matches!(sense, Sense::AgeYears | Sense::AgeMonths))
    };
    let vouched = at > 0 && is_their_kin(window, at - 1) || aged_after(window, at, end) && in_years();
    if vouched && words::is_word_before_surname(window, at) || before == Before::Kin && item.is_some() {
        return Some(Begun { next: at + 1, prefix: 0, sex: None, sure: true, given: true });
    }
    // «أبو سليم», «أم كريم»; not «أم وأطفالها».
    if matches!(window.tokens.word(at), "ابو" | "ام" | "ابي" | "ابا")
        && is_plain(window, at + 1)
        && !is_their_kin(window, at + 1)
        // Without its vowels «أم» is "or" too.
        && (window.tokens.word(at) != "ام" || is_given(window, at + 1) || is_foreign(window, at + 1))
        && at + 1 < end
    {
        let length = given(window, at + 1).map_or(1, |given| given.length);
        return Some(Begun { next: at + 1 + length, prefix: 0, sex: None, sure: true, given: true });
    }
    if before == Before::Joined && words::is_last_of_siblings(window, at) {
        return Some(Begun { next: at + 1, prefix: 1, sex: None, sure: true, given: true });
    }
    if before == Before::Joined {
        return Some(Begun { next: at + 1, prefix: 1, sex: None, sure: false, given: false });
    }
    let vouched = matches!(
        before,
        Before::Title(_) | Before::Says | Before::Nation | Before::Killed | Before::Listed | Before::Whose
    ) || aged_after(window, at, end);
    (vouched && is_unknown(window, at)).then(|| Begun {
        next: at + 1,
        prefix: 0,
        sex: None,
        sure: aged_after(window, at, end),
        given: aged_after(window, at, end),
    })
}

/// Where a name ends.
fn extent(window: &Window<'_>, begun: &Begun, end: usize, before: Before) -> usize {
    let (mut here, mut words, mut unknown) = (begun.next, 1, usize::from(!begun.given));
    while here < end && words < LONGEST {
        let Some(step) = continues(window, here, words) else { break };
        // «عودة المفتشين», «ختام الاجتماع»: a given name that is a word too goes on with a name only.
        let weak =
            begun.given && !begun.sure && !matches!(before, Before::Title(_) | Before::Kin | Before::Killed);
        if weak && !is_given(window, here) && !is_particle(window, here) {
            break;
        }
        unknown = if step.known { 0 } else { unknown + 1 };
        // «الطفل سليم كان»: an unknown word after a given name that is a word of the language too is doubtful.
        if unknown > UNKNOWN
            || !step.known && !begun.sure && !matches!(before, Before::Title(_)) && begun.given
        {
            break;
        }
        here += step.length;
        words += 1;
    }
    here
}

/// «الفنلندي آرتو», «المخضرم آرتو لينهارت»: a word with an article before a name without one says what its bearer is.
fn is_adjective_before(window: &Window<'_>, at: usize) -> bool {
    let named = given(window, at + 1).is_some_and(|given| given.sure && given.prefix == 0)
        || is_foreign(window, at + 1)
        || matches!(window.tokens.word(at + 1), "ابو" | "ابي" | "ابا");
    starts_with_article(window, at)
        && !is_given(window, at)
        && named
        && window.tokens.get(at + 1).is_some_and(|token| token.lines == 0)
}

/// «قالوا لينا اطلعوا»: a verb of several people has no one as its subject.
fn is_told_by_several(window: &Window<'_>, at: usize) -> bool {
    let said = |verb: usize| {
        window.tokens.word(verb).ends_with("وا") && window.tags.is(verb, |sense| matches!(sense, Sense::Says))
    };
    at.checked_sub(1).is_some_and(said)
}

/// «الإمام علي», «النبي محمد»: only a name follows.
fn is_after_a_sacred_title(window: &Window<'_>, at: usize) -> bool {
    at > 0 && matches!(window.tokens.word(at - 1), "الامام" | "النبي" | "سيدنا" | "القديس")
}

/// «سليم الوراق (أبو كريم)», «سليم الوراق "أبو كريم"», «أم كريم (هدى الوراق)»: where the other name of the same person ends.
pub(super) fn kunya_in_brackets(window: &Window<'_>, at: usize) -> Option<usize> {
    const WORDS: usize = 4;
    let kunya = |at: usize| matches!(window.tokens.word(at), "ابو" | "ابي" | "ام");
    let name = at.checked_sub(2)?;
    let opens = matches!(window.tokens.mark(at), Some('(' | '“' | '"'));
    let close =
        (at + 2..at + 2 + WORDS).find(|close| matches!(window.tokens.mark(*close), Some(')' | '”' | '"')))?;
    let named = kunya(at + 1) || kunya(name) && is_given(window, at + 1);
    (opens && named && (at + 1..close).all(|at| window.tokens.is_arabic(at))).then_some(close + 1)
}

/// «أطفالها», «والدتهم».
fn is_their_kin(window: &Window<'_>, at: usize) -> bool {
    window.tags.is(at, |sense| matches!(sense, Sense::Kin(kin) if kin.possessed))
}

fn before(window: &Window<'_>, at: usize) -> Before {
    let Some(last) = at.checked_sub(1) else { return Before::Nothing };
    // «ابني الصغير كريم»
    let which = usize::from(window.tokens.is_on(Words::WhichOfKin, last));
    if last.checked_sub(which).is_some_and(|kin| is_their_kin(window, kin))
        || crate::people::is_naming(window, last)
    {
        return Before::Kin;
    }
    if let Some(title) = title(window, at) {
        return Before::Title(title);
    }
    // «الأم سناء والابن البكر زياد», «قُتلت الأم، سناء، وأبناؤها»
    let comma = usize::from(window.tokens.is_mark(last, ',') && window.tokens.is_mark(at + 1, ','));
    if last.checked_sub(comma).is_some_and(|kin| words::is_one_of_a_family(window, kin)) {
        return Before::Kin;
    }
    let whose = |sense: &Sense| match sense {
        Sense::Kin(kin) => !kin.possessed && kin.number == Number::Singular,
        Sense::Family => true,
        _ => false,
    };
    // «بنت» is any girl too.
    let girl = window.tokens.word(last) == "بنت";
    if !girl && window.tags.at(last).iter().any(|tag| whose(tag.sense) && !tag.article && tag.length == 1) {
        return Before::Whose;
    }
    if is_listed(window, at) {
        return Before::Listed;
    }
    let joined = || words::is_foreign_after_and(window, at) || words::is_last_of_siblings(window, at);
    if window.owner(last) == Owner::Person && joined() {
        return Before::Joined;
    }
    let killed = |sense: &Sense| matches!(sense, Sense::Harm(Harm::Killed, HarmForm::Masdar));
    if window.tags.at(last).iter().any(|tag| killed(tag.sense) && !tag.article && tag.length == 1) {
        return Before::Killed;
    }
    let says = window.tags.at(last).iter().any(|tag| {
        matches!(tag.sense, Sense::Says) && tag.prefix <= 1 && !tag.article && usize::from(tag.length) == 1
    });
    // «الشاهد سليم الوراق», «الطبيبة هدى الوراق»: what somebody is, of whom all know who is meant.
    let role = window
        .tags
        .at(last)
        .iter()
        .any(|tag| matches!(tag.sense, Sense::Role(_)) && tag.article && usize::from(tag.length) == 1);
    let word = window.tokens.word(last);
    let nation = (word.starts_with("ال") || word.starts_with("لل") || word.starts_with("وال"))
        && (word.ends_with("ي") || word.ends_with("يه"))
        && word.chars().count() > 5;
    match (says || role, nation) {
        (true, _) => Before::Says,
        (false, true) => Before::Nation,
        _ => Before::Nothing,
    }
}

/// «2- سليم الوراق», «• سليم الوراق» on a line of its own that has no other words than a name can have.
fn is_listed(window: &Window<'_>, at: usize) -> bool {
    opens_item(window, at) && item_end(window, at).is_some()
}

/// Whether the mark or number of a list's item stands right before a token.
fn opens_item(window: &Window<'_>, at: usize) -> bool {
    let opens = |at: usize| window.tokens.get(at).is_some_and(|token| token.lines > 0);
    let mark = at > 0 && matches!(window.tokens.mark(at - 1), Some('-' | '•' | '_' | '.' | ')' | '/'));
    let item = |at: usize| opens(at) || crate::sentences::is_item(&window.tokens, at);
    let numbered = at > 1 && window.tokens.is_number(at - 2) && item(at - 2);
    mark && (numbered || opens(at - 1))
}

/// «1- سليم كريم الصخران "أبو نادر"», «3- ابنهم نادر سليم الصخران 4 سنوات»: where the name of a list's item ends that the line, a
/// bracket, a quotation mark or an age closes, if all words of it can be a name's.
fn item_end(window: &Window<'_>, at: usize) -> Option<usize> {
    /// Words that say who it is before the name: «الطفل الرضيع».
    const WHO: usize = 3;
    let says_who = |at: usize| {
        window.tags.is(at, |sense| matches!(sense, Sense::Kin(_) | Sense::Title(_) | Sense::People(_)))
    };
    let first = (0..=WHO)
        .map_while(|back| at.checked_sub(back))
        .take_while(|first| *first == at || says_who(*first))
        .find(|first| opens_item(window, *first))?;
    let closes = |here: usize| {
        window.tokens.get(here).is_none_or(|token| token.lines > 0)
            || window.tags.number(here).is_some()
            || window.tokens.is_on(Words::BeforeAnAge, here)
            || matches!(window.tokens.mark(here), Some('(' | '“' | '"' | '-' | '/' | ',' | '.' | ':'))
    };
    let end = (at + 1..=at + LONGEST).find(|here| closes(*here))?;
    // «العلي», «الخلف»: words of grammar too, which no article stands before elsewhere.
    let surname = |here: usize| {
        let grammar = |sense: &Sense| {
            matches!(
                sense,
                Sense::Common | Sense::Ordinary | Sense::Cause | Sense::Direction | Sense::Given(_)
            )
        };
        starts_with_article(window, here)
            && window.is_free(here)
            && (is_plain(window, here) || window.tags.at(here).iter().all(|tag| grammar(tag.sense)))
    };
    let of_a_name = |here: usize| {
        is_unknown(window, here)
            || is_given(window, here) && window.is_free(here)
            || is_particle(window, here)
            || here > at && surname(here)
            || here == at && first < at && is_plain(window, here)
    };
    (end > at + 1 && (at..end).all(of_a_name)).then_some(end)
}

/// «مقتل كل من "فلان الفلاني" و"فلان"»: where a name in quotation marks ends that a word of killing takes, whatever its
/// words.
fn quoted_dead(window: &Window<'_>, at: usize, end: usize) -> Option<usize> {
    const WORDS: usize = 5;
    let quote = |at: usize| matches!(window.tokens.mark(at), Some('“' | '”' | '"'));
    let open = at.checked_sub(1).filter(|open| quote(*open) && window.tokens.is_glued(at))?;
    let close = (at + 1..end.min(at + WORDS + 1)).find(|at| quote(*at))?;
    // «"صابر سنجار الفهد"»: a word of a name may be a place's elsewhere.
    let word = |at: usize| {
        is_plain(window, at) || window.owner(at) == Owner::Place || is_given(window, at) && window.is_free(at)
    };
    let name = (at..close).all(|at| {
        word(at)
            && !window.tags.is(at, |sense| {
                matches!(
                    sense,
                    Sense::Site(_) | Sense::Head(..) | Sense::Org(_) | Sense::Harm(..) | Sense::Means(..)
                )
            })
    });
    (name && (close > at + 1 || is_given(window, at)) && is_taken_by_killing(window, open)).then_some(close)
}

/// Whether what opens at a quotation mark is what a word of killing takes: titles, «كل من» and names before it between.
fn is_taken_by_killing(window: &Window<'_>, open: usize) -> bool {
    const FARTHEST: usize = 16;
    let killing =
        |sense: &Sense| matches!(sense, Sense::Harm(Harm::Killed, HarmForm::Masdar | HarmForm::Verb));
    (1..FARTHEST)
        .map_while(|back| open.checked_sub(back))
        .find(|at| {
            let title = window.tags.is(*at, |sense| {
                matches!(sense, Sense::Title(_) | Sense::Role(_) | Sense::People(_) | Sense::Kin(_))
            });
            let joint = matches!(window.tokens.word(*at), "كل" | "من" | "و")
                || matches!(window.tokens.mark(*at), Some('“' | '”' | '"' | ','));
            !(title || joint || window.owner(*at) == Owner::Person)
        })
        .is_some_and(|at| window.tags.is(at, killing))
}

/// A title before a name, adjectives and what it is a title of between: «وزير الدفاع الأزرقي السابق».
fn title(window: &Window<'_>, at: usize) -> Option<Title> {
    if let Some(title) = super::title_before(window, at) {
        // «ملك البلاد», «رئيس الاتحاد»: what follows at once is what it is a title of.
        return (!governs(window.tokens.word(at - 1))).then_some(title);
    }
    let mut here = at;
    for _ in 0..4 {
        here = here.checked_sub(1)?;
        if let Some((title, _)) = window.tags.find(here, |sense| match sense {
            Sense::Title(title @ (Title::Neutral | Title::Victim)) => Some(*title),
            _ => None,
        }) {
            return Some(title);
        }
        let between =
            starts_with_article(window, here) || matches!(window.owner(here), Owner::Actor | Owner::Place);
        if !between || is_given(window, here) {
            return None;
        }
    }
    None
}

/// Whether a title without an article has what it is a title of right after it.
fn governs(word: &str) -> bool {
    Words::GoverningTitle.has(word.strip_prefix('و').unwrap_or(word))
}

fn starts_with_article(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    word.starts_with("ال") || word.starts_with("لل")
}

/// «سليم ونادر وهدى الوراق»: single given names that «و» joins vouch for each other.
fn coordinated(window: &Window<'_>, run: &std::ops::Range<usize>) -> bool {
    let joined = |at: usize, and: bool| {
        window.tags.at(at).iter().any(|tag| matches!(tag.sense, Sense::Given(_)) && tag.and == and)
            && words::is_sure(window, at)
    };
    let comma = window.tokens.is_mark(run.end, ',') && joined(run.end + 1, false);
    // «سليم ونجليه كريم ونادر»
    let with_kin = || {
        let kin =
            |tag: &crate::lexicon::Tag| tag.and && matches!(tag.sense, Sense::Kin(kin) if kin.possessed);
        window.tags.at(run.end).iter().any(kin)
    };
    joined(run.end, true)
        || comma
        || with_kin()
        || run.start > 0
            && (joined(run.start, true) || window.tokens.is_mark(run.start - 1, ','))
            && (window.owner(run.start - 1) == Owner::Person
                || run.start > 1 && window.owner(run.start - 2) == Owner::Person)
}

fn aged(window: &Window<'_>, at: usize) -> bool {
    crate::people::age_after(window, at).is_some()
}

/// «فلان الفلاني (45 عاما)»: unknown words up to an age in brackets are a name, the second with an article or known.
fn aged_after(window: &Window<'_>, at: usize, end: usize) -> bool {
    let begun = is_given(window, at);
    let mut here = at + 1;
    while here < end && here < at + 4 {
        let Some(step) = continues(window, here, here - at) else { break };
        if !(begun || step.known || starts_with_article(window, here)) {
            return false;
        }
        here += step.length;
    }
    here > at + 1 && window.tokens.is_mark(here, '(') && aged(window, here)
}
