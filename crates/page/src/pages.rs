//! Pages made from views and templates, one set of templates for both languages and both grounds.

use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use serde::Serialize;
use sijil_model::Language;

use crate::words::Speech;
use crate::{Frame, PageError, Words, functions, view};

/// The stylesheet of every page.
pub const STYLESHEET: &str = include_str!("../assets/style.css");

macro_rules! templates {
    ($($name:literal),+ $(,)?) => {
        const TEMPLATES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../templates/", $name)))),+];
    };
}

templates! {
    "layout.html", "parts.html", "question.html",
    "figures.html", "figure.html", "incident.html", "person.html", "document.html", "claim.html", "log.html", "entry.html",
    "search.html", "aggregates.html", "sources.html", "list.html", "error.html", "sign-in.html", "review.html",
    "site-index.html", "about.html", "verify.html",
}

/// The names of the templates, each of which may be replaced.
pub fn template_names() -> impl Iterator<Item = &'static str> {
    TEMPLATES.iter().map(|(name, _)| *name)
}

/// A view that has a template.
pub trait Page: Serialize {
    /// The template's name.
    const TEMPLATE: &'static str;
}

macro_rules! pages {
    ($($view:ident = $template:literal),+ $(,)?) => {
        $(impl Page for view::$view { const TEMPLATE: &'static str = $template; })+
    };
}

pages! {
    FiguresPage = "figures.html", FigurePage = "figure.html", IncidentPage = "incident.html", PersonPage = "person.html",
    DocumentPage = "document.html", ClaimPage = "claim.html", LogPage = "log.html", EntryPage = "entry.html",
    SearchPage = "search.html", AggregatesPage = "aggregates.html", SourcesPage = "sources.html", ListPage = "list.html",
    ErrorPage = "error.html", SignInPage = "sign-in.html", ReviewPage = "review.html",
    SiteIndexPage = "site-index.html", AboutPage = "about.html", VerifyPage = "verify.html",
}

/// Makes pages. Cheap to share, safe to use from several threads.
pub struct Pages {
    words: Words,
    english: Environment<'static>,
    arabic: Environment<'static>,
}

impl Pages {
    /// Pages from the built-in templates.
    pub fn new(words: Words) -> Result<Self, PageError> {
        Self::with_templates(words, [])
    }

    /// Pages in which some templates are replaced by others, each a name and its text (the program reads the folder).
    pub fn with_templates(
        words: Words,
        others: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, PageError> {
        let others: Vec<(String, String)> = others.into_iter().collect();
        for (name, _) in &others {
            if !template_names().any(|known| known == name) {
                let known = template_names().collect::<Vec<_>>().join(", ");
                return Err(PageError::UnknownTemplate { name: name.clone(), known });
            }
        }
        let english = environment(words.in_language(Language::En), &others)?;
        let arabic = environment(words.in_language(Language::Ar), &others)?;
        Ok(Self { words, english, arabic })
    }

    /// The words of the pages, for what the program says itself.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// A page as HTML, in the frame's language and for its ground.
    pub fn render<P: Page>(&self, page: &P, frame: &Frame) -> Result<String, PageError> {
        let environment = match frame.language {
            Language::En => &self.english,
            Language::Ar => &self.arabic,
        };
        environment
            .get_template(P::TEMPLATE)
            .and_then(|template| {
                template
                    .render(context! { page => Value::from(Serde(page)), frame => Value::from(Serde(frame)) })
            })
            .map_err(|cause| PageError::template(P::TEMPLATE, &cause))
    }
}

fn environment(speech: &Arc<Speech>, others: &[(String, String)]) -> Result<Environment<'static>, PageError> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build()
            .map_err(|cause| PageError::template("layout.html", &cause))?,
    );
    functions::register(&mut environment, speech);
    for (name, source) in TEMPLATES {
        let source = others.iter().find(|(other, _)| other == name).map_or(*source, |(_, text)| text);
        environment
            .add_template_owned(*name, source.to_owned())
            .map_err(|cause| PageError::template(name, &cause))?;
    }
    Ok(environment)
}
