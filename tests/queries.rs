//! What the views ask: right answers, and a sentence for every wrong query.

use density_playground::experiment::Experiment;
use density_playground::math::quadrature::Window;
use density_playground::models::catalogue::compositions;
use density_playground::models::{Conditional, Family, ModelSpec};
use density_playground::session::{Session, probe};
use density_playground::targets::TargetSpec;
use density_playground::training::State;

const WINDOW: Window = Window { x_min: -3.0, x_max: 3.0, y_min: -3.0, y_max: 3.0 };

fn session(family: Family) -> Session {
    let model = ModelSpec { family, hidden: vec![6, 6], ..ModelSpec::default() };
    Session::new(Experiment { model, ..Experiment::default() }).unwrap()
}

fn refused<T>(answer: Result<T, density_playground::Error>) -> String {
    match answer {
        Ok(_) => panic!("a wrong query was answered"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn wrong_questions_get_a_sentence_that_names_what_is_wrong() {
    let mut session = session(Family::Maf);
    let flat = Window { y_max: -3.0, ..WINDOW };
    let endless = Window { x_max: f64::INFINITY, ..WINDOW };
    for (sentence, start) in [
        (refused(session.slice(2, 0.0, &WINDOW, 10)), "variable is 2"),
        (refused(session.slice(0, 0.0, &flat, 10)), "window is without an inside"),
        (refused(session.slice(0, 0.0, &endless, 10)), "window is without an inside"),
        (refused(session.slice(0, 0.0, &WINDOW, 0)), "resolution is 0"),
        (refused(session.layers(f64::NAN, 5, 5, 5)), "reach is NaN"),
        (refused(session.layers(1.0, 1, 5, 5)), "lines is 1"),
        (refused(session.layers(1.0, 5, 5, 1_000_000)), "draws is 1000000"),
        (refused(session.data_in_base(3)), "count is 3"),
        (refused(session.temperatures(&[])), "temperatures is 0"),
        (refused(session.temperatures(&[1.0, -1.0])), "temperatures is -1"),
        (refused(session.temperature_sweep(&[0.0], &WINDOW, 10, 10)), "temperatures is 0"),
        (refused(session.round_trip(&WINDOW, 5000)), "resolution is 5000"),
        (refused(session.singular_values(&flat, 10)), "window is"),
        (refused(session.off_support(0)), "count is 0"),
        (refused(session.masks(&[0], &[4], 0, None)), "variables is 1"),
        (refused(session.masks(&[0, 0], &[4], 0, None)), "ordering is [0, 0]"),
        (refused(session.masks(&[0, 1], &[], 0, None)), "hidden layers is 0"),
        (refused(session.masks(&[0, 1], &[0], 0, None)), "hidden is 0"),
        (refused(session.weights(99)), "layer is 99"),
        (refused(session.memory(0, 10)), "depth is 0"),
        (refused(session.set_parameters(1, &[0.0])), "parameters is 1 numbers"),
        (refused(probe(Family::Maf, 1, 4, None)), "variables is 1"),
        (refused(probe(Family::Maf, 2, 4, Some(100))), "layers is 100"),
        (refused(probe(Family::Maf, 64, 1024, Some(64))), "the memory that this takes is 1"),
        (
            refused(session.temperature_sweep(&[1.0; 64], &WINDOW, 1024, 10)),
            "the memory that this takes is 7",
        ),
        (refused(session.shard(99)), "shard is 99"),
        (refused(session.finish_step(&[], &[], false)), "values is 0 numbers"),
        (refused(session.finish_step(&[0.0; 4], &[0.0; 7], false)), "gradients is 7 numbers"),
    ] {
        assert!(sentence.starts_with(start) && sentence.ends_with('.'), "{sentence:?} for {start:?}");
    }
}

/// Each number may be within its bounds and their product beyond all memory: then it is refused before anything is taken.
#[test]
fn what_would_take_too_much_memory_is_refused() {
    let takes = |sentence: String| {
        sentence.starts_with("the memory that this takes is ") && sentence.contains(" MiB: ")
    };
    let model = ModelSpec { family: Family::Glow, layers: 64, hidden: vec![1024], ..ModelSpec::default() };
    let mut deep = Session::new(Experiment { model, ..Experiment::default() }).unwrap();
    assert!(takes(refused(deep.layers(1.0, 101, 401, 100_000))));
    // Points are taken a tile at a time, so that few layers of many units are no trouble.
    let model = ModelSpec { family: Family::Maf, layers: 1, hidden: vec![1024; 4], ..ModelSpec::default() };
    let wide = Session::new(Experiment { model: model.clone(), ..Experiment::default() }).unwrap();
    assert!(takes(refused(wide.memory(64, 1))));
    let model = ModelSpec { batch_norm: true, hidden: vec![1024], ..model };
    let whole = Session::new(Experiment { model, ..Experiment::default() }).unwrap();
    assert!(takes(refused(whole.memory(64, 8192))));
    assert!(whole.memory(2, 256).is_ok());
}

#[test]
fn a_state_of_another_run_is_refused() {
    let mut session = session(Family::Maf);
    let state = session.state();
    let short = State { numbers: state.numbers[1..].to_vec(), ..state };
    assert!(refused(session.restore(&short)).starts_with("state is "));
    let late = State { clock: [3, 5, 3], ..state.clone() };
    assert!(refused(session.sync(&late)).starts_with("clock is [3, 5, 3]"));
    session.restore(&state).unwrap();
}

/// The weights that are drawn are those of the masks' edges: nothing where an edge is cut, something where there is one.
#[test]
fn drawn_weights_stand_on_the_edges_of_the_masks() {
    for row in compositions() {
        let mut session = session(row.family);
        session.train(3).unwrap();
        for layer in 0..session.experiment().model.layer_count() {
            let answer = session.weights(layer).unwrap();
            assert_eq!(answer.weights.len(), answer.network.masks.len(), "{}", row.title);
            for (weights, mask) in answer.weights.iter().zip(&answer.network.masks) {
                assert_eq!(weights.0.len(), mask.len(), "{}", row.title);
                let of = |there: bool| weights.0.iter().zip(mask).filter(move |(_, m)| **m == there);
                assert!(of(false).all(|(w, _)| *w == 0.0), "{}: a cut edge has a weight", row.title);
                let any = of(true).filter(|(w, _)| **w != 0.0).count();
                assert!(any * 2 >= of(true).count(), "{}: edges without a weight", row.title);
            }
        }
    }
}

/// Conditionals of different sizes: each variable's outputs are its own, as many as its conditional has.
#[test]
fn outputs_are_credited_to_their_own_variable() {
    let conditionals = vec![Conditional::Gaussian, Conditional::Mixture { components: 3 }];
    let family = Family::Made;
    let model = ModelSpec { family, hidden: vec![6], conditionals, ..ModelSpec::default() };
    let mut session = Session::new(Experiment { model, ..Experiment::default() }).unwrap();
    session.train(3).unwrap();
    let parameters = session.parameters();
    // Six units that read two variables, their biases, then a row of six weights for each of 2 and 9 outputs.
    let rows: Vec<&[f32]> = parameters[18..18 + 11 * 6].chunks_exact(6).collect();
    let greatest = |rows: &[&[f32]], unit: usize| {
        rows.iter().map(|row| row[unit]).fold(0.0f32, |a, b| if b.abs() > a.abs() { b } else { a })
    };
    let answer = session.weights(0).unwrap();
    let above = &answer.weights[1].0;
    for unit in 0..6 {
        assert_eq!(above[unit], greatest(&rows[..2], unit));
        assert_eq!(above[6 + unit], greatest(&rows[2..], unit));
    }
    assert!(above[..6].iter().all(|&w| w == 0.0), "the first variable reads nothing: {above:?}");
}

/// In NADE the group of each conditional reads what comes before it: the first nothing, the second the first variable.
#[test]
fn nades_groups_read_what_comes_before() {
    let mut session = session(Family::Nade);
    session.train(3).unwrap();
    let answer = session.weights(0).unwrap();
    let (network, below) = (&answer.network, &answer.weights[0].0);
    assert_eq!(network.sizes, [2, 12, 2]);
    assert_eq!(network.reads, [[false, false], [true, false]]);
    let parameters = session.parameters();
    for unit in 0..6 {
        assert_eq!(below[unit * 2..unit * 2 + 2], [0.0, 0.0]);
        assert_eq!(below[(unit + 6) * 2..(unit + 6) * 2 + 2], [parameters[unit], 0.0]);
    }
}

#[test]
fn a_journey_begins_with_its_grid_and_ends_with_the_samples() {
    let mut session = session(Family::RealNvp);
    session.train(5).unwrap();
    let (lines, points, draws) = (3, 4, 10);
    let layers = session.layers(2.0, lines, points, draws).unwrap();
    assert_eq!(layers.points.len(), layers.layers.len() + 1);
    let first = &layers.points[0].0;
    let close = |a: &[f32], b: &[f32]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6);
    assert!(close(&first[..4], &[-2.0, -2.0, -2.0 / 3.0, -2.0]), "{first:?}");
    let grid = 2 * lines * points;
    // The second half of the grid runs along x2.
    assert!(close(&first[grid..grid + 4], &[-2.0, -2.0, -2.0, -2.0 / 3.0]), "{first:?}");
    let end = &layers.points.last().unwrap().0[2 * grid..];
    for (a, b) in end.iter().zip(session.samples(draws, 1.0)) {
        assert!((a - b).abs() < 1e-5, "{a} {b}");
    }
}

/// The better the fit, the more the data looks like the base; and a region of the base holds the share that it should.
#[test]
fn training_brings_the_data_home_to_the_base() {
    let experiment = Experiment {
        target: TargetSpec::from_name("two-moons").unwrap(),
        model: ModelSpec { family: Family::RealNvp, layers: 6, hidden: vec![32, 32], ..ModelSpec::default() },
        ..Experiment::default()
    };
    let mut session = Session::new(experiment).unwrap();
    let before = session.data_in_base(2000).unwrap().normality;
    session.train(1200).unwrap();
    let after = session.data_in_base(2000).unwrap();
    assert!(after.normality.distance < 0.5 * before.distance, "{before:?} {:?}", after.normality);
    for ring in &after.normality.rings {
        assert!((ring.found - ring.expected).abs() < 0.06, "{ring:?}");
    }
    assert_eq!(after.data.0.len(), 4000);
    assert_eq!(after.base.0.len(), 4000);
}

/// Marked samples are those that the off-support mass counts.
#[test]
fn threads_are_the_samples_outside_the_support() {
    let mut session = session(Family::Maf);
    let threads = session.off_support(4000).unwrap();
    assert_eq!(threads.outside.0.len(), 2 * (threads.share * 4000.0).round() as usize);
    assert!((threads.share - session.off_support_mass()).abs() < 1e-12);
}
