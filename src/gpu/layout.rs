//! Where everything lies: parameters, tapes and indices of a flow, as the kernels see them.

use std::fmt::Write as _;

use crate::bijections::univariate::UnivariateSpec;
use crate::bijections::{Linear, Reads, Scaling, Standardise};
use crate::models::spec::{BijectionSpec, ConditionedSpec};
use crate::nn::{Activation, Masks};
use crate::wgsl::Fragment;

/// Points that a workgroup takes at a time.
pub const POINTS: u32 = 32;
/// Vectors of four points in a row of a tile.
pub const COLUMNS: u32 = POINTS / 4;
/// Threads of a workgroup.
pub const THREADS: u32 = 128;

/// One linear layer of a conditioner, its sizes in vectors of four, its places counted from the bijection's first vector.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dense {
    /// Inputs.
    pub inputs: usize,
    /// Outputs.
    pub outputs: usize,
    /// Inputs in vectors of four.
    pub in4: u32,
    /// Outputs in vectors of four.
    pub out4: u32,
    /// Where the weight begins: a row for each output, of `in4` vectors.
    pub weight: u32,
    /// Where the bias begins.
    pub bias: u32,
}

/// What the code of a conditioned layer depends on: layers that agree in it share their functions, whatever their ordering.
#[derive(Clone, Debug)]
pub struct ConditionedShape {
    /// Whether each variable reads all before it; else a coupling.
    pub autoregressive: bool,
    /// Which side the conditioner reads.
    pub reads: Reads,
    /// Number of variables that it reads.
    pub read: usize,
    /// The map of each transformed variable.
    pub maps: Vec<UnivariateSpec>,
    /// Its functions.
    pub fragments: Vec<Fragment>,
    /// The conditioner's linear layers.
    pub dense: Vec<Dense>,
    /// Between them.
    pub activation: Activation,
    /// Number of variables.
    pub dim: usize,
}

/// The code that a bijection needs.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A conditioned transform.
    Conditioned(ConditionedShape),
    /// An invertible linear map.
    Linear,
    /// One scale for each variable.
    Scaling {
        /// And one shift.
        shifted: bool,
    },
    /// The fixed map into the target's units.
    Standardise,
}

/// Places of one bijection of one run, all in vectors of four but the indices: a `vec4<u32>` of `program` in `tile.wgsl`.
#[derive(Clone, Copy, Debug, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct Placed {
    /// Index into [`Layout::shapes`].
    pub shape: u32,
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
    /// The distinct bijections.
    pub shapes: Vec<Shape>,
    /// Of each run its bijections, base to data.
    pub program: Vec<Vec<Placed>>,
    /// What bijections of one shape differ in: who is read and moved, permutations, constants.
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
}

fn units(numbers: usize) -> u32 {
    numbers.div_ceil(4) as u32
}

impl ConditionedShape {
    /// An error says which map has no kernel.
    fn new(layer: &ConditionedSpec) -> Result<Self, String> {
        let transformed = layer.structure.transformed().len();
        let map = |j: usize| layer.maps[j.min(layer.maps.len() - 1)];
        let maps: Vec<UnivariateSpec> = (0..transformed).map(map).collect();
        let fragments = maps.iter().map(|map| map.wgsl()).collect::<Result<_, _>>()?;
        let mut sizes = vec![layer.structure.read().len()];
        sizes.extend(&layer.hidden);
        sizes.push(maps.iter().map(|map| map.parameters()).sum());
        let mut at = 0;
        let dense = sizes
            .windows(2)
            .map(|s| {
                let (in4, out4) = (units(s[0]), units(s[1]));
                let weight = at;
                let bias = weight + 4 * out4 * in4;
                at = bias + out4;
                Dense { inputs: s[0], outputs: s[1], in4, out4, weight, bias }
            })
            .collect();
        Ok(Self {
            fragments,
            autoregressive: layer.structure.is_autoregressive(),
            reads: layer.reads,
            read: layer.structure.read().len(),
            maps,
            dense,
            activation: layer.activation,
            dim: layer.structure.dim(),
        })
    }

    /// Rows of a tape: the inputs of the transformed variables, what was read, each layer's outputs.
    pub fn input_row(&self) -> u32 {
        0
    }

    /// The first row of what linear layer `l` read; for the one after the last: of theta.
    pub fn read_row(&self, l: usize) -> u32 {
        let first = self.maps.len() as u32;
        match l {
            0 => first,
            _ => first + 4 * self.dense[0].in4 + self.dense[..l - 1].iter().map(|d| 4 * d.out4).sum::<u32>(),
        }
    }

    /// The first row of theta.
    pub fn theta_row(&self) -> u32 {
        self.read_row(self.dense.len())
    }

    fn tape_rows(&self) -> u32 {
        self.theta_row() + 4 * self.dense[self.dense.len() - 1].out4
    }

    /// Rows of the widest layer.
    fn rows(&self) -> u32 {
        self.dense.iter().map(|d| 4 * d.in4.max(d.out4)).max().unwrap_or(0)
    }

    fn vectors(&self) -> u32 {
        self.dense.last().map_or(0, |d| d.bias + d.out4)
    }

    /// The first parameter of each transformed variable.
    pub fn offsets(&self) -> Vec<u32> {
        let mut offsets = vec![0];
        for &map in &self.maps {
            offsets.push(offsets[offsets.len() - 1] + map.parameters() as u32);
        }
        offsets
    }
}

impl Shape {
    fn same(&self, other: &Self) -> bool {
        format!("{self:?}") == format!("{other:?}")
    }

    /// What its functions are called, `bijection2`.
    pub fn name(index: usize) -> String {
        format!("bijection{index}")
    }
}

impl Layout {
    /// Lays out runs whose bijections agree in everything but orderings and constants. An error says what the GPU can't do.
    pub fn new(runs: &[Vec<BijectionSpec>], dim: usize) -> Result<Self, String> {
        let mut layout = Self { dim, rows: 2 * dim as u32, ..Self::default() };
        for (run, bijections) in runs.iter().enumerate() {
            let mut run_layout = RunLayout::default();
            let mut program = Vec::new();
            for bijection in bijections {
                let indices = layout.indices.len() as u32;
                let (parameters, tape) = (run_layout.vectors, run_layout.tapes);
                let shape = match bijection {
                    BijectionSpec::Conditioned(layer) => layout.conditioned(layer, &mut run_layout)?,
                    BijectionSpec::Linear(linear) => layout.linear(linear, &mut run_layout),
                    BijectionSpec::Scaling(scaling) => layout.scaling(scaling, &mut run_layout),
                    BijectionSpec::Standardise(standardise) => layout.standardise(standardise),
                    BijectionSpec::BatchNorm(_) => {
                        return Err("batch normalisation needs the whole batch at once".into());
                    }
                };
                program.push(Placed { shape: layout.index_of(shape), parameters, tape, indices });
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

    fn index_of(&mut self, shape: Shape) -> u32 {
        let known = self.shapes.iter().position(|s| s.same(&shape));
        known.unwrap_or_else(|| {
            self.shapes.push(shape);
            self.shapes.len() - 1
        }) as u32
    }

    fn conditioned(&mut self, layer: &ConditionedSpec, run_layout: &mut RunLayout) -> Result<Shape, String> {
        if layer.shared_weights {
            return Err("NADE's running sum is taken variable by variable".into());
        }
        let shape = ConditionedShape::new(layer)?;
        let counts: Vec<usize> = shape.maps.iter().map(|map| map.parameters()).collect();
        let masks = shape
            .autoregressive
            .then(|| Masks::autoregressive(layer.structure.rank(), &layer.hidden, &counts));
        for (l, dense) in shape.dense.iter().enumerate() {
            let mask = masks.as_ref().map(|m| &m.layers[l]);
            for o in 0..dense.outputs {
                for i in 0..dense.inputs {
                    let vector = dense.weight + o as u32 * dense.in4 + i as u32 / 4;
                    run_layout.place(vector, i, mask.is_none_or(|mask| mask[o * dense.inputs + i]));
                }
            }
            (0..dense.outputs).for_each(|o| run_layout.place(dense.bias + o as u32 / 4, o, true));
        }
        run_layout.vectors += shape.vectors();
        run_layout.tapes += shape.tape_rows() * COLUMNS;
        self.rows = self.rows.max(shape.rows());
        let rank = layer.structure.rank();
        self.indices.extend(layer.structure.read().iter().map(|&v| v as u32));
        self.indices.extend(layer.structure.transformed().iter().map(|&v| v as u32));
        self.indices.extend(layer.structure.transformed().iter().map(|&v| rank[v] as u32));
        Ok(Shape::Conditioned(shape))
    }

    fn linear(&mut self, linear: &Linear, run_layout: &mut RunLayout) -> Shape {
        run_layout.packed(self.dim * self.dim);
        run_layout.tapes += 2 * self.dim as u32 * COLUMNS;
        self.indices.extend(linear.permutation().iter().map(|&v| v as u32));
        self.indices.extend(linear.signs().iter().map(|&s| u32::from(s < 0.0)));
        Shape::Linear
    }

    fn scaling(&mut self, scaling: &Scaling, run_layout: &mut RunLayout) -> Shape {
        run_layout.packed(if scaling.is_shifted() { 2 * self.dim } else { self.dim });
        run_layout.tapes += self.dim as u32 * COLUMNS;
        Shape::Scaling { shifted: scaling.is_shifted() }
    }

    fn standardise(&mut self, standardise: &Standardise) -> Shape {
        let (mean, deviation) = standardise.constants();
        self.indices.extend(mean.iter().chain(deviation).map(|&v| (v as f32).to_bits()));
        Shape::Standardise
    }

    /// First vector of the tapes within a workgroup's scratch.
    pub fn tapes_start(&self) -> u32 {
        (3 * self.dim as u32 + 1 + 2 * self.rows) * COLUMNS
    }

    /// The constants of the kernels, as WGSL.
    pub fn constants(&self) -> String {
        let dim = self.dim as u32;
        let above = (3 * dim + 1) * COLUMNS;
        let most = self.shapes.iter().map(|shape| match shape {
            Shape::Conditioned(conditioned) => {
                conditioned.maps.iter().map(|map| map.parameters()).max().unwrap_or(1)
            }
            _ => 1,
        });
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
            ("MAX_THETA", most.max().unwrap_or(1) as u32),
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

impl RunLayout {
    /// The next parameter of the core is in a vector of the current bijection, at the place that `index` has among four.
    fn place(&mut self, vector: u32, index: usize, trained: bool) {
        self.places.push(4 * (self.vectors + vector) + index as u32 % 4);
        self.trained.push(trained);
    }

    /// Parameters one after the other.
    fn packed(&mut self, numbers: usize) {
        (0..numbers).for_each(|k| self.place(k as u32 / 4, k, true));
        self.vectors += units(numbers);
    }
}
