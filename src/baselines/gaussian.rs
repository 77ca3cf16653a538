//! One Gaussian with a full covariance.

use nalgebra::{Cholesky, DMatrix};

use super::Baseline;
use crate::error::Error;
use crate::math::special::LN_2PI;

/// A Gaussian.
#[derive(Clone, Debug)]
pub struct Gaussian {
    mean: Vec<f64>,
    /// The Cholesky factor L of the covariance L L^T, row after row as far as the diagonal.
    lower: Vec<f64>,
    /// ln of the density at the mean.
    log_peak: f64,
}

/// A column whose deviation about what the others say of it is below this, in standard units, has no density: single precision, in which a
/// model is trained, has seven digits.
const LEAST_DEVIATION: f64 = 1e-5;

impl Gaussian {
    /// The Gaussian of greatest likelihood for rows of columns with those names: the mean, and the covariance over n.
    ///
    /// # Errors
    /// A column that is a linear function of those before it, and rows that are too few for a covariance to be known.
    pub fn fit(rows: &[f64], names: &[String]) -> Result<Self, Error> {
        let dim = names.len();
        let count = rows.len() / dim;
        let refused = |why: String| Error::Table { why };
        if count <= dim {
            return Err(refused(format!(
                "{count} rows to train on are too few for {dim} columns; leave columns out or bring more rows than columns"
            )));
        }
        let (mean, covariance) = moments(rows, dim, &vec![1.0; count]);
        if let Some((column, least)) = dependent(&covariance) {
            return Err(refused(format!(
                "column “{}” follows from the columns before it but for {least:.0e} of its deviation, so that there is no density; leave it out",
                names[column]
            )));
        }
        let singular = || refused("its columns follow from each other; leave one of them out".into());
        Self::new(mean, covariance).ok_or_else(singular)
    }

    /// From a mean and a covariance; `None` where that is not positive definite.
    pub fn new(mean: Vec<f64>, covariance: DMatrix<f64>) -> Option<Self> {
        let factor = Cholesky::new(covariance)?;
        let factor = factor.l_dirty();
        let log_det: f64 = factor.diagonal().iter().map(|d| d.ln()).sum();
        let log_peak = -0.5 * LN_2PI * mean.len() as f64 - log_det;
        let lower = (0..mean.len()).flat_map(|i| (0..=i).map(move |j| factor[(i, j)])).collect();
        log_peak.is_finite().then_some(Self { mean, lower, log_peak })
    }

    /// log p of one point.
    pub fn at(&self, point: &[f64]) -> f64 {
        let dim = point.len();
        // L^-1 (x - mean), entry by entry, and its squared length.
        let (mut few, mut many) = ([0.0; FEW], Vec::new());
        let z = if dim <= FEW {
            &mut few[..dim]
        } else {
            many.resize(dim, 0.0);
            &mut many[..]
        };
        let (mut square, mut rest) = (0.0, self.lower.as_slice());
        for i in 0..dim {
            let (row, after) = rest.split_at(i + 1);
            let known: f64 = row[..i].iter().zip(&z[..i]).map(|(l, z)| l * z).sum();
            z[i] = (point[i] - self.mean[i] - known) / row[i];
            square += z[i] * z[i];
            rest = after;
        }
        self.log_peak - 0.5 * square
    }
}

/// Columns of a point that stands on the stack.
const FEW: usize = 16;

impl Baseline for Gaussian {
    fn name(&self) -> &'static str {
        "gaussian"
    }

    fn log_density(&self, points: &[f64]) -> Vec<f64> {
        points.chunks_exact(self.mean.len()).map(|point| self.at(point)).collect()
    }
}

/// Mean and covariance of row-major rows that count by their weights.
pub fn moments(rows: &[f64], dim: usize, weights: &[f64]) -> (Vec<f64>, DMatrix<f64>) {
    let total: f64 = weights.iter().sum();
    let mut mean = vec![0.0; dim];
    for (row, weight) in rows.chunks_exact(dim).zip(weights) {
        mean.iter_mut().zip(row).for_each(|(m, v)| *m += weight * v / total);
    }
    // Row after row as far as the diagonal.
    let mut lower = vec![0.0; dim * (dim + 1) / 2];
    let mut off = vec![0.0; dim];
    for (row, weight) in rows.chunks_exact(dim).zip(weights) {
        off.iter_mut().zip(row).zip(&mean).for_each(|((o, v), m)| *o = v - m);
        let mut rest = lower.as_mut_slice();
        for i in 0..dim {
            let (own, after) = rest.split_at_mut(i + 1);
            let scaled = weight * off[i] / total;
            own.iter_mut().zip(&off).for_each(|(sum, other)| *sum += scaled * other);
            rest = after;
        }
    }
    let entry = |i: usize, j: usize| lower[i.max(j) * (i.max(j) + 1) / 2 + i.min(j)];
    (mean, DMatrix::from_fn(dim, dim, entry))
}

/// The first column whose deviation about its regression on those before it is too small, as a share of its own deviation.
fn dependent(covariance: &DMatrix<f64>) -> Option<(usize, f64)> {
    let dim = covariance.nrows();
    let mut lower = DMatrix::<f64>::zeros(dim, dim);
    for i in 0..dim {
        for j in 0..i {
            let known: f64 = (0..j).map(|k| lower[(i, k)] * lower[(j, k)]).sum();
            lower[(i, j)] = (covariance[(i, j)] - known) / lower[(j, j)];
        }
        let rest = covariance[(i, i)] - (0..i).map(|k| lower[(i, k)].powi(2)).sum::<f64>();
        let share = (rest.max(0.0) / covariance[(i, i)]).sqrt();
        if share.is_nan() || share < LEAST_DEVIATION {
            return Some((i, share));
        }
        lower[(i, i)] = rest.sqrt();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tests::{names, nll, standard};
    use super::*;

    #[test]
    fn the_density_of_a_known_covariance_is_the_textbook_s() {
        let gaussian =
            Gaussian::new(vec![1.0, -2.0], DMatrix::from_row_slice(2, 2, &[4.0, 1.2, 1.2, 0.61])).unwrap();
        // x1 is N(1, 4), x2 given x1 is N(-2 + 0.3 (x1 - 1), 0.25).
        for [x1, x2] in [[1.0, -2.0], [3.0, 0.5], [-40.0, 7.0]] {
            use crate::math::special::log_normal;
            let exact = log_normal(x1, 1.0, 2.0) + log_normal(x2, -2.0 + 0.3 * (x1 - 1.0), 0.5);
            assert!((gaussian.at(&[x1, x2]) - exact).abs() < 1e-9 * exact.abs());
        }
    }

    /// numpy's covariance over n, its Cholesky factor and its solver, on the same rows.
    #[test]
    fn three_tables_have_the_nll_that_numpy_gives_them() {
        for (text, from, expected) in [
            (include_str!("../../data/old-faithful.csv"), 1, 4.864_985_706_6),
            (include_str!("../../data/penguins.csv"), 2, 16.059_621_320_8),
            (include_str!("../../data/wine.csv"), 2, 19.820_591_893_3),
        ] {
            let (train, test, log_scale, dim) = standard(text, from);
            let own = nll(&Gaussian::fit(&train, &names(dim)).unwrap(), &test) + log_scale;
            assert!((own - expected).abs() < 1e-8, "{own} {expected}");
        }
    }

    #[test]
    fn columns_without_a_density_are_named() {
        let rows: Vec<f64> = (0..50)
            .flat_map(|i| {
                let (a, b) = (f64::from(i).sin(), f64::from(i * i).cos());
                [a, b, 0.5 * a - 2.0 * b + 1.0]
            })
            .collect();
        assert_eq!(
            Gaussian::fit(&rows, &names(3)).unwrap_err().to_string().split(" but for").next(),
            Some("This table can't be learned: column “x3” follows from the columns before it")
        );
        assert!(
            Gaussian::fit(&rows[..9], &names(3))
                .unwrap_err()
                .to_string()
                .contains("3 rows to train on are too few")
        );
    }
}
