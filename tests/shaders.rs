//! The kernels of everything that a GPU can train, parsed and validated without one.

use std::collections::BTreeSet;

use density_playground::bijections::Reads;
use density_playground::experiment::Experiment;
use density_playground::gpu::{modules, refusal};
use density_playground::models::catalogue::{Family, compositions};
use density_playground::models::{Base, Conditional, ModelSpec};
use density_playground::targets::{DRAWING_SIDE, Drawing, TargetSpec, gallery};
use density_playground::training::{Annealing, Objective};
use naga::valid::{Capabilities, ValidationFlags, Validator};

/// Checks a module once: many Experiments share theirs.
fn check(seen: &mut BTreeSet<String>, what: &str, name: &str, text: String) {
    if seen.contains(&text) {
        return;
    }
    let module = naga::front::wgsl::parse_str(&text)
        .unwrap_or_else(|error| panic!("{what}, {name}:\n{}", error.emit_to_string(&text)));
    let mut validator = Validator::new(ValidationFlags::all(), Capabilities::default());
    if let Err(error) = validator.validate(&module) {
        panic!("{what}, {name}:\n{}", error.emit_to_string(&text));
    }
    seen.insert(text);
}

fn objectives() -> [Objective; 3] {
    let reverse = |annealing, path_gradient| Objective::ReverseKl { start: 1.0, annealing, path_gradient };
    [Objective::ForwardKl, reverse(None, false), reverse(Some(Annealing { from: 0.1, steps: 100 }), true)]
}

fn targets() -> Vec<TargetSpec> {
    let mut all: Vec<TargetSpec> = gallery().into_iter().map(|row| row.spec).collect();
    let mut cells = vec![0; DRAWING_SIDE * DRAWING_SIDE];
    cells[DRAWING_SIDE * DRAWING_SIDE / 2 + DRAWING_SIDE / 2] = 255;
    all.push(TargetSpec::Drawn { cells: Drawing::new(cells).expect("one dab") });
    all
}

fn small(family: Family) -> ModelSpec {
    ModelSpec { family, layers: 3, hidden: vec![6, 5], ..ModelSpec::default() }
}

/// Every family, conditional, base, reading side and objective, on one target.
#[test]
fn every_model_has_valid_kernels() {
    let mut seen = BTreeSet::new();
    let mixture = Conditional::Mixture { components: 3 };
    let conditionals = [
        vec![Conditional::Gaussian],
        vec![mixture],
        vec![Conditional::Laplace],
        vec![Conditional::StudentT],
        vec![Conditional::Gaussian, mixture],
    ];
    let bases = [Base::Normal, Base::StudentT { degrees: 3.0 }, Base::Mixture { components: 2 }];
    let mut refused = BTreeSet::new();
    for family in compositions().map(|row| row.family) {
        for conditionals in &conditionals {
            for base in bases {
                for reads in [None, Some(Reads::Data), Some(Reads::Base)] {
                    for objective in objectives() {
                        let model =
                            ModelSpec { conditionals: conditionals.clone(), base, reads, ..small(family) };
                        let experiment = Experiment { model, objective, ..Experiment::default() };
                        if experiment.validate().is_err() {
                            continue;
                        }
                        if let Some(why) = refusal(&experiment) {
                            assert!(modules(&experiment).is_err());
                            refused.insert(why);
                            continue;
                        }
                        for (name, text) in modules(&experiment).expect("not refused") {
                            check(&mut seen, &format!("{:?}", experiment.model), name, text);
                        }
                    }
                }
            }
        }
    }
    assert!(seen.len() > 40, "{} modules", seen.len());
    assert_eq!(
        refused.into_iter().collect::<Vec<_>>(),
        [
            "NADE's running sum is taken variable by variable",
            "a Student-t conditional needs double precision",
            "a mixture as base distribution learns on the processor",
        ]
    );
}

/// Every target under every objective, with one model.
#[test]
fn every_target_has_valid_kernels() {
    let mut seen = BTreeSet::new();
    for target in targets() {
        for objective in objectives() {
            let experiment = Experiment {
                target: target.clone(),
                model: small(Family::RealNvp),
                objective,
                ..Experiment::default()
            };
            for (name, text) in modules(&experiment).expect("every target has a kernel") {
                check(&mut seen, &experiment.target.name(), name, text);
            }
        }
    }
}
