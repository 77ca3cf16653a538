//! What a query may ask for, said in a sentence where it asks for something else.

use crate::error::Error;
use crate::math::quadrature::Window;
use crate::training::State;

/// An error that names a field.
pub(crate) fn refuse<T>(field: &str, value: impl ToString, allowed: &str) -> Result<T, Error> {
    Err(Error::Field { field: field.into(), value: value.to_string(), allowed: allowed.into() })
}

/// Refuses a whole number outside of its bounds.
pub(crate) fn within(field: &str, value: usize, least: usize, most: usize) -> Result<(), Error> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    refuse(field, value, &format!("a whole number from {least} to {most}"))
}

/// Refuses a window without an inside.
pub fn check_window(window: &Window) -> Result<(), Error> {
    let sides = [(window.x_min, window.x_max), (window.y_min, window.y_max)];
    if sides.iter().all(|(from, to)| from.is_finite() && to.is_finite() && from < to) {
        return Ok(());
    }
    refuse("window", "without an inside", "finite numbers, each least below its most")
}

/// Refuses numbers that are not as many as are needed.
pub fn check_length(field: &str, found: usize, needed: usize) -> Result<(), Error> {
    if found == needed {
        return Ok(());
    }
    refuse(field, format!("{found} numbers"), &format!("{needed} numbers"))
}

/// Refuses a state that a run of so many parameters can't have been in.
pub fn check_state(state: &State<f32>, parameters: usize) -> Result<(), Error> {
    check_length("state", state.numbers.len(), State::<f32>::PARTS * parameters)?;
    let [step, schedule_start, _] = state.clock;
    if schedule_start <= step {
        return Ok(());
    }
    refuse("clock", format!("{:?}", state.clock), "a schedule that began at the step or before it")
}

/// Refuses parameters that are not as many as a model has, or no finite numbers.
pub(crate) fn check_parameters(parameters: &[f32], expected: usize) -> Result<(), Error> {
    let allowed = format!("{expected} finite numbers for this model");
    if parameters.len() != expected {
        return refuse("parameters", format!("{} numbers", parameters.len()), &allowed);
    }
    match parameters.iter().position(|p| !p.is_finite()) {
        Some(place) => refuse("parameters", format!("{} at place {place}", parameters[place]), &allowed),
        None => Ok(()),
    }
}

/// Refuses a window without an inside, or too fine a grid.
pub(crate) fn check_grid(window: &Window, resolution: usize) -> Result<(), Error> {
    check_window(window)?;
    within("resolution", resolution, 1, 1024)
}

/// Refuses temperatures below the least, and too many.
pub(crate) fn check_temperatures(temperatures: &[f64], least: f64) -> Result<(), Error> {
    within("temperatures", temperatures.len(), 1, 64)?;
    match temperatures.iter().find(|t| !(t.is_finite() && **t >= least)) {
        Some(t) => refuse("temperatures", t, &format!("numbers of at least {least}")),
        None => Ok(()),
    }
}

/// Refuses what is no ordering.
pub(crate) fn check_ordering(ordering: &[usize]) -> Result<(), Error> {
    within("variables", ordering.len(), 2, 64)?;
    if (0..ordering.len()).all(|variable| ordering.contains(&variable)) {
        return Ok(());
    }
    refuse("ordering", format!("{ordering:?}"), "each variable once, counted from 0")
}

/// Refuses hidden layers of no size a network here has.
pub(crate) fn check_hidden(hidden: &[usize]) -> Result<(), Error> {
    within("hidden layers", hidden.len(), 1, 8)?;
    hidden.iter().try_for_each(|&units| within("hidden", units, 1, 1024))
}

/// Most bytes of an answer and of what it is computed from: the module has a few times as much, and what it can't get ends it.
const MAX_BYTES: u64 = 1 << 28;

/// Refuses what would take too much memory, given as a product; `less` says what would take less.
pub fn check_bytes(factors: &[usize], less: &str) -> Result<(), Error> {
    let bytes = factors.iter().fold(1, |product: u64, &factor| product.saturating_mul(factor as u64));
    if bytes <= MAX_BYTES {
        return Ok(());
    }
    let (value, allowed) = (format!("{} MiB", bytes >> 20), format!("up to {} MiB: {less}", MAX_BYTES >> 20));
    refuse("the memory that this takes", value, &allowed)
}
