//! How much work a page will be, told from its tags before the tree is built.
//!
//! The browser's rules for broken markup are quadratic for hostile pages: each tag looks through all that are open,
//! each attribute through those before it, and formatting that is never closed is repeated in each paragraph. An
//! honest page of megabytes stays far below these bounds; what is above them would take minutes or all memory.

use memchr::{memchr, memmem};

/// Open elements looked through, all tags together.
const LOOKED_THROUGH: u64 = 200_000_000;
/// Formatting elements that are open, all tags together.
const REPEATED: u64 = 10_000_000;
/// Attributes compared.
const COMPARED: u64 = 200_000_000;

/// Elements that have no end.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];
/// Elements that are ended by the next of their kind.
const ENDED_BY_NEXT: [&str; 17] = [
    "li", "p", "td", "tr", "th", "dt", "dd", "option", "optgroup", "thead", "tbody", "tfoot", "colgroup",
    "rt", "rp", "html", "body",
];
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Whether building the page's tree would take longer than any honest page does; the words say why.
pub(crate) fn is_too_much(source: &str) -> Option<&'static str> {
    let bytes = source.as_bytes();
    let (mut depth, mut formatting) = (0_u64, 0_u64);
    let (mut looked_through, mut repeated, mut compared) = (0_u64, 0_u64, 0_u64);
    let mut position = 0;
    while let Some(found) = memchr(b'<', &bytes[position..]) {
        position += found + 1;
        let rest = &bytes[position..];
        if rest.starts_with(b"!--") {
            position += memmem::find(rest, b"-->").map_or(rest.len(), |end| end + 3);
            continue;
        }
        let ends = rest.first() == Some(&b'/');
        let name = name(&rest[usize::from(ends)..]);
        if name.is_empty() {
            continue;
        }
        let (length, attributes) = tag(rest);
        position += length;
        compared += attributes * attributes / 2;
        let counts = !VOID.contains(&name.as_str()) && !ENDED_BY_NEXT.contains(&name.as_str());
        let formats = u64::from(FORMATTING.contains(&name.as_str()));
        if ends {
            depth = depth.saturating_sub(u64::from(counts));
            formatting = formatting.saturating_sub(formats);
        } else {
            depth += u64::from(counts);
            formatting += formats;
        }
        looked_through += depth;
        repeated += formatting;
        if !ends && matches!(name.as_str(), "script" | "style") {
            let end = format!("</{name}");
            let rest = &bytes[position..];
            position += memmem::find(rest, end.as_bytes()).unwrap_or(0);
        }
    }
    match () {
        () if looked_through > LOOKED_THROUGH => Some("its elements are nested deeper than any page's"),
        () if repeated > REPEATED => Some("its formatting is never closed"),
        () if compared > COMPARED => Some("its elements have more attributes than any page's"),
        () => None,
    }
}

fn name(bytes: &[u8]) -> String {
    let letters = bytes.iter().take(16).take_while(|byte| byte.is_ascii_alphanumeric());
    letters.map(|byte| char::from(byte.to_ascii_lowercase())).collect()
}

/// Length of a tag up to and with its `>`, and how many attributes it has at most.
fn tag(bytes: &[u8]) -> (usize, u64) {
    let mut attributes = 0;
    let mut quote = None;
    let mut previous = b' ';
    for (index, byte) in bytes.iter().copied().enumerate() {
        match quote {
            Some(mark) if byte == mark => quote = None,
            Some(_) => {}
            None if byte == b'>' => return (index + 1, attributes),
            None if matches!(byte, b'"' | b'\'') && previous == b'=' => quote = Some(byte),
            None => {
                let begins = matches!(previous, b' ' | b'\n' | b'\t' | b'\r' | 0x0C | b'/' | b'"' | b'\'');
                attributes += u64::from(begins && !byte.is_ascii_whitespace());
            }
        }
        if !byte.is_ascii_whitespace() || previous != b'=' {
            previous = byte;
        }
    }
    (bytes.len(), attributes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn honest_pages_are_read_however_long() {
        let row = "<tr><td><a href='x y' class=\"a b\">Nadim</a><td>3<br><li>x<p>y";
        assert_eq!(is_too_much(&format!("<table>{}</table>", row.repeat(100_000))), None);
        assert_eq!(is_too_much(&format!("<script>{}</script>", "'<div>'".repeat(100_000))), None);
        assert_eq!(is_too_much(&format!("<!--{}-->", "<div>".repeat(100_000))), None);
    }

    #[test]
    fn hostile_pages_are_told() {
        assert!(is_too_much(&"<div>".repeat(100_000)).unwrap().contains("nested"));
        let bold: String = (0..1000).map(|id| format!("<b id={id}>")).collect();
        assert!(
            is_too_much(&format!("<p>{bold}</p>{}", "<p>x</p>".repeat(10_000)))
                .unwrap()
                .contains("formatting")
        );
        let attributes: String = (0..100_000).map(|id| format!(" a{id}")).collect();
        assert!(is_too_much(&format!("<div{attributes}>")).unwrap().contains("attributes"));
    }
}
