//! Hand-written gradients against central differences, in double precision, for every bijection in both
//! directions and for the objective of every family.

mod common;

use common::{bijections, models, points};
use density_playground::bijections::{Bijection, Direction, Scratch, Tape};
use density_playground::math::{Batch, Philox, Stream};
use density_playground::models::{Flow, Workspace};

const LEN: usize = 7;

/// S = sum of weights times outputs + weights times log-determinants: a scalar that sees everything.
struct Probe {
    outputs: Vec<f64>,
    log_det: Vec<f64>,
}

impl Probe {
    fn new(dim: usize) -> Self {
        let mut random = Philox::new(77, Stream::View, 0, 0);
        let mut draws = |n: usize| (0..n).map(|_| random.normal()).collect();
        Self { outputs: draws(dim * LEN), log_det: draws(LEN) }
    }

    fn value(&self, bijection: &dyn Bijection<f64>, direction: Direction, p: &[f64], x: &[f64]) -> f64 {
        let mut batch = Batch::zeros(bijection.dim(), LEN);
        batch.as_mut_slice().copy_from_slice(x);
        let mut log_det = vec![0.0; LEN];
        bijection.map(direction, p, &mut batch, &mut log_det, &mut Tape::default());
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
        let probe = Probe::new(dim);
        let mut parameters = vec![0.0; bijection.parameter_count()];
        bijection.initialise(&mut parameters, &mut Philox::new(3, Stream::Parameters, 0, 0));
        let x = Batch::from_rows(&points(dim, LEN), dim);
        for direction in [Direction::Forward, Direction::Inverse] {
            let (mut batch, mut log_det) = (x.clone(), vec![0.0; LEN]);
            let mut tape = Tape::default();
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
                let numeric =
                    differences(&parameters, |p| probe.value(&*bijection, direction, p, x.as_slice()));
                // Where a mask cuts an edge the difference is not zero, the gradient is.
                let free: Vec<usize> = (0..parameters.len()).filter(|&i| parameters[i] != 0.0).collect();
                let pick = |v: &[f64]| free.iter().map(|&i| v[i]).collect::<Vec<_>>();
                let error = relative_error(&pick(&grad_parameters), &pick(&numeric));
                assert!(error < 1e-6, "{name} {direction:?}, parameters: {error:e}");
                let cut = (0..parameters.len()).filter(|i| !free.contains(i));
                assert!(cut.map(|i| grad_parameters[i]).all(|g| g == 0.0), "{name}: a cut edge moves");
            }
        }
    }
}

fn objective(flow: &Flow<f64>, parameters: &[f64], batch: &Batch<f64>) -> f64 {
    let log_prob = flow.log_prob(parameters, &batch.to_rows(), 1.0, &mut Workspace::default());
    -log_prob.iter().sum::<f64>() / log_prob.len() as f64
}

#[test]
fn the_nll_of_every_family() {
    for (name, flow, _) in models::<f64>() {
        let parameters = flow.initial_parameters(5);
        let batch = Batch::from_rows(&points(flow.dim(), LEN), flow.dim());
        let mut gradient = vec![0.0; parameters.len()];
        let nll = flow.nll_gradient(&parameters, &batch, &mut gradient, &mut Workspace::default());
        assert!((nll - objective(&flow, &parameters, &batch)).abs() < 1e-12, "{name}");
        let free: Vec<usize> = (0..parameters.len()).filter(|&i| parameters[i] != 0.0).collect();
        let ours: Vec<f64> = free.iter().map(|&i| gradient[i]).collect();
        let values: Vec<f64> = free.iter().map(|&i| parameters[i]).collect();
        let numeric = differences(&values, |moved| {
            let mut p = parameters.clone();
            free.iter().zip(moved).for_each(|(&i, &v)| p[i] = v);
            objective(&flow, &p, &batch)
        });
        let error = relative_error(&ours, &numeric);
        assert!(error < 1e-6, "{name}: {error:e}");
    }
}
