//! What of a page is furniture: menus, share bars, comments, side columns, notices.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::OnceLock;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Html};

use super::measure::{Measure, Measures, UNSEEN};
use crate::columns::fold;

/// The elements that are furniture or lie in some.
pub(crate) struct Furniture(HashSet<NodeId>);

impl Furniture {
    /// Marks the furniture of a page in one walk.
    pub(crate) fn of(tree: &Html, measures: &Measures) -> Furniture {
        let page = measures.get(tree.root_element()).letters;
        let mut furniture = HashSet::new();
        let mut around = Around::default();
        let mut within = 0_usize;
        for edge in tree.root_element().traverse() {
            match edge {
                Edge::Open(node) => {
                    let Some(element) = ElementRef::wrap(node) else { continue };
                    if within > 0 || is_furniture(element, measures.get(element), page, &around) {
                        furniture.insert(node.id());
                        within += 1;
                    }
                    around.step(element, 1);
                }
                Edge::Close(node) => {
                    let Some(element) = ElementRef::wrap(node) else { continue };
                    within -= usize::from(within > 0);
                    around.step(element, -1);
                }
            }
        }
        Furniture(furniture)
    }

    /// Whether the element is furniture or lies in some.
    pub(crate) fn holds(&self, element: ElementRef<'_>) -> bool {
        self.0.contains(&element.id())
    }
}

/// Elements that are open around another.
#[derive(Default)]
struct Around {
    articles: i64,
    quotes: i64,
}

impl Around {
    fn step(&mut self, element: ElementRef<'_>, by: i64) {
        match element.value().name() {
            "article" => self.articles += by,
            "blockquote" => self.quotes += by,
            _ => {}
        }
    }
}

fn is_furniture(element: ElementRef<'_>, measure: Measure, page: usize, around: &Around) -> bool {
    let name = element.value().name();
    if UNSEEN.contains(&name) || is_hidden(element) {
        return true;
    }
    let most_of_page = measure.letters * 2 > page;
    match name {
        "html" | "body" | "main" | "article" | "h1" => return false,
        "nav" | "menu" => return true,
        "footer" => return !most_of_page && around.quotes == 0,
        "header" if !measure.holds_article && around.articles == 0 => return true,
        // Whole pages are wrapped in one form by some servers.
        "form" => return !most_of_page && !measure.holds_article,
        "aside" if measure.is_menu() || measure.linked * 10 > measure.letters * 3 => return true,
        _ => {}
    }
    let words = words();
    let role = element.attr("role").unwrap_or_default();
    if words["role"].contains(role) && !measure.holds_article {
        return true;
    }
    let marks = |kind: &str| marks(element).any(|mark| words[kind].contains(mark.as_str()));
    !measure.holds_article && (marks("comments") || (!most_of_page && marks("class")))
}

fn is_hidden(element: ElementRef<'_>) -> bool {
    let style: String = element.attr("style").unwrap_or_default().split_whitespace().collect();
    element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

/// The words of an element's classes and id: `post-shareBar` gives `post`, `share`, `bar`, `sharebar`.
fn marks(element: ElementRef<'_>) -> impl Iterator<Item = String> {
    let names = element.attr("class").into_iter().chain(element.attr("id"));
    names.flat_map(str::split_whitespace).flat_map(words_of).collect::<Vec<_>>().into_iter()
}

fn words_of(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    for piece in name.split(|letter: char| !letter.is_alphanumeric()).filter(|piece| !piece.is_empty()) {
        let mut word = String::new();
        for letter in piece.chars() {
            if letter.is_uppercase() && word.ends_with(char::is_lowercase) {
                words.push(std::mem::take(&mut word).to_lowercase());
            }
            word.push(letter);
        }
        words.push(word.to_lowercase());
        words.push(piece.to_lowercase());
    }
    words
}

/// A line of links that are nothing but the labels of share buttons.
pub(crate) fn is_share_line(line: &str) -> bool {
    let folded = fold(line);
    !folded.is_empty() && folded.split(' ').all(|word| words()["label"].contains(word))
}

/// A line that only announces links to other stories, as `اقرأ أيضاً:`.
pub(crate) fn announces_links(line: &str) -> bool {
    words()["heading"].contains(fold(line).as_str())
}

/// The words of `data/page_furniture.csv` by kind; labels and headings are folded.
fn words() -> &'static BTreeMap<&'static str, BTreeSet<String>> {
    static WORDS: OnceLock<BTreeMap<&'static str, BTreeSet<String>>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = BTreeMap::new();
        for kind in ["class", "comments", "role", "label", "heading"] {
            words.insert(kind, BTreeSet::new());
        }
        for line in include_str!("../../data/page_furniture.csv").lines().skip(1) {
            if let Some((kind, word)) = line.split_once(',')
                && let Some(kind) = words.get_mut(kind)
            {
                kind.insert(fold(word));
            }
        }
        words
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_data_file_is_known_by_its_kind() {
        for line in include_str!("../../data/page_furniture.csv").lines().skip(1) {
            let (kind, word) = line.split_once(',').unwrap();
            match kind {
                "label" => assert!(is_share_line(&format!(" {word}: ")), "{word}"),
                "heading" => assert!(announces_links(&format!("{word}:")), "{word}"),
                "class" | "comments" => {
                    let source = format!("<p>Four killed in Port Amal.</p><div class='x-{word}'>y</div>");
                    assert_eq!(
                        crate::html::read(&source).text.content,
                        "Four killed in Port Amal.",
                        "{word}"
                    );
                }
                "role" => {
                    let source = format!("<p>Four killed in Port Amal.</p><div role='{word}'>y</div>");
                    assert_eq!(
                        crate::html::read(&source).text.content,
                        "Four killed in Port Amal.",
                        "{word}"
                    );
                }
                _ => panic!("{kind} is a kind"),
            }
        }
    }

    #[test]
    fn words_of_names_are_told_apart() {
        assert_eq!(words_of("post-shareBar"), ["post", "post", "share", "bar", "sharebar"]);
        assert!(!words_of("shared-content").contains(&"share".to_owned()));
    }
}
