//! Special functions: logarithms of gamma functions, normal and t quantiles, sums of logarithms. All by `libm`, so that
//! every machine gives the same bits.

use libm::{erfc, exp, lgamma, log};

/// The logarithm of the gamma function, for `x > 0`.
pub fn ln_gamma(x: f64) -> f64 {
    lgamma(x)
}

/// The natural logarithm of a positive number to about fifteen digits, by the series of the inverse hyperbolic tangent:
/// without branches, so that a processor works at several at once. Below 1e-300 and above 1e300 as if it were there.
#[inline]
pub fn ln(x: f64) -> f64 {
    const ROOT_OF_HALF: u64 = 0x3fe6_a09e_667f_3bcd;
    let bits = x.clamp(1e-300, 1e300).to_bits();
    let exponent = (bits.wrapping_sub(ROOT_OF_HALF) as i64) >> 52;
    let mantissa = f64::from_bits(bits.wrapping_sub((exponent as u64) << 52));
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let q = s * s;
    let terms = [17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0];
    let series = terms.iter().fold(1.0 / 19.0, |sum, term| sum * q + 1.0 / term);
    exponent as f64 * std::f64::consts::LN_2 + 2.0 * (s + s * (q * series))
}

/// The standard normal distribution function.
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * erfc(-x / std::f64::consts::SQRT_2)
}

/// The standard normal quantile, by bisection to full precision.
pub fn normal_quantile(p: f64) -> f64 {
    bisect(-40.0, 40.0, |x| normal_cdf(x) - p)
}

/// The quantile of Student's t with `df` degrees of freedom.
pub fn t_quantile(p: f64, df: f64) -> f64 {
    if p < 0.5 {
        return -t_quantile(1.0 - p, df);
    }
    bisect(0.0, 1e9, |x| t_cdf(x, df) - p)
}

/// Student's t distribution function for `x ≥ 0`.
fn t_cdf(x: f64, df: f64) -> f64 {
    1.0 - 0.5 * beta_regularised(df / (df + x * x), 0.5 * df, 0.5)
}

/// The chi-squared distribution's upper tail.
pub fn chi_squared_tail(x: f64, df: f64) -> f64 {
    1.0 - gamma_regularised(0.5 * df, 0.5 * x)
}

/// The lower Poisson tail `P(X ≤ k)` with mean `mu`.
pub fn poisson_at_most(k: u64, mu: f64) -> f64 {
    if mu <= 0.0 { 1.0 } else { 1.0 - gamma_regularised(k as f64 + 1.0, mu) }
}

/// The lower binomial tail `P(X ≤ k)` of `n` trials with chance `p`; by the normal distribution where the variance is so large
/// that nothing else is seen.
pub fn binomial_at_most(k: u64, n: u64, p: f64) -> f64 {
    let (all, variance) = (n as f64, n as f64 * p * (1.0 - p));
    if k >= n || p <= 0.0 {
        return 1.0;
    }
    if variance > 1e4 {
        return normal_cdf((k as f64 + 0.5 - all * p) / libm::sqrt(variance));
    }
    1.0 - beta_regularised(p, k as f64 + 1.0, all - k as f64)
}

/// `ln Σ exp(x)`; minus infinity for nothing.
pub fn log_sum_exp(values: &[f64]) -> f64 {
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return most;
    }
    most + log(values.iter().map(|value| exp(value - most)).sum::<f64>())
}

/// The regularised lower incomplete gamma function, by series or continued fraction (Abramowitz and Stegun 6.5).
fn gamma_regularised(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let front = exp(a * log(x) - x - ln_gamma(a));
    if x < a + 1.0 {
        let (mut term, mut sum, mut at) = (1.0 / a, 1.0 / a, a);
        while term > sum * 1e-16 {
            at += 1.0;
            term *= x / at;
            sum += term;
        }
        return (front * sum).min(1.0);
    }
    let tiny = 1e-300;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / tiny;
    let mut d = 1.0 / b;
    let mut h = d;
    for i in 1..10_000 {
        let i = f64::from(i);
        let an = -i * (i - a);
        b += 2.0;
        d = 1.0 / nonzero(an * d + b, tiny);
        c = nonzero(b + an / c, tiny);
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < 1e-15 {
            break;
        }
    }
    1.0 - front * h
}

/// The regularised incomplete beta function, by its continued fraction (Abramowitz and Stegun 26.5.8).
fn beta_regularised(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    let front = exp(ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * log(x) + b * log(1.0 - x));
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta_regularised(1.0 - x, b, a);
    }
    let tiny = 1e-300;
    let (mut c, mut d) = (1.0, 1.0 / nonzero(1.0 - (a + b) * x / (a + 1.0), tiny));
    let mut h = d;
    for m in 1..10_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / nonzero(1.0 + even * d, tiny);
        c = nonzero(1.0 + even / c, tiny);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / nonzero(1.0 + odd * d, tiny);
        c = nonzero(1.0 + odd / c, tiny);
        h *= d * c;
        if (d * c - 1.0).abs() < 1e-15 {
            break;
        }
    }
    front * h / a
}

fn nonzero(x: f64, tiny: f64) -> f64 {
    if x.abs() < tiny { tiny } else { x }
}

/// Where an ascending function crosses zero between `low` and `high`.
pub fn bisect(mut low: f64, mut high: f64, f: impl Fn(f64) -> f64) -> f64 {
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if f(middle) < 0.0 { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_printed_tables() {
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-12);
        assert!((t_quantile(0.975, 10.0) - 2.228_138_851_986).abs() < 1e-9);
        assert!((t_quantile(0.025, 3.0) + 3.182_446_305_284).abs() < 1e-9);
        assert!((chi_squared_tail(3.841_458_820_694, 1.0) - 0.05).abs() < 1e-10);
    }

    #[test]
    fn the_quick_logarithm_is_the_exact_one() {
        for at in -4000..4000 {
            let x = exp(f64::from(at) * 0.1717) * 1.000_3;
            let (quick, exact) = (ln(x), log(x.clamp(1e-300, 1e300)));
            assert!((quick - exact).abs() <= 4e-16 * exact.abs() + 4e-16, "{x}: {quick} {exact}");
        }
        assert_eq!(ln(1.0), 0.0);
        assert!(ln(0.0) < -690.0);
    }

    #[test]
    fn poisson_tails_are_sums() {
        let sum: f64 =
            (0..=4).map(|k| exp(-6.5 + f64::from(k) * log(6.5) - ln_gamma(f64::from(k) + 1.0))).sum();
        assert!((poisson_at_most(4, 6.5) - sum).abs() < 1e-12);
        assert!((poisson_at_most(0, 2.0) - exp(-2.0)).abs() < 1e-12);
    }

    #[test]
    fn binomial_tails_are_sums() {
        let choose = |n: u64, k: u64| {
            exp(ln_gamma(n as f64 + 1.0) - ln_gamma(k as f64 + 1.0) - ln_gamma((n - k) as f64 + 1.0))
        };
        let sum: f64 =
            (0..=7).map(|k| choose(30, k) * 0.2_f64.powi(k as i32) * 0.8_f64.powi(30 - k as i32)).sum();
        assert!((binomial_at_most(7, 30, 0.2) - sum).abs() < 1e-12);
        assert_eq!(binomial_at_most(30, 30, 0.2), 1.0);
        // Where the normal distribution takes over it says the same.
        let exact = 1.0 - beta_regularised(0.3, 18_101.0, 41_900.0);
        assert!((binomial_at_most(18_100, 60_000, 0.3) - exact).abs() < 1e-3, "{exact}");
    }

    #[test]
    fn logarithms_are_summed_without_overflow() {
        assert!((log_sum_exp(&[1000.0, 1000.0]) - 1000.0 - 2_f64.ln()).abs() < 1e-12);
        assert_eq!(log_sum_exp(&[]), f64::NEG_INFINITY);
    }
}
