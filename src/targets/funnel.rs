//! A funnel after Neal, "Slice sampling", Annals of Statistics 31 (2003), scaled to fit a picture.

use super::PlaneTarget;
use crate::math::Philox;
use crate::math::quadrature::Window;
use crate::math::special::{LN_2PI, log_normal};

/// x2 is normal with deviation 1.5; x1 given x2 is normal with deviation 0.7 exp(x2 / 2).
pub struct Funnel;

const NECK: f64 = 1.5;
const WIDTH: f64 = 0.7;

impl PlaneTarget for Funnel {
    fn sample(&self, random: &mut Philox) -> [f64; 2] {
        let x2 = NECK * random.normal::<f64>();
        [WIDTH * (0.5 * x2).exp() * random.normal::<f64>(), x2]
    }

    fn log_density(&self, [x1, x2]: [f64; 2]) -> f64 {
        // Far down the neck is narrower than any number.
        let width = f64::max(WIDTH * (0.5 * x2).exp(), f64::MIN_POSITIVE);
        log_normal(x2, 0.0, NECK) + log_normal(x1, 0.0, width)
    }

    fn entropy(&self) -> f64 {
        // The mean of the log-width x2 / 2 is zero.
        LN_2PI + 1.0 + NECK.ln() + WIDTH.ln()
    }

    fn score(&self, [x1, x2]: [f64; 2]) -> Option<[f64; 2]> {
        let precision = (-x2).exp() / (WIDTH * WIDTH);
        Some([-x1 * precision, -x2 / (NECK * NECK) - 0.5 + 0.5 * x1 * x1 * precision])
    }

    #[cfg(feature = "gpu")]
    fn shader(&self) -> Option<super::shader::Shader> {
        Some(super::shader::Shader::new(include_str!("shaders/funnel.wgsl")))
    }

    fn window(&self) -> Window {
        Window::square(0.0, 0.0, 6.5)
    }
}
