//! The same training step on a GPU, through wgpu: WebGPU in browsers, Vulkan natively.
//!
//! [`Plan`](plan::Plan) lays out what [`catalogue::compose`](crate::models::catalogue::compose) gives, [`source`] puts the kernels
//! together from it, [`Runs`] trains: draws of the target, forward, backward and Adam, many steps a submission, with nothing of
//! the host between them. A kernel's launch has an index for the run, so that runs that differ in seed, ordering, learning rate
//! or annealing train together.
//!
//! Same seed, same batches as the processor's; the arithmetic is that of single precision in another order, so that one step's
//! gradient agrees to 1e-3 and the first 200 values to 1 %. `tests/gpu.rs` holds it to that.

mod device;
mod easel;
mod kernels;
mod memory;
pub mod plan;
mod questions;
mod runs;
pub mod source;

pub use device::{Adapter, Force, Gpu};
#[cfg(target_arch = "wasm32")]
pub use easel::Canvas;
pub use easel::{Easel, Painting};
pub use runs::{Runs, STEPS, Work, refusal};
