//! The scalar that the whole core is generic over.

use std::fmt::{Debug, Display};
use std::iter::Sum;

use nalgebra::RealField;

use super::{kernel, matrix, special};
use crate::nn::Edges;

/// A floating-point number: `f32` where it runs, `f64` where gradients and densities are checked.
///
/// Transcendental functions come from [`RealField`]; this trait adds conversions and the few
/// functions whose name says what the field means.
pub trait Scalar: RealField + Copy + Default + Debug + Display + Sum + Send + Sync + 'static {
    /// The nearest value of this type.
    fn of_f64(value: f64) -> Self;
    /// This value in double precision.
    fn to_f64(self) -> f64;

    /// e^self, such that a loop of them becomes vectors where that is worth a unit in the last place.
    fn fast_exp(self) -> Self {
        self.exp()
    }
    /// tanh, likewise.
    fn fast_tanh(self) -> Self {
        self.tanh()
    }

    /// [`matrix::affine`], by the fastest way there is for this type; what `edges` leave out need not be multiplied.
    fn affine(
        weight: &[Self],
        bias: &[Self],
        _edges: Option<&Edges>,
        rectify: bool,
        input: &[Self],
        output: &mut [Self],
        batch: usize,
    ) {
        matrix::affine(weight, bias, rectify, input, output, batch);
    }
    /// [`matrix::input_gradient`], likewise.
    fn input_gradient(
        weight: &[Self],
        _edges: Option<&Edges>,
        grad_output: &[Self],
        gate: Option<&[Self]>,
        grad_input: &mut [Self],
        batch: usize,
    ) {
        matrix::input_gradient(weight, grad_output, gate, grad_input, batch);
    }
    /// [`matrix::add_weight_gradient`], likewise.
    fn add_weight_gradient(
        grad_output: &[Self],
        _edges: Option<&Edges>,
        input: &[Self],
        grad_weight: &mut [Self],
        grad_bias: &mut [Self],
        batch: usize,
    ) {
        matrix::add_weight_gradient(grad_output, input, grad_weight, grad_bias, batch);
    }
}

impl Scalar for f32 {
    #[inline]
    fn of_f64(value: f64) -> Self {
        value as f32
    }
    #[inline]
    fn to_f64(self) -> f64 {
        f64::from(self)
    }
    #[inline]
    fn fast_exp(self) -> Self {
        special::exp_single(self)
    }
    #[inline]
    fn fast_tanh(self) -> Self {
        special::tanh_single(self)
    }
    fn affine(
        weight: &[Self],
        bias: &[Self],
        edges: Option<&Edges>,
        rectify: bool,
        input: &[Self],
        output: &mut [Self],
        batch: usize,
    ) {
        kernel::affine(weight, bias, edges, rectify, input, output, batch);
    }
    fn input_gradient(
        weight: &[Self],
        edges: Option<&Edges>,
        grad_output: &[Self],
        gate: Option<&[Self]>,
        grad_input: &mut [Self],
        batch: usize,
    ) {
        kernel::input_gradient(weight, edges, grad_output, gate, grad_input, batch);
    }
    fn add_weight_gradient(
        grad_output: &[Self],
        edges: Option<&Edges>,
        input: &[Self],
        grad_weight: &mut [Self],
        grad_bias: &mut [Self],
        batch: usize,
    ) {
        kernel::add_weight_gradient(grad_output, edges, input, grad_weight, grad_bias, batch);
    }
}

impl Scalar for f64 {
    #[inline]
    fn of_f64(value: f64) -> Self {
        value
    }
    #[inline]
    fn to_f64(self) -> f64 {
        self
    }
}

/// ln(2 pi).
pub const LN_2PI: f64 = 1.837_877_066_409_345_3;

/// ln(exp(a_1) + ... + exp(a_n)), without overflow; minus infinity for an empty list.
///
/// ```
/// use density_playground::math::scalar::log_sum_exp;
/// assert!((log_sum_exp([-1000.0, -1000.0].into_iter()) - (-1000.0 + 2f64.ln())).abs() < 1e-12);
/// ```
pub fn log_sum_exp(terms: impl Iterator<Item = f64> + Clone) -> f64 {
    let largest = terms.clone().fold(f64::NEG_INFINITY, f64::max);
    if largest == f64::NEG_INFINITY {
        return largest;
    }
    largest + terms.map(|t| (t - largest).exp()).sum::<f64>().ln()
}

/// log density of a one-dimensional normal at `x`, in nats.
pub fn log_normal(x: f64, mean: f64, deviation: f64) -> f64 {
    let z = (x - mean) / deviation;
    -0.5 * (z * z + LN_2PI) - deviation.ln()
}
