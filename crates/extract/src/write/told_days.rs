//! The day of an incident that is told by the day of the one before it: "the same evening", "two days later", «في اليوم نفسه».

use sijil_model::codebook::{ModalityCode, TimeOfDay};
use sijil_model::date::{Amount, Direction, Unit};
use sijil_model::{Basis, ClaimId, Content, Day, Edtf, TimeExpression};

use super::Writer;
use crate::incidents::Incident;
use crate::times::days_from_told;

/// How far into an incident's first sentence the words stand that count from the day before.
const OPENING: usize = 8;

impl Writer<'_, '_> {
    /// Writes the day of an incident that counts from the day of the one told before it; whether it does. A witness tells his
    /// days in order, and is read elsewhere.
    pub(super) fn day_counted_from_told(
        &mut self,
        incident: &Incident,
        part: Option<TimeOfDay>,
        about: &ClaimId,
    ) -> bool {
        const RULE: &str = "day-counted-from-told";
        let window = self.window;
        let Some(first) = incident.scenes.first().map(|at| &self.scenes[*at]) else { return false };
        if window.testimony.is_some() {
            return false;
        }
        let opening = first.run.clone().take(OPENING);
        let counted = opening.into_iter().find_map(|at| {
            let (days, end) = days_from_told(&window.tokens, &window.tags, at)?;
            Some((days, at..end))
        });
        let Some((days, words)) = counted else { return false };
        let Some(told) = self.time_told_before(first.run.start) else { return false };
        let time = &window.times[told];
        let Some(day) = time.expression.as_ref().and_then(|time| shifted(time, days)) else { return false };
        let spans = vec![
            window.tokens.quoted(&words),
            window.tokens.quoted_without(&time.run, usize::from(time.prefix)),
        ];
        let content = Content::Time { time: day, time_of_day: part };
        let basis = Basis::inferred(RULE);
        self.claim_with(spans, content, Some(about), RULE, basis, ModalityCode::Asserted, None);
        true
    }

    /// "two days earlier", and not "two days ago".
    pub(super) fn is_earlier(&self, at: usize) -> bool {
        let time = &self.window.times[at];
        let relative = matches!(time.expression, Some(TimeExpression::Relative(_)));
        relative && matches!(self.window.tokens.word(time.run.end - 1), "earlier" | "before")
    }

    /// The time of the incident that begins last before a token.
    fn time_told_before(&self, at: usize) -> Option<usize> {
        let begins = |incident: &Incident| incident.scenes.first().map(|scene| self.scenes[*scene].run.start);
        let before =
            self.incidents.iter().filter(|incident| begins(incident).is_some_and(|first| first < at));
        let before = before.max_by_key(|incident| begins(incident))?;
        self.own_time(before, &self.times_of(before))
    }
}

/// A day so many days after another, or before it; none where the other is no day.
fn shifted(time: &TimeExpression, days: i32) -> Option<TimeExpression> {
    match time {
        same if days == 0 => Some(same.clone()),
        TimeExpression::Calendar(day) => {
            let day: Day = day.as_str().parse().ok()?;
            let span = jiff::Span::new().try_days(i64::from(days)).ok()?;
            Some(TimeExpression::Calendar(Edtf::day(day.checked_add(span).ok()?)))
        }
        TimeExpression::Weekday { weekday, direction } => {
            let weekday = u8::try_from((i32::from(*weekday) - 1 + days).rem_euclid(7) + 1).ok()?;
            (days.abs() < 7).then_some(TimeExpression::Weekday { weekday, direction: *direction })
        }
        TimeExpression::Relative(said) => {
            let Amount::Exact { n } = said.amount else { return None };
            let n = u32::try_from(i64::from(n) - i64::from(days)).ok()?;
            let by_days = said.unit == Unit::Day && said.direction == Direction::Past && !said.whole_stretch;
            let mut said = *said;
            said.amount = Amount::Exact { n };
            by_days.then_some(TimeExpression::Relative(said))
        }
        TimeExpression::Hijri(_) => None,
    }
}
