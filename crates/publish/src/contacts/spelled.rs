//! E-mail addresses that somebody spelt out, so that no machine reads them: `name [at] host.org`, `name (at) host (dot) org`.

use std::ops::Range;

/// Most signs beside the word in its brackets: the brackets and a few spaces.
const SPACES: usize = 8;

/// Where in a text such addresses stand, bytes, in order.
pub(super) fn spelled_addresses(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(sign) = bracketed(text, from, "at") {
        from = sign.end;
        let before = text[..sign.start].trim_end();
        let name = before.len()
            - before.chars().rev().take_while(|letter| is_part(*letter)).map(char::len_utf8).sum::<usize>();
        let end = host_end(text, sign.end);
        if name < before.len() && end > sign.end {
            found.push(name..end);
            from = end;
        }
    }
    found
}

/// Where a host ends that begins after `at`, spaces between; `at` itself where none does.
fn host_end(text: &str, at: usize) -> usize {
    let word = |at: usize| {
        let rest = &text[at..];
        let start = at + rest.len() - rest.trim_start_matches(' ').len();
        let length: usize =
            text[start..].chars().take_while(|letter| is_part(*letter)).map(char::len_utf8).sum();
        (length > 0).then_some(start + length)
    };
    let Some(mut end) = word(at) else { return at };
    while let Some(dot) = bracketed(text, end, "dot").filter(|dot| text[end..dot.start].trim().is_empty()) {
        let Some(next) = word(dot.end) else { break };
        end = next;
    }
    end - text[at..end].chars().rev().take_while(|letter| *letter == '.').count()
}

/// The next `[word]`, `(word)` or `{word}` from a byte on, brackets and spaces within them included.
fn bracketed(text: &str, from: usize, word: &str) -> Option<Range<usize>> {
    let opens = |(at, letter): (usize, char)| {
        let closes = match letter {
            '[' => ']',
            '(' => ')',
            '{' => '}',
            _ => return None,
        };
        let start = from + at;
        // Looked for no farther than the word and some spaces, so that brackets that never close cost nothing.
        let (end, _) =
            text[start..].char_indices().take(word.len() + SPACES).find(|(_, letter)| *letter == closes)?;
        let end = start + end;
        text[start + 1..end].trim().eq_ignore_ascii_case(word).then_some(start..end + 1)
    };
    text.get(from..)?.char_indices().find_map(opens)
}

fn is_part(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-' | '+')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_is_spelt_out_is_found_whole() {
        for (text, address) in [
            ("write to nahr.desk [at] example.org.", "nahr.desk [at] example.org"),
            ("راسلوا nahr(AT)example (dot) org اليوم", "nahr(AT)example (dot) org"),
            ("nahr { at } example [dot] co [dot] uk", "nahr { at } example [dot] co [dot] uk"),
        ] {
            let found = spelled_addresses(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(&text[found[0].clone()], address);
        }
        assert!(spelled_addresses("the market (at noon) was hit; (at) ، [at]").is_empty());
    }
}
