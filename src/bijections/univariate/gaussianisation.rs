//! Families of conditional densities as maps: u = Phi^-1(F(x)) carries the density of any distribution function F to
//! the standard normal, so that a mixture or a Student-t is one more univariate map, with samples, temperature,
//! log-determinant and both gradients like all others.
//!
//! Temperature acts on u alone: x = F^-1(Phi(T u)) has the density's quantiles drawn together about its median, where u = 0.
//! A mixture cooled this way tends to its median, perhaps between its components, not to their means.

use std::f64::consts::FRAC_1_SQRT_2;

use super::monotone::Monotone;
use crate::math::special::{LN_2PI, log_sum_exp};
use crate::math::special::{
    Tail, log_normal_cdf, log_normal_density, log_student_density, log_student_tail, solve_increasing,
};
#[cfg(feature = "gpu")]
use crate::wgsl::{Fragment, whole};

/// A family of densities on the line, one for each theta.
pub trait Distribution: Send + Sync {
    /// Length of theta.
    fn parameters(&self) -> usize;

    /// ln p(x), and the smaller of the probabilities below and above x.
    fn log_density(&self, theta: &[f64], x: f64) -> (f64, Tail);

    /// An interval that holds the x whose tail is that of the standard normal at u.
    fn bracket(&self, theta: &[f64], u: f64) -> (f64, f64);

    /// What the density gives at x, and for each parameter (dF/dtheta / phi(u), d ln p / dtheta) with u as there. The ratio
    /// stays finite where dF and phi(u) both underflow.
    fn derivatives(&self, theta: &[f64], x: f64, by_theta: &mut [(f64, f64)]) -> Derivatives;
}

/// A density at some x.
pub struct Derivatives {
    /// Where the standard normal has the same tail.
    pub u: f64,
    /// ln p(x).
    pub log_density: f64,
    /// d ln p / dx.
    pub by_x: f64,
}

/// A [`Distribution`] as the map u = Phi^-1(F(x)).
pub struct Gaussianise<D>(pub D);

impl<D: Distribution> Monotone for Gaussianise<D> {
    fn parameters(&self) -> usize {
        self.0.parameters()
    }

    fn map(&self, theta: &[f64], x: f64) -> (f64, f64) {
        let (log_density, tail) = self.0.log_density(theta, x);
        let u = tail.normal_quantile();
        (u, log_density - log_normal_density(u))
    }

    fn invert(&self, theta: &[f64], u: f64) -> f64 {
        let (low, high) = self.0.bracket(theta, u);
        solve_increasing(low, high, u, |x| {
            let (value, log_slope) = self.map(theta, x);
            (value, log_slope.exp())
        })
    }

    /// du/dtheta = F_theta / phi(u); ln du/dx = ln p(x) - ln phi(u), whose derivative by u is u.
    fn derivatives(&self, theta: &[f64], x: f64, by_theta: &mut [(f64, f64)]) -> (f64, f64) {
        let Derivatives { u, log_density, by_x } = self.0.derivatives(theta, x, by_theta);
        let log_slope = log_density - log_normal_density(u);
        for (by_u, by_log) in by_theta.iter_mut() {
            *by_log += u * *by_u;
        }
        (log_slope, by_x + u * log_slope.exp())
    }
}

/// Bounds a log-scale to +-ln 1000 without moving it near zero; returns (value, derivative).
fn bounded(raw: f64) -> (f64, f64) {
    const BOUND: f64 = 6.907_755_278_982_137;
    let shrink = (1.0 + raw.abs() / BOUND).recip();
    (raw * shrink, shrink * shrink)
}

/// A mixture of Gaussians (Bishop, "Mixture density networks", 1994). theta holds for each component a logit, a mean
/// and a log-deviation. The means start evenly spread over +-1.5, since equal components would stay equal.
#[derive(Clone, Copy, Debug, serde::Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct GaussianMixture {
    /// Number of components, at least 1.
    pub components: usize,
}

/// Most components of an Experiment's mixtures: as many of one value stand on the stack, and it takes an allocation for more.
pub const MAX_COMPONENTS: usize = 32;

/// One component at some x.
#[derive(Clone, Copy, Default)]
struct Component {
    weight: f64,
    deviation: f64,
    /// How a step of the log-deviation's parameter moves the log-deviation.
    through: f64,
    z: f64,
    /// ln of weight times density.
    log_share: f64,
}

/// All components at some x.
struct At {
    few: [Component; MAX_COMPONENTS],
    many: Vec<Component>,
    log_density: f64,
    tail: Tail,
}

impl GaussianMixture {
    fn shape(&self, theta: &[f64], i: usize) -> (f64, f64, f64) {
        let k = self.components;
        let start = if k == 1 { 0.0 } else { 3.0 * i as f64 / (k - 1) as f64 - 1.5 };
        let (log_deviation, through) = bounded(theta[2 * k + i]);
        (theta[k + i] + start, log_deviation - if k == 1 { 0.0 } else { std::f64::consts::LN_2 }, through)
    }

    fn at(&self, theta: &[f64], x: f64) -> At {
        let k = self.components;
        let logits = &theta[..k];
        let most = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let total: f64 = logits.iter().map(|l| (l - most).exp()).sum();
        let log_total = total.ln();
        let mut few = [Component::default(); MAX_COMPONENTS];
        let mut many = vec![Component::default(); if k > MAX_COMPONENTS { k } else { 0 }];
        let all = if k > MAX_COMPONENTS { &mut many[..] } else { &mut few[..k] };
        for (i, c) in all.iter_mut().enumerate() {
            let (mean, log_deviation, through) = self.shape(theta, i);
            let deviation = log_deviation.exp();
            let z = (x - mean) / deviation;
            let log_weight = logits[i] - most - log_total;
            let log_share = log_weight - 0.5 * (z * z + LN_2PI) - log_deviation;
            *c = Component { weight: log_weight.exp(), deviation, through, z, log_share };
        }
        let log_density = log_sum_exp(all.iter().map(|c| c.log_share));
        // The tails by plain sums where they don't underflow, and only one of them where that is the smaller.
        let sum = |sign: f64| {
            let tail = |c: &Component| c.weight * 0.5 * libm::erfc(-sign * c.z * FRAC_1_SQRT_2);
            all.iter().map(tail).sum::<f64>()
        };
        let below = sum(1.0);
        let (upper, plain) = if below <= 0.5 { (false, below) } else { (true, sum(-1.0)) };
        let log = if plain > 1e-290 {
            plain.ln()
        } else {
            let sign = if upper { -1.0 } else { 1.0 };
            log_sum_exp(all.iter().map(|c| c.weight.ln() + log_normal_cdf(sign * c.z)))
        };
        At { few, many, log_density, tail: Tail { log, upper } }
    }
}

impl Distribution for GaussianMixture {
    fn parameters(&self) -> usize {
        3 * self.components
    }

    fn log_density(&self, theta: &[f64], x: f64) -> (f64, Tail) {
        let At { log_density, tail, .. } = self.at(theta, x);
        (log_density, tail)
    }

    /// A mixture's quantile lies between those of its components.
    fn bracket(&self, theta: &[f64], u: f64) -> (f64, f64) {
        let quantile = |i| {
            let (mean, log_deviation, _) = self.shape(theta, i);
            mean + log_deviation.exp() * u
        };
        let (low, high) = (0..self.components)
            .map(quantile)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), q| (l.min(q), h.max(q)));
        let room = 1e-9 * (1.0 + low.abs() + high.abs());
        (low - room, high + room)
    }

    fn derivatives(&self, theta: &[f64], x: f64, by_theta: &mut [(f64, f64)]) -> Derivatives {
        let k = self.components;
        let At { few, many, log_density, tail } = self.at(theta, x);
        let all = if k > MAX_COMPONENTS { &many[..] } else { &few[..k] };
        let u = tail.normal_quantile();
        let log_scale = log_normal_density(u);
        let all_tail = (tail.log - log_scale).exp();
        let sign = if tail.upper { -1.0 } else { 1.0 };
        let mut by_x = 0.0;
        for (i, c) in all.iter().enumerate() {
            let responsibility = (c.log_share - log_density).exp();
            let mass = (c.log_share - log_scale).exp();
            by_x -= responsibility * c.z / c.deviation;
            let own = 0.5 * libm::erfc(-sign * c.z * FRAC_1_SQRT_2);
            let own_tail = if own > 1e-290 { own.ln() } else { log_normal_cdf(sign * c.z) } - log_scale;
            by_theta[i] = (sign * c.weight * (own_tail.exp() - all_tail), responsibility - c.weight);
            by_theta[k + i] = (-mass, responsibility * c.z / c.deviation);
            by_theta[2 * k + i] =
                (-mass * c.deviation * c.z * c.through, responsibility * (c.z * c.z - 1.0) * c.through);
        }
        Derivatives { u, log_density, by_x }
    }
}

/// A Laplace density: exp(-|x - mu| / b) / 2b. theta is (mu, ln b).
#[derive(Clone, Copy, Debug)]
pub struct Laplace;

impl Distribution for Laplace {
    fn parameters(&self) -> usize {
        2
    }

    fn log_density(&self, theta: &[f64], x: f64) -> (f64, Tail) {
        let (log_width, _) = bounded(theta[1]);
        let z = (x - theta[0]) * (-log_width).exp();
        let log = -z.abs() - std::f64::consts::LN_2;
        (log - log_width, Tail { log, upper: z > 0.0 })
    }

    fn bracket(&self, theta: &[f64], u: f64) -> (f64, f64) {
        let width = bounded(theta[1]).0.exp();
        let far = -(Tail::of_normal(u).log + std::f64::consts::LN_2) * width;
        let x = if u > 0.0 { theta[0] + far } else { theta[0] - far };
        let room = 1e-9 * (width + x.abs());
        (x - room, x + room)
    }

    fn derivatives(&self, theta: &[f64], x: f64, by_theta: &mut [(f64, f64)]) -> Derivatives {
        let (log_width, through) = bounded(theta[1]);
        let precision = (-log_width).exp();
        let z = (x - theta[0]) * precision;
        let (log_density, tail) = self.log_density(theta, x);
        let u = tail.normal_quantile();
        let log_scale = log_normal_density(u);
        let density = (log_density - log_scale).exp();
        by_theta[0] = (-density, z.signum() * precision);
        by_theta[1] = (-density * (x - theta[0]) * through, (z.abs() - 1.0) * through);
        Derivatives { u, log_density, by_x: -z.signum() * precision }
    }
}

/// A Student-t density with learned degrees of freedom. theta is (mu, ln s, and what decides the degrees: between
/// 0.4 and 61, 5 at the start).
#[derive(Clone, Copy, Debug)]
pub struct StudentT;

impl StudentT {
    /// (ln of the degrees of freedom, its derivative by the parameter).
    fn log_degrees(raw: f64) -> (f64, f64) {
        const BOUND: f64 = 2.5;
        let shrink = (1.0 + raw.abs() / BOUND).recip();
        (5f64.ln() + raw * shrink, shrink * shrink)
    }
}

/// The derivative of f at x to fourth order: the tail has none in closed form by the degrees of freedom.
fn slope(x: f64, f: impl Fn(f64) -> f64) -> f64 {
    const H: f64 = 2e-3;
    (8.0 * (f(x + H) - f(x - H)) - (f(x + 2.0 * H) - f(x - 2.0 * H))) / (12.0 * H)
}

impl Distribution for StudentT {
    fn parameters(&self) -> usize {
        3
    }

    fn log_density(&self, theta: &[f64], x: f64) -> (f64, Tail) {
        let (log_width, _) = bounded(theta[1]);
        let degrees = Self::log_degrees(theta[2]).0.exp();
        let z = (x - theta[0]) * (-log_width).exp();
        let tail = Tail { log: log_student_tail(z.abs(), degrees), upper: z > 0.0 };
        (log_student_density(z, degrees) - log_width, tail)
    }

    fn bracket(&self, theta: &[f64], u: f64) -> (f64, f64) {
        let width = bounded(theta[1]).0.exp();
        let beyond = |z: f64| self.map_at(theta, theta[0] + z * width).abs() >= u.abs();
        let mut far = 1.0;
        while !beyond(far) && far < 1e150 {
            far *= 4.0;
        }
        let far = far * width;
        let room = 1e-12 * width;
        if u > 0.0 { (theta[0] - room, theta[0] + far) } else { (theta[0] - far, theta[0] + room) }
    }

    fn derivatives(&self, theta: &[f64], x: f64, by_theta: &mut [(f64, f64)]) -> Derivatives {
        let (log_width, through) = bounded(theta[1]);
        let (log_degrees, by_raw) = Self::log_degrees(theta[2]);
        let degrees = log_degrees.exp();
        let precision = (-log_width).exp();
        let z = (x - theta[0]) * precision;
        let (log_density, tail) = self.log_density(theta, x);
        let u = tail.normal_quantile();
        let log_scale = log_normal_density(u);
        let density = (log_density - log_scale).exp();
        // d ln p / dz
        let by_z = -(degrees + 1.0) * z / (degrees + z * z);
        by_theta[0] = (-density, -by_z * precision);
        by_theta[1] = (-density * (x - theta[0]) * through, (-by_z * z - 1.0) * through);
        let tail_slope = slope(log_degrees, |d| log_student_tail(z.abs(), d.exp()));
        let sign = if tail.upper { -1.0 } else { 1.0 };
        let by_degrees = sign * (tail.log - log_scale).exp() * tail_slope;
        let density_slope = slope(log_degrees, |d| log_student_density(z, d.exp()));
        by_theta[2] = (by_degrees * by_raw, density_slope * by_raw);
        Derivatives { u, log_density, by_x: by_z * precision }
    }
}

impl StudentT {
    fn map_at(&self, theta: &[f64], x: f64) -> f64 {
        self.log_density(theta, x).1.normal_quantile()
    }
}

#[cfg(feature = "gpu")]
impl GaussianMixture {
    /// The same map for the GPU.
    pub fn wgsl(&self) -> Fragment {
        Fragment::new(&[include_str!("shaders/gaussianise.wgsl"), include_str!("shaders/mixture.wgsl")])
            .with("K", whole(self.components))
    }
}

#[cfg(feature = "gpu")]
impl Laplace {
    /// The same map for the GPU.
    pub fn wgsl(&self) -> Fragment {
        Fragment::new(&[include_str!("shaders/gaussianise.wgsl"), include_str!("shaders/laplace.wgsl")])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Forty components that are all alike are one.
    #[test]
    fn a_mixture_may_have_any_number_of_components() {
        let (few, many) = (GaussianMixture { components: 1 }, GaussianMixture { components: 40 });
        // What the means start at is taken off, and the deviation that many components start with.
        let means = (0..40).map(|i| 0.3 - (3.0 * f64::from(i) / 39.0 - 1.5));
        let raw = std::f64::consts::LN_2 / (1.0 - std::f64::consts::LN_2 / 1000f64.ln());
        let theta: Vec<f64> = std::iter::repeat_n(0.0, 40).chain(means).chain([raw; 40]).collect();
        for x in [-2.0, 0.3, 4.0] {
            let (one, all) = (few.log_density(&[0.0, 0.3, 0.0], x).0, many.log_density(&theta, x).0);
            assert!((one - all).abs() < 1e-9, "{one} and {all} at {x}");
            let mut by_theta = vec![(0.0, 0.0); 120];
            assert!(many.derivatives(&theta, x, &mut by_theta).by_x.is_finite());
        }
    }
}
