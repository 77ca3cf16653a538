//! What densities were estimated by before flows, and still are where rows are few: one Gaussian, a mixture of some, a kernel on every
//! row. A flow that is not better than they are has learned nothing worth its time.
//!
//! All in double precision, on rows in standard units (mean 0 and deviation 1 in every column).

pub mod gaussian;
pub mod kernel;
pub mod mixture;

pub use gaussian::Gaussian;
pub use kernel::Kernel;
pub use mixture::Mixture;

/// A density that was fitted to rows.
pub trait Baseline {
    /// What it is called in a report, kebab-case.
    fn name(&self) -> &'static str;

    /// log p(x) in nats of row-major points, one for each.
    fn log_density(&self, points: &[f64]) -> Vec<f64>;
}

/// Most rows that a mixture or a kernel is fitted to: their times grow faster than the rows, and what more rows would add is little.
pub const MAX_FITTED: usize = 4000;

/// At most [`MAX_FITTED`] of some row-major rows, evenly from all.
fn thinned(rows: &[f64], dim: usize) -> Vec<f64> {
    let count = rows.len() / dim;
    let kept = count.min(MAX_FITTED);
    let row = |i: usize| &rows[i * count / kept * dim..][..dim];
    (0..kept).flat_map(row).copied().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::math::quadrature::Window;
    use crate::math::{Philox, Stream};

    /// The training and test rows of a table in standard units, and what its NLL lacks there.
    pub(super) fn standard(text: &str, from: usize) -> (Vec<f64>, Vec<f64>, f64, usize) {
        let rows: Vec<(&str, Vec<f64>)> = text
            .lines()
            .skip(1)
            .map(|line| {
                let cells: Vec<&str> = line.split(',').collect();
                (cells[0], cells[from..].iter().map(|cell| cell.parse().unwrap()).collect())
            })
            .collect();
        let of = |part: &str| -> Vec<Vec<f64>> {
            rows.iter().filter(|row| row.0 == part).map(|row| row.1.clone()).collect()
        };
        let (mut train, mut test) = (of("train"), of("test"));
        let dim = train[0].len();
        let mut log_scale = 0.0;
        for i in 0..dim {
            let n = train.len() as f64;
            let mean = train.iter().map(|row| row[i]).sum::<f64>() / n;
            let deviation = (train.iter().map(|row| (row[i] - mean).powi(2)).sum::<f64>() / n).sqrt();
            train.iter_mut().chain(&mut test).for_each(|row| row[i] = (row[i] - mean) / deviation);
            log_scale += deviation.ln();
        }
        (train.concat(), test.concat(), log_scale, dim)
    }

    /// What columns are called.
    pub(super) fn names(dim: usize) -> Vec<String> {
        (1..=dim).map(|number| format!("x{number}")).collect()
    }

    /// The mean of -log p over points.
    pub(super) fn nll(of: &dyn Baseline, points: &[f64]) -> f64 {
        let all = of.log_density(points);
        -all.iter().sum::<f64>() / all.len() as f64
    }

    #[test]
    fn rows_are_thinned_evenly() {
        let rows: Vec<f64> = (0..20_000).map(f64::from).collect();
        let kept = thinned(&rows, 2);
        assert_eq!((kept.len(), &kept[..6]), (8000, [0.0, 1.0, 4.0, 5.0, 10.0, 11.0].as_slice()));
        assert_eq!(thinned(&rows[..10], 2), rows[..10]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]

        /// Two clumps of rows, each a Gaussian of any shape, whose places differ from case to case.
        #[test]
        fn every_baseline_is_a_density(seed in 0u32..1000, apart in 0.0..3.0f64, bent in -1.0..1.0f64, narrow in 0.1..1.0f64) {
            let rows: Vec<f64> = (0..60)
                .flat_map(|row| {
                    let mut random = Philox::new(seed, Stream::ViewPoint { row });
                    let x1 = random.normal::<f64>() + if row % 3 == 0 { apart } else { 0.0 };
                    [x1, bent * x1 + narrow * random.normal::<f64>()]
                })
                .collect();
            let all: [Box<dyn Baseline>; 3] = [
                Box::new(Gaussian::fit(&rows, &names(2)).unwrap()),
                Box::new(Mixture::fit(&rows, 2)),
                Box::new(Kernel::fit(&rows, 2)),
            ];
            let window = Window::square(0.0, 0.0, 9.0);
            for baseline in &all {
                let density = baseline.log_density(&window.cell_centres(600));
                let mass: f64 = density.iter().map(|lp| lp.exp()).sum::<f64>() * window.area() / 600f64.powi(2);
                prop_assert!((mass - 1.0).abs() < 1e-2, "{}: {mass}", baseline.name());
            }
        }
    }
}
