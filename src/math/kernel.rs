//! The products of training in single precision, shaped for layers some tens wide on a tile of a batch.
//!
//! All three share one idea: a block of a few rows by two vectors of results stays in registers while the inner index runs, so
//! that an inner step is many multiply-adds for few loads. The factors of a block's rows are packed once for the whole tile,
//! and each is spread over a vector as it is read. [`matrix`] holds the plain versions, which are the tests of these.
//!
//! The vectors are as wide as the machine has them: chosen at run time on x86-64, 128 bits in WebAssembly, there with a fused
//! multiply-add where the build has relaxed SIMD.

/// Rows of a block: with two vectors each as many sums as registers hold beside the operands. Browsers keep a few of the sixteen
/// to themselves, and what doesn't fit is spilled at each step.
const ROWS: usize = if cfg!(target_arch = "wasm32") { 4 } else { 6 };
/// Vectors of a block.
const VECTORS: usize = 2;

use super::matrix;

/// One vector of the machine.
trait Lanes: Copy {
    /// Numbers in it.
    const COUNT: usize;
    fn splat(value: f32) -> Self;
    /// The first `COUNT` numbers of a slice at least that long.
    fn load(from: &[f32]) -> Self;
    fn store(self, to: &mut [f32]);
    /// `self + a * b`, with one rounding or two.
    fn add_product(self, a: Self, b: Self) -> Self;
}

/// Any machine's vectors by way of the compiler's; `FUSED` where it has a fused multiply-add.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Copy)]
struct Array<const N: usize, const FUSED: bool>([f32; N]);

#[cfg(not(target_arch = "wasm32"))]
impl<const N: usize, const FUSED: bool> Lanes for Array<N, FUSED> {
    const COUNT: usize = N;

    #[inline(always)]
    fn splat(value: f32) -> Self {
        Self([value; N])
    }

    #[inline(always)]
    fn load(from: &[f32]) -> Self {
        Self(from[..N].try_into().expect("as long as asked for"))
    }

    #[inline(always)]
    fn store(self, to: &mut [f32]) {
        to[..N].copy_from_slice(&self.0);
    }

    #[inline(always)]
    fn add_product(mut self, a: Self, b: Self) -> Self {
        for lane in 0..N {
            let (x, y) = (a.0[lane], b.0[lane]);
            self.0[lane] = if FUSED { x.mul_add(y, self.0[lane]) } else { self.0[lane] + x * y };
        }
        self
    }
}

#[cfg(target_arch = "wasm32")]
mod wasm {
    use std::arch::wasm32::{f32x4, f32x4_extract_lane, f32x4_splat, v128};

    /// Four lanes.
    #[derive(Clone, Copy)]
    pub struct Four(v128);

    impl super::Lanes for Four {
        const COUNT: usize = 4;

        #[inline(always)]
        fn splat(value: f32) -> Self {
            Self(f32x4_splat(value))
        }

        #[inline(always)]
        fn load(from: &[f32]) -> Self {
            let from: &[f32; 4] = from[..4].try_into().expect("as long as asked for");
            Self(f32x4(from[0], from[1], from[2], from[3]))
        }

        #[inline(always)]
        fn store(self, to: &mut [f32]) {
            let to = &mut to[..4];
            to[0] = f32x4_extract_lane::<0>(self.0);
            to[1] = f32x4_extract_lane::<1>(self.0);
            to[2] = f32x4_extract_lane::<2>(self.0);
            to[3] = f32x4_extract_lane::<3>(self.0);
        }

        #[cfg(target_feature = "relaxed-simd")]
        #[inline(always)]
        fn add_product(self, a: Self, b: Self) -> Self {
            Self(std::arch::wasm32::f32x4_relaxed_madd(a.0, b.0, self.0))
        }

        #[cfg(not(target_feature = "relaxed-simd"))]
        #[inline(always)]
        fn add_product(self, a: Self, b: Self) -> Self {
            Self(std::arch::wasm32::f32x4_add(self.0, std::arch::wasm32::f32x4_mul(a.0, b.0)))
        }
    }
}

/// `output (rows, batch)` from `factors (inner, rows)`, given panel by panel, and `input (inner, batch)`: each number of it starts as
/// `start` says and gains the sum over the inner index of factor times input.
///
/// Columns that don't fill a vector are taken in one padded with zeros: a point's result is the same to the last bit wherever in a
/// batch it stands.
#[inline(always)]
fn product<L: Lanes>(
    rows: usize,
    batch: usize,
    input: &[f32],
    output: &mut [f32],
    pack: impl Fn(usize, &mut [[f32; ROWS]]),
    start: &Start<'_>,
) {
    let inner = input.len() / batch;
    let whole = batch / L::COUNT * L::COUNT;
    let left = batch - whole;
    let mut panel = vec![[0.0; ROWS]; inner];
    let mut padded = vec![0.0; if left > 0 { inner * L::COUNT } else { 0 }];
    let mut result = vec![0.0; if left > 0 { ROWS * L::COUNT } else { 0 }];
    if left > 0 {
        for (to, row) in padded.chunks_exact_mut(L::COUNT).zip(input.chunks_exact(batch)) {
            to[..left].copy_from_slice(&row[whole..]);
        }
    }
    for first in (0..rows).step_by(ROWS) {
        let count = ROWS.min(rows - first);
        pack(first, &mut panel);
        let out = &mut output[first * batch..(first + count) * batch];
        let mut from = 0;
        while from + VECTORS * L::COUNT <= batch {
            block::<L, VECTORS>(&panel, input, out, batch, from, first, start);
            from += VECTORS * L::COUNT;
        }
        while from + L::COUNT <= batch {
            block::<L, 1>(&panel, input, out, batch, from, first, start);
            from += L::COUNT;
        }
        if left > 0 {
            let result = &mut result[..count * L::COUNT];
            for (to, row) in result.chunks_exact_mut(L::COUNT).zip(out.chunks_exact(batch)) {
                to[..left].copy_from_slice(&row[whole..]);
            }
            block::<L, 1>(&panel, &padded, result, L::COUNT, 0, first, start);
            for (from, row) in result.chunks_exact(L::COUNT).zip(out.chunks_exact_mut(batch)) {
                row[whole..].copy_from_slice(&from[..left]);
            }
        }
    }
}

/// What a product is added to.
enum Start<'a> {
    /// One number for each row.
    Bias(&'a [f32]),
    /// What is there.
    Output,
}

/// One block of [`product`]: up to ROWS rows of `out`, S vectors from column `from`.
#[inline(always)]
fn block<L: Lanes, const S: usize>(
    panel: &[[f32; ROWS]],
    input: &[f32],
    out: &mut [f32],
    batch: usize,
    from: usize,
    first: usize,
    start: &Start<'_>,
) {
    // Loops over a constant number of rows, so that the sums stay in registers.
    let count = out.len() / batch;
    let mut sums = [[L::splat(0.0); S]; ROWS];
    for r in 0..ROWS {
        for s in 0..S {
            if r < count {
                sums[r][s] = match start {
                    Start::Bias(bias) => L::splat(bias[first + r]),
                    Start::Output => L::load(&out[r * batch + from + s * L::COUNT..]),
                };
            }
        }
    }
    for (factors, row) in panel.iter().zip(input.chunks_exact(batch)) {
        let row = &row[from..from + S * L::COUNT];
        let mut vectors = [L::splat(0.0); S];
        for s in 0..S {
            vectors[s] = L::load(&row[s * L::COUNT..]);
        }
        for r in 0..ROWS {
            let factor = L::splat(factors[r]);
            for s in 0..S {
                sums[r][s] = sums[r][s].add_product(factor, vectors[s]);
            }
        }
    }
    for r in 0..ROWS {
        for s in 0..S {
            if r < count {
                sums[r][s].store(&mut out[r * batch + from + s * L::COUNT..]);
            }
        }
    }
}

#[inline(always)]
fn affine_with<L: Lanes>(weight: &[f32], bias: &[f32], input: &[f32], output: &mut [f32], batch: usize) {
    let inputs = weight.len() / bias.len();
    let pack = |first: usize, panel: &mut [[f32; ROWS]]| {
        for (r, row) in weight.chunks_exact(inputs).skip(first).take(ROWS).enumerate() {
            panel.iter_mut().zip(row).for_each(|(to, &w)| to[r] = w);
        }
    };
    product::<L>(bias.len(), batch, input, output, pack, &Start::Bias(bias));
}

#[inline(always)]
fn add_input_gradient_with<L: Lanes>(
    weight: &[f32],
    grad_output: &[f32],
    grad_input: &mut [f32],
    batch: usize,
) {
    let inputs = grad_input.len() / batch;
    let pack = |first: usize, panel: &mut [[f32; ROWS]]| {
        let count = ROWS.min(inputs - first);
        for (to, row) in panel.iter_mut().zip(weight.chunks_exact(inputs)) {
            to[..count].copy_from_slice(&row[first..first + count]);
        }
    };
    product::<L>(inputs, batch, grad_output, grad_input, pack, &Start::Output);
}

/// `to (columns, rows)` becomes the transpose of `from (rows, columns)`, in squares that fit the registers.
#[inline(always)]
fn transpose(from: &[f32], to: &mut [f32], rows: usize, columns: usize) {
    const SIDE: usize = 8;
    let (whole_rows, whole_columns) = (rows / SIDE * SIDE, columns / SIDE * SIDE);
    for r in (0..whole_rows).step_by(SIDE) {
        for c in (0..whole_columns).step_by(SIDE) {
            let mut square = [[0.0; SIDE]; SIDE];
            for (i, line) in square.iter_mut().enumerate() {
                line.copy_from_slice(&from[(r + i) * columns + c..][..SIDE]);
            }
            for i in 0..SIDE {
                let line = &mut to[(c + i) * rows + r..][..SIDE];
                for (k, value) in line.iter_mut().enumerate() {
                    *value = square[k][i];
                }
            }
        }
    }
    for r in 0..rows {
        let first = if r < whole_rows { whole_columns } else { 0 };
        for c in first..columns {
            to[c * rows + r] = from[r * columns + c];
        }
    }
}

/// The sum over the batch is the inner index here: with the input transposed it is the same product, and no vector has to be
/// summed up.
#[inline(always)]
fn add_weight_gradient_with<L: Lanes>(
    grad_output: &[f32],
    input: &[f32],
    grad_weight: &mut [f32],
    grad_bias: &mut [f32],
    batch: usize,
) {
    let (outputs, inputs) = (grad_bias.len(), input.len() / batch);
    for (bias, row) in grad_bias.iter_mut().zip(grad_output.chunks_exact(batch)) {
        *bias += matrix::total(row);
    }
    let mut turned = vec![0.0; input.len()];
    transpose(input, &mut turned, inputs, batch);
    let pack = |first: usize, panel: &mut [[f32; ROWS]]| {
        for (r, row) in grad_output.chunks_exact(batch).skip(first).take(ROWS).enumerate() {
            panel.iter_mut().zip(row).for_each(|(to, &g)| to[r] = g);
        }
    };
    product::<L>(outputs, inputs, &turned, grad_weight, pack, &Start::Output);
}

/// Makes the three public products: each picks the widest vectors that the machine has.
macro_rules! for_this_machine {
    ($(#[$doc:meta])* $name:ident, $generic:ident, ($($argument:ident: $type:ty),*)) => {
        $(#[$doc])*
        pub fn $name($($argument: $type),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f")]
                fn wide($($argument: $type),*) {
                    $generic::<Array<16, true>>($($argument),*);
                }
                #[target_feature(enable = "avx2,fma")]
                fn middle($($argument: $type),*) {
                    $generic::<Array<8, true>>($($argument),*);
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
            $generic::<wasm::Four>($($argument),*);
            #[cfg(not(target_arch = "wasm32"))]
            $generic::<Array<4, { cfg!(target_arch = "aarch64") }>>($($argument),*);
        }
    };
}

for_this_machine!(
    /// `output (out, batch) = weight (out, inputs) * input (inputs, batch) + bias (out)`.
    affine,
    affine_with,
    (weight: &[f32], bias: &[f32], input: &[f32], output: &mut [f32], batch: usize)
);

for_this_machine!(
    /// `grad_input (inputs, batch) += weight' * grad_output (outputs, batch)`.
    add_input_gradient,
    add_input_gradient_with,
    (weight: &[f32], grad_output: &[f32], grad_input: &mut [f32], batch: usize)
);

for_this_machine!(
    /// `grad_weight (outputs, inputs) += grad_output (outputs, batch) * input' (batch, inputs)`, and
    /// `grad_bias (outputs) += ` the sum of `grad_output` over the batch.
    add_weight_gradient,
    add_weight_gradient_with,
    (
        grad_output: &[f32],
        input: &[f32],
        grad_weight: &mut [f32],
        grad_bias: &mut [f32],
        batch: usize
    )
);

#[cfg(test)]
mod tests {
    use super::*;
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
            affine(&weight, &bias, &input, &mut output, batch);
            assert!(output.chunks_exact(batch).all(|row| row.iter().all(|&v| v == row[0])), "{batch}");
        }
    }

    proptest! {
        /// Every shape, odd ones and remainders included, against the plain products in double precision.
        #[test]
        fn kernels_agree_with_the_plain_products(
            outputs in 1usize..40, inputs in 1usize..40, batch in 1usize..150
        ) {
            let (weight, bias) = (values(outputs * inputs, 1), values(outputs, 2));
            let (input, grad) = (values(inputs * batch, 3), values(outputs * batch, 4));

            let mut output = vec![7.0; outputs * batch];
            affine(&weight, &bias, &input, &mut output, batch);
            let mut plain = vec![0.0; output.len()];
            matrix::affine(&wide(&weight), &wide(&bias), &wide(&input), &mut plain, batch);
            prop_assert!(near(&output, &plain));

            let mut grad_input = values(inputs * batch, 5);
            let mut plain = wide(&grad_input);
            add_input_gradient(&weight, &grad, &mut grad_input, batch);
            matrix::add_input_gradient(&wide(&weight), &wide(&grad), &mut plain, batch);
            prop_assert!(near(&grad_input, &plain));

            let (mut grad_weight, mut grad_bias) = (values(outputs * inputs, 6), values(outputs, 7));
            let (mut plain, mut plain_bias) = (wide(&grad_weight), wide(&grad_bias));
            add_weight_gradient(&grad, &input, &mut grad_weight, &mut grad_bias, batch);
            matrix::add_weight_gradient(&wide(&grad), &wide(&input), &mut plain, &mut plain_bias, batch);
            prop_assert!(near(&grad_weight, &plain) && near(&grad_bias, &plain_bias));
        }
    }
}
