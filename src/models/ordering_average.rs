//! One flow, or several that differ in their ordering and share their parameters.

use super::{
    Activations, Density, Description, Flow, LogProb, Model, ModelSpec, ReverseStep, Workspace, compose,
};
use crate::bijections::{Direction, Standardise};
use crate::math::special::log_sum_exp;
use crate::math::{Batch, Philox, Scalar, Stream};

/// A model: a single flow, or for order-agnostic NADE and MADE one flow for each ordering of the variables, all with the
/// same parameters. The density is then the average over the orderings (Uria, Murray, Larochelle, "A deep and tractable
/// density estimator", ICML 2014, section 3; Germain et al., "MADE", ICML 2015, section 4.2).
pub struct OrderingAverage<T> {
    flows: Vec<Flow<T>>,
}

/// Every ordering of `0..dim`, in lexicographic order.
fn orderings(dim: usize) -> Vec<Vec<usize>> {
    if dim == 0 {
        return vec![Vec::new()];
    }
    let rest = orderings(dim - 1);
    // What comes after the first counts the variables that are left.
    let after = |first: usize| {
        rest.iter().map(move |rest| {
            let others = rest.iter().map(|&v| v + usize::from(v >= first));
            std::iter::once(first).chain(others).collect()
        })
    };
    (0..dim).flat_map(after).collect()
}

/// Those that an order-agnostic model averages over, its own first: it is what a view shows.
fn all_orderings(spec: &ModelSpec) -> Vec<Vec<usize>> {
    let mut all = orderings(spec.ordering.len());
    if let Some(own) = all.iter().position(|ordering| *ordering == spec.ordering) {
        all[..=own].rotate_right(1);
    }
    all
}

impl<T: Scalar> From<Flow<T>> for OrderingAverage<T> {
    fn from(flow: Flow<T>) -> Self {
        Self { flows: vec![flow] }
    }
}

impl<T: Scalar> OrderingAverage<T> {
    /// The model that a valid [`ModelSpec`] describes.
    pub fn build(spec: &ModelSpec, standardise: Option<Standardise>, seed: u32) -> Self {
        if !spec.order_agnostic {
            return compose::build(spec, standardise, seed).into();
        }
        let one = |ordering| {
            let spec = ModelSpec { ordering, ..spec.clone() };
            compose::build(&spec, standardise.clone(), seed)
        };
        Self { flows: all_orderings(spec).into_iter().map(one).collect() }
    }

    /// The flow of the model's own ordering.
    pub fn flow(&self) -> &Flow<T> {
        &self.flows[0]
    }

    /// Number of orderings that are averaged over.
    pub fn len(&self) -> usize {
        self.flows.len()
    }

    /// False: there is always one flow at least.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Calls `f` with each flow and the parameters as its masks leave them.
    fn each(&self, parameters: &[T], mut f: impl FnMut(&Flow<T>, &[T])) {
        if let [flow] = self.flows.as_slice() {
            return f(flow, parameters);
        }
        for flow in &self.flows {
            let mut own = parameters.to_vec();
            flow.project(&mut own);
            f(flow, &own);
        }
    }
}

impl<T: Scalar> LogProb<T> for OrderingAverage<T> {
    fn log_prob(
        &self,
        parameters: &[T],
        points: &[T],
        temperature: f64,
        workspace: &mut Workspace<T>,
    ) -> Vec<T> {
        let mut all = Vec::new();
        self.each(parameters, |flow, own| all.push(flow.log_prob(own, points, temperature, workspace)));
        if all.len() == 1 {
            return all.swap_remove(0);
        }
        let count = (all.len() as f64).ln();
        let average = |row: usize| T::of_f64(log_sum_exp(all.iter().map(move |lp| lp[row].to_f64())) - count);
        (0..all[0].len()).map(average).collect()
    }
}

impl<T: Scalar> Model<T> for OrderingAverage<T> {
    fn dim(&self) -> usize {
        self.flow().dim()
    }

    fn parameter_count(&self) -> usize {
        self.flow().parameter_count()
    }

    /// Where orderings share them, an edge that any ordering has gets a weight.
    fn initial_parameters(&self, seed: u32) -> Vec<T> {
        let mut parameters = self.flows[0].initial_parameters(seed);
        for flow in &self.flows[1..] {
            let other = flow.initial_parameters(seed);
            let missing = parameters.iter_mut().zip(other).filter(|(p, _)| **p == T::zero());
            missing.for_each(|(p, o)| *p = o);
        }
        parameters
    }

    fn data_dependent_init(&self, parameters: &mut [T], points: &Batch<T>) {
        self.flow().data_dependent_init(parameters, points);
    }

    fn needs_whole_batch(&self) -> bool {
        self.flow().needs_whole_batch()
    }

    /// [`Flow::nll_gradient`] of a single flow, or of the flow of an ordering that `random` draws: in expectation an upper
    /// bound of the averaged density's NLL.
    fn batch_gradient(
        &self,
        parameters: &[T],
        points: &Batch<T>,
        activations: Activations,
        mut random: Philox,
        gradient: &mut [T],
        workspace: &mut Workspace<T>,
    ) -> T {
        if let [flow] = self.flows.as_slice() {
            return flow.nll_gradient(parameters, points, activations, gradient, workspace);
        }
        let flow = &self.flows[random.below(self.flows.len())];
        let mut own = parameters.to_vec();
        flow.project(&mut own);
        flow.nll_gradient(&own, points, activations, gradient, workspace)
    }

    fn draw_gradient(
        &self,
        parameters: &[T],
        len: usize,
        generator: &dyn Fn(usize) -> Philox,
        step: &ReverseStep<'_>,
        gradient: &mut [T],
        workspace: &mut Workspace<T>,
    ) -> Option<f64> {
        let [flow] = self.flows.as_slice() else { return None };
        flow.draw_gradient(parameters, len, generator, step, gradient, workspace)
    }

    /// Which ordering made a draw, no gradient can follow.
    fn learns_from_draws(&self) -> bool {
        self.flows.len() == 1
    }

    fn after_step(&self, parameters: &mut [T], workspace: &Workspace<T>) {
        Model::after_step(self.flow(), parameters, workspace);
    }

    /// Each row with an ordering of its own.
    fn samples(
        &self,
        parameters: &[T],
        seed: u32,
        count: usize,
        temperature: f64,
        workspace: &mut Workspace<T>,
    ) -> Vec<T> {
        let dim = self.flow().dim();
        let base = self.flow().base_draws(parameters, seed, count, temperature);
        let mut samples = vec![T::zero(); base.len()];
        let choice = |row: usize| {
            Philox::new(seed, Stream::SampleOrdering { row: row as u32 }).below(self.flows.len())
        };
        let mut index = 0;
        self.each(parameters, |flow, own| {
            let rows: Vec<usize> =
                (0..count).filter(|&row| self.len() == 1 || choice(row) == index).collect();
            let chosen: Vec<T> =
                rows.iter().flat_map(|row| &base[row * dim..(row + 1) * dim]).copied().collect();
            let (mapped, _) = flow.transform(Direction::Forward, own, &chosen, workspace);
            for (row, x) in rows.into_iter().zip(mapped.chunks_exact(dim)) {
                samples[row * dim..(row + 1) * dim].copy_from_slice(x);
            }
            index += 1;
        });
        samples
    }

    fn density(&self) -> Density<'_, T> {
        Density::Exact(self)
    }

    /// That of the model's own ordering.
    fn bijection(&self) -> Option<&Flow<T>> {
        Some(self.flow())
    }

    /// The flow of each ordering, the model's own first.
    fn describe(&self) -> Option<Description> {
        let mut all = self.flow().describe()?;
        for flow in &self.flows[1..] {
            all.flows.extend(flow.describe()?.flows);
        }
        Some(Description::Flows(all))
    }
}
