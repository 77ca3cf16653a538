//! Few points, with the truth known: a fixed sample of a target, its validation points, and the cures for learning it by heart.

use density_playground::diagnostics::Evaluation;
use density_playground::experiment::Seed;
use density_playground::math::{Philox, Stream};
use density_playground::models::{Family, ModelSpec};
use density_playground::targets::TargetSpec;
use density_playground::training::{Objective, OptimiserSpec, PATIENCE, TrainingSet};
use density_playground::{Experiment, Session};

fn experiment(count: u32, hidden: usize) -> Experiment {
    Experiment {
        target: TargetSpec::TwoMoons,
        training_set: TrainingSet::Sample { count },
        model: ModelSpec {
            family: Family::Maf,
            layers: 5,
            hidden: vec![hidden, hidden],
            ..ModelSpec::default()
        },
        optimiser: OptimiserSpec { batch: 128, ..OptimiserSpec::default() },
        seed: Seed(1),
        ..Experiment::default()
    }
}

fn trained(experiment: Experiment, steps: u32) -> Session {
    let mut session = Session::new(experiment).unwrap();
    session.train(steps).unwrap();
    session
}

fn last(session: &Session) -> Evaluation {
    *session.history().last().unwrap()
}

/// zuko's numbers for the same model, batch and rate (MAF of five layers of 64x64 on two moons from 100 points, three seeds): KL
/// 0.76 to 0.79 at the best step, by validation, and 4e5 and more at step 3,000. A few far points make most of a KL this large, and
/// one of three seeds may have them: the median is compared.
#[test]
fn a_hundred_points_are_learned_by_heart_and_early_stopping_keeps_the_best_step() {
    let stopping = |seed| {
        let few = experiment(100, 64);
        let optimiser = OptimiserSpec { early_stopping: true, ..few.optimiser };
        trained(Experiment { optimiser, seed: Seed(seed), ..few }, 300)
    };
    let mut kls = [1, 2, 3].map(|seed| stopping(seed).evaluate_on(20_000).known_kl());
    kls.sort_by(f64::total_cmp);
    assert!(kls[1] < 0.77, "{kls:?}");

    let stopped = stopping(1);
    let mut heart = trained(experiment(100, 64), 300);
    let bad = heart.evaluate_on(20_000).known_kl();
    assert!(bad > 100.0 * kls[1], "KL {bad} at the end");
    let [cured, sick] = [&stopped, &heart].map(|session| last(session).sample.unwrap());
    // Training does not notice what is shown.
    assert_eq!(cured, sick);
    assert!(sick.nll_train < sick.nll_validation - 1.0, "{sick:?}");
    assert!((10..200).contains(&cured.best_step), "{cured:?}");
    assert_eq!(stopped.stops_at(), Some(cured.best_step + PATIENCE));
    assert_eq!(heart.stops_at(), None);
    // What is shown is what was there at that step.
    let at_best = trained(experiment(100, 64), cured.best_step);
    assert_eq!(at_best.parameters(), stopped.parameters());
}

#[test]
fn more_points_are_learned_better() {
    let kl = |count| {
        let few = experiment(count, 32);
        let optimiser = OptimiserSpec { early_stopping: true, learning_rate: 3e-3, ..few.optimiser };
        trained(Experiment { optimiser, ..few }, 600).evaluate_on(10_000).known_kl()
    };
    let [few, some, many] = [30, 300, 3000].map(kl);
    assert!(few > some && some > many, "{few} {some} {many}");
}

#[test]
fn every_epoch_takes_every_point_once_and_a_larger_sample_holds_the_smaller() {
    let session = Session::new(experiment(100, 16)).unwrap();
    let points = session.sample_points(usize::MAX);
    assert_eq!(points.len(), 200);
    assert_eq!(session.sample_points(3), points[..6]);
    let larger = Session::new(experiment(1000, 16)).unwrap();
    assert_eq!(larger.sample_points(100), points);
    let fresh = Experiment { training_set: TrainingSet::Fresh, ..experiment(100, 16) };
    assert!(Session::new(fresh).unwrap().sample_points(10).is_empty());
    // A batch of all points is an epoch, and its gradient does not depend on their order but for rounding.
    let at = |seed| {
        let whole = experiment(64, 16);
        let mut session =
            Session::new(Experiment { model: ModelSpec { layers: 1, ..whole.model.clone() }, ..whole })
                .unwrap();
        let first = session.shard(0).unwrap();
        session.train(seed).unwrap();
        (first, last(&session))
    };
    let (nll, evaluation) = at(0);
    assert!((nll - evaluation.sample.unwrap().nll_train).abs() < 1e-5, "{nll} {evaluation:?}");
    // Ten steps of 128 from 1,000 points are 1.28 epochs.
    let mut larger = larger;
    larger.train(10).unwrap();
    assert!((last(&larger).sample.unwrap().epochs - 1.28).abs() < 1e-9);
}

#[test]
fn jitter_and_weight_decay_delay_learning_by_heart() {
    let nll = |weight_decay, jitter| {
        let few = experiment(50, 32);
        let optimiser = OptimiserSpec { weight_decay, jitter, ..few.optimiser };
        let sample = last(&trained(Experiment { optimiser, ..few }, 600)).sample.unwrap();
        sample.nll_validation - sample.nll_train
    };
    let plain = nll(0.0, 0.0);
    let (decayed, jittered) = (nll(2.0, 0.0), nll(0.0, 0.2));
    assert!(decayed < 0.8 * plain, "{decayed} for {plain}");
    assert!(jittered < 0.5 * plain, "{jittered} for {plain}");
}

#[test]
fn steps_shared_by_workers_take_the_same_points() {
    let few = experiment(200, 16);
    let few = Experiment { optimiser: OptimiserSpec { batch: 1024, jitter: 0.1, ..few.optimiser }, ..few };
    let mut alone = Session::new(few.clone()).unwrap();
    let mut shared = Session::new(few).unwrap();
    // A batch is no larger than the sample.
    assert_eq!(alone.shards(), 2);
    for _ in 0..60 {
        alone.train(1).unwrap();
        let mut other = Session::new(shared.experiment().clone()).unwrap();
        other.restore(&shared.state()).unwrap();
        let (mut values, mut gradients) = (Vec::new(), Vec::new());
        for (shard, session) in [(0, &mut shared), (1, &mut other)] {
            values.push(session.shard(shard).unwrap());
            gradients.extend_from_slice(session.shard_gradient());
        }
        shared.finish_step(&values, &gradients, true).unwrap();
        assert_eq!(alone.state().numbers, shared.state().numbers);
    }
    assert_eq!(last(&alone), last(&shared));
}

#[test]
fn another_target_brings_other_points_and_another_best_step() {
    let mut session = trained(experiment(40, 16), 300);
    let before = session.sample_points(40);
    assert!(session.best_step().is_some_and(|step| step < 300));
    session.retarget(TargetSpec::EightGaussians).unwrap();
    assert_ne!(session.sample_points(40), before);
    assert_eq!(session.best_step(), Some(300));
    let drawn = TargetSpec::EightGaussians.build().unwrap();
    let first = drawn.draw(&mut Philox::new(1, Stream::SamplePoint { row: 0 }));
    assert_eq!(session.sample_points(1), first.iter().map(|&v| v as f32).collect::<Vec<_>>());
}

#[test]
fn points_that_somebody_put_are_what_is_learned() {
    // All in one place but for a little: the target is another matter, and so are its validation points.
    let mut points: Vec<f64> = (0..20).flat_map(|i| [0.5 + 0.01 * f64::from(i), 1.5]).collect();
    points[1] = 1.6;
    let told =
        Experiment { training_set: TrainingSet::Points { points: points.clone() }, ..experiment(10, 16) };
    let session = trained(told.clone(), 200);
    assert_eq!(session.sample_points(100), points.iter().map(|&v| v as f32).collect::<Vec<_>>());
    let sample = last(&session).sample.unwrap();
    assert!(sample.nll_train < 0.0 && sample.nll_validation > 2.0, "{sample:?}");
    let with = |points: Vec<f64>| {
        let told = Experiment { training_set: TrainingSet::Points { points }, ..told.clone() };
        told.validate().unwrap_err().to_string()
    };
    let sizes = "allowed: 10 to 1000 points of 2 numbers.";
    assert_eq!(with(vec![0.0; 18]), format!("training_set.points is 18 numbers; {sizes}"));
    assert_eq!(with(vec![0.0; 21]), format!("training_set.points is 21 numbers; {sizes}"));
    points[3] = f64::NAN;
    assert_eq!(with(points.clone()), "training_set.points is NaN; allowed: numbers from -1000 to 1000.");
    points[3] = 1e9;
    assert_eq!(with(points), "training_set.points is 1000000000; allowed: numbers from -1000 to 1000.");
}

#[test]
fn what_is_not_allowed_is_said() {
    let sentence = |experiment: Experiment| experiment.validate().unwrap_err().to_string();
    assert_eq!(
        sentence(experiment(9, 16)),
        "training_set.count is 9; allowed: a whole number from 10 to 100000."
    );
    let reverse = Objective::ReverseKl { start: 1.0, annealing: None, path_gradient: false };
    assert_eq!(
        sentence(Experiment { objective: reverse, ..experiment(50, 16) }),
        "training_set.kind is sample; allowed: fresh with the reverse KL, which learns from the target's density and not from points."
    );
    let with = |change: fn(&mut OptimiserSpec)| {
        let mut one = experiment(50, 16);
        change(&mut one.optimiser);
        sentence(one)
    };
    assert_eq!(with(|o| o.jitter = 2.0), "optimiser.jitter is 2; allowed: a number from 0 to 1.");
    assert_eq!(
        with(|o| o.weight_decay = f64::NAN),
        "optimiser.weight_decay is NaN; allowed: a number from 0 to 10."
    );
}
