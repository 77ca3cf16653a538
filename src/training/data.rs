//! Where training points come from: a target that can be drawn from without end, or the rows of a table.

use super::{Objective, Rows};
use crate::error::Error;
use crate::math::Philox;
use crate::targets::Target;
use crate::targets::smoothed::Smoothed;

/// What a trainer learns from.
#[derive(Clone, Copy)]
pub enum Data<'a> {
    /// Fresh draws of a target; the reverse KL looks at its log density, which is smoothed where it has no gradient.
    Target(&'a dyn Target, &'a Smoothed),
    /// Rows of a table, drawn with replacement. There is no log density, so only maximum likelihood learns from them.
    Rows(&'a Rows),
}

impl Data<'_> {
    /// Refuses an objective that can't be followed on such data.
    pub fn validate(&self, objective: Objective) -> Result<(), Error> {
        match (self, objective) {
            (Self::Rows(_), Objective::ReverseKl { .. }) => Err(Error::Field {
                field: "objective".into(),
                value: "reverse-kl".into(),
                allowed: "forward-kl for a table, which has rows but no log density".into(),
            }),
            _ => Ok(()),
        }
    }

    /// Writes one training point; all its randomness comes from the generator.
    pub fn draw(&self, random: &mut Philox, point: &mut [f64]) {
        match self {
            Self::Target(target, _) => target.sample(random, point),
            Self::Rows(rows) => point.copy_from_slice(rows.train_row(random.below(rows.train_count()))),
        }
    }
}
