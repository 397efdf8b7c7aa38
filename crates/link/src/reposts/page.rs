//! What of a copied page is no word of its author: the furniture of platforms, and lines that many pages have in common.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use sijil_model::fold::fold;

/// What platforms print around posts, as they print it.
const FURNITURE: [&str; 14] = [
    "Copy link to Tweet",
    "Embed Tweet",
    "Report Tweet",
    "Report NetzDG Violation",
    "Back to top ↑",
    "Loading seems to be taking a while.",
    "Twitter may be over capacity or experiencing a momentary hiccup. Try again or visit Twitter Status for more information.",
    "Thanks. Twitter will use this to make your timeline better.",
    "Show more replies",
    "Show this thread",
    "Translate Tweet",
    "Verified account",
    "Shared with Public",
    "YouTubeAboutPressCopyrightContact usCreatorsAdvertiseDevelopersTermsPrivacyPolicy & SafetyHow YouTube worksTest new features",
];
/// Where what a platform shows after a post begins: other people's words.
const AFTER: [&str; 2] = ["All reactions:", "LikeCommentMost relevant"];
/// A line that this many documents have in common is a formula.
const COMMON: u32 = 12;
/// A formula is set aside where at least this share of the letters is left.
const LEFT: f32 = 0.34;

/// A text in lines, folded, without furniture, addresses and empty lines.
pub(super) fn lines(text: &str) -> Vec<String> {
    let end = AFTER.iter().filter_map(|mark| text.find(mark)).min().unwrap_or(text.len());
    let mut own = text[..end].to_owned();
    for furniture in FURNITURE {
        if own.contains(furniture) {
            own = own.replace(furniture, " ");
        }
    }
    own.lines().map(|line| fold(&words(line))).filter(|line| !line.is_empty()).collect()
}

/// The folded lines of each text that are its own: without furniture, and without lines that many of the texts have.
pub(crate) fn own_lines(texts: &[&str]) -> Vec<Vec<String>> {
    let pages: Vec<Vec<String>> = texts.par_iter().map(|text| lines(text)).collect();
    let formulas = formulas(&pages);
    let own =
        |page: &Vec<String>| page.iter().filter(|line| !formulas.contains(line.as_str())).cloned().collect();
    pages.iter().map(own).collect()
}

/// A line without web addresses.
fn words(line: &str) -> String {
    let kept = line.split_whitespace().filter(|word| !word.contains("://") && !word.starts_with("www."));
    kept.collect::<Vec<_>>().join(" ")
}

/// The lines that many of the documents have in common.
pub(super) fn formulas(documents: &[Vec<String>]) -> FxHashSet<&str> {
    let mut spread: FxHashMap<&str, u32> = FxHashMap::default();
    for document in documents {
        let mut own: Vec<&str> = document.iter().map(String::as_str).collect();
        own.sort_unstable();
        own.dedup();
        own.into_iter().for_each(|line| *spread.entry(line).or_default() += 1);
    }
    spread.into_iter().filter(|(_, of)| *of >= COMMON).map(|(line, _)| line).collect()
}

/// The letters of a document's own lines; of all of them where its own are too few to be the text.
pub(super) fn letters(lines: &[String], formulas: &FxHashSet<&str>) -> Vec<char> {
    let of = |line: &String| line.chars().filter(|letter| letter.is_alphanumeric()).collect::<Vec<_>>();
    let all: Vec<char> = lines.iter().flat_map(of).collect();
    let own: Vec<char> = lines.iter().filter(|line| !formulas.contains(line.as_str())).flat_map(of).collect();
    if own.len() as f32 >= LEFT * all.len() as f32 { own } else { all }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_platforms_print_and_other_people_answer_is_left_out() {
        let page = "Copy link to Tweet\n\nEmbed Tweet\n\nقصف على وادي الزيتون\n\nShow more replies\nAll reactions:12رحمهم الله";
        assert_eq!(lines(page), ["قصف علي وادي الزيتون"]);
    }

    #[test]
    fn a_line_of_many_pages_is_left_out_and_a_text_of_many_copies_is_kept() {
        let page = |own: &str| vec![own.to_owned(), "مواضيع ذات صله بالخبر".to_owned()];
        let mut pages: Vec<Vec<String>> = vec![page("قصف علي وادي الزيتون")];
        pages.extend((0..COMMON).map(|at| page(&at.to_string())));
        let formulas = formulas(&pages);
        assert_eq!(letters(&pages[0], &formulas).iter().collect::<String>(), "قصفعليواديالزيتون");
        assert_eq!(letters(&pages[1], &formulas).len(), "0مواضيعذاتصلهبالخبر".chars().count());
    }
}
