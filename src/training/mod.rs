//! Training of one model on one target: what is minimised, how, and the trainer that does it.

pub mod objective;
pub mod optimiser;
pub mod tabular;
pub mod trainer;

pub use objective::{Annealing, Objective};
pub use optimiser::{MAX_BATCH, OptimiserSpec, Schedule};
pub use trainer::{State, Trainer, fill_batch};
