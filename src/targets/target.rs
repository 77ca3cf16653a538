//! What a density to learn has to be able to do.

#[cfg(feature = "gpu")]
use super::shader;
use crate::math::quadrature::Window;
use crate::math::{Philox, Stream};

/// A two-dimensional density.
pub trait Target: Send + Sync {
    /// One draw; all its randomness comes from the generator.
    fn sample(&self, random: &mut Philox) -> [f64; 2];

    /// log p(x) in nats; minus infinity where the density is zero.
    fn log_density(&self, x: [f64; 2]) -> f64;

    /// The differential entropy H in nats.
    fn entropy(&self) -> f64;

    /// Where to look: holds practically all of the mass.
    fn window(&self) -> Window;

    /// The gradient of log p(x), where there is one everywhere. `None`: see
    /// [`Smoothed`](smoothed::Smoothed), which smooths.
    fn score(&self, _x: [f64; 2]) -> Option<[f64; 2]> {
        None
    }

    /// The target for the GPU; `None`: runs that learn it stay on the processor.
    #[cfg(feature = "gpu")]
    fn shader(&self) -> Option<shader::Shader> {
        None
    }

    /// Number of modes, by the target's own definition.
    fn mode_count(&self) -> usize {
        1
    }

    /// The mode to which a point belongs; `None` between them.
    fn mode_of(&self, _x: [f64; 2]) -> Option<usize> {
        Some(0)
    }

    /// Mean and standard deviation of each variable, for standardisation. Estimated from draws
    /// that do not depend on a run's seed, unless the target knows them.
    fn moments(&self) -> ([f64; 2], [f64; 2]) {
        const DRAWS: u32 = 1 << 14;
        let n = f64::from(DRAWS);
        let draw = |row| self.sample(&mut Philox::new(0, Stream::Moments { row }));
        let (mut sum, mut squares) = ([0.0; 2], [0.0; 2]);
        for x in (0..DRAWS).map(draw) {
            for i in 0..2 {
                sum[i] += x[i];
                squares[i] += x[i] * x[i];
            }
        }
        let mean = sum.map(|s| s / n);
        let deviation = [0, 1].map(|i: usize| (squares[i] / n - mean[i] * mean[i]).sqrt());
        (mean, deviation)
    }
}
