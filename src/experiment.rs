//! The Experiment: everything that a run needs to be reproduced, in one serialisable type.
//!
//! The page's state, the link in its address bar, a saved file, the worker's start message, the
//! examples and the benchmarks all speak it; its TypeScript type is generated from this one.

use serde::{Deserialize, Serialize};

use crate::error::{Error, check_value, parse_json};
use crate::models::ModelSpec;
use crate::targets::TargetSpec;
use crate::training::{Objective, OptimiserSpec, TrainingSet};

/// A target, a model, an objective, an optimiser and a seed.
///
/// ```
/// use density_playground::Experiment;
/// let experiment = Experiment::from_json(r#"{"target": {"kind": "crescent"}, "model": {"family": "made"}}"#).unwrap();
/// assert_eq!(experiment.optimiser.batch, 512);
/// let wrong = Experiment::from_json(r#"{"model": {"layers": 99}}"#).unwrap_err();
/// assert_eq!(wrong.to_string(), "model.layers is 99; allowed: a whole number from 1 to 64.");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default, deny_unknown_fields)]
pub struct Experiment {
    /// The density to learn.
    pub target: TargetSpec,
    /// Which of its points are learned from.
    pub training_set: TrainingSet,
    /// What learns it.
    pub model: ModelSpec,
    /// What is minimised.
    pub objective: Objective,
    /// How.
    pub optimiser: OptimiserSpec,
    /// Decides initial parameters, random orderings, batches, held-out points and shown samples.
    pub seed: Seed,
}

/// The seed of an Experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(transparent)]
pub struct Seed(pub u32);

impl Default for Seed {
    fn default() -> Self {
        Self(1)
    }
}

impl Experiment {
    /// What the page and the terminal begin with: [`Experiment::default`] under [`OptimiserSpec::recommended`].
    pub fn recommended() -> Self {
        Self { optimiser: OptimiserSpec::recommended(), ..Self::default() }
    }

    /// Parses and validates JSON; missing fields take their defaults.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let experiment: Self = parse_json("experiment", text)?;
        experiment.validate()?;
        Ok(experiment)
    }

    /// Checks every field; the first that is wrong is named with its value and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        let Self { target, model, optimiser, .. } = self;
        target.validate()?;
        model.validate(target.dim())?;
        optimiser.validate()?;
        self.objective.validate(model)?;
        if target.is_table() {
            let forward = self.objective == Objective::ForwardKl;
            check_value(
                forward,
                "objective.kind",
                &"reverse-kl",
                "forward-kl for a table, which has rows but no log density",
            )?;
            let fresh = self.training_set == TrainingSet::Fresh;
            check_value(
                fresh,
                "training_set.kind",
                &"a sample",
                "fresh for a table, whose rows are the training set",
            )?;
        }
        self.training_set.validate(self.objective, target.dim())
    }
}
