//! A table as a target.

use super::rows::Rows;
use super::target::Target;
use crate::math::{Philox, Tails};

/// The distribution of the training rows, in standard units. Of a density nothing is known.
impl Target for Rows {
    fn dim(&self) -> usize {
        Rows::dim(self)
    }

    /// One of the training rows.
    fn sample(&self, random: &mut Philox, point: &mut [f64]) {
        point.copy_from_slice(self.train_row(random.below(self.train_count())));
    }

    fn log_density(&self, _x: &[f64]) -> f64 {
        f64::NAN
    }

    fn entropy(&self) -> f64 {
        f64::NAN
    }

    fn rows(&self) -> Option<&Rows> {
        Some(self)
    }

    fn tails(&self) -> Tails {
        Tails::Heavy
    }

    fn mode_count(&self) -> usize {
        0
    }

    fn mode_of(&self, _x: &[f64]) -> Option<usize> {
        None
    }

    fn moments(&self) -> (Vec<f64>, Vec<f64>) {
        (vec![0.0; self.dim()], vec![1.0; self.dim()])
    }
}
