//! `sijil place info [FILE]`: what is in a gazetteer, by country, kind and script.

use std::path::Path;

use serde_json::json;
use sijil_place::Gazetteer;

use crate::failure::Outcome;
use crate::terminal::say;

pub fn run(path: Option<&Path>) -> Outcome {
    let gazetteer = match path {
        Some(path) => super::open(path)?,
        None => Gazetteer::built_in(),
    };
    // Whoever asks what is in a file also wants to know whether it is whole.
    if path.is_some() {
        gazetteer.verify().map_err(|error| crate::failure::Failure::Refused(error.to_string()))?;
    }
    say(&json!({
        "places": gazetteer.len(),
        "sources": gazetteer.sources(),
        "built_in": path.is_none(),
        "whole_countries": gazetteer.covered(),
        "countries": gazetteer.coverage(),
    })
    .to_string());
    Ok(())
}
