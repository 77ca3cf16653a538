//! What has to be true of each text reader of the core, whatever it is given: tests/readers.rs checks it in every run, the fuzzer as long as one likes.

use density_playground::Error;
use density_playground::experiment::Experiment;
use density_playground::models::fixture::Fixture;
use density_playground::targets::table::Table;

/// Reads a text and checks what came of it: true where it was taken, false where it was refused.
pub type Reader = fn(&str) -> bool;

/// A refusal is a sentence.
fn refused(error: &Error) -> bool {
    let sentence = error.to_string();
    assert!(sentence.ends_with('.') && sentence.len() > 10, "{sentence:?} is no sentence");
    false
}

/// A table has whole rows of finite numbers, and says of each or of none what it is for.
pub fn table(text: &str) -> bool {
    match Table::from_csv(text) {
        Err(error) => refused(&error),
        Ok(table) => {
            assert!(table.dim() > 0 && !table.is_empty());
            assert_eq!(table.rows().len(), table.dim() * table.len());
            assert!(table.rows().iter().all(|v| v.is_finite()));
            assert!(table.parts().is_none_or(|parts| parts.len() == table.len()));
            true
        }
    }
}

/// An Experiment that is taken is whole: written, it is taken again as it is.
pub fn experiment(text: &str) -> bool {
    match Experiment::from_json(text) {
        Err(error) => refused(&error),
        Ok(experiment) => {
            let written = serde_json::to_string(&experiment).expect("an Experiment can be written");
            assert_eq!(Experiment::from_json(&written).as_ref(), Ok(&experiment));
            true
        }
    }
}

/// A fixture that is taken is a flow.
pub fn fixture(text: &str) -> bool {
    match Fixture::from_json(text) {
        Err(error) => refused(&error),
        Ok(fixture) => {
            drop(fixture.flow::<f64>());
            true
        }
    }
}
