//! How a table's rows are divided where it does not say so itself.

use serde::{Deserialize, Serialize};

use crate::error::{Error, check_value};
use crate::math::{Philox, Stream};
use crate::targets::table::Part;

/// Shares of the rows: to train on, to choose by, to measure on.
/// In an Experiment: three numbers, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(target_arch = "wasm32", tsify(type = "[number, number, number]"))]
#[serde(from = "[f64; 3]", into = "[f64; 3]")]
pub struct Shares {
    /// Of the rows to train on.
    pub train: f64,
    /// Of those that say when a training was at its best.
    pub validation: f64,
    /// Of those that nothing is decided by.
    pub test: f64,
}

impl From<[f64; 3]> for Shares {
    fn from([train, validation, test]: [f64; 3]) -> Self {
        Self { train, validation, test }
    }
}

impl From<Shares> for [f64; 3] {
    fn from(Shares { train, validation, test }: Shares) -> Self {
        [train, validation, test]
    }
}

impl Default for Shares {
    fn default() -> Self {
        Self { train: 0.8, validation: 0.1, test: 0.1 }
    }
}

impl Shares {
    /// Checks that they are shares of a whole, none of them nothing.
    ///
    /// # Errors
    /// Where they are not.
    pub fn validate(self) -> Result<(), Error> {
        let Self { train, validation, test } = self;
        let good = [train, validation, test].iter().all(|share| *share > 0.0)
            && (train + validation + test - 1.0).abs() < 1e-6;
        let allowed = "three shares above 0 that add up to 1: train, validation, test";
        check_value(good, "split", &format!("{train}, {validation}, {test}"), allowed)
    }

    /// What each of `count` rows is for, by the seed. A test row and a validation row at least, where there are three rows.
    ///
    /// ```
    /// use density_playground::targets::table::Part;
    /// use density_playground::targets::Shares;
    /// let parts = Shares::default().assign(50, 1);
    /// let count = |part| parts.iter().filter(|own| **own == part).count();
    /// assert_eq!(Part::ALL.map(count), [40, 5, 5]);
    /// ```
    pub fn assign(self, count: usize, seed: u32) -> Vec<Part> {
        let of = |share: f64| ((share * count as f64).round() as usize).max(1);
        let test = of(self.test);
        let chosen = test + of(self.validation);
        let mut parts = vec![Part::Train; count];
        for (place, row) in Philox::new(seed, Stream::Split).permutation(count).into_iter().enumerate() {
            if place < test {
                parts[row] = Part::Test;
            } else if place < chosen {
                parts[row] = Part::Validation;
            }
        }
        parts
    }
}
