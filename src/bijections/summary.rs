//! What a bijection is, for drawing.

use serde::Serialize;

/// A bijection in a few words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Summary {
    /// By what name the view of layers has a sentence of it.
    pub kind: &'static str,
    /// The variables that are read and not changed: a coupling's, or the first of an autoregressive layer's ordering.
    pub read: Vec<usize>,
    /// The variables that move by what is read.
    pub moved: Vec<usize>,
}

impl Summary {
    /// Of a map without a conditioner.
    pub fn plain(kind: &'static str) -> Self {
        Self { kind, read: Vec::new(), moved: Vec::new() }
    }
}
