//! What makes a flow a flow, for every bijection and every family: round trips, log-determinants, and that
//! nothing reads what it may not.

use crate::common::{bijections, models, parameters_of, parameters_of_flow, points};
use density_playground::bijections::Reads;
use density_playground::bijections::{Direction, Tape};
use density_playground::math::Batch;
use density_playground::models::Workspace;
use density_playground::models::{
    catalogue::{Between, StructureKind},
    compose::layer_orderings,
};

/// log |det J| by LU of a numerical Jacobian, row-major (dim, dim).
fn log_abs_det(jacobian: &[f64], dim: usize) -> f64 {
    nalgebra::DMatrix::from_row_slice(dim, dim, jacobian).lu().determinant().abs().ln()
}

/// The numerical Jacobian of `f` at `x`, row-major: entry (i, j) is df_i / dx_j.
fn jacobian(x: &[f64], f: impl Fn(&[f64]) -> Vec<f64>) -> Vec<f64> {
    const H: f64 = 1e-6;
    let dim = x.len();
    let mut result = vec![0.0; dim * dim];
    for j in 0..dim {
        let at = |h: f64| {
            let mut moved = x.to_vec();
            moved[j] += h;
            f(&moved)
        };
        let (above, below) = (at(H), at(-H));
        for i in 0..dim {
            result[i * dim + j] = (above[i] - below[i]) / (2.0 * H);
        }
    }
    result
}

#[test]
fn every_bijection_undoes_itself_and_knows_its_log_determinant() {
    for (name, bijection) in bijections() {
        let dim = bijection.dim();
        let parameters = parameters_of(&*bijection);
        let rows = points::<f64>(dim, 5);
        let map = |direction: Direction, rows: &[f64]| {
            let mut batch = Batch::from_rows(rows, dim);
            let mut log_det = vec![0.0; batch.len()];
            bijection.map(direction, &parameters, &mut batch, &mut log_det, &mut Tape::default());
            (batch.to_rows(), log_det)
        };
        for (there, back) in
            [(Direction::Forward, Direction::Inverse), (Direction::Inverse, Direction::Forward)]
        {
            let (mapped, log_det) = map(there, &rows);
            let (returned, log_det_back) = map(back, &mapped);
            for (a, b) in rows.iter().zip(&returned) {
                assert!((a - b).abs() < 1e-10, "{name}: {a} came back as {b}");
            }
            for (point, (a, b)) in log_det.iter().zip(&log_det_back).enumerate() {
                assert!((a + b).abs() < 1e-10, "{name}: log-determinants {a} and {b}");
                let x = &rows[point * dim..(point + 1) * dim];
                let numeric = log_abs_det(&jacobian(x, |x| map(there, x).0), dim);
                assert!((a - numeric).abs() < 1e-6, "{name}: log-determinant {a}, numerically {numeric}");
            }
        }
    }
}

#[test]
fn single_precision_flows_undo_themselves() {
    for (name, flow, _) in models::<f32>() {
        let parameters = parameters_of_flow(&flow);
        let rows = points::<f32>(flow.dim(), 600);
        let workspace = &mut Workspace::default();
        let (base, _) = flow.transform(Direction::Inverse, &parameters, &rows, workspace);
        let (back, _) = flow.transform(Direction::Forward, &parameters, &base, workspace);
        for (a, b) in rows.iter().zip(&back) {
            assert!((a - b).abs() < 1e-4, "{name}: {a} came back as {b}");
        }
    }
}

/// One layer's Jacobian has exact zeros wherever the ordering forbids a dependence, and none elsewhere on
/// its lower triangle.
#[test]
fn no_output_reads_what_it_may_not() {
    for (name, flow, mut spec) in models::<f64>() {
        if spec.family.row().between == Between::NormAndLinear {
            // A linear map mixes all variables, and is meant to.
            continue;
        }
        spec.layers = 1;
        let flow_of_one = density_playground::models::compose::build::<f64>(&spec, None, 4);
        let ordering = &layer_orderings(&spec, 4)[0];
        let dim = flow.dim();
        let mut rank = vec![0; dim];
        ordering.iter().enumerate().for_each(|(place, &variable)| rank[variable] = place);
        if spec.family.row().structure == Some(StructureKind::Coupling) {
            rank.iter_mut().for_each(|r| *r = usize::from(*r >= dim.div_ceil(2)));
        }
        let parameters = parameters_of_flow(&flow_of_one);
        for direction in [Direction::Forward, Direction::Inverse] {
            let f = |x: &[f64]| flow_of_one.transform(direction, &parameters, x, &mut Workspace::default()).0;
            let jacobian = jacobian(&points(dim, 1), f);
            for i in 0..dim {
                for j in 0..dim {
                    let entry = jacobian[i * dim + j];
                    let allowed = i == j || rank[j] < rank[i];
                    assert!(allowed || entry == 0.0, "{name} {direction:?}: {i} reads {j}");
                    assert!(!allowed || entry != 0.0, "{name} {direction:?}: {i} does not read {j}");
                }
            }
        }
    }
}

/// Passes are counted where they are made, and mirror each other between MAF and IAF.
#[test]
fn passes_are_as_the_theory_says() {
    for (name, flow, spec) in models::<f32>() {
        let parameters = flow.initial_parameters(1);
        let passes = |direction| {
            let mut batch = Batch::from_rows(&points(flow.dim(), 3), flow.dim());
            flow.map(direction, &parameters, &mut batch, &mut [0.0; 3], &mut Vec::new())
        };
        let (layers, dim) = (spec.layer_count(), flow.dim());
        let row = spec.family.row();
        let reads = spec.reads.unwrap_or(row.reads);
        let (density, sampling) = match (row.structure, reads) {
            _ if row.shared_weights => (dim, dim),
            (Some(StructureKind::Autoregressive), Reads::Data) => (layers, layers * dim),
            (Some(StructureKind::Autoregressive), Reads::Base) => (layers * dim, layers),
            (Some(StructureKind::Coupling), _) => (layers, layers),
            (None, _) => unreachable!("a composition has a structure"),
        };
        assert_eq!(passes(Direction::Inverse), density, "{name}");
        assert_eq!(passes(Direction::Forward), sampling, "{name}");
    }
}

/// Glow's linear map starts as a rotation: it keeps every distance.
#[test]
fn a_random_rotation_is_one() {
    use density_playground::bijections::{Bijection, Linear};
    use density_playground::math::{Philox, Stream};
    for dim in [2, 3, 5, 8, 30] {
        let linear = Linear::random_rotation(dim, &mut Philox::new(9, Stream::Rotation { layer: 0 }));
        let mut parameters = vec![0.0; Bijection::<f64>::parameter_count(&linear)];
        linear.initialise(&mut parameters, &mut Philox::new(0, Stream::Parameters { layer: 0 }));
        let mut batch = Batch::from_rows(&points::<f64>(dim, 6), dim);
        let length = |b: &Batch<f64>| b.as_slice().iter().map(|v| v * v).sum::<f64>();
        let before = length(&batch);
        let mut log_det = vec![0.0; 6];
        linear.map(Direction::Forward, &parameters, &mut batch, &mut log_det, &mut Tape::default());
        assert!((length(&batch) - before).abs() < 1e-10 * before, "D = {dim}");
        assert!(log_det.iter().all(|ld| ld.abs() < 1e-12), "D = {dim}: {log_det:?}");
    }
}
