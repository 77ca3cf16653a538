//! What a view can ask a running Experiment, beyond its density and its samples.

use crate::bijections::Direction;
use crate::diagnostics::conditionals::{self, Curve};
use crate::diagnostics::geometry::{self, Histogram, Trajectory};
use crate::diagnostics::modes::{self, Coverage};
use crate::diagnostics::normality::{Normality, normality};
use crate::diagnostics::support::{Support, Tempered};
use crate::error::Error;
use crate::math::quadrature::Window;
use crate::math::{Philox, Stream};
use crate::session::Session;
use crate::targets::Target;

/// Whose density a curve or a histogram is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The target's.
    Target,
    /// The model's.
    Model,
}

/// Samples that measure coverage, off-support mass and temperatures.
pub(super) const SAMPLES: usize = 4000;
/// Draws of the base that its points are compared with.
const BASE_DRAWS: usize = 8000;

impl Session {
    /// Calls `f` with a joint density, of the target or of the model.
    pub(crate) fn with_joint<R>(
        &mut self,
        whose: Whose,
        f: impl FnOnce(&mut conditionals::Joint<'_>) -> R,
    ) -> R {
        match whose {
            Whose::Target => {
                let target = self.target();
                f(&mut |rows| rows.chunks_exact(target.dim()).map(|x| target.log_density(x).exp()).collect())
            }
            Whose::Model => f(&mut |rows| self.log_prob(rows).iter().map(|lp| lp.exp()).collect()),
        }
    }

    /// p(x_variable) over a window.
    pub fn marginal(&mut self, whose: Whose, variable: usize, window: &Window, resolution: usize) -> Curve {
        self.with_joint(whose, |joint| conditionals::marginal(joint, variable, window, resolution))
    }

    /// p(x_variable | the other = given) over a window.
    pub fn conditional(
        &mut self,
        whose: Whose,
        variable: usize,
        given: f64,
        window: &Window,
        resolution: usize,
    ) -> Curve {
        self.with_joint(whose, |joint| conditionals::conditional(joint, variable, given, window, resolution))
    }

    /// Mass by mode of the model's samples beside the target's.
    pub fn coverage(&mut self) -> Coverage {
        let samples = self.samples(SAMPLES, 1.0);
        modes::coverage(self.target(), &samples)
    }

    /// The model's mass where the target has practically none, 0 to 1.
    pub fn off_support_mass(&mut self) -> f64 {
        let samples = self.samples(SAMPLES, 1.0);
        Support::new(self.target()).off_support_mass(self.target(), &samples)
    }

    /// Diversity against quality at each temperature.
    pub fn tempered(&mut self, temperatures: &[f64]) -> Vec<Tempered> {
        let support = Support::new(self.target());
        let one = |&temperature: &f64| {
            let samples = self.samples(SAMPLES, temperature);
            Tempered {
                temperature,
                spread: spread(&samples, self.target().dim()),
                precision: 1.0 - support.off_support_mass(self.target(), &samples),
                covered: modes::coverage(self.target(), &samples).covered,
            }
        };
        temperatures.iter().map(one).collect()
    }

    /// Round-trip errors at the cell centres of a window, as [`Session::density_field`] lays them out: data to base and
    /// back, or base to data and back.
    pub fn round_trip_field(
        &mut self,
        window: &Window,
        resolution: usize,
        first: Direction,
    ) -> Result<Vec<f32>, Error> {
        let points = centres(window, resolution);
        let (flow, parameters, workspace) = self.pieces()?;
        let errors = geometry::round_trip_errors(flow, parameters, &points, first, workspace);
        Ok(errors.into_iter().map(|e| e as f32).collect())
    }

    /// The largest and the smallest singular value of the map's Jacobian at the cell centres of a window, one field after the
    /// other.
    pub fn singular_value_fields(
        &mut self,
        window: &Window,
        resolution: usize,
        direction: Direction,
    ) -> Result<[Vec<f32>; 2], Error> {
        let points = centres(window, resolution);
        let (flow, parameters, _) = self.pieces()?;
        let values = geometry::singular_values(flow, parameters, &points, direction);
        let field = |f: fn(&(f64, f64)) -> f64| values.iter().map(|v| f(v) as f32).collect();
        Ok([field(|v| v.0), field(|v| v.1)])
    }

    /// Histograms of the model's log p, in nats: at the target's points, at its own samples, and at another target's points.
    /// All over the same cells.
    pub fn log_p_histograms(&mut self, other: &dyn Target, cells: usize) -> [Histogram; 3] {
        let draw = |target: &dyn Target| -> Vec<f64> {
            let one = |row| target.draw(&mut Philox::new(0, Stream::ViewPoint { row }));
            (0..SAMPLES as u32).flat_map(one).collect()
        };
        let data = draw(self.target());
        let own: Vec<f64> = self.samples(SAMPLES, 1.0).into_iter().map(f64::from).collect();
        let others = draw(other);
        let all = [data, own, others].map(|points| self.log_prob(&points));
        let finite = || all.iter().flatten().copied().filter(|v| v.is_finite());
        let to = finite().fold(f64::NEG_INFINITY, f64::max) + 0.5;
        // The far tail would squeeze the rest: it is counted in the first cell.
        let from = finite().fold(f64::INFINITY, f64::min).max(to - 25.0);
        all.map(|values| geometry::histogram(&values, from, to, cells))
    }

    /// The first draws of the seed, in base space: where the samples come from.
    pub fn base_draws(&self, count: usize) -> Result<Vec<f32>, Error> {
        Ok(self.flow()?.base_draws(self.parameters(), self.experiment().seed.0, count, 1.0))
    }

    /// Points of the target, where the inverse takes them, both row-major, and how like the base that is.
    pub fn base_space(&mut self, count: usize) -> Result<(Vec<f32>, Vec<f32>, Normality), Error> {
        let draw = |row| self.target().draw(&mut Philox::new(0, Stream::ViewPoint { row }));
        let data: Vec<f32> = (0..count as u32).flat_map(draw).map(|v| v as f32).collect();
        let draws = self.base_draws(BASE_DRAWS)?;
        let (flow, parameters, workspace) = self.pieces()?;
        let (base, _) = flow.transform(Direction::Inverse, parameters, &data, workspace);
        let normality = normality(&base, &draws);
        Ok((data, base, normality))
    }

    /// Those of `count` samples that lie where the target has practically no mass, row-major.
    pub fn outside(&mut self, count: usize) -> Vec<f32> {
        let samples = self.samples(count, 1.0);
        let support = Support::new(self.target());
        let is_out = |x: &&[f32]| {
            let x: Vec<f64> = x.iter().map(|&v| f64::from(v)).collect();
            !support.holds(self.target(), &x)
        };
        samples.chunks_exact(self.target().dim()).filter(is_out).flatten().copied().collect()
    }

    /// Row-major base points carried through the layers.
    pub fn trajectory(&mut self, base: &[f32]) -> Result<Trajectory, Error> {
        let (flow, parameters, _) = self.pieces()?;
        Ok(geometry::trajectory(flow, parameters, base))
    }
}

fn centres(window: &Window, resolution: usize) -> Vec<f32> {
    window.cell_centres(resolution).iter().map(|&v| v as f32).collect()
}

/// Root mean square distance of row-major points `(len, dim)` from their mean.
pub fn spread(points: &[f32], dim: usize) -> f64 {
    let n = (points.len() / dim).max(1) as f64;
    let column = |i: usize| points.iter().skip(i).step_by(dim).map(|&v| f64::from(v));
    let variance = |i: usize| {
        let mean = column(i).sum::<f64>() / n;
        column(i).map(|v| (v - mean).powi(2)).sum::<f64>() / n
    };
    (0..dim).map(variance).sum::<f64>().sqrt()
}
