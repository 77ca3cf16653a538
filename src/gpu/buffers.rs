//! What lies in the GPU's memory, how large it may be, and the numbers that go there and back.

use bytemuck::{Pod, Zeroable, cast_slice};

use super::codegen::{self, RING, UPDATERS};
use super::device::{Force, Gpu, error};
use super::layout::{Layout, POINTS, Placed};
use crate::error::Error;
use crate::experiment::Experiment;
use crate::targets::shader::Shader;
use crate::training::Objective;

/// Steps of one submission at most.
pub const STEPS: u32 = 64;

/// Bytes between the settings of two steps: WebGPU's least alignment.
pub const STRIDE: u64 = 256;
/// Bytes that gradients and tapes of all workgroups may have, each: WebGPU allows 128 MiB in one binding.
pub const MAX_SCRATCH_BYTES: u64 = 96 << 20;
/// Bytes that any buffer may have.
pub const MAX_BUFFER_BYTES: u64 = 128 << 20;
/// Workgroups that fill a large device.
pub const WORKGROUPS: u64 = 1024;

/// Bytes of a [`Step`].
pub const STEP: u64 = size_of::<Step>() as u64;

/// `struct Step` of `tile.wgsl`.
#[derive(Clone, Copy, Default, Pod, Zeroable)]
#[repr(C)]
pub struct Step {
    pub step: u32,
    pub clock: u32,
    pub batch: u32,
    pub tiles: u32,
    pub slots: u32,
    pub schedule: f32,
    pub correction: f32,
    pub root_correction: f32,
    pub clip: f32,
    pub temperature: f32,
    pub resolution: u32,
    pub stride: u32,
    pub parameters: u32,
    pub averages: u32,
    pub decay: f32,
    pub unused: u32,
    pub window: [f32; 4],
}

/// `struct Run` of `tile.wgsl`.
#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C)]
struct Run {
    seed: u32,
    rate: f32,
    annealed_from: f32,
    annealed_steps: f32,
}

impl From<&Experiment> for Run {
    fn from(experiment: &Experiment) -> Self {
        let annealing = match experiment.objective {
            Objective::ReverseKl { annealing, .. } => annealing,
            Objective::ForwardKl => None,
        };
        let (from, steps) = annealing.map_or((1.0, 1), |a| (a.from, a.steps));
        Self {
            seed: experiment.seed.0,
            rate: experiment.optimiser.learning_rate as f32,
            annealed_from: from as f32,
            annealed_steps: steps as f32,
        }
    }
}

/// Numbers of bytes that came back, whatever their alignment.
pub fn numbers_of(bytes: &[u8]) -> Vec<f32> {
    bytemuck::pod_collect_to_vec(bytes)
}

/// All that a set of runs has on the GPU.
pub struct Buffers {
    pub steps: wgpu::Buffer,
    pub program: wgpu::Buffer,
    pub indices: wgpu::Buffer,
    pub runs: wgpu::Buffer,
    pub table: wgpu::Buffer,
    pub parameters: wgpu::Buffer,
    pub scratch: wgpu::Buffer,
    pub gradients: wgpu::Buffer,
    pub values: wgpu::Buffer,
    pub trained: wgpu::Buffer,
    pub moments: wgpu::Buffer,
    pub squares: wgpu::Buffer,
    pub history: wgpu::Buffer,
}

impl Drop for Buffers {
    /// Gives the memory back at once: a browser would keep it until it collects garbage.
    fn drop(&mut self) {
        let b = self;
        let own =
            [&b.steps, &b.program, &b.indices, &b.runs, &b.table, &b.parameters, &b.scratch, &b.gradients];
        let more = [&b.values, &b.trained, &b.moments, &b.squares, &b.history];
        own.into_iter().chain(more).for_each(wgpu::Buffer::destroy);
    }
}

/// Workgroups of each run: enough to fill a device, as many as tiles at most, as their gradients and tapes have room for.
pub fn slots(layout: &Layout, experiment: &Experiment, runs: usize) -> Result<u32, Error> {
    let scratch = codegen::scratch_of(layout, experiment.objective);
    let each = 16 * u64::from(scratch.max(layout.vectors)) * runs as u64;
    if each > MAX_BUFFER_BYTES
        || 3 * 16 * u64::from(layout.vectors) * runs as u64 > MAX_BUFFER_BYTES
        || runs > 65_535
    {
        return Err(error("a model of this size does not fit into its buffers"));
    }
    let tiles = (experiment.optimiser.batch as u64).div_ceil(u64::from(POINTS));
    Ok((MAX_SCRATCH_BYTES / each).min(WORKGROUPS.div_ceil(runs as u64)).clamp(1, tiles) as u32)
}

/// A buffer of a use, of 16 bytes at least.
pub async fn storage_of(
    gpu: &Gpu,
    label: &'static str,
    usage: wgpu::BufferUsages,
    size: u64,
) -> Result<wgpu::Buffer, Error> {
    let descriptor = wgpu::BufferDescriptor {
        label: Some(label),
        size: size.max(16),
        usage: usage | wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::COPY_SRC,
        mapped_at_creation: false,
    };
    gpu.checked("memory", || gpu.device.create_buffer(&descriptor)).await
}

/// A buffer that kernels read and write.
pub async fn storage(gpu: &Gpu, label: &'static str, size: u64) -> Result<wgpu::Buffer, Error> {
    let size = if gpu.force == Force::Memory { 1 << 40 } else { size };
    storage_of(gpu, label, wgpu::BufferUsages::STORAGE, size).await
}

impl Buffers {
    /// Fills what does not change; parameters and moments are written by [`Runs`](super::Runs).
    pub async fn new(
        gpu: &Gpu,
        layout: &Layout,
        experiments: &[Experiment],
        shader: &Shader,
        slots: u32,
        scratch: u32,
    ) -> Result<Self, Error> {
        let runs = experiments.len() as u64;
        let vectors = 16 * u64::from(layout.vectors) * runs;
        let groups = runs * u64::from(slots);
        let start = layout.tapes_start();
        let program: Vec<Placed> = (layout.program.iter().flatten())
            .map(|placed| Placed { tape: start + placed.tape, ..*placed })
            .collect();
        let settings: Vec<Run> = experiments.iter().map(Run::from).collect();
        let trained: Vec<f32> = layout.trained.iter().flatten().map(|&is| f32::from(u8::from(is))).collect();
        let filled = async |label: &'static str, bytes: &[u8]| -> Result<wgpu::Buffer, Error> {
            let buffer = storage(gpu, label, bytes.len() as u64).await?;
            if !bytes.is_empty() {
                gpu.queue.write_buffer(&buffer, 0, bytes);
            }
            Ok(buffer)
        };
        let empty = async |label: &'static str, size: u64| storage(gpu, label, size).await;
        Ok(Self {
            steps: storage_of(gpu, "steps", wgpu::BufferUsages::UNIFORM, STRIDE * u64::from(STEPS)).await?,
            program: filled("program", cast_slice(&program)).await?,
            indices: filled("indices", cast_slice(&layout.indices)).await?,
            runs: filled("runs", cast_slice(&settings)).await?,
            table: filled("table", cast_slice(&shader.table)).await?,
            trained: filled("trained", cast_slice(&trained)).await?,
            // In training, and their averages.
            parameters: empty("parameters", 2 * vectors).await?,
            scratch: empty("scratch", 16 * u64::from(scratch) * groups).await?,
            gradients: empty("gradients", 16 * u64::from(layout.vectors) * groups).await?,
            values: empty("values", 4 * groups).await?,
            moments: empty("moments", 3 * vectors).await?,
            squares: empty("squares", 4 * runs * u64::from(layout.vectors.div_ceil(UPDATERS))).await?,
            history: empty("history", 4 * runs * u64::from(RING + 1)).await?,
        })
    }
}
