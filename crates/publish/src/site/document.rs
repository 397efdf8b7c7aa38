//! A document's page: its text with the claims marked, as far as it goes out.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use sijil_model::{ClaimId, Span};
use sijil_page::mark_up;
use sijil_page::view::{
    Body, DocumentPage, EntryLink, IncidentTitle, Link, Origin, Paging, PersonLine, Proof, Shown, TableCell,
    TableRow, Withheld,
};

use super::Room;
use crate::claims::ReleasedClaim;
use crate::documents::Document;
use crate::error::Result;
use crate::proofs::EntryProof;

impl Document {
    /// Whether there is anything of it to show.
    pub fn has_page(&self) -> bool {
        self.allowed.is_ok() && (self.text.is_some() || !self.cells.is_empty())
    }
}

impl Room<'_> {
    pub(super) fn document(&self, document: &Document) -> Result<DocumentPage> {
        let claims = self.site.index.of_document.get(document.row.id.as_str()).into_iter().flatten();
        let mut shown: Vec<&ReleasedClaim> =
            claims.copied().filter(|claim| claim.withheld.is_none()).collect();
        shown.sort_by_key(|claim| (claim.quotes.first().map(|quote| quote.span), claim.id.clone()));
        let link = document.link(&self.links, self.site.words());
        Ok(DocumentPage {
            enter: None,
            id: document.id.clone(),
            body: self.body(document, &shown)?,
            language: document.language,
            origin: Origin {
                source: link.source.clone().map(|text| Link { text, href: None }),
                file_name: None,
                address: None,
                media_type: Some(document.row.media_type.clone()),
                bytes: document.is_whole().then_some(document.row.size),
                published: document.published.clone(),
                received: None,
                reader: None,
                text_hash: document
                    .text
                    .as_ref()
                    .filter(|_| document.is_whole())
                    .map(|text| hex::encode(Sha256::digest(&text.text))),
            },
            title: link.title,
            wanted: None,
            reposts: Vec::new(),
            incidents: self.incidents_of(&shown),
            people: self.people_of(&shown),
            claims: shown.iter().map(|claim| self.claim(claim, false)).collect(),
            proof: self.site.proofs.get(&document.row.id).and_then(|proof| self.proof(proof)),
            downloads: vec![self.file(&document.file())],
            decide: None,
            reject: None,
            notice: None,
        })
    }

    /// The incidents that these claims tell of.
    fn incidents_of(&self, claims: &[&ReleasedClaim]) -> Vec<IncidentTitle> {
        let told: BTreeSet<&str> = claims.iter().filter_map(|claim| claim.incident.as_deref()).collect();
        let incidents = self.site.incidents.iter().filter(|incident| told.contains(incident.id.as_str()));
        incidents.filter_map(|incident| self.title(&incident.key, incident.id.as_str())).collect()
    }

    /// The people whom these claims name.
    fn people_of(&self, claims: &[&ReleasedClaim]) -> Vec<PersonLine> {
        let people = self.site.incidents.iter().flat_map(|incident| &incident.people);
        let here: BTreeSet<&ClaimId> = claims.iter().map(|claim| &claim.id).collect();
        let named = people
            .filter(|person| person.name.is_some() && person.claims.iter().any(|claim| here.contains(claim)));
        named.map(|person| self.person(person)).collect()
    }

    fn body(&self, document: &Document, claims: &[&ReleasedClaim]) -> Result<Body> {
        if let Some(text) = &document.text {
            let spans = claims
                .iter()
                .flat_map(|claim| claim.quotes.iter().map(|quote| (claim.id.clone(), quote.span)));
            let spans: Vec<(ClaimId, Span)> = spans.collect();
            return Ok(Body::Text { text: mark_up(&text.text, 0, &spans)?, paging: None });
        }
        if document.cells.is_empty() {
            return Ok(Body::Withheld(Withheld::Document));
        }
        let mut rows: BTreeMap<u32, Vec<TableCell>> = BTreeMap::new();
        for ((row, column), text) in &document.cells {
            let here = Span::Cell { row: *row, column: *column };
            let resting = claims.iter().filter(|claim| claim.quotes.iter().any(|quote| quote.span == here));
            let cell = TableCell {
                text: Shown::Open(text.clone()),
                claims: resting.map(|claim| claim.id.clone()).collect(),
            };
            rows.entry(*row).or_default().push(cell);
        }
        let rows = rows
            .into_iter()
            .map(|(number, cells)| TableRow {
                number: number.into(),
                anchors: cells.iter().flat_map(|cell| cell.claims.clone()).collect(),
                cells,
            })
            .collect();
        Ok(Body::Table { header: Vec::new(), rows, paging: Paging::default() })
    }

    fn proof(&self, proof: &EntryProof) -> Option<Proof> {
        let mut lines = proof.checkpoint.lines();
        let (size, root) = (lines.nth(1)?.parse().ok()?, lines.next()?);
        let digits = |base64: &str| BASE64_STANDARD.decode(base64).map(hex::encode).unwrap_or_default();
        let leaf_hash = Sha256::new().chain_update([0]).chain_update(&proof.leaf).finalize();
        Some(Proof {
            entry: EntryLink { number: proof.index + 1, href: None },
            index: proof.index,
            fingerprint: self.site.fingerprint.clone(),
            origin: self.site.origin.clone(),
            leaf_hash: hex::encode(leaf_hash),
            path: proof.path.iter().map(|hash| digits(hash)).collect(),
            size,
            root: digits(root),
            checkpoint: Some(self.file("proofs/checkpoint")),
        })
    }
}
