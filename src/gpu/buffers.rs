//! What lies in the GPU's memory, how large it may be, and the numbers that go there and back.

use super::codegen::{self, RING, UPDATERS};
use super::device::{Force, Gpu, error};
use super::layout::{Layout, POINTS};
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
pub const STEP: u64 = 64;

/// `struct Step` of `tile.wgsl`.
#[derive(Clone, Copy, Default)]
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
    pub window: [f32; 4],
}

impl Step {
    pub fn bytes(self) -> Vec<u8> {
        let bits = |v: f32| v.to_bits();
        let mut words = vec![self.step, self.clock, self.batch, self.tiles, self.slots];
        words.extend([self.schedule, self.correction, self.root_correction, self.clip].map(bits));
        words.extend([bits(self.temperature), self.resolution, self.stride]);
        words.extend(self.window.map(bits));
        words.into_iter().flat_map(u32::to_le_bytes).collect()
    }
}

/// Little-endian bytes of numbers.
pub fn bytes_of(numbers: impl IntoIterator<Item = f32>) -> Vec<u8> {
    numbers.into_iter().flat_map(f32::to_le_bytes).collect()
}

/// Numbers of little-endian bytes.
pub fn numbers_of(bytes: &[u8]) -> Vec<f32> {
    bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
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
pub async fn storage_of(gpu: &Gpu, usage: wgpu::BufferUsages, size: u64) -> Result<wgpu::Buffer, Error> {
    let descriptor = wgpu::BufferDescriptor {
        label: None,
        size: size.max(16),
        usage: usage | wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::COPY_SRC,
        mapped_at_creation: false,
    };
    gpu.checked("memory", || gpu.device.create_buffer(&descriptor)).await
}

/// A buffer that kernels read and write.
pub async fn storage(gpu: &Gpu, size: u64) -> Result<wgpu::Buffer, Error> {
    let size = if gpu.force == Force::Memory { 1 << 40 } else { size };
    storage_of(gpu, wgpu::BufferUsages::STORAGE, size).await
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
        let words = |values: Vec<u32>| -> Vec<u8> { values.into_iter().flat_map(u32::to_le_bytes).collect() };
        let start = layout.tapes_start();
        let program = layout.program.iter().flatten();
        let program =
            words(program.flat_map(|p| [p.shape, p.parameters, start + p.tape, p.indices]).collect());
        let setting = |e: &Experiment| {
            let annealing = match e.objective {
                Objective::ReverseKl { annealing, .. } => annealing,
                Objective::ForwardKl => None,
            };
            let (from, steps) = annealing.map_or((1.0, 1), |a| (a.from, a.steps));
            let rate = e.optimiser.learning_rate as f32;
            [e.seed.0, rate.to_bits(), (from as f32).to_bits(), (steps as f32).to_bits()]
        };
        let trained = layout.trained.iter().flatten().map(|&is| if is { 1.0 } else { 0.0 });
        let filled = async |bytes: Vec<u8>| -> Result<wgpu::Buffer, Error> {
            let buffer = storage(gpu, bytes.len() as u64).await?;
            if !bytes.is_empty() {
                gpu.queue.write_buffer(&buffer, 0, &bytes);
            }
            Ok(buffer)
        };
        Ok(Self {
            steps: storage_of(gpu, wgpu::BufferUsages::UNIFORM, STRIDE * u64::from(STEPS)).await?,
            program: filled(program).await?,
            indices: filled(words(layout.indices.clone())).await?,
            runs: filled(words(experiments.iter().flat_map(setting).collect())).await?,
            table: filled(bytes_of(shader.table.iter().flatten().copied())).await?,
            trained: filled(bytes_of(trained)).await?,
            parameters: storage(gpu, vectors).await?,
            scratch: storage(gpu, 16 * u64::from(scratch) * groups).await?,
            gradients: storage(gpu, 16 * u64::from(layout.vectors) * groups).await?,
            values: storage(gpu, 4 * groups).await?,
            moments: storage(gpu, 3 * vectors).await?,
            squares: storage(gpu, 4 * runs * u64::from(layout.vectors.div_ceil(UPDATERS))).await?,
            history: storage(gpu, 4 * runs * u64::from(RING + 1)).await?,
        })
    }
}
