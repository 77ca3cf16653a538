//! What is done to a column of a table before it is learned.

use serde::Serialize;

use crate::error::{Error, check_value};
use crate::tagged::tagged_fields;

/// A map of a column's values, strictly increasing: what is learned is a density of y. Its NLL is told as one of x, by the change of
/// variables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, serde::Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "kebab-case", try_from = "Fields")]
pub enum Transform {
    /// y = x.
    #[default]
    None,
    /// y = ln x, for what is above 0 and spans powers of ten.
    Log,
    /// y = ln((x - low) / (high - x)), for what lies between two bounds.
    Logit {
        /// The lower bound.
        low: f64,
        /// The upper one.
        high: f64,
    },
    /// y = x + step u with u uniform on [0, 1), drawn anew each time: for what takes few values, `step` apart, which have no density. The mean
    /// of -log p(y) then bounds that of -log P(x) / step from above (Theis, van den Oord and Bethge 2016, eq. 9).
    Dequantise {
        /// The distance of neighbouring values, in the column's units.
        step: f64,
    },
}

tagged_fields!(Fields, Kind of Transform { None {}, Log {}, Logit { low: f64, high: f64 }, Dequantise { step: f64 } });

impl Transform {
    /// Checks its numbers; `path` is the field's.
    pub fn validate(self, path: &str) -> Result<(), Error> {
        match self {
            Self::Logit { low, high } => {
                let good = low.is_finite() && high.is_finite() && low < high;
                check_value(
                    good,
                    path,
                    &format!("{low} to {high}"),
                    "two finite numbers, the lower one first",
                )
            }
            Self::Dequantise { step } => {
                check_value(step.is_finite() && step > 0.0, path, &step, "a number above 0")
            }
            Self::None | Self::Log => Ok(()),
        }
    }

    /// y of x and the logarithm of dy/dx there; `None` where there is none. Without noise.
    pub fn apply(self, x: f64) -> Option<(f64, f64)> {
        let (y, log_slope) = match self {
            Self::None | Self::Dequantise { .. } => return Some((x, 0.0)),
            Self::Log => (x.ln(), -x.ln()),
            Self::Logit { low, high } => {
                let (above, below) = (x - low, high - x);
                (above.ln() - below.ln(), (high - low).ln() - above.ln() - below.ln())
            }
        };
        (y.is_finite() && log_slope.is_finite()).then_some((y, log_slope))
    }

    /// x of y. Where noise fills the steps between values it is the value below; `any` is one of the column's values, from which the others
    /// are whole steps away.
    pub fn undo(self, y: f64, any: f64) -> f64 {
        match self {
            Self::None => y,
            Self::Log => y.exp(),
            Self::Logit { low, high } => low + (high - low) / (1.0 + (-y).exp()),
            Self::Dequantise { step } => any + step * ((y - any) / step).floor(),
        }
    }

    /// What y is called.
    pub fn name(self, column: &str) -> String {
        match self {
            Self::Log => format!("ln {column}"),
            Self::Logit { .. } => format!("logit {column}"),
            Self::None | Self::Dequantise { .. } => column.to_owned(),
        }
    }

    /// What it needs of a value.
    pub fn needs(self) -> &'static str {
        match self {
            Self::Log => "a number above 0",
            Self::Logit { .. } => "a number between its bounds",
            Self::None | Self::Dequantise { .. } => "a number",
        }
    }

    /// Whether y is not x itself but a curve of it.
    pub fn is_curved(self) -> bool {
        matches!(self, Self::Log | Self::Logit { .. })
    }

    /// Width of the noise on y; 0 without.
    pub fn noise(self) -> f64 {
        match self {
            Self::Dequantise { step } => step,
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_are_those_of_the_maps() {
        for (transform, x) in [
            (Transform::Log, 3.7),
            (Transform::Log, 1e-12),
            (Transform::Logit { low: -1.0, high: 4.0 }, 3.5),
            (Transform::Dequantise { step: 2.0 }, 5.0),
        ] {
            let h = 1e-6 * f64::abs(x);
            let [(above, _), (below, _)] = [x + h, x - h].map(|x| transform.apply(x).unwrap());
            let (_, log_slope) = transform.apply(x).unwrap();
            let numeric = ((above - below) / (2.0 * h)).ln();
            assert!((numeric - log_slope).abs() < 1e-6, "{transform:?} at {x}: {numeric} {log_slope}");
            let y = transform.apply(x).unwrap().0 + 0.4 * transform.noise();
            let back = transform.undo(y, x - 3.0 * transform.noise());
            assert!((back - x).abs() < 1e-9 * x, "{transform:?}: {x} came back as {back}");
        }
        for (transform, x) in [
            (Transform::Log, 0.0),
            (Transform::Log, -1.0),
            (Transform::Logit { low: 0.0, high: 1.0 }, 1.0),
            (Transform::Logit { low: 0.0, high: 1.0 }, -0.1),
        ] {
            assert!(transform.apply(x).is_none(), "{transform:?} at {x}");
        }
    }
}
