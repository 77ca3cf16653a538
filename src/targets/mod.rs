//! Densities to learn, each with a sampler, a log density and its entropy. A new target is a file
//! with a [`PlaneTarget`], a variant of [`TargetSpec`] and a row of [`gallery`].

mod checkerboard;
pub mod columns;
mod crescent;
mod curves;
mod drawn;
mod funnel;
mod heavy_tailed;
mod mixture;
mod pinwheel;
mod rings;
pub mod rows;
#[cfg(feature = "gpu")]
pub mod shader;
pub mod shares;
pub mod smoothed;
pub mod spec;
pub mod table;
#[cfg(not(target_arch = "wasm32"))]
mod table_reader;
mod table_target;
pub mod tables;
pub mod target;
pub mod transform;

pub use columns::Columns;
pub use drawn::{Drawing, SIDE as DRAWING_SIDE, WINDOW as DRAWING_WINDOW};
pub use rows::Rows;
pub use shares::Shares;
pub use spec::{GalleryRow, TargetSpec, gallery};
pub use target::{PlaneTarget, Target, on_plane};
pub use transform::Transform;
