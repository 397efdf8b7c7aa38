//! Where on a page the article is.

use ego_tree::iter::Edge;
use scraper::{ElementRef, Html};

use super::furniture::Furniture;
use super::measure::{Measures, is_article_body};

/// The article of a page.
pub(crate) struct Article<'a> {
    /// The element that holds it.
    pub(crate) root: ElementRef<'a>,
    /// Its headline, where that stands outside `root`.
    pub(crate) headline: Option<ElementRef<'a>>,
    /// Whether the page marks it; otherwise it was found by where the prose is.
    pub(crate) marked: bool,
}

/// Finds the article: as the page marks it, if that holds a fair share of its prose, else where the prose is.
pub(crate) fn find<'a>(tree: &'a Html, measures: &Measures, furniture: &Furniture) -> Article<'a> {
    let html = tree.root_element();
    let body = html.child_elements().find(|element| element.value().name() == "body").unwrap_or(html);
    let shown: Vec<ElementRef<'a>> = body.descendent_elements().filter(|e| !furniture.holds(*e)).collect();
    let prose = |element: &ElementRef<'a>| measures.get(*element).prose();
    let all = prose(&body);
    let candidates =
        [article_of_body(&shown, prose), one_article(body, furniture, prose), main(&shown, prose)];
    let marked = candidates.into_iter().flatten().find(|root| prose(root) * 4 >= all && prose(root) > 0);
    let root = marked.unwrap_or_else(|| densest(body, measures, furniture));
    let is_headline =
        |element: &ElementRef<'a>| element.value().name() == "h1" && measures.get(*element).letters > 0;
    let within = std::iter::once(root)
        .chain(root.descendent_elements())
        .any(|e| is_headline(&e) && !furniture.holds(e));
    let headline = if within { None } else { shown.iter().find(|element| is_headline(element)).copied() };
    Article { root, headline, marked: marked.is_some() }
}

/// The article around `itemprop="articleBody"`.
fn article_of_body<'a>(
    shown: &[ElementRef<'a>],
    prose: impl Fn(&ElementRef<'a>) -> usize,
) -> Option<ElementRef<'a>> {
    let body =
        shown.iter().filter(|element| is_article_body(**element)).max_by_key(|element| prose(element))?;
    let around =
        body.ancestors().filter_map(ElementRef::wrap).find(|element| element.value().name() == "article");
    Some(around.unwrap_or(*body))
}

/// The one `article`, or the one that holds most of what articles hold; a page of many has none.
fn one_article<'a>(
    body: ElementRef<'a>,
    furniture: &Furniture,
    prose: impl Fn(&ElementRef<'a>) -> usize,
) -> Option<ElementRef<'a>> {
    let mut articles = Vec::new();
    let mut depth = 0_usize;
    for edge in body.traverse() {
        let (Edge::Open(node) | Edge::Close(node)) = edge;
        let Some(element) = ElementRef::wrap(node).filter(|element| element.value().name() == "article")
        else {
            continue;
        };
        if matches!(edge, Edge::Close(_)) {
            depth -= 1;
            continue;
        }
        if depth == 0 && !furniture.holds(element) {
            articles.push(element);
        }
        depth += 1;
    }
    let all: usize = articles.iter().map(&prose).sum();
    articles.into_iter().max_by_key(&prose).filter(|largest| prose(largest) * 10 >= all * 6)
}

fn main<'a>(shown: &[ElementRef<'a>], prose: impl Fn(&ElementRef<'a>) -> usize) -> Option<ElementRef<'a>> {
    let is_main =
        |element: &&ElementRef<'a>| element.value().name() == "main" || element.attr("role") == Some("main");
    shown.iter().filter(is_main).max_by_key(|element| prose(element)).copied()
}

/// The innermost element that still holds four fifths of the prose.
fn densest<'a>(body: ElementRef<'a>, measures: &Measures, furniture: &Furniture) -> ElementRef<'a> {
    let mut root = body;
    loop {
        let children = || root.child_elements().filter(|child| !furniture.holds(*child));
        let prose = |element: ElementRef<'a>| measures.get(element).prose();
        let all: usize = children().map(prose).sum();
        let Some(largest) = children().max_by_key(|child| prose(*child)) else { return root };
        let inline = matches!(
            largest.value().name(),
            "p" | "span" | "a" | "b" | "i" | "em" | "strong" | "font" | "table" | "ul" | "ol"
        );
        if inline || prose(largest) == 0 || prose(largest) * 5 < all * 4 {
            return root;
        }
        root = largest;
    }
}
