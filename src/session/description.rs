//! What a model of a table is, for programs that don't know the core.

use crate::bijections::Standardise;
use crate::experiment::Experiment;
use crate::models::{self, Description};
use crate::targets::rows::TableUnits;

/// A model of a table, which is learned in standard units, as one of the table's own: the standardisation is in it. `None` where what was learned
/// are logarithms, which no description has.
pub fn describe_table(experiment: &Experiment, units: &TableUnits) -> Option<Description> {
    if units.transforms.iter().any(|one| one.is_curved()) {
        return None;
    }
    let fixed = Some(Standardise::new(units.mean.clone(), units.deviation.clone()));
    models::build::<f32>(&experiment.model, fixed, experiment.seed.0).describe()
}
