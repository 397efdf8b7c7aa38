//! Random registers and questions over a small made-up country.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use sijil_count::{
    Attributed, By, DecidedNumber, Decisions, Disputed, Doubt, GradingAsked, Incident, LeftOut, NamedPerson,
    OnList, Placed, Question, Standing, Statement, StatusFrom, Telling, Undated,
};
use sijil_model::claim::Stands;
use sijil_model::codebook::{
    AgeClass, AttributionStatus, Class, Coded, Combination, Grading, Harm, Means, PlaceRole, Sex, SiteKind,
    Status,
};
use sijil_model::date::Edtf;
use sijil_model::{
    AccountId, ActorCode, Bounds, ClaimId, Day, DocumentId, IncidentId, Interval, Language, PersonId,
    PlaceId, Quantity, RuleId, Upper,
};

/// Chains from a place up to the country; the first is "not found".
pub const PLACES: [&[&str]; 7] = [
    &[],
    &["xm"],
    &["xm:sahel", "xm"],
    &["xm:port", "xm:sahel", "xm"],
    &["xm:nahr", "xm"],
    &["xm:qasr", "xm:nahr", "xm"],
    &["yy:tell", "yy:jabal", "yy"],
];
/// First day of the made-up calendar, and how many days it has.
pub const FIRST: Day = Day::constant(2031, 9, 1);
pub const DAYS: i32 = 91;
pub const MEANS: [Means; 7] = [
    Means::Air,
    Means::AirPlane,
    Means::AirDrone,
    Means::AirstrikeOrArtillery,
    Means::Mortar,
    Means::ArtilleryOrRocket,
    Means::SmallArms,
];
const HARMS: [Harm; 3] = [Harm::Killed, Harm::Injured, Harm::KilledOrInjured];
const ACTORS: [&str; 3] = ["north", "south", "east"];

pub fn day(at: i32) -> Day {
    FIRST.checked_add(jiff::Span::new().days(at)).unwrap()
}

fn quantity() -> impl Strategy<Value = Quantity> {
    let n = 0..30u64;
    prop_oneof![
        6 => n.clone().prop_map(|n| Quantity::Exact { n }),
        2 => n.clone().prop_map(|n| Quantity::AtLeast { n }),
        1 => n.clone().prop_map(|n| Quantity::AtMost { n }),
        1 => n.clone().prop_map(|n| Quantity::MoreThan { n }),
        1 => n.clone().prop_map(|n| Quantity::LessThan { n }),
        1 => n.clone().prop_map(|n| Quantity::About { n }),
        1 => (n, 0..9u64).prop_map(|(n, more)| Quantity::Between { n, to: n + more }),
        4 => select(vec![
            Quantity::Few, Quantity::Several, Quantity::Many, Quantity::Tens, Quantity::Dozens, Quantity::Hundreds,
            Quantity::Thousands, Quantity::Plural, Quantity::Dual, Quantity::Singular, Quantity::Family,
            Quantity::Share { low: 400, high: 400, approximate: true },
        ]),
    ]
}

fn stands() -> impl Strategy<Value = Stands> {
    prop_oneof![
        6 => Just(Stands::Alone),
        2 => Just(Stands::PartOf),
        1 => Just(Stands::Besides),
        1 => Just(Stands::OverlapUnknown),
        1 => Just(Stands::Superseded),
    ]
}

fn class() -> impl Strategy<Value = Class> {
    prop_oneof![3 => Just(Class::Total), 2 => select(Class::ALL)]
}

fn status() -> impl Strategy<Value = Option<Status>> {
    prop_oneof![3 => Just(None), 1 => Just(Some(Status::Civilian)), 1 => select(Status::ALL).prop_map(Some)]
}

fn status_from() -> impl Strategy<Value = StatusFrom> {
    prop_oneof![3 => Just(StatusFrom::Words), 1 => Just(StatusFrom::Profession), 1 => Just(StatusFrom::Position)]
}

/// Professions are civilians', and a position is about those who are none.
fn from_of(status: Option<Status>, from: StatusFrom) -> StatusFrom {
    match (status, from) {
        (Some(Status::Civilian), StatusFrom::Profession) => from,
        (Some(Status::Combatant | Status::HorsDeCombat), StatusFrom::Position) => from,
        _ => StatusFrom::Words,
    }
}

fn statement() -> impl Strategy<Value = Statement> {
    (
        0..1000u32,
        select(&HARMS[..]),
        class(),
        (status(), status_from()),
        quantity(),
        stands(),
        0..6u8,
        select(&Language::ALL[..]),
    )
        .prop_map(|(id, harm, class, (status, from), quantity, stands, inferred, language)| {
            let rule = match (inferred, class, status) {
                (0, Class::Total, None) => Some("sum-of-parts"),
                (0 | 1, _, Some(Status::Civilian)) => Some("civilian-by-description"),
                _ => None,
            };
            let claim = ClaimId::new(format!("c{id}")).unwrap();
            Statement {
                claim,
                harm,
                class,
                status,
                status_from: from_of(status, from),
                quantity,
                stands,
                inferred: rule.map(|r| RuleId::new(r).unwrap()),
                language,
            }
        })
}

fn telling() -> impl Strategy<Value = Telling> {
    let list = option::of(select(vec!["a", "b"]).prop_map(str::to_owned));
    (select(vec!["a", "b", "c"]), 0..3i64, 0..8u8, list, vec(statement(), 0..5)).prop_map(
        |(origin, order, doubt, source, statements)| Telling {
            document: DocumentId::new(format!("{origin}{order}")).unwrap(),
            source,
            origin: origin.to_owned(),
            reliable: doubt > 0,
            order,
            statements,
        },
    )
}

fn person() -> impl Strategy<Value = NamedPerson> {
    let sex = option::of(select(Sex::ALL));
    let age = option::of(select(AgeClass::ALL));
    let list = (select(vec!["a", "b", "families"]), select(&HARMS[..]));
    let lists = vec(list.prop_map(|(list, harm)| OnList { list: list.to_owned(), harm }), 0..3);
    (0..100u32, select(&HARMS[..]), sex, age, status(), lists, option::weighted(0.3, 0..=1000u16)).prop_map(
        |(id, harm, sex, age_class, status, lists, doubt)| NamedPerson {
            person: PersonId::new(format!("p{id}")).unwrap(),
            harm,
            sex,
            age_class,
            status,
            claims: vec![ClaimId::new(format!("cp{id}")).unwrap()],
            lists,
            doubt: doubt.map(Doubt::of),
        },
    )
}

fn interval() -> impl Strategy<Value = Interval> {
    (0..20u64, option::of(0..9u64)).prop_map(|(min, more)| {
        Interval::new(Some(min), None, more.map_or(Upper::Open, |more| Upper::Known(min + more))).unwrap()
    })
}

fn decisions() -> impl Strategy<Value = Decisions> {
    let by = || AccountId::new("a1").unwrap();
    let at = || "2031-12-01T10:00Z".to_owned();
    let number = (select(&HARMS[..]), class(), status(), interval()).prop_map(
        move |(harm, class, status, interval)| DecidedNumber {
            harm,
            class,
            status,
            interval,
            used: vec![],
            rejected: vec![],
            by: by(),
            at: at(),
            why: "why".to_owned(),
        },
    );
    let people = prop_oneof![Just(Interval::UNKNOWN), interval()];
    let disputed = (select(&HARMS[..]), class(), people).prop_map(move |(harm, class, people)| Disputed {
        harm,
        class,
        people,
        by: by(),
        at: at(),
        why: "why".to_owned(),
    });
    (vec(number, 0..3), vec(disputed, 0..2)).prop_map(|(numbers, disputed)| Decisions { numbers, disputed })
}

fn place() -> impl Strategy<Value = Placed> {
    let role = prop_oneof![5 => Just(PlaceRole::Primary), 1 => select(PlaceRole::ALL)];
    (role, select(&PLACES[..])).prop_map(|(role, chain)| {
        let chain: Vec<PlaceId> = chain.iter().map(|text| PlaceId::new(*text).unwrap()).collect();
        let governorate = chain.len().checked_sub(2).map(|at| chain[at].clone());
        Placed { role, governorate, district: chain.first().cloned().filter(|_| chain.len() > 2), chain }
    })
}

fn when() -> impl Strategy<Value = (Bounds, bool)> {
    prop_oneof![
        4 => (0..DAYS, 0..12i32).prop_map(|(first, length)| {
            (Bounds { earliest: Some(day(first)), latest: Some(day((first + length).min(DAYS - 1))) }, true)
        }),
        1 => (0..DAYS).prop_map(|first| (Bounds { earliest: Some(day(first)), latest: None }, false)),
        1 => (0..DAYS).prop_map(|last| (Bounds { earliest: None, latest: Some(day(last)) }, false)),
        1 => Just((Bounds::default(), false)),
    ]
}

fn actor() -> impl Strategy<Value = ActorCode> {
    select(&ACTORS[..]).prop_map(|code| ActorCode::new(code).unwrap())
}

fn attributed() -> impl Strategy<Value = Attributed> {
    (actor(), select(AttributionStatus::ALL), select(Combination::ALL))
        .prop_map(|(actor, status, combination)| Attributed { actor, status, combination })
}

fn incident() -> impl Strategy<Value = Incident> {
    let left_out = LeftOut { reason: "told twice".to_owned(), by: None, at: None };
    let where_and_who = (vec(place(), 0..3), vec(attributed(), 0..4), vec(select(&MEANS[..]), 0..3));
    let sites = vec(select(vec![SiteKind::Market, SiteKind::School]), 0..3);
    let known = (vec(telling(), 0..5), vec(person(), 0..5), option::weighted(0.25, decisions()));
    (when(), where_and_who, sites, select(Grading::ALL), option::weighted(0.05, Just(left_out)), known)
        .prop_map(
            |(
                (when, dated),
                (places, actors, means),
                sites,
                grading,
                left_out,
                (tellings, named, decisions),
            )| Incident {
                id: IncidentId::new("i").unwrap(),
                when,
                dated,
                places,
                actors,
                means,
                sites,
                grading,
                left_out,
                tellings,
                named,
                decisions: decisions.unwrap_or_default(),
            },
        )
}

/// Up to six incidents, each with its own id.
pub fn register() -> impl Strategy<Value = Vec<Incident>> {
    vec(incident(), 0..7).prop_map(|mut incidents| {
        for (at, incident) in incidents.iter_mut().enumerate() {
            incident.id = IncidentId::new(format!("i{at}")).unwrap();
        }
        incidents
    })
}

fn period() -> impl Strategy<Value = Edtf> {
    let range = (1..DAYS - 1, 0..40i32).prop_map(|(first, length)| {
        let last = (first + length).min(DAYS - 2);
        format!("{}/{}", day(first), day(last))
    });
    prop_oneof![Just("2031-10".to_owned()), Just("2031-10-05/..".to_owned()), range]
        .prop_map(|text| Edtf::new(&text).unwrap())
}

/// Any question that can be answered.
pub fn question() -> impl Strategy<Value = Question> {
    let whom = (select(&HARMS[..]), class(), option::of(select(&Standing::ALL[..])));
    let places = vec(select(&PLACES[1..]).prop_map(|chain| PlaceId::new(chain[0]).unwrap()), 0..3);
    let grading = select(vec!["fair+", "weak+", "confirmed", "contested", "ungraded"]);
    let what = (option::weighted(0.3, select(&MEANS[..])), option::weighted(0.2, Just(SiteKind::Market)));
    let by = vec(select(&By::ALL[..]), 0..3);
    let how = (
        select(vec!["open", "airwars-like", "acled"]),
        select(vec![Undated::Separate, Undated::Include, Undated::Exclude]),
    );
    (whom, vec(actor(), 0..2), places, option::of(period()), option::weighted(0.3, grading), what, by, how)
        .prop_map(
            |(
                (harm, class, status),
                actors,
                places,
                period,
                grading,
                (means, site),
                mut by,
                (rules, undated),
            )| {
                by.dedup();
                let by_class = by.contains(&By::Class);
                let question = Question {
                    harm,
                    class: if by_class { Class::Total } else { class },
                    status,
                    actors,
                    places,
                    period,
                    grading: grading.map(|text| GradingAsked::parse(text).unwrap()),
                    by,
                    rules: rules.to_owned(),
                    undated,
                    means,
                    site,
                    per: None,
                };
                // `acled` answers one kind of question; ask it that.
                if rules == "acled" {
                    let by = question.by.iter().copied().filter(|by| *by != By::Class).collect();
                    return Question {
                        harm: Harm::Killed,
                        class: Class::Total,
                        status: None,
                        by,
                        ..question
                    };
                }
                question
            },
        )
}
