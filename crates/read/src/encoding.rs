//! Bytes to letters: UTF-8, UTF-16, windows-1256 and windows-1252, chosen by evidence and named.
//!
//! UTF-8 is strict. Where a file is neither, each line is judged by itself, since posts are often pasted
//! together from files of several ages; every choice is a warning with byte positions.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};
use memchr::{memchr, memchr_iter};

use crate::warning::{POSITIONS_KEPT, Warning};

/// Bytes at the start of a file that decide whether it is text, and which UTF-16.
const SAMPLE: usize = 64 << 10;

/// Words after which more of them would not change the choice between two legacy encodings.
const EVIDENCE_ENOUGH: u64 = 100_000;

/// Letters, with how they were stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) encoding: &'static str,
    pub(crate) warnings: Vec<Warning>,
}

/// Decodes a whole file. `declared` is the encoding that the file names itself, used only where it is not UTF-8.
///
/// The error says why the bytes are not text.
pub(crate) fn decode(bytes: Vec<u8>, declared: Option<&str>) -> Result<Decoded, String> {
    if bytes.starts_with(&[0xFF, 0xFE, 0, 0]) || bytes.starts_with(&[0, 0, 0xFE, 0xFF]) {
        return Err("it is in UTF-32, which is not read; save it in UTF-8".to_owned());
    }
    if bytes.starts_with(&[0xFF, 0xFE]) {
        return Ok(utf16(&bytes, 2, UTF_16LE, false));
    }
    if bytes.starts_with(&[0xFE, 0xFF]) {
        return Ok(utf16(&bytes, 2, UTF_16BE, false));
    }
    let nul = memchr(0, &bytes);
    if nul.is_some() || controls_share(&bytes) > 0.02 {
        return match likely_utf16(&bytes) {
            Some(encoding) => Ok(utf16(&bytes, 0, encoding, true)),
            None => Err(match nul {
                Some(position) => format!("a NUL byte at byte {position}"),
                None => "too many control characters".to_owned(),
            }),
        };
    }
    Ok(utf8_or_legacy(bytes, declared))
}

/// Whether the start of a file can be text at all; cheap, for telling kinds apart.
pub(crate) fn looks_like_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(SAMPLE)];
    head.starts_with(&[0xFF, 0xFE])
        || head.starts_with(&[0xFE, 0xFF])
        || likely_utf16(head).is_some()
        || (memchr(0, head).is_none() && controls_share(head) <= 0.02)
}

fn utf8_or_legacy(mut bytes: Vec<u8>, declared: Option<&str>) -> Decoded {
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
        return match String::from_utf8(bytes) {
            Ok(text) => Decoded { text, encoding: UTF_8.name(), warnings: Vec::new() },
            Err(error) => by_lines(&error.into_bytes(), 3, declared),
        };
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            let warnings = misdeclared(declared, UTF_8, &text);
            Decoded { text, encoding: UTF_8.name(), warnings }
        }
        Err(error) => by_lines(&error.into_bytes(), 0, declared),
    }
}

/// A page that says windows-1256 and is UTF-8 was saved anew; plain ASCII is the same in both.
fn misdeclared(declared: Option<&str>, used: &'static Encoding, text: &str) -> Vec<Warning> {
    match declared {
        Some(label) if !text.is_ascii() && Encoding::for_label(label.as_bytes()) != Some(used) => {
            vec![Warning::EncodingMisdeclared { declared: label.to_owned(), used: used.name() }]
        }
        _ => Vec::new(),
    }
}

/// How a line that is not ASCII is stored.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LineKind {
    Ascii,
    Utf8,
    /// UTF-8 with a few bytes broken.
    DamagedUtf8,
    /// One byte a letter.
    Legacy,
}

fn line_kind(line: &[u8]) -> LineKind {
    if line.is_ascii() {
        return LineKind::Ascii;
    }
    let (mut letters, mut broken) = (0_u32, 0_u32);
    for chunk in line.utf8_chunks() {
        letters += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count() as u32;
        broken += u32::from(!chunk.invalid().is_empty());
    }
    match (letters, broken) {
        (_, 0) => LineKind::Utf8,
        (letters, broken) if letters > broken => LineKind::DamagedUtf8,
        _ => LineKind::Legacy,
    }
}

fn by_lines(bytes: &[u8], dropped: u64, declared: Option<&str>) -> Decoded {
    let mut evidence = Evidence::default();
    let (mut unicode, mut legacy) = (0_u64, 0_u64);
    for line in lines(bytes) {
        match line_kind(line) {
            LineKind::Ascii => {}
            LineKind::Utf8 | LineKind::DamagedUtf8 => unicode += 1,
            LineKind::Legacy => {
                legacy += 1;
                evidence.add(line);
            }
        }
    }
    let named =
        declared.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|e| e.is_single_byte());
    let other = named.unwrap_or_else(|| evidence.encoding());
    let text = String::with_capacity(bytes.len() + bytes.len() / 2);
    let mut joined = Joined { text, dropped, ..Joined::default() };
    if unicode == 0 {
        lines(bytes).for_each(|line| joined.legacy(line, other));
        return joined.into_decoded(other, named.is_none().then_some(other));
    }
    let mut positions = Vec::new();
    for line in lines(bytes) {
        match line_kind(line) {
            LineKind::Legacy => {
                if positions.len() < POSITIONS_KEPT {
                    positions.push(joined.position + dropped);
                }
                joined.legacy(line, other);
            }
            _ => joined.unicode(line),
        }
    }
    let mut decoded = joined.into_decoded(UTF_8, None);
    if legacy > 0 {
        let (main, other) = if legacy > unicode { (other, UTF_8) } else { (UTF_8, other) };
        let lines = legacy.min(unicode);
        decoded.encoding = main.name();
        let (main, other) = (main.name(), other.name());
        decoded.warnings.push(Warning::MixedEncodings { main, other, lines, positions });
    }
    decoded
}

/// Lines with their ends.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let ends = memchr_iter(b'\n', bytes).map(|end| end + 1).chain(std::iter::once(bytes.len()));
    ends.scan(0, move |start, end| {
        let line = &bytes[*start..end];
        *start = end;
        Some(line)
    })
}

/// Lines put together again, with what was broken in them.
#[derive(Default)]
struct Joined {
    text: String,
    /// Bytes of the input used so far, a byte order mark not counted.
    position: u64,
    dropped: u64,
    broken: u64,
    positions: Vec<u64>,
}

impl Joined {
    fn unicode(&mut self, line: &[u8]) {
        for chunk in line.utf8_chunks() {
            self.text.push_str(chunk.valid());
            self.position += chunk.valid().len() as u64;
            if !chunk.invalid().is_empty() {
                self.note_broken();
                self.text.push(char::REPLACEMENT_CHARACTER);
                self.position += chunk.invalid().len() as u64;
            }
        }
    }

    fn legacy(&mut self, line: &[u8], encoding: &'static Encoding) {
        let (text, _) = encoding.decode_without_bom_handling(line);
        let unused =
            |letter: &char| ('\u{80}'..='\u{9F}').contains(letter) || *letter == char::REPLACEMENT_CHARACTER;
        if !text.chars().any(|letter| unused(&letter)) {
            self.text.push_str(&text);
            self.position += line.len() as u64;
            return;
        }
        // Single-byte encodings give one letter a byte; a C1 control is a byte that they do not use.
        for letter in text.chars() {
            let unused = unused(&letter);
            if unused {
                self.note_broken();
            }
            self.text.push(if unused { char::REPLACEMENT_CHARACTER } else { letter });
            self.position += 1;
        }
    }

    fn note_broken(&mut self) {
        self.broken += 1;
        if self.positions.len() < POSITIONS_KEPT {
            self.positions.push(self.position + self.dropped);
        }
    }

    fn into_decoded(self, encoding: &'static Encoding, guessed: Option<&'static Encoding>) -> Decoded {
        let mut warnings = Vec::new();
        if let Some(guessed) = guessed {
            warnings.push(Warning::EncodingGuessed { encoding: guessed.name() });
        }
        if self.broken > 0 {
            let (count, positions) = (self.broken, self.positions);
            warnings.push(Warning::InvalidBytes { encoding: encoding.name(), count, positions });
        }
        Decoded { text: self.text, encoding: encoding.name(), warnings }
    }
}

/// Words that only one of the two legacy encodings can explain.
///
/// In windows-1256 a word is two or more high bytes that are Arabic letters, with no Latin letter among them;
/// in windows-1252 a high byte stands beside Latin letters (`caf\xE9`).
#[derive(Default)]
struct Evidence {
    arabic: u64,
    latin: u64,
}

impl Evidence {
    fn add(&mut self, line: &[u8]) {
        if self.arabic + self.latin > EVIDENCE_ENOUGH {
            return;
        }
        for word in line.split(|byte| !byte.is_ascii_alphabetic() && *byte < 0x80) {
            let high = word.iter().filter(|byte| **byte >= 0x80).count();
            if high == 0 {
                continue;
            }
            if high < word.len() {
                self.latin += 1;
            } else if high >= 2 && arabic_letters(word) * 4 >= high * 3 {
                self.arabic += 1;
            }
        }
    }

    fn encoding(&self) -> &'static Encoding {
        if self.arabic > self.latin { WINDOWS_1256 } else { WINDOWS_1252 }
    }
}

fn arabic_letters(word: &[u8]) -> usize {
    let (text, _) = WINDOWS_1256.decode_without_bom_handling(word);
    text.chars().filter(|letter| ('\u{600}'..='\u{6FF}').contains(letter)).count()
}

fn controls_share(bytes: &[u8]) -> f64 {
    let head = &bytes[..bytes.len().min(SAMPLE)];
    let controls =
        head.iter().filter(|byte| **byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B));
    controls.count() as f64 / head.len().max(1) as f64
}

/// UTF-16 without a mark: nearly all units must be letters of our languages, and no half of a pair alone.
fn likely_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    [UTF_16LE, UTF_16BE].into_iter().find(|encoding| {
        let head = &bytes[..bytes.len().min(SAMPLE) & !1];
        let units = || units(head, encoding);
        // A pair that the sample cuts in two is no fault.
        let whole =
            head.len() / 2 - usize::from(units().last().is_some_and(|unit| (0xD800..0xDC00).contains(&unit)));
        let (mut known, mut all) = (0_u64, 0_u64);
        for letter in char::decode_utf16(units().take(whole)) {
            match letter {
                Ok('\0') | Err(_) => return false,
                Ok(letter) if letter > '\u{FFFF}' => {}
                Ok(letter) => {
                    all += 1;
                    known += u64::from(of_our_scripts(letter));
                }
            }
        }
        all > 0 && known * 100 >= all * 95
    })
}

fn of_our_scripts(letter: char) -> bool {
    matches!(letter,
        '\t' | '\n' | '\r' | ' '..='~' | '\u{A0}'..='\u{24F}' | '\u{600}'..='\u{77F}'
        | '\u{2000}'..='\u{206F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}

fn units<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> impl Iterator<Item = u16> + 'a {
    bytes.chunks_exact(2).map(move |pair| {
        let pair = [pair[0], pair[1]];
        if encoding == UTF_16LE { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    })
}

fn utf16(bytes: &[u8], mark: usize, encoding: &'static Encoding, guessed: bool) -> Decoded {
    let body = &bytes[mark..];
    let mut text = String::with_capacity(body.len());
    let (mut position, mut broken, mut positions) = (mark as u64, 0_u64, Vec::new());
    let mut note = |position: u64| {
        broken += 1;
        if positions.len() < POSITIONS_KEPT {
            positions.push(position);
        }
    };
    for letter in char::decode_utf16(units(body, encoding)) {
        let letter = letter.unwrap_or_else(|_| {
            note(position);
            char::REPLACEMENT_CHARACTER
        });
        text.push(letter);
        position += if letter > '\u{FFFF}' { 4 } else { 2 };
    }
    if body.len() % 2 == 1 {
        note(bytes.len() as u64 - 1);
        text.push(char::REPLACEMENT_CHARACTER);
    }
    let mut warnings = Vec::new();
    if guessed {
        warnings.push(Warning::EncodingGuessed { encoding: encoding.name() });
    }
    if broken > 0 {
        warnings.push(Warning::InvalidBytes { encoding: encoding.name(), count: broken, positions });
    }
    Decoded { text, encoding: encoding.name(), warnings }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "Four people were killed in Port Amal, “witnesses” said.\r\nThe café burned.\n";
    const ARABIC: &str = "قُتل أربعة أشخاص في ميناء الأمل، بحسب شهود.\r\nوأصيب آخرون؟\n";

    fn legacy(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        let (bytes, used, broken) = encoding.encode(text);
        assert!(!broken && used == encoding, "{text} can be written in {}", encoding.name());
        bytes.into_owned()
    }

    fn wide(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    }

    #[test]
    fn every_encoding_gives_the_same_letters() {
        for text in [ENGLISH, ARABIC] {
            let marked = |mark: &[u8], bytes: Vec<u8>| [mark.to_vec(), bytes].concat();
            let cases = [
                ("UTF-8", text.as_bytes().to_vec(), 0),
                ("UTF-8", marked(b"\xEF\xBB\xBF", text.as_bytes().to_vec()), 0),
                ("UTF-16LE", marked(b"\xFF\xFE", wide(text, false)), 0),
                ("UTF-16BE", marked(b"\xFE\xFF", wide(text, true)), 0),
                ("UTF-16LE", wide(text, false), 1),
                ("UTF-16BE", wide(text, true), 1),
            ];
            for (encoding, bytes, warnings) in cases {
                let decoded = decode(bytes, None).unwrap();
                assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
                assert_eq!(decoded.warnings.len(), warnings, "{encoding}");
            }
        }
    }

    #[test]
    fn legacy_encodings_are_told_apart() {
        for (text, encoding) in
            [(ARABIC, WINDOWS_1256), (ENGLISH, WINDOWS_1252), ("Élodie – été", WINDOWS_1252)]
        {
            let decoded = decode(legacy(text, encoding), None).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding.name()));
            assert_eq!(decoded.warnings, [Warning::EncodingGuessed { encoding: encoding.name() }]);
        }
    }

    #[test]
    fn arabic_with_latin_names_is_still_arabic() {
        let text = "قال مراسل Marjan Post إن القصف أصاب سوق تل الزيتون (Tell Zaytun).";
        assert_eq!(decode(legacy(text, WINDOWS_1256), None).unwrap().text, text);
    }

    #[test]
    fn mixed_lines_are_each_read_in_their_own_encoding() {
        let mut bytes = ARABIC.as_bytes().to_vec();
        let start = bytes.len() as u64;
        bytes.extend(legacy("سقط ثلاثة جرحى\n", WINDOWS_1256));
        bytes.extend_from_slice("الخبر مؤكد\n".as_bytes());
        let decoded = decode(bytes, None).unwrap();
        assert_eq!(decoded.text, format!("{ARABIC}سقط ثلاثة جرحى\nالخبر مؤكد\n"));
        let expected = Warning::MixedEncodings {
            main: "UTF-8",
            other: "windows-1256",
            lines: 1,
            positions: vec![start],
        };
        assert_eq!(decoded.warnings, [expected]);
    }

    #[test]
    fn broken_bytes_are_counted_and_placed() {
        let mut bytes = b"\xEF\xBB\xBF".to_vec();
        bytes.extend_from_slice("مدرسة ".as_bytes());
        let at = bytes.len() as u64;
        bytes.extend_from_slice(b"\xD8 \n");
        let decoded = decode(bytes, None).unwrap();
        assert_eq!(decoded.text, "مدرسة \u{FFFD} \n");
        assert_eq!(
            decoded.warnings,
            [Warning::InvalidBytes { encoding: "UTF-8", count: 1, positions: vec![at] }]
        );
    }

    #[test]
    fn half_a_pair_in_utf16_is_reported() {
        let mut bytes = b"\xFF\xFE".to_vec();
        bytes.extend(wide("ab", false));
        bytes.extend_from_slice(&0xD800_u16.to_le_bytes());
        bytes.push(0x41);
        let decoded = decode(bytes, None).unwrap();
        assert_eq!(decoded.text, "ab\u{FFFD}\u{FFFD}");
        assert_eq!(
            decoded.warnings,
            [Warning::InvalidBytes { encoding: "UTF-16LE", count: 2, positions: vec![6, 8] }]
        );
    }

    #[test]
    fn nul_and_control_bytes_are_not_text() {
        assert_eq!(decode(b"killed\0four".to_vec(), None).unwrap_err(), "a NUL byte at byte 6");
        assert!(decode((1..=255).collect(), None).unwrap_err().contains("control"));
        assert!(decode(b"\xFF\xFE\0\0a\0\0\0".to_vec(), None).unwrap_err().contains("UTF-32"));
    }

    #[test]
    fn a_declared_encoding_is_used_only_where_it_can_be_true() {
        let bytes = legacy(ARABIC, WINDOWS_1256);
        let decoded = decode(bytes, Some("windows-1256")).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.warnings.len()), (ARABIC, 0));
        let decoded = decode(ARABIC.as_bytes().to_vec(), Some("windows-1256")).unwrap();
        assert_eq!(decoded.text, ARABIC);
        assert!(matches!(decoded.warnings[..], [Warning::EncodingMisdeclared { .. }]));
    }
}
