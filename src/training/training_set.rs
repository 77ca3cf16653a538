//! Which points of its target a run learns from: fresh ones for ever, or a fixed sample.

use serde::{Deserialize, Serialize};

use super::Objective;
use crate::error::{Error, check, check_value};
use crate::math::{Philox, Stream};
use crate::tagged::tagged_fields;
use crate::targets::Target;

/// Fewest and most points of a fixed sample.
pub const SAMPLE_SIZES: [u32; 2] = [10, 100_000];

/// Which points of the target a run learns from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
}

tagged_fields!(Fields, Kind of TrainingSet { Fresh {}, Sample { count: u32 } });

impl TrainingSet {
    /// Checks the size, and that the objective looks at points at all.
    pub fn validate(self, objective: Objective) -> Result<(), Error> {
        let Self::Sample { count } = self else { return Ok(()) };
        let [least, most] = SAMPLE_SIZES;
        let allowed = || (count.to_string(), format!("a whole number from {least} to {most}"));
        check((least..=most).contains(&count), "training_set.count", allowed)?;
        let allowed = "fresh with the reverse KL, which learns from the target's density and not from points";
        check_value(objective == Objective::ForwardKl, "training_set.kind", &"sample", allowed)
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
    /// Draws the sample that the training set asks for; `None` where that is fresh.
    pub fn of(training_set: TrainingSet, target: &dyn Target, seed: u32) -> Option<Self> {
        let TrainingSet::Sample { count } = training_set else { return None };
        let draw = |count: u32, stream: fn(u32) -> Stream| -> Vec<f64> {
            (0..count).flat_map(|row| target.draw(&mut Philox::new(seed, stream(row)))).collect()
        };
        Some(Self {
            dim: target.dim(),
            train: draw(count, |row| Stream::SamplePoint { row }),
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
