//! Reads flows from the parity files: weights and numbers that another library computed.

use serde::Deserialize;

use super::{Base, Flow};
use crate::bijections::univariate::Univariate;
use crate::bijections::{Affine, Bijection, Conditioned, Permutation, Reads, Structure};
use crate::error::{Error, parse_json};
use crate::math::Scalar;
use crate::nn::{Activation, Masks, Mlp};

/// A flow in the format of `tests/fixtures`, with points and what they should map to.
#[derive(Debug, Deserialize)]
pub struct Fixture {
    /// Number of variables.
    pub dim: usize,
    /// `maf`, `iaf` or `realnvp`.
    pub kind: String,
    /// The layers, base to data.
    pub layers: Vec<Layer>,
    /// Data points, one row each.
    pub points: Vec<Vec<f64>>,
    /// The base point of each data point.
    #[serde(default)]
    pub latents: Vec<Vec<f64>>,
    /// log |det du/dx| at each point.
    #[serde(default)]
    pub log_abs_det_inverse: Vec<f64>,
    /// log p(x) in nats.
    #[serde(default)]
    pub log_prob: Vec<f64>,
}

/// Variables of a fixture at most: the lists that it is held against are as long.
const MAX_DIM: usize = 1024;

/// One layer of a [`Fixture`].
#[derive(Debug, Deserialize)]
pub struct Layer {
    ordering: Option<Vec<usize>>,
    identity: Option<Vec<usize>>,
    then_permute: Option<Vec<usize>>,
    mlp: Vec<Linear>,
}

#[derive(Debug, Deserialize)]
struct Linear {
    weight: Vec<Vec<f64>>,
    mask: Option<Vec<Vec<f64>>>,
    bias: Vec<f64>,
}

impl Fixture {
    /// Parses a file's text and checks every shape, so that [`Self::flow`] can't fail.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let fixture: Self = parse_json("fixture", text)?;
        fixture.check()?;
        Ok(fixture)
    }

    fn check(&self) -> Result<(), Error> {
        let wrong = |field: String, value: String, allowed: &str| {
            Err(Error::Field { field, value, allowed: allowed.into() })
        };
        if !["maf", "iaf", "realnvp"].contains(&self.kind.as_str()) {
            return wrong("kind".into(), self.kind.clone(), "maf, iaf or realnvp");
        }
        if !(2..=MAX_DIM).contains(&self.dim) || self.layers.is_empty() {
            let value = format!("{} and {} layers", self.dim, self.layers.len());
            return wrong(
                "dim".into(),
                value,
                &format!("a dimension of 2 to {MAX_DIM} and at least one layer"),
            );
        }
        for (row, point) in self.points.iter().enumerate() {
            if point.len() != self.dim {
                let value = format!("{} numbers", point.len());
                return wrong(format!("points[{row}]"), value, &format!("{} numbers", self.dim));
            }
        }
        let is_permutation = |items: &[usize]| {
            let mut sorted = items.to_vec();
            sorted.sort_unstable();
            sorted == (0..self.dim).collect::<Vec<_>>()
        };
        for (index, layer) in self.layers.iter().enumerate() {
            let each_once = format!("each of 0 to {} once", self.dim - 1);
            let name = |part: &str| format!("layers[{index}].{part}");
            if self.kind == "realnvp" {
                let identity = layer.identity.as_deref().unwrap_or_default();
                let mut unique = identity.to_vec();
                unique.sort_unstable();
                unique.dedup();
                if unique.len() != identity.len()
                    || identity.is_empty()
                    || identity.len() >= self.dim
                    || identity.iter().any(|&i| i >= self.dim)
                {
                    return wrong(name("identity"), format!("{identity:?}"), "some variables, not all");
                }
            } else if !layer.ordering.as_deref().is_some_and(is_permutation) {
                return wrong(name("ordering"), format!("{:?}", layer.ordering), &each_once);
            }
            if layer.then_permute.as_deref().is_some_and(|p| !is_permutation(p)) {
                return wrong(name("then_permute"), format!("{:?}", layer.then_permute), &each_once);
            }
            let structure = self.structure(layer);
            let mut inputs = structure.read().len();
            for (k, linear) in layer.mlp.iter().enumerate() {
                let shape = (linear.weight.len(), inputs);
                let fits = |matrix: &Vec<Vec<f64>>| {
                    matrix.len() == shape.0 && matrix.iter().all(|r| r.len() == shape.1)
                };
                if linear.bias.len() != shape.0
                    || !fits(&linear.weight)
                    || !linear.mask.as_ref().is_none_or(fits)
                {
                    let value = format!("{} rows", linear.weight.len());
                    let allowed = format!("one row a bias, {inputs} columns, mask and weight alike");
                    return wrong(name(&format!("mlp[{k}]")), value, &allowed);
                }
                inputs = shape.0;
            }
            let outputs = 2 * structure.transformed().len();
            if layer.mlp.is_empty() || inputs != outputs {
                return wrong(name("mlp"), format!("{inputs} outputs"), &format!("{outputs} outputs"));
            }
        }
        Ok(())
    }

    fn structure(&self, layer: &Layer) -> Structure {
        match (&layer.ordering, &layer.identity) {
            (Some(ordering), _) => Structure::autoregressive(ordering),
            (None, identity) => Structure::coupling(self.dim, identity.as_deref().unwrap_or_default()),
        }
    }

    /// The flow and its parameters.
    pub fn flow<T: Scalar>(&self) -> (Flow<T>, Vec<T>) {
        let mut parameters = Vec::new();
        let mut bijections: Vec<Box<dyn Bijection<T>>> = Vec::new();
        for layer in &self.layers {
            let structure = self.structure(layer);
            let count = structure.transformed().len();
            let mut sizes = vec![structure.read().len()];
            let mut masks = Masks { layers: Vec::new(), hidden_degrees: Vec::new() };
            for (k, linear) in layer.mlp.iter().enumerate() {
                sizes.push(linear.bias.len());
                // The file lists all shifts, then all log-scales; the core, both of each variable.
                let last = k + 1 == layer.mlp.len();
                let source = |o: usize| if last { o % 2 * count + o / 2 } else { o };
                let rows = 0..linear.bias.len();
                parameters
                    .extend(rows.clone().flat_map(|o| &linear.weight[source(o)]).map(|&w| T::of_f64(w)));
                parameters.extend(rows.clone().map(|o| T::of_f64(linear.bias[source(o)])));
                if let Some(mask) = &linear.mask {
                    let kept = rows.flat_map(|o| &mask[source(o)]).map(|&m| m != 0.0);
                    masks.layers.push(kept.collect());
                }
            }
            let masks = (masks.layers.len() == layer.mlp.len()).then_some(masks);
            let reads = if self.kind == "iaf" { Reads::Base } else { Reads::Data };
            let mlp = Mlp::new(sizes, masks, Activation::Relu);
            let univariate: Vec<Box<dyn Univariate<T>>> = vec![Box::new(Affine::default())];
            bijections.push(Box::new(Conditioned::with_conditioner(structure, univariate, reads, mlp)));
            if let Some(order) = &layer.then_permute {
                bijections.push(Box::new(Permutation::new(order.clone())));
            }
        }
        (Flow::new(Base::Normal, bijections), parameters)
    }

    /// The points, row-major.
    pub fn rows<T: Scalar>(&self) -> Vec<T> {
        self.points.iter().flatten().map(|&v| T::of_f64(v)).collect()
    }
}
