//! Prints the kernels that a GPU would be given for an Experiment.
//!
//! ```sh
//! cargo run --features gpu --example wgsl -- --experiment my.json
//! cargo run --features gpu --example wgsl -- --module adam
//! ```

use std::process::ExitCode;

use clap::Parser;
use density_playground::{Experiment, gpu};

/// The kernels of an Experiment.
#[derive(Parser)]
struct Arguments {
    /// An Experiment in JSON; without it the default.
    #[arg(long)]
    experiment: Option<std::path::PathBuf>,
    /// One module alone: train, adam, evaluate or painter.
    #[arg(long)]
    module: Option<String>,
}

fn main() -> ExitCode {
    match print(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn print(arguments: &Arguments) -> Result<(), String> {
    let experiment = match &arguments.experiment {
        Some(file) => {
            let text =
                std::fs::read_to_string(file).map_err(|e| format!("--experiment {}: {e}", file.display()))?;
            Experiment::from_json(&text).map_err(|e| e.to_string())?
        }
        None => Experiment::default(),
    };
    let modules = gpu::modules(&experiment).map_err(|e| e.to_string())?;
    let wanted = |name: &str| arguments.module.as_deref().is_none_or(|one| one == name);
    if !modules.iter().any(|(name, _)| wanted(name)) {
        let names: Vec<&str> = modules.iter().map(|(name, _)| *name).collect();
        return Err(format!("There is no such module; allowed: {}.", names.join(", ")));
    }
    for (name, text) in modules.iter().filter(|(name, _)| wanted(name)) {
        println!("// ---- {name}\n\n{text}");
    }
    Ok(())
}
