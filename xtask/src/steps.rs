//! The steps from the core's sources to a package: compile, bind, optimise, ask for the manifest.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::packages::{Package, Variant};

const TARGET: &str = "wasm32-unknown-unknown";

/// The core's module as rustc makes it for publication: as small and fast as can be.
pub fn compile(root: &Path, target: &Path, package: &Package, variant: &Variant) -> Result<PathBuf> {
    let arguments = ["rustc", "--lib", "--package", "density-playground", "--target", TARGET, "--release"];
    let flags = format!("-Ctarget-feature={}", variant.target_features);
    compiled(
        cargo(root, target, &arguments)
            .args(["--features", package.cargo_features, "--"])
            .args(package.codegen)
            .env("CARGO_ENCODED_RUSTFLAGS", flags),
    )?;
    Ok(target.join(TARGET).join("release/density_playground.wasm"))
}

/// A module for every browser, which answers the views too, in half a minute: see .cargo/config.toml.
pub fn compile_quickly(root: &Path, target: &Path) -> Result<PathBuf> {
    compiled(&mut cargo(root, target, &["quick-core"]))?;
    Ok(target.join(TARGET).join("quick/density_playground.wasm"))
}

fn cargo(root: &Path, target: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).env("CARGO_TARGET_DIR", target).current_dir(root);
    command
}

fn compiled(command: &mut Command) -> Result<()> {
    let status = command.status().context("cargo could not be started")?;
    ensure!(status.success(), "the core does not compile; is the target there? rustup target add {TARGET}");
    Ok(())
}

/// Bindings, types and the module that belongs to them.
pub fn bind(wasm: &Path, name: &str, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(wasm)
        .out_name(name)
        .web(true)?
        .typescript(true)
        .omit_default_module_path(true)
        .generate(folder)
        .with_context(|| format!("wasm-bindgen failed on {}", wasm.display()))
}

/// Makes a module smaller and faster, in its place.
pub fn optimise(root: &Path, wasm: &Path) -> Result<()> {
    let tool = root.join("node_modules/binaryen/bin/wasm-opt");
    ensure!(tool.exists(), "wasm-opt is missing: run `npm ci` first, it brings the package binaryen");
    let status = Command::new("node")
        .arg(tool)
        .args([
            "-O3",
            "--enable-simd",
            "--enable-relaxed-simd",
            "--enable-bulk-memory",
            "--enable-nontrapping-float-to-int",
        ])
        .args([
            "--enable-sign-ext",
            "--enable-mutable-globals",
            "--enable-reference-types",
            "--enable-multivalue",
            "--strip-producers",
            "--strip-target-features",
        ])
        .arg(wasm)
        .arg("-o")
        .arg(wasm)
        .status()
        .context("node could not be started")?;
    ensure!(status.success(), "wasm-opt failed on {}", wasm.display());
    Ok(())
}

/// What there is, as the package of that name says it in Node: JSON.
pub fn manifest(packages: &Path, name: &str) -> Result<Vec<u8>> {
    let script = format!(
        "import {{ readFileSync }} from 'node:fs';
         import {{ initSync, manifest }} from './{name}.js';
         initSync({{ module: readFileSync('{name}_bg.wasm') }});
         process.stdout.write(JSON.stringify(manifest()));"
    );
    let output = Command::new("node")
        .args(["--input-type=module", "--eval", &script])
        .current_dir(packages)
        .stderr(std::process::Stdio::inherit())
        .output()
        .context("node could not be started")?;
    ensure!(output.status.success(), "the core does not say what there is");
    Ok(output.stdout)
}

/// Copies a file and then gives it its name, so that nobody reads half of it.
pub fn copy(from: &Path, to: &Path) -> Result<PathBuf> {
    let name = to.file_name().context("a file has a name")?.to_string_lossy().into_owned();
    let unfinished = to.with_file_name(format!(".{name}"));
    std::fs::create_dir_all(to.parent().context("a file has a folder")?)?;
    std::fs::copy(from, &unfinished).with_context(|| format!("{} can't be copied", from.display()))?;
    std::fs::rename(&unfinished, to)?;
    Ok(to.to_path_buf())
}

/// Of a file, in bytes.
pub fn size(file: &Path) -> Result<u64> {
    Ok(std::fs::metadata(file)?.len())
}
