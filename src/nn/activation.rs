//! Activations between linear layers, with their first two derivatives.

use serde::{Deserialize, Serialize};

use crate::math::Scalar;

/// The nonlinearity between the linear layers of a network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Activation {
    /// max(0, z): fast; densities with creases.
    #[default]
    Relu,
    /// tanh z: smooth densities; about twice the time.
    Tanh,
    /// z / (1 + exp(-z)): as smooth, and does not saturate (Elfwing, Uchibe, Doya, "Sigmoid-weighted linear units", Neural Networks
    /// 107, 2018).
    Silu,
}

impl Activation {
    /// True where the derivatives can't be had from the output: a gradient then needs the input as well.
    pub fn needs_input(self) -> bool {
        self == Self::Silu
    }

    /// Applies the activation to every value.
    pub fn apply<T: Scalar>(self, values: &mut [T]) {
        match self {
            Self::Relu => values.iter_mut().for_each(|v| *v = v.max(T::zero())),
            Self::Tanh => values.iter_mut().for_each(|v| *v = v.fast_tanh()),
            Self::Silu => values.iter_mut().for_each(|v| *v *= logistic(*v)),
        }
    }

    /// Multiplies `grad`, the gradient of the outputs, by the derivative there. `inputs` are looked at where they are
    /// [needed](Self::needs_input), else they may be empty.
    pub fn pull_back<T: Scalar>(self, inputs: &[T], outputs: &[T], grad: &mut [T]) {
        let pairs = grad.iter_mut().zip(outputs);
        match self {
            Self::Relu => pairs.for_each(|(g, &y)| *g = if y > T::zero() { *g } else { T::zero() }),
            Self::Tanh => pairs.for_each(|(g, &y)| *g *= T::one() - y * y),
            Self::Silu => grad.iter_mut().zip(inputs).for_each(|(g, &z)| *g *= silu_slope(z)),
        }
    }

    /// The first derivative at each output, and its input where it is needed.
    pub fn slopes<T: Scalar>(self, inputs: &[T], outputs: &[T], slopes: &mut Vec<T>) {
        slopes.clear();
        match self {
            Self::Relu => {
                slopes.extend(outputs.iter().map(|&y| if y > T::zero() { T::one() } else { T::zero() }))
            }
            Self::Tanh => slopes.extend(outputs.iter().map(|&y| T::one() - y * y)),
            Self::Silu => slopes.extend(inputs.iter().map(|&z| silu_slope(z))),
        }
    }

    /// The second derivative likewise.
    pub fn bends<T: Scalar>(self, inputs: &[T], outputs: &[T], bends: &mut Vec<T>) {
        let two = T::of_f64(2.0);
        bends.clear();
        match self {
            Self::Relu => bends.resize(outputs.len(), T::zero()),
            Self::Tanh => bends.extend(outputs.iter().map(|&y| -two * y * (T::one() - y * y))),
            Self::Silu => bends.extend(inputs.iter().map(|&z| {
                let s = logistic(z);
                s * (T::one() - s) * (two + z * (T::one() - two * s))
            })),
        }
    }
}

/// 1 / (1 + exp(-z)).
#[inline(always)]
fn logistic<T: Scalar>(z: T) -> T {
    T::one() / (T::one() + (-z).fast_exp())
}

#[inline(always)]
fn silu_slope<T: Scalar>(z: T) -> T {
    let s = logistic(z);
    s * (T::one() + z * (T::one() - s))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derivatives_agree_with_central_differences() {
        for activation in [Activation::Relu, Activation::Tanh, Activation::Silu] {
            for z in [-30.0f64, -2.3, -0.4, 0.7, 3.1, 30.0] {
                let at = |z: f64| {
                    let mut y = [z];
                    activation.apply(&mut y);
                    y[0]
                };
                let slope = |z: f64| {
                    let mut slopes = Vec::new();
                    activation.slopes(&[z], &[at(z)], &mut slopes);
                    slopes[0]
                };
                let mut bends = Vec::new();
                activation.bends(&[z], &[at(z)], &mut bends);
                let h = 1e-5;
                assert!(((at(z + h) - at(z - h)) / (2.0 * h) - slope(z)).abs() < 1e-8, "{activation:?} {z}");
                let second = (slope(z + h) - slope(z - h)) / (2.0 * h);
                assert!((second - bends[0]).abs() < 1e-8, "{activation:?} {z}");
                let mut pulled = [1.0];
                activation.pull_back(&[z], &[at(z)], &mut pulled);
                assert_eq!(pulled[0], slope(z));
            }
        }
    }
}
