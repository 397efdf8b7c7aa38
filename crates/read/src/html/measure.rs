//! How many letters each element of a page holds, and how many of them are in links.

use std::collections::HashMap;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Html, Node};

/// Elements whose text nobody sees.
pub(crate) const UNSEEN: [&str; 21] = [
    "script", "style", "noscript", "template", "iframe", "svg", "math", "canvas", "object", "embed", "audio",
    "video", "head", "select", "option", "textarea", "button", "input", "dialog", "datalist", "map",
];

/// What an element holds, with all that is in it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Measure {
    /// Characters that are not spaces.
    pub(crate) letters: usize,
    /// Those of them in links.
    pub(crate) linked: usize,
    /// Links.
    pub(crate) links: usize,
    /// Whether the article, or its headline, is marked in it.
    pub(crate) holds_article: bool,
    /// Letters of the longest table cell in it.
    pub(crate) longest_cell: usize,
    /// Tables in it.
    pub(crate) tables: usize,
}

/// Measures of all elements of a page.
pub(crate) struct Measures(HashMap<NodeId, Measure>);

impl Measures {
    /// Measures a page in one walk, without recursion: a hostile page may be nested a million deep.
    pub(crate) fn of(tree: &Html) -> Measures {
        let mut measures = HashMap::new();
        let mut open: Vec<Measure> = vec![Measure::default()];
        let (mut unseen, mut in_link) = (0_usize, 0_usize);
        for edge in tree.tree.root().traverse() {
            match edge {
                Edge::Open(node) => match node.value() {
                    Node::Text(text) if unseen == 0 => {
                        let letters = text.chars().filter(|letter| !letter.is_whitespace()).count();
                        if let Some(measure) = open.last_mut() {
                            measure.letters += letters;
                            measure.linked += if in_link > 0 { letters } else { 0 };
                        }
                    }
                    Node::Element(element) => {
                        unseen += usize::from(UNSEEN.contains(&element.name()));
                        in_link += usize::from(element.name() == "a");
                        open.push(Measure::default());
                    }
                    _ => {}
                },
                Edge::Close(node) => {
                    let Some(element) = ElementRef::wrap(node) else { continue };
                    let name = element.value().name();
                    unseen -= usize::from(UNSEEN.contains(&name));
                    in_link -= usize::from(name == "a");
                    let mut measure = open.pop().unwrap_or_default();
                    measure.links += usize::from(name == "a" && measure.letters > 0);
                    measure.tables += usize::from(name == "table");
                    if name == "td" || name == "th" {
                        measure.longest_cell = measure.longest_cell.max(measure.letters);
                    }
                    measure.holds_article |= is_article(element);
                    measures.insert(node.id(), measure);
                    if let Some(parent) = open.last_mut() {
                        parent.take(measure);
                    }
                }
            }
        }
        Measures(measures)
    }

    pub(crate) fn get(&self, element: ElementRef<'_>) -> Measure {
        self.0.get(&element.id()).copied().unwrap_or_default()
    }
}

impl Measure {
    fn take(&mut self, child: Measure) {
        self.letters += child.letters;
        self.linked += child.linked;
        self.links += child.links;
        self.holds_article |= child.holds_article;
        self.longest_cell = self.longest_cell.max(child.longest_cell);
        self.tables += child.tables;
    }

    /// Letters outside links.
    pub(crate) fn prose(&self) -> usize {
        self.letters - self.linked
    }

    /// Mostly links, and several.
    pub(crate) fn is_menu(&self) -> bool {
        self.links >= 3 && self.linked * 10 > self.letters * 6
    }
}

fn is_article(element: ElementRef<'_>) -> bool {
    matches!(element.value().name(), "article" | "main" | "h1") || is_article_body(element)
}

/// `itemprop="articleBody"`.
pub(crate) fn is_article_body(element: ElementRef<'_>) -> bool {
    element.attr("itemprop").is_some_and(|said| said.split_whitespace().any(|word| word == "articleBody"))
}
