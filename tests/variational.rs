//! The reverse KL: modes lost from a narrow start, and kept by annealing.

use density_playground::experiment::{Experiment, Seed};
use density_playground::models::{Base, Conditional, Family, ModelSpec};
use density_playground::session::Session;
use density_playground::targets::{TargetSpec, gallery};
use density_playground::training::{Annealing, Objective, OptimiserSpec, Schedule};

const STEPS: u32 = 1200;

fn experiment(target: &str, annealing: Option<Annealing>, seed: u32) -> Experiment {
    Experiment {
        target: TargetSpec::from_name(target).unwrap(),
        model: ModelSpec { family: Family::RealNvp, layers: 8, hidden: vec![48, 48], ..ModelSpec::default() },
        objective: Objective::ReverseKl { start: 0.3, annealing, path_gradient: false },
        optimiser: OptimiserSpec {
            batch: 192,
            learning_rate: 2e-3,
            schedule: Schedule::Cosine { steps: STEPS },
            ..OptimiserSpec::default()
        },
        seed: Seed(seed),
        ..Experiment::default()
    }
}

fn covered(annealing: Option<Annealing>) -> Vec<usize> {
    (1..=20)
        .map(|seed| {
            let mut session = Session::new(experiment("eight-gaussians", annealing, seed)).unwrap();
            session.train(STEPS).unwrap();
            session.coverage().covered
        })
        .collect()
}

#[test]
fn a_narrow_start_loses_modes_in_most_runs() {
    let modes = covered(None);
    println!("modes covered of 8, without annealing: {modes:?}");
    assert!(modes.iter().filter(|&&m| m < 8).count() > 10, "{modes:?}");
}

#[test]
fn annealing_covers_all_modes_in_most_runs() {
    let modes = covered(Some(Annealing { from: 0.01, steps: 800 }));
    println!("modes covered of 8, with annealing: {modes:?}");
    assert!(modes.iter().filter(|&&m| m == 8).count() > 10, "{modes:?}");
}

/// Where the model fits, the ELBO reaches ln Z, the importance weights agree on it and hardly vary.
#[test]
fn readouts_agree_with_the_known_truth() {
    for path_gradient in [false, true] {
        let mut experiment = experiment("crescent", None, 1);
        experiment.objective = Objective::ReverseKl { start: 1.0, annealing: None, path_gradient };
        let mut session = Session::new(experiment).unwrap();
        session.train(STEPS).unwrap();
        let v = session.evaluate().variational.unwrap();
        assert_eq!(v.log_z, 0.0);
        assert!(v.kl.abs() < 0.05 && v.elbo < 3.0 * v.standard_error.unwrap(), "{v:?}");
        assert!(v.effective_sample_size > 0.8 && v.effective_sample_size <= 1.0, "{v:?}");
        assert!(v.log_z_estimate.abs() < 0.03, "{v:?}");
    }
}

#[test]
fn every_target_can_be_approached_by_its_smoothed_log_density() {
    for row in gallery() {
        let mut experiment = experiment(&row.spec.name(), Some(Annealing { from: 0.1, steps: 200 }), 1);
        experiment.optimiser.schedule = Schedule::Cosine { steps: 300 };
        let mut session = Session::new(experiment).unwrap();
        let before = session.evaluate().variational.unwrap().elbo;
        session.train(300).unwrap_or_else(|e| panic!("{}: {e}", row.title));
        let after = session.evaluate().variational.unwrap();
        assert!(after.elbo > before, "{}: ELBO {before} then {}", row.title, after.elbo);
        assert!(after.kl < 8.0, "{}: {after:?}", row.title);
    }
}

/// Annealing from far below broadens the model on purpose, far beyond the target, for thousands of steps.
#[test]
fn broadening_by_annealing_is_no_divergence() {
    let mut experiment = experiment("eight-gaussians", Some(Annealing { from: 0.001, steps: 100_000 }), 1);
    experiment.model = ModelSpec { layers: 4, hidden: vec![16, 16], ..experiment.model };
    experiment.optimiser = OptimiserSpec {
        learning_rate: 5e-3,
        schedule: Schedule::Constant,
        batch: 64,
        ..experiment.optimiser
    };
    let mut session = Session::new(experiment).unwrap();
    let kl = |session: &Session| session.history().last().unwrap().variational.unwrap().kl;
    let begun = kl(&session);
    while kl(&session) < begun + 60.0 && session.step_count() < 8000 {
        session.train(250).unwrap();
    }
    assert!(kl(&session) > begun + 60.0, "KL {begun}, then {}", kl(&session));
}

#[test]
fn a_run_that_diverges_while_it_is_annealed_is_stopped() {
    let mut experiment = experiment("eight-gaussians", Some(Annealing { from: 0.5, steps: 100_000 }), 1);
    experiment.optimiser = OptimiserSpec {
        learning_rate: 1.0,
        clip: None,
        schedule: Schedule::Constant,
        ..experiment.optimiser
    };
    let error = Session::new(experiment).unwrap().train(2000).expect_err("a rate of 1 diverges");
    assert!(error.to_string().contains("Try a learning rate below 1"), "{error}");
}

/// Draws of a base with the heaviest tails, through conditionals whose quantiles grow faster than any power: no learning rate would
/// help, so the run is refused before it begins, with what does.
#[test]
fn a_run_whose_first_elbo_is_minus_infinity_is_refused_with_what_helps() {
    let student = vec![Conditional::StudentT];
    for (family, conditionals, degrees, target) in [
        (Family::Made, vec![Conditional::Gaussian, Conditional::StudentT], 1.0, "heavy-tailed"),
        (Family::Nade, student, 2.0, "two-spirals"),
    ] {
        let mut experiment = experiment(target, None, 1);
        let base = Base::StudentT { degrees };
        experiment.model = ModelSpec { family, conditionals, base, ..ModelSpec::default() };
        let Err(error) = Session::new(experiment.clone()) else { panic!("{family:?} began") };
        let sentence = error.to_string();
        assert!(sentence.starts_with("This Experiment can't start: "), "{sentence}");
        assert!(sentence.contains("lighter tails") && !sentence.contains("learning rate"), "{sentence}");
        experiment.model.base = Base::Normal;
        Session::new(experiment).unwrap().train(2).unwrap();
    }
}

/// On heavy tails log q of a flow with a normal base has no variance, and so its mean no standard error; with a base as heavy it has.
#[test]
fn a_standard_error_is_given_only_where_there_is_one() {
    for (base, known) in [(Base::Normal, false), (Base::StudentT { degrees: 3.0 }, true)] {
        let model =
            ModelSpec { family: Family::Maf, layers: 3, hidden: vec![24, 24], base, ..ModelSpec::default() };
        let target = TargetSpec::HeavyTailed;
        let mut session = Session::new(Experiment { target, model, ..Experiment::default() }).unwrap();
        session.train(300).unwrap();
        let given = session.history().iter().filter(|e| e.standard_error.is_some()).count();
        assert_eq!(given > session.history().len() / 2, known, "{:?}", session.history());
        assert!(known || given == 0, "{:?}", session.history());
    }
    // Where all moments are finite there always is one.
    let mut session = Session::new(experiment("crescent", None, 1)).unwrap();
    let now = session.evaluate();
    assert!(now.standard_error.is_some() && now.variational.unwrap().standard_error.is_some());
}
