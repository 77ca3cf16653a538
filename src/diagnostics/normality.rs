//! Where the data lands in base space, and how like the base distribution that is.

use serde::Serialize;

use crate::math::ascending;

/// A region of the base that holds a known share of its mass: all points within a radius of its mean.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Ring {
    /// The radius.
    pub radius: f64,
    /// The base's share inside.
    pub expected: f64,
    /// The share of the data's points inside.
    pub found: f64,
}

/// Points in base space beside draws of the base.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Normality {
    /// The points' mean.
    pub mean: Vec<f64>,
    /// Their standard deviations.
    pub deviation: Vec<f64>,
    /// Their correlation.
    pub correlation: f64,
    /// Circles of the base.
    pub rings: Vec<Ring>,
    /// Kolmogorov and Smirnov's distance between the points' and the base's radii, 0 to 1.
    pub distance: f64,
    /// What the distance stays under 95 times in 100 where both are of the same distribution (Smirnov, 1948).
    pub critical: f64,
}

/// Compares row-major points of two variables with row-major draws of the base.
pub fn normality(points: &[f32], draws: &[f32]) -> Normality {
    let column = |rows: &[f32], i: usize| -> Vec<f64> {
        rows.iter().skip(i).step_by(2).map(|&v| f64::from(v)).collect()
    };
    let mean_of = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let columns = [column(points, 0), column(points, 1)];
    let mean = [0, 1].map(|i| mean_of(&columns[i]));
    let product = |i: usize, j: usize| {
        let all = columns[i].iter().zip(&columns[j]).map(|(a, b)| (a - mean[i]) * (b - mean[j]));
        all.sum::<f64>() / columns[i].len().max(1) as f64
    };
    let deviation = [0, 1].map(|i| product(i, i).sqrt());
    let scale = deviation[0] * deviation[1];
    let centre = [0, 1].map(|i| mean_of(&column(draws, i)));
    let radii = |rows: &[f32]| {
        let from = |x: &[f32]| (f64::from(x[0]) - centre[0]).hypot(f64::from(x[1]) - centre[1]);
        let mut all: Vec<f64> = rows.chunks_exact(2).map(from).collect();
        ascending(&mut all);
        all
    };
    let (own, base) = (radii(points), radii(draws));
    let below = |sorted: &[f64], radius: f64| {
        sorted.partition_point(|&r| r <= radius) as f64 / sorted.len().max(1) as f64
    };
    let ring = |expected: f64| {
        let radius = base[((expected * base.len() as f64) as usize).min(base.len() - 1)];
        Ring { radius, expected, found: below(&own, radius) }
    };
    let gap = |&radius: &f64| (below(&own, radius) - below(&base, radius)).abs();
    let (n, m) = (own.len() as f64, base.len() as f64);
    Normality {
        correlation: if scale > 0.0 { product(0, 1) / scale } else { 0.0 },
        rings: [0.5, 0.8, 0.95].map(ring).to_vec(),
        distance: own.iter().chain(&base).map(gap).fold(0.0, f64::max),
        critical: 1.358 * ((n + m) / (n * m)).sqrt(),
        mean: mean.to_vec(),
        deviation: deviation.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::{Philox, Stream};

    fn draws(seed: u32, count: u32, deviation: f64) -> Vec<f32> {
        let point = |row| {
            let mut random = Philox::new(seed, Stream::BaseDraw { row });
            [(); 2].map(|()| (deviation * random.normal::<f64>()) as f32)
        };
        (0..count).flat_map(point).collect()
    }

    #[test]
    fn draws_of_the_base_pass_and_wider_ones_do_not() {
        let base = draws(1, 20_000, 1.0);
        let same = normality(&draws(2, 2000, 1.0), &base);
        assert!(same.distance < same.critical, "{same:?}");
        for ring in &same.rings {
            // The radius of a two-dimensional normal: P(r <= R) = 1 - exp(-R^2 / 2).
            let exact = (-2.0 * (1.0 - ring.expected).ln()).sqrt();
            assert!((ring.radius - exact).abs() < 0.05, "{ring:?}");
            assert!((ring.found - ring.expected).abs() < 0.04, "{ring:?}");
        }
        let wider = normality(&draws(2, 2000, 1.3), &base);
        assert!(wider.distance > 2.0 * wider.critical, "{wider:?}");
        assert!((wider.deviation[0] - 1.3).abs() < 0.07 && wider.correlation.abs() < 0.07, "{wider:?}");
    }
}
