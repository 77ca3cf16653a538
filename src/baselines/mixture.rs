//! A mixture of Gaussians with full covariances, by expectation and maximisation (Dempster, Laird, Rubin, 1977).

use super::gaussian::{Gaussian, moments};
use super::{Baseline, thinned};
use crate::math::special::log_sum_exp;
use crate::math::{Philox, Stream};

/// Some Gaussians, each with a weight.
#[derive(Clone, Debug)]
pub struct Mixture {
    dim: usize,
    /// ln of the weight, and the Gaussian.
    components: Vec<(f64, Gaussian)>,
}

/// Most components that are tried.
const MAX_COMPONENTS: usize = 7;
/// Starts of each count; the likeliest end is taken.
const RESTARTS: u32 = 4;
/// Added to every variance, in standard units: a component on a single row would have none.
const FLOOR: f64 = 1e-6;
/// It has converged where a round adds less than this to the mean log-density.
const CONVERGED: f64 = 1e-3;
const MAX_ROUNDS: usize = 100;

impl Mixture {
    /// Chooses the number of components, 1 to 7 as far as each has more rows than columns, by the least Bayesian information criterion
    /// (Schwarz, "Estimating the dimension of a model", 1978). The starts are always the same.
    pub fn fit(rows: &[f64], dim: usize) -> Self {
        let rows = thinned(rows, dim);
        let count = rows.len() / dim;
        let most = (count / (dim + 1)).clamp(1, MAX_COMPONENTS);
        let mut best: Option<(f64, Self)> = None;
        for components in 1..=most {
            let starts = if components == 1 { 1 } else { RESTARTS };
            let ends = (0..starts).filter_map(|restart| Self::climb(&rows, dim, components, restart));
            let Some((mean, mixture)) = ends.max_by(|a, b| a.0.total_cmp(&b.0)) else { continue };
            let free = components * (dim + dim * (dim + 1) / 2) + components - 1;
            let bic = free as f64 * (count as f64).ln() - 2.0 * mean * count as f64;
            if best.as_ref().is_none_or(|(least, _)| bic < *least) {
                best = Some((bic, mixture));
            }
        }
        best.expect("one component always ends, since no variance is below the floor").1
    }

    /// Number of components.
    pub fn len(&self) -> usize {
        self.components.len()
    }

    /// False: there is one at least.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Climbs from one start; the mean log-density of the rows where it ends. `None` where a component was lost on the way.
    fn climb(rows: &[f64], dim: usize, components: usize, restart: u32) -> Option<(f64, Self)> {
        let nearest = clusters(rows, dim, components, &mut Philox::new(1, Stream::Clusters { restart }));
        let indicator = |k: usize| nearest.iter().map(move |&own| f64::from(u8::from(own == k))).collect();
        let mut shares: Vec<Vec<f64>> = (0..components).map(indicator).collect();
        let mut before = f64::NEG_INFINITY;
        let mut mixture = Self::of_shares(rows, dim, &shares)?;
        for _ in 0..MAX_ROUNDS {
            let mean = mixture.share(rows, &mut shares);
            if !mean.is_finite() {
                return None;
            }
            if mean - before < CONVERGED {
                return Some((mean, mixture));
            }
            before = mean;
            mixture = Self::of_shares(rows, dim, &shares)?;
        }
        Some((before, mixture))
    }

    /// The likeliest components for rows that are theirs by shares.
    fn of_shares(rows: &[f64], dim: usize, shares: &[Vec<f64>]) -> Option<Self> {
        let count = (rows.len() / dim) as f64;
        let component = |weights: &Vec<f64>| {
            let weight = weights.iter().sum::<f64>() / count;
            let (mean, mut covariance) = moments(rows, dim, weights);
            (0..dim).for_each(|i| covariance[(i, i)] += FLOOR);
            Some((weight.ln(), Gaussian::new(mean, covariance)?)).filter(|_| weight > 0.0)
        };
        Some(Self { dim, components: shares.iter().map(component).collect::<Option<_>>()? })
    }

    /// Shares each row among the components; returns the mean log-density.
    fn share(&self, rows: &[f64], shares: &mut [Vec<f64>]) -> f64 {
        let mut sum = 0.0;
        let mut logs = vec![0.0; self.components.len()];
        for (index, row) in rows.chunks_exact(self.dim).enumerate() {
            self.logs(row, &mut logs);
            let log_density = log_sum_exp(logs.iter().copied());
            sum += log_density;
            for (share, log) in shares.iter_mut().zip(&logs) {
                share[index] = (log - log_density).exp();
            }
        }
        sum / (rows.len() / self.dim) as f64
    }

    /// ln of weight times density of each component.
    fn logs(&self, point: &[f64], into: &mut [f64]) {
        for (log, (log_weight, gaussian)) in into.iter_mut().zip(&self.components) {
            *log = log_weight + gaussian.at(point);
        }
    }
}

impl Baseline for Mixture {
    fn name(&self) -> &'static str {
        "mixture"
    }

    fn log_density(&self, points: &[f64]) -> Vec<f64> {
        let mut logs = vec![0.0; self.components.len()];
        let mut at = |point: &[f64]| {
            self.logs(point, &mut logs);
            log_sum_exp(logs.iter().copied())
        };
        points.chunks_exact(self.dim).map(&mut at).collect()
    }
}

fn square_distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

/// The cluster of each row: Lloyd's rounds from centres that lie apart (Arthur, Vassilvitskii, "k-means++: The advantages of careful
/// seeding", SODA 2007).
fn clusters(rows: &[f64], dim: usize, count: usize, random: &mut Philox) -> Vec<usize> {
    const MAX_ROUNDS: usize = 50;
    let row = |i: usize| &rows[i * dim..(i + 1) * dim];
    let len = rows.len() / dim;
    let mut centres = row(random.below(len)).to_vec();
    let mut squares = vec![f64::INFINITY; len];
    while centres.len() < count * dim {
        let last = &centres[centres.len() - dim..];
        let nearer = squares.iter_mut().zip(rows.chunks_exact(dim));
        nearer.for_each(|(square, row)| *square = square.min(square_distance(row, last)));
        let mut left = random.uniform::<f64>() * squares.iter().sum::<f64>();
        let passed = |square: &f64| {
            left -= square;
            left <= 0.0
        };
        let next = squares.iter().position(passed).unwrap_or(len - 1);
        centres.extend_from_slice(row(next));
    }
    let mut nearest = vec![0; len];
    for _ in 0..MAX_ROUNDS {
        let mut moved = false;
        for (own, row) in nearest.iter_mut().zip(rows.chunks_exact(dim)) {
            let to = |k: &usize| square_distance(row, &centres[k * dim..(k + 1) * dim]);
            let best = (0..count).min_by(|a, b| to(a).total_cmp(&to(b))).unwrap_or_default();
            moved |= best != *own;
            *own = best;
        }
        if !moved {
            break;
        }
        let mut sizes = vec![0.0; count];
        centres.fill(0.0);
        for (&own, row) in nearest.iter().zip(rows.chunks_exact(dim)) {
            sizes[own] += 1.0;
            centres[own * dim..(own + 1) * dim].iter_mut().zip(row).for_each(|(c, v)| *c += v);
        }
        for (centre, size) in centres.chunks_exact_mut(dim).zip(&sizes) {
            centre.iter_mut().for_each(|c| *c /= f64::max(*size, 1.0));
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use nalgebra::DMatrix;

    use super::super::tests::{nll, standard};
    use super::*;
    use crate::math::special::log_normal;

    #[test]
    fn its_density_is_the_weighted_sum() {
        let round = |mean: f64, variance: f64| {
            Gaussian::new(vec![mean; 2], DMatrix::identity(2, 2) * variance).unwrap()
        };
        let mixture = Mixture {
            dim: 2,
            components: vec![(0.3f64.ln(), round(0.0, 1.0)), (0.7f64.ln(), round(4.0, 0.25))],
        };
        for [x1, x2] in [[0.2, -0.4], [4.0, 3.0], [100.0, 90.0]] {
            let part = |weight: f64, mean: f64, deviation: f64| {
                weight.ln() + log_normal(x1, mean, deviation) + log_normal(x2, mean, deviation)
            };
            let exact = log_sum_exp([part(0.3, 0.0, 1.0), part(0.7, 4.0, 0.5)].into_iter());
            assert!((mixture.log_density(&[x1, x2])[0] - exact).abs() < 1e-9 * exact.abs().max(1.0));
        }
    }

    /// scikit-learn's GaussianMixture with the least BIC of 1 to 7 components, on the same rows.
    #[test]
    fn three_tables_have_the_components_and_the_nll_that_another_library_gives_them() {
        for (text, from, components, expected) in [
            (include_str!("../../data/old-faithful.csv"), 1, 2, 4.331),
            (include_str!("../../data/penguins.csv"), 2, 3, 15.091),
            (include_str!("../../data/wine.csv"), 2, 1, 19.815),
        ] {
            let (train, test, log_scale, dim) = standard(text, from);
            let mixture = Mixture::fit(&train, dim);
            let own = nll(&mixture, &test) + log_scale;
            assert_eq!(mixture.len(), components);
            assert!((own - expected).abs() < 0.01, "{own} {expected}");
        }
    }

    #[test]
    fn three_blobs_are_found_where_they_are() {
        let blobs = [([-3.0, 0.0], 0.5), ([3.0, 1.0], 0.3), ([0.0, 4.0], 1.0)];
        let rows: Vec<f64> = (0..900)
            .flat_map(|row| {
                let mut random = Philox::new(4, Stream::ViewPoint { row });
                let (centre, deviation) = blobs[row as usize % 3];
                centre.map(|c: f64| c + deviation * random.normal::<f64>())
            })
            .collect();
        let mixture = Mixture::fit(&rows, 2);
        assert_eq!(mixture.len(), 3);
        let exact = |p: &[f64]| {
            let of = |&([c1, c2], deviation): &([f64; 2], f64)| {
                log_normal(p[0], c1, deviation) + log_normal(p[1], c2, deviation) - 3f64.ln()
            };
            log_sum_exp(blobs.iter().map(of))
        };
        let own = mixture.log_density(&rows);
        let gain: f64 = rows.chunks_exact(2).zip(&own).map(|(p, q)| q - exact(p)).sum::<f64>() / 900.0;
        // 17 free parameters gain half a nat each over all rows.
        assert!((0.0..0.03).contains(&gain), "{gain}");
    }

    #[test]
    fn rows_that_fall_together_keep_the_floor() {
        let rows: Vec<f64> = (0..60).flat_map(|i| [f64::from(i % 3), f64::from(i % 3)]).collect();
        let mixture = Mixture::fit(&rows, 2);
        assert!(mixture.log_density(&rows).iter().all(|lp| lp.is_finite()));
    }
}
