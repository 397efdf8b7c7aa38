//! The door: who may come in, and which forms are ours.
//!
//! A page of another site can make a browser send requests here. Against that: a link that opens once and leaves a
//! cookie that only this site's own requests carry; a `Host` that must be this address (a name that was made to point
//! here is refused); forms that must come from this site and carry a word that only its pages know.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use sijil_page::view::{SignInPage, TroubleKind};

use super::answer::Refusal;
use super::visit::Visit;
use super::work::Desk;

/// What a page of the desk may load and do: its own stylesheet and pictures, its own forms, and nothing else.
const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The secrets of one run of the desk.
pub struct Door {
    address: SocketAddr,
    /// Opens once.
    link: Mutex<Option<String>>,
    /// What the cookie of whoever came in says.
    session: String,
    /// What every form sends along.
    form: String,
}

impl Door {
    /// A door with new secrets for the desk at this address.
    pub fn new(address: SocketAddr) -> Self {
        Self { address, link: Mutex::new(Some(secret())), session: secret(), form: secret() }
    }

    /// The address that opens the desk once; without its word when it was used.
    pub fn link(&self) -> String {
        let host = match self.address.ip() {
            ip if ip.is_unspecified() => SocketAddr::new(IpAddr::from([127, 0, 0, 1]), self.address.port()),
            _ => self.address,
        };
        let word = self.link.lock().unwrap_or_else(PoisonError::into_inner);
        match word.as_deref() {
            Some(word) => format!("http://{host}/enter?token={word}"),
            None => format!("http://{host}/"),
        }
    }

    /// What every form sends along.
    pub fn form_token(&self) -> &str {
        &self.form
    }

    /// Whether a form's word is ours.
    pub fn knows_form(&self, word: &str) -> bool {
        same(word, &self.form)
    }

    /// Cookies do not tell ports apart, and two desks may be open at once.
    fn cookie(&self) -> String {
        format!("sijil-desk-{}", self.address.port())
    }

    /// Whether a request carries the cookie that the link left.
    fn admits(&self, headers: &HeaderMap) -> bool {
        cookie(headers, &self.cookie()).is_some_and(|word| same(word, &self.session))
    }

    /// Whether the request was sent to this address and not to a name that points here.
    fn is_host(&self, headers: &HeaderMap) -> bool {
        let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else { return false };
        let (name, port) = host.rsplit_once(':').map_or((host, "80"), |(name, port)| (name, port));
        if port != self.address.port().to_string() {
            return false;
        }
        let name = name.trim_start_matches('[').trim_end_matches(']');
        match name.parse::<IpAddr>() {
            Ok(ip) => ip.is_loopback() || ip == self.address.ip() || self.address.ip().is_unspecified(),
            Err(_) => name == "localhost",
        }
    }

    /// Spends the link's word.
    fn enter(&self, word: &str) -> bool {
        let mut link = self.link.lock().unwrap_or_else(PoisonError::into_inner);
        let opens = link.as_deref().is_some_and(|own| same(word, own));
        if opens {
            *link = None;
        }
        opens
    }

    fn is_spent(&self) -> bool {
        self.link.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }
}

#[derive(Deserialize)]
pub struct Enter {
    #[serde(default)]
    token: String,
}

/// `GET /enter?token=…`: spends the link, leaves the cookie, and leads to the figures.
pub async fn enter(
    State(desk): State<Arc<Desk>>,
    method: Method,
    visit: Visit,
    Query(enter): Query<Enter>,
) -> Response {
    // A look ahead (HEAD) must not spend the link.
    if method != Method::GET || !desk.door.enter(&enter.token) {
        return sign_in(desk, visit).await;
    }
    let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Strict", desk.door.cookie(), desk.door.session);
    let home = visit.links().home();
    ([(header::SET_COOKIE, cookie)], Redirect::to(&home)).into_response()
}

/// The page for whoever has no cookie. It leads nowhere but to itself, without a word that was tried.
async fn sign_in(desk: Arc<Desk>, visit: Visit) -> Response {
    let visit = visit.without("token");
    let page = if desk.door.is_spent() { SignInPage::UsedUp } else { SignInPage::LinkNeeded };
    desk.plain(visit, StatusCode::UNAUTHORIZED, page).await
}

/// Lets nobody in who was not sent to this very address.
pub async fn check_host(
    State(desk): State<Arc<Desk>>,
    visit: Visit,
    request: Request,
    next: Next,
) -> Response {
    if desk.door.is_host(request.headers()) {
        return next.run(request).await;
    }
    desk.refuse(visit, Refusal::new(TroubleKind::NotAllowed, "Host")).await
}

/// Lets nobody further in who did not open the link, and no form of another site.
pub async fn check_entry(
    State(desk): State<Arc<Desk>>,
    visit: Visit,
    request: Request,
    next: Next,
) -> Response {
    if !desk.door.admits(request.headers()) {
        return sign_in(desk, visit).await;
    }
    if request.method() == Method::POST && !is_own_form(request.headers()) {
        return desk.refuse(visit, Refusal::new(TroubleKind::Stale, "form")).await;
    }
    next.run(request).await
}

/// Whether the browser says that a form was sent from a page of this address.
///
/// Pages send no referrer, for which browsers give the origin as `null`; then `Sec-Fetch-Site` decides, where the
/// browser sends it, and after it in any case the form's word.
fn is_own_form(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let own_site = text("sec-fetch-site").is_none_or(|site| site == "same-origin");
    let own_origin = match (text("origin"), text("host")) {
        (None | Some("null"), _) => true,
        (Some(origin), Some(host)) => origin == format!("http://{host}"),
        (Some(_), None) => false,
    };
    own_site && own_origin
}

/// Puts on every answer what keeps it in this browser and on this page.
pub async fn guard_answer(request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    answer
}

/// A cookie's value.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|line| line.split(';')).find_map(|pair| {
        let (own, value) = pair.trim().split_once('=')?;
        (own == name).then_some(value)
    })
}

fn secret() -> String {
    hex::encode(rand::random::<[u8; 32]>())
}

/// Compares without telling by its time how much was right.
fn same(one: &str, other: &str) -> bool {
    Sha256::digest(one) == Sha256::digest(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (header::HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
            })
            .collect()
    }

    #[test]
    fn the_link_opens_once() {
        let door = Door::new("127.0.0.1:4000".parse().unwrap());
        let word = door.link().split_once("token=").unwrap().1.to_owned();
        assert!(!door.enter("") && !door.enter("x"));
        assert!(door.enter(&word));
        assert!(!door.enter(&word) && door.is_spent());
        assert_eq!(door.link(), "http://127.0.0.1:4000/");
    }

    #[test]
    fn only_the_cookie_of_the_link_is_let_in() {
        let door = Door::new("127.0.0.1:4000".parse().unwrap());
        assert!(door.admits(&headers(&[("cookie", &format!("a=b; sijil-desk-4000={}", door.session))])));
        assert!(!door.admits(&headers(&[("cookie", "sijil-desk-4000=")])));
        assert!(!door.admits(&headers(&[("cookie", &format!("sijil-desk-4001={}", door.session))])));
        assert!(!door.admits(&HeaderMap::new()));
    }

    #[test]
    fn names_that_point_here_are_refused() {
        let local = Door::new("127.0.0.1:4000".parse().unwrap());
        let hosts = |door: &Door, host: &str| door.is_host(&headers(&[("host", host)]));
        for host in ["127.0.0.1:4000", "localhost:4000", "[::1]:4000"] {
            assert!(hosts(&local, host), "{host}");
        }
        for host in [
            "evil.example:4000",
            "127.0.0.1:4001",
            "127.0.0.1",
            "192.0.2.7:4000",
            "localhost.evil.example:4000",
            "",
        ] {
            assert!(!hosts(&local, host), "{host}");
        }
        let open = Door::new("0.0.0.0:4000".parse().unwrap());
        assert!(hosts(&open, "192.0.2.7:4000") && !hosts(&open, "evil.example:4000"));
        assert!(!local.is_host(&HeaderMap::new()));
    }

    #[test]
    fn forms_of_other_sites_are_told_by_their_headers() {
        let own = |pairs: &[(&'static str, &str)]| is_own_form(&headers(pairs));
        let host = ("host", "127.0.0.1:4000");
        assert!(own(&[host, ("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(own(&[host, ("origin", "http://127.0.0.1:4000")]));
        assert!(!own(&[host, ("sec-fetch-site", "cross-site"), ("origin", "null")]));
        assert!(!own(&[host, ("sec-fetch-site", "same-site")]));
        assert!(!own(&[host, ("origin", "https://evil.example")]));
        assert!(!own(&[host, ("origin", "http://127.0.0.1:4001")]));
    }
}
