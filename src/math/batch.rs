//! A batch of points, stored variable by variable.

use super::Real;

/// `len` points of dimension `dim`, stored feature-major: all values of variable 0, then all of
/// variable 1, and so on.
///
/// The outside of the core speaks row-major `(batch, dim)`; inside, a variable is a contiguous
/// slice, so that elementwise work runs over vectors and a masked network reads only the variables
/// that it may see. [`Batch::from_rows`] and [`Batch::to_rows`] are the way in and out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch<T> {
    dim: usize,
    len: usize,
    data: Vec<T>,
}

impl<T> Batch<T> {
    /// The whole storage, feature-major.
    pub fn as_slice(&self) -> &[T] {
        &self.data
    }
}

impl<T: Real> Batch<T> {
    /// A batch of zeros.
    pub fn zeros(dim: usize, len: usize) -> Self {
        Self { dim, len, data: vec![T::zero(); dim * len] }
    }

    /// Transposes row-major `(len, dim)` points; a last incomplete row is dropped.
    ///
    /// ```
    /// use density_playground::math::Batch;
    /// let batch = Batch::from_rows(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 2);
    /// assert_eq!(batch.variable(1), &[2.0, 4.0, 6.0]);
    /// assert_eq!(batch.to_rows(), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    /// ```
    pub fn from_rows(rows: &[T], dim: usize) -> Self {
        let mut batch = Self::zeros(dim, rows.len() / dim);
        batch.copy_rows(rows);
        batch
    }

    /// Overwrites this batch with row-major points of the same dimension, resizing as needed.
    pub fn copy_rows(&mut self, rows: &[T]) {
        self.resize(self.dim, rows.len() / self.dim);
        for variable in 0..self.dim {
            let column = rows.iter().skip(variable).step_by(self.dim);
            self.variable_mut(variable).iter_mut().zip(column).for_each(|(to, &from)| *to = from);
        }
    }

    /// The points in row-major order, `(len, dim)`.
    pub fn to_rows(&self) -> Vec<T> {
        let mut rows = vec![T::zero(); self.data.len()];
        for variable in 0..self.dim {
            let column = rows.iter_mut().skip(variable).step_by(self.dim);
            column.zip(self.variable(variable)).for_each(|(to, &from)| *to = from);
        }
        rows
    }

    /// Gives the batch a new shape; the contents are unspecified afterwards. Allocates only to grow.
    pub fn resize(&mut self, dim: usize, len: usize) {
        self.dim = dim;
        self.len = len;
        self.data.resize(dim * len, T::zero());
    }

    /// Takes over the shape and values of `other` without giving up this batch's memory.
    pub fn copy_from(&mut self, other: &Self) {
        self.resize(other.dim, other.len);
        self.data.copy_from_slice(&other.data);
    }

    /// Takes over some of another batch's points.
    pub fn copy_points(&mut self, other: &Self, points: std::ops::Range<usize>) {
        self.resize(other.dim, points.len());
        for variable in 0..self.dim {
            let from = &other.variable(variable)[points.clone()];
            self.variable_mut(variable).copy_from_slice(from);
        }
    }

    /// Number of variables.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// Number of points.
    pub fn len(&self) -> usize {
        self.len
    }

    /// True when there are no points.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// All values of one variable.
    pub fn variable(&self, index: usize) -> &[T] {
        &self.data[index * self.len..(index + 1) * self.len]
    }

    /// All values of one variable, to write.
    pub fn variable_mut(&mut self, index: usize) -> &mut [T] {
        &mut self.data[index * self.len..(index + 1) * self.len]
    }

    /// The whole storage, feature-major, to write.
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        &mut self.data
    }
}
