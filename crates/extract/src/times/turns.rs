//! Where a text turns from one stated time to another.

use sijil_model::{Edtf, TimeExpression};

use super::find;
use crate::lexicon::Tags;
use crate::tokens::Tokens;

/// The bytes at which sentences begin that state a time of their own: "In March 2031, …" after "On 22 March 2031 …". A time
/// without its year is that of the sentences before.
pub fn turns_of_time(text: &str) -> Vec<usize> {
    let tokens = Tokens::of(text);
    let tags = Tags::of(&tokens);
    let mut stated: Vec<Edtf> = Vec::new();
    let mut turns = Vec::new();
    for sentence in crate::sentences::sentences(&tokens) {
        let own =
            find(&tokens, &tags, sentence.run.clone()).into_iter().filter_map(|time| match time.expression {
                Some(TimeExpression::Calendar(date)) if !date.as_str().contains("XXXX") => Some(date),
                _ => None,
            });
        let own: Vec<Edtf> = own.collect();
        if own.is_empty() {
            continue;
        }
        if !stated.is_empty() && !own.iter().any(|date| stated.contains(date)) {
            turns.push(tokens.bytes(&sentence.run).start);
        }
        stated = own;
    }
    turns
}
