//! Which of the built modules fit the sources: a stamp beside the packages for each, with a hash of everything that it was made of.
//! cargo itself can't tell, since the variants of a package overwrite each other in its folder.

use std::collections::hash_map::DefaultHasher;
use std::fs::{File, TryLockError};
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// Files and folders of the repository that a module is made of.
const INPUTS: [&str; 7] = [
    "src",
    "xtask",
    "Cargo.toml",
    "Cargo.lock",
    ".cargo/config.toml",
    "rust-toolchain.toml",
    // wasm-opt: its version.
    "node_modules/binaryen/package.json",
];

/// How a module was made.
#[derive(Clone, Copy)]
pub enum Finish {
    /// By `--quick`.
    Quick,
    /// As it is published.
    Whole,
}

/// The stamps of one folder of packages; nobody else changes them meanwhile.
pub struct Stamps {
    folder: PathBuf,
    packages: PathBuf,
    inputs: String,
    _lock: File,
}

impl Stamps {
    /// Waits for other builds, then looks at the sources.
    pub fn lock(root: &Path, packages: &Path) -> Result<Self> {
        let folder = packages.join(".stamps");
        std::fs::create_dir_all(&folder)?;
        let lock = File::create(folder.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                println!("Another build of the core is under way: waiting for it.");
                lock.lock()?;
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        Ok(Self { inputs: hash_of_inputs(root)?, folder, packages: packages.to_path_buf(), _lock: lock })
    }

    /// Whether a module was made of these sources, whether quickly or not.
    pub fn fits(&self, wasm: &str) -> bool {
        self.is(wasm, Finish::Quick) || self.is(wasm, Finish::Whole)
    }

    /// Whether it was made of these sources in that way.
    pub fn is(&self, wasm: &str, finish: Finish) -> bool {
        self.packages.join(wasm).exists()
            && std::fs::read_to_string(self.folder.join(wasm)).is_ok_and(|stamp| stamp == self.stamp(finish))
    }

    /// Says that it was.
    pub fn set(&self, wasm: &str, finish: Finish) -> Result<()> {
        Ok(std::fs::write(self.folder.join(wasm), self.stamp(finish))?)
    }

    /// Says that it is about to be replaced.
    pub fn clear(&self, wasm: &str) -> Result<()> {
        Ok(std::fs::write(self.folder.join(wasm), "")?)
    }

    fn stamp(&self, finish: Finish) -> String {
        match finish {
            Finish::Quick => format!("quick {}", self.inputs),
            Finish::Whole => format!("whole {}", self.inputs),
        }
    }
}

/// Of every file's path and content, and of the compiler. A newer Rust may hash in another way: then all is made again, as it must be.
fn hash_of_inputs(root: &Path) -> Result<String> {
    let mut files = Vec::new();
    for input in INPUTS {
        collect(&root.join(input), &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.strip_prefix(root)?.hash(&mut hasher);
        std::fs::read(&file).with_context(|| format!("{} can't be read", file.display()))?.hash(&mut hasher);
    }
    let version = Command::new(std::env::var_os("RUSTC").unwrap_or("rustc".into())).arg("-vV").output()?;
    ensure!(version.status.success(), "rustc does not say its version");
    version.stdout.hash(&mut hasher);
    Ok(format!("{:016x}", hasher.finish()))
}

/// A file, or all files under a folder; nothing where there is neither.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else if path.exists() {
        files.push(path.to_path_buf());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A repository of one file, with one module made of it.
    fn repository(name: &str) -> (PathBuf, PathBuf) {
        let root = std::env::temp_dir().join(format!("density-stamps-{name}-{}", std::process::id()));
        let packages = root.join("www/engine/pkg");
        std::fs::create_dir_all(root.join("src")).unwrap();
        std::fs::create_dir_all(&packages).unwrap();
        std::fs::write(root.join("src/lib.rs"), "one").unwrap();
        std::fs::write(packages.join("a.wasm"), "").unwrap();
        (root, packages)
    }

    #[test]
    fn a_module_fits_until_a_source_changes() {
        let (root, packages) = repository("source");
        let made = Stamps::lock(&root, &packages).unwrap();
        assert!(!made.fits("a.wasm"));
        made.set("a.wasm", Finish::Whole).unwrap();
        drop(made);
        assert!(Stamps::lock(&root, &packages).unwrap().is("a.wasm", Finish::Whole));
        std::fs::write(root.join("src/lib.rs"), "two").unwrap();
        assert!(!Stamps::lock(&root, &packages).unwrap().fits("a.wasm"));
        std::fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_quick_module_fits_but_is_not_whole_and_a_lost_one_does_not_fit() {
        let (root, packages) = repository("quick");
        let stamps = Stamps::lock(&root, &packages).unwrap();
        stamps.set("a.wasm", Finish::Quick).unwrap();
        assert!(stamps.fits("a.wasm") && !stamps.is("a.wasm", Finish::Whole));
        std::fs::remove_file(packages.join("a.wasm")).unwrap();
        assert!(!stamps.fits("a.wasm"));
        std::fs::remove_dir_all(root).unwrap();
    }
}
