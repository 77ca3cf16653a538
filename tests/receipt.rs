//! The receipt for a point: its terms add up to the density, of every family, in both directions and both precisions.

use crate::common::{models, ordering, shake};
use density_playground::bijections::{Direction, Standardise};
use density_playground::diagnostics::receipt::{Receipt, receipt};
use density_playground::experiment::Experiment;
use density_playground::math::Scalar;
use density_playground::models::compose::compose;
use density_playground::models::{Family, ModelSpec, Workspace};
use density_playground::session::Session;
use density_playground::targets::TargetSpec;

/// The receipt from data to base, checked, and the one of the way back.
fn both<T: Scalar>(tolerance: f64) {
    for (name, flow, spec) in models::<T>() {
        let dim = flow.dim();
        let mut parameters = flow.initial_parameters(3);
        shake(&mut parameters);
        flow.project(&mut parameters);
        let specs = compose(&spec, Some(Standardise::new(vec![0.3; dim], vec![1.7; dim])), 4);
        let point: Vec<T> = (0..dim).map(|i| T::of_f64(1.5 * (1.3 * i as f64 + 0.4).sin())).collect();
        let there = receipt(&flow, &specs, &parameters, &point, Direction::Inverse);
        let expected = flow.log_prob(&parameters, &point, 1.0, &mut Workspace::default())[0].to_f64();
        let near = |a: f64, b: f64| (a - b).abs() <= tolerance * (1.0 + b.abs());
        assert!(near(there.log_prob, expected), "{name}: {} is not {expected}", there.log_prob);
        assert_eq!(there.steps.len(), flow.bijections().len(), "{name}");
        // A conditioned layer's log-determinant is the sum of what it does to each variable.
        for step in there.steps.iter().filter(|step| !step.variables.is_empty()) {
            let sum: f64 = step.variables.iter().map(|v| v.log_slope).sum();
            assert!(near(sum, step.log_det), "{name}: {sum} is not {}", step.log_det);
        }
        // The way back has each log-determinant with the other sign; a mixture is inverted by iteration.
        let base: Vec<T> = there.base.iter().map(|&u| T::of_f64(u)).collect();
        let back = receipt(&flow, &specs, &parameters, &base, Direction::Forward);
        let near = |a: f64, b: f64| (a - b).abs() <= 1e3 * tolerance * (1.0 + b.abs());
        assert!(near(back.log_prob, there.log_prob), "{name}: {} back", back.log_prob);
        for (there, back) in there.steps.iter().rev().zip(&back.steps) {
            assert!(near(-back.log_det, there.log_det), "{name}: {} back", back.log_det);
            assert_eq!(there.layer, back.layer);
        }
    }
}

#[test]
fn the_terms_add_up_to_the_density_in_double_precision() {
    both::<f64>(1e-10);
}

#[test]
fn the_terms_add_up_to_the_density_in_single_precision() {
    both::<f32>(1e-4);
}

fn session(family: Family, dim: usize) -> Receipt {
    let model = ModelSpec { family, hidden: vec![6, 6], ..ModelSpec::default() };
    assert_eq!(dim, model.ordering.len());
    let mut session = Session::new(Experiment { model, ..Experiment::default() }).unwrap();
    session.train(20).unwrap();
    let receipt = session.receipt(&[0.4, -0.3], false).unwrap();
    let expected = session.log_prob(&[0.4, -0.3])[0];
    assert!((receipt.log_prob - expected).abs() < 1e-4, "{family:?}: {} is not {expected}", receipt.log_prob);
    receipt
}

#[test]
fn an_affine_layer_says_the_shift_and_scale_that_it_applies_and_whom_they_read() {
    for family in [Family::Maf, Family::Iaf, Family::RealNvp, Family::Nice] {
        let mut seen = 0;
        for step in session(family, 2).steps {
            for v in step.variables {
                let [mu, alpha] = v.affine.unwrap();
                // From data to base: u = (x - mu) exp(-alpha).
                let u = (step.input[v.variable] - mu) * (-alpha).exp();
                assert!((u - step.output[v.variable]).abs() < 1e-5);
                assert!((v.log_slope + alpha).abs() < 1e-6);
                assert!(v.reads.len() < 2 && !v.reads.contains(&v.variable));
                seen += 1;
            }
        }
        assert!(seen > 0, "{family:?}");
    }
}

#[test]
fn who_is_read_is_who_comes_before() {
    let dim = 5;
    let spec = ModelSpec { ordering: ordering(dim), hidden: vec![8, 8], ..ModelSpec::default() };
    let flow = density_playground::models::compose::build::<f64>(&spec, None, 1);
    let parameters = flow.initial_parameters(1);
    let specs = compose(&spec, None, 1);
    let told = receipt(&flow, &specs, &parameters, &[0.1; 5], Direction::Inverse);
    for step in told.steps {
        let rank = |v: usize| step.variables.iter().find(|of| of.variable == v).unwrap().reads.len();
        for v in &step.variables {
            assert!((0..dim).all(|other| v.reads.contains(&other) == (rank(other) < rank(v.variable))));
        }
    }
}

#[test]
fn wrong_points_get_a_sentence() {
    let flow = Session::new(Experiment::default()).unwrap();
    let refused = |point: &[f64]| flow.receipt(point, false).unwrap_err().to_string();
    assert!(refused(&[0.0]).contains("point is 1 numbers"));
    assert!(refused(&[0.0, f64::NAN]).contains("point is NaN"));
}

#[test]
fn samples_lie_on_a_shell_and_are_less_dense_than_the_middle() {
    // Not trained: nearly the base itself, of which samples are drawn.
    let target = TargetSpec::from_name("eight-gaussians").unwrap();
    let model = ModelSpec { family: Family::Maf, hidden: vec![6], ..ModelSpec::default() };
    let mut session = Session::new(Experiment { target, model, ..Experiment::default() }).unwrap();
    let seen = session.bubble(2000).unwrap();
    let mean = |values: &[f32]| values.iter().map(|&v| f64::from(v)).sum::<f64>() / values.len() as f64;
    // The mean of the length of a normal vector of the plane is sqrt(pi / 2).
    let radius = mean(&seen.sample_radius.0);
    assert!((radius - (std::f64::consts::PI / 2.0).sqrt()).abs() < 0.05, "{radius}");
    assert_eq!(seen.sample_log_prob.0.len(), 2000);
    let entropy_like = -mean(&seen.data_log_prob.0);
    assert!((entropy_like - session.evaluate().nll).abs() < 0.1, "{entropy_like}");
    let expected = session.receipt(&[0.0, 0.0], true).unwrap();
    assert!((seen.middle_log_prob - expected.log_prob).abs() < 1e-6);
    let at: Vec<f64> = expected.data.clone();
    assert!((session.log_prob(&at)[0] - seen.middle_log_prob).abs() < 1e-4);
    assert!(session.bubble(0).unwrap_err().to_string().contains("count is 0"));
}
