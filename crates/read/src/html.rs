//! Web pages: the article's text without menus, share bars, comments and scripts; blocks become lines.
//!
//! The rule is cautious: what is dropped is what a page marks as furniture (elements, roles, class words from
//! `data/page_furniture.csv`) and lists of nothing but links outside the article. Short lists and tables stay:
//! they are where the dead are named. The text is in the order of the source, as it is read.

mod article;
mod furniture;
mod lines;
mod measure;
mod metadata;
mod work;

use scraper::{ElementRef, Html};

use self::furniture::Furniture;
use self::measure::Measures;
use crate::reading::{Direction, MetadataField, Metadatum, Text};
use crate::text::first_letter_direction;
use crate::warning::Warning;

/// A page as read.
pub(crate) struct Page {
    pub(crate) text: Text,
    pub(crate) metadata: Vec<Metadatum>,
    pub(crate) warnings: Vec<Warning>,
}

pub(crate) use self::work::is_too_much;

/// Reads a page from its letters.
pub(crate) fn read(source: &str) -> Page {
    let tree = Html::parse_document(source);
    let measures = Measures::of(&tree);
    let furniture = Furniture::of(&tree, &measures);
    let article = article::find(&tree, &measures, &furniture);
    let content = lines::of(&article, &measures, &furniture);
    let metadata = metadata::of(&tree, &article, &furniture);
    let direction = direction(article.root, &content);
    let mut text = Text::whole(content).declared(direction);
    let about = |field| metadata.iter().find(|found| found.field == field).map(|found| found.value.clone());
    if let Some(part) = text.parts.first_mut() {
        part.lang = about(MetadataField::Language);
        part.title = about(MetadataField::Title);
        part.published = about(MetadataField::Published);
    }
    let mut warnings = Vec::new();
    if !article.marked {
        warnings.push(Warning::NoArticleMarked);
    }
    let count = forced_directions(article.root);
    if count > 0 {
        warnings.push(Warning::DirectionForced { count });
    }
    Page { text, metadata, warnings }
}

/// The encoding that a page names in its head: `<meta charset>` or `http-equiv`.
pub(crate) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let (_, after) = head.split_once("charset")?;
    let value = after.trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
    let end = value.find(|letter: char| !letter.is_ascii_alphanumeric() && !"-_:.".contains(letter))?;
    (end > 0).then(|| value[..end].to_owned())
}

/// `dir` of the nearest element that has one; `auto` is the first letter's.
fn direction(root: ElementRef<'_>, text: &str) -> Option<Direction> {
    let own = std::iter::once(root).chain(root.ancestors().filter_map(ElementRef::wrap));
    let said = own.filter_map(|element| element.attr("dir")).next()?.trim().to_ascii_lowercase();
    match said.as_str() {
        "rtl" => Some(Direction::Rtl),
        "ltr" => Some(Direction::Ltr),
        "auto" => Some(first_letter_direction(text)),
        _ => None,
    }
}

fn forced_directions(root: ElementRef<'_>) -> u64 {
    let forces = |element: &ElementRef<'_>| {
        let style = element.attr("style").unwrap_or_default();
        element.value().name() == "bdo"
            || style.contains("bidi-override")
            || style.contains("isolate-override")
    };
    root.descendent_elements().filter(forces).count() as u64
}

#[cfg(test)]
mod tests;
