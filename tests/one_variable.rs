//! A curve of one variable: its numbers against closed forms, its gradient against differences, what descent can and can't do.

use density_playground::diagnostics::one_variable::{Curve, LineTarget, REACH, gradient, look, race};
use density_playground::session::one_variable as asked;

/// Three knots that bend.
const KNOTS: [f64; 9] = [-1.2, -2.0, 0.7, 0.1, 0.4, 2.2, 1.5, 1.9, 0.4];

fn spline() -> Curve {
    Curve::from_numbers(true, &KNOTS).unwrap()
}

/// x and dx/du of the rational-quadratic spline through knots (u, x, slope dx/du), from u: the mirror of the core's, which goes from x,
/// and has the same pieces (Gregory and Delbourgo, "Piecewise rational quadratic interpolation", 1982, equation 2, is not closed under
/// inversion, so that this solves u(x) for x by bisection).
fn by_hand(u: f64) -> f64 {
    let ends = [[-5.0, -5.0, 1.0]].into_iter().chain(KNOTS.as_chunks::<3>().0.iter().copied());
    let knots: Vec<[f64; 3]> = ends.chain([[5.0, 5.0, 1.0]]).collect();
    let pair = knots.windows(2).find(|pair| u <= pair[1][0]).unwrap();
    let ([u0, x0, d0], [u1, x1, d1]) = (pair[0], pair[1]);
    let secant = (u1 - u0) / (x1 - x0);
    let value = |x: f64| {
        let t = (x - x0) / (x1 - x0);
        let (from, to) = (1.0 / d0, 1.0 / d1);
        let above = secant * t * t + from * t * (1.0 - t);
        u0 + (u1 - u0) * above / (secant + (from + to - 2.0 * secant) * t * (1.0 - t))
    };
    let (mut low, mut high) = (x0, x1);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if value(middle) < u { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

#[test]
fn a_spline_goes_through_its_knots_as_the_formula_says() {
    let seen = look(&spline(), &LineTarget::named("two-humps").unwrap());
    for (&u, &x) in seen.u.iter().zip(&seen.x) {
        let expected = if u.abs() >= 5.0 { u } else { by_hand(u) };
        assert!((x - expected).abs() < 1e-6, "x({u}) = {x}, not {expected}");
    }
    // The slope is that of the curve, and the density's integral over x is 1.
    let slope = |i: usize| (seen.x[i + 1] - seen.x[i - 1]) / (seen.u[i + 1] - seen.u[i - 1]);
    let off = (1..seen.u.len() - 1).map(|i| (slope(i).ln() - seen.log_slope[i]).abs()).fold(0.0, f64::max);
    assert!(off < 0.05, "{off}");
    let pairs = seen.x.windows(2).zip(seen.density.windows(2));
    let mass: f64 = pairs.map(|(x, p)| 0.5 * (x[1] - x[0]) * (p[0] + p[1])).sum();
    assert!((mass - 1.0).abs() < 2e-3, "{mass}");
    assert!(seen.edges.iter().chain(&seen.base_edges).all(|edge| edge.is_finite()));
    // Bars of equal mass: the fifth edge of sixteen is the quarter's.
    assert!((seen.base_edges[4] + 0.674_489_750_196_081_7).abs() < 1e-9);
    assert!((seen.edges[4] - by_hand(seen.base_edges[4])).abs() < 1e-6);
}

#[test]
fn an_affine_curve_on_a_uniform_target_has_its_terms_in_closed_form() {
    let (mu, alpha) = (0.3, -0.2_f64);
    let curve = Curve::from_numbers(false, &[mu, alpha]).unwrap();
    let fit = look(&curve, &LineTarget::named("uniform").unwrap()).fit;
    // x is uniform on +-2: E[(x - mu)^2] = 4/3 + mu^2.
    let base = 0.5 * (4.0 / 3.0 + mu * mu) * (-2.0 * alpha).exp() + 0.5 * std::f64::consts::TAU.ln();
    assert!((fit.base - base).abs() < 1e-3, "{} is not {base}", fit.base);
    assert!((fit.log_det - alpha).abs() < 1e-12);
    assert!((fit.nll - base - alpha).abs() < 1e-3);
    assert!((fit.entropy - 4.0_f64.ln()).abs() < 1e-12);
    assert!((fit.mass - alpha.exp()).abs() < 1e-6, "{}", fit.mass);
}

#[test]
fn gradients_are_central_differences() {
    for curve in [Curve::Affine([0.4, 0.3]), spline()] {
        for with_log_det in [true, false] {
            let target = LineTarget::named("skewed").unwrap();
            let (theta, exact) = gradient(&curve, &target, with_log_det);
            let value = |numbers: &[f64]| {
                let spline = matches!(curve, Curve::Spline(_));
                let fit = look(&Curve::from_numbers(spline, numbers).unwrap(), &target).fit;
                if with_log_det { fit.nll } else { fit.base }
            };
            // By the curve's own numbers: those of an affine one are its theta; a spline's slopes are three numbers of theta's last.
            match &curve {
                Curve::Affine(numbers) => {
                    for i in 0..2 {
                        let moved = |by: f64| {
                            let mut numbers = *numbers;
                            numbers[i] += by;
                            value(&numbers)
                        };
                        let difference = (moved(1e-5) - moved(-1e-5)) / 2e-5;
                        assert!((difference - exact[i]).abs() < 1e-7, "{difference}, {}", exact[i]);
                    }
                }
                Curve::Spline(knots) => {
                    for i in 0..knots.len() {
                        let place = theta.len() - knots.len() + i;
                        // slope du/dx = least + softplus(theta): by theta it moves by 1 - exp(-softplus).
                        let inverse = knots[i][2].recip();
                        let through = 1.0 - (-(inverse - 1e-3)).exp();
                        let moved = |by: f64| {
                            let mut numbers = KNOTS;
                            numbers[3 * i + 2] = (inverse + by).recip();
                            value(&numbers)
                        };
                        let difference = through * (moved(1e-5) - moved(-1e-5)) / 2e-5;
                        assert!((difference - exact[place]).abs() < 1e-6, "{difference}, {}", exact[place]);
                    }
                }
            }
        }
    }
}

#[test]
fn a_spline_makes_two_humps_and_an_affine_curve_does_not() {
    let target = LineTarget::named("two-humps").unwrap();
    let kl = |curve: &Curve| {
        let end = *race(curve, &target, true, 600, 0.05).fits.last().unwrap();
        end.nll - end.entropy
    };
    let straight = kl(&Curve::Affine([0.0, 0.0]));
    let bent = kl(&Curve::from_numbers(true, &straight_knots(5)).unwrap());
    // The best Gaussian has the target's mean and variance: its NLL is 1/2 ln(2 pi e variance).
    let variance: f64 = 1.7_f64.powi(2) + 0.36;
    let best = 0.5 * (std::f64::consts::TAU * std::f64::consts::E * variance).ln() - target.entropy();
    assert!((straight - best).abs() < 1e-3, "{straight} is not {best}");
    assert!(bent < 0.02 && straight > 0.2, "{bent}, {straight}");
}

fn straight_knots(count: usize) -> Vec<f64> {
    let place = |i: usize| -3.0 + 6.0 * i as f64 / (count - 1) as f64;
    (0..count).flat_map(|i| [place(i), place(i), 1.0]).collect()
}

#[test]
fn without_the_log_determinant_all_falls_onto_the_mode_and_the_mass_leaves_one() {
    let target = LineTarget::named("two-humps").unwrap();
    let honest = race(&Curve::Affine([0.0, 0.0]), &target, true, 300, 0.05);
    assert!(honest.fits.iter().all(|fit| fit.nll >= fit.entropy));
    let wrong = race(&Curve::Affine([0.0, 0.0]), &target, false, 300, 0.05);
    let end = wrong.fits.last().unwrap();
    // ½ ln 2 pi is the base's own least.
    assert!(end.base < end.entropy - 0.5 && end.base >= 0.5 * std::f64::consts::TAU.ln() - 1e-6, "{end:?}");
    assert!((end.mass - 1.0).abs() > 0.5, "{end:?}");
}

#[test]
fn targets_are_densities_and_wrong_questions_get_a_sentence() {
    for name in LineTarget::NAMES {
        let seen = asked::one_variable(false, &[0.0, 0.0], name, &[]).unwrap();
        let mass: f64 = seen.target.iter().sum::<f64>() * 2.0 * REACH / seen.target.len() as f64;
        assert!((mass - 1.0).abs() < 1e-12, "{name}: {mass}");
    }
    let drawn = asked::one_variable(false, &[0.0, 0.0], "drawn", &[0.0, 1.0, 0.0, 3.0]).unwrap();
    assert!((drawn.fit.entropy - (0.75 * 4.0_f64.ln() + 0.25 * 12.0_f64.ln())).abs() < 1e-9);
    for (sentence, start) in [
        (asked::one_variable(false, &[0.0], "uniform", &[]), "curve is 1 numbers"),
        (asked::one_variable(true, &[0.0, 1.0, 1.0, -1.0, 2.0, 1.0], "uniform", &[]), "curve is [0.0"),
        (asked::one_variable(true, &[0.0, 1.0, 0.0], "uniform", &[]), "curve is [0.0"),
        (asked::one_variable(false, &[0.0, 0.0], "moon", &[]), "target is moon"),
        (asked::one_variable(false, &[0.0, 0.0], "drawn", &[0.0]), "heights is no density"),
    ] {
        let sentence = sentence.unwrap_err().to_string();
        assert!(sentence.contains(start), "{sentence}");
    }
    let long = asked::race(false, &[0.0, 0.0], "uniform", &[], true, 99_999).unwrap_err().to_string();
    assert!(long.contains("steps is 99999"), "{long}");
}
