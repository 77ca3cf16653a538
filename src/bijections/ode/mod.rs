//! A flow in continuous time: base and data are the ends of an ordinary differential equation dx/dt = v(x, t), from t = 0 at the base to
//! t = 1 at the data (Chen, Rubanova, Bettencourt, Duvenaud, "Neural ordinary differential equations", NeurIPS 2018).
//!
//! The velocity is one network for all times. Each step of the solver is a layer of the flow, and all layers have the same parameters.

/// False in a build for a first visit, which has no such flow: none of this is then in it.
pub const IS_BUILT: bool = cfg!(any(not(target_arch = "wasm32"), feature = "views", feature = "gpu"));

pub mod field;
pub mod path;
pub mod solver;
pub mod step;

pub use field::{Field, FieldScratch, FieldTape};
pub use path::{Path, Prediction};
pub use solver::Solver;
pub use step::OdeStep;
