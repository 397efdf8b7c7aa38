//! Every page: rendered full and empty in both languages and on both grounds; safe, isolated, and without a way out.

#![allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod fixture;

use std::collections::BTreeSet;

use fixture::Fixture;
use scraper::{ElementRef, Html, Node, Selector};
use serde_json::Value;
use sijil_model::Language;
use sijil_page::view::{
    AboutPage, AggregatesPage, ErrorPage, FiguresPage, ListPage, LogPage, Paging, SiteIndexPage, SourcesPage,
};
use sijil_page::view::{Found, Holdings, QuestionForm, SearchPage, SignInPage, TroubleKind};
use sijil_page::{Frame, Ground, Links, Page, Pages, Section, Words, template_names};

/// A page that was rendered, with its view as JSON.
struct Rendered {
    name: &'static str,
    template: &'static str,
    language: Language,
    html: String,
    view: Value,
}

struct Book<'a> {
    pages: &'a Pages,
    links: Links,
    rendered: Vec<Rendered>,
}

impl Book<'_> {
    fn add<P: Page>(&mut self, name: &'static str, page: &P) {
        let mut frame =
            Frame::new(&self.links, "Nahr Office", Some(Section::Figures), "other.html".to_owned());
        frame.position = Some(1204);
        frame.account = Some("blue-heron".to_owned());
        frame.token = (self.links.ground() == Ground::Desk).then(|| "one-time".to_owned());
        let html = self.pages.render(page, &frame).unwrap_or_else(|cause| panic!("{name}: {cause}"));
        let view = serde_json::to_value(page).unwrap();
        self.rendered.push(Rendered {
            name,
            template: P::TEMPLATE,
            language: self.links.language(),
            html,
            view,
        });
    }

    fn full(&mut self, of: &Fixture) {
        self.add("figures", &of.figures());
        self.add("figure", &of.figure());
        self.add("incident", &of.incident());
        self.add("person", &of.person());
        self.add("document", &of.document());
        self.add("list document", &of.list_document());
        self.add("withheld document", &of.withheld_document());
        self.add("claim", &of.claim());
        self.add("log", &of.log());
        self.add("entry", &of.entry_page());
        self.add("erased entry", &of.erased_entry());
        self.add("search", &of.search());
        self.add("aggregates", &of.aggregates());
        self.add("sources", &of.sources());
        self.add("review", &of.review());
        for kind in [Found::Document, Found::Incident, Found::Person] {
            self.add("list", &of.list(kind));
        }
        for kind in TroubleKind::ALL {
            self.add("error", &ErrorPage { trouble: of.trouble(kind) });
        }
        self.add("sign-in", &SignInPage::UsedUp);
        self.add("site index", &of.site_index());
        self.add("about", &of.about());
        self.add("verify", &of.verify());
    }

    fn empty(&mut self, of: &Fixture) {
        let figures = FiguresPage {
            figures: Vec::new(),
            form: QuestionForm::default(),
            holdings: Holdings::default(),
            notice: None,
        };
        self.add("no figures", &figures);
        self.add("empty figure", &of.empty_figure());
        self.add("empty incident", &of.empty_incident());
        self.add("empty person", &of.empty_person());
        self.add("empty document", &of.empty_document());
        let log = LogPage {
            origin: String::new(),
            entries: Vec::new(),
            paging: Paging::default(),
            size: 0,
            root: String::new(),
        };
        self.add("empty log", &log);
        let search = SearchPage {
            action: String::new(),
            query: String::new(),
            results: Vec::new(),
            paging: Paging::default(),
        };
        self.add("no search", &search);
        self.add("no results", &SearchPage { query: "درواني".to_owned(), ..search });
        self.add(
            "no aggregates",
            &AggregatesPage { aggregates: Vec::new(), paging: Paging::default(), reject: None },
        );
        self.add(
            "no sources",
            &SourcesPage { sources: Vec::new(), paging: Paging::default(), note: None, notice: None },
        );
        self.add(
            "empty list",
            &ListPage { kind: Found::Person, records: Vec::new(), paging: Paging::default() },
        );
        self.add("link needed", &SignInPage::LinkNeeded);
        let index = SiteIndexPage {
            figures: Vec::new(),
            incidents: 0,
            claims: 0,
            withheld: Vec::new(),
            made: String::new(),
            downloads: Vec::new(),
        };
        self.add("empty site", &index);
        self.add(
            "nothing about",
            &AboutPage { publisher: None, rules: Vec::new(), watched: Vec::new(), programs: Vec::new() },
        );
    }
}

fn grounds() -> Vec<Links> {
    Language::ALL.into_iter().flat_map(|language| [Links::desk(language), Links::site(language, 1)]).collect()
}

fn book(change: impl Fn(&mut Fixture)) -> Vec<Rendered> {
    let pages = Pages::new(Words::built_in().unwrap()).unwrap();
    let mut rendered = Vec::new();
    for links in grounds() {
        let mut fixture = Fixture::new(links);
        change(&mut fixture);
        let mut book = Book { pages: &pages, links, rendered: Vec::new() };
        book.full(&fixture);
        book.empty(&fixture);
        rendered.append(&mut book.rendered);
    }
    rendered
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

/// Every text of a page with the element that it stands in.
fn texts(page: &Html) -> Vec<(String, ElementRef<'_>)> {
    page.tree
        .nodes()
        .filter_map(|node| match node.value() {
            Node::Text(text) => Some((text.to_string(), ElementRef::wrap(node.parent()?)?)),
            _ => None,
        })
        .collect()
}

fn is_isolated(element: ElementRef<'_>) -> bool {
    std::iter::once(element)
        .chain(element.ancestors().filter_map(ElementRef::wrap))
        .any(|around| around.value().name() == "bdi" || around.value().attr("dir") == Some("auto"))
}

#[test]
fn every_template_is_rendered_full_and_empty() {
    let rendered = book(|_| {});
    let used: BTreeSet<&str> = rendered.iter().map(|page| page.template).collect();
    let pieces = ["layout.html", "parts.html", "question.html"];
    for name in template_names().filter(|name| !pieces.contains(name)) {
        assert!(used.contains(name), "no test renders {name}");
    }
    for page in &rendered {
        let parsed = Html::parse_document(&page.html);
        let html = parsed.select(&selector("html")).next().unwrap();
        assert_eq!(html.value().attr("lang"), Some(page.language.code()), "{}", page.name);
        assert_eq!(html.value().attr("dir"), Some(page.language.direction()), "{}", page.name);
        assert_eq!(parsed.select(&selector("h1")).count(), 1, "{} has not one heading", page.name);
        assert_eq!(parsed.select(&selector("a[hreflang]")).count(), 1, "{}", page.name);
        assert!(parsed.select(&selector("a.skip[href='#content']")).next().is_some(), "{}", page.name);
        let title: String = parsed.select(&selector("title")).next().unwrap().text().collect();
        assert!(!title.trim_start_matches(" · Nahr Office").is_empty(), "{} has no title", page.name);
    }
}

/// A tag, an attribute's end, direction controls that would turn or leave a line, and a control letter.
const POISON: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u{202e}\u{2069}\u{2066}\u{0}";

#[test]
fn no_value_becomes_markup_or_turns_a_line_around() {
    for page in book(|fixture| fixture.text = |text| format!("{text}{POISON}")) {
        let parsed = Html::parse_document(&page.html);
        for element in ["script", "img", "[onerror]", "[style]", "iframe", "object"] {
            assert_eq!(parsed.select(&selector(element)).count(), 0, "{} has {element}", page.name);
        }
        for control in ['\u{202e}', '\u{2069}', '\u{2066}', '\u{0}'] {
            assert!(!page.html.contains(control), "{} obeys {control:?}", page.name);
        }
        if page.html.contains("alert(1)") {
            assert!(page.html.contains("[U+202E]"), "{} hides a control", page.name);
        }
        for (text, element) in texts(&parsed).into_iter().filter(|(text, _)| text.contains("alert(1)")) {
            let own_frame = ["title", "option", "textarea"].contains(&element.value().name());
            assert!(
                own_frame || is_isolated(element),
                "{}: a value stands in the open in <{}>: {text}",
                page.name,
                element.value().name()
            );
        }
    }
}

/// Which strings of the views are codes, ids or dates and can hold no poison, by the last name on their path.
const CODES: &[&str] = &[
    "id",
    "claim",
    "kind",
    "harm",
    "class",
    "status",
    "precision",
    "edtf",
    "bounds",
    "basis",
    "rule",
    "at",
    "standing",
    "verdict",
    "max",
    "min",
    "grading",
    "workflow",
    "role",
    "fate",
    "sex",
    "age_class",
    "language",
    "undated",
    "period",
    "means",
    "site",
    "assertion",
    "damage",
    "position",
    "combination",
    "modality",
    "polarity",
    "relation",
    "form",
    "unit",
    "actor",
    "holder",
    "other",
    "made",
    "by",
    "withheld",
    "why",
    "vocabulary",
    "code",
    "date",
    "href",
    "action",
    "level",
    "reliability",
    "from",
    "time_of_day",
    "anchor",
    "why_possibly",
    "aggregate",
    "source",
    "stands",
    "identification",
    "release_level",
    "calendar",
    "previous",
    "next",
    "document",
    "actors",
    "other_harm",
    "about",
    "grade",
    "documents_href",
    "incidents_href",
    "people_href",
    "body",
    "earliest",
    "latest",
    "keys",
    "claims",
    "anchors",
    "wanted",
    "says",
    "Other",
    "of",
    "per",
];

/// Strings of the view that the poison did not reach, apart from codes.
fn untouched(value: &Value, name: &str, found: &mut Vec<String>) {
    match value {
        Value::String(text) if !text.is_empty() && !text.contains("alert(1)") && !CODES.contains(&name) => {
            found.push(format!("{name}: {text}"))
        }
        Value::Array(items) => items.iter().for_each(|item| untouched(item, name, found)),
        Value::Object(fields) => fields.iter().for_each(|(name, value)| untouched(value, name, found)),
        _ => {}
    }
}

#[test]
fn the_poison_is_in_every_free_text_of_every_view() {
    let mut found = Vec::new();
    for page in book(|fixture| fixture.text = |text| format!("{text}{POISON}")) {
        if !page.name.contains("no results") {
            untouched(&page.view, page.name, &mut found);
        }
    }
    found.sort();
    found.dedup();
    let known = ["sign-in: used_up", "link needed: link_needed", "value: child", "value: m"];
    found.retain(|text| !known.contains(&text.as_str()));
    assert!(found.is_empty(), "the fixture does not change these:\n{}", found.join("\n"));
}

#[test]
fn every_name_quote_and_number_from_outside_is_isolated() {
    for page in book(|fixture| fixture.text = |text| format!("⟦{text}⟧")) {
        let parsed = Html::parse_document(&page.html);
        for (text, element) in texts(&parsed).into_iter().filter(|(text, _)| text.contains('⟦')) {
            let own_frame = ["title", "option", "textarea"].contains(&element.value().name());
            assert!(own_frame || is_isolated(element), "{}: <{}> {text}", page.name, element.value().name());
        }
        for (text, element) in
            texts(&parsed).into_iter().filter(|(text, _)| text.chars().any(|letter| letter.is_ascii_digit()))
        {
            let fixed = ["title", "option", "pre", "label"].contains(&element.value().name());
            // Codebook labels ("Child (1 to 17)"), names of standards and examples are the page's own words.
            let own_words = [
                "SHA-256",
                "(1 to 17)",
                "(18 to 59)",
                "من 1 إلى 17",
                "من 18 إلى 59",
                "2031-10-05",
                "From 0",
                "from 0",
                "من 0",
            ];
            assert!(
                fixed || is_isolated(element) || own_words.iter().any(|own| text.contains(own)),
                "{}: {text}",
                page.name
            );
        }
    }
}

#[test]
fn nothing_leads_out_of_the_page_s_own_ground() {
    for page in book(|fixture| fixture.href = |_| "javascript:alert(1)".to_owned()) {
        assert!(!page.html.contains("javascript:"), "{}", page.name);
    }
    for page in book(|fixture| fixture.href = |_| "https://elsewhere.example/x".to_owned()) {
        let parsed = Html::parse_document(&page.html);
        for attribute in ["href", "src", "action", "formaction"] {
            for element in parsed.select(&selector(&format!("[{attribute}]"))) {
                let address = element.value().attr(attribute).unwrap();
                assert!(
                    !address.contains("//") && !address.contains("elsewhere"),
                    "{}: {attribute}={address}",
                    page.name
                );
            }
        }
    }
}

#[test]
fn the_site_has_no_forms_and_only_relative_links() {
    let pages = Pages::new(Words::built_in().unwrap()).unwrap();
    for language in Language::ALL {
        let links = Links::site(language, 1);
        let fixture = Fixture::new(links);
        let frame = Frame::new(&links, "Nahr Office", None, "i.ar.html".to_owned());
        for html in [
            pages.render(&fixture.figure(), &frame).unwrap(),
            pages.render(&fixture.incident(), &frame).unwrap(),
            pages.render(&fixture.person(), &frame).unwrap(),
            pages.render(&fixture.document(), &frame).unwrap(),
            pages.render(&fixture.site_index(), &frame).unwrap(),
        ] {
            let parsed = Html::parse_document(&html);
            assert_eq!(parsed.select(&selector("form, script, button")).count(), 0);
            for link in parsed.select(&selector("a[href], link[href]")) {
                let href = link.value().attr("href").unwrap();
                assert!(!href.starts_with('/') && !href.contains(':'), "{href}");
            }
        }
    }
}

#[test]
fn the_walk_has_its_signposts() {
    for page in book(|_| {}) {
        let parsed = Html::parse_document(&page.html);
        let needed: &[&str] = match page.name {
            "figures" | "site index" => &["a[data-figure]"],
            "figure" => &[
                "[data-number][data-min][data-max]",
                "a[data-record]",
                "a[data-claim]",
                "a[data-document]",
                "mark[data-claim]",
                "svg.bar[role=img]",
            ],
            "incident" => &["a[data-record]", "a[data-claim]", "a[data-document]", "mark[data-claim]"],
            "document" => &[
                "[data-text] mark[data-claim][id]",
                "[data-proof] [data-leaf-hash]",
                "[data-proof] [data-path] li",
                "[data-proof] [data-root]",
                "[data-sha256]",
            ],
            "list document" => &["td mark[data-claim]", "td [data-withheld=kin]"],
            "withheld document" => &["[data-withheld=document]"],
            "claim" => &["a[data-document]", "mark[data-claim]", "[data-proof]"],
            _ => &[],
        };
        for sign in needed {
            assert!(
                parsed.select(&selector(sign)).next().is_some(),
                "{} ({:?}) has no {sign}",
                page.name,
                page.language
            );
        }
    }
}

#[test]
fn marks_of_a_claim_hold_its_words_and_each_line_finds_its_own_direction() {
    let pages = Pages::new(Words::built_in().unwrap()).unwrap();
    let links = Links::desk(Language::Ar);
    let html =
        pages.render(&Fixture::new(links).document(), &Frame::new(&links, "r", None, "x".into())).unwrap();
    let parsed = Html::parse_document(&html);
    let words = |claim: &str| -> String {
        parsed
            .select(&selector(&format!("[data-text] mark[data-claim='c{}']", claim.repeat(16))))
            .flat_map(|mark| mark.text())
            .collect()
    };
    assert_eq!(words("01"), "At least 14 people were killed");
    assert_eq!(words("03"), "people were killed, including three children");
    assert_eq!(words("12"), "died in hospital.The Northern Front");
    assert_eq!(words("19"), "«كانوا ينتظرون الخبز»");
    let lines: Vec<String> =
        parsed.select(&selector("[data-text] .line[dir=auto]")).map(|line| line.text().collect()).collect();
    assert_eq!(lines.join("\n"), fixture::ENGLISH);
    let anchors: Vec<&str> =
        parsed.select(&selector("[data-text] mark[id]")).filter_map(|mark| mark.value().attr("id")).collect();
    assert_eq!(anchors.len(), anchors.iter().collect::<BTreeSet<_>>().len(), "an address stands twice");
}

#[test]
fn an_organisation_s_own_template_takes_the_place_of_ours_and_is_escaped_too() {
    let words = Words::built_in().unwrap();
    let own = ("error.html".to_owned(), "<h1>{{ page.trouble.thing }}</h1>".to_owned());
    let pages = Pages::with_templates(words.clone(), [own]).unwrap();
    let links = Links::desk(Language::En);
    let frame = Frame::new(&links, "r", None, "x".into());
    let mut fixture = Fixture::new(links);
    fixture.text = |text| format!("<b>{text}");
    assert_eq!(pages.render(&fixture.error(), &frame).unwrap(), "<h1>&lt;b&gt;i0404</h1>");
    let unknown =
        Pages::with_templates(words.clone(), [("eror.html".to_owned(), String::new())]).err().unwrap();
    assert!(
        unknown.to_string().contains("eror.html") && unknown.to_string().contains("error.html"),
        "{unknown}"
    );
    let broken =
        Pages::with_templates(words, [("error.html".to_owned(), "{{ page.no_such.thing }}".to_owned())])
            .unwrap();
    assert!(broken.render(&fixture.error(), &frame).unwrap_err().to_string().contains("error.html"));
}

#[test]
fn the_stylesheet_has_no_sides_and_loads_nothing() {
    let forbidden = regex::Regex::new(r"(?i)\b(left|right)\s*:|margin-(left|right)|padding-(left|right)|border-(left|right)|text-align:\s*(left|right)|url\(|@import|float:").unwrap();
    let found = forbidden.find(sijil_page::STYLESHEET);
    assert!(found.is_none(), "{found:?}");
}

/// A page as somebody hears it read: every text that is shown, a line for each block.
fn as_heard(html: &str) -> String {
    fn hear(node: ElementRef<'_>, heard: &mut String) {
        const BLOCKS: &[&str] = &[
            "p",
            "li",
            "h1",
            "h2",
            "h3",
            "tr",
            "dt",
            "dd",
            "blockquote",
            "header",
            "section",
            "article",
            "footer",
            "div",
            "summary",
        ];
        for child in node.children() {
            match child.value() {
                Node::Text(text) => heard.push_str(text),
                Node::Element(element) if ["svg", "head", "form"].contains(&element.name()) => {}
                Node::Element(element) => {
                    let block = BLOCKS.contains(&element.name());
                    heard.push_str(if block { "\n" } else { "" });
                    if let Some(inner) = ElementRef::wrap(child) {
                        hear(inner, heard);
                    }
                    heard.push_str(if block { "\n" } else { "" });
                }
                _ => {}
            }
        }
    }
    let parsed = Html::parse_document(html);
    let mut heard = String::new();
    for main in parsed.select(&selector("main")) {
        hear(main, &mut heard);
    }
    let lines = heard.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_figure_reads_well_in_both_languages() {
    let pages = Pages::new(Words::built_in().unwrap()).unwrap();
    for language in Language::ALL {
        let links = Links::site(language, 1);
        let html = pages
            .render(&Fixture::new(links).figure(), &Frame::new(&links, "Nahr Office", None, "x".into()))
            .unwrap();
        insta::assert_snapshot!(format!("figure.{}", language.code()), as_heard(&html));
    }
}
