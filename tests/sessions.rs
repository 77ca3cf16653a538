//! Sessions: determinism, trained densities, trouble, and Experiments that can't be.

use crate::common::chi_squared_quantile;
use density_playground::bijections::{Direction, Reads};
use density_playground::diagnostics::{HeldOut, Split};
use density_playground::experiment::{Experiment, Seed};
use density_playground::math::quadrature::Window;
use density_playground::math::{Batch, Philox, Stream};
use density_playground::models::compose::layer_orderings;
use density_playground::models::{Activations, Base, Family, OrderingPolicy, Workspace};
use density_playground::models::{Conditional, ModelSpec};
use density_playground::models::{
    catalogue::{CATALOGUE, compositions},
    compose::build,
};
use density_playground::targets::{DRAWING_SIDE, Drawing, TargetSpec, gallery};
use density_playground::training::{Objective, OptimiserSpec, Schedule};
use density_playground::{Error, Session};
use proptest::prelude::*;

fn experiment(family: Family, target: TargetSpec) -> Experiment {
    let model = ModelSpec { family, hidden: vec![32, 32], layers: 4, ..ModelSpec::default() };
    let schedule = Schedule::Cosine { steps: 1500 };
    let optimiser = OptimiserSpec { schedule, batch: 256, ..OptimiserSpec::default() };
    Experiment { target, model, optimiser, ..Experiment::default() }
}

#[test]
fn a_seed_reproduces_a_run_bit_for_bit_however_it_is_cut() {
    for row in CATALOGUE {
        let run = |cuts: &[u32], seed| {
            let mut experiment = experiment(row.family, TargetSpec::TwoMoons);
            experiment.seed = Seed(seed);
            let mut session = Session::new(experiment).unwrap();
            for &steps in cuts {
                session.train(steps).unwrap();
            }
            // Where there is no density the history says so by what is no number, which equals nothing.
            let history = format!("{:?}", session.history());
            (session.parameters().to_vec(), history, session.samples(10, 1.0))
        };
        assert_eq!(run(&[120], 1), run(&[1, 49, 70], 1), "{}", row.title);
        assert_ne!(run(&[120], 1).0, run(&[120], 2).0, "{}", row.title);
    }
}

/// A run whose steps are shared, by two and then by three members that take over its state, is to the last bit the run of one
/// alone; and the shards are those of the whole batch.
#[test]
fn a_run_that_is_shared_is_the_run() {
    fn step(members: &mut [Session]) {
        let shards = members[0].shards();
        let count = members.len();
        let (mut values, mut gradients) = (Vec::new(), Vec::new());
        for shard in 0..shards {
            let session = &mut members[shard % count];
            values.push(session.shard(shard).unwrap());
            gradients.push(session.shard_gradient().to_vec());
        }
        for (member, session) in members.iter_mut().enumerate() {
            session.finish_step(&values, &gradients.concat(), member == 0).unwrap();
        }
    }
    let reverse = Objective::ReverseKl { start: 1.0, annealing: None, path_gradient: false };
    for row in compositions() {
        for objective in [Objective::ForwardKl, reverse] {
            let mut experiment = experiment(row.family, TargetSpec::TwoMoons);
            experiment.objective = objective;
            // Shards of 128, 128 and 44 points.
            experiment.optimiser.batch = 300;
            let fresh = || Session::new(experiment.clone()).unwrap();
            let mut alone = fresh();
            alone.train(55).unwrap();
            let mut members = vec![fresh()];
            assert_eq!(members[0].shards(), 3);
            members[0].train(15).unwrap();
            for steps in [15, 25] {
                let mut late = fresh();
                late.restore(&members[0].state()).unwrap();
                members.push(late);
                (0..steps).for_each(|_| step(&mut members));
            }
            assert_eq!(members[0].parameters(), alone.parameters(), "{}", row.title);
            assert_eq!(members[2].parameters(), alone.parameters(), "{}", row.title);
            assert_eq!(members[0].history(), alone.history(), "{}", row.title);
        }
    }
}

#[test]
fn batch_normalisation_is_not_shared() {
    let mut experiment = experiment(Family::Maf, TargetSpec::TwoMoons);
    experiment.model.batch_norm = true;
    experiment.optimiser.batch = 512;
    assert_eq!(Session::new(experiment).unwrap().shards(), 1);
}

/// The density integrates to one within half a percent, and samples follow it (chi-squared), at three temperatures.
fn check_density(session: &mut Session, name: &str) {
    const CELLS: usize = 24;
    const FINE: usize = 16;
    let window = Window::square(0.5, 0.25, 3.5);
    for temperature in [0.7, 1.0, 1.2] {
        let field = session.density_field(&window, CELLS * FINE, temperature).unwrap();
        let area = window.area() / field.len() as f64;
        let mass: f64 = field.iter().map(|&d| f64::from(d) * area).sum();
        let mut expected = vec![0.0; CELLS * CELLS];
        for (index, &d) in field.iter().enumerate() {
            let (y, x) = (index / (CELLS * FINE) / FINE, index % (CELLS * FINE) / FINE);
            expected[y * CELLS + x] += f64::from(d) * area;
        }
        let n = 100_000;
        let quantile = |draws: &[f32]| {
            let mut counts = vec![0.0; CELLS * CELLS];
            let mut outside = 0.0;
            for x in draws.chunks_exact(2) {
                let cell = |v: f32, min: f64| (f64::from(v) - min) / 7.0 * CELLS as f64;
                let (column, line) = (cell(x[0], window.x_min), cell(x[1], window.y_min));
                if (0.0..CELLS as f64).contains(&column) && (0.0..CELLS as f64).contains(&line) {
                    counts[line as usize * CELLS + column as usize] += 1.0;
                } else {
                    outside += 1.0 / n as f64;
                }
            }
            // All mass but what lies beyond the window: heavy tails do.
            let all = mass + outside;
            assert!(
                (all - 1.0).abs() < 0.005,
                "{name} at T = {temperature}: mass {mass} and {outside} outside"
            );
            let means: Vec<f64> = expected.iter().map(|mass| n as f64 * mass).collect();
            chi_squared_quantile(&counts, &means)
        };
        // One p in a thousand is under 0.001 by chance alone, and there are dozens here: draws that fail are asked again, fresh.
        let z = quantile(&session.samples(n, temperature));
        if z >= 3.09 {
            let again = quantile(&session.samples(2 * n, temperature)[2 * n..]);
            assert!(again < 3.09, "{name} at T = {temperature}: z {z:.2}, and {again:.2} with fresh draws");
        }
    }
}

#[test]
fn trained_densities_are_densities_and_samples_follow_them() {
    for row in compositions() {
        let mut session = Session::new(experiment(row.family, TargetSpec::TwoMoons)).unwrap();
        session.train(1500).unwrap();
        check_density(&mut session, row.title);
    }
}

#[test]
fn so_are_those_of_every_option() {
    type Option = (&'static str, Family, fn(&mut ModelSpec));
    let options: [Option; 7] = [
        ("mixture", Family::Made, |m| m.conditionals = vec![Conditional::Mixture { components: 5 }]),
        ("Laplace", Family::Nade, |m| m.conditionals = vec![Conditional::Laplace]),
        ("Student-t", Family::Made, |m| m.conditionals = vec![Conditional::StudentT]),
        ("batch norm", Family::RealNvp, |m| m.batch_norm = true),
        ("Student-t base", Family::RealNvp, |m| m.base = Base::StudentT { degrees: 6.0 }),
        ("mixture base", Family::Maf, |m| m.base = Base::Mixture { components: 2 }),
        ("spline that reads the base", Family::Spline, |m| m.reads = Some(Reads::Base)),
    ];
    for (name, family, option) in options {
        let mut experiment = experiment(family, TargetSpec::TwoMoons);
        experiment.model.layers = 3;
        option(&mut experiment.model);
        let mut session = Session::new(experiment).unwrap();
        session.train(600).unwrap();
        check_density(&mut session, name);
    }
}

#[test]
fn temperature_zero_puts_every_sample_on_one_point() {
    let mut session = Session::new(experiment(Family::Maf, TargetSpec::TwoMoons)).unwrap();
    session.train(50).unwrap();
    let samples = session.samples(100, 0.0);
    assert!(samples.chunks_exact(2).all(|x| x == &samples[..2]));
}

/// A conditional that is a map of distribution functions goes to its median as the temperature falls, which on a skewed one is not the
/// mean; a mixture as base keeps the means of its components.
#[test]
fn temperature_zero_is_the_median_of_a_distribution_and_keeps_the_means_of_a_mixture() {
    let mut skewed = experiment(Family::Made, TargetSpec::Crescent);
    skewed.model.ordering = vec![0, 1];
    skewed.model.conditionals = vec![Conditional::Mixture { components: 4 }];
    let mut session = Session::new(skewed).unwrap();
    session.train(600).unwrap();
    let median = f64::from(session.samples(1, 0.0)[0]);
    let first: Vec<f64> = session.samples(20_000, 1.0).chunks_exact(2).map(|x| f64::from(x[0])).collect();
    let count = first.len() as f64;
    let below = first.iter().filter(|&&x| x < median).count() as f64 / count;
    // Four standard deviations of a share of 20,000.
    assert!((below - 0.5).abs() < 0.015, "{below} of the samples lie below");
    let mean = first.iter().sum::<f64>() / count;
    assert!(mean > median + 0.1, "mean {mean}, median {median}");

    let mut several = experiment(Family::RealNvp, TargetSpec::TwoGaussians);
    several.model.base = Base::Mixture { components: 2 };
    let mut session = Session::new(several).unwrap();
    session.train(100).unwrap();
    let mut points: Vec<[u32; 2]> =
        session.samples(500, 0.0).chunks_exact(2).map(|x| [x[0].to_bits(), x[1].to_bits()]).collect();
    points.sort_unstable();
    points.dedup();
    assert_eq!(points.len(), 2, "{points:?}");
}

#[test]
fn a_diverging_run_stops_at_the_last_good_parameters_and_says_why() {
    let mut wild = experiment(Family::Maf, TargetSpec::HeavyTailed);
    wild.optimiser = OptimiserSpec { learning_rate: 1.0, clip: None, ..wild.optimiser };
    let mut session = Session::new(wild).unwrap();
    let error = (0..500).find_map(|_| session.train(10).err()).expect("a rate of 1 diverges");
    let Error::Diverged { step, kept, .. } = error.clone() else { panic!("{error}") };
    assert!(kept <= step && session.step_count() == kept);
    assert!(error.to_string().contains("Try a learning rate below 1"), "{error}");
    assert!(session.evaluate().nll.is_finite());
    assert!(session.samples(50, 1.0).iter().all(|v| v.is_finite()));
}

#[test]
fn a_running_model_can_be_given_another_target() {
    let mut session = Session::new(experiment(Family::RealNvp, TargetSpec::TwoGaussians)).unwrap();
    session.train(400).unwrap();
    let before = session.evaluate().known_kl();
    session.retarget(TargetSpec::EightGaussians).unwrap();
    assert_eq!(session.step_count(), 400);
    let moved = session.evaluate();
    assert!(moved.known_kl() > before + 0.5, "{before} then {}", moved.known_kl());
    session.train(1000).unwrap();
    assert!(session.evaluate().known_kl() < 0.5 * moved.known_kl());
    // An empty drawing is refused, and the run goes on with what it had.
    let empty = Drawing::new(vec![0; DRAWING_SIDE * DRAWING_SIDE]).unwrap();
    assert_eq!(session.retarget(TargetSpec::Drawn { cells: empty }), Err(Error::EmptyDrawing));
    assert_eq!(session.experiment().target, TargetSpec::EightGaussians);
    session.train(10).unwrap();
}

/// Drawing while training: the first dab is one small corner of what is drawn in the end. The run that saw it
/// grow learns the whole as well as one that began with it.
#[test]
fn a_drawing_that_grows_under_the_run_is_learned_whole() {
    let blob = |centres: &[(f64, f64)]| {
        let cell = |index: usize| {
            let (x, y) = ((index % DRAWING_SIDE) as f64, (index / DRAWING_SIDE) as f64);
            u8::from(centres.iter().any(|(cx, cy)| (x - cx).hypot(y - cy) < 6.0)) * 200
        };
        let cells = (0..DRAWING_SIDE * DRAWING_SIDE).map(cell).collect();
        TargetSpec::Drawn { cells: Drawing::new(cells).unwrap() }
    };
    let centres = [(20.0, 100.0), (100.0, 100.0), (60.0, 30.0)];
    let mut grown = Session::new(experiment(Family::RealNvp, blob(&centres[..1]))).unwrap();
    grown.train(30).unwrap();
    for count in [2, 3] {
        grown.retarget(blob(&centres[..count])).unwrap();
        grown.train(30).unwrap();
    }
    grown.train(1000).unwrap();
    let mut whole = Session::new(experiment(Family::RealNvp, blob(&centres))).unwrap();
    whole.train(1000).unwrap();
    let (grown, whole) = (grown.evaluate().known_kl(), whole.evaluate().known_kl());
    assert!(grown < whole + 0.1, "KL {grown} grown, {whole} at once");
}

#[test]
fn saved_parameters_bring_a_run_back() {
    for row in CATALOGUE {
        let mut first = Session::new(experiment(row.family, TargetSpec::TwoMoons)).unwrap();
        first.train(60).unwrap();
        let mut second = Session::new(first.experiment().clone()).unwrap();
        second.load(first.step_count(), first.parameters()).unwrap();
        assert_eq!(second.samples(50, 0.8), first.samples(50, 0.8), "{}", row.title);
        let [again, once] = [second.evaluate(), first.evaluate()].map(|e| format!("{e:?}"));
        assert_eq!(again, once, "{}", row.title);
    }
    let mut session = Session::new(experiment(Family::Maf, TargetSpec::TwoMoons)).unwrap();
    let sentence = session.load(3, &[1.0]).unwrap_err().to_string();
    assert!(sentence.starts_with("parameters is 1 numbers; allowed: "), "{sentence}");
    let mut broken = session.parameters().to_vec();
    broken[7] = f32::NAN;
    let sentence = session.load(3, &broken).unwrap_err().to_string();
    assert!(sentence.starts_with("parameters is NaN at place 7; allowed: "), "{sentence}");
}

/// A MADE of six variables with one Gaussian for each conditional is a MAF of one layer.
#[test]
fn made_is_a_maf_of_one_layer() {
    let spec = |family| ModelSpec {
        family,
        layers: 1,
        ordering: vec![3, 1, 5, 0, 2, 4],
        hidden: vec![20, 17],
        ..ModelSpec::default()
    };
    let (made, maf) = (build::<f64>(&spec(Family::Made), None, 1), build::<f64>(&spec(Family::Maf), None, 1));
    let parameters = made.initial_parameters(12);
    assert_eq!(parameters.len(), maf.parameter_count());
    let points: Vec<f64> = (0..60).map(|i| 2.0 * (f64::from(i) * 1.7).sin()).collect();
    let log_prob = made.log_prob(&parameters, &points, 1.0, &mut Workspace::default());
    assert_eq!(log_prob, maf.log_prob(&parameters, &points, 1.0, &mut Workspace::default()));
    // And it is the product of Gaussians that its own samples' moments say: the chain rule, variable by variable.
    let first = maf.log_prob(&parameters, &points[..6], 1.0, &mut Workspace::default())[0];
    assert!((first - log_prob[0]).abs() < 1e-12);
}

/// Order-agnostic NADE and MADE: the average over both orderings is a density, and its samples follow it.
#[test]
fn an_average_over_orderings_is_a_density() {
    for family in [Family::Nade, Family::Made] {
        let mut agnostic = experiment(family, TargetSpec::TwoMoons);
        agnostic.model.order_agnostic = true;
        agnostic.model.conditionals = vec![Conditional::Mixture { components: 4 }];
        let mut session = Session::new(agnostic).unwrap();
        assert!(!session.model().learns_from_draws());
        session.train(1500).unwrap();
        let kl = session.evaluate().known_kl();
        assert!(kl < 0.25, "{family:?}: KL {kl}");
        check_density(&mut session, &format!("order-agnostic {family:?}"));
    }
}

/// The random policy shuffles the model's own ordering; where there is a single layer, the ordering is the one asked for.
#[test]
fn a_random_policy_heeds_the_ordering() {
    let orderings = |family, ordering: [usize; 5], layers| {
        let ordering_policy = OrderingPolicy::Random;
        let ordering = ordering.to_vec();
        layer_orderings(&ModelSpec { family, ordering, ordering_policy, layers, ..ModelSpec::default() }, 3)
    };
    let turned = [3, 1, 4, 0, 2];
    for (family, layers) in [(Family::Made, 5), (Family::Nade, 5), (Family::Maf, 1), (Family::RealNvp, 1)] {
        assert_eq!(orderings(family, turned, layers), [turned.to_vec()], "{family:?}");
    }
    let (plain, own) = (orderings(Family::Maf, [0, 1, 2, 3, 4], 4), orderings(Family::Maf, turned, 4));
    for (plain, own) in plain.iter().zip(&own) {
        let renamed: Vec<usize> = plain.iter().map(|&place| turned[place]).collect();
        assert_eq!(*own, renamed);
    }
    assert!(plain.iter().any(|ordering| *ordering != plain[0]), "{plain:?}");
    // An order-agnostic model has each ordering once, whatever the policy that an earlier family left behind.
    let mut agnostic = experiment(Family::Made, TargetSpec::TwoMoons);
    agnostic.model.order_agnostic = true;
    agnostic.model.ordering_policy = OrderingPolicy::Random;
    let mut session = Session::new(agnostic).unwrap();
    let points = [0.3f32, -0.7];
    let own = session.parameters();
    let alone = session.flow().unwrap().log_prob(own, &points, 1.0, &mut Workspace::default());
    let both = session.log_prob_at(&points, 1.0);
    assert_ne!(alone, both, "the average over orderings is one ordering");
}

/// A run's final numbers come from points that never decided anything: not those that it was watched by, nor the first of them.
#[test]
fn final_numbers_are_of_points_of_their_own() {
    let target = TargetSpec::TwoMoons.build().unwrap();
    let [watched, fresh] =
        [Split::Validation, Split::Test].map(|split| HeldOut::<f32>::new(&*target, 1, split, 300));
    assert!(fresh.points().iter().all(|x| !watched.points().contains(x)));
    let mut experiment = experiment(Family::RealNvp, TargetSpec::TwoMoons);
    experiment.objective = Objective::ReverseKl { start: 1.0, annealing: None, path_gradient: false };
    let mut session = Session::new(experiment).unwrap();
    let (watched, fresh) = (session.evaluate(), session.evaluate_on(4096));
    assert_ne!(watched.known_kl(), fresh.known_kl());
    assert_ne!(watched.variational.unwrap().elbo, fresh.variational.unwrap().elbo);
}

/// A gradient whose squares are beyond single precision is clipped like any other; without clipping it can't be followed.
#[test]
fn a_gradient_that_is_too_long_to_be_squared_is_clipped() {
    for (clip, goes_on) in [(Some(5.0), true), (None, false)] {
        let mut experiment = experiment(Family::Maf, TargetSpec::TwoMoons);
        experiment.optimiser.clip = clip;
        let mut session = Session::new(experiment).unwrap();
        let before = session.parameters().to_vec();
        let shards = session.shards();
        let mut gradients = vec![0.0; shards * before.len()];
        gradients[..2].copy_from_slice(&[3e25, -4e25]);
        let ended = session.finish_step(&vec![1.0; shards], &gradients, false);
        assert_eq!(ended.is_ok(), goes_on, "{ended:?}");
        let moved = |i: usize| (session.parameters()[i] - before[i]).abs();
        if goes_on {
            // The first step of Adam has the length of the rate.
            assert!((moved(0) - 1e-3).abs() < 1e-5 && (moved(1) - 1e-3).abs() < 1e-5);
            assert!(session.state().numbers.iter().all(|v| v.is_finite()));
        } else {
            let said = ended.unwrap_err().to_string();
            assert!(said.contains("too long to be followed") && said.contains("gradient clipping"), "{said}");
        }
    }
}

/// A blob at the very edge, one cell wide: no width of zero, no NaN.
#[test]
fn a_single_cell_can_be_learned() {
    let mut cells = vec![0; DRAWING_SIDE * DRAWING_SIDE];
    cells[DRAWING_SIDE * DRAWING_SIDE - 1] = 1;
    let target = TargetSpec::Drawn { cells: Drawing::new(cells).unwrap() };
    let mut session = Session::new(experiment(Family::Maf, target)).unwrap();
    session.train(300).unwrap();
    assert!(session.evaluate().known_kl() < 1.0);
}

#[test]
fn every_bad_value_is_named_with_what_is_allowed() {
    let sentence = |json: &str| Experiment::from_json(json).unwrap_err().to_string();
    let cases = [
        (r#"{"model":{"layers":0}}"#, "model.layers is 0; allowed: a whole number from 1 to 64."),
        (r#"{"model":{"hidden":[]}}"#, "model.hidden is 0 layers; allowed: 1 to 8 layers."),
        (
            r#"{"model":{"hidden":[64,2000]}}"#,
            "model.hidden[1] is 2000; allowed: a whole number from 1 to 1024.",
        ),
        (r#"{"model":{"ordering":[0,0]}}"#, "model.ordering is [0, 0]; allowed: each of 0 to 1 once."),
        (r#"{"model":{"ordering":[0,1,2]}}"#, "model.ordering is [0, 1, 2]; allowed: each of 0 to 1 once."),
        (
            r#"{"optimiser":{"learning_rate":0}}"#,
            "optimiser.learning_rate is 0; allowed: above 0, at most 1.",
        ),
        (
            r#"{"optimiser":{"batch":70000}}"#,
            "optimiser.batch is 70000; allowed: a whole number from 1 to 65536.",
        ),
        (
            r#"{"model":{"family":"made","conditionals":[{"kind":"mixture","components":33}]}}"#,
            "model.conditionals[0].components is 33; allowed: a whole number from 1 to 32.",
        ),
        (
            r#"{"model":{"base":{"kind":"mixture","components":0}}}"#,
            "model.base.components is 0; allowed: a whole number from 1 to 32.",
        ),
        (
            r#"{"optimiser":{"clip":-1}}"#,
            "optimiser.clip is -1; allowed: a positive number, or null for no clipping.",
        ),
        (
            r#"{"optimiser":{"schedule":{"kind":"cosine","steps":0}}}"#,
            "optimiser.schedule.steps is 0; allowed: a whole number from 1 to 10000000.",
        ),
    ];
    for (json, expected) in cases {
        assert_eq!(sentence(json), expected);
    }
    // What serde refuses names the field, the value and the choices too.
    for (json, parts) in [
        (r#"{"model":{"family":"boltzmann"}}"#, ["model.family", "boltzmann", "`maf`"]),
        (r#"{"seed":-1}"#, ["seed", "-1", "u32"]),
        (r#"{"optimiser":{"batch":"many"}}"#, ["optimiser.batch", "many", "usize"]),
        (r#"{"modle":{}}"#, ["modle", "unknown field", "`model`"]),
        (r#"{"target":{"kind":"moon"}}"#, ["target", "moon", "`two-moons`"]),
        (r#"{"target":{"kind":"drawn","cells":"AAAA"}}"#, ["target", "3 cells", "16384 cells"]),
        (r#"{"target":{"kind":"drawn"}}"#, ["target", "missing field", "`cells`"]),
        (
            r#"{"objective":{"kind":"reverse-kl","start":1}}"#,
            ["objective", "missing field", "`path_gradient`"],
        ),
        (r#"{"objective":{"kind":"forward-kl","begin":1}}"#, ["objective", "unknown field", "`begin`"]),
        (
            r#"{"model":{"base":{"kind":"mixture","components":2,"degrees":3}}}"#,
            ["model.base", "no field", "`degrees`"],
        ),
    ] {
        let said = sentence(json);
        parts.iter().for_each(|part| assert!(said.contains(part), "{said} lacks {part}"));
    }
    let torn = r#"{"model":{"family":"made","order_agnostic":true,"conditionals":[{"kind":"gaussian"},{"kind":"laplace"}]}}"#;
    assert_eq!(
        sentence(torn),
        "model.conditionals is different from place to place; allowed: the same for all variables of an order-agnostic model."
    );
    assert!(Experiment::from_json(&torn.replace("laplace", "gaussian")).is_ok());
    let huge = sentence(r#"{"model":{"layers":64,"hidden":[1024,1024,1024]}}"#);
    assert!(huge.starts_with("model is ") && huge.contains("fewer layers"), "{huge}");
}

#[test]
fn experiments_survive_json() {
    for row in gallery() {
        let experiment = Experiment { target: row.spec, ..Experiment::default() };
        let text = serde_json::to_string(&experiment).unwrap();
        assert_eq!(Experiment::from_json(&text).unwrap(), experiment);
    }
    assert_eq!(Experiment::from_json("{}").unwrap(), Experiment::default());
    // A kind that has no fields passes over those of others, as it did in version 0.1.
    let kept = r#"{"objective":{"kind":"forward-kl","start":0.3},"optimiser":{"schedule":{"kind":"constant","steps":500}}}"#;
    let read = Experiment::from_json(kept).unwrap();
    assert_eq!((read.objective, read.optimiser.schedule), (Objective::ForwardKl, Schedule::Constant));
}

proptest! {
    /// Whatever the text, an Experiment or a sentence; never a panic.
    #[test]
    fn nonsense_is_refused_with_a_sentence(text in ".{0,80}") {
        if let Err(error) = Experiment::from_json(&text) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    /// Any model of any family, size, option and dimension is a bijection that knows its log-determinant, and its gradients,
    /// stored and recomputed, agree.
    #[test]
    fn every_valid_model_is_a_flow(
        family in 0..compositions().count(), dim in 2usize..7, layers in 1usize..4,
        units in proptest::collection::vec(1usize..12, 1..3), policy in 0usize..3, conditional in 0usize..4,
        bins in 2usize..7, turned in any::<bool>(), base in 0usize..3, seed in any::<u32>()
    ) {
        let row = compositions().nth(family).unwrap();
        let conditional = [
            Conditional::Gaussian, Conditional::Mixture { components: 3 }, Conditional::Laplace, Conditional::StudentT,
        ][conditional];
        let spec = ModelSpec {
            family: row.family, layers, hidden: units, bins,
            ordering: Philox::new(seed, Stream::LayerOrdering { layer: 9 }).permutation(dim),
            ordering_policy: [OrderingPolicy::Same, OrderingPolicy::Alternate, OrderingPolicy::Random][policy],
            conditionals: vec![conditional],
            reads: (turned && !row.shared_weights).then_some(Reads::Base),
            base: [Base::Normal, Base::StudentT { degrees: 4.0 }, Base::Mixture { components: 2 }][base],
            ..ModelSpec::default()
        };
        spec.validate(dim).unwrap();
        let flow = build::<f64>(&spec, None, seed);
        let parameters = flow.initial_parameters(seed);
        let mut random = Philox::new(seed, Stream::BaseDraw { row: 0 });
        let points: Vec<f64> = (0..5 * dim).map(|_| random.normal()).collect();
        let workspace = &mut Workspace::default();
        let (base, down) = flow.transform(Direction::Inverse, &parameters, &points, workspace);
        let (back, up) = flow.transform(Direction::Forward, &parameters, &base, workspace);
        for (a, b) in points.iter().zip(&back) {
            prop_assert!((a - b).abs() < 1e-7 * a.abs().max(1.0), "{a} came back as {b}");
        }
        for (a, b) in down.iter().zip(&up) {
            prop_assert!((a + b).abs() < 1e-6 * a.abs().max(1.0), "log-determinants {a} and {b}");
        }
        let batch = Batch::from_rows(&points, dim);
        let mut gradient = |activations| {
            let mut gradient = vec![0.0; parameters.len()];
            flow.nll_gradient(&parameters, &batch, activations, &mut gradient, workspace);
            gradient
        };
        let (stored, recomputed) = (gradient(Activations::Stored), gradient(Activations::Recomputed));
        let norm = stored.iter().map(|g| g * g).sum::<f64>().sqrt();
        for (a, b) in stored.iter().zip(&recomputed) {
            prop_assert!((a - b).abs() < 1e-6 * norm.max(1.0), "{a} stored, {b} recomputed");
        }
    }

    /// Any valid small Experiment starts and trains.
    #[test]
    fn every_valid_experiment_runs(
        family in 0..CATALOGUE.len(), layers in 1usize..4, units in proptest::collection::vec(1usize..20, 1..3),
        batch in 1usize..40, target in 0usize..11, flip in any::<bool>(), seed in any::<u32>()
    ) {
        let ordering = if flip { vec![1, 0] } else { vec![0, 1] };
        let family = CATALOGUE[family].family;
        let model = ModelSpec { family, layers, hidden: units, ordering, ..ModelSpec::default() };
        let optimiser = OptimiserSpec { batch, ..OptimiserSpec::default() };
        let target = gallery().swap_remove(target).spec;
        let seed = Seed(seed);
        let mut session = Session::new(Experiment { target, model, optimiser, seed, ..Experiment::default() }).unwrap();
        session.train(3).unwrap();
        prop_assert!(session.samples(5, 1.0).iter().all(|v| v.is_finite()));
    }
}
