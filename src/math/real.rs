//! Real numbers, before anything is known of fast products.

use std::fmt::{Debug, Display};
use std::iter::Sum;

use nalgebra::RealField;

/// A floating-point number: `f32` where it runs, `f64` where gradients and densities are checked.
///
/// Transcendental functions come from [`RealField`]; this trait adds conversions.
pub trait Real: RealField + Copy + Default + Debug + Display + Sum + Send + Sync + 'static {
    /// The nearest value of this type.
    fn of_f64(value: f64) -> Self;
    /// This value in double precision.
    fn to_f64(self) -> f64;
}

impl Real for f32 {
    #[inline]
    fn of_f64(value: f64) -> Self {
        value as f32
    }
    #[inline]
    fn to_f64(self) -> f64 {
        f64::from(self)
    }
}

impl Real for f64 {
    #[inline]
    fn of_f64(value: f64) -> Self {
        value
    }
    #[inline]
    fn to_f64(self) -> f64 {
        self
    }
}
