//! Numbers: the scalar trait, batches and matrix products, special functions, quadrature and
//! counter-based random numbers. Knows nothing of models.

pub mod batch;
pub mod kernel;
pub mod matrix;
pub mod quadrature;
pub mod random;
pub mod scalar;
pub mod special;

pub use batch::Batch;
pub use random::{Philox, Stream};
pub use scalar::Scalar;
