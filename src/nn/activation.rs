//! Activations whose derivative is a function of their output, so that only outputs are stored.

use serde::{Deserialize, Serialize};

use crate::math::Scalar;

/// The nonlinearity between the linear layers of a conditioner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Activation {
    /// max(0, z): fast; densities with creases.
    #[default]
    Relu,
    /// tanh z: smooth densities; about twice the time.
    Tanh,
}

impl Activation {
    /// Applies the activation to every value.
    pub fn apply<T: Scalar>(self, values: &mut [T]) {
        match self {
            Self::Relu => values.iter_mut().for_each(|v| *v = v.max(T::zero())),
            Self::Tanh => values.iter_mut().for_each(|v| *v = v.fast_tanh()),
        }
    }

    /// Multiplies `grad`, the gradient of the outputs, by the derivative at those `outputs`.
    pub fn pull_back<T: Scalar>(self, outputs: &[T], grad: &mut [T]) {
        let pairs = grad.iter_mut().zip(outputs);
        match self {
            Self::Relu => pairs.for_each(|(g, &y)| *g = if y > T::zero() { *g } else { T::zero() }),
            Self::Tanh => pairs.for_each(|(g, &y)| *g *= T::one() - y * y),
        }
    }
}
