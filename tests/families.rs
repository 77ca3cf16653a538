//! Families that are no compositions of conditioned layers: continuous time, latent variables, a generator and its discriminator.

use density_playground::bijections::ode::{Field, OdeStep, Path, Prediction, Solver};
use density_playground::bijections::{Bijection, Direction, Scratch, Tape};
use density_playground::experiment::{Experiment, Seed};
use density_playground::math::quadrature::Window;
use density_playground::math::special::log_sum_exp;
use density_playground::math::{Batch, Philox, Stream};
use density_playground::models::{
    self, Activations, Base, Family, Flow, Model, ModelSpec, NoiseSchedule, Workspace,
};
use density_playground::nn::{Activation, Adam};
use density_playground::session::Session;
use density_playground::targets::TargetSpec;
use density_playground::training::{OptimiserSpec, Schedule};

const SOLVERS: [Solver; 3] = [Solver::Euler, Solver::Midpoint, Solver::RungeKutta];
const WAYS: [(Path, Prediction); 3] = [
    (Path::Straight, Prediction::Velocity),
    (Path::VariancePreserving, Prediction::Velocity),
    (Path::VariancePreserving, Prediction::Noise),
];

fn steps(dim: usize, way: (Path, Prediction), solver: Solver, count: usize) -> Vec<OdeStep> {
    let hidden = [7, 6];
    OdeStep::all(&Field::new(dim, &hidden, Activation::Silu, way.0, way.1), &hidden, solver, count)
}

/// Parameters away from where everything is small.
fn parameters(count: usize, initialise: impl FnOnce(&mut [f64], &mut Philox)) -> Vec<f64> {
    let mut random = Philox::new(3, Stream::Parameters { layer: 0 });
    let mut parameters = vec![0.0; count];
    initialise(&mut parameters, &mut random);
    parameters.iter_mut().for_each(|p| *p += 0.1 * random.normal::<f64>());
    parameters
}

fn normals(count: usize, seed: u32) -> Vec<f64> {
    let mut random = Philox::new(seed, Stream::Split);
    (0..count).map(|_| random.normal()).collect()
}

/// Compares a gradient with central differences.
fn check_gradient(what: &str, at: &[f64], gradient: &[f64], mut value: impl FnMut(&[f64]) -> f64) {
    for place in 0..at.len() {
        let mut moved = |h: f64| {
            let mut x = at.to_vec();
            x[place] += h;
            value(&x)
        };
        let difference = (moved(1e-5) - moved(-1e-5)) / 2e-5;
        let error = (gradient[place] - difference).abs() / difference.abs().max(1.0);
        assert!(error < 1e-6, "{what}, {place}: {} by hand, {difference} by differences", gradient[place]);
    }
}

#[test]
fn a_step_has_the_gradient_of_the_way_that_it_takes() {
    const LEN: usize = 3;
    for dim in [2, 3] {
        for way in WAYS {
            for solver in SOLVERS {
                for direction in [Direction::Forward, Direction::Inverse] {
                    let step = &steps(dim, way, solver, 3)[1];
                    let count = Bijection::<f64>::parameter_count(step);
                    let own = parameters(count, |p, r| steps(dim, way, solver, 3)[0].initialise(p, r));
                    let points = normals(dim * LEN, 1);
                    let (by_point, by_log_det) = (normals(dim * LEN, 2), normals(LEN, 4));
                    let map = |own: &[f64], points: &[f64], tape: &mut Tape<f64>| {
                        let mut batch = Batch::zeros(dim, LEN);
                        batch.as_mut_slice().copy_from_slice(points);
                        let mut log_det = vec![0.0; LEN];
                        step.map(direction, own, &mut batch, &mut log_det, tape);
                        let sum = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
                        sum(batch.as_slice(), &by_point) + sum(&log_det, &by_log_det)
                    };
                    let mut tape = Tape::default();
                    map(&own, &points, &mut tape);
                    let mut grad = Batch::zeros(dim, LEN);
                    grad.as_mut_slice().copy_from_slice(&by_point);
                    let mut by_own = vec![0.0; count];
                    let scratch = &mut Scratch::default();
                    step.pull_back(direction, &own, &tape, &mut grad, &by_log_det, &mut by_own, scratch);
                    let what = format!("{way:?} {solver:?} {direction:?}");
                    check_gradient(&what, &points, grad.as_slice(), |x| map(&own, x, &mut Tape::default()));
                    check_gradient(&what, &own, &by_own, |own| map(own, &points, &mut Tape::default()));
                }
            }
        }
    }
}

fn flow(dim: usize, way: (Path, Prediction), solver: Solver, count: usize) -> (Flow<f64>, Vec<f64>) {
    let all = steps(dim, way, solver, count);
    let flow = Flow::composed(Base::Normal, all.into_iter().map(Into::into).collect());
    let own = parameters(flow.parameter_count(), |p, _| p.copy_from_slice(&flow.initial_parameters(2)));
    (flow, own)
}

#[test]
fn all_steps_of_a_flow_share_their_parameters() {
    let (one, eight) = (flow(3, WAYS[0], Solver::RungeKutta, 1).0, flow(3, WAYS[0], Solver::RungeKutta, 8).0);
    assert_eq!(one.parameter_count(), eight.parameter_count());
    assert_eq!(one.initial_parameters(5), eight.initial_parameters(5));
    assert_eq!(eight.bijections().len(), 8);
}

/// The integral of the divergence against the Jacobian of the whole way by differences, and the way there and back.
#[test]
fn a_fine_solution_is_a_bijection_that_knows_its_log_determinant() {
    for way in WAYS {
        let dim = 3;
        let (flow, own) = flow(dim, way, Solver::RungeKutta, 64);
        let workspace = &mut Workspace::default();
        let points = normals(4 * dim, 6);
        let (data, log_det) = flow.transform(Direction::Forward, &own, &points, workspace);
        let (back, inverse) = flow.transform(Direction::Inverse, &own, &data, workspace);
        // Predicted noise is divided by what is left of the data, next to nothing at the base: there the way is steep.
        let tolerance = if way.1 == Prediction::Noise { 1e-3 } else { 1e-5 };
        for (a, b) in points.iter().zip(&back) {
            assert!((a - b).abs() < tolerance, "{way:?}: {a} came back as {b}");
        }
        for (row, point) in points.chunks_exact(dim).enumerate() {
            assert!((log_det[row] + inverse[row]).abs() < 10.0 * tolerance);
            let column = |axis: usize| {
                let mut at = |h: f64| {
                    let mut moved = point.to_vec();
                    moved[axis] += h;
                    flow.transform(Direction::Forward, &own, &moved, workspace).0
                };
                let (up, down) = (at(1e-5), at(-1e-5));
                up.iter().zip(down).map(|(u, d)| (u - d) / 2e-5).collect::<Vec<_>>()
            };
            let columns: Vec<f64> = (0..dim).flat_map(column).collect();
            let jacobian = nalgebra::DMatrix::from_column_slice(dim, dim, &columns);
            let numeric = jacobian.determinant().abs().ln();
            assert!(
                (log_det[row] - numeric).abs() < 10.0 * tolerance,
                "{way:?}: {} and {numeric}",
                log_det[row]
            );
        }
    }
}

/// With twice the steps the error falls as the solver's order says: to a half, a quarter, a sixteenth.
#[test]
fn solvers_have_their_order() {
    let points = normals(8, 9);
    let solved = |solver, count| {
        let (flow, own) = flow(2, WAYS[0], solver, count);
        flow.transform(Direction::Forward, &own, &points, &mut Workspace::default()).0
    };
    let truth = solved(Solver::RungeKutta, 512);
    let error = |solver, count| {
        let found = solved(solver, count);
        found.iter().zip(&truth).map(|(a, b)| (a - b).abs()).sum::<f64>()
    };
    for (solver, factor) in SOLVERS.into_iter().zip([2.0, 4.0, 16.0]) {
        let ratio = error(solver, 16) / error(solver, 32);
        assert!((ratio / factor - 1.0).abs() < 0.25, "{solver:?}: {ratio}");
    }
}

fn spec(family: Family, dim: usize) -> ModelSpec {
    ModelSpec {
        family,
        ordering: (0..dim).collect(),
        hidden: vec![6, 5],
        layers: 3,
        activation: Activation::Silu,
        ..ModelSpec::default()
    }
}

/// What a training step of a model gives at these parameters, always with the same random numbers.
fn value_and_gradient(model: &dyn Model<f64>, own: &[f64], points: &Batch<f64>) -> (f64, Vec<f64>) {
    let mut gradient = vec![7.0; own.len()];
    let random = Philox::new(1, Stream::StepOrdering { step: 4 });
    let workspace = &mut Workspace::default();
    let value = model.batch_gradient(own, points, Activations::Stored, random, &mut gradient, workspace);
    (value, gradient)
}

#[test]
fn every_objective_has_its_gradient() {
    let matching = |family, change: fn(&mut ModelSpec)| {
        let mut spec = spec(family, 3);
        change(&mut spec);
        spec
    };
    let all = [
        matching(Family::Cnf, |_| ()),
        matching(Family::FlowMatching, |_| ()),
        matching(Family::FlowMatching, |spec| spec.transport = true),
        matching(Family::Diffusion, |_| ()),
        matching(Family::Diffusion, |spec| spec.prediction = Prediction::Noise),
        matching(Family::Diffusion, |spec| spec.noise_schedule = NoiseSchedule::Linear),
        matching(Family::Vae, |_| ()),
        matching(Family::Vae, |spec| (spec.beta, spec.latent) = (0.3, 1)),
    ];
    let points = Batch::from_rows(&normals(3 * 5, 8), 3);
    for spec in all {
        let units =
            density_playground::bijections::Standardise::new(vec![0.3, 0.0, -1.0], vec![2.0, 1.0, 0.5]);
        let model = models::build::<f64>(&spec, Some(units), 1);
        let own = parameters(model.parameter_count(), |p, _| p.copy_from_slice(&model.initial_parameters(1)));
        let (_, gradient) = value_and_gradient(&*model, &own, &points);
        let what = format!("{:?}", spec.family);
        check_gradient(&what, &own, &gradient, |own| value_and_gradient(&*model, own, &points).0);
    }
}

/// A step's value is the discriminator's loss, so that differences give its gradient; of a single point the generator's is the same
/// derivative of D(G(z)) with another factor in front.
#[test]
fn generator_and_discriminator_have_their_gradients() {
    let spec = ModelSpec { latent: 3, activation: Activation::Tanh, ..spec(Family::Gan, 2) };
    let model = models::build::<f64>(&spec, None, 1);
    let own = parameters(model.parameter_count(), |p, _| p.copy_from_slice(&model.initial_parameters(1)));
    let generator = 3 * 6 + 6 + 6 * 5 + 5 + 5 * 2 + 2;
    let point = normals(2, 3);
    let batch = Batch::from_rows(&point, 2);
    let (value, gradient) = value_and_gradient(&*model, &own, &batch);
    let of_data = model.adversary().unwrap().log_odds(&own, &point)[0];
    // softplus(d) is what the sample adds to the loss.
    let odds = ((value - (-of_data).exp().ln_1p()).exp() - 1.0).ln();
    let sigmoid = |v: f64| 1.0 / (1.0 + (-v).exp());
    let factor = -sigmoid(-odds) / sigmoid(odds);
    for place in 0..own.len() {
        let at = |h: f64| {
            let mut moved = own.clone();
            moved[place] += h;
            value_and_gradient(&*model, &moved, &batch).0
        };
        let difference = (at(1e-5) - at(-1e-5)) / 2e-5;
        let expected = if place < generator { factor * difference } else { difference };
        assert!((gradient[place] - expected).abs() < 1e-6, "{place}: {} {expected}", gradient[place]);
    }
}

#[test]
fn the_penalty_is_the_squared_gradient_of_the_discriminator() {
    let plain = ModelSpec { activation: Activation::Silu, ..spec(Family::Gan, 2) };
    let fined = ModelSpec { penalty: 0.7, ..plain.clone() };
    let [plain, fined] = [plain, fined].map(|spec| models::build::<f64>(&spec, None, 1));
    let own = parameters(plain.parameter_count(), |p, _| p.copy_from_slice(&plain.initial_parameters(1)));
    let rows = normals(2 * 3, 3);
    let batch = Batch::from_rows(&rows, 2);
    let without = value_and_gradient(&*plain, &own, &batch).1;
    let with = value_and_gradient(&*fined, &own, &batch).1;
    let difference: Vec<f64> = with.iter().zip(&without).map(|(a, b)| a - b).collect();
    let penalty = |own: &[f64]| {
        let odds = |place: usize, h: f64| {
            let mut moved = rows.clone();
            moved[place] += h;
            plain.adversary().unwrap().log_odds(own, &moved)[place / 2]
        };
        let slope = |place| (odds(place, 1e-4) - odds(place, -1e-4)) / 2e-4;
        0.5 * 0.7 / 3.0 * (0..6).map(|place| slope(place).powi(2)).sum::<f64>()
    };
    check_gradient("R1", &own, &difference, penalty);
}

/// Minimises a model's objective on normal points of this mean and deviation.
fn learn_a_gaussian(
    spec: &ModelSpec,
    mean: f64,
    deviation: f64,
    steps: u32,
) -> (Box<dyn Model<f64>>, Vec<f64>) {
    let model = models::build::<f64>(spec, None, 1);
    let mut own = model.initial_parameters(1);
    let mut adam = Adam::new(own.len());
    let (mut gradient, workspace) = (vec![0.0; own.len()], &mut Workspace::default());
    for step in 0..steps {
        let mut random = Philox::new(2, Stream::Training { step, row: 0 });
        let rows: Vec<f64> =
            (0..256 * model.dim()).map(|_| mean + deviation * random.normal::<f64>()).collect();
        let points = Batch::from_rows(&rows, model.dim());
        let random = Philox::new(2, Stream::StepOrdering { step });
        model.batch_gradient(&own, &points, Activations::Stored, random, &mut gradient, workspace);
        let rate = 1e-2 * Schedule::Cosine { steps }.factor(step);
        adam.step(&mut own, &gradient, rate, 0.0);
    }
    (model, own)
}

/// Between Gaussians of one variable every one of these flows is the line u -> mean + deviation u: flow matching's velocity is known in
/// closed form, and so is a diffusion's score.
#[test]
fn from_gaussian_to_gaussian_the_way_is_known() {
    let (mean, deviation) = (0.8, 0.5);
    for (family, prediction, noise_schedule) in [
        (Family::FlowMatching, Prediction::Velocity, NoiseSchedule::Cosine),
        (Family::Diffusion, Prediction::Velocity, NoiseSchedule::Cosine),
        // As in the papers on it: what is divided by little is then trained on often.
        (Family::Diffusion, Prediction::Noise, NoiseSchedule::Linear),
    ] {
        let (hidden, layers) = (vec![24, 24], 16);
        let spec = ModelSpec { hidden, layers, prediction, noise_schedule, ..spec(family, 1) };
        let (model, own) = learn_a_gaussian(&spec, mean, deviation, 600);
        let flow = model.bijection().unwrap();
        let base = [-2.0, -1.0, 0.0, 1.0, 2.0];
        let (data, log_det) = flow.transform(Direction::Forward, &own, &base, &mut Workspace::default());
        for ((u, x), log_det) in base.iter().zip(data).zip(log_det) {
            assert!((x - mean - deviation * u).abs() < 0.06, "{family:?} {prediction:?}: {u} went to {x}");
            assert!((log_det - deviation.ln()).abs() < 0.12, "{family:?} {prediction:?}: {log_det}");
        }
    }
}

/// A decoder that is linear, of two latents, whose columns stand at right angles: probabilistic principal components (Tipping, Bishop,
/// 1999), whose density and posterior are known. With that posterior as encoder every bound is the truth.
#[test]
fn a_linear_autoencoder_is_probabilistic_principal_components() {
    let spec = ModelSpec { hidden: vec![4], activation: Activation::Relu, latent: 2, ..spec(Family::Vae, 2) };
    let model = models::build::<f64>(&spec, None, 1);
    let vae = model.latent_variables().unwrap();
    let columns = [[1.2, 0.4], [-0.3, 0.9]];
    let log_width = -0.7f64;
    let variance = (2.0 * log_width).exp();
    // Both networks: relu(v) and relu(-v) of each input, then their differences times a matrix; biases.
    let network = |matrix: [[f64; 2]; 2], log_widths: [f64; 2]| {
        let mut own = Vec::new();
        own.extend([1.0, 0.0, -1.0, 0.0, 0.0, 1.0, 0.0, -1.0]);
        own.extend([0.0; 4]);
        for row in matrix {
            own.extend([row[0], -row[0], row[1], -row[1]]);
        }
        own.extend([0.0; 8]);
        own.extend([0.0, 0.0]);
        // A width is bounded by 6 tanh(w / 6).
        own.extend(log_widths.map(|w| 6.0 * (w / 6.0).atanh()));
        own
    };
    let along = |i: usize| columns[i].iter().map(|v| v * v).sum::<f64>();
    let posterior = |i: usize| columns[i].map(|v| v / (along(i) + variance));
    let log_posterior = |i: usize| 0.5 * (variance / (along(i) + variance)).ln();
    let encoder = network([posterior(0), posterior(1)], [log_posterior(0), log_posterior(1)]);
    let transposed = [[columns[0][0], columns[1][0]], [columns[0][1], columns[1][1]]];
    let own = [encoder, network(transposed, [log_width; 2])].concat();
    assert_eq!(own.len(), model.parameter_count());

    let c = |i: usize, j: usize| {
        columns[0][i] * columns[0][j] + columns[1][i] * columns[1][j] + if i == j { variance } else { 0.0 }
    };
    let determinant = c(0, 0) * c(1, 1) - c(0, 1) * c(1, 0);
    let points = normals(2 * 6, 5);
    let truth = vae.quadrature(&own, &points).unwrap();
    let weights = vae.log_weights(&own, &points, 3, 1.0);
    for (row, x) in points.chunks_exact(2).enumerate() {
        let form =
            (c(1, 1) * x[0] * x[0] - 2.0 * c(0, 1) * x[0] * x[1] + c(0, 0) * x[1] * x[1]) / determinant;
        let exact = -0.5 * (form + determinant.ln()) - std::f64::consts::TAU.ln();
        assert!((truth[row] - exact).abs() < 1e-6, "{} {exact}", truth[row]);
        for weight in &weights[3 * row..3 * row + 3] {
            assert!((weight - exact).abs() < 1e-9, "{weight} {exact}");
        }
    }
    let terms = vae.elbo_terms(&own, &points);
    let mean = truth.iter().sum::<f64>() / 6.0;
    assert!((terms.reconstruction - terms.divergence - mean).abs() < 1e-6, "{terms:?} {mean}");
}

/// More draws, a higher bound; none above the truth, whose mass is one.
#[test]
fn bounds_rise_with_their_draws_to_the_truth() {
    let spec = ModelSpec { hidden: vec![12], ..spec(Family::Vae, 2) };
    let (model, mut own) = learn_a_gaussian(&spec, 0.5, 0.8, 60);
    let vae = model.latent_variables().unwrap();
    // A worse encoder changes no density, and leaves a gap to close.
    let encoder = 2 * 12 + 12 + 12 * 4 + 4;
    own[..encoder].iter_mut().zip(normals(encoder, 7)).for_each(|(p, noise)| *p += 0.15 * noise);
    let points: Vec<f64> = normals(2 * 200, 5).iter().map(|v| 0.5 + 0.8 * v).collect();
    let truth = vae.quadrature(&own, &points).unwrap().iter().sum::<f64>() / 200.0;
    let bound = |draws: usize| {
        let weights = vae.log_weights(&own, &points, draws, 1.0);
        let each = weights.chunks_exact(draws).map(|w| log_sum_exp(w.iter().copied()) - (draws as f64).ln());
        each.sum::<f64>() / 200.0
    };
    let bounds = [1, 10, 100, 1000].map(bound);
    assert!(bounds.is_sorted(), "{bounds:?}");
    assert!(bounds[3] < truth + 2e-3 && truth - bounds[3] < 0.25 * (truth - bounds[0]), "{bounds:?} {truth}");
    assert!(truth - bounds[0] > 0.02, "{bounds:?} {truth}: nothing to close");
    let window = Window::square(0.5, 0.5, 6.0);
    let centres = window.cell_centres(60);
    let mass: f64 =
        vae.quadrature(&own, &centres).unwrap().iter().map(|lp| lp.exp() * window.area() / 3600.0).sum();
    assert!((mass - 1.0).abs() < 5e-3, "{mass}");
}

fn experiment(family: Family, target: TargetSpec, steps: u32) -> Experiment {
    let row = family.row();
    let model = ModelSpec {
        family,
        hidden: vec![48, 48],
        layers: row.default_layers,
        activation: row.default_activation,
        ..ModelSpec::default()
    };
    let optimiser =
        OptimiserSpec { schedule: Schedule::Cosine { steps }, batch: 256, ..OptimiserSpec::recommended() };
    Experiment { target, model, optimiser, seed: Seed(1), ..Experiment::recommended() }
}

/// Trained, each says what it can: a density that samples agree with, a bound whose mass is below one, or nothing.
#[test]
fn each_says_what_it_can_of_two_moons() {
    for (family, steps, most) in [
        (Family::FlowMatching, 800, 0.6),
        (Family::Diffusion, 800, 0.8),
        (Family::Cnf, 150, 0.7),
        (Family::Vae, 800, 0.75),
        (Family::Gan, 300, f64::NAN),
    ] {
        let mut session = Session::new(experiment(family, TargetSpec::TwoMoons, steps)).unwrap();
        session.train(steps).unwrap();
        let now = session.evaluate();
        let samples = session.samples(500, 1.0);
        assert!(samples.iter().all(|v| v.is_finite()), "{family:?}");
        assert_eq!(samples[..20], session.samples(10, 1.0)[..], "{family:?}: the first draws of a seed");
        let window = Window::square(0.5, 0.25, 4.0);
        if family == Family::Gan {
            assert!(now.nll.is_nan() && now.kl.is_none() && now.standard_error.is_none());
            let sentence = session.density_field(&window, 8, 1.0).unwrap_err().to_string();
            assert_eq!(sentence, "This needs a model that has a density.");
            assert!(session.flow().is_err());
            let ruler = session.ruler();
            assert_eq!((ruler.density, ruler.evaluations.evaluations_per_sample), ("none", Some(1)));
            assert_eq!(ruler.evaluations.evaluations_per_density, None);
            assert!(ruler.energy_distance.unwrap().value.is_finite());
            continue;
        }
        let kl = now.kl.unwrap();
        assert!(kl > 0.0 && kl < most, "{family:?}: {kl}");
        let field = session.density_field(&window, 160, 1.0).unwrap();
        let mass: f64 = field.iter().map(|&p| f64::from(p) * window.area() / f64::from(160 * 160)).sum();
        let expected = if family == Family::Vae { 0.9..1.002 } else { 0.995..1.005 };
        assert!(expected.contains(&mass), "{family:?}: mass {mass}");
        if let Ok(flow) = session.flow() {
            assert!(flow.bijections().len() > 1);
            let refused = session.masks(&[0, 1], &[4], 0, None).unwrap_err().to_string();
            assert_eq!(
                refused,
                "This needs a model with conditioners: an autoregressive or a coupling family."
            );
        }
    }
}

/// Remedies and options that a family has not are refused in a sentence.
#[test]
fn what_a_family_has_not_is_refused() {
    let refused = |change: fn(&mut ModelSpec)| {
        let mut experiment = experiment(Family::FlowMatching, TargetSpec::TwoMoons, 10);
        change(&mut experiment.model);
        experiment.validate().unwrap_err().to_string()
    };
    assert_eq!(
        refused(|m| m.base = Base::StudentT { degrees: 3.0 }),
        "model.base is another; allowed: normal: Flow matching is learned from a normal base."
    );
    assert_eq!(refused(|m| m.latent = 9), "model.latent is 9; allowed: a whole number from 1 to 8.");
    assert_eq!(refused(|m| m.beta = -1.0), "model.beta is -1; allowed: a number from 0 to 100.");
    assert!(refused(|m| m.penalty = f64::NAN).starts_with("model.penalty is NaN; allowed: "));
    assert!(refused(|m| m.batch_norm = true).contains("no such layers"));
}
