//! The sliced Wasserstein distance of two samples.

use super::Distance;
use super::permutations::Blocks;
use crate::math::{Philox, Stream, ascending, rotation};

/// Directions that are averaged over, at least.
const DIRECTIONS: usize = 64;
/// Permutations that say what chance makes of it.
const PERMUTATIONS: u32 = 99;

/// The root of the mean over directions of the squared Wasserstein-2 distance between the projections, in the units of the points
/// (Bonneel, Rabin, Peyré, Pfister, "Sliced and Radon Wasserstein barycenters of measures", 2015). Along a line the best transport keeps
/// the order, so that sorting finds it. Of finite samples it is never 0, even of one density: `null_95` says how much that is.
///
/// Samples are row-major, of one point at least; the directions are always the same. No standard error is given.
pub fn sliced_wasserstein(x: &[f64], y: &[f64], dim: usize) -> Distance {
    let blocks = Blocks::new(x.len() / dim, y.len() / dim);
    let (first, all) = (blocks.first * blocks.size, blocks.all * blocks.size);
    let points = || x[..first * dim].chunks_exact(dim).chain(y.chunks_exact(dim)).take(all);
    let mut divisions = vec![blocks.as_they_are()];
    divisions.extend((0..PERMUTATIONS).map(|row| blocks.permuted(row)));
    let mut sums = vec![0.0; divisions.len()];
    let mut parts = [vec![0.0; all + 1], vec![0.0; all + 1]];
    let directions = directions(dim);
    for direction in &directions {
        let along = |x: &[f64]| x.iter().zip(direction).map(|(a, b)| a * b).sum::<f64>();
        let mut places: Vec<f64> =
            points().map(along).enumerate().map(|(i, v)| marked(v, i / blocks.size)).collect();
        ascending(&mut places);
        for (sum, is_first) in sums.iter_mut().zip(&divisions) {
            // Each place is written into both parts and stays in one of them: a branch would be guessed wrong half of the time.
            let [own, other] = &mut parts;
            let mut taken = 0;
            for (index, &place) in places.iter().enumerate() {
                own[taken] = place;
                other[index - taken] = place;
                taken += usize::from(is_first[mark(place)]);
            }
            *sum += squared_on_line(&own[..taken], &other[..all - taken]);
        }
    }
    let mut roots = sums.into_iter().map(|sum| (sum / directions.len() as f64).sqrt());
    let value = roots.next().unwrap_or(f64::NAN);
    Distance::of(value, None, value, roots.collect())
}

/// Unit vectors, uniformly distributed, in sets at right angles to each other: of a shift these see all, whichever way it goes (Rowland
/// et al., "Orthogonal estimation of Wasserstein distances", AISTATS 2019).
fn directions(dim: usize) -> Vec<Vec<f64>> {
    let set = |row| {
        let rows = rotation(dim, &mut Philox::new(0, Stream::Projection { row }));
        rows.row_iter().map(|row| row.iter().copied().collect()).collect::<Vec<_>>()
    };
    (0..DIRECTIONS.div_ceil(dim) as u32).flat_map(set).collect()
}

/// The last bits of a place: far finer than points are told apart.
const MARK: u64 = (1 << 10) - 1;

/// A place that knows its block, one of 1,024 at most: so numbers alone are sorted, by what sorts all of them.
fn marked(place: f64, block: usize) -> f64 {
    f64::from_bits(place.to_bits() & !MARK | block as u64)
}

/// The block of a place.
fn mark(place: f64) -> usize {
    (place.to_bits() & MARK) as usize
}

/// The squared Wasserstein-2 distance of ascending numbers, each sample of mass 1: mass goes in the order of its places.
fn squared_on_line(x: &[f64], y: &[f64]) -> f64 {
    let (n, m) = (x.len(), y.len());
    if n == m {
        return x.iter().zip(y).map(|(x, y)| (x - y) * (x - y)).sum::<f64>() / n as f64;
    }
    let (mut i, mut j, mut left) = (0, 0, [m, n]);
    let mut sum = 0.0;
    while i < n && j < m {
        let moved = left[0].min(left[1]);
        sum += moved as f64 * (x[i] - y[j]).powi(2);
        left = left.map(|left| left - moved);
        if left[0] == 0 {
            (i, left[0]) = (i + 1, m);
        }
        if left[1] == 0 {
            (j, left[1]) = (j + 1, n);
        }
    }
    sum / (n as f64 * m as f64)
}
