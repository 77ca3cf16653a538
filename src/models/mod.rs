//! Density models and generators: a flow is a base distribution and a list of bijections; the catalogue says which list each family of
//! the literature is, or what it is instead.

pub mod base;
pub mod build;
pub mod catalogue;
pub mod compose;
pub mod conditional;
pub mod export;
pub mod fixture;
pub mod flow;
pub mod gan;
pub mod matching;
pub mod model;
pub mod model_spec;
pub mod ordering_average;
pub mod reverse;
pub mod vae;

pub use base::Base;
pub use build::build;
pub use catalogue::{Family, FamilyRow, OrderingPolicy};
pub use conditional::Conditional;
pub use export::Description;
pub use flow::{Activations, Flow, TILE, Workspace};
pub use gan::Gan;
pub use matching::{Matching, NoiseSchedule};
pub use model::{Density, LogProb, Model};
pub use model_spec::ModelSpec;
pub use ordering_average::OrderingAverage;
pub use reverse::ReverseStep;
pub use vae::Vae;
