//! A report as blocks, written as Markdown or as a page that needs nothing else.

/// One block.
pub enum Block {
    /// A heading of the second level.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// Points.
    Points(Vec<String>),
    /// A table: its header, then rows of as many cells.
    Table(Vec<&'static str>, Vec<Vec<String>>),
    /// A picture, as SVG.
    Picture(String),
}

/// A report.
pub struct Sheet {
    /// Its title.
    pub title: String,
    /// The language's code.
    pub language: &'static str,
    /// Whether it runs from right to left.
    pub right_to_left: bool,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

const STYLE: &str = "body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}\
table{border-collapse:collapse;margin:1rem 0}td,th{border-block-end:1px solid #bbb;padding:.25rem .75rem;text-align:start}\
svg{max-width:100%;height:auto}";

/// Text as it may stand in a page.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Text as it may stand in a cell of Markdown.
fn tame(text: &str) -> String {
    escape(text).replace('|', "\\|").replace('*', "\\*").replace('`', "\\`").replace(['\n', '\r'], " ")
}

impl Sheet {
    /// As Markdown, with pictures as inline SVG.
    pub fn markdown(&self) -> String {
        let mut parts = vec![format!("# {}", tame(&self.title))];
        for block in &self.blocks {
            parts.push(match block {
                Block::Heading(text) => format!("## {}", tame(text)),
                Block::Text(text) => tame(text),
                Block::Points(points) => {
                    points.iter().map(|point| format!("- {}", tame(point))).collect::<Vec<_>>().join("\n")
                }
                Block::Table(header, rows) => {
                    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
                    let mut lines = vec![
                        line(header.iter().map(|cell| (*cell).to_owned()).collect()),
                        line(header.iter().map(|_| "---".to_owned()).collect()),
                    ];
                    lines.extend(rows.iter().map(|row| line(row.iter().map(|cell| tame(cell)).collect())));
                    lines.join("\n")
                }
                Block::Picture(svg) => svg.clone(),
            });
        }
        parts.join("\n\n") + "\n"
    }

    /// As a page that needs no other file and no script.
    pub fn html(&self) -> String {
        let direction = if self.right_to_left { "rtl" } else { "ltr" };
        let title = escape(&self.title);
        let mut body = format!("<h1><bdi>{title}</bdi></h1>\n");
        for block in &self.blocks {
            body += &match block {
                Block::Heading(text) => format!("<h2>{}</h2>", escape(text)),
                Block::Text(text) => format!("<p>{}</p>", escape(text)),
                Block::Points(points) => {
                    let points: String = points
                        .iter()
                        .map(|point| format!("<li dir=\"auto\">{}</li>", escape(point)))
                        .collect();
                    format!("<ul>{points}</ul>")
                }
                Block::Table(header, rows) => {
                    let header: String = header.iter().map(|cell| format!("<th>{cell}</th>")).collect();
                    let row = |row: &Vec<String>| {
                        let cells = row.iter().map(|cell| format!("<td><bdi>{}</bdi></td>", escape(cell)));
                        format!("<tr>{}</tr>", cells.collect::<String>())
                    };
                    let rows: String = rows.iter().map(row).collect();
                    format!("<table><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>")
                }
                Block::Picture(svg) => svg.clone(),
            };
            body.push('\n');
        }
        format!(
            "<!doctype html>\n<html lang=\"{}\" dir=\"{direction}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head>\n<body>\n{body}</body></html>\n",
            self.language
        )
    }
}
