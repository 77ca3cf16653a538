//! The gradient of the reverse KL, by reparametrisation.

use super::flow::TILE;
use super::{Activations, Flow, Workspace};
use crate::bijections::{Direction, Scratch, Tape};
use crate::math::matrix::total;
use crate::math::{Batch, Philox, Scalar};

/// A log density, up to a constant, at a point; writes its gradient there.
pub type LogDensity<'a> = dyn Fn(&[f64], &mut [f64]) -> f64 + 'a;

/// What one reverse-KL step needs to know.
pub struct ReverseStep<'a> {
    /// The target.
    pub log_density: &'a LogDensity<'a>,
    /// The power beta that the target is raised to, 1 without annealing.
    pub tempering: f64,
    /// Leave out the score of q, whose expectation is zero (Roeder, Wu, Duvenaud, "Sticking the landing", NeurIPS 2017):
    /// the gradient's variance then vanishes as q approaches the target.
    pub path_gradient: bool,
    /// Stored or recomputed.
    pub activations: Activations,
}

/// Longest score of a single draw. Where a target has mass scores are below a thousand; a draw far down a funnel's neck has
/// one of 1e30, and would decide the step alone.
const MAX_SCORE: f64 = 1e4;

/// Makes a score no longer than [`MAX_SCORE`]; `clip_score` of `reverse_kl.wgsl` is the same.
fn clip_score(score: &mut [f64]) {
    let norm = score.iter().map(|s| s * s).sum::<f64>().sqrt();
    if norm > MAX_SCORE {
        score.iter_mut().for_each(|s| *s *= MAX_SCORE / norm);
    }
}

impl<T: Scalar> Flow<T> {
    /// The mean over draws from the base of log q(x) - beta log p(x), x the flow's image of the draw: -ELBO, in nats. Its
    /// gradient overwrites `gradient`. `generator` gives the random numbers of each row.
    pub fn reverse_kl_gradient(
        &self,
        parameters: &[T],
        len: usize,
        generator: impl Fn(usize) -> Philox,
        step: &ReverseStep<'_>,
        gradient: &mut [T],
        workspace: &mut Workspace<T>,
    ) -> f64 {
        gradient.fill(T::zero());
        let weight = 1.0 / len as f64;
        let add = |from: usize| {
            let rows = from..len.min(from + TILE);
            self.add_reverse_kl_gradient(parameters, rows, weight, &generator, step, gradient, workspace)
        };
        (0..len).step_by(TILE).map(add).sum()
    }

    /// `weight` times the sum over some rows; adds its gradient to `gradient`.
    #[allow(clippy::too_many_arguments, reason = "a gradient takes each thing and its gradient")]
    fn add_reverse_kl_gradient(
        &self,
        parameters: &[T],
        rows: std::ops::Range<usize>,
        weight: f64,
        generator: &impl Fn(usize) -> Philox,
        step: &ReverseStep<'_>,
        gradient: &mut [T],
        workspace: &mut Workspace<T>,
    ) -> f64 {
        let (first, len) = (rows.start, rows.len());
        let generator = |row: usize| generator(first + row);
        let share = weight;
        let base = &parameters[self.base_range()];
        let mut points = Batch::zeros(self.dim(), len);
        for row in 0..len {
            let draw: Vec<T> = self.base().draw(base, self.dim(), 1.0, &mut generator(row));
            draw.into_iter().enumerate().for_each(|(i, u)| points.variable_mut(i)[row] = u);
        }
        let weight = T::of_f64(weight);
        let mut log_q = vec![T::zero(); len];
        let mut log_det = vec![T::zero(); len];
        self.base().add_log_prob(base, &points, 1.0, &mut log_q);
        let drawn = points.clone();
        let mut states = Vec::new();
        let tapes = &mut workspace.tapes;
        tapes.resize_with(self.bijections().len(), Tape::default);
        tapes.iter_mut().for_each(|tape| tape.training = false);
        match step.activations {
            Activations::Stored => {
                self.map(Direction::Forward, parameters, &mut points, &mut log_det, tapes);
            }
            Activations::Recomputed => {
                self.map_keeping_nothing(
                    Direction::Forward,
                    parameters,
                    &mut points,
                    &mut log_det,
                    &mut states,
                );
            }
        }
        log_q.iter_mut().zip(&log_det).for_each(|(lq, &ld)| *lq -= ld);
        // dS/dx of -beta log p(x), and its value.
        let mut grad = Batch::zeros(self.dim(), len);
        // In double precision: a single far draw can have a log density beyond f32.
        let mut value = (total(&log_q) * weight).to_f64();
        let beta = T::of_f64(step.tempering);
        let (mut x, mut score) = (vec![0.0; self.dim()], vec![0.0; self.dim()]);
        for row in 0..len {
            x.iter_mut().enumerate().for_each(|(i, v)| *v = points.variable(i)[row].to_f64());
            let log_p = (step.log_density)(&x, &mut score);
            value -= step.tempering * log_p * share;
            clip_score(&mut score);
            for (i, &s) in score.iter().enumerate() {
                grad.variable_mut(i)[row] = -beta * T::of_f64(s) * weight;
            }
        }
        let (grad_layers, grad_base) = gradient.split_at_mut(self.base_range().start);
        let mut scratch = Scratch::default();
        let mut grad_log_det = vec![-weight; len];
        if step.path_gradient {
            // log q as a function of x alone, its parameters held: the inverse's gradient by its input.
            self.add_score(parameters, &points, weight, &mut grad, &mut scratch);
            grad_log_det.fill(T::zero());
        }
        match step.activations {
            Activations::Stored => self.pull_back(
                Direction::Forward,
                parameters,
                &workspace.tapes,
                &mut grad,
                &grad_log_det,
                grad_layers,
                &mut scratch,
            ),
            Activations::Recomputed => {
                self.pull_back_recomputing(
                    Direction::Forward,
                    parameters,
                    &states,
                    &mut points,
                    &mut grad,
                    &grad_log_det,
                    grad_layers,
                    &mut scratch,
                );
            }
        }
        // The draw itself: its own density, and the parameters that moved it.
        if !step.path_gradient {
            let mut own = drawn;
            self.base().pull_back(base, &mut own, weight, grad_base);
            grad.as_mut_slice().iter_mut().zip(own.as_slice()).for_each(|(g, &s)| *g += s);
        }
        let mut row_grad = vec![T::zero(); self.dim()];
        for row in 0..len {
            row_grad.iter_mut().enumerate().for_each(|(i, g)| *g = grad.variable(i)[row]);
            self.base().pull_back_draw(&row_grad, &mut generator(row), grad_base);
        }
        value
    }

    /// Adds `weight` times the gradient of log q(x) by x to `grad`.
    fn add_score(
        &self,
        parameters: &[T],
        points: &Batch<T>,
        weight: T,
        grad: &mut Batch<T>,
        scratch: &mut Scratch<T>,
    ) {
        let mut batch = points.clone();
        let mut log_det = vec![T::zero(); points.len()];
        let mut tapes = Vec::new();
        self.map(Direction::Inverse, parameters, &mut batch, &mut log_det, &mut tapes);
        let mut unused = vec![T::zero(); self.parameter_count()];
        let (layers, base) = unused.split_at_mut(self.base_range().start);
        self.base().pull_back(&parameters[self.base_range()], &mut batch, weight, base);
        let volumes = vec![weight; points.len()];
        self.pull_back(Direction::Inverse, parameters, &tapes, &mut batch, &volumes, layers, scratch);
        grad.as_mut_slice().iter_mut().zip(batch.as_slice()).for_each(|(g, &s)| *g += s);
    }
}
