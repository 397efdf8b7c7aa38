//! Stage 1e: testimony: a text in which one person tells of himself under a head that says who tells, to whom, when and
//! where. The head is of the interview: its date, its places and its people are no event's.
//!
//! The trap this avoids: the day on which a witness was heard becomes the day of the attack, and the camp in which he
//! lives now its place. A witness is a source by what he is called there, and his name is kept from the public.

use std::ops::Range;

use sijil_model::codebook::{Identification, ReleaseLevel, SourceKind};

use crate::lexicon::Tags;
use crate::sense::Sense;
use crate::sentences::Sentence;
use crate::speech::Source;
use crate::tokens::Tokens;
use crate::window::Window;
use crate::word_lists::Words;

/// Most sentences of a head.
const HEAD: usize = 10;
/// The longest title, in tokens.
const TITLE: usize = 14;
/// How often somebody who gives testimony says "I" or "we" at least.
const OWN_WORDS: usize = 3;

/// A testimony.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Testimony {
    /// Where its head ends, in tokens; what follows is told by the witness.
    pub head: usize,
    /// The words for the witness, and whether they are no real name.
    witness: Option<(Range<usize>, bool)>,
}

/// Reads a text's head as one of testimony, where its first lines say so and what follows tells of "me" and "us".
pub(crate) fn find(tokens: &Tokens<'_>, tags: &Tags, sentences: &[Sentence]) -> Option<Testimony> {
    let tells = |sentence: &&Sentence| {
        sentence.run.clone().any(|at| is_own_word(tokens, tags, at) || begins_questions(tokens, at, sentence))
            || tags.any(sentence.run.clone(), |sense| matches!(sense, Sense::Harm(..) | Sense::Strike))
    };
    // The title may tell; what is below it is head until somebody does.
    let head: Vec<&Sentence> = sentences
        .iter()
        .enumerate()
        .take(HEAD)
        .take_while(|(at, sentence)| *at == 0 && sentence.run.len() <= TITLE || !tells(sentence))
        .map(|(_, sentence)| sentence)
        .collect();
    let end = head.last()?.run.end;
    let witness = head.iter().find_map(|sentence| witness(tokens, &sentence.run));
    let titled = head.iter().any(|sentence| is_title(tokens, &sentence.run));
    let mut own = (end..tokens.len()).filter(|at| is_own_word(tokens, tags, *at));
    // "We regret the harm to our people": a body of people speaks.
    let alone = (end..tokens.len()).any(|at| tokens.is_on(Words::SpeaksAlone, at) || has_kin(tags, at));
    let tells_of_himself = own.nth(OWN_WORDS - 1).is_some() && alone;
    (tells_of_himself && (titled || witness.is_some())).then_some(Testimony { head: end, witness })
}

/// "I", «كنا», «ابني».
fn is_own_word(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> bool {
    tokens.is_on(Words::FirstPerson, at) || has_kin(tags, at)
}

/// «ابني»
fn has_kin(tags: &Tags, at: usize) -> bool {
    tags.is(at, |sense| matches!(sense, Sense::Kin(kin) if kin.of_speaker))
}

/// «سؤال:», "Q:": an interview begins.
fn begins_questions(tokens: &Tokens<'_>, at: usize, sentence: &Sentence) -> bool {
    at == sentence.run.start
        && sentence.opens_line
        && tokens.is_mark(at + 1, ':')
        && matches!(tokens.word(at), "سوال" | "س" | "q" | "question" | "interviewer")
}

/// «شهادة رقم 12», "Statement of a witness", "Testimony 7" over a text.
fn is_title(tokens: &Tokens<'_>, line: &Range<usize>) -> bool {
    line.len() <= TITLE && line.clone().take(3).any(|at| tokens.is_on(Words::Testimony, at))
}

/// What a line of the head says of the witness: «الشاهدة: أم سليم (اسم مستعار)», "Name of witness: S. H., 41".
fn witness(tokens: &Tokens<'_>, line: &Range<usize>) -> Option<(Range<usize>, bool)> {
    const LABEL: usize = 6;
    let colon = line.clone().take(LABEL).find(|at| tokens.is_mark(*at, ':'))?;
    let labelled = (line.start..colon).any(|at| tokens.is_on(Words::Witness, at));
    let name = labelled.then(|| value(tokens, colon + 1, line.end)).filter(|name| !name.is_empty())?;
    let initials = name.clone().any(|at| tokens.is_mark(at, '.'));
    let is_false = (name.end..line.end).any(|at| tokens.is_on(Words::FalseName, at)) || initials;
    Some((name, is_false))
}

/// The words after a label up to a mark or a number; the full stops of initials are theirs.
fn value(tokens: &Tokens<'_>, from: usize, end: usize) -> Range<usize> {
    const LONGEST: usize = 8;
    let from = from + usize::from(matches!(tokens.mark(from), Some('“' | '"' | '(')));
    let goes_on = |at: &usize| {
        let initial = tokens.is_mark(*at, '.') && tokens.word(at - 1).chars().count() == 1;
        initial || tokens.is_word(*at)
    };
    let last = (from..end.min(from + LONGEST)).take_while(goes_on).last();
    from..last.map_or(from, |last| last + 1)
}

impl Testimony {
    /// Whether a sentence is of the head and tells of the interview: not a title that tells of the event, nor a line on it,
    /// "Incident: shelling on 3 March".
    pub fn is_of_interview(&self, tokens: &Tokens<'_>, sentence: &Range<usize>) -> bool {
        const LABEL: usize = 4;
        let any = |run: Range<usize>, words: Words| run.into_iter().any(|at| words.has(tokens.word(at)));
        let colon = sentence.clone().take(LABEL).find(|at| tokens.is_mark(*at, ':'));
        let of_event = colon.is_some_and(|colon| any(sentence.start..colon, Words::EventLabel));
        let title = sentence.start == 0 && colon.is_none() && !any(sentence.clone(), Words::Heard);
        sentence.start < self.head && !of_event && !title
    }

    /// The witness, where the head says who that is; nobody outside the team learns it.
    pub fn source(&self, window: &Window<'_>) -> Option<Source> {
        let (run, is_false) = self.witness.clone()?;
        // "Witness: a woman of 46", «الشاهد: مزارع من نهران»: words for somebody who is not named.
        let somebody = |sense: &Sense| matches!(sense, Sense::People(_));
        let described = matches!(window.tokens.word(run.start), "a" | "an" | "the")
            || window.tokens.is_arabic(run.start) && window.tags.is(run.start, somebody);
        let hidden = described || run.clone().any(|at| window.tokens.is_on(Words::Withheld, at));
        let name = (!hidden).then(|| window.tokens.quote(&run).to_owned());
        let identification = match (&name, is_false) {
            (None, _) => Identification::Anonymous,
            (_, true) => Identification::Pseudonym,
            _ => Identification::Named,
        };
        Some(Source {
            run,
            name,
            kind: SourceKind::WitnessTestimony,
            organisation: None,
            identification,
            release: ReleaseLevel::NamedKeys,
        })
    }
}
