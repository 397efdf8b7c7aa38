//! What surrounds every page: its ground, its language, its navigation, and the same page in the other language.

use serde::Serialize;
use sijil_model::Language;

use crate::Links;

/// Where a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// The review desk: forms, everything that the register holds.
    Desk,
    /// The published site: files, only what is cleared.
    Site,
}

/// The places of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// The figures: the first page.
    Figures,
    /// Claims about many incidents at once.
    Aggregates,
    /// Pairs to judge.
    Review,
    /// Who said it.
    Sources,
    /// The log.
    Log,
    /// Search.
    Search,
    /// What the site is and how it was made.
    About,
    /// How to check the site.
    Verify,
}

impl Section {
    /// The places of a ground, in order.
    pub fn of(ground: Ground) -> &'static [Section] {
        match ground {
            Ground::Desk => {
                &[Self::Figures, Self::Aggregates, Self::Review, Self::Sources, Self::Log, Self::Search]
            }
            Ground::Site => &[Self::Figures, Self::About, Self::Verify],
        }
    }

    /// The key of its name.
    fn key(self) -> &'static str {
        match self {
            Self::Figures => "section-figures",
            Self::Aggregates => "section-aggregates",
            Self::Review => "section-review",
            Self::Sources => "section-sources",
            Self::Log => "section-log",
            Self::Search => "section-search",
            Self::About => "section-about",
            Self::Verify => "section-verify",
        }
    }

    /// The page's name in addresses.
    fn page(self) -> &'static str {
        match self {
            Self::Figures => "index",
            Self::Aggregates => "aggregates",
            Self::Review => "review",
            Self::Sources => "sources",
            Self::Log => "log",
            Self::Search => "search",
            Self::About => "about",
            Self::Verify => "verify",
        }
    }

    fn address(self, links: &Links) -> String {
        if self == Self::Figures { links.home() } else { links.page(self.page()) }
    }
}

/// A link of the navigation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Place {
    key: &'static str,
    href: String,
    current: bool,
}

/// What surrounds a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frame {
    pub(crate) language: Language,
    direction: &'static str,
    ground: Ground,
    navigation: Vec<Place>,
    switch: Switch,
    stylesheet: String,
    home: String,
    /// The name of the register or release, as its owner wrote it.
    pub register: String,
    /// Who works at the desk: the account's public pseudonym.
    pub account: Option<String>,
    /// The number of entries in the log that this page rests on.
    pub position: Option<u64>,
    /// What every form sends along, so that no other page can send it.
    pub token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Switch {
    language: Language,
    direction: &'static str,
    href: String,
}

impl Frame {
    /// A page around which `links` lead; `other` is the same page in the other language, `section` where it belongs.
    pub fn new(links: &Links, register: &str, section: Option<Section>, other: String) -> Self {
        let place =
            |at: &Section| Place { key: at.key(), href: at.address(links), current: Some(*at) == section };
        let language = links.language();
        let other_language = match language {
            Language::En => Language::Ar,
            Language::Ar => Language::En,
        };
        Self {
            language,
            direction: language.direction(),
            ground: links.ground(),
            navigation: Section::of(links.ground()).iter().map(place).collect(),
            switch: Switch { language: other_language, direction: other_language.direction(), href: other },
            stylesheet: links.stylesheet(),
            home: links.home(),
            register: register.to_owned(),
            account: None,
            position: None,
            token: None,
        }
    }
}
