//! What holds for every text: spans re-read, the same text gives the same claims.

#![allow(clippy::unwrap_used, reason = "helpers of tests, where a failure is to be loud")]

use proptest::prelude::*;
use sijil_extract::{Extraction, Extractor, Report};
use sijil_model::actor::read_actors;
use sijil_model::{Claim, Content, DocumentId};

const ACTORS: &str = include_str!("corpus/actors.csv");
const TEXTS: [&str; 2] = [
    include_str!("corpus/001-three-children-ar/article.txt"),
    include_str!("corpus/002-three-children-en/article.txt"),
];

fn extract(text: &str) -> Extraction {
    let document = DocumentId::new("d".repeat(64)).unwrap();
    let extractor = Extractor::new(&read_actors(ACTORS).unwrap());
    extractor.extract(&Report { document: &document, text, language: None, country: None })
}

/// Every span of every claim, and of every mention, re-reads byte for byte; what a claim points at exists.
fn check(text: &str, extraction: &Extraction) {
    for claim in &extraction.claims {
        assert!(!claim.spans.is_empty());
        for said in &claim.spans {
            assert_eq!(said.span.quote(text), Some(said.quote.as_str()), "{claim:?}");
            assert!(!said.quote.is_empty(), "{claim:?}");
        }
        let points = |id: &sijil_model::ClaimId| extraction.claims.iter().any(|other| other.id == *id);
        assert!(claim.about.as_ref().is_none_or(points), "{claim:?} is about nothing");
        assert!(claim.speaker.as_ref().is_none_or(points), "{claim:?} has no speaker");
        if let Content::Relation { other, .. } = &claim.content {
            assert!(points(other), "{claim:?} relates to nobody");
        }
        let id = sijil_model::claim::claim_id(&claim.document, &claim.spans, &claim.content);
        assert_eq!(claim.id, id, "the id is that of the anchor: {claim:?}");
    }
    let all = &extraction.mentions;
    for span in
        [&all.persons, &all.places, &all.organisations, &all.dates, &all.weapons].into_iter().flatten()
    {
        assert!(span.quote(text).is_some_and(|quote| !quote.is_empty()), "{span:?}");
    }
}

#[test]
fn spans_of_the_corpus_reread() {
    for text in TEXTS {
        check(text, &extract(text));
    }
}

#[test]
fn the_same_text_gives_the_same_claims() {
    for text in TEXTS {
        assert_eq!(extract(text), extract(text));
    }
}

/// A text longer than a window: claims of later windows stand where they stand in the whole.
#[test]
fn claims_of_later_windows_reread_too() {
    let text = TEXTS.join("\n\n").repeat(20);
    let extraction = extract(&text);
    check(&text, &extraction);
    let killed = extraction.claims.iter().filter(|claim| says_twelve(claim)).count();
    assert!(killed >= 35, "{killed} of 40 statements of twelve killed");
}

fn says_twelve(claim: &Claim) -> bool {
    matches!(&claim.content, Content::Casualty(said) if said.count.quantity.number() == Some(12))
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic_and_its_spans_reread(text in "\\PC{0,300}") {
        check(&text, &extract(&text));
    }

    #[test]
    fn words_of_the_field_in_any_order_reread(words in prop::collection::vec(prop::sample::select(vec![
        "killed", "ten", "people", "and", ",", ".", "the", "their", "mother", "Salim", "Omar", "Al-Warraq", "in", "Qasr", "Nahr", "city", "including",
        "children", "were", "“", "”", "(12)", "40%", "of", "قتل", "وأصيب", "ثلاثة", "أطفال", "بينهم", "في", "قرية", "النبعة", "مع", "والدتهم", "،", "منذ", "2031", "Azraki",
        "raids", "said", "reporter", "homes", "destroyed", "hundreds", "\n", "•", "along with", "killing", "26", "locations", "of which", "two", "massacres", "committed",
        "كما", "قُتل", "مقاتلين", "مدنيان", "آخرون", "منهم", "شهيدان", "جرحى", "ارتفعت", "الحصيلة", "إلى", "حصيلة أولية", "كان", "قد",
        "وكالة", "النهر", "الوزارة", "اتهمت", "قوات", "الأعالي", "الجبهة", "الشمالية", "تابعة", "وقوف", "وراءه", "رجّح", "نفت", "إن", "أن", ":", "«", "»", "-", "|",
        "أمس", "الإثنين", "مساء", "الماضي", "ريف", "حي", "بلدة", "نقلاً عن", "الطفلة", "وزوجته", "وطفلاهما", "أم", "أبو", "عائلة", "سليم", "الورّاق",
        "(9 سنوات)", "١٢", "عشرات", "بضعة", "قرابة", "أسماء", "الشهداء", "1.", "2.", "تحت", "الأنقاض", "#نهران", "لـ", "ق.صـ.ـف",
    ]), 0..60)) {
        let text = words.join(" ");
        check(&text, &extract(&text));
    }
}
