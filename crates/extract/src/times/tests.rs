//! What this module reads, as tables of words and what they come to.

use super::*;

fn said(text: &str) -> Vec<String> {
    let tokens = Tokens::of(text);
    let tags = Tags::of(&tokens);
    find(&tokens, &tags, 0..tokens.len())
        .into_iter()
        .filter_map(|time| {
            let sign = if time.extent == Extent::Period { "~" } else { "" };
            Some(match time.expression? {
                TimeExpression::Calendar(edtf) => format!("{sign}{edtf}"),
                TimeExpression::Weekday { weekday, .. } => format!("{sign}weekday {weekday}"),
                TimeExpression::Hijri(date) => format!("{sign}hijri {date:?}"),
                TimeExpression::Relative(relative) => {
                    let amount = match relative.amount {
                        Amount::Exact { n } => n.to_string(),
                        Amount::Few => "few".into(),
                        Amount::Several => "several".into(),
                        Amount::Unsaid => "unsaid".into(),
                    };
                    format!("{sign}{amount} {:?}", relative.unit).to_lowercase()
                }
            })
        })
        .collect()
}

#[test]
fn english_times() {
    for (text, expected) in [
        ("on 30 September 2031", "2031-09-30"),
        ("On October 7th 2031, two fell", "2031-10-07"),
        ("On the 23rd of October 2031, it fell", "2031-10-23"),
        ("On Friday, October 20, 2031, ten", "2031-10-20"),
        ("Sun 10 Jul 2031 rebels", "2031-07-10"),
        ("on 2031-05-17", "2031-05-17"),
        ("on 17/05/2031", "2031-05-17"),
        ("on 19.07.2031", "2031-07-19"),
        ("on 5 June", "XXXX-06-05"),
        ("in May 2031", "2031-05"),
        ("in October", "XXXX-10"),
        ("since 2012", "~2012/.."),
        ("since the offensive began on 2 March 2031", "~2031-03-02/.."),
        ("since the beginning of May 2031", "~2031-05/.."),
        ("from September 30 to November 25", "~XXXX-09-30/XXXX-11-25"),
        ("between 3 and 6 May 2031", "2031-05-03/2031-05-06"),
        ("between 3 and 8 May 2031", "~2031-05-03/2031-05-08"),
        ("the first week of May 2031", "~2031-05-01/2031-05-07"),
        ("between May and July 2031", "~2031-05/2031-07"),
        ("from November to February 2031", "~2030-11/2031-02"),
        ("between 1 January and 31 March 2031", "~2031-01-01/2031-03-31"),
        ("few days ago", "few day"),
        ("a few days ago", "few day"),
        ("three weeks ago", "3 week"),
        ("yesterday", "1 day"),
        ("last night", "1 day"),
        ("today", "0 day"),
        ("in the past month only", "~1 month"),
        ("in the five past years", "~5 year"),
        ("over the last 24 hours", "24 hour"),
        ("recently", "unsaid day"),
        ("on Monday morning", "weekday 1"),
        ("this month", "~0 month"),
    ] {
        assert_eq!(said(text), [expected], "{text}");
    }
}

#[test]
fn arabic_times() {
    for (text, expected) in [
        ("في 30 أيلول 2031", "2031-09-30"),
        ("يوم الجمعة 20 تشرين الأول/أكتوبر 2031", "2031-10-20"),
        ("بتاريخ 5 أيار", "XXXX-05-05"),
        ("في ٩ أغسطس ٢٠٣١", "2031-08-09"),
        ("20 من آب", "XXXX-08-20"),
        ("يوم 3 جانفي 2031", "2031-01-03"),
        ("يوم 3 غشت 2031", "2031-08-03"),
        ("منذ عام 2012", "~2012/.."),
        ("منذ بدء الحملة في 2 آذار 2031", "~2031-03-02/.."),
        ("من 30 أيلول حتى 25 تشرين الثاني", "~XXXX-09-30/XXXX-11-25"),
        ("من 30 سبتمبر إلى 25 نوفمبر", "~XXXX-09-30/XXXX-11-25"),
        ("قبل أيام", "few day"),
        ("قبل بضعة أيام", "few day"),
        ("قبل ثلاثة أيام", "3 day"),
        ("منذ يومين", "2 day"),
        ("أمس", "1 day"),
        ("اليوم الجمعة", "0 day"),
        ("فجر أمس", "1 day"),
        ("خلال الشهر الماضي فقط", "~1 month"),
        ("في السنوات الخمس الماضية", "~5 year"),
        ("مؤخراً", "unsaid day"),
        ("يوم الاثنين", "weekday 1"),
    ] {
        assert_eq!(said(text), [expected], "{text}");
    }
}

#[test]
fn names_and_durations_are_no_times() {
    for text in [
        "Taim Ramadan said",
        "they may march",
        "April Haddad spoke",
        "a five-year-old boy",
        "17 people",
        "في شهر",
    ] {
        assert!(said(text).is_empty(), "{text}: {:?}", said(text));
    }
}

#[test]
fn parts_of_the_day_join_their_day() {
    let text = "at dawn on June 7th, 2031";
    let tokens = Tokens::of(text);
    let times = find(&tokens, &Tags::of(&tokens), 0..tokens.len());
    assert_eq!(times.len(), 1, "{times:?}");
    assert_eq!(times[0].part, Some(TimeOfDay::EarlyMorning));
    assert!(times[0].expression.is_some());
}

#[test]
fn a_text_turns_where_a_sentence_states_its_own_time() {
    for (text, turns) in [
        ("On 22 March 2031 five people were killed. In March 2031, 112 were killed.", vec!["In March"]),
        ("قُتل خمسة في 22 آذار 2031. وفي آذار 2031 قُتل 112 شخصًا.", vec!["وفي آذار"]),
        (
            "On 22 March 2031 five people were killed. On 22 March 2031 two were hurt. They were brought away.",
            vec![],
        ),
        ("In March 2031 112 were killed. On 22 March five were.", vec![]),
    ] {
        let found = turns_of_time(text);
        assert_eq!(found.len(), turns.len(), "{text}");
        assert!(found.iter().zip(turns).all(|(at, words)| text[*at..].starts_with(words)), "{text}");
    }
}
