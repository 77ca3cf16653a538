//! The products of training in single precision, shaped for layers some tens wide on a tile of a batch.
//!
//! All share one idea: a block of results stays in registers while the inner index runs, so that an inner step is many
//! multiply-adds for few loads. Nothing is packed or transposed: forward and backward spread a weight over the points of a
//! vector, the weight gradient adds up products lane by lane. What a mask cuts is not multiplied ([`Edges`]), and the rectifier
//! and its derivative happen to a block while it is in registers. [`matrix`](super::matrix) holds the plain versions, which are
//! the tests of these.
//!
//! The vectors are as wide as the machine has them: chosen at run time on x86-64, 128 bits in WebAssembly, there with a fused
//! multiply-add where the build has relaxed SIMD.

mod lanes;
mod product;
mod weight_gradient;

use crate::math::Edges;

/// Makes the three public products: each picks the widest vectors that the machine has.
macro_rules! for_this_machine {
    ($(#[$doc:meta])* $name:ident, $generic:path, ($($argument:ident: $type:ty),*)) => {
        $(#[$doc])*
        #[allow(clippy::too_many_arguments, reason = "a product takes its operands and their shape")]
        pub fn $name($($argument: $type),*) {
            use $generic as generic;
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx2,fma")]
                fn wide($($argument: $type),*) {
                    generic::<lanes::Sixteen>($($argument),*);
                }
                #[target_feature(enable = "avx2,fma")]
                fn middle($($argument: $type),*) {
                    generic::<lanes::Eight>($($argument),*);
                }
                if std::arch::is_x86_feature_detected!("avx512f") {
                    #[allow(unsafe_code, reason = "the machine was just asked for these vectors")]
                    return unsafe { wide($($argument),*) };
                }
                if std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma") {
                    #[allow(unsafe_code, reason = "the machine was just asked for these vectors")]
                    return unsafe { middle($($argument),*) };
                }
            }
            #[cfg(target_arch = "wasm32")]
            generic::<lanes::Four>($($argument),*);
            #[cfg(not(target_arch = "wasm32"))]
            generic::<lanes::Array<4, { cfg!(target_arch = "aarch64") }>>($($argument),*);
        }
    };
}

for_this_machine!(
    /// `output (out, batch) = weight (out, inputs) * input (inputs, batch) + bias (out)`, then max(0, each) where asked to
    /// `rectify`. Weights that `edges` leave out are taken to be zero.
    affine,
    product::affine,
    (
        weight: &[f32],
        bias: &[f32],
        edges: Option<&Edges>,
        rectify: bool,
        input: &[f32],
        output: &mut [f32],
        batch: usize
    )
);

for_this_machine!(
    /// `grad_input (inputs, batch) = weight' * grad_output (outputs, batch)`, zero where `gate (inputs, batch)` is not above zero.
    input_gradient,
    product::input_gradient,
    (
        weight: &[f32],
        edges: Option<&Edges>,
        grad_output: &[f32],
        gate: Option<&[f32]>,
        grad_input: &mut [f32],
        batch: usize
    )
);

for_this_machine!(
    /// `grad_weight (outputs, inputs) += grad_output (outputs, batch) * input' (batch, inputs)` at least along the `edges`, and
    /// `grad_bias (outputs) += ` the sum of `grad_output` over the batch.
    add_weight_gradient,
    weight_gradient::add_weight_gradient,
    (
        grad_output: &[f32],
        edges: Option<&Edges>,
        input: &[f32],
        grad_weight: &mut [f32],
        grad_bias: &mut [f32],
        batch: usize
    )
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::matrix;
    use proptest::prelude::*;

    fn values(count: usize, salt: usize) -> Vec<f32> {
        (0..count).map(|i| ((i * 7919 + salt * 104_729) % 1009) as f32 / 504.5 - 1.0).collect()
    }

    fn wide(values: &[f32]) -> Vec<f64> {
        values.iter().map(|&v| f64::from(v)).collect()
    }

    fn near(ours: &[f32], plain: &[f64]) -> bool {
        ours.iter().zip(plain).all(|(&a, b)| (f64::from(a) - b).abs() < 1e-4 * b.abs().max(1.0))
    }

    /// A batch of equal points gives equal results, whichever place a point has in it.
    #[test]
    fn results_do_not_depend_on_the_place_in_the_batch() {
        for batch in [1, 5, 100, 127, 128] {
            let (weight, bias) = (values(9 * 7, 1), values(9, 2));
            let input: Vec<f32> = values(7, 3).iter().flat_map(|&v| vec![v; batch]).collect();
            let mut output = vec![0.0; 9 * batch];
            affine(&weight, &bias, None, false, &input, &mut output, batch);
            assert!(output.chunks_exact(batch).all(|row| row.iter().all(|&v| v == row[0])), "{batch}");
        }
    }

    /// Weights with zeros where a mask of that many true entries in each row, from a place that moves with the row, has none.
    fn cut(outputs: usize, inputs: usize, width: usize) -> (Vec<f32>, Vec<bool>) {
        let mask: Vec<bool> = (0..outputs * inputs)
            .map(|e| {
                let (o, i) = (e / inputs, e % inputs);
                let low = o * 3 % inputs;
                (low..low + width).contains(&i)
            })
            .collect();
        let weight =
            values(outputs * inputs, 1).into_iter().zip(&mask).map(|(w, &m)| if m { w } else { 0.0 });
        (weight.collect(), mask)
    }

    proptest! {
        /// Every shape, odd ones, remainders and masks included, against the plain products in double precision.
        #[test]
        fn kernels_agree_with_the_plain_products(
            outputs in 1usize..40, inputs in 1usize..40, batch in 1usize..150, width in 0usize..50,
            rectify in any::<bool>()
        ) {
            let (weight, mask) = cut(outputs, inputs, width);
            let edges = Edges::new(&mask, inputs);
            let bias = values(outputs, 2);
            let (input, grad) = (values(inputs * batch, 3), values(outputs * batch, 4));

            let mut output = vec![7.0; outputs * batch];
            affine(&weight, &bias, edges.as_ref(), rectify, &input, &mut output, batch);
            let mut plain = vec![0.0; output.len()];
            matrix::affine(&wide(&weight), &wide(&bias), rectify, &wide(&input), &mut plain, batch);
            prop_assert!(near(&output, &plain));

            let gate = values(inputs * batch, 5);
            for gate in [None, Some(gate.as_slice())] {
                let (mut grad_input, mut plain) = (vec![7.0; inputs * batch], vec![0.0; inputs * batch]);
                input_gradient(&weight, edges.as_ref(), &grad, gate, &mut grad_input, batch);
                let gate = gate.map(wide);
                matrix::input_gradient(&wide(&weight), &wide(&grad), gate.as_deref(), &mut plain, batch);
                prop_assert!(near(&grad_input, &plain));
            }

            let (mut grad_weight, mut grad_bias) = (values(outputs * inputs, 6), values(outputs, 7));
            let (mut plain_weight, mut plain_bias) = (wide(&grad_weight), wide(&grad_bias));
            add_weight_gradient(&grad, edges.as_ref(), &input, &mut grad_weight, &mut grad_bias, batch);
            matrix::add_weight_gradient(&wide(&grad), &wide(&input), &mut plain_weight, &mut plain_bias, batch);
            for edge in (0..mask.len()).filter(|&edge| !mask[edge]) {
                (grad_weight[edge], plain_weight[edge]) = (0.0, 0.0);
            }
            prop_assert!(near(&grad_weight, &plain_weight));
            prop_assert!(near(&grad_bias, &plain_bias));
        }
    }
}
