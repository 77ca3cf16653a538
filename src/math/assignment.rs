//! The cheapest pairing of two sets of points.

use super::{Batch, Real};

/// For each row of a square matrix of costs, row-major, the column that it is paired with, such that the sum of the costs is least.
///
/// Shortest augmenting paths with potentials (Jonker, Volgenant, "A shortest augmenting path algorithm for dense and sparse linear
/// assignment problems", Computing 38, 1987), cubic in `count`.
///
/// ```
/// use density_playground::math::assignment::cheapest;
/// assert_eq!(cheapest(&[1.0, 2.0, 1.5, 9.0], 2), [1, 0]);
/// ```
pub fn cheapest(costs: &[f64], count: usize) -> Vec<usize> {
    // Column `count` is where each search begins: it holds the row that has no column yet.
    let mut row_of = vec![usize::MAX; count + 1];
    let (mut by_row, mut by_column) = (vec![0.0; count], vec![0.0; count + 1]);
    for row in 0..count {
        row_of[count] = row;
        let (mut distance, mut before) = (vec![f64::INFINITY; count], vec![count; count]);
        let mut reached = vec![false; count + 1];
        let mut at = count;
        while row_of[at] != usize::MAX {
            reached[at] = true;
            let from = row_of[at];
            let (mut nearest, mut step) = (count, f64::INFINITY);
            for column in (0..count).filter(|&column| !reached[column]) {
                let cost = costs[from * count + column] - by_row[from] - by_column[column];
                if cost < distance[column] {
                    (distance[column], before[column]) = (cost, at);
                }
                if distance[column] < step {
                    (nearest, step) = (column, distance[column]);
                }
            }
            for column in 0..=count {
                if reached[column] {
                    by_row[row_of[column]] += step;
                    by_column[column] -= step;
                } else if column < count {
                    distance[column] -= step;
                }
            }
            at = nearest;
        }
        while at != count {
            let next = before[at];
            row_of[at] = row_of[next];
            at = next;
        }
    }
    let mut column_of = vec![0; count];
    (0..count).for_each(|column| column_of[row_of[column]] = column);
    column_of
}

/// Reorders the points of `moved` from `first` on, `count` of them, so that the squared distances to those of `fixed` at the same places
/// add up to the least that they can.
pub fn pair<T: Real>(moved: &mut Batch<T>, fixed: &Batch<T>, first: usize, count: usize) {
    let dim = fixed.dim();
    let mut costs = vec![0.0; count * count];
    for i in 0..dim {
        let (to, from) = (&fixed.variable(i)[first..first + count], &moved.variable(i)[first..first + count]);
        for (row, &x) in costs.chunks_exact_mut(count).zip(to) {
            row.iter_mut().zip(from).for_each(|(cost, &u)| *cost += (x - u).to_f64().powi(2));
        }
    }
    // A point beyond all numbers has no distance: all stay where they are.
    if !costs.iter().all(|cost| cost.is_finite()) {
        return;
    }
    let partner = cheapest(&costs, count);
    for i in 0..dim {
        let own = &mut moved.variable_mut(i)[first..first + count];
        let before = own.to_vec();
        own.iter_mut().zip(&partner).for_each(|(to, &from)| *to = before[from]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::{Philox, Stream};

    fn least(costs: &[f64], count: usize, row: usize, free: &mut Vec<usize>) -> f64 {
        if row == count {
            return 0.0;
        }
        let mut best = f64::INFINITY;
        for place in 0..free.len() {
            let column = free.swap_remove(place);
            best = best.min(costs[row * count + column] + least(costs, count, row + 1, free));
            free.push(column);
            let last = free.len() - 1;
            free.swap(place, last);
        }
        best
    }

    #[test]
    fn no_pairing_is_cheaper() {
        for seed in 0..40 {
            let count = 1 + seed as usize % 7;
            let mut random = Philox::new(seed, Stream::Split);
            let costs: Vec<f64> = (0..count * count).map(|_| random.uniform()).collect();
            let ours = cheapest(&costs, count);
            let mut seen = ours.clone();
            seen.sort_unstable();
            assert_eq!(seen, (0..count).collect::<Vec<_>>());
            let sum: f64 = ours.iter().enumerate().map(|(row, column)| costs[row * count + column]).sum();
            assert!((sum - least(&costs, count, 0, &mut (0..count).collect())).abs() < 1e-12);
        }
    }
}
