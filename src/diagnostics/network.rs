//! A model's networks as data for drawing, and what they cost.

use serde::Serialize;

use crate::bijections::Direction;
use crate::experiment::ModelSpec;
use crate::math::Batch;
use crate::models::catalogue;
use crate::models::catalogue::{StructureKind, layer_orderings};
use crate::nn::Masks;

/// A masked network, for drawing.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Network {
    /// The variables in the order in which they are generated.
    pub ordering: Vec<usize>,
    /// Units of each layer, the inputs first, the outputs (one for each variable) last.
    pub sizes: Vec<usize>,
    /// The degree of each unit, layer by layer: a unit reads units of a lower or, but for outputs, equal degree.
    pub degrees: Vec<Vec<usize>>,
    /// For each linear layer, row-major `(out, in)`: is there an edge?
    pub masks: Vec<Vec<bool>>,
    /// For each output, which inputs it may read, row-major `(variable, variable)`.
    pub reads: Vec<Vec<bool>>,
}

/// The masks of one autoregressive layer of a model, with one output for each variable; of a coupling layer, everything from
/// the half that passes through to the half that moves.
pub fn network(spec: &ModelSpec, seed: u32, layer: usize) -> Network {
    let ordering = layer_orderings(spec, seed).swap_remove(layer.min(spec.layer_count() - 1));
    let dim = ordering.len();
    let mut rank = vec![0; dim];
    ordering.iter().enumerate().for_each(|(place, &variable)| rank[variable] = place);
    let mut sizes = vec![dim];
    sizes.extend(&spec.hidden);
    sizes.push(dim);
    let coupling = spec.family.row().structure == StructureKind::Coupling;
    if coupling {
        // Two ranks: what passes through, and what moves.
        rank.iter_mut().for_each(|r| *r = usize::from(*r >= dim.div_ceil(2)));
    }
    let Masks { layers: masks, hidden_degrees } = if coupling {
        coupling_masks(&rank, &spec.hidden)
    } else {
        Masks::autoregressive(&rank, &spec.hidden, &vec![1; dim])
    };
    let outer: Vec<usize> = rank.iter().map(|r| r + 1).collect();
    let mut degrees = vec![outer.clone()];
    degrees.extend(hidden_degrees);
    degrees.push(outer);
    let mut reads: Vec<Vec<bool>> = (0..dim).map(|i| (0..dim).map(|j| i == j).collect()).collect();
    for (mask, inputs) in masks.iter().zip(&sizes) {
        let row = |edges: &[bool]| {
            (0..dim).map(|v| edges.iter().zip(&reads).any(|(&edge, path)| edge && path[v])).collect()
        };
        reads = mask.chunks_exact(*inputs).map(row).collect();
    }
    Network { ordering, sizes, degrees, masks, reads }
}

fn coupling_masks(rank: &[usize], hidden: &[usize]) -> Masks {
    let dim = rank.len();
    let mut layers = vec![(0..hidden[0]).flat_map(|_| rank.iter().map(|&r| r == 0)).collect::<Vec<_>>()];
    layers.extend(hidden.windows(2).map(|pair| vec![true; pair[0] * pair[1]]));
    let last = hidden[hidden.len() - 1];
    layers.push((0..dim).flat_map(|i| std::iter::repeat_n(rank[i] == 1, last)).collect());
    Masks { layers, hidden_degrees: hidden.iter().map(|&units| vec![1; units]).collect() }
}

/// Network passes that a family takes, counted by the code that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Passes {
    /// Number of variables.
    pub dim: usize,
    /// For the density of a point.
    pub density: usize,
    /// For a sample.
    pub sampling: usize,
}

/// Runs a model of the given dimension once in each direction and counts.
pub fn passes(spec: &ModelSpec, dim: usize) -> Passes {
    let ordering = (0..dim).collect();
    let spec =
        ModelSpec { ordering, hidden: vec![2], conditionals: vec![Default::default()], ..spec.clone() };
    let flow = catalogue::build::<f32>(&spec, None, 1);
    let parameters = flow.initial_parameters(1);
    let count = |direction| {
        let mut batch = Batch::zeros(dim, 1);
        flow.map(direction, &parameters, &mut batch, &mut [0.0], &mut Vec::new())
    };
    Passes { dim, density: count(Direction::Inverse), sampling: count(Direction::Forward) }
}
