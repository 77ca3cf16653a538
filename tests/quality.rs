//! Training quality: the same targets, architectures, steps and batch as a reference library was given
//! (zuko 1.6: fresh batches of 512, 5,000 Adam steps, rate 1e-3 with cosine decay; MADE, MAF of 5 layers,
//! RealNVP of 8 layers, spline flow of 5 layers and 8 bins, all 64x64). Held-out NLL in nats may be no worse than its, beyond the noise
//! between seeds.

use density_playground::experiment::Experiment;
use density_playground::models::Family;
use density_playground::models::{Conditional, ModelSpec};
use density_playground::session::Session;
use density_playground::targets::TargetSpec;

/// Target, the slack for noise between seeds, and the reference's NLL of one published seed for MADE, MAF, RealNVP and the spline
/// flow. On the checkerboard, where that seed is a lucky one, the slack is twice the standard deviation of the reference's own MAF
/// over four seeds (3.613, 3.630, 3.661, 3.661). Runs differ like seeds from processor to processor, whose vectors round differently.
const REFERENCE: [(&str, f64, [f64; 4]); 6] = [
    ("crescent", 0.01, [3.879, 3.538, 3.538, 3.563]),
    ("eight-gaussians", 0.03, [3.285, 1.944, 1.817, 1.714]),
    ("two-moons", 0.01, [1.502, 1.039, 1.025, 1.016]),
    ("checkerboard", 0.048, [4.417, 3.611, 3.621, 3.555]),
    ("pinwheel", 0.03, [3.389, 2.404, 2.362, 2.329]),
    ("four-rings", 0.05, [3.550, 3.203, 3.221, 2.801]),
];

fn train(target: &str, model: ModelSpec) -> (f64, f64) {
    let target = TargetSpec::from_name(target).unwrap();
    let mut session = Session::new(Experiment { target, model, ..Experiment::default() }).unwrap();
    session.train(5000).unwrap();
    let last = session.evaluate_on(20_000);
    (last.nll, last.known_kl())
}

fn family(family: Family, column: usize) {
    on(family, column, &REFERENCE);
}

fn on(family: Family, column: usize, rows: &[(&str, f64, [f64; 4])]) {
    let mut wrong = Vec::new();
    for &(target, slack, reference) in rows {
        let layers = family.row().default_layers;
        let (nll, _) = train(target, ModelSpec { family, layers, ..ModelSpec::default() });
        let bound = reference[column] + slack;
        println!("{} on {target}: NLL {nll:.3}, reference {:.3}", family.row().title, reference[column]);
        if nll > bound {
            wrong.push(format!("{target}: {nll:.3}, at most {bound:.3} is allowed"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn made_is_as_good_as_the_reference() {
    family(Family::Made, 0);
}

#[test]
fn maf_is_as_good_as_the_reference() {
    family(Family::Maf, 1);
}

#[test]
fn realnvp_is_as_good_as_the_reference() {
    family(Family::RealNvp, 2);
}

// The slowest family: two halves, for two cores.
#[test]
fn the_spline_flow_is_as_good_as_the_reference_on_smooth_targets() {
    on(Family::Spline, 3, &REFERENCE[..3]);
}

#[test]
fn the_spline_flow_is_as_good_as_the_reference_on_ragged_targets() {
    on(Family::Spline, 3, &REFERENCE[3..]);
}

/// A mixture has the two humps that one Gaussian lacks: the ordering no longer decides.
#[test]
fn a_mixture_fits_the_crescent_in_the_wrong_ordering() {
    let conditionals = vec![Conditional::Mixture { components: 8 }];
    let model = ModelSpec { family: Family::Made, conditionals, ..ModelSpec::default() };
    let (_, kl) = train("crescent", model);
    assert!(kl < 0.05, "KL {kl}");
}

#[test]
fn glow_learns_the_two_moons() {
    let family = Family::Glow;
    let layers = family.row().default_layers;
    let (_, kl) = train("two-moons", ModelSpec { family, layers, ..ModelSpec::default() });
    assert!(kl < 0.04, "KL {kl}");
}

/// The mission's first lesson: on the crescent one ordering makes the conditionals Gaussian, the other can't.
#[test]
fn the_ordering_decides_on_the_crescent() {
    let made = |ordering| ModelSpec { family: Family::Made, ordering, ..ModelSpec::default() };
    let (_, right) = train("crescent", made(vec![1, 0]));
    let (_, wrong) = train("crescent", made(vec![0, 1]));
    assert!(right < 0.01, "KL in the ordering (x2, x1): {right}");
    assert!(wrong > 0.3, "KL in the ordering (x1, x2): {wrong}");
}

#[test]
fn iaf_learns_the_two_moons() {
    let (_, kl) = train("two-moons", ModelSpec { family: Family::Iaf, ..ModelSpec::default() });
    assert!(kl < 0.04, "KL {kl}");
}
