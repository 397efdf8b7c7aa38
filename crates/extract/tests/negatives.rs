//! Sentences that count nobody, in both languages: numbers of other things, fears, denials, statistics, allegations.

#![allow(clippy::unwrap_used, reason = "helpers of tests, where a failure is to be loud")]

use sijil_extract::{Extraction, Extractor, Report};
use sijil_model::actor::read_actors;
use sijil_model::{Content, DocumentId};

fn extract(text: &str) -> Extraction {
    let document = DocumentId::new("d".repeat(64)).unwrap();
    let extractor = Extractor::new(&read_actors(include_str!("corpus/actors.csv")).unwrap());
    extractor.extract(&Report { document: &document, text, language: None, country: None })
}

fn counted(text: &str) -> Vec<String> {
    extract(text)
        .claims
        .iter()
        .filter_map(|claim| match &claim.content {
            Content::Casualty(said) => {
                Some(format!("{} {} {:?}", said.harm, said.class, said.count.quantity))
            }
            Content::Person(person) => Some(format!("{:?} {:?}", person.name, person.fate)),
            _ => None,
        })
        .collect()
}

#[test]
fn nobody_is_counted_here() {
    for text in [
        "Warplanes hit 26 locations in Qasr Nahr.",
        "The raid destroyed 14 homes and 3 schools in Qasr Nahr.",
        "No people were killed in the raid on Qasr Nahr.",
        "The raid on Qasr Nahr did not kill any of the 12 residents.",
        "There were no casualties in Qasr Nahr.",
        "The siege could kill ten people in Qasr Nahr.",
        "The front threatened to kill ten people.",
        "Azraki raids have killed 300 people in Marjan since 2028.",
        "In the past month, Azraki raids killed 90 people in Marjan.",
        "Azraki forces committed several massacres in Marjan.",
        "About 40% of the population fled Qasr Nahr.",
        "Salim Al-Warraq, “Nahr Voice” reporter in Qasr Nahr, described the raids.",
        "The front says that “the West is killing the people”.",
        "The five past years were hard in Qasr Nahr.",
        "The sound of bombing terrifies parents in Qasr Nahr.",
        "Ten people survived the raid on Qasr Nahr.",
        "The reporter said that 200 families fled.",
        "She is 34 years old and lives in Qasr Nahr.",
        "استهدفت الطائرات 26 موقعاً في قصر النهر.",
        "دمّرت الغارة 14 منزلاً في قصر النهر.",
        "لم تسفر الغارة عن قتلى في قصر النهر.",
        "لا إصابات في قصر النهر.",
        "قتلت الغارات الأزرقية 300 شخص في مرجان منذ عام 2028.",
        "ارتكبت القوات الأزرقية عدة مجازر في مرجان.",
        "نزح نحو 40% من سكان المدينة.",
        "نزحت 200 عائلة من المدينة.",
        "يرعب صوت القصف الأهالي في قصر النهر.",
    ] {
        assert!(counted(text).is_empty(), "{text}: {:?}", counted(text));
    }
}

/// Three hundred sentences, half of them Arabic, by what they could be taken for.
#[test]
fn nobody_is_counted_in_three_hundred_sentences() {
    // "No casualties were recorded": zero is said, and counts nobody.
    let counts = |one: &String| !one.ends_with(" None") && !one.ends_with("Exact { n: 0 }");
    let mut wrong = Vec::new();
    for lines in [include_str!("corpus/negatives-ar.txt"), include_str!("corpus/negatives-en.txt")] {
        let sentences: Vec<&str> =
            lines.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        assert_eq!(sentences.len(), 150);
        wrong.extend(
            sentences
                .into_iter()
                .map(|text| (text, counted(text)))
                .filter(|(_, found)| found.iter().any(counts)),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn somebody_is_counted_here() {
    for (text, expected) in [
        ("An air strike on Qasr Nahr killed ten people.", "killed total Exact { n: 10 }"),
        ("Ten people, including three children, were killed in Qasr Nahr.", "killed children Exact { n: 3 }"),
        ("At least 14 civilians were killed and dozens injured in Qasr Nahr.", "injured total Dozens"),
        ("The shelling left 15 dead and 20 wounded in Qasr Nahr.", "injured total Exact { n: 20 }"),
        ("The strike claimed the lives of six people in Qasr Nahr.", "killed total Exact { n: 6 }"),
        ("Two others were wounded in Qasr Nahr.", "injured total Exact { n: 2 }"),
        ("The death toll rose to 14 in Qasr Nahr.", "killed total Exact { n: 14 }"),
        ("Five people are missing after the raid on Qasr Nahr.", "missing total Exact { n: 5 }"),
        (
            "The raid resulted in the death of a child and the injury of five people.",
            "injured total Exact { n: 5 }",
        ),
        ("قُتل خمسة مدنيين في قصف على قرية النبعة.", "killed total Exact { n: 5 }"),
        ("استشهاد طفلين وإصابة ثلاثة آخرين في قرية النبعة.", "killed children Dual"),
        ("قُتل 61 طفلاً في قرية النبعة.", "killed children Exact { n: 61 }"),
        ("أسفرت الغارة عن مقتل أم وأطفالها الثلاثة.", "killed total Exact { n: 4 }"),
        ("قُتل أربعة أشخاص في قرية النبعة. الحصيلة مرشحة للارتفاع.", "killed total AtLeast { n: 4 }"),
        ("Four people were killed in Qasr Nahr. The toll may rise.", "killed total AtLeast { n: 4 }"),
        ("قتل القصف رجلاً وطفلاً في قرية النبعة.", "killed children Singular"),
        ("استشهاد طفلين وإصابة ثلاثة آخرين في قرية النبعة.", "injured total Exact { n: 3 }"),
        ("مقتل مدني وإصابة آخرين في قرية النبعة.", "killed total Singular"),
        ("سقوط خمسة قتلى وعشرات الجرحى في قرية النبعة.", "killed total Exact { n: 5 }"),
        ("سقوط خمسة قتلى وعشرات الجرحى في قرية النبعة.", "injured total Tens"),
        ("قُتل عشرة أشخاص بينهم ثلاثة أطفال وامرأة في قرية النبعة.", "killed women Singular"),
        ("قُتل وجُرح أكثر من 30 شخصاً في قرية النبعة.", "killed_or_injured total MoreThan { n: 30 }"),
        ("ارتفعت حصيلة القتلى إلى 14 في قرية النبعة.", "killed total Exact { n: 14 }"),
    ] {
        let found = counted(text);
        assert!(found.iter().any(|one| one == expected), "{text}: {found:?}");
    }
}

/// Numbers beside each other keep how they stand.
#[test]
fn how_numbers_stand() {
    let stands = |text: &str| -> Vec<String> {
        extract(text)
            .claims
            .iter()
            .filter_map(|claim| match &claim.content {
                Content::Casualty(said) if claim.basis.rule().is_none() => {
                    Some(format!("{} {:?}", said.class, said.stands))
                }
                _ => None,
            })
            .collect()
    };
    for (text, expected) in [
        ("Ten people, including three children, were killed.", vec!["total Alone", "children PartOf"]),
        ("Ten people were killed, including three children.", vec!["total Alone", "children PartOf"]),
        (
            "A raid killed 10 people and many civilian casualties.",
            vec!["total Alone", "total OverlapUnknown"],
        ),
        ("قُتل عشرة أشخاص بينهم ثلاثة أطفال.", vec!["total Alone", "children PartOf"]),
        ("Three children were among the ten people killed.", vec!["children PartOf", "total Alone"]),
    ] {
        assert_eq!(stands(text), expected, "{text}");
    }
}

/// A number told again, or broken down, after the total that it is of is of no incident.
#[test]
fn a_total_broken_down_is_no_incident() {
    let total = "At least 212 civilians were killed between 1 September and 30 November 2031 in Qasr Nahr.";
    let arabic = "قُتل ما لا يقل عن 212 مدنياً بين 1 أيلول و30 تشرين الثاني 2031 في قصر النهر.";
    for (text, parts) in [
        (format!("{total} They include 61 children and 48 women."), vec![212, 61, 48]),
        (
            format!("{total} Of the 212 civilians, 127 (59.9%) were killed in Nahr and 85 in Sahel."),
            vec![212, 127, 85],
        ),
        (
            format!("{total} The clinic is shut. Among the 212 people, 40 were killed by mines."),
            vec![212, 40],
        ),
        (format!("{total} The clinic is shut. The 212 civilians were killed by mines."), vec![212, 212]),
        (format!("{arabic} وبينهم 61 طفلاً و48 امرأة."), vec![212, 61, 48]),
        (
            format!("{arabic} من بين الـ212 مدنياً، قُتل 127 في محافظة النهر و85 في محافظة الساحل."),
            vec![212, 127, 85],
        ),
        (format!("{arabic} أغلق المشفى. ومن أصل 212 مدنياً قُتل 40 في النهر بألغام."), vec![212, 40]),
        (format!("{arabic} أغلق المشفى. قُتل 212 مدنياً بألغام."), vec![212, 212]),
    ] {
        assert!(counted(&text).is_empty(), "{text}: {:?}", counted(&text));
        let totals: Vec<u64> = extract(&text)
            .claims
            .iter()
            .filter_map(|claim| match &claim.content {
                Content::Aggregate(said) => said.count.as_ref()?.quantity.number(),
                _ => None,
            })
            .collect();
        assert_eq!(totals, parts, "{text}");
    }
}

/// The whole of one event's dead, broken down, stays that event's.
#[test]
fn the_dead_of_one_event_broken_down_are_its_own() {
    for (text, expected) in [
        (
            "A raid on Qasr Nahr killed 12 people. Of the 12, three were children.",
            "killed total Exact { n: 12 }",
        ),
        ("قتلت غارة على قصر النهر 12 شخصاً. من بين الـ12 ثلاثة أطفال.", "killed total Exact { n: 12 }"),
    ] {
        let found = counted(text);
        assert!(found.iter().any(|one| one == expected), "{text}: {found:?}");
    }
}

#[test]
fn dozens_are_a_number_of_their_own() {
    for (text, expected) in [
        ("Dozens of people were injured in Qasr Nahr.", "injured total Dozens"),
        ("أصيب عشرات المدنيين في قصر النهر.", "injured total Tens"),
    ] {
        let totals: Vec<String> =
            counted(text).into_iter().filter(|one| one.starts_with("injured total")).collect();
        assert!(totals.iter().all(|one| one == expected) && !totals.is_empty(), "{text}: {totals:?}");
    }
}

#[test]
fn whoever_writes_a_line_of_a_chat_is_nobody_whom_it_tells_of() {
    for (text, writers) in [
        (
            "[02/05/2031, 09:14:05] Salim Warraq: six people killed in Qasr Nahr by an air strike\n[02/05/2031, 09:16:05] Huda Warraq: confirmed\n",
            ["Salim", "Huda"],
        ),
        (
            "02/05/2031, 09:14 - Salim Warraq: 6 killed in Qasr Nahr by an air strike\n02/05/2031, 09:16 - Huda Warraq: Karim is among the dead\n",
            ["Salim", "Huda"],
        ),
        (
            "[02/05/2031, 09:14:05] سليم الوراق: استشهد ستة أشخاص في قصر النهر بغارة جوية\n[02/05/2031, 09:16:05] هدى الوراق: الله يرحمهم\n",
            ["سليم", "هدى"],
        ),
        (
            "Salim Warraq, [02.05.2031 09:14]\nsix people killed in Qasr Nahr by an air strike\n\nHuda Warraq, [02.05.2031 09:15]\nI saw it\n",
            ["Salim", "Huda"],
        ),
    ] {
        let counted = counted(text);
        assert!(counted.iter().any(|said| said.contains("killed total")), "{counted:?}");
        for writer in writers {
            assert!(!counted.iter().any(|said| said.contains(writer)), "{counted:?}");
        }
    }
}
