//! The kernels' source, put together from a layout: its constants, a few functions for each distinct bijection, and the files
//! in `shaders/`. A family that is a new row of the catalogue needs no new shader.

use std::fmt::Write as _;

use super::layout::{ConditionedShape, Layout, Shape, count};
use crate::bijections::{Reads, Shift};
use crate::math::special::log_student_density;
use crate::models::Base;
use crate::models::spec::UnivariateSpec;
use crate::nn::Activation;
use crate::targets::shader::Shader;
use crate::training::Objective;

/// Threads of the kernels that work on parameters.
pub const UPDATERS: u32 = 64;
/// Values of past steps that are kept.
pub const RING: u32 = 1024;

/// A file of `shaders/`.
macro_rules! file {
    ($path:literal) => {
        include_str!(concat!("shaders/", $path))
    };
}

/// `text` with whole identifiers replaced; one that begins with `NAME_` takes the name in its place.
fn fill(text: &str, name: &str, constants: &[(&str, String)]) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    while let Some(start) = rest.find(is_part) {
        result.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        match (constants.iter().find(|(key, _)| *key == word), word.strip_prefix("NAME_")) {
            (Some((_, value)), _) => result.push_str(value),
            (None, Some(tail)) => {
                let _ = write!(result, "{name}_{tail}");
            }
            (None, None) => result.push_str(word),
        }
        rest = after;
    }
    result + rest
}

/// A number as WGSL writes it.
fn real(value: f64) -> String {
    format!("{value:?}")
}

fn map_source(map: UnivariateSpec, name: &str) -> String {
    let inverted = |files: &[&str], constants: &[(&str, String)]| {
        let mut all = constants.to_vec();
        all.push(("COUNT", format!("{}u", count(map))));
        let mut text: String = files.iter().map(|text| fill(text, name, &all)).collect();
        text += &fill(file!("univariate/inverted.wgsl"), name, &all);
        text
    };
    match map {
        UnivariateSpec::Additive => fill(file!("univariate/additive.wgsl"), name, &[]),
        UnivariateSpec::Affine(affine) => fill(
            file!("univariate/affine.wgsl"),
            name,
            &[
                ("INVERSE_BOUND", real(affine.bound.map_or(0.0, f64::recip))),
                ("BASE_SHIFT", (affine.shift == Shift::Base).to_string()),
            ],
        ),
        UnivariateSpec::Spline(spline) => inverted(
            &[file!("univariate/spline.wgsl")],
            &[("BINS", format!("{}u", spline.bins)), ("BOUND", real(spline.bound))],
        ),
        UnivariateSpec::Mixture(mixture) => inverted(
            &[file!("univariate/gaussianise.wgsl"), file!("univariate/mixture.wgsl")],
            &[("K", format!("{}u", mixture.components))],
        ),
        UnivariateSpec::Laplace | UnivariateSpec::StudentT => {
            inverted(&[file!("univariate/gaussianise.wgsl"), file!("univariate/laplace.wgsl")], &[])
        }
    }
}

/// The functions of a conditioned layer. `maps` are the names of its variables' maps.
fn conditioned_source(shape: &ConditionedShape, name: &str, maps: &[String]) -> String {
    let (read, moved) = (shape.read, shape.maps.len());
    let last = shape.dense.len() - 1;
    let activation = |l: usize| match shape.activation {
        _ if l == last => "LINEAR",
        Activation::Relu => "RELU",
        Activation::Tanh => "TANH",
    };
    let row = |row: u32| format!("t + {row}u * COLUMNS");
    let mut network = String::new();
    for (l, d) in shape.dense.iter().enumerate() {
        let _ = writeln!(
            network,
            "  affine_product(bijection.y + {}u, bijection.y + {}u, {}u, {}u, {}, {}, {});\n  barrier();",
            d.weight,
            d.bias,
            d.in4,
            d.out4,
            row(shape.read_row(l)),
            row(shape.read_row(l + 1)),
            activation(l),
        );
    }
    let mut back = String::new();
    for (l, d) in shape.dense.iter().enumerate().rev() {
        let (above, below) =
            if (last - l).is_multiple_of(2) { ("ABOVE", "BELOW") } else { ("BELOW", "ABOVE") };
        let read_row = row(shape.read_row(l));
        let gate = if l == 0 { "LINEAR" } else { activation(l - 1) };
        let _ = writeln!(
            back,
            "  if (learn) {{ weight_gradient(bijection.y + {}u, bijection.y + {}u, {}u, {}u, S + {above}, {read_row}); }}\n  \
             input_gradient(bijection.y + {}u, {}u, {}u, S + {above}, S + {below}, {read_row}, {gate});\n  barrier();",
            d.weight, d.bias, d.in4, d.out4, d.weight, d.in4, d.out4,
        );
    }
    let end = if last.is_multiple_of(2) { "BELOW" } else { "ABOVE" };
    let in4 = shape.dense[0].in4;
    let theta_rows = 4 * shape.dense[last].out4;
    let theta = row(shape.theta_row());
    let offsets = shape.offsets();
    // One statement for each transformed variable, or one for all where they have the same map.
    let each = |statement: &dyn Fn(&str, String) -> String| {
        if maps.iter().all(|map| *map == maps[0]) {
            return statement(&maps[0], format!("j * {}u", count(shape.maps[0])));
        }
        let mut text = String::from("switch (j) {\n");
        for (j, map) in maps.iter().enumerate() {
            let case = if j + 1 == maps.len() { "default".into() } else { format!("case {j}u") };
            let _ = writeln!(text, "      {case}: {{ {} }}", statement(map, format!("{}u", offsets[j])));
        }
        text + "    }"
    };
    let mut text = format!(
        "
fn {name}_network(bijection: vec4<u32>) {{
  let t = S + bijection.z;
  for (var job = lane; job < {}u * COLUMNS; job += THREADS) {{
    let i = job / COLUMNS;
    var value = vec4<f32>();
    if (i < {read}u) {{ value = scratch[S + POINT + indices[bijection.w + i] * COLUMNS + job % COLUMNS]; }}
    scratch[{} + job] = value;
  }}
  barrier();
{network}}}

fn {name}_network_back(bijection: vec4<u32>) {{
  let t = S + bijection.z;
{back}  for (var job = lane; job < {read}u * COLUMNS; job += THREADS) {{
    scratch[S + GRAD + indices[bijection.w + job / COLUMNS] * COLUMNS + job % COLUMNS] += scratch[S + {end} + job];
  }}
  barrier();
}}
",
        4 * in4,
        row(shape.read_row(0)),
    );
    for direction in ["forward", "inverse"] {
        let move_each = each(&|map, offset| {
            format!("moved = {map}_{direction}({theta} + ({offset}) * COLUMNS + column, scratch[place]);")
        });
        let pull_each = each(&|map, offset| {
            format!(
                "g = {map}_pull_{direction}({theta} + ({offset}) * COLUMNS + column, scratch[{} + job], \
                 scratch[place], scratch[S + GRAD_LOG_DET + column], S + ABOVE + ({offset}) * COLUMNS + column);",
                row(shape.input_row()),
            )
        });
        let transformed = format!("indices[bijection.w + {read}u + j]");
        let rank = format!("indices[bijection.w + {}u + j]", read + moved);
        let _ = write!(
            text,
            "
fn {name}_move_{direction}(bijection: vec4<u32>, all: bool, stage: u32) {{
  let t = S + bijection.z;
  for (var job = lane; job < {moved}u * COLUMNS; job += THREADS) {{
    let j = job / COLUMNS;
    let column = job % COLUMNS;
    if (!all && {rank} != stage) {{ continue; }}
    let row = {transformed} * COLUMNS + column;
    let place = S + POINT + row;
    scratch[{} + job] = scratch[place];
    var moved: Moved;
    {move_each}
    scratch[place] = moved.value;
    scratch[S + LOG_DET + row] += moved.log_det;
  }}
  barrier();
}}

fn {name}_pull_{direction}(bijection: vec4<u32>, all: bool, stage: u32) {{
  let t = S + bijection.z;
  for (var job = lane; job < {theta_rows}u * COLUMNS; job += THREADS) {{ scratch[S + ABOVE + job] = vec4<f32>(); }}
  barrier();
  for (var job = lane; job < {moved}u * COLUMNS; job += THREADS) {{
    let j = job / COLUMNS;
    let column = job % COLUMNS;
    if (!all && {rank} != stage) {{ continue; }}
    let place = S + GRAD + {transformed} * COLUMNS + column;
    var g: vec4<f32>;
    {pull_each}
    scratch[place] = g;
  }}
  barrier();
}}
",
            row(shape.input_row()),
        );
        let one_pass = !shape.autoregressive || (direction == "inverse") == (shape.reads == Reads::Data);
        let dim = shape.dim;
        text += &if one_pass {
            format!(
                "
fn {name}_{direction}(bijection: vec4<u32>) {{
  {name}_network(bijection);
  {name}_move_{direction}(bijection, true, 0u);
}}

fn {name}_{direction}_back(bijection: vec4<u32>) {{
  {name}_pull_{direction}(bijection, true, 0u);
  {name}_network_back(bijection);
}}
"
            )
        } else {
            // Rank by rank, as src/bijections/conditioned.rs has it: what is read has to be made first.
            format!(
                "
fn {name}_{direction}(bijection: vec4<u32>) {{
  for (var stage = 0u; stage < {dim}u; stage++) {{
    {name}_network(bijection);
    {name}_move_{direction}(bijection, false, stage);
  }}
}}

fn {name}_{direction}_back(bijection: vec4<u32>) {{
  let was = first_tile;
  for (var k = 0u; k < {dim}u; k++) {{
    {name}_pull_{direction}(bijection, false, {dim}u - 1u - k);
    {name}_network_back(bijection);
    first_tile = false;
  }}
  first_tile = was;
}}
"
            )
        };
    }
    text
}

/// Calls the function of a bijection by its shape.
fn dispatch(layout: &Layout, function: &str) -> String {
    let mut text = format!("\nfn {function}(bijection: vec4<u32>) {{\n  switch (bijection.x) {{\n");
    for index in 0..layout.shapes.len() {
        let case = if index == 0 { "default".into() } else { format!("case {index}u") };
        let _ = writeln!(text, "    {case}: {{ {}_{function}(bijection); }}", Shape::name(index));
    }
    text + "  }\n}\n"
}

/// Everything that kernels on points need, without an entry point.
fn common(layout: &Layout, base: Base, scratch: u32) -> String {
    let mut text = layout.constants();
    let _ = writeln!(text, "const SCRATCH = {scratch}u;");
    text += file!("tile.wgsl");
    text += file!("special.wgsl");
    text += file!("philox.wgsl");
    text += file!("product.wgsl");
    text += &match base {
        Base::Normal | Base::Mixture { .. } => file!("bases/normal.wgsl").into(),
        Base::StudentT { degrees } => fill(
            file!("bases/student_t.wgsl"),
            "",
            &[("DEGREES", real(degrees)), ("LOG_CONSTANT", real(log_student_density(0.0, degrees)))],
        ),
    };
    let mut maps: Vec<(String, String)> = Vec::new();
    for (index, shape) in layout.shapes.iter().enumerate() {
        let name = Shape::name(index);
        let functions = match shape {
            Shape::Linear => fill(file!("bijections/linear.wgsl"), &name, &[]),
            Shape::Standardise => fill(file!("bijections/standardise.wgsl"), &name, &[]),
            Shape::Scaling { shifted } => {
                let count = if *shifted { 2 * layout.dim } else { layout.dim };
                fill(
                    file!("bijections/scaling.wgsl"),
                    &name,
                    &[("SHIFTED", shifted.to_string()), ("COUNT", format!("{count}u"))],
                )
            }
            Shape::Conditioned(conditioned) => {
                let names: Vec<String> = conditioned
                    .maps
                    .iter()
                    .map(|&map| {
                        let key = format!("{map:?}");
                        if let Some((_, name)) = maps.iter().find(|(known, _)| *known == key) {
                            return name.clone();
                        }
                        let name = format!("map{}", maps.len());
                        text += &map_source(map, &name);
                        maps.push((key, name.clone()));
                        name
                    })
                    .collect();
                conditioned_source(conditioned, &name, &names)
            }
        };
        text += &functions;
    }
    for function in ["forward", "inverse", "forward_back", "inverse_back"] {
        text += &dispatch(layout, function);
    }
    text
}

/// Vectors of a workgroup's scratch in training.
pub fn scratch_of(layout: &Layout, objective: Objective) -> u32 {
    let twice = matches!(objective, Objective::ReverseKl { path_gradient: true, .. });
    layout.tapes_start() + layout.tapes * if twice { 2 } else { 1 }
}

/// The kernel `train`.
pub fn train(
    layout: &Layout,
    base: Base,
    objective: Objective,
    target: &Shader,
    score_table: usize,
) -> String {
    let mut text = common(layout, base, scratch_of(layout, objective));
    let _ = writeln!(text, "const SCORE_TABLE = {score_table}u;");
    text += &target.source;
    text += file!("finish.wgsl");
    match objective {
        Objective::ForwardKl => text += file!("forward_kl.wgsl"),
        Objective::ReverseKl { path_gradient, .. } => {
            let _ = writeln!(text, "const PATH_GRADIENT = {path_gradient};");
            text += file!("reverse_kl.wgsl");
        }
    }
    text
}

/// The kernels `density_field`, `log_density` and `sample`.
pub fn evaluate(layout: &Layout, base: Base) -> String {
    common(layout, base, layout.tapes_start() + layout.tapes) + file!("evaluate.wgsl")
}

/// The kernels `reduce` and `adam`.
pub fn adam(layout: &Layout) -> String {
    let structs = file!("tile.wgsl");
    let cut = |start: &str| {
        let from = structs.find(start).unwrap_or(0);
        let to = structs[from..].find("\n}\n").map_or(structs.len(), |at| from + at + 3);
        &structs[from..to]
    };
    format!(
        "const VECTORS = {}u;\nconst GROUPS = {}u;\nconst UPDATERS = {UPDATERS}u;\nconst RING = {RING}u;\n{}{}{}{}",
        layout.vectors,
        layout.vectors.div_ceil(UPDATERS),
        cut("struct Step"),
        cut("struct Run"),
        "fn is_finite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u; }\n",
        file!("adam.wgsl"),
    )
}
