//! How fast the core trains natively, and how its cost grows.
//!
//! `cargo run --release --example bench -- --workload W1 --json` prints one object with `steps_per_second`;
//! `cargo run --release --example bench -- --scale` a table of the cost against batch, width, depth and D.
//! `cargo run --release --features gpu --example bench -- --backend gpu --runs 64 --json` trains 64 runs together on a GPU.

use std::time::Instant;

use clap::{Parser, ValueEnum};
use density_playground::experiment::Seed;
use density_playground::math::{Batch, Philox, Stream};
use density_playground::models::ModelSpec;
use density_playground::models::{Activations, Family, Workspace, compose};
use density_playground::targets::TargetSpec;
use density_playground::{Experiment, Session};
use serde_json::json;

/// Measures training: Adam, ReLU, fresh batches of two moons.
#[derive(Parser)]
struct Arguments {
    /// What computes; `gpu` with the feature of that name.
    #[arg(long, value_enum, default_value_t = Backend::Cpu)]
    backend: Backend,
    /// What is trained.
    #[arg(long, value_enum, default_value_t = Workload::W1)]
    workload: Workload,
    /// Points of a batch.
    #[arg(long, default_value_t = 512)]
    batch: usize,
    /// Runs that train together, differing in their seed.
    #[arg(long, default_value_t = 1)]
    runs: usize,
    /// Seconds of each of five measurements, of which the median counts.
    #[arg(long, default_value_t = 1.0)]
    seconds: f64,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    /// Print how the cost of MAF's gradient grows instead.
    #[arg(long)]
    scale: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Backend {
    Cpu,
    Gpu,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "UPPER")]
enum Workload {
    /// MAF, 5 layers of 64x64.
    W1,
    /// RealNVP, 8 layers of 64x64.
    W2,
    /// Gaussian MADE, 64x64.
    W3,
}

impl Workload {
    fn model(self) -> ModelSpec {
        let (family, layers) = match self {
            Self::W1 => (Family::Maf, 5),
            Self::W2 => (Family::RealNvp, 8),
            Self::W3 => (Family::Made, 1),
        };
        ModelSpec { family, layers, hidden: vec![64, 64], ..ModelSpec::default() }
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn experiments(arguments: &Arguments) -> Vec<Experiment> {
    let mut experiment = Experiment { target: TargetSpec::TwoMoons, ..Experiment::default() };
    experiment.model = arguments.workload.model();
    experiment.optimiser.batch = arguments.batch;
    (0..arguments.runs as u32).map(|i| Experiment { seed: Seed(1 + i), ..experiment.clone() }).collect()
}

/// What a measurement says: steps that all runs take in a second.
struct Speed {
    steps: f64,
    /// What only a GPU has.
    device: Option<serde_json::Value>,
}

fn on_processor(arguments: &Arguments) -> Speed {
    let mut sessions: Vec<Session> =
        experiments(arguments).into_iter().map(|e| Session::new(e).expect("a workload is valid")).collect();
    let mut train = |steps| {
        for session in &mut sessions {
            session.train(steps).expect("two moons train");
        }
    };
    train(20);
    let measure = |_| {
        let (begin, mut steps) = (Instant::now(), 0);
        while begin.elapsed().as_secs_f64() < arguments.seconds {
            train(10);
            steps += 10;
        }
        f64::from(steps) / begin.elapsed().as_secs_f64()
    };
    Speed { steps: median((0..5).map(measure).collect()), device: None }
}

#[cfg(not(feature = "gpu"))]
fn on_gpu(_arguments: &Arguments) -> Result<Speed, String> {
    Err("This was built without the GPU: run it with --features gpu.".into())
}

/// Submissions of 64 steps, each waited for only when the next one is on its way.
#[cfg(feature = "gpu")]
fn on_gpu(arguments: &Arguments) -> Result<Speed, String> {
    use density_playground::backend::Backend as _;
    use density_playground::gpu::{Force, Gpu, Runs, STEPS};
    let measured = async {
        let gpu = Gpu::request(Force::Nothing).await?;
        let mut runs = Runs::new(&gpu, experiments(arguments)).await?;
        runs.train(4)?;
        runs.wait().await?;
        // As many steps at once as a tenth of a measurement has time for.
        let begin = Instant::now();
        runs.train(2)?;
        runs.wait().await?;
        let step = begin.elapsed().as_secs_f64() / 2.0;
        let count = ((0.1 * arguments.seconds / step) as u32).clamp(1, STEPS);
        let mut speeds = Vec::new();
        let mut submissions = Vec::new();
        for _ in 0..5 {
            let (begin, mut steps) = (Instant::now(), 0);
            while begin.elapsed().as_secs_f64() < arguments.seconds {
                let one = Instant::now();
                runs.train(count)?;
                runs.wait().await?;
                submissions.push(one.elapsed().as_secs_f64());
                steps += count;
            }
            speeds.push(f64::from(steps) / begin.elapsed().as_secs_f64());
        }
        let work = runs.work();
        let steps = median(speeds);
        let device = json!({
            "device": gpu.adapter().name,
            "software": gpu.adapter().software,
            "dispatches_per_step": work.dispatches,
            "workgroups": work.workgroups,
            "megaflop_per_step": 1e-6 * work.operations,
            "megabytes_per_step": 1e-6 * work.bytes,
            "operations_per_byte": work.operations / work.bytes,
            "gflops": 1e-9 * work.operations * steps,
            "steps_per_submission": count,
            "milliseconds_per_submission": 1e3 * median(submissions),
        });
        Ok(Speed { steps, device: Some(device) })
    };
    pollster::block_on(measured).map_err(|e: density_playground::Error| e.to_string())
}

/// Milliseconds of one gradient of MAF's NLL.
fn gradient_cost(dim: usize, depth: usize, width: usize, batch: usize) -> f64 {
    let spec = ModelSpec {
        family: Family::Maf,
        ordering: (0..dim).collect(),
        layers: depth,
        hidden: vec![width, width],
        ..ModelSpec::default()
    };
    let flow = compose::build::<f32>(&spec, None, 1);
    let parameters = flow.initial_parameters(1);
    let mut gradient = vec![0.0; parameters.len()];
    let mut workspace = Workspace::default();
    let mut random = Philox::new(1, Stream::BaseDraw { row: 0 });
    let rows: Vec<f32> = (0..batch * dim).map(|_| random.normal()).collect();
    let points = Batch::from_rows(&rows, dim);
    let mut run =
        || flow.nll_gradient(&parameters, &points, Activations::Stored, &mut gradient, &mut workspace);
    run();
    let measure = |_| {
        let (begin, mut count) = (Instant::now(), 0);
        while begin.elapsed().as_secs_f64() < 0.1 {
            run();
            count += 1;
        }
        1e3 * begin.elapsed().as_secs_f64() / f64::from(count)
    };
    median((0..5).map(measure).collect())
}

/// One line of the table for each axis: costs, and the slope of ln cost over ln size between the last two.
fn print_scale() {
    let (dim, depth, width, batch) = (2, 5, 64, 512);
    println!("| axis | sizes | ms | growth exponent at the end | expected |");
    println!("| --- | --- | --- | --- | --- |");
    let line = |axis: &str, sizes: &[usize], expected: &str, cost: &dyn Fn(usize) -> f64| {
        let costs: Vec<f64> = sizes.iter().map(|&size| cost(size)).collect();
        let last = sizes.len() - 1;
        let ratio = (sizes[last] as f64 / sizes[last - 1] as f64).ln();
        let exponent = (costs[last] / costs[last - 1]).ln() / ratio;
        let shown: Vec<String> = costs.iter().map(|c| format!("{c:.3}")).collect();
        println!("| {axis} | {sizes:?} | {} | {exponent:.2} | {expected} |", shown.join(", "));
    };
    line("batch", &[32, 128, 512, 2048, 8192], "1", &|n| gradient_cost(dim, depth, width, n));
    line("width", &[16, 32, 64, 128, 256], "2", &|n| gradient_cost(dim, depth, n, batch));
    line("depth", &[1, 4, 16, 64], "1", &|n| gradient_cost(dim, n, width, batch));
    line("D", &[2, 4, 8, 16, 32, 64], "below 1: the hidden layers stay", &|n| {
        gradient_cost(n, depth, width, batch)
    });
}

fn main() {
    let arguments = Arguments::parse();
    if arguments.scale {
        return print_scale();
    }
    let speed = match arguments.backend {
        Backend::Cpu => on_processor(&arguments),
        Backend::Gpu => on_gpu(&arguments).unwrap_or_else(|sentence| {
            eprintln!("{sentence}");
            std::process::exit(1)
        }),
    };
    let run_steps = speed.steps * arguments.runs as f64;
    if arguments.json {
        let mut report = json!({
            "backend": format!("{:?}", arguments.backend).to_lowercase(),
            "workload": format!("{:?}", arguments.workload),
            "batch": arguments.batch,
            "runs": arguments.runs,
            "steps_per_second": speed.steps,
            "run_steps_per_second": run_steps,
        });
        if let (Some(device), Some(all)) = (speed.device, report.as_object_mut()) {
            all.extend(device.as_object().cloned().unwrap_or_default());
        }
        println!("{report}");
    } else {
        let Arguments { workload, batch, runs, .. } = arguments;
        println!(
            "{workload:?}, batch {batch}, {runs} runs: {:.0} steps/s, {run_steps:.0} run-steps/s",
            speed.steps
        );
    }
}
