//! Published tables from which other programs print a number, and which must be refused or flagged (A5); skipped where the
//! tables are not there.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "a skipped test says so")]

mod published;

use sijil_estimate::methods::{Method, MethodStatus};
use sijil_estimate::verdict::{Asked, Estimate, Settings, Status, estimate};
use sijil_estimate::{CaptureTable, Unwatched, Weighted};

/// Short chains, as the field runs them.
fn of(table: CaptureTable, asked: Asked) -> Estimate {
    let mut settings = Settings::usual(asked);
    settings.classes.most_sweeps = 15_000;
    estimate(&Weighted::one(table), &settings, &Unwatched).unwrap()
}

fn codes(found: &Estimate) -> Vec<&str> {
    found.reasons.iter().map(|reason| reason.code).collect()
}

#[test]
fn tables_that_other_programs_answer_are_refused() {
    let expected = [
        ("netherlands_5", Asked::One(Method::Lcmcr), "chains_disagree"),
        ("colombia_reclutamiento_hombre1999_R1", Asked::One(Method::Lcmcr), "chains_disagree"),
        ("australia_4", Asked::One(Method::Lcmcr), "edge_mass"),
        ("netherlands_6", Asked::One(Method::Lcmcr), "edge_mass"),
        ("neworleans_5", Asked::Auto, "too_sparse"),
        ("neworleans_8", Asked::Auto, "too_sparse"),
        ("westernus_5", Asked::Auto, "too_sparse"),
        ("korea_palembang_3", Asked::Auto, "no_mle"),
        ("artificial_3", Asked::Auto, "no_mle"),
    ];
    for (name, asked, code) in expected {
        let Some(table) = published::table(name) else { return };
        let found = of(table, asked);
        assert_eq!((found.status, &found.headline), (Status::Refused, &None), "{name}");
        assert!(codes(&found).contains(&code), "{name}: {:?}", codes(&found));
        for reason in &found.reasons {
            assert!(!reason.text.is_empty() && !reason.text_ar.is_empty(), "{name}");
        }
    }
}

/// The smallest tables and the largest counts come to a verdict.
#[test]
fn odd_tables_come_to_a_verdict() {
    let names = ["a", "b", "c"].map(String::from).to_vec();
    let three = CaptureTable::new(names.clone(), [(1, 1), (2, 1), (4, 1)]).unwrap();
    assert_eq!(of(three, Asked::Auto).status, Status::Refused);
    let billion = 1_000_000_000;
    let large = (1_u32..8).map(|history| (history, billion / u64::from(history.count_ones())));
    let found = of(CaptureTable::new(names, large).unwrap(), Asked::One(Method::Loglinear));
    assert_eq!(found.methods[0].status, MethodStatus::Estimated, "{:?}", codes(&found));
    assert!(found.headline.unwrap().median > 4.5e9);
    let wide: Vec<String> = (0..12).map(|list| list.to_string()).collect();
    let cells = (0..12).map(|list| (1_u32 << list, 40)).chain([(0b11, 30), (0b1100, 30), (0b110, 30)]);
    let found = of(CaptureTable::new(wide, cells).unwrap(), Asked::Auto);
    assert!(codes(&found).contains(&"too_sparse"), "{:?}", codes(&found));
}
