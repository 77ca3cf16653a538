//! A velocity as a network of place and time.

use super::{Path, Prediction};
use crate::math::{Batch, Philox, Scalar};
use crate::nn::tangents::{TangentScratch, TangentTape};
use crate::nn::{Activation, Mlp};

/// Time enters as sines and cosines of these multiples of a quarter turn.
const FREQUENCIES: [f64; 4] = [1.0, 2.0, 4.0, 8.0];
const TIME_FEATURES: usize = 2 * FREQUENCIES.len();

/// dx/dt = c(t) x + g(t) n(x, t), with a multilayer perceptron n of the point and of [time features](time_features), and c and g of
/// the [`Path`].
#[derive(Clone, Debug)]
pub struct Field {
    dim: usize,
    mlp: Mlp,
    path: Path,
    prediction: Prediction,
}

/// What [`Field::velocity`] leaves for [`Field::pull_back`].
#[derive(Clone, Debug, Default)]
pub struct FieldTape<T> {
    input: Vec<T>,
    tangents: TangentTape<T>,
    time: f64,
}

impl<T> FieldTape<T> {
    /// Bytes of all that it holds.
    pub fn bytes(&self) -> usize {
        size_of_val(self.input.as_slice()) + self.tangents.bytes()
    }
}

/// Scratch memory of both, reused from call to call.
#[derive(Clone, Debug, Default)]
pub struct FieldScratch<T> {
    output: Vec<T>,
    tangents: Vec<T>,
    grad_input: Vec<T>,
    network: TangentScratch<T>,
}

/// The sines, then the cosines of pi t / 2 times 1, 2, 4 and 8.
pub fn time_features(t: f64) -> [f64; TIME_FEATURES] {
    let angle = |frequency: f64| std::f64::consts::FRAC_PI_2 * frequency * t;
    std::array::from_fn(|i| match FREQUENCIES.get(i) {
        Some(&frequency) => angle(frequency).sin(),
        None => angle(FREQUENCIES[i - FREQUENCIES.len()]).cos(),
    })
}

impl Field {
    /// A velocity of `dim` variables by a network of these hidden layers.
    pub fn new(
        dim: usize,
        hidden: &[usize],
        activation: Activation,
        path: Path,
        prediction: Prediction,
    ) -> Self {
        let sizes = [&[dim + TIME_FEATURES], hidden, &[dim]].concat();
        Self { dim, mlp: Mlp::new(sizes, None, activation), path, prediction }
    }

    /// Number of variables.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// The network: its inputs are the point, then the time features.
    pub fn network(&self) -> &Mlp {
        &self.mlp
    }

    /// The way that it is learned along.
    pub fn path(&self) -> Path {
        self.path
    }

    /// What its network says.
    pub fn prediction(&self) -> Prediction {
        self.prediction
    }

    /// Number of parameters.
    pub fn parameter_count(&self) -> usize {
        self.mlp.parameter_count()
    }

    /// Draws the initial parameters.
    pub fn initialise<T: Scalar>(&self, parameters: &mut [T], random: &mut Philox) {
        self.mlp.initialise(parameters, random);
    }

    /// Points and their times as the network reads them, `(dim + features, len)`.
    pub fn read<T: Scalar>(&self, points: &Batch<T>, time: impl Fn(usize) -> f64, input: &mut Vec<T>) {
        let len = points.len();
        input.resize((self.dim + TIME_FEATURES) * len, T::zero());
        let (place, features) = input.split_at_mut(self.dim * len);
        place.copy_from_slice(points.as_slice());
        for point in 0..len {
            for (i, feature) in time_features(time(point)).into_iter().enumerate() {
                features[i * len + point] = T::of_f64(feature);
            }
        }
    }

    /// The same where all points have one time.
    fn read_at<T: Scalar>(&self, points: &Batch<T>, time: f64, input: &mut Vec<T>) {
        let len = points.len();
        input.resize((self.dim + TIME_FEATURES) * len, T::zero());
        let (place, features) = input.split_at_mut(self.dim * len);
        place.copy_from_slice(points.as_slice());
        for (row, feature) in features.chunks_exact_mut(len).zip(time_features(time)) {
            row.fill(T::of_f64(feature));
        }
    }

    /// dx/dt at each point `(dim, len)`, and its divergence, the sum of the derivatives of each variable's velocity along it.
    #[allow(clippy::too_many_arguments, reason = "velocity and divergence, and the memory for both")]
    pub fn velocity<T: Scalar>(
        &self,
        parameters: &[T],
        points: &Batch<T>,
        time: f64,
        velocity: &mut Batch<T>,
        divergence: &mut Vec<T>,
        tape: &mut FieldTape<T>,
        scratch: &mut FieldScratch<T>,
    ) {
        let (dim, len) = (self.dim, points.len());
        self.read_at(points, time, &mut tape.input);
        tape.time = time;
        let FieldScratch { output, tangents, network, .. } = scratch;
        self.mlp.forward_tangents(
            parameters,
            &tape.input,
            dim,
            output,
            tangents,
            len,
            &mut tape.tangents,
            network,
        );
        let (c, g) = self.path.velocity(self.prediction, time);
        velocity.resize(dim, len);
        let (by_place, by_network) = (T::of_f64(c), T::of_f64(g));
        let values = velocity.as_mut_slice().iter_mut().zip(output.iter()).zip(points.as_slice());
        values.for_each(|((v, &n), &x)| *v = by_place * x + by_network * n);
        divergence.clear();
        divergence.resize(len, T::of_f64(c * dim as f64));
        for i in 0..dim {
            let own = &tangents[(i * dim + i) * len..][..len];
            divergence.iter_mut().zip(own).for_each(|(d, &t)| *d += by_network * t);
        }
    }

    /// Adds to `grad_points (dim, len)` and `grad_parameters` the gradient of a scalar whose gradients by velocity and divergence are
    /// given, where the tape was recorded.
    #[allow(clippy::too_many_arguments, reason = "a gradient takes each thing and its gradient")]
    pub fn pull_back<T: Scalar>(
        &self,
        parameters: &[T],
        tape: &FieldTape<T>,
        grad_velocity: &Batch<T>,
        grad_divergence: &[T],
        grad_points: &mut Batch<T>,
        grad_parameters: &mut [T],
        scratch: &mut FieldScratch<T>,
    ) {
        let (dim, len) = (self.dim, grad_velocity.len());
        let (c, g) = self.path.velocity(self.prediction, tape.time);
        let (by_place, by_network) = (T::of_f64(c), T::of_f64(g));
        let FieldScratch { output, tangents, grad_input, network } = scratch;
        output.clear();
        output.extend(grad_velocity.as_slice().iter().map(|&v| by_network * v));
        tangents.clear();
        tangents.resize(dim * dim * len, T::zero());
        for i in 0..dim {
            let own = &mut tangents[(i * dim + i) * len..][..len];
            own.iter_mut().zip(grad_divergence).for_each(|(t, &d)| *t = by_network * d);
        }
        grad_input.clear();
        grad_input.resize((dim + TIME_FEATURES) * len, T::zero());
        self.mlp.backward_tangents(
            parameters,
            &tape.input,
            dim,
            &tape.tangents,
            output,
            tangents,
            grad_input,
            grad_parameters,
            len,
            network,
        );
        let both = grad_points.as_mut_slice().iter_mut().zip(grad_input.iter()).zip(grad_velocity.as_slice());
        both.for_each(|((to, &by_input), &v)| *to += by_input + by_place * v);
    }
}
