//! What a model is: the part of an Experiment that says which family, how large and of which parts.

use serde::{Deserialize, Serialize};

use super::catalogue::{Family, Group, OrderingPolicy, UnivariateKind};
use super::{Base, Conditional, NoiseSchedule};
use crate::bijections::ode::{Field, Path, Prediction, Solver};
use crate::bijections::univariate::MAX_COMPONENTS;
use crate::bijections::{Reads, Shift};
use crate::error::{Error, check, check_value, whole};
use crate::math::Tails;
use crate::nn::Activation;

/// Most layers of a model.
pub const MAX_LAYERS: usize = 64;
/// Most units of a hidden layer.
pub const MAX_UNITS: usize = 1024;
/// Most hidden layers of a conditioner.
pub const MAX_HIDDEN_LAYERS: usize = 8;
/// Most parameters of a model: 64 MB of them and their Adam moments.
pub const MAX_PARAMETERS: usize = 4_000_000;
/// Draws of an encoder by which the density of an autoencoder is bounded.
pub const BOUND_DRAWS: usize = 32;
/// Most latent variables.
pub const MAX_LATENT: usize = 8;
/// Most variables of a model that averages over all orderings.
pub const MAX_AGNOSTIC_DIM: usize = 4;

/// A family and its size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default, deny_unknown_fields)]
pub struct ModelSpec {
    /// A row of the catalogue.
    pub family: Family,
    /// The variables in the order in which they are generated, counted from 0.
    pub ordering: Vec<usize>,
    /// How the ordering changes from layer to layer.
    pub ordering_policy: OrderingPolicy,
    /// Number of layers, 1 to 64; families that do not stack have one, whatever stands here.
    pub layers: usize,
    /// Units of each hidden layer of a conditioner: 1 to 8 layers of 1 to 1,024 units.
    pub hidden: Vec<usize>,
    /// Between the conditioner's linear layers.
    pub activation: Activation,
    /// NADE and MADE: the family of each conditional density, in the order of generation; a single one serves all.
    pub conditionals: Vec<Conditional>,
    /// NADE and MADE: a fresh random ordering for each batch; the density is the average over all orderings.
    pub order_agnostic: bool,
    /// Splines: pieces of each curve, 2 to 32.
    pub bins: usize,
    /// Batch normalisation between the layers, where the family leaves the choice.
    pub batch_norm: bool,
    /// Which side the conditioner reads, MAF-like (`data`) or IAF-like (`base`); null: the family's own.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Reads | null"))]
    pub reads: Option<Reads>,
    /// The distribution that is carried to the data.
    pub base: Base,
    /// In continuous time: how a step is taken. The number of steps is that of the layers.
    pub solver: Solver,
    /// Diffusion: what the network says.
    pub prediction: Prediction,
    /// Diffusion: which levels of noise are trained on.
    pub noise_schedule: NoiseSchedule,
    /// Flow matching: base points are paired with data points of the batch so that their ways are short.
    pub transport: bool,
    /// VAE and GAN: number of latent variables, 1 to 8.
    pub latent: usize,
    /// VAE: weight of the divergence of the posterior from the latent's distribution, 0 to 100; 1 is the ELBO.
    pub beta: f64,
    /// GAN: weight of the squared gradient of the discriminator at the data (R1), 0 to 100; 0: none.
    pub penalty: f64,
}

impl Default for ModelSpec {
    fn default() -> Self {
        Self {
            family: Family::Maf,
            ordering: vec![0, 1],
            ordering_policy: OrderingPolicy::Alternate,
            layers: Family::Maf.row().default_layers,
            hidden: vec![64, 64],
            activation: Activation::Relu,
            conditionals: vec![Conditional::Gaussian],
            order_agnostic: false,
            bins: 8,
            batch_norm: false,
            reads: None,
            base: Base::Normal,
            solver: Solver::RungeKutta,
            prediction: Prediction::Velocity,
            noise_schedule: NoiseSchedule::Cosine,
            transport: false,
            latent: 2,
            beta: 1.0,
            penalty: 0.0,
        }
    }
}

impl ModelSpec {
    /// Number of layers that the family will have.
    pub fn layer_count(&self) -> usize {
        if self.family.row().stacks { self.layers } else { 1 }
    }
}

impl ModelSpec {
    /// Checks every field of a model for data of `dim` variables.
    pub fn validate(&self, dim: usize) -> Result<(), Error> {
        whole("model.layers", self.layers, MAX_LAYERS)?;
        let each_once = self.ordering.len() == dim && (0..dim).all(|v| self.ordering.contains(&v));
        check(each_once, "model.ordering", || {
            (format!("{:?}", self.ordering), format!("each of 0 to {} once", dim - 1))
        })?;
        let hidden_layers = self.hidden.len();
        check((1..=MAX_HIDDEN_LAYERS).contains(&hidden_layers), "model.hidden", || {
            (format!("{hidden_layers} layers"), format!("1 to {MAX_HIDDEN_LAYERS} layers"))
        })?;
        for (layer, &units) in self.hidden.iter().enumerate() {
            whole(&format!("model.hidden[{layer}]"), units, MAX_UNITS)?;
        }
        self.validate_parts()?;
        let parameters = self.parameter_count();
        check(parameters <= MAX_PARAMETERS, "model", || {
            let allowed = format!("up to {MAX_PARAMETERS}: fewer layers or fewer hidden units");
            (format!("{parameters} parameters large"), allowed)
        })
    }

    /// Checks the parts that only some families have.
    fn validate_parts(&self) -> Result<(), Error> {
        let dim = self.ordering.len();
        let count = self.conditionals.len();
        check(count == 1 || count == dim, "model.conditionals", || {
            (format!("{count} long"), format!("one for all variables, or {dim}"))
        })?;
        for (place, conditional) in self.conditionals.iter().enumerate() {
            conditional.validate(&format!("model.conditionals[{place}]"))?;
        }
        check((2..=MAX_COMPONENTS).contains(&self.bins), "model.bins", || {
            (self.bins.to_string(), format!("a whole number from 2 to {MAX_COMPONENTS}"))
        })?;
        self.base.validate("model.base")?;
        self.validate_neighbours()?;
        let row = self.family.row();
        let single = row.univariate == Some(UnivariateKind::Conditional);
        check(!self.order_agnostic || single && dim <= MAX_AGNOSTIC_DIM, "model.order_agnostic", || {
            let allowed = format!("false; true for NADE and MADE of up to {MAX_AGNOSTIC_DIM} variables");
            (self.order_agnostic.to_string(), allowed)
        })?;
        // The orderings share a variable's outputs, which must mean the same in each.
        let alike = self.conditionals.iter().all(|one| *one == self.conditionals[0]);
        let allowed = "the same for all variables of an order-agnostic model";
        let good = !self.order_agnostic || alike;
        check_value(good, "model.conditionals", &"different from place to place", allowed)?;
        let good = self.reads.is_none() || !row.shared_weights;
        check_value(good, "model.reads", &"set", "null: NADE always reads the data")
    }

    /// Checks the parts of families that are no compositions, and what these do not have.
    fn validate_neighbours(&self) -> Result<(), Error> {
        whole("model.latent", self.latent, MAX_LATENT)?;
        let allowed = "a number from 0 to 100";
        check_value((0.0..=100.0).contains(&self.beta), "model.beta", &self.beta, allowed)?;
        check_value((0.0..=100.0).contains(&self.penalty), "model.penalty", &self.penalty, allowed)?;
        let row = self.family.row();
        if row.structure.is_some() {
            return Ok(());
        }
        let normal = self.base == Base::Normal || self.family == Family::Cnf;
        let allowed = format!("normal: {} is learned from a normal base", row.title);
        check_value(normal, "model.base", &"another", &allowed)?;
        let allowed = format!("false: {} has no such layers", row.title);
        check_value(!self.batch_norm, "model.batch_norm", &self.batch_norm, &allowed)?;
        let allowed = format!("null: {} has no conditioned layers", row.title);
        check_value(self.reads.is_none(), "model.reads", &"set", &allowed)
    }

    /// Passes of a network that the density of a point takes at least.
    pub fn density_passes(&self) -> usize {
        match self.family.row().group {
            Group::Continuous => self.layers * self.solver.stages().len(),
            Group::Latent => 1 + BOUND_DRAWS,
            Group::Autoregressive | Group::Coupling | Group::Adversarial => self.layer_count(),
        }
    }

    /// Layer sizes, input first: of an autoencoder's encoder and decoder, of a generator and its discriminator.
    pub(crate) fn networks(&self) -> [Vec<usize>; 2] {
        let (dim, latent) = (self.ordering.len(), self.latent);
        let sizes = |from: usize, to: usize| [&[from], self.hidden.as_slice(), &[to]].concat();
        match self.family.row().group {
            // A mean and a width of each.
            Group::Latent => [sizes(dim, 2 * latent), sizes(latent, 2 * dim)],
            _ => [sizes(latent, dim), sizes(dim, 1)],
        }
    }

    /// The velocity of a family in continuous time.
    pub(crate) fn field(&self) -> Field {
        let (path, prediction) = match self.family {
            Family::Diffusion => (Path::VariancePreserving, self.prediction),
            _ => (Path::Straight, Prediction::Velocity),
        };
        Field::new(self.ordering.len(), &self.hidden, self.activation, path, prediction)
    }

    /// Whether all moments of what the model draws are finite.
    pub fn tails(&self) -> Tails {
        let conditional = self.family.row().univariate == Some(UnivariateKind::Conditional);
        let heavy = conditional && self.conditionals.iter().any(|c| c.tails() == Tails::Heavy);
        if heavy { Tails::Heavy } else { self.base.tails() }
    }

    /// An upper estimate of a conditioner's outputs.
    fn outputs(&self) -> usize {
        let of = |c: &Conditional| c.univariate(Shift::Data).parameters();
        let each = self.conditionals.iter().map(of).max().unwrap_or(2);
        each.max(3 * self.bins) * self.ordering.len()
    }

    /// An upper estimate of the numbers that a gradient keeps of each layer for each point, without building the model.
    pub fn activations(&self) -> usize {
        let dim = self.ordering.len();
        if self.family.row().group == Group::Continuous {
            // A step keeps its points; what the gradient makes anew, values and tangents of its stages, is another step's place.
            return 2 * dim + (dim + 1) * 8 * self.hidden.iter().sum::<usize>() / self.layers.max(1);
        }
        // NADE has its hidden units once for each conditional, and their running sum.
        let copies = if self.family.row().shared_weights { dim + 1 } else { 1 };
        2 * dim + copies * self.hidden.iter().sum::<usize>() + self.outputs()
    }

    /// An upper estimate of the parameters that the model will have, without building it.
    pub fn parameter_count(&self) -> usize {
        let dim = self.ordering.len();
        match self.family.row().group {
            Group::Continuous => return self.field().parameter_count(),
            Group::Latent | Group::Adversarial => {
                return self.networks().iter().map(|s| parameters_of(s)).sum();
            }
            Group::Autoregressive | Group::Coupling => {}
        }
        let mut sizes = vec![dim];
        sizes.extend(&self.hidden);
        sizes.push(self.outputs());
        parameters_of(&sizes) * self.layer_count()
    }
}

/// Parameters of a multilayer perceptron of these layer sizes.
fn parameters_of(sizes: &[usize]) -> usize {
    sizes.windows(2).map(|s| s[1] * (s[0] + 1)).sum()
}
