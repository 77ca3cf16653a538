//! What a bijection is, for drawing.

use serde::Serialize;

/// The kinds of bijections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum SummaryKind {
    /// Each variable moved by what comes before it.
    Autoregressive,
    /// One half passes through and moves the other.
    Coupling,
    /// Variables change places.
    Permutation,
    /// Variables are scaled and shifted, each by itself.
    Scaling,
    /// A linear map.
    Linear,
    /// The fixed map into the target's units.
    Standardise,
}

/// A bijection in a few words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Summary {
    /// What it is.
    pub kind: SummaryKind,
    /// The variables that are read and not changed: a coupling's, or the first of an autoregressive layer's ordering.
    pub read: Vec<usize>,
    /// The variables that move by what is read.
    pub moved: Vec<usize>,
}

impl Summary {
    /// Of a map without a conditioner.
    pub fn plain(kind: SummaryKind) -> Self {
        Self { kind, read: Vec::new(), moved: Vec::new() }
    }
}
