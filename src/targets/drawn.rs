//! A density that somebody drew.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::PlaneTarget;
use crate::error::Error;
use crate::math::Philox;
use crate::math::quadrature::Window;

/// Cells on each side of a drawing.
pub const SIDE: usize = 128;

/// Where a drawing lies.
pub const WINDOW: Window = Window::square(0.0, 0.0, 4.0);

/// The intensities of a drawing, 0 (nothing) to 255, `SIDE` rows of `SIDE` cells from the least x2 up, each
/// row from the least x1. In JSON: a string, base64 of the bytes.
#[derive(Clone, PartialEq)]
pub struct Drawing(Vec<u8>);

// In TypeScript it is the string that the JSON holds.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = "/** Base64 of 128 rows of 128 intensities, 0 to 255, from the least x2 up. */\nexport type Drawing = string;";

impl std::fmt::Debug for Drawing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Drawing({} cells with ink)", self.0.iter().filter(|&&c| c > 0).count())
    }
}

impl Drawing {
    /// A drawing of `SIDE * SIDE` intensities.
    pub fn new(cells: Vec<u8>) -> Result<Self, Error> {
        if cells.len() == SIDE * SIDE {
            return Ok(Self(cells));
        }
        Err(Error::Field {
            field: "target.cells".into(),
            value: format!("{} cells long", cells.len()),
            allowed: format!("{} cells, {SIDE} rows of {SIDE}", SIDE * SIDE),
        })
    }

    /// The intensities.
    pub fn cells(&self) -> &[u8] {
        &self.0
    }
}

impl Serialize for Drawing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Drawing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let text = String::deserialize(deserializer)?;
        let cells = STANDARD
            .decode(&text)
            .map_err(|e| D::Error::custom(format!("the drawing is no base64 text ({e})")))?;
        Self::new(cells).map_err(D::Error::custom)
    }
}

/// The density whose value in each cell is proportional to the drawing's intensity.
pub struct DrawnDensity {
    /// Intensity up to and including each cell.
    cumulative: Vec<u32>,
    log_density: Vec<f64>,
    /// The connected region of each cell, from 1; 0 where there is little ink.
    regions: Vec<u8>,
    region_count: usize,
}

impl DrawnDensity {
    /// The density of a drawing with ink.
    pub fn new(drawing: &Drawing) -> Result<Self, Error> {
        let mut total = 0;
        let add = |&intensity: &u8| {
            total += u32::from(intensity);
            total
        };
        let cumulative: Vec<u32> = drawing.cells().iter().map(add).collect();
        if total == 0 {
            return Err(Error::EmptyDrawing);
        }
        let scale = (f64::from(total) * cell_area()).ln();
        let log = |&intensity: &u8| f64::from(intensity).ln() - scale;
        let log_density = drawing.cells().iter().map(log).collect();
        let (regions, region_count) = regions(drawing.cells());
        Ok(Self { cumulative, log_density, regions, region_count })
    }
}

/// The connected regions of cells with at least a fifth of the strongest ink, largest first; specks that hold under 1 % of
/// such cells, and all beyond 64 regions, count as none.
fn regions(cells: &[u8]) -> (Vec<u8>, usize) {
    let least = (cells.iter().copied().max().unwrap_or(0) / 5).max(1);
    let inked = cells.iter().filter(|&&c| c >= least).count();
    let mut label = vec![0usize; cells.len()];
    let mut sizes = Vec::new();
    for start in 0..cells.len() {
        if cells[start] < least || label[start] > 0 {
            continue;
        }
        let (mut size, mut open) = (0, vec![start]);
        label[start] = sizes.len() + 1;
        while let Some(cell) = open.pop() {
            size += 1;
            let (column, row) = (cell % SIDE, cell / SIDE);
            let beside = [
                (column > 0).then(|| cell - 1),
                (column + 1 < SIDE).then(|| cell + 1),
                (row > 0).then(|| cell - SIDE),
                (row + 1 < SIDE).then(|| cell + SIDE),
            ];
            for next in beside.into_iter().flatten() {
                if cells[next] >= least && label[next] == 0 {
                    label[next] = sizes.len() + 1;
                    open.push(next);
                }
            }
        }
        sizes.push(size);
    }
    let mut order: Vec<usize> = (0..sizes.len()).filter(|&r| 100 * sizes[r] >= inked).collect();
    order.sort_unstable_by_key(|&r| (std::cmp::Reverse(sizes[r]), r));
    order.truncate(64);
    let rank = |region: usize| order.iter().position(|&r| r + 1 == region).map_or(0, |p| p as u8 + 1);
    let ranks: Vec<u8> = (0..=sizes.len()).map(rank).collect();
    (label.into_iter().map(|r| ranks[r]).collect(), order.len())
}

fn cell_area() -> f64 {
    WINDOW.area() / (SIDE * SIDE) as f64
}

/// The cell that holds a point.
fn cell_of([x1, x2]: [f64; 2]) -> Option<usize> {
    let side = (WINDOW.x_max - WINDOW.x_min) / SIDE as f64;
    let column = ((x1 - WINDOW.x_min) / side).floor();
    let row = ((x2 - WINDOW.y_min) / side).floor();
    let limits = 0.0..SIDE as f64;
    let inside = limits.contains(&column) && limits.contains(&row);
    inside.then(|| row as usize * SIDE + column as usize)
}

impl PlaneTarget for DrawnDensity {
    /// Exact: a cell by the inverse of the cumulative intensity, then a uniform point within it.
    fn sample(&self, random: &mut Philox) -> [f64; 2] {
        let total = self.cumulative[SIDE * SIDE - 1];
        let level = random.below(total as usize) as u32;
        let cell = self.cumulative.partition_point(|&c| c <= level);
        let side = (WINDOW.x_max - WINDOW.x_min) / SIDE as f64;
        [
            WINDOW.x_min + side * ((cell % SIDE) as f64 + random.uniform::<f64>()),
            WINDOW.y_min + side * ((cell / SIDE) as f64 + random.uniform::<f64>()),
        ]
    }

    fn log_density(&self, x: [f64; 2]) -> f64 {
        cell_of(x).map_or(f64::NEG_INFINITY, |cell| self.log_density[cell])
    }

    fn mode_count(&self) -> usize {
        self.region_count
    }

    fn mode_of(&self, x: [f64; 2]) -> Option<usize> {
        cell_of(x).and_then(|cell| usize::from(self.regions[cell]).checked_sub(1))
    }

    fn entropy(&self) -> f64 {
        let inked = self.log_density.iter().filter(|lp| lp.is_finite());
        -inked.map(|lp| lp * lp.exp() * cell_area()).sum::<f64>()
    }

    #[cfg(feature = "gpu")]
    fn shader(&self) -> Option<super::shader::Shader> {
        let cell = (WINDOW.x_max - WINDOW.x_min) / SIDE as f64;
        let source = format!(
            "const SIDE = {SIDE}u;\nconst CELL = {cell:?};\nconst LEAST = vec2<f32>({:?}, {:?});\n{}",
            WINDOW.x_min,
            WINDOW.y_min,
            include_str!("shaders/drawn.wgsl"),
        );
        // At most 255 for each cell: exact in single precision.
        let four = |cells: &[u32]| [0, 1, 2, 3].map(|i: usize| cells[i] as f32);
        Some(super::shader::Shader { source, table: self.cumulative.chunks_exact(4).map(four).collect() })
    }

    fn window(&self) -> Window {
        WINDOW
    }

    /// Exact, from the cells; each is at least the deviation within a single cell.
    fn known_moments(&self) -> Option<([f64; 2], [f64; 2])> {
        let side = (WINDOW.x_max - WINDOW.x_min) / SIDE as f64;
        let centres = WINDOW.cell_centres(SIDE);
        let (mut mean, mut square) = ([0.0; 2], [0.0; 2]);
        for (point, lp) in centres.chunks_exact(2).zip(&self.log_density) {
            let mass = lp.exp() * cell_area();
            for i in 0..2 {
                mean[i] += mass * point[i];
                square[i] += mass * point[i] * point[i];
            }
        }
        let variance = [0, 1].map(|i: usize| square[i] - mean[i] * mean[i] + side * side / 12.0);
        Some((mean, variance.map(|v| v.max(side * side / 12.0).sqrt())))
    }
}
