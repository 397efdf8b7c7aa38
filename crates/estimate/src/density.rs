//! A smoothed density of draws of everybody's number, on a logarithmic scale, and the places where draws gather.

use libm::{exp, log};

use crate::summary::{quantile, variance};

/// Steps of a density from its first place to its last.
const STEPS: usize = 400;

/// A place where draws gather.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mode {
    /// Where the density is highest.
    pub at: f64,
    /// The share of draws around it, up to the valleys beside it.
    pub mass: f64,
}

/// The density of draws at even steps of their logarithm, as (number, height); empty where all draws are one number. Heights
/// are per unit of the logarithm, so those of two methods can be compared.
pub fn density_of(draws: &[f64]) -> Vec<(f64, f64)> {
    let logs = logarithms(draws);
    smoothed(&logs).unwrap_or_default().into_iter().map(|(place, height)| (exp(place), height)).collect()
}

fn logarithms(draws: &[f64]) -> Vec<f64> {
    let mut logs: Vec<f64> = draws.iter().map(|draw| log(*draw)).collect();
    logs.sort_by(f64::total_cmp);
    logs
}

/// Normal kernels of Silverman's width over ascending logarithms; `None` where they do not differ.
fn smoothed(logs: &[f64]) -> Option<Vec<(f64, f64)>> {
    let middle_half = (quantile(logs, 0.75) - quantile(logs, 0.25)) / 1.34;
    let spread = libm::sqrt(variance(logs)).min(if middle_half > 0.0 { middle_half } else { f64::INFINITY });
    let width = 0.9 * spread * libm::pow(logs.len() as f64, -0.2);
    if !(width > 0.0 && width.is_finite()) {
        return None;
    }
    let (first, last) = (logs[0] - 3.0 * width, logs[logs.len() - 1] + 3.0 * width);
    let unit = logs.len() as f64 * width * libm::sqrt(2.0 * std::f64::consts::PI);
    let height = |place: f64| {
        let from = logs.partition_point(|x| *x < place - 5.0 * width);
        let to = logs.partition_point(|x| *x <= place + 5.0 * width);
        logs[from..to].iter().map(|x| exp(-0.5 * ((x - place) / width).powi(2))).sum::<f64>() / unit
    };
    let places = (0..=STEPS).map(|at| first + (last - first) * at as f64 / STEPS as f64);
    Some(places.map(|place| (place, height(place))).collect())
}

/// Where draws gather: peaks of the density, apart from each other by a valley of less than half the lower peak's height;
/// ascending.
pub fn modes_of(draws: &[f64]) -> Vec<Mode> {
    let logs = logarithms(draws);
    let Some(places) = smoothed(&logs) else {
        return draws.first().map(|at| Mode { at: *at, mass: 1.0 }).into_iter().collect();
    };
    let density: Vec<f64> = places.iter().map(|(_, height)| *height).collect();
    let mut modes = Vec::new();
    for (from, to) in hills(&density) {
        let top = (from..=to).max_by(|a, b| density[*a].total_cmp(&density[*b])).unwrap_or(from);
        let edge = |at: usize| match at {
            0 => f64::NEG_INFINITY,
            STEPS => f64::INFINITY,
            at => places[at].0,
        };
        let inside = logs.iter().filter(|x| edge(from) < **x && **x <= edge(to)).count();
        modes.push(Mode { at: exp(places[top].0), mass: inside as f64 / logs.len() as f64 });
    }
    modes
}

/// Stretches between valleys, as first and last position.
fn hills(density: &[f64]) -> Vec<(usize, usize)> {
    let highest = density.iter().copied().fold(0.0, f64::max);
    let mut cuts = vec![0];
    let (mut peak, mut valley, mut lowest) = (density[0], 0, f64::INFINITY);
    for (at, height) in density.iter().enumerate() {
        if lowest.is_infinite() {
            peak = peak.max(*height);
            if *height < 0.5 * peak && peak > 0.01 * highest {
                (valley, lowest) = (at, *height);
            }
        } else if *height < lowest {
            (valley, lowest) = (at, *height);
        } else if *height > 2.0 * lowest && *height > 0.01 * highest {
            cuts.push(valley);
            (peak, lowest) = (*height, f64::INFINITY);
        }
    }
    cuts.push(density.len() - 1);
    cuts.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::normal_quantile;

    fn around(centre: f64, spread: f64, draws: u32) -> Vec<f64> {
        let at = |draw: u32| normal_quantile((f64::from(draw) + 0.5) / f64::from(draws));
        (0..draws).map(|draw| centre * exp(spread * at(draw))).collect()
    }

    #[test]
    fn a_density_has_the_mass_of_one_and_its_peak_where_draws_are() {
        let found = density_of(&around(1000.0, 0.1, 500));
        let step = log(found[1].0 / found[0].0);
        let mass: f64 = found.iter().map(|(_, height)| height * step).sum();
        assert!((mass - 1.0).abs() < 1e-3, "{mass}");
        let peak = found.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        assert!((peak.0 / 1000.0 - 1.0).abs() < 0.01, "{peak:?}");
        assert!(density_of(&[5.0, 5.0, 5.0]).is_empty());
    }

    #[test]
    fn two_gatherings_are_two_modes_with_their_shares() {
        let draws = [around(1000.0, 0.05, 300), around(3000.0, 0.05, 100)].concat();
        let modes = modes_of(&draws);
        assert_eq!(modes.len(), 2, "{modes:?}");
        assert!(
            (modes[0].at / 1000.0 - 1.0).abs() < 0.02 && (modes[0].mass - 0.75).abs() < 0.01,
            "{modes:?}"
        );
        assert_eq!(modes_of(&[7.0, 7.0]), [Mode { at: 7.0, mass: 1.0 }]);
    }
}
