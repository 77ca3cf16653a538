//! A board of four by four squares, every second one filled.

use super::PlaneTarget;
use crate::math::Philox;
use crate::math::quadrature::Window;

/// Uniform on eight squares of side 2 within [-4, 4]^2.
pub struct Checkerboard;

impl PlaneTarget for Checkerboard {
    fn sample(&self, random: &mut Philox) -> [f64; 2] {
        let a = 4.0 * random.uniform::<f64>() - 2.0;
        let row = if random.uniform::<f64>() < 0.5 { 0.0 } else { 2.0 };
        let b = random.uniform::<f64>() - row + a.floor().rem_euclid(2.0);
        [2.0 * a, 2.0 * b]
    }

    fn log_density(&self, [x1, x2]: [f64; 2]) -> f64 {
        let (column, row) = ((0.5 * x1).floor(), (0.5 * x2).floor());
        let inside = (-2.0..2.0).contains(&column) && (-2.0..2.0).contains(&row);
        if inside && (column + row).rem_euclid(2.0) == 0.0 { -self.entropy() } else { f64::NEG_INFINITY }
    }

    fn entropy(&self) -> f64 {
        32f64.ln()
    }

    fn mode_count(&self) -> usize {
        8
    }

    /// The filled square, counted row by row.
    fn mode_of(&self, [x1, x2]: [f64; 2]) -> Option<usize> {
        let (column, row) = ((0.5 * x1).floor() + 2.0, (0.5 * x2).floor() + 2.0);
        let inside = (0.0..4.0).contains(&column) && (0.0..4.0).contains(&row);
        (inside && (column + row) % 2.0 == 0.0).then_some((2.0 * row + (0.5 * column).floor()) as usize)
    }

    #[cfg(feature = "gpu")]
    fn shader(&self) -> Option<super::shader::Shader> {
        Some(super::shader::Shader::new(include_str!("shaders/checkerboard.wgsl")))
    }

    fn window(&self) -> Window {
        Window::square(0.0, 0.0, 5.0)
    }
}
