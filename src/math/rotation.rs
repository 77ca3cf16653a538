//! Random rotations.

use nalgebra::DMatrix;

use super::Philox;

/// A random orthogonal matrix: the rows of a normal one, made orthonormal. The signs are those of a triangle with a positive
/// diagonal, which makes it uniform (Mezzadri, "How to generate random matrices from the classical compact groups", 2007).
pub fn rotation(dim: usize, random: &mut Philox) -> DMatrix<f64> {
    let normal = DMatrix::<f64>::from_fn(dim, dim, |_, _| random.normal());
    let (mut q, r) = normal.qr().unpack();
    for (mut column, pivot) in q.column_iter_mut().zip(r.diagonal().iter()) {
        column.scale_mut(pivot.signum());
    }
    q.transpose()
}
