//! How often a diffusion trains on each level of noise.

use serde::{Deserialize, Serialize};

/// Which levels of noise a diffusion trains on. All lie on the [same path](crate::bijections::ode::Path::VariancePreserving).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum NoiseSchedule {
    /// Those of a diffusion whose rate grows linearly from 0.1 to 20 (Song et al., 2021, appendix C): more noise than data.
    Linear,
    /// Evenly over the angle (Nichol, Dhariwal, "Improved denoising diffusion probabilistic models", ICML 2021).
    #[default]
    Cosine,
}

/// Rates at the data's end and at the base's, and the least time of training, of the linear schedule.
const RATES: [f64; 2] = [0.1, 20.0];
const LEAST_TIME: f64 = 1e-3;

impl NoiseSchedule {
    /// The angle of the path, 0 at the data, at a place from 0 to 1 among all times of training.
    pub fn angle(self, place: f64) -> f64 {
        match self {
            Self::Linear => {
                let time = LEAST_TIME + (1.0 - LEAST_TIME) * place;
                let log_a = -0.25 * time * time * (RATES[1] - RATES[0]) - 0.5 * time * RATES[0];
                log_a.exp().acos()
            }
            Self::Cosine => std::f64::consts::FRAC_PI_2 * place,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linear_schedule_begins_near_the_data_and_ends_near_the_base() {
        assert!(NoiseSchedule::Linear.angle(0.0) < 0.011);
        let end = NoiseSchedule::Linear.angle(1.0).cos();
        // exp(-(19.9 / 4 + 0.05)).
        assert!((end - 0.006_57).abs() < 1e-4, "{end}");
        let spread = |schedule: NoiseSchedule| {
            (0..100).filter(|i| schedule.angle(f64::from(*i) / 100.0) > 1.0).count()
        };
        assert!(spread(NoiseSchedule::Linear) > spread(NoiseSchedule::Cosine));
    }
}
