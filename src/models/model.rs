//! The contract of every density model and generator. Trainer, session and bindings speak to it, and to no family.

use super::{Activations, Description, Flow, ReverseStep, Workspace};
use crate::bijections::Direction;
use crate::error::Error;
use crate::math::{Batch, Philox, Scalar};
use crate::nn::Adam;

/// A density model or a generator without its parameters, which are one flat slice.
pub trait Model<T: Scalar> {
    /// Number of variables.
    fn dim(&self) -> usize;

    /// Number of parameters, masked weights included.
    fn parameter_count(&self) -> usize;

    /// Initial parameters, a function of the seed alone.
    fn initial_parameters(&self, seed: u32) -> Vec<T>;

    /// Sets the parameters that depend on data, from some points of it.
    fn data_dependent_init(&self, _parameters: &mut [T], _points: &Batch<T>) {}

    /// True where statistics of the whole batch count: it can't be taken in shards.
    fn needs_whole_batch(&self) -> bool;

    /// The mean of its objective over a batch of data, in nats: -log p(x), or what stands for it. Its gradient overwrites `gradient`.
    /// `random` is for what the step itself draws.
    fn batch_gradient(
        &self,
        parameters: &[T],
        points: &Batch<T>,
        activations: Activations,
        random: Philox,
        gradient: &mut [T],
        workspace: &mut Workspace<T>,
    ) -> T;

    /// The same over `len` base draws, for the reverse KL: -ELBO, in nats. `generator` gives the random numbers of each draw. `None`
    /// where it has no such gradient, see [`Model::learns_from_draws`].
    fn draw_gradient(
        &self,
        _parameters: &[T],
        _len: usize,
        _generator: &dyn Fn(usize) -> Philox,
        _step: &ReverseStep<'_>,
        _gradient: &mut [T],
        _workspace: &mut Workspace<T>,
    ) -> Option<f64> {
        None
    }

    /// True where [`Model::draw_gradient`] has an answer.
    fn learns_from_draws(&self) -> bool {
        false
    }

    /// After a step whose [`Model::batch_gradient`] left this workspace.
    fn after_step(&self, _parameters: &mut [T], _workspace: &Workspace<T>) {}

    /// The first `count` base draws of a seed at a temperature of 0 or more, carried to the data, row-major: the same draws whatever
    /// the temperature.
    fn samples(
        &self,
        parameters: &[T],
        seed: u32,
        count: usize,
        temperature: f64,
        workspace: &mut Workspace<T>,
    ) -> Vec<T>;

    /// What it can say of log p(x).
    fn density(&self) -> Density<'_, T>;

    /// A bijection to a base, of an average the one that is shown for all; `None` where there is none.
    fn bijection(&self) -> Option<&Flow<T>> {
        None
    }

    /// It as a model with latent variables, for what only such can be asked.
    fn latent_variables(&self) -> Option<&dyn LatentVariables<T>> {
        None
    }

    /// It as a generator with a discriminator, likewise.
    fn adversary(&self) -> Option<&dyn Adversary<T>> {
        None
    }

    /// Decays of Adam's moments.
    fn betas(&self) -> [f64; 2] {
        Adam::<T>::BETAS
    }

    /// What its parameters mean, for other programs to evaluate it; `None` where it can't be said.
    fn describe(&self) -> Option<Description> {
        None
    }
}

/// What an encoder says of a set of points, averaged over them, in nats.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ElboTerms {
    /// Mean of log p(x given z) over draws of the encoder.
    pub reconstruction: f64,
    /// KL divergence of the encoder's Gaussian from the latent's distribution.
    pub divergence: f64,
}

/// What a model with latent variables can be asked.
pub trait LatentVariables<T> {
    /// log p(x, z) - log q(z given x) in nats at draws of the encoder, of each row-major point `draws` of them one after the other; the
    /// latents and the decoder's widths at a temperature.
    fn log_weights(&self, parameters: &[T], points: &[T], draws: usize, temperature: f64) -> Vec<f64>;

    /// log p(x) in nats by quadrature over the latent: the truth that bounds are held against. `None` for more than two latents.
    /// Half the side, in deviations, and nodes on each side.
    fn quadrature(&self, parameters: &[T], points: &[T]) -> Option<Vec<f64>>;

    /// The two terms of the ELBO, averaged over row-major points and [`BOUND_DRAWS`](super::model_spec::BOUND_DRAWS) draws each.
    fn elbo_terms(&self, parameters: &[T], points: &[T]) -> ElboTerms;
}

/// What a generator with a discriminator can be asked.
pub trait Adversary<T> {
    /// D at row-major points, in nats: the logarithm of the odds that a point is data.
    fn log_odds(&self, parameters: &[T], points: &[T]) -> Vec<T>;
}

/// What a model can say of log p(x).
pub enum Density<'a, T> {
    /// It itself.
    Exact(&'a dyn LogProb<T>),
    /// A number that it is not below.
    LowerBound(&'a dyn LogProb<T>),
    /// Nothing: it makes samples alone.
    None,
}

/// A log-density, or a lower bound of one.
pub trait LogProb<T> {
    /// log p(x) in nats of row-major points `(len, dim)`, with the base at temperature T > 0.
    fn log_prob(
        &self,
        parameters: &[T],
        points: &[T],
        temperature: f64,
        workspace: &mut Workspace<T>,
    ) -> Vec<T>;
}

impl<'a, T> Density<'a, T> {
    /// The log-density or its bound, for what can't do without.
    ///
    /// # Errors
    /// Where there is neither.
    pub fn required(self) -> Result<&'a dyn LogProb<T>, Error> {
        match self {
            Self::Exact(log_prob) | Self::LowerBound(log_prob) => Ok(log_prob),
            Self::None => Err(Error::NoDensity),
        }
    }
}

impl<T: Scalar> LogProb<T> for Flow<T> {
    fn log_prob(
        &self,
        parameters: &[T],
        points: &[T],
        temperature: f64,
        workspace: &mut Workspace<T>,
    ) -> Vec<T> {
        Flow::log_prob(self, parameters, points, temperature, workspace)
    }
}

impl<T: Scalar> Model<T> for Flow<T> {
    fn dim(&self) -> usize {
        Flow::dim(self)
    }

    fn parameter_count(&self) -> usize {
        Flow::parameter_count(self)
    }

    fn initial_parameters(&self, seed: u32) -> Vec<T> {
        Flow::initial_parameters(self, seed)
    }

    fn data_dependent_init(&self, parameters: &mut [T], points: &Batch<T>) {
        Flow::data_dependent_init(self, parameters, points);
    }

    fn needs_whole_batch(&self) -> bool {
        Flow::needs_whole_batch(self)
    }

    fn batch_gradient(
        &self,
        parameters: &[T],
        points: &Batch<T>,
        activations: Activations,
        _random: Philox,
        gradient: &mut [T],
        workspace: &mut Workspace<T>,
    ) -> T {
        self.nll_gradient(parameters, points, activations, gradient, workspace)
    }

    fn draw_gradient(
        &self,
        parameters: &[T],
        len: usize,
        generator: &dyn Fn(usize) -> Philox,
        step: &ReverseStep<'_>,
        gradient: &mut [T],
        workspace: &mut Workspace<T>,
    ) -> Option<f64> {
        Some(self.reverse_kl_gradient(parameters, len, generator, step, gradient, workspace))
    }

    fn learns_from_draws(&self) -> bool {
        true
    }

    fn after_step(&self, parameters: &mut [T], workspace: &Workspace<T>) {
        Flow::after_step(self, parameters, &workspace.tapes);
    }

    fn samples(
        &self,
        parameters: &[T],
        seed: u32,
        count: usize,
        temperature: f64,
        workspace: &mut Workspace<T>,
    ) -> Vec<T> {
        let base = self.base_draws(parameters, seed, count, temperature);
        self.transform(Direction::Forward, parameters, &base, workspace).0
    }

    fn density(&self) -> Density<'_, T> {
        Density::Exact(self)
    }

    fn bijection(&self) -> Option<&Flow<T>> {
        Some(self)
    }

    fn describe(&self) -> Option<Description> {
        Flow::describe(self).map(Description::Flows)
    }
}
