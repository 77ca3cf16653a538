//! The kernels' source, put together from a layout: its constants, a few functions for each distinct bijection, and the files
//! in `shaders/`. A family that is a new row of the catalogue needs no new shader.

use std::fmt::Write as _;

use super::layout::{ConditionedShape, Dense, Layout, Shape};
use crate::bijections::Reads;
use crate::nn::Activation;
use crate::targets::shader::Shader;
use crate::training::Objective;
use crate::wgsl::{Fragment, fill};

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

/// The functions of a conditioned layer. `maps` are the names of its variables' maps.
fn conditioned_source(shape: &ConditionedShape, name: &str, maps: &[String]) -> String {
    let last = shape.dense.len() - 1;
    let (read, moved) = (shape.read as u32, shape.maps.len() as u32);
    let end = if last.is_multiple_of(2) { "BELOW" } else { "ABOVE" };
    let whole = |value: u32| format!("{value}u");
    let shared = [
        ("READ", whole(read)),
        ("MOVED", whole(moved)),
        ("READ_ROWS", whole(4 * shape.dense[0].in4)),
        ("READ_ROW", whole(shape.read_row(0))),
        ("INPUT_ROW", whole(shape.input_row())),
        ("THETA_ROWS", whole(4 * shape.dense[last].out4)),
        ("END", end.into()),
        ("PRODUCTS", products(shape)),
        ("PRODUCTS_BACK", products_back(shape)),
    ];
    let mut text = fill(file!("bijections/conditioned.wgsl"), name, &shared);
    for direction in ["forward", "inverse"] {
        let mut constants = shared.to_vec();
        constants.push((
            "MOVE_EACH",
            of_each(shape, maps, &|map, theta| {
                format!("moved = {map}_{direction}({theta}, scratch[place]);")
            }),
        ));
        constants.push(("PULL_EACH", of_each(shape, maps, &|map, theta| {
            let gradient = theta.replace(&theta_start(shape), "S + ABOVE");
            format!(
                "g = {map}_pull_{direction}({theta}, scratch[input], scratch[place], scratch[S + GRAD_LOG_DET + column], {gradient});"
            )
        })));
        let one_pass = !shape.autoregressive || (direction == "inverse") == (shape.reads == Reads::Data);
        let order = if one_pass {
            file!("bijections/conditioned_one_pass.wgsl")
        } else {
            file!("bijections/conditioned_by_rank.wgsl")
        };
        for template in [file!("bijections/conditioned_maps.wgsl"), order] {
            // The direction is a part of names: it goes first.
            text += &fill(&template.replace("DIRECTION", direction), name, &constants);
        }
    }
    text
}

/// Where theta of a tape begins.
fn theta_start(shape: &ConditionedShape) -> String {
    format!("t + {}u * COLUMNS", shape.theta_row())
}

/// A call for each moved variable `j`, or one for all where they have the same map; `call` gets the map's name and where its theta
/// begins.
fn of_each(shape: &ConditionedShape, maps: &[String], call: &dyn Fn(&str, String) -> String) -> String {
    let theta = |offset: String| format!("{} + ({offset}) * COLUMNS + column", theta_start(shape));
    if maps.iter().all(|map| *map == maps[0]) {
        return call(&maps[0], theta(format!("j * {}u", shape.maps[0].parameters())));
    }
    let offsets = shape.offsets();
    let mut text = String::from("switch (j) {\n");
    for (j, map) in maps.iter().enumerate() {
        let case = if j + 1 == maps.len() { "default".into() } else { format!("case {j}u") };
        let _ = writeln!(text, "      {case}: {{ {} }}", call(map, theta(format!("{}u", offsets[j]))));
    }
    text + "    }"
}

/// The WGSL name of what comes after a linear layer.
fn activation_after(shape: &ConditionedShape, layer: usize) -> &'static str {
    match shape.activation {
        _ if layer + 1 == shape.dense.len() => "LINEAR",
        Activation::Relu => "RELU",
        Activation::Tanh => "TANH",
    }
}

/// A conditioner's linear layers as calls, from what is read to theta.
fn products(shape: &ConditionedShape) -> String {
    let row = |row: u32| format!("t + {row}u * COLUMNS");
    let call = |(l, d): (usize, &Dense)| {
        format!(
            "affine_product(bijection.y + {}u, bijection.y + {}u, {}u, {}u, {}, {}, {});\n  barrier();\n  ",
            d.weight,
            d.bias,
            d.in4,
            d.out4,
            row(shape.read_row(l)),
            row(shape.read_row(l + 1)),
            activation_after(shape, l),
        )
    };
    shape.dense.iter().enumerate().map(call).collect()
}

/// Their gradients as calls, from theta to what is read.
fn products_back(shape: &ConditionedShape) -> String {
    let last = shape.dense.len() - 1;
    let call = |(l, d): (usize, &Dense)| {
        let (above, below) =
            if (last - l).is_multiple_of(2) { ("ABOVE", "BELOW") } else { ("BELOW", "ABOVE") };
        let read_row = format!("t + {}u * COLUMNS", shape.read_row(l));
        let gate = if l == 0 { "LINEAR" } else { activation_after(shape, l - 1) };
        let Dense { weight, bias, in4, out4, .. } = d;
        format!(
            "if (learn) {{ weight_gradient(bijection.y + {weight}u, bijection.y + {bias}u, {in4}u, {out4}u, S + {above}, {read_row}); }}\n  \
             input_gradient(bijection.y + {weight}u, {in4}u, {out4}u, S + {above}, S + {below}, {read_row}, {gate});\n  barrier();\n  "
        )
    };
    shape.dense.iter().enumerate().rev().map(call).collect()
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
fn common(layout: &Layout, base: &Fragment, scratch: u32) -> String {
    let mut text = layout.constants();
    let _ = writeln!(text, "const SCRATCH = {scratch}u;");
    text += file!("tile.wgsl");
    text += file!("special.wgsl");
    text += file!("philox.wgsl");
    text += file!("product.wgsl");
    text += &base.source("");
    let mut maps: Vec<(&Fragment, String)> = Vec::new();
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
                    .fragments
                    .iter()
                    .map(|fragment| {
                        if let Some((_, name)) = maps.iter().find(|(known, _)| *known == fragment) {
                            return name.clone();
                        }
                        let name = format!("map{}", maps.len());
                        text += &fragment.source(&name);
                        maps.push((fragment, name.clone()));
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
    base: &Fragment,
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
pub fn evaluate(layout: &Layout, base: &Fragment) -> String {
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
