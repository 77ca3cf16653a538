//! All tests of the core through its public interface, as one program: it is compiled and linked once, and its trainings keep every
//! processor busy until the last one. A part of it: `cargo test --test all quality::`.

mod averaging;
mod bijections;
mod chain_rule;
mod common;
mod density_models;
mod diagnostics;
mod families;
mod few_points;
#[cfg(feature = "gpu")]
mod gpu;
mod gradients;
mod imports;
mod models;
mod one_variable;
mod parity;
mod quality;
mod queries;
mod random_experiments;
mod readers;
mod receipt;
mod ruler;
mod sessions;
#[cfg(feature = "gpu")]
mod shaders;
mod table_sessions;
mod tables;
mod targets;
mod variational;
