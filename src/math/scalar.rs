//! The scalar that the whole core is generic over.

use super::{Edges, Real, kernel, matrix, special};

/// A real number with the products of training, by the fastest way there is for its type.
pub trait Scalar: Real {
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
    #[inline(always)]
    fn fast_exp(self) -> Self {
        special::exp_single(self)
    }
    #[inline(always)]
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

impl Scalar for f64 {}
