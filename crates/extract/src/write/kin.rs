//! Kin: who is whose mother, wife or son.

use std::ops::Range;

use sijil_model::codebook::{Class, RelationKind, Sex};
use sijil_model::{Basis, ClaimId, Content};

use super::Writer;
use super::persons::Written;
use crate::harm::{Hit, is_harm, joint};
use crate::people;
use crate::scenes::Scene;
use crate::sense::{Kin, Number, Sense};

/// Most names of one list that its kin word is looked for over.
const LONGEST: usize = 30;
/// Most tokens between a kin word and the first name of its list: "daughters, 17-year-old".
const OPENING: usize = 6;

impl Writer<'_, '_> {
    /// "Karam Haddad (39), her son", "Karam Haddad was killed alongside his wife": the sex of whoever has the kin.
    pub(super) fn sex_by_pronoun(&self, run: &Range<usize>) -> Option<Sex> {
        const REACH: usize = 8;
        const KIN: usize = 4;
        let window = self.window;
        let mut at = crate::names::nickname_end(window, run.end);
        if let Some((_, age)) = people::age_after(window, at) {
            at = age.end;
        }
        let passes = |at: &usize| {
            matches!(window.tokens.mark(*at), Some(',' | '(' | ')'))
                || matches!(
                    window.tokens.word(*at),
                    "and" | "with" | "along" | "alongside" | "together" | "as" | "well" | "was" | "also"
                )
                || is_harm(window, *at)
                || window.tokens.word(*at).ends_with("ly")
        };
        let whose = (at..at + REACH).find(|at| !passes(at)).filter(|whose| *whose > at)?;
        let sex = match window.tokens.word(whose) {
            "his" => Sex::M,
            "her" => Sex::F,
            _ => return None,
        };
        (whose + 1..whose + KIN).any(|at| self.kin_at(at).is_some()).then_some(sex)
    }

    /// Relations of a kin word at a token: "his" is the last one before, "their" all of the chain.
    pub(super) fn relate(
        &mut self,
        id: &ClaimId,
        spans: Vec<sijil_model::Quoted>,
        (kin, at): (&Kin, usize),
        hit: &Hit,
        scene: &Scene,
        written: &[Written],
    ) {
        let mut whose =
            (at.saturating_sub(3).max(scene.run.start)..=at).map(|at| self.window.tokens.word(at));
        let several = whose.any(|word| {
            word == "their" || word.ends_with("هم") || word.ends_with("هما") || word.ends_with("هن")
        });
        let before =
            || written.iter().rev().filter(|other| other.sentence == scene.sentence && other.position < at);
        let chained: Vec<ClaimId> = before()
            .filter(|other| {
                other.chain == hit.chain
                    && (kin.relation != RelationKind::MotherOf || other.class != Some(Class::Men))
            })
            .map(|other| other.id.clone())
            .collect();
        let others = if several && !chained.is_empty() {
            chained
        } else {
            before().take(1).map(|other| other.id.clone()).collect()
        };
        for other in others {
            let content = Content::Relation { relation: kin.relation, other };
            self.claim_with(
                spans.clone(),
                content,
                Some(id),
                "kin-word",
                Basis::Stated,
                sijil_model::codebook::ModalityCode::Asserted,
                None,
            );
        }
    }

    /// The kin word of a name and where it stands: before it, in brackets after it, or before the list that it is in.
    pub(super) fn kin_word(&self, index: usize, scene: &Scene) -> Option<(Kin, usize)> {
        let run = &self.window.names[index].run;
        let before =
            (1..=2).filter_map(|back| run.start.checked_sub(back)).filter(|at| *at >= scene.run.start);
        let bracket = self.window.tokens.is_mark(run.end, '(').then_some(run.end + 1);
        // «بنت خالتي هدى»: she is not the aunt.
        let group = self.window.groups.partition_point(|group| group.run.end < run.start);
        let of_kin = self.window.groups.get(group).filter(|group| {
            group.run.end == run.start
                && group.run.len() == 2
                && self.window.tokens.is_arabic(group.run.start)
        });
        if let Some((kin, group)) = of_kin.and_then(|group| Some((group.kin.clone()?, group))) {
            return Some((kin, group.run.start));
        }
        before
            .chain(bracket)
            .find_map(|at| self.kin_at(at).map(|kin| (kin, at)))
            .or_else(|| self.kin_of_list(index, scene))
    }

    fn kin_at(&self, at: usize) -> Option<Kin> {
        self.window
            .tags
            .find(at, |sense| if let Sense::Kin(kin) = sense { Some(kin.clone()) } else { None })
            .map(|(kin, _)| kin)
    }

    /// "their sons Salim, Omar and Karim": the kin word of a list is each name's; the list ends with the name after its
    /// "and".
    fn kin_of_list(&self, index: usize, scene: &Scene) -> Option<(Kin, usize)> {
        let names = &self.window.names;
        let mut first = index;
        while first > 0 && index - first < LONGEST && names[first - 1].run.start >= scene.run.start {
            let gap = names[first - 1].run.end..names[first].run.start;
            if let Some(opened) = self.kin_of_several(first, scene) {
                return Some(opened);
            }
            let ended = first != index && gap.clone().any(|at| self.window.tokens.word(at) == "and");
            let kin = gap.clone().any(|at| self.kin_at(at).is_some());
            if ended || kin || joint(self.window, &gap, &names[first].run).is_none() {
                return None;
            }
            first -= 1;
        }
        self.kin_of_several(first, scene)
    }

    /// "his three sons: ", "the couple's daughters, 17-year-old ": kin words of several people before a name.
    fn kin_of_several(&self, index: usize, scene: &Scene) -> Option<(Kin, usize)> {
        const WHOSE: [&str; 5] = ["his", "her", "their", "s", "whose"];
        let tokens = &self.window.tokens;
        let start = self.window.names[index].run.start;
        let from = start.saturating_sub(OPENING).max(scene.run.start);
        let at = (from..start).rev().find(|at| self.kin_at(*at).is_some())?;
        let kin = self.kin_at(at).filter(|kin| kin.number == Number::Plural)?;
        let plain = (at + 1..start).all(|at| {
            tokens.mark(at).is_some_and(|mark| mark != '.')
                || tokens.is_number(at)
                || matches!(
                    tokens.word(at),
                    "year" | "years" | "month" | "months" | "old" | "aged" | "namely"
                )
        });
        let owned = (at.saturating_sub(4).max(scene.run.start)..at)
            .any(|at| WHOSE.contains(&tokens.word(at)))
            || tokens.word(at + 1) == "of";
        (plain && owned).then_some((kin, at))
    }
}
