//! Figures as their titles ask them: a title may name the place that its question leaves open, and a text may repeat it with
//! its number behind it.

use sijil_check::first_number;
use sijil_count::Question;
use sijil_model::fold::fold;
use sijil_model::{Interval, Quoted, Span, Upper};
use sijil_read::Part;

use super::quotes::{QuotedFigure, words_of};

/// How many letters after a title its number may stand.
const NEAR: usize = 60;

/// A figure with its titles in both languages.
#[derive(Clone)]
pub struct Titled {
    /// In English and Arabic.
    pub titles: [String; 2],
    /// What it asks.
    pub question: Question,
}

impl Titled {
    /// Whether a quoted question is this figure's as its title says it: of the same people and time, and of the same places or
    /// of one that only the title names. `named` are the names of each place that is asked.
    pub fn asks(&self, quoted: &Question, named: &[Vec<String>]) -> bool {
        let own = &self.question;
        let title_names = |names: &Vec<String>| {
            self.titles.iter().any(|title| {
                let title = fold(title);
                names.iter().any(|name| !name.is_empty() && title.contains(&fold(name)))
            })
        };
        let placed = own.places == quoted.places
            || own.places.is_empty() && !named.is_empty() && named.iter().all(title_names);
        is_same(own, quoted) && placed
    }

    /// Where a text repeats a title, the number behind it: "People killed in Marjan, September 2031: at least 61".
    pub fn repeated(&self, text: &str, part: &Part) -> Vec<QuotedFigure> {
        let words = words_of(text, part);
        let titles = self.titles.iter().filter(|title| !title.is_empty());
        let ends = titles.flat_map(|title| words.match_indices(title.as_str()).map(|(at, it)| at + it.len()));
        ends.filter_map(|end| self.behind(&words[end..], (part, &words[..end]))).collect()
    }

    fn behind(&self, rest: &str, (part, before): (&Part, &str)) -> Option<QuotedFigure> {
        let lead: usize = rest.chars().take_while(|letter| !letter.is_alphanumeric()).count();
        let near: String = rest.chars().skip(lead).take(NEAR).collect();
        let line = near.lines().next()?;
        let told = first_number(line).filter(|told| told.start == 0)?;
        let start = part.start + (before.chars().count() + lead) as u32;
        let quote: String = line.chars().take(told.end as usize).collect();
        let byte = |letters: &str| part.byte_start + letters.len() as u32;
        let skipped: String = rest.chars().take(lead).collect();
        let byte_start = byte(before) + skipped.len() as u32;
        let span = Span::Text {
            start,
            end: start + told.end,
            byte_start,
            byte_end: byte_start + quote.len() as u32,
        };
        let high = told.high.map_or(Upper::Open, Upper::Known);
        Some(QuotedFigure {
            words: Quoted { span, quote },
            stated: Interval::new(Some(told.low), None, high).ok()?,
            approximate: told.approximate,
            question: self.question.clone(),
        })
    }
}

/// Whether two questions are of the same people, time and parties; grades, rules and breakdown are a figure's own.
pub fn is_same(own: &Question, quoted: &Question) -> bool {
    (own.harm, own.class, own.status) == (quoted.harm, quoted.class, quoted.status)
        && own.actors == quoted.actors
        && own.period_bounds() == quoted.period_bounds()
        && own.means.is_none()
        && own.site.is_none()
}
