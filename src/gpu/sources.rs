//! The kernels of some runs as text, made without a device: what keeps a run off the GPU is known before one is asked for.

use super::codegen;
use super::device::error;
use super::layout::Layout;
use crate::error::Error;
use crate::experiment::Experiment;
use crate::models::compose;
use crate::session::standardise;
use crate::targets::shader::Shader;
use crate::targets::smoothed::Smoothed;
use crate::targets::{Target, on_plane};
use crate::training::{Objective, TrainingSet};

/// The modules that train some runs, and what they were made from.
pub struct Sources {
    /// Where everything lies.
    pub layout: Layout,
    /// The target's functions and its table.
    pub shader: Shader,
    /// The module with the entry point `train`.
    pub train: String,
    /// The module with the entry points `reduce` and `adam`.
    pub adam: String,
}

impl Sources {
    /// The modules of Experiments that agree in all but seed, ordering, learning rate and annealing.
    ///
    /// # Errors
    /// The end of a sentence, why they can't be trained on a GPU.
    pub fn new(experiments: &[Experiment], target: &dyn Target) -> Result<Self, Error> {
        let Some(first) = experiments.first() else { return Err(error("there is nothing to train")) };
        let compose = |e: &Experiment| compose::compose(&e.model, standardise(target, e.objective), e.seed.0);
        let specs: Vec<_> = experiments.iter().map(compose).collect();
        let layout = Layout::new(&specs, first.model.ordering.len()).map_err(error)?;
        let base = first.model.base.wgsl().map_err(error)?;
        let (shader, score_table) = shader_of(target, first.objective)?;
        let train = codegen::train(&layout, &base, first.objective, &shader, score_table);
        let adam = codegen::adam(&layout);
        Ok(Self { layout, shader, train, adam })
    }
}

/// All modules of an Experiment by name: what a device would be asked to compile.
///
/// # Errors
/// A sentence, why it does not run on a GPU.
pub fn modules(experiment: &Experiment) -> Result<Vec<(&'static str, String)>, Error> {
    experiment.validate()?;
    if let Some(why) = refusal(experiment) {
        return Err(error(why));
    }
    let target = experiment.target.build()?;
    let Sources { layout, train, adam, .. } = Sources::new(std::slice::from_ref(experiment), &*target)?;
    let base = experiment.model.base.wgsl().map_err(error)?;
    let evaluate = codegen::evaluate(&layout, &base);
    Ok(vec![
        ("train", train),
        ("adam", adam),
        ("evaluate", evaluate),
        ("painter", include_str!("shaders/painter.wgsl").into()),
    ])
}

/// Why a run that learns from fixed points stays on the processor.
pub(super) const FIXED_POINTS: &str = "its kernels draw fresh points, and this run learns from fixed ones";

/// What keeps a run off the GPU: the end of “The GPU is not used: …”. `None`: nothing that can be known without one.
pub fn refusal(experiment: &Experiment) -> Option<String> {
    let model = &experiment.model;
    if experiment.target.is_table() || experiment.training_set != TrainingSet::Fresh {
        return Some(FIXED_POINTS.into());
    }
    if experiment.optimiser.weight_decay > 0.0 {
        return Some("its kernels have no weight decay yet".into());
    }
    if model.order_agnostic {
        return Some("an order-agnostic model has another ordering for each batch".into());
    }
    let row = model.family.row();
    if row.structure.is_none() {
        return Some(format!("{} learns on the processor", row.title));
    }
    if let Err(why) = model.base.wgsl() {
        return Some(why);
    }
    let parts = compose::compose(model, None, experiment.seed.0);
    Layout::new(&[parts], model.ordering.len()).err()
}

/// The target's functions, and where in its table those of its log density begin; with the reverse KL a surface where the target
/// has no score.
pub(super) fn shader_of(target: &dyn Target, objective: Objective) -> Result<(Shader, usize), Error> {
    let none = || error("this target has no kernel yet");
    let mut shader = target.shader().ok_or_else(none)?;
    if objective == Objective::ForwardKl {
        return Ok((shader, 0));
    }
    let smoothed = Smoothed::new(target)?;
    let Some((window, log_density)) = smoothed.grid() else {
        let window = on_plane(target)?.window();
        let reach = 10.0 * (window.x_max - window.x_min);
        shader.source += &format!("const REACH = {reach:?};\n");
        shader.source += include_str!("shaders/far.wgsl");
        return Ok((shader, 0));
    };
    let side = (log_density.len() as f64).sqrt() as usize;
    let cell = [window.x_max - window.x_min, window.y_max - window.y_min].map(|length| length / side as f64);
    shader.source += &format!(
        "const SURFACE_SIDE = {side}u;\nconst SURFACE_CELL = {:?};\nconst SURFACE_LEAST = vec2<f32>({:?}, {:?});\n",
        cell[0], window.x_min, window.y_min,
    );
    shader.source += include_str!("shaders/surface.wgsl");
    let start = shader.table.len();
    let four = |v: &[f64]| [0, 1, 2, 3].map(|i: usize| v[i] as f32);
    shader.table.extend(log_density.chunks_exact(4).map(four));
    Ok((shader, start))
}
