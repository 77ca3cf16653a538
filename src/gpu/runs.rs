//! Some runs that train together on the GPU.

use super::device::{Force, Gpu, error};
use super::plan::{COLUMNS, POINTS, Placed, Plan, Shape};
use super::source::{self, RING, UPDATERS};
use crate::backend::{Backend, Standing};
use crate::error::Error;
use crate::experiment::{Experiment, Objective};
use crate::math::quadrature::Window;
use crate::models::{Base, Ensemble, catalogue};
use crate::session::standardise;
use crate::targets::landscape::Landscape;
use crate::targets::shader::Shader;
use crate::targets::{Target, TargetSpec};
use crate::training::{State, Trainer};

/// Steps of one submission at most.
pub const STEPS: u32 = 64;
/// Bytes between the settings of two steps: WebGPU's least alignment.
const STRIDE: u64 = 256;
/// Bytes that gradients and tapes of all workgroups may have, each: WebGPU allows 128 MiB in one binding.
const ROOM: u64 = 96 << 20;
/// Bytes that any buffer may have.
const MOST: u64 = 128 << 20;
/// Workgroups that fill a large device.
const WORKGROUPS: u64 = 1024;

/// `struct Step` of `kernels.wgsl`.
#[derive(Clone, Copy, Default)]
struct Step {
    step: u32,
    clock: u32,
    batch: u32,
    tiles: u32,
    slots: u32,
    schedule: f32,
    correction: f32,
    root_correction: f32,
    clip: f32,
    temperature: f32,
    resolution: u32,
    stride: u32,
    first: u32,
    window: [f32; 4],
}

impl Step {
    fn bytes(self) -> Vec<u8> {
        let bits = |v: f32| v.to_bits();
        let mut words = vec![self.step, self.clock, self.batch, self.tiles, self.slots];
        words.extend([self.schedule, self.correction, self.root_correction, self.clip].map(bits));
        words.extend([bits(self.temperature), self.resolution, 0, self.stride, self.first, 0, 0]);
        words.extend(self.window.map(bits));
        words.into_iter().flat_map(u32::to_le_bytes).collect()
    }
}

fn bytes_of(numbers: impl IntoIterator<Item = f32>) -> Vec<u8> {
    numbers.into_iter().flat_map(f32::to_le_bytes).collect()
}

fn numbers_of(bytes: &[u8]) -> Vec<f32> {
    bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
}

/// Runs of one size and target that differ in seed, ordering, learning rate or annealing, trained step by step together.
pub struct Runs {
    gpu: Gpu,
    experiments: Vec<Experiment>,
    target: Box<dyn Target>,
    shader: Shader,
    plan: Plan,
    slots: u32,
    step: u32,
    schedule_start: u32,
    updates: u32,
    submissions: u32,
    buffers: Buffers,
    train: Kernels,
    update: Kernels,
    evaluate: Option<(Kernels, wgpu::Buffer)>,
}

/// What a training step takes on the GPU.
#[derive(Clone, Copy, Debug)]
pub struct Work {
    /// Launches of a kernel.
    pub dispatches: u32,
    /// Workgroups of the first of them, which does nearly all.
    pub workgroups: u32,
    /// Multiplications and additions of the products: forward, and twice that backward.
    pub operations: f64,
    /// Bytes of tapes, gradients, parameters and moments that are read and written, each counted once: what is read again within
    /// a workgroup comes from a cache.
    pub bytes: f64,
}

struct Buffers {
    steps: wgpu::Buffer,
    program: wgpu::Buffer,
    wiring: wgpu::Buffer,
    runs: wgpu::Buffer,
    table: wgpu::Buffer,
    parameters: wgpu::Buffer,
    scratch: wgpu::Buffer,
    gradients: wgpu::Buffer,
    values: wgpu::Buffer,
    trained: wgpu::Buffer,
    moments: wgpu::Buffer,
    squares: wgpu::Buffer,
    history: wgpu::Buffer,
}

impl Drop for Runs {
    /// Gives the memory back at once: a browser would keep it until it collects garbage.
    fn drop(&mut self) {
        let b = &self.buffers;
        let own =
            [&b.steps, &b.program, &b.wiring, &b.runs, &b.table, &b.parameters, &b.scratch, &b.gradients];
        let more = [&b.values, &b.trained, &b.moments, &b.squares, &b.history];
        own.into_iter().chain(more).for_each(wgpu::Buffer::destroy);
        if let Some((_, scratch)) = &self.evaluate {
            scratch.destroy();
        }
    }
}

/// Kernels of one module, and what they are bound to.
struct Kernels {
    layout: wgpu::BindGroupLayout,
    pipelines: Vec<wgpu::ComputePipeline>,
    group: Option<wgpu::BindGroup>,
}

impl Kernels {
    /// Compiles a module's entry points. Binding 0 is a step's settings; then storage, writable where `writable` has its number.
    async fn compile(gpu: &Gpu, text: String, entries: &[&str], writable: &[u32]) -> Result<Self, Error> {
        let device = &gpu.device;
        let text = if gpu.force == Force::Shader { text + "\nfn unfinished() -> f32 { return" } else { text };
        let entry = |binding: u32| wgpu::BindGroupLayoutEntry {
            binding,
            visibility: wgpu::ShaderStages::COMPUTE,
            ty: wgpu::BindingType::Buffer {
                ty: match binding {
                    0 => wgpu::BufferBindingType::Uniform,
                    _ => wgpu::BufferBindingType::Storage { read_only: !writable.contains(&binding) },
                },
                has_dynamic_offset: binding == 0,
                min_binding_size: None,
            },
            count: None,
        };
        let entries_of_layout: Vec<_> = (0..9).map(entry).collect();
        gpu.checked("a kernel", || {
            let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
                label: None,
                entries: &entries_of_layout,
            });
            let pipeline_layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
                label: None,
                bind_group_layouts: &[Some(&layout)],
                immediate_size: 0,
            });
            let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
                label: Some(entries[0]),
                source: wgpu::ShaderSource::Wgsl(text.into()),
            });
            let pipeline = |entry: &&str| {
                device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
                    label: Some(entry),
                    layout: Some(&pipeline_layout),
                    module: &module,
                    entry_point: Some(entry),
                    // All workgroup memory is written before it is read.
                    compilation_options: wgpu::PipelineCompilationOptions {
                        zero_initialize_workgroup_memory: false,
                        ..Default::default()
                    },
                    cache: None,
                })
            };
            let pipelines = entries.iter().map(pipeline).collect();
            Self { layout, pipelines, group: None }
        })
        .await
    }

    fn bind(&self, gpu: &Gpu, steps: &wgpu::Buffer, storage: [&wgpu::Buffer; 8]) -> wgpu::BindGroup {
        let settings = wgpu::BufferBinding { buffer: steps, offset: 0, size: std::num::NonZero::new(80) };
        let mut entries =
            vec![wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::Buffer(settings) }];
        let storage = storage.into_iter().enumerate();
        entries.extend(storage.map(|(index, buffer)| wgpu::BindGroupEntry {
            binding: index as u32 + 1,
            resource: buffer.as_entire_binding(),
        }));
        gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: None,
            layout: &self.layout,
            entries: &entries,
        })
    }
}

/// What keeps a run off the GPU: the end of “The GPU is not used: …”. `None`: nothing that can be known without one.
pub fn refusal(experiment: &Experiment) -> Option<String> {
    let model = &experiment.model;
    if model.order_agnostic {
        return Some("an order-agnostic model has another ordering for each batch".into());
    }
    if let Base::Mixture { .. } = model.base {
        return Some("a mixture as base distribution learns on the processor".into());
    }
    let parts = catalogue::compose(model, None, experiment.seed.0);
    Plan::new(&[parts], model.ordering.len()).err()
}

/// Fields in which runs that train together have to agree.
fn agree(first: &Experiment, other: &Experiment) -> bool {
    let objective = |e: &Experiment| match e.objective {
        Objective::ForwardKl => None,
        Objective::ReverseKl { path_gradient, .. } => Some(path_gradient),
    };
    let (a, b) = (&first.optimiser, &other.optimiser);
    first.target == other.target
        && first.model.base == other.model.base
        && objective(first) == objective(other)
        && (a.batch, a.schedule, a.clip) == (b.batch, b.schedule, b.clip)
}

impl Runs {
    /// Compiles the kernels of these Experiments and starts each at step 0. An error says, in the end of a sentence, why they can't
    /// be trained here or not together.
    pub async fn new(gpu: &Gpu, experiments: Vec<Experiment>) -> Result<Self, Error> {
        let Some(first) = experiments.first() else { return Err(error("there is nothing to train")) };
        for experiment in &experiments {
            experiment.validate()?;
            if let Some(why) = refusal(experiment) {
                return Err(error(why));
            }
            if !agree(first, experiment) {
                return Err(error(
                    "the runs differ in more than seed, ordering, learning rate and annealing",
                ));
            }
        }
        let target = first.target.build()?;
        let (objective, base, dim) = (first.objective, first.model.base, first.model.ordering.len());
        let compose =
            |e: &Experiment| catalogue::compose(&e.model, Some(standardise(&*target, e.objective)), e.seed.0);
        let compositions: Vec<_> = experiments.iter().map(compose).collect();
        let plan = Plan::new(&compositions, dim).map_err(error)?;
        let (shader, score_table) = shader_of(&*target, objective)?;
        let slots = slots(&plan, first, experiments.len())?;
        let train_text = source::train(&plan, base, objective, &shader, score_table);
        let train = Kernels::compile(gpu, train_text, &["train"], &[6, 7, 8]);
        let update = Kernels::compile(gpu, source::update(&plan), &["reduce", "adam"], &[5, 6, 7, 8]);
        let (mut train, mut update) = (train.await?, update.await?);
        let scratch = source::scratch_of(&plan, objective);
        let buffers = Buffers::new(gpu, &plan, &experiments, &shader, slots, scratch).await?;
        let b = &buffers;
        train.group = Some(train.bind(
            gpu,
            &b.steps,
            [&b.program, &b.wiring, &b.runs, &b.table, &b.parameters, &b.scratch, &b.gradients, &b.values],
        ));
        update.group = Some(update.bind(
            gpu,
            &b.steps,
            [&b.gradients, &b.values, &b.trained, &b.runs, &b.moments, &b.squares, &b.parameters, &b.history],
        ));
        let runs = Self {
            gpu: gpu.clone(),
            step: 0,
            schedule_start: 0,
            updates: 0,
            submissions: 0,
            evaluate: None,
            experiments,
            target,
            shader,
            plan,
            slots,
            buffers,
            train,
            update,
        };
        for (run, experiment) in runs.experiments.iter().enumerate() {
            let seed = experiment.seed.0;
            let fixed = Some(standardise(&*runs.target, experiment.objective));
            let model = Ensemble::<f32>::build(&experiment.model, fixed, seed);
            let optimiser = experiment.optimiser.clone();
            let trainer = Trainer::new(&model, &*runs.target, experiment.objective, optimiser, seed);
            runs.write_state(run, &trainer.state());
        }
        Ok(runs)
    }

    /// The device that they run on.
    pub fn gpu(&self) -> &Gpu {
        &self.gpu
    }

    /// Parameters of each run, as the core counts them.
    pub fn parameter_count(&self) -> usize {
        self.plan.places.len()
    }

    /// What a step takes, all runs together.
    pub fn work(&self) -> Work {
        let products = |placed: &Placed| match &self.plan.shapes[placed.shape as usize] {
            Shape::Masked(m) => m.dense.iter().map(|d| 2.0 * (d.inputs * d.outputs) as f64).sum(),
            _ => 0.0,
        };
        let operations: f64 = self.plan.program[0].iter().map(products).sum();
        let runs = self.experiments.len() as u32;
        let batch = self.experiments[0].optimiser.batch as u32;
        let vectors = f64::from(self.plan.vectors);
        let tapes = f64::from(self.plan.tapes) * f64::from(batch.div_ceil(POINTS));
        // Tapes and gradients of slots are written and read; of the parameters: read twice and written once, as are both moments
        // but for one reading, the gradient written and read, what is trained read.
        let each = 2.0 * tapes + 2.0 * vectors * f64::from(self.slots) + 10.0 * vectors;
        Work {
            dispatches: 3,
            workgroups: self.slots * runs,
            operations: 3.0 * operations * f64::from(batch * runs),
            bytes: 16.0 * each * f64::from(runs),
        }
    }

    fn write_state(&self, run: usize, state: &State<f32>) {
        let numbers = 4 * self.plan.vectors as usize;
        let count = self.plan.places.len();
        let spread = |values: &[f32]| {
            let mut all = vec![0.0; numbers];
            self.plan.places.iter().zip(values).for_each(|(&place, &v)| all[place as usize] = v);
            all
        };
        let size = 4 * numbers as u64;
        let (parameters, moments) = state.numbers.split_at(count);
        let queue = &self.gpu.queue;
        queue.write_buffer(&self.buffers.parameters, run as u64 * size, &bytes_of(spread(parameters)));
        let mut both = spread(&moments[..count]);
        both.extend(spread(&moments[count..]));
        queue.write_buffer(&self.buffers.moments, (3 * run as u64 + 1) * size, &bytes_of(both));
        queue.write_buffer(&self.buffers.history, run as u64 * u64::from(RING + 1) * 4, &[0; 4]);
    }

    /// Takes over states of sessions of the same Experiments, in their order; all are at one step.
    pub fn take_over(&mut self, states: &[State<f32>]) {
        for (run, state) in states.iter().enumerate() {
            self.write_state(run, state);
            [self.step, self.schedule_start, self.updates] = state.clock;
        }
    }

    fn submit(&mut self, count: u32) {
        let first = &self.experiments[0];
        let optimiser = &first.optimiser;
        let mut settings = vec![0; (STRIDE * u64::from(count)) as usize];
        for i in 0..count {
            let clock = self.step + i - self.schedule_start;
            let update = (self.updates + i + 1).min(i32::MAX as u32) as i32;
            let step = Step {
                step: self.step + i,
                clock,
                batch: optimiser.batch as u32,
                tiles: (optimiser.batch as u32).div_ceil(POINTS),
                slots: self.slots,
                schedule: optimiser.schedule.factor(clock) as f32,
                correction: (1.0 / (1.0 - 0.9f64.powi(update))) as f32,
                root_correction: (1.0 / (1.0 - 0.999f64.powi(update)).sqrt()) as f32,
                clip: optimiser.clip.unwrap_or(0.0) as f32,
                ..Step::default()
            };
            let at = (STRIDE * u64::from(i)) as usize;
            settings[at..at + 80].copy_from_slice(&step.bytes());
        }
        self.gpu.queue.write_buffer(&self.buffers.steps, 0, &settings);
        let mut encoder = self.gpu.device.create_command_encoder(&Default::default());
        let mut pass = encoder.begin_compute_pass(&Default::default());
        let runs = self.experiments.len() as u32;
        let groups = self.plan.vectors.div_ceil(UPDATERS);
        for i in 0..count {
            let offset = [(STRIDE as u32) * i];
            pass.set_bind_group(0, self.train.group.as_ref(), &offset);
            pass.set_pipeline(&self.train.pipelines[0]);
            pass.dispatch_workgroups(self.slots, runs, 1);
            pass.set_bind_group(0, self.update.group.as_ref(), &offset);
            pass.set_pipeline(&self.update.pipelines[0]);
            pass.dispatch_workgroups(groups, runs, 1);
            pass.set_pipeline(&self.update.pipelines[1]);
            pass.dispatch_workgroups(groups, runs, 1);
        }
        drop(pass);
        self.gpu.queue.submit([encoder.finish()]);
        self.step += count;
        self.updates += count;
        self.submissions += 1;
    }

    /// The gradient that the last step followed, before it was clipped: each run's, as the core orders it.
    pub async fn last_gradient(&self) -> Result<Vec<Vec<f32>>, Error> {
        let numbers = 4 * self.plan.vectors as usize;
        let bytes = self.gpu.download(&self.buffers.moments, 0, self.buffers.moments.size()).await?;
        let all = numbers_of(&bytes);
        let of = |run: usize| {
            let own = &all[3 * run * numbers..];
            self.plan.places.iter().map(|&place| own[place as usize]).collect()
        };
        Ok((0..self.experiments.len()).map(of).collect())
    }

    /// Changes the target under the running models, as [`Session::retarget`](crate::Session::retarget): the parameters stay. Another
    /// drawing in the place of one needs no new kernel.
    pub async fn retarget(&mut self, target: TargetSpec) -> Result<(), Error> {
        let built = target.build()?;
        let mut experiments = self.experiments.clone();
        experiments.iter_mut().for_each(|e| e.target = target.clone());
        let (shader, _) = shader_of(&*built, experiments[0].objective)?;
        if shader.source == self.shader.source && shader.table.len() == self.shader.table.len() {
            let compose = |e: &Experiment| {
                catalogue::compose(&e.model, Some(standardise(&*built, e.objective)), e.seed.0)
            };
            let compositions: Vec<_> = experiments.iter().map(compose).collect();
            let plan = Plan::new(&compositions, self.plan.dim).map_err(error)?;
            let wiring: Vec<u8> = plan.wiring.iter().flat_map(|word| word.to_le_bytes()).collect();
            self.gpu.queue.write_buffer(&self.buffers.wiring, 0, &wiring);
            self.gpu.queue.write_buffer(
                &self.buffers.table,
                0,
                &bytes_of(shader.table.iter().flatten().copied()),
            );
            (self.experiments, self.target, self.plan, self.shader) = (experiments, built, plan, shader);
        } else {
            let states: Vec<State<f32>> = self.standing().await?.into_iter().map(|s| s.state).collect();
            let mut fresh = Self::new(&self.gpu, experiments).await?;
            fresh.take_over(&states);
            *self = fresh;
        }
        self.schedule_start = self.step;
        Ok(())
    }

    /// Runs one of the questions' kernels; the answer is each run's, `vectors` vectors.
    async fn ask(
        &mut self,
        kernel: usize,
        settings: Step,
        table: Option<&wgpu::Buffer>,
        vectors: u32,
    ) -> Result<Vec<Vec<f32>>, Error> {
        let runs = self.experiments.len() as u32;
        let own = self.plan.tapes_start() + self.plan.tapes;
        let most =
            (ROOM / (u64::from(own) * 16 * u64::from(runs))).min(WORKGROUPS / u64::from(runs.min(1024)));
        let slots = (most.max(1) as u32).min(settings.tiles);
        let size = 16 * u64::from(vectors) * u64::from(runs);
        if size > MOST {
            return Err(error("that many numbers do not fit into one of its buffers"));
        }
        if self.evaluate.is_none() {
            let text = source::evaluate(&self.plan, self.experiments[0].model.base);
            let entries = ["density_field", "log_density", "sample"];
            let kernels = Kernels::compile(&self.gpu, text, &entries, &[6, 7, 8]).await?;
            let size = 16 * u64::from(own) * u64::from(runs) * most.max(1);
            let scratch = storage(&self.gpu, "scratch of questions", size).await?;
            self.evaluate = Some((kernels, scratch));
        }
        let Some((kernels, scratch)) = &self.evaluate else { return Err(error("its kernels are missing")) };
        let results = storage(&self.gpu, "results", size).await?;
        let steps = storage_of(&self.gpu, wgpu::BufferUsages::UNIFORM, 80).await?;
        let settings = Step { slots, stride: vectors, ..settings };
        self.gpu.queue.write_buffer(&steps, 0, &settings.bytes());
        let b = &self.buffers;
        let values = storage(&self.gpu, "values", 16).await?;
        let group = kernels.bind(
            &self.gpu,
            &steps,
            [
                &b.program,
                &b.wiring,
                &b.runs,
                table.unwrap_or(&b.table),
                &b.parameters,
                scratch,
                &results,
                &values,
            ],
        );
        let mut encoder = self.gpu.device.create_command_encoder(&Default::default());
        let mut pass = encoder.begin_compute_pass(&Default::default());
        pass.set_bind_group(0, Some(&group), &[0]);
        pass.set_pipeline(&kernels.pipelines[kernel]);
        pass.dispatch_workgroups(slots, runs, 1);
        drop(pass);
        self.gpu.queue.submit([encoder.finish()]);
        let answer = self.gpu.download(&results, 0, size).await;
        [results, steps, values].iter().for_each(wgpu::Buffer::destroy);
        let all = numbers_of(&answer?);
        Ok(all.chunks_exact(4 * vectors as usize).map(<[f32]>::to_vec).collect())
    }
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
            self.submit(count);
            left -= count;
        }
        Ok(())
    }

    async fn settle(&self) -> Result<(), Error> {
        self.gpu.settle().await
    }

    async fn standing(&self) -> Result<Vec<Standing>, Error> {
        let (step, clock) = (self.step, [self.step, self.schedule_start, self.updates]);
        let size = |buffer: &wgpu::Buffer| buffer.size();
        let b = &self.buffers;
        let parameters = self.gpu.download(&b.parameters, 0, size(&b.parameters));
        let parameters = numbers_of(&parameters.await?);
        let moments = numbers_of(&self.gpu.download(&b.moments, 0, size(&b.moments)).await?);
        let history = self.gpu.download(&b.history, 0, size(&b.history)).await?;
        let numbers = 4 * self.plan.vectors as usize;
        let per_run = 4 * (RING as usize + 1);
        let standing = |run: usize| {
            let gather = |all: &[f32]| -> Vec<f32> {
                self.plan.places.iter().map(|&place| all[place as usize]).collect()
            };
            let mut own = gather(&parameters[run * numbers..]);
            own.extend(gather(&moments[(3 * run + 1) * numbers..]));
            own.extend(gather(&moments[(3 * run + 2) * numbers..]));
            let history = &history[run * per_run..(run + 1) * per_run];
            let failed = u32::from_le_bytes([history[0], history[1], history[2], history[3]]);
            let last = step.checked_sub(1).map_or(0, |last| last % RING + 1) as usize;
            Standing {
                state: State { numbers: own, clock },
                failed: failed.checked_sub(1),
                values: numbers_of(&history[4..4 * (1 + last)]),
            }
        };
        Ok((0..self.experiments.len()).map(standing).collect())
    }

    async fn density_field(
        &mut self,
        window: &Window,
        resolution: usize,
        temperature: f64,
    ) -> Result<Vec<Vec<f32>>, Error> {
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
        let mut fields = self.ask(0, settings, None, tiles * COLUMNS).await?;
        fields.iter_mut().for_each(|field| field.truncate(cells as usize));
        Ok(fields)
    }

    async fn log_prob(&mut self, points: &[f32], temperature: f64) -> Result<Vec<Vec<f32>>, Error> {
        let count = points.len() / 2;
        let table = storage(&self.gpu, "points", (16 * count.div_ceil(2)) as u64).await?;
        self.gpu.queue.write_buffer(&table, 0, &bytes_of(points.iter().copied()));
        let tiles = (count as u32).div_ceil(POINTS);
        let settings =
            Step { batch: count as u32, tiles, temperature: temperature as f32, ..Step::default() };
        let answer = self.ask(1, settings, Some(&table), tiles * COLUMNS).await;
        table.destroy();
        let mut all = answer?;
        all.iter_mut().for_each(|log_prob| log_prob.truncate(count));
        Ok(all)
    }

    async fn samples(&mut self, count: usize, temperature: f64) -> Result<Vec<Vec<f32>>, Error> {
        let tiles = (count as u32).div_ceil(POINTS);
        let settings =
            Step { batch: count as u32, tiles, temperature: temperature as f32, ..Step::default() };
        let mut all = self.ask(2, settings, None, 2 * tiles * COLUMNS).await?;
        all.iter_mut().for_each(|samples| samples.truncate(2 * count));
        Ok(all)
    }
}

/// The target's functions, and where in its table those of its log density begin; with the reverse KL a surface where the target
/// has no score.
fn shader_of(target: &dyn Target, objective: Objective) -> Result<(Shader, usize), Error> {
    let none = || error("this target has no kernel yet");
    let mut shader = target.shader().ok_or_else(none)?;
    if objective == Objective::ForwardKl {
        return Ok((shader, 0));
    }
    let landscape = Landscape::new(target);
    let Some((window, log_density)) = landscape.grid() else {
        let reach = 10.0 * (target.window().x_max - target.window().x_min);
        shader.source += &format!("const REACH = {reach:?};\n");
        shader.source += include_str!("shaders/targets/far.wgsl");
        return Ok((shader, 0));
    };
    let side = (log_density.len() as f64).sqrt() as usize;
    let cell = [window.x_max - window.x_min, window.y_max - window.y_min].map(|length| length / side as f64);
    shader.source += &format!(
        "const SURFACE_SIDE = {side}u;\nconst SURFACE_CELL = {:?};\nconst SURFACE_LEAST = vec2<f32>({:?}, {:?});\n",
        cell[0], window.x_min, window.y_min,
    );
    shader.source += include_str!("shaders/targets/surface.wgsl");
    let start = shader.table.len();
    let four = |v: &[f64]| [0, 1, 2, 3].map(|i: usize| v[i] as f32);
    shader.table.extend(log_density.chunks_exact(4).map(four));
    Ok((shader, start))
}

/// Workgroups of each run: enough to fill a device, as many as tiles at most, as their gradients and tapes have room for.
fn slots(plan: &Plan, experiment: &Experiment, runs: usize) -> Result<u32, Error> {
    let scratch = source::scratch_of(plan, experiment.objective);
    let each = 16 * u64::from(scratch.max(plan.vectors)) * runs as u64;
    if each > MOST || 3 * 16 * u64::from(plan.vectors) * runs as u64 > MOST || runs > 65_535 {
        return Err(error("a model of this size does not fit into its buffers"));
    }
    let tiles = (experiment.optimiser.batch as u64).div_ceil(u64::from(POINTS));
    Ok((ROOM / each).min(WORKGROUPS.div_ceil(runs as u64)).clamp(1, tiles) as u32)
}

async fn storage_of(gpu: &Gpu, usage: wgpu::BufferUsages, size: u64) -> Result<wgpu::Buffer, Error> {
    let descriptor = wgpu::BufferDescriptor {
        label: None,
        size: size.max(16),
        usage: usage | wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::COPY_SRC,
        mapped_at_creation: false,
    };
    gpu.checked("memory", || gpu.device.create_buffer(&descriptor)).await
}

async fn storage(gpu: &Gpu, _what: &str, size: u64) -> Result<wgpu::Buffer, Error> {
    let size = if gpu.force == Force::Memory { 1 << 40 } else { size };
    storage_of(gpu, wgpu::BufferUsages::STORAGE, size).await
}

impl Buffers {
    async fn new(
        gpu: &Gpu,
        plan: &Plan,
        experiments: &[Experiment],
        shader: &Shader,
        slots: u32,
        scratch: u32,
    ) -> Result<Self, Error> {
        let runs = experiments.len() as u64;
        let vectors = 16 * u64::from(plan.vectors) * runs;
        let groups = runs * u64::from(slots);
        let words = |values: Vec<u32>| -> Vec<u8> { values.into_iter().flat_map(u32::to_le_bytes).collect() };
        let start = plan.tapes_start();
        let program = plan.program.iter().flatten();
        let program =
            words(program.flat_map(|p| [p.shape, p.parameters, start + p.tape, p.wiring]).collect());
        let setting = |e: &Experiment| {
            let annealing = match e.objective {
                Objective::ReverseKl { annealing, .. } => annealing,
                Objective::ForwardKl => None,
            };
            let (from, steps) = annealing.map_or((1.0, 1), |a| (a.from, a.steps));
            let rate = e.optimiser.learning_rate as f32;
            [e.seed.0, rate.to_bits(), (from as f32).to_bits(), (steps as f32).to_bits()]
        };
        let trained = plan.trained.iter().flatten().map(|&is| if is { 1.0 } else { 0.0 });
        let filled = async |what: &str, bytes: Vec<u8>| -> Result<wgpu::Buffer, Error> {
            let buffer = storage(gpu, what, bytes.len() as u64).await?;
            if !bytes.is_empty() {
                gpu.queue.write_buffer(&buffer, 0, &bytes);
            }
            Ok(buffer)
        };
        Ok(Self {
            steps: storage_of(gpu, wgpu::BufferUsages::UNIFORM, STRIDE * u64::from(STEPS)).await?,
            program: filled("program", program).await?,
            wiring: filled("wiring", words(plan.wiring.clone())).await?,
            runs: filled("runs", words(experiments.iter().flat_map(setting).collect())).await?,
            table: filled("table", bytes_of(shader.table.iter().flatten().copied())).await?,
            trained: filled("trained", bytes_of(trained)).await?,
            parameters: storage(gpu, "parameters", vectors).await?,
            scratch: storage(gpu, "scratch", 16 * u64::from(scratch) * groups).await?,
            gradients: storage(gpu, "gradients", 16 * u64::from(plan.vectors) * groups).await?,
            values: storage(gpu, "values", 4 * groups).await?,
            moments: storage(gpu, "moments", 3 * vectors).await?,
            squares: storage(gpu, "squares", 4 * runs * u64::from(plan.vectors.div_ceil(UPDATERS))).await?,
            history: storage(gpu, "history", 4 * runs * u64::from(RING + 1)).await?,
        })
    }
}
