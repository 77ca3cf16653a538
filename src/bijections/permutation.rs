//! A fixed reordering of the variables between two layers.

use super::{Bijection, Direction, Scratch, Summary, Tape};
use crate::math::{Batch, Scalar};

/// Forward: `y[i] = x[order[i]]`. Its log-determinant is zero.
#[derive(Clone, Debug)]
pub struct Permutation {
    order: Vec<usize>,
}

impl Permutation {
    /// The permutation that puts variable `order[i]` in place `i`; `order` holds each of
    /// `0..order.len()` once.
    pub fn new(order: Vec<usize>) -> Self {
        Self { order }
    }

    /// `back` turns a gather into the matching scatter.
    fn gather<T: Scalar>(&self, batch: &mut Batch<T>, back: bool) {
        let source = batch.clone();
        for (place, &variable) in self.order.iter().enumerate() {
            let (to, from) = if back { (variable, place) } else { (place, variable) };
            batch.variable_mut(to).copy_from_slice(source.variable(from));
        }
    }
}

impl<T: Scalar> Bijection<T> for Permutation {
    fn dim(&self) -> usize {
        self.order.len()
    }

    fn summary(&self) -> Summary {
        Summary::plain("permutation")
    }

    fn map(
        &self,
        direction: Direction,
        _parameters: &[T],
        batch: &mut Batch<T>,
        _log_det: &mut [T],
        _tape: &mut Tape<T>,
    ) -> usize {
        self.gather(batch, direction == Direction::Inverse);
        0
    }

    fn pull_back(
        &self,
        direction: Direction,
        _parameters: &[T],
        _tape: &Tape<T>,
        grad: &mut Batch<T>,
        _grad_log_det: &[T],
        _grad_parameters: &mut [T],
        _scratch: &mut Scratch<T>,
    ) {
        self.gather(grad, direction == Direction::Forward);
    }
}
