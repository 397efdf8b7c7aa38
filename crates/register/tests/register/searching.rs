//! Search finds words in any spelling that folds to the same, and what is shown is what was written.

use proptest::prelude::*;
use sijil_register::event::{Form, Part, TextRead};
use sijil_register::{Event, View};

use crate::support::{Fixture, Report, record};

fn documents(view: &View, words: &str) -> usize {
    view.search(words, 50).unwrap().iter().filter(|hit| hit.kind == "document").count()
}

#[test]
fn arabic_is_found_in_every_spelling() {
    let mut fixture = Fixture::new();
    let text =
        "قُتِلَ مُحَمَّـــد الأَحمد في مدرسة ميناء الأمل يوم ٢٣ تشرين، أُصيبت فتاةٌ على الرصيف؛ مسؤول شؤون الإغاثة يؤكّد.";
    fixture.add(&Report::new(text));
    let view = fixture.register.view();
    for words in [
        "قتل",
        "قُتِلَ",
        "قـتـل",
        "محمد",
        "ﻣﺤﻤﺪ",
        "الاحمد",
        "الأحمد",
        "إلاحمد",
        "مدرسه",
        "مدرسة",
        "الامل",
        "23",
        "٢٣",
        "۲۳",
        "اصيبت",
        "فتاه",
        "علي",
        "على",
        "مسوول",
        "مسؤول",
        "شؤون",
        "الاغاثه",
        "يوكد",
        "محمد قتل",
        "قُتل محمد الأحمد",
    ] {
        assert_eq!(documents(view, words), 1, "{words}");
    }
    for words in ["مقتل", "محمود", "24", "قتل محمود"] {
        assert_eq!(documents(view, words), 0, "{words}");
    }
}

#[test]
fn latin_is_found_without_its_marks() {
    let mut fixture = Fixture::new();
    fixture.add(&Report::new("Qal’at al-Bahr: Café owner Ibrāhīm Ḥāfiẓ, DÉCÉDÉ near Port-Amal."));
    let view = fixture.register.view();
    for words in [
        "qalat",
        "Qal'at",
        "cafe",
        "CAFÉ",
        "ibrahim hafiz",
        "Ibrāhīm",
        "decede",
        "port amal",
        "Port-Amal",
        "al bahr",
    ] {
        assert_eq!(documents(view, words), 1, "{words}");
    }
    assert_eq!(documents(view, "ibrahim hafez"), 0);
    assert_eq!(documents(view, " ,.؟ "), 0);
}

#[test]
fn people_are_shown_as_written_and_found_as_folded() {
    let mut fixture = Fixture::new();
    let mut report = Report::new("استُشهدت هُدى السّاحليّة في قصر النهر.");
    let huda = report.person("هُدى السّاحليّة", None);
    fixture.add(&report);
    let view = fixture.register.view();
    let hits = view.search("هدي الساحليه", 10).unwrap();
    let person = hits.iter().find(|hit| hit.kind == "person").unwrap();
    assert_eq!(person.id, record('p', &huda));
    assert_eq!(view.person(&person.id).unwrap().name.as_deref(), Some("هُدى السّاحليّة"));
    let key = sijil_model::fold::fold("هدى الساحلية");
    assert_eq!(view.people_named(&key).unwrap().len(), 1);
    let claim = view.claim(huda.as_str()).unwrap().claim;
    assert_eq!(claim.spans[0].span.quote(&report.text), Some(claim.spans[0].quote.as_str()));
}

#[test]
fn a_part_is_found_by_its_own_words_and_a_new_reading_replaces_the_old() {
    let mut fixture = Fixture::new();
    let report = Report::new("Tell Zaytun was shelled.\nقصر النهر تحت القصف\n");
    let border = report.text.find('\n').unwrap() as u32 + 1;
    let characters = report.text.chars().count() as u32;
    let part = |starts, ends, byte_start, byte_end| Part {
        label: None,
        starts,
        ends,
        byte_start,
        byte_end,
        published: None,
        language: None,
        country: None,
        repost_key: None,
    };
    let parts = vec![part(0, border, 0, border), part(border, characters, border, report.text.len() as u32)];
    let read = |writing: &mut sijil_register::Writing<'_, '_>, parts: &[Part]| {
        let text = writing.keep(report.text.as_bytes())?;
        let parts = writing.keep(&serde_json::to_vec(parts)?)?;
        writing.say(Event::TextRead(TextRead {
            document: report.document.clone(),
            text,
            form: Form::Text,
            reader: "plain".into(),
            version: "2".into(),
            layout_derived: false,
            parts: Some(parts),
            language: None,
            repost_key: None,
            length: u64::from(characters),
            bytes: report.text.len() as u64,
        }))
    };
    fixture.add(&report);
    fixture.write(|writing| read(writing, &parts));
    let view = fixture.register.view();
    let hits = view.search("القصف", 10).unwrap();
    assert_eq!(hits.iter().map(|hit| hit.part).collect::<Vec<_>>(), [Some(1)]);
    assert_eq!(view.search_page(&[vec!["قصفت".to_owned(), "shelled".to_owned()]], 0, 10).unwrap().1, 1);
    fixture.write(|writing| read(writing, &parts[..1]));
    let view = fixture.register.view();
    assert!(view.search("القصف", 10).unwrap().is_empty());
    assert_eq!(view.parts(report.document.as_str()).unwrap().len(), 1);
    fixture.assert_sound();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_typed_is_an_error(words in "\\PC{0,24}", odd in prop::collection::vec(any::<char>(), 0..12)) {
        thread_local!(static VIEW: View = View::in_memory(None).unwrap());
        let odd: String = odd.into_iter().collect();
        VIEW.with(|view| {
            view.search(&words, 5).unwrap();
            view.search(&odd, 5).unwrap();
            let odd = vec![words.clone(), odd, "AND NOT * \" NEAR(".to_owned()];
            view.search_page(&[odd, vec![words]], 0, 5).unwrap();
        });
    }
}
