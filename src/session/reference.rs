//! What the ruler needs of a target, which no training changes.

use crate::diagnostics::modes::target_masses;
use crate::diagnostics::ruler::precision_recall;
use crate::diagnostics::support::Support;
use crate::math::{Philox, Stream};
use crate::targets::Target;

/// What is known of a target without any model.
pub struct Reference {
    /// The precision of as many fresh points of the target.
    pub perfect: Option<f64>,
    /// Of each mode.
    pub mode_masses: Vec<f64>,
    /// Where it has practically all of its mass.
    pub support: Support,
}

impl Reference {
    /// Of a target whose density is known, beside held-out points.
    pub fn new(target: &dyn Target, held_out: &[f64]) -> Self {
        let dim = target.dim();
        let draw = |row| target.draw(&mut Philox::new(0, Stream::Perfect { row }));
        let fresh: Vec<f64> = (0..(held_out.len() / dim) as u32).flat_map(draw).collect();
        let perfect = precision_recall(held_out, &fresh, dim).map(|both| both.precision);
        Self { perfect, mode_masses: target_masses(target), support: Support::new(target) }
    }
}
