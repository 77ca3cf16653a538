//! The NLL of a model as a sum over its variables, against the log-density itself and against integrals of it.

use density_playground::diagnostics::chain_rule::{chain_rule, why_no_chain};
use density_playground::models::{Family, ModelSpec, OrderingPolicy, Workspace};

use crate::common::{models, parameters_of_flow, points};

#[test]
fn the_parts_add_up_for_every_model_that_has_them() {
    let mut count = 0;
    for (name, flow, spec) in models::<f64>() {
        if why_no_chain(&spec, 4).is_some() {
            continue;
        }
        count += 1;
        let (parameters, points) = (parameters_of_flow(&flow), points(flow.dim(), 150));
        let parts = chain_rule(&flow, &parameters, &points, &spec.ordering);
        let all = flow.log_prob(&parameters, &points, 1.0, &mut Workspace::default());
        let nll = -all.iter().sum::<f64>() / all.len() as f64;
        let sum: f64 = parts.iter().sum();
        assert!(
            (sum - nll).abs() < 1e-7 * nll.abs().max(1.0),
            "{name}: {parts:?} add up to {sum}, not {nll}"
        );
    }
    assert!(count > 50, "{count} models");
}

#[test]
fn the_first_part_is_the_marginal_density() {
    let mut count = 0;
    for (name, flow, spec) in models::<f64>() {
        if flow.dim() != 2 || why_no_chain(&spec, 4).is_some() {
            continue;
        }
        count += 1;
        let parameters = parameters_of_flow(&flow);
        let (first, second) = (spec.ordering[0], spec.ordering[1]);
        for x in [-1.3, 0.8] {
            const REACH: f64 = 60.0;
            const CELLS: usize = 24_000;
            let width = 2.0 * REACH / CELLS as f64;
            let line: Vec<f64> = (0..CELLS)
                .flat_map(|cell| {
                    let mut point = [0.0; 2];
                    point[first] = x;
                    point[second] = width * (cell as f64 + 0.5) - REACH;
                    point
                })
                .collect();
            let density = flow.log_prob(&parameters, &line, 1.0, &mut Workspace::default());
            let marginal = density.iter().map(|lp| lp.exp()).sum::<f64>() * width;
            let mut point = [0.0; 2];
            point[first] = x;
            point[second] = 0.4;
            let part = chain_rule(&flow, &parameters, &point, &spec.ordering)[0];
            // Some have heavy tails, of which a little lies beyond the line.
            assert!(
                (part + marginal.ln()).abs() < 5e-3,
                "{name} at {x}: {part}, by integration {}",
                -marginal.ln()
            );
        }
    }
    assert!(count > 10, "{count} models");
}

#[test]
fn models_without_parts_say_why() {
    let reason = |family, change: fn(&mut ModelSpec)| {
        let mut spec = ModelSpec { family, layers: 2, ..ModelSpec::default() };
        change(&mut spec);
        why_no_chain(&spec, 1)
    };
    let same = |spec: &mut ModelSpec| spec.ordering_policy = OrderingPolicy::Same;
    assert_eq!(reason(Family::Maf, same), None);
    assert_eq!(reason(Family::RealNvp, same), None);
    assert_eq!(reason(Family::Made, |_| ()), None);
    assert_eq!(reason(Family::Maf, |spec| spec.layers = 1), None);
    assert!(reason(Family::Maf, |_| ()).unwrap().contains("different orderings"));
    assert!(reason(Family::RealNvp, |_| ()).unwrap().contains("different orderings"));
    assert!(reason(Family::Glow, same).unwrap().contains("linear maps"));
    assert!(reason(Family::Made, |spec| spec.order_agnostic = true).unwrap().contains("average"));
}
