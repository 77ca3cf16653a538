//! Flows in continuous time that are trained by regression: nothing is solved while they learn.

use super::{
    Activations, Density, Description, Family, Flow, LogProb, Model, ModelSpec, NoiseSchedule, TILE,
    Workspace, compose,
};
use crate::bijections::ode::{Field, Path};
use crate::bijections::standardise::in_units;
use crate::bijections::{Direction, Standardise};
use crate::math::{Batch, Philox, Scalar, assignment};
use crate::nn::mlp::{MlpScratch, MlpTape};

/// A flow in continuous time and the regression that it is learned by: flow matching (Lipman et al., 2023; Liu et al., 2023) along straight
/// paths, diffusion (Ho et al., 2020; Song et al., 2021) along variance-preserving ones. The objective is the mean squared
/// difference between what the network says at a point of the path and what it should have said of the pair that the path joins.
pub struct Matching<T> {
    flow: Flow<T>,
    field: Field,
    standardise: Option<Standardise>,
    schedule: NoiseSchedule,
    transport: bool,
}

/// Points among which short ways are looked for: the search is cubic in them.
const GROUP: usize = 64;

impl<T: Scalar> Matching<T> {
    /// The model that a valid [`ModelSpec`] describes.
    pub fn build(spec: &ModelSpec, standardise: Option<Standardise>, seed: u32) -> Self {
        Self {
            flow: compose::build(spec, standardise.clone(), seed),
            field: spec.field(),
            standardise,
            schedule: spec.noise_schedule,
            transport: spec.transport && spec.family == Family::FlowMatching,
        }
    }

    /// Time t of the path at a place from 0 to 1 among all that are trained on.
    fn time(&self, place: f64) -> f64 {
        match self.field.path() {
            Path::Straight => place,
            Path::VariancePreserving => {
                (1.0 - self.schedule.angle(place) / Path::widest(self.field.prediction())).max(0.0)
            }
        }
    }
}

impl<T: Scalar> Model<T> for Matching<T> {
    fn dim(&self) -> usize {
        self.flow.dim()
    }

    fn parameter_count(&self) -> usize {
        self.flow.parameter_count()
    }

    fn initial_parameters(&self, seed: u32) -> Vec<T> {
        self.flow.initial_parameters(seed)
    }

    /// Pairs and times are drawn for the batch as a whole.
    fn needs_whole_batch(&self) -> bool {
        true
    }

    /// The mean squared error for each variable. Times are spread evenly over the batch, which leaves less to chance (Kingma, Salimans,
    /// Poole, Ho, "Variational diffusion models", NeurIPS 2021, appendix I.1).
    fn batch_gradient(
        &self,
        parameters: &[T],
        points: &Batch<T>,
        _activations: Activations,
        mut random: Philox,
        gradient: &mut [T],
        _workspace: &mut Workspace<T>,
    ) -> T {
        gradient.fill(T::zero());
        let (dim, len) = (points.dim(), points.len());
        let mut data = points.clone();
        in_units(self.standardise.as_ref(), Direction::Inverse, &mut data);
        let mut base = Batch::zeros(dim, len);
        base.as_mut_slice().iter_mut().for_each(|u| *u = random.normal());
        if self.transport {
            for first in (0..len).step_by(GROUP) {
                assignment::pair(&mut base, &data, first, GROUP.min(len - first));
            }
        }
        let shift: f64 = random.uniform();
        let times: Vec<f64> =
            (0..len).map(|row| self.time(((row as f64 + shift) / len as f64).fract())).collect();
        let weight = 1.0 / (dim * len) as f64;
        let mut error = 0.0;
        let (mut on_path, mut goal) = (Batch::default(), Batch::<T>::default());
        let (mut input, mut output, mut grad_input) = (Vec::new(), Vec::new(), Vec::new());
        let (mut tape, mut scratch) = (MlpTape::default(), MlpScratch::default());
        let (path, prediction) = (self.field.path(), self.field.prediction());
        for first in (0..len).step_by(TILE) {
            let rows = first..len.min(first + TILE);
            on_path.resize(dim, rows.len());
            goal.resize(dim, rows.len());
            for i in 0..dim {
                for (place, row) in rows.clone().enumerate() {
                    let (x, u) = (data.variable(i)[row], base.variable(i)[row]);
                    let mix = |(by_x, by_u): (f64, f64)| T::of_f64(by_x) * x + T::of_f64(by_u) * u;
                    on_path.variable_mut(i)[place] = mix(path.weights(prediction, times[row]));
                    goal.variable_mut(i)[place] = mix(path.goal(prediction, times[row]));
                }
            }
            self.field.read(&on_path, |place| times[first + place], &mut input);
            let network = self.field.network();
            network.forward(parameters, &input, &mut output, rows.len(), &mut tape);
            let twice = T::of_f64(2.0 * weight);
            for (said, &wanted) in output.iter_mut().zip(goal.as_slice()) {
                let off = *said - wanted;
                error += (off * off).to_f64();
                *said = twice * off;
            }
            grad_input.resize(input.len(), T::zero());
            network.backward(
                parameters,
                &input,
                &tape,
                &output,
                &mut grad_input,
                gradient,
                rows.len(),
                &mut scratch,
            );
        }
        T::of_f64(weight * error)
    }

    fn samples(
        &self,
        parameters: &[T],
        seed: u32,
        count: usize,
        temperature: f64,
        workspace: &mut Workspace<T>,
    ) -> Vec<T> {
        Model::samples(&self.flow, parameters, seed, count, temperature, workspace)
    }

    /// That of the flow as it is solved.
    fn density(&self) -> Density<'_, T> {
        Density::Exact(&self.flow as &dyn LogProb<T>)
    }

    fn bijection(&self) -> Option<&Flow<T>> {
        Some(&self.flow)
    }

    fn describe(&self) -> Option<Description> {
        Model::describe(&self.flow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bijections::ode::Prediction;

    #[test]
    fn no_prediction_begins_beyond_its_path() {
        assert_eq!(Path::widest(Prediction::Velocity), std::f64::consts::FRAC_PI_2);
        assert!(Path::widest(Prediction::Noise).cos() > 0.049);
    }
}
