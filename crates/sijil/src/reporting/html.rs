//! A report as one page that needs no other file and no script.

use sijil_model::Language;

use super::{Block, Piece, Report, escape, picture};

const STYLE: &str = "body{font:16px/1.6 system-ui,\"Noto Sans\",\"Noto Sans Arabic\",sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1d1f21;background:#fff}\
h1{font-size:1.6rem}h2{margin-block-start:2.5rem;border-block-end:1px solid #1d1f21}table{display:block;overflow-x:auto;border-collapse:collapse;margin-block:1rem}td,th{border-block-end:1px solid #dcd9d3;padding:.3rem .75rem;text-align:start;vertical-align:top}\
a{color:#1c4a66}svg{max-width:100%;height:auto}code{font-size:.85em;overflow-wrap:anywhere}.date,td code{white-space:nowrap;overflow-wrap:normal}:target{background:#f5e8bf}article+article{border-block-start:4px solid #1d1f21;margin-block-start:4rem}";

/// All reports, one after the other.
pub fn write(reports: &[Report]) -> String {
    let first = reports.first();
    let language = first.map_or("en", |report| report.language.code());
    let title = first.map(|report| escape(&report.title)).unwrap_or_default();
    let articles: String = reports.iter().map(article).collect();
    format!(
        "<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head>\n<body>\n{articles}</body></html>\n"
    )
}

fn article(report: &Report) -> String {
    let direction = if report.language == Language::Ar { "rtl" } else { "ltr" };
    let blocks: String = report.blocks.iter().map(|one| block(one) + "\n").collect();
    format!(
        "<article lang=\"{}\" dir=\"{direction}\">\n<h1><bdi>{}</bdi></h1>\n{blocks}</article>\n",
        report.language.code(),
        escape(&report.title)
    )
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading { level, anchor, text } => {
            format!(
                "<h{level}{}><bdi class=\"said\">{}</bdi></h{level}>",
                id(anchor.as_deref()),
                escape(text)
            )
        }
        Block::Text(text) => format!("<p>{}</p>", pieces(text)),
        Block::Points(points) => {
            let points: String = points.iter().map(|point| format!("<li>{}</li>", pieces(point))).collect();
            format!("<ul>{points}</ul>")
        }
        Block::Table(header, rows) => {
            let header: String =
                header.iter().map(|cell| format!("<th scope=\"col\">{}</th>", escape(cell))).collect();
            let rows: String = rows
                .iter()
                .map(|row| {
                    let cells: String =
                        row.cells.iter().map(|cell| format!("<td>{}</td>", pieces(cell))).collect();
                    format!("<tr{}>{cells}</tr>", id(row.anchor.as_deref()))
                })
                .collect();
            format!("<table><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>")
        }
        Block::Picture(shown) => format!("<figure>{}</figure>", picture::svg(shown)),
    }
}

fn id(anchor: Option<&str>) -> String {
    anchor.map(|anchor| format!(" id=\"{anchor}\"")).unwrap_or_default()
}

fn pieces(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Words(text) => escape(text),
        Piece::Number { text, opens } => format!("<a href=\"#{opens}\"><bdi>{}</bdi></a>", escape(text)),
        Piece::Said(text) if is_date(text) => {
            format!("<bdi class=\"said\"><span class=\"date\">{}</span></bdi>", escape(text))
        }
        Piece::Said(text) => format!("<bdi class=\"said\">{}</bdi>", escape(text)),
        Piece::Code(text) => format!("<code dir=\"ltr\">{}</code>", escape(text)),
    };
    pieces.iter().map(piece).collect()
}

/// A date, a month, a week as a calendar writes them: no line ends within.
fn is_date(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
        && text.chars().all(|character| character.is_ascii_digit() || "-/~?XW".contains(character))
}
