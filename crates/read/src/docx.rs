//! Word documents: paragraphs as lines, table rows as lines with tabs, footnotes after the text.
//!
//! Insertions are read and deletions are not; what headers, footers and comments say is not part of the text.

use std::io::Cursor;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::container::member_bytes;
use crate::error::ReadError;
use crate::reading::{Direction, MetadataField, Metadatum, Text};
use crate::task::Task;
use crate::warning::Warning;

const KIND: &str = "Word document";

/// A document as read.
pub(crate) struct Document {
    pub(crate) text: Text,
    pub(crate) metadata: Vec<Metadatum>,
    pub(crate) warnings: Vec<Warning>,
}

/// Reads a document from its bytes.
pub(crate) fn read(task: &Task<'_>, bytes: &[u8]) -> Result<Document, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| task.damaged(KIND, error))?;
    let mut part = |name: &str| match archive.index_for_name(name) {
        Some(index) => member_bytes(task, &mut archive, index, task.name).map(Some),
        None => Ok(None),
    };
    let mut body = Body::default();
    let main = part("word/document.xml")?.ok_or_else(|| task.damaged(KIND, "its text is missing"))?;
    body.read(&main).map_err(|cause| task.damaged(KIND, cause))?;
    if let Some(footnotes) = part("word/footnotes.xml")? {
        body.read(&footnotes).map_err(|cause| task.damaged(KIND, cause))?;
    }
    let metadata = part("docProps/core.xml")?.map(|core| core_properties(&core)).unwrap_or_default();
    if body.text.trim().is_empty() {
        return Err(task.empty());
    }
    let direction = (body.rtl_paragraphs * 2 > body.paragraphs).then_some(Direction::Rtl);
    let mut text = Text::whole(body.text).declared(direction);
    if let Some(part) = text.parts.first_mut() {
        part.title = metadata
            .iter()
            .find(|found| found.field == MetadataField::Title)
            .map(|found| found.value.clone());
    }
    let deletions = body.deletions;
    let warnings = (deletions > 0 || body.insertions > 0).then_some(Warning::TrackedChanges { deletions });
    Ok(Document { text, metadata, warnings: warnings.into_iter().collect() })
}

/// Text of a document part, built event by event.
#[derive(Default)]
struct Body {
    text: String,
    paragraph: String,
    /// Rows that are open, each with its cells; a table may stand in a cell of another.
    rows: Vec<Vec<String>>,
    paragraphs: u64,
    rtl_paragraphs: u64,
    insertions: u64,
    deletions: u64,
    /// Elements that are open whose text is not read.
    skipped: usize,
    in_text: bool,
}

/// Elements whose content is not text of the document: properties, deletions, moved-away text, field codes,
/// the second form of what stands in `mc:Choice`.
fn is_skipped(name: &[u8]) -> bool {
    matches!(
        name,
        b"pPr"
            | b"rPr"
            | b"sectPr"
            | b"tblPr"
            | b"del"
            | b"moveFrom"
            | b"instrText"
            | b"Fallback"
            | b"delText"
    )
}

impl Body {
    fn read(&mut self, xml: &[u8]) -> Result<(), String> {
        let mut reader = Reader::from_reader(xml);
        reader.config_mut().check_end_names = true;
        let mut depth = 0_usize;
        loop {
            match reader.read_event().map_err(|error| error.to_string())? {
                Event::Start(start) => {
                    depth += 1;
                    self.open(&start);
                }
                Event::Empty(start) => {
                    self.open(&start);
                    self.close(start.local_name().as_ref());
                }
                Event::End(end) => {
                    depth -= 1;
                    self.close(end.local_name().as_ref());
                }
                Event::Text(text) if self.reads() => {
                    self.paragraph.push_str(&text.xml10_content().map_err(|error| error.to_string())?);
                }
                Event::CData(text) if self.reads() => {
                    self.paragraph.push_str(&text.decode().map_err(|error| error.to_string())?);
                }
                Event::GeneralRef(entity) if self.reads() => self.paragraph.push_str(&resolved(&entity)?),
                Event::Eof if depth > 0 => return Err("its text ends in the middle".to_owned()),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn reads(&self) -> bool {
        self.in_text && self.skipped == 0
    }

    fn open(&mut self, start: &BytesStart<'_>) {
        let name = start.local_name();
        let name = name.as_ref();
        match name {
            b"bidi" if self.skipped > 0 && !is_off(start) => self.rtl_paragraphs += 1,
            b"del" => self.deletions += 1,
            b"ins" if self.skipped == 0 => self.insertions += 1,
            _ => {}
        }
        self.skipped += usize::from(is_skipped(name));
        if self.skipped > 0 {
            return;
        }
        match name {
            b"t" => self.in_text = true,
            b"tab" | b"ptab" => self.paragraph.push('\t'),
            b"br" | b"cr" => self.paragraph.push('\n'),
            b"noBreakHyphen" => self.paragraph.push('\u{2011}'),
            b"tr" => self.rows.push(Vec::new()),
            b"tc" => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(String::new());
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &[u8]) {
        let reads = self.skipped == 0;
        self.skipped -= usize::from(is_skipped(name) && self.skipped > 0);
        if !reads {
            return;
        }
        match name {
            b"t" => self.in_text = false,
            b"p" => {
                self.paragraphs += 1;
                let paragraph = std::mem::take(&mut self.paragraph);
                self.line(&paragraph);
            }
            b"tr" => {
                let cells = self.rows.pop().unwrap_or_default();
                self.line(&cells.join("\t"));
            }
            _ => {}
        }
    }

    /// A line of the text, or words of the cell that is open.
    fn line(&mut self, line: &str) {
        match self.rows.last_mut().and_then(|row| row.last_mut()) {
            Some(cell) => {
                for words in line.split(['\n', '\t']).filter(|words| !words.is_empty()) {
                    if !cell.is_empty() {
                        cell.push(' ');
                    }
                    cell.push_str(words);
                }
            }
            None => {
                if !self.text.is_empty() {
                    self.text.push('\n');
                }
                self.text.push_str(line);
            }
        }
    }
}

/// `w:val="0"` switches a property off.
fn is_off(start: &BytesStart<'_>) -> bool {
    start.attributes().flatten().any(|attribute| {
        attribute.key.local_name().as_ref() == b"val"
            && matches!(attribute.value.as_ref(), b"0" | b"false" | b"off")
    })
}

/// The letter of `&amp;` or `&#x645;`; other entities have no meaning in these files.
fn resolved(entity: &quick_xml::events::BytesRef<'_>) -> Result<String, String> {
    if let Some(letter) = entity.resolve_char_ref().map_err(|error| error.to_string())? {
        return Ok(letter.to_string());
    }
    let name = entity.decode().map_err(|error| error.to_string())?;
    match quick_xml::escape::resolve_predefined_entity(&name) {
        Some(letters) => Ok(letters.to_owned()),
        None => Err(format!("the entity &{name}; is not known")),
    }
}

/// Title, creator and dates of `docProps/core.xml`; a broken one says nothing.
fn core_properties(xml: &[u8]) -> Vec<Metadatum> {
    let mut reader = Reader::from_reader(xml);
    let mut found: Vec<Metadatum> = Vec::new();
    let mut open: Option<(MetadataField, &'static str, String)> = None;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) => {
                open =
                    property(start.local_name().as_ref()).map(|(field, from)| (field, from, String::new()));
            }
            Event::Text(text) => {
                if let (Some((_, _, value)), Ok(words)) = (&mut open, text.xml10_content()) {
                    value.push_str(&words);
                }
            }
            Event::GeneralRef(entity) => {
                if let (Some((_, _, value)), Ok(letters)) = (&mut open, resolved(&entity)) {
                    value.push_str(&letters);
                }
            }
            Event::End(_) => {
                if let Some((field, from, value)) =
                    open.take().filter(|(_, _, value)| !value.trim().is_empty())
                {
                    found.push(Metadatum { field, value: value.trim().to_owned(), from: from.to_owned() });
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

fn property(name: &[u8]) -> Option<(MetadataField, &'static str)> {
    Some(match name {
        b"title" => (MetadataField::Title, "dc:title"),
        b"creator" => (MetadataField::Creator, "dc:creator"),
        b"lastModifiedBy" => (MetadataField::ModifiedBy, "cp:lastModifiedBy"),
        b"created" => (MetadataField::Created, "dcterms:created"),
        b"modified" => (MetadataField::Modified, "dcterms:modified"),
        _ => return None,
    })
}
