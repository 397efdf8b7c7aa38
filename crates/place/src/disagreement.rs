//! What a text says of a place against where the gazetteer has it: kept for a reviewer, never settled here.

use std::fmt;

use sijil_model::{PlacePhrase, Where};

use crate::container::{Container, Outside, containers, is_area};
use crate::distance::metres;
use crate::gazetteer::{At, Gazetteer};
use crate::words::{Side, side};

/// A point this far outside the area that the text says is not a matter of a thinned outline.
const OUTSIDE_KM: f32 = 10.0;
/// Two answers for one incident this far apart are two places.
pub const APART_KM: f64 = 60.0;

/// One contradiction.
#[derive(Debug, Clone, PartialEq)]
pub enum Disagreement {
    /// The point lies outside the area that the text puts it in.
    Outside {
        /// As said.
        area: String,
        /// How far outside.
        kilometres: f32,
    },
    /// The text says a side of an area, and the point lies in its other half.
    OtherSide {
        /// As said: "eastern countryside of X".
        area: String,
        /// How far along the way to that side the point lies, 0 to 1.
        along: f64,
    },
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outside { area, kilometres } => {
                write!(f, "the point lies {} km outside `{area}`, where the text puts it", kilometres.round())
            }
            Self::OtherSide { area, along } => write!(
                f,
                "the text says `{area}`, and the point lies {:.0} % of the way to that side",
                along * 100.0
            ),
        }
    }
}

/// Kilometres between two points in degrees north and east.
pub fn kilometres(one: (f64, f64), other: (f64, f64)) -> f64 {
    metres(one, other) / 1000.0
}

/// What the text of a phrase says against the place that was found for it.
pub fn disagreements(
    gazetteer: &Gazetteer,
    phrase: &PlacePhrase,
    found: &Where,
    country: Option<&str>,
) -> Vec<Disagreement> {
    let (Some(id), Some(lat), Some(lon)) = (&found.place, found.lat, found.lon) else { return Vec::new() };
    let Some(at) = gazetteer.at(id.as_str()) else { return Vec::new() };
    let around = gazetteer.around(at);
    let stated = containers(gazetteer, std::slice::from_ref(phrase), &[], country);
    let mut found = Vec::new();
    for container in stated.iter().filter(|container| says_area(gazetteer, container)) {
        if let Some(Outside { kilometres, .. }) = container.outside(gazetteer, at, &around)
            && kilometres > OUTSIDE_KM
        {
            found.push(Disagreement::Outside { area: container.said.clone(), kilometres });
        }
        let along = side(&crate::keys::folded(&container.said))
            .and_then(|side| along(gazetteer, container.options.first()?.at, (lat, lon), side));
        if let Some(along) = along.filter(|along| *along < 0.5) {
            found.push(Disagreement::OtherSide { area: container.said.clone(), along });
        }
    }
    found
}

fn says_area(gazetteer: &Gazetteer, container: &Container) -> bool {
    container.options.first().is_some_and(|choice| is_area(gazetteer.kind(choice.at)))
}

/// How far on the way from one side of an area to the other a point lies, 0 to 1; by its outline, else by its radius.
fn along(gazetteer: &Gazetteer, area: At, (lat, lon): (f64, f64), side: Side) -> Option<f64> {
    let (low, high) = match gazetteer.frame(area) {
        Some(frame) => frame,
        None => {
            let middle = gazetteer.point(area);
            let radius = f64::from(gazetteer.texts(area).radius_m());
            let degrees = radius / metres(middle, (middle.0 + 1.0, middle.1)).max(1.0);
            let wide = radius / metres(middle, (middle.0, middle.1 + 1.0)).max(1.0);
            ((middle.0 - degrees, middle.1 - wide), (middle.0 + degrees, middle.1 + wide))
        }
    };
    let share = |value: f64, low: f64, high: f64| {
        (high > low).then(|| ((value - low) / (high - low)).clamp(0.0, 1.0))
    };
    match side {
        Side::North => share(lat, low.0, high.0),
        Side::South => share(lat, low.0, high.0).map(|north| 1.0 - north),
        Side::East => share(lon, low.1, high.1),
        Side::West => share(lon, low.1, high.1).map(|east| 1.0 - east),
    }
}
