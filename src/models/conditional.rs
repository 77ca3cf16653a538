//! The conditional densities of NADE and MADE. A new one is a variant here and a map in `bijections/univariate/`.

use serde::{Deserialize, Serialize};

use crate::bijections::Affine;
use crate::bijections::univariate::{GaussianMixture, MAX_COMPONENTS, Shift, UnivariateSpec};
use crate::error::{Error, whole};
use crate::math::Tails;
use crate::tagged::tagged_fields;

/// A family of densities on the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "kebab-case", try_from = "Fields")]
pub enum Conditional {
    /// One Gaussian.
    #[default]
    Gaussian,
    /// A mixture of Gaussians.
    Mixture {
        /// Number of components, 1 to 32.
        components: usize,
    },
    /// A Laplace density.
    Laplace,
    /// A Student-t density whose degrees of freedom are learned.
    StudentT,
}

tagged_fields!(Fields, Kind of Conditional { Gaussian {}, Mixture { components: usize }, Laplace {}, StudentT {} });

impl Conditional {
    /// Checks its fields; `path` is where it stands in an Experiment.
    pub fn validate(&self, path: &str) -> Result<(), Error> {
        match *self {
            Self::Mixture { components } => whole(&format!("{path}.components"), components, MAX_COMPONENTS),
            Self::Gaussian | Self::Laplace | Self::StudentT => Ok(()),
        }
    }

    /// Whether all moments of its densities are finite.
    pub fn tails(&self) -> Tails {
        match *self {
            Self::Gaussian | Self::Mixture { .. } | Self::Laplace => Tails::Light,
            Self::StudentT => Tails::Heavy,
        }
    }

    /// The map that carries the base to this density. `shift`: how a Gaussian's mean is told.
    pub fn univariate(&self, shift: Shift) -> UnivariateSpec {
        match *self {
            Self::Gaussian => UnivariateSpec::Affine(Affine::trained(shift)),
            Self::Mixture { components } => UnivariateSpec::Mixture(GaussianMixture { components }),
            Self::Laplace => UnivariateSpec::Laplace,
            Self::StudentT => UnivariateSpec::StudentT,
        }
    }
}
