//! log p(x) as a sum over the variables: each one's log-density given those that come before it in the ordering.

use crate::bijections::{Dependence, Direction, Scratch, Tape};
use crate::math::{Batch, Scalar};
use crate::models::compose::compose;
use crate::models::{Base, Flow, ModelSpec, TILE};

/// Says why a model is no chain of conditional densities, one for each variable in its ordering; `None` where it is.
///
/// It is one where every layer is triangular in the same ordering: then u of a variable is a function of it and of those before it alone, and
/// the derivative of the one by the other is the product of the layers'.
pub fn why_no_chain(spec: &ModelSpec, seed: u32) -> Option<&'static str> {
    if spec.order_agnostic {
        return Some(
            "The model is an average over orderings, in which no column comes before another: choose a model of one ordering.",
        );
    }
    let layers = compose(spec, None, seed);
    if spec.family.row().structure.is_none() {
        return Some(
            "The model takes all columns together, so that none comes before another: choose an autoregressive family.",
        );
    }
    if layers.iter().any(|layer| layer.dependence() == Dependence::All) {
        return Some(
            "The model's linear maps mix all columns, so that none comes before another: choose a family without them.",
        );
    }
    let in_order = |dependence| match dependence {
        Dependence::Each => true,
        Dependence::Ranked(structure) => {
            spec.ordering.iter().map(|&variable| structure.rank()[variable]).is_sorted()
        }
        Dependence::All => false,
    };
    let ordered = layers.iter().all(|layer| in_order(layer.dependence()));
    (!ordered).then_some(
        "The layers take the columns in different orderings, so that none comes before another in all of them: choose one layer, or the same ordering for all.",
    )
}

/// The mean over row-major points of -log p of each variable given those before it, in nats, in the order of `ordering`; the sum is the mean
/// of -log p. Only for a flow of which [`why_no_chain`] has nothing to say.
pub fn chain_rule<T: Scalar>(flow: &Flow<T>, parameters: &[T], points: &[T], ordering: &[usize]) -> Vec<f64> {
    let dim = flow.dim();
    let mut sums = vec![0.0; dim];
    for rows in points.chunks(TILE * dim) {
        let mut batch = Batch::from_rows(rows, dim);
        let mut add = |variable: usize, log: f64| sums[variable] -= log;
        for layer in (0..flow.bijections().len()).rev() {
            log_derivatives(flow, layer, parameters, &mut batch, &mut add);
        }
        let base = &parameters[flow.base_range()];
        let mut before = 0.0;
        for place in 0..dim {
            let so_far = prefix(flow.base(), base, &batch, &ordering[..=place]);
            add(ordering[place], so_far - before);
            before = so_far;
        }
    }
    let count = (points.len() / dim) as f64;
    ordering.iter().map(|&variable| sums[variable] / count).collect()
}

/// Maps a batch through a layer on its way to the base, and adds for each variable the sum over the batch of ln of its derivative by itself.
fn log_derivatives<T: Scalar>(
    flow: &Flow<T>,
    layer: usize,
    parameters: &[T],
    batch: &mut Batch<T>,
    add: &mut impl FnMut(usize, f64),
) {
    let bijection = &flow.bijections()[layer];
    let own = &parameters[flow.range(layer)];
    let (len, dim) = (batch.len(), batch.dim());
    let (mut unused, zeros) = (vec![T::zero(); len], vec![T::zero(); len]);
    let (mut grad_parameters, mut scratch) = (vec![T::zero(); own.len()], Scratch::default());
    let mut tape = Tape::default();
    bijection.map(Direction::Inverse, own, batch, &mut unused, &mut tape);
    // Where a network makes variables move others, the gradient is asked of one at a time: what of it reaches the variable itself is the
    // derivative. Else each moves by itself, and all are asked at once.
    let asked: Vec<Vec<usize>> = match bijection.conditioning() {
        Some(conditioning) => conditioning.structure.transformed().iter().map(|&i| vec![i]).collect(),
        None => vec![(0..dim).collect()],
    };
    for variables in asked {
        let mut grad = Batch::zeros(dim, len);
        variables.iter().for_each(|&i| grad.variable_mut(i).fill(T::one()));
        let into = &mut grad_parameters;
        bijection.pull_back(Direction::Inverse, own, &tape, &mut grad, &zeros, into, &mut scratch);
        for i in variables {
            add(i, grad.variable(i).iter().map(|g| g.to_f64().abs().ln()).sum());
        }
    }
}

/// The sum over a batch of the base's log-density of some of its variables alone.
fn prefix<T: Scalar>(base: Base, parameters: &[T], batch: &Batch<T>, variables: &[usize]) -> f64 {
    let mut some = Batch::<f64>::zeros(variables.len(), batch.len());
    for (place, &variable) in variables.iter().enumerate() {
        let values = some.variable_mut(place).iter_mut().zip(batch.variable(variable));
        values.for_each(|(to, from)| *to = from.to_f64());
    }
    let means = parameters.chunks_exact(batch.dim());
    let own: Vec<f64> = means.flat_map(|mean| variables.iter().map(|&i| mean[i].to_f64())).collect();
    let mut log_prob = vec![0.0; batch.len()];
    base.add_log_prob(&own, &some, 1.0, &mut log_prob);
    log_prob.iter().sum()
}
