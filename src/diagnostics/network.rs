//! A model's networks as data for drawing, and what they cost.

use serde::Serialize;

use crate::bijections::{BijectionSpec, Conditioning, Direction};
use crate::math::{Batch, Philox, Stream};
use crate::models::ModelSpec;
use crate::models::catalogue::Group;
use crate::models::compose::{self, layer_orderings};
use crate::models::model_spec::BOUND_DRAWS;
use crate::models::{Flow, TILE, Workspace};
use crate::nn::{Conditioner, Masks};

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
/// the half that passes through to the half that moves; of NADE, a group of hidden units for each conditional, whose weights
/// are shared. `sampled` draws the hidden degrees from that seed, else they rise evenly.
pub fn network(spec: &ModelSpec, seed: u32, layer: usize, sampled: Option<u32>) -> Network {
    let ordering = layer_orderings(spec, seed).swap_remove(layer.min(spec.layer_count() - 1));
    let dim = ordering.len();
    let mut layers = compose::compose(spec, None, seed).into_iter().filter_map(|bijection| match bijection {
        BijectionSpec::Conditioned(conditioned) => Some(conditioned),
        _ => None,
    });
    let conditioned = layers.nth(layer.min(spec.layer_count() - 1)).expect("every layer has a conditioner");
    let rank = conditioned.structure.rank().to_vec();
    let coupling = !conditioned.structure.is_autoregressive();
    let one_each = vec![1; dim];
    let Masks { layers: masks, hidden_degrees } = if conditioned.shared_weights {
        nade_masks(&rank, spec.hidden[0])
    } else if coupling {
        coupling_masks(&rank, &spec.hidden)
    } else if let Some(seed) = sampled {
        let mut random = Philox::new(seed, Stream::MaskDegrees);
        Masks::sampled(&rank, &spec.hidden, &one_each, &mut random)
    } else {
        Masks::autoregressive(&rank, &spec.hidden, &one_each)
    };
    let mut sizes = vec![dim];
    sizes.extend(hidden_degrees.iter().map(Vec::len));
    sizes.push(dim);
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

/// The group of the conditional of rank r reads the variables of lower rank, and its output alone reads the group.
fn nade_masks(rank: &[usize], units: usize) -> Masks {
    let dim = rank.len();
    let group = |unit: usize| unit / units;
    let below = (0..dim * units).flat_map(|unit| rank.iter().map(move |&r| r < group(unit))).collect();
    let above = rank.iter().flat_map(|&r| (0..dim * units).map(move |unit| group(unit) == r)).collect();
    Masks { layers: vec![below, above], hidden_degrees: vec![(0..dim * units).map(group).collect()] }
}

/// The trained weights on the edges of [`network`], in the layout of its masks; an output stands for all the parameters of its
/// variable, by the one of greatest magnitude.
pub fn edge_weights(layer: &Conditioning<'_>, parameters: &[f32]) -> Vec<Vec<f32>> {
    let structure = layer.structure;
    let dim = structure.dim();
    let greatest = |a: f32, b: f32| if b.abs() > a.abs() { b } else { a };
    match layer.conditioner {
        Conditioner::Mlp(mlp) => {
            let last = mlp.sizes().len() - 2;
            let mut offset = 0;
            let mut all = Vec::new();
            for (index, pair) in mlp.sizes().windows(2).enumerate() {
                let (inputs, outputs) = (pair[0], pair[1]);
                let weights = &parameters[offset..offset + inputs * outputs];
                offset += outputs * (inputs + 1);
                all.push(if index == 0 {
                    let mut wide = vec![0.0; dim * outputs];
                    for (unit, row) in weights.chunks_exact(inputs).enumerate() {
                        for (&variable, &w) in structure.read().iter().zip(row) {
                            wide[unit * dim + variable] = w;
                        }
                    }
                    wide
                } else if index == last {
                    let mut few = vec![0.0; dim * inputs];
                    for (range, &variable) in layer.offsets.windows(2).zip(structure.transformed()) {
                        let into = &mut few[variable * inputs..(variable + 1) * inputs];
                        for row in weights[range[0] * inputs..range[1] * inputs].chunks_exact(inputs) {
                            into.iter_mut().zip(row).for_each(|(to, &w)| *to = greatest(*to, w));
                        }
                    }
                    few
                } else {
                    weights.to_vec()
                });
            }
            all
        }
        Conditioner::Nade(nade) => {
            let units = nade.units();
            let mut below = Vec::with_capacity(dim * dim * units);
            for unit in 0..dim * units {
                // The same weights in every group that reads the variable.
                let reads = |variable: usize| structure.rank()[variable] < unit / units;
                let weight = |variable: usize| parameters[variable * units + unit % units];
                below.extend((0..dim).map(|v| if reads(v) { weight(v) } else { 0.0 }));
            }
            let mut above = vec![0.0; dim * dim * units];
            let mut offset = (dim + 1) * units;
            for (variable, &outputs) in nade.outputs().iter().enumerate() {
                let place = variable * dim * units + structure.rank()[variable] * units;
                for row in parameters[offset..offset + outputs * units].chunks_exact(units) {
                    let into = &mut above[place..place + units];
                    into.iter_mut().zip(row).for_each(|(to, &w)| *to = greatest(*to, w));
                }
                offset += outputs * (units + 1);
            }
            vec![below, above]
        }
    }
}

/// Network passes that a family takes, counted by the code that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Passes {
    /// Number of variables.
    pub dim: usize,
    /// For the density of a point; 0 where there is none.
    pub density: usize,
    /// For a sample.
    pub sampling: usize,
}

/// An untrained model of any number of variables, to count and to time what it costs.
pub struct Probe {
    flow: Flow<f32>,
    parameters: Vec<f32>,
    workspace: Workspace<f32>,
}

impl Probe {
    /// A model of a valid kind.
    pub fn new(spec: &ModelSpec) -> Self {
        let flow = compose::build::<f32>(spec, None, 1);
        Self { parameters: flow.initial_parameters(1), flow, workspace: Workspace::default() }
    }

    /// Takes that many points through, a tile at a time, and returns the network passes that each took.
    pub fn take(&mut self, direction: Direction, points: usize) -> usize {
        let mut passes = 0;
        for from in (0..points).step_by(TILE) {
            let len = TILE.min(points - from);
            let mut batch = Batch::zeros(self.flow.dim(), len);
            let tapes = &mut self.workspace.tapes;
            passes = self.flow.map(direction, &self.parameters, &mut batch, &mut vec![0.0; len], tapes);
        }
        passes
    }
}

/// Runs a model of the given dimension once in each direction and counts; of an autoencoder's bound, and of a generator, it is known.
pub fn passes(spec: &ModelSpec, dim: usize) -> Passes {
    match spec.family.row().group {
        Group::Latent => return Passes { dim, density: 1 + BOUND_DRAWS, sampling: 1 },
        Group::Adversarial => return Passes { dim, density: 0, sampling: 1 },
        Group::Autoregressive | Group::Coupling | Group::Continuous => {}
    }
    let (ordering, hidden) = ((0..dim).collect(), vec![2]);
    let spec = ModelSpec { ordering, hidden, conditionals: vec![Default::default()], ..spec.clone() };
    let mut probe = Probe::new(&spec);
    let [density, sampling] = [Direction::Inverse, Direction::Forward].map(|way| probe.take(way, 1));
    Passes { dim, density, sampling }
}
