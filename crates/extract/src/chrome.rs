//! Stage 1c: lines of copied web pages that are menus, share bars and other articles' headlines.
//!
//! They are marked, not cut away: offsets stay those of the text, and nothing in them becomes an incident.

use std::ops::Range;

use crate::sentences::Sentence;
use crate::tokens::Tokens;
use crate::word_lists::Words;

/// What a page of posts puts before and after a post, without a line end between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    /// The post begins here: what stands before it on its line is its author.
    Post,
    /// The post ended here: what follows are its time, its counts and other people's answers.
    Answers,
}

/// Whether a post begins or ends at a token, so that a sentence does too.
pub(crate) fn is_edge(tokens: &Tokens<'_>, at: usize) -> bool {
    edge(tokens, at).is_some()
}

fn edge(tokens: &Tokens<'_>, at: usize) -> Option<Edge> {
    let word = |back: usize| at.checked_sub(back).map_or("", |at| tokens.word(at));
    let answers = tokens.word(at) == "all" && tokens.word(at + 1) == "reactions"
        || tokens.word(at).starts_with("likecomment")
        || is_clock(tokens, at);
    if answers {
        return Some(Edge::Answers);
    }
    let shared = word(3) == "shared" && word(2) == "with";
    (shared || is_after_handle(tokens, at)).then_some(Edge::Post)
}

/// "8:58 PM · Dec 6, 2024": the time under a post, its numbers perhaps glued to those of a film.
fn is_clock(tokens: &Tokens<'_>, at: usize) -> bool {
    const LONGEST: usize = 8;
    let part = |at: usize| tokens.is_number(at) || tokens.is_mark(at, ':');
    if !tokens.is_number(at) || at > 0 && part(at - 1) && tokens.is_glued(at) {
        return false;
    }
    let end = (at..at + LONGEST).find(|here| !part(*here)).unwrap_or(at);
    end > at + 2 && matches!(tokens.word(end), "pm" | "am") && tokens.is_mark(end + 1, '•')
}

/// The token after "@account" where nothing stands between: "@portamal قُتل" is text, "@portamalقُتل" a page.
fn is_after_handle(tokens: &Tokens<'_>, at: usize) -> bool {
    if !tokens.is_arabic(at) || !tokens.is_glued(at) || at == 0 || tokens.is_arabic(at - 1) {
        return false;
    }
    (1..6)
        .filter_map(|back| at.checked_sub(back))
        .take_while(|here| *here + 1 == at || tokens.is_glued(*here + 1))
        .any(|here| tokens.is_mark(here, '@'))
}

/// Marks the furniture among the sentences of a window.
pub(crate) fn mark(tokens: &Tokens<'_>, sentences: &mut [Sentence]) {
    let lines = lines(sentences);
    // What stands above the answers to a post, however short its lines, is the post.
    let answers = |sentence: &Sentence| edge(tokens, sentence.run.start) == Some(Edge::Answers);
    let post = sentences.iter().position(answers).unwrap_or(0);
    let mut others = false;
    let mut short_run: Vec<Range<usize>> = Vec::new();
    let mut told = false;
    for line in lines {
        let words = words(tokens, sentences, &line);
        let ended = sentences[line.end - 1].ended;
        if starts_with_any(&words, Words::OtherArticles) && words.len() <= 6 {
            others = true;
        }
        let cut = tokens.is_mark(sentences[line.end - 1].run.end - 1, '…');
        let body = words.len() >= 25 || (ended && !cut && words.len() >= 10);
        if body {
            others = false;
            told = true;
            headlines(tokens, sentences, &mut short_run, Some(&line));
        } else if line.start >= post
            && !ended
            && words.len() >= 5
            && (sentences[line.start].opens_paragraph || line.start == 0)
        {
            short_run.push(line.clone());
        }
        if is_ticker(tokens, sentences, &line)
            || (others && !body)
            || (starts_with_any(&words, Words::PageFurniture) && words.len() <= 8)
        {
            set(sentences, &line);
        }
    }
    // A page without a paragraph is a title or a post, and perhaps other articles' headlines.
    if !told && !short_run.is_empty() {
        short_run.remove(0);
    }
    headlines(tokens, sentences, &mut short_run, None);
    posts(tokens, sentences);
}

/// "BREAKING ▸ Flood warning ▸ Crash leaves 14 dead", "Home › Marjan › Conflict": a line of other headlines or of menus.
fn is_ticker(tokens: &Tokens<'_>, sentences: &[Sentence], line: &Range<usize>) -> bool {
    let run = sentences[line.start].run.start..sentences[line.end - 1].run.end;
    let signs = run.filter(|at| matches!(tokens.mark(*at), Some('▸' | '►' | '▶' | '›' | '❯')));
    signs.count() >= 2
}

/// The author before a post and the answers after it are furniture.
fn posts(tokens: &Tokens<'_>, sentences: &mut [Sentence]) {
    let mut answers = false;
    for at in 0..sentences.len() {
        match edge(tokens, sentences[at].run.start) {
            Some(Edge::Answers) => answers = true,
            Some(Edge::Post) if at > 0 && !sentences[at].opens_line => sentences[at - 1].chrome = true,
            _ => {}
        }
        let run = &sentences[at].run;
        let page = tokens.word(run.start) == "facebook" && tokens.word(run.end - 1) == "post";
        sentences[at].chrome |= answers || page;
    }
}

/// A run of four or more lines that look like headlines is a list of other articles; what shares three words with
/// the paragraph after it may be this article's own.
fn headlines(
    tokens: &Tokens<'_>,
    sentences: &mut [Sentence],
    run: &mut Vec<Range<usize>>,
    body: Option<&Range<usize>>,
) {
    let body = body.map(|line| words(tokens, sentences, line)).unwrap_or_default();
    if run.len() >= 4 {
        for line in run.iter() {
            let shared = words(tokens, sentences, line)
                .iter()
                .filter(|word| word.chars().count() > 3 && body.contains(word))
                .count();
            if shared < 3 {
                set(sentences, line);
            }
        }
    }
    run.clear();
}

fn set(sentences: &mut [Sentence], line: &Range<usize>) {
    sentences[line.clone()].iter_mut().for_each(|sentence| sentence.chrome = true);
}

/// Runs of sentences that stand on one line.
pub(crate) fn lines(sentences: &[Sentence]) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    for (at, sentence) in sentences.iter().enumerate() {
        match lines.last_mut() {
            Some(line) if !sentence.opens_line => line.end = at + 1,
            _ => lines.push(at..at + 1),
        }
    }
    lines
}

/// The words of a line, at most 60.
fn words<'t>(tokens: &'t Tokens<'_>, sentences: &[Sentence], line: &Range<usize>) -> Vec<&'t str> {
    let run = sentences[line.start].run.start..sentences[line.end - 1].run.end;
    run.filter(|at| tokens.is_word(*at)).take(60).map(|at| tokens.word(at)).collect()
}

fn starts_with_any(words: &[&str], list: Words) -> bool {
    list.all().iter().any(|phrase| {
        let mut wanted = phrase.split(' ');
        let mut here = words.iter();
        wanted.all(|word| here.next() == Some(&word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::sentences;

    #[test]
    fn menus_and_other_headlines_are_furniture_and_the_report_is_not() {
        let text = "Home\n\nShare on Facebook\n\nMinister opens new bridge in the north today\n\nFour killed in a raid on the far east\n\n\
            Schools to open again after the long summer\n\nPrices of bread rise in the whole country\n\n\
            Two people were killed in a raid on Qasr Nahr on Monday, residents said.\n\nRelated\n\nTen killed in an older raid";
        let tokens = Tokens::of(text);
        let mut list = sentences(&tokens);
        mark(&tokens, &mut list);
        let kept: Vec<&str> = list.iter().filter(|s| !s.chrome).map(|s| tokens.quote(&s.run)).collect();
        assert_eq!(kept.len(), 1, "{kept:?}");
        assert!(kept[0].starts_with("Two people"));
    }
}
