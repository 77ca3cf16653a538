//! What can be wrong with an input, said in a sentence a person can act on.

use std::fmt;

use serde::de::DeserializeOwned;

/// An error of the core. Its [`fmt::Display`] is the sentence that the page shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// A field has a value that is not allowed.
    Field {
        /// The field's path, `model.layers`.
        field: String,
        /// The value that was given.
        value: String,
        /// What is allowed.
        allowed: String,
    },
    /// A text is not what it should be.
    Unreadable {
        /// What was being read, `experiment`.
        what: &'static str,
        /// Where and why it failed.
        why: String,
    },
    /// A cell of a table is not what it should be.
    Cell {
        /// Counted from 1, the heading included.
        line: usize,
        /// Counted from 1; 0 where it is the whole line.
        column: usize,
        /// What is wrong, and what to do.
        why: String,
    },
    /// A table has no density that could be learned.
    Table {
        /// Why, and what to do.
        why: String,
    },
    /// The table that is to be learned is not here.
    NoTable {
        /// What its file was called.
        name: String,
    },
    /// What is asked for needs a table.
    NotATable,
    /// What is asked for needs a target whose density is known.
    OnlyRows,
    /// What is asked for needs the plane.
    NotOnPlane {
        /// Number of variables that there are.
        dim: usize,
    },
    /// This build of the core lacks the family.
    NotInThisBuild {
        /// Its title.
        family: &'static str,
    },
    /// The model has neither a log-density nor a bound of one.
    NoDensity,
    /// The model is no bijection to a base.
    NoBijection,
    /// The model has no layers of which a network moves variables by others.
    NoConditioner,
    /// The model has no gradient by draws from its base.
    NoDrawGradient,
    /// A drawing without any ink has no density.
    EmptyDrawing,
    /// Nothing on this machine gives random numbers.
    NoRandomness {
        /// Why.
        why: String,
    },
    /// The GPU can't be used, or no longer.
    #[cfg(feature = "gpu")]
    Gpu {
        /// Why.
        why: String,
    },
    /// The untrained model can't be measured.
    CannotStart {
        /// What was seen.
        seen: String,
    },
    /// Training left the finite numbers.
    Diverged {
        /// The step that failed.
        step: u32,
        /// What was seen.
        seen: String,
        /// The step whose parameters are kept.
        kept: u32,
        /// What to do.
        remedy: Remedy,
    },
}

/// What helps a run that diverged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Remedy {
    /// Shorter steps, than those of this learning rate.
    ShorterSteps(f64),
    /// A base whose draws do not lie as far out, or a narrower start: no step is to blame.
    LighterTails,
}

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ShorterSteps(rate) => {
                write!(f, "Try a learning rate below {}, or gradient clipping.", two_digits(*rate))
            }
            Self::LighterTails => write!(
                f,
                "Choose a base with lighter tails (normal, or Student-t with more degrees of freedom), or a smaller start."
            ),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field { field, value, allowed } => {
                write!(f, "{field} is {value}; allowed: {allowed}.")
            }
            Self::Unreadable { what, why } => write!(f, "This {what} can't be read: {why}."),
            Self::Cell { line, column: 0, why } => write!(f, "Line {line}: {why}."),
            Self::Cell { line, column, why } => write!(f, "Line {line}, column {column}: {why}."),
            Self::Table { why } => write!(f, "This table can't be learned: {why}."),
            Self::NoTable { name } => {
                write!(f, "The table “{name}” is not here: bring its file, which is known by what it holds.")
            }
            Self::NotATable => write!(f, "This needs a table as the target."),
            Self::OnlyRows => {
                write!(f, "This needs a target whose density is known; of a table only its rows are.")
            }
            #[cfg(feature = "gpu")]
            Self::Gpu { why } => write!(f, "The GPU is not used: {why}."),
            Self::NotOnPlane { dim } => {
                write!(f, "This needs a density of two variables; here there are {dim}.")
            }
            Self::NotInThisBuild { family } => {
                write!(f, "{family} is not in this build of the core: load the page again.")
            }
            Self::NoDensity => write!(f, "This needs a model that has a density."),
            Self::NoBijection => write!(f, "This needs a model that is a bijection to its base."),
            Self::NoConditioner => {
                write!(f, "This needs a model with conditioners: an autoregressive or a coupling family.")
            }
            Self::NoDrawGradient => {
                write!(f, "The reverse KL needs a model that has a gradient by its own draws.")
            }
            Self::EmptyDrawing => {
                write!(f, "The drawing is empty: draw something, then a density can be learned.")
            }
            Self::NoRandomness { why } => {
                write!(f, "This machine gives no random numbers ({why}): choose a seed yourself.")
            }
            Self::CannotStart { seen } => {
                write!(f, "This Experiment can't start: {seen}. {}", Remedy::LighterTails)
            }
            Self::Diverged { step, seen, kept, remedy } => write!(
                f,
                "Training stopped at step {step}: {seen}. The parameters of step {kept} are kept. {remedy}"
            ),
        }
    }
}

impl std::error::Error for Error {}

/// A positive number to two significant digits, as a person writes it: 0.00098, 1.
fn two_digits(value: f64) -> f64 {
    let scale = 10f64.powi(1 - value.log10().floor() as i32);
    (value * scale).round() / scale
}

/// Parses JSON, naming the field at which it fails.
pub fn parse_json<D: DeserializeOwned>(what: &'static str, text: &str) -> Result<D, Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|e| at_path(what, &e.path().to_string(), &e.inner().to_string()))?;
    let end = deserializer.end();
    end.map_err(|e| Error::Unreadable { what, why: e.to_string() })?;
    Ok(value)
}

/// The error of a value that does not deserialise, with the path of its field.
pub fn at_path(what: &'static str, path: &str, why: &str) -> Error {
    let why = if path == "." { why.to_owned() } else { format!("{path}: {why}") };
    Error::Unreadable { what, why }
}

/// Refuses a field: `value_and_allowed` are called for the sentence.
pub(crate) fn check(
    good: bool,
    field: &str,
    value_and_allowed: impl FnOnce() -> (String, String),
) -> Result<(), Error> {
    if good {
        return Ok(());
    }
    let (value, allowed) = value_and_allowed();
    Err(Error::Field { field: field.into(), value, allowed })
}

/// The same, where what is allowed is always the same.
pub(crate) fn check_value(
    good: bool,
    field: &str,
    value: &dyn fmt::Display,
    allowed: &str,
) -> Result<(), Error> {
    check(good, field, || (value.to_string(), allowed.into()))
}

/// Refuses a number outside of 1 to `most`.
pub(crate) fn whole(field: &str, value: usize, most: usize) -> Result<(), Error> {
    check((1..=most).contains(&value), field, || {
        (value.to_string(), format!("a whole number from 1 to {most}"))
    })
}
