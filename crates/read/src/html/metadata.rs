//! What a page says of itself: title, byline, dates, outlet; each with where it stands.

use scraper::{ElementRef, Html};
use serde_json::Value;

use super::article::Article;
use super::furniture::Furniture;
use crate::reading::{MetadataField, Metadatum};

/// Names and properties of `meta` elements, in the order of trust within a field.
const METAS: [(MetadataField, &[&str]); 7] = [
    (MetadataField::Title, &["og:title", "twitter:title", "dc.title", "dcterms.title"]),
    (
        MetadataField::Byline,
        &["author", "article:author", "byl", "dc.creator", "parsely-author", "sailthru.author"],
    ),
    (
        MetadataField::Published,
        &[
            "article:published_time",
            "datepublished",
            "publishdate",
            "publish_date",
            "publish-date",
            "pubdate",
            "date",
            "dc.date",
            "dc.date.issued",
            "dcterms.issued",
            "dcterms.created",
            "sailthru.date",
            "parsely-pub-date",
            "og:published_time",
        ],
    ),
    (
        MetadataField::Modified,
        &["article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified"],
    ),
    (MetadataField::Site, &["og:site_name", "application-name"]),
    (MetadataField::Address, &["og:url"]),
    (MetadataField::Language, &["og:locale", "content-language", "dc.language"]),
];

/// All that is said, the more trusted first within a field; the same value from the same place once.
pub(crate) fn of(tree: &Html, article: &Article<'_>, furniture: &Furniture) -> Vec<Metadatum> {
    let mut found = Vec::new();
    linked_data(tree, &mut found);
    metas(tree, &mut found);
    marked(tree, article, furniture, &mut found);
    let mut kept: Vec<Metadatum> = Vec::new();
    for metadatum in found {
        if !metadatum.value.is_empty() && !kept.contains(&metadatum) {
            kept.push(metadatum);
        }
    }
    kept.sort_by_key(|metadatum| metadatum.field);
    kept
}

fn note(found: &mut Vec<Metadatum>, field: MetadataField, value: &str, from: impl Into<String>) {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    found.push(Metadatum { field, value, from: from.into() });
}

fn metas(tree: &Html, found: &mut Vec<Metadatum>) {
    let metas: Vec<(String, &str, &str)> = tree
        .root_element()
        .descendent_elements()
        .filter(|element| element.value().name() == "meta")
        .filter_map(|element| {
            let (attribute, name) = ["property", "name", "itemprop", "http-equiv"]
                .into_iter()
                .find_map(|attribute| Some((attribute, element.attr(attribute)?)))?;
            Some((name.trim().to_ascii_lowercase(), attribute, element.attr("content")?))
        })
        .collect();
    for (field, names) in METAS {
        for name in names {
            for (_, attribute, content) in metas.iter().filter(|(found, ..)| found == name) {
                let address = content.starts_with("http://") || content.starts_with("https://");
                if field != MetadataField::Byline || !address {
                    note(found, field, content, format!("meta[{attribute}=\"{name}\"]"));
                }
            }
        }
    }
}

/// Facts that stand in the page's elements themselves.
fn marked(tree: &Html, article: &Article<'_>, furniture: &Furniture, found: &mut Vec<Metadatum>) {
    if let Some(lang) = tree.root_element().attr("lang") {
        note(found, MetadataField::Language, lang, "html[lang]");
    }
    for element in tree.root_element().descendent_elements() {
        let name = element.value().name();
        match name {
            "title" if parent_is(element, "head") => {
                note(found, MetadataField::Title, &text(element), "title")
            }
            "link" if element.attr("rel") == Some("canonical") => {
                note(
                    found,
                    MetadataField::Address,
                    element.attr("href").unwrap_or_default(),
                    "link[rel=\"canonical\"]",
                );
            }
            _ => {}
        }
    }
    if let Some(headline) = article.headline {
        note(found, MetadataField::Title, &text(headline), "h1");
    }
    let mut times = 0;
    for element in article.root.descendent_elements().filter(|element| !furniture.holds(*element)) {
        times += usize::from(element.value().name() == "time");
        in_article(element, times == 1, found);
    }
}

fn in_article(element: ElementRef<'_>, first_time: bool, found: &mut Vec<Metadatum>) {
    let name = element.value().name();
    let said =
        || element.attr("datetime").or(element.attr("content")).map_or_else(|| text(element), str::to_owned);
    // What `meta` elements say was read from the whole page.
    let property = if name == "meta" { "" } else { element.attr("itemprop").unwrap_or_default() };
    match property {
        "datePublished" => note(found, MetadataField::Published, &said(), "[itemprop=\"datePublished\"]"),
        "dateModified" => note(found, MetadataField::Modified, &said(), "[itemprop=\"dateModified\"]"),
        "author" => note(found, MetadataField::Byline, &said(), "[itemprop=\"author\"]"),
        _ if name == "time" && first_time => {
            if let Some(datetime) = element.attr("datetime") {
                note(found, MetadataField::Published, datetime, "time[datetime]");
            }
        }
        _ => {}
    }
    if name == "h1" {
        note(found, MetadataField::Title, &text(element), "h1");
    }
    if element.attr("rel") == Some("author") {
        note(found, MetadataField::Byline, &text(element), "[rel=\"author\"]");
    }
    let byline =
        element.value().classes().find(|class| matches!(*class, "byline" | "author" | "post-author"));
    if let Some(class) = byline {
        note(found, MetadataField::Byline, &text(element), format!(".{class}"));
    }
}

fn parent_is(element: ElementRef<'_>, name: &str) -> bool {
    element.parent().and_then(ElementRef::wrap).is_some_and(|parent| parent.value().name() == name)
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect()
}

/// JSON-LD of articles, posts and reports.
fn linked_data(tree: &Html, found: &mut Vec<Metadatum>) {
    let scripts = tree.root_element().descendent_elements().filter(|element| {
        element.value().name() == "script" && element.attr("type") == Some("application/ld+json")
    });
    for script in scripts {
        if let Ok(value) = serde_json::from_str::<Value>(text(script).trim()) {
            in_linked_data(&value, found);
        }
    }
}

/// serde_json's own depth limit (128) bounds the recursion.
fn in_linked_data(value: &Value, found: &mut Vec<Metadatum>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| in_linked_data(value, found)),
        Value::Object(object) => {
            let types = object.get("@type").map(Value::to_string).unwrap_or_default();
            if ["Article", "Posting", "Report"].iter().any(|kind| types.contains(kind)) {
                for (field, key) in [
                    (MetadataField::Published, "datePublished"),
                    (MetadataField::Modified, "dateModified"),
                    (MetadataField::Title, "headline"),
                    (MetadataField::Byline, "author"),
                ] {
                    names_in(object.get(key), &mut |value| {
                        note(found, field, value, format!("JSON-LD {key}"))
                    });
                }
            }
            object.get("@graph").into_iter().for_each(|value| in_linked_data(value, found));
        }
        _ => {}
    }
}

/// A string, an object's `name`, or a list of these.
fn names_in(value: Option<&Value>, take: &mut impl FnMut(&str)) {
    match value {
        Some(Value::String(words)) => take(words),
        Some(Value::Array(values)) => values.iter().for_each(|value| names_in(Some(value), take)),
        Some(Value::Object(object)) => names_in(object.get("name").filter(|name| name.is_string()), take),
        _ => {}
    }
}
