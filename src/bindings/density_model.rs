//! A trained model by itself, for www/headless/.

use js_sys::Float32Array;
use wasm_bindgen::prelude::*;

use super::{MAX_SAMPLES, Run, read, write};
use crate::density_model::DensityModel;
use crate::error::whole;
use crate::experiment::Experiment;

/// What an Experiment begins with: the page's own.
#[wasm_bindgen(unchecked_return_type = "Experiment")]
pub fn recommended() -> Result<JsValue, JsError> {
    write(&Experiment::recommended())
}

/// What rows are fitted by where nobody says otherwise; its target is none of them.
#[wasm_bindgen(unchecked_return_type = "Experiment")]
pub fn recipe() -> Result<JsValue, JsError> {
    write(&DensityModel::recipe())
}

/// A model and its parameters, see [`DensityModel`].
#[wasm_bindgen(js_name = DensityModel)]
pub struct Trained(DensityModel);

#[wasm_bindgen(js_class = DensityModel)]
impl Trained {
    /// From what was saved of one; `columns` is null where the target is no table.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "Experiment")] experiment: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Columns | null")] columns: JsValue,
        step: u32,
        parameters: &[f32],
    ) -> Result<Self, JsError> {
        let columns = if columns.is_null() { None } else { Some(read("table", columns)?) };
        let experiment = read("experiment", experiment)?;
        Ok(Self(DensityModel::from_parts(experiment, columns, step, parameters.to_vec())?))
    }

    /// The model of a run as it stands.
    pub fn of(run: &Run) -> Self {
        Self(DensityModel::of(&run.0))
    }

    /// What was trained.
    #[wasm_bindgen(unchecked_return_type = "Experiment")]
    pub fn experiment(&self) -> Result<JsValue, JsError> {
        write(self.0.experiment())
    }

    /// What is known of the table that was learned.
    #[wasm_bindgen(unchecked_return_type = "Columns | null")]
    pub fn columns(&self) -> Result<JsValue, JsError> {
        write(&self.0.columns())
    }

    /// What the parameters mean; null where it can't be said.
    #[wasm_bindgen(unchecked_return_type = "Description | null")]
    pub fn description(&self) -> Result<JsValue, JsError> {
        write(&self.0.description())
    }

    /// Steps that were taken.
    #[wasm_bindgen(getter)]
    pub fn step(&self) -> u32 {
        self.0.step()
    }

    /// Number of variables.
    #[wasm_bindgen(getter)]
    pub fn dim(&self) -> usize {
        self.0.dim()
    }

    /// The parameters, in the core's order.
    pub fn parameters(&self) -> Float32Array {
        Float32Array::from(self.0.parameters())
    }

    /// log p(x) in nats of row-major points in the target's own units, or a bound of it.
    #[wasm_bindgen(js_name = logProb)]
    pub fn log_prob(&self, points: &[f64], temperature: f64) -> Result<Vec<f64>, JsError> {
        Ok(self.0.log_prob_of(points, temperature)?)
    }

    /// Samples in the target's own units, row-major, by a seed.
    pub fn sample(&self, seed: u32, count: usize, temperature: f64) -> Result<Vec<f64>, JsError> {
        whole("count", count, MAX_SAMPLES)?;
        Ok(self.0.sample_from(seed, count, temperature)?)
    }
}
