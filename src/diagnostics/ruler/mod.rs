//! How far a model's samples are from points of the target: what can be measured of every model that makes samples, whatever it can
//! say of its density.

mod energy;
mod neighbours;
mod permutations;
mod sliced;

pub use energy::energy_distance;
pub use neighbours::{NEIGHBOURS, PrecisionRecall, precision_recall};
pub use sliced::sliced_wasserstein;

use serde::Serialize;

/// A distance between two samples, and what chance makes of one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Distance {
    /// The estimate.
    pub value: f64,
    /// Its standard error; `None` where none can be given.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub standard_error: Option<f64>,
    /// What two samples of one and the same density stay below in 19 of 20 cases: the 95 % point over permutations of the pooled points.
    pub null_95: f64,
    /// The share of permutations that are as far apart as the samples are, these among them: near 0 they differ for sure.
    pub p_value: f64,
}

impl Distance {
    /// Of an estimate and the values of the same under permutations; `observed` is what these are to be compared with.
    fn of(value: f64, standard_error: Option<f64>, observed: f64, mut null: Vec<f64>) -> Self {
        crate::math::ascending(&mut null);
        let all = (null.len() + 1) as f64;
        let above = null.len() - null.partition_point(|&v| v < observed);
        let null_95 = null[((0.95 * all).ceil() as usize).clamp(1, null.len()) - 1];
        Self { value, standard_error, null_95, p_value: (above + 1) as f64 / all }
    }
}
