//! Weights times a tile of a batch, forward and backward.

use super::lanes::Lanes;
use crate::math::Edges;

/// Rows of the tallest block: with two vectors each as many sums as registers hold beside the operands. Browsers keep a few of
/// the sixteen to themselves, and what doesn't fit is spilled at each step.
const ROWS: usize = if cfg!(target_arch = "wasm32") { 4 } else { 6 };

/// Where the factors of row r and inner index k are.
#[derive(Clone, Copy)]
enum Factors<'a> {
    /// `(rows, inner)`: those of a row one after the other.
    ByRow(&'a [f32]),
    /// `(inner, rows)`: those of an inner index one after the other.
    ByInner(&'a [f32]),
}

/// What a block begins with and what is done to it before it is stored.
#[derive(Clone, Copy)]
enum Finish<'a> {
    /// Begins with a number for each row; rectified or not.
    Layer { bias: &'a [f32], rectify: bool },
    /// Begins with zero; kept where the gate, of the output's shape, is above zero.
    Gradient { gate: Option<&'a [f32]> },
}

/// Vectors of the widest block: a batch is a multiple of so many.
const VECTORS: usize = 4;

/// The operands of a whole product: `output (rows, batch)`, `input (inner, batch)`, the batch whole blocks.
struct Product<'a> {
    factors: Factors<'a>,
    rows: usize,
    inner: usize,
    input: &'a [f32],
    batch: usize,
    finish: Finish<'a>,
}

/// One inner step of a block: R factors, each times S vectors.
#[inline(always)]
fn step<L: Lanes, const R: usize, const S: usize>(
    sums: &mut [[L; S]; R],
    vectors: &[L::Chunk],
    factors: [f32; R],
) {
    // Loops, not closures: a closure that the compiler doesn't inline knows nothing of the machine's vectors.
    let mut loaded = [L::splat(0.0); S];
    for s in 0..S {
        loaded[s] = L::load(&vectors[s]);
    }
    for r in 0..R {
        let factor = L::splat(factors[r]);
        for s in 0..S {
            sums[r][s] = sums[r][s].add_product(factor, loaded[s]);
        }
    }
}

impl Product<'_> {
    /// One block: R rows from `first`, S vectors from the vector `from`, over the inner indices of `span`.
    #[inline(always)]
    fn block<L: Lanes, const R: usize, const S: usize>(
        &self,
        output: &mut [f32],
        first: usize,
        from: usize,
        (low, high): (usize, usize),
    ) {
        let per_line = self.batch / L::COUNT;
        let mut sums = [[L::splat(0.0); S]; R];
        if let Finish::Layer { bias, .. } = self.finish {
            let bias = &bias[first..first + R];
            for r in 0..R {
                sums[r] = [L::splat(bias[r]); S];
            }
        }
        if low < high {
            let lines = L::chunks(self.input)[low * per_line..high * per_line].chunks_exact(per_line);
            match self.factors {
                Factors::ByRow(weight) => {
                    let mut rows: [&[f32]; R] = [&[]; R];
                    for r in 0..R {
                        rows[r] = &weight[(first + r) * self.inner..][low..high];
                    }
                    for (k, line) in lines.enumerate() {
                        let mut factors = [0.0; R];
                        for r in 0..R {
                            factors[r] = rows[r][k];
                        }
                        step::<L, R, S>(&mut sums, &line[from..from + S], factors);
                    }
                }
                Factors::ByInner(weight) => {
                    let groups = weight[low * self.rows..high * self.rows].chunks_exact(self.rows);
                    for (line, group) in lines.zip(groups) {
                        let group = &group[first..first + R];
                        // One by one: a copy goes by way of memory in a build with debug assertions.
                        let mut factors = [0.0; R];
                        for (to, &from) in factors.iter_mut().zip(group) {
                            *to = from;
                        }
                        step::<L, R, S>(&mut sums, &line[from..from + S], factors);
                    }
                }
            }
        }
        // The rows of the block, each cut to its S vectors: checked here, and not again at each store.
        let rows = first * per_line..(first + R) * per_line;
        let output = &mut L::chunks_mut(output)[rows.clone()];
        match self.finish {
            Finish::Layer { rectify, .. } => {
                for (line, sums) in output.chunks_exact_mut(per_line).zip(&sums) {
                    let line = &mut line[from..from + S];
                    for s in 0..S {
                        if rectify { sums[s].rectified() } else { sums[s] }.store(&mut line[s]);
                    }
                }
            }
            Finish::Gradient { gate: None } => {
                for (line, sums) in output.chunks_exact_mut(per_line).zip(&sums) {
                    let line = &mut line[from..from + S];
                    for s in 0..S {
                        sums[s].store(&mut line[s]);
                    }
                }
            }
            Finish::Gradient { gate: Some(gate) } => {
                let gates = L::chunks(gate)[rows].chunks_exact(per_line);
                for ((line, gate), sums) in output.chunks_exact_mut(per_line).zip(gates).zip(&sums) {
                    let (line, gate) = (&mut line[from..from + S], &gate[from..from + S]);
                    for s in 0..S {
                        sums[s].where_positive(L::load(&gate[s])).store(&mut line[s]);
                    }
                }
            }
        }
    }

    /// R rows in blocks of S vectors.
    #[inline(always)]
    fn rows<L: Lanes, const R: usize, const S: usize>(
        &self,
        output: &mut [f32],
        first: usize,
        span: (usize, usize),
    ) {
        for from in (0..self.batch / L::COUNT).step_by(S) {
            self.block::<L, R, S>(output, first, from, span);
        }
    }

    /// All rows; `spans[r]` is what row r reads, all where there are none.
    #[inline(always)]
    fn all<L: Lanes>(&self, output: &mut [f32], spans: Option<&[(u32, u32)]>) {
        let (rows, inner) = (self.rows, self.inner);
        let span = |r: usize| spans.map_or((0, inner), |s| (s[r].0 as usize, s[r].1 as usize));
        let reads = |r: usize| span(r).0 < span(r).1;
        let mut first = 0;
        while first < rows {
            // Rows that read nothing are a number each: they don't share a block with those that read.
            let alike = (first..rows.min(first + ROWS)).take_while(|&r| reads(r) == reads(first)).count();
            let hull = |count: usize| {
                (first..first + count).map(span).fold((inner, 0), |h, s| (h.0.min(s.0), h.1.max(s.1)))
            };
            first += match alike {
                6.. => {
                    self.rows::<L, ROWS, 2>(output, first, hull(ROWS));
                    ROWS
                }
                4.. => {
                    self.rows::<L, 4, 2>(output, first, hull(4));
                    4
                }
                2.. => {
                    self.rows::<L, 2, VECTORS>(output, first, hull(2));
                    2
                }
                _ => {
                    self.rows::<L, 1, VECTORS>(output, first, hull(1));
                    1
                }
            };
        }
    }
}

/// `(rows, batch)` with each row lengthened by zeros.
fn padded(from: &[f32], batch: usize, whole: usize) -> Vec<f32> {
    let mut to = vec![0.0; from.len() / batch * whole];
    for (to, from) in to.chunks_exact_mut(whole).zip(from.chunks_exact(batch)) {
        to[..batch].copy_from_slice(from);
    }
    to
}

fn copy_unpadded(from: &[f32], to: &mut [f32], batch: usize, whole: usize) {
    for (to, from) in to.chunks_exact_mut(batch).zip(from.chunks_exact(whole)) {
        to.copy_from_slice(&from[..batch]);
    }
}

#[inline(always)]
pub(super) fn affine<L: Lanes>(
    weight: &[f32],
    bias: &[f32],
    edges: Option<&Edges>,
    rectify: bool,
    input: &[f32],
    output: &mut [f32],
    batch: usize,
) {
    let (rows, inner) = (bias.len(), weight.len() / bias.len().max(1));
    let (factors, finish) = (Factors::ByRow(weight), Finish::Layer { bias, rectify });
    let spans = edges.map(Edges::read_by_outputs);
    // A batch that is not whole blocks goes through a copy that is, padded with zeros: a point's result is the same to the last bit
    // wherever in a batch it stands.
    let whole = batch.next_multiple_of(VECTORS * L::COUNT);
    if whole == batch {
        return Product { factors, rows, inner, input, batch, finish }.all::<L>(output, spans);
    }
    let mut result = vec![0.0; rows * whole];
    let input = &padded(input, batch, whole);
    Product { factors, rows, inner, input, batch: whole, finish }.all::<L>(&mut result, spans);
    copy_unpadded(&result, output, batch, whole);
}

#[inline(always)]
pub(super) fn input_gradient<L: Lanes>(
    weight: &[f32],
    edges: Option<&Edges>,
    grad_output: &[f32],
    gate: Option<&[f32]>,
    grad_input: &mut [f32],
    batch: usize,
) {
    let (rows, inner) = (grad_input.len() / batch, grad_output.len() / batch);
    let factors = Factors::ByInner(weight);
    let spans = edges.map(Edges::readers_of_inputs);
    let whole = batch.next_multiple_of(VECTORS * L::COUNT);
    if whole == batch {
        let (input, finish) = (grad_output, Finish::Gradient { gate });
        return Product { factors, rows, inner, input, batch, finish }.all::<L>(grad_input, spans);
    }
    let mut result = vec![0.0; rows * whole];
    let gate = gate.map(|gate| padded(gate, batch, whole));
    let finish = Finish::Gradient { gate: gate.as_deref() };
    let input = &padded(grad_output, batch, whole);
    Product { factors, rows, inner, input, batch: whole, finish }.all::<L>(&mut result, spans);
    copy_unpadded(&result, grad_input, batch, whole);
}
