//! The day of an incident where its own words do not give it whole: the year is said elsewhere, or follows from the day of
//! the week, or the day is said in the title.

use std::ops::Range;

use sijil_model::codebook::{ModalityCode, TimeOfDay};
use sijil_model::date::{Amount, Direction, Unit};
use sijil_model::{Basis, Bounds, ClaimId, Content, Day, Edtf, Quoted, TimeExpression};

use super::Writer;
use crate::incidents::Incident;
use crate::times::{Extent, Time, days_later};

/// The year of a day that is said without it.
const NO_YEAR: &str = "XXXX";
/// How far into a sentence "two days later" stands.
const OPENING: usize = 3;

impl Writer<'_, '_> {
    /// Where a text tells in full the day that a time is.
    pub(super) fn told_in_full(&self, at: usize, incident: &Incident) -> usize {
        let told = match &self.window.times[at].expression {
            Some(TimeExpression::Calendar(day)) => self.with_its_year(day),
            Some(TimeExpression::Relative(_)) => self.bracketed(at),
            Some(TimeExpression::Weekday { weekday, direction: Direction::Past }) => {
                self.dated_weekday(*weekday, incident)
            }
            _ => None,
        };
        told.unwrap_or(at)
    }

    /// "on 15 May" where the text gives it with its year elsewhere.
    fn with_its_year(&self, said: &Edtf) -> Option<usize> {
        let day = said.as_str().strip_prefix(NO_YEAR)?;
        let same = |at: &usize| {
            self.calendar(*at).is_some_and(|other| !other.starts_with(NO_YEAR) && other.get(4..) == Some(day))
        };
        (0..self.window.times.len()).find(same)
    }

    /// «أمس (19 أيار 2031)»: the day right after it in brackets.
    fn bracketed(&self, at: usize) -> Option<usize> {
        let (time, next) = (&self.window.times[at], self.window.times.get(at + 1)?);
        let gap = time.run.end..next.run.start;
        (gap.len() == 1 && self.window.tokens.is_mark(gap.start, '(') && next.is_calendar_day())
            .then_some(at + 1)
    }

    /// "on Sunday" where the text gives one Sunday its date, and not to another incident.
    fn dated_weekday(&self, weekday: u8, incident: &Incident) -> Option<usize> {
        let is_anothers = |at: &usize| {
            let mut others =
                self.scenes.iter().enumerate().filter(|(scene, _)| !incident.scenes.contains(scene));
            others.any(|(_, scene)| !scene.hits.is_empty() && scene.times.contains(at))
        };
        let full = |at: &usize| {
            let time = &self.window.times[*at];
            time.weekday == Some(weekday) && time.year.is_some() && time.is_calendar_day()
        };
        let mut dated = (0..self.window.times.len()).filter(full).filter(|at| !is_anothers(at));
        let first = dated.next()?;
        dated.all(|other| self.calendar(other) == self.calendar(first)).then_some(first)
    }

    fn calendar(&self, at: usize) -> Option<&str> {
        match &self.window.times[at].expression {
            Some(TimeExpression::Calendar(day)) => Some(day.as_str()),
            _ => None,
        }
    }

    /// A day that is said without its year but with its day of the week, «الخميس 19 آب»: the only year in which it falls on
    /// that weekday while all parties to whom the incident is attributed were parties to the war, and not before a year that
    /// the text says. It rests on the words for the parties too.
    pub(super) fn day_by_weekday(&mut self, at: usize, incident: &Incident, about: &ClaimId) {
        let window = self.window;
        let attributed = incident.scenes.iter().flat_map(|at| &self.scenes[*at].attributed);
        let parties: Vec<_> = attributed
            .filter_map(|one| window.actors.iter().find(|actor| actor.code == one.code))
            .filter(|actor| actor.active != Bounds::default())
            .collect();
        let war = parties.iter().try_fold(Bounds::default(), |war, actor| war.narrowed_by(actor.active));
        let Some(day) = war.and_then(|war| self.only_day(at, war)) else { return };
        let time = &window.times[at];
        let spans = std::iter::once((&time.run, time.prefix))
            .chain(parties.iter().map(|actor| (&actor.run, actor.prefix)))
            .map(|(run, prefix)| window.tokens.quoted_without(run, usize::from(prefix)))
            .collect();
        let content = Content::Time { time: TimeExpression::Calendar(day), time_of_day: time.part };
        let rule = "year-by-weekday";
        self.claim_with(
            spans,
            content,
            Some(about),
            rule,
            Basis::inferred(rule),
            ModalityCode::Asserted,
            None,
        );
    }

    /// The only day of a war on which a day without a year falls on the weekday that is said with it.
    fn only_day(&self, at: usize, war: Bounds) -> Option<Edtf> {
        let time = &self.window.times[at];
        let Some(TimeExpression::Calendar(edtf)) = &time.expression else { return None };
        let day = edtf.as_str().strip_prefix("XXXX-")?;
        let (earliest, latest) = (war.earliest?, war.latest?);
        let said = self.window.times.iter().filter_map(|time| time.year).max();
        let first = said.map_or(earliest.year(), |year| year.max(earliest.year()));
        let weekday = i8::try_from(time.weekday?).ok()?;
        let mut days = (first..=latest.year())
            .filter_map(|year| format!("{year:04}-{day}").parse::<Day>().ok())
            .filter(|day| day.weekday().to_monday_one_offset() == weekday)
            .filter(|day| (earliest..=latest).contains(day));
        let only = days.next()?;
        days.next().is_none().then(|| Edtf::day(only))
    }

    /// Where a text that tells of "today" says which day that is, «اليوم الخميس 2 أيلول».
    pub(super) fn as_date(&self, at: usize) -> usize {
        let today = is_today(&self.window.times[at]).then(|| self.todays_date()).flatten();
        today.unwrap_or(at)
    }

    /// "yesterday", «أمس».
    pub(super) fn is_yesterday(&self, at: usize) -> bool {
        is_days_ago(&self.window.times[at], 1)
    }

    /// The date that a text gives to "today": right after it.
    pub(super) fn todays_date(&self) -> Option<usize> {
        let times = &self.window.times;
        (1..times.len()).find(|at| {
            let day = times[*at].is_calendar_day();
            day && is_today(&times[at - 1]) && times[*at].run.start - times[at - 1].run.end <= 1
        })
    }

    /// The day of an incident that has none of its own: the one that the text says is today, else the day in its title.
    pub(super) fn day_of_the_text(&mut self, incident: &Incident, part: Option<TimeOfDay>, about: &ClaimId) {
        if self.window.testimony.is_some() {
            self.day_told_before(incident, part, about);
            return;
        }
        match self.todays_date() {
            Some(at) => {
                self.inferred_day(at, incident, part, about, "day-of-the-report");
                self.day_by_weekday(at, incident, about);
            }
            None => self.day_of_title(incident, part, about),
        }
    }

    /// The day that a witness told last before an incident, or so many days after it as he says: «وبعد أسبوع».
    fn day_told_before(&mut self, incident: &Incident, part: Option<TimeOfDay>, about: &ClaimId) {
        const RULE: &str = "day-told-before";
        let Some(first) = incident.scenes.first().map(|at| self.scenes[*at].run.start) else { return };
        let window = self.window;
        let before = window.times.iter().enumerate().rev().find(|(_, time)| {
            time.run.start < first
                && time.extent == Extent::Moment
                && time.is_calendar_day()
                && time.year.is_some()
        });
        let Some((at, time)) = before else { return };
        let later = (time.run.end..first + OPENING)
            .find_map(|at| Some((at, days_later(&window.tokens, &window.tags, at)?)));
        let Some((said, (days, end))) = later else {
            let Some(expression) = time.expression.clone() else { return };
            let spans = self.for_another(incident, &time.run, time.prefix);
            let content = Content::Time { time: expression, time_of_day: part };
            let (basis, manner) = (Basis::inferred(RULE), ModalityCode::Asserted);
            self.claim_with(spans, content, Some(about), RULE, basis, manner, None);
            return;
        };
        let counted = self.calendar(at).and_then(|day| day.parse::<Day>().ok()).and_then(|day| {
            day.checked_add(jiff::Span::new().try_days(i64::from(days)).ok()?).ok().map(Edtf::day)
        });
        let Some(day) = counted else { return };
        let spans = vec![window.tokens.quoted(&(said..end)), window.tokens.quoted(&time.run)];
        let content = Content::Time { time: TimeExpression::Calendar(day), time_of_day: part };
        self.claim_with(
            spans,
            content,
            Some(about),
            RULE,
            Basis::inferred(RULE),
            ModalityCode::Asserted,
            None,
        );
    }

    /// Words of the text that a witness tells of another event, with the words of this one, which rests on both: words that
    /// say the same of two incidents are else one claim.
    pub(super) fn for_another(&self, incident: &Incident, run: &Range<usize>, prefix: u8) -> Vec<Quoted> {
        let mut spans = vec![self.window.tokens.quoted_without(run, usize::from(prefix))];
        spans.extend(self.own_words(incident).filter(|_| self.window.testimony.is_some()));
        spans
    }

    /// The first words of harm of an incident, which are no other's.
    fn own_words(&self, incident: &Incident) -> Option<Quoted> {
        let mut scenes = incident.scenes.iter().map(|at| &self.scenes[*at]);
        scenes.find_map(|scene| self.trigger(scene)).map(|run| self.window.tokens.quoted(&run))
    }

    /// The day in a title, «حصاد الأحداث ليوم الأحد 5 أيار 2031», of an incident that has no day of its own.
    fn day_of_title(&mut self, incident: &Incident, part: Option<TimeOfDay>, about: &ClaimId) {
        const TITLE: usize = 24;
        let titles = self.window.sentences.iter().take(2).filter(|sentence| sentence.run.len() <= TITLE);
        let day = titles.flat_map(|sentence| {
            let first = self.window.times.partition_point(|time| time.run.start <= sentence.run.start);
            (first..self.window.times.len())
                .take_while(|at| self.window.times[*at].run.end <= sentence.run.end)
        });
        let said = |at: &usize| {
            let time = &self.window.times[*at];
            time.year.is_some() && time.extent == Extent::Moment
        };
        if let Some(at) = day.into_iter().find(said) {
            self.inferred_day(at, incident, part, about, "day-of-the-title");
        }
    }

    /// Writes a time of the text as an incident's; where it is another's too, it rests on the words of this one as well.
    fn inferred_day(
        &mut self,
        at: usize,
        incident: &Incident,
        part: Option<TimeOfDay>,
        about: &ClaimId,
        rule: &'static str,
    ) {
        let time = &self.window.times[at];
        let Some(expression) = time.expression.clone() else { return };
        let mut spans = vec![self.window.tokens.quoted_without(&time.run, usize::from(time.prefix))];
        let content = Content::Time { time: expression, time_of_day: part };
        if self.claims.iter().any(|claim| claim.content == content && claim.spans == spans) {
            spans.extend(self.own_words(incident));
        }
        let (basis, manner) = (Basis::inferred(rule), ModalityCode::Asserted);
        self.claim_with(spans, content, Some(about), rule, basis, manner, None);
    }
}

/// "today", «اليوم».
fn is_today(time: &Time) -> bool {
    is_days_ago(time, 0)
}

fn is_days_ago(time: &Time, days: u32) -> bool {
    let Some(TimeExpression::Relative(said)) = &time.expression else { return false };
    said.unit == Unit::Day && said.amount == Amount::Exact { n: days } && !said.whole_stretch
}
