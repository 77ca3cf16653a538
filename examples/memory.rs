//! Peak bytes of activations against depth, with every layer's activations kept and with them recomputed.
//!
//! `cargo run --release --example memory -- --model realnvp`

use clap::Parser;
use density_playground::diagnostics::memory;
use density_playground::math::Batch;
use density_playground::models::Family;
use density_playground::models::ModelSpec;
use density_playground::targets::TargetSpec;
use density_playground::training::Schedule;
use density_playground::training::fill_batch;
use density_playground::{Experiment, Session};

/// Prints peak bytes of activations for 1 to 64 layers, both ways.
#[derive(Parser)]
struct Arguments {
    /// A family that stacks layers.
    #[arg(long, default_value = "maf")]
    model: String,
    /// Points of the batch.
    #[arg(long, default_value_t = 512)]
    batch: usize,
    /// Train each model for that many steps on a target first: how well-conditioned are its inverses then?
    #[arg(long, default_value_t = 0)]
    train: u32,
    /// What to train on.
    #[arg(long, default_value = "two-moons")]
    target: String,
    /// Print one JSON array instead of a table.
    #[arg(long)]
    json: bool,
}

fn main() -> std::process::ExitCode {
    let arguments = Arguments::parse();
    let Some(family) = Family::from_name(&arguments.model).filter(|f| f.row().stacks) else {
        eprintln!("--model is {}; allowed: a family that stacks layers, as maf or realnvp", arguments.model);
        return std::process::ExitCode::from(2);
    };
    let Some(target) = TargetSpec::from_name(&arguments.target) else {
        eprintln!("--target is {}; allowed: a target of the gallery, as two-moons", arguments.target);
        return std::process::ExitCode::from(2);
    };
    let batch = arguments.batch.max(1);
    let mut rows = Vec::new();
    for depth in [1, 2, 4, 8, 16, 32, 64] {
        let model = ModelSpec { family, layers: depth, ..ModelSpec::default() };
        if arguments.train == 0 {
            rows.push(memory::activation_bytes(&model, depth, batch));
            continue;
        }
        let mut experiment = Experiment { model, target: target.clone(), ..Experiment::default() };
        experiment.optimiser.schedule = Schedule::Cosine { steps: arguments.train };
        let measured = Session::new(experiment).map(|mut session| {
            if let Err(error) = session.train(arguments.train) {
                // What is kept is measured all the same.
                eprintln!("{depth} layers: {error}");
            }
            let mut points = Batch::zeros(2, batch);
            fill_batch(&mut points, session.target(), 1, 0);
            memory::measure(session.flow().unwrap(), session.parameters(), depth, &points)
        });
        match measured {
            Ok(row) => rows.push(row),
            Err(error) => {
                eprintln!("{depth} layers: {error}");
                return std::process::ExitCode::from(2);
            }
        }
    }
    if arguments.json {
        println!("{}", serde_json::to_string(&rows).unwrap_or_default());
        return std::process::ExitCode::SUCCESS;
    }
    let held = rows.first().map_or(batch, |row| row.points);
    println!("{} on a batch of {batch} points, {held} at a time\n", family.row().title);
    println!("layers   stored bytes   recomputed bytes   difference of the gradients");
    for row in rows {
        println!("{:6} {:14} {:18} {:>14.1e}", row.depth, row.stored, row.recomputed, row.difference);
    }
    std::process::ExitCode::SUCCESS
}
