//! What there is: everything that the page needs to draw its controls before the core has loaded.

use serde::Serialize;

use crate::bijections::univariate::MAX_COMPONENTS;
use crate::experiment::Experiment;
use crate::math::quadrature::Window;
use crate::models::Base;
use crate::models::catalogue::{CATALOGUE, FamilyRow};
use crate::models::model_spec::{MAX_HIDDEN_LAYERS, MAX_LAYERS, MAX_UNITS};
use crate::session::EVALUATE_EVERY;
use crate::targets::{DRAWING_SIDE, GalleryRow, gallery};
use crate::training::{MAX_BATCH, MAX_POINTS, SAMPLE_SIZES};

/// The families, the targets, the default Experiment and the limits of its fields.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Manifest {
    /// Rows of the catalogue.
    pub families: Vec<FamilyRow>,
    /// Rows of the gallery.
    pub targets: Vec<GalleryRow>,
    /// One base distribution of each kind, as it begins when it is chosen.
    pub bases: Vec<Base>,
    /// What a description means that leaves everything out.
    pub default_experiment: Experiment,
    /// What the page starts with.
    pub recommended_experiment: Experiment,
    /// Limits of an Experiment's fields.
    pub limits: Limits,
    /// Cells on each side of a drawing.
    pub drawing_side: usize,
    /// Where a drawing lies.
    pub drawing_window: Window,
    /// Steps between two points of the training curve.
    pub evaluate_every: u32,
}

/// The largest allowed values; the least is 1.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Limits {
    /// Layers of a model.
    pub layers: usize,
    /// Units of a hidden layer.
    pub units: usize,
    /// Hidden layers of a conditioner.
    pub hidden_layers: usize,
    /// Points of a batch.
    pub batch: usize,
    /// Components of a mixture, pieces of a spline.
    pub components: usize,
    /// Points of a fixed sample, of which there are ten at least.
    pub sample: u32,
    /// Points that are told one by one, of which there are ten at least.
    pub points: u32,
}

impl Manifest {
    /// Of this build.
    pub fn new() -> Self {
        Self {
            families: CATALOGUE.to_vec(),
            targets: gallery(),
            bases: Base::KINDS.to_vec(),
            default_experiment: Experiment::default(),
            recommended_experiment: Experiment::recommended(),
            limits: Limits {
                layers: MAX_LAYERS,
                units: MAX_UNITS,
                hidden_layers: MAX_HIDDEN_LAYERS,
                batch: MAX_BATCH,
                components: MAX_COMPONENTS,
                sample: SAMPLE_SIZES[1],
                points: MAX_POINTS,
            },
            drawing_side: DRAWING_SIDE,
            drawing_window: crate::targets::DRAWING_WINDOW,
            evaluate_every: EVALUATE_EVERY,
        }
    }
}

impl Default for Manifest {
    fn default() -> Self {
        Self::new()
    }
}
