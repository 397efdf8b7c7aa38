//! The day of an incident where its own words do not give it whole: the year is said elsewhere, or the day in the title.

use sijil_model::codebook::{ModalityCode, TimeOfDay};
use sijil_model::{Basis, ClaimId, Content, TimeExpression};

use super::Writer;
use crate::times::Extent;

impl Writer<'_, '_> {
    /// Where a text that gives a day without its year, "on 15 May", gives it with the year too.
    pub(super) fn said_with_year(&self, at: usize) -> usize {
        let calendar = |at: usize| match &self.window.times[at].expression {
            Some(TimeExpression::Calendar(edtf)) => Some(edtf.as_str()),
            _ => None,
        };
        let Some(day) = calendar(at).and_then(|day| day.strip_prefix("XXXX-")) else { return at };
        let same = |day_of: &str| {
            day_of.get(..5).is_some_and(|year| year != "XXXX-") && day_of.get(5..) == Some(day)
        };
        (0..self.window.times.len()).find(|other| calendar(*other).is_some_and(same)).unwrap_or(at)
    }

    /// The day in a title, «حصاد الأحداث ليوم الأحد 5 أيار 2031», of an incident that has no day of its own.
    pub(super) fn day_of_title(&mut self, part: Option<TimeOfDay>, about: &ClaimId) {
        const TITLE: usize = 24;
        let titles = self.window.sentences.iter().take(2).filter(|sentence| sentence.run.len() <= TITLE);
        let day = titles.flat_map(|sentence| {
            let times = self.window.within(&self.window.times, &sentence.run, |time| &time.run);
            times.iter().filter(move |time| time.run.start > sentence.run.start)
        });
        let Some(time) = day.into_iter().find(|time| time.year.is_some() && time.extent == Extent::Moment)
        else {
            return;
        };
        let Some(expression) = time.expression.clone() else { return };
        let spans = vec![self.window.tokens.quoted_without(&time.run, usize::from(time.prefix))];
        let content = Content::Time { time: expression, time_of_day: part };
        let rule = "day-of-the-title";
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
}
