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
pub mod noise_schedule;
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
pub use matching::Matching;
pub use model::{Adversary, Density, ElboTerms, LatentVariables, LogProb, Model};
pub use model_spec::ModelSpec;
pub use noise_schedule::NoiseSchedule;
pub use ordering_average::OrderingAverage;
pub use reverse::ReverseStep;
pub use vae::Vae;
