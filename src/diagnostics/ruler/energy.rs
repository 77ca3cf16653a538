//! The energy distance of two samples.

use super::Distance;
use super::permutations::Blocks;
use crate::math::Batch;
use crate::math::matrix::dot;

/// Permutations that say what chance makes of it.
const PERMUTATIONS: u32 = 199;

/// 2 E|X - Y| - E|X - X'| - E|Y - Y'| in the units of the points (Székely and Rizzo, "Energy statistics: a class of statistics based on
/// distances", 2013; without the root that some take): 0 if and only if the densities are the same.
///
/// The unbiased estimate, without the zeros of each point's distance from itself (a U-statistic): of two samples of one density it is 0 on
/// average, and so half of the time below. Its standard error is that of the jackknife over both samples, which on average is not too small
/// (Efron and Stein, "The jackknife estimate of variance", 1981).
///
/// Samples are row-major, of two points at least.
pub fn energy_distance(x: &[f64], y: &[f64], dim: usize) -> Distance {
    let counts = [x.len() / dim, y.len() / dim];
    let blocks = Blocks::new(counts[0], counts[1]);
    let used = [blocks.first * blocks.size, (blocks.all - blocks.first) * blocks.size];
    let pooled: Vec<f64> = x[..used[0] * dim].iter().chain(&y[..used[1] * dim]).copied().collect();
    let sums = Sums::new(&Batch::from_rows(&pooled, dim), &blocks, used[0]);
    let (value, standard_error) = sums.estimate(used);
    let null = (0..PERMUTATIONS).map(|row| sums.between(&blocks, &blocks.permuted(row))).collect();
    Distance::of(value, standard_error, sums.between(&blocks, &blocks.as_they_are()), null)
}

/// Sums of distances.
struct Sums {
    /// From each point to those of the first sample, and of the second.
    to: [Vec<f64>; 2],
    /// Between the points of two blocks, the later one's row by row: only the places before the diagonal are filled.
    between: Vec<f64>,
    /// Between a block and all before it.
    before: Vec<f64>,
}

impl Sums {
    /// Of the pooled points, `first` of which are of the first sample. Each distance is computed once.
    fn new(pooled: &Batch<f64>, blocks: &Blocks, first: usize) -> Self {
        let len = pooled.len();
        let mut to = [vec![0.0; len], vec![0.0; len]];
        let mut between = vec![0.0; blocks.all * blocks.all];
        let mut distances = vec![0.0; len];
        for i in 0..len {
            let row = &mut distances[..i];
            row.fill(0.0);
            for variable in 0..pooled.dim() {
                let column = pooled.variable(variable);
                let at = column[i];
                row.iter_mut().zip(column).for_each(|(sum, &v)| *sum += (v - at) * (v - at));
            }
            row.iter_mut().for_each(|d| *d = d.sqrt());
            // What this point is to the earlier ones, then they to it.
            let own = usize::from(i >= first);
            to[own].iter_mut().zip(&*row).for_each(|(sum, d)| *sum += d);
            let block = i / blocks.size;
            for (other, part) in row.chunks(blocks.size).enumerate() {
                let sum = part.iter().sum::<f64>();
                to[usize::from(other >= blocks.first)][i] += sum;
                between[block * blocks.all + other] += sum;
            }
        }
        let row = |later: usize| between[later * blocks.all..][..later].iter().sum();
        let before = (0..blocks.all).map(row).collect();
        Self { to, between, before }
    }

    /// The estimate and its standard error.
    fn estimate(&self, counts: [usize; 2]) -> (f64, Option<f64>) {
        let [n, m] = counts.map(|count| count as f64);
        let (to_first, to_second) = (&self.to[0], &self.to[1]);
        let sum = |all: &[f64]| all.iter().sum::<f64>();
        let cross = sum(&to_second[..counts[0]]);
        let within = [sum(&to_first[..counts[0]]), sum(&to_second[counts[0]..])];
        let mean = |sum: f64, n: f64| sum / (n * (n - 1.0));
        let value = 2.0 * cross / (n * m) - mean(within[0], n) - mean(within[1], m);
        // Without one point of the first sample, then of the second.
        let without = |own: &[f64], other: &[f64], [n, m]: [f64; 2], [own_sum, other_sum]: [f64; 2]| {
            let one = |(own, other): (&f64, &f64)| {
                2.0 * (cross - other) / ((n - 1.0) * m)
                    - mean(own_sum - 2.0 * own, n - 1.0)
                    - mean(other_sum, m)
            };
            let all: Vec<f64> = own.iter().zip(other).map(one).collect();
            let centre = sum(&all) / n;
            (n - 1.0) / n * all.iter().map(|v| (v - centre).powi(2)).sum::<f64>()
        };
        let first = without(&to_first[..counts[0]], &to_second[..counts[0]], [n, m], within);
        let [of_first, of_second] = within;
        let second = without(&to_second[counts[0]..], &to_first[counts[0]..], [m, n], [of_second, of_first]);
        (value, Some((first + second).sqrt()).filter(|error| error.is_finite()))
    }

    /// The same from pairs of points in different blocks alone, the blocks divided as told.
    fn between(&self, blocks: &Blocks, is_first: &[bool]) -> f64 {
        let ones: Vec<f64> = is_first.iter().map(|&first| f64::from(u8::from(first))).collect();
        // By how many of the two blocks are of the first sample.
        let mut sums = [0.0; 3];
        for later in 1..blocks.all {
            let row = &self.between[later * blocks.all..][..later];
            let to_first = dot(row, &ones[..later]);
            let place = usize::from(is_first[later]);
            sums[place] += self.before[later] - to_first;
            sums[place + 1] += to_first;
        }
        let [n, m] = [blocks.first, blocks.all - blocks.first].map(|count| count as f64);
        let points = (blocks.size * blocks.size) as f64;
        let pairs = |n: f64| points * n * (n - 1.0) / 2.0;
        2.0 * sums[1] / (points * n * m) - sums[2] / pairs(n) - sums[0] / pairs(m)
    }
}
