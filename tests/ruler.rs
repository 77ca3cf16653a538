//! What is measured of every model alike, against numbers that are known otherwise.

use density_playground::diagnostics::network::passes;
use density_playground::diagnostics::ruler::{energy_distance, precision_recall, sliced_wasserstein};
use density_playground::math::{Philox, Stream};
use density_playground::models::{Family, ModelSpec};
use density_playground::targets::TargetSpec;
use density_playground::training::Schedule;
use density_playground::{Experiment, Session};

/// Normal points, row-major: `seed` says which.
fn normal(seed: u32, count: usize, dim: usize, mean: f64, deviation: f64) -> Vec<f64> {
    let draw = |row| {
        let mut random = Philox::new(seed, Stream::ViewPoint { row });
        (0..dim).map(|_| mean + deviation * random.normal::<f64>()).collect::<Vec<_>>()
    };
    (0..count as u32).flat_map(draw).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn deviation(values: &[f64]) -> f64 {
    let mean = mean(values);
    (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (values.len() - 1) as f64).sqrt()
}

#[test]
fn energy_distance_of_few_points_is_what_one_adds_up_by_hand() {
    // Between the samples 2, 4, 1 and 3, within them 1 and 2.
    let found = energy_distance(&[0.0, 1.0], &[2.0, 4.0], 1);
    assert!((found.value - (2.0 * 2.5 - 1.0 - 2.0)).abs() < 1e-12);
    // Two points leave none to take away.
    assert_eq!(found.standard_error, None);
    // 3-4-5 triangles: between 0, 10, 5 and 5, within 5 and 10.
    let found = energy_distance(&[0.0, 0.0, 3.0, 4.0], &[0.0, 0.0, 6.0, 8.0], 2);
    assert!((found.value - (2.0 * 5.0 - 5.0 - 10.0)).abs() < 1e-12);
    // The jackknife of three points against two, each estimate by hand.
    let found = energy_distance(&[0.0, 1.0, 3.0], &[2.0, 4.0, 5.0], 1);
    let of = |x: &[f64], y: &[f64]| {
        let all = |a: &[f64], b: &[f64]| -> f64 {
            a.iter().flat_map(|x| b.iter().map(move |y| (x - y).abs())).sum()
        };
        let (n, m) = (x.len() as f64, y.len() as f64);
        2.0 * all(x, y) / (n * m) - all(x, x) / (n * (n - 1.0)) - all(y, y) / (m * (m - 1.0))
    };
    let (x, y) = ([0.0, 1.0, 3.0], [2.0, 4.0, 5.0]);
    assert!((found.value - of(&x, &y)).abs() < 1e-12);
    let spread = |all: [f64; 3]| 2.0 / 3.0 * all.iter().map(|v| (v - mean(&all)).powi(2)).sum::<f64>();
    let without = |all: &[f64; 3], place: usize| [all[(place + 1) % 3], all[(place + 2) % 3]];
    let variance = spread([0, 1, 2].map(|i| of(&without(&x, i), &y)))
        + spread([0, 1, 2].map(|i| of(&x, &without(&y, i))));
    assert!((found.standard_error.unwrap() - variance.sqrt()).abs() < 1e-12);
}

/// E|Z| of a normal Z.
fn absolute(mean: f64, deviation: f64) -> f64 {
    let z = mean / deviation;
    deviation * (2.0 / std::f64::consts::PI).sqrt() * (-0.5 * z * z).exp()
        + mean * libm::erf(z / std::f64::consts::SQRT_2)
}

#[test]
fn energy_distance_of_gaussians_is_the_closed_form_and_its_error_is_right() {
    let exact =
        2.0 * absolute(1.0, 5.0_f64.sqrt()) - absolute(0.0, 2.0_f64.sqrt()) - absolute(0.0, 8.0_f64.sqrt());
    let large = energy_distance(&normal(1, 2000, 1, 0.0, 1.0), &normal(2, 2000, 1, 1.0, 2.0), 1);
    let error = large.standard_error.unwrap();
    assert!((large.value - exact).abs() < 3.0 * error, "{large:?} against {exact}");
    assert!(error < 0.05 && large.null_95 < 0.2 * exact && large.p_value == 1.0 / 200.0, "{large:?}");
    // In the plane |X - X'| of a normal is Rayleigh: its mean is the deviation times the root of pi/2.
    let rayleigh = |variance: f64| (variance * std::f64::consts::FRAC_PI_2).sqrt();
    let exact = 2.0 * rayleigh(10.0) - rayleigh(2.0) - rayleigh(18.0);
    let plane = energy_distance(&normal(3, 1500, 2, 0.0, 1.0), &normal(4, 1000, 2, 0.0, 3.0), 2);
    assert!((plane.value - exact).abs() < 3.0 * plane.standard_error.unwrap(), "{plane:?} against {exact}");
    // Over seeds the values spread as the errors say.
    let all: Vec<_> = (0..60)
        .map(|i| energy_distance(&normal(2 * i, 150, 1, 0.0, 1.0), &normal(2 * i + 1, 150, 1, 0.7, 1.0), 1))
        .collect();
    let values: Vec<f64> = all.iter().map(|one| one.value).collect();
    let errors: Vec<f64> = all.iter().map(|one| one.standard_error.unwrap()).collect();
    let ratio = mean(&errors) / deviation(&values);
    assert!((0.75..1.5).contains(&ratio), "{ratio}");
}

#[test]
fn of_one_density_the_permutations_are_as_far_apart_and_of_two_they_are_not() {
    for of in [energy_distance, sliced_wasserstein] {
        // 300 points are in blocks of two, 90 are not.
        let same: Vec<_> = (0..120)
            .map(|i| {
                let count = if i % 2 == 0 { 90 } else { 300 };
                of(&normal(2 * i, count, 2, 0.0, 1.0), &normal(2 * i + 1, count, 2, 0.0, 1.0), 2)
            })
            .collect();
        let p: Vec<f64> = same.iter().map(|one| one.p_value).collect();
        // Uniform: the mean of 120 has a deviation of 0.026.
        assert!((mean(&p) - 0.5).abs() < 0.09, "{}", mean(&p));
        assert!((deviation(&p) - 0.289).abs() < 0.06, "{}", deviation(&p));
        let above = same.iter().filter(|one| one.value > one.null_95).count();
        assert!(above <= 14, "{above} of 120 above the 95 % point");
        let other = of(&normal(1, 300, 2, 0.0, 1.0), &normal(2, 300, 2, 0.6, 1.0), 2);
        assert!(other.p_value <= 0.01 && other.value > other.null_95, "{other:?}");
    }
    // Unbiased: 0 on average, and so below it too.
    let values: Vec<f64> = (0..60)
        .map(|i| {
            energy_distance(&normal(2 * i, 80, 2, 0.0, 1.0), &normal(2 * i + 1, 80, 2, 0.0, 1.0), 2).value
        })
        .collect();
    assert!(mean(&values).abs() < 4.0 * deviation(&values) / 60.0_f64.sqrt(), "{}", mean(&values));
}

#[test]
fn sliced_wasserstein_is_exact_on_a_line_and_of_shifts() {
    // The best way keeps the order: 0 to 1 and 2 to 5.
    let line = sliced_wasserstein(&[2.0, 0.0], &[1.0, 5.0], 1);
    assert!((line.value - 5.0_f64.sqrt()).abs() < 1e-12);
    // Half of each of two points' mass goes to one of three, a sixth of all at a time.
    let thirds = sliced_wasserstein(&[0.0, 6.0], &[0.0, 3.0, 6.0], 1);
    assert!((thirds.value - (2.0 * 9.0 / 6.0_f64).sqrt()).abs() < 1e-12);
    for dim in [1, 2, 3, 7] {
        let x = normal(5, 400, dim, 0.0, 1.0);
        let shifted: Vec<f64> =
            x.iter().enumerate().map(|(i, v)| v + if i % dim == 0 { 1.5 } else { 0.0 }).collect();
        let found = sliced_wasserstein(&x, &shifted, dim);
        let exact = 1.5 / (dim as f64).sqrt();
        assert!((found.value - exact).abs() < 1e-9, "{dim}: {found:?} against {exact}");
    }
    // Gaussians of one centre: the difference of the deviations, whatever the direction.
    let wide = sliced_wasserstein(&normal(6, 2000, 3, 0.0, 1.0), &normal(7, 2000, 3, 0.0, 1.5), 3);
    assert!((wide.value - 0.5).abs() < 0.05, "{wide:?}");
}

#[test]
fn precision_and_recall_of_sets_that_were_made_for_it() {
    let line: Vec<f64> = (0..10).map(f64::from).collect();
    let measure = |model: &[f64]| {
        let both = precision_recall(&line, model, 1).unwrap();
        (both.precision, both.recall)
    };
    assert_eq!(measure(&line), (1.0, 1.0));
    assert_eq!(measure(&line.iter().map(|v| v + 100.0).collect::<Vec<_>>()), (0.0, 0.0));
    // Half of the samples on the line's left half, half of them far away and close together: balls of 1.5 there.
    let half: Vec<f64> = [0.0, 1.0, 2.0, 3.0, 4.0, 100.0, 100.5, 101.0, 101.5, 102.0].to_vec();
    // 0 to 4 are met exactly; 5 and 6 lie in the ball of 4, which reaches to 1.
    assert_eq!(measure(&half), (0.5, 0.8));
    // One place alone: all of it plausible, next to nothing of the target.
    let one: Vec<f64> = (0..10).map(|i| 4.5 + 1e-3 * f64::from(i)).collect();
    assert_eq!(measure(&one), (1.0, 0.0));
    assert_eq!(precision_recall(&line, &[1.0, 2.0, 3.0], 1), None);
    // The two halves of one sample: nearly all of each.
    let both = precision_recall(&normal(8, 1000, 2, 0.0, 1.0), &normal(9, 1000, 2, 0.0, 1.0), 2).unwrap();
    assert!(both.precision > 0.9 && both.recall > 0.9, "{both:?}");
}

#[test]
fn a_session_is_nearer_to_its_target_after_training_and_says_what_it_costs() {
    let target = TargetSpec::from_name("two-gaussians").unwrap();
    let model = ModelSpec { family: Family::Maf, layers: 3, hidden: vec![16, 16], ..ModelSpec::default() };
    let mut experiment = Experiment { target, model, ..Experiment::default() };
    experiment.optimiser.schedule = Schedule::Cosine { steps: 600 };
    experiment.optimiser.learning_rate = 5e-3;
    let counted = passes(&experiment.model, 2);
    let mut session = Session::new(experiment).unwrap();
    let before = session.ruler();
    session.train(600).unwrap();
    let after = session.ruler();
    assert_eq!(after, session.ruler());
    assert_eq!((after.samples, after.density), (2000, "exact"));
    let energy = |ruler: &density_playground::session::Ruler| ruler.energy_distance.unwrap();
    assert!(energy(&before).value > energy(&before).null_95 && energy(&before).p_value < 0.01);
    assert!(energy(&after).value < 0.3 * energy(&before).value, "{before:?} {after:?}");
    assert!(after.sliced_wasserstein.unwrap().value < before.sliced_wasserstein.unwrap().value);
    assert!(after.precision.unwrap() > before.precision.unwrap() && after.perfect.unwrap() > 0.95);
    assert!(after.off_support_mass.unwrap() < before.off_support_mass.unwrap());
    assert_eq!(after.modes.map(|modes| (modes.covered, modes.of)), Some((2, 2)));
    assert_eq!(after.evaluations.evaluations_per_density, Some(counted.density));
    assert_eq!(after.evaluations.evaluations_per_sample, Some(counted.sampling));
    assert_eq!((counted.density, counted.sampling), (3, 6));
}
