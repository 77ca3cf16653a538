//! What the view "The soap bubble" asks: how far from the middle points are, and how dense it is there.

use serde::Serialize;

use super::checks::within;
use super::{Floats, Session};
use crate::bijections::Direction;
use crate::error::Error;

/// Points of the target and samples of the model: their distance from the middle of the base, and log p in nats.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Bubble {
    /// |u| of each point of the target.
    pub data_radius: Floats,
    /// log p(x) there.
    pub data_log_prob: Floats,
    /// |u| of each sample.
    pub sample_radius: Floats,
    /// log p(x) there.
    pub sample_log_prob: Floats,
    /// log p(x) where the middle of the base, u = 0, is carried to.
    pub middle_log_prob: f64,
}

/// More points than this in one answer is a mistake, not a wish.
const MAX_POINTS: usize = 10_000;

impl Session {
    /// Of `count` held-out points, or as many as there are, and of `count` samples. An error where the model is no bijection.
    pub fn bubble(&mut self, count: usize) -> Result<Bubble, Error> {
        within("count", count, 1, MAX_POINTS)?;
        let dim = self.target().dim();
        let middle_log_prob = self.receipt(&vec![0.0; dim], true)?.log_prob;
        let held_out = self.held_out_points();
        let data = held_out[..held_out.len().min(count * dim)].to_vec();
        let samples = self.samples(count, 1.0);
        let [data, sample] = [data, samples].map(|points| self.shell(&points));
        let ((data_radius, data_log_prob), (sample_radius, sample_log_prob)) = (data?, sample?);
        Ok(Bubble { data_radius, data_log_prob, sample_radius, sample_log_prob, middle_log_prob })
    }

    /// |u| and log p at row-major points.
    fn shell(&mut self, points: &[f32]) -> Result<(Floats, Floats), Error> {
        let log_prob = self.log_prob_at(points, 1.0);
        let (flow, parameters, workspace) = self.pieces()?;
        let (base, _) = flow.transform(Direction::Inverse, parameters, points, workspace);
        let radius = |u: &[f32]| u.iter().map(|v| v * v).sum::<f32>().sqrt();
        Ok((Floats(base.chunks_exact(flow.dim()).map(radius).collect()), Floats(log_prob)))
    }
}
