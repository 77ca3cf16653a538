//! How it is minimised.

use serde::{Deserialize, Serialize};

use crate::error::{Error, check_value, whole};
use crate::models::Activations;
use crate::tagged::tagged_fields;

/// Largest batch.
pub const MAX_BATCH: usize = 65_536;

/// Adam's settings.
///
/// What a description leaves out it has as version 0.1 had it, so that files and links of then mean what they meant: that is
/// [`OptimiserSpec::default`]. What the page and the terminal begin with is [`OptimiserSpec::recommended`].
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
    /// Decay of an exponential moving average of the parameters, from 0 to below 1: the average is what is shown, measured,
    /// sampled and saved, while training goes on from the last parameters themselves, see [`OptimiserSpec::decay_at`]. None: what
    /// is shown are the last parameters.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub ema_decay: Option<f64>,
    /// Decoupled weight decay: each step also takes that share, times the learning rate, off every parameter. 0 to 10; 0: none
    /// (AdamW: Loshchilov, Hutter, "Decoupled weight decay regularization", ICLR 2019).
    pub weight_decay: f64,
    /// Deviation of normal noise that is added to a training point each time that it is used, in deviations of the data, 0 to 1. Only
    /// points of a fixed set get it: fresh draws are new by themselves.
    pub jitter: f64,
    /// Show the parameters of the step with the least validation NLL so far, and stop training [`PATIENCE`] steps after it. Only a
    /// fixed set of points has validation points.
    pub early_stopping: bool,
}

/// Steps without a lesser validation NLL after which early stopping ends a training.
pub const PATIENCE: u32 = 1000;

impl Default for OptimiserSpec {
    fn default() -> Self {
        Self {
            learning_rate: 1e-3,
            batch: 512,
            schedule: Schedule::default(),
            activations: Activations::Stored,
            clip: Some(5.0),
            ema_decay: None,
            weight_decay: 0.0,
            jitter: 0.0,
            early_stopping: false,
        }
    }
}

/// How the learning rate changes over the steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "kebab-case", try_from = "Fields")]
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

tagged_fields!(Fields, Kind of Schedule { Constant {}, Cosine { steps: u32 } });

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

impl OptimiserSpec {
    /// The recipe that a new Experiment begins with; what it was chosen from is told in docs/performance.md.
    pub fn recommended() -> Self {
        Self { learning_rate: 3e-3, ema_decay: Some(0.995), ..Self::default() }
    }

    /// The decay of the average at the end of a step, `clock` steps after the schedule began: the average is then that share of
    /// itself and the rest of the new parameters (Polyak, Juditsky, "Acceleration of stochastic approximation by averaging", SIAM
    /// J. Control Optim. 30, 1992, in its exponential form). It rises as t / (10 + t), so that the start is soon forgotten, and so
    /// is another target, with which the schedule begins anew. 0: no average.
    pub fn decay_at(&self, clock: u32) -> f64 {
        let t = f64::from(clock);
        self.ema_decay.map_or(0.0, |decay| decay.min(t / (10.0 + t)))
    }

    /// Checks every field; the first that is wrong is named with its value and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        let rate = self.learning_rate;
        check_value(rate > 0.0 && rate <= 1.0, "optimiser.learning_rate", &rate, "above 0, at most 1")?;
        whole("optimiser.batch", self.batch, MAX_BATCH)?;
        if let Schedule::Cosine { steps } = self.schedule {
            whole("optimiser.schedule.steps", steps as usize, 10_000_000)?;
        }
        let clip = self.clip.unwrap_or(1.0);
        let allowed = "a positive number, or null for no clipping";
        check_value(clip > 0.0 && clip.is_finite(), "optimiser.clip", &clip, allowed)?;
        let decay = self.ema_decay.unwrap_or(0.0);
        let allowed = "from 0 to below 1, or null for no average";
        check_value((0.0..1.0).contains(&decay), "optimiser.ema_decay", &decay, allowed)?;
        let Self { weight_decay, jitter, .. } = self;
        let allowed = "a number from 0 to 10";
        check_value((0.0..=10.0).contains(weight_decay), "optimiser.weight_decay", weight_decay, allowed)?;
        check_value((0.0..=1.0).contains(jitter), "optimiser.jitter", jitter, "a number from 0 to 1")
    }
}
