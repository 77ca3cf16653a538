//! The GPU against the processor: same seed, same batches, the same numbers to single precision. Runs on whatever adapter there
//! is; a software one (Mesa's, on Linux from the package mesa-vulkan-drivers) serves.

use density_playground::backend::{Backend, Cpu, evaluate_all};
use density_playground::experiment::Seed;
use density_playground::gpu::{Force, Gpu, Painter, Painting, Runs};
use density_playground::math::quadrature::Window;
use density_playground::models::{Base, Family};
use density_playground::models::{Conditional, ModelSpec};
use density_playground::nn::Activation;
use density_playground::targets::{DRAWING_SIDE, Drawing, TargetSpec, gallery};
use density_playground::training::{Annealing, Objective, OptimiserSpec, State};
use density_playground::{Experiment, Session};

fn wait<F: Future>(future: F) -> F::Output {
    pollster::block_on(future)
}

fn gpu() -> Gpu {
    wait(Gpu::request(Force::Nothing)).expect("an adapter: on Linux install mesa-vulkan-drivers")
}

fn small(family: Family) -> Experiment {
    Experiment {
        target: TargetSpec::TwoMoons,
        model: ModelSpec { family, layers: 3, hidden: vec![20, 24], ..ModelSpec::default() },
        optimiser: OptimiserSpec { batch: 100, ..OptimiserSpec::default() },
        seed: Seed(7),
        ..Experiment::default()
    }
}

/// The same with one hidden layer: kernels that are compiled in half the time, where what they compute is not the question.
fn shallow(family: Family) -> Experiment {
    let model = ModelSpec { layers: 2, hidden: vec![12], ..small(family).model };
    Experiment { model, ..small(family) }
}

/// Everything that the GPU trains: families, conditionals, activations, bases, objectives.
fn table() -> Vec<(&'static str, Experiment)> {
    let with = |family: Family, change: &dyn Fn(&mut Experiment)| {
        let mut experiment = small(family);
        change(&mut experiment);
        experiment
    };
    let reverse = |path_gradient| {
        move |e: &mut Experiment| {
            let annealing = Some(Annealing { from: 0.1, steps: 150 });
            e.objective = Objective::ReverseKl { start: 1.0, annealing, path_gradient };
        }
    };
    let mixture = Conditional::Mixture { components: 5 };
    vec![
        ("made", small(Family::Made)),
        ("made mixture", with(Family::Made, &|e| e.model.conditionals = vec![mixture])),
        (
            "made laplace, then mixture",
            with(Family::Made, &|e| {
                e.model.conditionals = vec![Conditional::Laplace, mixture];
                e.model.ordering = vec![1, 0];
            }),
        ),
        ("maf", small(Family::Maf)),
        ("maf tanh", with(Family::Maf, &|e| e.model.activation = Activation::Tanh)),
        ("maf, student-t base", with(Family::Maf, &|e| e.model.base = Base::StudentT { degrees: 4.0 })),
        ("iaf", small(Family::Iaf)),
        ("nice", small(Family::Nice)),
        ("realnvp", small(Family::RealNvp)),
        ("glow", small(Family::Glow)),
        ("spline", small(Family::Spline)),
        ("spline coupling", with(Family::SplineCoupling, &|e| e.model.bins = 5)),
        ("realnvp reverse", with(Family::RealNvp, &reverse(false))),
        ("maf reverse", with(Family::Maf, &reverse(true))),
        ("glow reverse", with(Family::Glow, &reverse(true))),
        ("iaf reverse", with(Family::Iaf, &reverse(false))),
        (
            "spline reverse",
            with(Family::SplineCoupling, &|e| {
                reverse(true)(e);
                e.model.activation = Activation::Tanh;
            }),
        ),
    ]
}

/// Relative difference of two vectors.
fn distance(a: &[f32], b: &[f32]) -> f64 {
    let square = |values: &mut dyn Iterator<Item = f64>| values.map(|v| v * v).sum::<f64>().sqrt();
    let off = square(&mut a.iter().zip(b).map(|(a, b)| f64::from(a - b)));
    off / square(&mut a.iter().map(|&v| f64::from(v))).max(1e-12)
}

/// The sum of a step's shards: the gradient that it follows.
fn gradient(session: &mut Session) -> Vec<f32> {
    let mut sum = vec![0.0; session.parameters().len()];
    for shard in 0..session.shards() {
        session.shard(shard).unwrap();
        sum.iter_mut().zip(session.shard_gradient()).for_each(|(to, g)| *to += g);
    }
    sum
}

/// Of everything that it trains the GPU has the processor's gradient, and then its first 200 values. Both in one test: on a processor
/// that plays the GPU, compiling the kernels takes most of the time.
#[test]
fn gradients_and_the_first_200_values_are_those_of_the_processor() {
    let gpu = gpu();
    for (name, mut experiment) in table() {
        // Splines at the usual rate are chaotic: two runs on the processor that differ by 1e-6 at the start are 1.5 % apart before
        // step 200. At this rate they stay together.
        if matches!(experiment.model.family, Family::Spline | Family::SplineCoupling) {
            experiment.optimiser.learning_rate = 3e-4;
        }
        let start = Session::new(experiment.clone()).unwrap();
        let mut runs = wait(Runs::new(&gpu, vec![experiment.clone()])).unwrap();
        // At the start a last layer is nearly zero: look after some steps too.
        let mut session = Session::new(experiment.clone()).unwrap();
        for step in [0, 30] {
            session.train(step).unwrap();
            runs.restore(&[session.state()]);
            let expected = gradient(&mut session);
            runs.train(1).unwrap();
            let found = wait(runs.last_gradient()).unwrap().remove(0);
            let off = distance(&expected, &found);
            println!("{name}, step {step}: {off:.1e}");
            assert!(off < 1e-3, "{name}, step {step}: relative error {off:.2e}");
        }
        runs.restore(&[start.state()]);
        let mut session = start;
        let expected: Vec<f64> = (0..200).map(|_| session.train(1).unwrap()).collect();
        runs.train(200).unwrap();
        let snapshot = wait(runs.snapshots()).unwrap().remove(0);
        assert_eq!((snapshot.failed, snapshot.values.len()), (None, 200), "{name}");
        let off =
            expected.iter().zip(&snapshot.values).map(|(e, &v)| (e - f64::from(v)).abs() / e.abs().max(1.0));
        let worst = off.fold(0.0, f64::max);
        println!("{name}: {worst:.1e}");
        assert!(worst < 0.01, "{name}: values differ by {worst:.2e}");
    }
}

#[test]
fn queries_have_the_answers_of_the_processor() {
    let gpu = gpu();
    for family in [Family::Maf, Family::Iaf, Family::Glow] {
        let mut session = Session::new(small(family)).unwrap();
        let mut runs = wait(Runs::new(&gpu, vec![small(family)])).unwrap();
        session.train(100).unwrap();
        runs.restore(&[session.state()]);
        let window = session.plane().unwrap().window();
        let close = |what: &str, expected: &[f32], found: &[f32]| {
            assert_eq!(expected.len(), found.len());
            let off = distance(expected, found);
            assert!(off < 1e-4, "{family:?}, {what}: relative error {off:.1e}");
        };
        for temperature in [1.0, 0.6] {
            let field = wait(runs.density_field(&window, 45, temperature)).unwrap().remove(0);
            close("density", &session.density_field(&window, 45, temperature).unwrap(), &field);
            let samples = wait(runs.samples(1001, temperature)).unwrap().remove(0);
            close("samples", &session.samples(1001, temperature), &samples);
        }
        let points: Vec<f32> = (0..333).map(|i| (i as f32 * 0.37).sin()).chain([0.5]).collect();
        let log_prob = wait(runs.log_prob(&points, 1.0)).unwrap().remove(0);
        close("log p", &session.log_prob_at(&points, 1.0), &log_prob);
        let snapshot = wait(runs.snapshots()).unwrap().remove(0);
        assert_eq!(snapshot.state.numbers, session.state().numbers, "what was written is read back");
    }
}

/// Every target's draws: the batch's NLL under an untrained model is that of the processor.
#[test]
fn every_target_is_drawn_as_on_the_processor() {
    let gpu = gpu();
    let cells =
        (0..DRAWING_SIDE * DRAWING_SIDE).map(|i| if (i / 700) % 3 == 0 { (i % 251) as u8 } else { 0 });
    let drawn = TargetSpec::Drawn { cells: Drawing::new(cells.collect()).unwrap() };
    for target in gallery().into_iter().map(|row| row.spec).chain([drawn]) {
        let annealing = None;
        let reverse = Objective::ReverseKl { start: 1.0, annealing, path_gradient: false };
        for objective in [Objective::ForwardKl, reverse] {
            let mut experiment = shallow(Family::RealNvp);
            (experiment.target, experiment.objective) = (target.clone(), objective);
            let mut session = Session::new(experiment.clone()).unwrap();
            let expected = gradient(&mut session);
            let value = session.train(1).unwrap();
            let mut runs = wait(Runs::new(&gpu, vec![experiment])).unwrap();
            runs.train(1).unwrap();
            let off = distance(&expected, &wait(runs.last_gradient()).unwrap()[0]);
            let found = f64::from(wait(runs.snapshots()).unwrap()[0].values[0]);
            println!("{}: value {value} and {found}, gradient {off:.1e}", target.name());
            assert!(
                (value - found).abs() < 1e-4 * value.abs().max(1.0),
                "{}: {value}, {found}",
                target.name()
            );
            assert!(off < 1e-3, "{}: gradient off by {off:.1e}", target.name());
        }
    }
}

/// The funnel's score is 1e25 long where draws that start wide land: it is clipped to the same length, not to nothing.
#[test]
fn a_score_too_long_to_be_squared_is_clipped_as_on_the_processor() {
    let gpu = gpu();
    let mut experiment = shallow(Family::RealNvp);
    experiment.target = TargetSpec::Funnel;
    experiment.objective = Objective::ReverseKl { start: 10.0, annealing: None, path_gradient: false };
    experiment.optimiser.clip = None;
    let mut session = Session::new(experiment.clone()).unwrap();
    let expected = gradient(&mut session);
    let mut runs = wait(Runs::new(&gpu, vec![experiment])).unwrap();
    runs.train(1).unwrap();
    let found = wait(runs.last_gradient()).unwrap().remove(0);
    let off = distance(&expected, &found);
    assert!(off < 1e-3, "relative error {off:.2e}");
}

/// A run that came over at step 300 has no values of steps before.
#[test]
fn values_begin_where_the_gpu_took_over() {
    let gpu = gpu();
    let mut session = Session::new(shallow(Family::Made)).unwrap();
    session.train(300).unwrap();
    let mut runs = wait(Runs::new(&gpu, vec![shallow(Family::Made)])).unwrap();
    runs.restore(&[session.state()]);
    assert_eq!(wait(runs.snapshots()).unwrap()[0].values, [0.0; 0]);
    runs.train(3).unwrap();
    let values = wait(runs.snapshots()).unwrap().remove(0).values;
    assert_eq!(values.len(), 3);
    assert!(values.iter().all(|v| *v > 0.5), "{values:?}");
}

/// One launch trains runs of different seeds, orderings, rates and annealing as if each were alone.
#[test]
fn runs_that_train_together_are_those_that_train_alone() {
    let gpu = gpu();
    let mut together = Vec::new();
    for (seed, ordering, rate, start) in
        [(1, [0, 1], 1e-3, 1.0), (2, [1, 0], 3e-3, 1.0), (3, [0, 1], 1e-3, 0.5)]
    {
        let mut experiment = shallow(Family::Glow);
        experiment.seed = Seed(seed);
        experiment.model.ordering = ordering.to_vec();
        experiment.optimiser.learning_rate = rate;
        let annealing = Some(Annealing { from: 0.1 * start, steps: 20 * seed });
        experiment.objective = Objective::ReverseKl { start, annealing, path_gradient: false };
        together.push(experiment);
    }
    let mut all = wait(Runs::new(&gpu, together.clone())).unwrap();
    all.train(40).unwrap();
    let all = wait(all.snapshots()).unwrap();
    for (experiment, among) in together.into_iter().zip(all) {
        let mut alone = wait(Runs::new(&gpu, vec![experiment.clone()])).unwrap();
        alone.train(40).unwrap();
        let alone = wait(alone.snapshots()).unwrap().remove(0);
        assert_eq!(alone.state.numbers, among.state.numbers, "seed {:?}", experiment.seed);
        let value = Session::new(experiment).unwrap().train(40).unwrap();
        assert!((value - f64::from(among.values[39])).abs() < 0.01 * value.abs().max(1.0));
    }
}

/// Both backends give the same evaluation of the same runs.
#[test]
fn both_backends_say_the_same_of_their_runs() {
    let gpu = gpu();
    let seeds = [4, 5, 6].map(|seed| {
        let target = TargetSpec::EightGaussians;
        Experiment { seed: Seed(seed), target, ..shallow(Family::RealNvp) }
    });
    let mut processor = Cpu::new(seeds.to_vec()).unwrap();
    let mut runs = wait(Runs::new(&gpu, seeds.to_vec())).unwrap();
    processor.train(150).unwrap();
    Backend::train(&mut runs, 150).unwrap();
    wait(runs.wait()).unwrap();
    let (a, b) = (wait(evaluate_all(&mut processor)).unwrap(), wait(evaluate_all(&mut runs)).unwrap());
    for (a, b) in a.iter().zip(&b) {
        assert!((a.kl.unwrap() - b.kl.unwrap()).abs() < 1e-3 * a.kl.unwrap().abs().max(1.0), "{a:?} {b:?}");
        assert_eq!((&a.found, a.failed), (&b.found, b.failed));
    }
}

/// A submission tells where the run stood before it, whatever it does then.
#[test]
fn a_submission_tells_where_it_began() {
    let gpu = gpu();
    let mut runs = wait(Runs::new(&gpu, vec![shallow(Family::Nice)])).unwrap();
    let start = wait(runs.submit(5)).unwrap().remove(0);
    assert_eq!(start.state.numbers, Session::new(shallow(Family::Nice)).unwrap().state().numbers);
    assert_eq!((start.state.clock, start.values.len(), runs.step_count()), ([0; 3], 0, 5));
    let five = wait(runs.submit(7)).unwrap().remove(0);
    let mut alone = wait(Runs::new(&gpu, vec![shallow(Family::Nice)])).unwrap();
    alone.train(5).unwrap();
    let expected = wait(alone.snapshots()).unwrap().remove(0);
    assert_eq!((&five.state.numbers, five.state.clock), (&expected.state.numbers, [5, 0, 5]));
    assert_eq!(wait(runs.submit(0)).unwrap()[0].state.clock[0], 12);
}

/// The target changes under the running model: same parameters, a new schedule, and the processor's next gradient.
#[test]
fn a_new_target_leaves_the_parameters() {
    let gpu = gpu();
    let drawing = |shift: usize| {
        let ink = |i: usize| if ((i + shift) / 700).is_multiple_of(3) { (i % 251) as u8 } else { 0 };
        let cells = (0..DRAWING_SIDE * DRAWING_SIDE).map(ink).collect();
        TargetSpec::Drawn { cells: Drawing::new(cells).unwrap() }
    };
    let mut session = Session::new(shallow(Family::Maf)).unwrap();
    let mut runs = wait(Runs::new(&gpu, vec![shallow(Family::Maf)])).unwrap();
    for target in [TargetSpec::Crescent, drawing(0), drawing(350)] {
        session.train(20).unwrap();
        runs.restore(&[session.state()]);
        session.retarget(target.clone()).unwrap();
        wait(runs.retarget(target)).unwrap();
        let expected = gradient(&mut session);
        runs.train(1).unwrap();
        assert!(distance(&expected, &wait(runs.last_gradient()).unwrap()[0]) < 1e-3);
        session.train(1).unwrap();
        let state = wait(runs.snapshots()).unwrap().remove(0).state;
        assert_eq!(state.clock, session.state().clock);
        assert!(distance(&session.state().numbers, &state.numbers) < 1e-4);
    }
}

/// A run whose NLL overflows stands still at that step, with its parameters, and its neighbour trains on.
#[test]
fn a_run_that_leaves_the_finite_numbers_stands_still() {
    let gpu = gpu();
    let mut runs = wait(Runs::new(&gpu, vec![shallow(Family::Nice), shallow(Family::Nice)])).unwrap();
    let calm = Session::new(shallow(Family::Nice)).unwrap().state();
    let mut wild = calm.clone();
    wild.numbers[..calm.numbers.len() / 3].fill(1e20);
    runs.restore(&[calm.clone(), wild.clone()]);
    runs.train(30).unwrap();
    let snapshots = wait(runs.snapshots()).unwrap();
    assert_eq!((snapshots[0].failed, snapshots[1].failed), (None, Some(0)));
    assert_eq!(snapshots[1].state.numbers, wild.numbers);
    assert_ne!(snapshots[0].state.numbers, calm.numbers);
}

/// Real trouble, one after the other: each is a sentence, and none a panic.
#[test]
fn trouble_is_said_in_a_sentence() {
    let said = |force: Force| {
        let start = async {
            let gpu = Gpu::request(force).await?;
            let mut runs = Runs::new(&gpu, vec![shallow(Family::Nice)]).await?;
            for _ in 0..10 {
                runs.train(1)?;
                runs.wait().await?;
            }
            runs.snapshots().await.map(drop)
        };
        wait(start).unwrap_err().to_string()
    };
    for (force, part) in [
        (Force::NoAdapter, "no adapter"),
        (Force::Limit, "refused a device"),
        (Force::Shader, "a kernel was refused"),
        (Force::Memory, "memory was refused"),
        (Force::Lost, "the device was lost"),
    ] {
        let sentence = said(force);
        println!("{sentence}");
        assert!(sentence.starts_with("The GPU is not used: ") && sentence.contains(part), "{sentence}");
        assert!(sentence.ends_with('.') && !sentence.contains('\n'), "{sentence}");
    }
}

#[test]
fn what_the_gpu_cannot_do_is_refused_with_its_reason() {
    let gpu = gpu();
    let with = |change: &dyn Fn(&mut Experiment)| {
        let mut experiment = small(Family::Made);
        change(&mut experiment);
        experiment
    };
    for (experiments, part) in [
        (vec![small(Family::Nade)], "NADE"),
        (vec![with(&|e| e.model.order_agnostic = true)], "order-agnostic"),
        (vec![with(&|e| e.model.conditionals = vec![Conditional::StudentT])], "Student-t"),
        (vec![with(&|e| e.model.base = Base::Mixture { components: 3 })], "mixture"),
        (
            vec![with(&|e| {
                e.model.family = Family::RealNvp;
                e.model.batch_norm = true;
            })],
            "batch normalisation",
        ),
        (vec![small(Family::Made), with(&|e| e.optimiser.batch = 64)], "differ"),
        (vec![small(Family::Maf), with(&|e| e.model.family = Family::Maf), small(Family::Nice)], "sizes"),
        (vec![], "nothing to train"),
    ] {
        let sentence = wait(Runs::new(&gpu, experiments)).err().expect(part).to_string();
        assert!(sentence.contains(part), "{sentence}");
    }
}

/// The pixels of a painting, four bytes each, from the upper left corner.
fn painted(gpu: &Gpu, runs: &mut Runs, painting: &Painting, pixels: u32) -> Vec<[u8; 4]> {
    let format = wgpu::TextureFormat::Rgba8Unorm;
    let size = wgpu::Extent3d { width: pixels, height: pixels, depth_or_array_layers: 1 };
    let texture = gpu.device().create_texture(&wgpu::TextureDescriptor {
        label: None,
        size,
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format,
        usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
        view_formats: &[],
    });
    let painter = wait(Painter::new(gpu, format)).unwrap();
    wait(painter.paint(runs, painting, pixels, &texture.create_view(&Default::default()))).unwrap();
    let buffer = gpu.device().create_buffer(&wgpu::BufferDescriptor {
        label: None,
        size: u64::from(4 * pixels * pixels),
        usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
        mapped_at_creation: false,
    });
    let mut encoder = gpu.device().create_command_encoder(&Default::default());
    let layout =
        wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(4 * pixels), rows_per_image: None };
    encoder.copy_texture_to_buffer(
        texture.as_image_copy(),
        wgpu::TexelCopyBufferInfo { buffer: &buffer, layout },
        size,
    );
    gpu.queue().submit([encoder.finish()]);
    buffer.map_async(wgpu::MapMode::Read, .., |result| result.unwrap());
    gpu.device().poll(wgpu::PollType::wait_indefinitely()).unwrap();
    let bytes = buffer.slice(..).get_mapped_range().unwrap().to_vec();
    bytes.chunks_exact(4).map(|b| [b[0], b[1], b[2], b[3]]).collect()
}

#[test]
fn a_painting_shows_the_density_and_the_samples_of_the_run() {
    let gpu = gpu();
    let experiment = shallow(Family::RealNvp);
    let mut runs = wait(Runs::new(&gpu, vec![experiment])).unwrap();
    runs.train(60).unwrap();
    const SIDE: usize = 64;
    let window = Window { x_min: -2.0, x_max: 3.0, y_min: -2.5, y_max: 2.5 };
    let field = wait(runs.density_field(&window, SIDE, 1.0)).unwrap().remove(0);
    let most = 0.8 * field.iter().copied().fold(0.0, f32::max);
    // Red counts the colours; green and blue are fixed.
    let colours: Vec<u32> = (0..256).map(|k| 0xff00_2000 + 0x0040_0000 + k).collect();
    let painting = |resolution, samples, logarithmic| Painting {
        window,
        temperature: 1.0,
        resolution,
        samples,
        most: f64::from(most),
        logarithmic,
        colours: colours.clone(),
        paper: 0xff30_2010,
        ink: 0xffff_ffff,
        radius: 1.5,
    };
    for logarithmic in [false, true] {
        let pixels = painted(&gpu, &mut runs, &painting(SIDE, 0, logarithmic), SIDE as u32);
        for (place, pixel) in pixels.iter().enumerate() {
            let (row, column) = (SIDE - 1 - place / SIDE, place % SIDE);
            let even = field[row * SIDE + column] / most;
            let t = if logarithmic { 1.0 + even.log10() / 4.0 } else { even };
            let expected = 255.0 * t.clamp(0.0, 1.0);
            // A pixel is a cell: no more than a rounding between them.
            assert!((f32::from(pixel[0]) - expected).abs() <= 1.0, "{place}: {pixel:?}, {expected}");
            assert_eq!(pixel[1..], [0x20, 0x40, 0xff]);
        }
    }
    // Four pixels a cell: between two cells lies what lies between their densities.
    let fine = painted(&gpu, &mut runs, &painting(SIDE, 0, false), 4 * SIDE as u32);
    let red = |x: usize, y: usize| f32::from(fine[y * 4 * SIDE + x][0]);
    for (x, y) in [(70, 90), (130, 133), (161, 100)] {
        let (least, most) = (red(x - 2, y).min(red(x + 2, y)), red(x - 2, y).max(red(x + 2, y)));
        assert!((least - 2.0..=most + 2.0).contains(&red(x, y)), "{x}, {y}");
    }
    // Samples stand where they are, on paper where there is no density.
    let samples = wait(runs.samples(500, 1.0)).unwrap().remove(0);
    let pixels = painted(&gpu, &mut runs, &painting(0, 500, false), 256);
    let mut seen = 0;
    for x in samples.chunks_exact(2) {
        let column = (f64::from(x[0]) - window.x_min) / (window.x_max - window.x_min) * 256.0;
        let row = (window.y_max - f64::from(x[1])) / (window.y_max - window.y_min) * 256.0;
        if !(1.0..255.0).contains(&column) || !(1.0..255.0).contains(&row) {
            continue;
        }
        seen += 1;
        assert_eq!(pixels[row as usize * 256 + column as usize], [255; 4], "{x:?}");
    }
    assert!(seen > 400, "{seen}");
    let paper = pixels.iter().filter(|&&pixel| pixel == [0x10, 0x20, 0x30, 0xff]).count();
    assert!(paper > 256 * 256 / 2, "{paper}");
}

#[test]
fn a_million_cells_and_a_hundred_thousand_samples_can_be_painted() {
    let gpu = gpu();
    let mut experiment = shallow(Family::Made);
    experiment.model.hidden = vec![8];
    let mut runs = wait(Runs::new(&gpu, vec![experiment])).unwrap();
    let window = Window { x_min: -3.0, x_max: 3.0, y_min: -3.0, y_max: 3.0 };
    let painting = Painting {
        window,
        temperature: 1.0,
        resolution: 1024,
        samples: 100_000,
        most: 0.2,
        logarithmic: false,
        colours: (0..256).map(|k| 0xff00_0000 + k).collect(),
        paper: 0,
        ink: 0xffff_0000,
        radius: 1.0,
    };
    let pixels = painted(&gpu, &mut runs, &painting, 1024);
    assert!(pixels.iter().any(|pixel| pixel[2] == 255), "samples");
    assert!(pixels.iter().any(|pixel| pixel[2] == 0 && pixel[0] > 100), "density");
}

/// What is asked of runs on the GPU is answered by the average of their parameters, which is the processor's.
#[test]
fn what_is_shown_is_the_average_as_on_the_processor() {
    let mut experiment = shallow(Family::RealNvp);
    experiment.optimiser.ema_decay = Some(0.95);
    experiment.optimiser.learning_rate = 3e-3;
    let mut other = experiment.clone();
    other.seed = Seed(8);
    let experiments = vec![experiment, other];
    let mut sessions: Vec<Session> = experiments.iter().cloned().map(|e| Session::new(e).unwrap()).collect();
    let mut runs = wait(Runs::new(&gpu(), experiments)).unwrap();
    let points = [-1.0, 0.3, 0.0, 0.0, 1.5, -0.5];
    for target in [None, Some(TargetSpec::Pinwheel)] {
        if let Some(target) = target {
            sessions.iter_mut().for_each(|s| s.retarget(target.clone()).unwrap());
            wait(runs.retarget(target)).unwrap();
        }
        for session in &mut sessions {
            session.train(60).unwrap();
        }
        runs.train(60).unwrap();
        let snapshots = wait(runs.snapshots()).unwrap();
        let log_prob = wait(runs.log_prob(&points, 1.0)).unwrap();
        for ((session, snapshot), log_prob) in sessions.iter_mut().zip(&snapshots).zip(&log_prob) {
            let (here, there) = (session.state(), &snapshot.state);
            assert_eq!(here.clock, there.clock);
            let count = session.parameters().len();
            let parts =
                |state: &State<f32>| [0, 3].map(|i| state.numbers[i * count..(i + 1) * count].to_vec());
            let [in_training, shown] = parts(&here);
            let [in_training_there, shown_there] = parts(there);
            let trembles = distance(&in_training, &shown);
            assert!(trembles > 3e-3, "the average is not another: {trembles:.1e}");
            for (a, b) in [(&in_training, &in_training_there), (&shown, &shown_there)] {
                assert!(distance(a, b) < 0.1 * trembles, "{:.1e} of {trembles:.1e}", distance(a, b));
            }
            let expected = session.log_prob_at(&points, 1.0);
            let off = distance(&expected, log_prob);
            assert!(off < 1e-3, "log p differs by {off:.1e}");
        }
    }
}
