//! Peak bytes of activations against depth, with every layer's activations kept and with them recomputed.
//!
//! `cargo run --release --example memory -- --model realnvp`

use clap::Parser;
use density_playground::diagnostics::memory::activation_bytes;
use density_playground::experiment::ModelSpec;
use density_playground::models::Family;

/// Prints peak bytes of activations for 1 to 64 layers, both ways.
#[derive(Parser)]
struct Arguments {
    /// A family that stacks layers.
    #[arg(long, default_value = "maf")]
    model: String,
    /// Points of the batch.
    #[arg(long, default_value_t = 512)]
    batch: usize,
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
    let spec = ModelSpec { family, ..ModelSpec::default() };
    let rows: Vec<_> =
        [1, 2, 4, 8, 16, 32, 64].map(|depth| activation_bytes(&spec, depth, arguments.batch.max(1))).into();
    if arguments.json {
        println!("{}", serde_json::to_string(&rows).unwrap_or_default());
        return std::process::ExitCode::SUCCESS;
    }
    println!("{} on a batch of {} points\n", family.row().title, arguments.batch);
    println!("layers   stored bytes   recomputed bytes   difference of the gradients");
    for row in rows {
        println!("{:6} {:14} {:18} {:>14.1e}", row.depth, row.stored, row.recomputed, row.difference);
    }
    std::process::ExitCode::SUCCESS
}
