//! Autoregressive density models, normalizing flows and their neighbours: of tables of up to 64 columns and of known densities of the plane.
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
//! - [`density_model`]: a trained model by itself: fitted to rows in a line, asked, saved, loaded;
//! - [`backend`]: runs on the processor or on a GPU, behind one interface; with the feature `gpu` the kernels;
//! - [`manifest`]: what there is, as one object for the page.
//!
//! Rows in, a density out:
//!
//! ```
//! # let rows: Vec<[f64; 2]> = (0..200).map(|i| [f64::from(i).sin(), f64::from(i * i).cos()]).collect();
//! use density_playground::DensityModel;
//! let model = DensityModel::fit(&rows).unwrap();
//! let (log_p, new_rows) = (model.log_prob(&rows).unwrap(), model.sample(100, 1.0).unwrap());
//! # assert!(log_p.iter().all(|lp| lp.is_finite()) && new_rows.len() == 100);
//! ```
//!
//! What the page does, on one of its targets:
//!
//! ```
//! use density_playground::{Experiment, Session};
//! let mut session = Session::new(Experiment::default()).unwrap();
//! session.train(20).unwrap();
//! assert!(session.evaluate().known_kl() < 2.0);
//! ```
//!
//! Features: `gpu` trains on a GPU through wgpu; `views` and `manifest` are of the WebAssembly builds alone and change nothing elsewhere.
//!
//! Conventions: x is data, u is base; `forward` maps base to data; batches are row-major outside,
//! feature-major inside; logarithms are natural, so every NLL, entropy and KL is in nats, in the
//! target's own units.

pub mod backend;
pub mod baselines;
pub mod bijections;
#[cfg(target_arch = "wasm32")]
mod bindings;
pub mod density_model;
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

pub use density_model::DensityModel;
pub use error::Error;
pub use experiment::Experiment;
pub use session::Session;

/// The examples of the page for contributors, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../docs/contributing.md")]
struct Contributing;

/// The crate's own README, likewise.
#[cfg(doctest)]
#[doc = include_str!("../docs/crate.md")]
struct Readme;
