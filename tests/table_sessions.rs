//! A table as the target of an Experiment: a session that knows rows and no density.

use density_playground::experiment::Seed;
use density_playground::math::{Philox, Stream};
use density_playground::models::{Family, ModelSpec, OrderingPolicy};
use density_playground::session::table::fit;
use density_playground::targets::table::{Part, Table};
use density_playground::targets::{TargetSpec, Transform, tables};
use density_playground::training::{Objective, OptimiserSpec, TrainingSet};
use density_playground::{Error, Experiment, Session};

/// Three columns of 600 rows, in units far from each other: x3 leans on x1, x2 is by itself.
fn rows() -> Table {
    let row = |row| {
        let random = &mut Philox::new(8, Stream::ViewPoint { row });
        let x1 = random.normal::<f64>();
        [1.7e9 + 50.0 * x1, 1e-3 * random.normal::<f64>(), 2.0 * x1 + 0.5 * random.normal::<f64>()]
    };
    let names = ["seconds", "metres", "x3"].map(String::from).to_vec();
    Table::new(names, (0..600).flat_map(row).collect(), None)
}

/// A hash of its own for each test: what is known by one never changes.
fn target(digit: char, columns: Vec<usize>) -> TargetSpec {
    let hash = digit.to_string().repeat(64);
    tables::provide(&hash, rows()).unwrap();
    TargetSpec::Table {
        hash,
        name: "rows.csv".into(),
        columns,
        shares: None,
        split_seed: 0,
        transforms: Vec::new(),
    }
}

fn experiment(target: TargetSpec, family: Family, ordering: Vec<usize>) -> Experiment {
    let model = ModelSpec { family, ordering, layers: 1, hidden: vec![16, 16], ..ModelSpec::default() };
    let optimiser = OptimiserSpec { learning_rate: 5e-3, batch: 128, ..OptimiserSpec::default() };
    Experiment { target, model, optimiser, seed: Seed(2), ..Experiment::default() }
}

fn sentence(experiment: Experiment) -> String {
    Session::new(experiment).err().expect("it should be refused").to_string()
}

#[test]
fn its_nlls_are_those_of_a_fit_in_the_tables_own_units() {
    let experiment = experiment(target('1', vec![0, 1, 2]), Family::Made, vec![0, 1, 2]);
    let mut session = Session::new(experiment.clone()).unwrap();
    session.train(200).unwrap();
    // The seed that splits the rows is not the run's.
    let same = Experiment { seed: Seed(2), ..experiment };
    let parts = density_playground::targets::Shares::default().assign(600, 0);
    let split = Table::new(rows().names().to_vec(), rows().rows().to_vec(), Some(parts));
    let fit = fit(&split, &same, 200, None).unwrap();
    let now = session.evaluate();
    let sample = now.sample.or(session.history().last().unwrap().sample).unwrap();
    assert!((now.nll - fit.nll_test).abs() < 1e-4, "{} {}", now.nll, fit.nll_test);
    assert!((sample.nll_train - fit.nll_train).abs() < 1e-4);
    assert!((sample.nll_validation - fit.nll_validation).abs() < 1e-4);
    assert_eq!((now.kl, now.entropy), (None, None));
    // Known: 50, 1e-3 and 0.5 are the deviations that are left, each of a Gaussian.
    let normal = |deviation: f64| (deviation * (2.0 * std::f64::consts::PI).sqrt()).ln() + 0.5;
    let entropy = normal(50.0) + normal(1e-3) + normal(0.5);
    assert!((now.nll - entropy).abs() < 0.4, "{} against {entropy}", now.nll);
    let ruler = session.ruler();
    // Test rows, in standard units; of modes and support nothing is known.
    assert_eq!(ruler.samples, session.table().unwrap().test_rows);
    assert_eq!((ruler.modes, ruler.off_support_mass, ruler.perfect), (None, None, None));
    assert!(ruler.energy_distance.unwrap().value.abs() < 1.0 && ruler.precision.is_some(), "{ruler:?}");
    let report = session.table_report().unwrap();
    assert!((report.baselines.gaussian_nll - fit.baselines.gaussian_nll).abs() < 1e-9);
    assert!((report.paired.difference - fit.paired.difference).abs() < 1e-4);
}

#[test]
fn its_bars_add_up_to_its_nll_and_follow_the_ordering() {
    let bars = |ordering: Vec<usize>| {
        let mut session =
            Session::new(experiment(target('2', vec![0, 1, 2]), Family::Made, ordering.clone())).unwrap();
        session.train(300).unwrap();
        let bars = session.chain_rule().unwrap().bars.unwrap();
        assert_eq!(bars.iter().map(|bar| bar.variable).collect::<Vec<_>>(), ordering);
        let sum: f64 = bars.iter().map(|bar| bar.nats).sum();
        let nll = session.evaluate().nll;
        assert!((sum - nll).abs() < 1e-4, "{sum} {nll}");
        bars
    };
    let of = |bars: &[density_playground::session::VariableBar], variable: usize| {
        bars.iter().find(|bar| bar.variable == variable).unwrap().nats
    };
    let (before, after) = (bars(vec![0, 1, 2]), bars(vec![2, 1, 0]));
    // Whoever comes first is told nothing: x3 has deviation 2.06 alone, and 0.5 once x1 is known.
    assert!(of(&after, 2) > of(&before, 2) + 1.0);
    assert!(of(&after, 0) < of(&before, 0) - 1.0);
    assert!((of(&after, 1) - of(&before, 1)).abs() < 0.2);
}

#[test]
fn a_model_whose_layers_differ_has_no_bars_and_says_why() {
    let maf = experiment(target('3', vec![0, 1, 2]), Family::Maf, vec![0, 1, 2]);
    let mut maf = Experiment { model: ModelSpec { layers: 2, ..maf.model }, ..maf };
    let answer = Session::new(maf.clone()).unwrap().chain_rule().unwrap();
    assert!(answer.bars.is_none() && answer.reason.unwrap().contains("different orderings"));
    maf.model.ordering_policy = OrderingPolicy::Same;
    assert!(Session::new(maf).unwrap().chain_rule().unwrap().bars.is_some());
}

#[test]
fn columns_are_chosen_and_samples_are_in_standard_units() {
    let mut session = Session::new(experiment(target('4', vec![2, 0]), Family::Maf, vec![0, 1])).unwrap();
    session.train(200).unwrap();
    let units = session.table().unwrap();
    assert_eq!(units.names, ["x3", "seconds"]);
    assert_eq!([units.train_rows, units.validation_rows, units.test_rows], [480, 60, 60]);
    assert!((units.mean[1] - 1.7e9).abs() < 10.0 && (units.deviation[1] - 50.0).abs() < 5.0, "{units:?}");
    let samples = session.samples(4000, 1.0);
    let mean = |i: usize| samples.chunks_exact(2).map(|x| f64::from(x[i])).sum::<f64>() / 4000.0;
    let square = |i: usize| samples.chunks_exact(2).map(|x| f64::from(x[i]).powi(2)).sum::<f64>() / 4000.0;
    for i in [0, 1] {
        assert!(mean(i).abs() < 0.3 && (square(i) - 1.0).abs() < 0.5, "{} {}", mean(i), square(i));
    }
    assert_eq!(session.sample_points(100).len(), 200);
    assert_eq!(session.sample_points(1000).len(), 960);
    // Its two variables have a plane, but the target has no density there.
    let window =
        density_playground::math::quadrature::Window { x_min: -3.0, x_max: 3.0, y_min: -3.0, y_max: 3.0 };
    assert!(session.density_field(&window, 8, 1.0).unwrap().iter().all(|p| p.is_finite()));
    assert_eq!(session.slice(0, 0.0, &window, 8).unwrap_err(), Error::OnlyRows);
    assert_eq!(session.temperatures(&[1.0]).unwrap_err(), Error::OnlyRows);
    assert!(session.data_in_base(100).is_ok());
}

#[test]
fn the_description_for_other_programs_has_the_tables_units() {
    let session = Session::new(experiment(target('5', vec![0, 2]), Family::Maf, vec![0, 1])).unwrap();
    let described = serde_json::to_string(&session.description().unwrap()).unwrap();
    let mean = session.table().unwrap().mean[0];
    assert!(described.contains(&mean.to_string()), "{mean} {described}");
}

#[test]
fn what_no_table_can_be_is_told() {
    let table = |hash: &str, columns: Vec<usize>| TargetSpec::Table {
        hash: hash.into(),
        name: "rows.csv".into(),
        columns,
        shares: None,
        split_seed: 0,
        transforms: Vec::new(),
    };
    let of = |target, ordering| experiment(target, Family::Maf, ordering);
    assert_eq!(
        sentence(of(table(&"0123456789abcdef".repeat(4), vec![0, 1]), vec![0, 1])),
        "The table “rows.csv” is not here: bring its file, which is known by what it holds."
    );
    assert_eq!(
        sentence(of(table("none", vec![0, 1]), vec![0, 1])),
        "target.hash is none; allowed: 64 hexadecimal digits."
    );
    for columns in [vec![], vec![0], vec![1, 1], vec![0, 9], (0..65).collect()] {
        let told = sentence(of(target('6', columns), vec![0, 1]));
        assert!(told.starts_with("target.columns is "), "{told}");
    }
    let good = target('6', vec![0, 1]);
    let told = sentence(of(good.clone(), vec![0, 1, 2]));
    assert_eq!(told, "model.ordering is [0, 1, 2]; allowed: each of 0 to 1 once.");
    let fresh = of(good.clone(), vec![0, 1]);
    let sample = TrainingSet::Sample { count: 30 };
    assert!(
        sentence(Experiment { training_set: sample, ..fresh.clone() }).starts_with("training_set.kind is ")
    );
    let objective = Objective::ReverseKl { start: 1.0, annealing: None, path_gradient: true };
    assert!(sentence(Experiment { objective, ..fresh.clone() }).starts_with("objective.kind is "));
    let TargetSpec::Table { hash, name, columns, .. } = good else { unreachable!() };
    let shares = Some([0.9, 0.9, 0.1].into());
    let target = TargetSpec::Table { hash, name, columns, shares, split_seed: 0, transforms: Vec::new() };
    assert!(sentence(Experiment { target, ..fresh }).starts_with("split is "));
}

#[test]
fn an_experiment_in_json_may_leave_out_how_the_rows_are_divided() {
    let TargetSpec::Table { hash, .. } = target('7', vec![0, 1]) else { unreachable!() };
    let text =
        format!(r#"{{"target": {{"kind": "table", "hash": "{hash}", "name": "a", "columns": [0, 2]}}}}"#);
    let read = Experiment::from_json(&text).unwrap();
    let TargetSpec::Table { shares, split_seed, columns, .. } = &read.target else { unreachable!() };
    assert_eq!((*shares, *split_seed, columns.as_slice()), (None, 0, &[0, 2][..]));
    let again = serde_json::to_string(&read).unwrap();
    assert_eq!(Experiment::from_json(&again).unwrap(), read);
    let divided = text.replace(r#""columns""#, r#""shares": [0.5, 0.25, 0.25], "columns""#);
    let TargetSpec::Table { shares, .. } = Experiment::from_json(&divided).unwrap().target else {
        unreachable!()
    };
    assert_eq!(shares.map(|shares| shares.train), Some(0.5));
}

/// A table by itself, with transforms.
fn transformed(digit: char, table: Table, transforms: Vec<Transform>) -> TargetSpec {
    let hash = digit.to_string().repeat(64);
    let columns = (0..table.dim()).collect();
    tables::provide(&hash, table).unwrap();
    TargetSpec::Table { hash, name: "rows.csv".into(), columns, shares: None, split_seed: 0, transforms }
}

/// 2,000 rows of two columns.
fn drawn(row: impl Fn(&mut Philox) -> [f64; 2]) -> Table {
    let rows =
        (0..2000).flat_map(|index| row(&mut Philox::new(4, Stream::ViewPoint { row: index }))).collect();
    Table::new(vec!["a".into(), "b".into()], rows, None)
}

#[test]
fn what_was_transformed_is_measured_in_its_own_units() {
    // a is log-normal, b a logistic normal between -2 and 3; both with known entropies.
    let table = || {
        drawn(|random| {
            let (x, y) = (random.normal::<f64>(), random.normal::<f64>());
            [(2.0 + 1.5 * x).exp(), -2.0 + 5.0 / (1.0 + (-0.8 * y).exp())]
        })
    };
    let transforms = vec![Transform::Log, Transform::Logit { low: -2.0, high: 3.0 }];
    let target = transformed('8', table(), transforms.clone());
    let mut session = Session::new(experiment(target, Family::Made, vec![0, 1])).unwrap();
    session.train(200).unwrap();
    // H of y, and the mean of ln dx/dy over the test rows, which are the ones that the NLL is of.
    let parts = density_playground::targets::Shares::default().assign(2000, 0);
    let tests: Vec<usize> = (0..2000).filter(|&i| parts[i] == Part::Test).collect();
    let slope = |i: usize| {
        let all = table();
        let row = &all.rows()[2 * i..2 * i + 2];
        row[0].ln() + ((row[1] + 2.0) * (3.0 - row[1]) / 5.0).ln()
    };
    let slopes = tests.iter().map(|&i| slope(i)).sum::<f64>() / tests.len() as f64;
    let normal = |deviation: f64| (deviation * (2.0 * std::f64::consts::PI).sqrt()).ln() + 0.5;
    let entropy = normal(1.5) + normal(0.8) + slopes;
    let now = session.evaluate();
    assert!((now.nll - entropy).abs() < 0.15, "{} against {entropy}", now.nll);
    let report = session.table_report().unwrap();
    assert!((report.baselines.gaussian_nll - now.nll).abs() < 0.05, "{report:?} {now:?}");
    let bars = session.chain_rule().unwrap().bars.unwrap();
    let sum: f64 = bars.iter().map(|bar| bar.nats).sum();
    assert!((sum - now.nll).abs() < 1e-4, "{sum} {}", now.nll);
    assert_eq!(session.table().unwrap().transforms, transforms);
    assert_eq!(session.table().unwrap().names, ["ln a", "logit b"]);
    // No script has logarithms yet.
    assert!(session.description().is_none());
    // As it is, no Gaussian is near it.
    let plain = transformed('9', table(), Vec::new());
    let report = Session::new(experiment(plain, Family::Made, vec![0, 1])).unwrap().table_report().unwrap();
    assert!(report.baselines.gaussian_nll > now.nll + 0.5, "{report:?}");
}

#[test]
fn noise_fills_the_steps_of_what_takes_few_values() {
    // Two dice that agree half of the time.
    let dice = || {
        drawn(|random| {
            let first = random.below(6) as f64;
            let second = if random.uniform::<f64>() < 0.5 { first } else { random.below(6) as f64 };
            [first + 1.0, second + 1.0]
        })
    };
    let step = |step| Transform::Dequantise { step };
    let run = |target| {
        let mut session = Session::new(experiment(target, Family::Spline, vec![0, 1])).unwrap();
        session.train(400).unwrap();
        session.evaluate().nll
    };
    // P(equal) = 7/12 over six pairs, 5/12 over thirty: the entropy in nats.
    let (equal, other) = (7.0 / 12.0 / 6.0, 5.0 / 12.0 / 30.0);
    let entropy: f64 = -(6.0 * equal * f64::ln(equal) + 30.0 * other * f64::ln(other));
    let filled = run(transformed('a', dice(), vec![step(1.0), step(1.0)]));
    assert!(filled > entropy - 0.05 && filled < entropy + 0.35, "{filled} against {entropy}");
    // Without noise a density may say what no probability of so few values can.
    let bare = run(transformed('b', dice(), Vec::new()));
    assert!(bare < entropy - 0.3, "{bare} against {entropy}");
    // In other units: dice of 10, 20, ... cost ln 10 more each.
    let tens = {
        let table = dice();
        let rows = table.rows().iter().map(|v| 10.0 * v).collect();
        Table::new(table.names().to_vec(), rows, None)
    };
    let tenfold = run(transformed('c', tens, vec![step(10.0), step(10.0)]));
    assert!((tenfold - filled - 2.0 * 10f64.ln()).abs() < 0.02, "{tenfold} {filled}");
}

#[test]
fn noise_is_drawn_anew_for_training_and_once_for_what_is_measured() {
    let table = Table::new(vec!["a".into(), "b".into()], (0..80).map(|i| f64::from(i % 5)).collect(), None);
    let transforms = [Transform::Dequantise { step: 1.0 }, Transform::None];
    let parts = density_playground::targets::Shares::default().assign(40, 3);
    let rows = density_playground::targets::Rows::transformed(&table, &parts, &transforms, 3).unwrap();
    let again = density_playground::targets::Rows::transformed(&table, &parts, &transforms, 3).unwrap();
    assert_eq!(rows.test(), again.test());
    let (bare, noise) = rows.learned();
    let units = rows.units();
    let noise = noise.unwrap();
    assert!((noise[0] - 1.0 / units.deviation[0]).abs() < 1e-12 && noise[1] == 0.0);
    for (bare, filled) in bare.chunks_exact(2).zip(rows.train().chunks_exact(2)) {
        let whole = units.mean[0] + units.deviation[0] * bare[0];
        assert!((whole - whole.round()).abs() < 1e-9);
        assert!(filled[0] >= bare[0] && filled[0] < bare[0] + noise[0] + 1e-12 && filled[1] == bare[1]);
    }
}

#[test]
fn a_value_without_its_transform_is_told_with_its_row() {
    let table = drawn(|random| [random.uniform::<f64>() + 0.1, random.normal()]);
    let told = sentence(experiment(
        transformed('d', table, vec![Transform::None, Transform::Log]),
        Family::Maf,
        vec![0, 1],
    ));
    assert!(
        told.starts_with("This table can't be learned: row ")
            && told.ends_with("in column “b”, and what is to be done to that column needs a number above 0."),
        "{told}"
    );
    let table = || drawn(|random| [random.normal(), random.normal()]);
    let of =
        |transforms| sentence(experiment(transformed('e', table(), transforms), Family::Maf, vec![0, 1]));
    assert_eq!(of(vec![Transform::Log]), "target.transforms is 1 long; allowed: none at all, or 2.");
    let wrong = vec![Transform::None, Transform::Dequantise { step: 0.0 }];
    assert_eq!(of(wrong), "target.transforms[1] is 0; allowed: a number above 0.");
    let wrong = vec![Transform::Logit { low: 1.0, high: 1.0 }, Transform::None];
    assert_eq!(
        of(wrong),
        "target.transforms[0] is 1 to 1; allowed: two finite numbers, the lower one first."
    );
}

#[test]
fn with_all_others_held_the_density_is_the_joint_along_a_line() {
    let mut session =
        Session::new(experiment(target('f', vec![0, 1, 2]), Family::Made, vec![1, 0, 2])).unwrap();
    session.train(300).unwrap();
    let row = [0.4, -1.0, 0.2];
    let curves = session.full_conditionals(&row, &[2, 0], -4.0, 4.0, 80).unwrap();
    for (curve, variable) in curves.iter().zip([2, 0]) {
        let mass: f64 = curve.density.iter().sum::<f64>() * 0.1;
        assert!((mass - 1.0).abs() < 0.02, "{mass}");
        // Ratios are the joint's own.
        let at = |i: usize| {
            let mut x = row;
            x[variable] = curve.at[i];
            x
        };
        let points: Vec<f64> = [at(35), at(45)].concat();
        let joint = session.log_prob(&points);
        let ratio = (curve.density[35] / curve.density[45]).ln();
        assert!((ratio - (joint[0] - joint[1])).abs() < 1e-3, "{ratio}");
    }
    // x3 leans on x1: held high, it moves up.
    let mean = |x1: f64, session: &mut Session| {
        let curve = &session.full_conditionals(&[x1, 0.0, 0.0], &[2], -4.0, 4.0, 80).unwrap()[0];
        curve.at.iter().zip(&curve.density).map(|(x, p)| 0.1 * x * p).sum::<f64>()
    };
    assert!(mean(1.0, &mut session) > mean(-1.0, &mut session) + 1.0);
    for (row, variables) in [(vec![0.0; 2], vec![0]), (vec![0.0; 3], vec![3]), (vec![0.0; 3], vec![])] {
        assert!(session.full_conditionals(&row, &variables, -4.0, 4.0, 80).is_err());
    }
}
