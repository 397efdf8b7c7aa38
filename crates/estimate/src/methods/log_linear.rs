//! All hierarchical log-linear models of a table, averaged; what the average leaves out where no history tests it.

use serde_json::{Value, json};

use super::{Found, Method, log_normal, pooled};
use crate::chao::missing_interval;
use crate::differing::{Estimated, if_people_differ, unseen_odds_ratio};
use crate::loglinear::{
    Average, CellCounts, Criterion, Fit, MOST_LISTS_ALL_MODELS, Selection, hierarchical, profile_interval,
    select,
};
use crate::overlaps::{Overlap, Overlaps};
use crate::{CaptureTable, Weighted};

/// The share of the models' weight on models without an estimate above which the chosen one is one of them.
const MOST_WITHOUT: f64 = 0.5;
/// The share above which it is said.
const SAID_WITHOUT: f64 = 0.05;
/// How many times the averages' upper end the interval's is, from which on it is said.
const SAID_FURTHER: f64 = 1.25;
/// The weight below which a model says nothing that is seen of overlaps.
const LEAST_WEIGHT: f64 = 1e-4;

/// The fitted models of each answer to who is who.
struct Fitted<'a> {
    tables: &'a Weighted,
    selections: Vec<Selection>,
}

/// All hierarchical models, averaged by the Bayesian criterion; the interval has the doubt between models in it, and what the
/// table leaves open of people who differ.
pub fn log_linear(tables: &Weighted) -> Found {
    let first = tables.first();
    if !(3..=MOST_LISTS_ALL_MODELS).contains(&first.width()) {
        return Found::not_run(
            Method::Loglinear,
            "all hierarchical models are fitted for 3 to 5 lists",
            "تُلاءَم كل النماذج الهرمية لثلاث قوائم إلى خمس",
        );
    }
    let models = hierarchical(first.width(), first.width() as u32 - 1);
    let of = |(table, _): &(CaptureTable, u64)| select(&CellCounts::new(table), &models);
    let fitted = Fitted { tables, selections: tables.tables().iter().map(of).collect() };
    let mut found = fitted.average(Criterion::Bic);
    let selection = &fitted.selections[0];
    let Some(average) = selection.average(Criterion::Bic) else {
        found.refuse(
            "no_mle",
            "no log-linear model of these lists has a maximum likelihood estimate",
            "ليس لأيّ نموذج لوغاريتمي خطي لهذه القوائم تقدير أرجحية عظمى",
        );
        return found;
    };
    fitted.widen(&mut found);
    found.say("models", selection.fits().len());
    found.say("standard_error", average.standard_error);
    found.say("range_within_2", json!([average.range.0, average.range.1]));
    found.compare_overlaps(first, &overlaps(first, selection));
    say_models(&mut found, first, selection);
    fitted.say_without_estimate(&mut found);
    found
}

impl Fitted<'_> {
    /// An estimate of each table: of one with the interval of a log-normal number missing, of several pooled.
    fn pooled(&self, estimate: impl Fn(&CaptureTable, &Selection) -> Option<Estimated>) -> Found {
        let mut next = self.selections.iter();
        let of = |table: &CaptureTable| {
            let Estimated { population, standard_error } = estimate(table, next.next()?)?;
            let observed = table.observed() as f64;
            Some(log_normal(observed, population - observed, standard_error))
        };
        let mut found = pooled(Method::Loglinear, self.tables, of);
        if let [(table, _)] = self.tables.tables()
            && let Some(Estimated { population, standard_error }) = estimate(table, &self.selections[0])
        {
            let observed = table.observed() as f64;
            let (low, high) = missing_interval(observed, population - observed, standard_error);
            (found.median, found.low, found.high) = (Some(population), Some(low), Some(high));
            found.mean = found.median;
        }
        found
    }

    fn average(&self, criterion: Criterion) -> Found {
        self.pooled(|_, selection| average_of(selection, criterion))
    }

    /// Moves the ends out: to those of the average by Akaike's criterion, and to what a table leaves open of people who differ.
    /// Where they differ in how easily they are listed, the Bayesian criterion prefers models too small for that.
    fn widen(&self, found: &mut Found) {
        if self.without_estimate(Criterion::Aic) <= MOST_WITHOUT {
            found.reach(&self.average(Criterion::Aic));
        }
        found.say("ends_of_averages", json!([found.low, found.high]));
        let of_averages = found.high;
        // An answer to who is who that contradicts it weighs as it did: none of them decides by itself.
        found.reach(&self.pooled(|table, selection| {
            if_people_differ(table, selection).or_else(|| average_of(selection, Criterion::Bic))
        }));
        let xi = libm::exp(self.mean(|table, _| libm::log(unseen_odds_ratio(table))));
        let observed = self.tables.first().observed() as f64;
        let times = |end: Option<f64>, xi: f64| end.map(|end| observed + xi * (end - observed).max(0.0));
        (found.low, found.high) = (times(found.low, 1.0 / xi), times(found.high, xi));
        found.say("xi_of_ends", xi);
        let Some((high, less)) = found.high.zip(of_averages) else { return };
        if high > SAID_FURTHER * less {
            let text = format!(
                "these lists do not rule out that people differ in how easily they are listed; for that the upper end of log-linear models is {high:.0} and not {less:.0}"
            );
            let arabic = format!(
                "لا تنفي هذه القوائم أن الناس يختلفون في سهولة إدراجهم؛ ولذلك فالحدّ الأعلى للنماذج اللوغاريتمية الخطية {high:.0} لا {less:.0}"
            );
            found.warn("people_may_differ", &text, &arabic);
        }
    }

    /// The mean over all answers to who is who.
    fn mean(&self, of: impl Fn(&CaptureTable, &Selection) -> f64) -> f64 {
        let (mut sum, mut all) = (0.0, 0.0);
        for ((table, weight), selection) in self.tables.tables().iter().zip(&self.selections) {
            sum += *weight as f64 * of(table, selection);
            all += *weight as f64;
        }
        sum / all
    }

    /// The share of all models' weight that is on models without an estimate.
    fn without_estimate(&self, criterion: Criterion) -> f64 {
        self.mean(|_, selection| {
            selection.average(criterion).map_or(1.0, |average| average.weight_without_estimate)
        })
    }

    fn say_without_estimate(&self, found: &mut Found) {
        let share = self.without_estimate(Criterion::Bic);
        found.say("weight_without_estimate", share);
        let text = format!(
            "{:.0} % of the models' weight is on models that have no maximum likelihood estimate",
            100.0 * share
        );
        let arabic = format!("{:.0} % من وزن النماذج على نماذج ليس لها تقدير أرجحية عظمى", 100.0 * share);
        if share > MOST_WITHOUT {
            let best = format!("{text}, the best one among them");
            found.refuse("no_mle", &best, &format!("{arabic}، وأفضلها بينها"));
        } else if share > SAID_WITHOUT {
            found.warn("weight_without_estimate", &text, &arabic);
        }
    }
}

/// Says what the best models and the other average are.
fn say_models(found: &mut Found, table: &CaptureTable, selection: &Selection) {
    let cells = CellCounts::new(table);
    for (key, criterion) in [("best_bic", Criterion::Bic), ("best_aic", Criterion::Aic)] {
        if let Some(best) = selection.best(criterion) {
            found.say(key, one_model(table, &cells, best));
        }
    }
    if let Some(aic) = selection.average(Criterion::Aic) {
        found.say(
            "average_aic",
            json!({ "population": aic.population, "standard_error": aic.standard_error }),
        );
    }
}

/// Overlaps, and what the average by the Bayesian criterion says of them.
fn overlaps(table: &CaptureTable, selection: &Selection) -> Vec<Overlap> {
    let mut overlaps = Overlaps::new(table.width(), table.cells());
    let weighted = selection.weighted(Criterion::Bic);
    for (fit, weight) in weighted.into_iter().filter(|(_, weight)| *weight > LEAST_WEIGHT) {
        let all: f64 = fit.fitted[1..].iter().sum();
        overlaps.add(weight, |set| {
            let those = (0_u32..).zip(&fit.fitted).filter(|(history, _)| history & set == set);
            those.map(|(_, fitted)| fitted).sum::<f64>() / all
        });
    }
    overlaps.told()
}

fn one_model(table: &CaptureTable, cells: &CellCounts, fit: &Fit) -> Value {
    let profile = profile_interval(cells, fit);
    json!({
        "model": fit.model.to_string(),
        "in_names": fit.model.in_names(table.lists()),
        "population": fit.population,
        "standard_error": fit.standard_error,
        "low": profile.low,
        "high": Some(profile.high).filter(|high| high.is_finite()),
        "deviance": fit.deviance,
        "freedom": fit.freedom,
        "aic": fit.aic,
        "bic": fit.bic,
    })
}

fn average_of(selection: &Selection, criterion: Criterion) -> Option<Estimated> {
    let Average { population, standard_error, .. } = selection.average(criterion)?;
    Some(Estimated { population, standard_error })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_degrees(one_pair: u64) -> CaptureTable {
        let names = (0..4).map(|list| list.to_string()).collect();
        let of = |history: u32| {
            let on = history.count_ones() as i32;
            let kind = |chance: f64| chance.powi(on) * (1.0_f64 - chance).powi(4 - on);
            let count = (5_000.0 * (kind(0.2) + kind(0.5))).round() as u64;
            (history, if history == 0b0011 { one_pair * count } else { count })
        };
        CaptureTable::new(names, (1_u32..16).map(of)).unwrap()
    }

    #[test]
    fn one_answer_in_a_hundred_to_who_is_who_does_not_move_the_ends() {
        let (plain, contradicted) = (of_degrees(1), of_degrees(3));
        let high = |tables: &Weighted| log_linear(tables).high.unwrap();
        let (far, near) = (high(&Weighted::one(plain.clone())), high(&Weighted::one(contradicted.clone())));
        let answers = std::iter::repeat_n(contradicted, 99).chain([plain]);
        let mixed = high(&Weighted::of_draws(answers));
        assert!(near < far && mixed < (near + far) / 2.0, "{near} {mixed} {far}");
    }
}
