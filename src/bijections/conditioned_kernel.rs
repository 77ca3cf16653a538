//! The functions of a conditioned transform on a GPU.

use std::fmt::Write as _;

use super::Reads;
use super::conditioned_layout::{ConditionedLayout, Dense};
use super::kernel::{Code, NAME};
use crate::nn::Activation;
use crate::wgsl::{Fragment, fill};

/// The functions of a conditioned transform. An error says which map has none.
pub fn code(layout: &ConditionedLayout) -> Result<Code, String> {
    let mut distinct: Vec<Fragment> = Vec::new();
    let mut maps = Vec::new();
    for map in &layout.maps {
        let fragment = map.wgsl()?;
        let known = distinct.iter().position(|one| *one == fragment);
        maps.push(Code::map(known.unwrap_or(distinct.len())));
        if known.is_none() {
            distinct.push(fragment);
        }
    }
    let products = layout.dense.iter().map(|dense| dense.inputs * dense.outputs).sum();
    Ok(Code { text: text(layout, &maps), maps: distinct, products })
}

/// Their text. `maps` are the names of the variables' maps.
fn text(layout: &ConditionedLayout, maps: &[String]) -> String {
    let last = layout.dense.len() - 1;
    let (read, moved) = (layout.read as u32, layout.maps.len() as u32);
    let end = if last.is_multiple_of(2) { "BELOW" } else { "ABOVE" };
    let whole = |value: u32| format!("{value}u");
    let shared = [
        ("READ", whole(read)),
        ("MOVED", whole(moved)),
        ("READ_ROWS", whole(4 * layout.dense[0].in4)),
        ("READ_ROW", whole(layout.read_row(0))),
        ("INPUT_ROW", whole(layout.input_row())),
        ("THETA_ROWS", whole(4 * layout.dense[last].out4)),
        ("END", end.into()),
        ("PRODUCTS", products(layout)),
        ("PRODUCTS_BACK", products_back(layout)),
    ];
    let mut text = fill(include_str!("shaders/conditioned.wgsl"), NAME, &shared);
    for direction in ["forward", "inverse"] {
        let mut constants = shared.to_vec();
        constants.push((
            "MOVE_EACH",
            of_each(layout, maps, &|map, theta| {
                format!("moved = {map}_{direction}({theta}, scratch[place]);")
            }),
        ));
        constants.push(("PULL_EACH", of_each(layout, maps, &|map, theta| {
            let gradient = theta.replace(&theta_start(layout), "S + ABOVE");
            format!(
                "g = {map}_pull_{direction}({theta}, scratch[input], scratch[place], scratch[S + GRAD_LOG_DET + column], {gradient});"
            )
        })));
        let one_pass = !layout.autoregressive || (direction == "inverse") == (layout.reads == Reads::Data);
        let order = if one_pass {
            include_str!("shaders/conditioned_one_pass.wgsl")
        } else {
            include_str!("shaders/conditioned_by_rank.wgsl")
        };
        for template in [include_str!("shaders/conditioned_maps.wgsl"), order] {
            // The direction is a part of names: it goes first.
            text += &fill(&template.replace("DIRECTION", direction), NAME, &constants);
        }
    }
    text
}

/// Where theta of a tape begins.
fn theta_start(layout: &ConditionedLayout) -> String {
    format!("t + {}u * COLUMNS", layout.theta_row())
}

/// A call for each moved variable `j`, or one for all where they have the same map; `call` gets the map's name and where its theta
/// begins.
fn of_each(layout: &ConditionedLayout, maps: &[String], call: &dyn Fn(&str, String) -> String) -> String {
    let theta = |offset: String| format!("{} + ({offset}) * COLUMNS + column", theta_start(layout));
    if maps.iter().all(|map| *map == maps[0]) {
        return call(&maps[0], theta(format!("j * {}u", layout.maps[0].parameters())));
    }
    let offsets = layout.offsets();
    let mut text = String::from("switch (j) {\n");
    for (j, map) in maps.iter().enumerate() {
        let case = if j + 1 == maps.len() { "default".into() } else { format!("case {j}u") };
        let _ = writeln!(text, "      {case}: {{ {} }}", call(map, theta(format!("{}u", offsets[j]))));
    }
    text + "    }"
}

/// The WGSL name of what comes after a linear layer.
fn activation_after(layout: &ConditionedLayout, layer: usize) -> &'static str {
    match layout.activation {
        _ if layer + 1 == layout.dense.len() => "LINEAR",
        Activation::Relu => "RELU",
        Activation::Tanh => "TANH",
        // ConditionedSpec::kernel refuses it.
        Activation::Silu => "SILU",
    }
}

/// A conditioner's linear layers as calls, from what is read to theta.
fn products(layout: &ConditionedLayout) -> String {
    let row = |row: u32| format!("t + {row}u * COLUMNS");
    let call = |(l, d): (usize, &Dense)| {
        format!(
            "affine_product(bijection.y + {}u, bijection.y + {}u, {}u, {}u, {}, {}, {});\n  barrier();\n  ",
            d.weight,
            d.bias,
            d.in4,
            d.out4,
            row(layout.read_row(l)),
            row(layout.read_row(l + 1)),
            activation_after(layout, l),
        )
    };
    layout.dense.iter().enumerate().map(call).collect()
}

/// Their gradients as calls, from theta to what is read.
fn products_back(layout: &ConditionedLayout) -> String {
    let last = layout.dense.len() - 1;
    let call = |(l, d): (usize, &Dense)| {
        let (above, below) =
            if (last - l).is_multiple_of(2) { ("ABOVE", "BELOW") } else { ("BELOW", "ABOVE") };
        let read_row = format!("t + {}u * COLUMNS", layout.read_row(l));
        let gate = if l == 0 { "LINEAR" } else { activation_after(layout, l - 1) };
        let Dense { weight, bias, in4, out4, .. } = d;
        format!(
            "if (learn) {{ weight_gradient(bijection.y + {weight}u, bijection.y + {bias}u, {in4}u, {out4}u, S + {above}, {read_row}); }}\n  \
             input_gradient(bijection.y + {weight}u, {in4}u, {out4}u, S + {above}, S + {below}, {read_row}, {gate});\n  barrier();\n  "
        )
    };
    layout.dense.iter().enumerate().rev().map(call).collect()
}
