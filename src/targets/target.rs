//! What a density to learn has to be able to do.

use super::rows::Rows;
#[cfg(feature = "gpu")]
use super::shader;
use crate::error::Error;
use crate::math::quadrature::Window;
use crate::math::{Philox, Stream, Tails};

/// A density of any number of variables. One of two variables implements [`PlaneTarget`], and boxed it is a target by that.
pub trait Target: Send + Sync {
    /// Number of variables.
    fn dim(&self) -> usize;

    /// Writes one draw; all its randomness comes from the generator.
    fn sample(&self, random: &mut Philox, point: &mut [f64]);

    /// log p(x) in nats; minus infinity where the density is zero.
    fn log_density(&self, x: &[f64]) -> f64;

    /// The differential entropy H in nats.
    fn entropy(&self) -> f64;

    /// The target as one of the plane, for what can only be shown there; see [`on_plane`].
    fn plane(&self) -> Option<&dyn PlaneTarget> {
        None
    }

    /// Writes the gradient of log p(x), where there is one everywhere, and says whether there is. Without one only a target of the
    /// plane can be learned by the reverse KL: [`Smoothed`](super::smoothed::Smoothed) smooths it.
    fn score(&self, _x: &[f64], _score: &mut [f64]) -> bool {
        false
    }

    /// The target for the GPU; `None`: runs that learn it stay on the processor.
    #[cfg(feature = "gpu")]
    fn shader(&self) -> Option<shader::Shader> {
        None
    }

    /// The rows, where it is a table: then all that is known are these. Log density and entropy are no numbers.
    fn rows(&self) -> Option<&Rows> {
        None
    }

    /// Whether all moments of its variables are finite, and so the variance of any log density that grows no faster than a power.
    fn tails(&self) -> Tails {
        Tails::Light
    }

    /// Number of modes, by the target's own definition.
    fn mode_count(&self) -> usize {
        1
    }

    /// The mode to which a point belongs; `None` between them.
    fn mode_of(&self, _x: &[f64]) -> Option<usize> {
        Some(0)
    }

    /// One draw in memory of its own, where that does not matter.
    fn draw(&self, random: &mut Philox) -> Vec<f64> {
        let mut point = vec![0.0; self.dim()];
        self.sample(random, &mut point);
        point
    }

    /// Mean and standard deviation of each variable, for standardisation. Estimated from draws
    /// that do not depend on a run's seed, unless the target knows them.
    fn moments(&self) -> (Vec<f64>, Vec<f64>) {
        estimated_moments(self)
    }
}

/// A density of two variables: it has a window, and can be drawn.
pub trait PlaneTarget: Send + Sync {
    /// One draw, see [`Target::sample`].
    fn sample(&self, random: &mut Philox) -> [f64; 2];

    /// log p(x), see [`Target::log_density`].
    fn log_density(&self, x: [f64; 2]) -> f64;

    /// The differential entropy H in nats.
    fn entropy(&self) -> f64;

    /// See [`Target::tails`].
    fn tails(&self) -> Tails {
        Tails::Light
    }

    /// Where to look: holds practically all of the mass.
    fn window(&self) -> Window;

    /// The gradient of log p(x), see [`Target::score`].
    fn score(&self, _x: [f64; 2]) -> Option<[f64; 2]> {
        None
    }

    /// See [`Target::shader`].
    #[cfg(feature = "gpu")]
    fn shader(&self) -> Option<shader::Shader> {
        None
    }

    /// See [`Target::mode_count`].
    fn mode_count(&self) -> usize {
        1
    }

    /// See [`Target::mode_of`].
    fn mode_of(&self, _x: [f64; 2]) -> Option<usize> {
        Some(0)
    }

    /// Mean and standard deviation of each variable, where the target knows them.
    fn known_moments(&self) -> Option<([f64; 2], [f64; 2])> {
        None
    }
}

/// A point of the plane.
fn pair(x: &[f64]) -> [f64; 2] {
    [x[0], x[1]]
}

/// Boxed, so that what differs between targets is compiled once: eleven of them, each behind a trait of its own and behind this one,
/// were 14 KB of the core.
impl Target for Box<dyn PlaneTarget> {
    fn dim(&self) -> usize {
        2
    }

    fn sample(&self, random: &mut Philox, point: &mut [f64]) {
        point.copy_from_slice(&(**self).sample(random));
    }

    fn log_density(&self, x: &[f64]) -> f64 {
        (**self).log_density(pair(x))
    }

    fn entropy(&self) -> f64 {
        (**self).entropy()
    }

    fn tails(&self) -> Tails {
        (**self).tails()
    }

    fn plane(&self) -> Option<&dyn PlaneTarget> {
        Some(&**self)
    }

    fn score(&self, x: &[f64], score: &mut [f64]) -> bool {
        let own = (**self).score(pair(x));
        if let Some(own) = own {
            score.copy_from_slice(&own);
        }
        own.is_some()
    }

    #[cfg(feature = "gpu")]
    fn shader(&self) -> Option<shader::Shader> {
        (**self).shader()
    }

    fn mode_count(&self) -> usize {
        (**self).mode_count()
    }

    fn mode_of(&self, x: &[f64]) -> Option<usize> {
        (**self).mode_of(pair(x))
    }

    fn moments(&self) -> (Vec<f64>, Vec<f64>) {
        let Some((mean, deviation)) = (**self).known_moments() else { return estimated_moments(self) };
        (mean.to_vec(), deviation.to_vec())
    }
}

/// Mean and standard deviation of each variable of some draws.
fn estimated_moments(target: &(impl Target + ?Sized)) -> (Vec<f64>, Vec<f64>) {
    const DRAWS: u32 = 1 << 14;
    let n = f64::from(DRAWS);
    let dim = target.dim();
    let (mut sum, mut squares, mut point) = (vec![0.0; dim], vec![0.0; dim], vec![0.0; dim]);
    for row in 0..DRAWS {
        target.sample(&mut Philox::new(0, Stream::Moments { row }), &mut point);
        for i in 0..dim {
            sum[i] += point[i];
            squares[i] += point[i] * point[i];
        }
    }
    let mean: Vec<f64> = sum.iter().map(|s| s / n).collect();
    let deviation = squares.iter().zip(&mean).map(|(s, m)| (s / n - m * m).sqrt()).collect();
    (mean, deviation)
}

/// The target as one of the plane.
///
/// # Errors
/// Where it has another number of variables, or is a table.
pub fn on_plane(target: &dyn Target) -> Result<&dyn PlaneTarget, Error> {
    if target.rows().is_some() {
        return Err(Error::OnlyRows);
    }
    target.plane().ok_or(Error::NotOnPlane { dim: target.dim() })
}
