//! Where training points come from: a target that can be drawn from without end, or a fixed set of points.

use super::{Objective, Sample};
use crate::error::Error;
use crate::math::{Philox, Stream};
use crate::targets::smoothed::Smoothed;
use crate::targets::{Rows, Target};

/// What a trainer learns from.
#[derive(Clone, Copy)]
pub enum Data<'a> {
    /// Fresh draws of a target; the reverse KL looks at its log density, which is smoothed where it has no gradient.
    Target(&'a dyn Target, &'a Smoothed),
    /// A fixed sample of one.
    Sample(&'a Sample),
    /// Rows of a table. There is no log density, so only maximum likelihood learns from them.
    Rows(&'a Rows),
}

/// A fixed set of points.
struct Points<'a> {
    /// Row-major.
    values: &'a [f64],
    dim: usize,
    /// The deviation of each variable, where it is not 1.
    deviation: Option<&'a [f64]>,
    /// Width of the uniform noise that belongs to the data, where there is some.
    noise: Option<&'a [f64]>,
}

impl<'a> Data<'a> {
    /// Refuses an objective that can't be followed on such data.
    pub fn validate(&self, objective: Objective) -> Result<(), Error> {
        match (self, objective) {
            (Self::Rows(_) | Self::Sample(_), Objective::ReverseKl { .. }) => Err(Error::Field {
                field: "objective".into(),
                value: "reverse-kl".into(),
                allowed: "forward-kl for a table, which has rows but no log density".into(),
            }),
            _ => Ok(()),
        }
    }

    /// The fixed set of points, where there is one.
    fn points(&self) -> Option<Points<'a>> {
        match *self {
            Self::Target(..) => None,
            Self::Sample(sample) => {
                let (values, dim, deviation) = (sample.train(), sample.dim(), Some(sample.deviation()));
                Some(Points { values, dim, deviation, noise: None })
            }
            Self::Rows(rows) => {
                let (values, noise) = rows.learned();
                Some(Points { values, dim: rows.dim(), deviation: None, noise })
            }
        }
    }

    /// Number of points, where that is fixed.
    pub fn count(&self) -> Option<usize> {
        self.points().map(|Points { values, dim, .. }| values.len() / dim)
    }

    /// Writes one point, of a fixed set any of its; all its randomness comes from the generator.
    pub fn draw(&self, random: &mut Philox, point: &mut [f64]) {
        match *self {
            Self::Target(target, _) => target.sample(random, point),
            Self::Sample(_) | Self::Rows(_) => {
                let index = random.below(self.count().unwrap_or(1));
                self.copy(index, random, point);
            }
        }
    }

    /// Writes a point of a fixed set, with the noise that belongs to it.
    fn copy(&self, index: usize, random: &mut Philox, point: &mut [f64]) {
        let Some(Points { values, dim, noise, .. }) = self.points() else { return };
        point.copy_from_slice(&values[index * dim..(index + 1) * dim]);
        for (value, &width) in point.iter_mut().zip(noise.unwrap_or_default()) {
            if width > 0.0 {
                *value += width * random.uniform::<f64>();
            }
        }
    }
}

/// A fixed set of points taken in the order of its epochs: each holds every point once, in an order of its own. Which point a
/// row of a step is depends on the seed and its place alone, so that workers who share a step agree without a word.
#[derive(Clone, Debug, Default)]
pub struct Epochs {
    /// The epoch whose order is known.
    epoch: Option<u32>,
    order: Vec<usize>,
}

impl Epochs {
    /// Writes the point at a place of the whole training, counted from 0, and adds normal noise of `jitter` deviations.
    pub fn draw(
        &mut self,
        data: &Data<'_>,
        seed: u32,
        place: u64,
        jitter: f64,
        noise: &mut Philox,
        point: &mut [f64],
    ) {
        let Some(Points { values, dim, deviation, .. }) = data.points() else {
            return data.draw(noise, point);
        };
        let count = values.len() / dim;
        let epoch = (place / count as u64) as u32;
        if self.epoch != Some(epoch) || self.order.len() != count {
            self.order = Philox::new(seed, Stream::Epoch { epoch }).permutation(count);
            self.epoch = Some(epoch);
        }
        data.copy(self.order[(place % count as u64) as usize], noise, point);
        if jitter > 0.0 {
            for (variable, value) in point.iter_mut().enumerate() {
                *value += jitter * deviation.map_or(1.0, |d| d[variable]) * noise.normal::<f64>();
            }
        }
    }
}
