//! Every target's sampler, log density and entropy agree with each other.

mod common;

use common::chi_squared_quantile;
use density_playground::math::{Philox, Stream};
use density_playground::targets::{DRAWING_SIDE, Drawing, Target, TargetSpec, gallery};

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
        let mass = target.window().integrate(aligned(name, 512), |x1, x2| target.log_density([x1, x2]).exp());
        assert!((mass - 1.0).abs() < 5e-4, "{name}: mass {mass}");
    }
}

/// A model's wildest samples lie there. The pinwheel once looked for its arms there for longer than anybody would wait.
#[test]
fn far_out_the_log_density_is_low_and_soon_known() {
    for (name, target) in all() {
        for far in [50.0, 1e3, 1e6, 1e30] {
            for x in [[far, 0.0], [0.0, -far], [-far, far]] {
                let value = target.log_density(x);
                assert!(!value.is_nan() && value < -5.0, "{name} at {x:?}: {value}");
                target.mode_of(x);
            }
        }
        let inside =
            target.log_density(target.sample(&mut Philox::new(1, Stream::Training { step: 0, row: 0 })));
        assert!(inside.is_finite(), "{name}");
    }
}

#[test]
fn entropies_are_right() {
    let mut wrong = Vec::new();
    for (name, target) in all().iter().filter(|(name, _)| !TAILED.contains(&name.as_str())) {
        let entropy = target.window().integrate(aligned(name, 1024), |x1, x2| {
            let lp = target.log_density([x1, x2]);
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
        let draw = |row| target.sample(&mut Philox::new(5, Stream::HeldOut { row }));
        let terms: Vec<f64> = (0..n).map(draw).map(|x| -target.log_density(x)).collect();
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
        let window = target.window();
        let mut expected = vec![0.0; CELLS * CELLS + 1];
        let points = window.cell_centres(CELLS * FINE);
        let area = window.area() / (CELLS * FINE).pow(2) as f64;
        for (index, p) in points.chunks_exact(2).enumerate() {
            let (row, column) = (index / (CELLS * FINE) / FINE, index % (CELLS * FINE) / FINE);
            expected[row * CELLS + column] += area * target.log_density([p[0], p[1]]).exp();
        }
        expected[CELLS * CELLS] = (1.0 - expected.iter().sum::<f64>()).max(0.0);
        let n = 100_000;
        let mut counts = vec![0.0; CELLS * CELLS + 1];
        for row in 0..n {
            let [x1, x2] = target.sample(&mut Philox::new(9, Stream::HeldOut { row }));
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
        let [x1, x2] = target.sample(&mut Philox::new(1, Stream::Training { step: 0, row }));
        assert!((-4.0 + 7.0 * cell..-4.0 + 9.0 * cell).contains(&x1));
        assert!((-4.0 + 5.0 * cell..-4.0 + 6.0 * cell).contains(&x2));
    }
    assert!(Drawing::new(vec![0; 7]).is_err());
}
