//! Special functions that densities need, in double precision and exact far into the tails: there a
//! probability underflows long before its logarithm does.

/// e^x to a few units in the last place, without a branch, so that a loop of them becomes vectors. Below -708, where the
/// exact value underflows or nearly so, it is e^-708; above 709 infinity.
///
/// ```
/// use density_playground::math::special::exp;
/// assert!((exp(1.0) / std::f64::consts::E - 1.0).abs() < 1e-15);
/// ```
// Always: a loop of calls has no vectors.
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    // x = n ln 2 + r with |r| <= ln 2 / 2, ln 2 in two parts; e^r by its series, 2^n by its bits.
    const HIGH: f64 = 0.693_147_180_369_123_8;
    const LOW: f64 = 1.908_214_929_270_587_7e-10;
    /// Adding it leaves the nearest integer in the lowest bits.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    let bounded = x.clamp(-708.0, 709.0);
    let shifted = bounded * std::f64::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (bounded - n * HIGH) - n * LOW;
    const SERIES: [f64; 13] = [
        1.0 / 479_001_600.0,
        1.0 / 39_916_800.0,
        1.0 / 3_628_800.0,
        1.0 / 362_880.0,
        1.0 / 40_320.0,
        1.0 / 5_040.0,
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        0.5,
        1.0,
        1.0,
    ];
    let mut series = SERIES[0];
    for coefficient in &SERIES[1..] {
        series = series * r + coefficient;
    }
    let power = f64::from_bits((shifted.to_bits() << 52).wrapping_add(1023 << 52));
    let value = series * power;
    if x > 709.0 {
        f64::INFINITY
    } else if x.is_nan() {
        x
    } else {
        value
    }
}

/// e^x to two units in the last place, without a branch, as [`exp`] is for double precision: below -87.3 it is e^-87.3, above 88.3
/// e^88.3. The series is that of Moshier's Cephes library.
///
/// ```
/// use density_playground::math::special::exp_single;
/// assert!((exp_single(1.0) / std::f32::consts::E - 1.0).abs() < 2e-7);
/// ```
// Always, as exp.
#[inline(always)]
pub fn exp_single(x: f32) -> f32 {
    const HIGH: f32 = 0.693_359_4;
    const LOW: f32 = -2.121_944_4e-4;
    const ROUND: f32 = 12_582_912.0;
    const SERIES: [f32; 6] =
        [1.987_569_1e-4, 1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5];
    // A NaN passes both comparisons and stays one.
    let bounded = if x < -87.3 { -87.3 } else { x };
    let bounded = if bounded > 88.3 { 88.3 } else { bounded };
    let shifted = bounded * std::f32::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (bounded - n * HIGH) - n * LOW;
    let mut series = SERIES[0];
    for coefficient in &SERIES[1..] {
        series = series * r + coefficient;
    }
    let value = series * (r * r) + r + 1.0;
    let power = f32::from_bits((shifted.to_bits() << 23).wrapping_add(127 << 23));
    value * power
}

/// tanh x in single precision, by [`exp_single`]: to 2e-7 of 1.
#[inline(always)]
pub fn tanh_single(x: f32) -> f32 {
    1.0 - 2.0 / (exp_single(2.0 * x) + 1.0)
}

/// ln of the standard normal density.
pub fn log_normal_density(z: f64) -> f64 {
    -0.5 * (z * z + LN_2PI)
}

/// ln Phi(z), the logarithm of the standard normal's distribution function, for any z.
///
/// ```
/// use density_playground::math::special::log_normal_cdf;
/// assert!((log_normal_cdf(0.0) - 0.5f64.ln()).abs() < 1e-15);
/// assert!((log_normal_cdf(-40.0) + 804.608_442_013_753_8).abs() < 1e-9); // Phi underflows here
/// ```
pub fn log_normal_cdf(z: f64) -> f64 {
    let tail = |z: f64| 0.5 * libm::erfc(z * std::f64::consts::FRAC_1_SQRT_2);
    if z > 1.0 {
        (-tail(z)).ln_1p()
    } else if z > -30.0 {
        tail(-z).ln()
    } else {
        // Phi(z) = phi(z) / |z| (1 - 1/z^2 + 3/z^4 - 15/z^6 + ...), Abramowitz and Stegun 26.2.12.
        let r = (z * z).recip();
        log_normal_density(z) - (-z).ln() + (r * (-1.0 + r * (3.0 + r * (-15.0 + r * 105.0)))).ln_1p()
    }
}

/// The z at which ln Phi(z) is `log_probability`, at most ln(1/2): Newton's method, which on a concave
/// function comes from the left without ever passing the root.
pub fn normal_quantile_of_log(log_probability: f64) -> f64 {
    // Phi(-a) <= exp(-a^2 / 2) / 2: this start is left of the root.
    let mut z = -(-2.0 * log_probability).sqrt();
    for _ in 0..40 {
        let log_cdf = log_normal_cdf(z);
        let step = (log_probability - log_cdf) * (log_cdf - log_normal_density(z)).exp();
        z += step;
        if step.abs() < 1e-15 * z.abs().max(1.0) {
            break;
        }
    }
    z
}

/// A probability given by the smaller of its two tails: exact where 1 - p would lose all digits.
#[derive(Clone, Copy, Debug)]
pub struct Tail {
    /// ln of the smaller tail's probability.
    pub log: f64,
    /// True for the tail above.
    pub upper: bool,
}

impl Tail {
    /// From both tails' logarithms.
    pub fn smaller(log_below: f64, log_above: f64) -> Self {
        if log_below < log_above {
            Self { log: log_below, upper: false }
        } else {
            Self { log: log_above, upper: true }
        }
    }

    /// The tail that the standard normal has at `u`.
    pub fn of_normal(u: f64) -> Self {
        Self { log: log_normal_cdf(-u.abs()), upper: u > 0.0 }
    }

    /// Where the standard normal has this tail.
    pub fn normal_quantile(self) -> f64 {
        // Rounding can leave the smaller tail a hair above one half.
        let z = normal_quantile_of_log(self.log.min(-std::f64::consts::LN_2));
        if self.upper { -z } else { z }
    }
}

/// ln of the probability that a Student-t variable with `degrees` of freedom exceeds `z >= 0`.
pub fn log_student_tail(z: f64, degrees: f64) -> f64 {
    let x = degrees / (degrees + z * z);
    log_incomplete_beta(0.5 * degrees, 0.5, x) - std::f64::consts::LN_2
}

/// ln density of the standard Student-t.
pub fn log_student_density(z: f64, degrees: f64) -> f64 {
    libm::lgamma(0.5 * (degrees + 1.0))
        - libm::lgamma(0.5 * degrees)
        - 0.5 * (degrees * std::f64::consts::PI).ln()
        - 0.5 * (degrees + 1.0) * (z * z / degrees).ln_1p()
}

/// ln of the regularised incomplete beta function I_x(a, b), by its continued fraction (Abramowitz and
/// Stegun 26.5.8, evaluated by Lentz's method).
fn log_incomplete_beta(a: f64, b: f64, x: f64) -> f64 {
    if x >= 1.0 {
        return 0.0;
    }
    let log_beta = libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    let log_front = |a: f64, b: f64, x: f64| a * x.ln() + b * (-x).ln_1p() - log_beta - a.ln();
    if x < (a + 1.0) / (a + b + 2.0) {
        log_front(a, b, x) + beta_fraction(a, b, x).ln()
    } else {
        let other = log_front(b, a, 1.0 - x) + beta_fraction(b, a, 1.0 - x).ln();
        (-other.exp()).ln_1p()
    }
}

fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = away(1.0 - (a + b) * x / (a + 1.0)).recip();
    let mut fraction = d;
    for m in 1..500 {
        let m = f64::from(m);
        for numerator in [
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)),
        ] {
            d = away(1.0 + numerator * d).recip();
            c = away(1.0 + numerator / c);
            fraction *= c * d;
        }
        if (c * d - 1.0).abs() < 1e-16 {
            break;
        }
    }
    fraction
}

/// The x in `[low, high]` at which an increasing function is `target`; `f` gives value and slope. Newton's steps,
/// kept inside a bracket that shrinks.
pub fn solve_increasing(mut low: f64, mut high: f64, target: f64, f: impl Fn(f64) -> (f64, f64)) -> f64 {
    let mut x = 0.5 * (low + high);
    for _ in 0..200 {
        let (value, slope) = f(x);
        if value < target {
            low = x
        } else {
            high = x
        }
        let newton = x - (value - target) / slope;
        let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
        let moved = (next - x).abs();
        x = next;
        if moved <= 4.0 * f64::EPSILON * x.abs().max(1e-3) {
            break;
        }
    }
    x
}

/// ln(2 pi).
pub const LN_2PI: f64 = 1.837_877_066_409_345_3;

/// ln(exp(a_1) + ... + exp(a_n)), without overflow; minus infinity for an empty list.
///
/// ```
/// use density_playground::math::special::log_sum_exp;
/// assert!((log_sum_exp([-1000.0, -1000.0].into_iter()) - (-1000.0 + 2f64.ln())).abs() < 1e-12);
/// ```
pub fn log_sum_exp(terms: impl Iterator<Item = f64> + Clone) -> f64 {
    let largest = terms.clone().fold(f64::NEG_INFINITY, f64::max);
    if largest == f64::NEG_INFINITY {
        return largest;
    }
    largest + terms.map(|t| (t - largest).exp()).sum::<f64>().ln()
}

/// log density of a one-dimensional normal at `x`, in nats.
pub fn log_normal(x: f64, mean: f64, deviation: f64) -> f64 {
    let z = (x - mean) / deviation;
    -0.5 * (z * z + LN_2PI) - deviation.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponentials_agree_with_the_library() {
        for i in -7000..=7090 {
            let x = f64::from(i) * 0.1 + 0.0137;
            if x < 709.0 {
                assert!((exp(x) / x.exp() - 1.0).abs() < 2e-15, "{x}");
            }
        }
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(exp(710.0), f64::INFINITY);
        assert!(exp(f64::NAN).is_nan());
        assert!(exp(-1e9) < 1e-300);
        for i in -870..=880 {
            let x = i as f32 * 0.1 + 0.0137;
            assert!((f64::from(exp_single(x)) / f64::from(x).exp() - 1.0).abs() < 3e-7, "{x}");
            assert!((f64::from(tanh_single(x)) - f64::from(x).tanh()).abs() < 2e-7, "{x}");
        }
        assert_eq!(exp_single(0.0), 1.0);
        assert!(exp_single(f32::NAN).is_nan() && tanh_single(f32::NAN).is_nan());
    }

    #[test]
    fn normal_tails_agree_with_tables_and_with_themselves() {
        // log Phi from an independent library (mpmath, 40 digits).
        for (z, expected) in [
            (-10.0, -53.231_285_150_512_47),
            (-5.0, -15.064_998_393_988_727),
            (-1.0, -1.841_021_645_009_264),
            (2.0, -0.023_012_909_328_963_48),
            (8.0, -6.220_960_574_271_785e-16),
        ] {
            assert!((log_normal_cdf(z) - expected).abs() < 1e-12 * f64::max(1.0, expected.abs()), "{z}");
        }
        for i in 0..200 {
            let u = -100.0 + f64::from(i);
            assert!((Tail::of_normal(u).normal_quantile() - u).abs() < 1e-11 * u.abs().max(1.0), "{u}");
        }
    }

    #[test]
    fn student_tails_agree_with_closed_forms() {
        for i in 0..60 {
            let z = 0.1 * f64::from(i) * f64::from(i);
            // One degree: Cauchy. Two degrees: algebraic.
            let cauchy = (std::f64::consts::FRAC_1_PI * z.recip().atan()).ln();
            let two = (0.5 * (1.0 - z / (2.0 + z * z).sqrt())).ln();
            if z > 0.0 {
                assert!((log_student_tail(z, 1.0) - cauchy).abs() < 1e-12, "{z}");
                if z < 30.0 {
                    assert!((log_student_tail(z, 2.0) - two).abs() < 1e-10, "{z}");
                }
            } else {
                assert!((log_student_tail(z, 3.7) + std::f64::consts::LN_2).abs() < 1e-14);
            }
        }
    }
}
