//! Agreement with an independent library: flows with weights, and what Pyro (float64) computed from
//! them.

use density_playground::bijections::Direction;
use density_playground::math::Scalar;
use density_playground::models::Workspace;
use density_playground::models::fixture::Fixture;

fn fixtures() -> Vec<(String, Fixture)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
    let mut all: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            (path.file_stem().unwrap().to_string_lossy().into_owned(), Fixture::from_json(&text).unwrap())
        })
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(all.len(), 6);
    all
}

fn agree<T: Scalar>(what: &str, ours: &[T], theirs: &[f64], tolerance: f64) {
    assert_eq!(ours.len(), theirs.len());
    for (i, (a, b)) in ours.iter().zip(theirs).enumerate() {
        let error = (a.to_f64() - b).abs() / b.abs().max(1.0);
        assert!(error < tolerance, "{what}, point {i}: {a} is not {b}, off by {error:e}");
    }
}

fn check<T: Scalar>(name: &str, fixture: &Fixture, tolerance: f64) {
    let (flow, parameters) = fixture.flow::<T>();
    let mut workspace = Workspace::default();
    let points = fixture.rows::<T>();
    let log_prob = flow.log_prob(&parameters, &points, 1.0, &mut workspace);
    agree(&format!("{name} log_prob"), &log_prob, &fixture.log_prob, tolerance);
    let (base, log_det) = flow.transform(Direction::Inverse, &parameters, &points, &mut workspace);
    let latents: Vec<f64> = fixture.latents.iter().flatten().copied().collect();
    agree(&format!("{name} latents"), &base, &latents, tolerance);
    agree(&format!("{name} log_det"), &log_det, &fixture.log_abs_det_inverse, tolerance);
    let (back, _) = flow.transform(Direction::Forward, &parameters, &base, &mut workspace);
    let points: Vec<f64> = points.iter().map(|v| v.to_f64()).collect();
    agree(&format!("{name} round trip"), &back, &points, tolerance);
}

#[test]
fn double_precision_agrees_to_1e_10() {
    fixtures().iter().for_each(|(name, fixture)| check::<f64>(name, fixture, 1e-10));
}

#[test]
fn single_precision_agrees_to_1e_4() {
    fixtures().iter().for_each(|(name, fixture)| check::<f32>(name, fixture, 1e-4));
}

#[test]
fn a_broken_file_is_refused_with_a_sentence() {
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/maf_d2.json")).unwrap();
    let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let broken = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut copy = value.clone();
        change(&mut copy);
        Fixture::from_json(&copy.to_string()).unwrap_err().to_string()
    };
    assert!(broken(&|v| v["kind"] = "glow".into()).starts_with("kind is glow; allowed: maf"));
    assert!(broken(&|v| v["points"][3] = serde_json::json!([1.0])).starts_with("points[3] is 1 numbers"));
    assert!(
        broken(&|v| v["layers"][1]["ordering"] = serde_json::json!([1, 1])).starts_with("layers[1].ordering")
    );
    assert!(
        broken(&|v| v["layers"][0]["mlp"][1]["bias"] = serde_json::json!([1]))
            .starts_with("layers[0].mlp[1]")
    );
    value["layers"][0]["mlp"][0]["weight"][2][0] = "x".into();
    let sentence = Fixture::from_json(&value.to_string()).unwrap_err().to_string();
    assert!(sentence.contains("layers[0].mlp[0].weight[2][0]"), "{sentence}");
}
