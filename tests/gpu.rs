//! The GPU against the processor: same seed, same batches, the same numbers to single precision. Runs on whatever adapter there
//! is; a software one (Mesa's, on Linux from the package mesa-vulkan-drivers) serves.

use density_playground::experiment::{Annealing, Conditional, ModelSpec, Objective, OptimiserSpec, Seed};
use density_playground::gpu::{Force, Gpu, Runs};
use density_playground::models::{Base, Family};
use density_playground::nn::Activation;
use density_playground::targets::TargetSpec;
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
        ("spline reverse", with(Family::SplineCoupling, &reverse(true))),
    ]
}

/// Relative difference of two vectors.
fn distance(a: &[f32], b: &[f32]) -> f64 {
    let square = |values: &mut dyn Iterator<Item = f64>| values.map(|v| v * v).sum::<f64>().sqrt();
    let off = square(&mut a.iter().zip(b).map(|(a, b)| f64::from(a - b)));
    off / square(&mut a.iter().map(|&v| f64::from(v))).max(1e-12)
}

/// The sum of a step's parts: the gradient that it follows.
fn gradient(session: &mut Session) -> Vec<f32> {
    let mut sum = vec![0.0; session.parameters().len()];
    for part in 0..session.parts() {
        session.part(part);
        sum.iter_mut().zip(session.part_gradient()).for_each(|(to, g)| *to += g);
    }
    sum
}

#[test]
fn one_step_has_the_gradient_of_the_processor() {
    let gpu = gpu();
    for (name, experiment) in table() {
        let mut session = Session::new(experiment.clone()).unwrap();
        let mut runs = wait(Runs::new(&gpu, vec![experiment])).unwrap();
        // At the start a last layer is nearly zero: look after some steps too.
        for step in [0, 30] {
            session.train(step).unwrap();
            runs.take_over(&[session.state()]);
            let expected = gradient(&mut session);
            runs.train(1).unwrap();
            let found = wait(runs.last_gradient()).unwrap().remove(0);
            let off = distance(&expected, &found);
            println!("{name}, step {step}: {off:.1e}");
            assert!(off < 1e-3, "{name}, step {step}: relative error {off:.2e}");
        }
    }
}

#[test]
fn the_first_200_values_are_those_of_the_processor() {
    let gpu = gpu();
    for (name, experiment) in table() {
        let mut session = Session::new(experiment.clone()).unwrap();
        let mut runs = wait(Runs::new(&gpu, vec![experiment])).unwrap();
        let expected: Vec<f64> = (0..200).map(|_| session.train(1).unwrap()).collect();
        runs.train(200).unwrap();
        let standing = wait(runs.read()).unwrap().remove(0);
        assert_eq!((standing.failed, standing.values.len()), (None, 200), "{name}");
        let off = expected.iter().zip(&standing.values).map(|(e, &v)| (e - f64::from(v)).abs() / e.abs().max(1.0));
        let worst = off.fold(0.0, f64::max);
        println!("{name}: {worst:.1e}");
        assert!(worst < 0.01, "{name}: values differ by {worst:.2e}");
    }
}
