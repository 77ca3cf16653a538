//! What each bijection's own file says of it beside its maps.

use serde::Serialize;

#[cfg(feature = "gpu")]
use super::Kernel;
use super::{Bijection, Structure};
use crate::math::Scalar;

/// A bijection as data, before it is built.
pub trait Spec {
    /// The bijection itself.
    fn build<T: Scalar>(&self) -> Box<dyn Bijection<T>>;

    /// What a program that evaluates a saved model has to know of it: its `kind`, `at`, where its parameters begin, and what else
    /// it depends on. The bijection's own docs say how its parameters lie.
    fn describe(&self, at: usize) -> impl Serialize;

    /// Which variables of the base move which of the data.
    fn dependence(&self) -> Dependence<'_> {
        Dependence::Each
    }

    /// What it is on a GPU. An error is the end of “The GPU is not used: …”.
    #[cfg(feature = "gpu")]
    fn kernel(&self) -> Result<Kernel, String>;
}

/// Which variables a bijection lets move which.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Dependence<'a> {
    /// Each moves itself alone.
    Each,
    /// Each is moved by itself and, where it is transformed, by the read ones of lower rank.
    Ranked(&'a Structure),
    /// Each moves all.
    All,
}
