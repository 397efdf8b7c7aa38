//! The day of an incident where its own words do not give it whole: the year is said elsewhere, or follows from the day of
//! the week, or the day is said in the title.

use sijil_model::codebook::{ModalityCode, TimeOfDay};
use sijil_model::date::{Amount, Unit};
use sijil_model::{Basis, Bounds, ClaimId, Content, Day, Edtf, TimeExpression};

use super::Writer;
use crate::incidents::Incident;
use crate::times::{Extent, Time};

/// The length of a date with its day, its year said or not.
const FULL: usize = "2031-05-17".len();

impl Writer<'_, '_> {
    /// Where a text tells in full the day that a time is: "on 15 May" with its year, «أمس (19 أيار 2031)», the day of the
    /// month of a weekday that it gives once.
    pub(super) fn told_in_full(&self, at: usize) -> usize {
        let times = &self.window.times;
        let date = |at: &usize| match &times[*at].expression {
            Some(TimeExpression::Calendar(edtf)) if edtf.as_str().len() == FULL => Some(edtf.as_str()),
            _ => None,
        };
        let with_year = |at: &usize| date(at).filter(|day| !day.starts_with("XXXX"));
        match times[at].expression {
            Some(TimeExpression::Calendar(_)) => {
                let Some(day) = date(&at).and_then(|day| day.strip_prefix("XXXX")) else { return at };
                let same = |other: &usize| with_year(other).is_some_and(|other| other.ends_with(day));
                (0..times.len()).find(same).unwrap_or(at)
            }
            Some(TimeExpression::Relative(_)) => {
                let beside = |other: &usize| {
                    let gap = times[at].run.end..times[*other].run.start;
                    gap.len() == 1 && self.window.tokens.is_mark(gap.start, '(')
                };
                Some(at + 1)
                    .filter(|at| *at < times.len())
                    .filter(|at| date(at).is_some() && beside(at))
                    .unwrap_or(at)
            }
            Some(TimeExpression::Weekday { weekday, .. }) => {
                let same =
                    |other: &usize| times[*other].weekday == Some(weekday) && with_year(other).is_some();
                let mut said = (0..times.len()).filter(same);
                let first = said.next();
                first.filter(|first| said.all(|other| with_year(&other) == with_year(first))).unwrap_or(at)
            }
            _ => at,
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
            let day = matches!(&times[*at].expression, Some(TimeExpression::Calendar(day)) if day.as_str().len() == FULL);
            day && is_today(&times[at - 1]) && times[*at].run.start - times[at - 1].run.end <= 1
        })
    }

    /// The day of an incident that has none of its own: the one that the text says is today, else the day in its title.
    pub(super) fn day_of_the_text(&mut self, incident: &Incident, part: Option<TimeOfDay>, about: &ClaimId) {
        match self.todays_date() {
            Some(at) => {
                self.inferred_day(at, part, about, "day-of-the-report");
                self.day_by_weekday(at, incident, about);
            }
            None => self.day_of_title(part, about),
        }
    }

    /// The day in a title, «حصاد الأحداث ليوم الأحد 5 أيار 2031», of an incident that has no day of its own.
    fn day_of_title(&mut self, part: Option<TimeOfDay>, about: &ClaimId) {
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
            self.inferred_day(at, part, about, "day-of-the-title");
        }
    }

    /// Writes a time of the text as an incident's.
    fn inferred_day(&mut self, at: usize, part: Option<TimeOfDay>, about: &ClaimId, rule: &'static str) {
        let time = &self.window.times[at];
        let Some(expression) = time.expression.clone() else { return };
        let spans = vec![self.window.tokens.quoted_without(&time.run, usize::from(time.prefix))];
        let content = Content::Time { time: expression, time_of_day: part };
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
