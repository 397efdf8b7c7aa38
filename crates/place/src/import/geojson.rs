//! Features of GeoJSON: properties and geometry.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use crate::shape::Shape;

/// A feature.
#[derive(Debug, Deserialize)]
pub struct Feature {
    #[serde(default)]
    pub properties: Map<String, Value>,
    pub geometry: Option<Geometry>,
}

/// What is read of geometry; lines and collections are no places.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", content = "coordinates")]
pub enum Geometry {
    Point(Vec<f64>),
    Polygon(Vec<Vec<Vec<f64>>>),
    MultiPolygon(Vec<Vec<Vec<Vec<f64>>>>),
    MultiPoint(IgnoredAny),
    LineString(IgnoredAny),
    MultiLineString(IgnoredAny),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Document {
    Collection { features: Vec<Value> },
    One(Value),
}

/// The features of a document, each by itself, so that a broken one ends nothing.
pub fn features(bytes: &[u8]) -> Result<Vec<Result<Feature, serde_json::Error>>, serde_json::Error> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let features = match serde_json::from_slice(start)? {
        Document::Collection { features } => features,
        Document::One(feature) => vec![feature],
    };
    Ok(features.into_iter().map(serde_json::from_value).collect())
}

impl Feature {
    /// A property as text; numbers are written out, lists give their first.
    pub fn text(&self, key: &str) -> String {
        self.properties.get(key).map(text_of).unwrap_or_default()
    }

    /// A property as a number.
    pub fn number(&self, key: &str) -> Option<f64> {
        self.properties.get(key).and_then(|value| value.as_f64().or_else(|| value.as_str()?.parse().ok()))
    }

    /// Latitude and longitude, of a point only.
    pub fn point(&self) -> Option<(f64, f64)> {
        match &self.geometry {
            Some(Geometry::Point(position)) => Some((*position.get(1)?, *position.first()?)),
            _ => None,
        }
    }

    /// The outline; empty without polygons.
    pub fn shape(&self) -> Shape {
        let ring = |ring: &Vec<Vec<f64>>| -> Vec<(f64, f64)> {
            ring.iter().filter_map(|at| Some((*at.first()?, *at.get(1)?))).collect()
        };
        match &self.geometry {
            Some(Geometry::Polygon(rings)) => Shape::of_degrees(&rings.iter().map(ring).collect::<Vec<_>>()),
            Some(Geometry::MultiPolygon(polygons)) => {
                Shape::of_degrees(&polygons.iter().flatten().map(ring).collect::<Vec<_>>())
            }
            _ => Shape::default(),
        }
    }
}

/// A JSON value as text.
pub fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(list) => list.first().map(text_of).unwrap_or_default(),
        _ => String::new(),
    }
}
