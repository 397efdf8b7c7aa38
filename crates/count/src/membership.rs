//! Whether an incident lies inside what is asked: by period, place, actor, means, site and grade.
//!
//! Every incident has a time and a place, so where they are not known it is *possibly inside*. Who did it, with what
//! and on what is counted where it is said: what nobody said of an incident is not assumed.

use sijil_model::codebook::{AttributionStatus, Combination, Means, PlaceRole, SiteKind};
use sijil_model::date::Membership;
use sijil_model::{ActorCode, Bounds, Coded, PlaceId};

use crate::error::CountError;
use crate::incident::{Attributed, Incident, Placed};
use crate::question::{GradingAsked, Question};
use crate::reconcile::Area;

/// What is asked of an incident, apart from its numbers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope<'a> {
    pub period: Bounds,
    pub areas: Vec<&'a Area>,
    /// Whether places were asked that could not be found: then nothing is certainly inside or outside by place.
    pub somewhere: bool,
    pub actors: &'a [ActorCode],
    pub means: Option<Means>,
    pub site: Option<SiteKind>,
    pub grading: Option<GradingAsked>,
}

impl<'a> Scope<'a> {
    /// The scope of a question. `areas` says what contains each asked place.
    pub(crate) fn of(question: &'a Question, areas: &'a [Area]) -> Result<Self, CountError> {
        let find = |place: &PlaceId| {
            areas
                .iter()
                .find(|area| area.place == *place)
                .ok_or_else(|| CountError::UnknownPlace { place: place.clone() })
        };
        Ok(Self {
            period: question.period_bounds(),
            areas: question.places.iter().map(find).collect::<Result<_, _>>()?,
            somewhere: false,
            actors: &question.actors,
            means: question.means,
            site: question.site,
            grading: question.grading,
        })
    }

    /// Where an incident lies against all that is asked: the weakest answer of all.
    pub(crate) fn holds<T: AsRef<str>>(&self, incident: &Incident<T>) -> Membership {
        if self.grading.is_some_and(|grading| !grading.holds(incident.grading))
            || self.site.is_some_and(|site| !incident.sites.contains(&site))
        {
            return Membership::Outside;
        }
        // The cheap answers first: most incidents are outside by one of them.
        let cheap = self
            .actor(&incident.actors)
            .max(incident.when.within(self.period))
            .max(self.means(&incident.means));
        if cheap == Membership::Outside { cheap } else { cheap.max(self.place(&incident.places)) }
    }

    fn place<T: AsRef<str>>(&self, places: &[Placed<T>]) -> Membership {
        if self.areas.is_empty() && !self.somewhere {
            return Membership::Inside;
        }
        let mut answers = primary(places).map(|place| self.one_place(place));
        // An incident without any place may have been anywhere.
        let Some(first) = answers.next() else { return Membership::PossiblyInside };
        answers.fold(first, |all, one| if all == one { all } else { Membership::PossiblyInside })
    }

    fn one_place<T: AsRef<str>>(&self, place: &Placed<T>) -> Membership {
        let Some(finest) = place.chain.first() else { return Membership::PossiblyInside };
        let is = |a: &PlaceId<T>, b: &PlaceId| a.as_str() == b.as_str();
        if self.areas.iter().any(|area| place.chain.iter().any(|outer| is(outer, &area.place))) {
            Membership::Inside
        } else if self.somewhere
            || self.areas.iter().any(|area| area.within.iter().any(|outer| is(finest, outer)))
        {
            Membership::PossiblyInside
        } else {
            Membership::Outside
        }
    }

    fn actor<T: AsRef<str>>(&self, attributions: &[Attributed<T>]) -> Membership {
        if self.actors.is_empty() {
            return Membership::Inside;
        }
        let is_asked =
            |actor: &ActorCode<T>| self.actors.iter().any(|asked| asked.as_str() == actor.as_str());
        let asked = attributed(attributions).filter(|(actor, _)| is_asked(actor));
        asked.map(|(_, membership)| membership).min().unwrap_or(Membership::Outside)
    }

    fn means(&self, means: &[Means]) -> Membership {
        let Some(asked) = self.means else { return Membership::Inside };
        means.iter().map(|said| means_within(*said, asked)).min().unwrap_or(Membership::Outside)
    }
}

/// The places that say where an incident was.
pub(crate) fn primary<T>(places: &[Placed<T>]) -> impl Iterator<Item = &Placed<T>> {
    places.iter().filter(|place| place.role == PlaceRole::Primary)
}

/// Who an incident is attributed to. One of several alternatives is only possibly the one.
pub(crate) fn attributed<T>(
    attributions: &[Attributed<T>],
) -> impl Iterator<Item = (&ActorCode<T>, Membership)> {
    let counted = attributions
        .iter()
        .filter(|a| !matches!(a.status, AttributionStatus::Denied | AttributionStatus::RuledOut));
    counted.map(|a| {
        let alternative = a.combination == Combination::Alternative;
        (&a.actor, if alternative { Membership::PossiblyInside } else { Membership::Inside })
    })
}

/// Whether means that were said are those asked for: the same or finer, or perhaps, where they are coarser.
pub(crate) fn means_within(said: Means, asked: Means) -> Membership {
    let either = |means: Means| matches!(means.coarse(), "air" | "artillery_or_rocket");
    if said == asked
        || said.coarse() == asked.code()
        || (asked == Means::AirstrikeOrArtillery && either(said))
    {
        Membership::Inside
    } else if said.code() == asked.coarse() || (said == Means::AirstrikeOrArtillery && either(asked)) {
        Membership::PossiblyInside
    } else {
        Membership::Outside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> PlaceId {
        PlaceId::new(text).unwrap()
    }

    fn placed(chain: &[&str]) -> Placed {
        let chain = chain.iter().map(|text| id(text)).collect();
        Placed { role: PlaceRole::Primary, chain, governorate: None, district: None }
    }

    #[test]
    fn a_place_is_inside_what_contains_it_and_perhaps_inside_what_it_contains() {
        let sahel = Area { place: id("xm:sahel"), within: vec![id("xm")] };
        let scope = Scope { areas: vec![&sahel], ..Scope::default() };
        let port = placed(&["xm:port-amal", "xm:sahel", "xm"]);
        let country = placed(&["xm"]);
        let nahr = placed(&["xm:qasr-nahr", "xm:nahr", "xm"]);
        let not_found = placed(&[]);
        let origin = Placed { role: PlaceRole::Origin, ..port.clone() };
        assert_eq!(scope.place(std::slice::from_ref(&port)), Membership::Inside);
        assert_eq!(scope.place(&[country]), Membership::PossiblyInside);
        assert_eq!(scope.place(std::slice::from_ref(&nahr)), Membership::Outside);
        assert_eq!(scope.place(&[not_found]), Membership::PossiblyInside);
        assert_eq!(scope.place::<String>(&[]), Membership::PossiblyInside);
        assert_eq!(scope.place(&[port, nahr.clone()]), Membership::PossiblyInside);
        assert_eq!(scope.place(&[origin, nahr]), Membership::Outside);
    }

    #[test]
    fn means_are_inside_coarser_and_perhaps_inside_finer_ones() {
        use Membership::{Inside, Outside, PossiblyInside};
        for (said, asked, expected) in [
            (Means::AirPlane, Means::Air, Inside),
            (Means::Air, Means::AirPlane, PossiblyInside),
            (Means::AirDrone, Means::AirPlane, Outside),
            (Means::AirstrikeOrArtillery, Means::Air, PossiblyInside),
            (Means::Mortar, Means::AirstrikeOrArtillery, Inside),
            (Means::SmallArms, Means::Air, Outside),
        ] {
            assert_eq!(means_within(said, asked), expected, "{said} {asked}");
        }
    }

    #[test]
    fn denied_actors_are_not_attributed_and_alternatives_only_perhaps() {
        let actor = |code: &str| ActorCode::new(code).unwrap();
        let by = |status, combination| Attributed { actor: actor("northern_front"), status, combination };
        let asked = [actor("northern_front")];
        let scope = Scope { actors: &asked, ..Scope::default() };
        assert_eq!(scope.actor(&[by(AttributionStatus::Alleged, Combination::Joint)]), Membership::Inside);
        assert_eq!(
            scope.actor(&[by(AttributionStatus::Alleged, Combination::Alternative)]),
            Membership::PossiblyInside
        );
        assert_eq!(scope.actor(&[by(AttributionStatus::Denied, Combination::Sole)]), Membership::Outside);
        assert_eq!(scope.actor::<String>(&[]), Membership::Outside);
    }
}
