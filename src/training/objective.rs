//! What is minimised.

use serde::{Deserialize, Serialize};

use crate::error::{Error, check_value, whole};
use crate::models::ModelSpec;

/// What is minimised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "kebab-case", try_from = "Fields")]
pub enum Objective {
    /// Maximum likelihood: the forward KL from samples of the target.
    #[default]
    ForwardKl,
    /// Variational inference: the reverse KL, by draws from the model against the target's log density.
    ReverseKl {
        /// Deviation of the model at the start, in the target's own: below 1 a narrow start, which finds few modes. 0.001 to 10.
        start: f64,
        /// A tempering schedule, the remedy for collapse. Null: none.
        #[cfg_attr(target_arch = "wasm32", tsify(type = "Annealing | null"))]
        annealing: Option<Annealing>,
        /// Leave the score of the model out of the gradient ("sticking the landing").
        path_gradient: bool,
    },
}

/// Its fields as they are read, see [`tagged_fields`](crate::tagged).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    kind: Kind,
    start: Option<f64>,
    annealing: Option<Annealing>,
    path_gradient: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    ForwardKl,
    ReverseKl,
}

impl TryFrom<Fields> for Objective {
    type Error = String;

    fn try_from(fields: Fields) -> Result<Self, Self::Error> {
        let Fields { kind, start, annealing, path_gradient } = fields;
        let missing = |field| format!("missing field `{field}`");
        match kind {
            // As in version 0.1: it passes over the fields of the other kind.
            Kind::ForwardKl => Ok(Self::ForwardKl),
            Kind::ReverseKl => Ok(Self::ReverseKl {
                start: start.ok_or_else(|| missing("start"))?,
                annealing,
                path_gradient: path_gradient.ok_or_else(|| missing("path_gradient"))?,
            }),
        }
    }
}

/// The target is p^beta, with beta rising evenly from `from` to 1 over `steps` steps.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(deny_unknown_fields)]
pub struct Annealing {
    /// The first beta, above 0, at most 1.
    pub from: f64,
    /// Steps until beta is 1, 1 to 10,000,000.
    pub steps: u32,
}

impl Annealing {
    /// beta at a step.
    pub fn beta(&self, step: u32) -> f64 {
        let share = f64::from(step) / f64::from(self.steps);
        (self.from + (1.0 - self.from) * share).min(1.0)
    }
}

impl Objective {
    /// Checks every field, and that the model can be trained by it.
    pub fn validate(&self, model: &ModelSpec) -> Result<(), Error> {
        let Self::ReverseKl { start, annealing, .. } = *self else { return Ok(()) };
        // A model that is narrower than single precision can say has no density anywhere.
        check_value((1e-3..=10.0).contains(&start), "objective.start", &start, "a number from 0.001 to 10")?;
        if let Some(Annealing { from, steps }) = annealing {
            let good = from > 0.0 && from <= 1.0;
            check_value(good, "objective.annealing.from", &from, "above 0, at most 1")?;
            whole("objective.annealing.steps", steps as usize, 10_000_000)?;
        }
        let allowed = "false with the reverse KL: an average over orderings has no gradient by its draws";
        check_value(!model.order_agnostic, "model.order_agnostic", &true, allowed)?;
        let allowed = "false with the reverse KL: there is no batch of data to normalise by";
        check_value(!model.batch_norm, "model.batch_norm", &true, allowed)
    }
}
