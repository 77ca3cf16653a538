//! Autoregressive density models and normalizing flows on two-dimensional targets, trained live.
//!
//! The architecture, from the ground up; imports go down only:
//!
//! - [`math`]: the scalar trait, batches, matrix products, quadrature, counter-based random numbers;
//! - [`nn`]: masks, the masked multilayer perceptron, Adam, each with its hand-written gradient;
//! - [`bijections`]: the parts that flows are made of, in both directions, with gradients;
//! - [`targets`]: densities to learn, with sampler, log density and entropy;
//! - [`models`]: the flow, and the catalogue that says which composition each family is;
//! - [`experiment`]: the one type that describes a run;
//! - [`training`]: maximum likelihood and the reverse KL;
//! - [`diagnostics`]: how far a model is from its target, and why;
//! - [`baselines`]: what a model of a table has to be better than;
//! - [`session`]: one running Experiment and every query that a view can make of it;
//! - [`backend`]: runs on the processor or on a GPU, behind one interface; with the feature `gpu` the kernels;
//! - [`manifest`]: what there is, as one object for the page.
//!
//! Conventions: x is data, u is base; `forward` maps base to data; batches are row-major outside,
//! feature-major inside; logarithms are natural, so every NLL, entropy and KL is in nats, in the
//! target's own units.
//!
//! ```
//! use density_playground::{Experiment, Session};
//! let mut session = Session::new(Experiment::default()).unwrap();
//! session.train(20).unwrap();
//! assert!(session.evaluate().known_kl() < 2.0);
//! ```

pub mod backend;
pub mod baselines;
pub mod bijections;
#[cfg(target_arch = "wasm32")]
mod bindings;
pub mod diagnostics;
pub mod error;
pub mod experiment;
#[cfg(feature = "gpu")]
pub mod gpu;
pub mod manifest;
pub mod math;
pub mod models;
pub mod nn;
pub mod session;
mod tagged;
pub mod targets;
pub mod training;
#[cfg(feature = "gpu")]
pub mod wgsl;

pub use error::Error;
pub use experiment::Experiment;
pub use session::Session;

/// The examples of the page for contributors, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../docs/contributing.md")]
struct Contributing;
