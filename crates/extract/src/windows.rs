//! A text of any size, read window by window; spans are moved back to where they stand in the whole.

use std::ops::Range;

use sijil_model::claim::claim_id;
use sijil_model::{Claim, ClaimId, Content, Language, Quoted, Span};

use crate::actors::ActorTable;
use crate::incidents::incidents;
use crate::scenes::scenes;
use crate::sense::{MeansPart, Sense};
use crate::window::Window;
use crate::write::Writer;
use crate::{Extraction, Mentions, PlaceNames, Report, Step};

/// The largest window in bytes; articles are far smaller, and are one window.
const LARGEST: usize = 64 * 1024;

/// Reads all windows of a report.
pub(crate) fn extract(
    actors: &ActorTable,
    report: &Report<'_>,
    known: Option<&dyn PlaceNames>,
) -> Extraction {
    let mut whole = Extraction {
        language: report.language.unwrap_or_else(|| language(report.text)),
        claims: Vec::new(),
        mentions: Mentions::default(),
        derivation: Vec::new(),
    };
    let mut points = 0u32;
    for bytes in windows(report.text) {
        let text = &report.text[bytes.clone()];
        let window = Window::read(text, actors, known, bytes.start == 0);
        let scenes = scenes(&window);
        let incidents = incidents(&window, &scenes);
        let (claims, steps) = Writer::new(&window, report.document, &scenes).write(&incidents);
        let by = (points, bytes.start as u32);
        mentions(&window, by, &mut whole.mentions);
        add(&mut whole, claims, steps, by);
        points += text.chars().count() as u32;
    }
    whole
}

/// Cuts a text at paragraphs, else at lines, else at spaces, else at a letter.
fn windows(text: &str) -> Vec<Range<usize>> {
    let mut list = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let mut end = (start + LARGEST).min(text.len());
        if end < text.len() {
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            let piece = &text[start..end];
            let half = piece.len() / 2;
            let cut = ["\n\n", "\n", ". ", " "]
                .iter()
                .find_map(|mark| piece.rfind(mark).filter(|at| *at > half).map(|at| at + mark.len()));
            end = start + cut.unwrap_or(piece.len());
        }
        list.push(start..end);
        start = end;
    }
    list
}

/// The language that most letters of the first part are in.
fn language(text: &str) -> Language {
    let (mut arabic, mut latin) = (0u32, 0u32);
    for letter in text.chars().take(20_000) {
        match letter {
            '\u{0600}'..='\u{06ff}' => arabic += 1,
            letter if letter.is_ascii_alphabetic() => latin += 1,
            _ => {}
        }
    }
    if arabic > latin { Language::Ar } else { Language::En }
}

/// Adds a window's claims to the whole; claims of later windows get spans and ids of the whole text.
fn add(whole: &mut Extraction, claims: Vec<Claim>, steps: Vec<Step>, by: (u32, u32)) {
    if by == (0, 0) {
        whole.claims.extend(claims);
        whole.derivation.extend(steps);
        return;
    }
    let mut renamed = std::collections::BTreeMap::new();
    for mut claim in claims {
        let new = |id: &ClaimId, renamed: &std::collections::BTreeMap<ClaimId, ClaimId>| {
            renamed.get(id).cloned().unwrap_or_else(|| id.clone())
        };
        claim.spans.iter_mut().for_each(|said| move_span(said, by));
        if let Content::Relation { other, .. } = &mut claim.content {
            *other = new(other, &renamed);
        }
        if let Content::Aggregate(aggregate) = &mut claim.content
            && let Some(year) = &mut aggregate.period_year
        {
            move_span(&mut year.said, by);
        }
        claim.about = claim.about.map(|id| new(&id, &renamed));
        let id = claim_id(&claim.document, &claim.spans, &claim.content);
        renamed.insert(std::mem::replace(&mut claim.id, id.clone()), id);
        whole.claims.push(claim);
    }
    for claim in &mut whole.claims {
        if let Some(speaker) = claim.speaker.as_ref().and_then(|id| renamed.get(id)) {
            claim.speaker = Some(speaker.clone());
        }
    }
    whole.derivation.extend(
        steps
            .into_iter()
            .map(|step| Step { claim: step.claim.map(|id| renamed.get(&id).cloned().unwrap_or(id)), ..step }),
    );
}

fn move_span(said: &mut Quoted, (points, bytes): (u32, u32)) {
    said.span = said.span.moved_by(points, bytes);
}

/// The words of a run as printed: with the invisible marks of direction that belong to them.
fn with_marks(window: &Window<'_>, run: &Range<usize>) -> Span {
    let span = window.tokens.quoted(run).span;
    let Span::Text { start, end, byte_start, byte_end } = span else { return span };
    let text = window.tokens.text();
    let is_mark = |letter: &char| matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}');
    let before = text[..byte_start as usize].chars().rev().take_while(is_mark);
    let after = text[byte_end as usize..].chars().take_while(is_mark);
    let ((left, left_bytes), (right, right_bytes)) = (size(before), size(after));
    Span::Text {
        start: start - left,
        end: end + right,
        byte_start: byte_start - left_bytes,
        byte_end: byte_end + right_bytes,
    }
}

/// How many code points and bytes some letters are.
fn size(letters: impl Iterator<Item = char>) -> (u32, u32) {
    letters.fold((0, 0), |(points, bytes), letter| (points + 1, bytes + letter.len_utf8() as u32))
}

fn is_country(window: &Window<'_>, run: &Range<usize>) -> bool {
    window
        .tags
        .find(run.start, |sense| matches!(sense, Sense::World(_)).then_some(()))
        .is_some_and(|(_, tag)| usize::from(tag.length) == run.len())
}

fn mentions(window: &Window<'_>, by: (u32, u32), all: &mut Mentions) {
    let span = |run: &Range<usize>| -> Span { window.tokens.quoted(run).span.moved_by(by.0, by.1) };
    let chrome = |at: usize| {
        let sentence = window.sentences.partition_point(|sentence| sentence.run.end <= at);
        window.sentences.get(sentence).is_some_and(|sentence| sentence.chrome)
    };
    let printed = |run: &Range<usize>| -> Span { with_marks(window, run).moved_by(by.0, by.1) };
    all.persons
        .extend(window.names.iter().filter(|name| !chrome(name.run.start)).map(|name| printed(&name.run)));
    let mut places: Vec<&Range<usize>> = window.places.iter().map(|place| &place.run).collect();
    // A country's name that stands for its government is a name of a place all the same.
    places.extend(window.actors.iter().map(|actor| &actor.run).filter(|run| is_country(window, run)));
    places.sort_by_key(|run| run.start);
    all.places.extend(places.into_iter().filter(|run| !chrome(run.start)).map(printed));
    all.organisations.extend(window.organisations.iter().filter(|run| !chrome(run.start)).map(span));
    all.dates.extend(
        window
            .times
            .iter()
            .filter(|time| time.expression.is_some() && !chrome(time.run.start))
            .map(|time| span(&time.run)),
    );
    let mut at = 0;
    while at < window.tokens.len() {
        match window.tags.find(at, |sense| {
            matches!(
                sense,
                Sense::Means(
                    _,
                    MeansPart::Event | MeansPart::Carrier | MeansPart::Weapon | MeansPart::Shelling
                )
            )
            .then_some(())
        }) {
            Some((_, tag)) => {
                let run = at..at + usize::from(tag.length);
                if !chrome(at) {
                    all.weapons.push(span(&run));
                }
                at = run.end;
            }
            None => at += 1,
        }
    }
}
