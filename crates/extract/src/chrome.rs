//! Stage 1c: lines of copied web pages that are menus, share bars and other articles' headlines.
//!
//! They are marked, not cut away: offsets stay those of the text, and nothing in them becomes an incident.

use std::ops::Range;

use crate::sentences::Sentence;
use crate::tokens::Tokens;

/// Words that open a list of other articles: everything after it up to the next full paragraph is furniture.
const OTHERS: [&str; 14] = [
    "related",
    "read also",
    "read more",
    "most read",
    "latest news",
    "more news",
    "you may also like",
    "trending",
    "اقرا ايضا",
    "مواضيع ذات صله",
    "اقرا المزيد",
    "الاكثر قراءه",
    "اخر الاخبار",
    "مقالات ذات صله",
];

/// Lines that are furniture wherever they stand.
const FURNITURE: [&str; 34] = [
    "share",
    "share on",
    "share this",
    "tweet",
    "copy link",
    "embed tweet",
    "back to top",
    "home",
    "menu",
    "subscribe",
    "sign up",
    "log in",
    "newsletter",
    "follow us",
    "all rights reserved",
    "copyright",
    "cookie",
    "advertisement",
    "comments",
    "leave a reply",
    "print",
    "email",
    "loading seems",
    "terms of use",
    "privacy policy",
    "الرييسيه",
    "شارك",
    "مشاركه",
    "جميع الحقوق محفوظه",
    "تابعنا",
    "اشترك",
    "القايمه",
    "تسجيل الدخول",
    "تعليقات",
];

/// Marks the furniture among the sentences of a window.
pub(crate) fn mark(tokens: &Tokens<'_>, sentences: &mut [Sentence]) {
    let lines = lines(sentences);
    let mut others = false;
    let mut short_run: Vec<Range<usize>> = Vec::new();
    for line in lines {
        let words = words(tokens, sentences, &line);
        let ended = sentences[line.end - 1].ended;
        if starts_with_any(&words, &OTHERS) && words.len() <= 6 {
            others = true;
        }
        let body = words.len() >= 25 || (ended && words.len() >= 10);
        if body {
            others = false;
            headlines(tokens, sentences, &mut short_run, Some(&line));
        } else if !ended && words.len() >= 5 {
            short_run.push(line.clone());
        }
        if (others && !body) || (starts_with_any(&words, &FURNITURE) && words.len() <= 8) {
            set(sentences, &line);
        }
    }
    headlines(tokens, sentences, &mut short_run, None);
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
fn lines(sentences: &[Sentence]) -> Vec<Range<usize>> {
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

fn starts_with_any(words: &[&str], list: &[&str]) -> bool {
    list.iter().any(|phrase| {
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
