//! What holds for every date: each form of EDTF that is read comes back as it was, bounds hold what they should, and the
//! order of times is one.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use proptest::prelude::*;
use sijil_model::date::{Bounds, Edtf, TimeOrder};
use sijil_model::{Day, TimeExpression};

/// One of each form of level 1, and those of level 2 that are used; with the first and last day, `..` where open.
const FORMS: [(&str, &str); 30] = [
    ("2031", "2031-01-01 2031-12-31"),
    ("2031-10", "2031-10-01 2031-10-31"),
    ("2031-10-05", "2031-10-05 2031-10-05"),
    ("2032-02", "2032-02-01 2032-02-29"),
    ("2031-10-05T08:30:00", "2031-10-05 2031-10-05"),
    ("2031-10-05T08:30:00Z", "2031-10-05 2031-10-05"),
    ("2031?", "2031-01-01 2031-12-31"),
    ("2031-10~", "2031-10-01 2031-10-31"),
    ("2031-10-05%", "2031-10-05 2031-10-05"),
    ("203X", "2030-01-01 2039-12-31"),
    ("20XX", "2000-01-01 2099-12-31"),
    ("2031-XX", "2031-01-01 2031-12-31"),
    ("2031-10-XX", "2031-10-01 2031-10-31"),
    ("2031-XX-XX", "2031-01-01 2031-12-31"),
    ("2031/2032", "2031-01-01 2032-12-31"),
    ("2031-10/2031-11", "2031-10-01 2031-11-30"),
    ("2031-09-30/2031-11-25", "2031-09-30 2031-11-25"),
    ("2031-09-30/2031-11", "2031-09-30 2031-11-30"),
    ("2031/..", "2031-01-01 .."),
    ("2031-05-03/..", "2031-05-03 .."),
    ("../2031-05-03", ".. 2031-05-03"),
    ("2031-05-03/", "2031-05-03 .."),
    ("/2031-05-03", ".. 2031-05-03"),
    ("2031-05~/2031-06?", "2031-05-01 2031-06-30"),
    ("2031-21", "2031-03-01 2031-05-31"),
    ("-0043", ".. .."),
    ("XXXX-09-30", ".. .."),
    ("XXXX-12", ".. .."),
    ("XXXX-09-30/XXXX-11-25", ".. .."),
    ("XXXX-11-30/XXXX-01-05", ".. .."),
];

#[test]
fn every_form_comes_back_as_it_was() {
    for (text, _) in FORMS {
        let edtf = Edtf::new(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(edtf.to_string(), text);
        assert_eq!(text.parse::<Edtf>().unwrap(), edtf);
        let said = TimeExpression::Calendar(edtf);
        let written = serde_json::to_string(&said).unwrap();
        assert_eq!(serde_json::from_str::<TimeExpression>(&written).unwrap(), said, "{written}");
    }
}

#[test]
fn every_form_has_its_bounds() {
    let edge = |day: Option<Day>| day.map_or("..".to_owned(), |day| day.to_string());
    for (text, expected) in
        FORMS.iter().filter(|(text, _)| !text.starts_with(['X', '-']) && *text != "2031-21")
    {
        let bounds = Edtf::new(text).unwrap().bounds();
        assert_eq!(format!("{} {}", edge(bounds.earliest), edge(bounds.latest)), *expected, "{text}");
    }
}

fn days() -> impl Strategy<Value = Day> {
    (1990_i16..2060, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| Day::new(year, month, day).unwrap())
}

fn edges() -> impl Strategy<Value = Bounds> {
    (prop::option::of(days()), prop::option::of(days())).prop_map(|(a, b)| match (a, b) {
        (Some(a), Some(b)) => Bounds { earliest: Some(a.min(b)), latest: Some(a.max(b)) },
        (earliest, latest) => Bounds { earliest, latest },
    })
}

fn contains(bounds: Bounds, day: Day) -> bool {
    bounds.earliest.is_none_or(|first| first <= day) && bounds.latest.is_none_or(|last| day <= last)
}

proptest! {
    /// A coarser writing of a day holds the day.
    #[test]
    fn bounds_contain_what_they_are_cut_from(day in days(), other in days()) {
        let (first, last) = (day.min(other), day.max(other));
        let texts = [
            day.to_string(),
            day.strftime("%Y-%m").to_string(),
            day.strftime("%Y").to_string(),
            day.strftime("%Y-%m-XX").to_string(),
            format!("{first}/{last}"),
            format!("{first}/.."),
            format!("../{last}"),
            format!("{}/{}", first.strftime("%Y-%m"), last.strftime("%Y-%m")),
        ];
        for text in texts {
            let bounds = Edtf::new(&text).unwrap().bounds();
            prop_assert!(contains(bounds, day), "{text} does not hold {day}");
        }
    }

    /// Narrowing keeps what both hold, and nothing else.
    #[test]
    fn narrowing_is_both(a in edges(), b in edges(), day in days()) {
        let both = contains(a, day) && contains(b, day);
        match a.narrowed_by(b) {
            Some(narrow) => prop_assert_eq!(contains(narrow, day), both),
            None => prop_assert!(!both),
        }
    }

    /// Where the order answers it is an order: turned round it is the other, and before is before what comes after.
    #[test]
    fn order_is_transitive_where_it_answers(a in edges(), b in edges(), c in edges()) {
        let turned = match a.order(b) {
            TimeOrder::Before => TimeOrder::After,
            TimeOrder::After => TimeOrder::Before,
            TimeOrder::MayOverlap => TimeOrder::MayOverlap,
        };
        prop_assert_eq!(b.order(a), turned);
        prop_assert_eq!(a.order(a), TimeOrder::MayOverlap);
        if a.order(b) == TimeOrder::Before && b.order(c) == TimeOrder::Before {
            prop_assert_eq!(a.order(c), TimeOrder::Before);
        }
    }
}
