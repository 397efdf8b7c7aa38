//! Who gets in, and what keeps answers in this browser.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use scraper::Selector;

use crate::visitor::{HOST, Visitor, ask, desk_of, form, get, register};

#[tokio::test]
async fn without_the_link_nobody_gets_in() {
    let home = register();
    let (router, link) = desk_of(&home);
    for address in
        ["/", "/log", "/search?q=Qasr", "/nothing", "/enter", "/enter?token=wrong", "/document/x/bytes"]
    {
        let answer = ask(&router, get(address).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{address}");
        assert!(!answer.text().contains("killed"), "{address} shows something of the register");
    }
    let looked = Request::head(&link).header(header::HOST, HOST).body(Body::empty()).unwrap();
    assert_eq!(
        ask(&router, looked).await.status,
        StatusCode::UNAUTHORIZED,
        "a look ahead does not spend the link"
    );
    let entered = ask(&router, get(&link).body(Body::empty()).unwrap()).await;
    let cookie = entered.header(header::SET_COOKIE);
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let again = ask(&router, get(&format!("{link}&lang=ar")).body(Body::empty()).unwrap()).await;
    assert_eq!(again.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        (again.all("lang")[0].as_str(), again.all("data-sign-in")[0].as_str()),
        ("ar", "used_up"),
        "{}",
        again.text()
    );
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
    let token = visitor
        .page("/figure")
        .await
        .page()
        .select(&Selector::parse("input[name=token]").unwrap())
        .next()
        .unwrap()
        .attr("value")
        .unwrap()
        .to_owned();
    assert_eq!(page.status, StatusCode::OK);
    let fields = form(&[("name", "stolen"), ("query", "/figure"), ("token", token.as_str())]);
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "http://127.0.0.1:5000"),
    ] {
        let request = visitor.post("/save").header(name, value).body(Body::from(fields.clone())).unwrap();
        assert_eq!(ask(&visitor.router, request).await.status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    for token in ["", "0000"] {
        for (address, fields) in [
            ("/save", [("name", "stolen"), ("query", "/figure")]),
            ("/decide", [("id", "x"), ("field", "killed")]),
            ("/reject", [("claim", "c"), ("why", "w")]),
            ("/judge", [("a", "x"), ("b", "y")]),
        ] {
            let fields = form(&[&fields[..], &[("token", token)]].concat());
            let request = visitor
                .post(address)
                .header("sec-fetch-site", "same-origin")
                .body(Body::from(fields))
                .unwrap();
            assert_eq!(
                ask(&visitor.router, request).await.status,
                StatusCode::FORBIDDEN,
                "{address} with the token {token:?}"
            );
        }
    }
    let large = visitor
        .post("/save")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from("x".repeat(70_000)))
        .unwrap();
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
