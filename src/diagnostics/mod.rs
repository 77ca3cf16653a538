//! How far a model is from its target.

pub mod held_out;

pub use held_out::{Evaluation, HeldOut};
