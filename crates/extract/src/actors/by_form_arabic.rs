//! Parties that no table knows, by the form of their Arabic names: «كتائب القنديل», «حركة الأعالي», «الجيش المرجاني».
//!
//! Their code is their own name in Latin letters, one for one. The trap this avoids: what is only built like a name,
//! «حركة السير», «قوات الأمن», «جبهة القتال», becomes a party.

use sijil_model::{ActorCode, Bounds};

use super::ActorMention;
use crate::lexicon::Tags;
use crate::sense::Sense;
use crate::tokens::Tokens;
use crate::word_forms;
use crate::word_lists::Words;

/// Most words of a name after its head.
const WORDS: usize = 3;

/// The parties of a text that are not among the `known`, in order; `taken` are the tokens of these.
pub(super) fn find(
    tokens: &Tokens<'_>,
    tags: &Tags,
    known: &[ActorMention],
    taken: &[bool],
) -> Vec<ActorMention> {
    let text = Text { tokens, tags, taken, known };
    let mut found: Vec<ActorMention> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let mention = text
            .force(at)
            .or_else(|| text.of_a_state(at))
            .or_else(|| text.owner(at))
            .or_else(|| text.named_again(at, &found));
        at = mention.as_ref().map_or(at + 1, |mention| mention.run.end);
        found.extend(mention);
    }
    text.states_again(&mut found);
    found
}

struct Text<'t, 'a> {
    tokens: &'t Tokens<'a>,
    tags: &'t Tags,
    taken: &'t [bool],
    known: &'t [ActorMention],
}

impl Text<'_, '_> {
    fn free(&self, at: usize) -> bool {
        self.taken.get(at) == Some(&false) && self.tokens.is_arabic(at)
    }

    /// A token's word without «و», «ب», «ل» or «ف», where what is left passes a test; with the letters taken off.
    fn bare(&self, at: usize, test: impl Fn(&str) -> bool) -> Option<(&str, u8)> {
        let word = self.tokens.word(at);
        let cut = ["و", "ب", "ل", "ف"].iter().find_map(|prefix| word.strip_prefix(prefix));
        if test(word) { Some((word, 0)) } else { cut.filter(|rest| test(rest)).map(|rest| (rest, 1)) }
    }

    /// «كتائب القنديل», «جبهة الضفاف الوطنية»: a head, a name, and adjectives of it.
    fn force(&self, at: usize) -> Option<ActorMention> {
        if !self.free(at) {
            return None;
        }
        let (head, prefix) = self.bare(at, |word| Words::ForceFirst.has(word))?;
        let head = head.to_owned();
        let first = self.tokens.word(at + 1);
        let named = |at: usize| {
            let word = self.tokens.word(at);
            word.starts_with("ال") && word.chars().count() > 4
        };
        // «حركة أحرار السهل»
        let of = Words::OfAForce.has(first) && named(at + 2) && self.free(at + 2);
        let article = named(at + 1) || of;
        // «قوات كلفاريا»: a country's; only a word that the language does not have.
        let country = head == "قوات" && !article && self.is_no_word(at + 1);
        if !self.free(at + 1)
            || Words::NoForce.has(first)
            || !(article || country)
            || self.tokens.get(at + 1)?.lines > 0
            || self
                .tags
                .is(at + 1, |sense| matches!(sense, Sense::Direction | Sense::People(_) | Sense::Says))
            || of && Words::NoForce.has(self.tokens.word(at + 2))
            || head == "قوات" && article && !of && !self.is_no_word(at + 1)
        {
            return None;
        }
        let mut end = at + 2 + usize::from(of);
        while end < at + 1 + WORDS && self.is_adjective(end) {
            end += 1;
        }
        let start = if country { at + 1 } else { at };
        self.mention(start, end, if country { 0 } else { prefix })
    }

    /// «الجيش المرجاني», «القوات المرجانية», «الطائرات المرجانية»: the arms of a people.
    fn of_a_state(&self, at: usize) -> Option<ActorMention> {
        let (first, prefix) = self.bare(at, |word| {
            matches!(word, "الجيش" | "القوات" | "الطايرات" | "الطيران" | "المدفعيه" | "سلاح")
        })?;
        // «سلاح الجو المرجاني»
        let last = if first == "سلاح" { at + 2 } else { at + 1 };
        if !(at..=last).all(|at| self.free(at)) || last == at + 2 && self.tokens.word(at + 1) != "الجو" {
            return None;
        }
        let people = self.tokens.word(last);
        let nation = people.starts_with("ال")
            && (people.ends_with("اني")
                || people.ends_with("انيه")
                || people.ends_with("اوي")
                || people.ends_with("ري"))
            && people.chars().count() > 6
            && self.is_no_adjective(last);
        // «الجيش الاتحادي»: any adjective that says whose an army is, or which.
        let army = first == "الجيش" && self.is_adjective(last);
        ((nation || army) && !Words::ArmyKind.has(people))
            .then(|| self.mention(at, last + 1, prefix))
            .flatten()
    }

    /// «مسيرة تابعة لكلفاريا»: a state whose arms they are, by a word that the language does not have.
    fn owner(&self, at: usize) -> Option<ActorMention> {
        let of = at > 0 && self.tokens.is_on(Words::Belongs, at - 1) && self.free(at);
        let name = self.tokens.word(at).strip_prefix('ل').filter(|name| !name.starts_with('ل'))?;
        (of && name.chars().count() > 4 && self.is_no_word(at)).then(|| self.mention(at, at + 1, 1)).flatten()
    }

    /// «أما كلفاريا فلم تعلق»: a state of the text, wherever else its name stands.
    fn states_again(&self, found: &mut Vec<ActorMention>) {
        let name = |one: &ActorMention| self.tokens.folded(&one.run, usize::from(one.prefix));
        let states: Vec<(String, ActorCode)> = found
            .iter()
            .filter(|one| one.run.len() == 1 && !self.tokens.word(one.run.start).starts_with("ال"))
            .map(|one| (name(one), one.code.clone()))
            .filter(|(name, _)| !name.starts_with("ال"))
            .collect();
        let known = |at: usize| found.iter().any(|one| one.run.contains(&at));
        let more: Vec<ActorMention> = (0..self.tokens.len())
            .filter(|at| !states.is_empty() && self.free(*at) && !known(*at))
            .filter_map(|at| {
                let (name, prefix) = self.bare(at, |word| states.iter().any(|(name, _)| name == word))?;
                let (_, code) = states.iter().find(|(state, _)| state == name)?;
                Some(ActorMention { code: code.clone(), run: at..at + 1, prefix, active: Bounds::default() })
            })
            .collect();
        found.extend(more);
        found.sort_by_key(|one| one.run.start);
    }

    /// «ونفت الحركة» after «حركة الأعالي», «غارة للتحالف» beside «التحالف الأزرقي»: the head with an article, and no adjective
    /// after it.
    fn named_again(&self, at: usize, found: &[ActorMention]) -> Option<ActorMention> {
        if !self.free(at) || self.is_adjective(at + 1) {
            return None;
        }
        let known = |word: &str| {
            let head = word.strip_prefix("ال")?;
            Words::ForceFirst.has(head).then_some(())?;
            let by_form = found.iter().rev().find(|one| {
                one.run.len() > 1
                    && self.tokens.folded(&(one.run.start..one.run.start + 1), usize::from(one.prefix))
                        == head
            });
            by_form.or_else(|| self.only_known(word))
        };
        let of_the = self.tokens.word(at).strip_prefix("لل").map(|rest| format!("ال{rest}"));
        let (one, prefix) = match of_the.as_deref().and_then(known) {
            Some(one) => (one, 1),
            None => {
                let (word, prefix) = self.bare(at, |word| known(word).is_some())?;
                (known(word)?, prefix)
            }
        };
        Some(ActorMention { code: one.code.clone(), run: at..at + 1, prefix, active: one.active })
    }

    /// The known party whose name has a word, where no other's has it.
    fn only_known(&self, word: &str) -> Option<&ActorMention> {
        let mut named = self
            .known
            .iter()
            .filter(|one| one.run.len() > 1 && one.run.clone().any(|at| self.tokens.word(at) == word));
        let only = named.next()?;
        named.all(|one| one.code == only.code).then_some(only)
    }

    /// «الوطنية», «الشمالي» after a name.
    fn is_adjective(&self, at: usize) -> bool {
        let word = self.tokens.word(at);
        self.free(at)
            && word.starts_with("ال")
            && (word.ends_with("يه") || word.ends_with('ي'))
            && word.chars().count() > 4
            && self.tokens.get(at).is_some_and(|token| token.lines == 0)
            && !self.tags.is(at, |sense| {
                matches!(
                    sense,
                    Sense::Head(..) | Sense::Site(_) | Sense::People(_) | Sense::Unit(_) | Sense::Means(..)
                )
            })
    }

    fn is_no_word(&self, at: usize) -> bool {
        let word = self.tokens.word(at);
        self.tokens.is_arabic(at)
            && word.chars().count() > 3
            && self.tags.at(at).iter().all(|tag| tag.prefix > 0 && matches!(tag.sense, Sense::Given(_)))
            && !word_forms::looks_derived(word)
            && !word_forms::inflects(self.tags, word)
    }

    fn is_no_adjective(&self, at: usize) -> bool {
        let word = self.tokens.word(at);
        self.tags.at(at).iter().all(|tag| matches!(tag.sense, Sense::Given(_)))
            && !word_forms::inflects(self.tags, word)
    }

    fn mention(&self, start: usize, end: usize, prefix: u8) -> Option<ActorMention> {
        let name = self.tokens.folded(&(start..end), usize::from(prefix));
        let code = ActorCode::new(&latin(&name)).ok()?;
        Some(ActorMention { code, run: start..end, prefix, active: Bounds::default() })
    }
}

/// A folded name in Latin letters, one letter or two for each Arabic one.
pub(super) fn latin(name: &str) -> String {
    let mut latin = String::with_capacity(name.len());
    for letter in name.chars() {
        latin.push_str(match letter {
            'ا' => "a",
            'ب' => "b",
            'ت' | 'ط' => "t",
            'ث' => "th",
            'ج' => "j",
            'ح' | 'ه' => "h",
            'خ' => "kh",
            'د' | 'ض' => "d",
            'ذ' => "dh",
            'ر' => "r",
            'ز' | 'ظ' => "z",
            'س' | 'ص' => "s",
            'ش' => "sh",
            'ع' => "e",
            'غ' => "gh",
            'ف' => "f",
            'ق' => "q",
            'ك' => "k",
            'ل' => "l",
            'م' => "m",
            'ن' => "n",
            'و' => "w",
            'ي' => "y",
            ' ' => "_",
            plain if plain.is_ascii_alphanumeric() => {
                latin.push(plain);
                continue;
            }
            _ => "",
        });
    }
    latin
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let tokens = Tokens::of(text);
        let taken = vec![false; tokens.len()];
        let found = find(&tokens, &Tags::of(&tokens), &[], &taken);
        found.iter().map(|one| tokens.quoted_without(&one.run, usize::from(one.prefix)).quote).collect()
    }

    #[test]
    fn parties_that_no_table_knows_are_named_by_their_form() {
        for (text, names) in [
            ("قصفت كتائب القنديل البلدة", vec!["كتائب القنديل"]),
            ("نفت جبهة الضفاف الوطنية ذلك", vec!["جبهة الضفاف الوطنية"]),
            ("قال الجيش المرجاني إنه قصف", vec!["الجيش المرجاني"]),
            ("اقتحمت حركة الأعالي القرية، ونفت الحركة ذلك", vec!["حركة الأعالي", "الحركة"]),
            ("نفى سلاح الجو المرجاني ذلك", vec!["سلاح الجو المرجاني"]),
            ("وقصفت قوات كلفاريا القرية", vec!["كلفاريا"]),
            ("مسيرة تابعة لكلفاريا قصفت السوق، أما كلفاريا فلم تعلق", vec!["كلفاريا", "كلفاريا"]),
            ("قال الجيش الاتحادي إنه قصف", vec!["الجيش الاتحادي"]),
            ("خطفت حركة أحرار الأعالي معلماً", vec!["حركة أحرار الأعالي"]),
            ("زورق تابع لقوات حماية الضفاف", vec!["قوات حماية الضفاف"]),
            ("هاجم لواء القنديل البلدة ونفى اللواء ذلك", vec!["لواء القنديل", "اللواء"]),
            ("اتهموا فيلق الأعالي، ورد الفيلق", vec!["فيلق الأعالي", "الفيلق"]),
        ] {
            assert_eq!(found(text), names, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_force_is_none() {
        for text in [
            "توقفت حركة السير",
            "قوات الأمن",
            "قوات حماية المدنيين",
            "على جبهة القتال",
            "الطيران الحربي",
            "القوات الجوية",
            "الجيش الوطني",
            "مدرسة تابعة للبلدية",
            "حركة نزوح كبيرة",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
