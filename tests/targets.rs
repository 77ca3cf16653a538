//! Every target's sampler, log density and entropy agree with each other.

use crate::common::chi_squared_quantile;
use density_playground::bijections::Standardise;
use density_playground::diagnostics::support::Support;
use density_playground::diagnostics::{HeldOut, Split, modes, variational};
use density_playground::math::{Philox, Stream, Tails};
use density_playground::models::{self, Family, ModelSpec, Workspace};
use density_playground::targets::smoothed::Smoothed;
use density_playground::targets::{
    DRAWING_SIDE, Drawing, PlaneTarget, Target, TargetSpec, gallery, on_plane,
};
use density_playground::training::{Data, Objective, OptimiserSpec, Schedule, Trainer};

/// Any smooth or ragged drawing will do: a disc, a ramp and a lone speck.
fn drawing() -> TargetSpec {
    let cell = |index: usize| {
        let (column, row) = (index % DRAWING_SIDE, index / DRAWING_SIDE);
        let (x, y) = (column as f64 - 40.0, row as f64 - 70.0);
        let disc = if x.hypot(y) < 20.0 { 200 } else { 0 };
        let ramp = if (80..120).contains(&column) && row < 50 { 2 * row as u8 } else { 0 };
        disc + ramp + u8::from(index == 16_000)
    };
    let cells = (0..DRAWING_SIDE * DRAWING_SIDE).map(cell).collect();
    TargetSpec::Drawn { cells: Drawing::new(cells).unwrap() }
}

fn plane(target: &dyn Target) -> &dyn PlaneTarget {
    on_plane(target).expect("a target of the gallery is of the plane")
}

fn all() -> Vec<(String, Box<dyn Target>)> {
    let mut specs: Vec<TargetSpec> = gallery().into_iter().map(|row| row.spec).collect();
    specs.push(drawing());
    specs.iter().map(|spec| (spec.name(), spec.build().unwrap())).collect()
}

/// Heavy tails reach far beyond any window: what is inside is known exactly instead.
const TAILED: [&str; 3] = ["heavy-tailed", "funnel", "crescent"];

/// A resolution near `about` whose cells end where the density jumps.
fn aligned(name: &str, about: usize) -> usize {
    if name == "checkerboard" { about / 100 * 100 } else { about }
}

#[test]
fn densities_integrate_to_one() {
    for (name, target) in all().iter().filter(|(name, _)| !TAILED.contains(&name.as_str())) {
        let mass = plane(&**target)
            .window()
            .integrate(aligned(name, 512), |x1, x2| target.log_density(&[x1, x2]).exp());
        assert!((mass - 1.0).abs() < 5e-4, "{name}: mass {mass}");
    }
}

/// A model's wildest samples lie there. The pinwheel once looked for its arms there for longer than anybody would wait.
#[test]
fn far_out_the_log_density_is_low_and_soon_known() {
    for (name, target) in all() {
        for far in [50.0, 1e3, 1e6, 1e30] {
            for x in [[far, 0.0], [0.0, -far], [-far, far]] {
                let value = target.log_density(&x);
                assert!(!value.is_nan() && value < -5.0, "{name} at {x:?}: {value}");
                target.mode_of(&x);
            }
        }
        let inside =
            target.log_density(&target.draw(&mut Philox::new(1, Stream::Training { step: 0, row: 0 })));
        assert!(inside.is_finite(), "{name}");
    }
}

#[test]
fn entropies_are_right() {
    let mut wrong = Vec::new();
    for (name, target) in all().iter().filter(|(name, _)| !TAILED.contains(&name.as_str())) {
        let entropy = plane(&**target).window().integrate(aligned(name, 1024), |x1, x2| {
            let lp = target.log_density(&[x1, x2]);
            if lp.is_finite() { -lp * lp.exp() } else { 0.0 }
        });
        let stated = target.entropy();
        if (entropy - stated).abs() > 2e-5 {
            wrong.push(format!("{name}: {entropy:.6} by quadrature, {stated:.6} stated"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (name, target) in all() {
        let n = 200_000;
        let draw = |row| target.draw(&mut Philox::new(5, Stream::HeldOut { row }));
        let terms: Vec<f64> = (0..n).map(draw).map(|x| -target.log_density(&x)).collect();
        let mean = terms.iter().sum::<f64>() / f64::from(n);
        let variance = terms.iter().map(|t| (t - mean).powi(2)).sum::<f64>() / f64::from(n);
        let error = 4.5 * (variance / f64::from(n)).sqrt() + 1e-6;
        let stated = target.entropy();
        assert!((mean - stated).abs() < error, "{name}: {mean} +- {error} by Monte Carlo, {stated} stated");
    }
}

/// Chi-squared of 100,000 draws against the density, integrated over 32 by 32 cells of the window and one
/// cell for all outside.
#[test]
fn samples_follow_the_density() {
    const CELLS: usize = 32;
    const FINE: usize = 16;
    for (name, target) in all() {
        let window = plane(&*target).window();
        let mut expected = vec![0.0; CELLS * CELLS + 1];
        let points = window.cell_centres(CELLS * FINE);
        let area = window.area() / (CELLS * FINE).pow(2) as f64;
        for (index, p) in points.chunks_exact(2).enumerate() {
            let (row, column) = (index / (CELLS * FINE) / FINE, index % (CELLS * FINE) / FINE);
            expected[row * CELLS + column] += area * target.log_density(p).exp();
        }
        expected[CELLS * CELLS] = (1.0 - expected.iter().sum::<f64>()).max(0.0);
        let n = 100_000;
        let mut counts = vec![0.0; CELLS * CELLS + 1];
        for row in 0..n {
            let [x1, x2] = plane(&*target).sample(&mut Philox::new(9, Stream::HeldOut { row }));
            let place = |v: f64, min: f64, max: f64| ((v - min) / (max - min) * CELLS as f64).floor();
            let column = place(x1, window.x_min, window.x_max);
            let line = place(x2, window.y_min, window.y_max);
            let inside = (0.0..CELLS as f64).contains(&column) && (0.0..CELLS as f64).contains(&line);
            let cell = if inside { line as usize * CELLS + column as usize } else { CELLS * CELLS };
            counts[cell] += 1.0;
        }
        let means: Vec<f64> = expected.iter().map(|mass| f64::from(n) * mass).collect();
        let z = chi_squared_quantile(&counts, &means);
        assert!(z < 3.09, "{name}: chi-squared's normal quantile is {z:.2}");
    }
}

#[test]
fn a_drawing_is_exact_and_an_empty_one_is_refused() {
    let mut cells = vec![0; DRAWING_SIDE * DRAWING_SIDE];
    let empty = TargetSpec::Drawn { cells: Drawing::new(cells.clone()).unwrap() };
    let sentence = empty.build().err().unwrap().to_string();
    assert_eq!(sentence, "The drawing is empty: draw something, then a density can be learned.");
    // Two full cells: entropy is the logarithm of their area.
    cells[5 * DRAWING_SIDE + 7] = 9;
    cells[5 * DRAWING_SIDE + 8] = 9;
    let target = TargetSpec::Drawn { cells: Drawing::new(cells).unwrap() }.build().unwrap();
    let cell = 8.0 / DRAWING_SIDE as f64;
    assert!((target.entropy() - (2.0 * cell * cell).ln()).abs() < 1e-12);
    for row in 0..1000 {
        let [x1, x2] = plane(&*target).sample(&mut Philox::new(1, Stream::Training { step: 0, row }));
        assert!((-4.0 + 7.0 * cell..-4.0 + 9.0 * cell).contains(&x1));
        assert!((-4.0 + 5.0 * cell..-4.0 + 6.0 * cell).contains(&x2));
    }
    assert!(Drawing::new(vec![0; 7]).is_err());
}

/// The first variable is a unit normal, each other the one before it and a unit normal step.
struct Walk {
    dim: usize,
    has_score: bool,
}

impl Target for Walk {
    fn dim(&self) -> usize {
        self.dim
    }

    fn sample(&self, random: &mut Philox, point: &mut [f64]) {
        let mut at = 0.0;
        for x in point {
            at += random.normal::<f64>();
            *x = at;
        }
    }

    fn log_density(&self, x: &[f64]) -> f64 {
        let step = |i: usize| x[i] - if i > 0 { x[i - 1] } else { 0.0 };
        let squares: f64 = (0..self.dim).map(|i| step(i).powi(2)).sum();
        -0.5 * (squares + self.dim as f64 * std::f64::consts::TAU.ln())
    }

    fn entropy(&self) -> f64 {
        0.5 * self.dim as f64 * (std::f64::consts::TAU * std::f64::consts::E).ln()
    }

    fn score(&self, x: &[f64], score: &mut [f64]) -> bool {
        let step = |i: usize| x[i] - if i > 0 { x[i - 1] } else { 0.0 };
        for (i, s) in score.iter_mut().enumerate() {
            *s = -step(i) + if i + 1 < self.dim { step(i + 1) } else { 0.0 };
        }
        self.has_score
    }
}

#[test]
fn three_variables_are_learned_under_both_objectives() {
    let walk = Walk { dim: 3, has_score: true };
    let (mean, deviation) = walk.moments();
    for (i, (m, d)) in mean.iter().zip(&deviation).enumerate() {
        assert!(m.abs() < 0.05 && (d - ((i + 1) as f64).sqrt()).abs() < 0.03, "{mean:?} {deviation:?}");
    }
    let spec = ModelSpec {
        family: Family::Maf,
        ordering: vec![0, 1, 2],
        layers: 2,
        hidden: vec![16],
        ..ModelSpec::default()
    };
    let optimiser = OptimiserSpec {
        learning_rate: 1e-2,
        batch: 128,
        schedule: Schedule::Cosine { steps: 400 },
        ..OptimiserSpec::default()
    };
    let model = models::build::<f32>(&spec, Some(Standardise::new(mean, deviation)), 1);
    let density = model.density().required().unwrap();
    let smoothed = Smoothed::new(&walk).unwrap();
    let data = Data::Target(&walk, &smoothed);
    let reverse = Objective::ReverseKl { start: 1.0, annealing: None, path_gradient: false };
    for objective in [Objective::ForwardKl, reverse] {
        let mut trainer = Trainer::new(&*model, data, objective, optimiser.clone(), 1).unwrap();
        for _ in 0..400 {
            trainer.step(&*model, data).unwrap();
        }
        let mut workspace = Workspace::default();
        let own = trainer.parameters();
        let kl = HeldOut::new(&walk, 1, Split::Validation, 2000)
            .evaluate(Some(density), own, 400, &mut workspace)
            .known_kl();
        assert!(kl.abs() < 0.05, "{objective:?}: {kl}");
        let measured = variational::measure(
            model.bijection().unwrap(),
            own,
            &walk,
            &smoothed,
            1,
            Split::Validation,
            2000,
            Tails::Light,
        );
        assert!(measured.kl.abs() < 0.05 && measured.log_z == 0.0, "{objective:?}: {measured:?}");
        let samples = model.samples(own, 1, 2000, 1.0, &mut workspace);
        assert_eq!(samples.len(), 6000);
        assert_eq!(modes::coverage(&walk, &samples).covered, 1);
        let outside = Support::new(&walk).off_support_mass(&walk, &samples);
        assert!(outside < 0.02, "{objective:?}: {outside}");
    }
}

#[test]
fn what_needs_the_plane_says_so() {
    let walk = Walk { dim: 3, has_score: false };
    let sentence = "This needs a density of two variables; here there are 3.";
    assert_eq!(on_plane(&walk).err().unwrap().to_string(), sentence);
    // Without a gradient there is only the surface, which is laid through a density of the plane.
    assert_eq!(Smoothed::new(&walk).err().unwrap().to_string(), sentence);
}
