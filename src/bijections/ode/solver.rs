//! How a step of the differential equation is taken.

use serde::{Deserialize, Serialize};

/// An explicit solver with steps of one size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Solver {
    /// One evaluation a step; its error falls with the step.
    Euler,
    /// Two; its error falls with the step's square.
    Midpoint,
    /// Four; its error falls with the step's fourth power.
    #[default]
    RungeKutta,
}

/// One evaluation of a step: at x + (h times `reach` times the evaluation before) and t + h `reach`, and the weight of its result.
#[derive(Clone, Copy, Debug)]
pub struct Stage {
    /// How far along the step, 0 to 1.
    pub reach: f64,
    /// Its share of the step.
    pub weight: f64,
}

impl Solver {
    /// The evaluations of a step, in their order.
    pub fn stages(self) -> &'static [Stage] {
        const fn stage(reach: f64, weight: f64) -> Stage {
            Stage { reach, weight }
        }
        match self {
            Self::Euler => const { &[stage(0.0, 1.0)] },
            Self::Midpoint => const { &[stage(0.0, 0.0), stage(0.5, 1.0)] },
            Self::RungeKutta => {
                const {
                    let (sixth, third) = (1.0 / 6.0, 1.0 / 3.0);
                    &[stage(0.0, sixth), stage(0.5, third), stage(0.5, third), stage(1.0, sixth)]
                }
            }
        }
    }
}
