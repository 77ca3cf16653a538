//! A Gaussian kernel on every row (Parzen, "On estimation of a probability density function and mode", 1962).

use super::{Baseline, thinned};
use crate::math::special::{LN_2PI, exp};

/// An equal mixture of round Gaussians, one on each row, all of one width.
#[derive(Clone, Debug)]
pub struct Kernel {
    dim: usize,
    centres: Vec<f64>,
    width: f64,
}

/// Widths that are tried first, from the least to the greatest, each the same factor more than the last. In standard units the rows are
/// a few wide, and a hundredth of that is less than any table's rows lie apart.
const LEAST: f64 = 0.01;
const GREATEST: f64 = 10.0;
const TRIED: usize = 21;

/// The search ends where it knows the width's logarithm this well.
const PRECISE: f64 = 5e-3;

impl Kernel {
    /// Chooses the width at which each row is likeliest by a kernel on all the others: on a geometric grid, then by golden section about
    /// the grid's best.
    pub fn fit(rows: &[f64], dim: usize) -> Self {
        let centres = thinned(rows, dim);
        let ratio = (GREATEST / LEAST).ln() / (TRIED - 1) as f64;
        let grid: Vec<f64> = (0..TRIED).map(|i| LEAST.ln() + ratio * i as f64).collect();
        let likelihood = |logs: &[f64]| leave_one_out(&centres, dim, logs);
        let on_grid = likelihood(&grid);
        let best = (0..TRIED).max_by(|&i, &j| on_grid[i].total_cmp(&on_grid[j])).unwrap_or_default();
        let (mut low, mut high) = (grid[best] - ratio, grid[best] + ratio);
        let golden = 0.5 * (5f64.sqrt() - 1.0);
        let one = |log: f64| likelihood(&[log])[0];
        let (mut left, mut right) = (high - golden * (high - low), low + golden * (high - low));
        let (mut at_left, mut at_right) = (one(left), one(right));
        while high - low > PRECISE {
            if at_left >= at_right {
                (high, right, at_right) = (right, left, at_left);
                left = high - golden * (high - low);
                at_left = one(left);
            } else {
                (low, left, at_left) = (left, right, at_right);
                right = low + golden * (high - low);
                at_right = one(right);
            }
        }
        let width = (0.5 * (low + high)).clamp(LEAST.ln(), GREATEST.ln()).exp();
        Self { dim, centres, width }
    }

    /// The deviation of each kernel, in standard units.
    pub fn width(&self) -> f64 {
        self.width
    }
}

fn square_distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

/// ln of the mean of kernels of a width at squared distances, without the constant of a kernel's peak. `least` is the least of them.
fn log_mean(squares: &[f64], least: f64, width: f64) -> f64 {
    let half_precision = 0.5 / (width * width);
    let sum: f64 = squares.iter().map(|square| exp((least - square) * half_precision)).sum();
    -least * half_precision + (sum / squares.len() as f64).ln()
}

/// ln of a kernel's density at its centre.
fn log_peak(dim: usize, log_width: f64) -> f64 {
    -(0.5 * LN_2PI + log_width) * dim as f64
}

/// For the logarithm of each width the mean over the rows of log p by a kernel on all other rows.
fn leave_one_out(rows: &[f64], dim: usize, log_widths: &[f64]) -> Vec<f64> {
    let count = rows.len() / dim;
    let mut sums = vec![0.0; log_widths.len()];
    let mut squares = Vec::with_capacity(count);
    for (i, own) in rows.chunks_exact(dim).enumerate() {
        squares.clear();
        let others = rows.chunks_exact(dim).enumerate().filter(|(j, _)| *j != i);
        squares.extend(others.map(|(_, other)| square_distance(own, other)));
        let least = squares.iter().copied().fold(f64::INFINITY, f64::min);
        for (sum, log_width) in sums.iter_mut().zip(log_widths) {
            *sum += log_mean(&squares, least, log_width.exp());
        }
    }
    let mean = |(sum, log_width): (&f64, &f64)| sum / count as f64 + log_peak(dim, *log_width);
    sums.iter().zip(log_widths).map(mean).collect()
}

impl Baseline for Kernel {
    fn name(&self) -> &'static str {
        "kernel"
    }

    fn log_density(&self, points: &[f64]) -> Vec<f64> {
        let peak = log_peak(self.dim, self.width.ln());
        let mut squares = Vec::new();
        let mut at = |point: &[f64]| {
            squares.clear();
            squares.extend(self.centres.chunks_exact(self.dim).map(|centre| square_distance(point, centre)));
            let least = squares.iter().copied().fold(f64::INFINITY, f64::min);
            peak + log_mean(&squares, least, self.width)
        };
        points.chunks_exact(self.dim).map(&mut at).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{nll, standard};
    use super::*;
    use crate::math::special::{log_normal, log_sum_exp};

    #[test]
    fn it_is_the_mean_of_its_kernels() {
        let kernel = Kernel { dim: 2, centres: vec![0.0, 1.0, -2.0, 0.5, 3.0, 3.0], width: 0.7 };
        for point in [[0.1, 0.9], [30.0, -40.0]] {
            let terms = kernel.centres.chunks_exact(2);
            let each: Vec<f64> = terms
                .map(|c| log_normal(point[0], c[0], 0.7) + log_normal(point[1], c[1], 0.7) - 3f64.ln())
                .collect();
            let exact = log_sum_exp(each.iter().copied());
            assert!((kernel.log_density(&point)[0] - exact).abs() < 1e-9 * exact.abs().max(1.0));
        }
    }

    /// numpy's on a grid of 400 widths from 0.05 to 1.5, on the same rows.
    #[test]
    fn three_tables_have_the_width_and_the_nll_that_numpy_gives_them() {
        for (text, from, width, expected) in [
            (include_str!("../../data/old-faithful.csv"), 1, 0.1736, 4.2692),
            (include_str!("../../data/penguins.csv"), 2, 0.2895, 15.3121),
            (include_str!("../../data/wine.csv"), 2, 0.5823, 19.2949),
        ] {
            let (train, test, log_scale, dim) = standard(text, from);
            let kernel = Kernel::fit(&train, dim);
            let own = nll(&kernel, &test) + log_scale;
            assert!((kernel.width() / width).ln().abs() < 0.01, "{} {width}", kernel.width());
            assert!((own - expected).abs() < 0.01, "{own} {expected}");
        }
    }

    #[test]
    fn rows_that_are_all_there_twice_end_at_the_least_width() {
        let rows: Vec<f64> = (0..40).flat_map(|i| [f64::from(i / 2), f64::from(i / 2 % 7)]).collect();
        assert!((Kernel::fit(&rows, 2).width() / LEAST - 1.0).abs() < 1e-9);
    }
}
