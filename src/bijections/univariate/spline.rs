//! Monotone rational-quadratic splines (Durkan, Bekasov, Murray, Papamakarios, "Neural spline flows",
//! NeurIPS 2019, section 3.1; Gregory and Delbourgo, 1982).

use super::monotone::Monotone;
use crate::math::{Scalar, special};
#[cfg(feature = "gpu")]
use crate::wgsl::{Fragment, real, whole};

/// A spline of `bins` pieces over `[-bound, bound]` on both axes, the identity outside, with slope 1 where the two
/// meet. theta holds `bins` width logits, `bins` height logits and `bins - 1` slopes before their softplus.
#[derive(Clone, Copy, Debug, serde::Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Spline {
    /// Number of pieces, at least 1.
    pub bins: usize,
    /// Half the side of the square in which the spline bends.
    pub bound: f64,
}

/// Least share of a piece in the width or height, and least slope: keeps the map invertible in single precision.
const LEAST: f64 = 1e-3;

/// One piece: where it begins, its size, its slopes at both ends.
struct Piece {
    index: usize,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    slopes: [f64; 2],
}

/// The softmax over the rows of `logits (rows, len)`, in place.
fn softmax<T: Scalar>(logits: &mut [T], len: usize) {
    let (first, rest) = logits.split_at(len);
    let mut column = first.to_vec();
    for row in rest.chunks_exact(len) {
        column.iter_mut().zip(row).for_each(|(most, &v)| *most = if v > *most { v } else { *most });
    }
    for row in logits.chunks_exact_mut(len) {
        row.iter_mut().zip(&column).for_each(|(v, &most)| *v = (*v - most).fast_exp());
    }
    column.fill(T::zero());
    for row in logits.chunks_exact(len) {
        column.iter_mut().zip(row).for_each(|(total, &v)| *total += v);
    }
    column.iter_mut().for_each(|total| *total = T::one() / *total);
    for row in logits.chunks_exact_mut(len) {
        row.iter_mut().zip(&column).for_each(|(v, &scale)| *v *= scale);
    }
}

fn softplus(z: f64) -> f64 {
    if z > 30.0 { z } else { special::exp(z).ln_1p() }
}

/// What is added to a slope's parameter, so that 0 means slope 1: ln(e^(1 - [`LEAST`]) - 1).
const SLOPE_OFFSET: f64 = 0.539_742_417_236_952;

impl Spline {
    /// How a share of a softmax becomes a width or height.
    fn size(&self, share: f64) -> f64 {
        2.0 * self.bound * (LEAST + (1.0 - LEAST * self.bins as f64) * share)
    }

    fn slope(&self, theta: &[f64], knot: usize) -> f64 {
        if knot == 0 || knot == self.bins {
            return 1.0;
        }
        LEAST + softplus(theta[2 * self.bins + knot - 1] + SLOPE_OFFSET)
    }

    /// The theta of the spline through the given inner knots `(x, u, slope du/dx)`, ascending, one fewer than pieces. Gaps and slopes that
    /// are too small for it are as small as they can be.
    pub fn theta_through(&self, knots: &[[f64; 3]]) -> Vec<f64> {
        let logit = |from: f64, to: f64| {
            let share = (to - from) / (2.0 * self.bound) - LEAST;
            (share / (1.0 - LEAST * self.bins as f64)).max(1e-9).ln()
        };
        let gaps = |axis: usize| {
            let ends = move |i: usize| if i < knots.len() { knots[i][axis] } else { self.bound };
            (0..self.bins).map(move |i| logit(if i == 0 { -self.bound } else { ends(i - 1) }, ends(i)))
        };
        let slopes = knots.iter().map(|knot| (knot[2] - LEAST).max(1e-6).exp_m1().ln() - SLOPE_OFFSET);
        gaps(0).chain(gaps(1)).chain(slopes).collect()
    }

    /// The inner knots `(x, u, slope du/dx)` of a theta: what [`Self::theta_through`] was given.
    pub fn knots(&self, theta: &[f64]) -> Vec<[f64; 3]> {
        let mut prepared = theta.to_vec();
        self.prepare(&mut prepared, 1);
        let mut at = [-self.bound; 2];
        (1..self.bins)
            .map(|knot| {
                at[0] += self.size(prepared[knot - 1]);
                at[1] += self.size(prepared[self.bins + knot - 1]);
                [at[0], at[1], self.slope(&prepared, knot)]
            })
            .collect()
    }

    /// The piece that holds `value`, measured along the width (`data`) or the height.
    fn piece(&self, theta: &[f64], value: f64, data: bool) -> Option<Piece> {
        if !(value > -self.bound && value < self.bound) {
            return None;
        }
        let (widths, heights) = theta[..2 * self.bins].split_at(self.bins);
        let (mut x, mut y) = (-self.bound, -self.bound);
        for index in 0..self.bins {
            let (width, height) = (self.size(widths[index]), self.size(heights[index]));
            let end = if data { x + width } else { y + height };
            if value < end || index + 1 == self.bins {
                let slopes = [self.slope(theta, index), self.slope(theta, index + 1)];
                return Some(Piece { index, x, y, width, height, slopes });
            }
            x += width;
            y += height;
        }
        None
    }
}

impl Piece {
    /// The share xi of the width at which x lies, clamped against rounding at the last knot.
    fn share(&self, x: f64) -> f64 {
        ((x - self.x) / self.width).clamp(0.0, 1.0)
    }

    /// (y, ln dy/dx): equations 4 and 5 of the paper.
    fn map(&self, x: f64) -> (f64, f64) {
        let xi = self.share(x);
        let (s, [d0, d1]) = (self.height / self.width, self.slopes);
        let q = xi * (1.0 - xi);
        let below = s + (d0 + d1 - 2.0 * s) * q;
        let y = self.y + self.height * (s * xi * xi + d0 * q) / below;
        let above = d1 * xi * xi + 2.0 * s * q + d0 * (1.0 - xi).powi(2);
        (y, 2.0 * s.ln() + above.ln() - 2.0 * below.ln())
    }
}

impl Monotone for Spline {
    fn parameters(&self) -> usize {
        3 * self.bins - 1
    }

    /// The widths' and heights' logits become their shares.
    fn prepare<T: Scalar>(&self, theta: &mut [T], len: usize) {
        let (widths, heights) = theta[..2 * self.bins * len].split_at_mut(self.bins * len);
        softmax(widths, len);
        softmax(heights, len);
    }

    fn map(&self, theta: &[f64], x: f64) -> (f64, f64) {
        self.piece(theta, x, true).map_or((x, 0.0), |piece| piece.map(x))
    }

    /// The root of a quadratic, in the form that does not cancel (equation 8 of the paper).
    fn invert(&self, theta: &[f64], u: f64) -> f64 {
        let Some(piece) = self.piece(theta, u, false) else { return u };
        let (s, [d0, d1]) = (piece.height / piece.width, piece.slopes);
        let rise = u - piece.y;
        let bend = d0 + d1 - 2.0 * s;
        let a = piece.height * (s - d0) + rise * bend;
        let b = piece.height * d0 - rise * bend;
        let c = -s * rise;
        let root = (b * b - 4.0 * a * c).max(0.0).sqrt();
        piece.x + piece.width * (2.0 * c / (-b - root)).clamp(0.0, 1.0)
    }

    fn derivatives(&self, theta: &[f64], x: f64, by_theta: &mut [(f64, f64)]) -> (f64, f64) {
        by_theta.fill((0.0, 0.0));
        let Some(piece) = self.piece(theta, x, true) else { return (0.0, 0.0) };
        let bins = self.bins;
        let xi = piece.share(x);
        let (w, h, [d0, d1]) = (piece.width, piece.height, piece.slopes);
        let s = h / w;
        let (q, turn) = (xi * (1.0 - xi), 1.0 - 2.0 * xi);
        let bend = d0 + d1 - 2.0 * s;
        // y = y_k + h R with R = N / D, and L = ln dy/dx = 2 ln s + ln A - 2 ln D, by xi, s, d0, d1.
        let below = s + bend * q;
        let ratio = (s * xi * xi + d0 * q) / below;
        let above = d1 * xi * xi + 2.0 * s * q + d0 * (1.0 - xi).powi(2);
        let n = [2.0 * s * xi + d0 * turn, xi * xi, q, 0.0];
        let d = [bend * turn, 1.0 - 2.0 * q, q, q];
        let a =
            [2.0 * d1 * xi + 2.0 * s * turn - 2.0 * d0 * (1.0 - xi), 2.0 * q, (1.0 - xi).powi(2), xi * xi];
        let r = [0, 1, 2, 3].map(|i: usize| (n[i] - ratio * d[i]) / below);
        let mut l = [0, 1, 2, 3].map(|i: usize| a[i] / above - 2.0 * d[i] / below);
        l[1] += 2.0 / s;
        // By the piece's start x_k, its width and its height, through xi = (x - x_k) / w and s = h / w.
        let by_start = (-h * r[0] / w, -l[0] / w);
        let by_width = (-h * (xi * r[0] + s * r[1]) / w, -(xi * l[0] + s * l[1]) / w);
        let by_height = (ratio + s * r[1], l[1] / w);
        let scale = 2.0 * self.bound * (1.0 - LEAST * bins as f64);
        let sizes = |share: &[f64], before: (f64, f64), own: (f64, f64), into: &mut [(f64, f64)]| {
            let at = |i: usize| match i.cmp(&piece.index) {
                std::cmp::Ordering::Less => before,
                std::cmp::Ordering::Equal => own,
                std::cmp::Ordering::Greater => (0.0, 0.0),
            };
            let add = |m: (f64, f64), i: usize| (m.0 + share[i] * at(i).0, m.1 + share[i] * at(i).1);
            let mean = (0..=piece.index).fold((0.0, 0.0), add);
            for (i, to) in into.iter_mut().enumerate() {
                let factor = scale * share[i];
                *to = (factor * (at(i).0 - mean.0), factor * (at(i).1 - mean.1));
            }
        };
        let (by_widths, rest) = by_theta.split_at_mut(bins);
        let (by_heights, by_slopes) = rest.split_at_mut(bins);
        sizes(&theta[..bins], by_start, by_width, by_widths);
        sizes(&theta[bins..2 * bins], (1.0, 0.0), by_height, by_heights);
        for (end, knot) in [piece.index, piece.index + 1].into_iter().enumerate() {
            if knot > 0 && knot < bins {
                let raw = theta[2 * bins + knot - 1] + SLOPE_OFFSET;
                let through = (1.0 + special::exp(-raw)).recip();
                by_slopes[knot - 1] = (h * r[2 + end] * through, l[2 + end] * through);
            }
        }
        let log_slope = 2.0 * s.ln() + above.ln() - 2.0 * below.ln();
        (log_slope, l[0] / w)
    }
}

#[cfg(feature = "gpu")]
impl Spline {
    /// The same map for the GPU.
    pub fn wgsl(&self) -> Fragment {
        Fragment::new(&[include_str!("shaders/spline.wgsl")])
            .with("BINS", whole(self.bins))
            .with("BOUND", real(self.bound))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slope_parameter_of_zero_means_slope_one() {
        assert!((LEAST + softplus(SLOPE_OFFSET) - 1.0).abs() < 1e-15);
    }
}
