//! What can be asked of runs on the GPU: where they stand, and their densities and samples.

use super::buffers::{
    MAX_BUFFER_BYTES, MAX_SCRATCH_BYTES, STEP, STEPS, Step, WORKGROUPS, numbers_of, storage, storage_of,
};
use super::codegen::{self, RING};
use super::device::error;
use super::layout::{COLUMNS, POINTS};
use super::pipelines::Pipelines;
use super::{Force, Runs};
use crate::backend::{Backend, RunSnapshot};
use crate::error::Error;
use crate::experiment::Experiment;
use crate::math::quadrature::Window;
use crate::training::State;

/// Where runs stood at some moment, on its way here.
struct PendingSnapshot {
    staging: wgpu::Buffer,
    clock: [u32; 3],
    /// The first step whose value was written.
    written_from: u32,
}

impl Runs {
    /// Copies where all runs stand, after all steps that were submitted so far.
    fn snapshot(&self) -> Result<PendingSnapshot, Error> {
        let b = &self.buffers;
        let staging = self.gpu.copy(&[&b.parameters, &b.moments, &b.history])?;
        let clock = [self.step, self.schedule_start, self.updates];
        Ok(PendingSnapshot { staging, clock, written_from: self.written_from })
    }

    async fn read(
        &self,
        PendingSnapshot { staging, clock, written_from }: PendingSnapshot,
    ) -> Result<Vec<RunSnapshot>, Error> {
        let bytes = self.gpu.read(staging).await?;
        let (parameters, rest) = bytes.split_at(self.buffers.parameters.size() as usize);
        let (moments, history) = rest.split_at(self.buffers.moments.size() as usize);
        let (parameters, moments) = (numbers_of(parameters), numbers_of(moments));
        let numbers = 4 * self.layout.vectors as usize;
        let per_run = 4 * (RING as usize + 1);
        let snapshot = |run: usize| {
            let gather = |all: &[f32]| -> Vec<f32> {
                self.layout.places.iter().map(|&place| all[place as usize]).collect()
            };
            let mut own = gather(&parameters[run * numbers..]);
            own.extend(gather(&moments[(3 * run + 1) * numbers..]));
            own.extend(gather(&moments[(3 * run + 2) * numbers..]));
            own.extend(gather(&parameters[4 * self.averages() as usize + run * numbers..]));
            let history = &history[run * per_run..(run + 1) * per_run];
            let failed = u32::from_le_bytes([history[0], history[1], history[2], history[3]]);
            let end = clock[0].checked_sub(1).map_or(0, |last| last % RING + 1) as usize;
            // Entries from before the runs came here were never written.
            let start = end.saturating_sub((clock[0] - written_from) as usize);
            RunSnapshot {
                state: State { numbers: own, clock },
                failed: failed.checked_sub(1),
                values: numbers_of(&history[4 * (1 + start)..4 * (1 + end)]),
            }
        };
        Ok((0..self.experiments.len()).map(snapshot).collect())
    }

    /// Submits steps and returns where the runs stood before them: while that is read and looked at, the GPU is at work.
    pub async fn submit(&mut self, steps: u32) -> Result<Vec<RunSnapshot>, Error> {
        let before = self.snapshot()?;
        self.train(steps)?;
        self.read(before).await
    }

    /// Runs one of the queries' kernels; the answer is each run's, `vectors` vectors.
    async fn query(
        &mut self,
        kernel: usize,
        settings: Step,
        table: Option<&wgpu::Buffer>,
        vectors: u32,
    ) -> Result<Vec<Vec<f32>>, Error> {
        let results = self.query_in_place(kernel, settings, table, vectors).await?;
        let answer = self.gpu.download(&results).await;
        results.destroy();
        let all = numbers_of(&answer?);
        Ok(all.chunks_exact(4 * vectors as usize).map(<[f32]>::to_vec).collect())
    }

    /// The same, the answer left on the GPU.
    async fn query_in_place(
        &mut self,
        kernel: usize,
        settings: Step,
        table: Option<&wgpu::Buffer>,
        vectors: u32,
    ) -> Result<wgpu::Buffer, Error> {
        let runs = self.experiments.len() as u32;
        let own = self.layout.tapes_start() + self.layout.tapes;
        let most = (MAX_SCRATCH_BYTES / (u64::from(own) * 16 * u64::from(runs)))
            .min(WORKGROUPS / u64::from(runs.min(1024)));
        let slots = (most.max(1) as u32).min(settings.tiles);
        let size = 16 * u64::from(vectors) * u64::from(runs);
        if size > MAX_BUFFER_BYTES {
            return Err(error("that many numbers do not fit into one of its buffers"));
        }
        if self.evaluate.is_none() {
            let base = self.experiments[0].model.base.wgsl().map_err(error)?;
            let text = codegen::evaluate(&self.layout, &base);
            let entries = ["density_field", "log_density", "sample"];
            let pipelines = Pipelines::compile(&self.gpu, text, &entries, &[6, 7, 8]).await?;
            let size = 16 * u64::from(own) * u64::from(runs) * most.max(1);
            let scratch = storage(&self.gpu, "scratch of queries", size).await?;
            self.evaluate = Some((pipelines, scratch));
        }
        let Some((pipelines, scratch)) = &self.evaluate else {
            return Err(error("its kernels are missing"));
        };
        let results = storage(&self.gpu, "results", size).await?;
        let steps = storage_of(&self.gpu, "settings of a query", wgpu::BufferUsages::UNIFORM, STEP).await?;
        let settings = Step { slots, stride: vectors, parameters: self.averages(), ..settings };
        self.gpu.queue.write_buffer(&steps, 0, bytemuck::bytes_of(&settings));
        let b = &self.buffers;
        let values = storage(&self.gpu, "unused", 16).await?;
        let group = pipelines.bind(
            &self.gpu,
            &steps,
            [
                &b.program,
                &b.indices,
                &b.runs,
                table.unwrap_or(&b.table),
                &b.parameters,
                scratch,
                &results,
                &values,
            ],
        );
        let mut encoder =
            self.gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("query") });
        let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor {
            label: Some("query"),
            timestamp_writes: None,
        });
        pass.set_bind_group(0, Some(&group), &[0]);
        pass.set_pipeline(&pipelines.pipelines[kernel]);
        pass.dispatch_workgroups(slots, runs, 1);
        drop(pass);
        self.gpu.queue.submit([encoder.finish()]);
        // They live until what was submitted is done with them.
        [steps, values].iter().for_each(wgpu::Buffer::destroy);
        Ok(results)
    }

    /// Densities over a window in a buffer of the GPU's, the first run first: `resolution` squared numbers, row by row from the least x2.
    pub(super) async fn density_there(
        &mut self,
        window: &Window,
        resolution: usize,
        temperature: f64,
    ) -> Result<wgpu::Buffer, Error> {
        let (settings, vectors) = field_settings(window, resolution, temperature);
        self.query_in_place(0, settings, None, vectors).await
    }

    /// Samples in a buffer of the GPU's, the first run first: (x1, x2) after (x1, x2).
    pub(super) async fn samples_there(
        &mut self,
        count: usize,
        temperature: f64,
    ) -> Result<wgpu::Buffer, Error> {
        let (settings, vectors) = sample_settings(count, temperature);
        self.query_in_place(2, settings, None, vectors).await
    }
}

/// Settings of a density over a window, and how many vectors it has.
fn field_settings(window: &Window, resolution: usize, temperature: f64) -> (Step, u32) {
    let cells = (resolution * resolution) as u32;
    let side = [window.x_max - window.x_min, window.y_max - window.y_min];
    let [width, height] = side.map(|side| (side / resolution as f64) as f32);
    let tiles = cells.div_ceil(POINTS);
    let settings = Step {
        batch: cells,
        tiles,
        temperature: temperature as f32,
        resolution: resolution as u32,
        window: [window.x_min as f32, window.y_min as f32, width, height],
        ..Step::default()
    };
    (settings, tiles * COLUMNS)
}

/// Settings of samples, and how many vectors they have.
fn sample_settings(count: usize, temperature: f64) -> (Step, u32) {
    let tiles = (count as u32).div_ceil(POINTS);
    let settings = Step { batch: count as u32, tiles, temperature: temperature as f32, ..Step::default() };
    (settings, 2 * tiles * COLUMNS)
}

impl Backend for Runs {
    fn experiments(&self) -> &[Experiment] {
        &self.experiments
    }

    fn step_count(&self) -> u32 {
        self.step
    }

    fn train(&mut self, steps: u32) -> Result<(), Error> {
        let mut left = steps;
        while left > 0 {
            self.gpu.check()?;
            if self.gpu.force == Force::Lost && self.submissions == 5 {
                self.gpu.destroy();
            }
            let count = left.min(STEPS);
            self.submit_batch(count);
            left -= count;
        }
        Ok(())
    }

    async fn wait(&self) -> Result<(), Error> {
        self.gpu.wait().await
    }

    async fn snapshots(&self) -> Result<Vec<RunSnapshot>, Error> {
        self.read(self.snapshot()?).await
    }

    async fn density_field(
        &mut self,
        window: &Window,
        resolution: usize,
        temperature: f64,
    ) -> Result<Vec<Vec<f32>>, Error> {
        let (settings, vectors) = field_settings(window, resolution, temperature);
        let mut fields = self.query(0, settings, None, vectors).await?;
        fields.iter_mut().for_each(|field| field.truncate(resolution * resolution));
        Ok(fields)
    }

    async fn log_prob(&mut self, points: &[f32], temperature: f64) -> Result<Vec<Vec<f32>>, Error> {
        let count = points.len() / 2;
        let table = storage(&self.gpu, "points", (16 * count.div_ceil(2)) as u64).await?;
        self.gpu.queue.write_buffer(&table, 0, bytemuck::cast_slice(points));
        let tiles = (count as u32).div_ceil(POINTS);
        let settings =
            Step { batch: count as u32, tiles, temperature: temperature as f32, ..Step::default() };
        let answer = self.query(1, settings, Some(&table), tiles * COLUMNS).await;
        table.destroy();
        let mut all = answer?;
        all.iter_mut().for_each(|log_prob| log_prob.truncate(count));
        Ok(all)
    }

    async fn samples(&mut self, count: usize, temperature: f64) -> Result<Vec<Vec<f32>>, Error> {
        let (settings, vectors) = sample_settings(count, temperature);
        let mut all = self.query(2, settings, None, vectors).await?;
        all.iter_mut().for_each(|samples| samples.truncate(2 * count));
        Ok(all)
    }
}

impl Drop for Runs {
    /// The scratch of queries goes with what the runs themselves had.
    fn drop(&mut self) {
        if let Some((_, scratch)) = &self.evaluate {
            scratch.destroy();
        }
    }
}
