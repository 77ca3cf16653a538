//! The kernels' source, put together from a layout: its constants, a few functions for each distinct bijection, and the files
//! in `shaders/`. A family that is a new row of the catalogue needs no new shader.

use std::fmt::Write as _;

use super::layout::Layout;
use crate::targets::shader::Shader;
use crate::training::Objective;
use crate::wgsl::Fragment;

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

/// Calls the function of a bijection by its code.
fn dispatch(layout: &Layout, function: &str) -> String {
    let mut text = format!("\nfn {function}(bijection: vec4<u32>) {{\n  switch (bijection.x) {{\n");
    for index in 0..layout.codes.len() {
        let case = if index == 0 { "default".into() } else { format!("case {index}u") };
        let _ = writeln!(text, "    {case}: {{ {}_{function}(bijection); }}", Layout::name(index));
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
    let mut maps: Vec<&Fragment> = Vec::new();
    for (index, code) in layout.codes.iter().enumerate() {
        let mut names = Vec::new();
        for fragment in &code.maps {
            let known = maps.iter().position(|one| *one == fragment);
            let map = known.unwrap_or(maps.len());
            names.push(format!("map{map}"));
            if known.is_none() {
                text += &fragment.source(&names[names.len() - 1]);
                maps.push(fragment);
            }
        }
        text += &code.source(&Layout::name(index), &names);
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
