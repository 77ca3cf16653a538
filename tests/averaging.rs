//! The average of the parameters that is shown, and the parameters in training beside it.

use density_playground::experiment::Seed;
use density_playground::models::{Family, ModelSpec};
use density_playground::session::EVALUATE_EVERY;
use density_playground::targets::TargetSpec;
use density_playground::training::{OptimiserSpec, State};
use density_playground::{Experiment, Session};

fn experiment(ema_decay: Option<f64>) -> Experiment {
    Experiment {
        model: ModelSpec { family: Family::RealNvp, layers: 3, hidden: vec![16], ..ModelSpec::default() },
        optimiser: OptimiserSpec { batch: 64, learning_rate: 3e-3, ema_decay, ..OptimiserSpec::default() },
        seed: Seed(5),
        ..Experiment::default()
    }
}

/// The parameters in training and those that are shown.
fn both(session: &Session) -> (Vec<f32>, Vec<f32>) {
    let State { numbers, .. } = session.state();
    let count = session.parameters().len();
    assert_eq!(numbers.len(), State::<f32>::PARTS * count);
    (numbers[..count].to_vec(), numbers[3 * count..].to_vec())
}

#[test]
fn what_is_shown_is_the_average_and_training_does_not_notice() {
    let decay = 0.9;
    let mut averaged = Session::new(experiment(Some(decay))).unwrap();
    let mut plain = Session::new(experiment(None)).unwrap();
    let mut expected: Vec<f64> = both(&averaged).0.into_iter().map(f64::from).collect();
    for step in 0..200 {
        averaged.train(1).unwrap();
        plain.train(1).unwrap();
        let (in_training, shown) = both(&averaged);
        assert_eq!(in_training, plain.parameters(), "step {step}");
        assert_eq!(shown, averaged.parameters());
        // Of the first step nothing is left of the start; the share that stays rises to the decay.
        let stays = decay.min(f64::from(step) / f64::from(10 + step));
        for ((e, &p), &s) in expected.iter_mut().zip(&in_training).zip(&shown) {
            *e = stays * *e + (1.0 - stays) * f64::from(p);
            assert!((*e - f64::from(s)).abs() < 1e-5, "step {step}: {s} for {e}");
        }
    }
    assert_ne!(averaged.parameters(), plain.parameters());
    assert_ne!(averaged.samples(10, 1.0), plain.samples(10, 1.0));
}

#[test]
fn a_state_holds_the_average_too() {
    let mut whole = Session::new(experiment(Some(0.99))).unwrap();
    whole.train(60).unwrap();
    let mut other = Session::new(experiment(Some(0.99))).unwrap();
    other.restore(&whole.state()).unwrap();
    assert_eq!(other.parameters(), whole.parameters());
    whole.train(30).unwrap();
    other.train(30).unwrap();
    assert_eq!(both(&other), both(&whole));
    // A state without it is of no run.
    let mut short = whole.state();
    short.numbers.truncate(3 * whole.parameters().len());
    assert!(other.restore(&short).is_err());
}

#[test]
fn a_saved_model_is_what_was_shown_and_training_goes_on_from_it() {
    let mut session = Session::new(experiment(Some(0.99))).unwrap();
    session.train(100).unwrap();
    let saved = session.parameters().to_vec();
    let shown = session.evaluate().known_kl();
    let mut opened = Session::new(experiment(Some(0.99))).unwrap();
    opened.load(100, &saved).unwrap();
    assert_eq!(both(&opened), (saved.clone(), saved));
    assert_eq!(opened.evaluate().known_kl(), shown);
    opened.train(EVALUATE_EVERY).unwrap();
    assert!(opened.evaluate().known_kl() < shown + 0.02);
}

/// With another target the schedule begins anew, and the average forgets the old one.
#[test]
fn another_target_begins_another_average() {
    let mut session = Session::new(experiment(Some(0.999))).unwrap();
    session.train(300).unwrap();
    let (in_training, shown) = both(&session);
    assert_ne!(in_training, shown);
    session.retarget(TargetSpec::Pinwheel).unwrap();
    session.train(1).unwrap();
    let (in_training, shown) = both(&session);
    assert_eq!(in_training, shown);
}

#[test]
fn a_run_that_fails_goes_back_to_what_was_shown() {
    let mut wild = experiment(Some(0.9));
    wild.target = TargetSpec::HeavyTailed;
    wild.optimiser.learning_rate = 1.0;
    wild.optimiser.clip = None;
    let mut session = Session::new(wild).unwrap();
    let mut kept = session.parameters().to_vec();
    let failed = (0..500).any(|_| {
        let result = session.train(EVALUATE_EVERY);
        if result.is_ok() {
            kept = session.parameters().to_vec();
        }
        result.is_err()
    });
    assert!(failed, "a rate of 1 diverges");
    assert_eq!(both(&session), (kept.clone(), kept));
}

/// What the recipe is for: the place that the one before it has at step 1,500, in half of the steps.
#[test]
fn the_recommended_recipe_is_sooner_at_a_good_model() {
    for family in [Family::RealNvp, Family::Made] {
        let model = ModelSpec { family, layers: family.row().default_layers, ..ModelSpec::default() };
        let mut before = Session::new(Experiment { model: model.clone(), ..Experiment::default() }).unwrap();
        before.train(1500).unwrap();
        let mut now = Session::new(Experiment { model, ..Experiment::recommended() }).unwrap();
        now.train(750).unwrap();
        let (before, now) = (before.evaluate().known_kl(), now.evaluate().known_kl());
        println!("{}: {before:.4}, {now:.4}", family.name());
        // Where exactly each is is chance, and differs from processor to processor.
        assert!(now < before, "{}: {now} at step 750, {before} at 1,500", family.name());
    }
}

#[test]
fn a_description_that_says_nothing_of_it_has_none() {
    let old = Experiment::from_json(r#"{"optimiser":{"batch":64}}"#).unwrap();
    assert_eq!((old.optimiser.learning_rate, old.optimiser.ema_decay), (1e-3, None));
    for (decay, allowed) in [("1", false), ("-0.1", false), ("0", true), ("0.9999", true), ("null", true)] {
        let read = Experiment::from_json(&format!(r#"{{"optimiser":{{"ema_decay":{decay}}}}}"#));
        assert_eq!(read.is_ok(), allowed, "{decay}");
        if let Err(error) = read {
            let expected = format!(
                "optimiser.ema_decay is {decay}; allowed: from 0 to below 1, or null for no average."
            );
            assert_eq!(error.to_string(), expected);
        }
    }
}
