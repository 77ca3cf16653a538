//! What is made: which packages, in which variants.

/// What a build can be asked: training alone, which the page loads first, also all that its views ask, or also training on a GPU.
pub struct Package {
    /// Of its files, without endings.
    pub name: &'static str,
    /// Features of the core's crate.
    pub cargo_features: &'static str,
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
    Package { name: "density_playground", cargo_features: "", variants: &[PLAIN, RELAXED] },
    Package { name: VIEWS, cargo_features: "views", variants: &[PLAIN, RELAXED] },
    Package { name: GPU, cargo_features: "gpu,manifest", variants: &[PLAIN] },
];

/// The package that answers the views; what stands for it after a quick build also says what there is.
pub const VIEWS: &str = "density_playground_views";

/// The package that trains on the GPU, and says what there is: the least that waits for its size.
pub const GPU: &str = "density_playground_gpu";

const PLAIN: Variant = Variant { suffix: "", target_features: "+simd128" };
// Fused multiply-add: up to twice the speed of training.
const RELAXED: Variant = Variant { suffix: "_relaxed", target_features: "+simd128,+relaxed-simd" };
