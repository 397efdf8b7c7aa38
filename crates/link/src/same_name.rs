//! People: the same folded full name, and nothing that speaks against it.

/// What is known of a person for comparing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// What names them: a claim's id.
    pub id: String,
    /// The document that names them; two rows of one list are two people.
    pub document: String,
    /// The folded full name.
    pub name_key: String,
    /// `f` or `m`, where known.
    pub sex: Option<String>,
    /// Age in years, where known.
    pub age: Option<u16>,
    /// First and last day of harm, ISO, where known.
    pub days: (Option<String>, Option<String>),
    /// The place and those around it, where known.
    pub places: Vec<String>,
}

/// That two are the same, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Who was there before.
    pub id: String,
    /// The rule, in words.
    pub why: String,
}

/// Words in a name from which on it is a full one: given name, father, family.
const FULL_NAME: usize = 3;

/// The one among `known` who is certainly the same as `new`; none where nobody is, or where several may be.
///
/// A full name of three words is enough where nothing contradicts it; a name of two words wants the same age and sex.
/// Two people of one list are never joined, and where a list holds two who fit, nobody is: that is left to a person.
pub fn same_person(new: &Listed, known: &[Listed]) -> Option<Match> {
    let words = new.name_key.split(' ').filter(|word| !word.is_empty()).count();
    if words < 2 {
        return None;
    }
    let fits: Vec<&Listed> = known.iter().filter(|other| compatible(new, other, words)).collect();
    let first = fits.first()?;
    let namesakes =
        fits.iter().enumerate().any(|(at, a)| fits[at + 1..].iter().any(|b| a.document == b.document));
    if namesakes {
        return None;
    }
    let mut why = format!("the same name in {words} words");
    for (known, word) in
        [(new.age.and(first.age).is_some(), "age"), (new.sex.is_some() && first.sex.is_some(), "sex")]
    {
        if known {
            why.push_str(&format!(", the same {word}"));
        }
    }
    Some(Match { id: first.id.clone(), why })
}

fn compatible(new: &Listed, other: &Listed, words: usize) -> bool {
    if new.name_key != other.name_key || new.document == other.document {
        return false;
    }
    let sex = agree(new.sex.as_ref(), other.sex.as_ref(), |a, b| a == b);
    let age = agree(new.age, other.age, |a, b| a.abs_diff(b) <= 1);
    let days = may_overlap(&new.days, &other.days);
    let places = new.places.is_empty()
        || other.places.is_empty()
        || new.places.first().is_some_and(|here| other.places.contains(here))
        || other.places.first().is_some_and(|there| new.places.contains(there));
    let certain = words >= FULL_NAME || (age == Some(true) && sex == Some(true));
    certain && sex != Some(false) && age != Some(false) && days && places
}

fn agree<T>(a: Option<T>, b: Option<T>, same: impl Fn(T, T) -> bool) -> Option<bool> {
    Some(same(a?, b?))
}

fn may_overlap(a: &(Option<String>, Option<String>), b: &(Option<String>, Option<String>)) -> bool {
    let before =
        |last: &Option<String>, first: &Option<String>| matches!((last, first), (Some(l), Some(f)) if l < f);
    !before(&a.1, &b.0) && !before(&b.1, &a.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn person(id: &str, document: &str, name: &str, age: Option<u16>) -> Listed {
        Listed {
            id: id.into(),
            document: document.into(),
            name_key: name.into(),
            sex: Some("m".into()),
            age,
            ..Listed::default()
        }
    }

    #[test]
    fn a_full_name_across_lists_is_one_person() {
        let known = [person("a", "one", "نديم رائد القصار", Some(31))];
        let found = same_person(&person("b", "two", "نديم رائد القصار", Some(32)), &known).unwrap();
        assert_eq!(found.id, "a");
        assert!(found.why.contains("3 words") && found.why.contains("age"), "{}", found.why);
    }

    #[test]
    fn what_contradicts_keeps_them_apart() {
        let known = [person("a", "one", "نديم رائد القصار", Some(31))];
        assert_eq!(same_person(&person("b", "two", "نديم رائد القصار", Some(8)), &known), None);
        let woman =
            Listed { sex: Some("f".into()), ..person("b", "two", "نديم رائد القصار", None) };
        assert_eq!(same_person(&woman, &known), None);
        let later = Listed {
            days: (Some("2031-11-02".into()), None),
            ..person("b", "two", "نديم رائد القصار", None)
        };
        let earlier = [Listed { days: (None, Some("2031-10-30".into())), ..known[0].clone() }];
        assert_eq!(same_person(&later, &earlier), None);
        let elsewhere = Listed {
            places: vec!["xm:a".into(), "xm:sahel".into()],
            ..person("b", "two", "نديم رائد القصار", None)
        };
        let there = [Listed { places: vec!["xm:b".into(), "xm:sahel".into()], ..known[0].clone() }];
        assert_eq!(same_person(&elsewhere, &there), None);
    }

    #[test]
    fn namesakes_on_one_list_are_left_to_a_person() {
        let known =
            [person("a", "one", "نديم رائد القصار", None), person("b", "one", "نديم رائد القصار", None)];
        assert_eq!(same_person(&person("c", "two", "نديم رائد القصار", None), &known), None);
    }

    #[test]
    fn a_short_name_wants_age_and_sex() {
        let known = [person("a", "one", "karim nawras", Some(9))];
        assert!(same_person(&person("b", "two", "karim nawras", Some(9)), &known).is_some());
        assert_eq!(same_person(&person("b", "two", "karim nawras", None), &known), None);
        assert_eq!(
            same_person(&person("b", "two", "karim", Some(9)), &[person("a", "one", "karim", Some(9))]),
            None
        );
    }

    proptest! {
        /// Nobody is ever joined to somebody of the same document or of another name.
        #[test]
        fn only_the_same_name_in_another_document(names in proptest::collection::vec("[ab]{1} [ab]{1} [ab]{1}", 1..8), documents in proptest::collection::vec(0u8..3, 8)) {
            let known: Vec<Listed> = names.iter().enumerate().map(|(at, name)| person(&at.to_string(), &documents[at].to_string(), name, None)).collect();
            let new = person("new", "0", "a b a", None);
            if let Some(found) = same_person(&new, &known) {
                let other = known.iter().find(|other| other.id == found.id).unwrap();
                prop_assert_eq!(&other.name_key, "a b a");
                prop_assert_ne!(&other.document, "0");
            }
        }
    }
}
