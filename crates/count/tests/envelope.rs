//! Tables of one incident's numbers: several reports, parts, overlaps, classes, statuses, named people, decisions.
#![allow(clippy::unwrap_used, reason = "a test stops at what is wrong")]

mod made_up;

use made_up::{Happened, Said, decision, ends, exact, incident, interval, killed, open, person, telling};
use sijil_count::{CasualtyRow, Contradiction, Decisions, Disputed, Doubt, Incident, Telling, WhyAside};
use sijil_model::claim::Stands;
use sijil_model::codebook::{AgeClass, Class, Harm, Status};
use sijil_model::{Interval, Quantity, Upper};

fn row(incident: &Incident, class: Class, status: Option<Status>) -> CasualtyRow {
    let mut rows = incident.casualties(&open()).into_iter();
    rows.find(|row| (row.harm, row.class, row.status) == (Harm::Killed, class, status)).unwrap()
}

fn total(tellings: Vec<Telling>) -> CasualtyRow {
    row(&incident("i", tellings), Class::Total, None)
}

fn aside(row: &CasualtyRow) -> Vec<(&str, WhyAside)> {
    row.set_aside.iter().map(|set| (set.claim.as_str(), set.why)).collect()
}

#[test]
fn a_later_toll_of_the_same_origin_supersedes_and_another_origin_stands_beside() {
    let bulletins = || {
        vec![
            telling("hospital", 1, vec![killed("c1", exact(7))]),
            telling("hospital", 2, vec![killed("c2", exact(9))]),
        ]
    };
    let row = total(bulletins());
    assert_eq!((ends(row.interval), row.rule.as_str()), ((Some(9), Upper::Known(9)), "open:exact"));
    assert_eq!(aside(&row), [("c1", WhyAside::Superseded)]);
    let with_other =
        bulletins().into_iter().chain([telling("council", 0, vec![killed("c3", exact(6))])]).collect();
    let row = total(with_other);
    assert_eq!(
        (ends(row.interval), row.interval.highest_reported(), row.rule.as_str()),
        ((Some(6), Upper::Known(9)), Some(9), "envelope")
    );
    let same_time = vec![
        telling("hospital", 1, vec![killed("c1", exact(7))]),
        telling("hospital", 1, vec![killed("c2", exact(9))]),
    ];
    assert_eq!(ends(total(same_time).interval), (Some(7), Upper::Known(9)));
}

#[test]
fn a_toll_that_the_text_itself_supersedes_drops_out() {
    let row = total(vec![telling(
        "a",
        0,
        vec![killed("c1", exact(14)), killed("c2", exact(10)).stands(Stands::Superseded)],
    )]);
    assert_eq!(
        (ends(row.interval), aside(&row)),
        ((Some(14), Upper::Known(14)), vec![("c2", WhyAside::Superseded)])
    );
}

#[test]
fn a_vague_statement_that_contains_a_precise_one_does_not_widen() {
    for (vague, precise, expected) in [
        (Quantity::AtLeast { n: 4 }, exact(10), (10, Some(10))),
        (Quantity::Many, Quantity::AtLeast { n: 4 }, (4, None)),
        (Quantity::Dozens, exact(10), (10, None)),
        (Quantity::Few, exact(5), (5, Some(5))),
        (Quantity::AtMost { n: 20 }, exact(10), (1, Some(20))),
    ] {
        let row = total(vec![
            telling("a", 0, vec![killed("c1", vague)]),
            telling("b", 0, vec![killed("c2", precise)]),
        ]);
        assert_eq!(
            ends(row.interval),
            ends(interval(expected.0, expected.1)),
            "{vague:?} beside {precise:?}"
        );
        assert_eq!(row.claims.len() + row.set_aside.len(), 2, "everything stays listed");
    }
}

#[test]
fn an_unreliable_source_is_listed_and_not_counted() {
    let mut rumour = telling("rumour", 0, vec![killed("c1", exact(500))]);
    rumour.reliable = false;
    let row = total(vec![rumour.clone(), telling("b", 0, vec![killed("c2", exact(10))])]);
    assert_eq!(
        (ends(row.interval), row.interval.highest_reported()),
        ((Some(10), Upper::Known(10)), Some(10))
    );
    assert_eq!(aside(&row), [("c1", WhyAside::Unreliable)]);
    assert_eq!(total(vec![rumour]).interval, Interval::UNKNOWN);
}

#[test]
fn parts_are_never_added_and_numbers_besides_are() {
    let part = killed("c2", exact(4)).stands(Stands::PartOf);
    let besides = killed("c3", exact(2)).stands(Stands::Besides);
    let row = total(vec![telling("a", 0, vec![killed("c1", exact(10)), part.clone(), besides.clone()])]);
    assert_eq!(
        (ends(row.interval), row.interval.highest_reported()),
        ((Some(12), Upper::Known(12)), Some(12))
    );
    assert_eq!(aside(&row), [("c2", WhyAside::Part)]);
    let only_part = total(vec![telling("a", 0, vec![part])]);
    assert_eq!(ends(only_part.interval), (Some(4), Upper::Open));
    let others_of_a_class = besides.class(Class::Children);
    let row = total(vec![telling("a", 0, vec![killed("c1", exact(10)), others_of_a_class])]);
    assert_eq!(ends(row.interval), (Some(12), Upper::Known(12)));
}

#[test]
fn an_unknown_overlap_leaves_the_minimum_and_makes_room_above() {
    let casualties =
        |quantity| killed("c2", quantity).harm(Harm::KilledOrInjured).stands(Stands::OverlapUnknown);
    let number = |quantity| {
        ends(total(vec![telling("a", 0, vec![killed("c1", exact(10)), casualties(quantity)])]).interval)
    };
    assert_eq!(number(Quantity::Many), (Some(10), Upper::Open));
    assert_eq!(number(exact(5)), (Some(10), Upper::Known(15)));
    // Another document's precise number does not close what this one leaves open.
    let both = vec![
        telling("a", 0, vec![killed("c1", exact(10)), casualties(Quantity::Many)]),
        telling("b", 0, vec![killed("c3", exact(12))]),
    ];
    assert_eq!(ends(total(both).interval), (Some(10), Upper::Open));
}

#[test]
fn parts_add_up_only_where_no_total_is_stated() {
    let parts = |stands| {
        vec![
            killed("c1", exact(3)).class(Class::Children).stands(stands),
            killed("c2", exact(2)).class(Class::Women).stands(stands),
            killed("c3", exact(1)).class(Class::Girls).stands(Stands::PartOf),
        ]
    };
    let row = total(vec![telling("a", 0, parts(Stands::Alone))]);
    assert_eq!((ends(row.interval), row.rule.as_str()), ((Some(5), Upper::Known(5)), "sum-of-parts"));
    let stated = [vec![killed("c0", exact(10))], parts(Stands::PartOf)].concat();
    assert_eq!(ends(total(vec![telling("a", 0, stated)]).interval), (Some(10), Upper::Known(10)));
    // A sum that the extractor made of the people it found is no rival of a stated total.
    let named = telling("b", 0, vec![killed("c9", exact(4)).inferred("sum-of-parts")]);
    let row = total(vec![telling("a", 0, vec![killed("c0", exact(10))]), named]);
    assert_eq!(
        (ends(row.interval), aside(&row)),
        ((Some(10), Upper::Known(10)), vec![("c9", WhyAside::PartsOnly)])
    );
}

#[test]
fn children_include_boys_girls_and_infants() {
    let said = vec![
        killed("c1", exact(2)).class(Class::Boys),
        killed("c2", exact(1)).class(Class::Girls),
        killed("c3", exact(1)).class(Class::Infants),
    ];
    let children = row(&incident("i", vec![telling("a", 0, said)]), Class::Children, None);
    assert_eq!(
        (ends(children.interval), children.rule.as_str()),
        ((Some(3), Upper::Known(4)), "children-include")
    );
}

#[test]
fn classes_that_exceed_the_total_are_told() {
    let said = vec![
        killed("c1", exact(4)),
        killed("c2", exact(3)).class(Class::Children),
        killed("c3", exact(2)).class(Class::Women),
    ];
    let row = total(vec![telling("a", 0, said)]);
    assert_eq!(row.contradiction, Some(Contradiction::PartsAboveTotal { parts: 5, total: 4 }));
}

#[test]
fn statuses_live_under_the_total() {
    let fighters = killed("c2", exact(6)).status(Status::Combatant).stands(Stands::PartOf);
    let i = incident("i", vec![telling("a", 0, vec![killed("c1", exact(10)), fighters.clone()])]);
    assert_eq!(ends(row(&i, Class::Total, None).interval), (Some(10), Upper::Known(10)));
    assert_eq!(ends(row(&i, Class::Total, Some(Status::Civilian)).interval), (Some(4), Upper::Known(4)));
    assert_eq!(ends(row(&i, Class::Total, Some(Status::Combatant)).interval), (Some(6), Upper::Known(6)));
    let civilians = killed("c3", exact(4)).status(Status::Civilian);
    let i = incident("i", vec![telling("a", 0, vec![civilians.clone(), fighters.stands(Stands::Besides)])]);
    assert_eq!(ends(row(&i, Class::Total, None).interval), (Some(10), Upper::Known(10)));
    let i =
        incident("i", vec![telling("a", 0, vec![killed("c1", exact(10)), civilians.stands(Stands::PartOf)])]);
    let stated = row(&i, Class::Total, Some(Status::Civilian));
    assert_eq!(
        (ends(stated.interval), stated.rule.as_str()),
        ((Some(4), Upper::Known(10)), "civilian-stated")
    );
}

#[test]
fn civilians_of_a_class_stand_beside_fighters() {
    let woman = killed("c1", exact(1)).class(Class::Women).status(Status::Civilian);
    let fighters = killed("c2", exact(2)).status(Status::Combatant);
    let i = incident("i", vec![telling("a", 0, vec![woman, fighters])]);
    assert_eq!(ends(row(&i, Class::Total, None).interval), (Some(3), Upper::Known(3)));
    assert_eq!(ends(row(&i, Class::Total, Some(Status::Civilian)).interval), (Some(1), Upper::Known(1)));
    // "Two citizens and three soldiers": none of the two is a soldier.
    let said = vec![killed("c1", exact(2)), killed("c2", exact(3)).status(Status::Combatant)];
    let i = incident("i", vec![telling("a", 0, said)]);
    assert_eq!(ends(row(&i, Class::Total, Some(Status::Civilian)).interval), (Some(2), Upper::Known(2)));
}

#[test]
fn disputed_people_may_be_in_either_row_and_the_total_stands() {
    let disputed = |people: Interval, said: Vec<_>| {
        let mut i = incident("i", vec![telling("a", 0, said)]);
        let why = "the party names them as members".to_owned();
        let disputed = Disputed {
            harm: Harm::Killed,
            class: Class::Total,
            people,
            by: made_up::account(),
            at: "2031-12-01T10:00Z".into(),
            why,
        };
        i.decisions = Decisions { disputed: vec![disputed], ..Decisions::default() };
        let of = |status| ends(row(&i, Class::Total, status).interval);
        (of(None), of(Some(Status::Civilian)), of(Some(Status::Combatant)))
    };
    let known = |min, max| (Some(min), Upper::Known(max));
    assert_eq!(
        disputed(Interval::UNKNOWN, vec![killed("c1", exact(10))]),
        (known(10, 10), known(0, 10), known(0, 10))
    );
    assert_eq!(
        disputed(Interval::exactly(3), vec![killed("c1", exact(10))]),
        (known(10, 10), known(7, 10), known(0, 3))
    );
    let with_children =
        vec![killed("c1", exact(10)), killed("c2", exact(3)).class(Class::Children).stands(Stands::PartOf)];
    assert_eq!(disputed(Interval::UNKNOWN, with_children), (known(10, 10), known(3, 10), known(0, 7)));
}

#[test]
fn named_people_are_a_floor_and_a_contradiction_is_told() {
    let people =
        |n: usize| (0..n).map(|i| person(&format!("p{i}"), None, Some(AgeClass::Child))).collect::<Vec<_>>();
    let vague = incident("i", vec![telling("a", 0, vec![killed("c1", Quantity::AtLeast { n: 2 })])])
        .people(people(3));
    let raised = row(&vague, Class::Total, None);
    assert_eq!(
        (ends(raised.interval), raised.rule.as_str(), raised.contradiction),
        ((Some(3), Upper::Open), "named-floor", None)
    );
    let fewer = incident("i", vec![telling("a", 0, vec![killed("c1", exact(2))])]).people(people(3));
    let raised = row(&fewer, Class::Total, None);
    assert_eq!(ends(raised.interval), (Some(3), Upper::Known(3)));
    assert_eq!(raised.contradiction, Some(Contradiction::NamedAboveReports { named: 3, reports: 2 }));
    let nobody_counts = incident("i", vec![]).people(people(3));
    assert_eq!(ends(row(&nobody_counts, Class::Children, None).interval), (Some(3), Upper::Open));
    // Of three records two may be one person: the floor is the low end of the draws.
    let mut doubted = people(3);
    doubted[2].doubt = Some(Doubt::of(500));
    let doubted = incident("i", vec![telling("a", 0, vec![killed("c1", exact(2))])]).people(doubted);
    assert_eq!(
        (ends(row(&doubted, Class::Total, None).interval), row(&doubted, Class::Total, None).contradiction),
        ((Some(2), Upper::Known(2)), None)
    );
}

#[test]
fn a_decision_replaces_the_envelope_and_two_conflict() {
    let base = || {
        incident(
            "i",
            vec![
                telling("a", 0, vec![killed("c1", exact(7))]),
                telling("b", 0, vec![killed("c2", exact(12))]),
            ],
        )
    };
    let decided = base().decided(decision(Class::Total, None, interval(9, 9)));
    let row_of = |i: &Incident| row(i, Class::Total, None);
    let made = row_of(&decided);
    assert_eq!((ends(made.interval), made.rule.as_str()), ((Some(9), Upper::Known(9)), "decided"));
    assert_eq!((made.claims[0].as_str(), aside(&made)), ("c-used", vec![("c-rejected", WhyAside::Rejected)]));
    let conflicting = decided.clone().decided(decision(Class::Total, None, interval(11, 11)));
    let made = row_of(&conflicting);
    assert_eq!(
        (ends(made.interval), made.contradiction),
        ((Some(9), Upper::Known(11)), Some(Contradiction::ConflictingDecisions { count: 2 }))
    );
    // A decision stands against named people, and the contradiction is told.
    let people = (0..10).map(|i| person(&format!("p{i}"), None, None)).collect();
    let made = row_of(&decided.people(people));
    assert_eq!(
        (ends(made.interval), made.contradiction),
        ((Some(9), Upper::Known(9)), Some(Contradiction::NamedAboveDecision { named: 10, decided: 9 }))
    );
}

#[test]
fn killed_or_injured_is_what_is_stated_of_both_or_the_sum() {
    let ask = |said: Vec<_>| {
        let i = incident("i", vec![telling("a", 0, said)]);
        let question = sijil_count::Question { harm: Harm::KilledOrInjured, ..Default::default() };
        let figure = sijil_count::count(&question, &open(), [i].iter(), &Default::default()).unwrap();
        (figure.inside.min, figure.inside.max)
    };
    let hurt = |claim, n| killed(claim, exact(n)).harm(Harm::Injured);
    assert_eq!(ask(vec![killed("c1", exact(4)), hurt("c2", 6)]), (Some(10), Upper::Known(10)));
    assert_eq!(ask(vec![killed("c1", exact(4))]), (Some(4), Upper::Open));
    assert_eq!(
        ask(vec![killed("c1", exact(4)), killed("c2", exact(9)).harm(Harm::KilledOrInjured)]),
        (Some(9), Upper::Known(9))
    );
}

#[test]
fn a_vague_lower_total_does_not_replace_people_of_a_status_or_class() {
    let ten = || telling("b", 0, vec![killed("t", exact(10))]);
    let ends_of = |said: Vec<_>, status| {
        let i = incident("i", vec![telling("a", 0, said), ten()]);
        ends(row(&i, Class::Total, status).interval)
    };
    let known = |min, max| (Some(min), Upper::Known(max));
    let civilians = |n| killed("c1", exact(n)).status(Status::Civilian);
    let fighters = || killed("c2", exact(15)).status(Status::Combatant);
    let at_least = || killed("c1", Quantity::AtLeast { n: 12 }).status(Status::Civilian);
    assert_eq!(ends_of(vec![civilians(14)], None), known(10, 14));
    assert_eq!(ends_of(vec![civilians(14)], Some(Status::Civilian)), known(10, 14));
    assert_eq!(ends_of(vec![civilians(4)], None), known(10, 10));
    assert_eq!(ends_of(vec![at_least()], None), (Some(10), Upper::Open));
    assert_eq!(ends_of(vec![killed("c1", exact(30)).class(Class::Women)], None), known(10, 30));
    let both = || vec![civilians(14), fighters()];
    assert_eq!(ends_of(both(), None), known(10, 29));
    assert_eq!(ends_of(both(), Some(Status::Civilian)), known(10, 14));
    assert_eq!(ends_of(both(), Some(Status::Combatant)), known(15, 15));
    // Ten others may lie beside fifteen fighters.
    assert_eq!(ends_of(vec![fighters()], None), known(10, 25));
    assert_eq!(ends_of(vec![fighters()], Some(Status::Civilian)), known(10, 10));
}

#[test]
fn a_total_that_allows_more_is_no_fewer_than_its_parts() {
    let said = vec![
        killed("c1", Quantity::AtLeast { n: 4 }),
        killed("c2", exact(7)).status(Status::Civilian).stands(Stands::PartOf),
    ];
    let made = total(vec![telling("a", 0, said)]);
    assert_eq!((ends(made.interval), made.rule.as_str()), ((Some(7), Upper::Open), "no-fewer-than-parts"));
    assert_eq!(made.claims.len(), 2);
}

#[test]
fn numbers_that_cannot_hold_each_other_are_contested() {
    let civilians = killed("c1", exact(30)).status(Status::Civilian);
    let tellings = vec![telling("a", 0, vec![civilians]), telling("b", 0, vec![killed("c2", exact(2))])];
    let i = incident("i", tellings);
    for status in [None, Some(sijil_count::Standing::Civilian)] {
        let question = sijil_count::Question { status, ..Default::default() };
        let figure = sijil_count::count(&question, &open(), [i.clone()].iter(), &Default::default()).unwrap();
        assert_eq!((figure.inside.min, figure.inside.max), (Some(2), Upper::Known(30)));
        assert_eq!(figure.contested.iter().map(|c| c.sides.len()).collect::<Vec<_>>(), [2], "{status:?}");
    }
}
