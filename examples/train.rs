//! Trains one Experiment in the terminal.
//!
//! `cargo run --release --example train -- --target crescent --model made --ordering 2,1`

use std::time::Instant;

use clap::Parser;
use density_playground::experiment::Schedule;
use density_playground::models::{Family, OrderingPolicy};
use density_playground::nn::Activation;
use density_playground::targets::{TargetSpec, gallery};
use density_playground::{Experiment, Session};
use serde_json::json;

/// Trains a density model on a two-dimensional target and reports NLL, entropy and KL in nats.
#[derive(Parser)]
struct Arguments {
    /// An Experiment as JSON; the other flags change it.
    #[arg(long, value_name = "FILE")]
    experiment: Option<std::path::PathBuf>,
    /// crescent, two-moons, eight-gaussians, two-gaussians, gaussian-grid, pinwheel, four-rings,
    /// checkerboard, two-spirals, funnel or heavy-tailed.
    #[arg(long)]
    target: Option<String>,
    /// made, maf, iaf or realnvp.
    #[arg(long)]
    model: Option<String>,
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
    /// relu or tanh.
    #[arg(long)]
    activation: Option<String>,
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
    /// Decides parameters, batches and held-out points.
    #[arg(long)]
    seed: Option<u32>,
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
    fn experiment(&self) -> Result<(Experiment, u32), String> {
        let mut experiment = match &self.experiment {
            None => Experiment::default(),
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
            model.family = Family::from_name(name)
                .ok_or_else(|| format!("--model is {name}; allowed: made, maf, iaf, realnvp"))?;
            model.layers = model.family.row().default_layers;
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
        let optimiser = &mut experiment.optimiser;
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
        optimiser.batch = self.batch.unwrap_or(optimiser.batch);
        optimiser.learning_rate = self.learning_rate.unwrap_or(optimiser.learning_rate);
        optimiser.clip = self.clip.or(optimiser.clip);
        experiment.seed.0 = self.seed.unwrap_or(experiment.seed.0);
        experiment.validate().map_err(|e| e.to_string())?;
        Ok((experiment, steps))
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let (experiment, steps) = arguments.experiment()?;
    if arguments.held_out < 2 {
        return Err(format!("--held-out is {}; allowed: 2 or more", arguments.held_out));
    }
    let mut session = Session::new(experiment).map_err(|e| e.to_string())?;
    let start = Instant::now();
    for chunk in (0..steps).step_by(500) {
        let nll = session.train(500.min(steps - chunk)).map_err(|e| e.to_string())?;
        if !arguments.json {
            let kl = session.history().last().map_or(f64::NAN, |e| e.kl);
            eprintln!("step {:>6}   batch NLL {nll:.4}   held-out KL {kl:.4} nats", session.step_count());
        }
    }
    let steps_per_second = f64::from(steps) / start.elapsed().as_secs_f64();
    let last = session.evaluate_on(arguments.held_out);
    let experiment = session.experiment();
    let ordering: Vec<usize> = experiment.model.ordering.iter().map(|v| v + 1).collect();
    if arguments.json {
        let report = json!({
            "target": experiment.target.name(),
            "model": experiment.model.family.name(),
            "ordering": ordering,
            "steps": steps,
            "seed": experiment.seed.0,
            "nll": last.nll,
            "entropy": last.entropy,
            "kl": last.kl,
            "standard_error": last.standard_error,
            "parameters": session.flow().parameter_count(),
            "steps_per_second": steps_per_second,
        });
        println!("{report}");
    } else {
        println!(
            "{} on {}, ordering {ordering:?}: NLL {:.4}, H {:.4}, KL {:.4} +- {:.4} nats, {steps_per_second:.0} steps/s",
            experiment.model.family.row().title,
            experiment.target.name(),
            last.nll,
            last.entropy,
            last.kl,
            last.standard_error
        );
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
