//! Ages that coders presume where nobody says them: a son, daughter or grandchild is a child, everybody else an adult.
//!
//! The trap this avoids: a list of names without ages makes more men than its report has dead.

use sijil_model::claim::Stands;
use sijil_model::codebook::{AgeClass, Class, Harm};

use crate::incident::{NamedPerson, Statement};

/// Gives people without an age the one that coders presume; `descends` tells who is named as another's son, daughter or
/// grandchild. Nobody is presumed to be of a class whose number the report says, and no more are presumed to be men than its
/// total leaves beside children and women.
pub fn presume_ages(
    named: &mut [NamedPerson],
    statements: &[Statement],
    descends: impl Fn(&NamedPerson) -> bool,
) {
    for of_men in [false, true] {
        for at in 0..named.len() {
            let person = &named[at];
            if person.age_class.is_some() {
                continue;
            }
            let presumed = if descends(person) { AgeClass::Child } else { AgeClass::Adult };
            let with = NamedPerson { age_class: Some(presumed), ..person.clone() };
            let said = |said: &Statement| {
                let number = said.quantity.number().is_some();
                number && said.harm == person.harm && said.class != Class::Total && with.is_of(said.class)
            };
            let full = of_men && !has_room(named, statements, person.harm);
            if with.is_of(Class::Men) == of_men && !full && !statements.iter().any(said) {
                named[at] = with;
            }
        }
    }
}

/// Whether the number that a report says leaves room for one more man.
fn has_room(named: &[NamedPerson], statements: &[Statement], harm: Harm) -> bool {
    let numbers = |class: Class| {
        let said = statements.iter().filter(move |said| said.harm == harm && said.class == class);
        said.filter_map(|said| Some((said.stands, said.quantity.number()?)))
    };
    let names = |class: Class| named.iter().filter(|one| one.harm == harm && one.is_of(class)).count() as u64;
    let least = |class: Class| numbers(class).map(|(_, n)| n).max().unwrap_or(0).max(names(class));
    let totals = numbers(Class::Total).filter(|(stands, _)| *stands == Stands::Alone);
    let Some(total) = totals.map(|(_, n)| n).min() else { return true };
    names(Class::Men) < total.saturating_sub(least(Class::Children) + least(Class::Women))
}

#[cfg(test)]
mod tests {
    use sijil_model::codebook::Sex;
    use sijil_model::{ClaimId, Language, PersonId, Quantity};

    use super::*;

    fn named(sex: Sex, at: usize) -> NamedPerson {
        NamedPerson {
            person: PersonId::new(format!("p{at}")).unwrap(),
            harm: Harm::Killed,
            sex: Some(sex),
            age_class: None,
            status: None,
            claims: vec![ClaimId::new(format!("c{at:032x}")).unwrap()],
            lists: Vec::new(),
            doubt: None,
        }
    }

    fn said(class: Class, n: u64) -> Statement {
        Statement {
            claim: ClaimId::new(format!("c{n:032x}")).unwrap(),
            harm: Harm::Killed,
            class,
            status: None,
            status_from: Default::default(),
            quantity: Quantity::Exact { n },
            stands: if class == Class::Total { Stands::Alone } else { Stands::PartOf },
            inferred: None,
            language: Language::En,
        }
    }

    /// How many are presumed men, women and children of three men, a woman and a son.
    fn presumed(statements: &[Statement]) -> [usize; 3] {
        let mut people: Vec<NamedPerson> = [Sex::M, Sex::M, Sex::M, Sex::F, Sex::M]
            .into_iter()
            .zip(0..)
            .map(|(sex, at)| named(sex, at))
            .collect();
        let son = people[4].person.clone();
        presume_ages(&mut people, statements, |person| person.person == son);
        [Class::Men, Class::Women, Class::Children]
            .map(|class| people.iter().filter(|one| one.is_of(class)).count())
    }

    #[test]
    fn no_more_men_are_presumed_than_the_total_leaves() {
        assert_eq!(presumed(&[]), [3, 1, 1]);
        assert_eq!(presumed(&[said(Class::Total, 9)]), [3, 1, 1]);
        assert_eq!(presumed(&[said(Class::Total, 4)]), [2, 1, 1]);
        assert_eq!(presumed(&[said(Class::Total, 9), said(Class::Children, 7)]), [1, 1, 0]);
        assert_eq!(presumed(&[said(Class::Total, 1)]), [0, 1, 1]);
    }
}
