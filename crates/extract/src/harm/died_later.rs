//! Deaths of those just told of, by a verb whose subject is a pronoun or left out: "was hit by shrapnel. He died in hospital",
//! «أصيب سليم الوراق وتوفي لاحقاً».
//!
//! The trap this avoids: who died of wounds stays among the wounded. Number and sex must agree, and only one may be meant.

use std::ops::Range;

use sijil_model::Quantity;
use sijil_model::codebook::{Harm, Sex, Status};

use super::triggers::Trigger;
use super::{Hit, Item, Who, is_reference, is_speaker};
use crate::sense::{HarmForm, Sense};
use crate::sentences::Sentence;
use crate::window::{Owner, Window};

/// The rule of these hits.
const RULE: &str = "died-later";

/// Of whom a verb without a subject of its own is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    One(Option<Sex>),
    Two,
    Several,
    /// The subject of the verb before: "was wounded and later died".
    OfTheVerbBefore,
}

/// A death whose subject another clause names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Death {
    /// Killed, or injured: «وقد أصيب في فخذه».
    harm: Harm,
    subject: Subject,
    trigger: Range<usize>,
    /// Whether its own sentence tells of violence.
    violent: bool,
}

/// Gives deaths that took nobody in a sentence to those of it who were told of before.
pub(super) fn settle(
    window: &Window<'_>,
    sentence: &Range<usize>,
    items: &[Item],
    deaths: &[Trigger],
    hits: &mut Vec<Hit>,
    chains: &mut usize,
) {
    for death in deaths.iter().filter_map(|trigger| death(window, trigger, sentence)) {
        let told = hits.iter_mut().filter(|hit| hit.run.end <= death.trigger.start);
        if !falls_on_the_wounded(window, &death, told) {
            let told = |hit: &&Hit| hit.harm == Harm::Killed || hit.harm == death.harm;
            let dead: Vec<Who> = hits.iter().filter(told).map(|hit| hit.who).collect();
            if falls_on_the_abducted(&death, hits) {
                continue;
            }
            let before =
                items.iter().filter(|item| item.run.end <= death.trigger.start && !dead.contains(&item.who));
            hits.extend(falls_on_the_only_one(window, &death, sentence, before, chains));
        }
    }
}

/// Whether those last told of as abducted or missing are whom a death is of: they are dead too then.
fn falls_on_the_abducted(death: &Death, hits: &mut Vec<Hit>) -> bool {
    let last = hits.iter().rfind(|hit| hit.run.end <= death.trigger.start);
    let gone = last.filter(|hit| matches!(hit.harm, Harm::Detained | Harm::Missing));
    let Some(chain) = gone.filter(|_| death.subject == Subject::OfTheVerbBefore).map(|hit| hit.chain) else {
        return false;
    };
    let trigger = Some(death.trigger.clone());
    let dead = hits.iter().filter(|hit| hit.chain == chain);
    let dead: Vec<Hit> = dead
        .map(|hit| Hit { harm: Harm::Killed, rule: RULE, trigger: trigger.clone(), ..hit.clone() })
        .collect();
    hits.extend(dead);
    true
}

/// Whether a sentence without people of its own may open with a death: a word for it stands near its head.
pub(super) fn may_open(window: &Window<'_>, sentence: &Sentence) -> bool {
    const OPENING: usize = 12;
    let run = &sentence.run;
    let dies = |sense: &Sense| matches!(sense, Sense::Harm(Harm::Killed, _));
    window.tags.any(run.start..run.end.min(run.start + OPENING), dies)
}

/// The death that a sentence opens with of somebody in the sentence before, by its first word of harm: "He died two days later",
/// «وفارق الحياة لاحقاً».
pub(super) fn opening(window: &Window<'_>, sentence: &Sentence, first: &Trigger) -> Option<Death> {
    let run = &sentence.run;
    let told = window.tags.any(run.start..first.run.start, |sense| matches!(sense, Sense::Harm(..)));
    let unspoken = !window.has_group(run.start..first.run.end) && window.name_at(first.run.end).is_none();
    if first.negated || told || !unspoken || !may_open(window, sentence) {
        return None;
    }
    death(window, first, run).filter(|death| death.subject != Subject::OfTheVerbBefore)
}

/// Gives a death to whom the hits of the sentence before tell of.
pub(crate) fn falls_on(
    window: &Window<'_>,
    death: &Death,
    before: &Range<usize>,
    hits: &mut Vec<Hit>,
    chains: &mut usize,
) {
    if !falls_on_the_wounded(window, death, hits.iter_mut()) {
        let items = super::items(window, before);
        hits.extend(falls_on_the_only_one(window, death, before, items.iter(), chains));
    }
}

/// The death that a word of harm tells of, if its subject is a pronoun or left out.
fn death(window: &Window<'_>, trigger: &Trigger, sentence: &Range<usize>) -> Option<Death> {
    // "By the evening he was dead"
    let dead = |at: usize| matches!(window.tokens.word(at), "was" | "were" | "already" | "is" | "found");
    let dies = matches!(trigger.form, HarmForm::Past | HarmForm::Intransitive | HarmForm::Verb)
        || trigger.form == HarmForm::Adjective && trigger.run.start > 0 && dead(trigger.run.start - 1);
    let wounded = trigger.harm == Harm::Injured
        && trigger.arabic
        && trigger.form == HarmForm::Verb
        && trigger.run.len() == 1;
    if !(trigger.harm == Harm::Killed || wounded) || trigger.part || !dies {
        return None;
    }
    let subject = if trigger.arabic {
        arabic_subject(window, trigger, sentence)
    } else {
        english_subject(window, trigger, sentence)
    };
    let violent = window
        .tags
        .any(sentence.clone(), |sense| matches!(sense, Sense::Strike | Sense::Means(..) | Sense::Targeting));
    subject.map(|subject| Death { harm: trigger.harm, subject, trigger: trigger.run.clone(), violent })
}

/// "was hit by shrapnel and later died", "who later died", "a teacher who had been kidnapped was found dead": the subject of the verb before.
fn english_subject(window: &Window<'_>, trigger: &Trigger, sentence: &Range<usize>) -> Option<Subject> {
    let between = |at: usize| {
        let word = window.tokens.word(at);
        word.ends_with("ly")
            || matches!(window.owner(at), Owner::Time)
            || window.tags.is(at, |sense| matches!(sense, Sense::UnitTime(_)))
            || window.tags.number(at).is_some()
            || matches!(
                word,
                "was"
                    | "were"
                    | "has"
                    | "have"
                    | "had"
                    | "been"
                    | "later"
                    | "then"
                    | "also"
                    | "soon"
                    | "both"
                    | "all"
                    | "already"
                    | "found"
                    | "after"
                    | "a"
                    | "few"
            )
    };
    let mut before = (sentence.start..trigger.run.start).rev().skip_while(|at| between(*at));
    let at = before.next()?;
    // "those he killed" tells of no death of his.
    let passive = |at: usize| matches!(window.tokens.word(at), "was" | "were" | "been");
    // "Salim Haddad, 27, arrested on 4 May, beaten to death in custody", "shot in the head, died in hospital"
    let note = matches!(trigger.form, HarmForm::Past | HarmForm::Intransitive)
        && window.tokens.is_mark(at, ',')
        && at + 1 == trigger.run.start;
    if note {
        return Some(Subject::OfTheVerbBefore);
    }
    // "was taken hostage and later killed"
    const CLAUSE: usize = 12;
    let goes_on =
        window.tokens.word(at) == "and" && (at.saturating_sub(CLAUSE).max(sentence.start)..at).any(passive);
    if trigger.form == HarmForm::Past && !goes_on && !(at + 1..trigger.run.start).any(passive) {
        return None;
    }
    // "three workers abducted in March have been found dead"
    let taken = |sense: &Sense| matches!(sense, Sense::Harm(Harm::Detained | Harm::Missing, HarmForm::Past));
    let related =
        (sentence.start..=at).any(|at| window.tokens.word(at) == "who" || window.tags.is(at, taken));
    let told = matches!(window.tokens.word(at), "and" | "but" | "who") || related;
    told.then_some(Subject::OfTheVerbBefore)
}

/// «وتوفي لاحقاً», «ثم فارقت الحياة», «حيث توفيا», «لكنه توفي»: the verb agrees with whom it is said of.
fn arabic_subject(window: &Window<'_>, trigger: &Trigger, sentence: &Range<usize>) -> Option<Subject> {
    let at = trigger.run.start;
    let word = window.tokens.word(at);
    let joined = window.tags.at(at).iter().any(|tag| tag.and) || word.starts_with(['ف', 'و']);
    let leads = at > sentence.start
        && matches!(
            window.tokens.word(at - 1),
            "ثم" | "حيث"
                | "لكنه"
                | "لكنها"
                | "لكنهما"
                | "لكنهم"
                | "انه"
                | "انها"
                | "انهما"
                | "انهم"
                | "ان"
                | "وقد"
                | "قبل"
                | "و"
        );
    if !(joined || leads || at == sentence.start) {
        return None;
    }
    let bare = word.strip_prefix(['و', 'ف']).unwrap_or(word);
    if let Some(subject) = object(bare).filter(|_| trigger.form == HarmForm::Intransitive) {
        return Some(subject);
    }
    Some(match bare {
        "مات" => Subject::One(Some(Sex::M)),
        word if word.ends_with("وا") || word.ends_with('ن') => Subject::Several,
        word if word.ends_with('ا') => Subject::Two,
        word if word.ends_with('ت') || word.starts_with('ت') && !word.starts_with("تو") => {
            Subject::One(Some(Sex::F))
        }
        _ => Subject::One(Some(Sex::M)),
    })
}

/// «قتلته», «أرداهما»: those whom the pronoun at the end of a verb is for.
fn object(word: &str) -> Option<Subject> {
    let owned = ["هما", "هم", "هن", "ها", "ه"].into_iter().find(|owner| word.ends_with(owner))?;
    Some(match owned {
        "هما" => Subject::Two,
        "هم" | "هن" => Subject::Several,
        "ها" => Subject::One(Some(Sex::F)),
        _ => Subject::One(Some(Sex::M)),
    })
}

/// Whether those last told of as injured are whom a death is of; they are dead then.
fn falls_on_the_wounded<'h>(
    window: &Window<'_>,
    death: &Death,
    hits: impl Iterator<Item = &'h mut Hit>,
) -> bool {
    let mut hits: Vec<&mut Hit> = hits.collect();
    let Some(last) = hits.last() else { return false };
    let (chain, harm, trigger) = (last.chain, last.harm, last.trigger.clone());
    if harm != Harm::Injured || death.harm != Harm::Killed {
        return false;
    }
    let mut wounded: Vec<&mut &mut Hit> = hits.iter_mut().filter(|hit| hit.chain == chain).collect();
    let counts: Option<Vec<u64>> = wounded.iter().map(|hit| number(window, hit)).collect();
    let all = counts.map(|counts| counts.iter().sum::<u64>());
    let agrees = match death.subject {
        Subject::One(sex) => {
            all == Some(1) && wounded.iter().all(|hit| sex.is_none_or(|sex| may_be(window, hit.who, sex)))
        }
        Subject::Two => all == Some(2),
        Subject::Several => all.is_none_or(|all| all > 1),
        // Whom "were wounded" is said of stands before it.
        Subject::OfTheVerbBefore => {
            trigger.is_some_and(|trigger| wounded.iter().all(|hit| hit.run.end <= trigger.start))
        }
    };
    if agrees {
        for hit in &mut wounded {
            (hit.harm, hit.rule, hit.trigger) = (Harm::Killed, RULE, Some(death.trigger.clone()));
        }
    }
    agrees
}

/// The only one, or the only ones, of whom a sentence of violence tells before a death: "Rima Haddad was at home when the shell
/// hit. She was killed.", «أطلق قناص النار على امرأة … فأرداها قتيلة».
fn falls_on_the_only_one<'i>(
    window: &Window<'_>,
    death: &Death,
    sentence: &Range<usize>,
    before: impl Iterator<Item = &'i Item>,
    chains: &mut usize,
) -> Option<Hit> {
    // In English anybody else before it might be meant too.
    let arabic = window.tokens.is_arabic(death.trigger.start);
    let mut meant =
        before.filter(|item| !arabic || may_mean(window, death.subject, item) && !says_who(window, item));
    let only = meant.next().filter(|_| meant.next().is_none())?;
    // A name that only says whose house it was may be meant as well.
    let same = sentence.contains(&death.trigger.start);
    let told = sentence.start..if same { death.trigger.start } else { sentence.end };
    let names = window.within(&window.names, &told, |name| &name.run).len();
    let alone = arabic || names == usize::from(matches!(only.who, Who::Name(_)));
    let violence = death.violent
        || window.tags.any(sentence.clone(), |sense| {
            matches!(
                sense,
                Sense::Strike | Sense::Means(..) | Sense::Targeting | Sense::Harm(..) | Sense::Survived
            )
        });
    if !alone || !violence || !may_mean(window, death.subject, only) {
        return None;
    }
    let hit = Hit::alone(only.who, &only.run, death.harm, RULE, *chains);
    *chains += 1;
    Some(Hit { trigger: Some(death.trigger.clone()), ..hit })
}

/// «هدى الوراق، طالبة، كانت», «عمي كريم كان»: a noun that says who a name beside it is.
fn says_who(window: &Window<'_>, item: &Item) -> bool {
    let noun = matches!(item.who, Who::Group(_));
    let before = item.run.start.checked_sub(1).filter(|at| window.tokens.is_mark(*at, ','));
    noun && (before.is_some_and(|comma| window.name_ending(comma).is_some())
        || window.name_at(item.run.end).is_some())
}

/// Whether a death may be of a name or a group before it, by number and sex.
fn may_mean(window: &Window<'_>, subject: Subject, item: &Item) -> bool {
    let arabic = window.tokens.is_arabic(item.run.start);
    let told = match item.who {
        Who::Name(_) => true,
        // «تعد الفطور لأطفالها»: for whom somebody does what he was doing; «أطلق جنود النار على شاب»: who did it.
        Who::Group(index) => {
            let group = &window.groups[index];
            let did_it = group.status == Some(Status::Combatant);
            !arabic || group.prefix == 0 && !did_it && group.counts()
        }
    };
    let hit = Hit::alone(item.who, &item.run, Harm::Killed, RULE, 0);
    let silent = !is_speaker(window, &item.run) && !is_reference(window, &item.run);
    let number = number(window, &hit);
    let agrees = match subject {
        Subject::One(sex) => number == Some(1) && sex.is_none_or(|sex| may_be(window, hit.who, sex)),
        // "Salim Haddad was rushed to hospital but died"
        Subject::OfTheVerbBefore => number == Some(1),
        Subject::Two => arabic && number == Some(2),
        Subject::Several => arabic && number.is_none_or(|number| number > 1),
    };
    told && silent && agrees
}

/// How many a hit is of, where that is said.
fn number(window: &Window<'_>, hit: &Hit) -> Option<u64> {
    match hit.who {
        Who::Name(_) => Some(u64::from(hit.apposed.is_none())),
        Who::Group(index) => match window.groups[index].said.quantity {
            Quantity::Plural => None,
            quantity => super::number_of(quantity),
        },
    }
}

/// Whether a pronoun of a sex may mean people.
pub(super) fn may_be(window: &Window<'_>, who: Who, sex: Sex) -> bool {
    let own = match who {
        Who::Name(index) => window.names[index].sex,
        Who::Group(index) => window.groups[index].sex(),
    };
    own.is_none_or(|own| own == sex)
}
