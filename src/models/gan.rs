//! The generative adversarial network (Goodfellow et al., "Generative adversarial nets", NeurIPS 2014).

use super::{Activations, Adversary, Density, Model, ModelSpec, TILE, Workspace};
use crate::bijections::standardise::in_units;
use crate::bijections::{Direction, Standardise};
use crate::math::{Batch, Philox, Scalar, Stream};
use crate::nn::Mlp;
use crate::nn::mlp::{MlpScratch, MlpTape};
use crate::nn::tangents::{TangentScratch, TangentTape};

/// A generator G that carries latent draws to the data, and a discriminator D that tells its samples from data: D(x) is the logarithm of
/// the odds that x is data.
///
/// Both follow their gradients at once: the discriminator that of -log sigmoid D(x) - log(1 - sigmoid D(G(z))), the generator that
/// of -log sigmoid D(G(z)), the non-saturating loss. R1 adds half a weight times the squared gradient of D at the data (Mescheder,
/// Geiger, Nowozin, "Which training methods for GANs do actually converge?", ICML 2018).
///
/// Parameters: those of the generator, then of the discriminator.
pub struct Gan<T> {
    dim: usize,
    latent: usize,
    penalty: f64,
    generator: Mlp,
    discriminator: Mlp,
    standardise: Option<Standardise>,
    scalar: std::marker::PhantomData<T>,
}

/// ln(1 + e^v), and its derivative.
fn softplus<T: Scalar>(v: T) -> (T, T) {
    let small = (-v.abs()).exp();
    let share = T::one() / (T::one() + small);
    let slope = if v > T::zero() { share } else { T::one() - share };
    (v.max(T::zero()) + small.ln_1p(), slope)
}

impl<T: Scalar> Gan<T> {
    /// The model that a valid [`ModelSpec`] describes.
    pub fn build(spec: &ModelSpec, standardise: Option<Standardise>) -> Self {
        let [generator, discriminator] = spec.networks().map(|sizes| Mlp::new(sizes, None, spec.activation));
        let (dim, latent, penalty) = (spec.ordering.len(), spec.latent, spec.penalty);
        let scalar = std::marker::PhantomData;
        Self { dim, latent, penalty, generator, discriminator, standardise, scalar }
    }
}

impl<T: Scalar> Adversary<T> for Gan<T> {
    fn log_odds(&self, parameters: &[T], points: &[T]) -> Vec<T> {
        let own = &parameters[self.generator.parameter_count()..];
        let (mut all, mut output, mut tape) = (Vec::new(), Vec::new(), MlpTape::default());
        for rows in points.chunks(TILE * self.dim) {
            let mut data = Batch::from_rows(rows, self.dim);
            in_units(self.standardise.as_ref(), Direction::Inverse, &mut data);
            self.discriminator.forward(own, data.as_slice(), &mut output, data.len(), &mut tape);
            all.extend_from_slice(&output);
        }
        all
    }
}

impl<T: Scalar> Model<T> for Gan<T> {
    fn dim(&self) -> usize {
        self.dim
    }

    fn parameter_count(&self) -> usize {
        self.generator.parameter_count() + self.discriminator.parameter_count()
    }

    /// The generator's last layer is wider than that of other networks here: it begins as a cloud and not as a point.
    fn initial_parameters(&self, seed: u32) -> Vec<T> {
        let mut parameters = vec![T::zero(); Model::parameter_count(self)];
        let (generator, discriminator) = parameters.split_at_mut(self.generator.parameter_count());
        self.generator.initialise(generator, &mut Philox::new(seed, Stream::Parameters { layer: 0 }));
        self.discriminator.initialise(discriminator, &mut Philox::new(seed, Stream::Parameters { layer: 1 }));
        let sizes = self.generator.sizes();
        let last = sizes[sizes.len() - 1] * (sizes[sizes.len() - 2] + 1);
        let from = generator.len() - last;
        generator[from..].iter_mut().for_each(|p| *p *= T::of_f64(10.0));
        parameters
    }

    /// The latent draws are made for the batch as a whole.
    fn needs_whole_batch(&self) -> bool {
        true
    }

    /// The discriminator's loss in nats, without the penalty: ln 4 where it can't tell. The gradient is no scalar's: that of each
    /// network's own loss by its own parameters.
    fn batch_gradient(
        &self,
        parameters: &[T],
        points: &Batch<T>,
        _activations: Activations,
        mut random: Philox,
        gradient: &mut [T],
        _workspace: &mut Workspace<T>,
    ) -> T {
        gradient.fill(T::zero());
        let count = self.generator.parameter_count();
        let (generator, discriminator) = parameters.split_at(count);
        let (by_generator, by_discriminator) = gradient.split_at_mut(count);
        let mut data = points.clone();
        in_units(self.standardise.as_ref(), Direction::Inverse, &mut data);
        let weight = T::of_f64(1.0 / points.len() as f64);
        let penalty = T::of_f64(self.penalty) * weight;
        let (mut made_tape, mut tape, mut scratch) =
            (MlpTape::default(), MlpTape::default(), MlpScratch::default());
        let (mut made, mut odds, mut slopes) = (Vec::new(), Vec::new(), Vec::new());
        let (mut tangent_tape, mut tangent_scratch) = (TangentTape::default(), TangentScratch::default());
        let mut unused = vec![T::zero(); self.dim.max(self.latent) * TILE];
        let mut thrown_away = vec![T::zero(); discriminator.len()];
        let mut tile = Batch::default();
        let mut loss = T::zero();
        for first in (0..points.len()).step_by(TILE) {
            tile.copy_points(&data, first..points.len().min(first + TILE));
            let len = tile.len();
            let (net, dim, real) = (&self.discriminator, self.dim, tile.as_slice());
            let mut of_data = |odds: &mut [T]| {
                for d in odds {
                    let (value, slope) = softplus(-*d);
                    loss += value;
                    *d = -weight * slope;
                }
            };
            let into = &mut unused[..dim * len];
            if self.penalty > 0.0 {
                let (tapes, memory) = (&mut tangent_tape, &mut tangent_scratch);
                net.forward_tangents(discriminator, real, dim, &mut odds, &mut slopes, len, tapes, memory);
                of_data(&mut odds);
                slopes.iter_mut().for_each(|s| *s *= penalty);
                net.backward_tangents(
                    discriminator,
                    real,
                    dim,
                    &tangent_tape,
                    &odds,
                    &slopes,
                    into,
                    by_discriminator,
                    len,
                    &mut tangent_scratch,
                );
            } else {
                net.forward(discriminator, real, &mut odds, len, &mut tape);
                of_data(&mut odds);
                net.backward(discriminator, real, &tape, &odds, into, by_discriminator, len, &mut scratch);
            }

            let latent: Vec<T> = (0..self.latent * len).map(|_| random.normal()).collect();
            self.generator.forward(generator, &latent, &mut made, len, &mut made_tape);
            net.forward(discriminator, &made, &mut odds, len, &mut tape);
            let mut fooled = odds.clone();
            for (d, f) in odds.iter_mut().zip(&mut fooled) {
                let (value, slope) = softplus(*d);
                loss += value;
                *d = weight * slope;
                *f = -weight * softplus(-*f).1;
            }
            let into = &mut unused[..self.dim * len];
            net.backward(discriminator, &made, &tape, &odds, into, by_discriminator, len, &mut scratch);
            let mut by_made = vec![T::zero(); self.dim * len];
            net.backward(
                discriminator,
                &made,
                &tape,
                &fooled,
                &mut by_made,
                &mut thrown_away,
                len,
                &mut scratch,
            );
            let into = &mut unused[..self.latent * len];
            let (tape, memory) = (&made_tape, &mut scratch);
            self.generator.backward(generator, &latent, tape, &by_made, into, by_generator, len, memory);
        }
        loss * weight
    }

    /// Little memory of past gradients: the other network has moved on since.
    fn betas(&self) -> [f64; 2] {
        [0.5, 0.9]
    }

    fn samples(
        &self,
        parameters: &[T],
        seed: u32,
        count: usize,
        temperature: f64,
        _workspace: &mut Workspace<T>,
    ) -> Vec<T> {
        let own = &parameters[..self.generator.parameter_count()];
        let (mut all, mut made, mut tape) = (Vec::new(), Vec::new(), MlpTape::default());
        let mut batch = Batch::default();
        for first in (0..count).step_by(TILE) {
            let len = TILE.min(count - first);
            let mut latent = vec![T::zero(); self.latent * len];
            for row in 0..len {
                let mut random = Philox::new(seed, Stream::BaseDraw { row: (first + row) as u32 });
                for l in 0..self.latent {
                    latent[l * len + row] = T::of_f64(temperature * random.normal::<f64>());
                }
            }
            self.generator.forward(own, &latent, &mut made, len, &mut tape);
            batch.resize(self.dim, len);
            batch.as_mut_slice().copy_from_slice(&made);
            in_units(self.standardise.as_ref(), Direction::Forward, &mut batch);
            all.extend(batch.to_rows());
        }
        all
    }

    fn density(&self) -> Density<'_, T> {
        Density::None
    }

    fn adversary(&self) -> Option<&dyn Adversary<T>> {
        Some(self)
    }
}
