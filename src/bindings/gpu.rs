//! The part of the boundary for runs that train together, on a GPU or on the processor: in a build of its own, with the cargo
//! feature `gpu`, which the page loads when it is to be used.
//!
//! What takes its time returns a promise; until it settles nothing else may be asked of the same runs.

use js_sys::Float32Array;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::{MAX_RESOLUTION, MAX_SAMPLES, read, read_window, state, temperature_from, write};
use crate::backend::{Backend, Cpu, RunSnapshot, evaluate_all};
use crate::error::{Error, whole};
use crate::experiment::Experiment;
use crate::gpu::{self, Adapter, Canvas, Force, Gpu, Painting};
use crate::session::{check_bytes, check_state};
use crate::targets::TargetSpec;

/// Most runs that train together.
const MAX_RUNS: usize = 256;
/// Longest side of a canvas: what every GPU can paint.
const MAX_PIXELS: usize = 8192;

/// Runs of one target and size that train together.
#[wasm_bindgen]
pub struct Runs(Kind);

enum Kind {
    Cpu(Cpu),
    Gpu(Box<gpu::Runs>),
}

/// Calls a method of [`Backend`] on either.
macro_rules! either {
    ($runs:expr, $backend:ident => $call:expr) => {
        match $runs {
            Kind::Cpu($backend) => $call,
            Kind::Gpu($backend) => {
                let $backend = &mut **$backend;
                $call
            }
        }
    };
}

/// Where one of the runs stands.
#[derive(Serialize, tsify::Tsify)]
pub struct RunStatus {
    /// Steps taken.
    pub step: u32,
    /// The clocks of the run's state, see `Run.restore`.
    pub clock: [u32; 3],
    /// The step at which it left the finite numbers, if it did.
    #[tsify(type = "number | null")]
    pub failed: Option<u32>,
    /// Mean NLL, or -ELBO, of the last step's batch, in nats.
    pub value: f32,
}

/// Where a run stood when steps were submitted.
#[wasm_bindgen(getter_with_clone)]
pub struct Submission {
    /// The clocks of its state, the step first; see `Run.restore`.
    pub clock: Vec<u32>,
    /// The step at which it left the finite numbers, if it did.
    pub failed: Option<u32>,
    /// Its state: parameters, Adam's moments and what is shown.
    pub numbers: Float32Array,
}

fn experiments(value: JsValue) -> Result<Vec<Experiment>, JsError> {
    let experiments: Vec<Experiment> = read("experiments", value)?;
    whole("the number of runs", experiments.len(), MAX_RUNS)?;
    experiments.iter().try_for_each(Experiment::validate)?;
    // Parameters and their average, gradient and its sum, both moments and what is kept to go back to.
    let parameters = experiments.iter().map(|e| e.model.parameter_count()).sum();
    check_bytes(&[parameters, 7, 4], "fewer runs or smaller models")?;
    Ok(experiments)
}

/// Why an Experiment can't train on a GPU, in a sentence; undefined where it can.
#[wasm_bindgen]
pub fn refusal(
    #[wasm_bindgen(unchecked_param_type = "Experiment")] experiment: JsValue,
) -> Result<Option<String>, JsError> {
    let experiment: Experiment = read("experiment", experiment)?;
    experiment.validate()?;
    Ok(gpu::refusal(&experiment).map(|why| Error::Gpu { why }.to_string()))
}

/// A GPU, for as long as it is there.
#[wasm_bindgen]
pub struct Device(Gpu);

#[wasm_bindgen]
impl Device {
    /// Asks for the browser's adapter; throws the sentence that says why there is none. `force` is trouble made on purpose.
    pub async fn request(
        #[wasm_bindgen(unchecked_param_type = "Force")] force: JsValue,
    ) -> Result<Device, JsError> {
        let force: Force = read("force", force)?;
        Ok(Self(Gpu::request(force).await?))
    }

    /// Which adapter it is.
    #[wasm_bindgen(unchecked_return_type = "Adapter")]
    pub fn adapter(&self) -> Result<JsValue, JsError> {
        let adapter: &Adapter = self.0.adapter();
        write(adapter)
    }
}

#[wasm_bindgen]
impl Runs {
    /// Starts Experiments on a GPU; throws the sentence that says why they can't be there, or not together.
    #[wasm_bindgen(js_name = onGpu)]
    pub async fn on_gpu(
        device: &Device,
        #[wasm_bindgen(unchecked_param_type = "Experiment[]")] all: JsValue,
    ) -> Result<Runs, JsError> {
        let gpu = device.0.clone();
        let all = experiments(all)?;
        Ok(Self(Kind::Gpu(Box::new(gpu::Runs::new(&gpu, all).await?))))
    }

    /// Starts Experiments on the processor.
    #[wasm_bindgen(js_name = onCpu)]
    pub fn on_cpu(
        #[wasm_bindgen(unchecked_param_type = "Experiment[]")] all: JsValue,
    ) -> Result<Runs, JsError> {
        Ok(Self(Kind::Cpu(Cpu::new(experiments(all)?)?)))
    }

    fn run_count(&self) -> usize {
        match &self.0 {
            Kind::Cpu(runs) => runs.experiments().len(),
            Kind::Gpu(runs) => runs.experiments().len(),
        }
    }

    /// Steps taken, or on their way.
    #[wasm_bindgen(getter)]
    pub fn step(&mut self) -> u32 {
        either!(&mut self.0, backend => backend.step_count())
    }

    /// Takes over the state of a run of the first Experiment, as `Run.state` and `Run.clock` give it.
    pub fn restore(&mut self, numbers: &[f32], clock: &[u32]) -> Result<(), JsError> {
        let Kind::Gpu(runs) = &mut self.0 else {
            return Err(JsError::new("Only a run on the GPU takes over a state."));
        };
        let state = state(numbers, clock)?;
        check_state(&state, runs.parameter_count())?;
        runs.restore(&[state]);
        Ok(())
    }

    /// Takes steps. On a GPU it returns at once and the steps are on their way.
    pub fn train(&mut self, steps: u32) -> Result<(), JsError> {
        Ok(either!(&mut self.0, backend => backend.train(steps))?)
    }

    /// Settles when all steps are done.
    pub async fn wait(&mut self) -> Result<(), JsError> {
        Ok(either!(&mut self.0, backend => backend.wait().await)?)
    }

    /// Where each run stands.
    #[wasm_bindgen(unchecked_return_type = "RunStatus[]")]
    pub async fn snapshots(&mut self) -> Result<JsValue, JsError> {
        let all = either!(&mut self.0, backend => backend.snapshots().await)?;
        let status = |s: &RunSnapshot| RunStatus {
            step: s.state.clock[0],
            clock: s.state.clock,
            failed: s.failed,
            value: s.values.last().copied().unwrap_or(f32::NAN),
        };
        write(&all.iter().map(status).collect::<Vec<_>>())
    }

    /// Has a GPU take steps and settles with where the first run stood before them: what is read is never waited for.
    pub async fn submit(&mut self, steps: u32) -> Result<Submission, JsError> {
        let Kind::Gpu(runs) = &mut self.0 else {
            return Err(JsError::new("Only a run on the GPU takes turns."));
        };
        let all = runs.submit(steps).await?;
        let first = all.first().ok_or_else(|| JsError::new("There is no run."))?;
        Ok(Submission {
            clock: first.state.clock.to_vec(),
            failed: first.failed,
            numbers: Float32Array::from(first.state.numbers.as_slice()),
        })
    }

    /// Values of a run's last steps, at most 1,024, the last one last: mean NLL, or -ELBO, in nats.
    pub async fn values(&mut self, run: usize) -> Result<Float32Array, JsError> {
        let all = either!(&mut self.0, backend => backend.snapshots().await)?;
        let snapshot = all.get(run).ok_or_else(|| JsError::new("There is no such run."))?;
        Ok(Float32Array::from(snapshot.values.as_slice()))
    }

    /// The gradient that a run's last step followed on a GPU, before it was clipped.
    #[wasm_bindgen(js_name = lastGradient)]
    pub async fn last_gradient(&mut self, run: usize) -> Result<Float32Array, JsError> {
        let Kind::Gpu(runs) = &mut self.0 else {
            return Err(JsError::new("Only a run on the GPU keeps its gradient."));
        };
        let all = runs.last_gradient().await?;
        let own = all.get(run).ok_or_else(|| JsError::new("There is no such run."))?;
        Ok(Float32Array::from(own.as_slice()))
    }

    /// KL and modes of each run.
    #[wasm_bindgen(js_name = evaluateAll, unchecked_return_type = "RunEvaluation[]")]
    pub async fn evaluate_all(&mut self) -> Result<JsValue, JsError> {
        write(&either!(&mut self.0, backend => evaluate_all(backend).await)?)
    }

    /// Changes the target under the running models of a GPU.
    pub async fn retarget(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "TargetSpec")] target: JsValue,
    ) -> Result<(), JsError> {
        let target: TargetSpec = read("target", target)?;
        match &mut self.0 {
            Kind::Gpu(runs) => Ok(runs.retarget(target).await?),
            Kind::Cpu(_) => Err(JsError::new("Runs on the processor start anew with a new target.")),
        }
    }

    /// Densities over a window, run after run: `resolution` squared values each, row by row from the least x2.
    #[wasm_bindgen(js_name = densityField)]
    pub async fn density_field(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Window")] window: JsValue,
        resolution: usize,
        temperature: f64,
    ) -> Result<Float32Array, JsError> {
        whole("resolution", resolution, MAX_RESOLUTION)?;
        temperature_from(1e-3, temperature)?;
        let window = read_window(window)?;
        check_bytes(&[self.run_count(), resolution, resolution, 4, 3], "fewer runs or a coarser grid")?;
        let all =
            either!(&mut self.0, backend => backend.density_field(&window, resolution, temperature).await)?;
        Ok(Float32Array::from(all.concat().as_slice()))
    }

    /// Samples, run after run, row-major (x1, x2).
    pub async fn samples(&mut self, count: usize, temperature: f64) -> Result<Float32Array, JsError> {
        whole("count", count, MAX_SAMPLES)?;
        temperature_from(0.0, temperature)?;
        check_bytes(&[self.run_count(), count, 2 * 4, 3], "fewer runs or samples")?;
        let all = either!(&mut self.0, backend => backend.samples(count, temperature).await)?;
        Ok(Float32Array::from(all.concat().as_slice()))
    }
}

/// A canvas of the page that a GPU paints by itself.
#[wasm_bindgen]
pub struct Painter(Canvas);

#[wasm_bindgen]
impl Painter {
    /// Takes a canvas; throws the sentence that says why it can't be painted.
    pub async fn on(device: &Device, canvas: web_sys::OffscreenCanvas) -> Result<Painter, JsError> {
        Ok(Self(Canvas::new(&device.0, canvas).await?))
    }

    /// Paints the first of some runs on a GPU, `pixels` on each side.
    pub async fn paint(
        &mut self,
        runs: &mut Runs,
        #[wasm_bindgen(unchecked_param_type = "Painting")] painting: JsValue,
        pixels: u32,
    ) -> Result<(), JsError> {
        whole("pixels", pixels as usize, MAX_PIXELS)?;
        let painting: Painting = read("painting", painting)?;
        if painting.resolution > 0 {
            whole("resolution", painting.resolution, MAX_RESOLUTION)?;
            temperature_from(1e-3, painting.temperature)?;
        }
        temperature_from(0.0, painting.temperature)?;
        if painting.samples > 0 {
            whole("samples", painting.samples, MAX_SAMPLES)?;
        }
        let Kind::Gpu(runs) = &mut runs.0 else {
            return Err(JsError::new("Only a run on the GPU can be painted there."));
        };
        Ok(self.0.paint(runs, &painting, pixels).await?)
    }
}
