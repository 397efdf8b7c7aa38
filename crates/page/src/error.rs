//! What can go wrong while a page is made.

use sijil_model::Language;

/// Why a page could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// A template does not parse, or asks for something that its page does not have.
    #[error("template `{template}`: {cause}; correct it, or remove your own copy to use the built-in one")]
    Template {
        /// The template's name.
        template: String,
        /// What is wrong, with the line.
        cause: String,
    },
    /// A template has a name that no page uses.
    #[error("no page uses a template named `{name}`; the names are {known}")]
    UnknownTemplate {
        /// The name.
        name: String,
        /// The names that there are.
        known: String,
    },
    /// The words of a language do not parse.
    #[error("the words in `{}` cannot be read: {cause}", language.code())]
    Words {
        /// Which language.
        language: Language,
        /// What is wrong.
        cause: String,
    },
    /// A span does not lie on letter borders of the text that it is shown in.
    #[error(
        "claim {claim} has a span that is no place in its text (bytes {start} to {end}); run `sijil verify --deep`"
    )]
    Span {
        /// The claim.
        claim: String,
        /// First byte.
        start: usize,
        /// One past the last byte.
        end: usize,
    },
}

impl PageError {
    pub(crate) fn template(name: &str, cause: &minijinja::Error) -> Self {
        use std::error::Error as _;
        let mut told = cause.to_string();
        let mut inner = cause.source();
        while let Some(deeper) = inner {
            told = format!("{told}: {deeper}");
            inner = deeper.source();
        }
        Self::Template { template: name.to_owned(), cause: told }
    }
}
