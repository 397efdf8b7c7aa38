//! Figures quoted in a text, held against the register or the release that they come from.

mod quotes;
mod released;
mod titled;

use std::path::Path;

use serde::Serialize;
use sijil_check::{Disagreement, Documented, Finding, Kind};
use sijil_count::Question;
use sijil_model::fold::fold;
use sijil_read::{Content, Reading};
use sijil_register::Register;

use self::quotes::QuotedFigure;
use self::released::{OwnPlaces, Released};
use self::titled::Titled;
use crate::asking;
use crate::failure::Failure;
use crate::session::passphrase_for;
use crate::stages::Stages;

/// What figures are held against.
pub struct Against {
    stages: Stages,
    rules: String,
    held: Held,
    /// The figures that are published or saved, by their titles.
    titled: Vec<(Titled, Documented)>,
}

enum Held {
    Register(Box<Register>),
    Release(Released),
}

/// What was found in a text.
#[derive(Default)]
pub struct Compared {
    /// Figures that do not stand.
    pub findings: Vec<Misquoted>,
    /// How many figures were held against what is documented.
    pub figures: usize,
    /// How many numbers of people were left alone: another's words, or without a place or time that is found, or of no
    /// figure of a release.
    pub left_alone: usize,
}

/// A quoted figure that does not stand, with the question that was understood.
#[derive(Serialize)]
pub struct Misquoted {
    /// What does not stand.
    #[serde(flatten)]
    pub finding: Finding,
    /// What the text was understood to answer.
    pub question: Question,
}

impl Compared {
    /// Holds a figure against all that it may mean: it stands where it stands under one.
    fn hold(&mut self, figure: QuotedFigure, documented: &[Documented], stages: &Stages) {
        self.figures += 1;
        let disagrees = |documented: &Documented| documented.disagrees(figure.stated, figure.approximate);
        let found: Option<Vec<Disagreement>> = documented.iter().map(disagrees).collect();
        let least = found.and_then(|found| found.into_iter().min_by_key(|one| one.severity));
        self.findings.extend(least.map(|least| misquoted(figure, least, stages)));
    }
}

impl Against {
    /// Opens a register or a release.
    ///
    /// # Errors
    /// A folder that is neither, or that cannot be read.
    pub fn open(folder: &Path) -> Result<Self, Failure> {
        if sijil_publish::is_release(folder) {
            let (released, titled) = Released::read(folder)?;
            let (stages, held) = (Stages::built_in(None), Held::Release(released));
            return Ok(Self { stages, rules: "open".to_owned(), held, titled });
        }
        let register = Register::open(folder, passphrase_for(folder)?.as_ref())?;
        let rules = asking::standard(register.view())?.rules;
        let saved = asking::saved(register.view())?;
        let stages = Stages::of(&register)?;
        let mut against =
            Self { stages, rules, held: Held::Register(Box::new(register)), titled: Vec::new() };
        for saved in saved {
            if let Some(documented) = against.documented(&saved.question)? {
                let titles = [saved.title_en, saved.title_ar];
                against.titled.push((Titled { titles, question: saved.question }, documented));
            }
        }
        Ok(against)
    }

    /// Holds every figure of a text against what is documented.
    ///
    /// # Errors
    /// A register that cannot be read.
    pub fn compare(&self, reading: &Reading) -> Result<Compared, Failure> {
        let mut compared = Compared::default();
        let Content::Text(text) = &reading.content else { return Ok(compared) };
        let everywhere = self.titled.iter().filter(|(of, _)| of.question.places.is_empty());
        let scope: Vec<String> =
            everywhere.flat_map(|(of, _)| of.titles.iter().map(|title| fold(title))).collect();
        for part in &text.parts {
            let quotes =
                quotes::quotes((&self.stages, self.own_places(), &scope), &self.rules, &text.content, part)?;
            compared.left_alone += quotes.left_alone;
            let mut known: Vec<(u32, u32)> = Vec::new();
            for figure in quotes.figures {
                let [start, end] = figure.words.span.pair();
                let documented = self.readings(&figure.question)?;
                if documented.is_empty() {
                    compared.left_alone += 1;
                    continue;
                }
                known.push((start, end));
                compared.hold(figure, &documented, &self.stages);
            }
            for (of, documented) in &self.titled {
                for figure in of.repeated(&text.content, part) {
                    let [start, end] = figure.words.span.pair();
                    if known.iter().all(|(from, to)| *to <= start || end <= *from) {
                        compared.hold(figure, std::slice::from_ref(documented), &self.stages);
                    }
                }
            }
        }
        Ok(compared)
    }

    /// What may be meant by a question: what is documented of it as it stands, and each figure whose title asks the same.
    fn readings(&self, question: &Question) -> Result<Vec<Documented>, Failure> {
        let names: Vec<Vec<String>> = question
            .places
            .iter()
            .map(|place| {
                let own = self.stages.gazetteer.chain(place).into_iter().next();
                own.into_iter().flat_map(|place| [place.name_en, place.name_ar]).flatten().collect()
            })
            .collect();
        let by_title = self.titled.iter().filter(|(of, _)| of.asks(question, &names));
        Ok(self.documented(question)?.into_iter().chain(by_title.map(|(_, said)| said.clone())).collect())
    }

    /// Places that only what figures are held against knows.
    fn own_places(&self) -> Option<&OwnPlaces> {
        match &self.held {
            Held::Release(released) => Some(&released.places),
            Held::Register(_) => None,
        }
    }

    /// What is documented; none where a release has no figure of the question, or the rules in force do not count it.
    fn documented(&self, question: &Question) -> Result<Option<Documented>, Failure> {
        match &self.held {
            Held::Release(released) => Ok(released.documented(question)),
            Held::Register(register) => {
                let view = register.view();
                match asking::answer(view, &self.stages, question, view.position()?) {
                    Ok(figure) => {
                        Ok(Some(Documented { inside: figure.inside, possibly: figure.possibly_inside }))
                    }
                    Err(Failure::Refused(_)) => Ok(None),
                    Err(failure) => Err(failure),
                }
            }
        }
    }
}

fn misquoted(figure: QuotedFigure, found: Disagreement, stages: &Stages) -> Misquoted {
    let places: Vec<String> =
        figure.question.places.iter().map(|place| asking::place_in_words(stages, place)).collect();
    let asked =
        Question { places: Vec::new(), ..figure.question.clone() }.in_words(sijil_model::Language::En);
    let place = if places.is_empty() { String::new() } else { format!(", in {}", places.join("; ")) };
    let [start, end] = figure.words.span.pair();
    let finding = Finding {
        span: (start, end),
        quote: figure.words.quote,
        finding: Kind::Figure,
        stated: figure.stated.min().unwrap_or_default() as f64,
        computed: found.computed as f64,
        severity: found.severity,
        explain: format!("{asked}{place}: {}", found.explain),
    };
    Misquoted { finding, question: figure.question }
}
