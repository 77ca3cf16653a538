//! What a bijection is on a GPU: its functions, and how its parameters and its tape lie. `gpu/` puts the kernels together from it.

use crate::wgsl::{Fragment, fill};

/// The functions of a bijection: `forward`, `inverse`, and of each its gradient, with `_back` after it. Bijections that agree in them
/// share them.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// Maps of one variable that they call, each once.
    pub maps: Vec<Fragment>,
    /// Their text: names begin with `NAME_`, those of the k-th map with [`Code::map`].
    pub text: String,
    /// Multiplications of a point by weights, one way.
    pub products: usize,
}

/// Stands for a bijection's name until it has one.
pub const NAME: &str = "NAME";
/// The functions of a map of one variable.
const MAP_FUNCTIONS: [&str; 4] = ["forward", "inverse", "pull_forward", "pull_inverse"];

impl Code {
    /// Of a bijection that calls no map.
    pub fn new(fragment: &Fragment) -> Self {
        Self { maps: Vec::new(), text: fragment.source(NAME), products: 0 }
    }

    /// What the k-th map is called in the text.
    pub fn map(k: usize) -> String {
        format!("MAP{k}")
    }

    /// The text with the bijection's name and those of its maps.
    pub fn source(&self, name: &str, maps: &[String]) -> String {
        let named = |(k, map): (usize, &String)| {
            MAP_FUNCTIONS
                .map(|function| (format!("{}_{function}", Self::map(k)), format!("{map}_{function}")))
        };
        let names: Vec<_> = maps.iter().enumerate().flat_map(named).collect();
        let constants: Vec<_> = names.iter().map(|(word, name)| (word.as_str(), name.clone())).collect();
        fill(&self.text, name, &constants)
    }
}

/// Where one parameter is among the numbers of a bijection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Counted from the bijection's first.
    pub number: u32,
    /// False for the weight of a cut edge.
    pub trained: bool,
}

/// One bijection of one run.
#[derive(Clone, Debug)]
pub struct Kernel {
    /// Its functions.
    pub code: Code,
    /// The place of each parameter, in the core's order.
    pub parameters: Vec<Place>,
    /// Vectors of four numbers that the parameters take.
    pub vectors: u32,
    /// Rows of its tape: what a pass leaves for the gradient.
    pub tape_rows: u32,
    /// Rows that its gradient needs, twice, while it is computed.
    pub gradient_rows: u32,
    /// Parameters of one variable's map at most.
    pub map_parameters: usize,
    /// What bijections of the same code differ in: who is read and moved, permutations, constants.
    pub indices: Vec<u32>,
}

impl Kernel {
    /// Without parameters, tape and indices.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            parameters: Vec::new(),
            vectors: 0,
            tape_rows: 0,
            gradient_rows: 0,
            map_parameters: 1,
            indices: Vec::new(),
        }
    }

    /// With so many parameters, all trained, one after the other.
    pub fn with_parameters(self, count: usize) -> Self {
        let parameters = (0..count as u32).map(|number| Place { number, trained: true }).collect();
        Self { parameters, vectors: count.div_ceil(4) as u32, ..self }
    }

    /// With a tape of so many rows.
    pub fn with_tape(self, rows: usize) -> Self {
        Self { tape_rows: rows as u32, ..self }
    }

    /// With indices.
    pub fn with_indices(self, indices: impl IntoIterator<Item = u32>) -> Self {
        Self { indices: indices.into_iter().collect(), ..self }
    }
}
