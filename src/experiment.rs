//! The Experiment: everything that a run needs to be reproduced, in one serialisable type.
//!
//! The page's state, the link in its address bar, a saved file, the worker's start message, the
//! examples and the benchmarks all speak it; its TypeScript type is generated from this one.

use serde::{Deserialize, Serialize};

use crate::bijections::Reads;
use crate::error::{Error, parse_json};
use crate::models::catalogue::UnivariateKind;
use crate::models::{Activations, Base, Family, OrderingPolicy};
use crate::nn::Activation;
use crate::targets::TargetSpec;

/// A target, a model, an objective, an optimiser and a seed.
///
/// ```
/// use density_playground::Experiment;
/// let experiment = Experiment::from_json(r#"{"target": {"kind": "crescent"}, "model": {"family": "made"}}"#).unwrap();
/// assert_eq!(experiment.optimiser.batch, 512);
/// let wrong = Experiment::from_json(r#"{"model": {"layers": 99}}"#).unwrap_err();
/// assert_eq!(wrong.to_string(), "model.layers is 99; allowed: a whole number from 1 to 64.");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default, deny_unknown_fields)]
pub struct Experiment {
    /// The density to learn.
    pub target: TargetSpec,
    /// What learns it.
    pub model: ModelSpec,
    /// What is minimised.
    pub objective: Objective,
    /// How.
    pub optimiser: OptimiserSpec,
    /// Decides initial parameters, random orderings, batches, held-out points and shown samples.
    pub seed: Seed,
}

/// The seed of an Experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(transparent)]
pub struct Seed(pub u32);

impl Default for Seed {
    fn default() -> Self {
        Self(1)
    }
}

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
}

/// A family of densities on the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Conditional {
    /// One Gaussian.
    #[default]
    Gaussian,
    /// A mixture of Gaussians.
    Mixture {
        /// Number of components, 1 to 32.
        components: usize,
    },
    /// A Laplace density.
    Laplace,
    /// A Student-t density whose degrees of freedom are learned.
    StudentT,
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
        }
    }
}

impl ModelSpec {
    /// Number of layers that the family will have.
    pub fn layer_count(&self) -> usize {
        if self.family.row().stacks { self.layers } else { 1 }
    }
}

/// What is minimised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Objective {
    /// Maximum likelihood: the forward KL from samples of the target.
    #[default]
    ForwardKl,
    /// Variational inference: the reverse KL, by draws from the model against the target's log density.
    ReverseKl {
        /// Deviation of the model at the start, in the target's own: below 1 a narrow start, which finds few modes.
        start: f64,
        /// A tempering schedule, the remedy for collapse. Null: none.
        #[cfg_attr(target_arch = "wasm32", tsify(type = "Annealing | null"))]
        annealing: Option<Annealing>,
        /// Leave the score of the model out of the gradient ("sticking the landing").
        path_gradient: bool,
    },
}

/// The target is p^beta, with beta rising evenly from `from` to 1 over `steps` steps.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(deny_unknown_fields)]
pub struct Annealing {
    /// The first beta, above 0, at most 1.
    pub from: f64,
    /// Steps until beta is 1, 1 to 10,000,000.
    pub steps: u32,
}

impl Annealing {
    /// beta at a step.
    pub fn beta(&self, step: u32) -> f64 {
        let share = f64::from(step) / f64::from(self.steps);
        (self.from + (1.0 - self.from) * share).min(1.0)
    }
}

/// Adam's settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default, deny_unknown_fields)]
pub struct OptimiserSpec {
    /// Step size at the start, above 0, at most 1.
    pub learning_rate: f64,
    /// Fresh points of the target for each step, 1 to 65,536.
    pub batch: usize,
    /// How the learning rate changes.
    pub schedule: Schedule,
    /// Whether the gradient keeps every layer's activations.
    pub activations: Activations,
    /// Largest norm that the gradient keeps; longer ones are scaled down to it. None: no clipping.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub clip: Option<f64>,
}

impl Default for OptimiserSpec {
    fn default() -> Self {
        Self {
            learning_rate: 1e-3,
            batch: 512,
            schedule: Schedule::default(),
            activations: Activations::Stored,
            clip: Some(5.0),
        }
    }
}

/// How the learning rate changes over the steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Schedule {
    /// It stays.
    Constant,
    /// It falls to 0 along half a cosine in that many steps, then starts again from the top
    /// (Loshchilov, Hutter, "SGDR: Stochastic gradient descent with warm restarts", ICLR 2017).
    Cosine {
        /// Steps of one cycle, 1 to 10,000,000.
        steps: u32,
    },
}

impl Default for Schedule {
    fn default() -> Self {
        Self::Cosine { steps: 5000 }
    }
}

impl Schedule {
    /// The factor on the learning rate at `step`, counted from 0.
    pub fn factor(self, step: u32) -> f64 {
        match self {
            Self::Constant => 1.0,
            Self::Cosine { steps } => {
                let phase = f64::from(step % steps) / f64::from(steps);
                0.5 * (1.0 + (std::f64::consts::PI * phase).cos())
            }
        }
    }
}

/// Most layers of a model.
pub const MAX_LAYERS: usize = 64;
/// Most units of a hidden layer.
pub const MAX_UNITS: usize = 1024;
/// Most hidden layers of a conditioner.
pub const MAX_HIDDEN_LAYERS: usize = 8;
/// Largest batch.
pub const MAX_BATCH: usize = 65_536;
/// Most parameters of a model: 64 MB of them and their Adam moments.
pub const MAX_PARAMETERS: usize = 4_000_000;

impl Experiment {
    /// Parses and validates JSON; missing fields take their defaults.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let experiment: Self = parse_json("experiment", text)?;
        experiment.validate()?;
        Ok(experiment)
    }

    /// Checks every field; the first that is wrong is named with its value and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        let Self { target, model, optimiser, .. } = self;
        model.validate(target.dim())?;
        let rate = optimiser.learning_rate;
        check(rate > 0.0 && rate <= 1.0, "optimiser.learning_rate", || {
            (rate.to_string(), "above 0, at most 1".into())
        })?;
        whole("optimiser.batch", optimiser.batch, MAX_BATCH)?;
        if let Schedule::Cosine { steps } = optimiser.schedule {
            whole("optimiser.schedule.steps", steps as usize, 10_000_000)?;
        }
        if let Some(clip) = optimiser.clip {
            check(clip > 0.0 && clip.is_finite(), "optimiser.clip", || {
                (clip.to_string(), "a positive number, or null for no clipping".into())
            })?;
        }
        self.objective.validate(model)?;
        target.validate()
    }
}

/// Most components of a mixture, and pieces of a spline.
pub const MAX_COMPONENTS: usize = 32;
/// Most variables of a model that averages over all orderings.
pub const MAX_AGNOSTIC_DIM: usize = 4;

impl ModelSpec {
    /// Checks every field of a model for data of `dim` variables.
    pub fn validate(&self, dim: usize) -> Result<(), Error> {
        whole("model.layers", self.layers, MAX_LAYERS)?;
        let mut sorted = self.ordering.clone();
        sorted.sort_unstable();
        check(sorted == (0..dim).collect::<Vec<_>>(), "model.ordering", || {
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
            if let Conditional::Mixture { components } = *conditional {
                whole(&format!("model.conditionals[{place}].components"), components, MAX_COMPONENTS)?;
            }
        }
        check((2..=MAX_COMPONENTS).contains(&self.bins), "model.bins", || {
            (self.bins.to_string(), format!("a whole number from 2 to {MAX_COMPONENTS}"))
        })?;
        match self.base {
            Base::Normal => {}
            Base::StudentT { degrees } => {
                check((1.0..=100.0).contains(&degrees), "model.base.degrees", || {
                    (degrees.to_string(), "a number from 1 to 100".into())
                })?;
            }
            Base::Mixture { components } => {
                whole("model.base.components", components, MAX_COMPONENTS)?;
            }
        }
        let row = self.family.row();
        let single = row.univariate == UnivariateKind::Conditional;
        check(!self.order_agnostic || single && dim <= MAX_AGNOSTIC_DIM, "model.order_agnostic", || {
            let allowed = format!("false; true for NADE and MADE of up to {MAX_AGNOSTIC_DIM} variables");
            (self.order_agnostic.to_string(), allowed)
        })?;
        check(self.reads.is_none() || !row.shared_weights, "model.reads", || {
            ("set".into(), "null: NADE always reads the data".into())
        })
    }

    /// An upper estimate of the parameters that the model will have, without building it.
    fn parameter_count(&self) -> usize {
        let dim = self.ordering.len();
        let mut sizes = vec![dim];
        sizes.extend(&self.hidden);
        let each = self.conditionals.iter().map(Conditional::parameters).max().unwrap_or(2);
        sizes.push(each.max(3 * self.bins) * dim);
        let layer: usize = sizes.windows(2).map(|s| s[1] * (s[0] + 1)).sum();
        layer * self.layer_count()
    }
}

impl Conditional {
    /// Numbers that describe one density.
    fn parameters(&self) -> usize {
        match self {
            Self::Gaussian | Self::Laplace => 2,
            Self::StudentT => 3,
            Self::Mixture { components } => 3 * components,
        }
    }
}

impl Objective {
    fn validate(&self, model: &ModelSpec) -> Result<(), Error> {
        let Self::ReverseKl { start, annealing, .. } = *self else { return Ok(()) };
        check(start > 0.0 && start <= 10.0, "objective.start", || {
            (start.to_string(), "above 0, at most 10".into())
        })?;
        if let Some(Annealing { from, steps }) = annealing {
            check(from > 0.0 && from <= 1.0, "objective.annealing.from", || {
                (from.to_string(), "above 0, at most 1".into())
            })?;
            whole("objective.annealing.steps", steps as usize, 10_000_000)?;
        }
        check(!model.order_agnostic, "model.order_agnostic", || {
            let allowed = "false with the reverse KL: an average over orderings has no gradient by its draws";
            ("true".into(), allowed.into())
        })?;
        check(!model.batch_norm, "model.batch_norm", || {
            let allowed = "false with the reverse KL: there is no batch of data to normalise by";
            ("true".into(), allowed.into())
        })
    }
}

fn check(good: bool, field: &str, value_and_allowed: impl FnOnce() -> (String, String)) -> Result<(), Error> {
    if good {
        return Ok(());
    }
    let (value, allowed) = value_and_allowed();
    Err(Error::Field { field: field.into(), value, allowed })
}

fn whole(field: &str, value: usize, most: usize) -> Result<(), Error> {
    check((1..=most).contains(&value), field, || {
        (value.to_string(), format!("a whole number from 1 to {most}"))
    })
}
