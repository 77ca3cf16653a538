//! How far a model is from its target, and why: each a function that a view calls.

pub mod chain_rule;
pub mod conditionals;
pub mod geometry;
pub mod held_out;
pub mod memory;
pub mod modes;
pub mod network;
pub mod normality;
pub mod one_variable;
pub mod receipt;
pub mod ruler;
pub mod split;
pub mod support;
pub mod variational;

pub use held_out::{Evaluation, HeldOut, SampleEvaluation};
pub use split::Split;
pub use variational::Variational;
