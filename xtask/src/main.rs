//! `cargo xtask build`: the core as WebAssembly packages in `www/engine/pkg`, in one step. What is there and fits the sources stays.
//!
//! Compiles with 128-bit vectors, makes the JavaScript bindings and TypeScript types with the wasm-bindgen of Cargo.lock, optimises with
//! the wasm-opt of package-lock.json, and writes `manifest.json`, what the page draws its controls from before the core has loaded.
//!
//! `--quick` compiles once, without optimising across crates, and lets that stand for every build but the GPU's: the page works a
//! minute sooner. A build without it replaces them.

mod packages;
mod stamps;
mod steps;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result, bail};

use packages::{GPU, PACKAGES, Package, VIEWS, Variant};
use stamps::{Finish, Stamps};
use steps::{bind, compile, compile_quickly, copy, manifest, optimise, size};

/// What the page draws its controls from.
const MANIFEST: &str = "manifest.json";

const USAGE: &str = "usage: cargo xtask build [--quick]";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["build"] => Build::begin()?.whole(),
        ["build", "--quick"] => Build::begin()?.quick(),
        _ => bail!(USAGE),
    }
}

/// What all steps of a build have in common.
struct Build {
    /// The repository.
    root: PathBuf,
    /// Where the packages go.
    packages: PathBuf,
    /// Where cargo puts what it compiles, and where the packages are made before they go where the page looks for them.
    target: PathBuf,
    /// Which files of the packages fit the sources.
    stamps: Stamps,
}

impl Build {
    /// Waits until no other build writes to the same folder.
    fn begin() -> Result<Self> {
        let root =
            Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask has a parent")?.to_path_buf();
        let packages = root.join("www/engine/pkg");
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from).join("wasm");
        std::fs::create_dir_all(&target)?;
        let stamps = Stamps::lock(&root, &packages)?;
        Ok(Self { root, packages, target, stamps })
    }

    /// Every package that is not there in its final form. While one is optimised, another compiles.
    fn whole(&self) -> Result<()> {
        let missing: Vec<&Package> = PACKAGES.iter().filter(|package| !self.is_whole(package)).collect();
        let next = Mutex::new(missing.into_iter());
        // Two cargos would only wait for each other.
        let compiling = Mutex::new(());
        let lane = || -> Result<()> {
            loop {
                let Some(package) = next.lock().expect("no lane panics").next() else { return Ok(()) };
                for variant in package.variants {
                    self.make(package, variant, &compiling)?;
                }
                self.install(package)?;
            }
        };
        std::thread::scope(|scope| {
            let other = scope.spawn(lane);
            let own = lane();
            own.and(other.join().expect("no lane panics"))
        })?;
        self.write_manifest(GPU)
    }

    /// One variant of a package, in the folder of that variant.
    fn make(&self, package: &Package, variant: &Variant, compiling: &Mutex<()>) -> Result<()> {
        let folder = self.made(package, variant);
        let compiled = {
            let _one = compiling.lock().expect("no lane panics");
            let wasm = compile(&self.root, &self.target, package, variant)?;
            // The next one to compile has the same name.
            copy(&wasm, &folder.join("compiled.wasm"))?
        };
        bind(&compiled, package.name, &folder)?;
        let bound = folder.join(format!("{}_bg.wasm", package.name));
        let before = size(&bound)?;
        optimise(&self.root, &bound)?;
        println!("{}: {} bytes, {before} before wasm-opt", package.wasm(variant), size(&bound)?);
        Ok(())
    }

    /// Puts a package where the page looks for it.
    fn install(&self, package: &Package) -> Result<()> {
        for variant in package.variants {
            let folder = self.made(package, variant);
            let wasm = package.wasm(variant);
            self.stamps.clear(&wasm)?;
            for ending in [".js", ".d.ts"] {
                let name = format!("{}{ending}", package.name);
                // The bindings of all variants are the same.
                copy(&folder.join(&name), &self.packages.join(&name))?;
            }
            copy(&folder.join(format!("{}_bg.wasm", package.name)), &self.packages.join(&wasm))?;
        }
        // Only now do bindings and modules belong together.
        package.variants.iter().try_for_each(|variant| self.stamps.set(&package.wasm(variant), Finish::Whole))
    }

    /// One compilation for all packages but the GPU's, where one of them does not fit the sources.
    fn quick(&self) -> Result<()> {
        let stand_in_for = || PACKAGES.iter().filter(|package| package.name != GPU);
        let fits = |package: &Package| {
            package.variants.iter().all(|variant| self.stamps.fits(&package.wasm(variant)))
        };
        if !self.packages.join(MANIFEST).exists() || !stand_in_for().all(fits) {
            let folder = self.target.join("packages/quick");
            let compiled = compile_quickly(&self.root, &self.target)?;
            let name = VIEWS;
            bind(&compiled, name, &folder)?;
            for package in stand_in_for() {
                for ending in [".js", ".d.ts"] {
                    copy(
                        &folder.join(format!("{name}{ending}")),
                        &self.packages.join(format!("{}{ending}", package.name)),
                    )?;
                }
                for variant in package.variants {
                    let wasm = package.wasm(variant);
                    copy(&folder.join(format!("{name}_bg.wasm")), &self.packages.join(&wasm))?;
                    self.stamps.set(&wasm, Finish::Quick)?;
                }
            }
            self.write_manifest(VIEWS)?;
        }
        self.stand_in_for_gpu()
    }

    /// A module that trains nothing, so that the page can be bundled; www/engine/gpu.ts says in words what it means.
    fn stand_in_for_gpu(&self) -> Result<()> {
        let module = format!("{GPU}_bg.wasm");
        if self.stamps.fits(&module) {
            return Ok(());
        }
        std::fs::write(self.packages.join(format!("{GPU}.js")), "export default null;\n")?;
        std::fs::write(self.packages.join(&module), [])?;
        self.stamps.set(&module, Finish::Quick)
    }

    fn is_whole(&self, package: &Package) -> bool {
        package.variants.iter().all(|variant| self.stamps.is(&package.wasm(variant), Finish::Whole))
            && [".js", ".d.ts"]
                .iter()
                .all(|ending| self.packages.join(format!("{}{ending}", package.name)).exists())
    }

    fn made(&self, package: &Package, variant: &Variant) -> PathBuf {
        self.target.join(format!("packages/{}{}", package.name, variant.suffix))
    }

    /// From the answer of the package of that name.
    fn write_manifest(&self, name: &str) -> Result<()> {
        let file = self.packages.join(MANIFEST);
        let json = manifest(&self.packages, name)?;
        // A file that stays as it is wakes nobody who watches it.
        if std::fs::read(&file).is_ok_and(|old| old == json) {
            return Ok(());
        }
        Ok(std::fs::write(file, json)?)
    }
}
