//! Where pages lie: paths of the desk, files of the site. One place, so that both grounds and their links agree.

use std::fmt::Display;

use sijil_model::{ClaimId, DocumentId, FigureId, IncidentId, Language, PersonId};

use crate::Ground;

/// Makes addresses for one page in one language.
///
/// On the desk they are absolute paths (`/incident/i1?lang=ar`); on the site relative files (`../incident/i1.ar.html`)
/// that also work from a folder on a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Links {
    ground: Ground,
    language: Language,
    depth: usize,
}

/// A form in which a document or figure can be taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Download {
    /// The bytes as received.
    Bytes,
    /// The text as read.
    Text,
    /// The figure or claim as JSON.
    Json,
    /// The figure's records as CSV.
    Csv,
}

impl Links {
    /// Addresses from any page of the desk.
    pub fn desk(language: Language) -> Self {
        Self { ground: Ground::Desk, language, depth: 0 }
    }

    /// Addresses from a file of the site that lies `depth` folders below its root.
    pub fn site(language: Language, depth: usize) -> Self {
        Self { ground: Ground::Site, language, depth }
    }

    /// Which ground the links lie on.
    pub fn ground(&self) -> Ground {
        self.ground
    }

    /// The language that they lead to.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The same links into the other language.
    pub fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// The list of figures: the first page.
    pub fn home(&self) -> String {
        match self.ground {
            Ground::Desk => format!("/?lang={}", self.language.code()),
            Ground::Site => self.page("index"),
        }
    }

    /// A page by its name: `log`, `search`, `sources`, `aggregates`, `question`; on the site `about`, `verify`.
    pub fn page(&self, name: &str) -> String {
        match self.ground {
            Ground::Desk => format!("/{name}?lang={}", self.language.code()),
            Ground::Site => format!("{}{name}.{}.html", self.up(), self.language.code()),
        }
    }

    /// A saved figure.
    pub fn figure(&self, id: &FigureId) -> String {
        self.record("figure", id)
    }

    /// An incident.
    pub fn incident(&self, id: &IncidentId) -> String {
        self.record("incident", id)
    }

    /// A person.
    pub fn person(&self, id: &PersonId) -> String {
        self.record("person", id)
    }

    /// A document.
    pub fn document(&self, id: &DocumentId) -> String {
        self.record("document", id)
    }

    /// A claim where it stands in its document.
    pub fn claim_in_document(&self, document: &DocumentId, claim: &ClaimId) -> String {
        match self.ground {
            // A long document or list opens at the page on which the claim stands.
            Ground::Desk => format!("{}&claim={claim}#claim-{claim}", self.document(document)),
            Ground::Site => format!("{}#claim-{claim}", self.document(document)),
        }
    }

    /// A claim's own page.
    pub fn claim(&self, id: &ClaimId) -> String {
        self.record("claim", id)
    }

    /// An entry of our own log, by number.
    pub fn entry(&self, number: u64) -> String {
        self.record("entry", number)
    }

    /// Something to take away: `/document/ID/bytes`, `../document/ID.bytes`.
    pub fn download(&self, folder: &str, id: &str, what: Download) -> String {
        let name = match what {
            Download::Bytes => "bytes",
            Download::Text => "txt",
            Download::Json => "json",
            Download::Csv => "csv",
        };
        match self.ground {
            Ground::Desk => format!("/{folder}/{id}/{name}"),
            Ground::Site => format!("{}{folder}/{id}.{name}", self.up()),
        }
    }

    /// The stylesheet.
    pub fn stylesheet(&self) -> String {
        match self.ground {
            Ground::Desk => "/style.css".to_owned(),
            Ground::Site => format!("{}style.css", self.up()),
        }
    }

    /// Where a form of the desk is sent: `decide`, `judge`, `reject`, `save`.
    pub fn form(&self, verb: &str) -> String {
        format!("/{verb}?lang={}", self.language.code())
    }

    fn record(&self, folder: &str, id: impl Display) -> String {
        match self.ground {
            Ground::Desk => format!("/{folder}/{id}?lang={}", self.language.code()),
            Ground::Site => format!("{}{folder}/{id}.{}.html", self.up(), self.language.code()),
        }
    }

    fn up(&self) -> String {
        "../".repeat(self.depth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_record_two_grounds() {
        let id = IncidentId::new("i1").unwrap();
        assert_eq!(Links::desk(Language::Ar).incident(&id), "/incident/i1?lang=ar");
        assert_eq!(Links::site(Language::Ar, 1).incident(&id), "../incident/i1.ar.html");
        assert_eq!(Links::site(Language::En, 0).home(), "index.en.html");
        assert_eq!(Links::site(Language::En, 1).stylesheet(), "../style.css");
        assert_eq!(Links::desk(Language::En).download("document", "d", Download::Bytes), "/document/d/bytes");
    }
}
