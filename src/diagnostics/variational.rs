//! What the reverse KL can say of itself, from draws of the model and an unnormalised log density alone.

use serde::Serialize;

use super::Split;
use crate::bijections::Direction;
use crate::math::special::log_sum_exp;
use crate::math::{Batch, Estimate, Philox, Scalar, Tails, estimate_mean};
use crate::models::Flow;
use crate::targets::Target;
use crate::targets::smoothed::Smoothed;

/// Estimates from draws x of the model q against the unnormalised density p~.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Variational {
    /// The mean of log p~(x) - log q(x), in nats: a lower bound of ln Z.
    pub elbo: f64,
    /// KL(q || p) = ln Z - ELBO, in nats, with the known ln Z.
    pub kl: f64,
    /// The mean of log p~(x), in nats: what of the ELBO a tempered objective weighs.
    pub log_density: f64,
    /// Standard error of ELBO and KL; `None` where none can be given, see [`estimate_mean`].
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub standard_error: Option<f64>,
    /// Effective sample size of the importance weights p~/q, as a share of the draws, 0 to 1 (Kong, 1992).
    pub effective_sample_size: f64,
    /// ln Z estimated by the importance weights.
    pub log_z_estimate: f64,
    /// ln Z itself.
    pub log_z: f64,
}

/// Measures a flow on `count` draws of its own; `tails` are those of what it draws.
#[allow(clippy::too_many_arguments, reason = "a flow, what it is measured against, and which draws")]
pub fn measure<T: Scalar>(
    flow: &Flow<T>,
    parameters: &[T],
    target: &dyn Target,
    smoothed: &Smoothed,
    seed: u32,
    split: Split,
    count: usize,
    tails: Tails,
) -> Variational {
    const CHUNK: usize = 512;
    let base = &parameters[flow.base_range()];
    let (mut x, mut unused) = (vec![0.0; flow.dim()], vec![0.0; flow.dim()]);
    let mut log_weights = Vec::with_capacity(count);
    let mut log_density = 0.0;
    for first in (0..count).step_by(CHUNK) {
        let rows = first..count.min(first + CHUNK);
        let draws: Vec<T> = rows
            .flat_map(|row| {
                let mut random = Philox::new(seed, split.draw(row as u32));
                flow.base().draw(base, flow.dim(), 1.0, &mut random)
            })
            .collect();
        let mut batch = Batch::from_rows(&draws, flow.dim());
        let mut log_q = vec![T::zero(); batch.len()];
        let mut log_det = vec![T::zero(); batch.len()];
        flow.base().add_log_prob(base, &batch, 1.0, &mut log_q);
        flow.map(Direction::Forward, parameters, &mut batch, &mut log_det, &mut Vec::new());
        for row in 0..batch.len() {
            x.iter_mut().enumerate().for_each(|(i, v)| *v = batch.variable(i)[row].to_f64());
            let log_p = smoothed.at(target, &x, &mut unused);
            log_density += log_p;
            log_weights.push(log_p - log_q[row].to_f64() + log_det[row].to_f64());
        }
    }
    let n = count as f64;
    let Estimate { mean: elbo, standard_error } = estimate_mean(&log_weights, tails);
    let total = log_sum_exp(log_weights.iter().copied());
    let squares = log_sum_exp(log_weights.iter().map(|w| 2.0 * w));
    let log_z = smoothed.log_normaliser();
    Variational {
        elbo,
        kl: log_z - elbo,
        log_density: log_density / n,
        standard_error,
        effective_sample_size: (2.0 * total - squares).exp() / n,
        log_z_estimate: total - n.ln(),
        log_z,
    }
}
