//! Five arms, bent by a rotation that grows with the distance along the arm.

use std::f64::consts::{PI, TAU};

use super::PlaneTarget;
use crate::math::Philox;
use crate::math::quadrature::Window;
use crate::math::special::log_normal;

/// (r, s) = (1 + 0.3 n, 0.1 n), turned by 2 pi k / 5 + 0.25 exp(r) for an arm k of five, times 2.
pub struct Pinwheel;

const ARMS: f64 = 5.0;
const ALONG: f64 = 0.3;
const ACROSS: f64 = 0.1;
const BEND: f64 = 0.25;
const SCALE: f64 = 2.0;
/// Distance from the origin, before scaling, beyond which no arm has mass that a number could hold: twelve deviations.
const REACH: f64 = 1.0 + 12.0 * ALONG;

fn log_density_of_arm(r: f64, s: f64) -> f64 {
    log_normal(r, 1.0, ALONG) + log_normal(s, 0.0, ACROSS)
}

impl PlaneTarget for Pinwheel {
    fn sample(&self, random: &mut Philox) -> [f64; 2] {
        let (r, s) = (1.0 + ALONG * random.normal::<f64>(), ACROSS * random.normal::<f64>());
        let arm = random.below(ARMS as usize) as f64;
        let (sine, cosine) = (TAU * arm / ARMS + BEND * r.exp()).sin_cos();
        [SCALE * (r * cosine - s * sine), SCALE * (r * sine + s * cosine)]
    }

    /// The turn keeps the distance rho from the origin, so (r, s) = rho (cos a, sin a) for an angle a
    /// with a + 0.25 exp(rho cos a) = the angle of x, up to fifths of a turn, one for each arm. All
    /// such angles are bracketed on a fine grid and found by bisection; each adds the density of
    /// its (r, s), divided by the Jacobian determinant 4 |1 - 0.25 exp(r) s|. Far out there are as many angles as exp(rho), all
    /// without mass: there it is the density of an arm's ridge, which falls on as fast.
    fn log_density(&self, [x1, x2]: [f64; 2]) -> f64 {
        const CELLS: usize = 96;
        let rho = x1.hypot(x2) / SCALE;
        if rho > REACH {
            return log_density_of_arm(rho, 0.0) - (SCALE * SCALE).ln();
        }
        let angle = x2.atan2(x1);
        let turns = |a: f64| (a + BEND * (rho * a.cos()).exp() - angle) * ARMS / TAU;
        let mut density = 0.0;
        let node = |cell: usize| -PI + TAU * cell as f64 / CELLS as f64;
        let mut low = turns(-PI);
        for cell in 0..CELLS {
            let (from, to) = (node(cell), node(cell + 1));
            let high = turns(to);
            // Integers strictly above the lesser end, up to the greater one.
            let (least, greatest) = (low.min(high), low.max(high));
            let mut whole = least.floor() + 1.0;
            while whole <= greatest {
                let (mut a, mut b) = (from, to);
                for _ in 0..48 {
                    let middle = 0.5 * (a + b);
                    if (turns(middle) < whole) == (low < high) { a = middle } else { b = middle }
                }
                let (s, r) = (rho * (0.5 * (a + b)).sin(), rho * (0.5 * (a + b)).cos());
                let determinant = SCALE * SCALE * (1.0 - BEND * r.exp() * s).abs();
                density += log_density_of_arm(r, s).exp() / (ARMS * determinant);
                whole += 1.0;
            }
            low = high;
        }
        density.ln()
    }

    fn entropy(&self) -> f64 {
        2.317_760
    }

    fn mode_count(&self) -> usize {
        ARMS as usize
    }

    /// The arm whose (r, s), with the bend taken from the distance to the origin, lies nearest its ridge.
    fn mode_of(&self, [x1, x2]: [f64; 2]) -> Option<usize> {
        let rho = x1.hypot(x2) / SCALE;
        if !(1.0 - 4.0 * ALONG..1.0 + 4.0 * ALONG).contains(&rho) {
            return None;
        }
        let turns = (x2.atan2(x1) - BEND * rho.exp()) * ARMS / TAU;
        let off = (turns - turns.round()) * TAU / ARMS * rho;
        (off.abs() < 6.0 * ACROSS).then_some(turns.round().rem_euclid(ARMS) as usize)
    }

    #[cfg(feature = "gpu")]
    fn shader(&self) -> Option<super::shader::Shader> {
        Some(super::shader::Shader::new(include_str!("shaders/pinwheel.wgsl")))
    }

    fn window(&self) -> Window {
        Window::square(0.0, 0.0, 4.6)
    }
}
