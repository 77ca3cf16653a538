//! Density models: a flow is a base distribution and a list of bijections; the catalogue says which
//! list each family of the literature is.

pub mod base;
pub mod catalogue;
pub mod composition;
pub mod description;
pub mod ensemble;
pub mod fixture;
pub mod flow;
pub mod reverse;

pub use base::Base;
pub use catalogue::{Family, FamilyRow, OrderingPolicy};
pub use ensemble::Ensemble;
pub use flow::{Activations, Flow, TILE, Workspace};
pub use reverse::ReverseStep;
