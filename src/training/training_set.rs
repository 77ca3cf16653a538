//! Which points of its target a run learns from: fresh ones for ever, or a fixed sample.

use serde::{Deserialize, Serialize};

use super::Objective;
use crate::error::{Error, check, check_value};
use crate::math::{Philox, Stream};
use crate::tagged::tagged_fields;
use crate::targets::Target;

/// Fewest and most points of a fixed sample.
pub const SAMPLE_SIZES: [u32; 2] = [10, 100_000];

/// Most points that are told one by one.
pub const MAX_POINTS: u32 = 1000;

/// How far out one may be.
const FAR: f64 = 1000.0;

/// Which points of the target a run learns from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "kebab-case", try_from = "Fields")]
pub enum TrainingSet {
    /// Fresh draws for every batch: the model never sees a point twice.
    #[default]
    Fresh,
    /// A fixed sample, all that is ever known of the target, as data are.
    Sample {
        /// Points to train on, 10 to 100,000. As many more, at most 4,096, are the validation points.
        count: u32,
    },
    /// Points that somebody put where they are. The target stays what it is: the validation points, as many, are its own.
    Points {
        /// Row-major, in the target's units: 10 to 1,000 points, none further than 1,000 from the origin along any variable.
        points: Vec<f64>,
    },
}

tagged_fields!(Fields, Kind of TrainingSet { Fresh {}, Sample { count: u32 }, Points { points: Vec<f64> } });

impl TrainingSet {
    /// Checks the size, the points of `dim` variables, and that the objective looks at points at all.
    pub fn validate(&self, objective: Objective, dim: usize) -> Result<(), Error> {
        let [least, most] = SAMPLE_SIZES;
        let kind = match self {
            Self::Fresh => return Ok(()),
            Self::Sample { count } => {
                let allowed = || (count.to_string(), format!("a whole number from {least} to {most}"));
                check((least..=most).contains(count), "training_set.count", allowed)?;
                "sample"
            }
            Self::Points { points } => {
                let most = MAX_POINTS as usize;
                let whole = points.len().is_multiple_of(dim);
                let count = points.len() / dim;
                check(whole && (least as usize..=most).contains(&count), "training_set.points", || {
                    (
                        format!("{} numbers", points.len()),
                        format!("{least} to {most} points of {dim} numbers"),
                    )
                })?;
                if let Some(far) = points.iter().find(|v| v.is_nan() || v.abs() > FAR) {
                    let allowed = "numbers from -1000 to 1000";
                    check_value(false, "training_set.points", far, allowed)?;
                }
                "points"
            }
        };
        let allowed = "fresh with the reverse KL, which learns from the target's density and not from points";
        check_value(objective == Objective::ForwardKl, "training_set.kind", &kind, allowed)
    }
}

/// A fixed sample of a target, and the validation points beside it.
///
/// Its points are the first of one sequence for each seed: a larger sample holds the smaller one.
#[derive(Clone, Debug)]
pub struct Sample {
    dim: usize,
    train: Vec<f64>,
    validation: Vec<f64>,
    deviation: Vec<f64>,
}

/// More validation points would say little more.
const MAX_VALIDATION: u32 = 4096;

impl Sample {
    /// The points that the training set asks for, drawn where they are not told; `None` where that is fresh.
    pub fn of(training_set: &TrainingSet, target: &dyn Target, seed: u32) -> Option<Self> {
        let draw = |count: u32, stream: fn(u32) -> Stream| -> Vec<f64> {
            (0..count).flat_map(|row| target.draw(&mut Philox::new(seed, stream(row)))).collect()
        };
        let (train, count) = match training_set {
            TrainingSet::Fresh => return None,
            &TrainingSet::Sample { count } => (draw(count, |row| Stream::SamplePoint { row }), count),
            TrainingSet::Points { points } => (points.clone(), (points.len() / target.dim()) as u32),
        };
        Some(Self {
            dim: target.dim(),
            train,
            validation: draw(count.min(MAX_VALIDATION), |row| Stream::ValidationPoint { row }),
            deviation: target.moments().1,
        })
    }

    /// Number of variables.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// Number of points to train on.
    pub fn len(&self) -> usize {
        self.train.len() / self.dim
    }

    /// False: there are ten points at least.
    pub fn is_empty(&self) -> bool {
        self.train.is_empty()
    }

    /// The points to train on, row-major, in the target's units.
    pub fn train(&self) -> &[f64] {
        &self.train
    }

    /// The validation points, alike.
    pub fn validation(&self) -> &[f64] {
        &self.validation
    }

    /// Standard deviation of each variable, the target's own: the unit of the noise that training may add.
    pub fn deviation(&self) -> &[f64] {
        &self.deviation
    }
}
