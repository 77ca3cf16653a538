//! The queries of the views, see [`Session`](crate::session::Session) for what each is.

use wasm_bindgen::prelude::*;

use super::{Run, read, write};
use crate::bijections::Direction;
use crate::diagnostics::network;
use crate::error::whole;
use crate::models::Family;
use crate::session;
use crate::targets::TargetSpec;

#[wasm_bindgen]
impl Run {
    /// Takes over another run's parameters, to be looked at; throws where they are not of this model.
    #[wasm_bindgen(js_name = setParameters)]
    pub fn set_parameters(&mut self, step: u32, parameters: &[f32]) -> Result<(), JsError> {
        Ok(self.0.set_parameters(step, parameters)?)
    }

    /// p(x_variable | the other = given) of target and model.
    #[wasm_bindgen(unchecked_return_type = "Slice")]
    pub fn slice(
        &mut self,
        variable: usize,
        given: f64,
        #[wasm_bindgen(unchecked_param_type = "Window")] window: JsValue,
        resolution: usize,
    ) -> Result<JsValue, JsError> {
        write(&self.0.slice(variable, given, &read("window", window)?, resolution)?)
    }

    /// The model's density of some variables, each with all others as in a row.
    #[wasm_bindgen(js_name = fullConditionals, unchecked_return_type = "Curve[]")]
    pub fn full_conditionals(
        &mut self,
        row: Vec<f64>,
        variables: Vec<usize>,
        from: f64,
        to: f64,
        resolution: usize,
    ) -> Result<JsValue, JsError> {
        write(&self.0.full_conditionals(&row, &variables, from, to, resolution)?)
    }

    /// A grid and draws on their way from base to data.
    #[wasm_bindgen(unchecked_return_type = "Layers")]
    pub fn layers(
        &mut self,
        reach: f64,
        lines: usize,
        points: usize,
        draws: usize,
    ) -> Result<JsValue, JsError> {
        write(&self.0.layers(reach, lines, points, draws)?)
    }

    /// Where the target's points land in base space.
    #[wasm_bindgen(js_name = dataInBase, unchecked_return_type = "BaseSpace")]
    pub fn data_in_base(&mut self, count: usize) -> Result<JsValue, JsError> {
        write(&self.0.data_in_base(count)?)
    }

    /// Diversity against quality at each temperature.
    #[wasm_bindgen(unchecked_return_type = "Tempered[]")]
    pub fn temperatures(&mut self, temperatures: Vec<f64>) -> Result<JsValue, JsError> {
        write(&self.0.temperatures(&temperatures)?)
    }

    /// Density and samples at each temperature.
    #[wasm_bindgen(js_name = temperatureSweep, unchecked_return_type = "TemperatureSweep")]
    pub fn temperature_sweep(
        &mut self,
        temperatures: Vec<f64>,
        #[wasm_bindgen(unchecked_param_type = "Window")] window: JsValue,
        resolution: usize,
        count: usize,
    ) -> Result<JsValue, JsError> {
        write(&self.0.temperature_sweep(&temperatures, &read("window", window)?, resolution, count)?)
    }

    /// Errors of data to base and back.
    #[wasm_bindgen(js_name = roundTrip, unchecked_return_type = "Floats")]
    pub fn round_trip(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Window")] window: JsValue,
        resolution: usize,
    ) -> Result<JsValue, JsError> {
        write(&self.0.round_trip(&read("window", window)?, resolution)?)
    }

    /// Singular values of the Jacobian of data to base.
    #[wasm_bindgen(js_name = singularValues, unchecked_return_type = "SingularValues")]
    pub fn singular_values(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Window")] window: JsValue,
        resolution: usize,
    ) -> Result<JsValue, JsError> {
        write(&self.0.singular_values(&read("window", window)?, resolution)?)
    }

    /// Histograms of the model's log p at the target's points, its own samples and another target's points.
    #[wasm_bindgen(js_name = logP, unchecked_return_type = "Histogram[]")]
    pub fn log_p(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "TargetSpec")] other: JsValue,
        cells: usize,
    ) -> Result<JsValue, JsError> {
        write(&self.0.log_p(&*read::<TargetSpec>("target", other)?.build()?, cells)?)
    }

    /// Samples where the target has practically no mass.
    #[wasm_bindgen(js_name = offSupport, unchecked_return_type = "OffSupport")]
    pub fn off_support(&mut self, count: usize) -> Result<JsValue, JsError> {
        write(&self.0.off_support(count)?)
    }

    /// The masks of a network of the model's kind; `sampled` is a seed that draws the hidden degrees.
    #[wasm_bindgen(unchecked_return_type = "Network")]
    pub fn masks(
        &self,
        ordering: Vec<usize>,
        hidden: Vec<usize>,
        layer: usize,
        sampled: Option<u32>,
    ) -> Result<JsValue, JsError> {
        write(&self.0.masks(&ordering, &hidden, layer, sampled)?)
    }

    /// The trained network of one layer, counted from the base.
    #[wasm_bindgen(unchecked_return_type = "Weights")]
    pub fn weights(&self, layer: usize) -> Result<JsValue, JsError> {
        write(&self.0.weights(layer)?)
    }

    /// The NLL as a sum over the variables.
    #[wasm_bindgen(js_name = chainRule, unchecked_return_type = "ChainRule")]
    pub fn chain_rule(&mut self) -> Result<JsValue, JsError> {
        write(&self.0.chain_rule()?)
    }

    /// The density of one point as a sum over the layers, of data or, `forward`, of the base.
    #[wasm_bindgen(unchecked_return_type = "Receipt")]
    pub fn receipt(&self, point: Vec<f64>, forward: bool) -> Result<JsValue, JsError> {
        write(&self.0.receipt(&point, forward)?)
    }

    /// How far points of the target and samples are from the middle of the base, and log p there.
    #[wasm_bindgen(unchecked_return_type = "Bubble")]
    pub fn bubble(&mut self, count: usize) -> Result<JsValue, JsError> {
        write(&self.0.bubble(count)?)
    }

    /// What a curve of one variable, `[mu, alpha]` or `[u, x, slope]` for each knot of a spline, makes of the standard normal.
    #[wasm_bindgen(js_name = oneVariable, unchecked_return_type = "OneVariable")]
    pub fn one_variable(
        &self,
        spline: bool,
        curve: Vec<f64>,
        target: &str,
        heights: Vec<f64>,
    ) -> Result<JsValue, JsError> {
        write(&session::one_variable::one_variable(spline, &curve, target, &heights)?)
    }

    /// Gradient descent from such a curve on, with the log-determinant or, wrongly, without.
    #[wasm_bindgen(unchecked_return_type = "Race")]
    pub fn race(
        &self,
        spline: bool,
        curve: Vec<f64>,
        target: &str,
        heights: Vec<f64>,
        with_log_det: bool,
        steps: usize,
    ) -> Result<JsValue, JsError> {
        write(&session::one_variable::race(spline, &curve, target, &heights, with_log_det, steps)?)
    }

    /// What simpler densities reach on the table that is learned.
    #[wasm_bindgen(js_name = tableReport, unchecked_return_type = "TableReport")]
    pub fn table_report(&mut self) -> Result<JsValue, JsError> {
        write(&self.0.table_report()?)
    }

    /// What is measured of every model alike, from its samples.
    #[wasm_bindgen(unchecked_return_type = "Ruler")]
    pub fn ruler(&mut self) -> Result<JsValue, JsError> {
        write(&self.0.ruler())
    }

    /// What the model is, for other programs to evaluate it from its parameters; null where it can't be said.
    #[wasm_bindgen(unchecked_return_type = "Description | null")]
    pub fn description(&self) -> Result<JsValue, JsError> {
        write(&self.0.description())
    }

    /// Bytes of activations that a gradient holds at some depth.
    #[wasm_bindgen(unchecked_return_type = "ActivationBytes")]
    pub fn memory(&self, depth: usize, batch: usize) -> Result<JsValue, JsError> {
        write(&self.0.memory(depth, batch)?)
    }
}

/// An untrained model of any number of variables, to count and to time what it costs.
#[wasm_bindgen]
pub struct Probe(network::Probe);

#[wasm_bindgen]
impl Probe {
    /// A model of a family with two hidden layers of `units` units; without a number of layers it has as many as the family starts with.
    #[wasm_bindgen(constructor)]
    pub fn new(family: &str, dim: usize, units: usize, layers: Option<usize>) -> Result<Probe, JsError> {
        let unknown = || JsError::new(&format!("There is no family {family}."));
        Ok(Self(session::probe(Family::from_name(family).ok_or_else(unknown)?, dim, units, layers)?))
    }

    /// Takes points from base to data, or from data to base, and returns the network passes that it took.
    pub fn take(&mut self, sampling: bool, points: usize) -> Result<usize, JsError> {
        whole("points", points, 8192)?;
        let way = if sampling { Direction::Forward } else { Direction::Inverse };
        Ok(self.0.take(way, points))
    }
}
