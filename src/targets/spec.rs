//! The target of an Experiment, and the table of those that have a name.

use serde::{Deserialize, Serialize};

use super::drawn::Drawing;
use super::shares::Shares;
use super::tables::Choice;
use super::target::{PlaneTarget, Target};
use super::transform::Transform;
use super::{checkerboard, crescent, curves, drawn, funnel, heavy_tailed, mixture, pinwheel, rings};
use crate::error::Error;
use crate::math::quadrature::Window;
use crate::tagged::tagged_fields;

/// The target of an Experiment, by name or as a drawing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "kebab-case", try_from = "Fields")]
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
    /// Rows that somebody brought, in standard units. What is said of them is in their own.
    Table {
        /// SHA-256 of the table's content, in hexadecimal digits; see [`tables::provide`](super::tables::provide).
        hash: String,
        /// What its file was called.
        name: String,
        /// The columns that are learned, counted from 0, 2 to 64 of them.
        columns: Vec<usize>,
        /// Shares of the rows to train on, to choose by and to test on; `None`: as the table says, else 0.8, 0.1, 0.1.
        #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "[number, number, number] | null"))]
        shares: Option<Shares>,
        /// Decides which rows are for what, where shares do. Not the seed of the run: runs of several seeds have the same rows.
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        split_seed: u32,
        /// What is done to each column before it is learned; empty: nothing to any.
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        transforms: Vec<Transform>,
    },
}

tagged_fields!(Fields, Kind of TargetSpec {
    Crescent {},
    TwoMoons {},
    EightGaussians {},
    TwoGaussians {},
    GaussianGrid {},
    Pinwheel {},
    FourRings {},
    Checkerboard {},
    TwoSpirals {},
    Funnel {},
    HeavyTailed {},
    Drawn { cells: Drawing },
    Table {
        hash: String, name: String, columns: Vec<usize>;
        shares: Option<Shares>, split_seed: u32, transforms: Vec<Transform>
    },
});

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
    /// Where to look, see [`PlaneTarget::window`].
    pub window: Window,
}

/// All targets with a name, in the order in which the page shows them.
pub fn gallery() -> Vec<GalleryRow> {
    let row = |spec: TargetSpec, title, summary| {
        let target = spec.build().expect("a target with a name needs no input");
        let window = target.plane().expect("a target with a name is of the plane").window();
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
        match self {
            Self::Table { columns, .. } => columns.len(),
            _ => 2,
        }
    }

    /// Whether it is a table.
    pub fn is_table(&self) -> bool {
        matches!(self, Self::Table { .. })
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

    /// Checks what serde can't: that a drawing has ink, that a table is here and can be learned.
    pub fn validate(&self) -> Result<(), Error> {
        self.build().map(drop)
    }

    /// The density itself.
    pub fn build(&self) -> Result<Box<dyn Target>, Error> {
        let of_plane: Box<dyn PlaneTarget> = match self {
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
            Self::Table { hash, name, columns, shares, split_seed, transforms } => {
                let (shares, split_seed) = (*shares, *split_seed);
                return Ok(Box::new(Choice { hash, name, columns, shares, split_seed, transforms }.rows()?));
            }
        };
        Ok(Box::new(of_plane))
    }
}
