//! An invertible linear map, learned through its LU decomposition.

use nalgebra::DVector;
use serde::Serialize;

use super::{Bijection, Dependence, Direction, Scratch, Spec, Summary, Tape};
#[cfg(feature = "gpu")]
use super::{Kernel, kernel::Code};
use crate::math::matrix::{add_scaled, dot, total};
use crate::math::{Batch, Philox, Scalar, rotation};
#[cfg(feature = "gpu")]
use crate::wgsl::Fragment;

/// Forward: `x = P L (U + diag(sign exp(s))) u`, with a fixed permutation P and fixed signs, L unit lower and U strictly
/// upper triangular (Kingma, Dhariwal, "Glow", NeurIPS 2018, section 3.2, equation 10). The log-determinant is the sum
/// of s. It starts as a random rotation.
///
/// Parameters: L's entries row by row, U's entries row by row, s.
#[derive(Clone, Debug)]
pub struct Linear {
    dim: usize,
    /// Row i of the triangular product becomes variable `permutation[i]`.
    permutation: Vec<usize>,
    signs: Vec<f64>,
    start: Vec<f64>,
}

impl Linear {
    /// The decomposition of a random rotation of that many variables.
    pub fn random_rotation(dim: usize, random: &mut Philox) -> Self {
        let lu = rotation(dim, random).lu();
        // L below the diagonal, U on it and above.
        let both = lu.lu_internal();
        let below = (0..dim).flat_map(|i| (0..i).map(move |j| (i, j)));
        let above = (0..dim).flat_map(|i| (i + 1..dim).map(move |j| (i, j)));
        let mut start: Vec<f64> = below.chain(above).map(|at| both[at]).collect();
        start.extend((0..dim).map(|i| both[(i, i)].abs().ln()));
        let mut order = DVector::from_fn(dim, |i, _| i);
        lu.p().permute_rows(&mut order);
        let permutation = order.iter().copied().collect();
        let signs = (0..dim).map(|i| both[(i, i)].signum()).collect();
        Self { dim, permutation, signs, start }
    }

    /// Where L's entry (i, j), j < i, stands.
    fn lower(i: usize, j: usize) -> usize {
        i * (i - 1) / 2 + j
    }

    /// Where U's entry (i, j), j > i, stands.
    fn upper(&self, i: usize, j: usize) -> usize {
        let d = self.dim;
        d * (d - 1) / 2 + i * d - i * (i + 1) / 2 + (j - i - 1)
    }

    fn scale(&self, i: usize) -> usize {
        self.dim * (self.dim - 1) + i
    }

    fn diagonal<T: Scalar>(&self, parameters: &[T], i: usize) -> T {
        parameters[self.scale(i)].exp() * T::of_f64(self.signs[i])
    }

    /// `rows[to] += factor * rows[from]`.
    fn add<T: Scalar>(rows: &mut Batch<T>, to: usize, factor: T, from: usize, spare: &mut Vec<T>) {
        spare.clear();
        spare.extend_from_slice(rows.variable(from));
        add_scaled(rows.variable_mut(to), factor, spare);
    }

    /// u to v = (U + diag) u, or back.
    fn by_upper<T: Scalar>(&self, p: &[T], rows: &mut Batch<T>, back: bool, spare: &mut Vec<T>) {
        let d = self.dim;
        let each = |i: usize, rows: &mut Batch<T>, spare: &mut Vec<T>| {
            let diagonal = self.diagonal(p, i);
            let factor = if back { T::one() } else { diagonal };
            rows.variable_mut(i).iter_mut().for_each(|v| *v *= factor);
            for j in i + 1..d {
                let entry = p[self.upper(i, j)];
                Self::add(rows, i, if back { -entry } else { entry }, j, spare);
            }
            if back {
                rows.variable_mut(i).iter_mut().for_each(|v| *v /= diagonal);
            }
        };
        // Going forward row i needs the old rows after it, going back the new ones.
        if back {
            (0..d).rev().for_each(|i| each(i, rows, spare));
        } else {
            (0..d).for_each(|i| each(i, rows, spare));
        }
    }

    /// v to w = L v, or back.
    fn by_lower<T: Scalar>(&self, p: &[T], rows: &mut Batch<T>, back: bool, spare: &mut Vec<T>) {
        let each = |i: usize, rows: &mut Batch<T>, spare: &mut Vec<T>| {
            for j in 0..i {
                let entry = p[Self::lower(i, j)];
                Self::add(rows, i, if back { -entry } else { entry }, j, spare);
            }
        };
        if back {
            (0..self.dim).for_each(|i| each(i, rows, spare));
        } else {
            (0..self.dim).rev().for_each(|i| each(i, rows, spare));
        }
    }

    fn permute<T: Scalar>(&self, rows: &mut Batch<T>, back: bool, spare: &mut Batch<T>) {
        spare.copy_from(rows);
        for (row, &variable) in self.permutation.iter().enumerate() {
            let (to, from) = if back { (row, variable) } else { (variable, row) };
            rows.variable_mut(to).copy_from_slice(spare.variable(from));
        }
    }
}

impl<T: Scalar> Bijection<T> for Linear {
    fn dim(&self) -> usize {
        self.dim
    }

    fn summary(&self) -> Summary {
        Summary::plain("linear")
    }

    fn parameter_count(&self) -> usize {
        self.dim * self.dim
    }

    fn initialise(&self, parameters: &mut [T], _random: &mut Philox) {
        parameters.iter_mut().zip(&self.start).for_each(|(p, &s)| *p = T::of_f64(s));
    }

    /// The tape's input holds v, the batch between the two triangles, and its theta u: both directions need just these.
    fn map(
        &self,
        direction: Direction,
        parameters: &[T],
        batch: &mut Batch<T>,
        log_det: &mut [T],
        tape: &mut Tape<T>,
    ) -> usize {
        let spare = &mut tape.read;
        let log_abs_det: T = (0..self.dim).map(|i| parameters[self.scale(i)]).sum();
        match direction {
            Direction::Forward => {
                tape.theta.clear();
                tape.theta.extend_from_slice(batch.as_slice());
                self.by_upper(parameters, batch, false, spare);
                let between = batch.clone();
                self.by_lower(parameters, batch, false, spare);
                self.permute(batch, false, &mut tape.input);
                tape.input = between;
                log_det.iter_mut().for_each(|ld| *ld += log_abs_det);
            }
            Direction::Inverse => {
                self.permute(batch, true, &mut tape.input);
                self.by_lower(parameters, batch, true, spare);
                tape.input.copy_from(batch);
                self.by_upper(parameters, batch, true, spare);
                tape.theta.clear();
                tape.theta.extend_from_slice(batch.as_slice());
                log_det.iter_mut().for_each(|ld| *ld -= log_abs_det);
            }
        }
        0
    }

    fn pull_back(
        &self,
        direction: Direction,
        parameters: &[T],
        tape: &Tape<T>,
        grad: &mut Batch<T>,
        grad_log_det: &[T],
        grad_parameters: &mut [T],
        scratch: &mut Scratch<T>,
    ) {
        let (d, len) = (self.dim, grad.len());
        let u = |i: usize| &tape.theta[i * len..(i + 1) * len];
        let v = |i: usize| tape.input.variable(i);
        let by_log_det = total(grad_log_det);
        let spare = &mut scratch.grad_read;
        let back = direction == Direction::Inverse;
        let sign = if back { -T::one() } else { T::one() };
        // Gradients at w and v become those of the entries; both directions use the same products, with signs.
        let entries_of_lower = |grad: &Batch<T>, into: &mut [T]| {
            for i in 0..d {
                for j in 0..i {
                    into[Self::lower(i, j)] += sign * dot(grad.variable(i), v(j));
                }
            }
        };
        let entries_of_upper = |grad: &Batch<T>, into: &mut [T]| {
            for i in 0..d {
                for j in i + 1..d {
                    into[self.upper(i, j)] += sign * dot(grad.variable(i), u(j));
                }
                let along = dot(grad.variable(i), u(i)) * self.diagonal(parameters, i);
                into[self.scale(i)] += sign * (along + by_log_det);
            }
        };
        match direction {
            Direction::Forward => {
                let mut batch = Batch::default();
                self.permute(grad, true, &mut batch);
                entries_of_lower(grad, grad_parameters);
                self.transposed_lower(parameters, grad, false, spare);
                entries_of_upper(grad, grad_parameters);
                self.transposed_upper(parameters, grad, false, spare);
            }
            Direction::Inverse => {
                self.transposed_upper(parameters, grad, true, spare);
                entries_of_upper(grad, grad_parameters);
                self.transposed_lower(parameters, grad, true, spare);
                entries_of_lower(grad, grad_parameters);
                let mut batch = Batch::default();
                self.permute(grad, false, &mut batch);
            }
        }
    }
}

impl Linear {
    /// L' times the rows, or its inverse.
    fn transposed_lower<T: Scalar>(&self, p: &[T], rows: &mut Batch<T>, back: bool, spare: &mut Vec<T>) {
        let each = |i: usize, rows: &mut Batch<T>, spare: &mut Vec<T>| {
            for j in i + 1..self.dim {
                let entry = p[Self::lower(j, i)];
                Self::add(rows, i, if back { -entry } else { entry }, j, spare);
            }
        };
        if back {
            (0..self.dim).rev().for_each(|i| each(i, rows, spare));
        } else {
            (0..self.dim).for_each(|i| each(i, rows, spare));
        }
    }

    /// (U + diag)' times the rows, or its inverse.
    fn transposed_upper<T: Scalar>(&self, p: &[T], rows: &mut Batch<T>, back: bool, spare: &mut Vec<T>) {
        let each = |i: usize, rows: &mut Batch<T>, spare: &mut Vec<T>| {
            let diagonal = self.diagonal(p, i);
            if !back {
                rows.variable_mut(i).iter_mut().for_each(|v| *v *= diagonal);
            }
            for j in 0..i {
                let entry = p[self.upper(j, i)];
                Self::add(rows, i, if back { -entry } else { entry }, j, spare);
            }
            if back {
                rows.variable_mut(i).iter_mut().for_each(|v| *v /= diagonal);
            }
        };
        if back {
            (0..self.dim).for_each(|i| each(i, rows, spare));
        } else {
            (0..self.dim).rev().for_each(|i| each(i, rows, spare));
        }
    }
}

impl Spec for Linear {
    fn build<T: Scalar>(&self) -> Box<dyn Bijection<T>> {
        Box::new(self.clone())
    }

    fn dependence(&self) -> Dependence<'_> {
        Dependence::All
    }

    fn describe(&self, at: usize) -> impl Serialize {
        #[derive(Serialize)]
        struct Described<'a> {
            kind: &'static str,
            at: usize,
            permutation: &'a [usize],
            /// Of the diagonal.
            signs: &'a [f64],
        }
        Described { kind: "linear", at, permutation: &self.permutation, signs: &self.signs }
    }

    #[cfg(feature = "gpu")]
    fn kernel(&self) -> Result<Kernel, String> {
        let code = Code::new(&Fragment::new(&[include_str!("shaders/linear.wgsl")]));
        let signs = self.signs.iter().map(|&sign| u32::from(sign < 0.0));
        let indices = self.permutation.iter().map(|&variable| variable as u32).chain(signs);
        let kernel = Kernel::new(code).with_parameters(self.dim * self.dim).with_tape(2 * self.dim);
        Ok(kernel.with_indices(indices))
    }
}
