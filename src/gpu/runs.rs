//! Some runs that train together on the GPU.

use bytemuck::cast_slice;

use super::buffers::{Buffers, STEP, STRIDE, Step, numbers_of, slots};
use super::codegen::{self, RING, UPDATERS};
use super::device::{Gpu, error};
use super::layout::{Layout, POINTS, Placed};
use super::pipelines::Pipelines;
use super::sources::{FIXED_POINTS, Sources, refusal, shader_of};
use crate::backend::Backend as _;
use crate::error::Error;
use crate::experiment::Experiment;
use crate::models::{self, compose};
use crate::session::standardise;
use crate::targets::shader::Shader;
use crate::targets::smoothed::Smoothed;
use crate::targets::{Target, TargetSpec};
use crate::training::Objective;
use crate::training::{Data, State, Trainer};

/// Runs of one size and target that differ in seed, ordering, learning rate or annealing, trained step by step together.
pub struct Runs {
    pub(super) gpu: Gpu,
    pub(super) experiments: Vec<Experiment>,
    pub(super) target: Box<dyn Target>,
    pub(super) shader: Shader,
    pub(super) layout: Layout,
    pub(super) slots: u32,
    pub(super) step: u32,
    /// The first step whose value is in the history: before it the runs trained elsewhere.
    pub(super) written_from: u32,
    pub(super) schedule_start: u32,
    pub(super) updates: u32,
    pub(super) submissions: u32,
    pub(super) buffers: Buffers,
    pub(super) train: Pipelines,
    pub(super) adam: Pipelines,
    pub(super) evaluate: Option<(Pipelines, wgpu::Buffer)>,
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
        && (a.batch, a.schedule, a.clip, a.ema_decay) == (b.batch, b.schedule, b.clip, b.ema_decay)
}

impl Runs {
    /// Compiles the kernels of these Experiments and starts each at step 0. An error says, in the end of a sentence, why they can't
    /// be trained here or not together.
    pub async fn new(gpu: &Gpu, experiments: Vec<Experiment>) -> Result<Self, Error> {
        let Some(first) = experiments.first() else { return Err(error("there is nothing to train")) };
        for experiment in &experiments {
            // This instance of the core may not have the table.
            if experiment.target.is_table() {
                return Err(error(FIXED_POINTS));
            }
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
        let Sources { layout, shader, train, adam } = Sources::new(&experiments, &*target)?;
        let slots = slots(&layout, first, experiments.len())?;
        let train = Pipelines::compile(gpu, train, &["train"], &[6, 7, 8]);
        let adam = Pipelines::compile(gpu, adam, &["reduce", "adam"], &[5, 6, 7, 8]);
        let (mut train, mut adam) = (train.await?, adam.await?);
        let scratch = codegen::scratch_of(&layout, first.objective);
        let buffers = Buffers::new(gpu, &layout, &experiments, &shader, slots, scratch).await?;
        let b = &buffers;
        train.group = Some(train.bind(
            gpu,
            &b.steps,
            [&b.program, &b.indices, &b.runs, &b.table, &b.parameters, &b.scratch, &b.gradients, &b.values],
        ));
        adam.group = Some(adam.bind(
            gpu,
            &b.steps,
            [&b.gradients, &b.values, &b.trained, &b.runs, &b.moments, &b.squares, &b.parameters, &b.history],
        ));
        let runs = Self {
            gpu: gpu.clone(),
            step: 0,
            written_from: 0,
            schedule_start: 0,
            updates: 0,
            submissions: 0,
            evaluate: None,
            experiments,
            target,
            shader,
            layout,
            slots,
            buffers,
            train,
            adam,
        };
        for (run, experiment) in runs.experiments.iter().enumerate() {
            let seed = experiment.seed.0;
            let fixed = standardise(&*runs.target, experiment.objective);
            let model = models::build::<f32>(&experiment.model, fixed, seed);
            let optimiser = experiment.optimiser.clone();
            // Its start alone is asked for: nothing looks at the log density.
            let data = Data::Target(&*runs.target, &Smoothed::unused());
            let trainer = Trainer::new(&*model, data, experiment.objective, optimiser, seed)?;
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
        self.layout.places.len()
    }

    /// What a step takes, all runs together.
    pub fn work(&self) -> Work {
        let products = |placed: &Placed| 2.0 * self.layout.codes[placed.code as usize].products as f64;
        let operations: f64 = self.layout.program[0].iter().map(products).sum();
        let runs = self.experiments.len() as u32;
        let batch = self.experiments[0].optimiser.batch as u32;
        let vectors = f64::from(self.layout.vectors);
        let tapes = f64::from(self.layout.tapes) * f64::from(batch.div_ceil(POINTS));
        // Tapes and gradients of slots are written and read; of the parameters: read twice and written once, as are both moments
        // and the average but for one reading, the gradient written and read, what is trained read.
        let each = 2.0 * tapes + 2.0 * vectors * f64::from(self.slots) + 12.0 * vectors;
        Work {
            dispatches: 3,
            workgroups: self.slots * runs,
            operations: 3.0 * operations * f64::from(batch * runs),
            bytes: 16.0 * each * f64::from(runs),
        }
    }

    /// Vectors before the averages of the parameters.
    pub(super) fn averages(&self) -> u32 {
        self.layout.vectors * self.experiments.len() as u32
    }

    fn write_state(&self, run: usize, state: &State<f32>) {
        let numbers = 4 * self.layout.vectors as usize;
        let count = self.layout.places.len();
        let spread = |values: &[f32]| {
            let mut all = vec![0.0; numbers];
            self.layout.places.iter().zip(values).for_each(|(&place, &v)| all[place as usize] = v);
            all
        };
        let size = 4 * numbers as u64;
        let part = |index: usize| spread(&state.numbers[index * count..(index + 1) * count]);
        let queue = &self.gpu.queue;
        let (in_training, shown) = (run as u64 * size, 16 * u64::from(self.averages()) + run as u64 * size);
        queue.write_buffer(&self.buffers.parameters, in_training, cast_slice(&part(0)));
        queue.write_buffer(&self.buffers.parameters, shown, cast_slice(&part(3)));
        let both = [part(1), part(2)].concat();
        queue.write_buffer(&self.buffers.moments, (3 * run as u64 + 1) * size, cast_slice(&both));
        queue.write_buffer(&self.buffers.history, run as u64 * u64::from(RING + 1) * 4, &[0; 4]);
    }

    /// Takes over states of sessions of the same Experiments, in their order; all are at one step.
    pub fn restore(&mut self, states: &[State<f32>]) {
        for (run, state) in states.iter().enumerate() {
            self.write_state(run, state);
            [self.step, self.schedule_start, self.updates] = state.clock;
            self.written_from = self.step;
        }
    }

    pub(super) fn submit_batch(&mut self, count: u32) {
        let first = &self.experiments[0];
        let optimiser = &first.optimiser;
        let mut settings = vec![0; (STRIDE * u64::from(count)) as usize];
        for i in 0..count {
            let clock = self.step + i - self.schedule_start;
            let updates = (self.updates + i + 1).min(i32::MAX as u32) as i32;
            let step = Step {
                step: self.step + i,
                clock,
                batch: optimiser.batch as u32,
                tiles: (optimiser.batch as u32).div_ceil(POINTS),
                slots: self.slots,
                schedule: optimiser.schedule.factor(clock) as f32,
                correction: (1.0 / (1.0 - 0.9f64.powi(updates))) as f32,
                root_correction: (1.0 / (1.0 - 0.999f64.powi(updates)).sqrt()) as f32,
                clip: optimiser.clip.unwrap_or(0.0) as f32,
                averages: self.averages(),
                decay: optimiser.decay_at(clock) as f32,
                ..Step::default()
            };
            let at = (STRIDE * u64::from(i)) as usize;
            settings[at..at + STEP as usize].copy_from_slice(bytemuck::bytes_of(&step));
        }
        self.gpu.queue.write_buffer(&self.buffers.steps, 0, &settings);
        let mut encoder = self
            .gpu
            .device
            .create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("training") });
        let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor {
            label: Some("training"),
            timestamp_writes: None,
        });
        let runs = self.experiments.len() as u32;
        let groups = self.layout.vectors.div_ceil(UPDATERS);
        for i in 0..count {
            let offset = [(STRIDE as u32) * i];
            pass.set_bind_group(0, self.train.group.as_ref(), &offset);
            pass.set_pipeline(&self.train.pipelines[0]);
            pass.dispatch_workgroups(self.slots, runs, 1);
            pass.set_bind_group(0, self.adam.group.as_ref(), &offset);
            pass.set_pipeline(&self.adam.pipelines[0]);
            pass.dispatch_workgroups(groups, runs, 1);
            pass.set_pipeline(&self.adam.pipelines[1]);
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
        let numbers = 4 * self.layout.vectors as usize;
        let bytes = self.gpu.download(&self.buffers.moments).await?;
        let all = numbers_of(&bytes);
        let of = |run: usize| {
            let own = &all[3 * run * numbers..];
            self.layout.places.iter().map(|&place| own[place as usize]).collect()
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
            let compose =
                |e: &Experiment| compose::compose(&e.model, standardise(&*built, e.objective), e.seed.0);
            let specs: Vec<_> = experiments.iter().map(compose).collect();
            let layout = Layout::new(&specs, self.layout.dim).map_err(error)?;
            self.gpu.queue.write_buffer(&self.buffers.indices, 0, cast_slice(&layout.indices));
            self.gpu.queue.write_buffer(&self.buffers.table, 0, cast_slice(&shader.table));
            (self.experiments, self.target, self.layout, self.shader) = (experiments, built, layout, shader);
        } else {
            let states: Vec<State<f32>> = self.snapshots().await?.into_iter().map(|s| s.state).collect();
            let mut fresh = Self::new(&self.gpu, experiments).await?;
            fresh.restore(&states);
            *self = fresh;
        }
        self.schedule_start = self.step;
        Ok(())
    }
}
