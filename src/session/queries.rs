//! Every query that a view can make of a running Experiment, checked, with its answer.

use serde::{Serialize, Serializer};

use crate::bijections::{Direction, Summary};
use crate::diagnostics::chain_rule;
use crate::diagnostics::conditionals::{Curve, full_conditional, mode_count};
use crate::diagnostics::geometry::Histogram;
use crate::diagnostics::memory::{self, ActivationBytes};
use crate::diagnostics::network::{self, Network, Probe};
use crate::diagnostics::normality::Normality;
use crate::diagnostics::support::Tempered;
use crate::error::Error;
use crate::experiment::Experiment;
use crate::math::quadrature::Window;
use crate::models::catalogue::Group;
use crate::models::{Description, Family, ModelSpec, TILE};
use crate::session::checks::{
    check_bytes, check_grid, check_hidden, check_length, check_ordering, check_temperatures, refuse, within,
};
use crate::session::description::describe_table;
use crate::session::{Session, Whose};
use crate::targets::Target;

/// Many numbers at once; the page gets a Float32Array.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(target_arch = "wasm32", tsify(type = "Float32Array<ArrayBuffer>"))]
pub struct Floats(pub Vec<f32>);

impl Serialize for Floats {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = self.0.iter().flat_map(|v| v.to_le_bytes()).collect();
        serializer.serialize_bytes(&bytes)
    }
}

/// p(x_variable | the other = given), of target and model.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Slice {
    /// The target's.
    pub target: Curve,
    /// The model's.
    pub model: Curve,
    /// How many modes an eye counts in the target's, and in the model's.
    pub mode_counts: Vec<usize>,
}

/// A grid and draws on their way from base to data: places and log-determinants before the first bijection and after each.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Layers {
    /// Row-major, one for each stop on the way.
    pub points: Vec<Floats>,
    /// ln |det| of the map so far, alike.
    pub log_det: Vec<Floats>,
    /// The bijections between the stops.
    pub layers: Vec<Summary>,
}

/// Points of the target in both spaces, row-major, in the same order.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct BaseSpace {
    /// The target's points.
    pub data: Floats,
    /// Where they land.
    pub base: Floats,
    /// How like the base that is.
    pub normality: Normality,
}

/// Density and samples, one entry for each temperature.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct TemperatureSweep {
    /// Densities, laid out as [`Session::density_field`].
    pub fields: Vec<Floats>,
    /// Samples, row-major.
    pub samples: Vec<Floats>,
}

/// Singular values of the Jacobian of data to base, laid out as [`Session::density_field`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct SingularValues {
    /// The largest.
    pub largest: Floats,
    /// The smallest.
    pub smallest: Floats,
}

/// Samples where the target has practically no mass.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct OffSupport {
    /// Row-major.
    pub outside: Floats,
    /// Their share of all, 0 to 1.
    pub share: f64,
}

/// The trained network of one layer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Weights {
    /// Its units and edges.
    pub network: Network,
    /// A weight for each edge, in the masks' layout.
    pub weights: Vec<Floats>,
}

/// The chain rule: log p(x) = sum over the variables of log p(one | those before it).
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ChainRule {
    /// In the order of the ordering; `None` where the model is no chain of such densities.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "VariableBar[] | null"))]
    pub bars: Option<Vec<VariableBar>>,
    /// Why there are none.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub reason: Option<String>,
}

/// A variable's part of the NLL.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct VariableBar {
    /// The variable, counted from 0.
    pub variable: usize,
    /// Mean of -log p of it given those before it, in nats.
    pub nats: f64,
}

/// More points than this in one answer is a mistake, not a wish.
const MAX_POINTS: usize = 100_000;

/// A dip of this share of the highest peak parts two modes.
const MIN_DIP: f64 = 0.1;

impl Session {
    /// p(x_variable | the other = given) of target and model over a window.
    pub fn slice(
        &mut self,
        variable: usize,
        given: f64,
        window: &Window,
        resolution: usize,
    ) -> Result<Slice, Error> {
        self.plane()?;
        self.density()?;
        check_grid(window, resolution)?;
        within("variable", variable, 0, 1)?;
        let [target, model] = [Whose::Target, Whose::Model]
            .map(|whose| self.conditional(whose, variable, given, window, resolution));
        let mode_counts = [&target, &model].map(|curve| mode_count(curve, MIN_DIP)).to_vec();
        Ok(Slice { target, model, mode_counts })
    }

    /// The model's p(x_i | all others as in a row) for some variables, each from `from` to `to`; rows of a table in standard units.
    pub fn full_conditionals(
        &mut self,
        row: &[f64],
        variables: &[usize],
        from: f64,
        to: f64,
        resolution: usize,
    ) -> Result<Vec<Curve>, Error> {
        self.density()?;
        let dim = self.target().dim();
        check_length("row", row.len(), dim)?;
        if row.iter().any(|value| !value.is_finite()) {
            return refuse("row", "not finite", "finite numbers");
        }
        within("variables", variables.len(), 1, dim)?;
        variables.iter().try_for_each(|&variable| within("variable", variable, 0, dim - 1))?;
        check_grid(&Window { x_min: from, x_max: to, y_min: from, y_max: to }, resolution)?;
        let one = |&variable: &usize| {
            self.with_joint(Whose::Model, |joint| {
                full_conditional(joint, variable, row, (from, to), resolution)
            })
        };
        Ok(variables.iter().map(one).collect())
    }

    /// A grid of `lines` in each direction over the square from minus `reach` to `reach`, `points` on each line, then that many
    /// draws of the base, on their way to the data.
    pub fn layers(&mut self, reach: f64, lines: usize, points: usize, draws: usize) -> Result<Layers, Error> {
        self.two_variables()?;
        within("lines", lines, 2, 101)?;
        within("points", points, 2, 401)?;
        within("draws", draws, 1, MAX_POINTS)?;
        if !(reach.is_finite() && reach > 0.0) {
            return refuse("reach", reach, "a number above 0");
        }
        // Two coordinates and a log-determinant of four bytes, as they are measured, as bytes, and as the page gets them.
        let stops = self.flow()?.bijections().len() + 1;
        let all = 2 * lines * points + draws;
        check_bytes(&[stops, all, 3 * 4, 3], "fewer layers, lines, points or draws")?;
        let mut start = grid(reach, lines, points);
        start.extend(self.base_draws(draws)?);
        let trajectory = self.trajectory(&start)?;
        let layers = self.flow()?.bijections().iter().map(|b| b.summary()).collect();
        let floats = |all: Vec<Vec<f32>>| all.into_iter().map(Floats).collect();
        Ok(Layers { points: floats(trajectory.points), log_det: floats(trajectory.log_det), layers })
    }

    /// Where `count` of the target's points land under the inverse.
    pub fn data_in_base(&mut self, count: usize) -> Result<BaseSpace, Error> {
        self.two_variables()?;
        within("count", count, 10, MAX_POINTS)?;
        let (data, base, normality) = self.base_space(count)?;
        Ok(BaseSpace { data: Floats(data), base: Floats(base), normality })
    }

    /// Diversity against quality at temperatures of 0 or more.
    pub fn temperatures(&mut self, temperatures: &[f64]) -> Result<Vec<Tempered>, Error> {
        check_temperatures(temperatures, 0.0)?;
        self.known()?;
        Ok(self.tempered(temperatures))
    }

    /// Density and `count` samples at temperatures above 0.
    pub fn temperature_sweep(
        &mut self,
        temperatures: &[f64],
        window: &Window,
        resolution: usize,
        count: usize,
    ) -> Result<TemperatureSweep, Error> {
        check_temperatures(temperatures, 1e-3)?;
        self.two_variables()?;
        check_grid(window, resolution)?;
        within("count", count, 1, MAX_POINTS)?;
        let each = resolution * resolution + 2 * count;
        check_bytes(&[temperatures.len(), each, 4, 3], "fewer temperatures, samples or a coarser grid")?;
        let mut field = |&t: &f64| Ok(Floats(self.density_field(window, resolution, t)?));
        let fields = temperatures.iter().map(&mut field).collect::<Result<_, Error>>()?;
        let samples = temperatures.iter().map(|&t| Floats(self.samples(count, t))).collect();
        Ok(TemperatureSweep { fields, samples })
    }

    /// Errors of data to base and back, in the target's units.
    pub fn round_trip(&mut self, window: &Window, resolution: usize) -> Result<Floats, Error> {
        self.two_variables()?;
        check_grid(window, resolution)?;
        Ok(Floats(self.round_trip_field(window, resolution, Direction::Inverse)?))
    }

    /// Singular values of the Jacobian of data to base.
    pub fn singular_values(&mut self, window: &Window, resolution: usize) -> Result<SingularValues, Error> {
        self.two_variables()?;
        check_grid(window, resolution)?;
        let [largest, smallest] =
            self.singular_value_fields(window, resolution, Direction::Inverse)?.map(Floats);
        Ok(SingularValues { largest, smallest })
    }

    /// Histograms of the model's log p at the target's points, at its own samples, and at another target's points.
    pub fn log_p(&mut self, other: &dyn Target, cells: usize) -> Result<Vec<Histogram>, Error> {
        within("cells", cells, 1, 1000)?;
        self.known()?;
        self.density()?;
        Ok(self.log_p_histograms(other, cells).to_vec())
    }

    /// Those of `count` samples that lie where the target has practically no mass.
    pub fn off_support(&mut self, count: usize) -> Result<OffSupport, Error> {
        within("count", count, 1, MAX_POINTS)?;
        self.known()?;
        let outside = self.outside(count);
        let share = outside.len() as f64 / (self.target().dim() * count) as f64;
        Ok(OffSupport { outside: Floats(outside), share })
    }

    /// The masks of a network of the model's kind, with any number of variables; `sampled` is a seed that draws the hidden
    /// degrees, else they rise evenly.
    pub fn masks(
        &self,
        ordering: &[usize],
        hidden: &[usize],
        layer: usize,
        sampled: Option<u32>,
    ) -> Result<Network, Error> {
        self.conditioners()?;
        check_ordering(ordering)?;
        check_hidden(hidden)?;
        let (ordering, hidden) = (ordering.to_vec(), hidden.to_vec());
        let spec = ModelSpec { ordering, hidden, ..self.experiment().model.clone() };
        Ok(network::network(&spec, self.experiment().seed.0, layer, sampled))
    }

    /// The trained network of one layer of the model, counted from the base.
    pub fn weights(&self, layer: usize) -> Result<Weights, Error> {
        self.conditioners()?;
        let spec = &self.experiment().model;
        within("layer", layer, 0, spec.layer_count() - 1)?;
        let network = network::network(spec, self.experiment().seed.0, layer, None);
        let flow = self.flow()?;
        let mut all = flow.bijections().iter().enumerate().filter_map(|(index, bijection)| {
            let conditioning = bijection.conditioning()?;
            Some(network::edge_weights(&conditioning, &self.parameters()[flow.range(index)]))
        });
        let weights = all.nth(layer).unwrap_or_default().into_iter().map(Floats).collect();
        Ok(Weights { network, weights })
    }

    /// An error where the model's layers have no conditioners.
    fn conditioners(&self) -> Result<(), Error> {
        self.experiment().model.family.row().structure.map(|_| ()).ok_or(Error::NoConditioner)
    }

    /// What the model is, for other programs to evaluate it from its parameters; `None` where it can't be said.
    /// Of a table the description takes its own units: the standardisation is in it, but no logarithms can be.
    pub fn description(&self) -> Option<Description> {
        self.table()
            .map_or_else(|| self.model().describe(), |units| describe_table(self.experiment(), &units))
    }

    /// The NLL as a sum over the variables, each given those before it in the ordering, over the held-out points that evaluations are of;
    /// of a table in its own units.
    pub fn chain_rule(&mut self) -> Result<ChainRule, Error> {
        let Experiment { model, seed, .. } = self.experiment();
        if let Some(reason) = chain_rule::why_no_chain(model, seed.0) {
            return Ok(ChainRule { bars: None, reason: Some(reason.into()) });
        }
        let ordering = model.ordering.clone();
        let points = self.held_out_points();
        let nats = chain_rule::chain_rule(self.flow()?, self.parameters(), points, &ordering);
        let scale = |variable: usize| self.target().rows().map_or(0.0, |rows| rows.column_offset(variable));
        let bar = |(&variable, nats): (&usize, f64)| VariableBar { variable, nats: nats + scale(variable) };
        Ok(ChainRule { bars: Some(ordering.iter().zip(nats).map(bar).collect()), reason: None })
    }

    /// Bytes of activations that a gradient of the model holds, were it `depth` layers deep.
    pub fn memory(&self, depth: usize, batch: usize) -> Result<ActivationBytes, Error> {
        self.flow()?;
        within("depth", depth, 1, 64)?;
        within("batch", batch, 1, 8192)?;
        let spec = ModelSpec { layers: depth, ..self.experiment().model.clone() };
        let points = if spec.batch_norm { batch } else { batch.min(TILE) };
        let less = "fewer layers, fewer hidden units or a smaller batch";
        // The parameters and both gradients with their difference, then the activations.
        check_bytes(&[spec.parameter_count(), 4, 4], less)?;
        check_bytes(&[spec.layer_count(), spec.activations(), points, 4], less)?;
        Ok(memory::activation_bytes(&self.experiment().model, depth, batch))
    }
}

/// An untrained model of a family, for counting and timing its passes; without a number of layers it has as many as the family
/// starts with.
pub fn probe(family: Family, dim: usize, units: usize, layers: Option<usize>) -> Result<Probe, Error> {
    if matches!(family.row().group, Group::Latent | Group::Adversarial) {
        return Err(Error::NoBijection);
    }
    let layers = layers.unwrap_or(family.row().default_layers);
    within("variables", dim, 2, 64)?;
    within("units", units, 1, 1024)?;
    within("layers", layers, 1, 64)?;
    let (ordering, hidden) = ((0..dim).collect(), vec![units; 2]);
    let spec = ModelSpec { family, layers, ordering, hidden, ..ModelSpec::default() };
    let less = "fewer layers, units or variables";
    // The parameters with their masks, then the activations of a tile.
    check_bytes(&[spec.parameter_count(), 4, 2], less)?;
    check_bytes(&[spec.layer_count(), spec.activations(), TILE, 4], less)?;
    Ok(Probe::new(&spec))
}

/// The lines of a square grid as row-major points: first those along x1 from the least x2, then those along x2.
fn grid(reach: f64, lines: usize, points: usize) -> Vec<f32> {
    let place = |i: usize, of: usize| (reach * (2.0 * i as f64 / (of - 1) as f64 - 1.0)) as f32;
    let one = |along: usize| {
        (0..lines).flat_map(move |line| {
            (0..points).flat_map(move |point| {
                let mut x = [place(line, lines); 2];
                x[along] = place(point, points);
                x
            })
        })
    };
    one(0).chain(one(1)).collect()
}
