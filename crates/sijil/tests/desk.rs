//! The desk without a socket: who gets in, what its pages show in both languages, and what its forms do.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where something that it needs is missing")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use scraper::{Html, Selector};
use sijil::desk::{Desk, router};
use sijil::session::Session;
use support::Home;
use tower::ServiceExt;

const HOST: &str = "127.0.0.1:4000";

const HOSTILE: &str = "Three people were killed on 4 March 2031 when aircraft of the Southern Coalition bombed a market in Qasr Nahr, \
    medics said. <script>alert(1)</script> <img src=x onerror=alert(2)> \u{202e}desrever\n";

/// A desk, and a browser that is inside it.
struct Visitor {
    router: Router,
    cookie: String,
    /// The register, to look at what was written.
    home: Home,
}

/// What was answered.
struct Answer {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    fn page(&self) -> Html {
        Html::parse_document(&self.text())
    }

    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(&name).map_or("", |value| value.to_str().unwrap())
    }

    /// What an attribute says on each element that has it.
    fn all(&self, attribute: &str) -> Vec<String> {
        let selector = Selector::parse(&format!("[{attribute}]")).unwrap();
        self.page().select(&selector).map(|element| element.attr(attribute).unwrap().to_owned()).collect()
    }

    /// Where links with an attribute lead.
    fn links(&self, attribute: &str) -> Vec<String> {
        let selector = Selector::parse(&format!("a[{attribute}][href]")).unwrap();
        self.page().select(&selector).map(|element| element.attr("href").unwrap().to_owned()).collect()
    }

    /// The words of the first element that a selector finds.
    fn words(&self, selector: &str) -> String {
        let found = self.page().select(&Selector::parse(selector).unwrap()).next().map(|element| element.text().collect::<String>());
        found.unwrap_or_else(|| panic!("there is no {selector} in {}", self.text()))
    }

    fn has(&self, selector: &str) -> bool {
        self.page().select(&Selector::parse(selector).unwrap()).next().is_some()
    }
}

async fn ask(router: &Router, request: Request<Body>) -> Answer {
    let answer = router.clone().oneshot(request).await.unwrap();
    let (status, headers) = (answer.status(), answer.headers().clone());
    Answer { status, headers, body: to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec() }
}

fn get(address: &str) -> axum::http::request::Builder {
    Request::get(address.split('#').next().unwrap()).header(header::HOST, HOST)
}

/// A desk of a register, and its one-time link.
fn desk_of(home: &Home) -> (Router, String) {
    let session = Session::open_folder(&home.register, None).unwrap();
    let desk = Desk::new(session, HOST.parse().unwrap()).unwrap();
    let link = desk.link().split_once(HOST).unwrap().1.to_owned();
    (router(Arc::new(desk)), link)
}

impl Visitor {
    /// Somebody who opened the link of a register with these files in it.
    async fn of(home: Home) -> Self {
        let (router, link) = desk_of(&home);
        let entered = ask(&router, get(&link).body(Body::empty()).unwrap()).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER);
        let cookie = entered.header(header::SET_COOKIE).split(';').next().unwrap().to_owned();
        Self { router, cookie, home }
    }

    async fn get(&self, address: &str) -> Answer {
        ask(&self.router, get(address).header(header::COOKIE, &self.cookie).body(Body::empty()).unwrap()).await
    }

    /// The page at an address, which must be there.
    async fn page(&self, address: &str) -> Answer {
        let answer = self.get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text());
        answer
    }

    fn post(&self, address: &str) -> axum::http::request::Builder {
        Request::post(address)
            .header(header::HOST, HOST)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
    }

    /// Sends a form as a browser does from our own page, with the page's token.
    async fn send(&self, address: &str, page: &Answer, fields: &[(&str, &str)]) -> Answer {
        let token = page.page().select(&Selector::parse("input[name=token]").unwrap()).next().unwrap().attr("value").unwrap().to_owned();
        let fields = form(&[fields, &[("token", token.as_str())]].concat());
        let request = self.post(address).header("sec-fetch-site", "same-origin").header(header::ORIGIN, "null");
        ask(&self.router, request.body(Body::from(fields)).unwrap()).await
    }

    fn entries(&self) -> u64 {
        self.home.run(["log", "-n", "1", "--json"]).lines()[0]["position"].as_u64().unwrap()
    }
}

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// A register with two incidents in two languages, a list, and a saved figure.
fn register() -> Home {
    register_with_list(130)
}

fn register_with_list(rows: usize) -> Home {
    let home = Home::new();
    home.file("reports/one.txt", HOSTILE);
    home.file("reports/two.txt", support::reports::report(1));
    home.file("reports/list.csv", list(rows));
    home.add([home.path("reports")]).ends(0);
    home.run(["count", "--save", "killed-in-nahr", "--place", "Nahr"]).ends(0);
    home
}

/// A list of made-up people, one a row.
fn list(rows: usize) -> String {
    let people = (1..=rows).map(|row| format!("{row},Adel Number{row} Marmari,{},M\n", row % 90));
    std::iter::once("id,name,age,sex\n".to_owned()).chain(people).collect()
}

#[tokio::test]
async fn without_the_link_nobody_gets_in() {
    let home = register();
    let (router, link) = desk_of(&home);
    for address in ["/", "/log", "/search?q=Qasr", "/nothing", "/enter", "/enter?token=wrong", "/document/x/bytes"] {
        let answer = ask(&router, get(address).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{address}");
        assert!(!answer.text().contains("killed"), "{address} shows something of the register");
    }
    let looked = Request::head(&link).header(header::HOST, HOST).body(Body::empty()).unwrap();
    assert_eq!(ask(&router, looked).await.status, StatusCode::UNAUTHORIZED, "a look ahead does not spend the link");
    let entered = ask(&router, get(&link).body(Body::empty()).unwrap()).await;
    let cookie = entered.header(header::SET_COOKIE);
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let again = ask(&router, get(&format!("{link}&lang=ar")).body(Body::empty()).unwrap()).await;
    assert_eq!(again.status, StatusCode::UNAUTHORIZED);
    assert_eq!((again.all("lang")[0].as_str(), again.all("data-sign-in")[0].as_str()), ("ar", "used_up"), "{}", again.text());
    let foreign = get("/").header(header::COOKIE, "sijil-desk-4000=0000").body(Body::empty()).unwrap();
    assert_eq!(ask(&router, foreign).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_name_that_points_here_is_refused() {
    let visitor = Visitor::of(register()).await;
    for host in ["evil.example:4000", "evil.example", "127.0.0.1:80", "127.0.0.1:4000.evil.example"] {
        let request = Request::get("/").header(header::HOST, host).header(header::COOKIE, &visitor.cookie);
        let answer = ask(&visitor.router, request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{host}");
    }
    let without = Request::get("/").header(header::COOKIE, &visitor.cookie).body(Body::empty()).unwrap();
    assert_eq!(ask(&visitor.router, without).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn forms_of_other_sites_write_nothing() {
    let visitor = Visitor::of(register()).await;
    let before = visitor.entries();
    let page = visitor.page("/log").await;
    let token = visitor.page("/figure").await.page().select(&Selector::parse("input[name=token]").unwrap()).next().unwrap().attr("value").unwrap().to_owned();
    assert_eq!(page.status, StatusCode::OK);
    let fields = form(&[("name", "stolen"), ("query", "/figure"), ("token", token.as_str())]);
    for (name, value) in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example"), ("origin", "http://127.0.0.1:5000")] {
        let request = visitor.post("/save").header(name, value).body(Body::from(fields.clone())).unwrap();
        assert_eq!(ask(&visitor.router, request).await.status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    for token in ["", "0000"] {
        for (address, fields) in [("/save", [("name", "stolen"), ("query", "/figure")]), ("/decide", [("id", "x"), ("field", "killed")]), ("/reject", [("claim", "c"), ("why", "w")]), ("/judge", [("a", "x"), ("b", "y")])] {
            let fields = form(&[&fields[..], &[("token", token)]].concat());
            let request = visitor.post(address).header("sec-fetch-site", "same-origin").body(Body::from(fields)).unwrap();
            assert_eq!(ask(&visitor.router, request).await.status, StatusCode::FORBIDDEN, "{address} with the token {token:?}");
        }
    }
    let large = visitor.post("/save").header("sec-fetch-site", "same-origin").body(Body::from("x".repeat(70_000))).unwrap();
    assert_eq!(ask(&visitor.router, large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(visitor.entries(), before);
}

#[tokio::test]
async fn every_answer_stays_in_this_browser_and_runs_nothing() {
    let visitor = Visitor::of(register()).await;
    let document = visitor.page("/documents").await.links("data-document")[0].clone();
    let bytes = format!("{}/bytes", document.split('?').next().unwrap());
    for address in ["/", "/log", "/style.css", "/nothing", &document, &bytes] {
        let answer = visitor.get(address).await;
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{address}: {policy}");
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{address}");
        assert_eq!(answer.header(header::REFERRER_POLICY), "no-referrer", "{address}");
        assert!(address == "/style.css" || answer.header(header::CACHE_CONTROL) == "no-store", "{address}");
    }
    let bytes = visitor.page(&bytes).await;
    assert!(bytes.header(header::CONTENT_SECURITY_POLICY).starts_with("sandbox"));
    assert!(bytes.header(header::CONTENT_DISPOSITION).starts_with("attachment"));
}

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
            assert_eq!((answer.all("lang")[0].as_str(), answer.all("dir")[0].as_str()), (language, direction), "{address}");
            assert!(!answer.text().contains("{page") && !answer.text().contains("{ $"), "{address} prints a hole");
            to_visit.extend(answer.links("href"));
        }
        let kinds: BTreeSet<&str> = seen.iter().filter_map(|address| address.split(['/', '?']).nth(1)).collect();
        for kind in ["figure", "incident", "person", "document", "claim", "log", "entry", "search", "sources", "aggregates", "documents", "incidents", "people"] {
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
    let later = ask(&visitor.router, get("/log").header(header::COOKIE, cookies).body(Body::empty()).unwrap()).await;
    assert_eq!(later.all("lang")[0], "ar");
}

#[tokio::test]
async fn a_decision_moves_the_figure_and_the_page_says_so() {
    let visitor = Visitor::of(register()).await;
    let figure = visitor.page("/figure/killed-in-nahr?lang=en").await;
    assert_eq!(figure.all("data-min"), ["3"], "{}", figure.words("main"));
    let address = figure.links("data-record").into_iter().find(|address| address.starts_with("/incident/")).unwrap();
    let incident = visitor.page(&address).await;
    let id = incident.all("data-record-page")[0].clone();
    let fields = [("id", id.as_str()), ("field", "killed"), ("value", "9-12"), ("why", "the hospital's own list"), ("back", address.as_str())];
    let sent = visitor.send("/decide?lang=en", &incident, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let back = sent.header(header::LOCATION).to_owned();
    assert!(back.starts_with(&format!("/incident/{id}?")), "{back}");
    let told = visitor.page(&back).await;
    assert_eq!(told.all("data-notice"), ["saved"]);
    let moved = told.words(".moved");
    assert!(moved.contains('3') && moved.contains("9") && moved.contains("12"), "{moved}");
    assert!(told.words("#history").contains("the hospital's own list"));
    let figure = visitor.page("/figure/killed-in-nahr?lang=en").await;
    assert_eq!((figure.all("data-min"), figure.all("data-max")), (vec!["9".to_owned()], vec!["12".to_owned()]));
    let before = visitor.page(&format!("/figure/killed-in-nahr?lang=en&at={}", visitor.entries() - 1)).await;
    assert_eq!(before.all("data-min"), ["3"], "the earlier answer stays");
    visitor.home.verifies();
}

#[tokio::test]
async fn a_refused_form_comes_back_with_what_was_typed() {
    let visitor = Visitor::of(register()).await;
    let before = visitor.entries();
    let address = visitor.page("/incidents?lang=ar").await.links("data-record")[0].clone();
    let incident = visitor.page(&address).await;
    let id = incident.all("data-record-page")[0].clone();
    for (value, why, kind) in [("several", "كلام الشهود", "value"), ("4", "  ", "reason")] {
        let fields = [("id", id.as_str()), ("field", "killed"), ("value", value), ("why", why), ("back", address.as_str())];
        let sent = visitor.send("/decide?lang=ar", &incident, &fields).await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind}");
        assert_eq!((sent.all("data-notice"), sent.all("lang")[0].as_str()), (vec!["refused".to_owned()], "ar"), "{kind}");
        assert!(sent.has(&format!("input[name=value][value='{value}']")), "{kind}: what was typed is gone");
    }
    assert_eq!(visitor.entries(), before);
}

#[tokio::test]
async fn rejecting_the_only_number_takes_it_out_of_the_figure() {
    let visitor = Visitor::of(register()).await;
    let figure = visitor.page("/figure/killed-in-nahr?lang=en").await;
    let line = figure.all("data-claim-line")[0].clone();
    let fields = [("claim", line.as_str()), ("why", "the number is that of another day"), ("back", "/figure/killed-in-nahr?lang=en")];
    let sent = visitor.send("/reject?lang=en", &figure, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let told = visitor.page(sent.header(header::LOCATION)).await;
    assert_eq!(told.all("data-notice"), ["saved"]);
    assert!(!told.all("data-claim-line").contains(&line));
    let claim = visitor.page(&format!("/claim/{line}?lang=en")).await;
    assert!(claim.words(".rejection").contains("another day") && !claim.has("form[action^='/reject']"));
}

#[tokio::test]
async fn judging_two_people_the_same_makes_them_one() {
    let visitor = Visitor::of(register()).await;
    let people = visitor.page("/people?lang=en").await;
    let (one, other) = (people.links("data-record")[0].clone(), people.all("data-record")[1].clone());
    let page = visitor.page(&one).await;
    let id = page.all("data-record-page")[0].clone();
    let total = |home: &Answer| home.words(".holdings li:nth-child(3)");
    let before = total(&visitor.page("/?lang=en").await);
    let fields = [("a", id.as_str()), ("b", other.as_str()), ("verdict", "same"), ("why", "same grave, same mother"), ("back", one.as_str())];
    let sent = visitor.send("/judge?lang=en", &page, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let told = visitor.page(sent.header(header::LOCATION)).await;
    assert!(told.words("#history").contains("same grave"), "{}", told.words("#history"));
    assert_ne!(total(&visitor.page("/?lang=en").await), before);
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
    let path: Vec<_> = path.select(&Selector::parse("[data-path] li").unwrap()).map(|item| digest(&item.text().collect::<String>())).collect();
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
    let by_row: BTreeMap<usize, &String> = [1, 51, 52, 99, 130].into_iter().map(|row| (row, &claims[(row - 1) * claims.len() / 130])).collect();
    for (row, claim) in by_row {
        let page = visitor.page(&format!("/document/{id}?lang=en&claim={claim}")).await;
        assert!(page.all("data-claim").iter().any(|own| own == claim), "row {row}: the claim is not marked");
        assert!(page.has(&format!("#claim-{claim}")), "row {row}: nowhere to jump to");
        assert!(page.words(&format!("#row-{row}")).contains(&format!("Number{row}")), "row {row}");
    }
    let second = visitor.page(&format!("/document/{id}?lang=en&from=50")).await;
    assert!(second.has("#row-51") && second.has("#row-100") && !second.has("#row-50") && !second.has("#row-101"));
    assert_eq!(second.all("data-claim-line").len(), claims.len() * 50 / 130);
}
