//! The codebook's precision of a place in the codes of others (§6), from `data/crosswalk.csv`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Serialize;
use sijil_model::codebook::{Coded, PlacePrecision};

/// One precision as others code it; what they have no code for is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct OtherCodes {
    /// Airwars' class of accuracy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub airwars: Option<&'static str>,
    /// `where_prec` of UCDP's event data, 1 to 7.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ucdp: Option<u8>,
    /// `geo_precision` of ACLED, 1 to 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acled: Option<u8>,
}

static CODES: LazyLock<BTreeMap<&'static str, OtherCodes>> = LazyLock::new(|| {
    // A test reads every line.
    include_str!("../data/crosswalk.csv").lines().skip(1).filter_map(line).collect()
});

fn line(line: &'static str) -> Option<(&'static str, OtherCodes)> {
    let mut cells = line.split(',');
    let (precision, airwars) = (cells.next()?, cells.next()?);
    let mut number = || cells.next().and_then(|cell| cell.parse().ok());
    let airwars = Some(airwars).filter(|code| !code.is_empty());
    Some((precision, OtherCodes { airwars, ucdp: number(), acled: number() }))
}

/// A precision in the codes of Airwars, UCDP and ACLED.
pub fn other_codes(precision: PlacePrecision) -> OtherCodes {
    CODES.get(precision.code()).copied().unwrap_or(OtherCodes { airwars: None, ucdp: None, acled: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_precision_has_its_line() {
        assert_eq!(CODES.len(), PlacePrecision::ALL.len());
        assert!(PlacePrecision::ALL.iter().all(|precision| CODES.contains_key(precision.code())));
    }

    #[test]
    fn coarser_is_never_coded_finer() {
        for pair in PlacePrecision::ALL.windows(2).filter(|pair| pair[1] != PlacePrecision::NotPlaced) {
            let (fine, coarse) = (other_codes(pair[0]), other_codes(pair[1]));
            assert!(fine.ucdp <= coarse.ucdp && fine.acled <= coarse.acled, "{pair:?}");
        }
        assert_eq!(other_codes(PlacePrecision::Neighbourhood).airwars, Some("neighbourhood_area"));
        assert_eq!(other_codes(PlacePrecision::NotPlaced).ucdp, None);
    }
}
