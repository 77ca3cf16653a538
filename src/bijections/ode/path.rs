//! The way from a base point to a data point along which a velocity is learned.

use serde::{Deserialize, Serialize};

/// x_t = a(t) x + s(t) u, from the base point u at t = 0 to the data point x at t = 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Path {
    /// a = t, s = 1 - t: a straight line at constant speed (Liu, Gong, Liu, "Flow straight and fast", ICLR 2023; Lipman, Chen,
    /// Ben-Hamu, Nickel, Le, "Flow matching for generative modeling", ICLR 2023).
    Straight,
    /// a = cos, s = sin of an angle that falls to 0 at the data: the variance of standardised data stays 1 on the way, as in
    /// diffusion (Ho, Jain, Abbeel, "Denoising diffusion probabilistic models", NeurIPS 2020; Song et al., "Score-based generative
    /// modeling through stochastic differential equations", ICLR 2021). Time runs evenly in the angle: every variance-preserving
    /// diffusion takes this way, each at a speed of its own.
    VariancePreserving,
}

/// What the network says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Prediction {
    /// The velocity: along the straight path x - u; in diffusion a u - s x, the velocity by the angle (Salimans, Ho, "Progressive
    /// distillation for fast sampling of diffusion models", ICLR 2022).
    #[default]
    Velocity,
    /// The base point u, which diffusion calls the noise. Only in diffusion.
    Noise,
}

/// The noise can't be divided out where there is next to nothing of the data: there predictions of it begin, at this a.
const LEAST_DATA: f64 = 0.05;

impl Path {
    /// The angle of the variance-preserving path at the base.
    pub fn widest(prediction: Prediction) -> f64 {
        match prediction {
            Prediction::Velocity => std::f64::consts::FRAC_PI_2,
            Prediction::Noise => LEAST_DATA.acos(),
        }
    }

    /// a and s at time t.
    pub fn weights(self, prediction: Prediction, t: f64) -> (f64, f64) {
        match self {
            Self::Straight => (t, 1.0 - t),
            Self::VariancePreserving => {
                let (s, a) = ((1.0 - t) * Self::widest(prediction)).sin_cos();
                (a, s)
            }
        }
    }

    /// What the network learns at time t: so many times x and so many times u.
    pub fn goal(self, prediction: Prediction, t: f64) -> (f64, f64) {
        let (a, s) = self.weights(prediction, t);
        match (self, prediction) {
            (Self::Straight, Prediction::Velocity) => (1.0, -1.0),
            (Self::VariancePreserving, Prediction::Velocity) => (-s, a),
            (_, Prediction::Noise) => (0.0, 1.0),
        }
    }

    /// dx/dt at time t: so many times x_t and so many times what the network says.
    pub fn velocity(self, prediction: Prediction, t: f64) -> (f64, f64) {
        let (a, s) = self.weights(prediction, t);
        match (self, prediction) {
            (Self::Straight, Prediction::Velocity) => (0.0, 1.0),
            // x = (x_t - s u) / a, in d/dt of the path.
            (Self::Straight, Prediction::Noise) => (1.0 / a, -1.0 / a),
            (Self::VariancePreserving, Prediction::Velocity) => (0.0, -Self::widest(prediction)),
            (Self::VariancePreserving, Prediction::Noise) => {
                let widest = Self::widest(prediction);
                (widest * s / a, -widest / a)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// For one pair of points the velocity is the derivative of the path, whatever the network says it in.
    #[test]
    fn the_velocity_is_the_paths_derivative() {
        let (x, u) = (1.3, -0.4);
        for (path, prediction) in [
            (Path::Straight, Prediction::Velocity),
            (Path::Straight, Prediction::Noise),
            (Path::VariancePreserving, Prediction::Velocity),
            (Path::VariancePreserving, Prediction::Noise),
        ] {
            for t in [0.1, 0.5, 0.9] {
                let at = |t: f64| {
                    let (a, s) = path.weights(prediction, t);
                    a * x + s * u
                };
                let (by_x, by_u) = path.goal(prediction, t);
                let (c, g) = path.velocity(prediction, t);
                let velocity = c * at(t) + g * (by_x * x + by_u * u);
                let difference = (at(t + 1e-6) - at(t - 1e-6)) / 2e-6;
                assert!((velocity - difference).abs() < 1e-8, "{path:?} {prediction:?} {t}");
            }
        }
    }

    #[test]
    fn the_path_ends_at_the_data() {
        for path in [Path::Straight, Path::VariancePreserving] {
            assert_eq!(path.weights(Prediction::Velocity, 1.0), (1.0, 0.0));
            let (a, s) = path.weights(Prediction::Velocity, 0.0);
            assert!(a.abs() < 1e-15 && (s - 1.0).abs() < 1e-15);
        }
    }
}
