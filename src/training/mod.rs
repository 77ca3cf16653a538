//! Training of one model on one source of data: what is minimised, how, and the trainer that does it.

pub mod data;
pub mod objective;
pub mod optimiser;
pub mod trainer;
pub mod training_set;

pub use data::Data;
pub use objective::{Annealing, Objective};
pub use optimiser::{MAX_BATCH, OptimiserSpec, PATIENCE, Schedule};
pub use trainer::{State, Trainer, fill_batch};
pub use training_set::{MAX_POINTS, SAMPLE_SIZES, Sample, TrainingSet};
