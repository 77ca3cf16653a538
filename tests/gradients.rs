//! Hand-written gradients against central differences, in double precision, for every bijection in both
//! directions and for the objective of every family.

use crate::common::{bijections, models, parameters_of, parameters_of_flow, points};
use density_playground::bijections::{Bijection, Direction, Scratch, Tape};
use density_playground::math::{Batch, Philox, Stream};
use density_playground::models::{Activations, ReverseStep, Workspace};

const LEN: usize = 7;

/// S = sum of weights times outputs + weights times log-determinants: a scalar that sees everything.
struct Probe {
    outputs: Vec<f64>,
    log_det: Vec<f64>,
    training: bool,
}

impl Probe {
    fn new(dim: usize, training: bool) -> Self {
        let mut random = Philox::new(77, Stream::BaseDraw { row: 0 });
        let mut draws = |n: usize| (0..n).map(|_| random.normal()).collect();
        Self { outputs: draws(dim * LEN), log_det: draws(LEN), training }
    }

    fn value(&self, bijection: &dyn Bijection<f64>, direction: Direction, p: &[f64], x: &[f64]) -> f64 {
        let mut batch = Batch::zeros(bijection.dim(), LEN);
        batch.as_mut_slice().copy_from_slice(x);
        let mut log_det = vec![0.0; LEN];
        let mut tape = Tape { training: self.training, ..Tape::default() };
        bijection.map(direction, p, &mut batch, &mut log_det, &mut tape);
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
        dot(&self.outputs, batch.as_slice()) + dot(&self.log_det, &log_det)
    }
}

/// Central differences of `f` along each coordinate of `at`. Where a kink of ReLU lies within the step the
/// two sides disagree and say nothing about the gradient at the point: a step of a hundredth decides.
fn differences(at: &[f64], f: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let centre = f(at);
    let mut moved = at.to_vec();
    let mut slopes = |i: usize, h: f64| {
        moved[i] = at[i] + h;
        let above = (f(&moved) - centre) / h;
        moved[i] = at[i] - h;
        let below = (centre - f(&moved)) / h;
        moved[i] = at[i];
        (above, below)
    };
    (0..at.len())
        .map(|i| {
            let (mut above, mut below) = slopes(i, 1e-5);
            if (above - below).abs() > 1e-5 * (above.abs() + below.abs()).max(1.0) {
                (above, below) = slopes(i, 1e-7);
            }
            0.5 * (above + below)
        })
        .collect()
}

/// Relative to the gradient's own size: the norm of the difference over the norm.
fn relative_error(ours: &[f64], numeric: &[f64]) -> f64 {
    let norm = |v: &mut dyn Iterator<Item = f64>| v.map(|x| x * x).sum::<f64>().sqrt();
    norm(&mut ours.iter().zip(numeric).map(|(a, b)| a - b)) / norm(&mut numeric.iter().copied()).max(1e-12)
}

#[test]
fn every_bijection_in_both_directions() {
    for (name, bijection) in bijections() {
        let dim = bijection.dim();
        let parameters = parameters_of(&*bijection);
        let x = Batch::from_rows(&points(dim, LEN), dim);
        // Only batch normalisation does something else in training: at D = 2 all are asked.
        let in_training = dim == 2 || bijection.untrained_count() > 0;
        let ways = [(Direction::Forward, false), (Direction::Inverse, false), (Direction::Inverse, true)];
        for (direction, training) in ways.into_iter().filter(|(_, training)| in_training || !training) {
            let probe = Probe::new(dim, training);
            let (mut batch, mut log_det) = (x.clone(), vec![0.0; LEN]);
            let mut tape = Tape { training, ..Tape::default() };
            bijection.map(direction, &parameters, &mut batch, &mut log_det, &mut tape);
            let mut grad = Batch::zeros(dim, LEN);
            grad.as_mut_slice().copy_from_slice(&probe.outputs);
            let mut grad_parameters = vec![0.0; parameters.len()];
            let scratch = &mut Scratch::default();
            bijection.pull_back(
                direction,
                &parameters,
                &tape,
                &mut grad,
                &probe.log_det,
                &mut grad_parameters,
                scratch,
            );
            let numeric = differences(x.as_slice(), |x| probe.value(&*bijection, direction, &parameters, x));
            let error = relative_error(grad.as_slice(), &numeric);
            assert!(error < 1e-6, "{name} {direction:?}, inputs: {error:e}");
            if !parameters.is_empty() {
                // Where a mask cuts an edge the difference is not zero, the gradient is.
                let trained = parameters.len() - bijection.untrained_count();
                let free: Vec<usize> = (0..trained).filter(|&i| parameters[i] != 0.0).collect();
                check(
                    &format!("{name} {direction:?}, parameters"),
                    &parameters,
                    &free,
                    &grad_parameters,
                    |p| probe.value(&*bijection, direction, p, x.as_slice()),
                );
                let cut = (0..parameters.len()).filter(|i| !free.contains(i));
                assert!(cut.map(|i| grad_parameters[i]).all(|g| g == 0.0), "{name}: a cut edge moves");
            }
        }
    }
}

/// The parameters that no mask cuts.
fn free(parameters: &[f64]) -> Vec<usize> {
    (0..parameters.len()).filter(|&i| parameters[i] != 0.0).collect()
}

/// Compares the gradient by the parameters at some places, along coordinates for few and along random directions for many.
fn check(name: &str, parameters: &[f64], free: &[usize], gradient: &[f64], value: impl Fn(&[f64]) -> f64) {
    let values: Vec<f64> = free.iter().map(|&i| parameters[i]).collect();
    let at = |moved: &[f64]| {
        let mut p = parameters.to_vec();
        free.iter().zip(moved).for_each(|(&i, &v)| p[i] = v);
        value(&p)
    };
    let ours: Vec<f64> = free.iter().map(|&i| gradient[i]).collect();
    if free.len() <= 400 {
        let error = relative_error(&ours, &differences(&values, at));
        assert!(error < 1e-6, "{name}: {error:e}");
        return;
    }
    let mut random = Philox::new(78, Stream::BaseDraw { row: 0 });
    for _ in 0..12 {
        let direction: Vec<f64> = values.iter().map(|_| random.normal()).collect();
        let along =
            |t: &[f64]| at(&values.iter().zip(&direction).map(|(v, d)| v + t[0] * d).collect::<Vec<_>>());
        let numeric = differences(&[0.0], along)[0];
        let exact: f64 = ours.iter().zip(&direction).map(|(g, d)| g * d).sum();
        let size = ours.iter().map(|g| g * g).sum::<f64>().sqrt();
        assert!(
            (exact - numeric).abs() < 1e-6 * size,
            "{name}: {exact} along a direction, numerically {numeric}"
        );
    }
}

#[test]
fn the_nll_of_every_family() {
    for (name, flow, spec) in models::<f64>() {
        let parameters = parameters_of_flow(&flow);
        let batch = Batch::from_rows(&points(flow.dim(), LEN), flow.dim());
        let workspace = &mut Workspace::default();
        let nll = |p: &[f64], activations, gradient: &mut [f64]| {
            flow.nll_gradient(p, &batch, activations, gradient, &mut Workspace::default())
        };
        let mut gradient = vec![0.0; parameters.len()];
        let value = nll(&parameters, Activations::Stored, &mut gradient);
        if !spec.batch_norm {
            let log_prob = flow.log_prob(&parameters, &batch.to_rows(), 1.0, workspace);
            assert!((value + log_prob.iter().sum::<f64>() / LEN as f64).abs() < 1e-12, "{name}");
        }
        check(&name, &parameters, &free(&parameters), &gradient, |p| {
            nll(p, Activations::Stored, &mut vec![0.0; parameters.len()])
        });
        let mut recomputed = vec![0.0; parameters.len()];
        let again = nll(&parameters, Activations::Recomputed, &mut recomputed);
        assert!((value - again).abs() < 1e-12, "{name}");
        let error = relative_error(&recomputed, &gradient);
        assert!(error < 1e-8, "{name}: recomputed activations change the gradient by {error:e}");
    }
}

/// A log density that is nobody's special case: heavier than a Gaussian nowhere, bent and skew.
fn log_density(x: &[f64], score: &mut [f64]) -> f64 {
    let mut value = 0.0;
    score.fill(0.0);
    for i in 0..x.len() {
        let before = if i > 0 { x[i - 1] } else { 0.3 };
        let off = x[i] - 0.2 * before * before;
        value -= 0.5 * off * off + 0.01 * x[i].powi(4);
        score[i] -= off + 0.04 * x[i].powi(3);
        if i > 0 {
            score[i - 1] += 0.4 * off * before;
        }
    }
    value
}

#[test]
fn the_reverse_kl_of_every_family() {
    for (name, flow, spec) in models::<f64>() {
        if spec.batch_norm {
            continue;
        }
        let parameters = parameters_of_flow(&flow);
        let generator = |row: usize| Philox::new(31, Stream::Training { step: 0, row: row as u32 });
        let reverse = |p: &[f64], activations, gradient: &mut [f64]| {
            let step =
                ReverseStep { log_density: &log_density, tempering: 0.7, path_gradient: false, activations };
            flow.reverse_kl_gradient(p, LEN, generator, &step, gradient, &mut Workspace::default())
        };
        let mut gradient = vec![0.0; parameters.len()];
        reverse(&parameters, Activations::Stored, &mut gradient);
        check(&name, &parameters, &free(&parameters), &gradient, |p| {
            reverse(p, Activations::Stored, &mut vec![0.0; parameters.len()])
        });
        let mut recomputed = vec![0.0; parameters.len()];
        reverse(&parameters, Activations::Recomputed, &mut recomputed);
        let error = relative_error(&recomputed, &gradient);
        assert!(error < 1e-8, "{name}: recomputed activations change the gradient by {error:e}");
    }
}

/// Where the model already is the target every single path-wise gradient vanishes: that is its point. The score that it
/// leaves out does not.
#[test]
fn the_path_gradient_sticks_the_landing() {
    for (name, flow, spec) in models::<f64>() {
        if spec.batch_norm || flow.dim() > 3 {
            continue;
        }
        let parameters = parameters_of_flow(&flow);
        let own = |x: &[f64], score: &mut [f64]| {
            let log_q = |x: &[f64]| flow.log_prob(&parameters, x, 1.0, &mut Workspace::default())[0];
            score.copy_from_slice(&differences(x, log_q));
            log_q(x)
        };
        let norm = |path_gradient| {
            let step = ReverseStep {
                log_density: &own,
                tempering: 1.0,
                path_gradient,
                activations: Activations::Stored,
            };
            let mut gradient = vec![0.0; parameters.len()];
            let generator = |row: usize| Philox::new(31, Stream::Training { step: 0, row: row as u32 });
            let workspace = &mut Workspace::default();
            flow.reverse_kl_gradient(&parameters, LEN, generator, &step, &mut gradient, workspace);
            gradient.iter().map(|g| g * g).sum::<f64>().sqrt()
        };
        let (path, full) = (norm(true), norm(false));
        assert!(path < 1e-6 * full.max(1e-3), "{name}: {path:e} path-wise, {full:e} with the score");
    }
}
