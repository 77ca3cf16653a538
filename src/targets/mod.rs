//! Densities to learn, each with a sampler, a log density and its entropy. A new target is a file
//! with a [`Target`], a variant of [`TargetSpec`] and a row of [`gallery`].

mod checkerboard;
mod crescent;
mod curves;
mod drawn;
mod funnel;
mod heavy_tailed;
mod mixture;
mod pinwheel;
mod rings;
#[cfg(feature = "gpu")]
pub mod shader;
pub mod smoothed;
pub mod table;

pub use drawn::{Drawing, SIDE as DRAWING_SIDE, WINDOW as DRAWING_WINDOW};

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::math::quadrature::Window;
use crate::math::{Philox, Stream};

/// A two-dimensional density.
pub trait Target: Send + Sync {
    /// One draw; all its randomness comes from the generator.
    fn sample(&self, random: &mut Philox) -> [f64; 2];

    /// log p(x) in nats; minus infinity where the density is zero.
    fn log_density(&self, x: [f64; 2]) -> f64;

    /// The differential entropy H in nats.
    fn entropy(&self) -> f64;

    /// Where to look: holds practically all of the mass.
    fn window(&self) -> Window;

    /// The gradient of log p(x), where there is one everywhere. `None`: see
    /// [`Smoothed`](smoothed::Smoothed), which smooths.
    fn score(&self, _x: [f64; 2]) -> Option<[f64; 2]> {
        None
    }

    /// The target for the GPU; `None`: runs that learn it stay on the processor.
    #[cfg(feature = "gpu")]
    fn shader(&self) -> Option<shader::Shader> {
        None
    }

    /// Number of modes, by the target's own definition.
    fn mode_count(&self) -> usize {
        1
    }

    /// The mode to which a point belongs; `None` between them.
    fn mode_of(&self, _x: [f64; 2]) -> Option<usize> {
        Some(0)
    }

    /// Mean and standard deviation of each variable, for standardisation. Estimated from draws
    /// that do not depend on a run's seed, unless the target knows them.
    fn moments(&self) -> ([f64; 2], [f64; 2]) {
        const DRAWS: u32 = 1 << 14;
        let n = f64::from(DRAWS);
        let draw = |row| self.sample(&mut Philox::new(0, Stream::Moments, 0, row));
        let (mut sum, mut squares) = ([0.0; 2], [0.0; 2]);
        for x in (0..DRAWS).map(draw) {
            for i in 0..2 {
                sum[i] += x[i];
                squares[i] += x[i] * x[i];
            }
        }
        let mean = sum.map(|s| s / n);
        let deviation = [0, 1].map(|i: usize| (squares[i] / n - mean[i] * mean[i]).sqrt());
        (mean, deviation)
    }
}

/// The target of an Experiment, by name or as a drawing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum TargetSpec {
    /// x2 = 2n, x1 = x2^2 / 4 + n: the density of Figure 1 in the MAF paper.
    Crescent,
    /// Two interleaved half circles with noise.
    #[default]
    TwoMoons,
    /// Eight Gaussians on a circle.
    EightGaussians,
    /// Two Gaussians side by side.
    TwoGaussians,
    /// Twenty-five Gaussians on a 5 by 5 grid.
    GaussianGrid,
    /// Five bent arms.
    Pinwheel,
    /// Four concentric rings.
    FourRings,
    /// Eight squares of a 4 by 4 board.
    Checkerboard,
    /// Two spiral arms.
    TwoSpirals,
    /// Neal's funnel: the width of x1 depends on x2.
    Funnel,
    /// A Student-t with three degrees of freedom.
    HeavyTailed,
    /// A density that somebody drew.
    Drawn {
        /// Its intensities.
        cells: Drawing,
    },
}

/// One thumbnail of the page's gallery.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct GalleryRow {
    /// The target.
    pub spec: TargetSpec,
    /// Its name.
    pub title: &'static str,
    /// One plain sentence: what it is there to show.
    pub summary: &'static str,
    /// Where to look, see [`Target::window`].
    pub window: Window,
}

/// All targets with a name, in the order in which the page shows them.
pub fn gallery() -> Vec<GalleryRow> {
    let row = |spec: TargetSpec, title, summary| {
        let window = spec.build().expect("a target with a name needs no input").window();
        GalleryRow { spec, title, summary, window }
    };
    vec![
        row(TargetSpec::TwoMoons, "Two moons", "Two bent modes: does a thread run between them?"),
        row(
            TargetSpec::Crescent,
            "Crescent",
            "Gaussian conditionals in one ordering, two humps in the other.",
        ),
        row(
            TargetSpec::EightGaussians,
            "Eight Gaussians",
            "Eight modes that a single Gaussian conditional blurs.",
        ),
        row(TargetSpec::TwoGaussians, "Two Gaussians", "The smallest case of two separate modes."),
        row(TargetSpec::GaussianGrid, "Gaussian grid", "Twenty-five sharp modes."),
        row(TargetSpec::Pinwheel, "Pinwheel", "Five bent arms."),
        row(
            TargetSpec::FourRings,
            "Four rings",
            "Holes within holes: hard for any continuous map of the plane.",
        ),
        row(TargetSpec::Checkerboard, "Checkerboard", "Sharp edges and empty squares."),
        row(TargetSpec::TwoSpirals, "Two spirals", "Two long thin arms."),
        row(TargetSpec::Funnel, "Funnel", "The width of x1 grows with x2: easy in one ordering."),
        row(TargetSpec::HeavyTailed, "Heavy tails", "Far points that a Gaussian base can't explain."),
    ]
}

impl TargetSpec {
    /// Number of variables.
    pub fn dim(&self) -> usize {
        2
    }

    /// The name in an Experiment and on the command line, `two-moons`.
    pub fn name(&self) -> String {
        let value = serde_json::to_value(self).unwrap_or_default();
        value["kind"].as_str().unwrap_or_default().to_owned()
    }

    /// The target of the gallery with that name.
    pub fn from_name(name: &str) -> Option<Self> {
        gallery().into_iter().map(|row| row.spec).find(|spec| spec.name() == name)
    }

    /// Checks what serde can't: that a drawing has ink.
    pub fn validate(&self) -> Result<(), Error> {
        self.build().map(drop)
    }

    /// The density itself.
    pub fn build(&self) -> Result<Box<dyn Target>, Error> {
        Ok(match self {
            Self::Crescent => Box::new(crescent::Crescent),
            Self::TwoMoons => Box::new(curves::two_moons()),
            Self::EightGaussians => Box::new(mixture::eight_gaussians()),
            Self::TwoGaussians => Box::new(mixture::two_gaussians()),
            Self::GaussianGrid => Box::new(mixture::gaussian_grid()),
            Self::Pinwheel => Box::new(pinwheel::Pinwheel),
            Self::FourRings => Box::new(rings::FourRings),
            Self::Checkerboard => Box::new(checkerboard::Checkerboard),
            Self::TwoSpirals => Box::new(curves::two_spirals()),
            Self::Funnel => Box::new(funnel::Funnel),
            Self::HeavyTailed => Box::new(heavy_tailed::HeavyTailed),
            Self::Drawn { cells } => Box::new(drawn::DrawnDensity::new(cells)?),
        })
    }
}
