//! Text made safe for a page: escaped, isolated, and without invisible controls that turn a line around.

use std::fmt::Write as _;

use minijinja::HtmlEscape;

/// Text as HTML: escaped, and with every direction or other control letter shown as `[U+202E]` instead of obeyed.
///
/// It fits between tags and inside quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    HtmlEscape(&tame(text)).to_string()
}

/// Text with its direction controls and other control letters written out; line breaks and tabs stay.
///
/// The marks U+200E, U+200F and U+061C and the joiners only order the letters beside them; Arabic needs them, so they stay.
pub(crate) fn tame(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if turns_lines_around(letter) || (letter.is_control() && !matches!(letter, '\n' | '\r' | '\t')) {
            let _ = write!(out, "[U+{:04X}]", letter as u32);
        } else {
            out.push(letter);
        }
    }
    out
}

fn turns_lines_around(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// Text in an element of its own direction.
pub(crate) fn isolate(text: &str) -> String {
    format!("<bdi>{}</bdi>", escape(text))
}

/// An address that leads nowhere but to this ground: one that names a scheme or another host becomes `#`.
pub(crate) fn own_address(address: &str) -> String {
    let path = address.split(['/', '?', '#']).next().unwrap_or_default();
    let foreign = path.contains(':')
        || address.starts_with("//")
        || address.contains('\\')
        || address.chars().any(|letter| letter.is_control() || letter.is_whitespace());
    if foreign { "#".to_owned() } else { escape(address) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_controls_are_shown_and_not_obeyed() {
        assert_eq!(escape("a\u{202e}<b>\u{2069}\0"), "a[U+202E]&lt;b&gt;[U+2069][U+0000]");
        assert_eq!(escape("مي\u{200c}رود\u{200f}"), "مي\u{200c}رود\u{200f}");
    }

    #[test]
    fn only_own_addresses_are_links() {
        assert_eq!(
            own_address("../incident/i1.ar.html#c"),
            "../incident/i1.ar.html#c".replace('/', "&#x2f;")
        );
        for foreign in
            ["javascript:alert(1)", "https://example.org/", "//example.org", "java\nscript:x", "\\\\host"]
        {
            assert_eq!(own_address(foreign), "#", "{foreign:?}");
        }
    }
}
