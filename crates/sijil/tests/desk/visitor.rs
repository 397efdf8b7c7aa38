//! A browser without a socket: it opens the link, keeps the cookie, reads pages and sends forms.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use scraper::{Html, Selector};
use sijil::desk::{Desk, router};
use sijil::session::Session;
use tower::ServiceExt;

use crate::support::{self, Home};

pub const HOST: &str = "127.0.0.1:4000";

pub const HOSTILE: &str = "Three people were killed on 4 March 2031 when aircraft of the Southern Coalition bombed a market in Qasr Nahr, \
    medics said. <script>alert(1)</script> <img src=x onerror=alert(2)> \u{202e}desrever\n";

/// A desk, and a browser that is inside it.
pub struct Visitor {
    pub router: Router,
    pub cookie: String,
    /// The register, to look at what was written.
    pub home: Home,
}

/// What was answered.
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub fn page(&self) -> Html {
        Html::parse_document(&self.text())
    }

    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(&name).map_or("", |value| value.to_str().unwrap())
    }

    /// What an attribute says on each element that has it.
    pub fn all(&self, attribute: &str) -> Vec<String> {
        let selector = Selector::parse(&format!("[{attribute}]")).unwrap();
        self.page().select(&selector).map(|element| element.attr(attribute).unwrap().to_owned()).collect()
    }

    /// Where links with an attribute lead.
    pub fn links(&self, attribute: &str) -> Vec<String> {
        let selector = Selector::parse(&format!("a[{attribute}][href]")).unwrap();
        self.page().select(&selector).map(|element| element.attr("href").unwrap().to_owned()).collect()
    }

    /// The words of the first element that a selector finds.
    pub fn words(&self, selector: &str) -> String {
        let found = self
            .page()
            .select(&Selector::parse(selector).unwrap())
            .next()
            .map(|element| element.text().collect::<String>());
        found.unwrap_or_else(|| panic!("there is no {selector} in {}", self.text()))
    }

    pub fn has(&self, selector: &str) -> bool {
        self.page().select(&Selector::parse(selector).unwrap()).next().is_some()
    }
}

pub async fn ask(router: &Router, request: Request<Body>) -> Answer {
    let answer = router.clone().oneshot(request).await.unwrap();
    let (status, headers) = (answer.status(), answer.headers().clone());
    Answer { status, headers, body: to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec() }
}

pub fn get(address: &str) -> axum::http::request::Builder {
    Request::get(address.split('#').next().unwrap()).header(header::HOST, HOST)
}

/// A desk of a register, and its one-time link.
pub fn desk_of(home: &Home) -> (Router, String) {
    let session = Session::open_folder(&home.register, None).unwrap();
    let desk = Desk::new(session, HOST.parse().unwrap()).unwrap();
    let link = desk.link().split_once(HOST).unwrap().1.to_owned();
    (router(Arc::new(desk)), link)
}

impl Visitor {
    /// Somebody who opened the link of a register with these files in it.
    pub async fn of(home: Home) -> Self {
        let (router, link) = desk_of(&home);
        let entered = ask(&router, get(&link).body(Body::empty()).unwrap()).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER);
        let cookie = entered.header(header::SET_COOKIE).split(';').next().unwrap().to_owned();
        Self { router, cookie, home }
    }

    pub async fn get(&self, address: &str) -> Answer {
        ask(&self.router, get(address).header(header::COOKIE, &self.cookie).body(Body::empty()).unwrap())
            .await
    }

    /// The page at an address, which must be there.
    pub async fn page(&self, address: &str) -> Answer {
        let answer = self.get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text());
        answer
    }

    pub fn post(&self, address: &str) -> axum::http::request::Builder {
        Request::post(address)
            .header(header::HOST, HOST)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
    }

    /// Sends a form as a browser does from our own page, with the page's token.
    pub async fn send(&self, address: &str, page: &Answer, fields: &[(&str, &str)]) -> Answer {
        let token = page
            .page()
            .select(&Selector::parse("input[name=token]").unwrap())
            .next()
            .unwrap()
            .attr("value")
            .unwrap()
            .to_owned();
        let fields = form(&[fields, &[("token", token.as_str())]].concat());
        let request =
            self.post(address).header("sec-fetch-site", "same-origin").header(header::ORIGIN, "null");
        ask(&self.router, request.body(Body::from(fields)).unwrap()).await
    }

    pub fn entries(&self) -> u64 {
        self.home.run(["log", "-n", "1", "--json"]).lines()[0]["position"].as_u64().unwrap()
    }
}

pub fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// A register with two incidents in two languages, a list, and a saved figure.
pub fn register() -> Home {
    register_with_list(130)
}

pub fn register_with_list(rows: usize) -> Home {
    let home = Home::new();
    home.file("reports/one.txt", HOSTILE);
    home.file("reports/two.txt", support::reports::report(1));
    home.file("reports/list.csv", list(rows));
    home.add([home.path("reports")]).ends(0);
    home.run(["count", "--save", "killed-in-nahr", "--place", "Nahr"]).ends(0);
    home
}

/// A list of made-up people, one a row.
pub fn list(rows: usize) -> String {
    let people = (1..=rows).map(|row| format!("{row},Adel Number{row} Marmari,{},M\n", row % 90));
    std::iter::once("id,name,age,sex\n".to_owned()).chain(people).collect()
}
