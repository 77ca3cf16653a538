//! A normalizing flow: a base distribution and bijections, listed from base to data.

use std::ops::Range;

use super::Base;
use super::export::{Described, FlowDescription};
use crate::bijections::{Bijection, BijectionSpec, Direction, Scratch, Tape};
use crate::math::matrix::total;
use crate::math::{Batch, Philox, Scalar, Stream};

/// A flow without its parameters, which are one flat slice: layer after layer, then the base's.
pub struct Flow<T> {
    base: Base,
    bijections: Vec<Box<dyn Bijection<T>>>,
    /// What the bijections were built from, where all have such.
    specs: Option<Vec<BijectionSpec>>,
    /// Where each bijection's parameters stand.
    ranges: Vec<Range<usize>>,
    dim: usize,
}

/// Memory that a flow works in; make one and keep it, so that nothing is allocated step by step.
#[derive(Clone, Debug, Default)]
pub struct Workspace<T> {
    tile: Batch<T>,
    batch: Batch<T>,
    log_det: Vec<T>,
    grad_log_det: Vec<T>,
    log_prob: Vec<T>,
    pub(crate) tapes: Vec<Tape<T>>,
    scratch: Scratch<T>,
    activation_bytes: usize,
}

impl<T> Workspace<T> {
    /// Most bytes of activations that the last gradient of the NLL held at once.
    pub fn activation_bytes(&self) -> usize {
        self.activation_bytes
    }
}

/// Whether a gradient keeps every layer's activations or computes them again from the layer's output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Activations {
    /// Kept: memory grows with the depth.
    #[default]
    Stored,
    /// Recomputed through the inverse, layer by layer (Gomez, Ren, Urtasun, Grosse, "The reversible residual
    /// network", NeurIPS 2017): memory does not grow with the depth.
    Recomputed,
}

/// Points are taken this many at a time: the activations of a layer then stay in the nearest cache, and its rows do not lie a
/// power of two of pages apart, where they would push each other out.
pub const TILE: usize = 128;

impl<T: Scalar> Flow<T> {
    /// Composes bijections of one dimension; the first is next to the base.
    ///
    /// # Panics
    /// When the list is empty or the dimensions differ.
    pub fn new(base: Base, bijections: Vec<Box<dyn Bijection<T>>>) -> Self {
        let dim = bijections.first().expect("a flow has at least one bijection").dim();
        assert!(bijections.iter().all(|b| b.dim() == dim), "bijections of different dimensions");
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for bijection in &bijections {
            let before = ranges.last().cloned().unwrap_or_default();
            let own = before.end..before.end + bijection.parameter_count();
            ranges.push(if bijection.shares_parameters() { before } else { own });
        }
        Self { base, bijections, specs: None, ranges, dim }
    }

    /// Builds bijections of one dimension and composes them; the first is next to the base. Such a flow can be described.
    ///
    /// # Panics
    /// As [`Self::new`].
    pub fn composed(base: Base, specs: Vec<BijectionSpec>) -> Self {
        let flow = Self::new(base, specs.iter().map(BijectionSpec::build).collect());
        Self { specs: Some(specs), ..flow }
    }

    /// What it is, for other programs; `None` where its bijections were made elsewhere.
    pub fn describe(&self) -> Option<FlowDescription> {
        let specs = self.specs.as_ref()?.iter().enumerate();
        let bijections = specs.map(|(i, spec)| Described::new(spec.clone(), self.range(i).start)).collect();
        let base_at = self.base_range().start;
        Some(FlowDescription { dim: self.dim, base: self.base, base_at, flows: vec![bijections] })
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

    /// True where a layer's statistics are of the whole batch: it can't be taken in tiles or shards.
    pub fn needs_whole_batch(&self) -> bool {
        self.bijections.iter().any(|b| b.needs_whole_batch())
    }

    /// Number of parameters, masked weights included.
    pub fn parameter_count(&self) -> usize {
        self.base_range().end
    }

    /// Initial parameters, a function of the seed alone.
    pub fn initial_parameters(&self, seed: u32) -> Vec<T> {
        let mut parameters = vec![T::zero(); self.parameter_count()];
        for (layer, bijection) in self.bijections.iter().enumerate() {
            let mut random = Philox::new(seed, Stream::Parameters { layer: layer as u32 });
            bijection.initialise(&mut parameters[self.range(layer)], &mut random);
        }
        let mut random = Philox::new(seed, Stream::BaseParameters);
        self.base.initialise(self.dim, &mut parameters[self.base_range()], &mut random);
        parameters
    }

    /// Where a layer's parameters stand.
    pub fn range(&self, layer: usize) -> Range<usize> {
        self.ranges[layer].clone()
    }

    /// Where the base's parameters stand.
    pub fn base_range(&self) -> Range<usize> {
        let from = self.ranges[self.bijections.len() - 1].end;
        from..from + self.base.parameter_count(self.dim)
    }

    /// Sets the data-dependent parameters of each layer from data points `(dim, len)`, from the data's end to the base.
    pub fn data_dependent_init(&self, parameters: &mut [T], points: &Batch<T>) {
        let mut batch = points.clone();
        let mut log_det = vec![T::zero(); batch.len()];
        let mut tape = Tape::default();
        for layer in (0..self.bijections.len()).rev() {
            let own = &mut parameters[self.range(layer)];
            self.bijections[layer].data_dependent_init(own, &batch);
            self.bijections[layer].map(Direction::Inverse, own, &mut batch, &mut log_det, &mut tape);
        }
    }

    /// Sets the weights of cut edges to zero.
    pub fn project(&self, parameters: &mut [T]) {
        for (layer, bijection) in self.bijections.iter().enumerate() {
            bijection.project(&mut parameters[self.range(layer)]);
        }
    }

    /// After a training step that left these tapes.
    pub fn after_step(&self, parameters: &mut [T], tapes: &[Tape<T>]) {
        for (layer, (bijection, tape)) in self.bijections.iter().zip(tapes).enumerate() {
            bijection.after_step(&mut parameters[self.range(layer)], tape);
        }
    }

    /// The layers in the order in which a direction takes them.
    fn order(&self, direction: Direction) -> Box<dyn DoubleEndedIterator<Item = usize>> {
        let count = self.bijections.len();
        match direction {
            Direction::Forward => Box::new(0..count),
            Direction::Inverse => Box::new((0..count).rev()),
        }
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
        let step = |layer: usize| {
            let parameters = &parameters[self.range(layer)];
            self.bijections[layer].map(direction, parameters, batch, log_det, &mut tapes[layer])
        };
        self.order(direction).map(step).sum()
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
        for layer in self.order(direction).rev() {
            self.bijections[layer].pull_back(
                direction,
                &parameters[self.range(layer)],
                &tapes[layer],
                grad,
                grad_log_det,
                &mut grad_parameters[self.range(layer)],
                scratch,
            );
        }
    }

    /// [`Self::map`] without tapes: what a gradient can't do without, a few numbers a layer, is left in `states`. Returns the
    /// bytes of the one tape that was used.
    pub fn map_keeping_nothing(
        &self,
        direction: Direction,
        parameters: &[T],
        batch: &mut Batch<T>,
        log_det: &mut [T],
        states: &mut Vec<Vec<T>>,
    ) -> usize {
        states.resize_with(self.bijections.len(), Vec::new);
        let mut tape = Tape { training: true, ..Tape::default() };
        let mut bytes = 0;
        for layer in self.order(direction) {
            let own = &parameters[self.range(layer)];
            tape.state = std::mem::take(&mut states[layer]);
            self.bijections[layer].map(direction, own, batch, log_det, &mut tape);
            bytes = bytes.max(tape.bytes());
            states[layer] = std::mem::take(&mut tape.state);
        }
        bytes
    }

    /// The gradient of [`Self::map_keeping_nothing`]: each layer's input is computed from its output by the opposite map,
    /// then its tape by the map itself. `batch` holds the mapped points and ends as the points that went in. Returns the
    /// bytes of the one tape that was used.
    #[allow(clippy::too_many_arguments, reason = "a gradient takes each thing and its gradient")]
    pub fn pull_back_recomputing(
        &self,
        direction: Direction,
        parameters: &[T],
        states: &[Vec<T>],
        batch: &mut Batch<T>,
        grad: &mut Batch<T>,
        grad_log_det: &[T],
        grad_parameters: &mut [T],
        scratch: &mut Scratch<T>,
    ) -> usize {
        let opposite = match direction {
            Direction::Forward => Direction::Inverse,
            Direction::Inverse => Direction::Forward,
        };
        let mut tape = Tape { training: true, ..Tape::default() };
        let mut unused = vec![T::zero(); batch.len()];
        let mut again = Batch::default();
        let mut bytes = 0;
        for layer in self.order(direction).rev() {
            let (own, range) = (&parameters[self.range(layer)], self.range(layer));
            let bijection = &self.bijections[layer];
            tape.state.clone_from(&states[layer]);
            // Going forward in training must not take the statistics of this batch for new ones.
            tape.training = direction == Direction::Inverse;
            bijection.map(opposite, own, batch, &mut unused, &mut tape);
            again.copy_from(batch);
            bijection.map(direction, own, &mut again, &mut unused, &mut tape);
            let into = &mut grad_parameters[range];
            bijection.pull_back(direction, own, &tape, grad, grad_log_det, into, scratch);
            bytes = bytes.max(tape.bytes());
        }
        bytes
    }

    /// log p(x) in nats of row-major points `(len, dim)`, with the base at temperature T > 0. Minus infinity where the density is below all
    /// numbers, or where the way to the base leads through more than numbers can say.
    pub fn log_prob(
        &self,
        parameters: &[T],
        points: &[T],
        temperature: f64,
        workspace: &mut Workspace<T>,
    ) -> Vec<T> {
        let mut all = Vec::with_capacity(points.len() / self.dim);
        // The greater of no number and a number is the number.
        let least = T::of_f64(f64::NEG_INFINITY);
        let Workspace { batch, log_det, tapes, .. } = workspace;
        tapes.iter_mut().for_each(|tape| tape.training = false);
        batch.resize(self.dim, 0);
        for rows in points.chunks(TILE * self.dim) {
            batch.copy_rows(rows);
            log_det.clear();
            log_det.resize(batch.len(), T::zero());
            self.map(Direction::Inverse, parameters, batch, log_det, tapes);
            self.base.add_log_prob(&parameters[self.base_range()], batch, temperature, log_det);
            all.extend(log_det.iter().map(|lp| lp.max(least)));
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
        tapes.iter_mut().for_each(|tape| tape.training = false);
        batch.resize(self.dim, 0);
        for rows in points.chunks(TILE * self.dim) {
            batch.copy_rows(rows);
            log_det.clear();
            log_det.resize(batch.len(), T::zero());
            self.map(direction, parameters, batch, log_det, tapes);
            mapped.extend(batch.to_rows());
            log_dets.extend_from_slice(log_det);
        }
        (mapped, log_dets)
    }

    /// Base draws of the View stream at a temperature, row-major: the same for a seed, moved by the temperature.
    pub fn base_draws(&self, parameters: &[T], seed: u32, count: usize, temperature: f64) -> Vec<T> {
        let own = &parameters[self.base_range()];
        let draw = |row| {
            let mut random = Philox::new(seed, Stream::BaseDraw { row: row as u32 });
            self.base.draw(own, self.dim, temperature, &mut random)
        };
        (0..count).flat_map(draw).collect()
    }

    /// The mean of -log p(x) over a batch, in nats; its gradient overwrites `gradient`.
    pub fn nll_gradient(
        &self,
        parameters: &[T],
        points: &Batch<T>,
        activations: Activations,
        gradient: &mut [T],
        workspace: &mut Workspace<T>,
    ) -> T {
        gradient.fill(T::zero());
        let weight = -T::of_f64(1.0 / points.len() as f64);
        let tile = if self.needs_whole_batch() { points.len() } else { TILE };
        let mut own = std::mem::take(&mut workspace.tile);
        workspace.activation_bytes = 0;
        let mut nll = T::zero();
        for from in (0..points.len()).step_by(tile) {
            own.copy_points(points, from..points.len().min(from + tile));
            nll += self.add_nll_gradient(parameters, &own, weight, activations, gradient, workspace);
        }
        workspace.tile = own;
        nll
    }

    /// `weight` times the sum of log p(x) over some points; adds its gradient to `gradient`.
    fn add_nll_gradient(
        &self,
        parameters: &[T],
        points: &Batch<T>,
        weight: T,
        activations: Activations,
        gradient: &mut [T],
        workspace: &mut Workspace<T>,
    ) -> T {
        let inverse = Direction::Inverse;
        let base = &parameters[self.base_range()];
        let (grad_layers, grad_base) = gradient.split_at_mut(self.base_range().start);
        let Workspace { batch, log_det, grad_log_det, log_prob, tapes, scratch, activation_bytes, .. } =
            workspace;
        batch.copy_from(points);
        log_det.clear();
        log_det.resize(points.len(), T::zero());
        grad_log_det.clear();
        grad_log_det.resize(points.len(), weight);
        log_prob.clear();
        match activations {
            Activations::Stored => {
                tapes.resize_with(self.bijections.len(), Tape::default);
                tapes.iter_mut().for_each(|tape| tape.training = true);
                self.map(inverse, parameters, batch, log_det, tapes);
                *activation_bytes = (*activation_bytes).max(tapes.iter().map(Tape::bytes).sum());
                log_prob.extend_from_slice(log_det);
                self.base.add_log_prob(base, batch, 1.0, log_prob);
                self.base.pull_back(base, batch, weight, grad_base);
                self.pull_back(inverse, parameters, tapes, batch, grad_log_det, grad_layers, scratch);
            }
            Activations::Recomputed => {
                let mut states = Vec::new();
                let there = self.map_keeping_nothing(inverse, parameters, batch, log_det, &mut states);
                log_prob.extend_from_slice(log_det);
                self.base.add_log_prob(base, batch, 1.0, log_prob);
                let mut grad = batch.clone();
                self.base.pull_back(base, &mut grad, weight, grad_base);
                let back = self.pull_back_recomputing(
                    inverse,
                    parameters,
                    &states,
                    batch,
                    &mut grad,
                    grad_log_det,
                    grad_layers,
                    scratch,
                );
                let few: usize = states.iter().map(|state| size_of_val(state.as_slice())).sum();
                *activation_bytes = (*activation_bytes).max(there.max(back) + few);
                tapes.resize_with(self.bijections.len(), Tape::default);
                tapes.iter_mut().zip(states).for_each(|(tape, state)| tape.state = state);
            }
        }
        total(log_prob) * weight
    }
}
