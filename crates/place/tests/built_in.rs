//! The built-in gazetteer; skipped in one line where the program was built without it.

use sijil_model::PlaceId;
use sijil_model::codebook::PlacePrecision;
use sijil_place::{Gazetteer, PlaceContext, parse_place, resolve};

/// The built-in gazetteer, or a line that says what was skipped.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn built_in() -> Option<Gazetteer> {
    if Gazetteer::built_in_is_empty() {
        println!("skipped: built without places; run scripts/fetch-places.sh");
        return None;
    }
    Some(Gazetteer::built_in())
}

#[test]
fn well_known_towns_are_found_however_they_are_spelt() {
    let Some(gazetteer) = built_in() else { return };
    let syria = PlaceContext { country: Some("SY"), ..PlaceContext::default() };
    for (said, id, precision) in [
        ("Sooseh village in Albu Kamal countryside", "gn:172415", PlacePrecision::Village),
        ("السوسة ريف البوكمال", "gn:172415", PlacePrecision::Town),
        ("Albu Kamal city", "gn:174448", PlacePrecision::City),
        ("Deir Ezzor city", "gn:170794", PlacePrecision::City),
        ("Deir Ezzor", "gn:170794", PlacePrecision::City),
        ("محافظة دير الزور", "gn:SY.07", PlacePrecision::Governorate),
        ("ريف دمشق", "gn:SY.08", PlacePrecision::Governorate),
        ("Raqqa", "gn:172955", PlacePrecision::City),
        ("Palmyra", "gn:163808", PlacePrecision::City),
        ("Al-Ardi neighborhood in Deir Ezzor city", "gn:170794", PlacePrecision::City),
        ("سوريا", "gn:SY", PlacePrecision::Country),
    ] {
        let answer = resolve(&gazetteer, &parse_place(said), &syria);
        let best = answer.best().unwrap_or_else(|| panic!("{said}: {answer:?}"));
        assert_eq!(
            (best.place_id.as_ref().unwrap().as_str(), best.precision),
            (id, precision),
            "{said}: {answer:?}"
        );
        assert_eq!(best.country.as_deref(), Some("SY"), "{said}");
    }
    let city = resolve(&gazetteer, &parse_place("Deir Ezzor"), &syria);
    assert_eq!(city.best().unwrap().governorate_name.as_deref(), Some("Deir ez-Zor"));
    assert!(city.best().unwrap().why.contains("an area has the same name"), "{city:?}");
}

#[test]
fn every_named_governorate_is_one_of_the_package() {
    let Some(gazetteer) = built_in() else { return };
    for line in include_str!("../data/governorates.csv").lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let id = PlaceId::new(format!("gn:{}.{}", fields[0], fields[1])).unwrap();
        let place = gazetteer.place(&id).unwrap_or_else(|| panic!("{id} is not in the package"));
        assert_eq!(place.name_en.as_deref(), Some(fields[2]));
        assert_eq!(place.kind, PlacePrecision::Governorate);
    }
}

#[test]
fn every_settlement_leads_to_its_country() {
    let Some(gazetteer) = built_in() else { return };
    for name in ["Mosul", "Gaza", "Taiz", "Aleppo", "Kharkiv", "Paris"] {
        let place = gazetteer.find(name, sijil_place::Scope::default()).into_iter().next().unwrap();
        let top = gazetteer.chain(&place.id).pop().unwrap();
        assert_eq!(top.kind, PlacePrecision::Country, "{name}");
        assert_eq!(top.country, place.country, "{name}");
    }
}
