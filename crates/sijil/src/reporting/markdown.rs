//! A report as Markdown, with anchors and pictures as the HTML that Markdown allows.

use super::{Block, Piece, Report, escape, picture};

/// All reports, one after the other.
pub fn write(reports: &[Report]) -> String {
    let mut parts = Vec::new();
    for report in reports {
        parts.push(format!("# {}", tame(&report.title)));
        parts.extend(report.blocks.iter().map(block));
    }
    parts.join("\n\n") + "\n"
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading { level, anchor, text } => {
            format!("{} {}{}", "#".repeat(usize::from(*level)), named(anchor.as_deref()), tame(text))
        }
        Block::Text(text) => pieces(text),
        Block::Points(points) => {
            points.iter().map(|point| format!("- {}", pieces(point))).collect::<Vec<_>>().join("\n")
        }
        Block::Table(header, rows) => {
            let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
            let mut lines = vec![
                line(header.iter().map(|cell| tame(cell)).collect()),
                line(header.iter().map(|_| "---".to_owned()).collect()),
            ];
            lines.extend(rows.iter().map(|row| {
                let mut cells: Vec<String> = row.cells.iter().map(|cell| pieces(cell)).collect();
                if let Some(first) = cells.first_mut() {
                    first.insert_str(0, &named(row.anchor.as_deref()));
                }
                line(cells)
            }));
            lines.join("\n")
        }
        Block::Picture(shown) => picture::svg(shown),
    }
}

fn named(anchor: Option<&str>) -> String {
    anchor.map(|anchor| format!("<a id=\"{anchor}\"></a>")).unwrap_or_default()
}

fn pieces(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Words(text) | Piece::Said(text) => tame(text),
        Piece::Number { text, opens } => format!("[{}](#{opens})", tame(text)),
        Piece::Code(text) => format!("`{}`", text.replace('`', "'")),
    };
    pieces.iter().map(piece).collect()
}

/// Words that Markdown reads as words, in a table too.
fn tame(text: &str) -> String {
    let mut tamed = escape(text).replace(['\n', '\r'], " ");
    for mark in ['\\', '|', '*', '_', '`', '[', ']', '#'] {
        tamed = tamed.replace(mark, &format!("\\{mark}"));
    }
    tamed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        let pieces = [Piece::Said("a|b *c* <d> [e]".into()), Piece::Code("x`y".into())];
        assert_eq!(super::pieces(&pieces), "a\\|b \\*c\\* &lt;d&gt; \\[e\\]`x'y`");
    }
}
