//! A visit: which page is asked for, with what, and in which language.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use sijil_model::Language;
use sijil_page::Links;
use sijil_page::view::Paging;

use super::door::cookie;

/// The cookie that remembers the language.
pub const LANGUAGE_COOKIE: &str = "sijil-lang";

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The page's path.
    path: String,
    /// What stands after `?`, decoded.
    query: Vec<(String, String)>,
    /// The language to answer in.
    pub language: Language,
    /// Whether the address names the language, so that it is to be remembered.
    pub names_language: bool,
}

impl Visit {
    /// The visit of a page by its own address, such as a form's page to return to.
    pub fn to(address: &str, language: Language) -> Self {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let query = query.split('#').next().unwrap_or_default();
        let query = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Self { path: path.to_owned(), query, language, names_language: false }
    }

    /// A value of the address; none where it is missing or empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// A number of the address.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.parse().ok()
    }

    /// The values of the address that say what is asked, as they were written.
    pub fn question(&self) -> impl Iterator<Item = (&str, &str)> {
        const PLACE_IN_DESK: [&str; 5] = ["lang", "from", "saved", "claim", "name"];
        let asked = |(name, value): &&(String, String)| {
            !value.trim().is_empty() && !PLACE_IN_DESK.contains(&name.as_str())
        };
        self.query.iter().filter(asked).map(|(name, value)| (name.as_str(), value.trim()))
    }

    /// Where links lead in this language.
    pub fn links(&self) -> Links {
        Links::desk(self.language)
    }

    /// The same page's address.
    pub fn here(&self) -> String {
        self.with(&[("saved", None)])
    }

    /// The same page in the other language.
    pub fn in_other_language(&self) -> String {
        let other = match self.language {
            Language::En => Language::Ar,
            Language::Ar => Language::En,
        };
        self.with(&[("lang", Some(other.code()))])
    }

    /// The same page's address with some values changed or left out.
    pub fn with(&self, changes: &[(&str, Option<&str>)]) -> String {
        let kept = |(name, _): &&(String, String)| {
            name != "lang" && !changes.iter().any(|(changed, _)| changed == name)
        };
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.query.iter().filter(kept));
        if !changes.iter().any(|(name, _)| *name == "lang") {
            query.append_pair("lang", self.language.code());
        }
        query.extend_pairs(changes.iter().filter_map(|(name, value)| Some((name, (*value)?))));
        format!("{}?{}", self.path, query.finish())
    }

    /// The same visit without a value of its address.
    pub fn without(mut self, name: &str) -> Self {
        self.query.retain(|(own, _)| own != name);
        self
    }

    /// Where in a list of `total` this page stands, `size` to a page, counted from 0 in the address.
    pub fn paging(&self, size: u64, total: u64) -> Paging {
        let first = self.number("from").unwrap_or(0).min(total.saturating_sub(1)) / size * size;
        let page = |at: u64| self.with(&[("from", Some(&at.to_string())), ("claim", None), ("saved", None)]);
        Paging {
            from: if total == 0 { 0 } else { first + 1 },
            to: (first + size).min(total),
            total,
            previous: (first > 0).then(|| page(first.saturating_sub(size))),
            next: (first + size < total).then(|| page(first + size)),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        // A query that cannot be read asks for nothing.
        let query =
            Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).map(|query| query.0).unwrap_or_default();
        let named = query.iter().find(|(name, _)| name == "lang").and_then(|(_, code)| language_of(code));
        let language = named
            .or_else(|| cookie(&parts.headers, LANGUAGE_COOKIE).and_then(language_of))
            .or_else(|| accepted(&parts.headers))
            .unwrap_or(Language::En);
        Ok(Self { path: parts.uri.path().to_owned(), query, language, names_language: named.is_some() })
    }
}

fn language_of(code: &str) -> Option<Language> {
    Language::ALL.into_iter().find(|language| language.code() == code)
}

/// The first language of ours that the browser says its person reads.
fn accepted(headers: &HeaderMap) -> Option<Language> {
    let said = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    said.split(',').find_map(|one| language_of(one.trim().split(['-', ';']).next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_was_asked() {
        let visit = Visit::to("/figure?place=قصر النهر&lang=en&saved=4", Language::Ar);
        assert_eq!(visit.get("place"), Some("قصر النهر"));
        assert_eq!(Visit::to(&visit.here(), Language::Ar).get("place"), Some("قصر النهر"));
        assert!(visit.here().ends_with("&lang=ar") && !visit.here().contains("saved"));
        assert!(
            visit.in_other_language().contains("saved=4") && visit.in_other_language().ends_with("lang=en")
        );
        assert_eq!(visit.question().collect::<Vec<_>>(), [("place", "قصر النهر")]);
    }

    #[test]
    fn paging_stays_inside() {
        let paging = Visit::to("/log?from=9999", Language::En).paging(50, 120);
        assert_eq!((paging.from, paging.to, paging.total), (101, 120, 120));
        assert!(paging.next.is_none() && paging.previous.unwrap().contains("from=50"));
        let empty = Visit::to("/log", Language::En).paging(50, 0);
        assert_eq!((empty.from, empty.to, empty.previous, empty.next), (0, 0, None, None));
    }
}
