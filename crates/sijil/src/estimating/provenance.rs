//! What a register knows of its lists that speaks against an estimate: one derives from another, or they are not of the same
//! people; and what nobody has shown.

use std::collections::BTreeMap;

use sijil_estimate::pairs;
use sijil_estimate::verdict::Reason;
use sijil_model::PlaceId;
use sijil_model::fold::fold;
use sijil_register::View;
use sijil_register::event::SourceRecord;

use super::lists::{List, Listed, People};
use crate::failure::Failure;
use crate::grading::roots;
use crate::stages::Stages;
use crate::terminal::counted;

/// People whom a list would have of a month or a governorate, if it had its share, from which on having nobody is no chance.
const FEWEST_EXPECTED: f64 = 10.0;

/// Pairs of lists of which one derives from the other by the register's own records.
pub fn derived(view: &View, lists: &[List], at: u64) -> Result<Vec<Reason>, Failure> {
    let (reposts, named, sources) = (view.reposts(at)?, view.named_sources(at)?, view.sources()?);
    let of = |(one, other): (usize, usize)| {
        let (one, other) = (&lists[one], &lists[other]);
        same_hand(one, other)
            .or_else(|| repeats(one, other, &sources))
            .or_else(|| reposted(one, other, &reposts))
            .or_else(|| names(one, other, &named))
            .or_else(|| names(other, one, &named))
    };
    Ok(pairs(lists.len()).into_iter().filter_map(of).collect())
}

fn reason(english: String, arabic: String) -> Reason {
    Reason::new("derived_list", &english, &arabic)
}

fn same_hand(one: &List, other: &List) -> Option<Reason> {
    let (a, b) = (&one.name, &other.name);
    if !one.documents.is_disjoint(&other.documents) {
        return Some(reason(
            format!("{a} and {b} have a document in common"),
            format!("بين {a} و{b} وثيقة مشتركة"),
        ));
    }
    let (first, second) = (one.source.as_ref()?, other.source.as_ref()?);
    if first.source == second.source {
        return Some(reason(
            format!("{a} and {b} are both of the source {}", first.source),
            format!("{a} و{b} كلتاهما من المصدر {}", first.source),
        ));
    }
    let group = first.independence.as_ref().filter(|_| first.independence == second.independence)?;
    Some(reason(
        format!(
            "the sources of {a} and {b} are of one group ({group}), so neither is independent of the other"
        ),
        format!("مصدرا {a} و{b} من مجموعة واحدة ({group})، فليس أحدهما مستقلًّا عن الآخر"),
    ))
}

/// Whether the sources of two lists have words of the same source in them, by what people said of who repeats whom.
fn repeats(one: &List, other: &List, sources: &[SourceRecord]) -> Option<Reason> {
    let (first, second) = (one.source.as_ref()?, other.source.as_ref()?);
    let common = roots(sources, &first.source).intersection(&roots(sources, &second.source)).next()?.clone();
    let (a, b) = (&one.name, &other.name);
    let (english, arabic) = if common == second.source {
        (
            format!("{a} repeats {b}, as `sijil source {} --derived-from` says", first.source),
            format!("تنقل {a} عن {b}"),
        )
    } else if common == first.source {
        (
            format!("{b} repeats {a}, as `sijil source {} --derived-from` says", second.source),
            format!("تنقل {b} عن {a}"),
        )
    } else {
        (
            format!("{a} and {b} both repeat the source {common}"),
            format!("تنقل {a} و{b} كلتاهما عن المصدر {common}"),
        )
    };
    Some(reason(english, arabic))
}

fn reposted(one: &List, other: &List, reposts: &[(String, String)]) -> Option<Reason> {
    let has = |list: &List, part: &str| {
        part.rsplit_once(':').is_some_and(|(document, _)| list.documents.contains(document))
    };
    let copies = reposts
        .iter()
        .filter(|(left, right)| {
            (has(one, left) && has(other, right)) || (has(other, left) && has(one, right))
        })
        .count();
    let (a, b) = (&one.name, &other.name);
    (copies > 0).then(|| {
        reason(
            format!("{} the same in {a} and {b}: one has copied the other", counted(copies, "text")),
            format!("النصوص المتطابقة في {a} و{b}: {copies}؛ نسخت إحداهما الأخرى"),
        )
    })
}

/// Whether `taker` gives the source of `giver` as its own source.
fn names(taker: &List, giver: &List, named: &[(String, String)]) -> Option<Reason> {
    let source = giver.source.as_ref()?;
    let known = [source.name_en.as_str(), source.name_ar.as_str(), source.source.as_str()].map(fold);
    let times = named
        .iter()
        .filter(|(document, name)| taker.documents.contains(document) && known.contains(&fold(name)))
        .count();
    let (a, b) = (&taker.name, &giver.name);
    (times > 0).then(|| {
        reason(
            format!("{a} gives {b} as its source, {}", counted(times, "time")),
            format!("تذكر {a} أن مصدرها {b}، عدد المرات {times}"),
        )
    })
}

/// Lists that are not of the same people: nobody in a month or a governorate where, by its share, a list would have many.
pub fn mismatched(lists: &[List], people: &People, stages: &Stages) -> Vec<Reason> {
    let governorate = |person: &Listed| {
        let id = PlaceId::new(person.places.first()?.as_str()).ok()?;
        let place = stages.gazetteer.place(&id)?;
        Some(place.governorate.map_or_else(|| id.to_string(), |governorate| governorate.to_string()))
    };
    let mut reasons = Vec::new();
    for (at, list) in lists.iter().enumerate() {
        if !people.listed.iter().any(|person| person.history >> at & 1 == 1) {
            let english = format!("{} has nobody of what is asked", list.name);
            let arabic = format!("ليس في {} أحد مما يُسأل عنه", list.name);
            reasons.push(Reason::new("scope_mismatch", &english, &arabic));
            continue;
        }
        let gaps = [
            gap(at, people, |person| person.month.clone()),
            gap(at, people, governorate).map(|(key, others)| (in_words(stages, &key), others)),
        ];
        for (key, others) in gaps.into_iter().flatten() {
            let name = &list.name;
            let english = format!(
                "{name} has nobody of {key}, where the other lists have {}: it is not of the same place and period",
                counted(others, "person")
            );
            let arabic = format!(
                "ليس في {name} أحد من {key}، وفي القوائم الأخرى هناك {others}: فليست عن المكان والفترة نفسيهما"
            );
            reasons.push(Reason::new("scope_mismatch", &english, &arabic));
        }
    }
    reasons
}

fn in_words(stages: &Stages, id: &str) -> String {
    PlaceId::new(id).map_or_else(|_| id.to_owned(), |id| crate::asking::place_in_words(stages, &id))
}

/// The largest group of people on other lists of which a list has nobody, where by its share it would have many.
fn gap(list: usize, people: &People, key: impl Fn(&Listed) -> Option<String>) -> Option<(String, u64)> {
    let (mut own, mut others): (BTreeMap<String, u64>, BTreeMap<String, u64>) = Default::default();
    for person in &people.listed {
        let Some(key) = key(person) else { continue };
        if person.history >> list & 1 == 1 {
            *own.entry(key.clone()).or_default() += 1;
        }
        if person.history & !(1 << list) != 0 {
            *others.entry(key).or_default() += 1;
        }
    }
    let (own_all, others_all): (u64, u64) = (own.values().sum(), others.values().sum());
    others
        .into_iter()
        .filter(|(key, number)| {
            let expected = own_all as f64 * *number as f64 / others_all as f64;
            !own.contains_key(key) && expected >= FEWEST_EXPECTED
        })
        .max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)))
}

/// What is to be read beside any estimate from a register.
pub fn beside(lists: &[List], people: &People, recall: Option<f64>) -> Vec<Reason> {
    let mut warnings = Vec::new();
    let is_unknown = |list: &&List| list.source.as_ref().is_none_or(|source| source.independence.is_none());
    let unknown: Vec<&str> = lists.iter().filter(is_unknown).map(|list| list.name.as_str()).collect();
    if !unknown.is_empty() {
        let english = format!(
            "nobody has shown that these lists are independent of the others: {}; `sijil source ID --independence GROUP` says which sources are of one group",
            unknown.join(", ")
        );
        let arabic = format!("لم يُثبت أحد أن هذه القوائم مستقلة عن غيرها: {}", unknown.join("، "));
        warnings.push(Reason::new("independence_unknown", &english, &arabic));
    }
    let english = format!(
        "the number is of people who can be identified: of these lists {} without a name could not be linked, and {} may be outside what is asked",
        counted(people.without_name, "record"),
        counted(people.possibly_inside, "person")
    );
    let arabic = format!(
        "العدد لأناس يمكن التعرّف عليهم: سجلات هذه القوائم التي بلا اسم ولم يمكن ربطها {}، ومن قد يكونون خارج السؤال {}",
        people.without_name, people.possibly_inside
    );
    warnings.push(Reason::new("identifiable_people", &english, &arabic));
    if recall.is_none() {
        warnings.push(Reason::new(
            "linking_recall_unknown",
            "nobody has said how many of the true links were found: a missed link makes two people of one and takes an overlap away, so the number is too high twice over; audit a sample and give --linking-recall",
            "لم يقل أحد كم من الروابط الصحيحة وُجد: الرابط الفائت يجعل من واحد اثنين ويُنقص التقاطع فيرتفع العدد مرتين؛ دقّقوا عيّنة واذكروا ‎--linking-recall",
        ));
    }
    warnings
}
