//! The article's elements as lines of text: a block a line, a table row a line with tabs.

use ego_tree::iter::Edge;
use scraper::{ElementRef, Node};

use super::article::Article;
use super::furniture::{Furniture, announces_links, is_share_line};
use super::measure::Measures;

/// Elements that begin and end a line.
const BLOCKS: [&str; 45] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
    "legend",
    "optgroup",
    "search",
    "br",
    "dir",
];
/// A table with a longer cell orders the page, it does not list.
const LONGEST_CELL: usize = 300;

/// The text of an article.
pub(crate) fn of(article: &Article<'_>, measures: &Measures, furniture: &Furniture) -> String {
    let mut lines = Lines { marked: article.marked, ..Lines::default() };
    if let Some(headline) = article.headline {
        lines.add(headline, measures, furniture);
    }
    lines.add(article.root, measures, furniture);
    lines.text
}

#[derive(Default)]
struct Lines {
    text: String,
    line: String,
    /// Letters of the line, and those of them in links.
    letters: usize,
    linked: usize,
    in_link: usize,
    in_pre: usize,
    /// Depth of data tables: their rows are lines, whatever is in the cells.
    in_data_table: usize,
    marked: bool,
    /// The last line announced links to other stories.
    announced: bool,
}

impl Lines {
    fn add(&mut self, root: ElementRef<'_>, measures: &Measures, furniture: &Furniture) {
        let mut skipped = None;
        for edge in root.traverse() {
            match edge {
                Edge::Open(node) if skipped.is_none() => match node.value() {
                    Node::Text(text) => self.letters(text),
                    Node::Element(_) => {
                        let Some(element) = ElementRef::wrap(node) else { continue };
                        if furniture.holds(element) || self.is_link_list(element, measures) {
                            skipped = Some(node.id());
                        } else {
                            self.open(element, measures);
                        }
                    }
                    _ => {}
                },
                Edge::Close(node) if skipped == Some(node.id()) => {
                    skipped = None;
                    if ElementRef::wrap(node).is_some_and(|element| BLOCKS.contains(&element.value().name()))
                    {
                        self.end_block();
                    }
                }
                Edge::Close(node) if skipped.is_none() => {
                    if let Some(element) = ElementRef::wrap(node) {
                        self.close(element, measures);
                    }
                }
                _ => {}
            }
        }
        self.end_line();
    }

    /// A list of nothing but links: a menu outside a marked article, other stories after their announcement.
    fn is_link_list(&mut self, element: ElementRef<'_>, measures: &Measures) -> bool {
        if !matches!(
            element.value().name(),
            "ul" | "ol" | "dl" | "div" | "section" | "table" | "tr" | "td" | "th" | "p"
        ) {
            return false;
        }
        let measure = measures.get(element);
        let other_stories = measure.links >= 1 && measure.linked * 10 > measure.letters * 8;
        if (!self.marked && measure.is_menu()) || (other_stories && self.is_announced()) {
            self.drop_announcement();
            return true;
        }
        false
    }

    fn is_announced(&self) -> bool {
        if self.line.trim().is_empty() { self.announced } else { announces_links(&self.line) }
    }

    fn drop_announcement(&mut self) {
        if !self.line.trim().is_empty() || !self.announced {
            return;
        }
        let without_end = self.text.trim_end_matches('\n');
        let start = without_end.rfind('\n').map_or(0, |end| end + 1);
        self.text.truncate(start.saturating_sub(1));
        self.announced = false;
    }

    fn open(&mut self, element: ElementRef<'_>, measures: &Measures) {
        let name = element.value().name();
        self.in_link += usize::from(name == "a");
        if name == "table" && is_data_table(element, measures) {
            self.end_line();
            self.in_data_table += 1;
        }
        if (name == "td" || name == "th") && self.in_data_table > 0 {
            if element.prev_siblings().any(|node| node.value().is_element()) {
                let end = self.line.trim_end_matches(' ').len();
                self.line.truncate(end);
                self.line.push('\t');
            }
        } else if BLOCKS.contains(&name) || name == "td" || name == "th" {
            self.end_block_of(name);
        }
        self.in_pre += usize::from(name == "pre");
    }

    fn close(&mut self, element: ElementRef<'_>, measures: &Measures) {
        let name = element.value().name();
        self.in_link -= usize::from(name == "a");
        self.in_pre -= usize::from(name == "pre");
        if BLOCKS.contains(&name) && name != "br" {
            self.end_block_of(name);
        }
        if name == "table" && is_data_table(element, measures) {
            self.in_data_table -= 1;
            self.end_line();
        }
    }

    fn end_block_of(&mut self, name: &str) {
        if matches!(name, "tr" | "caption" | "table") { self.end_line() } else { self.end_block() }
    }

    /// Within a cell of a data table a block is only a space.
    fn end_block(&mut self) {
        if self.in_data_table == 0 {
            self.end_line();
        } else {
            self.space();
        }
    }

    fn space(&mut self) {
        if !self.line.is_empty() && !self.line.ends_with([' ', '\t']) {
            self.line.push(' ');
        }
    }

    fn letters(&mut self, text: &str) {
        for letter in text.chars() {
            if self.in_pre > 0 && letter == '\n' {
                self.end_block();
            } else if self.in_pre > 0 && matches!(letter, ' ' | '\t') {
                self.line.push(letter);
            } else if letter.is_ascii_whitespace() {
                self.space();
            } else {
                self.line.push(letter);
                if !letter.is_whitespace() {
                    self.letters += 1;
                    self.linked += usize::from(self.in_link > 0);
                }
            }
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim_end_matches([' ', '\t']);
        let all_links = self.letters > 0 && self.linked == self.letters;
        (self.letters, self.linked) = (0, 0);
        if line.trim().is_empty() || (all_links && is_share_line(line)) {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(line);
        self.announced = announces_links(line);
    }
}

fn is_data_table(table: ElementRef<'_>, measures: &Measures) -> bool {
    let measure = measures.get(table);
    measure.tables == 1 && measure.longest_cell <= LONGEST_CELL
}
