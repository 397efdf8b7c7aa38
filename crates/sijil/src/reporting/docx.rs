//! A report as a word processor's document (ECMA-376): paragraphs, tables, links within, and bars as shaded cells.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use sijil_model::Language;
use zip::write::SimpleFileOptions;

use super::picture::{CERTAIN, POSSIBLE, bars};
use super::{Block, Piece, Report, Row, escape};
use crate::failure::Failure;

/// Width of a picture's scale, and of its names, in twentieths of a point.
const SCALE: u64 = 5600;
const NAMES: u64 = 2600;
const ARROW: u64 = 500;

const TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/><Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/></Types>";
const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
const DOCUMENT_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>";

/// The document's bytes; the same reports give the same bytes.
///
/// # Errors
/// None that memory does not give.
pub fn write(reports: &[Report]) -> Result<Vec<u8>, Failure> {
    let mut body = Body::default();
    for (place, report) in reports.iter().enumerate() {
        body.right_to_left = report.language == Language::Ar;
        if place > 0 {
            body.out.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
        }
        body.paragraph("Title", None, &[Piece::words(report.title.clone())]);
        report.blocks.iter().for_each(|block| body.block(block));
    }
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{}<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1200\" w:right=\"1200\" w:bottom=\"1200\" w:left=\"1200\" w:header=\"600\" w:footer=\"600\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
        body.out
    );
    let parts: [(&str, &str); 5] = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS),
        ("word/styles.xml", &styles()),
        ("word/document.xml", &document),
    ];
    packed(&parts).map_err(|cause| Failure::Internal(format!("the document cannot be packed: {cause}")))
}

fn packed(parts: &[(&str, &str)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive
            .start_file(*name, SimpleFileOptions::default().last_modified_time(zip::DateTime::default()))?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

fn styles() -> String {
    let style = |id: &str, name: &str, size: u32, bold: bool, level: Option<u32>| {
        let bold = if bold { "<w:b/><w:bCs/>" } else { "" };
        let level = level.map(|level| format!("<w:outlineLvl w:val=\"{level}\"/>")).unwrap_or_default();
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:pPr><w:keepNext/><w:spacing w:before=\"240\" w:after=\"80\"/>{level}</w:pPr><w:rPr>{bold}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr></w:style>"
        )
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:cs=\"Arial\"/><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/></w:rPr></w:rPrDefault></w:docDefaults>{}{}{}</w:styles>",
        style("Title", "Title", 36, true, None),
        style("Heading2", "heading 2", 28, true, Some(1)),
        style("Heading3", "heading 3", 23, true, Some(2)),
    )
}

#[derive(Default)]
struct Body {
    out: String,
    right_to_left: bool,
    /// Bookmarks have numbers.
    marks: u32,
}

impl Body {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, anchor, text } => {
                let style = if *level == 2 { "Heading2" } else { "Heading3" };
                self.paragraph(style, anchor.as_deref(), &[Piece::words(text.clone())]);
            }
            Block::Text(pieces) => self.paragraph("", None, pieces),
            Block::Points(points) => {
                for point in points {
                    let with_dot: Vec<Piece> =
                        std::iter::once(Piece::words("• ")).chain(point.iter().cloned()).collect();
                    self.paragraph("", None, &with_dot);
                }
            }
            Block::Table(header, rows) => self.table(header, rows),
            Block::Picture(picture) => self.picture(picture),
        }
    }

    fn paragraph(&mut self, style: &str, anchor: Option<&str>, pieces: &[Piece]) {
        let style = if style.is_empty() { String::new() } else { format!("<w:pStyle w:val=\"{style}\"/>") };
        let direction = if self.right_to_left { "<w:bidi/>" } else { "" };
        self.out += &format!("<w:p><w:pPr>{style}{direction}</w:pPr>");
        if let Some(anchor) = anchor {
            self.marks += 1;
            let mark = self.marks;
            // Writing to a string cannot fail.
            let _ = write!(
                self.out,
                "<w:bookmarkStart w:id=\"{mark}\" w:name=\"{anchor}\"/><w:bookmarkEnd w:id=\"{mark}\"/>"
            );
        }
        pieces.iter().for_each(|piece| self.piece(piece));
        self.out.push_str("</w:p>");
    }

    fn piece(&mut self, piece: &Piece) {
        let direction = if self.right_to_left { "<w:rtl/>" } else { "" };
        let run = |properties: &str, text: &str| {
            format!(
                "<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
                escape(text)
            )
        };
        self.out += &match piece {
            Piece::Words(text) | Piece::Said(text) => run(direction, text),
            Piece::Code(text) => {
                run("<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\"/><w:sz w:val=\"17\"/>", text)
            }
            Piece::Number { text, opens } => {
                let properties = format!("<w:color w:val=\"1c4a66\"/><w:u w:val=\"single\"/>{direction}");
                format!("<w:hyperlink w:anchor=\"{opens}\">{}</w:hyperlink>", run(&properties, text))
            }
        };
    }

    fn table(&mut self, header: &[String], rows: &[Row]) {
        let direction = if self.right_to_left { "<w:bidiVisual/>" } else { "" };
        self.out += &format!(
            "<w:tbl><w:tblPr>{direction}<w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblBorders><w:bottom w:val=\"single\" w:sz=\"4\" w:color=\"dcd9d3\"/><w:insideH w:val=\"single\" w:sz=\"4\" w:color=\"dcd9d3\"/></w:tblBorders></w:tblPr><w:tblGrid>{}</w:tblGrid>",
            "<w:gridCol/>".repeat(header.len())
        );
        let head = header.iter().map(|cell| vec![Piece::words(cell.clone())]).collect::<Vec<_>>();
        self.row("<w:trPr><w:tblHeader/></w:trPr>", None, &head);
        rows.iter().for_each(|row| self.row("", row.anchor.as_deref(), &row.cells));
        self.out.push_str("</w:tbl><w:p/>");
    }

    fn row(&mut self, properties: &str, anchor: Option<&str>, cells: &[Vec<Piece>]) {
        self.out += &format!("<w:tr>{properties}");
        for (place, cell) in cells.iter().enumerate() {
            self.out.push_str("<w:tc><w:tcPr><w:tcW w:w=\"0\" w:type=\"auto\"/></w:tcPr>");
            self.paragraph("", anchor.filter(|_| place == 0), cell);
            self.out.push_str("</w:tc>");
        }
        self.out.push_str("</w:tr>");
    }

    /// Each bar is a table of one row: its name, what is certain (dark), what is possible (light), an arrow where it is open.
    fn picture(&mut self, picture: &super::Picture) {
        self.paragraph("", None, &[Piece::Said(picture.told.clone())]);
        let direction = if self.right_to_left { "<w:bidiVisual/>" } else { "" };
        for ((name, _), bar) in picture.rows.iter().zip(bars(picture)) {
            let certain = bar.certain * SCALE / 1000;
            let possible = bar.possible * SCALE / 1000;
            let mut cells = vec![
                (NAMES, None, name.as_str()),
                (certain, Some(CERTAIN), ""),
                (possible, Some(POSSIBLE), ""),
            ];
            if bar.open {
                cells.push((ARROW, None, if self.right_to_left { "←" } else { "→" }));
            }
            cells.retain(|(width, _, text)| *width > 0 || !text.is_empty());
            let grid: String =
                cells.iter().map(|(width, ..)| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
            self.out += &format!(
                "<w:tbl><w:tblPr>{direction}<w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr>"
            );
            for (width, shade, text) in cells {
                let shade = shade
                    .map(|shade| format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{shade}\"/>"))
                    .unwrap_or_default();
                self.out += &format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{shade}</w:tcPr>");
                self.paragraph("", None, &[Piece::Said(text.to_owned())]);
                self.out.push_str("</w:tc>");
            }
            self.out.push_str("</w:tr></w:tbl><w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"40\" w:lineRule=\"exact\"/></w:pPr></w:p>");
        }
    }
}
