//! Base distributions.

use serde::{Deserialize, Serialize};

use crate::bijections::univariate::MAX_COMPONENTS;
use crate::error::{Error, check_value, whole};
use crate::math::special::{LN_2PI, log_student_density};
use crate::math::{Batch, Philox, Scalar, Tails};
use crate::tagged::tagged_fields;
#[cfg(feature = "gpu")]
use crate::wgsl::{Fragment, real};

/// The distribution that a flow carries to the data. Temperature T scales its standard deviations by T, about the mean: as T
/// falls to 0 a draw tends to 0, or, in a mixture, to the mean of its component, since a mixture keeps its means and weights
/// whatever the temperature. A flow carries 0 to a single point; where a conditional is the map of a distribution function
/// (mixture, Laplace, Student-t), that is the conditional's median, which need not be a mode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "kebab-case", try_from = "Fields")]
pub enum Base {
    /// Independent standard normals.
    #[default]
    Normal,
    /// Independent Student-t variables: tails that a flow, being nearly linear far out, can't make from a normal
    /// (Jaini, Kobyzev, Yu, Brubaker, "Tails of Lipschitz triangular flows", ICML 2020).
    StudentT {
        /// Degrees of freedom, 1 to 100.
        degrees: f64,
    },
    /// An equal mixture of round Gaussians of deviation 1/2 with learned means: a base in several pieces, so that no
    /// thread has to join the modes (Izmailov, Kirichenko, Finzi, Wilson, "Semi-supervised learning with
    /// normalizing flows", ICML 2020).
    Mixture {
        /// Number of components, 1 to 32.
        components: usize,
    },
}

tagged_fields!(Fields, Kind of Base { Normal {}, StudentT { degrees: f64 }, Mixture { components: usize } });

/// Deviation of each component of the mixture, and how far from the origin their means start.
const DEVIATION: f64 = 0.5;
const RADIUS: f64 = 1.5;

#[cfg(feature = "gpu")]
impl Base {
    /// The base's functions for the GPU. An error is the end of “The GPU is not used: …”.
    pub fn wgsl(self) -> Result<Fragment, String> {
        match self {
            Self::Normal => Ok(Fragment::new(&[include_str!("shaders/normal.wgsl")])),
            Self::StudentT { degrees } => Ok(Fragment::new(&[include_str!("shaders/student_t.wgsl")])
                .with("DEGREES", real(degrees))
                .with("LOG_CONSTANT", real(log_student_density(0.0, degrees)))),
            Self::Mixture { .. } => Err("a mixture as base distribution learns on the processor".into()),
        }
    }
}

impl Base {
    /// One of each kind, as it begins when it is chosen.
    pub const KINDS: [Self; 3] =
        [Self::Normal, Self::StudentT { degrees: 3.0 }, Self::Mixture { components: 2 }];

    /// Whether all moments of its draws are finite.
    pub fn tails(self) -> Tails {
        match self {
            Self::Normal | Self::Mixture { .. } => Tails::Light,
            Self::StudentT { .. } => Tails::Heavy,
        }
    }

    /// Checks its fields; `path` is where it stands in an Experiment.
    pub fn validate(self, path: &str) -> Result<(), Error> {
        match self {
            Self::Normal => Ok(()),
            Self::StudentT { degrees } => {
                let good = (1.0..=100.0).contains(&degrees);
                check_value(good, &format!("{path}.degrees"), &degrees, "a number from 1 to 100")
            }
            Self::Mixture { components } => whole(&format!("{path}.components"), components, MAX_COMPONENTS),
        }
    }

    /// Number of learned parameters: the means of a mixture, component after component.
    pub fn parameter_count(self, dim: usize) -> usize {
        match self {
            Self::Mixture { components } => components * dim,
            Self::Normal | Self::StudentT { .. } => 0,
        }
    }

    /// Means on a circle in the first two variables, a little off in the others.
    pub fn initialise<T: Scalar>(self, dim: usize, parameters: &mut [T], random: &mut Philox) {
        if let Self::Mixture { components } = self {
            for (k, mean) in parameters.chunks_exact_mut(dim).enumerate() {
                let (sine, cosine) = (std::f64::consts::TAU * k as f64 / components as f64).sin_cos();
                for (i, m) in mean.iter_mut().enumerate() {
                    let around = [cosine, sine].get(i).map_or(0.0, |c| RADIUS * c);
                    *m = T::of_f64(around + 0.05 * random.normal::<f64>());
                }
            }
        }
    }

    /// Adds log p_T(u) in nats to `log_prob (len)`, for base points `(dim, len)` at temperature T > 0.
    pub fn add_log_prob<T: Scalar>(
        self,
        parameters: &[T],
        points: &Batch<T>,
        temperature: f64,
        log_prob: &mut [T],
    ) {
        let dim = points.dim();
        match self {
            Self::Normal => {
                let constant = T::of_f64(-(0.5 * LN_2PI + temperature.ln()) * dim as f64);
                log_prob.iter_mut().for_each(|lp| *lp += constant);
                let half_precision = T::of_f64(0.5 / (temperature * temperature));
                for i in 0..dim {
                    let values = log_prob.iter_mut().zip(points.variable(i));
                    values.for_each(|(lp, &u)| *lp -= half_precision * u * u);
                }
            }
            Self::StudentT { degrees } => {
                let constant = log_student_density(0.0, degrees) - temperature.ln();
                let factor = T::of_f64(1.0 / (degrees * temperature * temperature));
                let (constant, half) = (T::of_f64(constant), T::of_f64(0.5 * (degrees + 1.0)));
                for i in 0..dim {
                    let values = log_prob.iter_mut().zip(points.variable(i));
                    values.for_each(|(lp, &u)| *lp += constant - half * (u * u * factor).ln_1p());
                }
            }
            Self::Mixture { components } => {
                let deviation = DEVIATION * temperature;
                let constant =
                    T::of_f64(-(0.5 * LN_2PI + deviation.ln()) * dim as f64 - (components as f64).ln());
                for (row, lp) in log_prob.iter_mut().enumerate() {
                    let logs = component_logs(parameters, points, row, deviation);
                    let most = logs.iter().copied().fold(logs[0], |a, b| a.max(b));
                    let total: T = logs.iter().map(|&l| (l - most).exp()).sum();
                    *lp += constant + most + total.ln();
                }
            }
        }
    }

    /// Turns base points in place into `factor` times the gradient of log p(u) at T = 1, and adds `factor` times the
    /// gradient by the parameters, summed over the batch, to `grad_parameters`.
    pub fn pull_back<T: Scalar>(
        self,
        parameters: &[T],
        points: &mut Batch<T>,
        factor: T,
        grad_parameters: &mut [T],
    ) {
        match self {
            Self::Normal => points.as_mut_slice().iter_mut().for_each(|u| *u = -*u * factor),
            Self::StudentT { degrees } => {
                let (all, nu) = (T::of_f64(degrees + 1.0), T::of_f64(degrees));
                points.as_mut_slice().iter_mut().for_each(|u| *u = -all * *u / (nu + *u * *u) * factor);
            }
            Self::Mixture { .. } => {
                let dim = points.dim();
                let precision = T::of_f64(1.0 / (DEVIATION * DEVIATION));
                for row in 0..points.len() {
                    let logs = component_logs(parameters, points, row, DEVIATION);
                    let most = logs.iter().copied().fold(logs[0], |a, b| a.max(b));
                    let total: T = logs.iter().map(|&l| (l - most).exp()).sum();
                    for i in 0..dim {
                        let u = points.variable(i)[row];
                        let mut gradient = T::zero();
                        for (k, &log) in logs.iter().enumerate() {
                            let pull = (log - most).exp() / total
                                * precision
                                * (parameters[k * dim + i] - u)
                                * factor;
                            gradient += pull;
                            grad_parameters[k * dim + i] -= pull;
                        }
                        points.variable_mut(i)[row] = gradient;
                    }
                }
            }
        }
    }

    /// One point at a temperature, from the given generator: the same draw, moved, for every temperature.
    pub fn draw<T: Scalar>(
        self,
        parameters: &[T],
        dim: usize,
        temperature: f64,
        random: &mut Philox,
    ) -> Vec<T> {
        let scale = T::of_f64(temperature);
        match self {
            Self::Normal => (0..dim).map(|_| random.normal::<T>() * scale).collect(),
            // Bailey's polar method, 1994: one radius and one angle.
            Self::StudentT { degrees } => (0..dim)
                .map(|_| {
                    let radius = (degrees * (random.uniform::<f64>().powf(-2.0 / degrees) - 1.0)).sqrt();
                    T::of_f64(radius * (std::f64::consts::TAU * random.uniform::<f64>()).cos()) * scale
                })
                .collect(),
            Self::Mixture { components } => {
                let k = random.below(components);
                let deviation = scale * T::of_f64(DEVIATION);
                (0..dim).map(|i| parameters[k * dim + i] + deviation * random.normal::<T>()).collect()
            }
        }
    }

    /// Adds the gradient of a drawn point to the parameters that moved it, for the same generator as [`Self::draw`].
    pub fn pull_back_draw<T: Scalar>(self, grad: &[T], random: &mut Philox, grad_parameters: &mut [T]) {
        if let Self::Mixture { components } = self {
            let k = random.below(components);
            let mean = grad_parameters[k * grad.len()..].iter_mut();
            mean.zip(grad).for_each(|(m, &g)| *m += g);
        }
    }
}

/// For each component -|u - mean|^2 / (2 deviation^2).
fn component_logs<T: Scalar>(parameters: &[T], points: &Batch<T>, row: usize, deviation: f64) -> Vec<T> {
    let half_precision = T::of_f64(-0.5 / (deviation * deviation));
    parameters
        .chunks_exact(points.dim())
        .map(|mean| {
            let square: T =
                mean.iter().enumerate().map(|(i, &m)| (points.variable(i)[row] - m).powi(2)).sum();
            square * half_precision
        })
        .collect()
}
