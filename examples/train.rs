//! Trains one Experiment in the terminal.
//!
//! `cargo run --release --example train -- --target crescent --model made --ordering 2,1`

use std::time::Instant;

use clap::Parser;
use density_playground::bijections::Reads;
use density_playground::bijections::ode::{Prediction, Solver};
use density_playground::math::random::fresh_seed;
use density_playground::models::catalogue::CATALOGUE;
use density_playground::models::{Activations, Family, OrderingPolicy};
use density_playground::models::{Conditional, ModelSpec, NoiseSchedule};
use density_playground::nn::Activation;
use density_playground::session::table::{Baselines, Paired};
use density_playground::session::{EVALUATE_EVERY, table};
use density_playground::targets::Shares;
use density_playground::targets::table::Table;
use density_playground::targets::{TargetSpec, gallery};
use density_playground::training::{Annealing, Objective, Schedule, TrainingSet};
use density_playground::{Error, Experiment, Session};
use serde_json::json;

/// Trains a density model on a two-dimensional target and reports NLL, entropy and KL in nats.
/// A seed, or one that nobody chose.
#[derive(Clone, Copy, Debug)]
enum SeedChoice {
    Given(u32),
    Random,
}

impl std::str::FromStr for SeedChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "random" {
            return Ok(Self::Random);
        }
        text.parse().map(Self::Given).map_err(|_| "a whole number from 0 to 4294967295, or random".into())
    }
}

#[derive(Parser)]
struct Arguments {
    /// An Experiment as JSON; the other flags change it.
    #[arg(long, value_name = "FILE")]
    experiment: Option<std::path::PathBuf>,
    /// Train on the rows of a table instead of a target: numbers separated by commas, semicolons or tabs, quoted or not; between
    /// semicolons and tabs they may have decimal commas.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["target", "objective", "held_out"])]
    csv: Option<std::path::PathBuf>,
    /// The columns of the table that are learned, in that order: names of its heading, or numbers counted from 1. All of them otherwise,
    /// but one called “split” whose cells are train, validation and test.
    #[arg(long, value_delimiter = ',', requires = "csv")]
    columns: Option<Vec<String>>,
    /// Shares of the table's rows, drawn by the seed: to train on, to choose by and to test on. Otherwise what its column “split” says, or
    /// 0.8,0.1,0.1 where there is none.
    #[arg(long, value_delimiter = ',', requires = "csv", value_name = "TRAIN,VALIDATION,TEST")]
    split: Option<Vec<f64>>,
    /// crescent, two-moons, eight-gaussians, two-gaussians, gaussian-grid, pinwheel, four-rings,
    /// checkerboard, two-spirals, funnel or heavy-tailed.
    #[arg(long)]
    target: Option<String>,
    /// nade, made, maf, iaf, nice, realnvp, glow, spline, spline-coupling, cnf, flow-matching, diffusion, vae or gan.
    #[arg(long)]
    model: Option<String>,
    /// NADE and MADE: gaussian, mixture, laplace or student-t; one for all variables, or one for each in the order of
    /// generation.
    #[arg(long, value_delimiter = ',')]
    conditional: Option<Vec<String>>,
    /// Components of a mixture, of conditionals or of the base.
    #[arg(long, default_value_t = 8)]
    components: usize,
    /// NADE and MADE: a fresh random ordering for each batch, and the average over all as the density.
    #[arg(long)]
    order_agnostic: bool,
    /// Pieces of a spline.
    #[arg(long)]
    bins: Option<usize>,
    /// Batch normalisation between the layers of MAF, IAF, RealNVP or a spline flow.
    #[arg(long)]
    batch_norm: bool,
    /// data (MAF-like) or base (IAF-like); the family's own otherwise.
    #[arg(long)]
    reads: Option<String>,
    /// normal, student-t or mixture.
    #[arg(long)]
    base: Option<String>,
    /// Degrees of freedom of a Student-t base.
    #[arg(long, default_value_t = 5.0)]
    degrees: f64,
    /// forward-kl or reverse-kl.
    #[arg(long)]
    objective: Option<String>,
    /// Reverse KL: the deviation at the start, in the target's own.
    #[arg(long)]
    start: Option<f64>,
    /// Reverse KL: anneal the target from this power of it to the target itself ...
    #[arg(long)]
    anneal_from: Option<f64>,
    /// ... over that many steps; half the run otherwise.
    #[arg(long)]
    anneal_steps: Option<u32>,
    /// Reverse KL: leave the score out of the gradient.
    #[arg(long)]
    path_gradient: bool,
    /// stored or recomputed activations.
    #[arg(long)]
    activations: Option<String>,
    /// The variables in the order in which they are generated, as people count: 2,1 is p(x2) p(x1|x2).
    #[arg(long, value_delimiter = ',')]
    ordering: Option<Vec<usize>>,
    /// How the ordering changes from layer to layer: same, alternate or random.
    #[arg(long, value_name = "POLICY")]
    ordering_policy: Option<String>,
    /// Number of layers; the family's own default otherwise.
    #[arg(long)]
    layers: Option<usize>,
    /// Units of each hidden layer.
    #[arg(long, value_delimiter = ',')]
    hidden: Option<Vec<usize>>,
    /// relu, tanh or silu; the family's own default otherwise.
    #[arg(long)]
    activation: Option<String>,
    /// In continuous time: euler, midpoint or runge-kutta; --layers is the number of its steps.
    #[arg(long)]
    solver: Option<String>,
    /// Diffusion: velocity or noise.
    #[arg(long)]
    prediction: Option<String>,
    /// Diffusion: linear or cosine.
    #[arg(long)]
    noise_schedule: Option<String>,
    /// Flow matching: pair base points with near data points of the batch.
    #[arg(long)]
    transport: bool,
    /// VAE and GAN: latent variables.
    #[arg(long)]
    latent: Option<usize>,
    /// VAE: weight of the divergence.
    #[arg(long)]
    beta: Option<f64>,
    /// GAN: weight of the discriminator's squared gradient at the data.
    #[arg(long)]
    penalty: Option<f64>,
    /// Adam steps; with the cosine schedule also the length of its cycle.
    #[arg(long)]
    steps: Option<u32>,
    /// Points of a batch.
    #[arg(long)]
    batch: Option<usize>,
    /// Adam's step size at the start.
    #[arg(long)]
    learning_rate: Option<f64>,
    /// cosine or constant.
    #[arg(long)]
    schedule: Option<String>,
    /// Largest norm of the gradient.
    #[arg(long)]
    clip: Option<f64>,
    /// Decay of the average of the parameters that is shown, from 0 to below 1; 0: none.
    #[arg(long)]
    ema_decay: Option<f64>,
    /// Learn from a fixed sample of so many points, and show the best step by as many validation points.
    #[arg(long, value_name = "POINTS", conflicts_with = "csv")]
    sample: Option<u32>,
    /// Keep the parameters of the least validation NLL, and stop where it has not fallen for 1,000 steps.
    #[arg(long)]
    early_stopping: bool,
    /// Share of each parameter that a step takes off it, times the learning rate.
    #[arg(long)]
    weight_decay: Option<f64>,
    /// Noise on the points of a fixed set each time that they are used, in deviations of the data.
    #[arg(long)]
    jitter: Option<f64>,
    /// Instead of a report: the steps and seconds until the held-out KL is under this, in nats, and stays there to the end of
    /// --steps.
    #[arg(long, value_name = "KL", conflicts_with = "csv")]
    until_kl: Option<f64>,
    /// Runs of --until-kl, one after the other, from seeds that follow on each other; their medians are given.
    #[arg(long, default_value_t = 1, requires = "until_kl")]
    seeds: u32,
    /// Decides parameters, batches and held-out points; random: one that nobody chose.
    #[arg(long)]
    seed: Option<SeedChoice>,
    /// Held-out points of the final evaluation.
    #[arg(long, default_value_t = 20_000)]
    held_out: usize,
    /// Print one JSON object instead of a report.
    #[arg(long)]
    json: bool,
}

/// Parses a kebab-case name into one of serde's enums, naming the flag where it can't.
fn named<T: serde::de::DeserializeOwned>(flag: &str, name: &str) -> Result<T, String> {
    serde_json::from_value(json!(name)).map_err(|e| format!("--{flag}: {e}"))
}

impl Arguments {
    /// The Experiment that the flags ask for, not yet validated, and the number of steps.
    fn experiment(&self) -> Result<(Experiment, u32), String> {
        let mut experiment = match &self.experiment {
            None => Experiment::recommended(),
            Some(file) => {
                let text = std::fs::read_to_string(file)
                    .map_err(|e| format!("--experiment {}: {e}", file.display()))?;
                Experiment::from_json(&text).map_err(|e| e.to_string())?
            }
        };
        if let Some(name) = &self.target {
            experiment.target = TargetSpec::from_name(name).ok_or_else(|| {
                let all: Vec<String> = gallery().iter().map(|row| row.spec.name()).collect();
                format!("--target is {name}; allowed: {}", all.join(", "))
            })?;
        }
        let model = &mut experiment.model;
        if let Some(name) = &self.model {
            model.family = Family::from_name(name).ok_or_else(|| {
                let all: Vec<String> = CATALOGUE.iter().map(|row| row.family.name()).collect();
                format!("--model is {name}; allowed: {}", all.join(", "))
            })?;
            model.layers = model.family.row().default_layers;
            model.activation = model.family.row().default_activation;
        }
        if let Some(ordering) = &self.ordering {
            let from_zero = ordering.iter().map(|&v| v.checked_sub(1)).collect::<Option<Vec<_>>>();
            model.ordering = from_zero.ok_or("--ordering counts the variables from 1")?;
        }
        if let Some(policy) = &self.ordering_policy {
            model.ordering_policy = named::<OrderingPolicy>("ordering-policy", policy)?;
        }
        if let Some(activation) = &self.activation {
            model.activation = named::<Activation>("activation", activation)?;
        }
        model.layers = self.layers.unwrap_or(model.layers);
        model.hidden = self.hidden.clone().unwrap_or_else(|| model.hidden.clone());
        self.parts(model)?;
        if let Some(count) = self.sample {
            experiment.training_set = TrainingSet::Sample { count };
        }
        let optimiser = &mut experiment.optimiser;
        optimiser.early_stopping |= self.early_stopping;
        optimiser.weight_decay = self.weight_decay.unwrap_or(optimiser.weight_decay);
        optimiser.jitter = self.jitter.unwrap_or(optimiser.jitter);
        if let Some(name) = &self.activations {
            optimiser.activations = named::<Activations>("activations", name)?;
        }
        let given = match optimiser.schedule {
            Schedule::Cosine { steps } => steps,
            Schedule::Constant => 5000,
        };
        let steps = self.steps.unwrap_or(given);
        match self.schedule.as_deref() {
            Some("constant") => optimiser.schedule = Schedule::Constant,
            Some("cosine") => optimiser.schedule = Schedule::Cosine { steps },
            Some(other) => return Err(format!("--schedule is {other}; allowed: cosine, constant")),
            None if matches!(optimiser.schedule, Schedule::Cosine { .. }) => {
                optimiser.schedule = Schedule::Cosine { steps };
            }
            None => {}
        }
        match self.objective.as_deref() {
            None => {}
            Some("forward-kl") => experiment.objective = Objective::ForwardKl,
            Some("reverse-kl") => {
                let annealing = self
                    .anneal_from
                    .map(|from| Annealing { from, steps: self.anneal_steps.unwrap_or(steps / 2).max(1) });
                let (start, path_gradient) = (self.start.unwrap_or(1.0), self.path_gradient);
                experiment.objective = Objective::ReverseKl { start, annealing, path_gradient };
            }
            Some(other) => return Err(format!("--objective is {other}; allowed: forward-kl, reverse-kl")),
        }
        optimiser.batch = self.batch.unwrap_or(optimiser.batch);
        optimiser.learning_rate = self.learning_rate.unwrap_or(optimiser.learning_rate);
        optimiser.clip = self.clip.or(optimiser.clip);
        optimiser.ema_decay = self.ema_decay.or(optimiser.ema_decay).filter(|&decay| decay != 0.0);
        match self.seed {
            Some(SeedChoice::Given(seed)) => experiment.seed.0 = seed,
            Some(SeedChoice::Random) => experiment.seed.0 = fresh_seed().map_err(|e| e.to_string())?,
            None => {}
        }
        Ok((experiment, steps))
    }
}

impl Arguments {
    /// A conditional or a base by the name of its kind, with the field that the kind has, if it has one.
    fn of_kind<T: serde::de::DeserializeOwned>(&self, flag: &str, name: &str) -> Result<T, String> {
        let fields =
            [json!({}), json!({ "components": self.components }), json!({ "degrees": self.degrees })];
        let with = |mut fields: serde_json::Value| {
            fields["kind"] = json!(name);
            serde_json::from_value(fields)
        };
        let mut tries = fields.into_iter().map(with);
        tries.find_map(Result::ok).ok_or_else(|| {
            let unknown = serde_json::from_value::<T>(json!({ "kind": name })).err();
            format!("--{flag} is {name}: {}", unknown.map_or_else(String::new, |why| why.to_string()))
        })
    }

    /// The flags that only some families heed.
    fn parts(&self, model: &mut ModelSpec) -> Result<(), String> {
        if let Some(names) = &self.conditional {
            let one = |name: &String| self.of_kind::<Conditional>("conditional", name);
            model.conditionals = names.iter().map(one).collect::<Result<_, _>>()?;
        }
        if let Some(name) = &self.base {
            model.base = self.of_kind("base", name)?;
        }
        if let Some(reads) = &self.reads {
            model.reads = Some(named::<Reads>("reads", reads)?);
        }
        model.order_agnostic |= self.order_agnostic;
        model.batch_norm |= self.batch_norm;
        model.bins = self.bins.unwrap_or(model.bins);
        if let Some(name) = &self.solver {
            model.solver = named::<Solver>("solver", name)?;
        }
        if let Some(name) = &self.prediction {
            model.prediction = named::<Prediction>("prediction", name)?;
        }
        if let Some(name) = &self.noise_schedule {
            model.noise_schedule = named::<NoiseSchedule>("noise-schedule", name)?;
        }
        model.transport |= self.transport;
        model.latent = self.latent.unwrap_or(model.latent);
        model.beta = self.beta.unwrap_or(model.beta);
        model.penalty = self.penalty.unwrap_or(model.penalty);
        Ok(())
    }
}

/// `--csv`: any number of columns.
fn run_table(arguments: &Arguments, file: &std::path::Path) -> Result<(), String> {
    let (mut experiment, steps) = arguments.experiment()?;
    let text = std::fs::read_to_string(file).map_err(|e| format!("--csv {}: {e}", file.display()))?;
    let table = match &arguments.columns {
        None => Table::from_csv(&text),
        Some(columns) => Table::of_columns(&text, columns),
    };
    let table = table.map_err(|error| {
        let hint = match (&error, &arguments.columns) {
            (Error::Cell { column: 1.., .. }, None) => " --columns says which columns to read.",
            _ => "",
        };
        format!("--csv {}: {error}{hint}", file.display())
    })?;
    let shares = match arguments.split.as_deref() {
        None => None,
        Some(&[train, validation, test]) => Some(Shares { train, validation, test }),
        Some(other) => return Err(format!("--split has {} shares; allowed: 3", other.len())),
    };
    // From left to right means so for any number of columns; another ordering is of as many as it names.
    let ordering = &mut experiment.model.ordering;
    if arguments.ordering.is_none() && ordering.is_sorted() {
        *ordering = (0..table.dim()).collect();
    }
    let mut sorted = ordering.clone();
    sorted.sort_unstable();
    if !sorted.into_iter().eq(0..table.dim()) {
        let given: Vec<String> = ordering.iter().map(|v| (v + 1).to_string()).collect();
        return Err(format!("--ordering is {}; allowed: each of 1 to {} once", given.join(","), table.dim()));
    }
    let start = Instant::now();
    let fit = table::fit(&table, &experiment, steps, shares).map_err(|e| e.to_string())?;
    let steps_per_second = f64::from(fit.steps) / start.elapsed().as_secs_f64();
    if arguments.json {
        let mut report = serde_json::to_value(fit).unwrap_or_default();
        report["model"] = json!(experiment.model.family.name());
        report["seed"] = json!(experiment.seed.0);
        report["steps_per_second"] = json!(steps_per_second);
        println!("{report}");
        return Ok(());
    }
    println!(
        "{} on {} rows of {} columns, at step {}: test NLL {} on {} rows, {} on {} for validation (least at step {}), {} in training",
        experiment.model.family.row().title,
        fit.train_rows,
        fit.dim,
        if experiment.optimiser.early_stopping { fit.best_step } else { fit.steps },
        with_error(fit.nll_test, fit.standard_error),
        fit.test_rows,
        in_words(fit.nll_validation),
        fit.validation_rows,
        fit.best_step,
        in_words(fit.nll_train)
    );
    let Baselines { fitted_rows, gaussian_nll, mixture_nll, mixture_components, kernel_nll, kernel_width } =
        fit.baselines;
    println!(
        "Gaussian {gaussian_nll:.4}, mixture of {mixture_components} {mixture_nll:.4}, kernels of width {kernel_width:.3} {kernel_nll:.4} nats ({fitted_rows} rows)"
    );
    let Paired { against, difference, standard_error, z } = fit.paired;
    let z = z.map_or_else(String::new, |z| format!(", {:.1} standard errors", z.abs()));
    println!(
        "{} than the {against}, the best of them on validation, by {}{z}",
        if difference < 0.0 { "Worse" } else { "Better" },
        with_error(difference.abs(), standard_error)
    );
    match (fit.bars, fit.bars_reason) {
        (Some(bars), _) => {
            let each = bars.iter().map(|bar| format!("{} {:.4}", bar.column, bar.nats));
            println!("Each column given those before it, in nats: {}", each.collect::<Vec<_>>().join(", "));
        }
        (None, reason) => println!("No bars. {}", reason.unwrap_or_default()),
    }
    Ok(())
}

/// Four decimals, or a word.
fn in_words(value: f64) -> String {
    if value == f64::INFINITY { "infinite".into() } else { format!("{value:.4}") }
}

/// A value in nats with its standard error, where one can be given.
fn with_error(value: f64, error: Option<f64>) -> String {
    match error {
        Some(error) => format!("{value:.4} +- {error:.4} nats"),
        None => format!("{} nats (no error can be given)", in_words(value)),
    }
}

/// The middle one of some numbers, the mean of two in the middle; infinite where that is.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { 0.5 * (values[middle - 1] + values[middle]) }
}

/// A number of JSON's; `null` where a median is infinite.
fn finite(value: f64) -> Option<f64> {
    Some(value).filter(|v| v.is_finite())
}

/// One run of `--until-kl`.
struct RunUntil {
    seed: u32,
    /// Steps and seconds; infinite where it never came there.
    until: f64,
    seconds: f64,
    /// On held-out points of their own, at the end.
    kl: f64,
    /// Steps, and the KL on the held-out points that all evaluations share.
    curve: Vec<(u32, f64)>,
}

/// `--until-kl`: when the KL of what is shown has come under a threshold for good.
fn run_until(arguments: &Arguments, threshold: f64) -> Result<(), String> {
    let (mut experiment, steps) = arguments.experiment()?;
    let first = experiment.seed.0;
    let mut runs = Vec::new();
    for seed in (0..arguments.seeds.max(1)).map(|i| first.wrapping_add(i)) {
        experiment.seed.0 = seed;
        let start = Instant::now();
        let mut session = Session::new(experiment.clone()).map_err(|e| e.to_string())?;
        // Where the last evaluation over the threshold was, and when.
        let mut there = (0, 0.0);
        for chunk in (0..steps).step_by(EVALUATE_EVERY as usize) {
            session.train(EVALUATE_EVERY.min(steps - chunk)).map_err(|e| e.to_string())?;
            let last = session.history().last();
            // Not a number is not under it either.
            if !last.is_some_and(|e| e.known_kl() < threshold) {
                there = (0, 0.0);
            } else if there.0 == 0 {
                there = (session.step_count(), start.elapsed().as_secs_f64());
            }
        }
        let (until, seconds) =
            if there.0 == 0 { (f64::INFINITY, f64::INFINITY) } else { (f64::from(there.0), there.1) };
        let kl = session.evaluate_on(arguments.held_out).known_kl();
        if !arguments.json {
            let when = finite(until).map_or("never".into(), |s| format!("step {s}, after {seconds:.2} s"));
            eprintln!("seed {seed}: under {threshold} nats for good from {when}; {kl:.4} at step {steps}");
        }
        let curve = session.history().iter().map(|e| (e.step, e.known_kl())).collect();
        runs.push(RunUntil { seed, until, seconds, kl, curve });
    }
    let of = |f: fn(&RunUntil) -> f64| median(runs.iter().map(f).collect());
    let (median_steps, median_seconds, median_kl) = (of(|r| r.until), of(|r| r.seconds), of(|r| r.kl));
    if arguments.json {
        let each = runs.iter().map(|RunUntil { seed, until, seconds, kl, curve }| {
            let (steps, seconds) = (finite(*until), finite(*seconds));
            json!({ "seed": seed, "steps": steps, "seconds": seconds, "kl": kl, "curve": curve })
        });
        let report = json!({
            "target": experiment.target.name(),
            "model": experiment.model.family.name(),
            "until_kl": threshold,
            "steps": steps,
            "median_steps": finite(median_steps),
            "median_seconds": finite(median_seconds),
            "median_kl": median_kl,
            "runs": each.collect::<Vec<_>>(),
        });
        println!("{report}");
    } else {
        let when = finite(median_steps)
            .map_or("never".into(), |s| format!("from step {s} on, after {median_seconds:.2} s"));
        println!(
            "{} on {}: KL under {threshold} nats {when}, and {median_kl:.4} at step {steps} (medians of {})",
            experiment.model.family.row().title,
            experiment.target.name(),
            runs.len()
        );
    }
    Ok(())
}

fn run(arguments: &Arguments) -> Result<(), String> {
    if let Some(file) = &arguments.csv {
        return run_table(arguments, file);
    }
    if let Some(threshold) = arguments.until_kl {
        return run_until(arguments, threshold);
    }
    let (experiment, steps) = arguments.experiment()?;
    experiment.validate().map_err(|e| e.to_string())?;
    if arguments.held_out < 2 {
        return Err(format!("--held-out is {}; allowed: 2 or more", arguments.held_out));
    }
    let mut session = Session::new(experiment).map_err(|e| e.to_string())?;
    let start = Instant::now();
    // Looked at this often, early stopping ends a training soon after its step.
    let chunks = if session.stops_at().is_some() { EVALUATE_EVERY } else { 500 };
    for chunk in (0..steps).step_by(chunks as usize) {
        if session.stops_at().is_some_and(|step| session.step_count() >= step) {
            break;
        }
        let nll = session.train(chunks.min(steps - chunk)).map_err(|e| e.to_string())?;
        if !arguments.json {
            let kl = session.history().last().map_or(f64::NAN, |e| e.known_kl());
            let kl = in_words(kl);
            eprintln!("step {:>6}   batch NLL {nll:.4}   held-out KL {kl} nats", session.step_count());
        }
    }
    let steps_per_second = f64::from(session.step_count()) / start.elapsed().as_secs_f64();
    let sample = session.history().last().and_then(|e| e.sample);
    let last = session.evaluate_on(arguments.held_out);
    let coverage = session.coverage();
    let experiment = session.experiment().clone();
    let ordering: Vec<usize> = experiment.model.ordering.iter().map(|v| v + 1).collect();
    if arguments.json {
        let ruler = session.ruler();
        let energy = ruler.energy_distance;
        let report = json!({
            "target": experiment.target.name(),
            "model": experiment.model.family.name(),
            "ordering": ordering,
            "steps": session.step_count(),
            "seed": experiment.seed.0,
            "nll": last.nll,
            "nll_train": sample.map(|s| s.nll_train),
            "nll_validation": sample.map(|s| s.nll_validation),
            "best_step": sample.map(|s| s.best_step),
            "entropy": last.known_entropy(),
            "kl": last.known_kl(),
            "standard_error": last.standard_error,
            "parameters": session.model().parameter_count(),
            "steps_per_second": steps_per_second,
            "variational": last.variational,
            "modes": coverage.target.len(),
            "modes_covered": coverage.covered,
            "thread_mass": session.off_support_mass(),
            "energy_distance": energy.map(|distance| distance.value),
            "energy_distance_error": energy.and_then(|distance| distance.standard_error),
            "energy_distance_null_95": energy.map(|distance| distance.null_95),
            "evaluations_per_sample": ruler.evaluations.evaluations_per_sample,
        });
        println!("{report}");
    } else {
        println!(
            "{} on {}, ordering {ordering:?}: NLL {}, H {:.4}, KL {}, {steps_per_second:.0} steps/s",
            experiment.model.family.row().title,
            experiment.target.name(),
            in_words(last.nll),
            last.known_entropy(),
            with_error(last.known_kl(), last.standard_error)
        );
        if let Some(sample) = sample {
            println!(
                "training points {:.4}, validation points {:.4}, least at step {}",
                sample.nll_train, sample.nll_validation, sample.best_step
            );
        }
    }
    Ok(())
}

fn main() -> std::process::ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            std::process::ExitCode::from(2)
        }
    }
}
