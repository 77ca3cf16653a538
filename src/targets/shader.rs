//! A target as the GPU draws it.

/// WGSL with `target_draw(random) -> vec2<f32>`, the same draws as [`PlaneTarget::sample`](super::PlaneTarget::sample) to single precision,
/// and where the target has a score `target_log_density(x)`, (log p, its gradient); and the table that both may read.
#[derive(Clone, Debug)]
pub struct Shader {
    /// The functions.
    pub source: String,
    /// Vectors of four numbers.
    pub table: Vec<[f32; 4]>,
}

impl Shader {
    /// Functions that need no table.
    pub fn new(source: &str) -> Self {
        Self { source: source.into(), table: Vec::new() }
    }
}
