//! Passages: what one report tells at its head, another may tell in a few lines of a long article.

use super::vectors::{Row, Words, dot, length};

/// Words of a head, of a passage, from one passage to the next, and of a report that are looked at.
const HEAD: usize = 40;
const PASSAGE: usize = 30;
const STEP: usize = 15;
const LOOKED_AT: usize = 1500;

/// Heads and passages of reports as vectors of length one.
pub struct Passages {
    heads: Vec<Row>,
    passages: Vec<Vec<Row>>,
}

impl Passages {
    /// Of reports in words.
    pub fn new(texts: &[Vec<String>]) -> Passages {
        let words = Words::new(texts);
        let unit = |part: &[String]| {
            let row = words.row(part);
            let length = length(&row).max(1e-6);
            row.into_iter().map(|(word, weight)| (word, weight / length)).collect::<Row>()
        };
        let of = |text: &Vec<String>| -> Vec<Row> {
            let text = &text[..text.len().min(LOOKED_AT)];
            let starts = (0..text.len().saturating_sub(STEP).max(1)).step_by(STEP);
            starts.map(|at| unit(&text[at..text.len().min(at + PASSAGE)])).collect()
        };
        Passages {
            heads: texts.iter().map(|text| unit(&text[..text.len().min(HEAD)])).collect(),
            passages: texts.iter().map(of).collect(),
        }
    }

    /// How well the head of each of two reports is found in a passage of the other: the lower and the higher cosine.
    pub fn found(&self, a: usize, b: usize) -> (f32, f32) {
        let best = |head: usize, of: usize| {
            self.passages[of].iter().map(|passage| dot(&self.heads[head], passage)).fold(0.0, f32::max)
        };
        let (one, other) = (best(a, b), best(b, a));
        (one.min(other), one.max(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incidents::words::words;

    #[test]
    fn a_short_report_is_found_in_a_long_article() {
        let strike = "shells hit the market of Ain Alhor and killed two vendors";
        let before = "talks about prices of bread went on in the capital for days without news ".repeat(6);
        let texts = [strike.to_owned(), format!("{before} {strike} {before}"), before];
        let texts: Vec<Vec<String>> = texts.iter().map(|text| words(text)).collect();
        let passages = Passages::new(&texts);
        assert!(passages.found(0, 1).1 > 0.5);
        assert!(passages.found(0, 2).1 < 0.1);
    }
}
