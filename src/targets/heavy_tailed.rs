//! A bivariate Student-t.

use super::PlaneTarget;
use crate::math::quadrature::Window;
use crate::math::{Philox, Tails};

/// Spherical Student-t with three degrees of freedom: its variables are uncorrelated, yet dependent.
pub struct HeavyTailed;

const FREEDOM: f64 = 3.0;

impl PlaneTarget for HeavyTailed {
    fn sample(&self, random: &mut Philox) -> [f64; 2] {
        let normals: [f64; 2] = [random.normal(), random.normal()];
        let chi_squared: f64 = (0..3).map(|_| random.normal::<f64>().powi(2)).sum();
        normals.map(|n| n / (chi_squared / FREEDOM).sqrt())
    }

    fn log_density(&self, [x1, x2]: [f64; 2]) -> f64 {
        // In two dimensions the normalising constant of every Student-t is 2 pi.
        let tail = (x1 * x1 + x2 * x2) / FREEDOM;
        -std::f64::consts::TAU.ln() - 0.5 * (FREEDOM + 2.0) * tail.ln_1p()
    }

    fn entropy(&self) -> f64 {
        // ln(1 + r^2 / v) is exponential with mean 2 / v.
        std::f64::consts::TAU.ln() + (FREEDOM + 2.0) / FREEDOM
    }

    fn score(&self, x: [f64; 2]) -> Option<[f64; 2]> {
        let factor = -(FREEDOM + 2.0) / (FREEDOM + x[0] * x[0] + x[1] * x[1]);
        Some(x.map(|v| factor * v))
    }

    #[cfg(feature = "gpu")]
    fn shader(&self) -> Option<super::shader::Shader> {
        Some(super::shader::Shader::new(include_str!("shaders/heavy_tailed.wgsl")))
    }

    /// Of |x| only moments below the third are finite.
    fn tails(&self) -> Tails {
        Tails::Heavy
    }

    fn window(&self) -> Window {
        Window::square(0.0, 0.0, 7.0)
    }
}
