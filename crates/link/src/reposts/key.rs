//! Reposts: documents with the same words once spelling, emoji, hashtags and addresses are set aside.

use sha2::{Digest, Sha256};
use sijil_model::fold::fold;

/// Fewer letters than this are no text that two people would not write by themselves.
const FEWEST_LETTERS: usize = 40;

/// A key that is equal for reposts of one text; none for texts too short to tell.
///
/// Arabic spellings, tashkeel, tatweel, punctuation, emoji, hashtags, mentions and web addresses make no difference:
/// «استُشهد أربعة في #قصر_النهر 😢» and «استشهد اربعة في قصر النهر» differ by the hashtag's words only when it is a word of
/// the sentence, so the mark goes and the words stay unless the hashtag stands in a row of hashtags at the end.
pub fn repost_key(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().filter(|word| !is_address(word)).collect();
    let end = words.iter().rposition(|word| !is_tag(word)).map_or(0, |last| last + 1);
    let folded = fold(&words[..end].join(" "));
    let letters = folded.chars().filter(|letter| letter.is_alphanumeric()).count();
    if letters < FEWEST_LETTERS {
        return None;
    }
    // Censored spellings put spaces and dots inside words: compare letters only.
    let squeezed: String = folded.chars().filter(|letter| letter.is_alphanumeric()).collect();
    Some(hex::encode(&Sha256::digest(squeezed.as_bytes())[..16]))
}

fn is_address(word: &str) -> bool {
    word.contains("://") || word.starts_with("www.") || word.starts_with('@') || word.starts_with("t.me/")
}

/// A hashtag, or nothing but marks and emoji.
fn is_tag(word: &str) -> bool {
    word.starts_with('#') || !word.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    const POST: &str = "طيران يستهدف سوق الخضار في بلدة جسر السنابل صباح اليوم وأنباء عن ضحايا";

    #[test]
    fn marks_emoji_and_trailing_hashtags_make_no_difference() {
        let copy = "🔴 طَيَرَان   يستهدف سـوق الخضار في بلدة جسر السنابل، صباح اليوم وأنباء عن ضحايا!! 😢 #عاجل #مرجان https://example.org/x";
        assert_eq!(repost_key(POST), repost_key(copy));
    }

    #[test]
    fn another_number_is_another_text() {
        let six = format!("{POST} ستة قتلى");
        let seven = format!("{POST} سبعة قتلى");
        assert_ne!(repost_key(&six), repost_key(&seven));
    }

    #[test]
    fn short_texts_have_no_key() {
        assert_eq!(repost_key("رحمهم الله"), None);
        assert_eq!(repost_key("#one #two #three #four #five #six #seven #eight #nine #ten"), None);
    }
}
