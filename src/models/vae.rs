//! The variational autoencoder (Kingma, Welling, "Auto-encoding variational Bayes", ICLR 2014).

use super::model_spec::BOUND_DRAWS;
use super::{Activations, Density, ElboTerms, LatentVariables, LogProb, Model, ModelSpec, TILE, Workspace};
use crate::bijections::standardise::in_units;
use crate::bijections::{Direction, Standardise};
use crate::math::special::{LN_2PI, log_sum_exp};
use crate::math::{Batch, Philox, Scalar, Stream};
use crate::nn::Mlp;
use crate::nn::mlp::{MlpScratch, MlpTape};

/// Latent variables z from a standard normal, and a Gaussian decoder: x given z has a mean and a width for each variable, both by a
/// network of z. A second network, the encoder, says for each x a Gaussian of the z that it may have come from.
///
/// log p(x) is an integral over z. What is reported is a lower bound of it by importance sampling (Burda, Grosse, Salakhutdinov,
/// "Importance weighted autoencoders", ICLR 2016) with [`BOUND_DRAWS`] draws of the encoder; what is trained is the ELBO, the bound of one.
///
/// Parameters: those of the encoder, then of the decoder. Each network's outputs are the means, then the logarithms of the widths.
pub struct Vae<T> {
    dim: usize,
    latent: usize,
    beta: f64,
    encoder: Mlp,
    decoder: Mlp,
    standardise: Option<Standardise>,
    scalar: std::marker::PhantomData<T>,
}

/// The logarithm of a width stays within so much of 0, whatever a network says.
const WIDEST: f64 = 6.0;

/// Memory of one network's pass.
#[derive(Default)]
struct Pass<T> {
    output: Vec<T>,
    tape: MlpTape<T>,
    scratch: MlpScratch<T>,
}

impl<T: Scalar> Vae<T> {
    /// The model that a valid [`ModelSpec`] describes.
    pub fn build(spec: &ModelSpec, standardise: Option<Standardise>) -> Self {
        let [encoder, decoder] = spec.networks().map(|sizes| Mlp::new(sizes, None, spec.activation));
        let (dim, latent, beta) = (spec.ordering.len(), spec.latent, spec.beta);
        Self { dim, latent, beta, encoder, decoder, standardise, scalar: std::marker::PhantomData }
    }

    /// Number of latent variables.
    pub fn latent(&self) -> usize {
        self.latent
    }

    /// What the decoder says of latent points `(latent, len)`.
    fn decode(&self, parameters: &[T], latent: &[T], len: usize, pass: &mut Pass<T>) {
        let own = &parameters[self.encoder.parameter_count()..];
        self.decoder.forward(own, latent, &mut pass.output, len, &mut pass.tape);
        bound(&mut pass.output[self.dim * len..]);
    }

    /// What the encoder says of points `(dim, len)` in the model's units.
    fn encode(&self, parameters: &[T], points: &Batch<T>, pass: &mut Pass<T>) {
        let own = &parameters[..self.encoder.parameter_count()];
        self.encoder.forward(own, points.as_slice(), &mut pass.output, points.len(), &mut pass.tape);
        bound(&mut pass.output[self.latent * points.len()..]);
    }

    /// log p(x given z) in nats of a point, by what the decoder said of a latent point.
    fn log_likelihood(
        &self,
        decoded: &[T],
        data: &Batch<T>,
        row: usize,
        latent: usize,
        temperature: f64,
    ) -> f64 {
        let len = decoded.len() / (2 * self.dim);
        let one = |i: usize| {
            let mean = decoded[i * len + latent].to_f64();
            let log_width = decoded[(self.dim + i) * len + latent].to_f64() + temperature.ln();
            let z = (data.variable(i)[row].to_f64() - mean) * (-log_width).exp();
            -0.5 * (z * z + LN_2PI) - log_width
        };
        (0..self.dim).map(one).sum()
    }
}

/// Keeps logarithms of widths within [`WIDEST`] of 0, smoothly.
fn bound<T: Scalar>(log_widths: &mut [T]) {
    let widest = T::of_f64(WIDEST);
    log_widths.iter_mut().for_each(|w| *w = widest * (*w / widest).fast_tanh());
}

/// The derivative of [`bound`] where it gave this.
fn slope_of_bound<T: Scalar>(bounded: T) -> T {
    let share = bounded / T::of_f64(WIDEST);
    T::one() - share * share
}

impl<T: Scalar> LatentVariables<T> for Vae<T> {
    fn log_weights(&self, parameters: &[T], points: &[T], draws: usize, temperature: f64) -> Vec<f64> {
        let mut all = Vec::with_capacity(points.len() / self.dim * draws);
        let mut encoded = Pass::default();
        let mut decoded = Pass::default();
        let mut first = 0;
        for rows in points.chunks(TILE * self.dim) {
            let mut data = Batch::from_rows(rows, self.dim);
            let offset = in_units(self.standardise.as_ref(), Direction::Inverse, &mut data);
            let len = data.len();
            self.encode(parameters, &data, &mut encoded);
            let mut own = vec![0.0; len * draws];
            let mut latent = vec![T::zero(); self.latent * len];
            for draw in 0..draws {
                let mut log_weight = vec![offset; len];
                for (row, lw) in log_weight.iter_mut().enumerate() {
                    let use_of = Stream::PosteriorDraw { row: (first + row) as u32, draw: draw as u32 };
                    let mut random = Philox::new(0, use_of);
                    for l in 0..self.latent {
                        let noise: f64 = random.normal();
                        let mean = encoded.output[l * len + row].to_f64();
                        let log_width = encoded.output[(self.latent + l) * len + row].to_f64();
                        let z = mean + log_width.exp() * noise;
                        latent[l * len + row] = T::of_f64(z);
                        let scaled = z / temperature;
                        *lw += 0.5 * (noise * noise - scaled * scaled) + log_width - temperature.ln();
                    }
                }
                self.decode(parameters, &latent, len, &mut decoded);
                for (row, lw) in log_weight.iter_mut().enumerate() {
                    *lw += self.log_likelihood(&decoded.output, &data, row, row, temperature);
                    own[row * draws + draw] = *lw;
                }
            }
            all.extend(own);
            first += len;
        }
        all
    }

    fn quadrature(&self, parameters: &[T], points: &[T]) -> Option<Vec<f64>> {
        /// Half the side, in deviations, and nodes on each side.
        const REACH: f64 = 6.0;
        let nodes: usize = match self.latent {
            1 => 20_000,
            2 => 400,
            _ => return None,
        };
        let count = nodes.pow(self.latent as u32);
        let step = 2.0 * REACH / nodes as f64;
        let place = |node: usize| -REACH + (node as f64 + 0.5) * step;
        let mut data = Batch::from_rows(points, self.dim);
        let offset = in_units(self.standardise.as_ref(), Direction::Inverse, &mut data);
        let mut sums = vec![0.0f64; data.len()];
        let mut greatest = vec![f64::NEG_INFINITY; data.len()];
        let mut decoded = Pass::default();
        let mut latent = Vec::new();
        for first in (0..count).step_by(TILE) {
            let tile = first..count.min(first + TILE);
            let axes = |node: usize| [node % nodes, node / nodes];
            latent.clear();
            for l in 0..self.latent {
                latent.extend(tile.clone().map(|node| T::of_f64(place(axes(node)[l]))));
            }
            self.decode(parameters, &latent, tile.len(), &mut decoded);
            for (at, node) in tile.clone().enumerate() {
                let log_cell = self.latent as f64 * (step.ln() - 0.5 * LN_2PI)
                    - 0.5 * axes(node)[..self.latent].iter().map(|&n| place(n).powi(2)).sum::<f64>();
                for row in 0..data.len() {
                    let term = log_cell + self.log_likelihood(&decoded.output, &data, row, at, 1.0);
                    if term > greatest[row] {
                        sums[row] = sums[row] * (greatest[row] - term).exp() + 1.0;
                        greatest[row] = term;
                    } else {
                        sums[row] += (term - greatest[row]).exp();
                    }
                }
            }
        }
        Some(sums.iter().zip(greatest).map(|(sum, greatest)| offset + greatest + sum.ln()).collect())
    }

    fn elbo_terms(&self, parameters: &[T], points: &[T]) -> ElboTerms {
        let weights = self.log_weights(parameters, points, BOUND_DRAWS, 1.0);
        let elbo = weights.iter().sum::<f64>() / weights.len().max(1) as f64;
        let mut data = Batch::from_rows(points, self.dim);
        in_units(self.standardise.as_ref(), Direction::Inverse, &mut data);
        let mut encoded = Pass::default();
        self.encode(parameters, &data, &mut encoded);
        let (means, widths) = encoded.output.split_at(self.latent * data.len());
        let one = |(&m, &w): (&T, &T)| {
            let (m, w) = (m.to_f64(), w.to_f64());
            0.5 * (m * m + (2.0 * w).exp() - 1.0) - w
        };
        let divergence = means.iter().zip(widths).map(one).sum::<f64>() / data.len().max(1) as f64;
        ElboTerms { reconstruction: elbo + divergence, divergence }
    }
}

impl<T: Scalar> LogProb<T> for Vae<T> {
    /// The importance-weighted bound.
    fn log_prob(
        &self,
        parameters: &[T],
        points: &[T],
        temperature: f64,
        _workspace: &mut Workspace<T>,
    ) -> Vec<T> {
        let weights = self.log_weights(parameters, points, BOUND_DRAWS, temperature);
        let count = (BOUND_DRAWS as f64).ln();
        let one = |own: &[f64]| {
            let bound = log_sum_exp(own.iter().copied()) - count;
            // What is no number is below all numbers.
            T::of_f64(bound.max(f64::NEG_INFINITY))
        };
        weights.chunks_exact(BOUND_DRAWS).map(one).collect()
    }
}

impl<T: Scalar> Model<T> for Vae<T> {
    fn dim(&self) -> usize {
        self.dim
    }

    fn parameter_count(&self) -> usize {
        self.encoder.parameter_count() + self.decoder.parameter_count()
    }

    fn initial_parameters(&self, seed: u32) -> Vec<T> {
        let mut parameters = vec![T::zero(); Model::parameter_count(self)];
        let (encoder, decoder) = parameters.split_at_mut(self.encoder.parameter_count());
        self.encoder.initialise(encoder, &mut Philox::new(seed, Stream::Parameters { layer: 0 }));
        self.decoder.initialise(decoder, &mut Philox::new(seed, Stream::Parameters { layer: 1 }));
        parameters
    }

    /// What the encoder's draws are made of is drawn for the batch as a whole.
    fn needs_whole_batch(&self) -> bool {
        true
    }

    /// -ELBO of one draw for each point, in nats, with the divergence times beta.
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
        let weight = T::of_f64(1.0 / points.len() as f64);
        let (beta, half) = (T::of_f64(self.beta), T::of_f64(0.5));
        let (mut encoded, mut decoded) = (Pass::default(), Pass::default());
        let (by_encoder, by_decoder) = gradient.split_at_mut(self.encoder.parameter_count());
        let (encoder, decoder) = parameters.split_at(self.encoder.parameter_count());
        let mut total = 0.0;
        let mut data = Batch::default();
        for first in (0..points.len()).step_by(TILE) {
            data.copy_points(points, first..points.len().min(first + TILE));
            let offset = in_units(self.standardise.as_ref(), Direction::Inverse, &mut data);
            let len = data.len();
            self.encode(parameters, &data, &mut encoded);
            let noise: Vec<T> = (0..self.latent * len).map(|_| random.normal()).collect();
            let (means, widths) = encoded.output.split_at(self.latent * len);
            let latent: Vec<T> = (0..noise.len()).map(|i| means[i] + widths[i].exp() * noise[i]).collect();
            self.decode(parameters, &latent, len, &mut decoded);

            let mut value = T::zero();
            let (centres, scales) = decoded.output.split_at_mut(self.dim * len);
            for ((centre, scale), &x) in centres.iter_mut().zip(scales).zip(data.as_slice()) {
                let precision = (-*scale).exp();
                let z = (x - *centre) * precision;
                value += half * z * z + *scale;
                *centre = -weight * z * precision;
                *scale = weight * (T::one() - z * z) * slope_of_bound(*scale);
            }
            let mut by_latent = vec![T::zero(); latent.len()];
            let Pass { output, tape, scratch } = &mut decoded;
            self.decoder.backward(decoder, &latent, tape, output, &mut by_latent, by_decoder, len, scratch);

            let (means, widths) = encoded.output.split_at_mut(self.latent * len);
            for (i, (mean, width)) in means.iter_mut().zip(widths).enumerate() {
                let deviation = width.exp();
                value += beta * (half * (*mean * *mean + deviation * deviation - T::one()) - *width);
                *mean = by_latent[i] + weight * beta * *mean;
                let along =
                    by_latent[i] * noise[i] * deviation + weight * beta * (deviation * deviation - T::one());
                *width = along * slope_of_bound(*width);
            }
            let mut unused = vec![T::zero(); self.dim * len];
            let Pass { output, tape, scratch } = &mut encoded;
            let read = data.as_slice();
            self.encoder.backward(encoder, read, tape, output, &mut unused, by_encoder, len, scratch);
            total += value.to_f64() + len as f64 * (0.5 * LN_2PI * self.dim as f64 - offset);
        }
        T::of_f64(total) * weight
    }

    /// A base draw is the latent's, then the decoder's: at temperature 0 all samples are the mean of what 0 is decoded to.
    fn samples(
        &self,
        parameters: &[T],
        seed: u32,
        count: usize,
        temperature: f64,
        _workspace: &mut Workspace<T>,
    ) -> Vec<T> {
        let mut all = Vec::with_capacity(count * self.dim);
        let mut decoded = Pass::default();
        for first in (0..count).step_by(TILE) {
            let len = TILE.min(count - first);
            let mut latent = vec![T::zero(); self.latent * len];
            let mut batch = Batch::zeros(self.dim, len);
            for row in 0..len {
                let mut random = Philox::new(seed, Stream::BaseDraw { row: (first + row) as u32 });
                let mut draw = || T::of_f64(temperature * random.normal::<f64>());
                (0..self.latent).for_each(|l| latent[l * len + row] = draw());
                (0..self.dim).for_each(|i| batch.variable_mut(i)[row] = draw());
            }
            self.decode(parameters, &latent, len, &mut decoded);
            let (means, widths) = decoded.output.split_at(self.dim * len);
            let values = batch.as_mut_slice().iter_mut().zip(means).zip(widths);
            values.for_each(|((v, &mean), &width)| *v = mean + width.exp() * *v);
            in_units(self.standardise.as_ref(), Direction::Forward, &mut batch);
            all.extend(batch.to_rows());
        }
        all
    }

    fn density(&self) -> Density<'_, T> {
        Density::LowerBound(self)
    }

    fn latent_variables(&self) -> Option<&dyn LatentVariables<T>> {
        Some(self)
    }
}
