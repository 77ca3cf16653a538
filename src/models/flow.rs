//! A normalizing flow: a base distribution and bijections, listed from base to data.

use super::Base;
use crate::bijections::{Bijection, Direction, Scratch, Tape};
use crate::math::{Batch, Philox, Scalar, Stream};

/// A flow without its parameters, which are one flat slice, layer after layer.
pub struct Flow<T> {
    base: Base,
    bijections: Vec<Box<dyn Bijection<T>>>,
    offsets: Vec<usize>,
    dim: usize,
}

/// Memory that a flow works in; make one and keep it, so that nothing is allocated step by step.
#[derive(Clone, Debug, Default)]
pub struct Workspace<T> {
    batch: Batch<T>,
    log_det: Vec<T>,
    grad_log_det: Vec<T>,
    log_prob: Vec<T>,
    tapes: Vec<Tape<T>>,
    scratch: Scratch<T>,
}

/// Points are evaluated this many at a time: their activations then stay in the cache.
const CHUNK: usize = 512;

impl<T: Scalar> Flow<T> {
    /// Composes bijections of one dimension; the first is next to the base.
    ///
    /// # Panics
    /// When the list is empty or the dimensions differ.
    pub fn new(base: Base, bijections: Vec<Box<dyn Bijection<T>>>) -> Self {
        let dim = bijections.first().expect("a flow has at least one bijection").dim();
        assert!(bijections.iter().all(|b| b.dim() == dim), "bijections of different dimensions");
        let mut offsets = vec![0];
        for bijection in &bijections {
            offsets.push(offsets[offsets.len() - 1] + bijection.parameter_count());
        }
        Self { base, bijections, offsets, dim }
    }

    /// Number of variables.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// The base distribution.
    pub fn base(&self) -> Base {
        self.base
    }

    /// The bijections, base to data.
    pub fn bijections(&self) -> &[Box<dyn Bijection<T>>] {
        &self.bijections
    }

    /// Number of parameters, masked weights included.
    pub fn parameter_count(&self) -> usize {
        self.offsets[self.bijections.len()]
    }

    /// Initial parameters, a function of the seed alone.
    pub fn initial_parameters(&self, seed: u32) -> Vec<T> {
        let mut parameters = vec![T::zero(); self.parameter_count()];
        for (layer, bijection) in self.bijections.iter().enumerate() {
            let mut random = Philox::new(seed, Stream::Parameters, layer as u32, 0);
            bijection.initialise(&mut parameters[self.range(layer)], &mut random);
        }
        parameters
    }

    fn range(&self, layer: usize) -> std::ops::Range<usize> {
        self.offsets[layer]..self.offsets[layer + 1]
    }

    /// Takes a batch through all layers in place, adding to `log_det`, one tape a layer. Returns the
    /// number of network passes.
    pub fn map(
        &self,
        direction: Direction,
        parameters: &[T],
        batch: &mut Batch<T>,
        log_det: &mut [T],
        tapes: &mut Vec<Tape<T>>,
    ) -> usize {
        tapes.resize_with(self.bijections.len(), Tape::default);
        let mut step = |layer: usize| {
            let parameters = &parameters[self.range(layer)];
            self.bijections[layer].map(direction, parameters, batch, log_det, &mut tapes[layer])
        };
        match direction {
            Direction::Forward => (0..self.bijections.len()).map(&mut step).sum(),
            Direction::Inverse => (0..self.bijections.len()).rev().map(&mut step).sum(),
        }
    }

    /// The gradient of [`Self::map`], layer by layer backwards; see
    /// [`Bijection::pull_back`] for what each argument holds.
    #[allow(clippy::too_many_arguments, reason = "a gradient takes each thing and its gradient")]
    pub fn pull_back(
        &self,
        direction: Direction,
        parameters: &[T],
        tapes: &[Tape<T>],
        grad: &mut Batch<T>,
        grad_log_det: &[T],
        grad_parameters: &mut [T],
        scratch: &mut Scratch<T>,
    ) {
        let mut step = |layer: usize| {
            self.bijections[layer].pull_back(
                direction,
                &parameters[self.range(layer)],
                &tapes[layer],
                grad,
                grad_log_det,
                &mut grad_parameters[self.range(layer)],
                scratch,
            );
        };
        match direction {
            Direction::Forward => (0..self.bijections.len()).rev().for_each(&mut step),
            Direction::Inverse => (0..self.bijections.len()).for_each(&mut step),
        }
    }

    /// log p(x) in nats of row-major points `(len, dim)`, with the base at temperature T > 0.
    pub fn log_prob(
        &self,
        parameters: &[T],
        points: &[T],
        temperature: f64,
        workspace: &mut Workspace<T>,
    ) -> Vec<T> {
        let mut all = Vec::with_capacity(points.len() / self.dim);
        let Workspace { batch, log_det, tapes, .. } = workspace;
        batch.resize(self.dim, 0);
        for rows in points.chunks(CHUNK * self.dim) {
            batch.copy_rows(rows);
            log_det.clear();
            log_det.resize(batch.len(), T::zero());
            self.map(Direction::Inverse, parameters, batch, log_det, tapes);
            self.base.add_log_prob(batch, temperature, log_det);
            all.extend_from_slice(log_det);
        }
        all
    }

    /// Base points to data or data to base, row-major in and out, with the log-determinant of the
    /// map taken.
    pub fn transform(
        &self,
        direction: Direction,
        parameters: &[T],
        points: &[T],
        workspace: &mut Workspace<T>,
    ) -> (Vec<T>, Vec<T>) {
        let (mut mapped, mut log_dets) = (Vec::with_capacity(points.len()), Vec::new());
        let Workspace { batch, log_det, tapes, .. } = workspace;
        batch.resize(self.dim, 0);
        for rows in points.chunks(CHUNK * self.dim) {
            batch.copy_rows(rows);
            log_det.clear();
            log_det.resize(batch.len(), T::zero());
            self.map(direction, parameters, batch, log_det, tapes);
            mapped.extend(batch.to_rows());
            log_dets.extend_from_slice(log_det);
        }
        (mapped, log_dets)
    }

    /// Base draws of the View stream, row-major: the same for a seed whatever the temperature, which
    /// scales them afterwards.
    pub fn base_draws(&self, seed: u32, count: usize) -> Vec<T> {
        let draw = |row| {
            let mut random = Philox::new(seed, Stream::View, 0, row as u32);
            self.base.draw(self.dim, &mut random)
        };
        (0..count).flat_map(draw).collect()
    }

    /// The mean of -log p(x) over a batch, in nats; its gradient overwrites `gradient`.
    pub fn nll_gradient(
        &self,
        parameters: &[T],
        points: &Batch<T>,
        gradient: &mut [T],
        workspace: &mut Workspace<T>,
    ) -> T {
        let Workspace { batch, log_det, grad_log_det, log_prob, tapes, scratch } = workspace;
        let len = points.len();
        batch.copy_from(points);
        log_det.clear();
        log_det.resize(len, T::zero());
        self.map(Direction::Inverse, parameters, batch, log_det, tapes);
        log_prob.clear();
        log_prob.extend_from_slice(log_det);
        self.base.add_log_prob(batch, 1.0, log_prob);
        let weight = -T::of(1.0 / len as f64);
        self.base.score_in_place(batch, weight);
        grad_log_det.clear();
        grad_log_det.resize(len, weight);
        gradient.fill(T::zero());
        let tapes = tapes.as_slice();
        let inverse = Direction::Inverse;
        self.pull_back(inverse, parameters, tapes, batch, grad_log_det, gradient, scratch);
        crate::math::matrix::total(log_prob) * weight
    }
}
