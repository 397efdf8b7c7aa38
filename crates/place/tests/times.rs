//! Times as said against known, half-known and unknown anchors.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use jiff::ToSpan;
use proptest::prelude::*;
use sijil_model::codebook::{Coded, TimeOfDay};
use sijil_model::date::{Amount, Direction, Edtf, Relative, Unit};
use sijil_model::{Day, TimeExpression, When};
use sijil_place::{Anchors, read_period, read_time};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn published(edtf: &str) -> Anchors {
    Anchors { published: Some(Edtf::new(edtf).unwrap()), ..Anchors::default() }
}

fn written_after(text: &str) -> Anchors {
    Anchors { not_before: Some(day(text)), ..Anchors::default() }
}

fn ago(unit: Unit, amount: Amount) -> TimeExpression {
    TimeExpression::Relative(Relative { unit, amount, direction: Direction::Past, whole_stretch: false })
}

fn past_whole(unit: Unit, amount: Amount) -> TimeExpression {
    TimeExpression::Relative(Relative { unit, amount, direction: Direction::Past, whole_stretch: true })
}

fn ahead(unit: Unit, amount: Amount) -> TimeExpression {
    TimeExpression::Relative(Relative { unit, amount, direction: Direction::Future, whole_stretch: false })
}

fn exact(n: u32) -> Amount {
    Amount::Exact { n }
}

fn calendar(edtf: &str) -> TimeExpression {
    TimeExpression::Calendar(Edtf::new(edtf).unwrap())
}

fn weekday(weekday: u8, direction: Direction) -> TimeExpression {
    TimeExpression::Weekday { weekday, direction }
}

/// `edtf | earliest..latest | precision | basis`, for a table that is read by eye.
fn shown(when: &When) -> String {
    let edge = |day: Option<Day>| day.map_or(String::new(), |day| day.to_string());
    let basis = when.basis.rule().map_or_else(|| when.basis.code().to_owned(), ToString::to_string);
    format!(
        "{} | {}..{} | {} | {basis}",
        when.edtf.as_ref().map_or("-", |edtf| edtf.as_str()),
        edge(when.bounds.earliest),
        edge(when.bounds.latest),
        when.precision.code(),
    )
}

#[test]
fn relative_dates_with_an_anchor() {
    let few_days = ago(Unit::Day, Amount::Few);
    for (time, anchor, expected) in [
        // The day of publication is known.
        (
            &few_days,
            "2015-11-28",
            "2015-11-21/2015-11-26 | 2015-11-21..2015-11-26 | 2 | relative-to-publication",
        ),
        (
            &ago(Unit::Day, exact(0)),
            "2031-03-01",
            "2031-03-01 | 2031-03-01..2031-03-01 | 1 | relative-to-publication",
        ),
        (
            &ago(Unit::Day, exact(1)),
            "2031-03-01",
            "2031-02-28 | 2031-02-28..2031-02-28 | 1 | relative-to-publication",
        ),
        (
            &ago(Unit::Day, exact(2)),
            "2032-03-01",
            "2032-02-28 | 2032-02-28..2032-02-28 | 1 | relative-to-publication",
        ),
        (
            &ago(Unit::Hour, exact(3)),
            "2031-03-01",
            "2031-03-01 | 2031-02-28..2031-03-01 | 2 | relative-to-publication",
        ),
        (
            &ago(Unit::Hour, exact(20)),
            "2031-03-01",
            "2031-02-28/2031-03-01 | 2031-02-28..2031-03-01 | 2 | relative-to-publication",
        ),
        (
            &ago(Unit::Week, exact(1)),
            "2031-03-15",
            "2031-03-02/2031-03-14 | 2031-03-02..2031-03-14 | 3 | relative-to-publication",
        ),
        (
            &ago(Unit::Week, exact(2)),
            "2031-03-31",
            "2031-03-11/2031-03-23 | 2031-03-11..2031-03-23 | 3 | relative-to-publication",
        ),
        (
            &ago(Unit::Month, exact(1)),
            "2031-03-15",
            "2031-01-16/2031-03-14 | 2031-01-16..2031-03-14 | 5 | relative-to-publication",
        ),
        (
            &past_whole(Unit::Month, exact(1)),
            "2031-03-15",
            "2031-02-15/2031-03-15 | 2031-02-15..2031-03-15 | 4 | relative-to-publication",
        ),
        (
            &past_whole(Unit::Year, exact(5)),
            "2031-03-15",
            "2026-03-15/2031-03-15 | 2026-03-15..2031-03-15 | 6 | relative-to-publication",
        ),
        (
            &past_whole(Unit::Day, Amount::Few),
            "2031-03-15",
            "2031-03-08/2031-03-15 | 2031-03-08..2031-03-15 | 3 | relative-to-publication",
        ),
        (
            &ahead(Unit::Day, exact(1)),
            "2031-03-15",
            "2031-03-16 | 2031-03-16..2031-03-16 | 1 | relative-to-publication",
        ),
        (
            &ahead(Unit::Day, Amount::Few),
            "2031-03-15",
            "2031-03-17/2031-03-22 | 2031-03-17..2031-03-22 | 2 | relative-to-publication",
        ),
        (&ago(Unit::Day, Amount::Unsaid), "2031-03-15", "- | ..2031-03-15 | 9 | before-publication"),
        (
            &ago(Unit::Week, exact(0)),
            "2031-03-15",
            "2031-03-09/2031-03-15 | 2031-03-09..2031-03-15 | 3 | relative-to-publication",
        ),
        // Only its month is known.
        (
            &ago(Unit::Day, exact(1)),
            "2031-03",
            "2031-02-28/2031-03-30 | 2031-02-28..2031-03-30 | 4 | relative-to-publication",
        ),
        (
            &few_days,
            "2031-03",
            "2031-02-22/2031-03-29 | 2031-02-22..2031-03-29 | 5 | relative-to-publication",
        ),
        // Its end is open.
        (&few_days, "2031-03-10/..", "- | 2031-03-03.. | 9 | relative-without-anchor"),
    ] {
        assert_eq!(shown(&read_time(time, None, &published(anchor))), expected, "{time:?} against {anchor}");
    }
}

#[test]
fn relative_dates_without_an_anchor_keep_bounds_from_what_the_text_dates() {
    let few_days = ago(Unit::Day, Amount::Few);
    let captured = Anchors { captured: Some(Edtf::new("2031-06-01").unwrap()), ..Anchors::default() };
    let both = Anchors { not_before: Some(day("2031-05-20")), ..captured.clone() };
    let campaign = Anchors { campaign_start: Some(day("2031-05-01")), ..Anchors::default() };
    for (time, anchors, expected) in [
        (&few_days, &written_after("2015-11-25"), "- | 2015-11-18.. | 9 | relative-without-anchor"),
        (&few_days, &Anchors::default(), "- | .. | 9 | relative-without-anchor"),
        (&few_days, &captured, "- | ..2031-05-30 | 9 | relative-without-anchor"),
        (&few_days, &both, "- | 2031-05-13..2031-05-30 | 9 | relative-without-anchor"),
        (
            &past_whole(Unit::Month, exact(1)),
            &written_after("2015-11-25"),
            "- | 2015-10-25.. | 9 | relative-without-anchor",
        ),
        (&ago(Unit::Day, Amount::Unsaid), &campaign, "- | 2031-05-01.. | 9 | since-campaign-start"),
        (
            &weekday(1, Direction::Past),
            &written_after("2031-03-05"),
            "- | 2031-03-03.. | 9 | relative-without-anchor",
        ),
    ] {
        let when = read_time(time, None, anchors);
        assert_eq!(shown(&when), expected, "{time:?} against {anchors:?}");
        assert_eq!(when.anchor, sijil_model::Anchor::DocumentPublished);
    }
}

#[test]
fn an_anchor_that_becomes_known_fixes_the_date_by_itself() {
    let time = ago(Unit::Day, Amount::Few);
    let before = written_after("2015-11-25");
    let after = Anchors { published: Some(Edtf::new("2015-11-28").unwrap()), ..before.clone() };
    assert_eq!(read_time(&time, None, &before).edtf, None);
    assert_eq!(read_time(&time, None, &after).edtf, Some(Edtf::new("2015-11-21/2015-11-26").unwrap()));
}

#[test]
fn weekdays() {
    // 2031-03-05 is a Wednesday.
    for (time, expected) in [
        (weekday(1, Direction::Past), "2031-03-03"),
        (weekday(3, Direction::Past), "2031-03-05"),
        (weekday(4, Direction::Past), "2031-02-27"),
        (weekday(7, Direction::Past), "2031-03-02"),
        (weekday(4, Direction::Future), "2031-03-06"),
        (weekday(3, Direction::Future), "2031-03-12"),
    ] {
        let when = read_time(&time, None, &published("2031-03-05"));
        assert_eq!(when.edtf.as_ref().map(Edtf::as_str), Some(expected), "{time:?}");
        assert_eq!(when.precision.code(), "1");
    }
}

#[test]
fn calendar_dates_with_their_year_are_stated() {
    for (edtf, expected) in [
        ("2031-10-05", "2031-10-05 | 2031-10-05..2031-10-05 | 1 | stated"),
        ("2031-10", "2031-10 | 2031-10-01..2031-10-31 | 4 | stated"),
        ("2031", "2031 | 2031-01-01..2031-12-31 | 5 | stated"),
        ("2031-10-05/2031-10-08", "2031-10-05/2031-10-08 | 2031-10-05..2031-10-08 | 2 | stated"),
        ("2015-09-30/2015-11-25", "2015-09-30/2015-11-25 | 2015-09-30..2015-11-25 | 5 | stated"),
        ("2012/..", "2012/.. | 2012-01-01.. | 6 | stated"),
        ("../2012-03", "../2012-03 | ..2012-03-31 | 6 | stated"),
    ] {
        // No anchor changes what a text states.
        for anchors in [Anchors::default(), published("2040-01-01"), written_after("2040-01-01")] {
            assert_eq!(shown(&read_time(&calendar(edtf), None, &anchors)), expected, "{edtf}");
        }
    }
}

#[test]
fn a_missing_year_is_inferred_and_says_how() {
    let from_text = |year| Anchors { year_from_text: Some(year), ..Anchors::default() };
    let captured = Anchors { captured: Some(Edtf::new("2031-06-01").unwrap()), ..Anchors::default() };
    for (edtf, anchors, expected) in [
        (
            "XXXX-09-30/XXXX-11-25",
            from_text(2015),
            "2015-09-30/2015-11-25 | 2015-09-30..2015-11-25 | 5 | year-from-text",
        ),
        (
            "XXXX-11-30/XXXX-01-05",
            from_text(2015),
            "2015-11-30/2016-01-05 | 2015-11-30..2016-01-05 | 5 | year-from-text",
        ),
        ("XXXX-09-30", from_text(2015), "2015-09-30 | 2015-09-30..2015-09-30 | 1 | year-from-text"),
        ("XXXX-09-30/..", from_text(2015), "2015-09-30/.. | 2015-09-30.. | 6 | year-from-text"),
        (
            "XXXX-09-30",
            published("2031-10-02"),
            "2031-09-30 | 2031-09-30..2031-09-30 | 1 | year-before-publication",
        ),
        (
            "XXXX-12-30",
            published("2031-01-02"),
            "2030-12-30 | 2030-12-30..2030-12-30 | 1 | year-before-publication",
        ),
        (
            "XXXX-10-02",
            published("2031-10-02"),
            "2031-10-02 | 2031-10-02..2031-10-02 | 1 | year-before-publication",
        ),
        (
            "XXXX-02-29",
            published("2031-10-02"),
            "2028-02-29 | 2028-02-29..2028-02-29 | 1 | year-before-publication",
        ),
        (
            "XXXX-10",
            published("2031-10-02"),
            "2031-10 | 2031-10-01..2031-10-31 | 4 | year-before-publication",
        ),
        (
            "XXXX-11-30/XXXX-01-05",
            published("2031-01-20"),
            "2030-11-30/2031-01-05 | 2030-11-30..2031-01-05 | 5 | year-before-publication",
        ),
        (
            "XXXX-11-30/XXXX-01-05",
            published("2031-12-20"),
            "2030-11-30/2031-01-05 | 2030-11-30..2031-01-05 | 5 | year-before-publication",
        ),
        (
            "XXXX-09-30",
            published("2031-10"),
            "2031-09-30 | 2031-09-30..2031-09-30 | 1 | year-before-publication",
        ),
        // The date of publication does not decide: the year stays open.
        ("XXXX-09-30", published("2031"), "XXXX-09-30 | 2030-09-30..2031-09-30 | 9 | stated"),
        ("XXXX-09-30", captured, "XXXX-09-30 | ..2030-09-30 | 9 | stated"),
        ("XXXX-09-30", Anchors::default(), "XXXX-09-30 | .. | 9 | stated"),
        ("XXXX-02-29", from_text(2031), "XXXX-02-29 | .. | 9 | stated"),
    ] {
        assert_eq!(
            shown(&read_time(&calendar(edtf), None, &anchors)),
            expected,
            "{edtf} against {anchors:?}"
        );
    }
}

#[test]
fn the_part_of_the_day_is_kept() {
    let when = read_time(&ago(Unit::Day, exact(1)), Some(TimeOfDay::Evening), &published("2031-03-05"));
    assert_eq!((when.time_of_day, when.precision.code()), (Some(TimeOfDay::Evening), "1"));
}

#[test]
fn a_wrong_capture_or_publication_date_does_not_make_bounds_run_backwards() {
    let anchors = Anchors {
        published: Some(Edtf::new("2031-06-01").unwrap()),
        captured: Some(Edtf::new("2030-01-01").unwrap()),
        not_before: Some(day("2032-01-01")),
        ..Anchors::default()
    };
    let when = read_time(&ago(Unit::Day, exact(1)), None, &anchors);
    assert_eq!(when.edtf, Some(Edtf::new("2031-05-31").unwrap()));
}

fn any_day() -> impl Strategy<Value = Day> {
    (1950_i16..2100, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| Day::new(year, month, day).unwrap())
}

fn any_unit() -> impl Strategy<Value = Unit> {
    prop_oneof![Just(Unit::Hour), Just(Unit::Day), Just(Unit::Week), Just(Unit::Month), Just(Unit::Year)]
}

fn any_amount() -> impl Strategy<Value = Amount> {
    prop_oneof![
        (0_u32..40).prop_map(|n| Amount::Exact { n }),
        Just(Amount::Few),
        Just(Amount::Several),
        Just(Amount::Unsaid)
    ]
}

fn any_time() -> impl Strategy<Value = TimeExpression> {
    let direction = || prop_oneof![Just(Direction::Past), Just(Direction::Future)];
    prop_oneof![
        (any_unit(), any_amount(), direction(), any::<bool>()).prop_map(
            |(unit, amount, direction, whole_stretch)| {
                TimeExpression::Relative(Relative { unit, amount, direction, whole_stretch })
            }
        ),
        (1_u8..=7, direction())
            .prop_map(|(weekday, direction)| TimeExpression::Weekday { weekday, direction }),
        (1_i8..=12, 1_i8..=28).prop_map(|(month, day)| calendar(&format!("XXXX-{month:02}-{day:02}"))),
        any_day().prop_map(|day| calendar(&day.to_string())),
    ]
}

proptest! {
    #[test]
    fn bounds_are_ordered_and_hold_the_date(
        time in any_time(), first in any_day(), length in 0_i64..400, not_before in proptest::option::of(any_day()),
    ) {
        let last = first.checked_add(length.days()).unwrap();
        let anchors = Anchors { not_before, ..published(&format!("{first}/{last}")) };
        let hours = matches!(&time, TimeExpression::Relative(relative) if relative.unit == Unit::Hour);
        let when = read_time(&time, None, &anchors);
        if let (Some(earliest), Some(latest)) = (when.bounds.earliest, when.bounds.latest) {
            prop_assert!(earliest <= latest, "{time:?} {first} {last}: {when:?}");
        }
        if let Some(edtf) = when.edtf.filter(|edtf| !edtf.as_str().contains('X')) {
            let (dated, mut allowed) = (edtf.bounds(), when.bounds);
            // Hours before a day of writing are of that day, and may be of the day before.
            let before = dated.earliest.and_then(|day| day.yesterday().ok());
            if hours && allowed.earliest == before {
                allowed.earliest = dated.earliest;
            }
            prop_assert_eq!(dated, allowed);
        }
    }

    /// What counts in days and weeks moves with its anchor, day for day.
    #[test]
    fn the_result_moves_with_the_anchor(
        anchor in any_day(), moved in -400_i64..400, weeks in any::<bool>(), amount in any_amount(), whole_stretch in any::<bool>(),
    ) {
        let unit = if weeks { Unit::Week } else { Unit::Day };
        let time = TimeExpression::Relative(Relative { unit, amount, direction: Direction::Past, whole_stretch });
        let here = read_time(&time, None, &published(&anchor.to_string()));
        let there = read_time(&time, None, &published(&anchor.checked_add(moved.days()).unwrap().to_string()));
        let shift = |day: Option<Day>| day.map(|day| day.checked_add(moved.days()).unwrap());
        prop_assert_eq!(shift(here.bounds.earliest), there.bounds.earliest);
        prop_assert_eq!(shift(here.bounds.latest), there.bounds.latest);
        prop_assert_eq!(here.precision, there.precision);
    }

    /// A coarser anchor never allows less.
    #[test]
    fn a_month_allows_what_each_of_its_days_allows(time in any_time(), anchor in any_day()) {
        let by_day = read_time(&time, None, &published(&anchor.to_string())).bounds;
        let by_month = read_time(&time, None, &published(&anchor.strftime("%Y-%m").to_string())).bounds;
        prop_assert!(by_month.earliest.is_none() || by_day.earliest.is_some_and(|day| by_month.earliest <= Some(day)));
        prop_assert!(by_month.latest.is_none_or(|month| by_day.latest.is_some_and(|day| day <= month)));
    }
}

#[test]
fn what_goes_on_ends_for_a_claim_when_it_was_made() {
    let read = |edtf: &str, anchors: &Anchors| shown(&read_period(&calendar(edtf), anchors));
    let made = published("2031-04-12");
    let closed = "2031-04-01/2031-04-12 | 2031-04-01..2031-04-12 | 3 | until-publication";
    assert_eq!(read("2031-04/..", &made), closed);
    let open = "2031-04/.. | 2031-04-01.. | 6 | stated";
    assert_eq!(read("2031-04/..", &Anchors::default()), open, "nobody knows when it was made");
    assert_eq!(
        read("2031-04/..", &published("2031-03-01")),
        open,
        "a wrong date of publication closes nothing"
    );
    assert_eq!(read("2031-03", &made), "2031-03 | 2031-03-01..2031-03-31 | 4 | stated");
}
