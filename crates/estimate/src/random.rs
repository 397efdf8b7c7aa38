//! Streams of random numbers: one for each chain and work item, named by its seed and its label, so that any number of
//! threads draws the same. Logarithms are `libm`'s, so that any machine does.

use std::sync::OnceLock;

use libm::{exp, log, sqrt};
use rand_core::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use sha2::{Digest, Sha256};

/// Random numbers of one work item.
#[derive(Debug, Clone)]
pub struct RandomStream(Xoshiro256PlusPlus);

impl RandomStream {
    /// The stream of a work item: its bits depend on the seed, the label and the number, and on nothing else.
    pub fn new(seed: u64, label: &str, number: u64) -> Self {
        let mut hash = Sha256::new();
        hash.update(seed.to_le_bytes());
        hash.update(number.to_le_bytes());
        hash.update(label.as_bytes());
        RandomStream(Xoshiro256PlusPlus::from_seed(hash.finalize().into()))
    }

    /// Uniform in the open interval from 0 to 1.
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        ((self.0.next_u64() >> 11) as f64 + 0.5) * (1.0 / 9_007_199_254_740_992.0)
    }

    /// A whole number below `bound`, which must not be 0.
    pub fn below(&mut self, bound: usize) -> usize {
        ((self.uniform() * bound as f64) as usize).min(bound - 1)
    }

    /// A standard normal (Doornik's form of Marsaglia and Tsang's ziggurat).
    #[inline]
    pub fn normal(&mut self) -> f64 {
        let Ziggurat { x, ratio } = ziggurat();
        loop {
            let bits = self.0.next_u64();
            let layer = (bits & 127) as usize;
            let u = ((bits >> 11) as f64 + 0.5) * (2.0 / 9_007_199_254_740_992.0) - 1.0;
            if u.abs() < ratio[layer] {
                return u * x[layer];
            }
            if layer == 0 {
                return self.normal_tail(u < 0.0);
            }
            let at = u * x[layer];
            let outer = exp(-0.5 * (x[layer] * x[layer] - at * at));
            let inner = exp(-0.5 * (x[layer + 1] * x[layer + 1] - at * at));
            if inner + self.uniform() * (outer - inner) < 1.0 {
                return at;
            }
        }
    }

    fn normal_tail(&mut self, negative: bool) -> f64 {
        loop {
            let x = log(self.uniform()) / ZIGGURAT_END;
            let y = log(self.uniform());
            if -2.0 * y >= x * x {
                return if negative { x - ZIGGURAT_END } else { ZIGGURAT_END - x };
            }
        }
    }

    /// A gamma variable of the given shape and rate 1 (Marsaglia and Tsang 2000).
    #[inline]
    pub fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return exp(self.ln_gamma_variable(shape));
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / sqrt(9.0 * d);
        loop {
            let x = self.normal();
            let v = 1.0 + c * x;
            if v <= 0.0 {
                continue;
            }
            let v = v * v * v;
            let u = self.uniform();
            let squared = x * x;
            if u < 1.0 - 0.0331 * squared * squared || log(u) < 0.5 * squared + d * (1.0 - v + log(v)) {
                return d * v;
            }
        }
    }

    /// The logarithm of a gamma variable: exact also where the variable itself would be too small to be written.
    pub fn ln_gamma_variable(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            log(self.gamma(shape + 1.0)) + log(self.uniform()) / shape
        } else {
            log(self.gamma(shape))
        }
    }

    /// A beta variable.
    pub fn beta(&mut self, a: f64, b: f64) -> f64 {
        // Where one of the two is 1, the distribution function can be turned round.
        if a == 1.0 {
            return if b == 1.0 { self.uniform() } else { -libm::expm1(log(self.uniform()) / b) };
        }
        if b == 1.0 {
            return exp(log(self.uniform()) / a);
        }
        let (x, y) = (self.gamma(a), self.gamma(b));
        if x + y > 0.0 { x / (x + y) } else { 0.5 }
    }

    /// A Poisson variable (Hörmann's transformed rejection from a mean of 10 on). Beyond 2⁵³ the mean itself.
    pub fn poisson(&mut self, mean: f64) -> u64 {
        if mean > 4e15 {
            return 4_000_000_000_000_000;
        }
        if mean < 10.0 {
            let (mut k, mut term, mut u) = (0, exp(-mean), self.uniform());
            while u > term && k < 1000 {
                u -= term;
                k += 1;
                term *= mean / k as f64;
            }
            return k;
        }
        let b = 0.931 + 2.53 * sqrt(mean);
        let a = -0.059 + 0.024_83 * b;
        let inverse = 1.1239 + 1.1328 / (b - 3.4);
        let quick = 0.9277 - 3.6224 / (b - 2.0);
        loop {
            let u = self.uniform() - 0.5;
            let v = self.uniform();
            let edge = 0.5 - u.abs();
            let k = ((2.0 * a / edge + b) * u + mean + 0.43).floor();
            if edge >= 0.07 && v <= quick {
                return k as u64;
            }
            if k < 0.0 || (edge < 0.013 && v > edge) {
                continue;
            }
            let height = log(v) + log(inverse) - log(a / (edge * edge) + b);
            if height <= -mean + k * log(mean) - libm::lgamma(k + 1.0) {
                return k as u64;
            }
        }
    }

    /// A binomial variable (inversion for small means, Hörmann's transformed rejection for others).
    pub fn binomial(&mut self, n: u64, p: f64) -> u64 {
        if n == 0 || p <= 0.0 {
            return 0;
        }
        if p >= 1.0 {
            return n;
        }
        if p > 0.5 {
            return n - self.binomial(n, 1.0 - p);
        }
        if n as f64 * p < 10.0 { self.binomial_inverted(n, p) } else { self.binomial_rejected(n, p) }
    }

    fn binomial_inverted(&mut self, n: u64, p: f64) -> u64 {
        let mut u = self.uniform();
        // The probability of none is at least this, and mostly no more need be known.
        if u < 1.0 - n as f64 * p {
            return 0;
        }
        let odds = p / (1.0 - p);
        // Of few trials by multiplying, of many, where that would round too often, by logarithms.
        let start = if n <= 1000 { power(1.0 - p, n) } else { exp(n as f64 * libm::log1p(-p)) };
        loop {
            let (mut term, mut k) = (start, 0);
            while u > term {
                u -= term;
                k += 1;
                if k > n || k > 110 {
                    break;
                }
                term *= odds * (n - k + 1) as f64 / k as f64;
            }
            if k <= n && k <= 110 {
                return k;
            }
            u = self.uniform();
        }
    }

    fn binomial_rejected(&mut self, n: u64, p: f64) -> u64 {
        let count = n as f64;
        let spread = sqrt(count * p * (1.0 - p));
        let b = 1.15 + 2.53 * spread;
        let a = -0.0873 + 0.0248 * b + 0.01 * p;
        let centre = count * p + 0.5;
        let alpha = (2.83 + 5.1 / b) * spread;
        let quick = 0.92 - 4.2 / b;
        let mode = ((count + 1.0) * p).floor();
        let odds = p / (1.0 - p);
        loop {
            let u = self.uniform() - 0.5;
            let v = self.uniform();
            let edge = 0.5 - u.abs();
            let k = ((2.0 * a / edge + b) * u + centre).floor();
            if edge >= 0.07 && v <= quick {
                return k as u64;
            }
            if k < 0.0 || k > count {
                continue;
            }
            let height = log(v * alpha / (a / (edge * edge) + b));
            let bound = (mode + 0.5) * log((mode + 1.0) / (odds * (count - mode + 1.0)))
                + (count + 1.0) * log((count - mode + 1.0) / (count - k + 1.0))
                + (k + 0.5) * log(odds * (count - k + 1.0) / (k + 1.0))
                + stirling(mode)
                + stirling(count - mode)
                - stirling(k)
                - stirling(count - k);
            if height <= bound {
                return k as u64;
            }
        }
    }

    /// Adds `n` draws over weighted classes to `out`; `total` is the weights' sum, which need not be 1.
    pub fn multinomial(&mut self, n: u64, weights: &[f64], total: f64, out: &mut [u64]) {
        let (mut left, mut mass) = (n, total);
        let last = weights.len() - 1;
        for (class, weight) in weights.iter().enumerate() {
            // A few are sooner put into their classes one by one.
            if left <= 6 {
                for _ in 0..left {
                    out[class + self.category(&weights[class..], mass)] += 1;
                }
                return;
            }
            if class == last || *weight >= mass {
                out[class] += left;
                return;
            }
            let drawn = self.binomial(left, weight / mass);
            out[class] += drawn;
            left -= drawn;
            mass -= weight;
        }
    }

    /// One class by its weight; `total` is the weights' sum.
    pub fn category(&mut self, weights: &[f64], total: f64) -> usize {
        let mut u = self.uniform() * total;
        for (class, weight) in weights.iter().enumerate() {
            if u < *weight {
                return class;
            }
            u -= weight;
        }
        weights.iter().rposition(|weight| *weight > 0.0).unwrap_or(0)
    }
}

const ZIGGURAT_END: f64 = 3.442_619_855_899;

struct Ziggurat {
    x: [f64; 129],
    ratio: [f64; 128],
}

fn ziggurat() -> &'static Ziggurat {
    static TABLES: OnceLock<Ziggurat> = OnceLock::new();
    TABLES.get_or_init(|| {
        let area = 9.912_563_035_262_17e-3;
        let mut x = [0.0; 129];
        let mut height = exp(-0.5 * ZIGGURAT_END * ZIGGURAT_END);
        x[0] = area / height;
        x[1] = ZIGGURAT_END;
        for layer in 2..128 {
            x[layer] = sqrt(-2.0 * log(area / x[layer - 1] + height));
            height = exp(-0.5 * x[layer] * x[layer]);
        }
        let mut ratio = [0.0; 128];
        for layer in 0..128 {
            ratio[layer] = x[layer + 1] / x[layer];
        }
        Ziggurat { x, ratio }
    })
}

/// A whole power, by squaring.
fn power(mut base: f64, mut exponent: u64) -> f64 {
    let mut product = 1.0;
    while exponent > 0 {
        if exponent & 1 == 1 {
            product *= base;
        }
        base *= base;
        exponent >>= 1;
    }
    product
}

/// What Stirling's formula leaves of `ln k!`.
fn stirling(k: f64) -> f64 {
    const SMALL: [f64; 10] = [
        0.081_061_466_795_327_26,
        0.041_340_695_955_409_29,
        0.027_677_925_684_998_34,
        0.020_790_672_103_765_09,
        0.016_644_691_189_821_19,
        0.013_876_128_823_070_75,
        0.011_896_709_945_891_77,
        0.010_411_265_261_972_09,
        0.009_255_462_182_712_733,
        0.008_330_563_433_362_87,
    ];
    if k <= 9.0 {
        return SMALL[k as usize];
    }
    let next = k + 1.0;
    let squared = next * next;
    (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / 1260.0 / squared) / squared) / next
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::{chi_squared_tail, ln_gamma};

    const DRAWS: usize = 200_000;

    /// The probability of a chi-squared as large as that of draws against probabilities; what is rare is pooled.
    fn fit(draws: impl Iterator<Item = u64>, probability: impl Fn(u64) -> f64) -> f64 {
        let mut seen: std::collections::BTreeMap<u64, u64> = std::collections::BTreeMap::new();
        draws.for_each(|draw| *seen.entry(draw).or_default() += 1);
        let most = seen.keys().max().copied().unwrap_or(0);
        let (mut squares, mut cells, mut rare, mut rare_seen) = (0.0, 0.0, 0.0, 0.0);
        for k in 0..=most {
            let expected = probability(k) * DRAWS as f64;
            let observed = seen.get(&k).copied().unwrap_or(0) as f64;
            if expected < 10.0 {
                rare += expected;
                rare_seen += observed;
            } else {
                squares += (observed - expected) * (observed - expected) / expected;
                cells += 1.0;
            }
        }
        squares += (rare_seen - rare) * (rare_seen - rare) / rare.max(1.0);
        chi_squared_tail(squares, cells)
    }

    #[test]
    fn binomials_have_their_probabilities() {
        for (n, p) in [(5, 0.3), (20, 0.2), (60, 0.5), (200, 0.07), (1000, 0.9)] {
            let mut random = RandomStream::new(1, "binomial", n);
            let ln = |k: u64| {
                ln_gamma(n as f64 + 1.0) - ln_gamma(k as f64 + 1.0) - ln_gamma((n - k) as f64 + 1.0)
                    + k as f64 * f64::ln(p)
                    + (n - k) as f64 * f64::ln(1.0 - p)
            };
            let fit = fit((0..DRAWS).map(|_| random.binomial(n, p)), |k| ln(k).exp());
            assert!(fit > 1e-4, "binomial({n}, {p}): {fit}");
        }
    }

    #[test]
    fn poissons_have_their_probabilities() {
        for mean in [0.4, 7.0, 11.0, 90.0] {
            let mut random = RandomStream::new(2, "poisson", mean as u64);
            let ln = |k: u64| -mean + k as f64 * f64::ln(mean) - ln_gamma(k as f64 + 1.0);
            let fit = fit((0..DRAWS).map(|_| random.poisson(mean)), |k| ln(k).exp());
            assert!(fit > 1e-4, "poisson({mean}): {fit}");
        }
    }

    #[test]
    fn normals_gammas_and_betas_have_their_distributions() {
        let bins = 40.0;
        let uniform = |name: &str, draw: &mut dyn FnMut() -> f64| {
            let fit = fit((0..DRAWS).map(|_| (draw() * bins) as u64), |_| 1.0 / bins);
            assert!(fit > 1e-4, "{name}: {fit}");
        };
        let mut random = RandomStream::new(3, "normal", 0);
        uniform("normal", &mut || crate::special::normal_cdf(random.normal()));
        // An exponential is a gamma of shape 1; the sum of two is one of shape 2; U^(1/a) is a beta(a, 1).
        uniform("gamma 1", &mut || 1.0 - (-random.gamma(1.0)).exp());
        uniform("gamma 2", &mut || {
            let x = random.gamma(2.0);
            1.0 - (1.0 + x) * (-x).exp()
        });
        uniform("beta", &mut || random.beta(0.3, 1.0).powf(0.3));
        uniform("beta 3", &mut || random.beta(3.0, 1.0).powi(3));
        uniform("beta of many", &mut || (1.0 - random.beta(1.0, 7.0)).powi(7));
        // By symmetry a beta(2, 2) is 3x² − 2x³ in its distribution.
        uniform("beta 2, 2", &mut || {
            let x = random.beta(2.0, 2.0);
            x * x * (3.0 - 2.0 * x)
        });
    }

    #[test]
    fn multinomials_keep_their_total() {
        let mut random = RandomStream::new(4, "multinomial", 0);
        for n in [0, 3, 6, 7, 1000, 1_000_000_000] {
            let mut out = [0; 4];
            random.multinomial(n, &[0.2, 0.0, 3.0, 1e-9], 3.200_000_001, &mut out);
            assert_eq!(out.iter().sum::<u64>(), n);
            assert_eq!(out[1], 0);
        }
    }

    #[test]
    fn a_stream_depends_on_its_name_only() {
        let draw = |seed, label, number| RandomStream::new(seed, label, number).uniform();
        assert_eq!(draw(1, "chain", 2), draw(1, "chain", 2));
        assert_ne!(draw(1, "chain", 2), draw(1, "chain", 3));
        assert_ne!(draw(1, "chain", 2), draw(2, "chain", 2));
    }
}
