//! Person claims of an incident: named people once each, those without a name, and how they are related.

use std::collections::BTreeSet;

use sijil_model::claim::{Known, PersonSaid, Stands};
use sijil_model::codebook::{AgeClass, Class, Fate, Harm, Role, Sex, Status};
use sijil_model::fold::fold;
use sijil_model::{Basis, ClaimId, Content};

use super::Writer;
use crate::beside_the_dead;
use crate::harm::{Hit, Who};
use crate::incidents::Incident;
use crate::lists_in_text;
use crate::names::{Name, nickname_end};
use crate::people::{self, Age};
use crate::scenes::Scene;
use crate::sense::{Kin, Sense, Title};

/// A person of the incident who was written.
pub(super) struct Written {
    pub id: ClaimId,
    pub sentence: usize,
    pub position: usize,
    pub chain: usize,
    pub class: Option<Class>,
}

/// How many people an inference may still add to the killed and to the injured; none where no number is said.
struct Room {
    left: [Option<u64>; 2],
}

impl Room {
    fn of(&mut self, harm: Harm) -> Option<&mut u64> {
        match harm {
            Harm::Killed => self.left[0].as_mut(),
            Harm::Injured => self.left[1].as_mut(),
            _ => None,
        }
    }

    fn is_taken(&mut self, harm: Harm) -> bool {
        self.of(harm).is_some_and(|left| *left == 0)
    }

    /// Takes one place, if there is one.
    fn take(&mut self, harm: Harm) -> bool {
        match self.of(harm) {
            Some(0) => false,
            Some(left) => {
                *left -= 1;
                true
            }
            None => true,
        }
    }
}

/// A name of an incident, as it is compared with the others.
struct Namesake {
    index: usize,
    words: Vec<String>,
    chain: usize,
}

impl Namesake {
    /// Whether two names are one person's. In one list "Salim Haddad" and "Salim Omar Haddad" are two.
    fn is_same(&self, other: &Self) -> bool {
        let full = self.words.len() > 1 && other.words.len() > 1;
        let listed = self.chain == other.chain && full && self.words != other.words;
        !listed && same_person(&self.words, &other.words)
    }
}

/// Most people of one incident whose names are compared with each other.
const COMPARED: usize = 2_000;

impl Writer<'_, '_> {
    /// Writes the person claims of an incident and their relations: everybody once, by the fullest name.
    pub(super) fn persons(&mut self, incident: &Incident, about: &ClaimId) {
        let mut written: Vec<Written> = Vec::new();
        let listed: Vec<usize> =
            incident.scenes.iter().copied().filter(|at| self.lists_names(&self.scenes[*at])).collect();
        let fullest = self.fullest(incident);
        let mut room = self.room(incident, &fullest);
        for at in &incident.scenes {
            let scene = &self.scenes[*at];
            for hit in &scene.hits {
                match hit.who {
                    Who::Name(index) if fullest.contains(&index) => {
                        if hit.rule != beside_the_dead::RULE || room.take(hit.harm) {
                            self.named(scene, hit, index, about, &mut written)
                        }
                    }
                    Who::Name(_) => {}
                    // Where the dead are listed by name elsewhere, "their grandmother" is among them.
                    Who::Group(_) if room.is_taken(hit.harm) => {}
                    Who::Group(_)
                        if hit.rule != lists_in_text::RULE && listed.iter().any(|list| list != at) => {}
                    Who::Group(_) if self.is_told_elsewhere(incident, hit) => {}
                    Who::Group(index) => {
                        let before = written.len();
                        self.unnamed(scene, hit, index, about, &mut written);
                        if written.len() > before {
                            room.take(hit.harm);
                        }
                    }
                }
            }
        }
    }

    /// How many more people a text that says how many can have named, beside those whose harm it states.
    fn room(&self, incident: &Incident, fullest: &BTreeSet<usize>) -> Room {
        let hits = || incident.scenes.iter().flat_map(|at| &self.scenes[*at].hits);
        let left = [Harm::Killed, Harm::Injured].map(|harm| {
            let counted = |hit: &&Hit| hit.harm == harm && hit.stands != Stands::Superseded;
            let most = hits()
                .filter(counted)
                .filter_map(|hit| match hit.who {
                    Who::Group(index) => Some(&self.window.groups[index]),
                    Who::Name(_) => None,
                })
                .filter(|group| group.class == Class::Total && group.counted && group.kin.is_none())
                .filter_map(|group| group.said.quantity.number())
                .max()
                .filter(|most| *most > 1)?;
            let stated = hits()
                .filter(|hit| hit.harm == harm && hit.rule != beside_the_dead::RULE)
                .filter(|hit| matches!(hit.who, Who::Name(index) if fullest.contains(&index)))
                .count() as u64;
            // Where more are named than any number says, no number is of all.
            most.checked_sub(stated)
        });
        Room { left }
    }

    /// The names under which the people of an incident are written, by position: of every person the longest.
    fn fullest(&self, incident: &Incident) -> BTreeSet<usize> {
        let hits = incident.scenes.iter().flat_map(|at| &self.scenes[*at].hits);
        let mut people: Vec<Namesake> = Vec::new();
        for hit in hits {
            let Who::Name(index) = hit.who else { continue };
            let full = self.window.names[index].full(&self.window.tokens);
            let new = Namesake { index, words: bones(&full), chain: hit.chain };
            let family = is_family_name(&full);
            let known = people
                .iter_mut()
                .rev()
                .take(COMPARED)
                .find(|other| other.is_same(&new) || family && other.words.last() == new.words.last());
            match known {
                Some(known) if new.words.len() > known.words.len() => *known = new,
                Some(_) => {}
                None => people.push(new),
            }
        }
        people.into_iter().map(|one| one.index).collect()
    }

    /// Whether a scene lists the dead by name.
    fn lists_names(&self, scene: &Scene) -> bool {
        let listing = |sense: &Sense| matches!(sense, Sense::Title(Title::Names));
        scene.hits.iter().any(|hit| {
            matches!(hit.who, Who::Name(_))
                && (hit.rule == lists_in_text::RULE
                    || hit.trigger.as_ref().is_some_and(|run| {
                        self.window.tags.is(run.start, listing)
                            || crate::harm::announced(self.window, run.start).is_some()
                    }))
        })
    }

    fn named(&mut self, scene: &Scene, hit: &Hit, index: usize, about: &ClaimId, written: &mut Vec<Written>) {
        let name = &self.window.names[index];
        let group = hit.apposed.map(|group| &self.window.groups[group]);
        let before = self.full_name_before(index).filter(|_| group.is_none());
        let full = before.unwrap_or(name).full(&self.window.tokens);
        let age = self.age(&name.run).or_else(|| self.age(&before?.run));
        let class = group
            .map(|group| group.class)
            .filter(|class| *class != Class::Total)
            .or_else(|| self.class_before(name.run.start));
        let kin_word = self
            .kin_word(index, scene)
            .or_else(|| group.and_then(|group| group.kin.clone().map(|kin| (kin, group.run.start))));
        let kin = kin_word.as_ref().map(|(kin, _)| kin);
        let sex = class
            .and_then(sex_of_class)
            .or_else(|| kin.and_then(|kin| kin.sex.clone()))
            .or_else(|| name.sex.map(|sex| Known::inferred(sex, "given-name")))
            .or_else(|| self.sex_by_pronoun(&name.run).map(|sex| Known::inferred(sex, "pronoun")));
        let age_class = age_class(age, class, kin);
        let child =
            matches!(age_class.as_ref().map(|known| known.value), Some(AgeClass::Child | AgeClass::Infant));
        let role = group.and_then(|group| group.role);
        let combatant = group.is_some_and(|group| group.status == Some(Status::Combatant))
            || role == Some(Role::MemberOfArmedForces);
        let status = if combatant {
            Some(Known::stated(Status::Combatant))
        } else {
            (child || kin.is_some()).then(|| Known::inferred(Status::Civilian, "civilian-by-description"))
        };
        let printed = self.window.tokens.quoted_without(&name.run, usize::from(name.prefix));
        let person = PersonSaid {
            name: Some(full),
            name_as_printed: Some(printed.quote.clone()),
            sex,
            age: if let Some(Age::Years(years)) = age { Some(years) } else { None },
            age_months: if let Some(Age::Months(months)) = age { Some(months) } else { None },
            age_class,
            fate: Some(fate(hit.harm)),
            status,
            role,
            listed: None,
        };
        let spans = vec![printed];
        let basis = if hit.rule == beside_the_dead::RULE {
            Basis::inferred(beside_the_dead::RULE)
        } else {
            Basis::Stated
        };
        let (modality, speaker) = self.manner(scene);
        let id = self.claim_with(
            spans.clone(),
            Content::Person(person),
            Some(about),
            hit.rule,
            basis,
            modality,
            speaker,
        );
        if let Some((kin, at)) = &kin_word {
            self.relate(&id, spans, (kin, *at), hit, scene, written);
        }
        written.push(Written {
            id,
            sentence: scene.sentence,
            position: hit.run.start,
            chain: hit.chain,
            class,
        });
    }

    /// «انفجر اللغم بسالم» after «الراعي سالم الوراق»: the only one whose full name began so right before, where nothing
    /// introduces another.
    fn full_name_before(&self, index: usize) -> Option<&'_ Name> {
        const NEAR: usize = 12;
        const REACH: usize = 120;
        let name = &self.window.names[index];
        let is_short = name.run.len() == 1 && name.shared.is_none() && name.title.is_none();
        if !is_short || self.class_before(name.run.start).is_some() {
            return None;
        }
        let tokens = &self.window.tokens;
        let word = tokens.folded(&name.run, usize::from(name.prefix));
        let first = |other: &Name| {
            tokens.folded(&(other.run.start..other.run.start + 1), usize::from(other.prefix)) == word
        };
        let near = self.window.names[..index].iter().rev().take(NEAR);
        let mut full = near
            .take_while(|other| other.run.end + REACH > name.run.start)
            .filter(|other| other.run.len() > 1 && first(other));
        let only = full.next().filter(|only| !crate::harm::is_speaker(self.window, &only.run))?;
        full.all(|other| tokens.quote(&other.run) == tokens.quote(&only.run)).then_some(only)
    }

    fn age(&self, run: &std::ops::Range<usize>) -> Option<Age> {
        let window = self.window;
        // "(Abu Salim), 34": a nickname in brackets may stand between.
        let after_nickname = || {
            let open = window.tokens.is_mark(run.end, '(');
            let close = (run.end + 1..run.end + 8).find(|at| window.tokens.is_mark(*at, ')'));
            let end = close.filter(|_| open).map(|close| close + 1);
            // «سليم الوراق "أبو كريم" 34 عاما»
            let end = end.unwrap_or_else(|| nickname_end(window, run.end));
            people::age_after(window, end).filter(|_| end > run.end)
        };
        let after = people::age_after(window, run.end).or_else(after_nickname);
        let own = after.filter(|(_, words)| !people::is_of_next(window, words)).map(|(age, _)| age);
        own.or_else(|| people::age_in_turn(window, run))
            .or_else(|| people::age_before(window, run.start).map(|(age, _)| age))
    }

    /// «الطفل فلان», "the child X", "a girl named X": the word of people right before a name.
    fn class_before(&self, at: usize) -> Option<Class> {
        let before = at.checked_sub(1)?;
        let before = before.checked_sub(usize::from(people::is_naming(self.window, before)))?;
        self.window
            .tags
            .find(before, |sense| if let Sense::People(people) = sense { Some(people.class) } else { None })
            .map(|(class, _)| class)
            .filter(|class| *class != Class::Total)
    }
}

/// A name for comparing within one incident: its words without what spellings differ in.
fn bones(full: &str) -> Vec<String> {
    let folded = fold(full);
    let family = is_family_name(full);
    let words: Vec<&str> = folded.split(' ').filter(|word| !matches!(*word, "al" | "el" | "")).collect();
    // "Abu Salim Omar Haddad" is Omar Haddad.
    let kunya = if words.len() > 3 && words[0] == "abu" { 2 } else { 0 };
    let mut words = words.into_iter().skip(kunya).filter(|word| *word != "abu");
    let mut bones = Vec::new();
    while let Some(word) = words.next() {
        // "Abd al-Rahman", "Abdul Rahman" and "Abdelrahman" are one word.
        bones.push(match servant_of(word) {
            Some("") => format!("abd{}", words.next().map_or(String::new(), consonants)),
            Some(rest) => format!("abd{}", consonants(rest)),
            None if bones.is_empty() && !family && is_with_a(word) => format!("{}'", consonants(word)),
            None => consonants(word),
        });
    }
    bones
}

/// What follows "Abdul" in a word; nothing where it stands alone.
fn servant_of(word: &str) -> Option<&str> {
    if word == "abd" {
        return Some("");
    }
    ["abdul", "abdel", "abdal", "abdil"].iter().find_map(|prefix| word.strip_prefix(prefix))
}

/// A word of a name without vowels inside it, doubled letters and a last h: "Mohammed" and "Muhammad" meet, "Sami" and
/// "Sama" do not.
fn consonants(word: &str) -> String {
    let word = word.strip_suffix('h').filter(|rest| rest.ends_with('a')).unwrap_or(word);
    let word = word.strip_prefix("al").filter(|rest| rest.len() > 3).unwrap_or(word);
    let last = word.chars().count().saturating_sub(1);
    let mut bones = String::new();
    for (at, letter) in word.chars().enumerate() {
        let letter = match letter {
            'e' | 'y' => 'i',
            'u' => 'o',
            other => other,
        };
        let vowel = matches!(letter, 'a' | 'i' | 'o');
        if !(vowel && at > 0 && at < last || bones.ends_with(letter)) {
            bones.push(letter);
        }
    }
    bones
}

/// Whether the first vowel inside a word is an "a": what tells "Mahmoud" from "Muhammad".
fn is_with_a(word: &str) -> bool {
    word.chars().skip(1).find(|letter| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')) == Some('a')
}

/// "Al-Haddad" alone: somebody who was named in full before, where anybody of that name was.
fn is_family_name(full: &str) -> bool {
    let alone = !full.contains(' ');
    alone && ["al-", "el-"].iter().any(|article| full.to_lowercase().starts_with(article))
}

/// Whether two names are one person's in one incident: the shorter's words are all in the longer in their order, the
/// first too, and the second where it has three or more.
fn same_person(one: &[String], other: &[String]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.is_empty() || short[0] != long[0] || short.len() > 2 && short[1] != long[1] {
        return false;
    }
    let mut rest = long.iter();
    short.iter().all(|word| rest.any(|other| other == word))
}

pub(super) fn fate(harm: Harm) -> Fate {
    match harm {
        Harm::Killed => Fate::Killed,
        Harm::Injured => Fate::Injured,
        Harm::Missing => Fate::Missing,
        Harm::Detained => Fate::Detained,
        Harm::KilledOrInjured => Fate::Unknown,
    }
}

/// The sex of a class, as far as it has one: a text that says "women" states it.
pub(super) fn sex_of_class(class: Class) -> Option<Known<Sex>> {
    class.sex().map(Known::stated)
}

/// The class of an age; none where it is only known to be on either side of a limit.
fn class_of_age(age: Age) -> Option<AgeClass> {
    match age {
        Age::Months(months) => Some(AgeClass::of_months(months)),
        Age::Years(years) => Some(AgeClass::of_years(years)),
        Age::Between(low, high) => {
            Some(AgeClass::of_years(low)).filter(|class| *class == AgeClass::of_years(high))
        }
    }
}

/// The age class, by age, word or kin; an inferred one is marked so.
pub(crate) fn age_class(
    age: Option<Age>,
    class: Option<Class>,
    kin: Option<&Kin>,
) -> Option<Known<AgeClass>> {
    if let Some(class) = age.and_then(class_of_age) {
        return Some(Known::inferred(class, "age"));
    }
    match class {
        Some(Class::Infants) => Some(Known::stated(AgeClass::Infant)),
        Some(Class::Children | Class::Boys | Class::Girls) => Some(Known::stated(AgeClass::Child)),
        Some(Class::Men | Class::Women) => Some(Known::stated(AgeClass::Adult)),
        Some(Class::OlderPersons) => Some(Known::stated(AgeClass::Older)),
        _ => kin.and_then(|kin| kin.age).map(|age| Known::inferred(age, "kin-word")),
    }
}
