//! `cargo xtask build`: the core as a WebAssembly package in `www/engine/pkg`, in one step.
//!
//! Compiles with 128-bit vectors, makes the JavaScript bindings and TypeScript types with the
//! wasm-bindgen of Cargo.lock, optimises with the wasm-opt of package-lock.json, and writes
//! `contents.json`, what the page draws its controls from before the core has loaded.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use density_playground::contents::Contents;
use wasm_bindgen_cli_support::Bindgen;

const USAGE: &str = "usage: cargo xtask build";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["build"] => build(),
        _ => bail!(USAGE),
    }
}

fn build() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask has a parent")?;
    let package = root.join("www/engine/pkg");
    let wasm = compile(root)?;
    std::fs::create_dir_all(&package)?;
    Bindgen::new()
        .input_path(&wasm)
        .web(true)?
        .typescript(true)
        .omit_default_module_path(false)
        .generate(&package)
        .context("wasm-bindgen failed")?;
    let bound = package.join("density_playground_bg.wasm");
    let before = size(&bound)?;
    optimise(root, &bound)?;
    std::fs::write(package.join("contents.json"), serde_json::to_string(&Contents::new())?)?;
    println!("{}: {} bytes, {} before wasm-opt", bound.display(), size(&bound)?, before);
    Ok(())
}

fn compile(root: &Path) -> Result<PathBuf> {
    let target = "wasm32-unknown-unknown";
    let status = Command::new(env!("CARGO"))
        .args(["build", "--lib", "--package", "density-playground", "--release", "--target", target])
        .current_dir(root)
        .status()?;
    ensure!(status.success(), "the core does not compile; is the target there? rustup target add {target}");
    let folder = std::env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from);
    Ok(folder.join(target).join("release/density_playground.wasm"))
}

fn optimise(root: &Path, wasm: &Path) -> Result<()> {
    let tool = root.join("node_modules/binaryen/bin/wasm-opt");
    ensure!(tool.exists(), "wasm-opt is missing: run `npm ci` first, it brings the package binaryen");
    let status = Command::new("node")
        .arg(tool)
        .args(["-O3", "--enable-simd", "--enable-bulk-memory", "--enable-nontrapping-float-to-int"])
        .args([
            "--enable-sign-ext",
            "--enable-mutable-globals",
            "--enable-reference-types",
            "--enable-multivalue",
        ])
        .arg(wasm)
        .arg("-o")
        .arg(wasm)
        .status()
        .context("node could not be started")?;
    ensure!(status.success(), "wasm-opt failed on {}", wasm.display());
    Ok(())
}

fn size(file: &Path) -> Result<u64> {
    Ok(std::fs::metadata(file)?.len())
}
