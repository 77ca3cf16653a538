//! Reads a flow in the format of `tests/fixtures` and prints log p of its points, in nats, as one JSON array.
//!
//! `cargo run --release --example log_prob -- tests/fixtures/maf_d2.json`

use clap::Parser;
use density_playground::models::Workspace;
use density_playground::models::fixture::Fixture;

/// Prints log p(x), in nats, of a fixture's points as one JSON array.
#[derive(Parser)]
struct Arguments {
    /// A flow with weights and points.
    fixture: std::path::PathBuf,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Arguments { fixture } = Arguments::parse();
    let text = std::fs::read_to_string(&fixture).map_err(|e| format!("{}: {e}", fixture.display()))?;
    let fixture = Fixture::from_json(&text)?;
    let (flow, parameters) = fixture.flow::<f64>();
    let log_prob = flow.log_prob(&parameters, &fixture.rows(), 1.0, &mut Workspace::default());
    println!("{}", serde_json::to_string(&log_prob)?);
    Ok(())
}
