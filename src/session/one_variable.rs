//! What the view "A map of one variable" asks: of no run, but with the core's own maps.

use super::checks::{check_length, refuse, within};
use crate::diagnostics::one_variable::{self, Curve, LineTarget, OneVariable, Race};
use crate::error::Error;

/// Most heights of a drawn target.
const MAX_HEIGHTS: usize = 4096;
/// Most steps of a race.
const MAX_STEPS: usize = 2000;

fn curve(spline: bool, numbers: &[f64]) -> Result<Curve, Error> {
    if !spline {
        check_length("curve", numbers.len(), 2)?;
    }
    match Curve::from_numbers(spline, numbers) {
        Some(curve) => Ok(curve),
        None if spline => refuse(
            "curve",
            format!("{numbers:?}"),
            "for 1 to 16 knots u, x and a slope above 0, rising between -5 and 5",
        ),
        None => refuse("curve", format!("{numbers:?}"), "finite numbers"),
    }
}

/// One of [`LineTarget::NAMES`], or `drawn` with heights.
fn target(name: &str, heights: &[f64]) -> Result<LineTarget, Error> {
    if name != "drawn" {
        return LineTarget::named(name)
            .map_or_else(|| refuse("target", name, "a target of one variable"), Ok);
    }
    within("heights", heights.len(), 1, MAX_HEIGHTS)?;
    let wrong = || refuse("heights", "no density", "numbers of at least 0, one of them above");
    LineTarget::weighted(heights).map_or_else(wrong, Ok)
}

/// What a curve, `[mu, alpha]` or the knots of a spline, makes of the standard normal, beside a target by name.
pub fn one_variable(
    spline: bool,
    numbers: &[f64],
    name: &str,
    heights: &[f64],
) -> Result<OneVariable, Error> {
    Ok(one_variable::look(&curve(spline, numbers)?, &target(name, heights)?))
}

/// Gradient descent from such a curve on.
pub fn race(
    spline: bool,
    numbers: &[f64],
    name: &str,
    heights: &[f64],
    with_log_det: bool,
    steps: usize,
) -> Result<Race, Error> {
    within("steps", steps, 0, MAX_STEPS)?;
    Ok(one_variable::race(&curve(spline, numbers)?, &target(name, heights)?, with_log_det, steps, RATE))
}

/// Adam's rate: large, there is no noise.
const RATE: f64 = 0.05;
