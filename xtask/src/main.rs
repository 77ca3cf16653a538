//! `cargo xtask build`: the core as a WebAssembly package in `www/engine/pkg`, in one step.
//!
//! Compiles with 128-bit vectors, makes the JavaScript bindings and TypeScript types with the
//! wasm-bindgen of Cargo.lock, optimises with the wasm-opt of package-lock.json, and writes
//! `manifest.json`, what the page draws its controls from before the core has loaded.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use density_playground::manifest::Manifest;
use wasm_bindgen_cli_support::Bindgen;

const USAGE: &str = "usage: cargo xtask build";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["build"] => build(),
        _ => bail!(USAGE),
    }
}

/// A build of the core: the page takes the second where the browser has its instructions.
struct Variant {
    suffix: &'static str,
    features: &'static str,
}

/// What a build can be asked: training alone, which the page loads first, also all that its views ask, or also training on a GPU.
struct Package {
    name: &'static str,
    cargo_features: &'static str,
    variants: &'static [Variant],
}

const PACKAGES: [Package; 3] = [
    Package { name: "density_playground", cargo_features: "", variants: &[PLAIN, RELAXED] },
    Package { name: "density_playground_views", cargo_features: "views", variants: &[PLAIN, RELAXED] },
    Package { name: "density_playground_gpu", cargo_features: "gpu", variants: &[PLAIN] },
];

const PLAIN: Variant = Variant { suffix: "", features: "+simd128" };
// Fused multiply-add: up to twice the speed of training.
const RELAXED: Variant = Variant { suffix: "_relaxed", features: "+simd128,+relaxed-simd" };

fn build() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask has a parent")?;
    let package = root.join("www/engine/pkg");
    std::fs::create_dir_all(&package)?;
    for (package_of, variant) in PACKAGES.iter().flat_map(|p| p.variants.iter().map(move |v| (p, v))) {
        let name = package_of.name;
        let wasm = compile(root, package_of, variant)?;
        // The bindings of both are the same, names included: each is made in a folder of its own, and one is kept.
        let folder = wasm.with_file_name("bindings");
        Bindgen::new()
            .input_path(&wasm)
            .out_name(name)
            .web(true)?
            .typescript(true)
            .omit_default_module_path(true)
            .generate(&folder)
            .context("wasm-bindgen failed")?;
        let bound = folder.join(format!("{name}_bg.wasm"));
        let before = size(&bound)?;
        optimise(root, &bound)?;
        let kept = package.join(format!("{name}{}_bg.wasm", variant.suffix));
        std::fs::copy(&bound, &kept)?;
        println!("{}: {} bytes, {} before wasm-opt", kept.display(), size(&kept)?, before);
        for ending in [".js", ".d.ts"] {
            std::fs::copy(folder.join(format!("{name}{ending}")), package.join(format!("{name}{ending}")))?;
        }
    }
    std::fs::write(package.join("manifest.json"), serde_json::to_string(&Manifest::new())?)?;
    Ok(())
}

fn compile(root: &Path, package: &Package, variant: &Variant) -> Result<PathBuf> {
    let target = "wasm32-unknown-unknown";
    let folder = std::env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from);
    // A folder for each: cargo would compile everything again whenever the flags change.
    let folder = folder.join(format!("wasm{}", variant.suffix));
    let status = Command::new(env!("CARGO"))
        .args(["build", "--lib", "--package", "density-playground", "--release", "--target", target])
        .args(["--features", package.cargo_features])
        .env("CARGO_TARGET_DIR", &folder)
        .env("CARGO_ENCODED_RUSTFLAGS", format!("-Ctarget-feature={}", variant.features))
        .current_dir(root)
        .status()?;
    ensure!(status.success(), "the core does not compile; is the target there? rustup target add {target}");
    Ok(folder.join(target).join("release/density_playground.wasm"))
}

fn optimise(root: &Path, wasm: &Path) -> Result<()> {
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

fn size(file: &Path) -> Result<u64> {
    Ok(std::fs::metadata(file)?.len())
}
