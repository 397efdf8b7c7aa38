//! The founding document's incidents from claims made by hand: 4 killed, 10 and nobody knows how many more, unknown.
#![allow(clippy::unwrap_used, reason = "a test stops at what is wrong")]

mod made_up;

use made_up::{Happened, Said, ends, exact, incident, killed, open, person, telling};
use sijil_count::{
    AggregateClaim, Area, Beside, Figure, Incident, Printed, Question, Standing, casualties, count,
};
use sijil_model::claim::Stands;
use sijil_model::codebook::{AgeClass, AggregateKind, Class, CountUnit, Harm, Means, Sex, Status};
use sijil_model::date::Edtf;
use sijil_model::{ActorCode, Bounds, ClaimId, Language, PlaceId, Quantity, Upper};

/// Three children and their mother, a few days ago.
fn i1() -> Incident {
    let people = ["p1", "p2", "p3"].map(|id| person(id, None, Some(AgeClass::Child)));
    let mother = person("p4", Some(Sex::F), Some(AgeClass::Adult));
    let said = vec![
        killed("c1", exact(4)).inferred("sum-of-parts"),
        killed("c2", exact(4)).status(Status::Civilian).inferred("civilian-by-description"),
        killed("c3", exact(3)).class(Class::Children),
        killed("c4", exact(1)).class(Class::Women).inferred("kin-word"),
    ];
    incident("i1", vec![telling("article", 0, said)])
        .bounded("2015-11-18/..")
        .at(&["dez", "dez-gov", "sy"])
        .by("russia")
        .people(people.into_iter().chain([mother]).collect())
}

/// "women and children … killing 10 people and many of civilian casualties"
fn i2() -> Incident {
    let said = vec![
        killed("c5", exact(10)),
        killed("c6", Quantity::Many)
            .harm(Harm::KilledOrInjured)
            .status(Status::Civilian)
            .stands(Stands::OverlapUnknown),
        killed("c7", Quantity::Plural).class(Class::Women),
        killed("c8", Quantity::Plural).class(Class::Children),
    ];
    incident("i2", vec![telling("article", 0, said)]).at(&["albu-kamal", "dez-gov", "sy"]).by("russia")
}

/// "as in Albu Kamal city": dead bodies, no number.
fn i3() -> Incident {
    incident("i3", vec![telling("article", 0, vec![])]).at(&["albu-kamal", "dez-gov", "sy"]).by("russia")
}

/// "135 civilian from Deir Ezzor and Raqqa … from September 30 to November 25"
fn claimed() -> AggregateClaim {
    let area =
        |text: &str| Area { place: PlaceId::new(text).unwrap(), within: vec![PlaceId::new("sy").unwrap()] };
    AggregateClaim {
        id: ClaimId::new("c135").unwrap(),
        kind: AggregateKind::Total,
        harm: Some(Harm::Killed),
        other_harm: None,
        class: None,
        status: Some(Status::Civilian),
        unit: CountUnit::Persons,
        quantity: Some(exact(135)),
        of: None,
        means: None,
        language: Language::En,
        period: Edtf::new("2015-09-30/2015-11-25").unwrap().bounds(),
        places: vec![area("dez-gov"), area("raqqa-gov")],
        somewhere: false,
        actors: vec![ActorCode::new("russia").unwrap()],
        compared_with: None,
    }
}

fn asked(question: &Question, incidents: &[Incident], aggregates: &[AggregateClaim]) -> Figure {
    count(question, &open(), incidents.iter(), &Beside { aggregates, ..Beside::default() }).unwrap()
}

fn row(
    incident: &Incident,
    harm: Harm,
    class: Class,
    status: Option<Status>,
) -> Option<sijil_count::CasualtyRow> {
    incident
        .casualties(&open())
        .into_iter()
        .find(|row| (row.harm, row.class, row.status) == (harm, class, status))
}

#[test]
fn the_three_incidents() {
    let total = |incident: &Incident| row(incident, Harm::Killed, Class::Total, None);
    let first = total(&i1()).unwrap();
    assert_eq!((ends(first.interval), first.rule.as_str()), ((Some(4), Upper::Known(4)), "sum-of-parts"));
    let civilians = row(&i1(), Harm::Killed, Class::Total, Some(Status::Civilian)).unwrap();
    assert_eq!(
        (ends(civilians.interval), civilians.rule.as_str()),
        ((Some(4), Upper::Known(4)), "civilian-by-description")
    );
    assert!(!civilians.default_civilian);
    let children = row(&i1(), Harm::Killed, Class::Children, None).unwrap();
    assert_eq!((ends(children.interval), children.rule.as_str()), ((Some(3), Upper::Known(3)), "open:exact"));
    let second = total(&i2()).unwrap();
    assert_eq!(ends(second.interval), (Some(10), Upper::Open));
    assert_eq!(second.interval.highest_reported(), Some(10));
    assert_eq!(second.claims.iter().map(|claim| claim.as_str()).collect::<Vec<_>>(), ["c5", "c6"]);
    let civilians = row(&i2(), Harm::Killed, Class::Total, Some(Status::Civilian)).unwrap();
    assert_eq!((ends(civilians.interval), civilians.default_civilian), ((Some(10), Upper::Open), true));
    assert_eq!(ends(civilians.described.unwrap()), (Some(0), Upper::Open));
    assert!(casualties(&i3().tellings, &[], &open(), &i3().decisions).is_empty());
}

#[test]
fn the_figure_and_its_civilians() {
    let incidents = [i1(), i2(), i3()];
    let figure = asked(&Question::default(), &incidents, &[]);
    assert_eq!(
        (figure.inside.min, figure.inside.highest_reported, figure.inside.max),
        (Some(14), Some(14), Upper::Open)
    );
    assert_eq!((figure.inside.open_ends, figure.inside.unknown, figure.inside.incidents), (1, 1, 3));
    assert_eq!((figure.inside.named.low, figure.inside.named.high), (4, 4));
    let words = Printed::of_tally(&figure.inside).text(Language::En);
    assert_eq!(words, "at least 14; upper end not known in 2 of 3 incidents");
    for (standing, min) in [(Standing::Civilian, 14), (Standing::CivilianDescribed, 4)] {
        let figure = asked(&Question { status: Some(standing), ..Question::default() }, &incidents, &[]);
        assert_eq!((figure.inside.min, figure.inside.max), (Some(min), Upper::Open), "{standing:?}");
    }
}

#[test]
fn the_claim_of_135_is_reconciled_and_added_to_nothing() {
    let figure = asked(&Question::default(), &[i1(), i2(), i3()], &[claimed()]);
    assert_eq!(figure.inside.min, Some(14));
    let entry = &figure.reconciled[0];
    assert_eq!(entry.claimed, (Some(135), Upper::Known(135)));
    let (inside, possibly) = (entry.inside.as_ref().unwrap(), entry.possibly_inside.as_ref().unwrap());
    assert_eq!((inside.min, inside.incidents), (Some(0), 0));
    assert_eq!((possibly.min, possibly.max, possibly.unknown), (Some(14), Upper::Open, 1));
    assert_eq!(entry.described.as_ref().unwrap().1.min, Some(4));
    assert_eq!((entry.share, entry.why.as_deref()), (None, Some("2 of 2 incidents undated")));
    let json = serde_json::to_value(&figure).unwrap();
    assert_eq!(json["reconciled"][0]["claimed"], serde_json::json!([135, 135]));
    assert_eq!(json["reconciled"][0]["possibly_inside"]["max"], "open");
    assert_eq!((&json["min"], &json["max"], &json["open_ends"]), (&14.into(), &"open".into(), &1.into()));
    assert_eq!(serde_json::from_value::<Figure>(json).unwrap(), figure);
}

/// The close reading's test 2: the publication date moves what rests on it, and nothing else.
#[test]
fn a_publication_date_moves_the_reconciliation() {
    let published = |bounds: &str| {
        asked(&Question::default(), &[i1().on(bounds), i2(), i3()], &[claimed()]).reconciled.remove(0)
    };
    let straddling = published("2015-11-21/2015-11-26");
    let possibly = straddling.possibly_inside.unwrap();
    assert_eq!((possibly.min, straddling.why.as_deref()), (Some(14), Some("1 of 2 incidents undated")));
    let later = published("2015-12-03/2015-12-08");
    let possibly = later.possibly_inside.unwrap();
    assert_eq!((possibly.min, later.why.as_deref()), (Some(10), Some("1 of 1 incidents undated")));
}

/// Where every date is known the coverage is an interval.
#[test]
fn a_share_is_an_interval_where_dates_are_known() {
    let closed = incident("i2", vec![telling("article", 0, vec![killed("c5", exact(10))])])
        .at(&["albu-kamal", "dez-gov", "sy"])
        .by("russia");
    let incidents = [i1().on("2015-11-20"), closed.on("2015-11-24/2015-11-27")];
    let entry = asked(&Question::default(), &incidents, &[claimed()]).reconciled.remove(0);
    assert_eq!((entry.share, entry.why), (Some((0.03, Some(0.104))), None));
    let open_above = [i1().on("2015-11-20"), i2().on("2015-11-20")];
    let entry = asked(&Question::default(), &open_above, &[claimed()]).reconciled.remove(0);
    assert_eq!(entry.share, Some((0.104, None)));
}

/// "Mines killed 30 civilians" is not held against those whom aircraft killed.
#[test]
fn a_total_of_one_kind_of_means_is_beside_the_incidents_of_that_kind() {
    let mined = Incident { means: vec![Means::Mine], ..i1().on("2015-11-20") };
    let bombed = Incident { means: vec![Means::Air], ..i2().on("2015-11-20") };
    let incidents = [mined, bombed];
    let of_mines = AggregateClaim { means: Some(Means::Mine), quantity: Some(exact(30)), ..claimed() };
    let claims = std::slice::from_ref(&of_mines);
    let entry = asked(&Question::default(), &incidents, claims).reconciled.remove(0);
    assert_eq!(entry.inside.unwrap().incidents, 1);
    let question = entry.asks.unwrap();
    assert_eq!(question.means, Some(Means::Mine));
    let of_aircraft = Question { means: Some(Means::Air), ..Question::default() };
    assert!(asked(&of_aircraft, &incidents, claims).reconciled.is_empty());
}

#[test]
fn other_claims_about_many_incidents_are_listed_with_their_reasons() {
    let base = AggregateClaim { harm: None, status: None, period: Bounds::default(), ..claimed() };
    let coalition = ActorCode::new("us_led_coalition").unwrap();
    let claims = [
        AggregateClaim {
            kind: AggregateKind::Ratio,
            unit: CountUnit::Locations,
            quantity: Some(exact(2)),
            of: Some(exact(26)),
            ..base.clone()
        },
        AggregateClaim {
            kind: AggregateKind::Share,
            unit: CountUnit::PercentOfPopulation,
            quantity: None,
            ..base.clone()
        },
        AggregateClaim {
            kind: AggregateKind::Comparison,
            compared_with: Some(coalition),
            quantity: None,
            ..base.clone()
        },
        AggregateClaim {
            kind: AggregateKind::Harm,
            unit: CountUnit::Homes,
            quantity: Some(Quantity::Hundreds),
            ..base.clone()
        },
        AggregateClaim {
            kind: AggregateKind::Allegation,
            unit: CountUnit::Incidents,
            quantity: Some(Quantity::Several),
            ..base
        },
    ];
    let figure = asked(&Question::default(), &[i1(), i2(), i3()], &claims);
    assert_eq!((figure.inside.min, figure.reconciled.len()), (Some(14), 5));
    for (entry, words) in figure.reconciled.iter().zip([
        "ratio of locations",
        "never turned into people",
        "cannot test this",
        "homes",
        "never added",
    ]) {
        assert!(entry.why.as_ref().unwrap().contains(words), "{:?}", entry.why);
        assert!(entry.why_ar.is_some() && entry.share.is_none() && entry.inside.is_none());
    }
    let sides = &figure.reconciled[2].sides;
    assert_eq!((sides[0].inside.min, sides[1].inside.min), (Some(14), Some(0)));
}
