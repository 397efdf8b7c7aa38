//! A report of figures, ready for a publication: methods, tables and pictures, in both languages, as Markdown, a page or DOCX.
//!
//! [`compose`] says what stands in it, the writers how it looks. Every number of a figure is a link to the incidents that
//! it is added up from, and each incident to the words of the rule and to the command that opens its claims.

mod compose;
mod docx;
mod html;
mod markdown;
mod picture;
mod words;

pub use compose::compose;

use sijil_count::Tally;
use sijil_model::Language;

/// A report in one language.
pub struct Report {
    /// The language.
    pub language: Language,
    /// Its title.
    pub title: String,
    /// What stands in it, in order.
    pub blocks: Vec<Block>,
}

impl Report {
    /// The report with all its words said otherwise: ids, commands and numbers stay.
    pub fn said_as(mut self, say: impl Fn(&str) -> String) -> Self {
        let change = |text: &mut String| *text = say(text);
        change(&mut self.title);
        for block in &mut self.blocks {
            match block {
                Block::Heading { text, .. } => change(text),
                Block::Text(pieces) => pieces.iter_mut().filter_map(Piece::said).for_each(change),
                Block::Points(points) => points.iter_mut().flatten().filter_map(Piece::said).for_each(change),
                Block::Table(header, rows) => {
                    header.iter_mut().for_each(change);
                    let cells = rows.iter_mut().flat_map(|row| &mut row.cells).flatten();
                    cells.filter_map(Piece::said).for_each(change);
                }
                Block::Picture(picture) => picture.rows.iter_mut().for_each(|(name, _)| change(name)),
            }
        }
        self
    }
}

/// One block of a report.
pub enum Block {
    /// A heading, of the second level or the third, and the name by which it is linked to.
    Heading {
        /// 2 or 3.
        level: u8,
        /// What is linked to.
        anchor: Option<String>,
        /// Its words.
        text: String,
    },
    /// A paragraph.
    Text(Vec<Piece>),
    /// Points.
    Points(Vec<Vec<Piece>>),
    /// A table: its header, then rows of as many cells.
    Table(Vec<String>, Vec<Row>),
    /// Intervals under each other.
    Picture(Picture),
}

/// A row of a table.
pub struct Row {
    /// The name by which it is linked to.
    pub anchor: Option<String>,
    /// Its cells.
    pub cells: Vec<Vec<Piece>>,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Words(String),
    /// A number of a figure, and what it opens.
    Number {
        /// In words: "at least 14".
        text: String,
        /// The anchor in this report that shows what it is made of.
        opens: String,
    },
    /// What is said elsewhere and stands here as it is: a date, a rule's text, a reason, a name.
    Said(String),
    /// An id or a command.
    Code(String),
}

impl Piece {
    /// Words.
    pub fn words(text: impl Into<String>) -> Self {
        Self::Words(text.into())
    }

    /// What is said elsewhere, where the piece is that.
    fn said(&mut self) -> Option<&mut String> {
        if let Self::Said(text) = self { Some(text) } else { None }
    }
}

/// Intervals under each other.
pub struct Picture {
    /// The same in words, for whoever does not see it.
    pub told: String,
    /// Each with its name.
    pub rows: Vec<(String, Tally)>,
    /// Whether numbers grow from right to left.
    pub right_to_left: bool,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Markdown with pictures as inline SVG.
    Markdown,
    /// One page without script.
    Html,
    /// A word processor's document.
    Docx,
}

impl Format {
    /// The format of a file's ending.
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Format::Markdown),
            "html" | "htm" => Some(Format::Html),
            "docx" => Some(Format::Docx),
            _ => None,
        }
    }

    /// The bytes of a report in one language or in several, one after the other.
    pub fn write(self, reports: &[Report]) -> Result<Vec<u8>, crate::failure::Failure> {
        match self {
            Format::Markdown => Ok(markdown::write(reports).into_bytes()),
            Format::Html => Ok(html::write(reports).into_bytes()),
            Format::Docx => docx::write(reports),
        }
    }
}

/// Text as it may stand in a page or in XML, without the controls that XML forbids.
fn escape(text: &str) -> String {
    let is_forbidden = |letter: char| letter.is_control() && !matches!(letter, '\t' | '\n' | '\r');
    let text: String = text.chars().filter(|letter| !is_forbidden(*letter)).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
