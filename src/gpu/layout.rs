//! Where everything lies: parameters, tapes and indices of a flow, as the kernels see them.

use std::fmt::Write as _;

use crate::bijections::BijectionSpec;
use crate::bijections::kernel::{Code, Kernel};

/// Points that a workgroup takes at a time.
pub const POINTS: u32 = 32;
/// Vectors of four points in a row of a tile.
pub const COLUMNS: u32 = POINTS / 4;
/// Threads of a workgroup.
pub const THREADS: u32 = 128;

/// Places of one bijection of one run, all in vectors of four but the indices: a `vec4<u32>` of `program` in `tile.wgsl`.
#[derive(Clone, Copy, Debug, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct Placed {
    /// Index into [`Layout::codes`].
    pub code: u32,
    /// Its first parameter.
    pub parameters: u32,
    /// Where its tape begins among all tapes.
    pub tape: u32,
    /// Its first number in [`Layout::indices`].
    pub indices: u32,
}

/// The layout of some runs that differ in seed, ordering and settings, not in their sizes.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// Number of variables.
    pub dim: usize,
    /// The functions of the distinct bijections.
    pub codes: Vec<Code>,
    /// Of each run its bijections, base to data.
    pub program: Vec<Vec<Placed>>,
    /// What bijections of the same code differ in: who is read and moved, permutations, constants.
    pub indices: Vec<u32>,
    /// Vectors of a run's parameters.
    pub vectors: u32,
    /// Where the core's k-th parameter is among the numbers of a run.
    pub places: Vec<u32>,
    /// For each run which numbers are trained.
    pub trained: Vec<Vec<bool>>,
    /// Rows that the gradient inside a layer needs, twice.
    pub rows: u32,
    /// Vectors of all tapes of a tile.
    pub tapes: u32,
    /// Parameters of one variable's map at most.
    pub map_parameters: usize,
}

impl Layout {
    /// Lays out runs whose bijections agree in everything but orderings and constants. An error says what the GPU can't do.
    pub fn new(runs: &[Vec<BijectionSpec>], dim: usize) -> Result<Self, String> {
        let mut layout = Self { dim, rows: 2 * dim as u32, map_parameters: 1, ..Self::default() };
        for (run, bijections) in runs.iter().enumerate() {
            let mut run_layout = RunLayout::default();
            let mut program = Vec::new();
            for bijection in bijections {
                let Kernel { code, parameters, vectors, tape_rows, gradient_rows, map_parameters, indices } =
                    bijection.kernel()?;
                program.push(Placed {
                    code: layout.index_of(code),
                    parameters: run_layout.vectors,
                    tape: run_layout.tapes,
                    indices: layout.indices.len() as u32,
                });
                let first = 4 * run_layout.vectors;
                run_layout.places.extend(parameters.iter().map(|place| first + place.number));
                run_layout.trained.extend(parameters.iter().map(|place| place.trained));
                run_layout.vectors += vectors;
                run_layout.tapes += tape_rows * COLUMNS;
                layout.rows = layout.rows.max(gradient_rows);
                layout.map_parameters = layout.map_parameters.max(map_parameters);
                layout.indices.extend(indices);
            }
            if run == 0 {
                (layout.vectors, layout.tapes, layout.places) =
                    (run_layout.vectors, run_layout.tapes, run_layout.places);
            } else if run_layout.places != layout.places {
                return Err("the runs have models of different sizes".into());
            }
            let mut trained = vec![false; 4 * layout.vectors as usize];
            layout
                .places
                .iter()
                .zip(&run_layout.trained)
                .for_each(|(&place, &is)| trained[place as usize] = is);
            layout.trained.push(trained);
            layout.program.push(program);
        }
        Ok(layout)
    }

    /// What the functions of a code are called, `bijection2`.
    pub fn name(index: usize) -> String {
        format!("bijection{index}")
    }

    fn index_of(&mut self, code: Code) -> u32 {
        let known = self.codes.iter().position(|one| *one == code);
        known.unwrap_or_else(|| {
            self.codes.push(code);
            self.codes.len() - 1
        }) as u32
    }

    /// First vector of the tapes within a workgroup's scratch.
    pub fn tapes_start(&self) -> u32 {
        (3 * self.dim as u32 + 1 + 2 * self.rows) * COLUMNS
    }

    /// The constants of the kernels, as WGSL.
    pub fn constants(&self) -> String {
        let dim = self.dim as u32;
        let above = (3 * dim + 1) * COLUMNS;
        let mut text = String::new();
        for (name, value) in [
            ("D", dim),
            ("POINTS", POINTS),
            ("COLUMNS", COLUMNS),
            ("THREADS", THREADS),
            ("BIJECTIONS", self.program[0].len() as u32),
            ("VECTORS", self.vectors),
            ("STAGING", (dim + 1) * POINTS),
            ("POINT", 0),
            ("LOG_DET", dim * COLUMNS),
            ("GRAD", 2 * dim * COLUMNS),
            ("GRAD_LOG_DET", 3 * dim * COLUMNS),
            ("ABOVE", above),
            ("BELOW", above + self.rows * COLUMNS),
            ("TAPES", self.tapes),
            ("MAX_THETA", self.map_parameters as u32),
        ] {
            let _ = writeln!(text, "const {name} = {value}u;");
        }
        text
    }
}

/// The parameters and tape of one run as they are laid out.
#[derive(Default)]
struct RunLayout {
    vectors: u32,
    tapes: u32,
    places: Vec<u32>,
    trained: Vec<bool>,
}
