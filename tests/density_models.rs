//! A model by itself: from rows, in their own units, to a file and back; files that the page wrote.

use density_playground::models::{Family, ModelSpec};
use density_playground::session::Session;
use density_playground::targets::table::{Part, Table};
use density_playground::targets::{TargetSpec, Transform, tables};
use density_playground::training::{OptimiserSpec, Schedule};
use density_playground::{DensityModel, Experiment};

/// A small model for a test's patience.
fn small(steps: u32) -> Experiment {
    let model = ModelSpec { family: Family::Made, hidden: vec![8], ..ModelSpec::default() };
    let schedule = Schedule::Cosine { steps };
    let optimiser = OptimiserSpec { batch: 32, schedule, ..OptimiserSpec::recommended() };
    Experiment { model, optimiser, ..Experiment::default() }
}

fn refusal<T>(result: Result<T, density_playground::Error>) -> String {
    result.err().expect("it should be refused").to_string()
}

#[test]
fn files_of_the_page_give_the_samples_that_it_gave() {
    for name in ["maf-mixture-base", "glow"] {
        let of = |ending| format!("tests/recorded/{name}.{ending}");
        let model = DensityModel::load(&std::fs::read(of("safetensors")).unwrap()).unwrap();
        let shown: Vec<f64> =
            serde_json::from_str(&std::fs::read_to_string(of("samples.json")).unwrap()).unwrap();
        let seed = model.experiment().seed.0;
        let samples = model.sample_from(seed, shown.len() / 2, 0.8).unwrap();
        // The page's build rounds in another order.
        for (ours, its) in samples.iter().zip(&shown) {
            assert!((ours - its).abs() < 1e-3, "{name}: {ours} {its}");
        }
    }
}

#[test]
fn log_prob_is_of_the_rows_own_units_whatever_was_done_to_them() {
    let hash = "5f".repeat(32);
    let row = |i: u32| {
        let t = f64::from(i);
        [1e9 + 30.0 * t.sin(), (t.cos() + 0.2 * (3.0 * t).sin()).exp(), f64::from(i % 5) * 0.5]
    };
    let names = ["time", "price", "grade"].map(String::from).to_vec();
    tables::provide(&hash, Table::new(names, (0..200).flat_map(row).collect(), None)).unwrap();
    let transforms = vec![Transform::None, Transform::Log, Transform::Dequantise { step: 0.5 }];
    let target = TargetSpec::Table {
        hash,
        name: "sales.csv".into(),
        columns: vec![0, 1, 2],
        shares: None,
        split_seed: 0,
        transforms,
    };
    let mut experiment = small(60);
    experiment.model.ordering = vec![0, 1, 2];
    let mut session = Session::new(Experiment { target, ..experiment }).unwrap();
    session.train(60).unwrap();
    let model = DensityModel::of(&session);

    // The run's NLL, but that noise fills the steps of the grades by chance there and by the middle here.
    let rows = session.target().rows().unwrap();
    let points: Vec<f32> = rows.test().iter().map(|&v| v as f32).collect();
    let own = model.columns().unwrap().own(&points);
    assert!(
        own.chunks(3).all(|row| (row[2] / 0.5).fract() == 0.0 && (0.0..=2.0).contains(&row[2])),
        "{own:?}"
    );
    let log_prob = model.log_prob_of(&own, 1.0).unwrap();
    let nll = -log_prob.iter().sum::<f64>() / log_prob.len() as f64;
    let of_session: Vec<f64> = session.log_prob(rows_of_test(&session).as_slice());
    let offsets = session.target().rows().unwrap().offsets(Part::Test);
    let its = of_session.iter().zip(offsets).map(|(lp, o)| o - lp).sum::<f64>() / offsets.len() as f64;
    assert!((nll - its).abs() < 0.2, "{nll} {its}");

    let file = model.save().unwrap();
    let again = DensityModel::load(&file).unwrap();
    assert_eq!(again.columns(), model.columns());
    assert_eq!(again.log_prob_of(&own, 0.7).unwrap(), model.log_prob_of(&own, 0.7).unwrap());
    assert_eq!(again.sample(20, 0.5).unwrap(), model.sample(20, 0.5).unwrap());
    assert!(again.sample(50, 1.0).unwrap().iter().all(|row| row[1] > 0.0));
    let why = refusal(model.log_prob(&[[1e9, -1.0, 0.5]]));
    assert_eq!(why, "points, ln price is -1; allowed: a number above 0.");
}

fn rows_of_test(session: &Session) -> Vec<f64> {
    session.target().rows().unwrap().test().to_vec()
}

#[test]
fn what_is_no_model_is_refused_in_a_sentence() {
    let rows: Vec<[f64; 2]> = (0..60).map(f64::from).map(|t| [t.sin(), t.cos()]).collect();
    let model = DensityModel::fit_with(&rows, small(20)).unwrap();
    let file = model.save().unwrap();
    let with = |at: usize, byte: u8| {
        let mut other = file.clone();
        other[at] ^= byte;
        refusal(DensityModel::load(&other))
    };
    assert_eq!(
        with(file.len() - 2, 1),
        "This model can't be read: its parameters are not those that were saved."
    );
    assert_eq!(with(8, 1), "This model can't be read: its header is broken.");
    assert_eq!(refusal(DensityModel::load(&file[..90])), "This model can't be read: it is cut short.");
    let columns = None;
    let bare = DensityModel::from_parts(model.experiment().clone(), columns, 20, model.parameters().to_vec());
    assert!(refusal(bare).starts_with("table is unknown; allowed: the means and deviations"));
    assert_eq!(refusal(model.log_prob(&[[1.0; 3]])), "points is 3 numbers; allowed: 2 numbers.");
    assert!(
        refusal(DensityModel::fit(&[vec![1.0, 2.0], vec![3.0]]))
            .contains("rows 1 and 2 are of different lengths")
    );
    assert!(refusal(DensityModel::fit::<[f64; 2]>(&[])).contains("no whole rows"));
    let mut endless = small(20);
    endless.optimiser.schedule = Schedule::Constant;
    assert!(refusal(DensityModel::train(endless)).contains("optimiser.schedule.kind is constant"));
}
