//! The same training step on a GPU, through wgpu: WebGPU in browsers, Vulkan natively.
//!
//! [`Layout`](layout::Layout) lays out what [`compose::compose`](crate::models::compose::compose) gives, [`codegen`] puts the kernels
//! together from it, [`Runs`] trains: draws of the target, forward, backward and Adam, many steps a submission, with nothing of
//! the host between them. A kernel's launch has an index for the run, so that runs that differ in seed, ordering, learning rate
//! or annealing train together.
//!
//! Same seed, same batches as the processor's; the arithmetic is that of single precision in another order, so that one step's
//! gradient agrees to 1e-3 and the first 200 values to 1 %. `tests/gpu.rs` holds it to that.

mod buffers;
pub mod codegen;
mod device;
pub mod layout;
mod painter;
mod pipelines;
mod queries;
mod runs;
mod sources;

pub use buffers::STEPS;
pub use device::{Adapter, Force, Gpu};
#[cfg(target_arch = "wasm32")]
pub use painter::Canvas;
pub use painter::{Painter, Painting};
pub use runs::{Runs, Work};
pub use sources::{modules, refusal};
