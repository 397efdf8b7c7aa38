//! One window of a text with everything that the word-level stages found in it.

use std::ops::Range;

use sijil_model::TimeExpression;
use sijil_model::chat::Chat;
use sijil_model::codebook::PlaceRole;

use crate::PlaceNames;
use crate::actors::{ActorMention, ActorTable};
use crate::chrome;
use crate::entries;
use crate::groups::{self, Group};
use crate::lexicon::Tags;
use crate::names::{self, Name};
use crate::places::{self, Place};
use crate::posted;
use crate::sentences::{Sentence, sentences};
use crate::testimony::{self, Testimony};
use crate::times::{self, Extent, Time};
use crate::tokens::Tokens;

/// What a token has been read as, so that no word is read as two things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    Nobody,
    Time,
    Actor,
    Place,
    Organisation,
    Person,
}

/// A window, read word by word.
pub(crate) struct Window<'a> {
    pub tokens: Tokens<'a>,
    pub tags: Tags,
    pub sentences: Vec<Sentence>,
    /// The head over what a witness tells, where the text is testimony.
    pub testimony: Option<Testimony>,
    pub times: Vec<Time>,
    pub actors: Vec<ActorMention>,
    pub places: Vec<Place>,
    pub organisations: Vec<Range<usize>>,
    pub names: Vec<Name>,
    pub groups: Vec<Group>,
    pub owners: Vec<Owner>,
    /// Who wrote the lines of a chat: bytes.
    writers: Vec<Range<usize>>,
}

impl<'a> Window<'a> {
    /// Runs the word-level stages over a text, or over a later window of one, which has no head.
    pub fn read(text: &'a str, actors: &ActorTable, known: Option<&dyn PlaceNames>, is_first: bool) -> Self {
        let tokens = Tokens::of(text);
        let tags = Tags::of(&tokens);
        let mut sentences = sentences(&tokens);
        chrome::mark(&tokens, &mut sentences);
        let owners = vec![Owner::Nobody; tokens.len()];
        let testimony = testimony::find(&tokens, &tags, &sentences);
        let mut window = Window {
            tokens,
            tags,
            sentences,
            testimony,
            times: Vec::new(),
            actors: Vec::new(),
            places: Vec::new(),
            organisations: Vec::new(),
            names: Vec::new(),
            groups: Vec::new(),
            owners,
            writers: Chat::of(text).writers,
        };
        window.actors = actors.find_all(&window.tokens, &window.tags);
        for run in window.actors.iter().map(|actor| actor.run.clone()) {
            own(&mut window.owners, run, Owner::Actor);
        }
        for at in 0..window.sentences.len() {
            let run = window.sentences[at].run.clone();
            let found = times::find(&window.tokens, &window.tags, run);
            for mut time in found {
                let said_day = matches!(&time.expression, Some(TimeExpression::Calendar(_)));
                let interview = window.is_of_interview(at);
                let (tokens, sentence) = (&window.tokens, &window.sentences[at]);
                let of_page = || {
                    interview
                        || posted::is_dateline(tokens, &window.tags, sentence, &time.run)
                        || posted::is_labelled(tokens, sentence, &time.run)
                };
                if said_day && of_page() {
                    time.extent = Extent::OfWriting;
                }
                if time.expression.is_some() {
                    own(&mut window.owners, time.run.clone(), Owner::Time);
                }
                window.times.push(time);
            }
        }
        if is_first {
            window.date_the_writing();
            window.date_the_signature();
        }
        names::organisations(&mut window);
        places::find(&mut window, known);
        window.place_the_writer();
        window.reserve_the_datelines();
        names::find(&mut window);
        groups::find(&mut window);
        window
    }

    /// A place and a full date alone between two paragraphs, the only line of its kind, sign what stands above them: "Nahran,
    /// 9 March 2031".
    fn date_the_signature(&mut self) {
        let heads = |at: &usize| entries::place_of_heading(self, &self.sentences[*at]).is_some();
        let headings: Vec<usize> = (0..self.sentences.len()).filter(heads).take(2).collect();
        let [only] = headings.as_slice() else { return };
        let sentence = self.sentences[*only].clone();
        let next = self.sentences.get(only + 1);
        let alone = *only > 0 && sentence.opens_paragraph && next.is_none_or(|next| next.opens_paragraph);
        let ends = |time: &&mut Time| time.run.end == sentence.run.end && time.year.is_some();
        if let Some(time) = self.times.iter_mut().find(ends).filter(|_| alone) {
            time.extent = Extent::OfWriting;
        }
    }

    /// A place and a date alone on the first line, or on the one below the headline, before a sentence that says its own
    /// day, are of the writing: "Nahran Tribune, 9 March 2031", "A shell fell on 8 March 2031 …", "A shell fell yesterday …".
    fn date_the_writing(&mut self) {
        const HEAD: usize = 2;
        if self.date_the_heading() {
            return;
        }
        for lines in self.sentences.windows(2).take(HEAD) {
            let [line, next] = lines else { return };
            let counted = |time: &Time| {
                matches!(time.expression, Some(TimeExpression::Relative(_) | TimeExpression::Weekday { .. }))
            };
            let own_day = self
                .within(&self.times, &next.run, |time| &time.run)
                .iter()
                .any(|time| time.is_calendar_day() && time.run.start > next.run.start || counted(time));
            let alone = |time: &Time| {
                line.run.contains(&time.run.start)
                    && time.is_calendar_day()
                    && posted::heads_the_text(&self.tokens, &self.tags, line, &time.run)
            };
            if own_day && let Some(at) = self.times.iter().position(alone) {
                self.times[at].extent = Extent::OfWriting;
                return;
            }
        }
    }

    /// "Press release, 18 June 2031: a raid on 16 June …", «بيان، 18 حزيران 2031: …»: a date before a colon at the start is of the
    /// writing, where another day is told after it. Whether there is one.
    fn date_the_heading(&mut self) -> bool {
        const HEADING: usize = 12;
        let Some(first) = self.sentences.first().map(|sentence| sentence.run.clone()) else { return false };
        let end = self.sentences.get(1).map_or(first.end, |next| next.run.end);
        let heads = |time: &Time| {
            time.is_calendar_day()
                && time.year.is_some()
                && time.run.end - first.start <= HEADING
                && self.tokens.is_mark(time.run.end, ':')
                && posted::opens_the_text(&self.tags, first.start..time.run.start)
        };
        let Some(at) = self.times.iter().position(heads) else { return false };
        let told = |time: &Time| time.run.end <= end && time.expression.is_some() && !time.is_coarse();
        let another = self.times[at + 1..].iter().any(told);
        if another {
            self.times[at].extent = Extent::OfWriting;
        }
        another
    }

    /// Whether a sentence, by position, is of the head over a testimony.
    fn is_of_interview(&self, sentence: usize) -> bool {
        let run = &self.sentences[sentence].run;
        self.testimony.as_ref().is_some_and(|testimony| testimony.is_of_interview(&self.tokens, run))
    }

    /// The places of a dateline are where it was written: "NAHRAN, Marjan, May 21 –"; those in the head of a testimony
    /// where the witness is from, lives or was heard.
    fn place_the_writer(&mut self) {
        for place in 0..self.places.len() {
            let start = self.places[place].run.start;
            let sentence = self.sentences.partition_point(|sentence| sentence.run.end <= start);
            if sentence < self.sentences.len() && self.is_of_interview(sentence) {
                self.places[place].role = PlaceRole::SourceLocation;
            }
        }
        for time in self.times.iter().filter(|time| time.extent == Extent::OfWriting) {
            let sentence = self.sentences.partition_point(|sentence| sentence.run.end <= time.run.start);
            let Some(start) = self.sentences.get(sentence).map(|sentence| sentence.run.start) else {
                continue;
            };
            let before = |place: &&mut Place| (start..time.run.start).contains(&place.run.start);
            self.places.iter_mut().filter(before).for_each(|place| place.role = PlaceRole::SourceLocation);
        }
    }

    /// "DAR SAMRA, June 18 –", "DAR SAMRA - Three people": capitals before the date or the dash of a dateline name no person.
    fn reserve_the_datelines(&mut self) {
        const LONGEST: usize = 4;
        for at in 0..self.sentences.len() {
            let sentence = &self.sentences[at];
            if !(sentence.opens_line || sentence.run.start == 0) {
                continue;
            }
            let start = sentence.run.start;
            let capitals = |at: &usize| self.tokens.is_word(*at) && places::is_shouted(self, *at);
            let end = start + (start..sentence.run.end.min(start + LONGEST)).take_while(capitals).count();
            let dash = self.tokens.is_mark(end, '-') && !self.tokens.is_glued(end);
            let comma = self.tokens.is_mark(end, ',');
            let dated = comma
                && self
                    .times
                    .iter()
                    .any(|time| time.extent == Extent::OfWriting && (end..end + 2).contains(&time.run.start));
            if end > start && (dash || dated) && (start..end).all(|at| self.is_free(at)) {
                self.own(start..end, Owner::Place);
            }
        }
    }

    /// Whether words stand where a chat names who wrote a line: nothing that the line tells happened to them.
    pub fn is_of_a_writer(&self, run: &Range<usize>) -> bool {
        if self.writers.is_empty() {
            return false;
        }
        let bytes = self.tokens.bytes(run);
        let from = self.writers.partition_point(|writer| writer.end <= bytes.start);
        self.writers.get(from).is_some_and(|writer| writer.start < bytes.end)
    }

    /// Gives the tokens of a run to an owner.
    pub fn own(&mut self, run: Range<usize>, owner: Owner) {
        own(&mut self.owners, run, owner);
    }

    /// Whether nobody owns a token.
    pub fn is_free(&self, at: usize) -> bool {
        self.owners.get(at) == Some(&Owner::Nobody)
    }

    /// The owner of a token.
    pub fn owner(&self, at: usize) -> Owner {
        self.owners.get(at).copied().unwrap_or(Owner::Nobody)
    }

    /// The parts of a list sorted by place that lie in a run.
    pub fn within<'w, T>(
        &self,
        list: &'w [T],
        run: &Range<usize>,
        place: impl Fn(&T) -> &Range<usize>,
    ) -> &'w [T] {
        let from = list.partition_point(|item| place(item).start < run.start);
        let to = list.partition_point(|item| place(item).start < run.end);
        &list[from..to.max(from)]
    }

    /// Whether a sentence starts at a token.
    pub fn opens_sentence(&self, at: usize) -> bool {
        self.sentences.binary_search_by_key(&at, |sentence| sentence.run.start).is_ok()
    }

    /// The group that starts at a token.
    pub fn group_at(&self, at: usize) -> Option<&Group> {
        self.groups.binary_search_by_key(&at, |group| group.run.start).ok().map(|found| &self.groups[found])
    }

    /// The name that starts at a token.
    pub fn name_at(&self, at: usize) -> Option<&Name> {
        self.names.binary_search_by_key(&at, |name| name.run.start).ok().map(|found| &self.names[found])
    }

    /// The group that ends right before a token.
    pub fn group_ending(&self, at: usize) -> Option<&Group> {
        let after = self.groups.partition_point(|group| group.run.end < at);
        self.groups.get(after).filter(|group| group.run.end == at)
    }

    /// The name that ends right before a token.
    pub fn name_ending(&self, at: usize) -> Option<&Name> {
        let after = self.names.partition_point(|name| name.run.end < at);
        self.names.get(after).filter(|name| name.run.end == at)
    }

    /// Whether a token is among words that somebody is quoted with.
    pub fn is_quoted(&self, at: usize) -> bool {
        /// The longest quotation that is looked back over.
        const FARTHEST: usize = 120;
        let before = || (at.saturating_sub(FARTHEST)..at).rev();
        match before().find(|at| matches!(self.tokens.mark(*at), Some('“' | '”'))) {
            Some(mark) => self.tokens.is_mark(mark, '“'),
            None => before().filter(|at| self.tokens.is_mark(*at, '"')).count() % 2 == 1,
        }
    }

    /// Whether a group of people begins in a run.
    pub fn has_group(&self, run: Range<usize>) -> bool {
        let from = self.groups.partition_point(|group| group.run.start < run.start);
        self.groups.get(from).is_some_and(|group| group.run.start < run.end)
    }
}

fn own(owners: &mut [Owner], run: Range<usize>, owner: Owner) {
    let end = run.end.min(owners.len());
    for slot in &mut owners[run.start.min(end)..end] {
        *slot = owner;
    }
}
