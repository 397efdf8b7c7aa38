//! What the forms write, and what moves.

use axum::http::{StatusCode, header};

use crate::visitor::{Answer, Visitor, register};

#[tokio::test]
async fn a_decision_moves_the_figure_and_the_page_says_so() {
    let visitor = Visitor::of(register()).await;
    let figure = visitor.page("/figure/killed-in-nahr?lang=en").await;
    assert_eq!(figure.all("data-min"), ["3"], "{}", figure.words("main"));
    let address =
        figure.links("data-record").into_iter().find(|address| address.starts_with("/incident/")).unwrap();
    let incident = visitor.page(&address).await;
    let id = incident.all("data-record-page")[0].clone();
    let fields = [
        ("id", id.as_str()),
        ("field", "killed"),
        ("value", "9-12"),
        ("why", "the hospital's own list"),
        ("back", address.as_str()),
    ];
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
    assert_eq!(
        (figure.all("data-min"), figure.all("data-max")),
        (vec!["9".to_owned()], vec!["12".to_owned()])
    );
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
        let fields = [
            ("id", id.as_str()),
            ("field", "killed"),
            ("value", value),
            ("why", why),
            ("back", address.as_str()),
        ];
        let sent = visitor.send("/decide?lang=ar", &incident, &fields).await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind}");
        assert_eq!(
            (sent.all("data-notice"), sent.all("lang")[0].as_str()),
            (vec!["refused".to_owned()], "ar"),
            "{kind}"
        );
        assert!(sent.has(&format!("input[name=value][value='{value}']")), "{kind}: what was typed is gone");
    }
    assert_eq!(visitor.entries(), before);
}

#[tokio::test]
async fn rejecting_the_only_number_takes_it_out_of_the_figure() {
    let visitor = Visitor::of(register()).await;
    let figure = visitor.page("/figure/killed-in-nahr?lang=en").await;
    let line = figure.all("data-claim-line")[0].clone();
    let fields = [
        ("claim", line.as_str()),
        ("why", "the number is that of another day"),
        ("back", "/figure/killed-in-nahr?lang=en"),
    ];
    let sent = visitor.send("/reject?lang=en", &figure, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let told = visitor.page(sent.header(header::LOCATION)).await;
    assert_eq!(told.all("data-notice"), ["saved"]);
    assert!(!told.all("data-claim-line").contains(&line));
    let claim = visitor.page(&format!("/claim/{line}?lang=en")).await;
    assert!(claim.words(".rejection").contains("another day"));
    // It can be taken back, and then the figure is what it was.
    let back = format!("/claim/{line}?lang=en");
    let fields = [("claim", line.as_str()), ("undo", "true"), ("why", "it is of that day"), ("back", &back)];
    let sent = visitor.send("/reject?lang=en", &claim, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let again = visitor.page("/figure/killed-in-nahr?lang=en").await;
    assert_eq!(again.all("data-number"), figure.all("data-number"));
    assert!(again.all("data-claim-line").contains(&line));
    // What is not rejected cannot be taken back.
    let sent = visitor.send("/reject?lang=en", &claim, &fields).await;
    assert_ne!(sent.status, StatusCode::SEE_OTHER);
}

const HOSPITAL: &str =
    "name,age,date\nنديم رائد خليل القصار,31,2031-03-12\nسلوى كرم زياد المراد,9,2031-03-12\n";
const MINISTRY: &str = "name,age,date\nنديم رائد القصار,31,2031-03-12\nسلوى كرم زياد المراد,9,2031-03-12\nكرم زياد المراد,40,2031-03-12\n";
const COUNCIL: &str = "name,date\nNadim Raed al-Qassar,2031-03-12\nكرم مراد,2031-03-12\nسلوى كرم مراد,\n";

#[tokio::test]
async fn a_pair_in_doubt_is_judged_with_one_click_and_leaves_the_queue() {
    let home = crate::support::Home::new();
    let lists = [("hospital.csv", HOSPITAL), ("ministry.csv", MINISTRY), ("council.csv", COUNCIL)];
    home.add(lists.map(|(name, text)| home.file(name, text))).ends(0);
    home.run(["link"]).ends(0);
    let visitor = Visitor::of(home).await;
    let queue = visitor.page("/review?lang=en").await;
    let pairs = queue.all("data-pair").len();
    assert!(pairs > 0, "{}", queue.text());
    let value = |name: &str| {
        let selector = scraper::Selector::parse(&format!("[data-pair] [name={name}]")).unwrap();
        queue.page().select(&selector).next().unwrap().attr("value").unwrap_or_default().to_owned()
    };
    let (a, b, back) = (value("a"), value("b"), value("back"));
    assert_eq!(value("why"), "", "a reason is the reviewer's own");
    let person = queue.links("data-record")[0].clone();
    assert!(visitor.page(&person).await.has("#in-doubt [data-pair]"), "a person's page has its own pairs");
    let fields = [("a", a.as_str()), ("b", &b), ("verdict", "different"), ("why", " "), ("back", &back)];
    let refused = visitor.send("/judge?lang=en", &queue, &fields).await;
    assert_ne!(refused.status, StatusCode::SEE_OTHER);
    assert_eq!(
        refused.all("data-pair").len(),
        pairs,
        "a refusal comes back on the queue: {}",
        refused.text()
    );
    let fields =
        [("a", a.as_str()), ("b", &b), ("verdict", "different"), ("why", "two fathers"), ("back", &back)];
    let sent = visitor.send("/judge?lang=en", &queue, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let told = visitor.page(sent.header(header::LOCATION)).await;
    assert_eq!(told.all("data-notice"), ["saved"]);
    let left = told.page();
    let asked = scraper::Selector::parse("[data-pair] form").unwrap();
    for form in left.select(&asked) {
        assert!(!(form.html().contains(&a) && form.html().contains(&b)), "{}", form.html());
    }
}

/// Two reports of one market: the figure says both ends, the queue and either incident's page offer the pair, and a click
/// makes them one.
#[tokio::test]
async fn incidents_that_may_be_one_are_shown_and_joined_with_one_click() {
    let home = crate::support::Home::new();
    let reports = [
        (
            "herald.txt",
            "An air raid by the Southern Coalition hit the vegetable market of Jisr Sanabil on 8 March 2031, killing 14 people.\n",
        ),
        (
            "akhbar.txt",
            "طيران التحالف الجنوبي يستهدف سوق الخضار في بلدة جسر السنابل يوم 8 آذار/مارس 2031، ما أدى إلى مقتل 12 شخصاً.\n",
        ),
        (
            "mine.txt",
            "A landmine killed one child in the village of Birkat Zajal on 2 May 2031, residents said.\n",
        ),
    ];
    home.add(reports.map(|(name, text)| home.file(name, text))).ends(0);
    home.run(["link"]).ends(0);
    let visitor = Visitor::of(home).await;
    for language in ["en", "ar"] {
        let figure = visitor.page(&format!("/figure?lang={language}")).await;
        assert!(figure.words("[data-as-one]").contains("13"), "{}", figure.text());
    }
    let queue = visitor.page("/review?lang=en").await;
    assert_eq!(queue.all("data-pair").len(), 1, "{}", queue.text());
    let value = |name: &str| {
        let selector = scraper::Selector::parse(&format!("[data-pair] [name={name}]")).unwrap();
        queue.page().select(&selector).next().unwrap().attr("value").unwrap_or_default().to_owned()
    };
    let incident = format!("/incident/{}?lang=ar", value("a").replacen('c', "i", 1));
    assert!(
        visitor.page(&incident).await.has("#in-doubt [data-pair]"),
        "an incident's page has its own pairs"
    );
    let (a, b, back, why) = (value("a"), value("b"), value("back"), "one market, one day");
    let fields = [("a", a.as_str()), ("b", &b), ("verdict", "same"), ("why", why), ("back", &back)];
    let sent = visitor.send("/judge?lang=en", &queue, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    assert!(!visitor.page("/review?lang=en").await.has("[data-pair]"));
    let figure = visitor.page("/figure?lang=en").await;
    assert!(
        !figure.has("[data-as-one]") && figure.words("[data-number]").contains("13"),
        "{}",
        figure.text()
    );
}

#[tokio::test]
async fn a_rate_shows_both_numbers_and_says_what_to_note_without_one() {
    let visitor = Visitor::of(register()).await;
    let asked = "/figure?place=Qasr+Nahr&period=2031&per=total&lang=";
    let without = visitor.page(&format!("{asked}en")).await;
    assert!(without.words("[data-no-rate]").contains("sijil population NUMBER"), "{}", without.text());
    assert!(without.has("[data-number]"), "the numbers stand without it");
    let census = ["source", "census", "--kind", "official_statement", "--name-en", "Office of Statistics"];
    visitor.home.run(census).ends(0);
    let people = ["population", "250000", "--place", "Qasr Nahr", "--period", "2031", "--source", "census"];
    visitor.home.run(people).ends(0);
    for language in ["en", "ar"] {
        let page = visitor.page(&format!("{asked}{language}")).await;
        assert!(page.words("[data-rate]").contains("250,000"), "{}", page.words("[data-rate]"));
        assert!(page.has("[data-rate] a[href='#inside']") && page.has("[data-rate] a[href='#populations']"));
        assert!(page.has("#populations a[data-entry]"), "the entry opens");
    }
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
    let fields = [
        ("a", id.as_str()),
        ("b", other.as_str()),
        ("verdict", "same"),
        ("why", "same grave, same mother"),
        ("back", one.as_str()),
    ];
    let sent = visitor.send("/judge?lang=en", &page, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let told = visitor.page(sent.header(header::LOCATION)).await;
    assert!(told.words("#history").contains("same grave"), "{}", told.words("#history"));
    assert_ne!(total(&visitor.page("/?lang=en").await), before);
}

#[tokio::test]
async fn what_no_program_read_is_entered_from_its_words() {
    let visitor = Visitor::of(register()).await;
    let caller =
        ["source", "caller-7", "--kind", "field_reporter", "--name-en", "caller", "--name-ar", "متصل"];
    visitor.home.run(caller).ends(0);
    let sources = visitor.page("/sources?lang=ar").await;
    let source = sources.all("data-source")[0].clone();
    let told = "اتصل عند الظهر:\r\nلم ينجُ اثنان من أبناء عمه ليلة العشرين.";
    let fields = [
        ("text", told),
        ("source", source.as_str()),
        ("published", "٢١ نيسان ٢٠٣١"),
        ("back", "/sources?lang=ar"),
    ];
    let sent = visitor.send("/note?lang=ar", &sources, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let address = sent.header(header::LOCATION).to_owned();
    let document = visitor.page(&address).await;
    let id = document.all("data-document-page")[0].clone();
    let wrong =
        [("id", id.as_str()), ("words", "لم يقل أحد ذلك"), ("killed", "٢"), ("back", address.as_str())];
    let refused = visitor.send("/enter-claim?lang=ar", &document, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("input[name=killed][value='٢']"), "what was typed is gone");
    let fields = [
        ("id", id.as_str()),
        ("words", "لم ينجُ اثنان من أبناء عمه"),
        ("killed", "٢"),
        ("date", "٢٠ نيسان ٢٠٣١"),
        ("back", address.as_str()),
    ];
    let sent = visitor.send("/enter-claim?lang=ar", &document, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let told = visitor.page(sent.header(header::LOCATION)).await;
    assert_eq!(told.all("data-notice"), ["saved"]);
    assert!(told.has("[data-entered]"), "{}", told.words("#claims"));
    let figure = visitor.page("/figure?period=2031-04-20&lang=en").await;
    assert_eq!(figure.all("data-min"), ["2"], "{}", figure.words("main"));
    visitor.home.verifies();
}
