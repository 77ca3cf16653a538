//! What simpler densities reach on a table.

use serde::Serialize;

use crate::baselines::{Baseline, Gaussian, Kernel, MAX_FITTED, Mixture};
use crate::error::Error;
use crate::math::{Estimate, Tails, estimate_mean};
use crate::targets::Rows;
use crate::targets::table::Part;

/// Mean of -log p of each baseline over the test rows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Baselines {
    /// Rows that mixture and kernel were fitted to: those to train on, and of very many some.
    pub fitted_rows: usize,
    /// Of one Gaussian.
    pub gaussian_nll: f64,
    /// Of a mixture of Gaussians, as many as are best by the Bayesian information criterion.
    pub mixture_nll: f64,
    /// How many those are.
    pub mixture_components: usize,
    /// Of a Gaussian kernel on every row.
    pub kernel_nll: f64,
    /// The kernel's deviation, in deviations of a column.
    pub kernel_width: f64,
}

/// The mean over the test rows of log p of the model minus log p of a baseline: above 0 the model is better.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Paired {
    /// The baseline with the least NLL on the validation rows: the test rows did not choose it.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string"))]
    pub against: &'static str,
    /// The mean, in nats.
    pub difference: f64,
    /// Its standard error; `None` where none can be given.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub standard_error: Option<f64>,
    /// How many standard errors the mean is from 0.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub z: Option<f64>,
}

/// Their mean. Nothing is known of the tails of a table.
pub fn nll(nlls: impl Iterator<Item = f64>) -> Estimate {
    estimate_mean(&nlls.collect::<Vec<_>>(), Tails::Heavy)
}

/// The baselines, in standard units as the rows are.
pub struct Fitted {
    gaussian: Gaussian,
    mixture: Mixture,
    kernel: Kernel,
}

impl Fitted {
    /// Fits them.
    ///
    /// # Errors
    /// Columns that follow from others.
    pub fn to(rows: &Rows) -> Result<Self, Error> {
        let (train, dim) = (rows.train(), rows.dim());
        let gaussian = Gaussian::fit(train, rows.names())?;
        Ok(Self { gaussian, mixture: Mixture::fit(train, dim), kernel: Kernel::fit(train, dim) })
    }

    /// What they reach on the test rows.
    pub fn on_test(&self, rows: &Rows) -> Baselines {
        let on_test = |one: &dyn Baseline| nll(rows.nlls(Part::Test, &one.log_density(rows.test()))).mean;
        Baselines {
            fitted_rows: rows.train_count().min(MAX_FITTED),
            gaussian_nll: on_test(&self.gaussian),
            mixture_nll: on_test(&self.mixture),
            mixture_components: self.mixture.len(),
            kernel_nll: on_test(&self.kernel),
            kernel_width: self.kernel.width(),
        }
    }

    /// A model's log p at the test rows against that of the best of them.
    pub fn paired(&self, rows: &Rows, of_model: &[f64]) -> Paired {
        let on_validation =
            |one: &dyn Baseline| nll(rows.nlls(Part::Validation, &one.log_density(rows.validation()))).mean;
        let mut best: &dyn Baseline = &self.gaussian;
        for other in [&self.mixture as &dyn Baseline, &self.kernel] {
            if on_validation(other) < on_validation(best) {
                best = other;
            }
        }
        let differences: Vec<f64> =
            of_model.iter().zip(best.log_density(rows.test())).map(|(model, own)| model - own).collect();
        let Estimate { mean, standard_error } = estimate_mean(&differences, Tails::Heavy);
        let z = standard_error.map(|error| mean / error).filter(|z| z.is_finite());
        Paired { against: best.name(), difference: mean, standard_error, z }
    }
}
