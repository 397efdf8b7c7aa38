//! `sijil report`: figures with methods, tables and pictures, in a file that is ready for a publication.

use clap::Parser;
use sijil_count::{Figure, Question};
use sijil_model::Language;
use sijil_publish::Typed;

use super::publish::{Around, failure};
use crate::arguments::{Arguments, Languages, Quoted, Report};
use crate::asking;
use crate::failure::{Failure, Outcome, write_whole};
use crate::reporting::{Format, compose};
use crate::session::Session;
use crate::stages::Stages;
use crate::terminal::{counted, say};

pub fn run(arguments: &Arguments, report: &Report) -> Outcome {
    let ending =
        report.out.extension().map(|ending| ending.to_string_lossy().into_owned()).unwrap_or_default();
    let format = Format::of_ending(&ending).ok_or_else(|| {
        Failure::Usage(format!("{}: a report is written as .md, .html or .docx", report.out.display()))
    })?;
    let session = Session::open(arguments)?;
    let view = session.register.view();
    let stages = Stages::of(&session.register)?;
    let at = asking::reached(view, report.at)?;
    let languages = match report.lang {
        Languages::En => vec![Language::En],
        Languages::Ar => vec![Language::Ar],
        Languages::Both => Language::ALL.to_vec(),
    };
    let mut asked = Vec::new();
    for text in &report.questions {
        asked.push(question(&session, &stages, text)?);
    }
    let typed = Typed::of(&session.register, &Around(&stages)).map_err(failure)?;
    let mut reports = Vec::new();
    for language in languages {
        let mut figures: Vec<(Option<String>, Figure)> = Vec::new();
        for (saved, question) in &asked {
            let title = saved.as_ref().and_then(|saved| saved.given_title(language)).map(str::to_owned);
            figures.push((title, asking::answer(view, &stages, question, at)?));
        }
        let composed = compose(view, &stages, &figures, language, report.title.as_deref())?;
        reports.push(composed.said_as(|text| typed.without_names(text)));
    }
    write_whole(&report.out, &format.write(&reports)?)?;
    say(&format!("wrote {}: {} at log position {at}", report.out.display(), counted(asked.len(), "figure")));
    Ok(())
}

/// A saved figure by its name, or a question in quotes.
fn question(
    session: &Session,
    stages: &Stages,
    text: &str,
) -> Result<(Option<asking::Saved>, Question), Failure> {
    let view = session.register.view();
    if let Some(saved) = asking::saved(view)?.into_iter().find(|saved| saved.id == text) {
        let question = saved.question.clone();
        return Ok((Some(saved), question));
    }
    let words = shlex::split(text).unwrap_or_default();
    let Some(("count", options)) = words.split_first().map(|(first, rest)| (first.as_str(), rest)) else {
        let names: Vec<String> = asking::saved(view)?.into_iter().map(|saved| saved.id).collect();
        let known = if names.is_empty() { "none is saved yet".to_owned() } else { names.join(", ") };
        return Err(Failure::Refused(format!(
            "`{text}` is no saved figure ({known}) and no question; write a question in quotes, as sijil count takes it: \"count --by month\""
        )));
    };
    let quoted =
        Quoted::try_parse_from(options).map_err(|error| Failure::Usage(format!("`{text}`: {error}")))?;
    Ok((None, asking::question(view, stages, &quoted.count)?))
}
