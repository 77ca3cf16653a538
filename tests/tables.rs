//! Fits to tables: any number of columns, in whatever units.

use density_playground::experiment::Seed;
use density_playground::math::{Philox, Stream};
use density_playground::models::{Family, ModelSpec};
use density_playground::session::table::{Fit, fit};
use density_playground::targets::table::Table;
use density_playground::training::{Objective, OptimiserSpec, Schedule};
use density_playground::{Error, Experiment};

/// A table of that many rows, each from a generator of its own.
fn table(rows: u32, row: impl Fn(&mut Philox) -> Vec<f64>) -> Table {
    let line = |index| {
        let cells = row(&mut Philox::new(3, Stream::ViewPoint { row: index }));
        cells.iter().map(|value| format!("{value:?}")).collect::<Vec<_>>().join(",")
    };
    Table::from_csv(&(0..rows).map(line).collect::<Vec<_>>().join("\n")).unwrap()
}

/// x2 is normal, x1 a parabola in it and noise: one Gaussian conditional is enough in the ordering (x2, x1) alone.
fn crescent(random: &mut Philox) -> Vec<f64> {
    let x2 = 2.0 * random.normal::<f64>();
    vec![0.25 * x2 * x2 + random.normal::<f64>(), x2]
}

fn experiment(family: Family, ordering: Vec<usize>) -> Experiment {
    let model = ModelSpec { family, ordering, layers: 2, hidden: vec![16, 16], ..ModelSpec::default() };
    let optimiser = OptimiserSpec { learning_rate: 5e-3, batch: 128, ..OptimiserSpec::default() };
    Experiment { model, optimiser, seed: Seed(2), ..Experiment::default() }
}

fn sentence(answer: Result<Fit, Error>) -> String {
    answer.expect_err("it should be refused").to_string()
}

#[test]
fn seconds_since_1970_are_learned_as_seconds_since_today() {
    const TODAY: f64 = 1.7e9;
    let seconds = |since: f64| {
        table(1000, move |random| {
            let time = 100.0 * random.uniform::<f64>();
            vec![since + time, 0.05 * time + 0.5 * random.normal::<f64>()]
        })
    };
    let experiment = experiment(Family::Maf, vec![0, 1]);
    let [near, far] = [0.0, TODAY].map(|since| fit(&seconds(since), &experiment, 100).unwrap());
    assert!((near.nll - far.nll).abs() < 1e-3, "{near:?} {far:?}");
    // Uniform on a hundred seconds, then normal with deviation 0.5.
    let entropy = 100f64.ln() + 0.5 * (std::f64::consts::TAU * std::f64::consts::E * 0.25).ln();
    assert!((far.nll - entropy).abs() < 0.5, "{far:?} against {entropy}");
}

#[test]
fn the_ordering_of_the_columns_is_heeded() {
    let rows = table(2000, crescent);
    let nll = |ordering| fit(&rows, &experiment(Family::Made, ordering), 300).unwrap().nll;
    let (right, wrong) = (nll(vec![1, 0]), nll(vec![0, 1]));
    assert!(right < wrong - 0.1, "{right} {wrong}");
}

#[test]
fn what_no_run_may_be_no_fit_may_be() {
    let rows = table(100, crescent);
    let good = || experiment(Family::Maf, vec![0, 1]);
    let mut one = good();
    one.optimiser.schedule = Schedule::Cosine { steps: 0 };
    assert_eq!(
        sentence(fit(&rows, &one, 10)),
        "optimiser.schedule.steps is 0; allowed: a whole number from 1 to 10000000."
    );
    let one = experiment(Family::Maf, vec![0, 1, 2]);
    assert_eq!(sentence(fit(&rows, &one, 10)), "model.ordering is [0, 1, 2]; allowed: each of 0 to 1 once.");
    let mut one = good();
    one.objective = Objective::ReverseKl { start: 1.0, annealing: None, path_gradient: false };
    assert_eq!(
        sentence(fit(&rows, &one, 10)),
        "objective is reverse-kl; allowed: forward-kl for a table, which has rows but no log density."
    );
}

#[test]
fn a_column_that_does_not_vary_is_named() {
    // A tenth is not a sum of halves: the mean of a hundred of them is another number.
    let rows = table(100, |random| vec![random.normal(), 0.1, random.normal()]);
    let experiment = experiment(Family::Maf, vec![0, 1, 2]);
    assert_eq!(
        sentence(fit(&rows, &experiment, 10)),
        "Line 1, column 2: every row has the same value; leave the column out."
    );
}

#[test]
fn five_columns_are_learned_by_a_family_of_each_structure() {
    // A random walk: each column is the one before and a unit normal step.
    let rows = table(2000, |random| {
        let step = |at: &mut f64, _| {
            *at += random.normal::<f64>();
            Some(*at)
        };
        (0..5).scan(0.0, step).collect()
    });
    let entropy = 2.5 * (std::f64::consts::TAU * std::f64::consts::E).ln();
    for family in [Family::Maf, Family::Glow] {
        let fit = fit(&rows, &experiment(family, (0..5).collect()), 300).unwrap();
        assert_eq!((fit.dim, fit.train_rows, fit.held_out_rows), (5, 1800, 200));
        assert!((fit.nll - entropy).abs() < 0.5, "{family:?}: {fit:?} against {entropy}");
    }
}
