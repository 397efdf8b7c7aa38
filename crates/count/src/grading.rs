//! The grade that an incident's own sources allow, and which precondition of a better one fails (codebook §4).
//!
//! It is only proposed: a person decides. Reposts and documents of one source are one voice, and so are sources whose
//! independence nobody has shown.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sijil_model::Language;
use sijil_model::codebook::Grading;

use crate::contested::actors_of;
use crate::incident::Incident;

/// Groups of sources that were shown to be independent of each other, by the origin that tellings name.
pub type Independent = BTreeMap<String, Voice>;

/// A group of sources that was shown to be independent of the others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Voice {
    /// Whether it is at least likely reliable.
    pub reliable: bool,
    /// The groups whose words it says in the end: its own, or those that its sources are derived from.
    pub roots: BTreeSet<String>,
}

/// A proposed grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The best grade whose precondition holds.
    pub grade: Grading,
    /// The grades whose precondition fails, best first, and why.
    pub unmet: Vec<(Grading, Unmet)>,
}

/// Why a grade's precondition fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "unmet", rename_all = "snake_case")]
pub enum Unmet {
    /// No party that it is attributed to accepts responsibility.
    NobodyConcedes,
    /// Nobody holds different parties responsible.
    NoCompetingParties,
    /// Too few sources that are shown to be independent and likely reliable.
    FewIndependent {
        /// How many there are; two are needed.
        shown: u64,
        /// How many documents tell of it.
        reports: u64,
    },
    /// Nobody says with what it was done: no strike near in place and time is told.
    NoStrike,
    /// No source that is not unreliable.
    NoSource,
}

impl Unmet {
    /// The reason in words.
    pub fn text(self, language: Language) -> String {
        let en = language == Language::En;
        match self {
            Self::NobodyConcedes if en => "no party that it is attributed to accepts responsibility".into(),
            Self::NobodyConcedes => "لا طرف ممن نُسبت إليهم يقرّ بالمسؤولية".into(),
            Self::NoCompetingParties if en => "nobody holds different parties responsible".into(),
            Self::NoCompetingParties => "لا أحد يحمّل المسؤولية لأطراف مختلفة".into(),
            Self::FewIndependent { shown, reports } if en => format!(
                "{shown} of 2 sources are shown independent and likely reliable (reports: {reports}; a repost, or a source whose independence nobody showed, is no second one)"
            ),
            Self::FewIndependent { shown, reports } => format!(
                "{shown} من مصدرين ثبت استقلالهما وموثوقان على الأرجح (الأخبار: {reports}؛ وإعادة النشر أو مصدر لم يثبت استقلاله ليسا مصدرًا ثانيًا)"
            ),
            Self::NoStrike if en => "nobody says with what it was done".into(),
            Self::NoStrike => "لا أحد يذكر بمَ وقعت".into(),
            Self::NoSource if en => "it has no source that is not unreliable".into(),
            Self::NoSource => "ليس لها مصدر إلا غير موثوق".into(),
        }
    }
}

/// Proposes a grade. `conceded` says whether a party that it is attributed to accepts harm to civilians in it.
pub fn proposal(incident: &Incident, independent: &Independent, conceded: bool) -> Proposal {
    let reliable = incident.tellings.iter().filter(|telling| telling.reliable);
    let origins: BTreeSet<&str> = reliable.map(|telling| telling.origin.as_str()).collect();
    let shown = apart(origins.iter().filter_map(|origin| independent.get(*origin)));
    let reports = incident.tellings.len() as u64;
    let fair = if shown < 2 {
        Some(Unmet::FewIndependent { shown, reports })
    } else {
        incident.means.is_empty().then_some(Unmet::NoStrike)
    };
    let preconditions = [
        (Grading::Confirmed, (!conceded).then_some(Unmet::NobodyConcedes)),
        (Grading::Contested, actors_of(incident).is_none().then_some(Unmet::NoCompetingParties)),
        (Grading::Fair, fair),
        (Grading::Weak, origins.is_empty().then_some(Unmet::NoSource)),
    ];
    let mut unmet = Vec::new();
    for (grade, why) in preconditions {
        match why {
            None => return Proposal { grade, unmet },
            Some(why) => unmet.push((grade, why)),
        }
    }
    Proposal { grade: Grading::Ungraded, unmet }
}

/// How many reliable voices say words of their own: of those that go back to one source only one counts. Those with
/// the fewest roots are taken first, so that who repeats two others silences neither.
fn apart<'a>(voices: impl Iterator<Item = &'a Voice>) -> u64 {
    let mut voices: Vec<&Voice> = voices.filter(|voice| voice.reliable).collect();
    voices.sort_by_key(|voice| (voice.roots.len(), &voice.roots));
    let (mut heard, mut shown) = (BTreeSet::new(), 0);
    for voice in voices {
        if voice.roots.iter().all(|root| !heard.contains(root)) {
            heard.extend(&voice.roots);
            shown += 1;
        }
    }
    shown
}

impl Proposal {
    /// Why a grade that somebody decides is not what the sources allow; none where it is, or is left to people alone.
    pub fn against(&self, grade: Grading) -> Option<Unmet> {
        self.unmet.iter().find(|(unmet, _)| *unmet == grade).map(|(_, why)| *why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sijil_model::codebook::{AttributionStatus, Combination, Means};
    use sijil_model::{ActorCode, Bounds, DocumentId, IncidentId};

    use crate::incident::{Attributed, Decisions, Telling};

    fn told_by(origins: &[&str]) -> Incident {
        let telling = |(place, origin): (usize, &&str)| Telling {
            document: DocumentId::new(format!("{place:064x}")).unwrap(),
            source: None,
            origin: (*origin).to_owned(),
            reliable: *origin != "rumour",
            order: 0,
            statements: Vec::new(),
        };
        Incident {
            id: IncidentId::new("i1").unwrap(),
            when: Bounds::default(),
            dated: false,
            places: Vec::new(),
            actors: Vec::new(),
            means: vec![Means::Air],
            sites: Vec::new(),
            grading: Grading::Ungraded,
            left_out: None,
            tellings: origins.iter().enumerate().map(telling).collect(),
            named: Vec::new(),
            decisions: Decisions::default(),
        }
    }

    fn independent() -> Independent {
        let voice = |(group, reliable, roots): (&str, bool, &[&str])| {
            (
                group.to_owned(),
                Voice { reliable, roots: roots.iter().map(|root| (*root).to_owned()).collect() },
            )
        };
        [
            ("hospital", true, ["hospital"].as_slice()),
            ("council", true, &["council"]),
            ("gossip", false, &["gossip"]),
            ("agency", true, &["hospital"]),
            ("yearbook", true, &["hospital", "council"]),
        ]
        .map(voice)
        .into()
    }

    fn grade(incident: &Incident, conceded: bool) -> Grading {
        proposal(incident, &independent(), conceded).grade
    }

    #[test]
    fn fair_needs_two_sources_that_are_shown_independent_and_a_strike() {
        assert_eq!(grade(&told_by(&["hospital", "council"]), false), Grading::Fair);
        let no_strike = Incident { means: Vec::new(), ..told_by(&["hospital", "council"]) };
        assert_eq!(proposal(&no_strike, &independent(), false).against(Grading::Fair), Some(Unmet::NoStrike));
        // Reposts of one, a source that nobody showed to be independent, one that is not likely reliable: one source.
        for second in ["hospital", "a-blog", "gossip"] {
            let one = proposal(&told_by(&["hospital", second]), &independent(), false);
            assert_eq!(one.grade, Grading::Weak, "{second}");
            assert_eq!(one.against(Grading::Fair), Some(Unmet::FewIndependent { shown: 1, reports: 2 }));
        }
    }

    #[test]
    fn who_repeats_another_is_no_second_source_and_silences_nobody() {
        assert_eq!(grade(&told_by(&["hospital", "agency"]), false), Grading::Weak);
        assert_eq!(grade(&told_by(&["agency", "council"]), false), Grading::Fair);
        assert_eq!(grade(&told_by(&["yearbook", "hospital"]), false), Grading::Weak);
        assert_eq!(grade(&told_by(&["council", "hospital", "yearbook"]), false), Grading::Fair);
    }

    #[test]
    fn the_best_grade_that_holds_is_proposed_and_a_denial_contests_nothing() {
        assert_eq!(grade(&told_by(&["rumour"]), false), Grading::Ungraded);
        assert_eq!(grade(&told_by(&["rumour"]), true), Grading::Confirmed);
        let by = |status| Attributed {
            actor: ActorCode::new(if status == AttributionStatus::Denied { "north" } else { "south" })
                .unwrap(),
            status,
            combination: Combination::Sole,
        };
        let denied = Incident {
            actors: vec![by(AttributionStatus::Alleged), by(AttributionStatus::Denied)],
            ..told_by(&["hospital"])
        };
        assert_eq!(grade(&denied, false), Grading::Weak);
        let other = Attributed { actor: ActorCode::new("north").unwrap(), ..by(AttributionStatus::Alleged) };
        let competing =
            Incident { actors: vec![by(AttributionStatus::Alleged), other], ..told_by(&["hospital"]) };
        assert_eq!(grade(&competing, false), Grading::Contested);
        for (_, why) in proposal(&denied, &independent(), false).unmet {
            assert!(Language::ALL.iter().all(|language| why.text(*language).len() > 10));
        }
    }
}
