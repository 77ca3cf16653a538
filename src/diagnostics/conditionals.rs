//! Marginals and conditionals of a two-dimensional density, by quadrature of the joint.

use serde::Serialize;

use crate::math::quadrature::Window;

/// A density on a line: `density[i]` at `at[i]`, evenly spaced.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Curve {
    /// Places, ascending.
    pub at: Vec<f64>,
    /// Density there, per unit of length.
    pub density: Vec<f64>,
}

/// A joint density at many row-major points at once.
pub type Joint<'a> = dyn FnMut(&[f64]) -> Vec<f64> + 'a;

/// Beyond the window the integrals go on for this many of its widths, for the tails.
const BEYOND: f64 = 1.0;
/// Points of an integral, for each point of a curve.
const FINE: usize = 3;

/// The window's range along a variable.
fn range(window: &Window, variable: usize) -> (f64, f64) {
    if variable == 0 { (window.x_min, window.x_max) } else { (window.y_min, window.y_max) }
}

/// `count` midpoints of equal cells, and a cell's width.
fn midpoints((from, to): (f64, f64), count: usize) -> (Vec<f64>, f64) {
    let step = (to - from) / count as f64;
    ((0..count).map(|i| from + (i as f64 + 0.5) * step).collect(), step)
}

fn widened((from, to): (f64, f64)) -> (f64, f64) {
    let width = to - from;
    (from - BEYOND * width, to + BEYOND * width)
}

fn point(variable: usize, value: f64, other: f64) -> [f64; 2] {
    if variable == 0 { [value, other] } else { [other, value] }
}

/// p(x_variable) on the window, `resolution` places.
pub fn marginal(joint: &mut Joint<'_>, variable: usize, window: &Window, resolution: usize) -> Curve {
    let (at, _) = midpoints(range(window, variable), resolution);
    let others = ((1.0 + 2.0 * BEYOND) * (FINE * resolution) as f64) as usize;
    let (across, step) = midpoints(widened(range(window, 1 - variable)), others);
    let density = at
        .iter()
        .map(|&value| {
            let line: Vec<f64> = across.iter().flat_map(|&other| point(variable, value, other)).collect();
            joint(&line).iter().sum::<f64>() * step
        })
        .collect();
    Curve { at, density }
}

/// p(x_variable | all others as in `row`) from `from` to `to`, `resolution` places, of a joint density of as many variables as the row has. All
/// zero where the others have no density at all.
pub fn full_conditional(
    joint: &mut Joint<'_>,
    variable: usize,
    row: &[f64],
    range: (f64, f64),
    resolution: usize,
) -> Curve {
    let mut along = |range: (f64, f64), count: usize| {
        let (at, step) = midpoints(range, count);
        let mut line = row.repeat(count);
        line.iter_mut().skip(variable).step_by(row.len()).zip(&at).for_each(|(to, &value)| *to = value);
        (at, joint(&line), step)
    };
    let fine = ((1.0 + 2.0 * BEYOND) * (FINE * resolution) as f64) as usize;
    let (_, all, step) = along(widened(range), fine);
    let total = all.iter().sum::<f64>() * step;
    let (at, mut density, _) = along(range, resolution);
    let scale = if total > 0.0 { total.recip() } else { 0.0 };
    density.iter_mut().for_each(|d| *d *= scale);
    Curve { at, density }
}

/// p(x_variable | the other variable = `given`) on the window, `resolution` places. All zero where the given value has no
/// density at all.
pub fn conditional(
    joint: &mut Joint<'_>,
    variable: usize,
    given: f64,
    window: &Window,
    resolution: usize,
) -> Curve {
    full_conditional(joint, variable, &point(variable, 0.0, given), range(window, variable), resolution)
}

/// Local maxima of a curve that rise above `share` of its greatest value and are parted by a dip of at least that share:
/// the modes that an eye counts.
pub fn mode_count(curve: &Curve, share: f64) -> usize {
    let top = curve.density.iter().copied().fold(0.0, f64::max);
    let (mut count, mut peak, mut low) = (0, 0.0f64, 0.0f64);
    let mut rising = true;
    for &d in &curve.density {
        if rising {
            peak = peak.max(d);
            if d < peak - share * top {
                count += 1;
                (rising, low) = (false, d);
            }
        } else {
            low = low.min(d);
            if d > low + share * top {
                (rising, peak) = (true, d);
            }
        }
    }
    count + usize::from(rising && peak > low + share * top)
}
