//! The crescent of Figure 1 in Papamakarios, Pavlakou, Murray (2017).

use super::PlaneTarget;
use crate::math::Philox;
use crate::math::quadrature::Window;
use crate::math::special::{LN_2PI, log_normal};

/// x2 is normal with deviation 2; x1 given x2 is normal with mean x2^2 / 4 and deviation 1. In the
/// ordering (x2, x1) both conditionals are Gaussian; in (x1, x2) the second has two humps.
pub struct Crescent;

impl PlaneTarget for Crescent {
    fn sample(&self, random: &mut Philox) -> [f64; 2] {
        let x2 = 2.0 * random.normal::<f64>();
        [0.25 * x2 * x2 + random.normal::<f64>(), x2]
    }

    fn log_density(&self, [x1, x2]: [f64; 2]) -> f64 {
        log_normal(x2, 0.0, 2.0) + log_normal(x1, 0.25 * x2 * x2, 1.0)
    }

    fn entropy(&self) -> f64 {
        LN_2PI + 1.0 + 2f64.ln()
    }

    fn score(&self, [x1, x2]: [f64; 2]) -> Option<[f64; 2]> {
        let off = x1 - 0.25 * x2 * x2;
        Some([-off, 0.5 * x2 * off - 0.25 * x2])
    }

    #[cfg(feature = "gpu")]
    fn shader(&self) -> Option<super::shader::Shader> {
        Some(super::shader::Shader::new(include_str!("shaders/crescent.wgsl")))
    }

    fn window(&self) -> Window {
        Window::square(4.0, 0.0, 8.0)
    }
}
