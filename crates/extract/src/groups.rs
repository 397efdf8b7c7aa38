//! Stage 4: groups of people: a quantity, what it counts, and whether the group stands for people at all.
//!
//! "three Syrian children", "at least 10 people", "their mother", خمسة مدنيين, طفلان, «عشرات القتلى». The head noun
//! decides what a number counts; a number whose head is a place, a home or an hour is no group of people.

use std::ops::Range;

use sijil_model::codebook::{Class, Harm, Role, Sex, Status};
use sijil_model::{Quantity, Said};

use crate::sense::{HarmForm, Kin, Number, Sense};
use crate::window::Window;

mod arabic;
mod english;
mod pronouns;

pub(crate) use english::is_for_each;
pub(crate) use pronouns::Pronoun;

/// A group of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    /// Its tokens, quantity and head.
    pub run: Range<usize>,
    /// Letters of Arabic prefix on its first token.
    pub prefix: u8,
    /// Whether «و» is among them.
    pub and: bool,
    /// How many, as said.
    pub said: Said,
    pub class: Class,
    pub status: Option<Status>,
    pub role: Option<Role>,
    /// The harm that its own noun says: "deaths", قتلى.
    pub harm: Option<Harm>,
    /// "the children": known people, not a count, unless a number is with it.
    pub definite: bool,
    /// "three others": besides those named before.
    pub other: bool,
    /// A number without a noun ("15 killed").
    pub implied: bool,
    /// "109 of the dead": a part of others.
    pub part: bool,
    /// Known by kin: "their mother".
    pub kin: Option<Kin>,
    /// Whether a number or number word is said.
    pub counted: bool,
    /// Known only by a pronoun: "killed him", «أنا أصبت».
    pub pronoun: Option<Pronoun>,
}

impl Group {
    /// Whether the group says how many, in whatever form.
    pub fn counts(&self) -> bool {
        !self.definite || self.counted
    }

    /// The sex of all of it, by what they are or whose kin.
    pub fn sex(&self) -> Option<Sex> {
        let of_kin = self.kin.as_ref().and_then(|kin| kin.sex.as_ref()).map(|sex| sex.value);
        of_kin.or(self.class.sex())
    }
}

/// Finds all groups of a window.
pub(crate) fn find(window: &mut Window<'_>) {
    let mut found = Vec::new();
    for sentence in &window.sentences {
        let mut here = sentence.run.start;
        while here < sentence.run.end {
            let bracket = usize::from(window.tokens.is_mark(here, '('));
            let arabic = window.tokens.is_arabic(here)
                || window.tokens.is_number(here + bracket)
                    && arabic_after(window, here + bracket, sentence.run.end);
            let group = if let Some(group) = pronouns::pronoun(window, here, sentence.run.end) {
                Some(group)
            } else if arabic {
                arabic::group(window, here, sentence.run.end)
            } else {
                english::group(window, here, sentence.run.end, &found)
            };
            match group {
                Some(mut group) => {
                    here = group.run.end.max(here + 1);
                    of_fighters(window, &sentence.run, &found, &mut group);
                    english::number_all(window, found.last(), &mut group);
                    english::class_by_ages(window, &mut group);
                    english::for_each(window, &sentence.run, &mut group);
                    here = here.max(group.run.end);
                    if english::labels(window, found.last(), &mut group) {
                        found.pop();
                    }
                    if !english::says_who_they_were(window, found.last_mut(), &group) {
                        found.push(group);
                    }
                }
                None => here += 1,
            }
        }
    }
    window.groups = found;
}

/// "a gathering of terrorists … and killed five of them", «تجمعاً للمسلحين … وقتل خمسة منهم»: of those who fight.
fn of_fighters(window: &Window<'_>, sentence: &Range<usize>, before: &[Group], group: &mut Group) {
    let last = window.tokens.word(group.run.end.saturating_sub(1));
    let of_them = matches!(last, "them" | "منهم") || window.tokens.word(group.run.end + 1) == "them";
    if !of_them || group.status.is_some() || group.class != Class::Total {
        return;
    }
    let told = before.iter().rev().take_while(|other| other.run.start >= sentence.start);
    let several = |other: &&Group| other.said.quantity.number() != Some(1) && other.kin.is_none();
    if let Some(fighters) =
        told.into_iter().find(several).filter(|other| other.status == Some(Status::Combatant))
    {
        group.status = fighters.status;
        group.role = fighters.role;
    }
}

fn arabic_after(window: &Window<'_>, at: usize, end: usize) -> bool {
    (at + 1..end.min(at + 4))
        .find(|here| window.tokens.is_word(*here))
        .is_some_and(|here| window.tokens.is_arabic(here))
        || at > 0 && window.tokens.is_arabic(at - 1)
}

/// What the nouns of a group say together; the last is its head.
#[derive(Debug, Clone, Copy, Default)]
struct Heads {
    class: Option<Class>,
    status: Option<Status>,
    role: Option<Role>,
    harm: Option<Harm>,
    number: Option<Number>,
}

impl Heads {
    /// Adds one noun's sense; whether it was one of people.
    fn add(&mut self, sense: &Sense) -> bool {
        match sense {
            Sense::People(people) => {
                // "civilian children": the finer class stays.
                if self.class.is_none_or(|class| class == Class::Total) {
                    self.class = Some(people.class);
                }
                self.status = self.status.or(people.status);
                self.role = self.role.or(people.role);
                self.number = Some(people.number);
                true
            }
            Sense::Harm(harm, HarmForm::People(number)) => {
                self.class = self.class.or(Some(Class::Total));
                self.harm = Some(*harm);
                self.number = Some(*number);
                true
            }
            _ => false,
        }
    }

    /// The group of these nouns.
    fn group(self, run: Range<usize>, said: Said) -> Group {
        Group {
            run,
            prefix: 0,
            and: false,
            said,
            class: self.class.unwrap_or(Class::Total),
            status: self.status.or_else(|| self.class.filter(|class| class.is_children()).and(None)),
            role: self.role,
            harm: self.harm,
            definite: false,
            other: false,
            implied: false,
            part: false,
            kin: None,
            counted: false,
            pronoun: None,
        }
    }
}

/// A group that kin makes: "their mother".
fn kin_group(run: Range<usize>, said: Said, kin: &Kin) -> Group {
    use sijil_model::codebook::AgeClass;
    let child = kin.age == Some(AgeClass::Child);
    let class = match (kin.sex.as_ref().map(|sex| sex.value), kin.age) {
        _ if child => Class::Children,
        (Some(Sex::F), Some(AgeClass::Adult)) => Class::Women,
        (Some(Sex::M), Some(AgeClass::Adult)) => Class::Men,
        _ => Class::Total,
    };
    Group { kin: Some(kin.clone()), class, ..Heads::default().group(run, said) }
}

fn said(window: &Window<'_>, quantity: Quantity, run: &Range<usize>) -> Said {
    Said { quantity, text: window.tokens.quote(run).to_owned() }
}

/// Whether a number at a token is of something other than people: a unit, a time, money, an age.
fn counts_things(window: &Window<'_>, at: usize) -> bool {
    window.tags.is(at, |sense| {
        matches!(
            sense,
            Sense::Unit(_)
                | Sense::UnitTime(_)
                | Sense::Month(_)
                | Sense::AgeYears
                | Sense::AgeMonths
                | Sense::Family
        )
    })
}

#[cfg(test)]
mod tests;
