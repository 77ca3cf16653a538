//! What is made: which packages, in which variants.

/// What a build can be asked: training alone, which the page loads first, also all that its views ask, or also training on a GPU.
pub struct Package {
    /// Of its files, without endings.
    pub name: &'static str,
    /// Features of the core's crate.
    pub cargo_features: &'static str,
    /// More for rustc: what the package gives up of what a compiler does for speed.
    pub codegen: &'static [&'static str],
    /// The page takes the last where the browser has its instructions.
    pub variants: &'static [Variant],
}

/// A build for browsers with certain instructions.
pub struct Variant {
    /// Behind the package's name.
    pub suffix: &'static str,
    /// rustc's `target-feature`.
    pub target_features: &'static str,
}

impl Package {
    /// The name of a variant's module.
    pub fn wasm(&self, variant: &Variant) -> String {
        format!("{}{}_bg.wasm", self.name, variant.suffix)
    }
}

/// All of them.
pub const PACKAGES: [Package; 3] = [
    Package { name: "density_playground", cargo_features: "", codegen: &[], variants: &[PLAIN, RELAXED] },
    Package { name: VIEWS, cargo_features: "views", codegen: SMALL, variants: &[PLAIN, RELAXED] },
    Package { name: GPU, cargo_features: "gpu,manifest", codegen: &[], variants: &[PLAIN] },
];

/// Less is inlined and unrolled than at -O3, which is told to inline what is small for it and much for a download: 11 KB gzipped less, and
/// no training, field or sample was seen to take longer. What has to be inlined to be fast says so (`#[inline(always)]`).
const SMALL: &[&str] = &["-Cllvm-args=-inline-threshold=75", "-Cllvm-args=-unroll-threshold=150"];

/// The package that answers the views; what stands for it after a quick build also says what there is.
pub const VIEWS: &str = "density_playground_views";

/// The package that trains on the GPU, and says what there is: the least that waits for its size.
pub const GPU: &str = "density_playground_gpu";

const PLAIN: Variant = Variant { suffix: "", target_features: "+simd128" };
// Fused multiply-add: up to twice the speed of training.
const RELAXED: Variant = Variant { suffix: "_relaxed", target_features: "+simd128,+relaxed-simd" };
