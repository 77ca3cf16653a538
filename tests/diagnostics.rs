//! Each diagnostic against what is known otherwise.

use density_playground::bijections::{Direction, Standardise};
use density_playground::diagnostics::conditionals::{conditional, marginal, mode_count};
use density_playground::diagnostics::memory::{activation_bytes, measure};
use density_playground::diagnostics::network::{network, passes};
use density_playground::diagnostics::support::Support;
use density_playground::diagnostics::{geometry, modes};
use density_playground::experiment::Experiment;
use density_playground::math::matrix::norm;
use density_playground::math::quadrature::Window;
use density_playground::math::special::log_normal;
use density_playground::math::{Batch, Philox, Stream};
use density_playground::models::{Activations, Family, OrderingPolicy, Workspace};
use density_playground::models::{Conditional, ModelSpec};
use density_playground::models::{catalogue::compositions, compose::build};
use density_playground::session::{Session, Whose};
use density_playground::targets::smoothed::Smoothed;
use density_playground::targets::{DRAWING_SIDE, Drawing, Target, TargetSpec, gallery, on_plane};
use density_playground::training::Schedule;

fn target(name: &str) -> Box<dyn Target> {
    TargetSpec::from_name(name).unwrap().build().unwrap()
}

fn session(target: &str, model: ModelSpec, steps: u32) -> Session {
    let target = TargetSpec::from_name(target).unwrap();
    let mut experiment = Experiment { target, model, ..Experiment::default() };
    experiment.optimiser.schedule = Schedule::Cosine { steps };
    let mut session = Session::new(experiment).unwrap();
    session.train(steps).unwrap();
    session
}

#[test]
fn marginals_and_conditionals_of_the_crescent_are_its_own() {
    let crescent = target("crescent");
    let mut joint = |rows: &[f64]| rows.chunks_exact(2).map(|x| crescent.log_density(x).exp()).collect();
    let window = on_plane(&*crescent).unwrap().window();
    // In the ordering (x2, x1) both are Gaussian in closed form.
    for (at, density) in {
        let curve = marginal(&mut joint, 1, &window, 100);
        curve.at.into_iter().zip(curve.density)
    } {
        assert!((density - log_normal(at, 0.0, 2.0).exp()).abs() < 1e-6);
    }
    for given in [-3.0, 0.0, 2.0] {
        let curve = conditional(&mut joint, 0, given, &window, 100);
        for (at, density) in curve.at.iter().zip(&curve.density) {
            assert!((density - log_normal(*at, 0.25 * given * given, 1.0).exp()).abs() < 1e-6);
        }
        assert_eq!(mode_count(&curve, 0.1), 1);
    }
    // In the other ordering the conditional has two humps where the crescent's arms are apart.
    assert_eq!(mode_count(&conditional(&mut joint, 1, 6.0, &window, 200), 0.1), 2);
}

#[test]
fn a_gaussian_conditional_has_one_hump_and_a_mixture_two() {
    let model = |conditionals| ModelSpec { family: Family::Made, conditionals, ..ModelSpec::default() };
    let window = on_plane(&*target("crescent")).unwrap().window();
    let mut gaussian = session("crescent", model(vec![Conditional::Gaussian]), 1500);
    assert_eq!(mode_count(&gaussian.conditional(Whose::Target, 1, 6.0, &window, 200), 0.1), 2);
    let curve = gaussian.conditional(Whose::Model, 1, 6.0, &window, 200);
    assert_eq!(mode_count(&curve, 0.1), 1);
    // The one Gaussian that tries to be both humps is wider than the window.
    let wide = Window { y_min: -40.0, y_max: 40.0, ..window };
    let curve = gaussian.conditional(Whose::Model, 1, 6.0, &wide, 400);
    let mass: f64 = curve.density.iter().sum::<f64>() * 80.0 / 400.0;
    assert!((mass - 1.0).abs() < 0.01, "mass {mass}");
    let mut mixture = session("crescent", model(vec![Conditional::Mixture { components: 4 }]), 1500);
    assert_eq!(mode_count(&mixture.conditional(Whose::Model, 1, 6.0, &window, 200), 0.1), 2);
}

#[test]
fn every_target_belongs_to_its_own_modes() {
    for row in gallery() {
        let target = row.spec.build().unwrap();
        let draws: Vec<f32> = (0..4000)
            .flat_map(|r| target.draw(&mut Philox::new(8, Stream::HeldOut { row: r })))
            .map(|v| v as f32)
            .collect();
        let coverage = modes::coverage(&*target, &draws);
        assert_eq!(coverage.covered, target.mode_count(), "{}: {coverage:?}", row.title);
        assert!(coverage.between < 0.02, "{}: {coverage:?}", row.title);
        let even = 1.0 / target.mode_count() as f64;
        for mass in coverage.target {
            assert!((mass - even).abs() < 0.12 * even + 0.01, "{}: {mass}", row.title);
        }
        let threads = Support::new(&*target).off_support_mass(&*target, &draws);
        assert!(threads < 4e-3, "{}: thread mass {threads} of the target itself", row.title);
    }
}

#[test]
fn a_drawings_modes_are_its_connected_regions() {
    let blob = |cx: f64, cy: f64, x: f64, y: f64| (x - cx).hypot(y - cy) < 8.0;
    let cells = (0..DRAWING_SIDE * DRAWING_SIDE)
        .map(|i| {
            let (x, y) = ((i % DRAWING_SIDE) as f64, (i / DRAWING_SIDE) as f64);
            // A faint bridge between two blobs joins nothing.
            let bridge = (y - 30.0).abs() < 2.0 && (30.0..90.0).contains(&x);
            if blob(30.0, 30.0, x, y) || blob(90.0, 30.0, x, y) || blob(60.0, 100.0, x, y) {
                200
            } else {
                u8::from(bridge) * 10
            }
        })
        .collect();
    let target = TargetSpec::Drawn { cells: Drawing::new(cells).unwrap() }.build().unwrap();
    assert_eq!(target.mode_count(), 3);
    let at = |x: f64, y: f64| target.mode_of(&[-4.0 + x / 16.0, -4.0 + y / 16.0]);
    assert!(at(30.0, 30.0).is_some() && at(30.0, 30.0) != at(90.0, 30.0));
    assert_eq!(at(60.0, 30.0), None);
}

/// The gradient of every target's smoothed form against central differences, and its normaliser against quadrature.
#[test]
fn smoothed_targets_have_the_gradient_they_say() {
    let mut specs: Vec<TargetSpec> = gallery().into_iter().map(|row| row.spec).collect();
    let cells = (0..DRAWING_SIDE * DRAWING_SIDE).map(|i| if i % 128 > 70 && i > 9000 { 150 } else { 0 });
    specs.push(TargetSpec::Drawn { cells: Drawing::new(cells.collect()).unwrap() });
    for spec in specs {
        let target = spec.build().unwrap();
        let smoothed = Smoothed::new(&*target).unwrap();
        let mut random = Philox::new(5, Stream::BaseDraw { row: 0 });
        for _ in 0..50 {
            let x: [f64; 2] = [3.0 * random.normal::<f64>(), 3.0 * random.normal::<f64>()];
            let (mut gradient, mut unused) = ([0.0; 2], [0.0; 2]);
            let value = smoothed.at(&*target, &x, &mut gradient);
            assert!(value.is_finite(), "{}: {value} at {x:?}", spec.name());
            for i in 0..2 {
                let mut at = |h: f64| {
                    let mut moved = x;
                    moved[i] += h;
                    smoothed.at(&*target, &moved, &mut unused)
                };
                let numeric = (at(1e-6) - at(-1e-6)) / 2e-6;
                let error = (gradient[i] - numeric).abs() / numeric.abs().max(1.0);
                assert!(error < 1e-4, "{} at {x:?}: {} but {numeric}", spec.name(), gradient[i]);
            }
        }
        if !target.score(&[0.1, 0.2], &mut [0.0; 2]) {
            let window = on_plane(&*target).unwrap().window();
            let inside =
                window.integrate(400, |x1, x2| smoothed.at(&*target, &[x1, x2], &mut [0.0; 2]).exp());
            let z = smoothed.log_normaliser().exp();
            assert!(inside <= z + 1e-6 && inside > 0.9 * z, "{}: {inside} of {z}", spec.name());
            assert!((z - 1.0).abs() < 0.2, "{}: Z is {z}", spec.name());
        }
    }
}

#[test]
fn singular_values_multiply_to_the_determinant() {
    for row in compositions() {
        let spec = ModelSpec { family: row.family, hidden: vec![16], layers: 2, ..ModelSpec::default() };
        let flow = build::<f64>(&spec, Some(Standardise::new(vec![0.5, 0.0], vec![2.0, 0.5])), 3);
        let parameters = flow.initial_parameters(3);
        let points: Vec<f64> = (0..40).map(|i| (f64::from(i) * 0.7).sin()).collect();
        let workspace = &mut Workspace::default();
        for direction in [Direction::Forward, Direction::Inverse] {
            let (_, log_det) = flow.transform(direction, &parameters, &points, workspace);
            let values = geometry::singular_values(&flow, &parameters, &points, direction);
            for ((largest, smallest), log_det) in values.into_iter().zip(log_det) {
                assert!(largest >= smallest);
                assert!(((largest * smallest).ln() - log_det).abs() < 1e-9, "{}", row.title);
            }
            let errors = geometry::round_trip_errors(&flow, &parameters, &points, direction, workspace);
            assert!(errors.iter().all(|&e| e < 1e-9), "{}", row.title);
        }
    }
}

#[test]
fn points_travel_from_base_to_data() {
    let mut session = session("two-moons", ModelSpec::default(), 60);
    let base = [0.3f32, -0.4, 1.0, 0.2];
    let trajectory = session.trajectory(&base).unwrap();
    assert_eq!(trajectory.points.len(), session.flow().unwrap().bijections().len() + 1);
    let parameters = session.parameters().to_vec();
    let (data, log_det) =
        session.flow().unwrap().transform(Direction::Forward, &parameters, &base, &mut Workspace::default());
    assert_eq!(trajectory.points.last().unwrap(), &data);
    assert_eq!(trajectory.log_det.last().unwrap(), &log_det);
    assert_eq!(trajectory.points[0], base);
}

#[test]
fn temperature_trades_diversity_for_quality() {
    let mut session = session("eight-gaussians", ModelSpec::default(), 1000);
    let sweep = session.tempered(&[0.0, 0.5, 1.0, 1.5]);
    assert_eq!(sweep[0].spread, 0.0);
    assert!(sweep.windows(2).all(|pair| pair[0].spread < pair[1].spread), "{sweep:?}");
    assert!(sweep[2].covered == 8 && sweep[1].covered <= 8 && sweep[0].covered <= 1, "{sweep:?}");
    assert!(sweep[3].precision < sweep[2].precision, "{sweep:?}");
}

#[test]
fn likelihood_is_lower_where_nothing_was_learned() {
    let mut session = session("two-moons", ModelSpec::default(), 600);
    let [data, own, other] = session.log_p_histograms(&*target("four-rings"), 40);
    let mean = |h: &geometry::Histogram| {
        let width = (h.to - h.from) / 40.0;
        let terms = h.shares.iter().enumerate();
        terms.map(|(i, s)| s * (h.from + (i as f64 + 0.5) * width)).sum::<f64>()
    };
    for histogram in [&data, &own, &other] {
        assert!((histogram.shares.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    }
    assert!((mean(&data) - mean(&own)).abs() < 0.5 && mean(&other) < mean(&data) - 5.0);
}

#[test]
fn networks_read_what_the_ordering_allows() {
    for family in [Family::Made, Family::RealNvp] {
        for dim in 2..=8 {
            let ordering: Vec<usize> = Philox::new(3, Stream::LayerOrdering { layer: 0 }).permutation(dim);
            let spec = ModelSpec {
                family,
                ordering: ordering.clone(),
                ordering_policy: OrderingPolicy::Same,
                hidden: vec![9, 8],
                ..ModelSpec::default()
            };
            let drawn = network(&spec, 1, 0, None);
            let place = |v: usize| ordering.iter().position(|&o| o == v).unwrap();
            for i in 0..dim {
                for j in 0..dim {
                    let allowed = match family {
                        Family::Made => place(j) < place(i),
                        _ => place(j) < dim.div_ceil(2) && place(i) >= dim.div_ceil(2),
                    };
                    assert_eq!(drawn.reads[i][j], allowed, "{family:?}, D = {dim}: {i} reads {j}");
                }
            }
        }
    }
}

#[test]
fn passes_are_counted_by_running() {
    let counted = |family, dim| {
        let passes = passes(&ModelSpec { family, layers: 5, ..ModelSpec::default() }, dim);
        (passes.density, passes.sampling)
    };
    for dim in [2, 16, 64] {
        assert_eq!(counted(Family::Nade, dim), (dim, dim));
        assert_eq!(counted(Family::Made, dim), (1, dim));
        assert_eq!(counted(Family::Maf, dim), (5, 5 * dim));
        assert_eq!(counted(Family::Iaf, dim), (5 * dim, 5));
        assert_eq!(counted(Family::RealNvp, dim), (5, 5));
    }
}

#[test]
fn recomputed_activations_stay_flat_in_depth() {
    for row in compositions().filter(|row| row.stacks) {
        let spec = ModelSpec { family: row.family, ..ModelSpec::default() };
        let [one, deep] = [1, 16].map(|depth| activation_bytes(&spec, depth, 64));
        assert!(deep.recomputed <= one.recomputed + 1024, "{}: {one:?} {deep:?}", row.title);
        assert!(deep.stored >= 12 * one.stored, "{}: {one:?} {deep:?}", row.title);
        assert!(deep.difference < 1e-4, "{}: {deep:?}", row.title);
    }
}

/// A gradient takes its batch a tile at a time, so that a larger one holds no more; batch normalisation needs all of it.
#[test]
fn activations_are_those_that_a_gradient_of_the_nll_holds() {
    let spec = ModelSpec { family: Family::RealNvp, hidden: vec![32, 32], ..ModelSpec::default() };
    let [tile, batch] = [128, 1000].map(|batch| activation_bytes(&spec, 4, batch));
    assert_eq!((tile.points, batch.points), (128, 128));
    assert_eq!((tile.stored, tile.recomputed), (batch.stored, batch.recomputed));
    let spec = ModelSpec { batch_norm: true, ..spec };
    let [small, large] = [128, 256].map(|batch| activation_bytes(&spec, 4, batch));
    assert_eq!((small.points, large.points), (128, 256));
    assert!(large.stored > 2 * small.stored - 1024, "{small:?} {large:?}");
    // What is compared are gradients of the NLL: base and log-determinant in their shares.
    let flow = build::<f32>(&spec, None, 1);
    let parameters = flow.initial_parameters(1);
    let mut workspace = Workspace::default();
    let points = Batch::from_rows(&[0.5f32, -1.0, 2.0, 0.25, -0.75, 1.5], 2);
    let mut gradient = |activations| {
        let mut gradient = vec![0.0; parameters.len()];
        flow.nll_gradient(&parameters, &points, activations, &mut gradient, &mut workspace);
        gradient
    };
    let (kept, made) = (gradient(Activations::Stored), gradient(Activations::Recomputed));
    let apart: Vec<f32> = kept.iter().zip(&made).map(|(a, b)| a - b).collect();
    assert_eq!(measure(&flow, &parameters, 4, &points).difference, norm(&apart) / norm(&kept));
}

#[test]
fn windows_are_respected() {
    let mut session = session("two-moons", ModelSpec::default(), 30);
    let window = Window::square(0.0, 0.0, 2.0);
    assert_eq!(session.round_trip_field(&window, 9, Direction::Inverse).unwrap().len(), 81);
    let [largest, smallest] = session.singular_value_fields(&window, 9, Direction::Forward).unwrap();
    assert!(largest.iter().zip(&smallest).all(|(l, s)| l >= s && *s > 0.0));
}
