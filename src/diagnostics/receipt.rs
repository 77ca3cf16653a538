//! The density of one point as a sum: the base's log-density and a log-determinant for each layer.

use serde::Serialize;

use crate::bijections::univariate::UnivariateSpec;
use crate::bijections::{BijectionSpec, ConditionedSpec, Conditioning, Direction, Summary, Tape};
use crate::math::{Batch, Scalar};
use crate::models::Flow;

/// log p(x) = log p(u) + the log-determinants from data to base, or minus those from base to data.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Receipt {
    /// The point among the data.
    pub data: Vec<f64>,
    /// Where it comes from in the base.
    pub base: Vec<f64>,
    /// log p(u) of the base, in nats.
    pub log_base: f64,
    /// The layers in the order in which they were taken.
    pub steps: Vec<ReceiptStep>,
    /// The sum of all terms: log p(x) in nats.
    pub log_prob: f64,
}

/// One layer's part.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ReceiptStep {
    /// What the layer is.
    pub layer: Summary,
    /// The point before the map that was taken.
    pub input: Vec<f64>,
    /// And after it.
    pub output: Vec<f64>,
    /// ln |det| of the map that was taken, in nats.
    pub log_det: f64,
    /// Of a conditioned layer, what is done to each variable that it transforms.
    pub variables: Vec<ReceiptVariable>,
}

/// What a conditioned layer does to one variable at the point.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ReceiptVariable {
    /// Counted from 0.
    pub variable: usize,
    /// The variables that its parameters are computed from.
    pub reads: Vec<usize>,
    /// What map it is.
    pub map: UnivariateSpec,
    /// What the conditioner says for it, as the map takes it.
    pub parameters: Vec<f64>,
    /// (mu, alpha) where the map is x = u exp(alpha) + mu.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "[number, number] | null"))]
    pub affine: Option<[f64; 2]>,
    /// ln of the slope of the map that was taken: its part of the layer's log-determinant.
    pub log_slope: f64,
}

/// Takes one point through a flow, from data to base or from base to data. `specs` are what the flow was composed from.
pub fn receipt<T: Scalar>(
    flow: &Flow<T>,
    specs: &[BijectionSpec],
    parameters: &[T],
    point: &[T],
    direction: Direction,
) -> Receipt {
    let mut batch = Batch::from_rows(point, flow.dim());
    let mut tape = Tape::default();
    let mut steps = Vec::with_capacity(specs.len());
    let mut layers: Vec<usize> = (0..flow.bijections().len()).collect();
    if direction == Direction::Inverse {
        layers.reverse();
    }
    for layer in layers {
        let bijection = &flow.bijections()[layer];
        let before = batch.to_rows();
        let mut log_det = [T::zero()];
        bijection.map(direction, &parameters[flow.range(layer)], &mut batch, &mut log_det, &mut tape);
        let variables = match (bijection.conditioning(), specs.get(layer)) {
            (Some(conditioning), Some(BijectionSpec::Conditioned(spec))) => {
                variables(&conditioning, spec, &tape, &before, direction)
            }
            _ => Vec::new(),
        };
        steps.push(ReceiptStep {
            layer: bijection.summary(),
            input: wide(&before),
            output: wide(&batch.to_rows()),
            log_det: log_det[0].to_f64(),
            variables,
        });
    }
    let (start, end) = (point.to_vec(), batch.to_rows());
    let (data, base) = if direction == Direction::Inverse { (start, end) } else { (end, start) };
    let mut log_base = [T::zero()];
    let points = Batch::from_rows(&base, flow.dim());
    flow.base().add_log_prob(&parameters[flow.base_range()], &points, 1.0, &mut log_base);
    let log_base = log_base[0].to_f64();
    let sign = if direction == Direction::Inverse { 1.0 } else { -1.0 };
    let log_prob = log_base + sign * steps.iter().map(|step| step.log_det).sum::<f64>();
    Receipt { data: wide(&data), base: wide(&base), log_base, steps, log_prob }
}

fn wide<T: Scalar>(values: &[T]) -> Vec<f64> {
    values.iter().map(|v| v.to_f64()).collect()
}

/// Each transformed variable of a layer whose tape holds what the conditioner said at the point.
fn variables<T: Scalar>(
    conditioning: &Conditioning<'_>,
    spec: &ConditionedSpec,
    tape: &Tape<T>,
    input: &[T],
    direction: Direction,
) -> Vec<ReceiptVariable> {
    let structure = conditioning.structure;
    let rank = structure.rank();
    let ends = conditioning.offsets.windows(2);
    let each = structure.transformed().iter().zip(ends).zip(spec.map_of_each());
    each.map(|((&variable, ends), spec)| {
        let theta = &tape.theta[ends[0]..ends[1]];
        let map = spec.build::<T>();
        let taken = |direction: Direction, mut value: [T; 1]| {
            let mut log_slope = [T::zero()];
            map.map(direction, theta, &mut value, &mut log_slope);
            [value[0].to_f64(), log_slope[0].to_f64()]
        };
        let straight = matches!(spec, UnivariateSpec::Additive | UnivariateSpec::Affine(_));
        ReceiptVariable {
            variable,
            reads: structure.read().iter().copied().filter(|&v| rank[v] < rank[variable]).collect(),
            map: spec,
            parameters: wide(theta),
            affine: straight.then(|| taken(Direction::Forward, [T::zero()])),
            log_slope: taken(direction, [input[variable]])[1],
        }
    })
    .collect()
}
