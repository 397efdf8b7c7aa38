//! Answers: a page as HTML, or a refusal that says the thing, the cause and the next step.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use sijil_model::Language;
use sijil_page::PageError;
use sijil_page::view::{Trouble, TroubleKind};
use sijil_register::RegisterError;

use super::visit::{LANGUAGE_COOKIE, Visit};
use crate::failure::Failure;

/// What the desk returns.
pub type Result<T> = std::result::Result<T, Refusal>;

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub Trouble);

impl Refusal {
    /// A refusal of one kind, about one thing.
    pub fn new(kind: TroubleKind, thing: &str) -> Self {
        Self(Trouble { kind, thing: thing.to_owned(), detail: None })
    }

    /// The same, with what the program says besides.
    pub fn with(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// The same about another thing.
    pub fn about(mut self, thing: &str) -> Self {
        self.0.thing = thing.to_owned();
        self
    }

    /// The same, where it was only said that something is refused, as a refusal of this kind.
    pub fn or_kind(mut self, kind: TroubleKind) -> Self {
        if self.0.kind == TroubleKind::BadValue {
            self.0.kind = kind;
        }
        self
    }

    /// What is told to a reader of a language.
    pub fn told(&self, language: Language) -> Trouble {
        let detail = self.0.detail.as_deref().map(|said| super::said::in_language(said, language));
        Trouble { kind: self.0.kind, thing: super::said::in_language(&self.0.thing, language), detail }
    }

    /// What HTTP calls it.
    pub fn status(&self) -> StatusCode {
        match self.0.kind {
            TroubleKind::NotFound => StatusCode::NOT_FOUND,
            TroubleKind::Erased => StatusCode::GONE,
            TroubleKind::ReasonMissing | TroubleKind::BadValue => StatusCode::UNPROCESSABLE_ENTITY,
            TroubleKind::BadQuestion => StatusCode::BAD_REQUEST,
            TroubleKind::Busy => StatusCode::SERVICE_UNAVAILABLE,
            TroubleKind::Stale | TroubleKind::NotAllowed => StatusCode::FORBIDDEN,
            TroubleKind::Register | TroubleKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<RegisterError> for Refusal {
    fn from(error: RegisterError) -> Self {
        use sijil_archive::Error;
        let kind = match &error {
            RegisterError::NotFound { id, .. } => return Refusal::new(TroubleKind::NotFound, id),
            RegisterError::Ambiguous { id, .. } => {
                return Refusal::new(TroubleKind::NotFound, id).with(error.to_string());
            }
            RegisterError::Archive(Error::NoEntry { .. } | Error::NoEvidence { .. }) => TroubleKind::NotFound,
            RegisterError::Archive(Error::Busy { .. }) => TroubleKind::Busy,
            RegisterError::Refused(_) | RegisterError::Model(_) => TroubleKind::BadValue,
            RegisterError::Json(_) => TroubleKind::Internal,
            _ => TroubleKind::Register,
        };
        Refusal::new(kind, "register").with(error.to_string())
    }
}

impl From<sijil_archive::Error> for Refusal {
    fn from(error: sijil_archive::Error) -> Self {
        RegisterError::from(error).into()
    }
}

impl From<sijil_model::ModelError> for Refusal {
    fn from(error: sijil_model::ModelError) -> Self {
        Refusal::new(TroubleKind::BadValue, "value").with(error.to_string())
    }
}

impl From<sijil_count::CountError> for Refusal {
    fn from(error: sijil_count::CountError) -> Self {
        Refusal::new(TroubleKind::BadQuestion, "question").with(error.to_string())
    }
}

impl From<PageError> for Refusal {
    fn from(error: PageError) -> Self {
        Refusal::new(TroubleKind::Internal, "page").with(error.to_string())
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        let kind = match &failure {
            Failure::Refused(_) | Failure::Usage(_) => TroubleKind::BadValue,
            Failure::Internal(_) | Failure::Told => TroubleKind::Internal,
        };
        Refusal::new(kind, "value").with(failure.message())
    }
}

/// A page as an answer; an address that names its language has the browser remember it.
pub fn html(status: StatusCode, page: String, visit: &Visit) -> Response {
    let mut answer = (status, Html(page)).into_response();
    if visit.names_language {
        let cookie =
            format!("{LANGUAGE_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Strict", visit.language.code());
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            answer.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    answer
}

/// A file to take away: never shown, never run.
pub fn attachment(name: &str, media_type: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_DISPOSITION, disposition(name)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'")),
    ];
    (headers, bytes).into_response()
}

/// The name under which a file is saved, with any script in it (RFC 6266 and RFC 8187).
fn disposition(name: &str) -> HeaderValue {
    let plain: String = name
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || "-_.".contains(letter) { letter } else { '_' })
        .collect();
    let mut exact = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => exact.push(char::from(byte)),
            _ => exact.push_str(&format!("%{byte:02X}")),
        }
    }
    HeaderValue::from_str(&format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}"))
        .unwrap_or_else(|_| HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_cannot_leave_its_header() {
        let value = disposition("قائمة\"; x=\r\n.xlsx");
        let value = value.to_str().unwrap();
        assert!(value.starts_with("attachment; filename=\"_"), "{value}");
        assert!(!value.contains("\r") && value.contains("filename*=UTF-8''%D9%82"), "{value}");
    }
}
