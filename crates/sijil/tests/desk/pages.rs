//! What the pages show, in both languages.

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use axum::http::header;
use scraper::Selector;

use crate::support;
use crate::visitor::{HOSTILE, Visitor, ask, get, list, register, register_with_list};

#[tokio::test]
async fn what_documents_say_is_shown_and_never_obeyed() {
    let visitor = Visitor::of(register()).await;
    let id = support::sha256(HOSTILE);
    let page = visitor.page(&format!("/document/{id}?lang=en")).await;
    assert!(page.text().contains("&lt;script&gt;") || page.text().contains("&lt;script>"), "{}", page.text());
    assert!(!page.has("script") && !page.has("img"), "{}", page.text());
    assert!(page.text().contains("[U+202E]") && !page.text().contains('\u{202e}'));
    let search = visitor.page("/search?q=%3Cscript%3Ealert&lang=en").await;
    assert!(!search.has("script"), "{}", search.text());
    let bytes = visitor.page(&format!("/document/{id}/bytes")).await;
    assert_eq!(bytes.body, HOSTILE.as_bytes());
}

#[tokio::test]
async fn every_page_that_a_link_leads_to_is_there_in_both_languages() {
    let visitor = Visitor::of(register_with_list(8)).await;
    for (language, direction) in [("en", "ltr"), ("ar", "rtl")] {
        let mut seen = BTreeSet::new();
        let mut to_visit = vec![format!("/?lang={language}")];
        while let Some(address) = to_visit.pop() {
            let address = address.split('#').next().unwrap().to_owned();
            if !seen.insert(address.clone()) || !address.contains(&format!("lang={language}")) {
                continue;
            }
            let answer = visitor.page(&address).await;
            assert_eq!(
                (answer.all("lang")[0].as_str(), answer.all("dir")[0].as_str()),
                (language, direction),
                "{address}"
            );
            assert!(
                !answer.text().contains("{page") && !answer.text().contains("{ $"),
                "{address} prints a hole"
            );
            let unsaid =
                answer.text().split("بالقاعدة: <bdi>").skip(1).find_map(|rest| {
                    rest.split('<').next().filter(|rule| rule.is_ascii()).map(str::to_owned)
                });
            assert_eq!(unsaid, None, "{address} names a rule and does not say what it does");
            to_visit.extend(answer.links("href"));
        }
        let kinds: BTreeSet<&str> =
            seen.iter().filter_map(|address| address.split(['/', '?']).nth(1)).collect();
        for kind in [
            "figure",
            "incident",
            "person",
            "document",
            "claim",
            "log",
            "entry",
            "search",
            "sources",
            "aggregates",
            "documents",
            "incidents",
            "people",
        ] {
            assert!(kinds.contains(kind), "no link led to a {kind} in {language}: {kinds:?}");
        }
        println!("{language}: {} pages", seen.len());
    }
}

#[tokio::test]
async fn the_language_switch_keeps_the_page_and_is_remembered() {
    let visitor = Visitor::of(register()).await;
    let page = visitor.page("/figure/killed-in-nahr?lang=en").await;
    let other = page.links("hreflang")[0].clone();
    assert!(other.starts_with("/figure/killed-in-nahr?") && other.contains("lang=ar"), "{other}");
    let arabic = visitor.page(&other).await;
    assert_eq!(arabic.all("data-number"), page.all("data-number"));
    let remembered = arabic.header(header::SET_COOKIE).split(';').next().unwrap().to_owned();
    assert_eq!(remembered, "sijil-lang=ar");
    let cookies = format!("{}; {remembered}", visitor.cookie);
    let later =
        ask(&visitor.router, get("/log").header(header::COOKIE, cookies).body(Body::empty()).unwrap()).await;
    assert_eq!(later.all("lang")[0], "ar");
}

#[tokio::test]
async fn what_the_command_line_appends_is_there_on_the_next_page() {
    let visitor = Visitor::of(register()).await;
    let before = visitor.page("/documents?lang=en").await.links("data-document").len();
    let file = visitor.home.file("later.txt", support::reports::report(2));
    visitor.home.add([file]).ends(0);
    assert_eq!(visitor.page("/documents?lang=en").await.links("data-document").len(), before + 1);
}

#[tokio::test]
async fn the_proof_on_the_page_holds() {
    let visitor = Visitor::of(register()).await;
    let page = visitor.page(&format!("/document/{}?lang=en", support::sha256(HOSTILE))).await;
    let digest = |text: &str| text.trim().parse::<sijil_archive::Digest>().unwrap();
    let path = page.page();
    let path: Vec<_> = path
        .select(&Selector::parse("[data-path] li").unwrap())
        .map(|item| digest(&item.text().collect::<String>()))
        .collect();
    let (leaf, root) = (digest(&page.words("[data-leaf-hash]")), digest(&page.words("[data-root]")));
    let index = page.words("[data-index]").trim().replace(',', "").parse().unwrap();
    let size = visitor.entries();
    assert!(sijil_archive::verify_inclusion(&leaf, index, size, &path, &root), "entry {index} of {size}");
    assert!(!sijil_archive::verify_inclusion(&leaf, index + 1, size, &path, &root));
    assert!(page.text().contains(&support::sha256(HOSTILE)));
}

#[tokio::test]
async fn a_claim_in_a_long_list_opens_among_its_rows() {
    let visitor = Visitor::of(register()).await;
    let id = support::sha256(list(130));
    let claims = visitor.home.claims()[&id].clone();
    assert!(claims.len() >= 130, "{} claims", claims.len());
    let by_row: BTreeMap<usize, &String> =
        [1, 51, 52, 99, 130].into_iter().map(|row| (row, &claims[(row - 1) * claims.len() / 130])).collect();
    for (row, claim) in by_row {
        let page = visitor.page(&format!("/document/{id}?lang=en&claim={claim}")).await;
        assert!(page.all("data-claim").iter().any(|own| own == claim), "row {row}: the claim is not marked");
        assert!(page.has(&format!("#claim-{claim}")), "row {row}: nowhere to jump to");
        assert!(page.words(&format!("#row-{row}")).contains(&format!("Number{row}")), "row {row}");
    }
    let second = visitor.page(&format!("/document/{id}?lang=en&from=50")).await;
    assert!(
        second.has("#row-51") && second.has("#row-100") && !second.has("#row-50") && !second.has("#row-101")
    );
    assert_eq!(second.all("data-claim-line").len(), claims.len() * 50 / 130);
}

#[tokio::test]
async fn a_question_that_is_refused_keeps_its_form_and_dates_keep_their_order() {
    let visitor = Visitor::of(register()).await;
    let home = visitor.page("/?lang=ar").await;
    assert!(home.text().contains("الزمن، مثل \u{200e}2031-10\u{200e}"), "{}", home.text());
    let asked =
        "/figure?harm=injured&class=women&status=combatant&place=Port+Amal&period=2031-13&undated=include";
    for language in ["ar", "en"] {
        let answer = visitor.get(&format!("{asked}&lang={language}")).await;
        assert_eq!(answer.status, axum::http::StatusCode::BAD_REQUEST);
        assert_eq!(answer.all("data-notice"), ["refused"]);
        assert!(
            answer.has("input[name=period][value='2031-13']")
                && answer.has("input[name=place][value='Port Amal']")
        );
        for (name, value) in
            [("harm", "injured"), ("class", "women"), ("status", "combatant"), ("undated", "include")]
        {
            let chosen = format!("select[name={name}] option[value={value}][selected]");
            assert!(answer.has(&chosen), "{language}: {name} is to be chosen again");
        }
        let told = answer.words("[data-notice=refused] .detail");
        assert!(language == "en" || told.contains("\u{200e}2031-13\u{200e}"), "{told}");
    }
    // What cannot be counted comes back too.
    let rate = visitor.get("/figure?per=women&lang=en").await;
    assert_eq!(
        (rate.status, rate.all("data-notice")),
        (axum::http::StatusCode::BAD_REQUEST, vec!["refused".to_owned()])
    );
}

#[tokio::test]
async fn a_list_is_found_by_what_its_cells_say() {
    let visitor = Visitor::of(register_with_list(8)).await;
    let list = list(8);
    let name = list.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    let query: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let found = visitor.page(&format!("/search?q={query}&lang=en")).await;
    assert!(
        found.links("href").iter().any(|href| href.starts_with("/document/")),
        "{name}: {}",
        found.text()
    );
}
