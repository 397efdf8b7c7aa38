//! By what people can be found in a text besides their names: telephone numbers, addresses and accounts on the network, and
//! coordinates as fine as a house.

use std::ops::Range;

use sijil_model::fold::digit;

mod numbers;
mod spelled;

/// Hosts on which a path names an account.
const HOSTS_OF_ACCOUNTS: [&str; 16] = [
    "facebook.com",
    "fb.com",
    "fb.me",
    "fb.watch",
    "instagram.com",
    "twitter.com",
    "x.com",
    "t.me",
    "telegram.me",
    "wa.me",
    "whatsapp.com",
    "tiktok.com",
    "youtube.com/@",
    "snapchat.com",
    "threads.net",
    "vk.com",
];

/// So many digits after the point say where a house is.
const FINE: usize = 4;

/// Where in a text somebody can be reached or found, bytes, in order: telephone numbers, e-mail addresses, accounts.
pub(crate) fn contacts(text: &str) -> Vec<Range<usize>> {
    let mut found = addresses(text);
    found.extend(spelled::spelled_addresses(text));
    found.extend(numbers::telephone_numbers(text));
    found.sort_by_key(|range| range.start);
    found
}

/// E-mail addresses, links to accounts of social media, and `@account`.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let around = |letter: char| {
        letter.is_whitespace()
            || matches!(letter, '<' | '>' | '(' | ')' | '[' | ']' | '"' | '“' | '”' | '«' | '»')
    };
    let closing = |letter: char| matches!(letter, '.' | ',' | ';' | ':' | '!' | '?' | '،' | '؛' | '؟');
    let mut found = Vec::new();
    let mut start = 0;
    for word in text.split(around) {
        let bare = word.trim_end_matches(closing);
        let from = start;
        start += word.len() + text[from + word.len()..].chars().next().map_or(0, char::len_utf8);
        found.extend(address_in(bare).map(|at| from + at..from + bare.len()));
    }
    found
}

/// Where in a word an address begins.
fn address_in(word: &str) -> Option<usize> {
    let lower = word.to_ascii_lowercase();
    let is_account = |host: &str| {
        lower.match_indices(host).any(|(at, _)| {
            let before = lower[..at].chars().next_back();
            let rest = lower[at + host.len()..].trim_start_matches('/');
            let goes_on = host.ends_with('@') || lower[at + host.len()..].starts_with('/');
            before.is_none_or(|letter| matches!(letter, '/' | '.' | ':')) && goes_on && !rest.is_empty()
        })
    };
    if HOSTS_OF_ACCOUNTS.iter().any(|host| is_account(host)) {
        return Some(0);
    }
    let at = word.find('@')?;
    let (before, name) = (&word[..at], &word[at + 1..]);
    let named = name.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').count();
    let is_mail = !before.is_empty() && name.contains('.');
    let is_account = before.chars().next_back().is_none_or(|letter| !letter.is_alphanumeric())
        && named > 1
        && name.contains(char::is_alphabetic);
    match (is_mail, is_account) {
        (true, _) => Some(0),
        (_, true) => Some(at),
        _ => None,
    }
}

/// Where two coordinates stand that are finer than a neighbourhood: `36.20123, 37.15432`, `36°12'04"`.
pub(crate) fn coordinates(text: &str) -> Vec<Range<usize>> {
    let decimals = decimals(text);
    let is_between =
        |letter: char| matches!(letter, ' ' | ',' | '،' | ';' | '/' | '°' | '-' | 'N' | 'E' | 'S' | 'W');
    let mut found: Vec<Range<usize>> = Vec::new();
    for two in decimals.windows(2) {
        let gap = &text[two[0].end..two[1].start];
        let is_new = found.last().is_none_or(|last| last.end <= two[0].start);
        if is_new && gap.chars().count() <= 5 && gap.chars().all(is_between) {
            found.push(two[0].start..two[1].end);
        }
    }
    found.extend(degrees(text));
    found.sort_by_key(|range| range.start);
    found
}

/// Numbers with a point and at least [`FINE`] digits after it.
fn decimals(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let is_of_number = |letter: char| digit(letter).is_some() || matches!(letter, '.' | '٫');
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, is_of_number(letter)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let number = &text[from..at];
                let mut parts = number.trim_end_matches('.').split(['.', '٫']);
                let whole = parts.next().map_or(0, |part| part.chars().count());
                let fraction = parts.next().map_or(0, |part| part.chars().count());
                if (1..=3).contains(&whole) && fraction >= FINE && parts.next().is_none() {
                    found.push(from..from + number.trim_end_matches('.').len());
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// `36°12'04"N`, `36° 12.345'`: degrees with minutes.
fn degrees(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, sign) in text.match_indices('°') {
        let before = text[..at].trim_end_matches(|letter: char| digit(letter).is_some());
        let after = &text[at + sign.len()..];
        let goes_on = |letter: char| {
            digit(letter).is_some() || matches!(letter, ' ' | '.' | '\'' | '"' | '′' | '″' | '’' | '”')
        };
        let length = after.find(|letter| !goes_on(letter)).unwrap_or(after.len());
        let has_minutes = after[..length].contains(['\'', '′', '’']);
        if before.len() < at && has_minutes && found.last().is_none_or(|last| last.end <= before.len()) {
            found.push(before.len()..at + sign.len() + after[..length].trim_end().len());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(found: Vec<Range<usize>>, text: &str) -> Vec<&str> {
        found.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn addresses_and_accounts_are_found_in_both_languages() {
        let text = "Write to salma.nur@mail.example, see (fb.com/salma.nur.9) or https://t.me/salma_nur/12; thanks @salma_nur! \
                    «@سلمى_نور» أو facebook.com/سلمى. The page www.marjan.example/news/12 and 5@7 stay, linux.com/a too.";
        assert_eq!(
            said(contacts(text), text),
            [
                "salma.nur@mail.example",
                "fb.com/salma.nur.9",
                "https://t.me/salma_nur/12",
                "@salma_nur",
                "@سلمى_نور",
                "facebook.com/سلمى"
            ]
        );
    }

    #[test]
    fn coordinates_of_a_house_are_found() {
        let text = "At 20.123456, 30.654321 and 20.12345N 30.65432E; ٢٠٫١٢٣٤٥، ٣٠٫٦٥٤٣٢. 20°12'04\"N 30°6.5'E. \
                    It rose by 12.5, 13.25 and 3.14159 percent, at 20° and 20.1, 30.6.";
        assert_eq!(
            said(coordinates(text), text),
            ["20.123456, 30.654321", "20.12345N 30.65432", "٢٠٫١٢٣٤٥، ٣٠٫٦٥٤٣٢", "20°12'04\"", "30°6.5'"]
        );
    }
}
