//! Curves blurred by a round Gaussian: the two moons and the two spirals.

use super::PlaneTarget;
use crate::math::Philox;
use crate::math::quadrature::{Window, gauss_legendre};
use crate::math::special::LN_2PI;

/// A point chosen by a uniform v on one of two curves, plus normal noise on each coordinate. The density
/// is the average of the noise's density along the curves, by Gauss-Legendre quadrature.
pub struct BlurredCurves {
    curve: fn(usize, f64) -> [f64; 2],
    nodes: Vec<([f64; 2], f64)>,
    entropy: f64,
    window: Window,
    /// The curve in WGSL.
    #[cfg(feature = "gpu")]
    shader: &'static str,
}

/// Deviation of the noise on each coordinate.
const NOISE: f64 = 0.1;

/// Angle t uniform on (0, pi); (cos t, sin t) or (1 - cos t, 0.5 - sin t).
pub fn two_moons() -> BlurredCurves {
    let curve = |arm: usize, v: f64| {
        let (sine, cosine) = (std::f64::consts::PI * v).sin_cos();
        if arm == 0 { [cosine, sine] } else { [1.0 - cosine, 0.5 - sine] }
    };
    BlurredCurves {
        #[cfg(feature = "gpu")]
        shader: include_str!("shaders/two_moons.wgsl"),
        nodes: nodes(curve, 64),
        curve,
        entropy: 1.007_585,
        window: Window::square(0.5, 0.25, 2.0),
    }
}

/// Angle t = 3 pi sqrt(v), so that the arms are evenly filled; +-(t cos t, t sin t) / 3.
pub fn two_spirals() -> BlurredCurves {
    let curve = |arm: usize, v: f64| {
        let angle = 3.0 * std::f64::consts::PI * v.sqrt();
        let radius = if arm == 0 { angle / 3.0 } else { -angle / 3.0 };
        [radius * angle.cos(), radius * angle.sin()]
    };
    BlurredCurves {
        #[cfg(feature = "gpu")]
        shader: include_str!("shaders/two_spirals.wgsl"),
        nodes: nodes(curve, 320),
        curve,
        entropy: 2.540_618,
        window: Window::square(0.0, 0.0, 4.0),
    }
}

/// Points along both curves and their weights.
fn nodes(curve: fn(usize, f64) -> [f64; 2], count: usize) -> Vec<([f64; 2], f64)> {
    // With v = s^2 the spiral's square root is gone, and the rule converges fast for both curves.
    let rule = gauss_legendre(count, 0.0, 1.0);
    (0..2)
        .flat_map(|arm| rule.iter().map(move |&(s, weight)| (curve(arm, s * s), 0.5 * weight * 2.0 * s)))
        .collect()
}

impl PlaneTarget for BlurredCurves {
    fn sample(&self, random: &mut Philox) -> [f64; 2] {
        let arm = random.below(2);
        let point = (self.curve)(arm, random.uniform());
        point.map(|c| c + NOISE * random.normal::<f64>())
    }

    fn log_density(&self, x: [f64; 2]) -> f64 {
        const PRECISION: f64 = 0.5 / (NOISE * NOISE);
        let square = |c: &[f64; 2]| (x[0] - c[0]).powi(2) + (x[1] - c[1]).powi(2);
        let nearest = self.nodes.iter().map(|(c, _)| square(c)).fold(f64::INFINITY, f64::min);
        let term = |(c, weight): &([f64; 2], f64)| {
            let excess = PRECISION * (square(c) - nearest);
            // Past e^-40 a term is below the rounding of the sum.
            if excess < 40.0 { weight * (-excess).exp() } else { 0.0 }
        };
        let sum: f64 = self.nodes.iter().map(term).sum();
        sum.ln() - PRECISION * nearest - LN_2PI - 2.0 * NOISE.ln()
    }

    fn entropy(&self) -> f64 {
        self.entropy
    }

    fn score(&self, x: [f64; 2]) -> Option<[f64; 2]> {
        const PRECISION: f64 = 1.0 / (NOISE * NOISE);
        let square = |c: &[f64; 2]| (x[0] - c[0]).powi(2) + (x[1] - c[1]).powi(2);
        let nearest = self.nodes.iter().map(|(c, _)| square(c)).fold(f64::INFINITY, f64::min);
        let (mut total, mut pull) = (0.0, [0.0; 2]);
        for (centre, weight) in &self.nodes {
            let share = weight * (0.5 * PRECISION * (nearest - square(centre))).exp();
            total += share;
            (0..2).for_each(|i| pull[i] += share * (centre[i] - x[i]));
        }
        Some(pull.map(|p| PRECISION * p / total))
    }

    fn mode_count(&self) -> usize {
        2
    }

    /// The nearer of the two curves, within four deviations of the noise.
    fn mode_of(&self, x: [f64; 2]) -> Option<usize> {
        let square = |&(c, _): &([f64; 2], f64)| (x[0] - c[0]).powi(2) + (x[1] - c[1]).powi(2);
        let arm = |nodes: &[([f64; 2], f64)]| nodes.iter().map(square).fold(f64::INFINITY, f64::min);
        let (first, second) = self.nodes.split_at(self.nodes.len() / 2);
        let (a, b) = (arm(first), arm(second));
        (a.min(b) < (4.0 * NOISE).powi(2)).then_some(usize::from(b < a))
    }

    #[cfg(feature = "gpu")]
    fn shader(&self) -> Option<super::shader::Shader> {
        let source = format!(
            "const NODES = {}u;\nconst DEVIATION = {NOISE:?};\n{}{}{}",
            self.nodes.len(),
            self.shader,
            include_str!("shaders/curves.wgsl"),
            include_str!("shaders/nodes.wgsl"),
        );
        let node = |(c, weight): &([f64; 2], f64)| [c[0] as f32, c[1] as f32, *weight as f32, 0.0];
        Some(super::shader::Shader { source, table: self.nodes.iter().map(node).collect() })
    }

    fn window(&self) -> Window {
        self.window
    }
}
