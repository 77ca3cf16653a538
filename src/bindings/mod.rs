//! The boundary to JavaScript: checks, converts, calls the session. No logic.

#[cfg(feature = "views")]
mod density_model;
#[cfg(feature = "gpu")]
mod gpu;
#[cfg(feature = "manifest")]
mod manifest;
#[cfg(feature = "views")]
mod queries;
mod reader;

use js_sys::{Float32Array, Float64Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use crate::error::{Error, at_path, check, whole};
use crate::experiment::Experiment;
use crate::math::quadrature::Window;
use crate::session::{self, Session, check_length, check_window};
use crate::targets::table::Table;
use crate::targets::{TargetSpec, on_plane, tables};
use crate::training::State;

fn read<D: DeserializeOwned>(what: &'static str, value: JsValue) -> Result<D, JsError> {
    reader::from_js(value)
        .map_err(|e| at_path(what, if e.path.is_empty() { "." } else { &e.path }, &e.why).into())
}

fn read_window(value: JsValue) -> Result<Window, JsError> {
    let window = read("window", value)?;
    check_window(&window)?;
    Ok(window)
}

/// A run's state from its two halves.
fn state(numbers: &[f32], clock: &[u32]) -> Result<State<f32>, Error> {
    check_length("clock", clock.len(), 3)?;
    Ok(State { numbers: numbers.to_vec(), clock: [clock[0], clock[1], clock[2]] })
}

fn write(value: &impl Serialize) -> Result<JsValue, JsError> {
    // Many numbers are written as bytes, and become one array of them.
    let serializer = serde_wasm_bindgen::Serializer::json_compatible().serialize_bytes_as_arrays(false);
    value.serialize(&serializer).map_err(|e| JsError::new(&e.to_string()))
}

/// Largest field and sample that one call gives: beyond it a mistake, not a wish.
const MAX_RESOLUTION: usize = 1024;
const MAX_SAMPLES: usize = 100_000;

fn temperature_from(least: f64, temperature: f64) -> Result<(), Error> {
    check(temperature >= least && temperature.is_finite(), "temperature", || {
        (temperature.to_string(), format!("a number of at least {least}"))
    })
}

/// Throws the sentence that says what is wrong with an Experiment; returns it with its defaults filled in.
#[wasm_bindgen(unchecked_return_type = "Experiment")]
pub fn validate(
    #[wasm_bindgen(unchecked_param_type = "unknown")] experiment: JsValue,
) -> Result<JsValue, JsError> {
    let experiment: Experiment = read("experiment", experiment)?;
    experiment.validate()?;
    write(&experiment)
}

/// A target's own window, where there is practically all of its mass.
#[wasm_bindgen(js_name = targetWindow, unchecked_return_type = "Window")]
pub fn target_window(
    #[wasm_bindgen(unchecked_param_type = "TargetSpec")] target: JsValue,
) -> Result<JsValue, JsError> {
    let target: TargetSpec = read("target", target)?;
    write(&on_plane(&*target.build()?)?.window())
}

/// A target's density over a window: `resolution` squared values, row by row from the least x2.
#[wasm_bindgen(js_name = targetField)]
pub fn target_field(
    #[wasm_bindgen(unchecked_param_type = "TargetSpec")] target: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Window")] window: JsValue,
    resolution: usize,
) -> Result<Float32Array, JsError> {
    whole("resolution", resolution, MAX_RESOLUTION)?;
    let target: TargetSpec = read("target", target)?;
    let window = read_window(window)?;
    let field = session::target_field(on_plane(&*target.build()?)?, &window, resolution);
    Ok(Float32Array::from(field.as_slice()))
}

/// Puts a table where Experiments find it, under the hash of its content: names of its columns, finite values, row-major, and what each
/// row is for (0 to train on, 1 to choose by, 2 to test on), where the table says so, else nothing.
#[wasm_bindgen(js_name = provideTable)]
pub fn provide_table(hash: &str, names: Vec<String>, values: Vec<f64>, parts: &[u8]) -> Result<(), JsError> {
    Ok(tables::provide(hash, Table::of(names, values, parts)?)?)
}

/// One running Experiment.
#[wasm_bindgen]
pub struct Run(Session);

#[wasm_bindgen]
impl Run {
    /// Starts an Experiment at step 0, or throws the sentence that says what is wrong with it.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "Experiment")] experiment: JsValue,
    ) -> Result<Run, JsError> {
        Ok(Self(Session::new(read("experiment", experiment)?)?))
    }

    /// The Experiment with its defaults filled in; its target is the current one.
    #[wasm_bindgen(unchecked_return_type = "Experiment")]
    pub fn experiment(&self) -> Result<JsValue, JsError> {
        write(self.0.experiment())
    }

    /// Takes that many steps; throws when training stops at its last good parameters.
    pub fn train(&mut self, steps: u32) -> Result<f64, JsError> {
        Ok(self.0.train(steps)?)
    }

    /// Shards of a step, which several workers can share.
    #[wasm_bindgen(getter)]
    pub fn shards(&self) -> usize {
        self.0.shards()
    }

    /// One shard of the next step: returns its share of the value and writes its share of the gradient, one number for each parameter.
    pub fn shard(&mut self, shard: usize, gradient: &Float32Array) -> Result<f64, JsError> {
        check_length("gradient", gradient.length() as usize, self.0.parameters().len())?;
        let value = self.0.shard(shard)?;
        gradient.copy_from(self.0.shard_gradient());
        Ok(value)
    }

    /// Ends a step: `values` and `gradients` hold what each shard gave, in their order. All who share the step add them up and so stay
    /// equal to the last bit. One of them evaluates the run when that is due.
    #[wasm_bindgen(js_name = finishStep)]
    pub fn finish_step(
        &mut self,
        values: &Float64Array,
        gradients: &Float32Array,
        evaluates: bool,
    ) -> Result<f64, JsError> {
        Ok(self.0.finish_step(&values.to_vec(), &gradients.to_vec(), evaluates)?)
    }

    /// Takes over parameters that were saved from the same Experiment, at their step; throws where they are not of this model.
    pub fn load(&mut self, step: u32, parameters: &[f32]) -> Result<(), JsError> {
        Ok(self.0.load(step, parameters)?)
    }

    /// The parameters that are shown, of the last step.
    pub fn parameters(&self) -> Float32Array {
        Float32Array::from(self.0.parameters())
    }

    /// The parameters, Adam's moments and what is shown: with [`Run::clock`] all that another run of this Experiment needs to go on from here.
    pub fn state(&self) -> Float32Array {
        Float32Array::from(self.0.state().numbers.as_slice())
    }

    /// The step, and the clocks of the schedule and of Adam.
    pub fn clock(&self) -> Vec<u32> {
        self.0.state().clock.to_vec()
    }

    /// Goes on from where another run of this Experiment stood; throws where it was not of this model. With `evaluates` the run is
    /// evaluated there, and throws where it has diverged: then it has gone back to its last good parameters.
    pub fn restore(&mut self, numbers: &[f32], clock: &[u32], evaluates: bool) -> Result<(), JsError> {
        let state = state(numbers, clock)?;
        if evaluates {
            self.0.sync(&state)?
        } else {
            self.0.restore(&state)?
        }
        Ok(())
    }

    /// Steps taken.
    #[wasm_bindgen(getter)]
    pub fn step(&self) -> u32 {
        self.0.step_count()
    }

    /// Number of trained parameters, masked weights included.
    #[wasm_bindgen(getter, js_name = parameterCount)]
    pub fn parameter_count(&self) -> usize {
        self.0.model().parameter_count()
    }

    /// Steps to the end of the schedule's cycle; undefined for a constant rate.
    #[wasm_bindgen(getter, js_name = stepsLeft)]
    pub fn steps_left(&self) -> Option<u32> {
        self.0.steps_left()
    }

    /// The step at which early stopping ends the training unless the validation NLL falls before; undefined without it.
    #[wasm_bindgen(getter, js_name = stopsAt)]
    pub fn stops_at(&self) -> Option<u32> {
        self.0.stops_at()
    }

    /// The points of a fixed sample or a table that are trained on, `count` at most, row-major; rows of a table in standard units.
    #[wasm_bindgen(js_name = samplePoints)]
    pub fn sample_points(&self, count: usize) -> Result<Float32Array, JsError> {
        whole("count", count, MAX_SAMPLES)?;
        Ok(Float32Array::from(self.0.sample_points(count).as_slice()))
    }

    /// The columns of the table that is learned, where they lie, and how its rows are divided; null: the target is no table.
    #[wasm_bindgen(unchecked_return_type = "TableUnits | null")]
    pub fn table(&self) -> Result<JsValue, JsError> {
        write(&self.0.table())
    }

    /// Evaluations at the steps from `from` on; from 0 all, the untrained model's first.
    #[wasm_bindgen(unchecked_return_type = "Evaluation[]")]
    pub fn history(&self, from: u32) -> Result<JsValue, JsError> {
        let all = self.0.history();
        write(&&all[all.partition_point(|e| e.step < from)..])
    }

    /// Held-out NLL, entropy and KL now.
    #[wasm_bindgen(unchecked_return_type = "Evaluation")]
    pub fn evaluate(&mut self) -> Result<JsValue, JsError> {
        write(&self.0.evaluate())
    }

    /// Mass by mode of the model's samples beside the target's.
    #[wasm_bindgen(unchecked_return_type = "Coverage")]
    pub fn coverage(&mut self) -> Result<JsValue, JsError> {
        self.0.known()?;
        write(&self.0.coverage())
    }

    /// The model's mass where the target has practically none, 0 to 1.
    #[wasm_bindgen(js_name = offSupportMass)]
    pub fn off_support_mass(&mut self) -> Result<f64, JsError> {
        self.0.known()?;
        Ok(self.0.off_support_mass())
    }

    /// Changes the target under the running model; on failure nothing changes.
    pub fn retarget(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "TargetSpec")] target: JsValue,
    ) -> Result<(), JsError> {
        Ok(self.0.retarget(read("target", target)?)?)
    }

    /// The model's density over a window, as [`target_field`]; temperature above 0.
    #[wasm_bindgen(js_name = densityField)]
    pub fn density_field(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Window")] window: JsValue,
        resolution: usize,
        temperature: f64,
    ) -> Result<Float32Array, JsError> {
        whole("resolution", resolution, MAX_RESOLUTION)?;
        temperature_from(1e-3, temperature)?;
        let window = read_window(window)?;
        Ok(Float32Array::from(self.0.density_field(&window, resolution, temperature)?.as_slice()))
    }

    /// Samples, row-major: the same base draws whatever the temperature.
    pub fn samples(&mut self, count: usize, temperature: f64) -> Result<Float32Array, JsError> {
        whole("count", count, MAX_SAMPLES)?;
        temperature_from(0.0, temperature)?;
        Ok(Float32Array::from(self.0.samples(count, temperature).as_slice()))
    }
}
