//! A mean with its standard error, where there is one.
//!
//! A standard error is an estimate of a variance, and heavy tails have none: log q of a flow with a normal base falls like
//! -x^2, whose variance under a Student-t of three degrees of freedom is infinite. The spread of any sample is finite all the
//! same, so that it has to be asked whether the tail allows it to mean anything: by the shape k of the generalised Pareto
//! distribution that fits the largest values, as for importance weights (Vehtari, Simpson, Gelman, Yao, Gabry, "Pareto
//! smoothed importance sampling", JMLR 2024). The variance is finite where k < 1/2.

use super::ascending;

/// The mean of some values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// Its standard error; `None` where the values' tail leaves it open whether the variance is finite.
    pub standard_error: Option<f64>,
}

/// What is known of the tails of some values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tails {
    /// All moments are finite.
    Light,
    /// The variance may be infinite: the values have to tell.
    Heavy,
}

/// With fewer values no tail can be told from another, and the standard error is given as it is anywhere.
const JUDGED: usize = 100;

/// The least k of a tail without a variance.
const INFINITE_VARIANCE: f64 = 0.5;

/// The mean, and its standard error; where tails may be heavy, unless k of either is within one standard deviation of 1/2 or beyond.
pub fn estimate_mean(values: &[f64], tails: Tails) -> Estimate {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let error = (variance / n).sqrt();
    let heavy = || {
        let mut sorted = values.to_vec();
        ascending(&mut sorted);
        let upper = is_heavy(&sorted);
        sorted.iter_mut().for_each(|v| *v = -*v);
        sorted.reverse();
        upper || is_heavy(&sorted)
    };
    let judged = tails == Tails::Heavy && values.len() >= JUDGED;
    let known = error.is_finite() && !(judged && heavy());
    Estimate { mean, standard_error: known.then_some(error) }
}

/// Whether the upper tail of ascending values may have an infinite variance.
fn is_heavy(sorted: &[f64]) -> bool {
    tail_shape(sorted).is_some_and(|(k, deviation)| k + deviation >= INFINITE_VARIANCE)
}

/// The shape k of the upper tail of ascending values, and its standard deviation; `None` where the largest values hardly differ.
///
/// The tail is the largest min(n / 5, 3 sqrt n) values, as in the paper above, appendix C; its fit is that of Zhang and Stephens
/// ("A new and efficient estimation method for the generalized Pareto distribution", Technometrics 2009): a posterior mean over a
/// grid, without iterations.
fn tail_shape(sorted: &[f64]) -> Option<(f64, f64)> {
    const FEWEST: usize = 5;
    let n = sorted.len();
    let count = (n / 5).min((3.0 * (n as f64).sqrt()) as usize);
    let threshold = sorted[n.checked_sub(count + 1)?];
    let excess: Vec<f64> = sorted[n - count..].iter().map(|v| v - threshold).filter(|e| *e > 0.0).collect();
    let (quartile, largest) = (*excess.get((excess.len() / 4).max(1) - 1)?, *excess.last()?);
    if excess.len() < FEWEST {
        return None;
    }
    let len = excess.len() as f64;
    let shape = |b: f64| excess.iter().map(|e| (-b * e).ln_1p()).sum::<f64>() / len;
    let points = 30 + len.sqrt() as usize;
    let grid: Vec<(f64, f64)> = (0..points)
        .map(|i| {
            let spread = (1.0 - (points as f64 / (i as f64 + 0.5)).sqrt()) / (3.0 * quartile);
            let b = spread + largest.recip();
            let k = shape(b);
            (b, len * ((-b / k).ln() - k - 1.0))
        })
        .filter(|(_, log_likelihood)| log_likelihood.is_finite())
        .collect();
    let most = grid.iter().map(|&(_, l)| l).fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = grid.iter().map(|&(_, l)| (l - most).exp()).sum();
    let b = grid.iter().map(|&(b, l)| b * (l - most).exp()).sum::<f64>() / total;
    let k = shape(b);
    k.is_finite().then(|| (k, (1.0 + k.max(0.0)) / len.sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::{Philox, Stream};

    /// The share of seeds for which an error is given, of `count` values that a generator gives.
    fn share(count: u32, value: impl Fn(&mut Philox) -> f64) -> f64 {
        let given = |seed: &u32| {
            let values: Vec<f64> =
                (0..count).map(|row| value(&mut Philox::new(*seed, Stream::BaseDraw { row }))).collect();
            estimate_mean(&values, Tails::Heavy).standard_error.is_some()
        };
        (1..=100).filter(given).count() as f64 / 100.0
    }

    fn student(random: &mut Philox, degrees: usize) -> f64 {
        let scale: f64 = (0..degrees).map(|_| random.normal::<f64>().powi(2)).sum::<f64>() / degrees as f64;
        random.normal::<f64>() / scale.sqrt()
    }

    #[test]
    fn light_tails_have_an_error() {
        for count in [1024, 4096] {
            assert!(share(count, |r| r.normal()) >= 0.99);
            assert!(share(count, |r| -r.uniform::<f64>().ln()) >= 0.99);
            assert!(share(count, |r| r.normal::<f64>().powi(2)) >= 0.97);
            assert!(share(count, |r| r.uniform()) >= 0.99);
        }
    }

    #[test]
    fn a_variance_that_is_infinite_has_none_in_either_tail() {
        for sign in [1.0, -1.0] {
            // The square of a Student-t of three degrees: k = 2/3. Of one: k = 2, and not even a mean.
            assert!(share(4096, |r| sign * student(r, 3).powi(2)) <= 0.03);
            assert!(share(4096, |r| sign * student(r, 1).powi(2)) <= 0.01);
        }
    }

    #[test]
    fn known_moments_need_no_check() {
        let values: Vec<f64> =
            (0..4096).map(|row| student(&mut Philox::new(1, Stream::BaseDraw { row }), 1).powi(2)).collect();
        assert_eq!(estimate_mean(&values, Tails::Heavy).standard_error, None);
        assert!(estimate_mean(&values, Tails::Light).standard_error.is_some());
    }

    #[test]
    fn values_without_a_tail_are_no_trouble() {
        let estimate_mean = |values: &[f64]| estimate_mean(values, Tails::Heavy);
        let known = estimate_mean(&[1.0, 2.0, 3.0]);
        assert_eq!(known.mean, 2.0);
        assert!((known.standard_error.unwrap() - 1.0 / 3.0_f64.sqrt()).abs() < 1e-12);
        assert_eq!(estimate_mean(&[4.0; 500]), Estimate { mean: 4.0, standard_error: Some(0.0) });
        let mut steps = vec![0.0; 400];
        steps[100..].fill(1.0);
        assert!(estimate_mean(&steps).standard_error.is_some());
        assert_eq!(estimate_mean(&[1.0]).standard_error, None);
        let far = estimate_mean(&[0.0, f64::INFINITY, 1.0]);
        assert_eq!(far, Estimate { mean: f64::INFINITY, standard_error: None });
    }
}
