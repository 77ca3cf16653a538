//! Where the parameters and the tape of a conditioned transform lie on a GPU.

use super::kernel::Place;
use super::univariate::UnivariateSpec;
use super::{Reads, Structure};
use crate::nn::{Activation, Masks};

/// One linear layer of a conditioner, its sizes in vectors of four, its places counted from the bijection's first vector.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dense {
    /// Inputs.
    pub inputs: usize,
    /// Outputs.
    pub outputs: usize,
    /// Inputs in vectors of four.
    pub in4: u32,
    /// Outputs in vectors of four.
    pub out4: u32,
    /// Where the weight begins: a row for each output, of `in4` vectors.
    pub weight: u32,
    /// Where the bias begins.
    pub bias: u32,
}

/// What the code of a conditioned transform depends on: those that agree in it share their functions, whatever their ordering.
pub struct ConditionedLayout {
    /// Whether each variable reads all before it; else a coupling.
    pub autoregressive: bool,
    /// Which side the conditioner reads.
    pub reads: Reads,
    /// Number of variables that it reads.
    pub read: usize,
    /// The map of each transformed variable.
    pub maps: Vec<UnivariateSpec>,
    /// The conditioner's linear layers.
    pub dense: Vec<Dense>,
    /// Between them.
    pub activation: Activation,
}

impl ConditionedLayout {
    /// Of a transform with a map for each transformed variable.
    pub fn new(
        structure: &Structure,
        maps: Vec<UnivariateSpec>,
        reads: Reads,
        hidden: &[usize],
        activation: Activation,
    ) -> Self {
        let mut sizes = vec![structure.read().len()];
        sizes.extend(hidden);
        sizes.push(maps.iter().map(|map| map.parameters()).sum());
        let mut at = 0;
        let dense = sizes
            .windows(2)
            .map(|s| {
                let (in4, out4) = (s[0].div_ceil(4) as u32, s[1].div_ceil(4) as u32);
                let weight = at;
                let bias = weight + 4 * out4 * in4;
                at = bias + out4;
                Dense { inputs: s[0], outputs: s[1], in4, out4, weight, bias }
            })
            .collect();
        let autoregressive = structure.is_autoregressive();
        Self { autoregressive, reads, read: structure.read().len(), maps, dense, activation }
    }

    /// Rows of a tape: the inputs of the transformed variables, what was read, each layer's outputs.
    pub fn input_row(&self) -> u32 {
        0
    }

    /// The first row of what linear layer `l` read; for the one after the last: of theta.
    pub fn read_row(&self, l: usize) -> u32 {
        let first = self.maps.len() as u32;
        match l {
            0 => first,
            _ => first + 4 * self.dense[0].in4 + self.dense[..l - 1].iter().map(|d| 4 * d.out4).sum::<u32>(),
        }
    }

    /// The first row of theta.
    pub fn theta_row(&self) -> u32 {
        self.read_row(self.dense.len())
    }

    /// All rows of a tape.
    pub fn tape_rows(&self) -> u32 {
        self.theta_row() + 4 * self.dense[self.dense.len() - 1].out4
    }

    /// Rows of the widest layer.
    pub fn rows(&self) -> u32 {
        self.dense.iter().map(|d| 4 * d.in4.max(d.out4)).max().unwrap_or(0)
    }

    /// Vectors of four that the parameters take.
    pub fn vectors(&self) -> u32 {
        self.dense.last().map_or(0, |d| d.bias + d.out4)
    }

    /// The first parameter of each transformed variable.
    pub fn offsets(&self) -> Vec<u32> {
        let mut offsets = vec![0];
        for &map in &self.maps {
            offsets.push(offsets[offsets.len() - 1] + map.parameters() as u32);
        }
        offsets
    }

    /// Where each parameter of the conditioner lies, layer after layer, weights before biases.
    pub fn places(&self, structure: &Structure, hidden: &[usize]) -> Vec<Place> {
        let counts: Vec<usize> = self.maps.iter().map(|map| map.parameters()).collect();
        let masks = self.autoregressive.then(|| Masks::autoregressive(structure.rank(), hidden, &counts));
        let mut places = Vec::new();
        for (l, dense) in self.dense.iter().enumerate() {
            let mask = masks.as_ref().map(|m| &m.layers[l]);
            for o in 0..dense.outputs {
                places.extend((0..dense.inputs).map(|i| Place {
                    number: 4 * (dense.weight + o as u32 * dense.in4) + i as u32,
                    trained: mask.is_none_or(|mask| mask[o * dense.inputs + i]),
                }));
            }
            let bias = 4 * dense.bias;
            places.extend((0..dense.outputs as u32).map(|o| Place { number: bias + o, trained: true }));
        }
        places
    }
}
