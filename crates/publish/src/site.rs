//! The pages of a release, in both languages, from what disclosure control let through.

mod contested;
mod document;
mod figure;
mod incident;

use std::collections::BTreeMap;

use sijil_model::codebook::PlacePrecision;
use sijil_model::{Actor, ClaimId, IncidentId, Language, Sum, When};
use sijil_page::view::{
    AboutPage, Act, ClaimLine, ClaimLink, FigureLine, FileKind, FileLink, IncidentTitle, Link, Quote, Shown,
    SiteIndexPage, StandsIn, VerifyPage, Watched, Withheld, WithheldCount,
};
use sijil_page::{Frame, Links, Page, Pages, Section, Words};

use crate::claims::{ReleasedClaim, ReleasedQuote};
use crate::documents::Document;
use crate::error::Result;
use crate::figures::{ReleasedFigure, ReleasedWatch, sum_of};
use crate::incidents::ReleasedIncident;
use crate::make::Surroundings;
use crate::policy::{Public, PublicPlace};
use crate::proofs::EntryProof;

/// Both languages of the site.
const LANGUAGES: [Language; 2] = [Language::En, Language::Ar];

/// Everything that pages are made of.
pub(crate) struct Site<'a> {
    pub around: &'a dyn Surroundings,
    pub figures: &'a [ReleasedFigure],
    pub incidents: &'a [ReleasedIncident],
    pub claims: &'a BTreeMap<String, ReleasedClaim>,
    pub documents: &'a BTreeMap<String, Document>,
    pub proofs: &'a BTreeMap<String, EntryProof>,
    pub actors: BTreeMap<String, Actor>,
    pub pages: Pages,
    /// The day of the release.
    pub made: String,
    pub position: u64,
    pub fingerprint: String,
    pub origin: String,
    pub checkpoint: String,
    pub programs: Vec<String>,
    /// The decisions and judgements on incidents, as far as they may be shown.
    pub history: BTreeMap<String, incident::History>,
    pub index: Index<'a>,
}

/// What pages look up again and again.
pub(crate) struct Index<'a> {
    incidents: BTreeMap<&'a str, &'a ReleasedIncident>,
    claims: BTreeMap<&'a ClaimId, &'a ReleasedClaim>,
    of_document: BTreeMap<&'a str, Vec<&'a ReleasedClaim>>,
}

impl<'a> Index<'a> {
    /// Incidents by the register's own name, claims by that of the release and by document.
    pub fn of(incidents: &'a [ReleasedIncident], claims: &'a BTreeMap<String, ReleasedClaim>) -> Self {
        let mut of_document: BTreeMap<&str, Vec<&ReleasedClaim>> = BTreeMap::new();
        for claim in claims.values() {
            of_document.entry(&claim.document_key).or_default().push(claim);
        }
        Self {
            incidents: incidents.iter().map(|incident| (incident.key.as_str(), incident)).collect(),
            claims: claims.values().map(|claim| (&claim.id, claim)).collect(),
            of_document,
        }
    }
}

pub(crate) use incident::history_of;

/// A page of one language being made.
pub(crate) struct Room<'a> {
    pub site: &'a Site<'a>,
    pub links: Links,
    pub language: Language,
}

impl Site<'_> {
    /// Every page but the one that lists the files: path and HTML.
    pub fn pages(&self) -> Result<Vec<(String, String)>> {
        let mut made = vec![("index.html".to_owned(), self.chooser())];
        for language in LANGUAGES {
            let root = Room { site: self, links: Links::site(language, 0), language };
            made.push(root.render("index", Some(Section::Figures), &root.index())?);
            made.push(root.render("about", Some(Section::About), &root.about())?);
            let below = Room { site: self, links: Links::site(language, 1), language };
            for figure in self.figures {
                made.push(below.render(
                    &format!("figure/{}", figure.id),
                    Some(Section::Figures),
                    &below.figure(figure),
                )?);
            }
            for incident in self.incidents {
                made.push(below.render(
                    &format!("incident/{}", incident.id),
                    None,
                    &below.incident(incident),
                )?);
            }
            for document in self.documents.values().filter(|document| document.has_page()) {
                made.push(below.render(
                    &format!("document/{}", document.id),
                    None,
                    &below.document(document)?,
                )?);
            }
        }
        Ok(made)
    }

    /// The page that tells how to check the release, with its files.
    pub fn verify_pages(&self, files: &[(String, u64)]) -> Result<Vec<(String, String)>> {
        let made = LANGUAGES.iter().map(|language| {
            let room = Room { site: self, links: Links::site(*language, 0), language: *language };
            let file = |name: &str, bytes: Option<u64>| FileLink {
                name: name.to_owned(),
                kind: FileKind::Made,
                href: name.to_owned(),
                bytes,
            };
            let page = VerifyPage {
                script: file("check.py", None),
                commands: vec![
                    "python3 -m pip install cryptography".to_owned(),
                    "python3 check.py".to_owned(),
                ],
                checkpoint: file("proofs/checkpoint", None),
                checkpoint_text: self.checkpoint.clone(),
                key_fingerprint: self.fingerprint.clone(),
                files: files
                    .iter()
                    .filter(|(name, _)| !name.ends_with(".html"))
                    .map(|(name, bytes)| file(name, Some(*bytes)))
                    .collect(),
            };
            room.render("verify", Some(Section::Verify), &page)
        });
        made.collect()
    }

    fn words(&self) -> &Words {
        self.pages.words()
    }

    /// The first page: which language.
    fn chooser(&self) -> String {
        let name = |language| self.words().say(language, "section-figures", &[]);
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>sijil</title>\n<link rel=\"stylesheet\" href=\"style.css\">\n</head>\n<body class=\"site\">\n<main id=\"content\">\n\
             <p><a lang=\"en\" dir=\"ltr\" href=\"index.en.html\">English: {}</a></p>\n<p><a lang=\"ar\" dir=\"rtl\" href=\"index.ar.html\">العربية: {}</a></p>\n\
             </main>\n</body>\n</html>\n",
            name(Language::En),
            name(Language::Ar)
        )
    }
}

impl Room<'_> {
    fn render(&self, name: &str, section: Option<Section>, page: &impl Page) -> Result<(String, String)> {
        let other = match self.language {
            Language::En => Language::Ar,
            Language::Ar => Language::En,
        };
        let base = name.rsplit('/').next().unwrap_or(name);
        let mut frame = Frame::new(
            &self.links,
            &self.site.around.register_name(),
            section,
            format!("{base}.{}.html", other.code()),
        );
        frame.position = Some(self.site.position);
        Ok((format!("{name}.{}.html", self.language.code()), self.site.pages.render(page, &frame)?))
    }

    fn index(&self) -> SiteIndexPage {
        let site = self.site;
        let figures = site.figures.iter().map(|figure| FigureLine {
            id: figure.id.clone(),
            href: self.links.figure(&figure.id),
            title: self.given_title(figure),
            question: self.question(&figure.question),
            sum: sum_of(&figure.inside),
            possibly: sum_of(&figure.possibly_inside),
            position: figure.log_position.unwrap_or_default(),
            rules: figure.rules.clone(),
        });
        let mut withheld: BTreeMap<Withheld, u64> = BTreeMap::new();
        for why in site.claims.values().filter_map(|claim| claim.withheld) {
            *withheld.entry(why).or_default() += 1;
        }
        let named = site.incidents.iter().flat_map(|incident| &incident.people);
        for why in named.filter_map(|person| person.withheld) {
            *withheld.entry(why).or_default() += 1;
        }
        let data = [
            "figures.json",
            "figures.csv",
            "places.csv",
            "incidents.json",
            "incidents.csv",
            "claims.json",
            "persons.csv",
            "rules.json",
            "codebook.csv",
        ];
        SiteIndexPage {
            figures: figures.collect(),
            incidents: site.incidents.len() as u64,
            claims: site.claims.values().filter(|claim| claim.withheld.is_none()).count() as u64,
            withheld: withheld.into_iter().map(|(why, count)| WithheldCount { why, count }).collect(),
            made: site.made.clone(),
            downloads: data.iter().map(|name| self.file(&format!("data/{name}"))).collect(),
        }
    }

    fn about(&self) -> AboutPage {
        let site = self.site;
        let mut rules: Vec<_> = site.figures.iter().map(|figure| self.rules(figure)).collect();
        rules.dedup_by(|a, b| a.name == b.name);
        let watched = site
            .figures
            .iter()
            .max_by_key(|figure| figure.watched.len())
            .map(|figure| self.watched(&figure.watched));
        AboutPage {
            publisher: None,
            rules,
            watched: watched.unwrap_or_default(),
            programs: site.programs.clone(),
        }
    }

    /// A file of the release, from this page.
    fn file(&self, path: &str) -> FileLink {
        let up = self.links.stylesheet().replace("style.css", "");
        FileLink {
            name: path.rsplit('/').next().unwrap_or(path).to_owned(),
            kind: FileKind::Made,
            href: format!("{up}{path}"),
            bytes: None,
        }
    }

    fn watched(&self, notes: &[ReleasedWatch]) -> Vec<Watched> {
        let told = notes.iter().map(|note| Watched {
            period: note.period.clone(),
            places: note.places.iter().map(|place| place.get().clone()).collect(),
            what: note.searched.get().clone(),
            dark: (!note.dark.is_empty())
                .then(|| note.dark.iter().map(|dark| dark.get().clone()).collect::<Vec<_>>().join("; ")),
            act: Act { entry: None, by: None, at: note.noted.clone() },
        });
        told.collect()
    }

    /// The name of a party in the reader's language.
    fn actor(&self, code: &str) -> String {
        self.site
            .actors
            .get(code)
            .map_or_else(|| code.to_owned(), |actor| actor.label(self.language).to_owned())
    }

    fn place_name(&self, place: &PublicPlace) -> Option<String> {
        self.either(place.name_en.as_ref(), place.name_ar.as_ref())
    }

    /// The title that a person gave a figure; none where it is called by its question.
    fn given_title(&self, figure: &ReleasedFigure) -> Option<String> {
        let titles = [(Language::En, &figure.title_en), (Language::Ar, &figure.title_ar)];
        let title = titles.into_iter().find(|(language, _)| *language == self.language)?.1.get();
        figure.question.given_title(title, figure.id.as_str()).map(str::to_owned)
    }

    fn either(&self, en: Option<&String>, ar: Option<&String>) -> Option<String> {
        match self.language {
            Language::En => en.or(ar),
            Language::Ar => ar.or(en),
        }
        .cloned()
    }

    /// A cleared incident in short, or that there is one.
    fn title(&self, key: &str, record: &str) -> Option<IncidentTitle> {
        let id = IncidentId::new(record).ok()?;
        let Some(incident) = self.site.index.incidents.get(key) else {
            return Some(self.closed_title(id, Withheld::NotCleared));
        };
        let place = incident.places.first().map(|(_, place)| Public::get(place));
        Some(IncidentTitle {
            href: Some(self.links.incident(&id)),
            place: place.and_then(|place| self.place_name(place)).map(Shown::Open),
            within: place
                .and_then(|place| place.within.first())
                .and_then(|(en, ar)| self.either(en.as_ref(), ar.as_ref())),
            precision: place.map_or(PlacePrecision::NotPlaced, |place| place.precision),
            when: incident.when.clone(),
            id,
        })
    }

    fn closed_title(&self, id: IncidentId, why: Withheld) -> IncidentTitle {
        IncidentTitle {
            id,
            href: None,
            place: Some(Shown::Withheld(why)),
            within: None,
            precision: PlacePrecision::NotPlaced,
            when: When::unknown(),
        }
    }

    /// A claim with its quotes; with its document where the page does not stand under it.
    fn claim(&self, claim: &ReleasedClaim, with_document: bool) -> ClaimLine {
        let document = self.site.documents.get(&claim.document_key);
        let href = self.href(claim);
        let quotes = match claim.withheld {
            Some(why) => vec![Shown::Withheld(why)],
            None => self.quotes(claim, document, href.clone()).into_iter().map(Shown::Open).collect(),
        };
        ClaimLine {
            id: claim.id.clone(),
            content: match (&claim.content, claim.withheld) {
                (Some(content), _) => Shown::Open(content.clone()),
                (None, why) => Shown::Withheld(why.unwrap_or(Withheld::NotCleared)),
            },
            quotes,
            document: document
                .filter(|_| with_document)
                .map(|document| document.link(&self.links, self.site.words())),
            modality: claim.modality,
            polarity: claim.polarity,
            basis: claim.basis.clone(),
            entered: None,
            speaker: claim.speaker.clone(),
            rejected: None,
            href,
        }
    }

    /// Where a claim stands in its document, where both are shown.
    fn href(&self, claim: &ReleasedClaim) -> Option<String> {
        let document = self.site.documents.get(&claim.document_key)?;
        (document.has_page() && claim.withheld.is_none())
            .then(|| self.links.claim_in_document(&document.id, &claim.id))
    }

    /// The words of a claim in their sentences; alone where the text is not part of the release.
    fn quotes(&self, claim: &ReleasedClaim, document: Option<&Document>, href: Option<String>) -> Vec<Quote> {
        let text = document.and_then(|document| document.text.as_ref()).map(|text| text.text.as_str());
        let range = |quote: &ReleasedQuote| match quote.span {
            sijil_model::Span::Text { byte_start, byte_end, .. } => {
                Some(byte_start as usize..byte_end as usize)
            }
            sijil_model::Span::Cell { .. } => None,
        };
        match (text, claim.quotes.iter().map(range).collect::<Option<Vec<_>>>()) {
            (Some(text), Some(ranges)) => Quote::of(text, &ranges, href.as_deref()),
            _ => claim.quotes.iter().map(|quote| Quote::alone(None, &quote.text, href.clone())).collect(),
        }
    }

    fn standing_figures(&self, incident: &ReleasedIncident) -> Vec<StandsIn> {
        let mut standing = Vec::new();
        for figure in self.site.figures {
            if let Some(record) = figure.records.iter().find(|record| record.key == incident.key) {
                let claims = self.claim_links(&record.claims);
                let text = Shown::Open(
                    self.either(Some(figure.title_en.get()), Some(figure.title_ar.get())).unwrap_or_default(),
                );
                let link = Link { text, href: Some(self.links.figure(&figure.id)) };
                standing.push(StandsIn { figure: link, sum: sum_of(&figure.inside), claims });
            }
        }
        standing
    }

    fn claim_links(&self, ids: &[ClaimId]) -> Vec<ClaimLink> {
        let href = |id: &ClaimId| self.site.index.claims.get(id).and_then(|claim| self.href(claim));
        ids.iter().map(|id| ClaimLink { id: id.clone(), href: href(id) }).collect()
    }
}

/// A pool as the sum that a page shows.
pub(crate) fn is_empty(sum: &Sum) -> bool {
    sum.incidents == 0
}
