//! Equal mixtures of round Gaussians.

use super::PlaneTarget;
use crate::math::Philox;
use crate::math::quadrature::Window;
use crate::math::special::LN_2PI;

/// Gaussians of one deviation and weight.
pub struct GaussianMixture {
    centres: Vec<[f64; 2]>,
    deviation: f64,
    entropy: f64,
    window: Window,
}

/// Eight centres on a circle of radius 2, deviation 0.2.
pub fn eight_gaussians() -> GaussianMixture {
    let centre = |k: u32| {
        let (sine, cosine) = (std::f64::consts::FRAC_PI_4 * f64::from(k)).sin_cos();
        [2.0 * cosine, 2.0 * sine]
    };
    GaussianMixture {
        centres: (0..8).map(centre).collect(),
        deviation: 0.2,
        entropy: 1.698_061,
        window: Window::square(0.0, 0.0, 3.2),
    }
}

/// Centres (-1.5, 0) and (1.5, 0), deviation 0.4.
pub fn two_gaussians() -> GaussianMixture {
    GaussianMixture {
        centres: vec![[-1.5, 0.0], [1.5, 0.0]],
        deviation: 0.4,
        entropy: 1.698_064,
        window: Window::square(0.0, 0.0, 3.2),
    }
}

/// Centres at the 25 points with coordinates -2, -1, 0, 1, 2, deviation 0.1.
pub fn gaussian_grid() -> GaussianMixture {
    let centre = |k: i32| [f64::from(k % 5 - 2), f64::from(k / 5 - 2)];
    GaussianMixture {
        centres: (0..25).map(centre).collect(),
        deviation: 0.1,
        entropy: 1.451_580,
        window: Window::square(0.0, 0.0, 2.8),
    }
}

impl PlaneTarget for GaussianMixture {
    fn sample(&self, random: &mut Philox) -> [f64; 2] {
        let centre = self.centres[random.below(self.centres.len())];
        centre.map(|c| c + self.deviation * random.normal::<f64>())
    }

    fn log_density(&self, x: [f64; 2]) -> f64 {
        let precision = 0.5 / (self.deviation * self.deviation);
        let square = |c: &[f64; 2]| (x[0] - c[0]).powi(2) + (x[1] - c[1]).powi(2);
        // The nearest centre carries the sum; measured from it, far components vanish, not overflow.
        let nearest = self.centres.iter().map(square).fold(f64::INFINITY, f64::min);
        let sum: f64 = self.centres.iter().map(|c| (precision * (nearest - square(c))).exp()).sum();
        sum.ln() - precision * nearest - LN_2PI - 2.0 * self.deviation.ln() - (self.centres.len() as f64).ln()
    }

    fn entropy(&self) -> f64 {
        self.entropy
    }

    fn score(&self, x: [f64; 2]) -> Option<[f64; 2]> {
        let precision = (self.deviation * self.deviation).recip();
        let square = |c: &[f64; 2]| (x[0] - c[0]).powi(2) + (x[1] - c[1]).powi(2);
        let nearest = self.centres.iter().map(square).fold(f64::INFINITY, f64::min);
        let (mut total, mut pull) = (0.0, [0.0; 2]);
        for centre in &self.centres {
            let share = (0.5 * precision * (nearest - square(centre))).exp();
            total += share;
            (0..2).for_each(|i| pull[i] += share * (centre[i] - x[i]));
        }
        Some(pull.map(|p| precision * p / total))
    }

    fn mode_count(&self) -> usize {
        self.centres.len()
    }

    /// The nearest centre, within four deviations.
    fn mode_of(&self, x: [f64; 2]) -> Option<usize> {
        let distance = |c: &[f64; 2]| (x[0] - c[0]).hypot(x[1] - c[1]);
        let nearest =
            |&a: &usize, &b: &usize| distance(&self.centres[a]).total_cmp(&distance(&self.centres[b]));
        let mode = (0..self.centres.len()).min_by(nearest)?;
        (distance(&self.centres[mode]) < 4.0 * self.deviation).then_some(mode)
    }

    #[cfg(feature = "gpu")]
    fn shader(&self) -> Option<super::shader::Shader> {
        let count = self.centres.len();
        let source = format!(
            "const CENTRES = {count}u;\nconst NODES = {count}u;\nconst DEVIATION = {:?};\n{}{}",
            self.deviation,
            include_str!("shaders/mixture.wgsl"),
            include_str!("shaders/nodes.wgsl"),
        );
        let node = |c: &[f64; 2]| [c[0] as f32, c[1] as f32, 1.0 / count as f32, 0.0];
        Some(super::shader::Shader { source, table: self.centres.iter().map(node).collect() })
    }

    fn window(&self) -> Window {
        self.window
    }
}
