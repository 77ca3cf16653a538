//! The maps of one variable as data. A new one is a file beside this one and a variant here.

use serde::Serialize;

use super::gaussianisation::{GaussianMixture, Gaussianise, Laplace, StudentT};
use super::{Additive, Affine, Inverted, Spline, Univariate};
use crate::math::Scalar;
#[cfg(feature = "gpu")]
use crate::wgsl::{Fragment, whole};

/// What is done to a variable: the one description that the core, the kernels and a saved model's header share.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum UnivariateSpec {
    /// A shift.
    Additive,
    /// Shift and scale.
    Affine(Affine),
    /// A rational-quadratic spline.
    Spline(Spline),
    /// The distribution function of a mixture of Gaussians.
    Mixture(GaussianMixture),
    /// Of a Laplace density.
    Laplace,
    /// Of a Student-t density.
    StudentT,
}

impl UnivariateSpec {
    /// Numbers of the conditioner's that the map of one variable takes.
    pub fn parameters(self) -> usize {
        self.build::<f32>().parameters()
    }

    /// The map itself.
    pub fn build<T: Scalar>(self) -> Box<dyn Univariate<T>> {
        match self {
            Self::Additive => Box::new(Additive),
            Self::Affine(affine) => Box::new(affine),
            Self::Spline(spline) => Box::new(Inverted(spline)),
            Self::Mixture(mixture) => Box::new(Inverted(Gaussianise(mixture))),
            Self::Laplace => Box::new(Inverted(Gaussianise(Laplace))),
            Self::StudentT => Box::new(Inverted(Gaussianise(StudentT))),
        }
    }
}

#[cfg(feature = "gpu")]
impl UnivariateSpec {
    /// The map's functions for the GPU, in two directions and with their gradients. An error is the end of “The GPU is not used: …”.
    pub fn wgsl(self) -> Result<Fragment, String> {
        let inverted = |fragment: Fragment| {
            // Easier from data to base: one file makes the other direction of it.
            let mut fragment = fragment.with("COUNT", whole(self.parameters()));
            fragment.files.push(include_str!("shaders/inverted.wgsl"));
            fragment
        };
        Ok(match self {
            Self::Additive => Additive.wgsl(),
            Self::Affine(affine) => affine.wgsl(),
            Self::Spline(spline) => inverted(spline.wgsl()),
            Self::Mixture(mixture) => inverted(mixture.wgsl()),
            Self::Laplace => inverted(Laplace.wgsl()),
            Self::StudentT => return Err("a Student-t conditional needs double precision".into()),
        })
    }
}
