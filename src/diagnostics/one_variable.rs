//! One increasing curve from base to data, by hand or by gradient descent, and what it makes of the standard normal.

use serde::Serialize;

use crate::bijections::Direction;
use crate::bijections::univariate::{Affine, Inverted, Shift, Spline, Univariate};
use crate::math::special::{Tail, log_normal_density, log_student_density};
use crate::nn::Adam;

/// Data and base are looked at from minus this to this; targets are cut off there.
pub const REACH: f64 = 6.0;
/// Cells of the quadrature along the data: with edges at the ends of the uniform target.
const CELLS: usize = 480;
/// Half the side of the square in which a spline bends.
pub const BOUND: f64 = 5.0;
/// Bars of equal mass.
const BARS: usize = 16;
/// Points at which the curve is told.
const POINTS: usize = 241;

/// The curve x(u).
#[derive(Clone, Debug, PartialEq)]
pub enum Curve {
    /// x = u exp(alpha) + mu, as `[mu, alpha]`.
    Affine([f64; 2]),
    /// A rational-quadratic spline through inner knots `[u, x, slope dx/du]`, ascending; the identity beyond +-[`BOUND`].
    Spline(Vec<[f64; 3]>),
}

/// A density of one variable on cells of one width, which integrates to 1.
#[derive(Clone, Debug)]
pub struct LineTarget {
    density: Vec<f64>,
}

/// Width of a cell.
const WIDTH: f64 = 2.0 * REACH / CELLS as f64;

fn centre(cell: usize) -> f64 {
    -REACH + (cell as f64 + 0.5) * WIDTH
}

impl LineTarget {
    /// The targets by name.
    pub const NAMES: [&'static str; 4] = ["two-humps", "uniform", "skewed", "heavy"];

    /// One of [`Self::NAMES`].
    pub fn named(name: &str) -> Option<Self> {
        let density: fn(f64) -> f64 = match name {
            "two-humps" => |x| {
                let hump = |mean: f64| log_normal_density((x - mean) / 0.6).exp();
                hump(-1.7) + hump(1.7)
            },
            "uniform" => |x| if x.abs() < 2.0 { 1.0 } else { 0.0 },
            // Gumbel's: steep on the left, a long tail on the right.
            "skewed" => |x| (-(x + 0.6) - (-(x + 0.6)).exp()).exp(),
            "heavy" => |x| log_student_density(x, 2.0).exp(),
            _ => return None,
        };
        Self::weighted(&(0..CELLS).map(|cell| density(centre(cell))).collect::<Vec<_>>())
    }

    /// Heights at equal steps, which need not integrate to 1; `None` where they are no density.
    pub fn weighted(heights: &[f64]) -> Option<Self> {
        if heights.is_empty() || heights.iter().any(|h| !(h.is_finite() && *h >= 0.0)) {
            return None;
        }
        let at = |cell: usize| heights[cell * heights.len() / CELLS];
        let total: f64 = (0..CELLS).map(at).sum::<f64>() * WIDTH;
        (total > 0.0).then(|| Self { density: (0..CELLS).map(|cell| at(cell) / total).collect() })
    }

    /// H = -E[ln p] in nats: no honest density has a lower NLL.
    pub fn entropy(&self) -> f64 {
        self.density.iter().filter(|p| **p > 0.0).map(|p| -WIDTH * p * p.ln()).sum()
    }
}

/// What a curve makes of the base, and how well that fits.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct OneVariable {
    /// Places in the base, ascending.
    pub u: Vec<f64>,
    /// Where each is carried.
    pub x: Vec<f64>,
    /// ln dx/du there.
    pub log_slope: Vec<f64>,
    /// The density that comes out at these x.
    pub density: Vec<f64>,
    /// Ends of bars of equal mass in the base.
    pub base_edges: Vec<f64>,
    /// Where they are carried.
    pub edges: Vec<f64>,
    /// Cell centres along x.
    pub at: Vec<f64>,
    /// The target's density there.
    pub target: Vec<f64>,
    /// What the fit is.
    pub fit: Fit,
}

/// The negative log-likelihood E[-log q(x)] of a target's points and its terms, in nats.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Fit {
    /// E[-log p(u)] of the base.
    pub base: f64,
    /// E[-ln du/dx].
    pub log_det: f64,
    /// Both together.
    pub nll: f64,
    /// The target's entropy.
    pub entropy: f64,
    /// The integral of p(u(x)) over x: what the density would integrate to without the log-determinant.
    pub mass: f64,
}

/// Gradient descent on a curve.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Race {
    /// The curve before the first step and after every [`EVERY`]-th, as its numbers.
    pub curves: Vec<Vec<f64>>,
    /// What the fit of each is.
    pub fits: Vec<Fit>,
}

/// Steps between two curves that a race tells.
pub const EVERY: usize = 10;

impl Curve {
    /// From its numbers: `[mu, alpha]`, or three for each inner knot.
    pub fn from_numbers(spline: bool, numbers: &[f64]) -> Option<Self> {
        if numbers.iter().any(|v| !v.is_finite()) {
            return None;
        }
        if !spline {
            return Some(Self::Affine(numbers.try_into().ok()?));
        }
        let (knots, rest) = numbers.as_chunks::<3>();
        let ends =
            [[-BOUND, -BOUND, 1.0]].into_iter().chain(knots.iter().copied()).chain([[BOUND, BOUND, 1.0]]);
        let ends: Vec<[f64; 3]> = ends.collect();
        let rises = ends.windows(2).all(|pair| pair[0][0] < pair[1][0] && pair[0][1] < pair[1][1]);
        let good = rest.is_empty() && (1..=16).contains(&knots.len()) && rises;
        (good && knots.iter().all(|knot| knot[2] > 0.0)).then(|| Self::Spline(knots.to_vec()))
    }

    /// The numbers again.
    pub fn numbers(&self) -> Vec<f64> {
        match self {
            Self::Affine(numbers) => numbers.to_vec(),
            Self::Spline(knots) => knots.concat(),
        }
    }

    /// The family's map, and this curve's theta.
    fn map(&self) -> (Box<dyn Univariate<f64>>, Vec<f64>) {
        match self {
            Self::Affine(numbers) => (Box::new(Affine { shift: Shift::Data, bound: None }), numbers.to_vec()),
            Self::Spline(knots) => {
                let spline = spline(knots.len());
                let turned: Vec<[f64; 3]> =
                    knots.iter().map(|&[u, x, slope]| [x, u, slope.recip()]).collect();
                (Box::new(Inverted(spline)), spline.theta_through(&turned))
            }
        }
    }

    /// The curve of the same family with another theta.
    fn with_theta(&self, theta: &[f64]) -> Self {
        match self {
            Self::Affine(_) => Self::Affine([theta[0], theta[1]]),
            Self::Spline(knots) => {
                let turned = spline(knots.len()).knots(theta).into_iter();
                Self::Spline(turned.map(|[x, u, slope]| [u, x, slope.recip()]).collect())
            }
        }
    }
}

fn spline(knots: usize) -> Spline {
    Spline { bins: knots + 1, bound: BOUND }
}

/// Carries values through a map of which all have the same theta; returns the values and the log-slopes of the map taken.
fn carry(
    map: &dyn Univariate<f64>,
    theta: &[f64],
    direction: Direction,
    values: &[f64],
) -> (Vec<f64>, Vec<f64>) {
    let each = spread(theta, values.len());
    let (mut values, mut log_slope) = (values.to_vec(), vec![0.0; values.len()]);
    map.map(direction, &each, &mut values, &mut log_slope);
    (values, log_slope)
}

/// theta for each of `len` values, `(parameters, len)`.
fn spread(theta: &[f64], len: usize) -> Vec<f64> {
    theta.iter().flat_map(|&t| std::iter::repeat_n(t, len)).collect()
}

fn cells() -> Vec<f64> {
    (0..CELLS).map(centre).collect()
}

/// The fit of a map to a target, and, into `gradient`, its gradient by theta; without the log-determinant that of the base's term alone.
fn fit_of(
    map: &dyn Univariate<f64>,
    theta: &[f64],
    target: &LineTarget,
    gradient: Option<(&mut [f64], bool)>,
) -> Fit {
    let at = cells();
    let (u, log_slope) = carry(map, theta, Direction::Inverse, &at);
    let weights: Vec<f64> = target.density.iter().map(|p| p * WIDTH).collect();
    let base: f64 = weights.iter().zip(&u).map(|(w, &u)| -w * log_normal_density(u)).sum();
    let log_det: f64 = weights.iter().zip(&log_slope).map(|(w, l)| -w * l).sum();
    if let Some((gradient, with_log_det)) = gradient {
        let mut by_u: Vec<f64> = weights.iter().zip(&u).map(|(w, u)| w * u).collect();
        let by_log: Vec<f64> = weights.iter().map(|w| if with_log_det { -w } else { 0.0 }).collect();
        let each = spread(theta, CELLS);
        let mut by_theta = vec![0.0; each.len()];
        map.pull_back(Direction::Inverse, &each, &at, &mut by_u, &by_log, &mut by_theta);
        gradient.iter_mut().zip(by_theta.chunks_exact(CELLS)).for_each(|(g, rows)| *g = rows.iter().sum());
    }
    // Over the base: the integral of p(u(x)) dx is that of p(u) dx/du.
    let (_, stretch) = carry(map, theta, Direction::Forward, &at);
    let mass = at.iter().zip(&stretch).map(|(&u, l)| WIDTH * (log_normal_density(u) + l).exp()).sum();
    Fit { base, log_det, nll: base + log_det, entropy: target.entropy(), mass }
}

/// What a curve makes of the base, beside a target.
pub fn look(curve: &Curve, target: &LineTarget) -> OneVariable {
    let (map, theta) = curve.map();
    let place = |i: usize| -REACH + 2.0 * REACH * i as f64 / (POINTS - 1) as f64;
    let u: Vec<f64> = (0..POINTS).map(place).collect();
    let (x, log_slope) = carry(&*map, &theta, Direction::Forward, &u);
    let density = u.iter().zip(&log_slope).map(|(&u, l)| (log_normal_density(u) - l).exp()).collect();
    let inner = |bar: usize| {
        let below = bar as f64 / BARS as f64;
        Tail::smaller(below.ln(), (1.0 - below).ln()).normal_quantile()
    };
    // The outermost bars end where the picture does.
    let edge = |bar: usize| match bar {
        0 => -REACH,
        BARS => REACH,
        inside => inner(inside),
    };
    let base_edges: Vec<f64> = (0..=BARS).map(edge).collect();
    let (edges, _) = carry(&*map, &theta, Direction::Forward, &base_edges);
    let fit = fit_of(&*map, &theta, target, None);
    let (at, target) = (cells(), target.density.clone());
    OneVariable { u, x, log_slope, density, base_edges, edges, at, target, fit }
}

/// Adam on the curve's parameters against the NLL, all of the target in each step; without the log-determinant against the base's term
/// alone, which is wrong on purpose.
pub fn race(curve: &Curve, target: &LineTarget, with_log_det: bool, steps: usize, rate: f64) -> Race {
    let (map, mut theta) = curve.map();
    let mut gradient = vec![0.0; theta.len()];
    let mut adam = Adam::new(theta.len());
    let mut race = Race { curves: Vec::new(), fits: Vec::new() };
    for step in 0..=steps {
        let fit = fit_of(&*map, &theta, target, Some((&mut gradient, with_log_det)));
        if step % EVERY == 0 {
            race.curves.push(curve.with_theta(&theta).numbers());
            race.fits.push(fit);
        }
        adam.step(&mut theta, &gradient, rate, 0.0);
    }
    race
}

/// The gradient of the NLL, or of its base term alone, by the numbers that gradient descent moves, and these.
pub fn gradient(curve: &Curve, target: &LineTarget, with_log_det: bool) -> (Vec<f64>, Vec<f64>) {
    let (map, theta) = curve.map();
    let mut gradient = vec![0.0; theta.len()];
    fit_of(&*map, &theta, target, Some((&mut gradient, with_log_det)));
    (theta, gradient)
}
