//! Precision and recall of samples.

use crate::math::Batch;

/// Neighbours that a point's ball reaches to.
pub const NEIGHBOURS: usize = 3;

/// How much of each sample lies where the other one does, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrecisionRecall {
    /// The share of the model's points in the target's: are they plausible?
    pub precision: f64,
    /// The share of the target's points in the model's: is all of it there?
    pub recall: f64,
}

/// Where a sample lies is the union of the balls around its points that reach to the third nearest of the others (Kynkäänniemi, Karras,
/// Laine, Lehtinen, Aila, "Improved precision and recall metric for assessing generative models", NeurIPS 2019). A perfect model does
/// not reach 1: a point that lies farther out than all others is in no ball. `None` where there are no three others.
///
/// Samples are row-major.
pub fn precision_recall(target: &[f64], model: &[f64], dim: usize) -> Option<PrecisionRecall> {
    let [target, model] = [target, model].map(|points| Batch::from_rows(points, dim));
    if target.len().min(model.len()) <= NEIGHBOURS {
        return None;
    }
    Some(PrecisionRecall { precision: inside(&model, &target), recall: inside(&target, &model) })
}

/// The share of points that lie in a ball of the others.
fn inside(points: &Batch<f64>, others: &Batch<f64>) -> f64 {
    let mut squared = vec![0.0; others.len().max(points.len())];
    let radii: Vec<f64> = (0..others.len())
        .map(|i| {
            let squared = &mut squared[..others.len()];
            squared_distances(others, others, i, squared);
            squared[i] = f64::INFINITY;
            third_least(squared)
        })
        .collect();
    let holds = |&i: &usize| {
        let squared = &mut squared[..others.len()];
        squared_distances(others, points, i, squared);
        squared.iter().zip(&radii).any(|(d, radius)| d <= radius)
    };
    (0..points.len()).filter(holds).count() as f64 / points.len() as f64
}

/// The last of the `NEIGHBOURS` least numbers.
fn third_least(values: &[f64]) -> f64 {
    let mut least = [f64::INFINITY; NEIGHBOURS];
    for &value in values {
        if value < least[NEIGHBOURS - 1] {
            let place = least.partition_point(|&other| other <= value);
            least.copy_within(place..NEIGHBOURS - 1, place + 1);
            least[place] = value;
        }
    }
    least[NEIGHBOURS - 1]
}

/// From one of the points to all others.
fn squared_distances(others: &Batch<f64>, points: &Batch<f64>, index: usize, squared: &mut [f64]) {
    squared.fill(0.0);
    for variable in 0..others.dim() {
        let at = points.variable(variable)[index];
        squared.iter_mut().zip(others.variable(variable)).for_each(|(sum, &v)| *sum += (v - at) * (v - at));
    }
}
