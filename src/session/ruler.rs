//! What is measured of every model alike, from its samples.

use serde::Serialize;

use super::Session;
use super::measurements::SAMPLES;
use super::reference::Reference;
use crate::bijections::Direction;
use crate::diagnostics::held_out::some_rows;
use crate::diagnostics::modes::coverage_of;
use crate::diagnostics::network::{Passes, passes};
use crate::diagnostics::ruler::{Distance, energy_distance, precision_recall, sliced_wasserstein};
use crate::experiment::Experiment;
use crate::math::Batch;
use crate::models::Density;

/// Points of each sample, at most: what is told of them takes a few tenths of a second.
const POINTS: usize = 2000;

/// A model's samples beside held-out points, of a table its test rows in standard units.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Ruler {
    /// Samples of the model, and as many held-out points.
    pub samples: usize,
    /// What the model can say of log p(x).
    #[cfg_attr(target_arch = "wasm32", tsify(type = "'exact' | 'lower-bound' | 'none'"))]
    pub density: &'static str,
    /// See [`energy_distance`]; `None` where samples are not finite.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Distance | null"))]
    pub energy_distance: Option<Distance>,
    /// See [`sliced_wasserstein`]; `None` where samples are not finite.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Distance | null"))]
    pub sliced_wasserstein: Option<Distance>,
    /// The share of samples that lie among the held-out points; `None` where samples are not finite, or too few.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub precision: Option<f64>,
    /// The share of held-out points that lie among the samples; `None` alike.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub recall: Option<f64>,
    /// What both are of a perfect model, as fresh points of the target tell; `None` for a table, which has no others.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub perfect: Option<f64>,
    /// `None` for a table, whose modes nobody knows.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "ModesCovered | null"))]
    pub modes: Option<ModesCovered>,
    /// The share of samples where the target has practically no mass; `None` for a table, whose density nobody knows.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub off_support_mass: Option<f64>,
    /// What the model's numbers cost.
    #[serde(flatten)]
    pub evaluations: Evaluations,
}

/// Modes of the target that the model gives at least a fifth of their mass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ModesCovered {
    /// How many.
    pub covered: usize,
    /// Of how many.
    pub of: usize,
}

/// How often networks are evaluated, counted by the code that runs; `None` where that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Evaluations {
    /// For a sample.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub evaluations_per_sample: Option<usize>,
    /// For log p(x) of a point.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub evaluations_per_density: Option<usize>,
}

impl Session {
    /// What can be measured of every model alike.
    pub fn ruler(&mut self) -> Ruler {
        let dim = self.target().dim();
        let held_out: Vec<f64> = self.held_out_points().iter().map(|&v| f64::from(v)).collect();
        let held_out: Vec<f64> = some_rows(&held_out, dim, POINTS).collect();
        let samples = held_out.len() / dim;
        let of_model: Vec<f64> = self.samples(samples, 1.0).into_iter().map(f64::from).collect();
        let finite = of_model.iter().all(|v| v.is_finite());
        let distance =
            |of: fn(&[f64], &[f64], usize) -> Distance| finite.then(|| of(&of_model, &held_out, dim));
        let likeness = finite.then(|| precision_recall(&held_out, &of_model, dim)).flatten();
        if self.target_known.is_none() && self.known().is_ok() {
            self.target_known = Some(Reference::new(self.target(), &held_out));
        }
        // As many as all else of the page counts modes and thread mass among.
        let many = if self.target_known.is_some() { self.samples(SAMPLES, 1.0) } else { Vec::new() };
        let known = self.target_known.as_ref();
        let modes = |known: &Reference| {
            let found = coverage_of(self.target(), known.mode_masses.clone(), &many);
            ModesCovered { covered: found.covered, of: found.target.len() }
        };
        Ruler {
            samples,
            density: match self.model().density() {
                Density::Exact(_) => "exact",
                Density::LowerBound(_) => "lower-bound",
                Density::None => "none",
            },
            energy_distance: distance(energy_distance),
            sliced_wasserstein: distance(sliced_wasserstein),
            precision: likeness.map(|both| both.precision),
            recall: likeness.map(|both| both.recall),
            perfect: known.and_then(|known| known.perfect),
            modes: known.map(modes),
            off_support_mass: known.map(|known| known.support.off_support_mass(self.target(), &many)),
            evaluations: self.evaluations(),
        }
    }

    /// One point is taken each way.
    fn evaluations(&self) -> Evaluations {
        let Some(flow) = self.model().bijection() else {
            let Passes { density, sampling, .. } = passes(&self.experiment().model, self.target().dim());
            let evaluations_per_density = Some(density).filter(|&count| count > 0);
            return Evaluations { evaluations_per_sample: Some(sampling), evaluations_per_density };
        };
        let [density, sample] = [Direction::Inverse, Direction::Forward].map(|way| {
            let mut point = Batch::zeros(flow.dim(), 1);
            flow.map(way, self.parameters(), &mut point, &mut [0.0], &mut Vec::new())
        });
        // An average over orderings has a density of all of them, and samples of one.
        let Experiment { model, .. } = self.experiment();
        let orderings: usize = if model.order_agnostic { (1..=flow.dim()).product() } else { 1 };
        Evaluations {
            evaluations_per_sample: Some(sample),
            evaluations_per_density: Some(orderings * density),
        }
    }
}
