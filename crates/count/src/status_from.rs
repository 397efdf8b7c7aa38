//! What it rests on that people are called civilians or not: words for it, their profession, or only the word of a party.

use sijil_model::claim::Casualty;
use sijil_model::codebook::{Role, SourceKind, Status};
use sijil_model::fold::fold;

use crate::incident::StatusFrom;

/// Who gives a number, as far as it matters to what its status is worth.
#[derive(Debug, Clone, Copy)]
pub struct Teller<'a> {
    /// What kind of source.
    pub kind: SourceKind,
    /// Its names, as printed or as the register has them.
    pub names: &'a [&'a str],
}

impl StatusFrom {
    /// What the status of a claim rests on. `words` are those that it rests on, trigger first; `responsible` the words for the
    /// parties that are held responsible, as printed.
    ///
    /// A party's word that those whom it harmed were fighters is a position. What another party than those responsible
    /// says, or a party of its own people ("three of its fighters", «من مقاتليه»), is not.
    pub fn of(
        said: &Casualty,
        words: &str,
        teller: Option<Teller<'_>>,
        responsible: &[impl AsRef<str>],
    ) -> StatusFrom {
        match said.status {
            Some(Status::Civilian) if said.role.is_some_and(is_profession) => StatusFrom::Profession,
            Some(Status::Combatant | Status::HorsDeCombat)
                if teller.is_some_and(|teller| teller.is_responsible(responsible))
                    && !is_of_its_own(words) =>
            {
                StatusFrom::Position
            }
            _ => StatusFrom::Words,
        }
    }
}

impl Teller<'_> {
    /// Whether it is a party, and one of those responsible where any is named.
    fn is_responsible(&self, responsible: &[impl AsRef<str>]) -> bool {
        let is_party = matches!(self.kind, SourceKind::PartyStatement | SourceKind::PartyPropaganda);
        let is_one = || {
            responsible.iter().any(|party| self.names.iter().any(|name| may_name_one(name, party.as_ref())))
        };
        is_party && (responsible.is_empty() || is_one())
    }
}

/// Words that many parties have in their names.
const OF_MANY: [&str; 18] = [
    "army",
    "air",
    "force",
    "forces",
    "armed",
    "military",
    "media",
    "ministry",
    "defence",
    "defense",
    "government",
    "جيش",
    "قوات",
    "مسلحه",
    "وزاره",
    "دفاع",
    "اعلام",
    "حكومه",
];

/// Whether two names may be of one party: one says no more than the other ("the army" and "the Coastal Army", «الجيش» and
/// «جيش الساحل»), they share a word that is not every party's ("Marjani air force" and "Marjani army"), or they stand in two
/// scripts and nobody can tell.
fn may_name_one(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let folded = fold(name);
        let bare = |word: &str| {
            word.strip_prefix("ال").filter(|rest| rest.chars().count() > 2).unwrap_or(word).to_owned()
        };
        folded.split(' ').filter(|word| !matches!(*word, "the" | "s" | "")).map(bare).collect()
    };
    let (one, other) = (words(one), words(other));
    let within = |a: &[String], b: &[String]| !a.is_empty() && a.iter().all(|word| b.contains(word));
    let shared = one.iter().any(|word| !OF_MANY.contains(&word.as_str()) && other.contains(word));
    let latin = |name: &[String]| name.concat().is_ascii();
    shared || within(&one, &other) || within(&other, &one) || latin(&one) != latin(&other)
}

/// "three of its fighters", «ثلاثة من مقاتليه»: a party's own people. Read before folding, which makes ة a ه.
fn is_of_its_own(words: &str) -> bool {
    words.split(|letter: char| !letter.is_alphabetic()).any(|word| {
        let latin = ["its", "our", "their"].iter().any(|own| word.eq_ignore_ascii_case(own));
        let long = word.chars().count() > 4;
        latin || long && ["ه", "ها", "هم", "نا"].iter().any(|own| word.ends_with(own))
    })
}

fn is_profession(role: Role) -> bool {
    !matches!(
        role,
        Role::None | Role::MemberOfArmedForces | Role::DirectParticipant | Role::CivilianInMilitaryRole
    )
}

#[cfg(test)]
mod tests {
    use sijil_model::claim::Stands;
    use sijil_model::codebook::{Class, Harm};
    use sijil_model::{Quantity, Said};

    use super::*;

    fn from(words: &str, kind: SourceKind, name: &str, responsible: &[&str]) -> StatusFrom {
        let said = Casualty {
            harm: Harm::Killed,
            class: Class::Total,
            status: Some(Status::Combatant),
            role: Some(Role::MemberOfArmedForces),
            count: Said { quantity: Quantity::Exact { n: 3 }, text: "three".to_owned() },
            stands: Stands::Alone,
        };
        StatusFrom::of(&said, words, Some(Teller { kind, names: &[name] }), responsible)
    }

    #[test]
    fn only_those_who_harmed_them_take_a_position() {
        let party = SourceKind::PartyStatement;
        assert_eq!(from("three fighters", party, "the Hill Army", &["Hill Army"]), StatusFrom::Position);
        assert_eq!(from("ثلاثة مسلحين", party, "الجيش", &["جيش التلال"]), StatusFrom::Position);
        assert_eq!(from("three fighters", party, "Hill Army", &[]), StatusFrom::Position);
        assert_eq!(from("three fighters", party, "River Brigade", &["Hill Army"]), StatusFrom::Words);
        assert_eq!(from("three fighters", party, "Hill air force", &["Hill Army"]), StatusFrom::Position);
        assert_eq!(from("three fighters", party, "River Army", &["Hill Army"]), StatusFrom::Words);
        // Nobody can tell two scripts apart by their words: a party's word is not made a fact by the language of another report.
        assert_eq!(from("three fighters", party, "Hill Army", &["جيش التلال"]), StatusFrom::Position);
        assert_eq!(
            from("three fighters", SourceKind::NgoReport, "Hill Army", &["Hill Army"]),
            StatusFrom::Words
        );
    }

    #[test]
    fn a_party_that_mourns_its_own_is_believed() {
        let party = SourceKind::PartyStatement;
        assert_eq!(from("three of its fighters", party, "Hill Army", &[]), StatusFrom::Words);
        assert_eq!(from("ثلاثة من مقاتليها", party, "ألوية النهر", &[]), StatusFrom::Words);
        assert_eq!(from("ثلاثة من مقاتليه", party, "الجيش", &[]), StatusFrom::Words);
    }
}
