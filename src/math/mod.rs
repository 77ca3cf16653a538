//! Numbers: the scalar trait, batches and matrix products, special functions, quadrature and
//! counter-based random numbers. Knows nothing of models.

pub mod assignment;
pub mod batch;
pub mod edges;
pub mod estimate;
pub mod kernel;
pub mod matrix;
pub mod quadrature;
pub mod random;
pub mod real;
pub mod rotation;
pub mod scalar;
pub mod sort;
pub mod special;

pub use batch::Batch;
pub use edges::Edges;
pub use estimate::{Estimate, Tails, estimate_mean};
pub use random::{Philox, Stream};
pub use real::Real;
pub use rotation::rotation;
pub use scalar::Scalar;
pub use sort::ascending;
